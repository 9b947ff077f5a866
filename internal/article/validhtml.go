package article

import (
	"bytes"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"bantin/internal/lazyregexp"
)

// What follows makes valid what a sanitizer let through: harmless HTML of a CMS has
// obsolete elements and attributes, paragraphs in words and headings that skip
// levels (HTML, 4 and 16.2). Words always stay.

// renamed gives the element of today for one that is obsolete, or that means more
// than its place in an article can (landmarks of the page).
var renamed = map[string]string{
	"acronym": "abbr", "tt": "code", "strike": "s", "hgroup": "div", "article": "div", "aside": "div", "section": "div",
}

// rawID marks the ids of an editor's HTML until those of the headings are known.
const rawID = "raw\x1f"

// modernize returns the tags of clean, as the sanitizer left them, with elements and
// attributes that are valid.
func modernize(clean []byte) []byte {
	var out bytes.Buffer
	z := html.NewTokenizer(bytes.NewReader(clean))
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return out.Bytes()
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if name := renamed[t.Data]; name != "" {
				t.Data, t.DataAtom = name, 0
			}
			switch t.Data {
			case "map", "area", "meter", "progress", "time": // nothing here makes them work, or their words valid
				continue
			}
			t.Attr = validAttributes(t.Data, t.Attr)
			out.WriteString(t.String())
		default:
			out.Write(z.Raw())
		}
	}
}

var (
	wholeNumber  = lazyregexp.New(`^[0-9]{1,9}$`)
	integer      = lazyregexp.New(`^-?[0-9]{1,9}$`)
	iconClass    = lazyregexp.New(`^icon$`) // see isIcon
	languageCode = lazyregexp.New(`^[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})*$`)
	dayOrTime    = lazyregexp.New(`^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?)?$`)
)

// attributeForms are the attributes that an element may have, each with the form of
// its value, nil for any.
var attributeForms = map[string]map[string]func() *regexp.Regexp{
	"":         {"title": nil, "lang": languageCode, "dir": lazyregexp.New(`^(?:ltr|rtl|auto)$`), "id": lazyregexp.New(`^\S+$`)},
	"a":        {"href": nil, "hreflang": languageCode, "rel": lazyregexp.New(`^(?:(?:nofollow|noopener|noreferrer|external|license|author|help|tag) ?)+$`)},
	"img":      {"src": nil, "alt": nil, "class": iconClass, "width": wholeNumber, "height": wholeNumber, "srcset": nil, "sizes": nil, "loading": lazyregexp.New(`^(?:lazy|eager)$`), "decoding": lazyregexp.New(`^(?:async|sync|auto)$`)},
	"ol":       {"start": integer, "reversed": nil, "type": lazyregexp.New(`^[1aAiI]$`)},
	"li":       {"value": integer},
	"td":       {"colspan": wholeNumber, "rowspan": wholeNumber},
	"th":       {"colspan": wholeNumber, "rowspan": wholeNumber, "scope": lazyregexp.New(`^(?:row|col|rowgroup|colgroup)$`), "abbr": nil},
	"col":      {"span": wholeNumber},
	"colgroup": {"span": wholeNumber},
	"details":  {"open": nil},
	"del":      {"datetime": dayOrTime},
	"ins":      {"datetime": dayOrTime},
}

// validAttributes returns the attributes that an element may have.
func validAttributes(name string, typed []html.Attribute) []html.Attribute {
	kept := typed[:0]
	for _, a := range typed {
		if a.Key == "name" && name == "a" {
			a.Key = "id" // HTML, 16.3
		}
		a.Val = strings.TrimSpace(a.Val)
		form, ok := attributeForms[name][a.Key]
		if !ok {
			form, ok = attributeForms[""][a.Key]
		}
		if !ok || form != nil && !form().MatchString(a.Val) || slices.ContainsFunc(kept, func(b html.Attribute) bool { return b.Key == a.Key }) {
			continue
		}
		switch a.Key {
		case "href", "src":
			a.Val = validURL(a.Val)
		case "id":
			a.Val = rawID + a.Val
		case "colspan", "rowspan", "span":
			if n, _ := strconv.Atoi(a.Val); n < 2 || n > 1000 {
				continue
			}
		}
		kept = append(kept, a)
	}
	if name == "img" {
		return validSources(kept)
	}
	return kept
}

