package savedpage

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/text/encoding/charmap"

	"bantin/internal/article"
	"bantin/internal/importer"
	"bantin/internal/importer/importertest"
)

var hanoi = time.FixedZone("", 7*3600)

func importAll(t *testing.T, s *importertest.Site, profile *Profile, args ...string) *importer.Report {
	t.Helper()
	in, err := importer.FindInputs(args, Wanted)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	return s.Import(t, importer.Options{Format: "html", Files: in, IsPage: Wanted}, func(m *importer.Importer) error {
		return Read(context.Background(), in, m, profile, hanoi)
	})
}

// rowOf returns the row of a file.
func rowOf(t *testing.T, r *importer.Report, name string) importer.Row {
	t.Helper()
	for _, row := range r.Rows {
		if strings.HasSuffix(row.Source, "/"+name) {
			return row
		}
	}
	t.Fatalf("no row for %s in %+v", name, r.Rows)
	return importer.Row{}
}

func parsed(t *testing.T, s *importertest.Site, row importer.Row) (*article.Article, string) {
	t.Helper()
	src := s.Read(t, row.Path)
	a, _ := article.Parse(strings.TrimPrefix(row.Path, "content/"), []byte(src), hanoi)
	return a, src[a.BodyStart:]
}

func TestSavedPagesAreArticles(t *testing.T) {
	s := importertest.New(t)
	r := importAll(t, s, nil, "testdata/trang-cu")
	if r.Count(importer.Written) != 3 || r.Count(importer.LeftOut) != 2 {
		t.Fatalf("%+v", r.Rows)
	}
	hall, text := parsed(t, s, rowOf(t, r, "xem.aspx@id=7.html"))
	if hall.Title.Value != "Xã Khê Hòa: Khánh thành nhà văn hóa thôn Đông Lạc" || hall.Date.String() != "19:02 11/03/2020" ||
		!strings.HasPrefix(hall.Lead, "Sau tám tháng thi công") || hall.LeadDerived || len(hall.Authors) != 2 || hall.Authors[1].Value != "Minh Đức" ||
		len(hall.Optional().Aliases) != 2 || hall.Optional().Aliases[0].Value != "/xem.aspx?id=7" || hall.Optional().Aliases[1].Value != "/khung.html" {
		t.Errorf("%+v %+v", hall, hall.Optional())
	}
	for _, part := range []string{
		"![](khanh-thanh.png \"Các đại biểu cắt băng khánh thành nhà văn hóa\")",
		"[lịch tiếp công dân](../2020-03-02-lich-tiep-cong-dan-thang-3-nam-2020.md)", "[Kế hoạch số 12](ke-hoach-12.pdf)",
		"| Nguồn | Số tiền (triệu đồng) |\n|---|---|\n| Ngân sách xã | 800 |\n",
	} {
		if !strings.Contains(text, part) {
			t.Errorf("the text lacks %q:\n%s", part, text)
		}
	}
	for _, around := range []string{"In bài viết", "Ý kiến bạn đọc", "Các tin khác", "Số lượt", "Bản quyền", "Trang chủ", "28/11/2025", "alert", "javascript", "\u00a0", "Thu Hà"} {
		if strings.Contains(text, around) {
			t.Errorf("the text still says %q", around)
		}
	}
	school, text := parsed(t, s, rowOf(t, r, "2021-tong-ket.html"))
	if school.Title.Value != "Trường Tiểu học Lạc Khê tổng kết năm học" || school.Date.String() != "08:15 28/05/2021" || school.Authors[0].Value != "Hoàng Yến" ||
		school.Optional().Aliases[0].Value != "/tin-tuc/tong-ket-nam-hoc.html" || school.LeadDerived {
		t.Errorf("%+v %+v", school, school.Optional())
	}
	if !strings.Contains(text, "## Khen thưởng\n\n![Học sinh nhận phần thưởng](khanh-thanh.png \"Các em học sinh nhận phần thưởng của nhà trường\")") || strings.Contains(text, "ẩn đi") {
		t.Error(text)
	}
	visit, _ := parsed(t, s, rowOf(t, r, "xem.aspx@id=8.html"))
	if visit.Date.String() != "02/03/2020" || visit.Optional().Updated.String() != "07:30 03/03/2020" {
		t.Errorf("%+v", visit)
	}
	s.Build(t)
	redirects := s.Read(t, "public/_redirects")
	for _, old := range []string{"/xem.aspx id=7 /tin-tuc/xa-khe-hoa-khanh-thanh-nha-van-hoa-thon-dong-lac/ 301", "/tin-tuc/tong-ket-nam-hoc.html "} {
		if !strings.Contains(redirects, old) {
			t.Errorf("no redirect %s in\n%s", old, redirects)
		}
	}
	for name, cut := range map[string][2]string{
		"xem.aspx@id=7.html": {"<TD class=sapo>", "<P align=right>"},
		"xem.aspx@id=8.html": {"<p>Ủy ban", "<tr><td>Số lượt"},
		"2021-tong-ket.html": {`<p class="lead">`, `<p><em>Bài, ảnh`},
	} {
		src, err := os.ReadFile("testdata/trang-cu/" + name)
		if err != nil {
			t.Fatal(err)
		}
		from, to := strings.Index(string(src), cut[0]), strings.Index(string(src), cut[1])
		row := rowOf(t, r, name)
		a, _ := parsed(t, s, row)
		shown := strings.Replace(string(src[from:to]), "<iframe src=\"https://www.youtube.com/embed/abcdefghijk\"></iframe>", "https://www.youtube.com/watch?v=abcdefghijk", 1)
		shown = strings.Replace(shown, `<p style="display:none">ẩn đi</p>`, "", 1)
		doc, err := html.Parse(strings.NewReader(shown))
		if err != nil {
			t.Fatal(err)
		}
		if same := importertest.Sameness(a.Title.Value+" "+importer.TextOf(doc), s.Prose(t, row.Path)); same < 0.98 {
			t.Errorf("%s: %.3f of the words are the same:\n%s\n%s", name, same, importer.TextOf(doc), s.Prose(t, row.Path))
		}
	}
	if again := importAll(t, s, nil, "testdata/trang-cu"); again.Count(importer.Unchanged) != 3 {
		t.Errorf("%+v", again.Rows)
	}
}

