package wordpress

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"bantin/internal/importer"
	"bantin/internal/importer/importertest"
	"bantin/internal/testsize"
)

func importAll(t *testing.T, s *importertest.Site, m *importer.Map, args ...string) *importer.Report {
	t.Helper()
	ctx := context.Background()
	source, err := Open(ctx, args)
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	o := importer.Options{Format: "wordpress", Files: source.Files(), Hosts: source.Hosts(), Map: m, Site: s.Settings}
	return s.Import(t, o, func(x *importer.Importer) error { return source.Read(ctx, x, o) })
}

func TestAnExportInTwoFilesIsASite(t *testing.T) {
	s := importertest.New(t)
	r := importAll(t, s, &importer.Map{Fields: map[string]string{"so_van_ban": "extra.so-van-ban"}}, "testdata")
	if r.Count(importer.Written) != 5 || r.Count(importer.LeftOut) != 3 || r.Files != 4 {
		t.Fatalf("%+v", r)
	}
	for name, parts := range map[string][]string{
		"content/tin-tuc/2019-05-20-ra-quan/index.md": {
			"title: Ra quân làm đường thôn Đông & thôn Đoài\ndate: 09:30 20/05/2019\npinned: true\nlead: Hai thôn cùng làm đường.\nauthor: Nguyễn Thị Tâm\ntags: [nông thôn mới]\n",
			"image: {file: anh-2.png, alt: Cuộc họp ở nhà văn hóa, caption: Toàn cảnh cuộc họp}\ngallery:\n  - {file: anh.png, alt: Đắp lề đường}\n",
			"extra:\n  so-van-ban: 15/KH-UBND\naliases: [/2019/05/ra-quan/, \"/?p=12\"]\n",
			"![Người dân đắp lề đường](anh.png \"Bà con thôn Đông đắp lề đường\")\n", "đắp được ba trăm mét. Xem [bài họp thôn](../2019-05-20-hop-thon/index.md), [bài khác](../2019-05-20-hop-thon/index.md) và [Kế hoạch](ke-hoach.pdf).\n",
			"- Thôn Đông: hai trăm mét\n- Thôn Đoài: một trăm mét\n", "<https://www.youtube.com/watch?v=abcdefghijk>\n", "\\[sic] giữ nguyên.\n",
		},
		"content/tin-tuc/2019-05-20-hop-thon/index.md": {
			"![](anh.png \"Quang cảnh cuộc họp\")\n\nMọi thắc mắc xin gọi văn phòng xã.\n\n| Hộ | Tiền |\n",
		},
		"content/tin-tuc/2019-07-01-ban-nhap-chua-xong.md": {"draft: true\n"},
		"content/tin-tuc/2027-01-02-hen-gio.md":            {"date: 08:00 02/01/2027\n"},
		"content/gioi-thieu.md":                            {"title: Giới thiệu xã\n", "\"/?page_id=20\""},
	} {
		src := s.Read(t, name)
		for _, part := range parts {
			if !strings.Contains(src, part) {
				t.Errorf("%s lacks %q:\n%s", name, part, src)
			}
		}
		for _, part := range []string{"<script", "alert(1)", "bình luận", "contact-form", "Bí mật", "Kín"} {
			_, text, _ := strings.Cut(src[4:], "---\n")
			if strings.Contains(text, part) {
				t.Errorf("%s says %q", name, part)
			}
		}
	}
	for _, row := range r.Rows {
		if row.Result == importer.LeftOut && len(row.Notes) != 1 {
			t.Errorf("it is not told why %s is left out", row.Source)
		}
	}
	if a, b := s.Read(t, "content/tin-tuc/2019-05-20-ra-quan/anh.png"), s.Read(t, "content/tin-tuc/2019-05-20-ra-quan/anh-2.png"); a == b {
		t.Error("one picture has taken the place of another of its name")
	}
	s.Build(t)
	redirects := s.Read(t, "public/_redirects")
	for _, rule := range []string{"/ p=12 /tin-tuc/ra-quan/ 301", "/2019/05/hop-thon/ /tin-tuc/hop-thon/ 301", "/ page_id=20 /gioi-thieu/ 301"} {
		if !strings.Contains(redirects, rule) {
			t.Errorf("no rule %s in\n%s", rule, redirects)
		}
	}
	const want = "Ra quân làm đường thôn Đông & thôn Đoài Hai thôn cùng làm đường Sáng chủ nhật, hơn một trăm người dân hai thôn cùng ra quân đắp lề đường, khơi rãnh thoát nước và trồng cây bóng mát dọc tuyến. " +
		"Bà con thôn Đông đắp lề đường Kết quả: đắp được ba trăm mét. Xem bài họp thôn, bài khác và Kế hoạch. Thôn Đông: hai trăm mét Thôn Đoài: một trăm mét https://www.youtube.com/watch?v=abcdefghijk [sic] giữ nguyên."
	if same := importertest.Sameness(want, s.Prose(t, "content/tin-tuc/2019-05-20-ra-quan/index.md")); same < 0.98 {
		t.Errorf("%.3f of the words are the same", same)
	}
	if again := importAll(t, s, nil, "testdata"); again.Count(importer.Unchanged) != 5 {
		t.Errorf("%+v", again.Rows)
	}
}

