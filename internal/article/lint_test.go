package article

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMarkdownThatStayedTextIsToldWithItsCure(t *testing.T) {
	const (
		notBold = " hiện nguyên văn, chữ không được in đậm\n  > "
		alone   = "[literal-asterisks] dấu ** không có dấu đóng hoặc mở đi cùng nên hiện nguyên văn\n  > viết **chữ đậm** trong cùng một đoạn, hoặc xóa dấu **\n"
		heading = " thiếu dấu cách nên dòng này không thành tiêu đề\n  > "
	)
	tests := []struct{ name, text, want string }{
		{"punctuation before the closing mark", "Có **Đ/c Hàm,**Tỉnh ủy viên.", "1:4 [literal-asterisks] dấu **" + notBold + "**Đ/c Hàm,** Tỉnh\n"},
		{"punctuation behind the opening mark", "ông**“Ba” nói**.", "1:4 [literal-asterisks] dấu **" + notBold + "ông **“Ba” nói**.\n"},
		{"spaces within the marks", "Mời ** Đ/c Lan ** nói", "1:5 [literal-asterisks] dấu **" + notBold + "**Đ/c Lan**\n"},
		{"a space before the closing mark", "**Đ/c Lan **nói", "1:1 [literal-asterisks] dấu **" + notBold + "**Đ/c Lan** nói\n"},
		{"underscores", "__Đ/c Hàm,__Tỉnh", "1:1 [literal-asterisks] dấu __" + notBold + "**Đ/c Hàm,** Tỉnh\n"},
		{"over a link", "**Xem [a](b.md),**rồi", "1:1 [literal-asterisks] dấu **" + notBold + "**Xem [a](b.md),** rồi\n"},
		{"a mark that CommonMark took for another", "**Đ/c Hàm,**Tỉnh ủy **họp**.", "1:1 [literal-asterisks] dấu **" + notBold + "**Đ/c Hàm,** Tỉnh\n"},
		{"many words", "**một hai ba bốn năm sáu bảy tám chín mười mười-một mười-hai mười-ba,**x", "1:1 [literal-asterisks] dấu **" + notBold + "**một hai ba bốn … mười mười-một mười-hai mười-ba,** x\n"},
		{"a mark never closed", "Mời **Đ/c Lan nói", "1:5 " + alone},
		{"a mark never opened", "Đ/c Lan** nói **thật**", "1:8 " + alone},
		{"a mark closed in another paragraph", "**một\n\nhai**", "1:1 " + alone + "3:4 " + alone},
		{"in a table", "| a | b |\n|---|---|\n| **x,**y | **z** |", "3:3 [literal-asterisks] dấu **" + notBold + "**x,** y\n"},
		{"an address with a space", "Xem [x](kế hoạch 15.pdf) này", "1:9 [link-space] địa chỉ kế hoạch 15.pdf có dấu cách nên đây không thành liên kết\n  > [x](<kế hoạch 15.pdf>)\n"},
		{"a web address with a space", "[x](https://a.vn/kế hoạch.pdf)", "1:5 [link-space] địa chỉ https://a.vn/kế hoạch.pdf có dấu cách nên đây không thành liên kết\n  > [x](<https://a.vn/kế hoạch.pdf>)\n"},
		{"a title in curly quotes", "[x](a.pdf “Kế hoạch”)", "1:5 [link-quotes] tên của liên kết đặt trong ngoặc cong “ ” nên đây không thành liên kết\n  > [x](a.pdf \"Kế hoạch\")\n"},
		{"an address that stands apart", "Xem [x] (ke-hoach.pdf)", "1:5 [link-apart] giữa ] và ( có dấu cách nên đây không thành liên kết\n  > [x](ke-hoach.pdf)\n"},
		{"an address with a title that stands apart", "Xem ![x] (bia.jpg \"Bìa\") và [2] (năm \"2020\")", "1:5 [link-apart] giữa ] và ( có dấu cách nên đây không thành liên kết\n  > ![x](bia.jpg \"Bìa\")\n"},
		{"a curly title that stands apart", "[x]\n(a.pdf “Kế hoạch”)", "1:1 [link-apart] giữa ] và ( có dấu cách nên đây không thành liên kết\n  > [x](a.pdf \"Kế hoạch\")\n"},
		{"a picture with a space", "Xem ![Bìa](anh bìa.jpg) này", "1:12 [link-space] địa chỉ anh bìa.jpg có dấu cách nên đây không thành liên kết\n  > ![Bìa](<anh bìa.jpg>)\n"},
		{"a space and a title", "![Bìa](anh bìa.jpg \"Bìa 'báo'\")", "1:8 [link-space] địa chỉ anh bìa.jpg có dấu cách nên đây không thành liên kết\n  > ![Bìa](<anh bìa.jpg> \"Bìa 'báo'\")\n"},
		{"a space and a curly title", "[x](kế hoạch.pdf “Kế hoạch”)", "1:5 [link-space] địa chỉ kế hoạch.pdf có dấu cách nên đây không thành liên kết\n  > [x](<kế hoạch.pdf> \"Kế hoạch\")\n"},
		{"a number in brackets", "![a](Anh (1).jpg) và (b)", "1:6 [link-space] địa chỉ Anh (1).jpg có dấu cách nên đây không thành liên kết\n  > ![a](<Anh (1).jpg>)\n"},
		{"a path of Windows with a space", `[a](..\van ban\1.pdf)`, "1:5 [link-space] địa chỉ ..\\van ban\\1.pdf có dấu cách nên đây không thành liên kết\n  > [a](<../van ban/1.pdf>)\n"},
		{"a footnote without its colon", "Lời[^1] dẫn[^1].\n\n[^1] Nguồn: TTXVN", "3:1 [footnote-colon] sau [^1] ở đầu dòng thiếu dấu : nên dòng này không thành chú thích\n  > [^1]: Nguồn: TTXVN\n"},
		{"a footnote whose colon stands apart", "Lời[^1].\n\n[^1] : Nguồn: TTXVN", "3:1 [footnote-colon] sau [^1] ở đầu dòng thiếu dấu : nên dòng này không thành chú thích\n  > [^1]: Nguồn: TTXVN\n"},
		{"a heading without a space", "Mở.\n##Kết quả chung\nVà", "2:1 [heading-space] sau ##" + heading + "## Kết quả chung\n"},
		{"an indented paragraph", "Mở.\n\n     Ngày 11/3, UBND họp.\n     Sau đó.", "3:6 [indented-text] dòng này thụt vào từ 4 dấu cách nên hiện thành mã máy tính, không phải đoạn văn\n  > Ngày 11/3, UBND họp.\n"},
		{"a footnote without its text", "Lời[^1] dẫn", "1:4 [footnote-missing] chú thích [^1] không có nội dung nên hiện nguyên văn\n  > thêm ở cuối bài một dòng [^1]: nội dung chú thích\n"},
		{"a footnote without its mark", "Lời\n\n[^1]: Nguồn", "3:1 [footnote-unused] chú thích [^1] không được dẫn ở đâu trong bài nên bị bỏ\n  > viết [^1] ngay sau từ cần chú thích, hoặc xóa dòng này\n"},
		{"a footnote without its mark, in a quotation", "> Lời\n>\n> [^1]: Nguồn", "3:3 [footnote-unused] chú thích [^1] không được dẫn ở đâu trong bài nên bị bỏ\n  > viết [^1] ngay sau từ cần chú thích, hoặc xóa dòng này\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, problems(convert(tt.text).Problems)); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTheCureOfAMarkMakesItsWordsBold(t *testing.T) {
	for _, text := range []string{"**Đ/c Hàm,**Tỉnh", "ông**“Ba” nói**.", "a ** Đ/c Lan ** b", "**Đ/c Lan **nói", "__“A”__b", "x**(A)**y", "**a.\n b,**c"} {
		body := convert(text)
		if len(body.Problems) != 1 {
			t.Errorf("%q: got %d problems, want one", text, len(body.Problems))
			continue
		}
		cured := convert(body.Problems[0].Hint("vi"))
		if len(cured.Problems) > 0 || !strings.Contains(string(cured.HTML), "<strong>") {
			t.Errorf("%q: the hint %q gives %s", text, body.Problems[0].Hint("vi"), cured.HTML)
		}
	}
}

// TestAHintThatIsALineMendsIt pastes hints in place of what they are about.
func TestAHintThatIsALineMendsIt(t *testing.T) {
	for _, tt := range []struct{ text, replaced string }{
		{"![Bìa](anh bìa.jpg)", "![Bìa](anh bìa.jpg)"},
		{"[x](anh bìa.jpg 'Tên')", "[x](anh bìa.jpg 'Tên')"},
		{"![a](Anh (1).jpg)", "![a](Anh (1).jpg)"},
		{"![a](a.jpg “Tên”)", "![a](a.jpg “Tên”)"},
		{"[a](b c\\d.pdf)", "[a](b c\\d.pdf)"},
		{"Lời[^a].\n\n[^a] Nguồn (TTXVN)", "[^a] Nguồn (TTXVN)"},
		{"[Nguồn]: TTXVN (ảnh)", "[Nguồn]: TTXVN (ảnh)"},
		{"• Một", "• Một"},
		{"Mở:\n–\tMột", "–\tMột"},
		{"-Góp ý", "-Góp ý"},
		{"1.Họp", "1.Họp"},
		{"1. Họp\n  - Đông", "  - Đông"},
		{"| a | b | c |\n|---|\n| d | e | f |", "|---|"},
		{"[xã](www.a.vn)", "[xã](www.a.vn)"},
		{`![a](.\anh.jpg)`, `![a](.\anh.jpg)`},
	} {
		body := convert(tt.text)
		if len(body.Problems) != 1 {
			t.Errorf("%q: %s", tt.text, problems(body.Problems))
			continue
		}
		mended := strings.Replace(tt.text, tt.replaced, body.Problems[0].Hint("vi"), 1)
		if again := convert(mended); len(again.Problems) > 0 {
			t.Errorf("%q is mended to %q: %s", tt.text, mended, problems(again.Problems))
		}
	}
}

func TestWhatIsMeantLiterallyIsNoMistake(t *testing.T) {
	for _, text := range []string{
		"`**a,**b` và `[x](a b)`", "    **a,**b\n    ##x", "```\n**a,**b\n##x\n```", `\*\*a,\*\*b`,
		"Họ tên: ______", "(**) Ghi chú", "2 ** 3", "0912***456", "09** *** 456", "***", "a\n***\nb", "ten__tep.pdf", "# Tin **đậm**",
		"[1] (2020)", "[a] (xem trang b)", "[x] (11/3/2020)", "[15/KH] của (UBND)", "#DucTho #NongThonMoi", "x ##y", "####### x", "##", "## ",
		"[x](a.md \"Tên có dấu cách\")", "[x](<a b.pdf>)", "a] (b.pdf)", "[ ^1]",
	} {
		if got := problems(convert(text).Problems); got != "" {
			t.Errorf("%q: unexpected problems:\n%s", text, got)
		}
	}
}
