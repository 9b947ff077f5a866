package article

import (
	"bytes"
	"strconv"
	"strings"

	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// What follows tells tables as people type them, and tables that lost a cell.

// pipes tells of a table that has no line of |---| below its header, or one
// that does not fit.
func (x *transform) pipes(lines []string, start func(int) int) bool {
	for i := 1; i < len(lines); i++ {
		columns := cellsOf([]byte(lines[i-1]))
		switch {
		case columns < 2:
		case isDashes(lines[i]) && strings.Count(lines[i], "|") > 0:
			x.report(start(i), "table-delimiter/dashes", delimiter(columns))
			return true
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

// isDashes tells a line of dashes of which a word processor made longer ones: |—|—|.
func isDashes(line string) bool {
	return strings.Trim(line, "|:-–— \t") == "" && strings.ContainsAny(line, "–—")
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
	header, _, _ := bytes.Cut(x.src[n.FirstChild().Pos():], []byte("\n"))
	if cells := cellsOf(header); 0 < cells && cells < columns {
		x.report(n.FirstChild().Pos(), "table-cells/header", strconv.Itoa(cells), strconv.Itoa(columns), delimiter(cells))
	}
	framed := x.src[n.FirstChild().Pos()] == '|' // so are its rows, but a paragraph
	for row := n.FirstChild().NextSibling(); row != nil; row = row.NextSibling() {
		start := row.Pos()
		line, _, _ := bytes.Cut(x.src[start:], []byte("\n"))
		if columns > 1 && (bytes.IndexByte(line, '|') < 0 || framed && line[0] != '|' && !bytes.HasSuffix(bytes.TrimSpace(line), []byte("|"))) {
			x.report(start, "table-glued")
			continue
		}
		if whole := x.brokenRow(start, line); framed && whole != "" {
			x.report(start, "table-cells/broken", whole)
			continue
		}
		if cells := cellsOf(line); cells > columns {
			x.report(start+cellOffset(line, columns), "table-cells", strconv.Itoa(cells), strconv.Itoa(columns))
		}
	}
}

// brokenRow returns the row of which the line at start is the end: neither it nor the line
// above it has a | where they meet. It is "" where the line is a row of its own.
func (x *transform) brokenRow(start int, line []byte) string {
	if line = bytes.TrimSpace(line); len(line) == 0 || line[0] == '|' || !bytes.HasSuffix(line, []byte("|")) || start == 0 {
		return ""
	}
	above := x.src[bytes.LastIndexByte(x.src[:start-1], '\n')+1 : start-1]
	if above = bytes.TrimSpace(above); len(above) == 0 || above[0] != '|' || bytes.HasSuffix(above, []byte("|")) {
		return ""
	}
	return string(above) + " " + string(line)
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