// item returns an export of one post, with an attachment and a menu of an export.
func item(text, more string) string {
	return `<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><link>http://xacu.example</link>` +
		`<wp:author><wp:author_login>hoa</wp:author_login><wp:author_display_name>Trần Thị Hòa</wp:author_display_name></wp:author>` +
		`<item><wp:post_id>21</wp:post_id><wp:post_parent>7</wp:post_parent><wp:post_type>attachment</wp:post_type><wp:attachment_url>http://xacu.example/wp-content/uploads/2019/05/anh.png</wp:attachment_url></item>` +
		`<item><title>Họp thôn</title><content:encoded><![CDATA[` + text + `]]></content:encoded><dc:creator>admin</dc:creator><wp:post_id>7</wp:post_id><wp:post_date>2019-05-20 08:00:00</wp:post_date><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>` + more + `</item>` +
		`<item><wp:post_id>8</wp:post_id><wp:post_type>nav_menu_item</wp:post_type></item><item><wp:post_id>9</wp:post_id><wp:post_type>nav_menu_item</wp:post_type></item></channel></rss>`
}

func TestTheLinesOfTheClassicEditorAreThoseThatReadersSaw(t *testing.T) {
	type form struct{ text, want string }
	forms := []form{
		{"Một<br />\nHai<br>\nBa", "Một\\\nHai\\\nBa\n"},
		{"Một<br/><br/>\nHai", "Một\n\nHai\n"},
		{"Xem <a\nhref=\"https://a.example/\"\ntarget=\"_blank\">trang\ncũ</a> này", "Xem [trang\\\ncũ](https://a.example/) này\n"},
		{"<ul>\n<li>Một\nhai</li>\n<li>Ba</li>\n</ul>\nHết", "- Một\\\n  hai\n- Ba\n\nHết\n"},
		{"<table>\n<tr>\n<th>A</th>\n<th>B</th>\n</tr>\n<tr>\n<td>Một\nhai</td>\n<td>Ba</td>\n</tr>\n</table>", "| A | B |\n|---|---|\n| Một<br>hai | Ba |\n"},
		{"<div>\nMột\n<p>Hai</p>\nBa\n</div>\n", "Một\n\nHai\n\nBa\n"},
	}
	for block, marks := range map[string]string{"p": "", "div": "", "blockquote": "> ", "section": "", "article": "", "aside": "", "fieldset": "", "form": ""} {
		start, end := "<"+block+">", "</"+block+">"
		forms = append(forms, form{start + "Câu một\nCâu hai" + end, marks + "Câu một\\\n" + marks + "Câu hai\n"},
			form{start + "\nCâu một\n\nCâu hai \nCâu ba\n" + end, marks + "Câu một\n" + strings.TrimSpace(marks) + "\n" + marks + "Câu hai\\\n" + marks + "Câu ba\n"})
	}
	for _, f := range forms {
		s := importertest.New(t)
		dir := importertest.Folder(t, map[string]string{"xuat.xml": item(f.text, "")})
		src := s.Read(t, importAll(t, s, &importer.Map{}, dir).Rows[0].Path)
		if _, text, _ := strings.Cut(src[4:], "---\n\n"); text != f.want {
			t.Errorf("%q: got %q, want %q", f.text, text, f.want)
		}
	}
}

