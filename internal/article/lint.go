package article

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bantin/internal/lazyregexp"
	"bantin/internal/vietnamese"

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

// maxLabel is how far apart in bytes the brackets of a link are looked for
// (CommonMark 0.31, 6.3: a label has at most 999 characters).
const maxLabel = 999

// brokenLinks finds in src[start:stop] the brackets that were meant to be
// links or footnotes and stayed text.
func (x *transform) brokenLinks(start, stop int) {
	for i := start; i < stop; i++ {
		if x.src[i] == '[' {
			x.unclosedWords(i)
		}
		if x.src[i] != ']' {
			continue
		}
		near := x.src[max(0, i-maxLabel):i]
		open := bytes.LastIndexAny(near, "[\n")
		if open < 0 || near[open] == '\n' {
			x.unopenedLink(i)
			continue
		}
		open += i - len(near)
		text, rest := string(x.src[open:i+1]), x.src[i+1:]
		switch {
		case strings.HasPrefix(text, "[^") && len(text) > 3 && !strings.Contains(text, " "):
			x.missingFootnote(text, open)
		case bytes.HasPrefix(rest, []byte("(")):
			if open > 0 && x.src[open-1] == '!' {
				text = "!" + text
			}
			x.brokenLink(text, i+2, rest[1:])
		case x.strayLink(text, open, rest):
		case bytes.HasPrefix(rest, []byte(" (")), bytes.HasPrefix(rest, []byte("\n(")):
			if open > 0 && x.src[open-1] == '!' {
				text, open = "!"+text, open-1
			}
			x.apartLink(text, open, rest[2:])
		case open > 0 && x.src[open-1] == ')':
			x.reversedLink(text, open)
		}
	}
}

// linkAddress is what a link leads to: a web address, or a file.
const linkAddress = `((?:https?://|mailto:|tel:)[^\s()<>\[\]{}（）]+|[^\s()<>\[\]{}（）]+\.[a-z]{2,4})`

var (
	// strayBracket is an address behind the ] of a link, in other brackets than ( and ), or
	// with a sign before them.
	strayBracket = lazyregexp.New(`^(?:\{|<|（|[:;.,/|=-](?:\(|（)| \[)` + linkAddress + `[)}>）\]]{1,2}|^` + linkAddress + `\)`)
	// unclosedLabel is a link whose words have no ] behind them.
	unclosedLabel = lazyregexp.New(`^(\[[^\[\]()\n]{1,200})\)? ?\(` + linkAddress + `\)`)
	// addressBehind is an address in its brackets.
	addressBehind = lazyregexp.New(`^\]\(` + linkAddress + `\)`)
)

// strayLink tells of a link with the words text, whose [ stands at open, if its address in
// rest does not stand right behind them in ( and ).
func (x *transform) strayLink(text string, open int, rest []byte) bool {
	address := strayAddress(rest)
	if address == "" || open > 0 && x.src[open-1] == '\\' {
		return false
	}
	if open > 0 && x.src[open-1] == '!' {
		text, open = "!"+text, open-1
	}
	x.report(open, "link-unclosed/brackets", text+"("+address+")")
	return true
}

// strayAddress returns the address right behind the ] of a link that stands in other
// brackets than ( and ), or has no ( before it, and "" where there is none.
func strayAddress(rest []byte) string {
	if len(rest) == 0 || strings.IndexByte("{<:;.,/|=-", rest[0]) < 0 && !bytes.HasPrefix(rest, []byte(" [")) && rest[0] < utf8.RuneSelf && !isWordRune(rune(rest[0])) {
		return ""
	}
	end := bytes.IndexAny(rest[1:min(len(rest), maxAddress)], " \n") + 1
	if end == 0 {
		end = min(len(rest), maxAddress)
	}
	if m := strayBracket().FindSubmatch(rest[:end]); m != nil {
		return string(m[1]) + string(m[2])
	}
	return ""
}

// maxAddress is how long in bytes an address is looked for behind a link's words.
const maxAddress = 300

