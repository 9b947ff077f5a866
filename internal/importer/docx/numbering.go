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

// maxLevels is how many levels a list of Word has, and maxMark how many bytes the text
// of a level takes at most: each paragraph of the list repeats it.
const (
	maxLevels = 9
	maxMark   = 1 << 10
)

// abstractList is what lists have in common: they go on counting where another one of
// it has stopped.
type abstractList struct {
	levels [maxLevels]listLevel
	style  string          // that says how it looks; "" if it does itself
	counts *[maxLevels]int // the number that was shown last; nil until one was
}

type countedList struct {
	of       *abstractList
	levels   *[maxLevels]listLevel // its own, or those of the abstract list
	restarts [maxLevels]bool       // levels that begin anew where the list is first met
	met      bool
}

type listLevel struct {
	format string // bullet, decimal, lowerLetter
	text   string // with %1 for the number of the first level: "Điều %1."
	style  string // of paragraphs that stand on this level without saying so
	start  int
	legal  bool // all numbers are shown as decimal
}

// readLevel reads a level. Programs that do not say what stands there mean the usual mark.
func readLevel(n *node) listLevel {
	l := listLevel{format: n.val("numFmt"), text: n.val("lvlText"), style: n.val("pStyle"), start: max(number(n.val("start")), 0), legal: n.on("isLgl")}
	if n.child("start") == nil {
		l.start = 1
	}
	switch {
	case n.child("lvlText") != nil && len(l.text) <= maxMark, l.format == "none":
	case l.format == "bullet":
		l.text = "•"
	default:
		l.text = "%" + strconv.Itoa(number(n.attrs["ilvl"])+1) + "."
	}
	return l
}

// readAbstract reads an abstract list.
func readAbstract(n *node) *abstractList {
	l := &abstractList{style: n.val("numStyleLink")}
	for _, level := range n.children {
		if i := number(level.attrs["ilvl"]); level.name == "lvl" && i >= 0 && i < maxLevels {
			l.levels[i] = readLevel(level)
		}
	}
	return l
}

// readNumbering reads how the lists of a document count, by their numId (ECMA-376,
// part 1, section 17.9).
func readNumbering(root *node) map[string]*countedList {
	lists := map[string]*countedList{}
	if root == nil {
		return lists
	}
	abstract, ofStyle := map[string]*abstractList{}, map[string]*abstractList{}
	for _, n := range root.children {
		if n.name != "abstractNum" {
			continue
		}
		l := readAbstract(n)
		abstract[n.attrs["abstractNumId"]] = l
		if name := n.val("styleLink"); name != "" {
			ofStyle[name] = l
		}
	}
	for _, n := range root.children {
		of := abstract[n.val("abstractNumId")]
		if n.name != "num" || of == nil {
			continue
		}
		if linked := ofStyle[of.style]; linked != nil {
			of = linked
		}
		l := &countedList{of: of, levels: &of.levels}
		for _, change := range n.children {
			if i := number(change.attrs["ilvl"]); change.name == "lvlOverride" && i >= 0 && i < maxLevels {
				l.override(i, change)
			}
		}
		lists[n.attrs["numId"]] = l
	}
	return lists
}

// override changes a level for a list alone.
func (l *countedList) override(i int, change *node) {
	if l.levels == &l.of.levels {
		own := l.of.levels
		l.levels = &own
	}
	if level := change.child("lvl"); level != nil {
		l.levels[i] = readLevel(level)
	}
	if start := number(change.val("startOverride")); start >= 0 {
		l.levels[i].start, l.restarts[i] = start, true
	}
}

// count returns the mark that the next paragraph of a list has on a level.
func (l *countedList) count(level int) string {
	counts := l.of.counts
	if counts == nil {
		counts = &[maxLevels]int{}
		l.of.counts = counts
		for i := range counts {
			counts[i] = l.levels[i].start - 1
		}
	}
	for i, restart := range l.restarts {
		if restart && !l.met {
			counts[i] = l.levels[i].start - 1
		}
	}
	l.met = true
	counts[level]++
	for i := level + 1; i < maxLevels; i++ {
		counts[i] = l.levels[i].start - 1
	}
	mark := l.levels[level].text
	for i := range maxLevels {
		format := l.levels[i].format
		if l.levels[level].legal {
			format = ""
		}
		if place := "%" + strconv.Itoa(i+1); strings.Contains(mark, place) {
			mark = strings.ReplaceAll(mark, place, importer.Numeral(format, max(counts[i], l.levels[i].start)))
		}
	}
	return strings.TrimSpace(mark)
}

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