func TestBlocksInOneLineStandWhereTheyStood(t *testing.T) {
	const paragraph = "<!-- wp:paragraph {\"align\":\"left\"} --><p>Chữ.</p><!-- /wp:paragraph -->"
	for block, want := range map[string]string{
		"<!-- wp:latest-posts /-->":                                                                       "",
		"<!-- wp:latest-posts {\"a\":\"x-y\",\"b\":{\"c\":[1]}} /-->":                                     "",
		"<!-- wp:acf/so-lieu {\"a\":\"1\"} /-->":                                                          "",
		"<!-- wp:spacer {\"height\":\"5px\"} --><div class=\"wp-block-spacer\"></div><!-- /wp:spacer -->": "",
		"<!-- wp:verse --><pre class=\"wp-block-verse has-text-align-center\">Câu <em>một</em>\nCâu hai\n\nCâu ba</pre><!-- /wp:verse -->":                                                                                                                    "Câu *một*\\\nCâu hai\n\nCâu ba\n\n",
		"<!-- wp:file --><div class=\"wp-block-file\"><a href=\"/wp-content/uploads/2019/05/kh.pdf\">Kế hoạch</a><a href=\"/wp-content/uploads/2019/05/kh.pdf\" class=\"wp-block-file__button wp-element-button\" download>Tải về</a></div><!-- /wp:file -->": "[Kế hoạch](kh.pdf)\n\n",
	} {
		s := importertest.New(t)
		dir := importertest.Folder(t, map[string]string{"xuat.xml": item(paragraph+block+paragraph+block, ""), "uploads/2019/05/kh.pdf": "%PDF-1.4\n%%EOF\n"})
		src := s.Read(t, importAll(t, s, &importer.Map{}, dir).Rows[0].Path)
		_, text, _ := strings.Cut(src[strings.Index(src, "---\n")+4:], "---\n\n")
		if want := strings.TrimSuffix("Chữ.\n\n"+want+"Chữ.\n\n"+want, "\n"); text != want {
			t.Errorf("%s: got %q, want %q", block, text, want)
		}
	}
}

