package importer

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"bantin/internal/lazyregexp"
	"bantin/internal/vietnamese"
)

// maxHTML is how many bytes of HTML are parsed of one source: more than any
// article, little enough that a hostile one costs seconds.
const maxHTML = 16 << 20

// errTooLarge says that a source is larger than any article.
var errTooLarge = errors.New("larger than any article")

// ParseHTML parses a document or a piece of one. What browsers would show of
// broken markup is what it gives.
func ParseHTML(src string) (*html.Node, error) {
	if len(src) > maxHTML {
		return nil, errTooLarge
	}
	doc, err := html.Parse(strings.NewReader(src))
	if err != nil {
		return nil, fmt.Errorf("parse HTML: %w", err)
	}
	return doc, nil
}

// Clean takes from a tree of HTML what is not text: scripts, styles, forms, the
// layout. It reads fonts of old encodings before their names are gone. What is left below the
// returned element is a flat list of blocks: p, h2 to h6, ul, ol, table,
// blockquote, pre, hr, dl and figure, the last with one img whose title is its
// caption. The notes tell what a reader of the source would miss.
func Clean(root *html.Node) (*html.Node, []Note) {
	var c cleaner
	for _, e := range convertFonts(root) {
		c.note("old-letters", string(e))
	}
	c.drop(root)
	c.wordLists(root)
	c.style(root)
	c.pictures(root)
	c.tables(root)
	body := Element(atom.Div)
	for _, b := range c.blocks(root) {
		body.AppendChild(b)
	}
	c.trim(body)
	c.bold(body)
	levels(body)
	return body, c.notes
}

// cleaner gathers what has to be told of what is taken away.
type cleaner struct{ notes []Note }

func (c *cleaner) note(code string, args ...string) {
	n := NewNote(code, args...)
	if !slices.ContainsFunc(c.notes, n.equals) {
		c.notes = append(c.notes, n)
	}
}

// oneLine returns text in NFC with single spaces, without what nobody sees.
func oneLine(s string) string {
	return strings.Join(strings.Fields(vietnamese.Visible(vietnamese.NFC(strings.Map(noControls, s)))), " ")
}

// noControls leaves out the control characters, which no article may hold.
func noControls(r rune) rune {
	switch {
	case r == '\n' || r == '\t' || r == '\r':
		return ' '
	case unicode.IsControl(r) || r == utf8.RuneError || unicode.Is(unicode.Co, r) || r == 0xFFFE || r == 0xFFFF:
		return -1
	}
	return r
}

var dropped = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Template: true, atom.Noscript: true, atom.Head: true, atom.Link: true, atom.Meta: true, atom.Title: true,
	atom.Object: true, atom.Embed: true, atom.Applet: true, atom.Input: true, atom.Button: true, atom.Select: true, atom.Textarea: true,
	atom.Svg: true, atom.Canvas: true, atom.Map: true, atom.Nav: true, atom.Noframes: true, atom.Frameset: true, atom.Dialog: true, atom.Base: true,
}

var hiddenStyle = lazyregexp.New(`(?i)display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all`)

// drop removes what no reader sees, and turns films and sounds into links.
func (c *cleaner) drop(root *html.Node) {
	for _, n := range all(root) {
		switch {
		case n.Type == html.CommentNode, n.Type == html.DoctypeNode, n.Type == html.ElementNode && dropped[n.DataAtom]:
			if n.DataAtom == atom.Object || n.DataAtom == atom.Embed {
				c.film(n)
			}
			remove(n)
		case n.Type != html.ElementNode:
		case hiddenStyle().MatchString(Attribute(n, "style")), n.DataAtom != atom.A && hasAttribute(n, "hidden"):
			remove(n)
		case n.DataAtom == atom.Iframe, n.DataAtom == atom.Video, n.DataAtom == atom.Audio, n.DataAtom == atom.Frame:
			c.film(n)
			remove(n)
		case n.Data == "annotation" || n.Data == "annotation-xml": // of a formula, once more
			remove(n)
		case n.DataAtom == atom.Form, n.DataAtom == atom.Label, n.DataAtom == atom.Fieldset:
			unwrap(n)
		}
	}
}

var youtube = lazyregexp.New(`(?i)(?:youtube(?:-nocookie)?\.com/(?:embed/|v/|watch\?v=)|youtu\.be/)([\w-]{6,20})`)

