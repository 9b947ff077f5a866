package docx

import (
	"archive/zip"
	"bytes"
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"bantin/internal/importer"
	"bantin/internal/importer/importertest"
)

var hanoi = time.FixedZone("", 7*3600)

const spaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"`

// pack makes a document of its parts; body stands in the w:body of the text.
func pack(body string, more map[string]string) []byte {
	parts := map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"word/document.xml":   `<?xml version="1.0" encoding="UTF-8"?><w:document ` + spaces + `><w:body>` + body + `<w:sectPr/></w:body></w:document>`,
		"word/_rels/document.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="x" Target="media/image1.png"/><Relationship Id="rId2" Type="x" Target="https://ngoai.example/" TargetMode="External"/>` +
			`<Relationship Id="rId3" Type="x" Target="media/hinh.emf"/><Relationship Id="rId4" Type="x" Target="../../../mat.png"/></Relationships>`,
		"word/media/image1.png": importertest.PNG,
		"word/styles.xml":       `<w:styles ` + spaces + `><w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="H2"><w:name w:val="heading 2"/></w:style><w:style w:styleId="Ti"><w:name w:val="Title"/></w:style><w:style w:styleId="Cap"><w:name w:val="caption"/></w:style></w:styles>`,
		"word/numbering.xml":    `<w:numbering ` + spaces + `><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num></w:numbering>`,
		"word/footnotes.xml":    `<w:footnotes ` + spaces + `><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> Theo báo cáo của xã.</w:t></w:r></w:p></w:footnote></w:footnotes>`,
		"word/comments.xml":     `<w:comments ` + spaces + `><w:comment w:id="0"><w:p><w:r><w:t>Nội bộ</w:t></w:r></w:p></w:comment></w:comments>`,
	}
	for name, text := range more {
		parts[name] = text
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, text := range parts {
		w, err := z.Create(name)
		if err != nil {
			panic(err)
		}
		w.Write([]byte(text))
	}
	z.Close()
	return out.Bytes()
}

func p(text string) string {
	return `<w:p><w:r><w:t xml:space="preserve">` + text + `</w:t></w:r></w:p>`
}

func styled(style, text string) string {
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
}

func centred(text string) string {
	return `<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>` + text + `</w:t></w:r></w:p>`
}

func cell(props, content string) string {
	return `<w:tc><w:tcPr>` + props + `</w:tcPr>` + content + `</w:tc>`
}

const report = `<w:p><w:pPr><w:pStyle w:val="Ti"/></w:pPr><w:r><w:t>Báo cáo phong trào trồng cây của xã</w:t></w:r></w:p>`

var article = report + p("8:00 05/06/2021") +
	`<w:p><w:r><w:t xml:space="preserve">Cả xã trồng </w:t></w:r><w:ins w:id="1"><w:r><w:t>hai nghìn</w:t></w:r></w:ins><w:del w:id="2"><w:r><w:delText>một nghìn</w:delText></w:r></w:del><w:r><w:t xml:space="preserve"> cây</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t xml:space="preserve">, vượt kế hoạch; xem </w:t></w:r><w:hyperlink r:id="rId2"><w:r><w:t>trang ngoài</w:t></w:r></w:hyperlink><w:r><w:t xml:space="preserve"> và </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>chữ đậm</w:t></w:r><w:r><w:t>.</w:t></w:r></w:p>` +
	styled("H1", "Kết quả") +
	`<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr></w:pPr><w:r><w:t>Thôn Đông</w:t></w:r></w:p><w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="5"/></w:numPr></w:pPr><w:r><w:t>Năm trăm cây xoan</w:t></w:r></w:p><w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr></w:pPr><w:r><w:t>Thôn Đoài</w:t></w:r></w:p>` +
	`<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" descr="Bà con trồng cây"/><a:graphic><a:blip r:embed="rId1"/></a:graphic></wp:inline></w:drawing></w:r></w:p>` + styled("Cap", "Bà con trồng cây bên kênh") +
	`<w:p><w:r><w:drawing><a:blip r:embed="rId3"/></w:drawing></w:r><w:r><w:drawing><a:blip r:embed="rId4"/></w:drawing></w:r></w:p>` +
	`<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>VIỆC CÒN LẠI</w:t></w:r></w:p>` + p("Các thôn chăm cây, rào kín trước mùa mưa; tổ trưởng ghi sổ hằng tuần.") +
	`<w:tbl><w:tr>` + cell(`<w:gridSpan w:val="2"/>`, p("Thôn và số cây")) + `</w:tr><w:tr>` + cell(`<w:vMerge w:val="restart"/>`, p("Đông")) + cell("", p("500")) + `</w:tr><w:tr>` + cell(`<w:vMerge/>`, p("")) + cell("", p("700")) + `</w:tr></w:tbl>`

