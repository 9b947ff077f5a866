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
	"slices"
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
		case errors.Is(err, errOther):
			m.Skip(file.Shown, file.ID, importer.Failed, importer.NewNote("other-document"))
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
	main      string            // the name of the part with the text
	parts     map[string]string // names of the other parts, by their kinds
	links     relationships     // of the part that is read
	styles    map[string]style
	look      style                   // of paragraphs that name no style
	lists     map[string]*countedList // by numId
	footnotes map[string]footnote     // by their kind and id: "footnote 2", "endnote 2"
	notes     []*html.Node            // the notes that the text has, in its order
	fields    []field                 // that the run which is read stands in
	margins   []string                // the parts that stand above and below each page
	item      *importer.Item
	inserted  int
	deleted   int
	depth     int
}

// footnote is a note with the relationships of its part.
type footnote struct {
	node  *node
	links relationships
}

// field is what Word computes; it shows what stands behind its instruction.
type field struct {
	instruction string
	link        string // where what it shows leads; "" for nowhere
}

// Parse makes an item of a document.
func Parse(src []byte, file importer.Input, loc *time.Location) (*importer.Item, error) {
	a, err := newArchive(src)
	if err != nil {
		return nil, err
	}
	it := &importer.Item{ID: file.ID, Source: file.Shown, Raw: src}
	d := &document{archive: a, item: it, footnotes: map[string]footnote{}}
	if err := d.read(); err != nil {
		return nil, err
	}
	if _, err := a.entry(d.main); err != nil {
		return nil, errOther
	}
	root, err := a.part(d.main)
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
	if comments, err := a.part(d.parts["comments"]); err == nil {
		n := 0
		if root := comments.child("comments"); root != nil {
			n = len(root.children)
		}
		if n > 0 {
			it.Note("comments", strconv.Itoa(n))
		}
	}
	if words := d.marginWords(); words != "" {
		it.Note("page-margins", fmt.Sprintf("%.200s", words))
	}
	if !letter {
		importer.SetDate(it, r.Stamps, importer.DayFirst, loc)
	}
	return it, nil
}

// marginWords returns what stands above and below each page, numbers of pages left out.
func (d *document) marginWords() string {
	var list []string
	for _, name := range d.margins {
		part, err := d.archive.part(name)
		if err != nil {
			continue
		}
		for _, p := range part.paragraphs() {
			if words := strings.TrimSpace(p.words()); pageNumber().ReplaceAllString(words, "") != "" && !slices.Contains(list, words) {
				list = append(list, words)
			}
		}
	}
	return strings.Join(list, " | ")
}

var pageNumber = lazyregexp.New(`(?i)trang|page|[\s\d/.–-]`)

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
	if err := d.findParts(); err != nil {
		return err
	}
	styles, err := d.archive.part(d.parts["styles"])
	if err != nil {
		return err
	}
	d.styles, d.look = readStyles(styles.child("styles"))
	numbering, err := d.archive.part(d.parts["numbering"])
	if err != nil {
		return err
	}
	d.lists = readNumbering(numbering.child("numbering"))
	for _, kind := range []string{"footnote", "endnote"} {
		name := d.parts[kind+"s"]
		part, err := d.archive.part(name)
		if err != nil {
			return err
		}
		links, _, err := d.archive.relationships(name)
		if err != nil {
			return err
		}
		if root := part.child(kind + "s"); root != nil {
			for _, n := range root.children {
				d.footnotes[kind+" "+n.attrs["id"]] = footnote{n, links}
			}
		}
	}
	return nil
}

// findParts finds the parts, which some programs call other than Word does
// (word/document2.xml).
func (d *document) findParts() error {
	_, kinds, err := d.archive.relationships("")
	if err != nil {
		return err
	}
	d.main = "word/document.xml"
	if name := kinds["officeDocument"]; len(name) > 0 {
		d.main = name[0]
	}
	d.links, kinds, err = d.archive.relationships(d.main)
	d.parts = map[string]string{}
	for _, kind := range []string{"styles", "numbering", "footnotes", "endnotes", "comments"} {
		d.parts[kind] = path.Join(path.Dir(d.main), kind+".xml")
		if name := kinds[kind]; len(name) > 0 {
			d.parts[kind] = name[0]
		}
	}
	d.margins = append(kinds["header"], kinds["footer"]...)
	return err
}

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
				if id = c.attrs["embed"]; id == "" {
					id = c.attrs["link"]
				}
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
	motto       = lazyregexp.New(`(?i)c[ộô]ng\s+h(?:òa|oà)\s+xã\s+hội\s+chủ\s+nghĩa\s+việt\s+nam|độc\s+lập\s*[-–]\s*tự\s+do\s*[-–]\s*hạnh\s+phúc|^đảng\s+cộng\s+sản\s+việt\s+nam$`)
	letterNo    = lazyregexp.New(`(?i)số\s*:?\s*(\d*\s*(?:-\s*\p{L}+)?\s*/[\p{L}\d-]+(?:/[\p{L}\d-]+)*)`)
	placeAndDay = lazyregexp.New(`(?i)(?:\p{Lu}[\p{L} .]{1,60},\s*)?ngày[\s.…]*\d*[\s.…]*tháng[\s.…]*\d*[\s.…]*năm[\s.…]*\d*`)
	about       = lazyregexp.New(`(?i)^\(?(?:v/v|về việc)\s*:?\s*`)
	addressed   = lazyregexp.New(`(?i)^kính gửi`)
	bodyStart   = lazyregexp.New(`(?i)^(?:[uủ][yỷ] ban|ubnd|hđnd|hội|đoàn|đảng [uủ][yỷ]|phòng|sở|trường|trung tâm|công an|ban (?:chỉ|quản|tổ)|văn phòng|liên đoàn|trạm|chi (?:bộ|cục))(?:\s|$)`)
	recipients  = lazyregexp.New(`(?i)^\s*nơi nhận\s*(?:[:.–-]|$)`)
)
