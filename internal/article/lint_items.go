package article

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"bantin/internal/lazyregexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// What follows tells lists as people type them, which Markdown does not take for
// lists, and lists that say something else than was typed.

// bullets are what word processors put before the items of a list.
const bullets = "•·▪◦●■‣∙➢➤►❖◆"

// rareBullets are items' marks only where several lines begin with one.
const rareBullets = "ü–—−✓✔✗✘☑☐□❑❒→➔➜⇒▶★☆✦♦§Ø"

// wingdings are the letters that are bullets in the fonts of word processors, behind
// which a tab stands.
const wingdings = "vqüØ§"

// boxes are boxes to tick, and signs say something by themselves, so that they
// stay in the item.
const (
	boxes     = "☐□❑❒"
	tickBoxes = boxes + "☑"
	signs     = "✓✔✗✘→➔➜⇒★☆§"
)

// asItem returns line i as an item of a list, and the problem that it is none.
func (x *transform) asItem(lines []string, i int) (item, id string) {
	line := lines[i]
	first, size := utf8.DecodeRuneInString(line)
	rest := line[size:]
	words := strings.TrimLeft(rest, " \t\u00a0")
	next, _ := utf8.DecodeRuneInString(words)
	switch {
	case words == "":
	case first >= utf8.RuneSelf && strings.ContainsRune(bullets, first):
		return "- " + words, "list-marker"
	case (first == '–' || first == '—') && rest[0] == '\t':
		return "- " + words, "list-marker"
	case (first == '–' || first == '—' || first == '−') && len(words) == len(rest) && unicode.IsUpper(next) && othersBegin(lines, i, first):
		return "- " + words, "list-marker"
	case first == '-' && taskBox().MatchString(rest):
		return "- " + rest, "list-marker/space"
	case first >= utf8.RuneSelf && len(words) < len(rest) && strings.ContainsRune(rareBullets, first) && othersBegin(lines, i, first):
		switch {
		case strings.ContainsRune(boxes, first):
			return "- [ ] " + words, "list-marker"
		case first == '☑':
			return "- [x] " + words, "list-marker"
		case strings.ContainsRune(signs, first):
			return "- " + line, "list-marker"
		}
		return "- " + words, "list-marker"
	case first == '[' && taskBox().MatchString(line) && othersBegin(lines, i, '['):
		return "- " + line, "list-marker"
	case first == 'o' && rest[0] == '\t', strings.ContainsRune(wingdings, first) && rest[0] == '\t' && unicode.IsUpper(next):
		return "- " + words, "list-marker"
	case (first == '-' || first == '+') && strings.HasPrefix(rest, "\u00a0") && unicode.IsLetter(next):
		return string(first) + " " + words, "list-marker/other"
	case (first == '-' || first == '+') && len(words) == len(rest) && (unicode.IsUpper(next) || unicode.IsLower(next) && othersBegin(lines, i, first)):
		return string(first) + " " + words, "list-marker/space"
	case first == '*' && len(words) == len(rest) && unicode.IsUpper(next) && strings.IndexByte(rest, '*') < 0 && othersBegin(lines, i, first):
		return "* " + words, "list-marker/space"
	case isDigitRune(first):
		digits := len(line) - len(strings.TrimLeft(line, "0123456789"))
		if digits > 2 || digits == len(line) || line[digits] != '.' && line[digits] != ')' {
			return "", ""
		}
		words := strings.TrimLeft(line[digits+1:], "\u00a0")
		next, _ := utf8.DecodeRuneInString(words)
		switch {
		case !unicode.IsUpper(next):
		case len(words) < len(line)-digits-1:
			return line[:digits+1] + " " + words, "list-marker/other"
		default:
			return line[:digits+1] + " " + words, "list-marker/space"
		}
	}
	return "", ""
}

// otherMark begins a line that was meant to be the next item of a list.
var otherMark = lazyregexp.New(`^(?:(?:–|—|--|=|-:)[ \t\x{a0}]+|\(?(\d{1,3})[-–/:,)][ \t\x{a0}]*)(\S.*)$`)

