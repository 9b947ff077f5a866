package article

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// FuzzConvert holds that no text gives HTML that acts, styles or breaks the
// page, nor a place outside of the text.
func FuzzConvert(f *testing.F) {
	for _, seed := range []string{
		string(report), "# a {onclick=x style=y}\n", "<script>x</script>", "a <b onclick=x>b</b> <!-- c", "[a](javascript:x)",
		"<a href=javascript:x>a</a>", "**a,**b __c,__d", "[a](b c) [a] (b.pdf)", "ho\u0300a [a](b)\r\n##x", "x[^1]\n\n[^1]: y", "|a|\n|--:|\n|b|",
		"- [ ] a", "a\n: b", "![a](b \"c\")", "<div style=x>\n\n</div>", "<table><td>", "<p>a</div></section>", "> - > a",
	} {
		f.Add(seed, true)
		f.Add(seed, false)
	}
	article := &Article{Path: "a.md", BodyLine: 1}
	strict := NewConverter(ConverterOptions{Labels: vietnameseLabels, Glossary: []Abbreviation{{"a", "b"}}})
	sanitizing := NewConverter(ConverterOptions{Labels: vietnameseLabels, Sanitize: true})
	f.Fuzz(func(t *testing.T, text string, sanitize bool) {
		if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			t.Skip("refused with its front matter")
		}
		c := strict
		if sanitize {
			c = sanitizing
		}
		body := c.Convert(new(bytes.Buffer), article, []byte(text), func(l Link) Target {
			checkPlace(t, text, int(l.Line), int(l.Col))
			return Target{URL: "/x"}
		})
		for _, p := range body.Problems {
			checkPlace(t, text, p.Pos.Line, p.Pos.Col)
		}
		if again := c.Convert(new(bytes.Buffer), article, []byte(text), func(Link) Target { return Target{URL: "/x"} }); !bytes.Equal(again.HTML, body.HTML) {
			t.Fatalf("two conversions differ: %q, %q", body.HTML, again.HTML)
		}
		checkHTML(t, body.HTML)
		if lead := Lead([]byte(text)); utf8.RuneCountInString(lead) > maxLead {
			t.Fatalf("lead too long: %q", lead)
		}
	})
}

func checkPlace(t *testing.T, text string, line, col int) {
	lines := strings.Split(text, "\n")
	if line < 1 || line > len(lines) || col < 1 || col > utf8.RuneCountInString(lines[line-1])+1 {
		t.Fatalf("%d:%d is not in the text", line, col)
	}
}

// checkHTML reads HTML back as browsers do: its elements are balanced, and
// none of them acts or styles.
func checkHTML(t *testing.T, body []byte) {
	var open []string
	z := html.NewTokenizer(bytes.NewReader(body))
	for z.Next() != html.ErrorToken {
		tok := z.Token()
		switch tok.Type {
		case html.StartTagToken:
			if !isVoid(tok.Data) {
				open = append(open, tok.Data)
			}
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != tok.Data {
				t.Fatalf("</%s> closes nothing in %s", tok.Data, body)
			}
			open = open[:len(open)-1]
		}
		switch tok.Data {
		case "script", "style", "iframe", "object", "embed", "form":
			if tok.Type != html.TextToken {
				t.Fatalf("<%s> in %s", tok.Data, body)
			}
		}
		for _, a := range tok.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:") && a.Key == "href" {
				t.Fatalf("%s=%q in %s", a.Key, a.Val, body)
			}
		}
	}
	if len(open) > 0 {
		t.Fatalf("%v not closed in %s", open, body)
	}
}