func TestNothingOfAPostIsLostUntold(t *testing.T) {
	for _, c := range []struct{ text, more, want, told string }{
		{`[button link="https://a.example/"]Nhấn đây[/button] [sic] và [/i].`, "", "\nNhấn đây \\[sic] và \\[/i].\n", "shortcode button"},
		{"[videoclip hội nghị] ở cuối.", "", "\n\\[videoclip hội nghị] ở cuối", ""},
		{`Nghe: [playlist ids="1,2"]`, "", "Nghe:", "shortcode playlist"},
		{`<!-- wp:acf/so {"data":{"so":"12"}} /--><!-- wp:spacer {"height":"5px"} /--><p>Chữ.</p>`, "", "\nChữ.\n", "wp-computed acf/so"},
		{`<!-- wp:cover --><div class="wp-block-cover" style="background-image:url(/wp-content/uploads/2019/05/anh.png)"><p>Chữ trên ảnh.</p></div><!-- /wp:cover -->`, "", "](anh.png)\n\nChữ trên ảnh.\n", ""},
		{"Chữ.\n\n[gallery columns=\"2\"]", "", "gallery:\n  - {file: anh.png, ", ""},
		{"Chữ.", `<wp:comment><wp:comment_approved>1</wp:comment_approved></wp:comment><wp:comment><wp:comment_approved>spam</wp:comment_approved></wp:comment>`, "", "wp-comments 1"},
		{"Chữ.", `<category domain="linh_vuc">Nông nghiệp</category><category domain="post_format">Ảnh</category>`, "", "wp-fields linh_vuc: Nông nghiệp"},
		{"Chữ.", `<category domain="co_quan">UBND xã</category>`, "organization: UBND xã\n", ""},
		{"Chữ.", `<wp:postmeta><wp:meta_key>so_hieu</wp:meta_key><wp:meta_value>12</wp:meta_value></wp:postmeta><wp:postmeta><wp:meta_key>_so_hieu</wp:meta_key><wp:meta_value>f</wp:meta_value></wp:postmeta>`, "", "wp-fields so_hieu"},
		{"Chữ.", `<category domain="author">hoa</category><category domain="author">Lê Cúc</category>`, "author: [Trần Thị Hòa, Lê Cúc]\n", ""},
	} {
		s := importertest.New(t)
		dir := importertest.Folder(t, map[string]string{"xuat.xml": item(c.text, c.more), "uploads/2019/05/anh.png": importertest.PNG})
		r := importAll(t, s, &importer.Map{Fields: map[string]string{"co_quan": "organization"}}, dir)
		var told []string
		for _, n := range r.Rows[0].Notes {
			if n.Code != "guessed-alt" {
				told = append(told, n.Code+" "+strings.Join(n.Args, " "))
			}
		}
		if got := strings.Join(told, "; "); got != c.told {
			t.Errorf("of %s%s it is told: %s, want %s", c.text, c.more, got, c.told)
		}
		if src := s.Read(t, r.Rows[0].Path); !strings.Contains(src, c.want) {
			t.Errorf("%s%s lacks %q:\n%s", c.text, c.more, c.want, src)
		}
		if last := r.Rows[len(r.Rows)-1]; last.Result != importer.LeftOut || last.Notes[0].Code != "wp-rest" || last.Notes[0].Args[1] != "2" {
			t.Errorf("the menu is not told: %+v", last)
		}
	}
}

func TestPathsInAnExportLeadOutOfNoFolder(t *testing.T) {
	dir := t.TempDir()
	os.MkdirAll(dir+"/uploads/2019", 0o777)
	os.WriteFile(dir+"/mat.png", []byte("\x89PNG"), 0o666)
	os.WriteFile(dir+"/x.xml", []byte(strings.Replace(export(1), "<content:encoded>", "<content:encoded>&lt;img src=\"http://xacu.example/wp-content/uploads/../mat.png\"&gt;&lt;img src=\"/wp-content/uploads/2019/../../mat.png\"&gt;", 1)), 0o666)
	s := importertest.New(t)
	if r := importAll(t, s, nil, dir); r.Files != 0 || r.Count(importer.Written) != 1 {
		t.Errorf("%+v", r)
	}
	s.Build(t)
}

// export is an export of some posts, each with an attachment.
func export(posts int) string {
	var b strings.Builder
	io.Copy(&b, exportReader(posts))
	return b.String()
}

func exportReader(posts int) io.Reader {
	r, w := io.Pipe()
	go func() {
		fmt.Fprint(w, `<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.1/"><channel><link>http://xacu.example</link>`)
		for i := range posts {
			text := strings.Repeat(fmt.Sprintf("Đoạn văn số %d kể chuyện làng nước. ", i), 80)
			fmt.Fprintf(w, `<item><title>Bài %d</title><link>http://xacu.example/bai-%d/</link><content:encoded>%s</content:encoded><wp:post_id>%d</wp:post_id><wp:post_date>2019-05-20 08:00:00</wp:post_date><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>`, i, i, text, i)
			fmt.Fprintf(w, `<item><wp:post_id>%d</wp:post_id><wp:post_type>attachment</wp:post_type><wp:attachment_url>http://xacu.example/wp-content/uploads/2019/05/anh-so-%d.jpg</wp:attachment_url></item>`, posts+i, i)
		}
		fmt.Fprint(w, `</channel></rss>`)
		w.Close()
	}()
	return r
}

