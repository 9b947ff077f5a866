package docx

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"bantin/internal/importer"
	"bantin/internal/lazyregexp"
)

// listMark is what stands before a paragraph of a list.
type listMark struct {
	level  int
	bullet bool
	words  string // of one that counts; "" where nothing is shown
}

// mark returns the mark of a paragraph, by its own properties or its style's; nil for none.
func (d *document) mark(props *node, st style) *listMark {
	id, ilvl := st.list, st.listLevel
	if own := props.child("numPr"); own != nil {
		if v := own.val("numId"); v != "" {
			id, ilvl = v, "0"
		}
		if v := own.val("ilvl"); v != "" {
			ilvl = v
		}
	}
	l := d.lists[id]
	if l == nil {
		return nil
	}
	level := min(max(number(ilvl), 0), maxLevels-1)
	if props.child("numPr") == nil {
		for i, of := range l.levels {
			if of.style != "" && of.style == st.listOf {
				level = i
			}
		}
	}
	words := l.count(level)
	counts := strings.ContainsFunc(words, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
	return &listMark{level: level, bullet: words != "" && (l.levels[level].format == "bullet" || !counts), words: words}
}

var plainNumber = lazyregexp.New(`^(\d{1,9})[.)]?$`)

// blockList gathers blocks, and makes lists of those that have marks. What Markdown
// cannot count (a), Điều 1., 2.1.) keeps its mark as words.
type blockList struct {
	blocks []*html.Node
	open   []openList
}

type openList struct {
	level int
	node  *html.Node
	next  int // the number of its next item
}

func (b *blockList) add(blocks ...*html.Node) {
	b.open = nil
	b.blocks = append(b.blocks, blocks...)
}

// addMarked adds a paragraph that has a mark, and what hangs on it.
func (b *blockList) addMarked(blocks []*html.Node, m *listMark) {
	if importer.TextOf(blocks[0]) == "" && len(blocks) == 1 && !hasPicture(blocks[0]) {
		return // it counts all the same
	}
	for len(b.open) > 0 && b.open[len(b.open)-1].level > m.level {
		b.open = b.open[:len(b.open)-1]
	}
	if m.words == "" && !m.bullet { // goes on with what stands above
		b.within(blocks)
		return
	}
	start := 0
	if found := plainNumber().FindStringSubmatch(m.words); found != nil {
		start = number(found[1])
	}
	list := b.listFor(m, start)
	if list == nil {
		prefix(blocks[0], m.words)
		b.within(blocks)
		return
	}
	list.AppendChild(importer.Element(atom.Li, blocks...))
}

// within puts blocks into the item that is open, or behind all.
func (b *blockList) within(blocks []*html.Node) {
	if item := b.item(); item != nil {
		for _, n := range blocks {
			item.AppendChild(n)
		}
		return
	}
	b.blocks = append(b.blocks, blocks...)
}

// item returns the last item of the innermost open list.
func (b *blockList) item() *html.Node {
	if len(b.open) == 0 {
		return nil
	}
	return b.open[len(b.open)-1].node.LastChild
}

// listFor returns the list that a mark's item belongs into; nil if Markdown has none
// that would show the mark.
func (b *blockList) listFor(m *listMark, start int) *html.Node {
	kind := atom.Ul
	if !m.bullet {
		kind = atom.Ol
	}
	if last := len(b.open) - 1; last >= 0 && b.open[last].level == m.level {
		if open := &b.open[last]; open.node.DataAtom == kind && (m.bullet || start == open.next) {
			open.next++
			return open.node
		}
		b.open = b.open[:last]
	}
	before := b.last()
	if !m.bullet && (start == 0 || before != nil && before.DataAtom == atom.Ol && start != after(before)) { // Markdown would join the two
		return nil
	}
	list := importer.Element(kind)
	if start > 1 {
		importer.SetAttribute(list, "start", strconv.Itoa(start))
	}
	b.within([]*html.Node{list})
	b.open = append(b.open, openList{m.level, list, start + 1})
	return list
}

// last returns the block that a new one would stand behind.
func (b *blockList) last() *html.Node {
	if item := b.item(); item != nil {
		return item.LastChild
	}
	if len(b.blocks) == 0 {
		return nil
	}
	return b.blocks[len(b.blocks)-1]
}

// after returns the number of the item that a list would have next.
func after(list *html.Node) int {
	n := max(number(importer.Attribute(list, "start")), 1)
	for range list.ChildNodes() {
		n++
	}
	return n
}

func hasPicture(n *html.Node) bool {
	for d := range n.Descendants() {
		if d.DataAtom == atom.Img {
			return true
		}
	}
	return false
}

// prefix puts words before those of a block, in bold if those are.
func prefix(block *html.Node, words string) {
	n := importer.TextNode(words + " ")
	if importer.IsWhole(block, atom.Strong) {
		n = importer.Element(atom.Strong, n)
	}
	block.InsertBefore(n, block.FirstChild)
}