func importAll(t *testing.T, s *importertest.Site, dir string) *importer.Report {
	t.Helper()
	in, err := importer.FindInputs([]string{dir}, Wanted)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	return s.Import(t, importer.Options{Format: "docx", Files: &Files{In: in}}, func(m *importer.Importer) error { return Read(context.Background(), in, m, hanoi) })
}

func TestADocumentIsAnArticle(t *testing.T) {
	dir := t.TempDir()
	os.WriteFile(filepath.Join(dir, "bao-cao.docx"), pack(article, nil), 0o666)
	os.WriteFile(filepath.Join(dir, "cu.doc"), []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), 0o666)
	s := importertest.New(t)
	r := importAll(t, s, dir)
	if r.Count(importer.Written) != 1 || r.Count(importer.Failed) != 1 || r.Rows[1].Notes[0].Code != "old-doc" {
		t.Fatalf("%+v", r.Rows)
	}
	src := s.Read(t, r.Rows[0].Path)
	for _, part := range []string{
		"title: Báo cáo phong trào trồng cây của xã\ndate: 08:00 05/06/2021\n",
		"Cả xã trồng hai nghìn cây[^1], vượt kế hoạch; xem [trang ngoài](https://ngoai.example/) và **chữ đậm**.\n",
		"## Kết quả\n\n1. Thôn Đông", "   - Năm trăm cây xoan", "2. Thôn Đoài\n",
		"![Bà con trồng cây](image1.png \"Bà con trồng cây bên kênh\")\n", "## VIỆC CÒN LẠI\n", "| Thôn và số cây |  |\n|---|---|\n| Đông | 500 |\n|  | 700 |\n", "[^1]: Theo báo cáo của xã.\n",
	} {
		if !strings.Contains(src, part) {
			t.Errorf("the article lacks %q:\n%s", part, src)
		}
	}
	if strings.Contains(src, "một nghìn") || strings.Contains(src, "Nội bộ") {
		t.Error(src)
	}
	codes := ""
	for _, n := range r.Rows[0].Notes {
		codes += " " + n.Code
	}
	for _, code := range []string{"tracked", "comments", "emf", "merged-cells", "outside-file"} {
		if !strings.Contains(codes, code) {
			t.Errorf("%s is not told:%s", code, codes)
		}
	}
	s.Build(t)
	const want = "Báo cáo phong trào trồng cây của xã Cả xã trồng hai nghìn cây1, vượt kế hoạch; xem trang ngoài và chữ đậm. Kết quả Thôn Đông Năm trăm cây xoan Thôn Đoài Bà con trồng cây bên kênh " +
		"VIỆC CÒN LẠI Các thôn chăm cây, rào kín trước mùa mưa; tổ trưởng ghi sổ hằng tuần. Thôn và số cây Đông 500 700 Theo báo cáo của xã. ↩︎"
	if same := importertest.Sameness(want, s.Prose(t, r.Rows[0].Path)); same < 0.98 {
		t.Errorf("%.3f of the words are the same: %s", same, s.Prose(t, r.Rows[0].Path))
	}
}

func TestWhatNoMarkdownCanShowIsTold(t *testing.T) {
	body := report + p("8:00 05/06/2021") + `<w:p><w:r><w:t xml:space="preserve">Năng suất </w:t></w:r><m:oMath xmlns:m="m"><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath></w:p>` +
		`<w:altChunk r:id="rId9"/><w:p><w:r><w:drawing><c:chart xmlns:c="c" r:id="rId8"/></w:drawing></w:r></w:p>`
	dir := importertest.Folder(t, map[string]string{"a.docx": string(pack(body, nil))})
	s := importertest.New(t)
	r := importAll(t, s, dir)
	s.Contains(t, r.Rows[0].Path, "\nNăng suất a+b/2\n")
	told := ""
	for _, n := range r.Rows[0].Notes {
		told += n.Code + " " + strings.Join(n.Args, " ") + "; "
	}
	for _, want := range []string{"formula ; ", "word-part altChunk; ", "word-part chart; "} {
		if !strings.Contains(told, want) {
			t.Errorf("%s is not told: %s", want, told)
		}
	}
}

