// Package docx imports documents of Word and of those that write its format
// (ECMA-376, WordprocessingML): text with headings, lists, tables, notes and
// pictures. It reads the parts of the archive itself, so that the result is the
// same on every machine.
package docx

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"bantin/internal/importer"
	"bantin/internal/lazyregexp"
)

// Wanted tells whether a file of a folder is a document.
func Wanted(name string) bool {
	if strings.HasPrefix(path.Base(name), "~$") {
		return false
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".docx", ".docm", ".doc", ".rtf":
		return true
	}
	return false
}

// Read gives each document to m.
func Read(ctx context.Context, in *importer.Inputs, m *importer.Importer, loc *time.Location) error {
	for _, file := range in.List {
		if err := ctx.Err(); err != nil {
			return err
		}
		src, err := file.Read()
		var it *importer.Item
		if err == nil {
			it, err = Parse(src, file, loc)
		}
		switch {
		case errors.Is(err, errOld):
			m.Skip(file.Shown, file.ID, importer.Failed, importer.NewNote("old-doc"))
		case err != nil:
			m.Skip(file.Shown, file.ID, importer.Failed, importer.NewNote("unreadable", err.Error()))
		default:
			if err := m.Add(it); err != nil {
				return err
			}
		}
	}
	m.TellPassed(in, false)
	return nil
}

// document is what its parts say of the text.
type document struct {
	archive   *archive
	links     map[string]string // of relationships, by their ids
	styles    map[string]style
	formats   map[string]string // of lists, by numId and level: bullet, decimal
	footnotes map[string]*node  // by their kind and id: "footnote 2", "endnote 2"
	notes     []*html.Node      // the notes that the text has, in its order
	item      *importer.Item
	inserted  int
	deleted   int
	depth     int
}

type style struct {
	name    string
	heading int
	bold    bool
}

// Parse makes an item of a document.
func Parse(src []byte, file importer.Input, loc *time.Location) (*importer.Item, error) {
	a, err := newArchive(src)
	if err != nil {
		return nil, err
	}
	if _, err := a.entry("word/document.xml"); err != nil {
		return nil, fmt.Errorf("word/document.xml: %w", err)
	}
	it := &importer.Item{ID: file.ID, Source: file.Shown, Raw: src}
	d := &document{archive: a, item: it, links: map[string]string{}, styles: map[string]style{}, formats: map[string]string{}, footnotes: map[string]*node{}}
	if err := d.read(); err != nil {
		return nil, err
	}
	root, err := a.part("word/document.xml")
	if err != nil {
		return nil, err
	}
	body := root.find("body")
	if body == nil {
		body = root
	}
	div := importer.Element(atom.Div)
	for _, b := range d.blocks(body) {
		div.AppendChild(b)
	}
	letter := d.letterhead(div, loc)
	for i, note := range d.notes {
		p := importer.Element(atom.P, importer.TextNode(importer.FootnoteMark(i+1)+": "))
		importer.MoveChildren(note, p)
		div.AppendChild(p)
	}
	d.headline(div)
	d.fakeHeadings(div)
	cleaned, notes := importer.Clean(div)
	it.Notes = append(it.Notes, notes...)
	footnotes := takeFootnotes(cleaned, len(d.notes)) // the last line of the text is above them
	r := importer.Recognize(cleaned, importer.Known{Title: it.Title, Plain: it.Title == ""})
	it.Title, it.Lead = r.Title, r.Lead
	it.Authors = r.Authors
	if it.Organization == "" {
		it.Organization = r.Organization
	}
	it.Notes = append(it.Notes, r.Notes...)
	for _, note := range footnotes {
		cleaned.AppendChild(note)
	}
	it.Body = cleaned
	if d.inserted+d.deleted > 0 {
		it.Note("tracked", strconv.Itoa(d.inserted), strconv.Itoa(d.deleted))
	}
	if comments, err := a.part("word/comments.xml"); err == nil {
		n := 0
		if root := comments.child("comments"); root != nil {
			n = len(root.children)
		}
		if n > 0 {
			it.Note("comments", strconv.Itoa(n))
		}
	}
	if !letter {
		importer.SetDate(it, r.Stamps, importer.DayFirst, loc)
	}
	return it, nil
}

