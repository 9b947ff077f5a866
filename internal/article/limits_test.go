package article

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/testsize"
)

func TestHostileTextIsRefusedQuickly(t *testing.T) {
	testsize.SkipShort(t, "one goroutine is timed")
	const deep = " danh sách và trích dẫn lồng nhau quá 100 lớp\n  > bỏ bớt các dấu > hoặc - ở đầu dòng này\n"
	const much = " từ đoạn này có quá nhiều dấu Markdown nên không đọc tiếp được\n  > chia đoạn này thành nhiều đoạn ngắn, ngăn nhau bằng một dòng trống\n"
	size := testsize.Rounds(1, 5) << 20
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	tests := []struct{ name, text, want string }{
		{"quotations in quotations", "a\n\n" + fill(">"), "3:101 [markdown-too-deep]" + deep},
		{"lists in lists", fill("- ") + "a", "1:99 [markdown-too-deep]" + deep},
		{"open brackets", fill("["), "1:1 [markdown-too-much]" + much},
		{"open pictures", fill("!["), "1:1 [markdown-too-much]" + much},
		{"links never closed", fill("[a](b \""), "1:1 [markdown-too-much]" + much},
		{"emphasis in emphasis", strings.Repeat("*a **a ", size/12) + strings.Repeat("a** a* ", size/12), "1:1 [markdown-too-much]" + much},
		{"marks that never meet", strings.Repeat("*a ", size/6) + strings.Repeat("a_ ", size/6), "1:1 [markdown-too-much]" + much},
		{"underscores in a word", fill("_a"), "1:1 [markdown-too-much]" + much},
		{"escaped pipes in a table", "| a |\n|---|\n" + fill("| `a\\|b` |\n"), "3:5 [markdown-too-much]" + much},
		{"footnotes", fill("[^a]: b\n[^a]\n\n"), "3001:1 [markdown-too-much]" + much},
		{"tags never closed", fill("<a b='"), "1:1 [markdown-too-much]" + much},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var body Body
			if took := testsize.Took(func() { body = convert(tt.text) }); took > 30*time.Second {
				t.Errorf("took %v", took)
			}
			if diff := cmp.Diff(tt.want, problems(body.Problems)); diff != "" {
				t.Errorf("problems (-want +got):\n%.2000s", diff)
			}
		})
	}
}

func TestARealTextIsFarFromTheLimits(t *testing.T) {
	rows := strings.Repeat("| **Nguyễn Văn A** | [thôn 1](a.md) | 1.000.000 |\n", 5000)
	text := "| Hộ | Thôn | Số tiền |\n|---|---|--:|\n" + rows + "\n" + strings.Repeat("**Nguyễn Văn A**, *thôn 1*; ", 500)
	if got := problems(convert(text).Problems); got != "" {
		t.Errorf("unexpected problems:\n%.500s", got)
	}
}
