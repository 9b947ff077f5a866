package article

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"bantin/internal/diag"

	"github.com/google/go-cmp/cmp"
)

var vietnameseLabels = Labels{
	Table:     "Bảng",
	Footnote:  "Chú thích",
	Footnotes: "Các chú thích",
	Back:      "Trở lại chỗ dẫn chú thích",
	Alerts:    Alerts{"Ghi chú", "Mẹo", "Quan trọng", "Cảnh báo", "Thận trọng"},
}

// asTyped resolves every link to what its editor typed.
func TestAPictureInATextIsOfferedAsWebP(t *testing.T) {
	c := NewConverter(ConverterOptions{Labels: vietnameseLabels})
	body := c.Convert(new(bytes.Buffer), &Article{Path: "a.md", BodyLine: 1}, []byte("![Lễ ký](a.jpg \"Lễ ký\")\n\nXem ![cờ](b.jpg)"), func(l Link) Target {
		return Target{URL: "/" + l.Dest, Width: 80, Height: 60, WebP: "/" + l.Dest + "-8.webp?a&b 8w"}
	})
	source := func(name string) string {
		return `<picture><source type="image/webp" srcset="/` + name + `-8.webp?a&amp;b 8w" sizes="` + pictureSizes + `"><img src="/` + name + `" alt="`
	}
	const end = `" width="80" height="60" loading="lazy" decoding="async"></picture>`
	want := "<figure>" + source("a.jpg") + "Lễ ký" + end + "<figcaption>Lễ ký</figcaption></figure>\n<p>Xem " + source("b.jpg") + "cờ" + end + "</p>\n"
	if got := string(body.HTML); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestASmallPictureIsAnIconWhoeverWroteIt(t *testing.T) {
	c := NewConverter(ConverterOptions{Labels: vietnameseLabels, Sanitize: true})
	for size, want := range map[[2]int]bool{{1, 1}: true, {48, 48}: true, {16, 48}: true, {49, 48}: false, {48, 49}: false, {16, 700}: false, {0, 0}: false} {
		for _, text := range []string{"![a](a.png)", "Xem ![a](a.png) này", "| ![a](a.png) |\n|---|", `Xem <img src="a.png" alt="a"> này`} {
			body := c.Convert(new(bytes.Buffer), &Article{BodyLine: 1}, []byte(text), func(l Link) Target {
				return Target{URL: "/a.png", Width: size[0], Height: size[1]}
			})
			if got := bytes.Contains(body.HTML, []byte(`class="icon"`)); got != want {
				t.Errorf("%q of %v pixels is an icon: %v", text, size, got)
			}
		}
	}
}

func asTyped(l Link) Target { return Target{URL: l.Dest} }

// convert turns a text that begins in line 1 into HTML, with two terms known.
func convert(text string) Body {
	c := NewConverter(ConverterOptions{
		Glossary: []Abbreviation{{"MTTQ", "Mặt trận Tổ quốc"}, {"UBND", "Ủy ban nhân dân"}, {"UBND xã", "Ủy ban nhân dân cấp xã"}},
		Labels:   vietnameseLabels,
	})
	return c.Convert(new(bytes.Buffer), &Article{Path: "a.md", BodyLine: 1}, []byte(text), asTyped)
}

// problems prints a list as an editor would read it.
func problems(l diag.List) string {
	var b strings.Builder
	for _, p := range l {
		fmt.Fprintf(&b, "%d:%d [%s] %s\n  > %s\n", p.Pos.Line, p.Pos.Col, p.Code(), p.Message("vi"), p.Hint("vi"))
	}
	return b.String()
}

func lines(l ...string) string { return strings.Join(l, "\n") + "\n" }

func TestMarkdownBecomesAccessibleHTML(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"a paragraph keeps what was typed", `Ngày 11/3 -- "lễ ký"...`, "<p>Ngày 11/3 -- &quot;lễ ký&quot;...</p>\n"},
		{"bold and italic", "**Ủy ban** *họp*", "<p><strong>Ủy ban</strong> <em>họp</em></p>\n"},
		{"strikethrough", "~~cũ~~ mới", "<p><del>cũ</del> mới</p>\n"},
		{"CRLF ends a line as LF does", "một\r\nhai\r\n\r\n```\r\nba\r\n```\r\n", "<p>một\nhai</p>\n<pre><code>ba\n</code></pre>\n"},
		{"decomposed letters are composed", "hòa bi\u0300nh", "<p>hòa bình</p>\n"},
		{"a table scrolls by itself, aligned by classes", "|| Số | Giữa | Trái |\n|---|--:|:-:|:--|\n| a | 1 | b | c |", lines(
			`<div class="table" role="region" tabindex="0" aria-label="Bảng 1">`,
			`<table>`, `<thead>`, `<tr>`, `<td></td>`,
			`<th scope="col" class="al-right">Số</th>`, `<th scope="col" class="al-center">Giữa</th>`, `<th scope="col" class="al-left">Trái</th>`,
			`</tr>`, `</thead>`, `<tbody>`, `<tr>`,
			`<td>a</td>`, `<td class="al-right">1</td>`, `<td class="al-center">b</td>`, `<td class="al-left">c</td>`,
			`</tr>`, `</tbody>`, `</table>`, `</div>`)},
		{"the box of a task has its words as label", "- [ ] việc *một*\n- [x] việc hai", lines(
			`<ul>`, `<li><label><input type="checkbox" disabled> việc <em>một</em></label></li>`,
			`<li><label><input type="checkbox" checked disabled> việc hai</label></li>`, `</ul>`)},
		{"tasks in a loose list too", "- [ ] một\n\n- [ ] hai", lines(
			`<ul>`, `<li>`, `<p><label><input type="checkbox" disabled> một</label></p>`, `</li>`,
			`<li>`, `<p><label><input type="checkbox" disabled> hai</label></p>`, `</li>`, `</ul>`)},
		{"a definition list", "UBMT\n: Ủy ban", "<dl>\n<dt>UBMT</dt>\n<dd>Ủy ban</dd>\n</dl>\n"},
		{"a footnote leads there and back", "Lời[^a] dẫn.\n\n[^a]: Nguồn.", lines(
			`<p>Lời<sup id="fnref:1"><a href="#fn:1" class="footnote-ref" role="doc-noteref" aria-label="Chú thích 1">1</a></sup> dẫn.</p>`,
			`<section class="footnotes" role="doc-endnotes" aria-label="Các chú thích">`, `<ol>`, `<li id="fn:1">`,
			`<p>Nguồn. <a href="#fnref:1" class="footnote-back" role="doc-backlink" aria-label="Trở lại chỗ dẫn chú thích 1">↩︎</a></p>`,
			`</li>`, `</ol>`, `</section>`)},
		{"a footnote referred to twice leads back twice", "A[^a] B[^a]\n\n[^a]: C", lines(
			`<p>A<sup id="fnref:1"><a href="#fn:1" class="footnote-ref" role="doc-noteref" aria-label="Chú thích 1">1</a></sup>`+
				` B<sup id="fnref1:1"><a href="#fn:1" class="footnote-ref" role="doc-noteref" aria-label="Chú thích 1">1</a></sup></p>`,
			`<section class="footnotes" role="doc-endnotes" aria-label="Các chú thích">`, `<ol>`, `<li id="fn:1">`,
			`<p>C <a href="#fnref:1" class="footnote-back" role="doc-backlink" aria-label="Trở lại chỗ dẫn chú thích 1.1">↩︎</a>`+
				` <a href="#fnref1:1" class="footnote-back" role="doc-backlink" aria-label="Trở lại chỗ dẫn chú thích 1.2">↩︎</a></p>`,
			`</li>`, `</ol>`, `</section>`)},
		{"a lone picture is a figure with its title as caption", `![Đại diện *hai bên*](anh.jpg "Lễ ký & kết")`,
			`<figure><img src="anh.jpg" alt="Đại diện hai bên" loading="lazy" decoding="async"><figcaption>Lễ ký &amp; kết</figcaption></figure>` + "\n"},
		{"a picture among words is none", `Xem ![cờ](co.png "Quốc kỳ") này`,
			`<p>Xem <img src="co.png" alt="cờ" title="Quốc kỳ" loading="lazy" decoding="async"> này</p>` + "\n"},
		{"a term is explained at its first use", "UBND và MTTQ, UBND.",
			`<p><abbr title="Ủy ban nhân dân">UBND</abbr> và <abbr title="Mặt trận Tổ quốc">MTTQ</abbr>, UBND.</p>` + "\n"},
		{"the longest term wins", "**UBND xã** họp",
			`<p><strong><abbr title="Ủy ban nhân dân cấp xã">UBND xã</abbr></strong> họp</p>` + "\n"},
		{"a term is found before a mark, at the end of a line and beside an address", "Họp UBND xã, gửi a@b.vn\ncủa *UBND xã* (UBND xã)",
			`<p>Họp <abbr title="Ủy ban nhân dân cấp xã">UBND xã</abbr>, gửi <a href="mailto:a@b.vn">a@b.vn</a>` + "\n" + `của <em>UBND xã</em> (UBND xã)</p>` + "\n"},
		{"no term in headings, links, code and numbers of documents", "## MTTQ\n\n[MTTQ](a.md) `MTTQ` 15/CTPH-UBND-MTTQ XMTTQ ![MTTQ](a.png)",
			`<h2 id="mttq">MTTQ</h2>` + "\n" + `<p><a href="a.md">MTTQ</a> <code>MTTQ</code> 15/CTPH-UBND-MTTQ XMTTQ <img src="a.png" alt="MTTQ" loading="lazy" decoding="async"></p>` + "\n"},
		{"a comment vanishes", "một <!-- ghi chú --> hai\n\n<!-- ghi\nchú -->", "<p>một  hai</p>\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			body := convert(tt.text)
			if diff := cmp.Diff(tt.want, string(body.HTML)); diff != "" {
				t.Errorf("HTML (-want +got):\n%s", diff)
			}
			if len(body.Problems) > 0 {
				t.Errorf("unexpected problems:\n%s", problems(body.Problems))
			}
		})
	}
}