func TestWordsInControlsOfTablesStay(t *testing.T) {
	control := func(inner string) string {
		return `<w:sdt><w:sdtPr/><w:sdtContent>` + inner + `</w:sdtContent></w:sdt>`
	}
	cell := func(text string) string { return `<w:tc>` + p(text) + `</w:tc>` }
	body := report + p("8:00 05/06/2021") + `<w:tbl><w:tr>` + cell("Họ tên") + cell("Thôn") + `</w:tr><w:tr>` + control(cell("Lê Mai")) + `<w:customXml>` + cell("Đông") + `</w:customXml></w:tr>` +
		`<w:customXml><w:tr>` + cell("Vũ An") + cell("Đoài") + `</w:tr></w:customXml></w:tbl>` +
		`<w:p><w:r><w:ruby><w:rt><w:r><w:t>hàn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>`
	s := importertest.New(t)
	r := importAll(t, s, importertest.Folder(t, map[string]string{"a.docx": string(pack(body, nil))}))
	s.Contains(t, r.Rows[0].Path, "| Lê Mai | Đông |", "| Vũ An | Đoài |", "漢 (hàn)")
}

// testdata/bao-cao.docx was written by LibreOffice 7.4 from bao-cao.fodt:
//
//	soffice --headless --convert-to docx bao-cao.fodt
func TestADocumentOfLibreOfficeIsAnArticle(t *testing.T) {
	s := importertest.New(t)
	r := importAll(t, s, "testdata")
	if r.Count(importer.Written) != 1 || r.Files != 1 {
		t.Fatalf("%+v", r.Rows)
	}
	src := s.Read(t, r.Rows[0].Path)
	for _, part := range []string{
		"title: Xã Lạc Khê trồng hai nghìn cây bên kênh\ndate: 08:00 05/06/2021\n", "author: Lê Quang Khoát\n",
		"trồng hai nghìn cây[^1], phần lớn là xoan và bạch đàn[^2]; xem [bảng giá giống](https://vuonuom.example/giong/) và **lịch chăm cây** *của từng thôn*.\n",
		"## Việc đã làm\n\n1. Thôn Đông", "   - Năm trăm cây xoan dọc bờ kênh", "2. Thôn Đoài\n",
		"![Bà con trồng cây](", "\"Bà con thôn Đông trồng cây bên kênh\")\n", "## VIỆC CÒN LẠI\n",
		"| Số cây theo thôn |  |\n", "| Thôn Đông | 500 cây xoan |\n|  | 700 cây bạch đàn |\n",
		"[^1]: Theo sổ của tổ trồng cây.\n", "[^2]: Giống lấy ở vườn ươm của xã.\n",
	} {
		if !strings.Contains(src, part) {
			t.Errorf("the article lacks %q:\n%s", part, src)
		}
	}
	if strings.Contains(src, "một nghìn") || strings.Contains(src, "Hỏi lại") {
		t.Error("what was deleted, or a comment, is in the article")
	}
	s.Build(t)
	const want = "Xã Lạc Khê trồng hai nghìn cây bên kênh Sáng mồng năm, bà con hai thôn ra kênh Chín trồng hai nghìn cây1, phần lớn là xoan và bạch đàn2; xem bảng giá giống và lịch chăm cây của từng thôn. " +
		"Việc đã làm Thôn Đông Năm trăm cây xoan dọc bờ kênh Thôn Đoài Bà con thôn Đông trồng cây bên kênh VIỆC CÒN LẠI Các thôn rào cây trước mùa mưa; tổ trưởng ghi sổ hằng tuần và báo số cây sống về xã vào cuối tháng. " +
		"Số cây theo thôn Thôn Đông 500 cây xoan 700 cây bạch đàn Theo sổ của tổ trồng cây. ↩︎ Giống lấy ở vườn ươm của xã. ↩︎"
	if same := importertest.Sameness(want, s.Prose(t, r.Rows[0].Path)); same < 0.98 {
		t.Errorf("%.3f of the words are the same: %s", same, s.Prose(t, r.Rows[0].Path))
	}
}