// takeFootnotes takes the texts of so many notes off the end of a text.
func takeFootnotes(body *html.Node, left int) (list []*html.Node) {
	for n := body.LastChild; n != nil; {
		before := n.PrevSibling
		switch words := importer.TextOf(n); {
		case left > 0 && strings.HasPrefix(words, importer.FootnoteMark(left)+":"):
			left--
			list = append([]*html.Node{n}, list...)
		case words != "" || n.Type == html.ElementNode:
			return list
		}
		body.RemoveChild(n)
		n = before
	}
	return list
}

// read reads what the text refers to.
func (d *document) read() error {
	rels, err := d.archive.part("word/_rels/document.xml.rels")
	if err != nil {
		return err
	}
	if root := rels.child("Relationships"); root != nil {
		for _, r := range root.children {
			target := r.attrs["Target"]
			if r.attrs["TargetMode"] != "External" && !strings.HasPrefix(target, "/") {
				target = path.Join("word", target)
			}
			d.links[r.attrs["Id"]] = strings.TrimPrefix(target, "/")
		}
	}
	styles, err := d.archive.part("word/styles.xml")
	if err != nil {
		return err
	}
	if root := styles.child("styles"); root != nil {
		for _, s := range root.children {
			if s.name != "style" {
				continue
			}
			st := style{name: strings.ToLower(s.val("name"))}
			if level := number(strings.TrimPrefix(st.name, "heading ")); strings.HasPrefix(st.name, "heading ") && level > 0 {
				st.heading = level
			} else if outline := s.child("pPr").val("outlineLvl"); outline != "" && number(outline) >= 0 && number(outline) < 9 {
				st.heading = number(outline) + 1
			}
			if rpr := s.child("rPr"); rpr != nil {
				st.bold = rpr.on("b")
			}
			d.styles[s.attrs["styleId"]] = st
		}
	}
	numbering, err := d.archive.part("word/numbering.xml")
	if err != nil {
		return err
	}
	if root := numbering.child("numbering"); root != nil {
		abstract := map[string]*node{}
		for _, n := range root.children {
			switch n.name {
			case "abstractNum":
				abstract[n.attrs["abstractNumId"]] = n
			case "num":
				if of := abstract[n.val("abstractNumId")]; of != nil {
					for _, level := range of.children {
						if level.name == "lvl" {
							d.formats[n.attrs["numId"]+"/"+level.attrs["ilvl"]] = level.val("numFmt")
						}
					}
				}
			}
		}
	}
	for _, kind := range []string{"footnote", "endnote"} {
		part, err := d.archive.part("word/" + kind + "s.xml")
		if err != nil {
			return err
		}
		if root := part.child(kind + "s"); root != nil {
			for _, n := range root.children {
				d.footnotes[kind+" "+n.attrs["id"]] = n
			}
		}
	}
	return nil
}

// listed is a list that is open.
type listed struct {
	level int
	node  *html.Node
}

// blocks makes blocks of the paragraphs and tables below n, and lists of the
// paragraphs that are numbered.
func (d *document) blocks(n *node) (list []*html.Node) {
	if d.depth++; d.depth > 40 {
		return nil
	}
	defer func() { d.depth-- }()
	var lists []listed
	for _, c := range n.children {
		switch c.name {
		case "p":
			p, level, ordered := d.paragraph(c)
			if level < 0 {
				lists = nil
				list = append(list, p...)
				continue
			}
			item := importer.Element(atom.Li)
			for _, b := range p {
				item.AppendChild(b)
			}
			for len(lists) > 0 && lists[len(lists)-1].level > level {
				lists = lists[:len(lists)-1]
			}
			if len(lists) == 0 || lists[len(lists)-1].level < level {
				kind := atom.Ul
				if ordered {
					kind = atom.Ol
				}
				l := importer.Element(kind)
				if len(lists) == 0 {
					list = append(list, l)
				} else if outer := lists[len(lists)-1].node; outer.LastChild != nil {
					outer.LastChild.AppendChild(l)
				} else {
					outer.AppendChild(importer.Element(atom.Li, l))
				}
				lists = append(lists, listed{level, l})
			}
			lists[len(lists)-1].node.AppendChild(item)
		case "tbl":
			lists = nil
			list = append(list, d.table(c))
		case "sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice":
			list = append(list, d.blocks(c)...)
		case "altChunk":
			d.item.Note("word-part", c.name)
		}
	}
	return list
}

