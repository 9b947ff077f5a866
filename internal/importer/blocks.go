package importer

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"bantin/internal/lazyregexp"
)

// This file makes the flat list of blocks that Clean promises, out of whatever
// stands in one another.

// figure makes a figure of n, which holds pictures and perhaps a caption.
func (c *cleaner) figure(n *html.Node) {
	pictures := images(n)
	if len(pictures) == 0 {
		if n.DataAtom == atom.Figure {
			rename(n, atom.Div) // a table or a quotation in a figure
		}
		return
	}
	caption := TextOf(n)
	for i, img := range pictures {
		remove(img)
		own := ""
		if i == len(pictures)-1 {
			own = caption
		}
		n.Parent.InsertBefore(newFigure(img, own), n)
	}
	remove(n)
}

// maxCaption is how many characters a caption has at most.
const maxCaption = 250

// newFigure returns the figure of a picture. Its caption stands as its title.
func newFigure(img *html.Node, caption string) *html.Node {
	if caption != "" {
		SetAttribute(img, "title", caption)
	}
	return Element(atom.Figure, img)
}

var blockAtoms = map[atom.Atom]bool{
	atom.P: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Ul: true, atom.Ol: true, atom.Dl: true,
	atom.Table: true, atom.Blockquote: true, atom.Pre: true, atom.Hr: true, atom.Figure: true, atom.Div: true, atom.Section: true, atom.Article: true,
	atom.Main: true, atom.Center: true, atom.Header: true, atom.Footer: true, atom.Aside: true, atom.Body: true, atom.Html: true, atom.Li: true,
	atom.Dt: true, atom.Dd: true, atom.Td: true, atom.Th: true, atom.Tr: true, atom.Tbody: true, atom.Thead: true, atom.Tfoot: true, atom.Caption: true,
	atom.Figcaption: true, atom.Details: true, atom.Summary: true, atom.Hgroup: true, atom.Dir: true, atom.Menu: true, atom.Col: true, atom.Colgroup: true,
}

func isBlock(n *html.Node) bool { return n.Type == html.ElementNode && blockAtoms[n.DataAtom] }

func hasBlock(n *html.Node) bool {
	for d := range n.Descendants() {
		if isBlock(d) {
			return true
		}
	}
	return false
}

// blocks returns what n holds as a flat list of blocks, taken out of the tree.
func (c *cleaner) blocks(n *html.Node) (list []*html.Node) {
	var run []*html.Node // inline nodes, waiting to become a paragraph
	flush := func() {
		list = append(list, paragraphs(run)...)
		run = nil
	}
	for n.FirstChild != nil {
		child := n.FirstChild
		n.RemoveChild(child)
		switch {
		case !isBlock(child) && !hasBlock(child):
			run = append(run, child)
		case !isBlock(child): // <a><div>…</div></a>, <b><p>…</p></b>
			flush()
			list = append(list, c.blocks(child)...)
		default:
			flush()
			list = append(list, c.block(child)...)
		}
	}
	flush()
	return list
}

// block returns a block, without what does not belong into it.
func (c *cleaner) block(n *html.Node) []*html.Node {
	switch n.DataAtom {
	case atom.Ul, atom.Ol, atom.Dir, atom.Menu:
		return c.list(n)
	case atom.Blockquote:
		c.within(n)
		rename(n, atom.Blockquote)
		return []*html.Node{n}
	case atom.Dl:
		return c.definitions(n)
	case atom.Table:
		rename(n, atom.Table)
		for i, row := range cellsOf(n) {
			for _, cell := range row {
				c.within(cell)
				rename(cell, cell.DataAtom, "colspan", "rowspan")
				if i == 0 { // a head is bold by itself
					c.plain(cell, atom.Strong)
				}
			}
		}
		return []*html.Node{n}
	case atom.Pre:
		rename(n, atom.Pre)
		return []*html.Node{n}
	case atom.Hr:
		rename(n, atom.Hr)
		return []*html.Node{n}
	case atom.Figure:
		return []*html.Node{n}
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		if hasBlock(n) {
			break
		}
		level := n.DataAtom
		var out []*html.Node
		for _, p := range c.blocks(n) {
			if p.DataAtom == atom.P {
				rename(p, level)
			}
			out = append(out, p)
		}
		return out
	}
	centered := strings.Contains(strings.ToLower(Attribute(n, "style")), "center") || Attribute(n, "align") == "center" || n.DataAtom == atom.Center
	class := Attribute(n, "class")
	out := c.blocks(n)
	for _, b := range out {
		if centered {
			SetAttribute(b, "data-center", "1")
		}
		if class != "" && Attribute(b, "data-class") == "" {
			SetAttribute(b, "data-class", class)
		}
	}
	return out
}

