package article

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bantin/internal/lazyregexp"

	"github.com/yuin/goldmark/ast"
)

// mark is a **, __ or * that CommonMark left as it was typed.
type mark struct {
	off     int
	char    byte
	single  bool
	partner int // the offset of the mark that was to go with it, 0 if none
}

// sampleTexts are the sentences of templates/new.*.md that an editor replaces by the
// article's text.
var sampleTexts = []string{"Viết bài ở đây.", "Write the article here."}

// sampleValues are the values there that an editor replaces. A test holds that it has
// them all.
var sampleValues = []string{
	"Một, hai câu tóm tắt bài, hiện ở trang chủ và kênh tin.", "One or two sentences, for the home page and the feeds.",
	"Tên tác giả", "The author's name", "Tên đơn vị", "The organization's name", "Đơn vị tổ chức", "The organizer's name",
	"thẻ thứ nhất", "thẻ thứ hai", "first tag", "second tag",
	"Điều thấy trong ảnh", "What the picture shows", "Chú thích ảnh", "The caption", "Người chụp", "Who took it",
	"Tên tài liệu", "The document's title", "Nơi diễn ra", "Where it takes place",
	"Bên thứ nhất", "Bên thứ hai", "First party", "Second party", "Số hiệu", "Its number",
}

// isPlaceholder tells whether a value is what a new article says before its editor has
// written it.
func isPlaceholder(value string) bool {
	return slices.Contains(sampleValues, value) || slices.Contains(sampleTexts, value)
}

// gatherMarks finds the marks in src[start:stop] that were meant to make
// words bold. Blanks to fill in (____) and dividers (****) were not.
func (x *transform) gatherMarks(start, stop int) {
	for i := start; i < stop; {
		c := x.src[i]
		if c == '\\' {
			i += 2
			continue
		}
		if c != '*' && c != '_' {
			i++
			continue
		}
		end := i + 1
		for end < stop && x.src[end] == c {
			end++
		}
		if n := end - i; c == '*' && x.isRemainder(i, end, start, stop) {
			x.report(i, "literal-asterisks/uneven")
		} else if n == 1 && (c == '*' && x.wantsItalic(i) && !x.isItem(i) || c == '_' && x.wantsUnderlined(i)) {
			x.marks = append(x.marks, mark{off: i, char: c, single: true})
		} else if (n == 2 || n == 3 && c == '*') && x.wantsBold(i, end) {
			x.marks = append(x.marks, mark{off: end - 2, char: c})
		}
		i = end
	}
}

// isRemainder tells whether the stars src[i:end] are what is left, in the words
// src[start:stop], of a run of which Markdown took the others: **chữ*. A star behind
// words may be a note's sign.
func (x *transform) isRemainder(i, end, start, stop int) bool {
	ofLeft := i == start && i > 0 && x.src[i-1] == '*'
	ofRight := end == stop && stop < len(x.src) && x.src[stop] == '*'
	return (ofLeft || ofRight) && !x.explainsStars()
}

// explainsStars tells whether the text says what a star behind a word refers to:
// (*) Số liệu sơ bộ.
func (x *transform) explainsStars() bool {
	if x.starNotes == nil {
		found := bytes.Contains(x.src, []byte("(*)"))
		x.starNotes = &found
	}
	return *x.starNotes
}

// wantsBold tells whether the mark src[i:end] stands at a word: not within
// one, as in ten__tep.pdf, not for hidden figures, as in 0912***456, and not
// as a note's sign: (**).
func (x *transform) wantsBold(i, end int) bool {
	before, _ := utf8.DecodeLastRune(x.src[:i])
	after, _ := utf8.DecodeRune(x.src[end:])
	switch {
	case before == '(' && after == ')', unicode.IsDigit(before):
		return false
	case x.src[i] == '_':
		return !isWordRune(before) || !isWordRune(after)
	}
	return end-i == 2 || !unicode.IsSpace(before) || !unicode.IsSpace(after)
}