// asNextItem returns line i of a paragraph, which begins at start, as the next item of
// a list, if the paragraph is an item's and the line begins with the next number, or a
// dash, in a form that Markdown does not know. It is "" otherwise.
func (x *transform) asNextItem(lines []string, i, start int) string {
	m := otherMark().FindStringSubmatch(lines[i])
	if m == nil {
		return ""
	}
	mark := x.itemMarkOf(start)
	if mark == "" || isBroken(lines[i-1]) || x.isWrapped(lines[i-1], lines[i]) {
		return ""
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(lines[0], `"“«([*_`))
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(m[2], `"“«([*_`))
	if !unicode.IsLetter(next) || unicode.IsUpper(first) != unicode.IsUpper(next) {
		return ""
	}
	number, err := strconv.Atoi(strings.TrimRight(mark, ".)"))
	if err != nil {
		if m[1] != "" {
			return ""
		}
		return mark + " " + m[2]
	}
	if m[1] != strconv.Itoa(number+1) {
		return ""
	}
	return m[1] + mark[len(mark)-1:] + " " + m[2]
}

// itemMarkOf returns the mark of the item whose words begin at start, "" where no item
// begins.
func (x *transform) itemMarkOf(start int) string {
	mark := string(bytes.TrimSpace(x.src[bytes.LastIndexByte(x.src[:start], '\n')+1 : start]))
	if itemMark().MatchString(mark) {
		return mark
	}
	return ""
}

// itemMark is the mark of an item of a list.
var itemMark = lazyregexp.New(`^(?:[-+*]|\d{1,9}[.)])$`)

// taskBox is the box of a task without the mark of an item before it.
var taskBox = lazyregexp.New(`^\[[ xX]\] \S`)

// emptyBox tells of an item, whose words begin with line at start, that has a box to tick
// without the space in it.
func (x *transform) emptyBox(line string, start int) bool {
	rest, isBox := strings.CutPrefix(line, "[]")
	words := strings.TrimLeft(rest, " ")
	if !isBox || words == "" || strings.IndexByte("([", words[0]) >= 0 || x.itemMarkOf(start) == "" {
		return false
	}
	x.report(start, "list-marker/box", "[ ] "+words)
	return true
}

// othersBegin tells whether a line beside line i begins with the character first, or with
// a box, if that is one.
func othersBegin(lines []string, i int, first rune) bool {
	begins := func(k int) bool {
		if k < 0 || k >= len(lines) {
			return false
		}
		r, _ := utf8.DecodeRuneInString(lines[k])
		return r == first || strings.ContainsRune(tickBoxes, r) && strings.ContainsRune(tickBoxes, first)
	}
	return begins(i-1) || begins(i+1)
}

func firstField(line string) string {
	first, size := utf8.DecodeRuneInString(line)
	if isDigitRune(first) {
		return line[:strings.IndexAny(line, ".)")+1]
	}
	return line[:size]
}

// enumerator is the mark of an item of which Markdown makes no list within a
// paragraph: a) (1) I. 1.1. 2/ Điều 5.
var enumerator = lazyregexp.New(`^(?:(\(?)(\d{1,3}|\d{1,3}(?:\.\d{1,3})+|[a-zđ]|[A-ZĐ]|[ivx]{2,5}|[IVXL]{2,5})( ?[.)/:]|[-–]| [-–])|\(\*{1,3}\)|\*{1,3}\)|[①-⓿❶-➓㊀-㊉]|(Điều|Khoản|Chương|Phần|Mục|Bước|Article|Chapter|Part|Step) (?:\d{1,3}|[IVXL]{1,5})[.:])[ \t]+\S`)

// enumerated tells of items with such marks that run into one paragraph.
func (x *transform) enumerated(lines []string, start func(int) int) bool {
	first, style, mark := -1, "", ""
	for i, line := range lines {
		m := enumerator().FindStringSubmatch(line)
		if m == nil || i > 0 && isBroken(lines[i-1]) {
			continue
		}
		_, size := utf8.DecodeLastRuneInString(m[0])
		typed := strings.TrimRight(m[0][:len(m[0])-size], " \t")
		kind := m[1] + strings.Map(shapeOf, m[2]) + m[3] + m[4]
		if strings.Trim(m[2], "iIvVxX") == "" && m[2] != "" {
			kind = m[1] + "roman" + m[3]
		}
		if first >= 0 && kind == style && typed != mark {
			x.report(start(first), "joined-lines/items", mark)
			return true
		}
		first, style, mark = i, kind, strings.Clone(typed)
	}
	return false
}