func TestAProfileSaysWhereThingsAre(t *testing.T) {
	dir := t.TempDir()
	page := `<html><head><title>Cổng</title></head><body><div id=a><h1>Không phải tiêu đề này đâu</h1></div><b class=td>Xã họp bàn việc làm đường</b>
<span class=ngay>3/4/2020</span><div class=mo>Lời dẫn của bài viết này</div><i class=tg>Trần Văn Lạc</i><div class=chu>Chữ của bài <u class=qc>Quảng cáo đây</u> rất ngắn.</div></body></html>`
	os.WriteFile(dir+"/a.html", []byte(page), 0o666)
	profile, problems, err := ReadProfile([]byte("title: .td\ndate: .ngay\nlead: .mo\nauthor: .tg\nbody: .chu\ndrop: .qc\nmonth_first: true\n"), "p.yaml")
	if problems != nil || err != nil {
		t.Fatal(problems, err)
	}
	s := importertest.New(t)
	r := importAll(t, s, profile, dir)
	a, text := parsed(t, s, r.Rows[0])
	if a.Title.Value != "Xã họp bàn việc làm đường" || a.Date.String() != "04/03/2020" || a.Lead != "Lời dẫn của bài viết này" || a.Authors[0].Value != "Trần Văn Lạc" || strings.TrimSpace(text) != "Chữ của bài rất ngắn." {
		t.Errorf("%+v %q", a, text)
	}
	if _, _, err := ReadProfile([]byte("title: '.td['\n"), "p.yaml"); err == nil {
		t.Error("a broken selector passes")
	}
	if _, problems, _ := ReadProfile([]byte("tilte: .td\n"), "p.yaml"); !problems.HasErrors() {
		t.Error("a mistyped key passes")
	}
}