// wantsItalic tells whether the star at i stands before a word, and is no
// note's sign: a star that ends a word elsewhere is its mark.
func (x *transform) wantsItalic(i int) bool {
	before, _ := utf8.DecodeLastRune(x.src[:i])
	after, _ := utf8.DecodeRune(x.src[i+1:])
	if i > 0 && !unicode.IsSpace(before) && before != '(' && before != '“' && before != '"' || !isWordRune(after) {
		return false
	}
	if x.noteMarks == nil {
		found := x.explainsStars() || noteMark().Match(x.src)
		x.noteMarks = &found
	}
	return !*x.noteMarks
}

// isItem tells whether the star at off begins a line and was told of as the mark of
// an item.
func (x *transform) isItem(off int) bool {
	line, _, _ := bytes.Cut(x.src[off+1:], []byte("\n"))
	return 0 < x.itemMark && off <= x.itemMark && (off == 0 || x.src[off-1] == '\n') && bytes.IndexByte(line, '*') < 0
}

// noteMark is a star behind a word that refers to a note: Số liệu* đến tháng 6.
var noteMark = lazyregexp.New(`[\pL\d)]\*(?:[\s.,;:)|]|$)`)

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// reportMarks tells of the marks left in a block that ends at end: one problem
// for a mark and the one that was to go with it, which CommonMark may have
// taken for another.
func (x *transform) reportMarks(end int) {
	for i, m := range x.marks {
		if m.single {
			x.reportSingle(m, end)
			continue
		}
		typed := strings.Repeat(string(m.char), 2)
		shut := bytes.Index(x.src[m.off+2:max(end, m.off+2)], []byte(typed))
		unlike := 0
		if shut < 0 && x.mayOpen(m.off) {
			unlike = x.unlike(m.off, 2, end)
		}
		switch {
		case i > 0 && x.marks[i-1].partner == m.off:
		case unlike > 0:
			x.marks[i].partner = unlike
			x.report(m.off, "literal-asterisks/unlike", x.bolded(m.off, unlike))
		case shut > 0 && x.mayOpen(m.off):
			x.marks[i].partner = m.off + 2 + shut
			x.report(m.off, "literal-asterisks", typed, x.bolded(m.off, x.marks[i].partner))
		case !x.isApart(m.off):
			x.report(m.off, "literal-asterisks/alone", typed)
		}
	}
	x.marks = x.marks[:0]
}

// reportSingle tells of a * or _ before a word in a block that ends at end. A _ alone may
// begin the name of a file: _site.
func (x *transform) reportSingle(m mark, end int) {
	switch shut := x.unlike(m.off, 1, end); {
	case shut > 0:
		x.report(m.off, "literal-asterisks/unlike", "*"+shorten(string(x.src[m.off+1:shut]))+"*")
	case m.char == '*':
		x.report(m.off, "literal-asterisks/one")
	case isWordBeyondASCII(x.src[m.off+1 : end]):
		x.report(m.off, "literal-asterisks/underscore")
	}
}

// mayOpen tells whether the mark at off can have been meant to begin
// something: it does not end a word.
func (x *transform) mayOpen(off int) bool {
	before, after := x.around(off)
	return unicode.IsSpace(before) || !unicode.IsSpace(after)
}

// isApart tells whether the mark at off has white space on both sides.
func (x *transform) isApart(off int) bool {
	before, after := x.around(off)
	return unicode.IsSpace(before) && unicode.IsSpace(after)
}

// around returns the characters beside the mark at off; the text's ends are
// line ends.
func (x *transform) around(off int) (before, after rune) {
	before, after = '\n', '\n'
	if off > 0 {
		before, _ = utf8.DecodeLastRune(x.src[:off])
	}
	if off+2 < len(x.src) {
		after, _ = utf8.DecodeRune(x.src[off+2:])
	}
	return before, after
}

