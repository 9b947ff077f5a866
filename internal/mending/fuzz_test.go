package mending

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"bantin/internal/article"
	"bantin/internal/diag"
)

func FuzzMendingAddsNoError(f *testing.F) {
	for _, front := range []string{
		"titel: Tin\ndate: 1/2/2026\n", "title: Đức Thọ: ký kết\ndate: 31/2/2026\n", "title: a # b\ndate: 2026-13-40\ntags: a, b\n", "title: “Tin”\ndate:1/2/2026\n", "title: \"a\ndate: 1/2/2026\n",
		"title: Tin\ndate: 1/2/2026\npinned: vâng\ndraft: yes\n", "\ttitle: Tin\n date: 1/2/2026\n", "title: Tin &amp; bài\ndate: 25:00 1/2/2026\n", "title: ?\ntitle: ?\n",
	} {
		f.Add([]byte("---\n" + front + "---\n\nMột câu\u200b, [x](a b.pdf) và **đậm **nhạt.\n"))
		f.Add([]byte("\xef\xbb\xbf---\r\n" + front + "---\r\nHai\u00ad câu."))
	}
	const at = "tin-tuc/bai.md"
	f.Fuzz(func(t *testing.T, src []byte) {
		_, before := article.Parse(at, src, time.UTC)
		now, count := FrontMatter(at, bytes.Clone(src), "vi")
		if count == 0 && !bytes.Equal(now, src) {
			t.Errorf("nothing was mended, and %q became %q", src, now)
		}
		_, after := article.Parse(at, now, time.UTC)
		hides := slices.ContainsFunc(before, func(p diag.Problem) bool { return strings.HasPrefix(p.Code(), "yaml-") }) // what stands behind it is not read yet
		if errorsIn(after) > errorsIn(before) && !hides {
			t.Errorf("%d errors became %d: %q became %q", errorsIn(before), errorsIn(after), src, now)
		}
		for _, p := range before {
			if text, ok := One(at, bytes.Clone(src), p, "vi"); ok && bytes.Equal(text, src) {
				t.Errorf("%s is mended by nothing", p.ID)
			}
		}
		text, slips := Text(bytes.Clone(src), "content/"+at, before, "vi")
		if slips == 0 && !bytes.Equal(text, src) || bytes.Count(text, []byte("\n")) != bytes.Count(src, []byte("\n")) {
			t.Errorf("%d slips: %q became %q", slips, src, text)
		}
	})
}

func errorsIn(list diag.List) (n int) {
	for _, p := range list {
		if p.Severity == diag.Error {
			n++
		}
	}
	return n
}
