package diag

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"
)

// printed returns what the printer writes about one problem in a file of one
// line.
func printed(t *testing.T, lang, line string, p Problem) string {
	t.Helper()
	printer := Printer{Lang: lang, Line: func(string, int) (string, bool) { return line, true }}
	var out strings.Builder
	if err := printer.Text(&out, List{p}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

const message = "tiêu đề có dấu hai chấm nên phải đặt trong ngoặc kép\n"

func TestAProblemIsPrintedWithItsLineAndHint(t *testing.T) {
	p := New(Pos{"content/tin-tuc/ky-ket.md", 2, 8}, "yaml-colon", "tiêu đề", `title: "Đức Thọ: Ký kết chương trình"`)
	want := `content/tin-tuc/ky-ket.md:2:8: lỗi[yaml-colon]: tiêu đề có dấu hai chấm nên phải đặt trong ngoặc kép
   2 | title: Đức Thọ: Ký kết chương trình
     |        ^
    gợi ý: title: "Đức Thọ: Ký kết chương trình"
`
	if got := printed(t, "vi", "title: Đức Thọ: Ký kết chương trình\r\n", p); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestEnglishHasItsOwnLabels(t *testing.T) {
	p := New(Pos{"a.md", 2, 1}, "yaml-colon", "title", "x")
	p.Severity = Warning
	want := `a.md:2:1: warning[yaml-colon]: title has a colon in it, so it must stand in double quotes
   2 | a: b: c
     | ^
    hint: x
`
	if got := printed(t, "en", "a: b: c", p); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestThePlaceMayBeALineOrAFile(t *testing.T) {
	tests := []struct {
		pos  Pos
		want string
	}{
		{Pos{"a.md", 0, 0}, "a.md: lỗi[yaml-colon]: " + message},
		{Pos{"a.md", 3, 0}, "a.md:3: lỗi[yaml-colon]: " + message + "   3 | xin chào\n"},
		{Pos{"a.md", 12345, 1}, "a.md:12345:1: lỗi[yaml-colon]: " + message + "12345 | xin chào\n      | ^\n"},
		{Pos{"a.md", 3, 99}, "a.md:3:99: lỗi[yaml-colon]: " + message + "   3 | xin chào\n     |         ^\n"},
	}
	for _, tt := range tests {
		if got := printed(t, "vi", "xin chào", New(tt.pos, "yaml-colon", "tiêu đề", "")); got != tt.want {
			t.Errorf("got\n%swant\n%s", got, tt.want)
		}
	}
}

func TestALineThatCannotBeHadIsLeftOut(t *testing.T) {
	list := List{New(Pos{"a.md", 2, 1}, "yaml-colon", "tiêu đề", "")}
	for _, p := range []Printer{{Lang: "vi"}, {Lang: "vi", Line: func(string, int) (string, bool) { return "", false }}} {
		var out strings.Builder
		if err := p.Text(&out, list); err != nil {
			t.Fatal(err)
		}
		if want := "a.md:2:1: lỗi[yaml-colon]: " + message; out.String() != want {
			t.Errorf("got\n%swant\n%s", out.String(), want)
		}
	}
}

func TestTheCaretStandsBelowItsCharacter(t *testing.T) {
	tests := []struct {
		name, line string
		col        int
		indent     string
	}{
		{"precomposed", "Đức x", 5, "    "},
		{"combining marks take no column", "Đu\u031B\u0301c x", 7, "    "},
		{"on a combining mark, below its letter", "Đu\u031B\u0301c x", 4, " "},
		{"wide characters take two", "北京 x", 4, "     "},
		{"tabs stay", "\ta\tx", 4, "\t \t"},
		{"control characters are shown in one", "\x1b[31mx", 6, "     "},
		{"at the end of the line", "abc", 4, "   "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, indent := window([]rune(tt.line), tt.col-1); indent != tt.indent {
				t.Errorf("got %q, want %q", indent, tt.indent)
			}
		})
	}
}

func TestALongLineIsShownAroundTheCaret(t *testing.T) {
	a, b := strings.Repeat("a", 300), strings.Repeat("b", 300)
	tests := []struct {
		name, line    string
		at            int
		shown, indent string
	}{
		{"at its limit", a[:100], 99, a[:100], strings.Repeat(" ", 99)},
		{"near the start", a[:30] + "x" + b, 30, a[:30] + "x" + b[:68] + "…", strings.Repeat(" ", 30)},
		{"in the middle", a + "x" + b, 300, "…" + a[:60] + "x" + b[:37] + "…", strings.Repeat(" ", 61)},
		{"at the end", a + "x", 300, "…" + a[:60] + "x", strings.Repeat(" ", 61)},
		{"wide characters", strings.Repeat("京", 99), 0, strings.Repeat("京", 49) + "…", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			shown, indent := window([]rune(tt.line), tt.at)
			if shown != tt.shown || indent != tt.indent {
				t.Errorf("got\n%s\n%s^\nwant\n%s\n%s^", shown, indent, tt.shown, tt.indent)
			}
			if n := columns([]rune(shown)); n > maxColumns {
				t.Errorf("%d columns are shown", n)
			}
		})
	}
}

func TestNoSourceSteersTheTerminal(t *testing.T) {
	p := New(Pos{"a\x1b.md", 1, 1}, "yaml-colon", "\x1b[31m\u202Eđ\n", "x\x00\x7f\u009b")
	want := "a␛.md:1:1: lỗi[yaml-colon]: ␛[31m\uFFFDđ␊ có dấu hai chấm nên phải đặt trong ngoặc kép\n" +
		"   1 | ␛]0;đ␇\uFFFD\n     | ^\n    gợi ý: x␀␡\uFFFD\n"
	if got := printed(t, "vi", "\x1b]0;đ\a\u2028", p); got != want {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

func TestFurtherLinesOfAHintStandBelowItsFirst(t *testing.T) {
	p := New(Pos{File: "a.md"}, "yaml-colon", "tiêu đề", "viết\n---\ntitle: a\n  b: c\n")
	want := "a.md: lỗi[yaml-colon]: " + message + `    gợi ý: viết
           ---
           title: a
             b: c
`
	if got := printed(t, "vi", "", p); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestAProblemThatIsOffIsNotPrinted(t *testing.T) {
	p := New(Pos{"a.md", 1, 1}, "yaml-colon", "tiêu đề", "")
	p.Severity = Off
	if got := printed(t, "vi", "a", p); got != "" {
		t.Errorf("got %q", got)
	}
}

type fullDisk struct{}

var errFull = errors.New("no space left on device")

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

func TestAFailedWriteIsReported(t *testing.T) {
	list := List{New(Pos{"a.md", 1, 1}, "yaml-colon", "tiêu đề", "")}
	if err := (Printer{Lang: "vi"}).Text(fullDisk{}, list); !errors.Is(err, errFull) {
		t.Errorf("got %v", err)
	}
}

func TestALongLineIsReadOnceForAllItsProblems(t *testing.T) {
	var l List
	for i := range 10_000 {
		l = append(l, New(Pos{File: "a.md", Line: 1, Col: 4*i + 1}, "double-space", "a b"))
	}
	line, read := strings.Repeat("a  b", 10_000), 0
	p := Printer{Lang: "vi", Line: func(string, int) (string, bool) { read++; return line, true }}
	start := time.Now()
	if err := p.Text(io.Discard, l); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(start); took > 5*time.Second || read != 1 {
		t.Errorf("took %v and read the line %d times", took, read)
	}
}
