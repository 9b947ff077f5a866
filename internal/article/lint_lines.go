package article

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

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
	if len(x.rows) == 1 && isPlaceholder(x.rows[0]) {
		x.report(segments.At(0).Start, "placeholder", strings.Clone(x.rows[0]))
	}
	lines, start := x.rows, func(i int) int { return segments.At(i).Start }
	for i, line := range lines {
		if line == "" {
			return
		}
		if item, id := x.asItem(lines, i); id != "" {
			x.report(start(i), id, strings.Clone(firstField(line)), strings.Clone(item))
		}
	}
	if len(lines) < 2 {
		return
	}
	x.lettered(lines, start)
	if x.pipes(lines, start) || x.tabs(lines, start) {
		return
	}
	x.joined(lines, start)
}

// bullets are what word processors put before the items of a list.
const bullets = "•·▪◦●■‣∙➢➤►❖◆"

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
	case (first == '–' || first == '—') && (rest[0] == '\t' || len(words) < len(rest) && othersBegin(lines, i, func(r rune) bool { return r == '–' || r == '—' })):
		return "- " + words, "list-marker"
	case first == 'o' && rest[0] == '\t':
		return "- " + words, "list-marker"
	case (first == '-' || first == '+') && len(words) == len(rest) && unicode.IsUpper(next):
		return string(first) + " " + words, "list-marker/space"
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

// othersBegin tells whether another line than i begins with such a character.
func othersBegin(lines []string, i int, is func(rune) bool) bool {
	for k, line := range lines {
		if first, _ := utf8.DecodeRuneInString(line); k != i && is(first) {
			return true
		}
	}
	return false
}

func firstField(line string) string {
	first, size := utf8.DecodeRuneInString(line)
	if isDigitRune(first) {
		return line[:strings.IndexAny(line, ".)")+1]
	}
	return line[:size]
}

// lettered tells of items a), b) … that run into one paragraph.
func (x *transform) lettered(lines []string, start func(int) int) {
	first, n := -1, 0
	for i, line := range lines {
		letter, size := utf8.DecodeRuneInString(line)
		if unicode.IsLower(letter) && strings.HasPrefix(line[size:], ")") && (i == 0 || !isBroken(lines[i-1])) {
			if n++; first < 0 {
				first = i
			}
		}
	}
	if n >= 2 {
		x.report(start(first), "joined-lines/letters", string([]rune(lines[first])[:2]))
	}
}

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
		case columns < 2 || lines[i-1][0] != '|':
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

// joined tells of lines that were each a paragraph: they end a sentence or are
// all capitals, and the next begins with a capital. A text whose lines an editor
// has broken at some width has such ends, too, where the next word did not
// fit.
func (x *transform) joined(lines []string, start func(int) int) {
	for i := 1; i < len(lines); i++ {
		before, line := lines[i-1], lines[i]
		first, _ := utf8.DecodeRuneInString(line)
		if !unicode.IsUpper(first) || isBroken(before) {
			return
		}
		last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(before, `"”») `))
		switch {
		case isCapitals(before):
		case !strings.ContainsRune(".!?…;:", last):
			return
		case x.width() <= maxWidth && utf8.RuneCountInString(before)+1+utf8.RuneCountInString(wordOf(line)) > x.width():
			return
		}
	}
	x.report(start(0), "joined-lines")
}

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
	for row := n.FirstChild().NextSibling(); row != nil; row = row.NextSibling() {
		start := row.Pos()
		line, _, _ := bytes.Cut(x.src[start:], []byte("\n"))
		if columns > 1 && bytes.IndexByte(line, '|') < 0 {
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

// list tells of items that stand beside the list which they were to stand in,
// and of a year that became the number of an item.
func (x *transform) list(n *ast.List) {
	if n.IsOrdered() && n.Start >= 1000 && n.FirstChild().Pos() >= 0 {
		at := n.FirstChild().Pos()
		line, _, _ := bytes.Cut(x.src[at:], []byte("\n"))
		if dot := bytes.IndexAny(line, ".)"); dot > 0 {
			x.report(at, "list-number", string(line[:dot+1]), string(line[:dot])+`\`+string(line[dot:dot+1])+" "+shorten(string(bytes.TrimSpace(line[dot+1:]))))
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

// bar tells of a paragraph that a line of --- below it made a heading.
func (x *transform) bar(n *ast.Heading) {
	lines := n.Lines()
	if lines.Len() == 0 {
		return
	}
	first, last := lines.At(0), lines.At(lines.Len()-1)
	start := bytes.LastIndexByte(x.src[:first.Start], '\n') + 1
	if bytes.IndexByte(x.src[start:first.Start], '#') >= 0 { // a heading of #
		return
	}
	words := bytes.TrimRight(x.src[first.Start:last.Stop], " \n")
	end, _ := utf8.DecodeLastRune(words)
	if lines.Len() == 1 && utf8.RuneCount(words) <= maxWidth && !strings.ContainsRune(".!?…;,", end) {
		return
	}
	rest := x.src[last.Stop:]
	behind := bytes.IndexByte(rest, '\n') + 1
	mark := bytes.TrimLeft(rest[behind:], " >\t")
	if len(mark) == 0 || mark[0] != '-' && mark[0] != '=' {
		return
	}
	x.report(len(x.src)-len(mark), "heading-bar", string(mark[:3:3][:min(3, len(mark))]))
}