func TestOldFontsAreReadBeforeStylesAreDropped(t *testing.T) {
	body := "Uû ban nh©n d©n x· Khª Hoµ tæ chøc héi nghÞ tæng kÕt c«ng t¸c thñy lîi, cã ®«ng ®ñ bµ con c¸c th«n tham dù vµ ®ãng gãp ý kiÕn. "
	page := `<html><head><title>Cong thong tin</title><style>.MsoNormal{font-family:".VnTime"} h1{font-family:".VnTimeH"}</style></head><body>
<h1 style='font-family:.VnTimeH'>héi nghÞ tæng kÕt thñy lîi</h1><p>10:00 11/03/2011</p><p class=MsoNormal>` + strings.Repeat(body, 3) + `</p><p class=MsoNormal>` + body + `</p></body></html>`
	for name, src := range map[string][]byte{"in UTF-8": []byte(page), "as bytes": bytes1252(t, page)} {
		it, why := Parse(src, importer.Input{Name: "a.html", Shown: "a.html"}, nil, hanoi)
		if it == nil {
			t.Fatal(name, why)
		}
		text := importer.TextOf(it.Body)
		if it.Title != "HỘI NGHỊ TỔNG KẾT THỦY LỢI" || !strings.HasPrefix(text, "Uỷ ban nhân dân xã Khê Hoà tổ chức hội nghị tổng kết công tác thủy lợi, có đông đủ bà con các thôn tham dự và đóng góp ý kiến.") || !it.Has("old-letters") {
			t.Errorf("%s: %q\n%q", name, it.Title, text)
		}
	}
}

