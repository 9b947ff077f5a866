package article

import (
	"bytes"
	"strings"
	"testing"
)

func phoneHTML(text string, sanitize bool) string {
	c := NewConverter(ConverterOptions{Glossary: []Abbreviation{{"UBND", "Ủy ban nhân dân"}}, Labels: vietnameseLabels, Sanitize: sanitize})
	body := c.Convert(new(bytes.Buffer), &Article{Path: "a.md", BodyLine: 1}, []byte(text), func(l Link) Target { return Target{URL: "/" + l.Dest} })
	return strings.TrimSpace(string(body.HTML))
}

func TestTelephoneNumbersInATextAreDialled(t *testing.T) {
	for src, want := range map[string]string{
		"Gọi 0912 345 678 ngay.":           `<p>Gọi <a href="tel:0912345678">0912 345 678</a> ngay.</p>`,
		"**ĐT: (024) 3825 1234**":          `<p><strong>ĐT: <a href="tel:02438251234">(024) 3825 1234</a></strong></p>`,
		"Gọi 0912345678.\nHay 0987654321":  "<p>Gọi <a href=\"tel:0912345678\">0912345678</a>.\nHay <a href=\"tel:0987654321\">0987654321</a></p>",
		"[gọi 0912345678](tel:0912345678)": `<p><a href="tel:0912345678">gọi 0912345678</a></p>`,
		"`0912345678` và 0987654321":       `<p><code>0912345678</code> và <a href="tel:0987654321">0987654321</a></p>`,
		"UBND xã, 0912345678, UBND":        `<p><abbr title="Ủy ban nhân dân">UBND</abbr> xã, <a href="tel:0912345678">0912345678</a>, UBND</p>`,
		"0912345678 của UBND":              `<p><a href="tel:0912345678">0912345678</a> của <abbr title="Ủy ban nhân dân">UBND</abbr></p>`,
		"## Gọi 0912345678":                `<h2 id="goi-0912345678">Gọi 0912345678</h2>`,
		"Quyết định 0912345678/QĐ-UBND.":   `<p>Quyết định 0912345678/QĐ-UBND.</p>`,
		"https://a.example/0912345678":     `<p><a href="https://a.example/0912345678">https://a.example/0912345678</a></p>`,
		"![gọi 0912345678](anh.jpg) ở đây": `<p><img src="/anh.jpg" alt="gọi 0912345678" loading="lazy" decoding="async"> ở đây</p>`,
	} {
		if got := phoneHTML(src, false); got != want {
			t.Errorf("%q:\n%s\nwant\n%s", src, got, want)
		}
	}
	if got, want := phoneHTML(`<a href="https://a.example/">gọi 0912345678</a> và 0987654321`, true), `<p><a href="https://a.example/">gọi 0912345678</a> và <a href="tel:0987654321">0987654321</a></p>`; got != want {
		t.Errorf("in HTML:\n%s\nwant\n%s", got, want)
	}
}

func TestANumberInAFootnoteDialsWhereverTheNoteStands(t *testing.T) {
	for _, text := range []string{
		"Hỏi ở đây.[^1]\n\n[^1]: Gọi 0912 345 678\n\nSau đó thì gọi 0988 777 666.\n",
		"Hỏi ở đây.[^1]\n\nSau đó thì gọi 0988 777 666.\n\n[^1]: Gọi 0912 345 678\n",
	} {
		got := phoneHTML(text, false)
		for _, number := range []string{"0912345678", "0988777666"} {
			if dialled := strings.Replace(number, "0", "+84", 1); !strings.Contains(got, `href="tel:`+number) && !strings.Contains(got, `href="tel:`+dialled) {
				t.Errorf("%q: no link for %s in %s", text, number, got)
			}
		}
	}
}