// list returns a list whose children are items, nothing if it has none.
func (c *cleaner) list(n *html.Node) []*html.Node {
	format := listFormat(n)
	if n.DataAtom != atom.Ol {
		rename(n, atom.Ul)
	} else {
		rename(n, atom.Ol, "start")
	}
	for child := n.FirstChild; child != nil; {
		next := child.NextSibling
		switch {
		case child.DataAtom == atom.Li:
			c.within(child)
			rename(child, atom.Li)
		case child.Type == html.TextNode && strings.TrimSpace(child.Data) == "":
			n.RemoveChild(child)
		default: // a list right in a list belongs to the item before it
			n.RemoveChild(child)
			if item := lastItem(n, next); item != nil {
				for _, b := range c.blocks(Element(atom.Div, child)) {
					item.AppendChild(b)
				}
			} else {
				item := Element(atom.Li, child)
				c.within(item)
				n.InsertBefore(item, next)
			}
		}
		child = next
	}
	if n.FirstChild == nil {
		return nil
	}
	if format != "" {
		return lettered(n, format)
	}
	return []*html.Node{n}
}

var listStyle = lazyregexp.New(`(?i)list-style(?:-type)?\s*:\s*[^;]*\b(lower|upper)-(alpha|latin|roman)\b`)

// listFormat tells how a list counts that Markdown cannot count: as Numeral calls it, "" for others.
func listFormat(n *html.Node) string {
	if n.DataAtom != atom.Ol {
		return ""
	}
	if m := listStyle().FindStringSubmatch(Attribute(n, "style")); m != nil {
		if strings.EqualFold(m[2], "roman") {
			return strings.ToLower(m[1]) + "Roman"
		}
		return strings.ToLower(m[1]) + "Letter"
	}
	return map[string]string{"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}[Attribute(n, "type")]
}

// lettered makes paragraphs of a list that counts in letters or Roman numerals, and
// words of its marks: others may name them.
func lettered(list *html.Node, format string) (blocks []*html.Node) {
	at := 1
	if start, err := strconv.Atoi(Attribute(list, "start")); err == nil {
		at = start
	}
	for list.FirstChild != nil {
		item := list.FirstChild
		list.RemoveChild(item)
		if item.DataAtom != atom.Li {
			continue
		}
		mark := TextNode(Numeral(format, at) + ". ")
		at++
		first := item.FirstChild
		if first == nil || first.DataAtom != atom.P {
			item.InsertBefore(mark, first)
		} else {
			first.InsertBefore(mark, first.FirstChild)
		}
		blocks = append(blocks, flat(item)...)
	}
	return blocks
}

// flat returns what an item holds as blocks.
func flat(item *html.Node) (blocks []*html.Node) {
	var run []*html.Node
	for item.FirstChild != nil {
		child := item.FirstChild
		item.RemoveChild(child)
		if !isBlock(child) {
			run = append(run, child)
			continue
		}
		blocks = append(append(blocks, paragraphs(run)...), child)
		run = nil
	}
	return append(blocks, paragraphs(run)...)
}

// Numeral writes a number as lists count (ECMA-376, part 1, section 17.18.59).
func Numeral(format string, n int) string {
	if n <= 0 || n > 700 {
		return strconv.Itoa(n)
	}
	switch format {
	case "none":
		return ""
	case "lowerLetter", "upperLetter": // …, y, z, aa, bb
		s := strings.Repeat(string(rune('a'+(n-1)%26)), (n-1)/26+1)
		if format == "upperLetter" {
			s = strings.ToUpper(s)
		}
		return s
	case "lowerRoman", "upperRoman":
		var b strings.Builder
		for i, value := range []int{500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1} {
			for ; n >= value; n -= value {
				b.WriteString([]string{"D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"}[i])
			}
		}
		if format == "lowerRoman" {
			return strings.ToLower(b.String())
		}
		return b.String()
	}
	return strconv.Itoa(n)
}

func lastItem(list, before *html.Node) *html.Node {
	at := list.LastChild
	if before != nil {
		at = before.PrevSibling
	}
	for at != nil && at.DataAtom != atom.Li {
		at = at.PrevSibling
	}
	return at
}

// within cleans what a cell, an item or a quotation holds. A lone paragraph
// loses its wrapping.
func (c *cleaner) within(n *html.Node) {
	blocks := c.blocks(n)
	for _, b := range blocks {
		if b.DataAtom == atom.P && len(blocks) == 1 && n.DataAtom != atom.Blockquote {
			MoveChildren(b, n)
			return
		}
		n.AppendChild(b)
	}
}

// definitions makes paragraphs of a list of terms: the term bold, what it means
// behind it.
func (c *cleaner) definitions(n *html.Node) (list []*html.Node) {
	for _, d := range all(n) {
		if d.DataAtom == atom.Dt && !hasBlock(d) {
			wrapChildren(d, atom.Strong)
		}
		if d.DataAtom == atom.Dt || d.DataAtom == atom.Dd {
			rename(d, atom.Div)
		}
	}
	rename(n, atom.Div)
	return c.blocks(n)
}

// paragraphs makes blocks of a run of inline nodes: a paragraph for what stands
// between two line breaks in a row, a figure for a picture that stands alone
// between breaks.
func paragraphs(run []*html.Node) (list []*html.Node) {
	var p *html.Node
	breaks := 0
	end := func() {
		if p != nil {
			list = append(list, figuresOf(p)...)
		}
		p, breaks = nil, 0
	}
	longLines := breaksBetweenLines(run)
	for _, n := range run {
		if n.DataAtom == atom.Br {
			if breaks++; breaks >= 2 || longLines {
				end()
			}
			continue
		}
		if n.Type == html.TextNode && strings.TrimSpace(strings.ReplaceAll(n.Data, "\u00a0", " ")) == "" && (p == nil || breaks > 0) {
			continue
		}
		if p == nil {
			p = Element(atom.P)
		} else if breaks == 1 {
			p.AppendChild(Element(atom.Br))
		}
		breaks = 0
		p.AppendChild(n)
	}
	end()
	return list
}

// breaksBetweenLines tells whether single line breaks part paragraphs: most
// lines between them are longer than a line of verse or of an address.
func breaksBetweenLines(run []*html.Node) bool {
	lines, long, length := 1, 0, 0
	for _, n := range run {
		if n.DataAtom == atom.Br {
			if length > 90 {
				long++
			}
			if length > 0 {
				lines++
			}
			length = 0
			continue
		}
		length += utf8.RuneCountInString(TextOf(n))
	}
	if length > 90 {
		long++
	}
	return long >= 2 && 2*long >= lines
}

// figuresOf splits the pictures off that begin or end a paragraph; what is left
// beside them may be their caption.
func figuresOf(p *html.Node) (list []*html.Node) {
	pictures := images(p)
	if len(pictures) == 0 {
		return []*html.Node{p}
	}
	var before []*html.Node
	for _, img := range pictures {
		link := img.Parent
		remove(img)
		if link != nil && link != p && link.DataAtom == atom.A && strings.TrimSpace(TextOf(link)) == "" {
			if href := Attribute(link, "href"); isPictureName(href) {
				SetAttribute(img, "data-full", href)
			}
			remove(link)
		}
		before = append(before, newFigure(img, ""))
	}
	if strings.TrimSpace(TextOf(p)) == "" {
		return before
	}
	return append(before, p)
}

var pictureName = lazyregexp.New(`(?i)\.(?:jpe?g|png|gif|webp|svg)(?:[?#].*)?$`)

func isPictureName(ref string) bool { return pictureName().MatchString(ref) }
