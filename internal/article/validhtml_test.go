package article

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"bantin/internal/testsize"
)

// TestMendingLosesNoWord: browsertest asks a validator whether what comes out is valid.
func TestMendingLosesNoWord(t *testing.T) {
	c := NewConverter(ConverterOptions{Sanitize: true})
	for _, text := range []string{
		"<span>một<p>hai</p>ba</span>", "<h2><p>một</p><ul><li>hai</ul></h2>", "<ul>một<li>hai</li>ba<ul><li>bốn</ul></ul>", "<li>một<li>hai",
		"<dl><dd>một</dd></dl><dl>hai<dt>ba</dl>", "<details>một</details>", "<figure><figcaption>một</figcaption>hai<figcaption>ba</figcaption></figure>",
		"<table><caption>một</caption></table>", "<table><caption>một</caption><caption>hai</caption><tr><td colspan=9 rowspan=9>ba<td>bốn</table>",
		"<map name=a>một</map> <meter>hai</meter> <time>ba</time> <tt>bốn</tt>", "<a href=/x><a href=/y>một</a>hai</a>", "<a href=/x>một<details><summary>hai</summary>ba</details></a>",
		"<pre>một<p>hai</p></pre>", "<dfn>một<dfn>hai</dfn></dfn>", "<ruby>một</ruby><rt>hai</rt>", "<h1>một</h1><h6>hai</h6>", "<bdo>một</bdo>", "<table><tr><th><h3>một</h3></table>",
		"<summary>một</summary>", "<hgroup><h1>một</h1></hgroup>", "<article><aside>một</aside></article>", "<ins>một<p>hai</p></ins>",
	} {
		body := c.Convert(new(bytes.Buffer), &Article{BodyLine: 1}, []byte(text), asTyped)
		want, got := words(t, text), words(t, string(body.HTML))
		if got != want {
			t.Errorf("%s: the words are %q, want %q: %s", text, got, want, body.HTML)
		}
	}
}

func TestHTMLIsMended(t *testing.T) {
	c := NewConverter(ConverterOptions{Sanitize: true})
	for text, want := range map[string]string{
		`<table><tr><td colspan=1 rowspan=abc nowrap>a<td colspan=2 colspan=3>b</table>`:    `<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>`,
		`<table><tr><td colspan=1000>a<td colspan=1000>b</table>`:                           `<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>`,
		`<table><tr><td>a<td rowspan=2>b<td>c<tr><td colspan=3>d</table>`:                   `<table><tbody><tr><td>a</td><td rowspan="2">b</td><td>c</td></tr><tr><td>d</td></tr></tbody></table>`,
		`<table><tr><td rowspan=2>a<td>b<tr><td>c</table>`:                                  `<table><tbody><tr><td rowspan="2">a</td><td>b</td></tr><tr><td>c</td></tr></tbody></table>`,
		`<table><tr><td colspan=2>a<td>b<tr><td>c<td>d<td>e</table>`:                        `<table><tbody><tr><td colspan="2">a</td><td>b</td></tr><tr><td>c</td><td>d</td><td>e</td></tr></tbody></table>`,
		`<table><colgroup><col></colgroup><tr></tr><tr><td>a<tbody></tbody></table>`:        `<table><tbody><tr><td>a</td></tr></tbody></table>`,
		`<table><caption>a</caption> <tbody><tr></tr></tbody> </table>`:                     `<div>a</div>`,
		`<figcaption>a</figcaption>`:                                                        `<div>a</div>`,
		`<figure><p>a</p><figcaption>b</figcaption><p>c</p></figure>`:                       `<figure><p>a</p><p>c</p><figcaption>b</figcaption></figure>`,
		`<details open><p>a</p></details>`:                                                  `<div><p>a</p></div>`,
		`<div><bdo>a</bdo> <bdo dir=up>b</bdo> <bdo dir=rtl>c</bdo></div>`:                  `<div>a b <bdo dir="rtl">c</bdo></div>`,
		`<div><img alt="a">b</div>`:                                                         `<div>b</div>`,
		`<h2><a href="/x"><p>a</p></a></h2>`:                                                `<h2> a</h2>`,
		`<h2>a<hr>b<table><tr><td>c</table></h2>`:                                           `<h2>a b    c</h2>`,
		`<div><ins><del><p>a</p></del></ins></div>`:                                         `<div><ins><del><p>a</p></del></ins></div>`,
		`<summary><ins><div>a</div></ins></summary>`:                                        `<div><div>a</div></div>`,
		`<ul><li value=3>a</ul><ol><li value=3>b</ol>`:                                      `<ul><li>a</li></ul><ol><li value="3">b</li></ol>`,
		`<div><ruby>a</ruby><ruby>b<rt>c</rt></ruby></div>`:                                 `<div>a<ruby>b<rt>c</rt></ruby></div>`,
		`<p>a<a href=""> b</a> <a href="/c%zz">c</a><img src=/x.png srcset=", /a.png 1x,">`: `<p>a b <a href="/c%25zz">c</a><img src="/x.png" srcset="/a.png 1x" alt="" loading="lazy" decoding="async"/>` + "\n</p>",
	} {
		body := c.Convert(new(bytes.Buffer), &Article{BodyLine: 1}, []byte(text), asTyped)
		if got := string(bytes.TrimSpace(body.HTML)); got != want {
			t.Errorf("%s\ngot  %s\nwant %s", text, got, want)
		}
	}
}