// film puts a link in the place of a film or of a frame.
func (c *cleaner) film(n *html.Node) {
	src := Attribute(n, "src")
	for d := range n.Descendants() {
		if src == "" && (d.DataAtom == atom.Source || d.DataAtom == atom.Embed) {
			src = Attribute(d, "src")
		}
	}
	if src == "" {
		src = Attribute(n, "data")
	}
	if m := youtube().FindStringSubmatch(src); m != nil {
		src = "https://www.youtube.com/watch?v=" + m[1]
	}
	if strings.HasPrefix(src, "//") {
		src = "https:" + src
	}
	if src == "" || n.Parent == nil || strings.HasPrefix(src, "about:") {
		return
	}
	c.note("embedded", src)
	link := Element(atom.A, TextNode(src))
	SetAttribute(link, "href", src)
	n.Parent.InsertBefore(Element(atom.P, link), n)
}

var (
	wordList  = lazyregexp.New(`(?i)mso-list\s*:\s*l\d+\s+level(\d+)`)
	wordMark  = lazyregexp.New(`(?i)mso-list\s*:\s*ignore`)
	isOrdered = lazyregexp.New(`\d|\p{L}\s*[.)/:]$`)
	isNumber  = lazyregexp.New(`^(\d{1,9})[.)]?$`)
)

// wordLists makes lists of Word's paragraphs that only look like items.
func (c *cleaner) wordLists(root *html.Node) {
	var open []*html.Node // the lists that are open, one in another
	var last *html.Node   // the item paragraph that the innermost ends with
	base := 0             // the level of marks that stand as words outside of all lists
	for _, n := range all(root) {
		if n.Type != html.ElementNode || n.DataAtom != atom.P || n.Parent == nil {
			continue
		}
		m := wordList().FindStringSubmatch(Attribute(n, "style"))
		if m == nil {
			open, last, base = nil, nil, 0
			continue
		}
		deep, _ := strconv.Atoi(m[1])
		level := min(max(deep-base, 1), 6)
		mark := ""
		for _, d := range all(n) {
			if d.Type == html.ElementNode && wordMark().MatchString(Attribute(d, "style")) {
				mark = TextOf(d)
				remove(d)
				break
			}
		}
		if last == nil || !follows(open, n) {
			open = nil
		}
		kind, start := atom.Ul, ""
		if isOrdered().MatchString(mark) {
			found := isNumber().FindStringSubmatch(mark)
			if found == nil {
				if open, last = marked(n, mark, open[:min(len(open), level-1)]); last == nil {
					base = deep
				}
				continue
			}
			kind, start = atom.Ol, found[1]
		}
		for len(open) > level {
			open = open[:len(open)-1]
		}
		item := Element(atom.Li)
		if len(open) == 0 {
			list := Element(kind)
			if kind == atom.Ol && start != "1" {
				SetAttribute(list, "start", start)
			}
			n.Parent.InsertBefore(list, n)
			open = append(open, list)
		}
		for len(open) < level {
			list := Element(kind)
			outer := open[len(open)-1]
			if outer.LastChild == nil {
				outer.AppendChild(Element(atom.Li))
			}
			outer.LastChild.AppendChild(list)
			open = append(open, list)
		}
		remove(n)
		MoveChildren(n, item)
		open[len(open)-1].AppendChild(item)
		last = item
	}
}

// marked makes words of a mark that Markdown cannot count (a), Điều 1., 2.1.), and puts
// the paragraph that has it into the item of the lists which are open around it. It
// returns those, and the item.
func marked(n *html.Node, mark string, open []*html.Node) (around []*html.Node, item *html.Node) {
	n.InsertBefore(TextNode(mark+" "), n.FirstChild)
	if len(open) == 0 {
		return nil, nil
	}
	item = open[len(open)-1].LastChild
	remove(n)
	item.AppendChild(n)
	return open, item
}

// follows tells whether n comes right behind the outermost of the open lists.
func follows(open []*html.Node, n *html.Node) bool {
	if len(open) == 0 {
		return false
	}
	at := n.PrevSibling
	for at != nil && at.Type == html.TextNode && strings.TrimSpace(at.Data) == "" {
		at = at.PrevSibling
	}
	return at == open[0]
}

var (
	boldStyle   = lazyregexp.New(`(?i)font-weight\s*:\s*(?:bold|bolder|[6-9]00)`)
	thinStyle   = lazyregexp.New(`(?i)font-weight\s*:\s*(?:normal|[1-4]00)`)
	italicStyle = lazyregexp.New(`(?i)font-style\s*:\s*(?:italic|oblique)`)
	struckStyle = lazyregexp.New(`(?i)text-decoration[\w-]*\s*:\s*[^;]*line-through`)
)