func TestAnOfficialLetterIsRecognized(t *testing.T) {
	letter := `<w:tbl><w:tr>` + cell("", p("ỦY BAN NHÂN DÂN")+p("XÃ KHÊ HÒA")+p("-------")+p("Số: 15/KH-UBND")) +
		cell("", p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")+p("Độc lập - Tự do - Hạnh phúc")+p("Khê Hòa, ngày 11 tháng 3 năm 2020")) + `</w:tr></w:tbl>` +
		centred("KẾ HOẠCH") + centred("Về việc làm đường thôn Đông năm 2020") + p("Ủy ban nhân dân xã ban hành kế hoạch làm đường thôn Đông, giao các thôn thực hiện trong quý hai.") +
		`<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>I. MỤC ĐÍCH</w:t></w:r></w:p>` + p("Đường rộng ba mét, xe cứu thương vào được, học trò đi lại an toàn.") +
		`<w:tbl><w:tr>` + cell("", p("Nơi nhận:")+p("- Như trên;")+p("- Lưu: VT.")) + cell("", p("CHỦ TỊCH")+p("Trần Văn Lạc")) + `</w:tr></w:tbl>`
	dir := t.TempDir()
	os.WriteFile(filepath.Join(dir, "ke-hoach.docx"), pack(letter, nil), 0o666)
	s := importertest.New(t)
	r := importAll(t, s, dir)
	src := s.Read(t, r.Rows[0].Path)
	for _, part := range []string{"title: Kế hoạch về việc làm đường thôn Đông năm 2020\ndate: 11/03/2020\n", "organization: Ủy ban nhân dân xã Khê Hòa\n", "so-van-ban: 15/KH-UBND\n", "## I. MỤC ĐÍCH\n", "CHỦ TỊCH\\\nTrần Văn Lạc\n"} {
		if !strings.Contains(src, part) {
			t.Errorf("the article lacks %q:\n%s", part, src)
		}
	}
	if strings.Contains(src, "CỘNG HÒA") || strings.Contains(src, "Lưu: VT") {
		t.Error(src)
	}
	s.Build(t)
}

func TestNoPathLeadsOutOfADocument(t *testing.T) {
	dir := t.TempDir()
	os.WriteFile(filepath.Join(dir, "mat.png"), []byte(importertest.PNG), 0o666)
	os.MkdirAll(filepath.Join(dir, "nguon"), 0o777)
	src := pack(article, map[string]string{"../../../mat.png": importertest.PNG, "word/media/../../../x.png": importertest.PNG, "/word/media/y.png": importertest.PNG})
	os.WriteFile(filepath.Join(dir, "nguon", "a.docx"), src, 0o666)
	s := importertest.New(t)
	r := importAll(t, s, filepath.Join(dir, "nguon"))
	if r.Files != 1 {
		t.Errorf("%d files are copied", r.Files)
	}
	s.Build(t)
}

// TestPiecesOfATextAreCopiedOnce holds that a text in many pieces costs what its length says.
func TestPiecesOfATextAreCopiedOnce(t *testing.T) {
	const n = 30_000
	for name, body := range map[string]string{
		"comments": "<w:p><w:r><w:t>" + strings.Repeat("a<!---->", n) + "</w:t></w:r></w:p>",
		"elements": "<w:p><w:r><w:t>" + strings.Repeat("a<w:x/>", n) + "</w:t></w:r></w:p>",
		"runs":     "<w:p>" + strings.Repeat("<w:r><w:t>a</w:t></w:r>", n) + "</w:p>",
		"formula":  "<w:p><m:oMath>" + strings.Repeat("<m:r><m:t>a</m:t></m:r>", n) + "</m:oMath></w:p>",
	} {
		src := pack(body, nil)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		it, err := Parse(src, importer.Input{Name: "a.docx", ID: "a.docx"}, hanoi)
		if err != nil {
			t.Fatal(err)
		}
		text, err := importer.Markdown(it.Body)
		runtime.ReadMemStats(&after)
		if want := strings.Repeat("a", n) + "\n"; string(text) != want || err != nil {
			t.Errorf("%s: %d bytes, %v", name, len(text), err)
		}
		if allocated := after.TotalAlloc - before.TotalAlloc; allocated > 150<<20 {
			t.Errorf("%s: %d MB are allocated", name, allocated>>20)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(article)
	f.Add(report + strings.Repeat("<w:tbl><w:tr><w:tc>", 50))
	f.Fuzz(func(t *testing.T, body string) {
		it, err := Parse(pack(body, nil), importer.Input{Name: "a.docx", ID: "a.docx"}, hanoi)
		if err != nil {
			return
		}
		if _, err := importer.Markdown(it.Body); err != nil {
			t.Error(err)
		}
	})
}