// unclosedWords tells of a link at off whose words lack their ]: [chữ(a.pdf).
func (x *transform) unclosedWords(off int) {
	behind := x.src[off+1 : min(off+1+maxAddress, len(x.src))]
	if end := bytes.IndexAny(behind, "[]()\n"); end < 1 || behind[end] != '(' && behind[end] != ')' {
		return
	}
	m := unclosedLabel().FindSubmatch(x.src[off:min(off+2*maxAddress, len(x.src))])
	if m == nil || off > 0 && x.src[off-1] == '\\' {
		return
	}
	rest := x.src[off+len(m[0]) : min(off+len(m[0])+maxLabel, len(x.src))]
	if i := bytes.IndexAny(rest, "[]\n"); i < 0 || rest[i] != ']' { // which would close [chữ (a.pdf)]
		x.report(off, "link-unclosed/brackets", string(m[1])+"]("+string(m[2])+")")
	}
}

// unopenedLink tells of a link whose words, which end at off, have no [ before them.
func (x *transform) unopenedLink(off int) {
	if addressBehind().Match(x.src[off:min(off+maxAddress, len(x.src))]) && (off == 0 || x.src[off-1] != '\\') {
		x.report(off, "link-unclosed/words")
	}
}

// brokenLink tells of a link whose address, at off, has a space in it:
// [x](kế hoạch 15.pdf).
func (x *transform) brokenLink(text string, off int, rest []byte) {
	dest, ok := bracketed(rest)
	if !ok {
		x.unclosedLink(text, off, rest)
		return
	}
	if !strings.ContainsAny(dest, " \t") {
		if inner := strings.Trim(dest, "<>"); len(inner) == len(dest)-1 && looksLikeAddress(inner) {
			x.report(off, "link-address/signs", dest, text+"("+inner+")")
		}
		return
	}
	if m := pictureSize().FindStringSubmatch(dest); m != nil && strings.HasPrefix(text, "!") {
		x.report(off, "link-size", m[2], text+"("+m[1]+")")
		return
	}
	dest, title, id := splitTitle(dest)
	if m := halfTitle().FindStringSubmatch(dest); m != nil && title == "" {
		dest, title, id = m[1]+m[3], ` "`+m[2]+m[4]+`"`, "link-quotes/marks"
	} else if m := bareTitle().FindStringSubmatch(dest); m != nil && title == "" && !fileName().MatchString(dest) {
		dest, title, id = m[1], ` "`+m[2]+`"`, "link-quotes/bare"
	}
	if whole := withoutInnerSpace(dest); whole != "" {
		x.report(off, "link-space", dest, text+"("+whole+title+")")
		return
	}
	if strings.ContainsAny(dest, " \t") {
		id = "link-space"
		switch {
		case phonePattern().MatchString(dest):
			x.report(off, "link-space/phone", dest, text+"(tel:"+vietnamese.Dial(dest)+title+")")
			return
		case !strings.HasPrefix(text, "!") && !looksLikePlace(dest):
			x.report(off, "link-words", dest, text+" ("+dest+title+")")
			return
		}
	}
	if id == "" {
		return
	}
	mended := strings.ReplaceAll(dest, `\`, "/")
	if strings.ContainsAny(mended, " \t()") {
		mended = "<" + mended + ">"
	}
	mended = text + "(" + mended + title + ")"
	if strings.HasPrefix(id, "link-quotes") {
		x.report(off, id, mended)
		return
	}
	x.report(off, id, dest, mended)
}

var (
	// halfTitle is an address with a title that lacks one of its quotation marks, or the
	// space before them.
	halfTitle = lazyregexp.New(`^(?:([^\s"“”]+?)[ \t]*["“”][ \t]*([^"“”]*[^"“”\s])[ \t]*["“”]?|([^\s"“”]+?\.[a-z]{2,4})[ \t]+([^"“”]*[^"“”\s])["“”])$`)
	// bareTitle is a file with a title that has no quotation marks, or others.
	bareTitle = lazyregexp.New(`^(\S+\.` + knownEnding + `)[ \t]*(?:[,;|:–—-][ \t]*|[ \t])(?:title ?= ?)?["'‘]?([^"'‘’“”\s][^"“”]*?)["'’]?$`)
	// brokenScheme is a web address with a space within its beginning.
	brokenScheme = lazyregexp.New(`^(https?) ?: ?/ ?/ ?(\S+)$`)
	// brokenEnding is a file with a space before its ending.
	brokenEnding = lazyregexp.New(`^([^\s.]+) ?\. ?(` + knownEnding + `)$`)
	// spacedScheme is an address that is no web address, with a space behind its scheme.
	spacedScheme = lazyregexp.New(`^(tel|mailto) ?: ?(\S.*)$`)
)

// pictureEnding is that of a picture which a page shows, in a regular expression.
const pictureEnding = `jpe?g|png|webp|gif|svg`

// knownEnding is that of a file which a text may show or offer.
const knownEnding = `(?i:` + pictureEnding + `|pdf|docx?|xlsx?|pptx?|odt|ods|zip|rar|mp[34]|webm|md|html?)`

// withoutInnerSpace returns an address without the spaces in places where none can be
// meant, "" where they may be part of a name.
func withoutInnerSpace(dest string) string {
	if m := brokenScheme().FindStringSubmatch(dest); m != nil {
		return m[1] + "://" + m[2]
	}
	if m := brokenEnding().FindStringSubmatch(dest); m != nil && strings.Contains(dest, " ") {
		return m[1] + "." + m[2]
	}
	m := spacedScheme().FindStringSubmatch(dest)
	switch {
	case m == nil || strings.ContainsAny(m[2], "\"“”"):
		return ""
	case m[1] == "tel":
		return "tel:" + vietnamese.Dial(m[2])
	}
	return "mailto:" + strings.ReplaceAll(m[2], " ", "")
}

// looksLikePlace tells whether dest, which has spaces in it, may be meant to be an
// address or a file: [x](kế hoạch 15.pdf), and not [Lưu ý](áp dụng từ ngày mai).
func looksLikePlace(dest string) bool {
	return looksLikeAddress(dest) || strings.ContainsAny(dest, `/\#`) || fileName().MatchString(dest)
}

// fileName ends as the name of a file does, in capitals too, whatever stands behind it.
var fileName = lazyregexp.New(`\.[A-Za-z][A-Za-z0-9]{1,4}(?:[?#].*)?$`)

// pictureSize is the size that other programs take behind a picture's address.
var pictureSize = lazyregexp.New(`^(\S+) +(=\d*%?x?\d*%?)$`)

// unclosedLink tells of a link whose address, at off, has no ) behind it:
// [x](https://a.vn
func (x *transform) unclosedLink(text string, off int, rest []byte) {
	line, _, _ := bytes.Cut(rest, []byte("\n"))
	dest := firstWord(line)
	if mark := strings.TrimRight(dest, ".,;:!?]}>）"); looksLikeAddress(mark) {
		x.report(off, "link-unclosed", text+"("+mark+")"+strings.TrimLeft(dest[len(mark):], "]}>）"))
	}
}

// reversedLink tells of a link whose brackets, of which the second ones open at
// off, are the wrong way round: (x)[https://a.vn].
func (x *transform) reversedLink(text string, off int) {
	dest := strings.Trim(text, "[]")
	near := x.src[max(0, off-maxLabel) : off-1]
	open := bytes.LastIndexAny(near, "(\n")
	if open < 0 || near[open] == '\n' || !looksLikeAddress(dest) {
		return
	}
	words := string(near[open+1:])
	x.report(off-len(words)-2, "link-reversed", "["+words+"]("+dest+")")
}

// splitTitle parts an address from the title behind it, and returns the title as
// Markdown wants it, and the problem of quotation marks of a word processor.
func splitTitle(typed string) (address, title, id string) {
	for _, q := range []struct{ open, shut, id string }{
		{` "`, `"`, "link-quotes/inner"}, {" '", "'", ""},
		{" “", "”", "link-quotes"}, {" “", "“", "link-quotes"}, {" ”", "”", "link-quotes"}, {" „", "“", "link-quotes"}, {" „", "”", "link-quotes"},
		{" ‘", "’", "link-quotes"}, {" ’", "’", "link-quotes"},
	} {
		address, title, ok := strings.Cut(typed, q.open)
		if words, closed := strings.CutSuffix(title, q.shut); ok && closed {
			words = strings.ReplaceAll(words, `\"`, `"`)
			if q.id == "link-quotes/inner" && strings.Count(words, `"`) == strings.Count(title, `\"`) {
				q.id = "" // all of them are escaped, as they must be
			}
			return strings.TrimSpace(address), ` "` + strings.ReplaceAll(words, `"`, `\"`) + `"`, q.id
		}
	}
	return typed, "", ""
}

// missingFootnote tells of a footnote's mark without a footnote. One that begins a
// line was meant to be the footnote: [^1] Nguồn: TTXVN. Its marks are not told of,
// then.
func (x *transform) missingFootnote(mark string, off int) {
	if x.notes == nil {
		x.notes = map[string]noteUse{}
		for _, m := range noteLine().FindAllSubmatchIndex(x.src, -1) {
			x.notes[string(x.src[m[2]:m[3]])] = noteUse{line: m[2]}
		}
		for _, m := range footnoteMark().FindAllIndex(x.src, -1) {
			if use, ok := x.notes[string(x.src[m[0]:m[1]])]; ok {
				use.count++
				x.notes[string(x.src[m[0]:m[1]])] = use
			}
		}
	}
	switch use, ok := x.notes[mark]; {
	case !ok || use.count < 2:
		x.report(off, "footnote-missing", mark)
	case use.line == off:
		line, _, _ := bytes.Cut(x.src[off+len(mark):], []byte("\n"))
		x.report(off, "footnote-colon", mark, mark+": "+string(bytes.TrimLeft(bytes.TrimSpace(line), behindNote+" \t")))
	}
}

// noteUse is where a line begins with the mark of a footnote, and how often the
// mark stands in the text.
type noteUse struct{ line, count int }

var footnoteMark = lazyregexp.New(`\[\^[^\]\s]+\]`)

// behindNote are signs that people put between a footnote's mark and its text.
const behindNote = ":：.,;)–-"

// noteLine is a line that begins as a footnote does but for its colon.
var noteLine = lazyregexp.New(`(?m)^(\[\^[^\]\s]+\])[ \t` + behindNote + `]+\S`)

// apartLink tells of a link whose address stands apart: [x] (a.pdf).
// [1] (2020) and [a] (xem b) are none.
func (x *transform) apartLink(text string, off int, rest []byte) {
	typed, ok := bracketed(rest)
	dest, title, _ := splitTitle(typed)
	if ok && !strings.ContainsAny(dest, " \t") && looksLikeAddress(dest) {
		x.report(off, "link-apart", text+"("+dest+title+")")
	}
}

// bracketed returns what stands before the ) on the line that closes the (.
func bracketed(rest []byte) (string, bool) {
	rest = rest[:min(len(rest), maxLabel)]
	for i, depth := 0, 0; i < len(rest) && rest[i] != '\n'; i++ {
		switch rest[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth < 0 {
				return string(bytes.TrimSpace(rest[:i])), true
			}
		}
	}
	return "", false
}

// looksLikeAddress tells whether dest is a web address or ends as a file's
// name does.
func looksLikeAddress(dest string) bool {
	if strings.HasPrefix(dest, "http://") || strings.HasPrefix(dest, "https://") || strings.HasPrefix(dest, "mailto:") || strings.HasPrefix(dest, "tel:") {
		return true
	}
	ext := strings.TrimPrefix(path.Ext(dest), ".")
	return len(ext) >= 2 && len(ext) <= 4 && strings.Trim(ext, "abcdefghijklmnopqrstuvwxyz") == ""
}

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