func TestThePlainTextHoldsTheWordsOfTheHTML(t *testing.T) {
	text := "# Kết quả của UBND\n\nLời **đậm**, `mã` &amp; \\*sao\\*\ndòng hai[^1] <https://a.vn/>.\n\n- một\n- hai\n\n![Ảnh](a.jpg)\n\n[^1]: Nguồn"
	want := "Kết quả của UBND\nLời đậm, mã & *sao* dòng hai https://a.vn/.\nmột\nhai\nẢnh\nNguồn\n"
	doc, _ := parse(markdown(), []byte(text))
	if got := string(appendPlain(nil, []byte(text), doc)); got != want {
		t.Errorf("the plain text is %q, want %q", got, want)
	}
}

func TestOneConverterServesManyArticlesAtOnce(t *testing.T) {
	c := NewConverter(ConverterOptions{Labels: vietnameseLabels})
	done := make(chan string)
	for range 8 {
		go func() {
			var last string
			for range 50 {
				last = string(c.Convert(new(bytes.Buffer), &Article{}, report, asTyped).HTML)
			}
			done <- last
		}()
	}
	want := string(c.Convert(new(bytes.Buffer), &Article{}, report, asTyped).HTML)
	for range 8 {
		if got := <-done; got != want {
			t.Fatal("concurrent conversions differ")
		}
	}
}