// shapeOf makes numbers of numbers alike, and letters of letters.
func shapeOf(r rune) rune {
	switch {
	case isDigitRune(r):
		return -1
	case unicode.IsLower(r):
		return 'a'
	case unicode.IsUpper(r):
		return 'A'
	}
	return r
}

// glued tells of a line right below an item or a quotation, which CommonMark takes for
// more of it: it is not indented as the item is, or has no >, and begins with a capital.
func (x *transform) glued(lines []string, start func(int) int) bool {
	mark := func(i int) []byte {
		at := start(i)
		return x.src[bytes.LastIndexByte(x.src[:at], '\n')+1 : at]
	}
	if len(bytes.TrimSpace(mark(0))) == 0 {
		return false
	}
	for i := 1; i < len(lines); i++ {
		first, _ := utf8.DecodeRuneInString(strings.TrimLeft(lines[i], `"“«([*_`))
		if len(mark(i)) == 0 && unicode.IsUpper(first) && !isBroken(lines[i-1]) && !x.isWrapped(lines[i-1], lines[i]) {
			x.report(start(i), "joined-lines/glued")
			return true
		}
	}
	return false
}

// counted tells of lines that begin with different numbers of one form and run into
// one paragraph: 8h00: …, 8h30: …; 12/3: …, 13/3: …; Thôn 1 …, Thôn 2 ….
func (x *transform) counted(lines []string, start func(int) int) bool {
	first, form, mark := -1, "", ""
	for i, line := range lines {
		typed := countedMark(line)
		if typed == "" || i > 0 && (isBroken(lines[i-1]) || x.isWrapped(lines[i-1], line)) {
			continue
		}
		kind := strings.Map(withoutDigits, typed)
		if first >= 0 && kind == form && typed != mark {
			x.report(start(first), "joined-lines/items", strings.Clone(mark))
			return true
		}
		first, form, mark = i, kind, typed
	}
	return false
}

func withoutDigits(r rune) rune {
	if isDigitRune(r) {
		return -1
	}
	return r
}

// maxCountedWords is how many bytes stand before the number of such a line at most.
const maxCountedWords = 30

// countedMark returns what a line begins with that counts it: a time, a day, a year, a
// telephone number, or a few words of which the first has a capital and a number
// behind them. It is "" where there is none: 15 hộ is an amount.
func countedMark(line string) string {
	at := strings.IndexAny(line[:min(len(line), maxCountedWords)], "0123456789")
	if at < 0 {
		return ""
	}
	end := at
	for end < len(line) && (isDigit(line[end]) || strings.IndexByte(".:/-hg", line[end]) >= 0) {
		end++
	}
	number, rest := strings.TrimRight(line[at:end], ".:/-"), line[end:]
	mark := line[:at+len(number)]
	words := strings.TrimPrefix(line[:at], "(")
	switch first, _ := utf8.DecodeRuneInString(words); {
	case words != "":
		if !unicode.IsUpper(first) || words[len(words)-1] != ' ' || strings.Count(words, " ") > 3 || strings.ContainsFunc(words, isNoWord) {
			return ""
		}
	case strings.Trim(number, "0123456789") != "": // 8h00, 12/3, 0912.345.678
	case strings.HasPrefix(rest, " giờ"):
		mark += " giờ"
	case len(number) == 10 && number[0] == '0':
	case len(number) != 4 || len(mark) == at+end-at && !strings.HasPrefix(rest, " -") && !strings.HasPrefix(rest, " –") && !strings.HasPrefix(rest, ")"):
		return ""
	}
	return mark
}

func isNoWord(r rune) bool { return r != ' ' && !unicode.IsLetter(r) && !unicode.IsMark(r) }

