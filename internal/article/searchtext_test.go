package article

import (
	"bytes"
	"strings"
	"testing"
)

// What stands on a page is found, whatever it was written in.
func TestTheWordsOfATextAreThoseOfItsPage(t *testing.T) {
	for _, c := range []struct{ text, safe, none string }{ // none: where no HTML is let through; "" for the same, "-" for nothing
		{"Lời đầu.\n\n# Mục\n\n- một\n- hai\n", "Lời đầu. Mục một hai", ""},
		{"<table><tr><td>Ô một</td><td>ô hai</td></tr></table>\n", "Ô một ô hai", "-"},
		{"<p>Bắt đầu &amp; <b>đậ</b>m</p>\n\nSau đó.\n", "Bắt đầu & đậm Sau đó.", "Sau đó."},
		{"<details><summary>Tóm tắt</summary>\n\nChữ trong.\n\n</details>\n", "Tóm tắt Chữ trong.", "Chữ trong."},
		{"- <div>trong danh sách</div>\n", "trong danh sách", "-"},
		{"<script>alert(1)</script>\n\nNgoài.\n", "Ngoài.", "Ngoài."},
		{"Dòng <b>đậm</b> và<br>xuống.\n", "Dòng đậm và xuống.", "Dòng đậm và xuống."},
		{"<img src=\"a.png\" alt=\"Cây đa\">\n", "Cây đa", "-"},
	} {
		for _, sanitize := range []bool{true, false} {
			want := c.safe
			if !sanitize && c.none != "" {
				want = strings.TrimPrefix(c.none, "-")
			}
			converter := NewConverter(ConverterOptions{Labels: vietnameseLabels, Sanitize: sanitize})
			body := converter.Convert(new(bytes.Buffer), &Article{Path: "a.md", BodyLine: 1}, []byte(c.text), asTyped)
			if got := strings.Join(strings.Fields(string(body.AppendWords(nil))), " "); got != want {
				t.Errorf("of %q (sanitize: %t) the words are %q, want %q", c.text, sanitize, got, want)
			}
		}
	}
}