// words returns the words of HTML in the order of letters: a caption may move.
func words(t *testing.T, s string) string {
	t.Helper()
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(s))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		if kind == html.TextToken {
			b.WriteString(string(z.Text()) + " ")
		}
	}
	all := strings.Fields(b.String())
	slices.Sort(all)
	return strings.Join(all, " ")
}

func TestALevelThatIsSkippedIsClosedUp(t *testing.T) {
	c := NewConverter(ConverterOptions{Sanitize: true})
	for text, want := range map[string]string{
		"#### a\n\n###### b\n\n## c":       "h2 h3 h2",
		"<h4>a</h4>\n\n## b\n\n<h1>c</h1>": "h2 h2 h2",
		"<h5>a</h5>\n\n<h6>b</h6>":         "h2 h3",
		"<h3> </h3>\n\n## b":               "h2",
	} {
		body := c.Convert(new(bytes.Buffer), &Article{BodyLine: 1}, []byte(text), asTyped)
		var levels []string
		z := html.NewTokenizer(bytes.NewReader(body.HTML))
		for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
			if name, _ := z.TagName(); kind == html.StartTagToken && len(name) == 2 && name[0] == 'h' {
				levels = append(levels, string(name))
			}
		}
		if got := strings.Join(levels, " "); got != want {
			t.Errorf("%q: levels %s, want %s", text, got, want)
		}
	}
}

func TestIDsOfHTMLAreKnownAndStandOnce(t *testing.T) {
	body := NewConverter(ConverterOptions{Sanitize: true}).Convert(new(bytes.Buffer), &Article{BodyLine: 1},
		[]byte("<p id=ket-qua>a</p>\n\n## Kết quả\n\n<a name=neo>b</a> <b id=neo>c</b>"), asTyped)
	if got := string(body.HTML); strings.Count(got, `id="ket-qua"`) != 1 || !strings.Contains(got, `<h2 id="ket-qua">`) || strings.Count(got, `id="neo"`) != 1 {
		t.Error(got)
	}
	if got := strings.Join(body.Anchors, " "); got != "ket-qua neo" {
		t.Errorf("anchors %s", got)
	}
}

func TestALargeTableIsMendedInTime(t *testing.T) {
	testsize.SkipShort(t, "one goroutine is timed")
	row := "<tr>" + strings.Repeat("<td colspan=999 rowspan=999>a", 50) + "</tr>"
	wide := "<table><tr>" + strings.Repeat("<td colspan=1000>a", 20) + "</table>\n"
	for _, text := range []string{"<table>" + strings.Repeat(row, 500) + "</table>", strings.Repeat(wide, 100)} {
		took := testsize.Took(func() {
			NewConverter(ConverterOptions{Sanitize: true}).Convert(new(bytes.Buffer), &Article{BodyLine: 1}, []byte(text), asTyped)
		})
		if took > 20*time.Second {
			t.Errorf("%.60s took %v", text, took)
		}
	}
	for _, cells := range []int{20, 21, 50} { // of which those past maxCells span one column
		text := "<table><tr>" + strings.Repeat("<td colspan=1000>a", cells) + "</table>"
		body := NewConverter(ConverterOptions{Sanitize: true}).Convert(new(bytes.Buffer), &Article{BodyLine: 1}, []byte(text), asTyped)
		if got := string(body.HTML); strings.Count(got, "<td>a</td>") != cells {
			t.Errorf("%d cells become %s", cells, got)
		}
	}
}
