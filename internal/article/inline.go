package article

import (
	"bytes"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// literalStars is the parser of emphasis that leaves stars beside digits within
// a word as they are: 5*3*2, 2*x.
type literalStars struct{ parser.InlineParser }

func (p literalStars) Parse(parent node, r text.Reader, pc parser.Context) node {
	line, at := r.PeekLine()
	if n := runOf(line); line[0] == '*' && n < len(line) && multiplies(n, r.PrecendingCharacter(), line[n:]) {
		r.Advance(n)
		return ast.NewTextSegment(at.WithStop(at.Start + n))
	}
	return p.InlineParser.Parse(parent, r, pc)
}

// multiplies tells whether a run of stars between before and after is no mark but
// a sign: both are digits; or it is one star, and the other is a letter.
func multiplies(stars int, before rune, after []byte) bool {
	next, _ := utf8.DecodeRune(after)
	if stars > 1 {
		return isDigitRune(before) && isDigitRune(next)
	}
	return isDigitRune(before) && isWordRune(next) || isDigitRune(next) && isWordRune(before)
}

// twoTildes is the parser of strikethrough that wants ~~: goldmark's takes one,
// which Vietnamese writes for "about" and for "to", as in 10~20.
type twoTildes struct{ parser.InlineParser }

func (p twoTildes) Parse(parent node, r text.Reader, pc parser.Context) node {
	if line, _ := r.PeekLine(); runOf(line) == 1 {
		return nil
	}
	return p.InlineParser.Parse(parent, r, pc)
}

// runOf returns how often line begins with its first character.
func runOf(line []byte) int {
	n := 1
	for n < len(line) && line[n] == line[0] {
		n++
	}
	return n
}

func isDigit(c byte) bool     { return c >= '0' && c <= '9' }
func isDigitRune(r rune) bool { return r >= '0' && r <= '9' }

// highlight is what stands between == and ==.
type highlight struct{ ast.BaseInline }

var kindHighlight = ast.NewNodeKind("Highlight")

func (n *highlight) Kind() ast.NodeKind { return kindHighlight }

func (n *highlight) Inline() {}

func (n *highlight) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }

// highlights is the parser of ==words==.
type highlights struct{}

func (highlights) Trigger() []byte { return []byte{'='} }

func (highlights) Parse(_ node, r text.Reader, pc parser.Context) node {
	line, at := r.PeekLine()
	if runOf(line) != 2 || r.PrecendingCharacter() == '=' {
		return nil
	}
	d := parser.ScanDelimiter(line, r.PrecendingCharacter(), 2, highlightDelimiters{})
	d.Segment = at.WithStop(at.Start + d.OriginalLength)
	r.Advance(d.OriginalLength)
	pc.PushDelimiter(d)
	return d
}

type highlightDelimiters struct{}

func (highlightDelimiters) IsDelimiter(b byte) bool { return b == '=' }

func (highlightDelimiters) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}

func (highlightDelimiters) OnMatch(int) node { return new(highlight) }

func (r textRenderer) highlight(w util.BufWriter, _ []byte, _ node, entering bool) (ast.WalkStatus, error) {
	if entering {
		writeAll(w, "<mark>")
	} else {
		writeAll(w, "</mark>")
	}
	return ast.WalkContinue, nil
}

// isInlineTag tells the elements of HTML that carry meaning within a line and
// are let through: without them 12<br>345 reads 12345, and 10<sup>6</sup> 106.
func isInlineTag(name string) bool {
	switch name {
	case "br", "sup", "sub", "del", "ins", "s", "u", "mark", "kbd", "small", "abbr":
		return true
	}
	return false
}

// htmlBlocks is the parser of blocks of HTML that leaves lines which begin with
// a tag that stands in lines, or with none, to the parser of paragraphs: what is no
// block ends with its paragraph, and not with the text.
type htmlBlocks struct{ parser.BlockParser }

func (p htmlBlocks) Open(parent node, r text.Reader, pc parser.Context) (node, parser.State) {
	line, _ := r.PeekLine()
	line = bytes.TrimLeft(line, " ")
	if isInlineTag(tagName(line)) || isWords(line) || bytes.HasPrefix(line, []byte("<?")) || wordTagAt(line) > 0 {
		return nil, parser.NoChildren
	}
	return p.BlockParser.Open(parent, r, pc)
}

