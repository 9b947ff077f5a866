package article

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"bantin/internal/testsize"

	"github.com/google/go-cmp/cmp"
)

func TestASmallBombIsRefusedOrRead(t *testing.T) {
	testsize.SkipShort(t, "one goroutine is timed")
	const (
		deep = " danh sách và trích dẫn lồng nhau quá 100 lớp\n  > bỏ bớt các dấu > hoặc - ở đầu dòng này\n"
		much = " từ đoạn này có quá nhiều dấu Markdown nên không đọc tiếp được\n  > chia đoạn này thành nhiều đoạn ngắn, ngăn nhau bằng một dòng trống\n"
	)
	nested := func(n int, indent, mark string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.Repeat(indent, i) + mark + "a\n")
		}
		return b.String()
	}
	definitions := func(n int, end string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "[a%d]: /x%s", i, end)
		}
		return b.String()
	}
	tests := []struct{ name, text, want string }{
		{"a list in 99 quotations", strings.Repeat("> ", 99) + "- a\n" + strings.Repeat("> ", 99) + "  b", "1:199 [markdown-too-deep]" + deep},
		{"a list over 60 lines", nested(60, "  ", "- "), "50:99 [markdown-too-deep]" + deep},
		{"a numbered list over 60 lines", nested(60, "   ", "1. "), "50:148 [markdown-too-deep]" + deep},
		{"a list of starred lists", nested(60, "  ", "* "), "50:99 [markdown-too-deep]" + deep},
		{"a wide table of short rows", "|" + strings.Repeat("a|", 2000) + "\n|" + strings.Repeat("-|", 2000) + "\n" + strings.Repeat("|\n", 2000), "1:1 [markdown-too-much]" + much},
		{"the same without outer pipes", strings.Repeat("a|", 2000) + "a\n" + strings.Repeat(":-|", 2000) + "-\n" + strings.Repeat("x\n", 2000), "1:1 [markdown-too-much]" + much},
		{"the same in a quotation", "> |" + strings.Repeat("a|", 2000) + "\n> |" + strings.Repeat("-|", 2000) + "\n" + strings.Repeat("> |\n", 2000), "1:3 [markdown-too-much]" + much},
		{"a long address referred to often", strings.Repeat("[a] ", 5000) + "\n\n[a]: /" + strings.Repeat("x", 50_000), "1:105 [markdown-too-much]" + much},
		{"a long title referred to often", strings.Repeat("![a][] ", 5000) + "\n\n[a]: /x '" + strings.Repeat("x", 50_000) + "'", "1:190 [markdown-too-much]" + much},
		{"a heading of many classes", "# a {" + strings.Repeat(".c ", 300_000) + "}", "1:1 [markdown-too-much]" + much},
		{"a heading of many attributes", "a\n===\n\nb {" + strings.Repeat("c=d ", 300_000) + "}\n---\n", "4:1 [markdown-too-much]" + much},
		{"an attribute of lists in lists", "# a {b=" + strings.Repeat("[", 1_000_000) + "}", "1:1 [markdown-too-much]" + much},
		{"many definitions in one paragraph", definitions(60_000, "\n"), "1:1 [markdown-too-much]" + much},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var body Body
			if took := testsize.Took(func() { body = convert(tt.text) }); took > 5*time.Second {
				t.Errorf("took %v", took)
			}
			if diff := cmp.Diff(tt.want, problems(body.Problems)); diff != "" {
				t.Errorf("problems (-want +got):\n%.2000s", diff)
			}
		})
	}
}

// Signs by which texts of other programs begin are cheap where nothing ends them, too.
func TestSignsOfOtherProgramsTakeTimeOfTheirBytes(t *testing.T) {
	testsize.SkipShort(t, "one goroutine is timed")
	signs := []string{"{{ ", "{>>", "{++", "{% ", "{ ", "{.a ", "{:a", "{a=b ", "$a", "$a ", "$$", "%% ", "\\(a^", "\\begin{a", "<% ", "<!-a", "^[a", "^a", "++a ", "~a", "~~ a", "==a ", ":::a", ":a", "!!!note\n", "*[a", "[[a", "[a=b ", "[a][b "}
	for _, s := range syntaxes {
		signs = append(signs, strings.Repeat(string(s.begins), 2)+"a")
	}
	for _, sign := range signs {
		text := "x " + strings.Repeat(sign, 64<<10/len(sign))
		const most = 2 * time.Second
		if took := leastTime(most, func() { convert(text) }); took > most {
			t.Errorf("%q takes %v", sign, took)
		}
	}
}

func TestAPanicIsAMistakeOfItsFile(t *testing.T) {
	c := NewConverter(ConverterOptions{})
	body := c.Convert(new(bytes.Buffer), &Article{Path: "a.md", BodyLine: 5}, []byte("a\n\n[b](c.md)"), func(Link) Target { panic("out of range") })
	const want = "5:1 [article-fault] Bantin gặp lỗi của chính nó khi đọc bài này (out of range)\n" +
		"  > thử bỏ đoạn mới thêm vào bài, và gửi tệp này cho người làm Bantin\n"
	if got := problems(body.Problems); got != want || body.HTML != nil || !body.Problems.HasErrors() {
		t.Errorf("got %s, want %s", got, want)
	}
}

