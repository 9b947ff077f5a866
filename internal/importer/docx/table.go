package docx

import (
	"strconv"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"bantin/internal/importer"
)

// table makes a table. Cells that are merged downwards span rows.
func (d *document) table(t *node) *html.Node {
	table := importer.Element(atom.Table)
	above := map[int]*html.Node{} // the cell that spans, by column
	for _, tr := range t.within("tr") {
		row := importer.Element(atom.Tr)
		column := 0
		for _, tc := range tr.within("tc") {
			props := tc.child("tcPr")
			span := min(max(number(props.val("gridSpan")), 1), 50)
			merge := props.child("vMerge")
			if merge != nil && merge.attrs["val"] != "restart" && above[column] != nil {
				spans := 1
				for i, a := range above[column].Attr {
					if a.Key == "rowspan" {
						spans = number(a.Val)
						above[column].Attr = append(above[column].Attr[:i], above[column].Attr[i+1:]...)
						break
					}
				}
				importer.SetAttribute(above[column], "rowspan", strconv.Itoa(min(spans+1, 50)))
				column += span
				continue
			}
			cell := importer.Element(atom.Td)
			if span > 1 {
				importer.SetAttribute(cell, "colspan", strconv.Itoa(span))
			}
			for _, b := range d.blocks(tc) {
				cell.AppendChild(b)
			}
			above[column] = nil
			if merge != nil {
				above[column] = cell
			}
			row.AppendChild(cell)
			column += span
		}
		table.AppendChild(row)
	}
	return table
}