// paragraph makes a block of a paragraph, with the boxes that hang on it behind
// it. The level is that of a list, -1 for none.
func (d *document) paragraph(p *node) (list []*html.Node, level int, ordered bool) {
	props := p.child("pPr")
	st := d.styles[props.val("pStyle")]
	level = -1
	if num := props.child("numPr"); num != nil && num.val("numId") != "0" && st.heading == 0 {
		level = max(number(num.val("ilvl")), 0)
		format := d.formats[num.val("numId")+"/"+strconv.Itoa(level)]
		ordered = format != "" && format != "bullet" && format != "none"
	}
	heading := st.heading
	if outline := props.val("outlineLvl"); outline != "" && number(outline) >= 0 && number(outline) < 9 {
		heading = number(outline) + 1
	}
	block := importer.Element(atom.P)
	if heading > 0 {
		block = importer.Element([]atom.Atom{atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6}[min(heading, 6)-1])
	}
	if strings.HasPrefix(st.name, "caption") {
		importer.SetAttribute(block, "class", "caption")
	}
	if props.val("jc") == "center" {
		importer.SetAttribute(block, "style", "text-align:center")
	}
	var boxes []*html.Node
	d.runs(p, block, st.bold && heading == 0, &boxes)
	if st.name == "title" && d.item.Title == "" {
		if words := importer.TextOf(block); words != "" {
			d.item.Title = words
		}
	}
	return append([]*html.Node{block}, boxes...), level, ordered
}

// runs appends what stands in a paragraph to block.
func (d *document) runs(n *node, block *html.Node, bold bool, boxes *[]*html.Node) {
	if d.depth++; d.depth > 60 {
		return
	}
	defer func() { d.depth-- }()
	for _, c := range n.children {
		switch c.name {
		case "r":
			d.run(c, block, bold, boxes)
		case "hyperlink":
			target := d.links[c.attrs["r:id"]]
			if target == "" {
				d.runs(c, block, bold, boxes)
				continue
			}
			a := importer.Element(atom.A)
			importer.SetAttribute(a, "href", target)
			d.runs(c, a, bold, boxes)
			block.AppendChild(a)
		case "ins", "moveTo":
			d.inserted++
			d.runs(c, block, bold, boxes)
		case "del", "moveFrom":
			d.deleted++
		case "sdt", "sdtContent", "smartTag", "fldSimple", "customXml", "dir", "bdo":
			d.runs(c, block, bold, boxes)
		case "oMath", "oMathPara":
			var words strings.Builder
			formula(&words, c)
			block.AppendChild(importer.TextNode(words.String()))
			if !d.item.Has("formula") {
				d.item.Note("formula")
			}
		}
	}
}

// formula writes a formula on one line.
func formula(b *strings.Builder, n *node) {
	switch n.name {
	case "den":
		b.WriteByte('/')
	case "sup":
		b.WriteByte('^')
	case "sub":
		b.WriteByte('_')
	default:
		b.WriteString(n.text)
	}
	for _, c := range n.children {
		formula(b, c)
	}
}

// run appends a piece of text of one look to block.
func (d *document) run(r *node, block *html.Node, bold bool, boxes *[]*html.Node) {
	props := r.child("rPr")
	if props.on("vanish") {
		return
	}
	at := block
	wrap := func(a atom.Atom) {
		n := importer.Element(a)
		at.AppendChild(n)
		at = n
	}
	if family := props.child("rFonts"); family != nil && (strings.HasPrefix(strings.ToLower(family.attrs["ascii"]), ".vn") || strings.HasPrefix(strings.ToLower(family.attrs["ascii"]), "vni")) {
		font := importer.Element(atom.Font)
		importer.SetAttribute(font, "face", family.attrs["ascii"])
		at.AppendChild(font)
		at = font
	}
	if bold && props.child("b") == nil || props.on("b") {
		wrap(atom.Strong)
	}
	if props.on("i") {
		wrap(atom.Em)
	}
	if props.on("strike") || props.on("dstrike") {
		wrap(atom.Del)
	}
	switch props.val("vertAlign") {
	case "superscript":
		if r.child("footnoteReference") == nil && r.child("endnoteReference") == nil {
			wrap(atom.Sup)
		}
	case "subscript":
		wrap(atom.Sub)
	}
	d.content(r, at, block, boxes)
}

