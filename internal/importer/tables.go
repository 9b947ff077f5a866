package importer

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// pictureTable makes figures of a table that was drawn around a picture and the
// words below it.
func (c *cleaner) pictureTable(n *html.Node) {
	pictures := images(n)
	words := TextOf(n)
	if len(pictures) == 0 || len(pictures) > 2 || utf8.RuneCountInString(words) > maxCaption {
		return
	}
	for d := range n.Descendants() {
		if d.DataAtom == atom.Table || d.DataAtom == atom.Th {
			return
		}
	}
	if rows, columns := tableSize(n); rows > 2*len(pictures) && columns > 1 {
		return
	}
	c.figure(n)
}

// cellsOf returns the rows of a table, tables in it left out.
func cellsOf(table *html.Node) (rows [][]*html.Node) {
	var visit func(*html.Node)
	visit = func(n *html.Node) {
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			switch child.DataAtom {
			case atom.Table:
			case atom.Tr:
				rows = append(rows, nil)
				visit(child)
			case atom.Td, atom.Th:
				if len(rows) == 0 {
					rows = append(rows, nil)
				}
				rows[len(rows)-1] = append(rows[len(rows)-1], child)
			default:
				visit(child)
			}
		}
	}
	visit(table)
	return rows
}

// ownParts returns the rows, cells and their groups of a table, without those of
// tables in it.
func ownParts(table *html.Node) (list []*html.Node) {
	var visit func(*html.Node)
	visit = func(n *html.Node) {
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			switch child.DataAtom {
			case atom.Table:
				continue
			case atom.Tr, atom.Td, atom.Th, atom.Tbody, atom.Thead, atom.Tfoot, atom.Caption, atom.Colgroup, atom.Col:
				list = append(list, child)
			}
			visit(child)
		}
	}
	visit(table)
	return list
}

func tableSize(table *html.Node) (rows, columns int) {
	for _, row := range cellsOf(table) {
		rows++
		columns = max(columns, len(row))
	}
	return rows, columns
}

// maxSpan is how many cells one may span. A larger number costs memory and
// means nothing.
const maxSpan = 50

// tables unwraps those that only lay the page out, and makes the others ready
// for Markdown.
func (c *cleaner) tables(root *html.Node) {
	for _, n := range slices.Backward(all(root)) { // inner ones first
		if n.DataAtom != atom.Table || n.Parent == nil {
			continue
		}
		if isLayout(n) {
			rename(n, atom.Div)
			for _, d := range ownParts(n) {
				switch d.DataAtom {
				case atom.Td, atom.Th, atom.Caption:
					rename(d, atom.Div, "class", "align", "style")
				default:
					unwrap(d)
				}
			}
			continue
		}
		for _, row := range cellsOf(n) {
			for _, cell := range row {
				for i := range cell.Attr {
					if key := cell.Attr[i].Key; key == "colspan" || key == "rowspan" {
						span, err := strconv.Atoi(strings.TrimSpace(cell.Attr[i].Val))
						if err != nil || span < 1 {
							span = 1
						}
						if cell.Attr[i].Val = strconv.Itoa(min(span, maxSpan)); span > 1 {
							c.note("merged-cells")
						}
					}
				}
			}
		}
	}
}

// isLayout tells whether a table is there for the looks: of one column or one
// row, around other tables, or with whole paragraphs in its cells and no heads.
func isLayout(n *html.Node) bool {
	rows := cellsOf(n)
	columns, filled, blocks, longest := 0, 0, 0, 0
	for _, row := range rows {
		columns = max(columns, len(row))
		for _, cell := range row {
			if cell.DataAtom == atom.Th {
				return false
			}
			words := utf8.RuneCountInString(TextOf(cell))
			longest = max(longest, words)
			if words > 0 || len(images(cell)) > 0 {
				filled++
			}
			paragraphs := 0
			for d := range cell.Descendants() {
				switch d.DataAtom {
				case atom.Table, atom.H1, atom.H2, atom.H3:
					return true
				case atom.P, atom.Div, atom.Ul, atom.Ol, atom.Figure:
					paragraphs++
				}
			}
			if paragraphs > 2 {
				blocks++
			}
		}
	}
	return columns <= 1 || len(rows) <= 1 && (longest > 60 || columns <= 2) || filled <= 1 || blocks > 0 && longest > 600
}
