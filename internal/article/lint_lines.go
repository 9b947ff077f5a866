package article

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"bantin/internal/lazyregexp"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// What follows looks at the lines of a paragraph: a list, a table or paragraphs
// as people type them, which CommonMark joins.

// lines looks at the lines of a paragraph.
func (x *transform) lines(segments *text.Segments) {
	x.rows = x.rows[:0]
	for i := range segments.Len() {
		line := segments.At(i)
		x.unspacedHeading(line.Start)
		x.rows = append(x.rows, util.BytesToReadOnlyString(bytes.TrimRight(line.Value(x.src), "\r\n")))
	}
	if len(x.rows) == 1 && slices.Contains(sampleTexts, x.rows[0]) {
		x.report(segments.At(0).Start, "placeholder", strings.Clone(x.rows[0]))
	} else {
		x.sampleText(segments)
	}
	lines, start := x.rows, func(i int) int { return segments.At(i).Start }
	for i, line := range lines {
		if line == "" {
			return
		}
		if item, id := x.asItem(lines, i); id != "" {
			x.itemMark = start(i)
			x.report(start(i), id, strings.Clone(firstField(line)), strings.Clone(item))
		}
	}
	x.loneRow(lines, start)
	if x.spaces(lines, start, segments) || len(lines) < 2 || x.enumerated(lines, start) || x.pipes(lines, start) || x.tabs(lines, start) || x.counted(lines, start) || x.glued(lines, start) {
		return
	}
	x.joined(lines, start)
}

// sampleText tells of the sample text of a new article that stands among other
// words.
func (x *transform) sampleText(segments *text.Segments) {
	for i, row := range x.rows {
		for _, sample := range sampleTexts {
			if at := strings.Index(row, sample); at >= 0 {
				x.report(segments.At(i).Start+at, "placeholder", sample)
			}
		}
	}
}

// bullets are what word processors put before the items of a list.
const bullets = "•·▪◦●■‣∙➢➤►❖◆"

// rareBullets are items' marks only where several lines begin with one.
const rareBullets = "–—−✓✔✗✘☑☐□❑❒→➔➜⇒▶★☆✦♦§Ø"

// boxes are boxes to tick, and signs say something by themselves, so that they
// stay in the item.
const (
	boxes = "☐□❑❒"
	signs = "✓✔✗✘→➔➜⇒★☆§"
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
	case first == 'o' && rest[0] == '\t':
		return "- " + words, "list-marker"
	case (first == '-' || first == '+') && len(words) == len(rest) && (unicode.IsUpper(next) || unicode.IsLower(next) && othersBegin(lines, i, first)):
		return string(first) + " " + words, "list-marker/space"
	case first == '*' && len(words) == len(rest) && unicode.IsUpper(next) && strings.IndexByte(rest, '*') < 0 && othersBegin(lines, i, first):
		return "* " + words, "list-marker/space"
	case isDigitRune(first):
		digits := len(line) - len(strings.TrimLeft(line, "0123456789"))
		if digits > 2 || digits == len(line) || line[digits] != '.' && line[digits] != ')' {
			return "", ""
		}
		if next, _ := utf8.DecodeRuneInString(line[digits+1:]); unicode.IsUpper(next) {
			return line[:digits+1] + " " + line[digits+1:], "list-marker/space"
		}
	}
	return "", ""
}

// taskBox is the box of a task without the mark of an item before it.
var taskBox = lazyregexp.New(`^\[[ xX]\] \S`)

