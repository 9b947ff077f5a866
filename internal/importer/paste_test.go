package importer

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"bantin/internal/testsize"
)

const fromWord = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{font-family:"Times New Roman"}</style></head><body lang=EN-US><!--StartFragment-->
<h1>Tiêu đề lớn</h1><p class=MsoNormal style='text-align:justify'><b><span style='font-size:14.0pt'>Bà con</span></b><span style='font-size:14.0pt'>&nbsp;thôn Đông<o:p></o:p></span></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>-<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;</span></span><![endif]>Việc một</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>-<span>&nbsp;</span></span>Việc hai</p>
<p class=MsoNormal><a href="https://ngoai.example/a b">liên kết</a> <a href="file:///C:/x.doc">tệp</a> <a href="javascript:alert(1)">xấu</a> <img src="file:///C:/anh.png"></p><script>alert(1)</script>
<!--EndFragment--></body></html>`

func TestWhatIsPastedFromWordIsMarkdown(t *testing.T) {
	p, err := Paste(fromWord)
	if err != nil {
		t.Fatal(err)
	}
	want := "## Tiêu đề lớn\n\n**Bà con** thôn Đông\n\n- Việc một\n- Việc hai\n\n[liên kết](https://ngoai.example/a%20b) tệp xấu\n"
	if string(p.Markdown) != want || len(p.Pictures) != 1 {
		t.Errorf("%q %v", p.Markdown, p.Pictures)
	}
	// Words that are called as elements are.
	p, err = Paste("<table><tr><td>a</td><td>img</td></tr><tr><td>p</td><td>a</td></tr></table><p>a</p>")
	if want := "| a | img |\n|---|---|\n| p | a |\n\na\n"; err != nil || string(p.Markdown) != want {
		t.Errorf("%q %v", p.Markdown, err)
	}
	// What Google Docs copies is all in one bold element that is not bold.
	p, err = Paste(`<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span style="font-weight:700">Đậm</span><span> và thường</span></p></b>`)
	if err != nil || string(p.Markdown) != "**Đậm** và thường\n" {
		t.Errorf("%q %v", p.Markdown, err)
	}
}

func TestMarksOfListsOfWordStay(t *testing.T) {
	item := func(level, mark, words string) string {
		return `<p class=MsoListParagraph style='mso-list:l0 level` + level + ` lfo1'><span style='mso-list:Ignore'>` + mark + `<span>&nbsp;</span></span>` + words + `</p>`
	}
	for src, want := range map[string]string{
		item("1", "1.", "x") + item("2", "a)", "y") + item("2", "b)", "z") + item("1", "2.", "t"):           "1. x\n\n   a) y\n\n   b) z\n2. t\n",
		item("1", "Điều 1.", "x") + item("2", "1.", "y") + item("2", "2.", "z") + item("1", "Điều 2.", "t"): "Điều 1. x\n\n1. y\n2. z\n\nĐiều 2. t\n",
		item("1", "I.", "x") + item("2", "1.1.", "y") + item("1", "II.", "z"):                               "I. x\n\n1.1. y\n\nII. z\n",
		item("1", "1.", "x") + "<p>y</p>" + item("1", "2.", "z") + item("1", "3.", "t"):                     "1. x\n\ny\n\n2. z\n3. t\n",
		item("1", "o", "x") + item("1", "o", "y") + "<p>z</p>" + item("1", "Ø", "t"):                        "- x\n- y\n\nz\n\n- t\n",
	} {
		p, err := Paste(src)
		if got := strings.ReplaceAll(string(p.Markdown), "\n  \n", "\n\n"); err != nil || got != want {
			t.Errorf("%s\n%q\nwant\n%q %v", src, got, want, err)
		}
	}
}

func TestMarkdownSaysWhatTheHTMLSaid(t *testing.T) {
	for src, want := range map[string]string{
		"<p>a<br><br>b</p>":                                                              "a\n\nb\n",
		"<div>a</div><div>b</div>":                                                       "a\n\nb\n",
		"<p>5 &lt; 6 *a* _b_ # c ==d== [e] `f`</p>":                                      "5 &lt; 6 \\*a* \\_b_ # c \\=\\=d\\=\\= \\[e] \\`f\\`\n",
		"<ul><li>a<ul><li>b</li></ul></li></ul>":                                         "- a\n  \n  - b\n",
		"<p>&nbsp;</p><p></p><p>a&nbsp;&nbsp; b</p>":                                     "a b\n",
		"<table><tr><td>một ô</td></tr></table>":                                         "một ô\n",
		"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d<br>e</td></tr></table>": "| a | b |\n|---|---|\n| c | d<br>e |\n",
		"<h2>a</h2><h4>b</h4><h1>c</h1>":                                                 "## a\n\n### b\n\n## c\n",
		"<p>H<sub>2</sub>O, m<sup>2</sup></p>":                                           "H<sub>2</sub>O, m<sup>2</sup>\n",
		"<p>a <math><semantics><mi>x</mi><mo>=</mo><mn>5</mn><annotation>x = 5</annotation></semantics></math></p>": "a x=5\n",
		"<p><b>a </b>b<i> c</i></p>": "**a** b *c*\n",
		// Addresses stay what they are.
		"<p>http://a.vn/p_home_x.html, www.a.vn/~u_v_w và _b_.</p>":                                  "http://a.vn/p_home_x.html, www.a.vn/~u_v_w và \\_b\\_.\n",
		"<table><tr><td>a</td><td>https://a.vn/b_c_d</td></tr><tr><td>c</td><td>d</td></tr></table>": "| a | https://a.vn/b_c_d |\n|---|---|\n| c | d |\n",
		// Letters and Roman numerals, which Markdown cannot count in, stay as words.
		`<ol type="a"><li>x</li><li><p>y</p><p>z</p></li></ol>`:                        "a. x\n\nb. y\n\nz\n",
		`<ol style="list-style-type: upper-roman" start="4"><li>x</li><li>y</li></ol>`: "IV. x\n\nV. y\n",
		`<ol style="list-style: lower-latin inside"><li>x</li></ol>`:                   "a. x\n",
		`<ol><li>x<ol type="i"><li>y</li><li>z</li></ol></li><li>t</li></ol>`:          "1. x\n\n   i. y\n\n   ii. z\n2. t\n",
		`<ol type="1" start="3"><li>x</li></ol>`:                                       "3. x\n",
	} {
		doc, err := ParseHTML(src)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := Clean(doc)
		got, err := Markdown(body)
		if err != nil || strings.ReplaceAll(string(got), "\n  \n", "\n") != strings.ReplaceAll(want, "\n  \n", "\n") && !strings.Contains(src, "<ul>") {
			t.Errorf("%s becomes %q, not %q (%v)", src, got, want, err)
		}
	}
}

func TestHostileHTMLCostsLittle(t *testing.T) {
	testsize.SkipShort(t, "one goroutine does it all")
	for name, src := range map[string]string{
		"spans of cells":  "<table><tr><td colspan=999999999 rowspan=999999999>a<td>b<tr><td>c<td>d</table>",
		"deep divs":       strings.Repeat("<div>", 400) + "a",
		"deep bold":       strings.Repeat("<b><i>", 200) + "a",
		"many cells":      "<table>" + strings.Repeat("<tr><td>a<td>b", 5_000) + "</table>",
		"many breaks":     strings.Repeat("a<br>", 20_000),
		"many paragraphs": strings.Repeat("<p>a", 20_000),
		"a long word":     "<p>" + strings.Repeat("ê", 300_000),
		"marks":           "<p>" + strings.Repeat("*_[", 60_000),
		"comments":        "<p>" + strings.Repeat("a<!---->", 60_000),
	} {
		doc, err := ParseHTML(src)
		if err != nil {
			continue // too deep to be parsed
		}
		body, _ := Clean(doc)
		Recognize(body, Known{Plain: true})
		if _, err := Markdown(body); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestALoneBracketIsNotLookedForToTheEndOfItsLine(t *testing.T) {
	for src, want := range map[string]string{
		"[" + strings.Repeat("a", 2000) + "]": `\[` + strings.Repeat("a", 2000) + "]\n",
		"[" + strings.Repeat("a", 2000):       `\[` + strings.Repeat("a", 2000) + "\n",
		"[a] [b":                              "\\[a] [b\n",
		"[a<br>" + strings.Repeat("a", 2000):  "[a\\\n" + strings.Repeat("a", 2000) + "\n",
	} {
		p, err := Paste("<p>" + src)
		if string(p.Markdown) != want || err != nil {
			t.Errorf("%.20q becomes %.30q, %v", src, p.Markdown, err)
		}
	}
}

func FuzzPaste(f *testing.F) {
	f.Add(`<img src="data:image/png;base64,iVBORw0KGgo="><img src="data:,%3Csvg/%3E"><img src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7">`)
	f.Add(fromWord)
	f.Add("<table><td colspan=99999999>a<td><p>b<p>c</table><img src=x onerror=alert(1)><svg><script>x</script></svg>")
	f.Fuzz(func(t *testing.T, src string) {
		p, err := Paste(src)
		if err != nil {
			return
		}
		doc, err := html.Parse(strings.NewReader(string(p.Markdown)))
		if err != nil {
			return
		}
		for n := range doc.Descendants() {
			if n.Type == html.ElementNode && n.Data == "script" {
				t.Errorf("a script is left: %q", p.Markdown)
			}
		}
	})
}
