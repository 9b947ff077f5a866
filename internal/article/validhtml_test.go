package article

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
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
	row := "<tr>" + strings.Repeat("<td colspan=999 rowspan=999>a", 50) + "</tr>"
	begin := time.Now()
	NewConverter(ConverterOptions{Sanitize: true}).Convert(new(bytes.Buffer), &Article{BodyLine: 1}, []byte("<table>"+strings.Repeat(row, 500)+"</table>"), asTyped)
	if took := time.Since(begin); took > 20*time.Second {
		t.Errorf("it took %v", took)
	}
}
