package docx

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"bantin/internal/importer"
	"bantin/internal/lazyregexp"
)

// blocks makes blocks of the paragraphs and tables below n, and lists of the
// paragraphs that are numbered.
func (d *document) blocks(n *node) []*html.Node {
	if d.depth++; d.depth > 40 {
		return nil
	}
	defer func() { d.depth-- }()
	var list blockList
	for _, c := range n.children {
		switch c.name {
		case "p":
			if p, mark := d.paragraph(c); mark != nil {
				list.addMarked(p, mark)
			} else {
				list.add(p...)
			}
		case "tbl":
			list.add(d.table(c))
		case "sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "Choice":
			list.add(d.blocks(c)...)
		case "AlternateContent":
			list.add(d.blocks(c.alternative())...)
		case "altChunk":
			d.item.Note("word-part", c.name)
		}
	}
	return list.blocks
}

// paragraph makes a block of a paragraph, with the boxes that hang on it behind
// it, and returns the mark that it has in a list. That of a heading stands in its words.
func (d *document) paragraph(p *node) (list []*html.Node, mark *listMark) {
	props := p.child("pPr")
	st, known := d.styles[props.val("pStyle")]
	if !known {
		st = d.look
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
	if heading > 0 {
		st.bold = false
	}
	var boxes []*html.Node
	d.fields = nil
	d.runs(p, block, st, &boxes)
	if st.name == "title" && d.item.Title == "" {
		if words := importer.TextOf(block); words != "" {
			d.item.Title = words
		}
	}
	mark = d.mark(props, st)
	if mark != nil && heading > 0 {
		if !mark.bullet && mark.words != "" && importer.TextOf(block) != "" {
			prefix(block, mark.words)
		}
		mark = nil
	}
	return append([]*html.Node{block}, boxes...), mark
}

// runs appends what stands in a paragraph to block.
func (d *document) runs(n *node, block *html.Node, look style, boxes *[]*html.Node) {
	if d.depth++; d.depth > 60 {
		return
	}
	defer func() { d.depth-- }()
	for _, c := range n.children {
		switch c.name {
		case "r":
			d.run(c, block, look, boxes)
		case "hyperlink":
			target := d.links[c.attrs["r:id"]]
			if target == "" {
				d.runs(c, block, look, boxes)
				continue
			}
			a := importer.Element(atom.A)
			importer.SetAttribute(a, "href", target)
			d.runs(c, a, look, boxes)
			block.AppendChild(a)
		case "ins", "moveTo":
			d.inserted++
			d.runs(c, block, look, boxes)
		case "del", "moveFrom":
			d.deleted++
		case "sdt", "sdtContent", "smartTag", "customXml", "dir", "bdo":
			d.runs(c, block, look, boxes)
		case "fldSimple":
			d.fields = append(d.fields, field{link: linkOf(c.attrs["instr"])})
			d.runs(c, block, look, boxes)
			d.endField()
		case "AlternateContent":
			d.runs(c.alternative(), block, look, boxes)
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
func (d *document) run(r *node, block *html.Node, look style, boxes *[]*html.Node) {
	props := r.child("rPr")
	if props.on("vanish") {
		return
	}
	at := d.linked(block)
	wrap := func(a atom.Atom) {
		n := importer.Element(a)
		at.AppendChild(n)
		at = n
	}
	if name := props.val("rStyle"); name != "" {
		look = look.with(d.styles[name])
	}
	if family := fontOf(props); family != "" {
		look.font = family
	}
	if strings.HasPrefix(look.font, ".vn") || strings.HasPrefix(look.font, "vni") {
		wrap(atom.Font)
		importer.SetAttribute(at, "face", look.font)
	}
	if look.bold && props.child("b") == nil || props.on("b") {
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
		case "br", "cr": // of a line, a column or a page
			at.AppendChild(importer.Element(atom.Br))
		case "noBreakHyphen":
			at.AppendChild(importer.TextNode("-"))
		case "sym":
			at.AppendChild(importer.TextNode(symbol(c.attrs["font"], c.attrs["char"])))
		case "fldChar", "instrText":
			d.field(c)
		case "footnoteReference", "endnoteReference":
			key := strings.TrimSuffix(c.name, "Reference") + " " + c.attrs["id"]
			if note, known := d.footnotes[key]; known && len(d.notes) < 5000 {
				delete(d.footnotes, key)
				d.notes = append(d.notes, nil)
				block.AppendChild(importer.TextNode(importer.FootnoteMark(len(d.notes))))
				at := len(d.notes) - 1
				d.notes[at] = d.note(note, boxes)
			}
		case "drawing", "pict", "object":
			d.drawing(c, block, boxes)
		case "ruby":
			for _, words := range c.within("rubyBase") {
				d.runs(words, at, style{}, boxes)
			}
			for _, above := range c.within("rt") {
				at.AppendChild(importer.TextNode(" ("))
				d.runs(above, at, style{}, boxes)
				at.AppendChild(importer.TextNode(")"))
			}
		case "AlternateContent":
			d.content(c.alternative(), at, block, boxes)
		}
	}
}

// note returns what a footnote says, in one paragraph.
func (d *document) note(of footnote, boxes *[]*html.Node) *html.Node {
	words := importer.Element(atom.P)
	links, fields := d.links, d.fields
	d.links, d.fields = of.links, nil
	for _, p := range of.node.paragraphs() {
		if words.FirstChild != nil {
			words.AppendChild(importer.TextNode(" "))
		}
		d.runs(p, words, d.look, boxes)
	}
	d.links, d.fields = links, fields
	return words
}

var hyperlink = lazyregexp.New(`^\s*HYPERLINK\s+"([^"]+)"`)

// linkOf returns where a field with this instruction leads; "" for nowhere.
func linkOf(instruction string) string {
	if m := hyperlink().FindStringSubmatch(instruction); m != nil {
		return m[1]
	}
	return ""
}

// field reads a mark or a piece of the instruction of a field.
func (d *document) field(n *node) {
	last := len(d.fields) - 1
	switch {
	case n.name == "instrText" && last >= 0:
		if f := &d.fields[last]; len(f.instruction) < 10_000 {
			f.instruction += n.text
		}
	case n.attrs["fldCharType"] == "begin":
		if last < maxDepth {
			d.fields = append(d.fields, field{})
		}
	case n.attrs["fldCharType"] == "separate" && last >= 0:
		d.fields[last].link = linkOf(d.fields[last].instruction)
	case n.attrs["fldCharType"] == "end":
		d.endField()
	}
}

func (d *document) endField() {
	if last := len(d.fields) - 1; last >= 0 {
		d.fields = d.fields[:last]
	}
}

// linked returns block, or the link in it that the fields around a run make.
func (d *document) linked(block *html.Node) *html.Node {
	link := ""
	for _, f := range d.fields {
		if f.link != "" {
			link = f.link
		}
	}
	if link == "" || block.DataAtom == atom.A {
		return block
	}
	if before := block.LastChild; before != nil && before.DataAtom == atom.A && importer.Attribute(before, "href") == link {
		return before
	}
	a := importer.Element(atom.A)
	importer.SetAttribute(a, "href", link)
	block.AppendChild(a)
	return a
}