// style makes of looks what Markdown can say, and drops the rest.
func (c *cleaner) style(root *html.Node) {
	for _, n := range slices.Backward(all(root)) {
		if n.Type != html.ElementNode || n.Parent == nil {
			continue
		}
		style := Attribute(n, "style")
		switch n.DataAtom {
		case atom.B:
			rename(n, atom.Strong)
			if thinStyle().MatchString(style) { // Google Docs wraps all it copies in <b style="font-weight:normal">
				unwrap(n)
			}
		case atom.I, atom.Cite, atom.Dfn, atom.Address:
			rename(n, atom.Em)
		case atom.Strike, atom.S:
			rename(n, atom.Del)
		case atom.Strong, atom.Em, atom.Del, atom.Sub, atom.Sup, atom.Code:
			rename(n, n.DataAtom)
		case atom.Kbd, atom.Mark, atom.Q:
			unwrap(n)
		case atom.Font, atom.Span, atom.U, atom.Ins, atom.Big, atom.Small, atom.Tt, atom.Abbr, atom.Acronym, atom.Time, atom.Bdi, atom.Bdo, atom.Wbr, atom.Data, atom.Label, atom.Samp, atom.Var, atom.Picture:
			c.emphasize(n, style)
			unwrap(n)
		case atom.A:
			if !hasAttribute(n, "href") {
				unwrap(n)
			}
		case atom.P, atom.Div, atom.Center:
			if isShort(n) {
				c.emphasize(n, style)
			}
		case 0:
			unwrap(n) // o:p, st1:place, v:shape, and what else there may be
		}
	}
	// Bold in bold, and bold beside bold, is bold once.
	for _, n := range all(root) {
		if n.DataAtom != atom.Strong && n.DataAtom != atom.Em {
			continue
		}
		for p := n.Parent; p != nil; p = p.Parent {
			if p.DataAtom == n.DataAtom {
				unwrap(n)
				break
			}
		}
		for n.Parent != nil && n.NextSibling != nil && n.NextSibling.DataAtom == n.DataAtom {
			next := n.NextSibling
			MoveChildren(next, n)
			remove(next)
		}
	}
}

func isShort(n *html.Node) bool {
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if isBlock(child) {
			return false
		}
	}
	return true
}

// emphasize wraps the children of n in what its style asks for.
func (c *cleaner) emphasize(n *html.Node, style string) {
	if style == "" || strings.TrimSpace(TextOf(n)) == "" || !isShort(n) {
		return
	}
	if italicStyle().MatchString(style) {
		wrapChildren(n, atom.Em)
	}
	if boldStyle().MatchString(style) {
		wrapChildren(n, atom.Strong)
	}
	if struckStyle().MatchString(style) {
		wrapChildren(n, atom.Del)
	}
}

// pictures gives each img its true address, where a page loads it late, and
// makes captions of WordPress, HTML and old editors its title.
func (c *cleaner) pictures(root *html.Node) {
	for _, n := range all(root) {
		if n.Type != html.ElementNode || n.DataAtom != atom.Img {
			continue
		}
		src := Attribute(n, "src")
		for _, late := range []string{"data-src", "data-original", "data-lazy-src", "data-large-file"} {
			if v := Attribute(n, late); v != "" && !strings.HasPrefix(v, "data:") && (src == "" || strings.HasPrefix(src, "data:") || late != "data-large-file") {
				src = v
				break
			}
		}
		if src == "" || Attribute(n, "width") == "1" || Attribute(n, "height") == "1" {
			remove(n)
			continue
		}
		alt := oneLine(Attribute(n, "alt"))
		if isFileName(alt) {
			alt = ""
		}
		n.Attr = []html.Attribute{{Key: "src", Val: strings.TrimSpace(src)}, {Key: "alt", Val: alt}}
	}
	for _, n := range all(root) {
		if n.Type != html.ElementNode || n.Parent == nil {
			continue
		}
		if n.DataAtom == atom.Figure || n.DataAtom == atom.Div && strings.Contains(Attribute(n, "class"), "wp-caption") {
			c.figure(n)
		} else if n.DataAtom == atom.Table {
			c.pictureTable(n)
		}
	}
}

var fileName = lazyregexp.New(`(?i)^[\w\s().-]+\.(?:jpe?g|png|gif|webp|bmp)$|^(?:img|dsc|dscn|image|anh|hinh|hình|ảnh|photo|picture)?[ _-]?\(?\d*\)?$`)