func bytes1252(t *testing.T, s string) []byte {
	t.Helper()
	b, err := charmap.Windows1252.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestTheShortLinesThatEndATextStay(t *testing.T) {
	line := "<p>Sáng nay bà con ba thôn cùng ra khơi con kênh dài hai cây số trước vụ mùa, việc thứ %d.</p>"
	body := ""
	for i := range 5 {
		body += fmt.Sprintf(line, i)
	}
	page := `<html><head><title>Khơi kênh</title></head><body><div id="menu"><a href="/">Trang chủ</a></div><div class="noi-dung"><h1>Khơi kênh</h1><p>05/03/2018</p><div>` + body +
		`<p>Xem <a href="kenh.html">bài trước</a>.</p><div><span>Có mặt:</span><div>Ông Lê Mai</div>Bà Vũ An</div>` +
		`<div><a href="x.html">Sổ tay khơi kênh</a></div><p>Buổi lễ kết thúc tốt đẹp.</p></div></div><div><p>05/03/2018</p></div><div id="footer"><p>Bản quyền của xã.</p></div></body></html>`
	it, note := Parse([]byte(page), importer.Input{Name: "a.html", ID: "a.html", Shown: "a.html"}, nil, time.UTC)
	if it == nil {
		t.Fatal(note)
	}
	text := importer.TextOf(it.Body)
	if !strings.Contains(text, "Xem bài trước.") || !strings.Contains(text, "Bà Vũ An") || !strings.HasSuffix(text, "Buổi lễ kết thúc tốt đẹp.") {
		t.Error(text)
	}
}

func TestFilesThatAreNoPagesByTheirNamesAreReadOrTold(t *testing.T) {
	body := strings.Repeat("<p>Sáng nay bà con ba thôn cùng ra khơi con kênh dài hai cây số trước vụ mùa.</p>", 4)
	dir := importertest.Folder(t, map[string]string{
		"khoi-kenh": "<html><head><title>Khơi kênh</title></head><body><h1>Khơi kênh</h1><p>05/03/2018</p>" + body + `<p><a href="a.pdf">Kế hoạch khơi kênh</a></p></body></html>`,
		"LICENSE":   "Không phải trang.", "nhi-phan": "\x00\x01", "a.pdf": "%PDF-1.4\n%%EOF\n", "b.pdf": "%PDF-1.4\n%%EOF\n", "c.mht": "MIME-Version: 1.0\n", "luu_files/d.html": "<p>khung</p>",
	})
	s := importertest.New(t)
	for _, want := range []string{
		"khoi-kenh written; b.pdf left-out; c.mht left-out; ",
		"khoi-kenh unchanged; c.mht left-out; ", // what the article has is not known any more
	} {
		got := ""
		for _, row := range importAll(t, s, nil, dir).Rows {
			got += filepath.Base(row.Source) + " " + string(row.Result) + "; "
		}
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	s.Build(t)
	s.Keeps(t, []importertest.OldPage{{URL: "/khoi-kenh"}})
}

func TestNamesOfCrawlersAreAddresses(t *testing.T) {
	for name, want := range map[string]string{
		"xem.aspx@id=7.html":                                  "/xem.aspx?id=7",
		"cu.example.vn/tin/xem.aspx@id=7&c=2.html":            "/tin/xem.aspx?id=7&c=2",
		"tin/xem.php?id=7":                                    "/tin/xem.php?id=7",
		"tin/xem.php%3Fid=7.html":                             "/tin/xem.php?id=7",
		"tin/bai-viet.aspx.html":                              "/tin/bai-viet.aspx",
		"tin/bai.html":                                        "/tin/bai.html",
		"tin/index.html":                                      "/tin/",
		"Pages/bai.aspx@ItemID=12.html":                       "/Pages/bai.aspx?ItemID=12",
		"index.php@option=com_content&view=article&id=3.html": "/index.php?option=com_content&view=article&id=3",
	} {
		if got := nameAddress(name); got != want {
			t.Errorf("%s is %s, not %s", name, got, want)
		}
	}
}

// TestFilesOfTheOldSiteAreFoundByTheirAddresses has a page whose pictures and documents
// bear whole addresses, as a crawler leaves them that changes no page.
func TestFilesOfTheOldSiteAreFoundByTheirAddresses(t *testing.T) {
	picture, err := os.ReadFile("testdata/trang-cu/anh/khanh-thanh.png")
	if err != nil {
		t.Fatal(err)
	}
	page := func(canonical string) string {
		return "<html><head>" + canonical + `<title>Làm đường</title></head><body><h1>Làm đường liên thôn</h1><p>5/3/2018</p><p>` + strings.Repeat("Sáng nay bà con ba thôn cùng làm con đường dài hai cây số. ", 8) + `</p>
<p><img src="https://cu.example/uploads/a.png" alt="Lễ khởi công"></p><p>Chữ ở giữa hai tấm ảnh.</p><p><img src="/uploads/b.png?w=300" alt="Máy xúc"></p>
<p>Xem <a href="https://www.cu.example/uploads/c%20d.pdf">kế hoạch</a>, <a href="//cu.example/uploads/e.pdf">dự toán</a>, <a href="https://cu.example/uploads/mat.pdf">bản đồ</a> và <a href="https://khac.example/uploads/a.pdf">trang khác</a>.</p></body></html>`
	}
	canonical := `<link rel="canonical" href="https://cu.example/tin/duong.html">`
	for name, c := range map[string]struct{ page, files, canonical string }{
		"the folder of the host":       {"tin/duong.html", "", canonical},
		"the folder above that":        {"cu.example/tin/duong.html", "cu.example/", canonical},
		"likewise, the page is silent": {"cu.example/tin/duong.html", "cu.example/", ""},
	} {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{c.page: page(c.canonical), c.files + "uploads/c d.pdf": "%PDF-1.4\n%%EOF\n", c.files + "uploads/e.pdf": "%PDF-1.4\n%%EOF\n", c.files + "uploads/a.pdf": "%PDF-1.4\n%%EOF\n"}
			for _, name := range []string{"a.png", "b.png"} {
				files[c.files+"uploads/"+name] = string(picture)
			}
			s := importertest.New(t)
			row := rowOf(t, importAll(t, s, nil, importertest.Folder(t, files)), "duong.html")
			_, text := parsed(t, s, row)
			for _, part := range []string{"![Lễ khởi công](a.png)", "![Máy xúc](b.png)", "[kế hoạch](c-d.pdf)", "[dự toán](e.pdf)", "/uploads/mat.pdf)", "[trang khác](https://khac.example/uploads/a.pdf)"} {
				if !strings.Contains(text, part) {
					t.Errorf("the text lacks %s:\n%s", part, text)
				}
			}
			told := ""
			for _, n := range row.Notes {
				if n.Code == "lost-file" || n.Code == "lost-picture" {
					told += n.Code + " " + n.Args[0] + "; "
				}
			}
			if c.canonical != "" && told != "lost-file https://cu.example/uploads/mat.pdf; " {
				t.Errorf("told is %q", told)
			}
		})
	}
}