// content appends what a run holds.
func (d *document) content(r *node, at, block *html.Node, boxes *[]*html.Node) {
	for _, c := range r.children {
		switch c.name {
		case "t":
			at.AppendChild(importer.TextNode(c.text))
		case "tab", "ptab":
			at.AppendChild(importer.TextNode(" "))
		case "br", "cr":
			if c.attrs["type"] == "" || c.attrs["type"] == "textWrapping" {
				at.AppendChild(importer.Element(atom.Br))
			}
		case "noBreakHyphen":
			at.AppendChild(importer.TextNode("-"))
		case "sym":
			at.AppendChild(importer.TextNode("•"))
		case "footnoteReference", "endnoteReference":
			key := strings.TrimSuffix(c.name, "Reference") + " " + c.attrs["id"]
			if note := d.footnotes[key]; note != nil && len(d.notes) < 5000 {
				words := importer.Element(atom.P)
				for _, p := range note.children {
					if p.name == "p" {
						if words.FirstChild != nil {
							words.AppendChild(importer.TextNode(" "))
						}
						delete(d.footnotes, key)
						d.runs(p, words, false, boxes)
					}
				}
				d.notes = append(d.notes, words)
				block.AppendChild(importer.TextNode(importer.FootnoteMark(len(d.notes))))
			}
		case "drawing", "pict", "object":
			d.drawing(c, block, boxes)
		case "ruby":
			for _, words := range c.within("rubyBase") {
				d.runs(words, at, false, boxes)
			}
			for _, above := range c.within("rt") {
				at.AppendChild(importer.TextNode(" ("))
				d.runs(above, at, false, boxes)
				at.AppendChild(importer.TextNode(")"))
			}
		case "AlternateContent":
			if choice := c.child("Choice"); choice != nil {
				d.content(choice, at, block, boxes)
			}
		}
	}
}

// drawing appends pictures; the text of boxes goes behind the paragraph.
func (d *document) drawing(n *node, block *html.Node, boxes *[]*html.Node) {
	alt := ""
	if props := n.find("docPr"); props != nil {
		alt = props.attrs["descr"]
	}
	var visit func(n *node, depth int)
	visit = func(n *node, depth int) {
		if depth > maxDepth {
			return
		}
		for _, c := range n.children {
			id := ""
			switch c.name {
			case "blip":
				id = c.attrs["embed"]
			case "imagedata":
				id = c.attrs["r:id"]
			case "chart", "relIds":
				d.item.Note("word-part", map[string]string{"chart": "chart", "relIds": "SmartArt"}[c.name])
			case "txbxContent":
				if inner := d.blocks(c); len(inner) > 0 {
					*boxes = append(*boxes, inner...)
					if !d.item.Has("text-box") {
						d.item.Note("text-box")
					}
				}
				continue
			}
			if target := d.links[id]; id != "" && target != "" {
				switch strings.ToLower(path.Ext(target)) {
				case ".emf", ".wmf":
					d.item.Note("emf", path.Base(target))
				default:
					img := importer.Element(atom.Img)
					importer.SetAttribute(img, "src", target)
					importer.SetAttribute(img, "alt", alt)
					block.AppendChild(img)
				}
			}
			visit(c, depth+1)
		}
	}
	visit(n, 0)
}

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

var (
	motto      = lazyregexp.New(`cong hoa xa hoi chu nghia viet nam`)
	letterNo   = lazyregexp.New(`(?i)số\s*:?\s*(\d*\s*/[\p{L}\d-]+(?:/[\p{L}\d-]+)*)`)
	recipients = lazyregexp.New(`(?i)^\s*nơi nhận\s*:?`)
)