// validURL escapes what an address may not hold as it is.
func validURL(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return strings.NewReplacer(" ", "%20", `"`, "%22", "<", "%3C", ">", "%3E", `\`, "/", "[", "%5B", "]", "%5D", "{", "%7B", "}", "%7D", "|", "%7C", "^", "%5E", "`", "%60").Replace(address)
	}
	return u.String()
}

// validSources takes a list of pictures out that mixes widths and densities, and
// what the browser is told of widths where there are none (HTML, 4.8.4.2.1).
func validSources(attributes []html.Attribute) []html.Attribute {
	widths, others := 0, 0
	for _, a := range attributes {
		if a.Key != "srcset" {
			continue
		}
		for candidate := range strings.SplitSeq(a.Val, ",") {
			f := strings.Fields(candidate)
			if len(f) == 2 && strings.HasSuffix(f[1], "w") && wholeNumber().MatchString(strings.TrimSuffix(f[1], "w")) {
				widths++
			} else {
				others++
			}
		}
	}
	return slices.DeleteFunc(attributes, func(a html.Attribute) bool {
		return a.Key == "srcset" && (a.Val == "" || widths > 0 && others > 0) || a.Key == "sizes" && (widths == 0 || others > 0)
	})
}

// validator makes a whole text valid.
type validator struct {
	own   map[string]bool // ids that are taken
	ids   []string        // those of the editor's HTML that stay
	level int             // of the last heading
}

// phrasing are the elements that hold words and nothing that stands by itself.
var phrasing = map[atom.Atom]bool{
	atom.Abbr: true, atom.B: true, atom.Bdi: true, atom.Bdo: true, atom.Cite: true, atom.Code: true, atom.Dfn: true, atom.Em: true, atom.I: true,
	atom.Kbd: true, atom.Mark: true, atom.Q: true, atom.Ruby: true, atom.S: true, atom.Samp: true, atom.Small: true, atom.Span: true,
	atom.Strong: true, atom.Sub: true, atom.Sup: true, atom.U: true, atom.Var: true,
}

// wordsOnly are the blocks that hold words alone.
var wordsOnly = map[atom.Atom]bool{
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.P: true, atom.Pre: true, atom.Summary: true,
}

// blocks are the elements that stand by themselves.
var blocks = map[atom.Atom]bool{
	atom.Blockquote: true, atom.Details: true, atom.Div: true, atom.Dl: true, atom.Figure: true, atom.H1: true, atom.H2: true, atom.H3: true,
	atom.H4: true, atom.H5: true, atom.H6: true, atom.Hr: true, atom.Ol: true, atom.P: true, atom.Pre: true, atom.Section: true, atom.Table: true, atom.Ul: true,
	atom.Li: true, atom.Dt: true, atom.Dd: true, atom.Figcaption: true, atom.Summary: true,
}

// tree makes the children of n valid, from the innermost out.
func (v *validator) tree(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if c.Type == html.ElementNode {
			v.tree(c)
			v.element(c)
		}
		c = next
	}
	v.wrapItems(n)
}