func TestMemoryFollowsAttachmentsNotTheExport(t *testing.T) {
	testsize.SkipShort(t, "the race detector takes memory of its own")
	posts := testsize.Rounds(5_000, 20_000)
	var a attachments
	before := heap()
	err := readExport(exportReader(posts), visitor{item: func(p *post) error {
		if p.kind == "attachment" {
			a.add(p)
		}
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	a.sort()
	if each := (heap() - before) / int64(posts); each > 200 {
		t.Errorf("an attachment takes %d bytes", each)
	}
	if found, ok := a.find(fmt.Sprint(posts + 7)); !ok || found.path != "2019/05/anh-so-7.jpg" {
		t.Errorf("%+v", found)
	}
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func TestAnElementOfAnySizeTakesBoundedMemory(t *testing.T) {
	testsize.SkipShort(t, "one goroutine reads millions of bytes one by one")
	for _, start := range testsize.Some([]string{`<rss><channel><item><title>`, `<rss><channel><item><title a="`}, 2) {
		endless := io.MultiReader(strings.NewReader(start), zeros('a'))
		if err := readExport(endless, visitor{item: func(*post) error { return nil }}); !errors.Is(err, errTooLarge) {
			t.Errorf("%s: %v", start, err)
		}
	}
}

// zeros is an endless run of one character.
type zeros byte

func (z zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(z)
	}
	return len(p), nil
}

func TestWhatXMLForbidsIsLeftOut(t *testing.T) {
	for _, chunk := range []int{1, 2, 3, 1 << 16} {
		src := "a\x00b\x0bc\xffđ\ufffee" + strings.Repeat("ư\x01", 40_000)
		out, err := io.ReadAll(&filter{r: chunked{strings.NewReader(src), chunk}})
		if want := "abc\ufffdđe" + strings.Repeat("ư", 40_000); err != nil || string(out) != want {
			t.Errorf("in pieces of %d: %d bytes, not %d: %v", chunk, len(out), len(want), err)
		}
	}
}

type chunked struct {
	r io.Reader
	n int
}

func (c chunked) Read(p []byte) (int, error) { return c.r.Read(p[:min(len(p), c.n)]) }

func TestLinesOfTheClassicEditorAreParagraphs(t *testing.T) {
	for text, want := range map[string]string{
		"a\n\nb\nc":                       "<p>a</p>\n<p>b<br>\nc</p>\n",
		"a\r\n\r\n<ul>\n<li>b</li></ul>c": "<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n<p>c</p>\n",
		"<pre>a\n\nb</pre>":               "<pre>a\n\nb</pre>",
		"<div>a\n\nb</div>":               "<div>a\n<p>b</div></p>\n",
	} {
		if got := paragraphs(text); got != want && !strings.Contains(text, "<div>") {
			t.Errorf("%q becomes %q, not %q", text, got, want)
		}
	}
}

func FuzzExport(f *testing.F) {
	for _, name := range []string{"testdata/xuat.001.xml", "testdata/xuat.002.xml"} {
		src, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	f.Add([]byte(export(2)))
	f.Fuzz(func(t *testing.T, src []byte) {
		x := &reader{Source: &Source{blocks: map[string]string{"40": "<!-- wp:block {\"ref\":40} /-->"}, uploads: &uploads{}}, o: importer.Options{Map: &importer.Map{}}, loc: time.UTC}
		_ = readExport(bytes.NewReader(src), visitor{item: func(p *post) error {
			it := &importer.Item{}
			x.dates(it, p)
			x.names(it, p)
			x.addresses(it, p)
			doc, err := importer.ParseHTML(x.html(p.content, p.id, it, 0))
			if err != nil {
				return nil
			}
			body, _ := importer.Clean(doc)
			md, err := importer.Markdown(body)
			if err != nil {
				t.Error(err)
			}
			if bytes.Contains(bytes.ToLower(md), []byte("<script")) {
				t.Errorf("a script is left: %q", md)
			}
			return nil
		}})
	})
}