// yearless is the parser of lists that makes none of a line which begins with a year,
// or a larger number: 2026. Năm bản lề. Its number would be cut off on a phone, and
// be in no standfirst and no search.
type yearless struct{ parser.BlockParser }

func (p yearless) Open(parent node, r text.Reader, pc parser.Context) (node, parser.State) {
	if line, _ := r.PeekLine(); len(line) > 4 {
		words := util.TrimLeftSpace(line)
		digits := 0
		for digits < len(words) && isDigit(words[digits]) {
			digits++
		}
		if digits > maxListDigits {
			return nil, parser.NoChildren
		}
	}
	return p.BlockParser.Open(parent, r, pc)
}

// maxListDigits is how many digits the first number of a list has at most.
const maxListDigits = 3

// letThrough replaces a tag that is let through by itself without its attributes.
// It returns false for one that has no partner beside it: that would reach
// over the end of its paragraph.
func (x *transform) letThrough(n *ast.RawHTML, raw []byte, name string) bool {
	isEnd := bytes.HasPrefix(raw, []byte("</"))
	if name == "br" && isEnd || name != "br" && !x.isPaired(n) {
		return false
	}
	var tag []byte
	if isEnd {
		tag = append(append(append(tag, "</"...), name...), '>')
	} else {
		tag = append(append(tag, '<'), name...)
		if title := attributeOf(raw, "title"); title != "" && name != "br" {
			tag = append(append(append(tag, ` title="`...), escape(title)...), '"')
		}
		tag = append(tag, '>')
	}
	kept := ast.NewString(tag)
	kept.SetCode(true)
	n.Parent().ReplaceChild(n.Parent(), n, kept)
	return true
}

// isPaired tells whether the tag n and another one among its siblings open and
// close one element that holds what stands between them.
func (x *transform) isPaired(n *ast.RawHTML) bool {
	if x.paired == nil {
		x.paired, x.pairedIn = map[node]bool{}, map[node]bool{}
	}
	if !x.pairedIn[n.Parent()] {
		x.pairedIn[n.Parent()] = true
		x.pairTags(n)
	}
	return x.paired[n]
}

// pairTags pairs the tags from n on.
func (x *transform) pairTags(n node) {
	var open []node
	var names []string
	count := map[string]int{}
	for ; n != nil; n = n.NextSibling() {
		tag, ok := n.(*ast.RawHTML)
		if !ok {
			continue
		}
		raw := joinLines(x.src, tag.Segments)
		name := tagName(raw)
		switch {
		case name == "br" || !isInlineTag(name):
		case !bytes.HasPrefix(raw, []byte("</")):
			open, names = append(open, n), append(names, name)
			count[name]++
		case count[name] > 0:
			for { // what was opened in it stays open, and so is left out
				last := len(open) - 1
				top, its := open[last], names[last]
				open, names = open[:last], names[:last]
				count[its]--
				if its == name {
					x.paired[top], x.paired[n] = true, true
					break
				}
			}
		}
	}
}

// attributeOf returns the value of an attribute of the tag that raw is.
func attributeOf(raw []byte, key string) string {
	for _, a := range attributesOf(raw) {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// partsWords tells whether the words on both sides of n would join without it.
func partsWords(src []byte, n node) bool {
	before, after := n.PreviousSibling(), n.NextSibling()
	for after != nil && after.Kind() == ast.KindRawHTML {
		after = after.NextSibling()
	}
	return isWordRune(edge(src, before, false)) && isWordRune(edge(src, after, true))
}

// edge returns the first, or the last, character of a node within a line.
func edge(src []byte, n node, first bool) rune {
	var words []byte
	switch n := n.(type) {
	case nil:
		return ' '
	case *ast.Text:
		if !first && (n.SoftLineBreak() || n.HardLineBreak()) {
			return ' '
		}
		words = n.Segment.Value(src)
	case *ast.String:
		words = n.Value
	case *ast.AutoLink:
		words = n.Label(src)
	case *abbreviation:
		words = []byte(n.term.Short)
	default:
		if first {
			return edge(src, n.FirstChild(), first)
		}
		return edge(src, n.LastChild(), first)
	}
	var r rune
	if first {
		r, _ = utf8.DecodeRune(words)
	} else {
		r, _ = utf8.DecodeLastRune(words)
	}
	return r
}
