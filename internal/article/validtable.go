package article

import (
	"slices"
	"strconv"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// mendTable takes rows without cells out of a table, and makes its cells span no more
// rows than their group has, and no column in which none begins (HTML, 4.9.12).
func mendTable(table *html.Node) {
	if caption := mergeCaptions(table, atom.Caption); caption != nil {
		table.RemoveChild(caption)
		table.InsertBefore(caption, table.FirstChild)
	}
	var groups [][]*html.Node // rows of each group
	for part := table.FirstChild; part != nil; {
		next := part.NextSibling
		switch part.DataAtom {
		case atom.Colgroup, atom.Col:
			table.RemoveChild(part) // of use to styles alone
		case atom.Thead, atom.Tbody, atom.Tfoot:
			var rows []*html.Node
			for row := part.FirstChild; row != nil; {
				after := row.NextSibling
				if row.DataAtom == atom.Tr {
					if firstElement(row) == nil {
						part.RemoveChild(row)
					} else {
						rows = append(rows, row)
					}
				}
				row = after
			}
			if len(rows) == 0 {
				table.RemoveChild(part)
			} else {
				groups = append(groups, rows)
			}
		}
		part = next
	}
	if len(groups) == 0 {
		if caption := firstElement(table); caption != nil && caption.DataAtom == atom.Caption { // words stay
			makeDiv(caption)
			table.RemoveChild(caption)
			table.Parent.InsertBefore(caption, table)
		}
		for c := table.FirstChild; c != nil; c = table.FirstChild {
			table.RemoveChild(c)
		}
		return
	}
	cells := 0
	for _, rows := range groups {
		for i, row := range rows {
			for cell := row.FirstChild; cell != nil; cell = cell.NextSibling {
				if cells += cellSpan(cell, "colspan"); cells > maxCells {
					setSpan(cell, "colspan", 1)
					setSpan(cell, "rowspan", 1)
				}
				if cellSpan(cell, "rowspan") > len(rows)-i {
					setSpan(cell, "rowspan", len(rows)-i)
				}
			}
		}
	}
	for range maxOverlaps {
		if !narrow(groups) {
			return
		}
	}
}

// maxCells is how many cells of a table may span others.
const maxCells = 20_000

// maxOverlaps is how often cells that would overlap are made narrower.
const maxOverlaps = 100

// narrow makes cells that would overlap narrower, and tells whether there were any;
// else those that span columns in which no cell begins.
func narrow(groups [][]*html.Node) bool {
	begins, width := map[int]bool{}, 0
	type place struct {
		cell          *html.Node
		column, width int
	}
	var places []place
	overlaps := false
	for _, rows := range groups {
		taken := map[int]int{} // rows for which a column is taken from above
		for _, row := range rows {
			column := 0
			filled := map[int]int{}
			for cell := row.FirstChild; cell != nil; cell = cell.NextSibling {
				if cell.DataAtom != atom.Td && cell.DataAtom != atom.Th {
					continue
				}
				for taken[column] > 0 {
					column++
				}
				w, h := min(cellSpan(cell, "colspan"), 1000), cellSpan(cell, "rowspan")
				for k := 1; k < w; k++ {
					if taken[column+k] > 0 {
						w, overlaps = k, true
						setSpan(cell, "colspan", w)
						break
					}
				}
				begins[column] = true
				places = append(places, place{cell, column, w})
				for k := range w {
					filled[column+k] = h
				}
				column += w
				width = max(width, column)
			}
			for k := range taken {
				taken[k]--
			}
			for k, h := range filled {
				taken[k] = h - 1
			}
		}
	}
	if overlaps {
		return true
	}
	begun := make([]int, width+1) // columns before each one in which a cell begins
	for column := range width {
		begun[column+1] = begun[column]
		if begins[column] {
			begun[column+1]++
		}
	}
	for _, p := range places {
		if w := begun[p.column+p.width] - begun[p.column]; w < p.width {
			setSpan(p.cell, "colspan", w)
		}
	}
	return false
}

func cellSpan(cell *html.Node, key string) int {
	n, _ := strconv.Atoi(attribute(cell, key))
	return max(n, 1)
}

func setSpan(cell *html.Node, key string, n int) {
	cell.Attr = slices.DeleteFunc(cell.Attr, func(a html.Attribute) bool { return a.Key == key })
	if n > 1 {
		cell.Attr = append(cell.Attr, html.Attribute{Key: key, Val: strconv.Itoa(n)})
	}
}