// bolded returns the words around the marks at open and shut as they would
// have to be typed: marks close to the words between them, and a space where
// punctuation meets a word (CommonMark 0.31, 6.2: left- and right-flanking).
func (x *transform) bolded(open, shut int) string {
	inside := string(x.src[open+2 : shut])
	words := strings.Join(strings.Fields(inside), " ")
	before, after := lastWord(x.src[:open]), firstWord(x.src[shut+2:])
	first, _ := utf8.DecodeRuneInString(words)
	last, _ := utf8.DecodeLastRuneInString(words)
	if before != "" && (!isWordRune(first) || strings.TrimLeft(inside, " \n") != inside) {
		before += " "
	}
	if next, _ := utf8.DecodeRuneInString(after); isWordRune(next) &&
		(!isWordRune(last) || strings.TrimRight(inside, " \n") != inside) {
		after = " " + after
	}
	return before + "**" + shorten(words) + "**" + after
}

func lastWord(text []byte) string {
	return string(text[bytes.LastIndexAny(text, " \t\n")+1:])
}

func firstWord(text []byte) string {
	if end := bytes.IndexAny(text, " \t\n"); end >= 0 {
		text = text[:end]
	}
	return string(text)
}

// shorten leaves out the middle of a long run of words.
func shorten(words string) string {
	f := strings.Fields(words)
	if len(f) <= 12 {
		return words
	}
	return strings.Join(f[:4], " ") + " … " + strings.Join(f[len(f)-4:], " ")
}

// pictureEnding is that of a picture which a page shows, in a regular expression.
const pictureEnding = `jpe?g|png|webp|gif|svg`

// unspacedHeading tells of a line of text that was meant to be a heading:
// ##Tiêu đề, ##: Tiêu đề, ## and a no-break space. One # right before a word is a hashtag.
func (x *transform) unspacedHeading(start int) {
	if !bytes.HasPrefix(x.src[start:], []byte("#")) {
		return
	}
	line, _, _ := bytes.Cut(x.src[start:], []byte("\n"))
	words := bytes.TrimLeft(line, "#")
	level := len(line) - len(words)
	noBreak := bytes.HasPrefix(words, []byte("\u00a0"))
	if level > 6 || level == 1 && !noBreak {
		return
	}
	id := "heading-space"
	if rest := bytes.TrimLeft(words, ":.-–)"); noBreak || len(rest) < len(words) && len(rest) > 0 && (rest[0] == ' ' || rest[0] == '\t') {
		words, id = bytes.TrimLeft(rest, " \t\u00a0"), "heading-space/other"
	}
	if first, _ := utf8.DecodeRune(words); isWordRune(first) || strings.ContainsRune(`*_"“‘(`, first) {
		x.report(start, id, string(line[:level]), string(line[:level])+" "+shorten(string(bytes.TrimSpace(words))))
	}
}

// unclosedFence tells of code whose end is not marked, so that the paragraphs behind it
// are code, too. Code has no Vietnamese letters.
func (x *transform) unclosedFence(n *ast.FencedCodeBlock) {
	lines := n.Lines()
	if lines.Len() == 0 {
		return
	}
	first, last := lines.At(0), lines.At(lines.Len()-1)
	if bytes.IndexFunc(x.src[first.Start:last.Stop], isBeyondASCII) < 0 {
		return
	}
	line, _, _ := bytes.Cut(x.src[last.Stop:], []byte("\n"))
	if mark := bytes.TrimLeft(line, " \t>"); bytes.HasPrefix(mark, []byte("```")) || bytes.HasPrefix(mark, []byte("~~~")) {
		return
	}
	opening, _, _ := bytes.Cut(x.src[n.Pos():], []byte("\n"))
	mark := opening[:runOf(opening)]
	x.report(n.Pos(), "fence-unclosed", string(mark))
}

// indentedText tells of a paragraph that became code because its first line
// is indented as in a letter. Code has no Vietnamese letters.
func (x *transform) indentedText(n *ast.CodeBlock) {
	first := n.Lines().At(0)
	line := bytes.TrimLeft(x.src[first.Start:first.Stop], " \t")
	if bytes.ContainsFunc(line, isBeyondASCII) {
		x.report(first.Stop-len(line), "indented-text", shorten(string(bytes.TrimSpace(line))))
	}
}

func isBeyondASCII(r rune) bool { return r >= utf8.RuneSelf && unicode.IsLetter(r) }