func isFileName(alt string) bool { return fileName().MatchString(alt) }

// trim tidies the spaces of all text, and removes what is empty then.
func (c *cleaner) trim(body *html.Node) {
	for _, n := range all(body) {
		if n.Type == html.TextNode && !inside(n, atom.Pre) {
			n.Data = tidy(n.Data)
		}
	}
	for _, n := range slices.Backward(all(body)) {
		switch n.DataAtom {
		case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Strong, atom.Em, atom.Del, atom.Blockquote, atom.A, atom.Sub, atom.Sup, atom.Li:
			if TextOf(n) == "" && len(images(n)) == 0 {
				if n.DataAtom == atom.Strong || n.DataAtom == atom.Em || n.DataAtom == atom.A {
					unwrap(n) // a space may be all it holds
				} else {
					remove(n)
				}
				continue
			}
			outerSpaces(n)
		case atom.Ul, atom.Ol:
			if n.FirstChild == nil {
				remove(n)
			}
		case atom.Table:
			if TextOf(n) == "" && len(images(n)) == 0 {
				remove(n)
			}
		}
	}
}

// outerSpaces moves the spaces at the edges of emphasis out of it, where
// Markdown wants them, and removes those at the edges of blocks.
func outerSpaces(n *html.Node) {
	first, last := n.FirstChild, n.LastChild
	if first == nil {
		return
	}
	inline := !isBlock(n)
	if first.Type == html.TextNode && strings.HasPrefix(first.Data, " ") {
		first.Data = strings.TrimLeft(first.Data, " ")
		if inline && n.Parent != nil {
			n.Parent.InsertBefore(TextNode(" "), n)
		}
	}
	if last.Type == html.TextNode && strings.HasSuffix(last.Data, " ") {
		last.Data = strings.TrimRight(last.Data, " ")
		if inline && n.Parent != nil {
			n.Parent.InsertBefore(TextNode(" "), n.NextSibling)
		}
	}
}

// tidy returns text in NFC with single spaces, without characters that nobody
// sees; spaces at its ends stay as one.
func tidy(s string) string {
	s = vietnamese.Visible(vietnamese.NFC(strings.Map(noControls, s)))
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		if unicode.IsSpace(r) || r == '\u00a0' {
			if !space {
				b.WriteByte(' ')
			}
			space = true
			continue
		}
		space = false
		b.WriteRune(r)
	}
	return b.String()
}

var headingAtoms = []atom.Atom{atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6}

func headingLevel(n *html.Node) int { return slices.Index(headingAtoms, n.DataAtom) + 1 }

// bold takes bold from paragraphs that are bold as a whole, where most are, or
// where it is too long to stand out.
func (c *cleaner) bold(body *html.Node) {
	bold, plain := 0, 0
	for n := range body.ChildNodes() {
		if n.DataAtom == atom.P {
			if IsWhole(n, atom.Strong) {
				bold++
			} else {
				plain++
			}
		}
	}
	for n := range body.ChildNodes() {
		if n.DataAtom == atom.P && IsWhole(n, atom.Strong) {
			SetAttribute(n, "data-bold", "1")
			if bold > plain || utf8.RuneCountInString(TextOf(n)) > 120 {
				c.plain(n, atom.Strong)
			}
		}
	}
}

// levels puts the headings of a text below its title, in steps of one.
func levels(body *html.Node) {
	var open []int // the levels of the source above the present one
	for n := range body.ChildNodes() {
		level := headingLevel(n)
		if level == 0 {
			continue
		}
		for len(open) > 0 && open[len(open)-1] >= level {
			open = open[:len(open)-1]
		}
		open = append(open, level)
		rename(n, headingAtoms[min(len(open), 5)], "data-class")
		for _, d := range all(n) {
			switch d.DataAtom {
			case atom.Br:
				d.Parent.InsertBefore(TextNode(" "), d)
				remove(d)
			case atom.Strong:
				unwrap(d)
			}
		}
	}
}

// IsWhole tells whether all words of n stand in elements of a kind.
func IsWhole(n *html.Node, a atom.Atom) bool {
	some := false
	for d := range n.Descendants() {
		if d.Type == html.TextNode && strings.TrimSpace(d.Data) != "" {
			some = true
			if !inside(d, a) {
				return false
			}
		}
	}
	return some
}

// plain unwraps the elements of a kind in n.
func (c *cleaner) plain(n *html.Node, a atom.Atom) {
	for _, d := range all(n) {
		if d.DataAtom == a {
			unwrap(d)
		}
	}
}