func TestPathsLeadOutOfNoFolder(t *testing.T) {
	outside := t.TempDir()
	os.WriteFile(outside+"/mat.png", []byte("\x89PNG"), 0o666)
	os.WriteFile(outside+"/mat.pdf", []byte("%PDF-1.4"), 0o666)
	dir := outside + "/trang"
	os.Mkdir(dir, 0o777)
	os.Symlink(outside+"/mat.pdf", dir+"/lien-ket.pdf")
	page := `<html><body><h1>Bài thử đường dẫn ra ngoài</h1><p>1/2/2020</p><p>` + strings.Repeat("Chữ của bài viết về đường làng. ", 20) +
		`<img src="../mat.png"><img src="%2e%2e/mat.png"><a href="../mat.pdf">một</a> <a href="..\mat.pdf">hai</a> <a href="lien-ket.pdf">ba</a> <a href="file:///etc/passwd">bốn</a> <a href="/../mat.pdf">năm</a></p></body></html>`
	os.WriteFile(dir+"/a.html", []byte(page), 0o666)
	s := importertest.New(t)
	r := importAll(t, s, nil, dir)
	entries, _ := os.ReadDir(s.Dir + "/content/tin-tuc")
	if len(entries) != 2 || r.Files != 0 {
		t.Errorf("%v %+v", entries, r.Rows)
	}
	s.Build(t)
}

func FuzzParse(f *testing.F) {
	for _, name := range []string{"xem.aspx@id=7.html", "xem.aspx@id=8.html", "2021-tong-ket.html", "khung.html"} {
		src, err := os.ReadFile("testdata/trang-cu/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	f.Add([]byte("<table><td colspan=999999999 rowspan=99999999>a<td>b<tr><td><p>x<p>y"))
	f.Add([]byte(strings.Repeat("<div><b><a href=x>", 300) + "chữ"))
	f.Fuzz(func(t *testing.T, src []byte) {
		it, _ := Parse(src, importer.Input{Name: "a.html", Shown: "a.html"}, nil, hanoi)
		if it == nil {
			return
		}
		for n := range it.Body.Descendants() {
			if n.Data == "script" && n.Type == html.ElementNode {
				t.Error("a script is left")
			}
		}
		if _, err := importer.Markdown(it.Body); err != nil {
			t.Error(err)
		}
	})
}

func TestPicturesThatCannotBeTakenSayWhy(t *testing.T) {
	heic := "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"
	files := map[string]string{"a.jpg": heic, "b.png": "BM\x00\x00\x00\x00\x00\x00\x00\x00", "c.jpg": "chữ", "d.jpg": "\xff\xd8\xff\xe0", "e.gif": "GIF89a"}
	page := "<html><head><title>Bài</title></head><body><h1>Bài của xã</h1><p>12/03/2026</p><p>Chữ của bài đứng trước năm tấm ảnh này đây.</p>"
	for name := range files {
		page += `<p><img src="` + name + `" alt="Ảnh của xã"></p>`
	}
	files["bai.html"] = page + "<p>Chữ của bài đứng sau năm tấm ảnh này đây.</p></body></html>"
	s := importertest.New(t)
	row := importAll(t, s, nil, importertest.Folder(t, files)).Rows[0]
	bad := 0
	for _, n := range row.Notes {
		if n.Code == "lost-picture" {
			t.Errorf("what is there is told as lost: %s", n.Text("vi"))
		}
		if n.Code == "bad-picture" {
			bad++
		}
		for _, raw := range []string{"<nil>", "picture-", "[", "not a picture"} {
			if n.Code == "bad-picture" && strings.Contains(n.Text("vi"), raw) {
				t.Errorf("%q is no sentence", n.Text("vi"))
			}
		}
	}
	if bad != 5 {
		t.Errorf("%d of five are told: %+v", bad, row.Notes)
	}
}