// isBroken tells whether a line ends in a break of Markdown.
func isBroken(line string) bool {
	return strings.HasSuffix(line, `\`) || strings.HasSuffix(line, "  ") || strings.HasSuffix(line, "<br>")
}

// list tells of items that stand beside the list which they were to stand in, and
// makes room for long numbers.
func (x *transform) list(n *ast.List) {
	if n.IsOrdered() {
		if !x.siblings(n) {
			x.numbers(n)
		}
		if highest(n) >= longNumber {
			n.SetAttributeString("class", []byte("long"))
		}
	}
	above, ok := n.PreviousSibling().(*ast.List)
	if !ok || above.LastChild() == nil {
		return
	}
	want := above.LastChild().(*ast.ListItem).Offset
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		at := item.Pos()
		if at < 0 {
			continue
		}
		start := bytes.LastIndexByte(x.src[:at], '\n') + 1
		indent := at - start
		if indent == 0 || indent >= want || len(bytes.Trim(x.src[start:at], " ")) > 0 {
			continue
		}
		line, _, _ := bytes.Cut(x.src[at:], []byte("\n"))
		x.report(at, "list-indent", strconv.Itoa(want), strings.Repeat(" ", want)+string(bytes.TrimRight(line, " \r")))
	}
}

// numbers gives the items of a numbered list the numbers that were typed, where
// counting on from the first gives others: 1. and 3., 3. 2. 1., where readers are
// told of number 3. CommonMark counts; a list of 1. alone asks for that. A number
// that comes twice is told of.
func (x *transform) numbers(n *ast.List) {
	count, counts := n.Start, n.Start <= 1
	for item := n.FirstChild().NextSibling(); item != nil && counts; item = item.NextSibling() {
		number := x.numberOf(item)
		counts = number == n.Start || number < 0
	}
	if counts {
		return
	}
	for item := n.FirstChild().NextSibling(); item != nil; item = item.NextSibling() {
		number := x.numberOf(item)
		switch {
		case number < 0 || number == count+1:
			count++
			continue
		case number == count:
			x.report(item.Pos(), "list-number", strconv.Itoa(number))
		}
		item.SetAttributeString("value", strconv.AppendInt(nil, int64(number), 10))
		count = number
	}
}

// longNumber is the least number for which a list has more room before its items: a
// phone cuts it off otherwise.
const longNumber = 100

// highest returns the highest number that a list shows.
func highest(n *ast.List) int {
	number, most := n.Start-1, 0
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		number++
		if value, ok := item.AttributeString("value"); ok {
			number, _ = strconv.Atoi(string(value.([]byte))) // which numbers wrote
		}
		most = max(most, number)
	}
	return most
}

// numberOf returns the number that was typed for an item, -1 where it can't be found.
func (x *transform) numberOf(item node) int {
	at := item.Pos()
	if at < 0 {
		return -1
	}
	end := at
	for end < len(x.src) && isDigit(x.src[end]) {
		end++
	}
	number, err := strconv.Atoi(util.BytesToReadOnlyString(x.src[at:end]))
	if err != nil {
		return -1
	}
	return number
}

// siblings tells of items of a numbered list that are indented as if they
// belonged to the one above, but not far enough, and whether there are some.
func (x *transform) siblings(n *ast.List) (told bool) {
	column := func(item node) int {
		at := item.Pos()
		start := bytes.LastIndexByte(x.src[:max(at, 0)], '\n') + 1
		if at < 0 || len(bytes.Trim(x.src[start:at], " ")) > 0 {
			return -1
		}
		return at - start
	}
	above := n.FirstChild().(*ast.ListItem)
	first, want := column(above), above.Offset
	for item := above.NextSibling(); item != nil && first >= 0; item = item.NextSibling() {
		if column(item) < first+2 {
			want = item.(*ast.ListItem).Offset
			continue
		}
		line, _, _ := bytes.Cut(x.src[item.Pos():], []byte("\n"))
		x.report(item.Pos(), "list-indent", strconv.Itoa(want), strings.Repeat(" ", want)+string(bytes.TrimRight(line, " \r")))
		told = true
	}
	return told
}