// shapes are pieces of Markdown that a parser may look for the partner of.
var shapes = []string{
	"*", "**a ", "_a", "~~", "~", "==", "[", "]", "![", "](", "[a](b", "[a]: b\n", "[^a]", "[^a]: b\n", "`", "``a ", "<a ", "<!--", "-->", "<b>", "</b>",
	"<a@b.vn", "https://a.vn/", "www.a.vn", "a@b.vn ", "&amp;", "&#1", "{.c ", "# a {#b}", "# a\n", "a\n: b\n", ": ", "> ", "- ", "1. ", "  - a\n", "| a ", "|-", "\n|-|\n",
	"\\", "\\|", "\\]", "\"", "'", "(", ")", "\n", "\n\n", "  \n", "\t", "    ", "```\n", "<div>\n", "<?", "<![CDATA[", "<!A ", "---\n", "===\n", "a ", "a\u0301 ", "ệ", "$", "%%", ":a:", "[[", "{{<", "[x] ", "\u00a0",
}

// budget is what one byte of a text may take, beyond what any text may take.
const (
	baseTime, timeOfByte   = 3 * time.Second, 20 * time.Microsecond
	baseBytes, bytesOfByte = 64 << 20, 4_000
	baseHTML, htmlOfByte   = 8 << 20, 200
)

// TestNoShapeCostsMoreThanItsBytes repeats shapes that nobody has thought of. It
// counts the panics, too.
func TestNoShapeCostsMoreThanItsBytes(t *testing.T) {
	testsize.SkipShort(t, "the race detector takes memory and time of its own")
	random := rand.New(rand.NewPCG(1, 2))
	const size = 32 << 10
	sanitizing := NewConverter(ConverterOptions{Labels: vietnameseLabels, Sanitize: true})
	article := &Article{Path: "a.md", BodyLine: 1}
	for range testsize.Rounds(10, 100) {
		var unit [3]string
		for k := range unit {
			for range 1 + random.IntN(3) {
				unit[k] += shapes[random.IntN(len(shapes))]
			}
		}
		text := unit[0] + strings.Repeat(unit[1], size/2/len(unit[1])) + strings.Repeat(unit[2], size/2/len(unit[2]))
		check := func(name string, read func() Body) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			var body Body
			took := testsize.Took(func() { body = read() })
			runtime.ReadMemStats(&after)
			for _, p := range body.Problems {
				if p.ID == "article-fault" {
					t.Errorf("%s: %q, %q and %q panic: %s", name, unit[0], unit[1], unit[2], p.Message("en"))
				}
			}
			most := baseTime + timeOfByte*time.Duration(len(text))
			if took > most { // or much was to be collected
				took = leastTime(most, func() { read() })
			}
			if took > most {
				t.Errorf("%s: %q, %q and %q take %v, most is %v", name, unit[0], unit[1], unit[2], took, most)
			}
			if got, most := after.TotalAlloc-before.TotalAlloc, uint64(baseBytes+bytesOfByte*len(text)); got > most {
				t.Errorf("%s: %q, %q and %q take %d MB, most is %d", name, unit[0], unit[1], unit[2], got>>20, most>>20)
			}
			if most := baseHTML + htmlOfByte*len(text); len(body.HTML) > most {
				t.Errorf("%s: %q, %q and %q give %d bytes, most is %d", name, unit[0], unit[1], unit[2], len(body.HTML), most)
			}
		}
		check("convert", func() Body { return convert(text) })
		check("sanitize", func() Body { return sanitizing.Convert(new(bytes.Buffer), article, []byte(text), asTyped) })
		check("analyze", func() Body { sanitizing.Analyze(article, []byte(text)); return Body{} })
		check("lead", func() Body { Lead([]byte(text)); return Body{} })
	}
}

// leastTime returns how long read takes: the first time within most, or the
// least of three, since what was made before is collected meanwhile.
func leastTime(most time.Duration, read func()) time.Duration {
	var least time.Duration
	for n := range 3 {
		if took := testsize.Took(read); n == 0 || took < least {
			least = took
		}
		if least <= most {
			break
		}
	}
	return least
}

// TestWorkIsLinearWhereNothingIsRefused doubles texts that took time by the
// square of their length.
func TestWorkIsLinearWhereNothingIsRefused(t *testing.T) {
	testsize.SkipShort(t, "one goroutine is timed")
	part := testsize.Rounds(4, 1)
	many := func(text string, n int) string { return strings.Repeat(text, n/part) }
	for name, text := range map[string]string{
		"comments on one line":          many("<!-- a -->b ", 170_000),
		"comments in blocks":            many("<!-- a -->b<!-- -->c\n\n", 100_000),
		"definitions, a paragraph each": many("[a]: /x\n\n", 200_000) + "[a]",
		"escaped brackets":              many(`\]`, 500_000),
		"escaped links":                 many(`\](`, 300_000),
		"marks in decomposed words":     many("a\u0301 **b\n\n", 20_000),
		"headings with odd ids":         many("# a {id=\"a\\\"b\"}\n\n", 20_000),
	} {
		for _, c := range []struct {
			who  string
			read func()
		}{{"convert", func() { convert(text) }}, {"analyze", func() { NewConverter(ConverterOptions{}).Analyze(&Article{Path: "a.md"}, []byte(text)) }}} {
			most := 10 * time.Second / time.Duration(part)
			if took := leastTime(most, c.read); took > most {
				t.Errorf("%s: %s takes %v", c.who, name, took)
			}
		}
	}
	long := strings.Repeat("a  b ", 200_000) + "a@b.vn"
	took := testsize.Took(func() {
		if x := NewConverter(ConverterOptions{}).Analyze(&Article{Path: "a.md"}, []byte(long)); len(x.Runs) != 1 {
			t.Errorf("%d runs", len(x.Runs))
		}
	})
	if took > 5*time.Second {
		t.Errorf("a long line of addresses takes %v", took)
	}
}