// element makes one element valid whose children are, and takes it away where its
// place is none for it.
func (v *validator) element(n *html.Node) {
	switch n.DataAtom {
	case atom.Img:
		if attribute(n, "src") == "" {
			n.Parent.RemoveChild(n)
			return
		}
	case atom.Figcaption:
		if n.Parent.DataAtom != atom.Figure {
			makeDiv(n)
		}
	case atom.Figure:
		if caption := mergeCaptions(n, atom.Figcaption); caption != nil && firstElement(n) != caption {
			n.RemoveChild(caption)
			n.AppendChild(caption)
		}
	case atom.Dfn:
		if holds(n, map[atom.Atom]bool{atom.Dfn: true}) {
			unwrapHTML(n)
			return
		}
	case atom.Summary:
		if n.Parent.DataAtom != atom.Details || firstElement(n.Parent) != n {
			makeDiv(n)
		}
	case atom.Details:
		if first := firstElement(n); first == nil || first.DataAtom != atom.Summary {
			makeDiv(n)
			n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "open" })
		}
	case atom.Rp, atom.Rt:
		if n.Parent.DataAtom != atom.Ruby {
			n.Parent.InsertBefore(&html.Node{Type: html.TextNode, Data: " "}, n)
			unwrapHTML(n)
			return
		}
	case atom.Ruby:
		if !hasChild(n, atom.Rt) {
			unwrapHTML(n)
			return
		}
	case atom.Bdo:
		if attribute(n, "dir") == "" {
			unwrapHTML(n)
			return
		}
	case atom.Th:
		plainHeadings(n)
	case atom.Dl:
		v.definitions(n)
	case atom.Ul, atom.Ol:
		v.items(n)
	case atom.Table:
		mendTable(n)
		if n.FirstChild == nil {
			n.Parent.RemoveChild(n)
			return
		}
	}
	switch {
	case phrasing[n.DataAtom] && holds(n, blocks), n.DataAtom == atom.A && (attribute(n, "href") == "" && attribute(n, "id") == "" || holds(n, active)):
		unwrapHTML(n)
		return
	case wordsOnly[n.DataAtom]:
		flatten(n)
	}
	if (n.DataAtom == atom.A || n.DataAtom == atom.Ins || n.DataAtom == atom.Del) && holds(n, blocks) && takesWordsOnly(n.Parent) {
		unwrapHTML(n)
	}
}

// active are the elements that a link may not hold.
var active = map[atom.Atom]bool{atom.A: true, atom.Details: true, atom.Video: true, atom.Label: true, atom.Input: true, atom.Button: true}

// plainHeadings makes blocks of words of the headings in n, which heads cells itself.
func plainHeadings(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if headingLevel(c) > 0 {
			makeDiv(c)
		}
		plainHeadings(c)
	}
}

// takesWordsOnly tells whether n, or what it stands in, holds words alone.
func takesWordsOnly(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if wordsOnly[n.DataAtom] || phrasing[n.DataAtom] {
			return true
		}
		if n.DataAtom != atom.A && n.DataAtom != atom.Ins && n.DataAtom != atom.Del {
			return false
		}
	}
	return false
}

// flatten takes the blocks out of n, with a space where words would join.
func flatten(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch {
		case c.Type != html.ElementNode:
		case blocks[c.DataAtom] || isTablePart(c):
			n.InsertBefore(&html.Node{Type: html.TextNode, Data: " "}, c)
			if c.FirstChild != nil {
				next = c.FirstChild
				unwrapHTML(c)
			} else {
				n.RemoveChild(c)
			}
		case holds(c, blocks):
			flatten(c)
		}
		c = next
	}
}

func isTablePart(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Table, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr, atom.Td, atom.Th, atom.Caption, atom.Colgroup, atom.Col:
		return true
	}
	return false
}

// items puts what stands between the items of a list into one.
func (v *validator) items(list *html.Node) {
	var item *html.Node
	for c := list.FirstChild; c != nil; {
		next := c.NextSibling
		switch {
		case c.DataAtom == atom.Li && c.Type == html.ElementNode:
			item = c
		case c.Type == html.TextNode && isBlankHTML(c.Data), c.Type == html.CommentNode:
		default:
			if item == nil {
				item = &html.Node{Type: html.ElementNode, Data: "li", DataAtom: atom.Li}
				list.InsertBefore(item, c)
			}
			list.RemoveChild(c)
			if c.Type == html.TextNode && item.LastChild != nil {
				item.AppendChild(&html.Node{Type: html.TextNode, Data: " "})
			}
			item.AppendChild(c)
		}
		c = next
	}
	for c := list.FirstChild; c != nil && list.DataAtom != atom.Ol; c = c.NextSibling {
		c.Attr = slices.DeleteFunc(c.Attr, func(a html.Attribute) bool { return a.Key == "value" && c.DataAtom == atom.Li })
	}
}

// mergeCaptions makes one of the captions of a figure or a table, nil if it has none.
func mergeCaptions(n *html.Node, name atom.Atom) (first *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch {
		case c.DataAtom != name:
		case first == nil:
			first = c
		default:
			first.AppendChild(&html.Node{Type: html.TextNode, Data: " "})
			for w := c.FirstChild; w != nil; w = c.FirstChild {
				c.RemoveChild(w)
				first.AppendChild(w)
			}
			n.RemoveChild(c)
		}
		c = next
	}
	return first
}

