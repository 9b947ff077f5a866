package diag

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode"

	"bantin/internal/messages"

	"golang.org/x/text/width"
)

// Printer writes problems for people, as compilers do.
type Printer struct {
	// Lang is the language of the texts.
	Lang string
	// Line returns a line of a source file, for the excerpt; ok is false when
	// it cannot be had. A nil Line means no excerpts.
	Line func(file string, line int) (text string, ok bool)
}

// labels returns the words that stand before a text.
func (p Printer) labels() messages.Labels { return messages.In(p.Lang).Labels }

// Text writes each problem of the list as its place and message, an excerpt
// of the source with a caret below the place, and its hint. Control characters
// are made visible, so that no source can steer the terminal. The error is
// that of w.
func (p Printer) Text(w io.Writer, l List) error {
	out := bufio.NewWriter(w)
	var row sourceLine
	for _, problem := range l {
		if problem.Severity == Off {
			continue
		}
		p.head(out, problem)
		p.excerpt(out, problem.Pos, &row)
		p.hint(out, problem)
	}
	return out.Flush()
}

// head writes the line with place, severity, code and message.
func (p Printer) head(w io.Writer, problem Problem) {
	severity := p.labels().Error
	if problem.Severity == Warning {
		severity = p.labels().Warning
	}
	place := problem.Pos.File
	if problem.Pos.Line > 0 {
		place += fmt.Sprintf(":%d", problem.Pos.Line)
		if problem.Pos.Col > 0 {
			place += fmt.Sprintf(":%d", problem.Pos.Col)
		}
	}
	fmt.Fprintf(w, "%s: %s[%s]: %s\n", visible(place), severity, problem.Code(), visible(problem.Message(p.Lang)))
}

// Excerpt returns the source line at pos with its number and, below it, the
// caret; "" where the line cannot be had. It is to be shown in a face whose
// letters are of one width.
func (p Printer) Excerpt(pos Pos) string {
	var b strings.Builder
	p.excerpt(&b, pos, new(sourceLine))
	return b.String()
}

// sourceLine is the line that was shown last: a long one may have many
// problems, and is read once.
type sourceLine struct {
	file   string
	number int
	ok     bool
	text   []rune
}

// excerpt writes the source line and, below it, the caret.
func (p Printer) excerpt(w io.Writer, pos Pos, row *sourceLine) {
	if pos.Line == 0 || p.Line == nil {
		return
	}
	if row.number != pos.Line || row.file != pos.File {
		line, ok := p.Line(pos.File, pos.Line)
		*row = sourceLine{pos.File, pos.Line, ok, []rune(strings.TrimRight(line, "\r\n"))}
	}
	if !row.ok {
		return
	}
	shown, indent := window(row.text, max(pos.Col, 1)-1)
	number := fmt.Sprintf("%4d", pos.Line)
	fmt.Fprintf(w, "%s | %s\n", number, shown)
	if pos.Col > 0 {
		fmt.Fprintf(w, "%*s | %s^\n", len(number), "", indent)
	}
}

// hint writes the hint; its further lines stand below the first, so that a
// block can be copied as it is.
func (p Printer) hint(w io.Writer, problem Problem) {
	hint := strings.TrimRight(problem.Hint(p.Lang), "\n")
	if hint == "" {
		return
	}
	label := "    " + p.labels().Hint + ": "
	for line := range strings.SplitSeq(hint, "\n") {
		fmt.Fprintf(w, "%s%s\n", label, visible(line))
		label = strings.Repeat(" ", columns([]rune(label)))
	}
}

const (
	maxColumns    = 100 // of a source line in an excerpt
	columnsBefore = 60  // of them at most before the caret, where the line is longer
	tabColumns    = 8   // at most; a terminal knows how many
	maxRunes      = 8   // in a column: a longer line is cut unread
)

// window returns what is shown of a source line around the character at, and
// the space that puts a caret below that character.
func window(line []rune, at int) (shown, indent string) {
	at = min(at, len(line))
	for at > 0 && at < len(line) && runeColumns(line[at]) == 0 {
		at-- // a combining mark is drawn in the column of its letter
	}
	if len(line) <= maxColumns*maxRunes && columns(line) <= maxColumns {
		return visible(string(line)), blank(line[:at])
	}
	from := at
	for used := 0; from > 0; from-- {
		if used += runeColumns(line[from-1]); used > columnsBefore {
			break
		}
	}
	before, room := "", maxColumns-1 // for the ellipsis at the end
	if from > 0 {
		before = "…"
		room--
	}
	to, after := from, ""
	for ; to < len(line); to++ {
		if room -= runeColumns(line[to]); room < 0 {
			after = "…"
			break
		}
	}
	return before + visible(string(line[from:to])) + after, blank([]rune(before)) + blank(line[from:at])
}

// blank returns white space as wide as text. Tabs stay, so that it is as wide
// on every terminal.
func blank(text []rune) string {
	var b strings.Builder
	for _, r := range text {
		if r == '\t' {
			b.WriteByte('\t')
		} else {
			b.WriteString("  "[:runeColumns(r)])
		}
	}
	return b.String()
}

func columns(text []rune) int {
	n := 0
	for _, r := range text {
		n += runeColumns(r)
	}
	return n
}

// runeColumns returns how many columns of a terminal r takes as visible shows
// it.
func runeColumns(r rune) int {
	switch {
	case r == '\t':
		return tabColumns
	case r < 0x300 || isHidden(r):
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me) || isJoiner(r):
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// visible returns text with a picture in place of each control character but
// the tab, and of each character that is not seen or turns the direction of
// writing.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || !isHidden(r):
			return r
		case r < ' ':
			return '␀' + r
		case r == 0x7F:
			return '␡'
		}
		return unicode.ReplacementChar
	}, text)
}

// Plain returns lines of text as visible shows them. Text without such characters is
// returned as it is.
func Plain(text []byte) []byte {
	if !bytes.ContainsFunc(text, func(r rune) bool { return r != '\n' && r != '\t' && isHidden(r) }) {
		return text
	}
	lines := strings.Split(string(text), "\n")
	for i, line := range lines {
		lines[i] = visible(line)
	}
	return []byte(strings.Join(lines, "\n"))
}

// isHidden tells the characters that must not reach a terminal as they are.
func isHidden(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) && !isJoiner(r)
}

// isJoiner tells the two invisible characters that emoji and some scripts are
// spelled with.
func isJoiner(r rune) bool { return r == '\u200C' || r == '\u200D' }