// othersBegin tells whether a line beside line i begins with the character first.
func othersBegin(lines []string, i int, first rune) bool {
	begins := func(k int) bool {
		if k < 0 || k >= len(lines) {
			return false
		}
		r, _ := utf8.DecodeRuneInString(lines[k])
		return r == first
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
		typed := strings.TrimRight(m[0][:len(m[0])-1], " \t")
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
	case isDigitRune(r), r == '*':
		return -1
	case unicode.Is(unicode.No, r), unicode.Is(unicode.So, r): // ① and ②
		return '1'
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

// pipes tells of a table that has no line of |---| below its header, or one
// that does not fit.
func (x *transform) pipes(lines []string, start func(int) int) bool {
	for i := 1; i < len(lines); i++ {
		columns := cellsOf([]byte(lines[i-1]))
		switch {
		case columns < 2:
		case lines[i-1][0] != '|':
			if lines[i][0] != '|' && cellsOf([]byte(lines[i])) == columns {
				x.report(start(i-1), "table-delimiter/missing", delimiter(columns))
				return true
			}
		case strings.Trim(lines[i], "|:- \t") == "" && strings.ContainsRune(lines[i], '-'):
			x.report(start(i), "table-delimiter", strconv.Itoa(columns), delimiter(columns))
			return true
		case lines[i][0] == '|':
			x.report(start(i-1), "table-delimiter/missing", delimiter(columns))
			return true
		}
	}
	return false
}

// loneRow tells of a row of a table that stands by itself, with blank lines
// around it, and of a table drawn with + and -.
func (x *transform) loneRow(lines []string, start func(int) int) {
	first := lines[0]
	switch {
	case x.rowTold:
	case len(lines) == 1 && first[0] == '|' && strings.HasSuffix(first, "|") && cellsOf([]byte(first)) > 1:
		x.report(start(0), "table-delimiter/apart")
		x.rowTold = true
	case strings.HasPrefix(first, "+-") && strings.HasSuffix(first, "-+") && strings.Trim(first, "+-") == "":
		x.report(start(0), "table-delimiter/drawn")
		x.rowTold = true
	}
}

func delimiter(columns int) string { return "|" + strings.Repeat("---|", columns) }

// tabs tells of a table whose cells are parted by tabs, as a word processor or a
// spreadsheet gives it.
func (x *transform) tabs(lines []string, start func(int) int) bool {
	first := -1
	for i := range lines {
		n := strings.Count(lines[i], "\t")
		if n == 0 || i == 0 || n != strings.Count(lines[i-1], "\t") {
			continue
		}
		if _, id := x.asItem(lines, i); id == "" {
			first = i - 1
			break
		}
	}
	if first < 0 {
		return false
	}
	cells := strings.Split(strings.ReplaceAll(lines[first], "|", `\|`), "\t")
	x.report(start(first), "table-tabs", "| "+strings.Join(cells, " | ")+" |", delimiter(len(cells)))
	return true
}

// span of a table whose cells are parted by runs of spaces.
const (
	wideGap   = 4 // spaces that no finger types by mistake
	columnGap = 3 // spaces that part cells where lines beside have such, too
)

// spaces tells of a table whose cells are parted by runs of spaces, which a page
// shows as one each, and of words set apart by them on a line.
func (x *transform) spaces(lines []string, start func(int) int, segments *text.Segments) bool {
	first, wide := -1, -1
	rows := 0
	for i, line := range lines {
		if !strings.Contains(line, "  ") {
			continue
		}
		cells, widest := cellsBySpaces(line)
		if widest >= wideGap && wide < 0 {
			wide = i
		}
		if widest < columnGap && len(cells) < 3 {
			continue
		}
		if rows++; first < 0 {
			first = i
		}
	}
	switch {
	case rows > 1:
		cells, _ := cellsBySpaces(strings.ReplaceAll(lines[first], "|", `\|`))
		x.report(start(first), "table-spaces", "| "+strings.Join(cells, " | ")+" |", delimiter(len(cells)))
	case wide >= 0:
		x.report(start(wide), "table-spaces/line")
	default:
		return false
	}
	x.aligned = append(x.aligned, span{start(0), segments.At(segments.Len() - 1).Stop})
	return rows > 1
}

// cellsBySpaces returns what runs of spaces part, and how long the longest is. Two
// spaces behind a mark are how some end a sentence.
func cellsBySpaces(line string) (cells []string, widest int) {
	line = strings.TrimSpace(line)
	from := 0
	for i := 0; i < len(line); i++ {
		if line[i] != ' ' {
			continue
		}
		end := i
		for line[end] == ' ' {
			end++
		}
		if gap := end - i; gap >= columnGap || gap == 2 && strings.IndexByte(".!?:;,", line[i-1]) < 0 {
			cells, from = append(cells, line[from:i]), end
			widest = max(widest, gap)
		}
		i = end
	}
	return append(cells, line[from:]), widest
}

// joined tells of lines that were each a paragraph: the next begins with a
// capital, and they end a sentence, are all capitals, are short, or say what
// something is, as in Địa điểm: nhà văn hóa. A text whose lines an editor has
// broken at some width has such ends, too, where the next word did not fit.
func (x *transform) joined(lines []string, start func(int) int) {
	ends, labels, symbols := 0, 0, 0
	for i, line := range lines {
		if isLabelled(line) {
			labels++
		}
		if beginsWithSymbol(line) && (i == 0 || !x.isWrapped(lines[i-1], line)) {
			symbols++
		}
		if symbols > 1 && !isBroken(lines[i-1]) {
			x.report(start(0), "joined-lines")
			return
		}
	}
	for i, line := range lines {
		if i == 0 {
			continue
		}
		before := lines[i-1]
		first, _ := utf8.DecodeRuneInString(strings.TrimLeft(line, `"“«([*_`))
		if !unicode.IsUpper(first) || isBroken(before) {
			return
		}
		last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(before, `"”») *_`))
		switch {
		case isCapitals(before):
			ends++
		case x.isWrapped(before, line):
			return
		case strings.ContainsRune(".!?…;:", last):
			ends++
		case utf8.RuneCountInString(before) > minWidth:
			return
		}
	}
	if ends > 0 || labels == len(lines) || len(lines) > 2 { // two short lines may be one that was broken
		x.report(start(0), "joined-lines")
	}
}

// beginsWithSymbol tells a line that begins with a pictograph, as items do in messages:
// 👉 Đăng ký, 1️⃣ Nộp đơn.
func beginsWithSymbol(line string) bool {
	r, size := utf8.DecodeRuneInString(line)
	return r >= utf8.RuneSelf && unicode.Is(unicode.So, r) && !strings.ContainsRune(bullets+rareBullets, r) || isDigitRune(r) && strings.HasPrefix(strings.TrimPrefix(line[size:], "\uFE0F"), "\u20E3")
}

// isWrapped tells whether before was ended because the first word of line did not
// fit on it.
func (x *transform) isWrapped(before, line string) bool {
	width := x.width()
	return minWidth < width && width <= maxWidth && utf8.RuneCountInString(before)+1+utf8.RuneCountInString(wordOf(line)) > width
}

// label is what stands before the colon of a line such as Địa điểm: nhà văn hóa.
var label = lazyregexp.New(`^[\pL\pM*_ ]{2,30}(?: \([^()]{1,20}\))?:[ *_]`)

func isLabelled(line string) bool { return label().MatchString(line) }

// minWidth is the narrowest at which editors break lines, in characters.
const minWidth = 45

// maxWidth is the widest at which editors break lines, in characters.
const maxWidth = 120

// width returns the width at which the text's lines are broken: that of the
// longest, which is over maxWidth where they are not.
func (x *transform) width() int {
	if x.longest == 0 {
		for line := range bytes.SplitSeq(x.src, []byte("\n")) {
			if len(line) > x.longest {
				x.longest = max(x.longest, utf8.RuneCount(line))
			}
		}
	}
	return x.longest
}

func wordOf(line string) string {
	word, _, _ := strings.Cut(line, " ")
	return word
}

// isCapitals tells a line of at least two words that are all capitals.
func isCapitals(line string) bool {
	letters := 0
	for _, r := range line {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters >= 4 && strings.ContainsRune(line, ' ')
}

// cellsOf counts the cells of a table's row as goldmark does.
func cellsOf(row []byte) int {
	row = bytes.TrimSpace(row)
	row = bytes.TrimPrefix(row, []byte("|"))
	if len(row) == 0 {
		return 0
	}
	row = bytes.TrimSuffix(row, []byte("|"))
	n := 1
	for i, c := range row {
		if c == '|' && (i == 0 || row[i-1] != '\\') {
			n++
		}
	}
	return n
}

// table tells of the rows that lose a cell, and of a paragraph that became a row.
func (x *transform) table(n *extast.Table) {
	columns := len(n.Alignments)
	framed := x.src[n.FirstChild().Pos()] == '|' // so are its rows, but a paragraph
	for row := n.FirstChild().NextSibling(); row != nil; row = row.NextSibling() {
		start := row.Pos()
		line, _, _ := bytes.Cut(x.src[start:], []byte("\n"))
		if columns > 1 && (bytes.IndexByte(line, '|') < 0 || framed && line[0] != '|' && !bytes.HasSuffix(bytes.TrimSpace(line), []byte("|"))) {
			x.report(start, "table-glued")
			continue
		}
		if cells := cellsOf(line); cells > columns {
			x.report(start+cellOffset(line, columns), "table-cells", strconv.Itoa(cells), strconv.Itoa(columns))
		}
	}
}

// cellOffset returns where cell n of a row begins, counted from 0.
func cellOffset(row []byte, n int) int {
	i := len(row) - len(bytes.TrimLeft(row, " \t"))
	if row[i] == '|' {
		i++
	}
	for ; i < len(row); i++ {
		if row[i] == '|' && row[i-1] != '\\' {
			if n--; n == 0 {
				i++
				break
			}
		}
	}
	for i < len(row) && row[i] == ' ' {
		i++
	}
	return i
}

// list tells of items that stand beside the list which they were to stand in.
func (x *transform) list(n *ast.List) {
	if n.IsOrdered() && !x.siblings(n) {
		x.numbers(n)
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

// bar tells of a paragraph that a line of --- below it made a heading.
func (x *transform) bar(n *ast.Heading) {
	if off, mark := sentenceBar(x.src, n); off > 0 {
		x.report(off, "heading-bar", mark)
	}
}

// maxUnderlined is how many characters a heading has at most that was meant to be
// one, and not a paragraph above a line.
const maxUnderlined = 100

// keyLine is a line of front matter.
var keyLine = lazyregexp.New(`^[a-z_]+: `)

// sentenceBar returns where the line of dashes or of = stands that made a heading of
// a paragraph, and its first three signs; 0 where a heading was meant.
func sentenceBar(src []byte, n *ast.Heading) (off int, mark string) {
	lines := n.Lines()
	if lines.Len() == 0 {
		return 0, ""
	}
	first, last := lines.At(0), lines.At(lines.Len()-1)
	start := bytes.LastIndexByte(src[:first.Start], '\n') + 1
	if bytes.IndexByte(src[start:first.Start], '#') >= 0 { // a heading of #
		return 0, ""
	}
	rest := src[last.Stop:]
	behind := bytes.IndexByte(rest, '\n') + 1
	bar := bytes.TrimLeft(rest[behind:], " >\t")
	if len(bar) == 0 || bar[0] != '-' && bar[0] != '=' {
		return 0, ""
	}
	signs := len(bar) - len(bytes.TrimLeft(bar, string(bar[0])))
	words := bytes.TrimRight(src[first.Start:last.Stop], " \n")
	inner := bytes.Trim(words, "*_")
	end, _ := utf8.DecodeLastRune(inner)
	isSlanted := len(words)-len(inner) == 2 // *Nguồn: TTXVN*
	if lines.Len() == 1 && utf8.RuneCount(words) <= maxUnderlined && !strings.ContainsRune(".!?…;,", end) &&
		signs > 2 && !isSlanted && !keyLine().Match(words) {
		return 0, ""
	}
	return len(src) - len(bar), string(bar[:min(3, signs)])
}