// definitions makes a list of terms hold terms and their definitions, or be none.
func (v *validator) definitions(list *html.Node) {
	sound, before := true, atom.Atom(0)
	for c := list.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type != html.ElementNode:
			sound = sound && (c.Type != html.TextNode || isBlankHTML(c.Data))
			continue
		case c.DataAtom == atom.Dd:
			sound = sound && before != 0
		case c.DataAtom == atom.Dt:
			sound = sound && !holds(c, map[atom.Atom]bool{atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true})
		default:
			sound = false
		}
		before = c.DataAtom
	}
	if sound && before == atom.Dd {
		return
	}
	makeDiv(list)
	for c := list.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Dt || c.DataAtom == atom.Dd {
			makeDiv(c)
		}
	}
}

// wrapItems gives items and definitions that stand in no list of theirs one.
func (v *validator) wrapItems(n *html.Node) {
	if n.DataAtom == atom.Ul || n.DataAtom == atom.Ol || n.DataAtom == atom.Dl {
		return
	}
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch {
		case c.Type != html.ElementNode:
		case c.DataAtom == atom.Dt || c.DataAtom == atom.Dd:
			makeDiv(c)
		case c.DataAtom == atom.Li:
			list := &html.Node{Type: html.ElementNode, Data: "ul", DataAtom: atom.Ul}
			n.InsertBefore(list, c)
			for c != nil && (c.DataAtom == atom.Li || c.Type == html.TextNode && isBlankHTML(c.Data)) {
				next = c.NextSibling
				n.RemoveChild(c)
				list.AppendChild(c)
				c = next
			}
			v.items(list)
		}
		c = next
	}
}

// finish gives headings a level and elements an id that no other one has, in the
// order of the text.
func (v *validator) finish(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if c.Type == html.ElementNode {
			v.identify(c)
			if level := headingLevel(c); level > 0 {
				if c.FirstChild == nil || strings.TrimSpace(textOf(c)) == "" && !holds(c, map[atom.Atom]bool{atom.Img: true}) {
					n.RemoveChild(c)
				} else {
					v.level = min(max(level, 2), v.level+1)
					c.Data = "h" + strconv.Itoa(v.level)
				}
			}
			v.finish(c)
		}
		c = next
	}
}

// identify judges the id of an editor's element.
func (v *validator) identify(n *html.Node) {
	for i, a := range n.Attr {
		id, isRaw := strings.CutPrefix(a.Val, rawID)
		switch {
		case a.Key != "id" || !isRaw:
		case v.own[id]:
			n.Attr = slices.Delete(n.Attr, i, i+1)
			return
		default:
			n.Attr[i].Val = id
			v.ids = append(v.ids, id)
			v.own[id] = true
		}
	}
}

func headingLevel(n *html.Node) int {
	if len(n.Data) == 2 && n.Data[0] == 'h' && '1' <= n.Data[1] && n.Data[1] <= '6' {
		return int(n.Data[1] - '0')
	}
	return 0
}

func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(textOf(c))
	}
	return b.String()
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// holds tells whether one of such elements stands in n.
func holds(n *html.Node, such map[atom.Atom]bool) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && (such[c.DataAtom] || holds(c, such)) {
			return true
		}
	}
	return false
}

func hasChild(n *html.Node, name atom.Atom) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == name {
			return true
		}
	}
	return false
}

func firstElement(n *html.Node) *html.Node {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode || c.Type == html.TextNode && !isBlankHTML(c.Data) {
			return c
		}
	}
	return nil
}

// isBlankHTML tells white space as HTML has it: a space that does not break is a word.
func isBlankHTML(s string) bool { return strings.Trim(s, " \t\n\f\r") == "" }

func makeDiv(n *html.Node) { n.Data, n.DataAtom = "div", atom.Div }

// unwrapHTML puts the children of n in its place.
func unwrapHTML(n *html.Node) {
	for c := n.FirstChild; c != nil; c = n.FirstChild {
		n.RemoveChild(c)
		n.Parent.InsertBefore(c, n)
	}
	n.Parent.RemoveChild(n)
}
