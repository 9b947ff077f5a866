package article

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"bantin/internal/diag"
	"bantin/internal/lazyregexp"
	"bantin/internal/percent"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"golang.org/x/net/html"
)

// Relink returns the file src at path below content/ with the addresses in its
// text, and the paths of files in its front matter, as moved gives them; all
// else stays byte for byte. moved is called with each one, decoded and without
// what follows a ? or #; it returns "" for one that stays. What stands in code is
// no address.
func Relink(path string, src []byte, moved func(address string) string) ([]byte, diag.List) {
	file := (&Article{Path: path}).File()
	b, p := findBlock(file, src)
	if p != nil {
		return nil, diag.List{*p}
	}
	root, problems := strictyaml.Parse(b.yaml, file, b.line)
	if problems.HasErrors() {
		return nil, problems
	}
	if changes := relinkedKeys(root, moved); len(changes) > 0 {
		if src, problems = Edit(path, src, changes...); problems != nil {
			return nil, problems
		}
		if b, p = findBlock(file, src); p != nil {
			return nil, diag.List{*p}
		}
	}
	return append(bytes.Clone(src[:b.bodyStart]), relinkText(src[b.bodyStart:], moved)...), nil
}

// relinkedKeys returns the changes of the keys that name files.
func relinkedKeys(root *strictyaml.Node, moved func(string) string) (changes []strictyaml.Change) {
	for _, key := range [][]string{{"image"}, {"gallery"}, {"attachments"}, {"agreement", "document"}, {"agreement", "amends"}} {
		n := root
		for _, name := range key {
			if n != nil {
				n = n.Get(name)
			}
		}
		if n == nil {
			continue
		}
		if value, changed := relinkedValue(n, moved); changed {
			changes = append(changes, strictyaml.Change{Path: key, Value: value})
		}
	}
	return changes
}

// relinkedValue returns a copy of the value n: a path, a map with a path as its
// file, or a list of these.
func relinkedValue(n *strictyaml.Node, moved func(string) string) (*strictyaml.Node, bool) {
	changed := false
	c := *n
	switch n.Kind {
	case strictyaml.Scalar:
		if to := moved(n.Text); to != "" {
			c.Text, changed = to, true
		}
	case strictyaml.List:
		c.Items = nil
		for _, item := range n.Items {
			copied, differs := relinkedValue(item, moved)
			c.Items, changed = append(c.Items, copied), changed || differs
		}
	case strictyaml.Map:
		c.Entries = nil
		for _, e := range n.Entries {
			if e.Key == "file" {
				copied, differs := relinkedValue(e.Value, moved)
				e.Value, changed = copied, changed || differs
			}
			c.Entries = append(c.Entries, e)
		}
	}
	return &c, changed
}

// destination fits the places of a text where an address may begin: behind the words of
// a link or a picture, in a link definition, and in raw HTML. At the head of a line stand
// the marks of the quotations and items that hold it.
var destination = lazyregexp.New(`\][(:][ \t]*(?:\r?\n[ \t>]*)?<?|(?i:\b(?:href|src|srcset|poster)\s*=\s*["']?)`)

// longestAddress is more bytes than an address of a file has: what begins as one need not
// be read to the end of a text.
const longestAddress = 4 << 10

// relinkText is Relink for a text.
func relinkText(text []byte, moved func(string) string) []byte {
	found := destination().FindAllIndex(text, -1)
	if found == nil {
		return text
	}
	words, tags := placesOf(text)
	var out []byte
	at, read := 0, 0 // how much of the text is in out, and how much is done with
	for _, m := range found {
		opening := text[m[0]:m[1]]
		if m[1] < read || words.hold(m[1]) || isAttribute(opening) && !tags.hold(m[0]) {
			continue
		}
		raw, bracketed := destinationAt(text[m[1]:min(len(text), m[1]+longestAddress)], opening)
		if bytes.HasPrefix(raw, []byte("[")) && destination().Match(raw) { // a note begins with a link: [^1]: [a](b.md)
			continue
		}
		read = m[1] + len(raw)
		if to := relinkAddress(string(raw), opening, bracketed, moved); to != "" {
			out = append(append(out, text[at:m[1]]...), to...)
			at = read
		}
	}
	return append(out, text[at:]...)
}

// isAttribute tells whether an address behind opening stands in HTML.
func isAttribute(opening []byte) bool { return opening[0] != ']' }

// spans are parts of a text, by their beginning.
type spans []text.Segment

// hold tells whether the byte at off is in one of s.
func (s spans) hold(off int) bool {
	i, _ := slices.BinarySearchFunc(s, off+1, func(part text.Segment, off int) int { return cmp.Compare(part.Start, off) })
	return i > 0 && off < s[i-1].Stop
}

// placesOf returns where the words of a text stand, with code and what only looks like a
// link, and where its HTML. What no parser reads is words from end to end.
func placesOf(src []byte) (words, tags spans) {
	defer rescue(func(string) { words = spans{text.NewSegment(0, len(src))} })
	doc, state := parse(parserFor(src), src)
	if state.refused() {
		return spans{text.NewSegment(0, len(src))}, nil
	}
	gather := func(to *spans, lines *text.Segments) { *to = append(*to, lines.Sliced(0, lines.Len())...) }
	_ = ast.Walk(doc, func(n node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			words = append(words, n.Segment)
		case *ast.CodeBlock:
			gather(&words, n.Lines())
		case *ast.FencedCodeBlock:
			gather(&words, n.Lines())
		case *ast.RawHTML:
			gather(&tags, n.Segments)
		case *ast.HTMLBlock:
			gather(&tags, n.Lines())
			if n.HasClosure() {
				tags = append(tags, n.ClosureLine)
			}
		}
		return ast.WalkContinue, nil
	})
	for _, s := range []spans{words, tags} { // footnotes stand at the end of the tree
		slices.SortFunc(s, func(a, b text.Segment) int { return cmp.Compare(a.Start, b.Start) })
	}
	return words, tags
}

// relinkAddress returns what is to be typed behind opening in place of raw, "" for the
// same.
func relinkAddress(raw string, opening []byte, bracketed bool, moved func(string) string) string {
	switch {
	case !isAttribute(opening):
		signs := bareSigns
		if bracketed {
			signs = bracketedSigns
		}
		return movedAddress(raw, signs, func(s string) string { return typed([]byte(s)) }, moved)
	case len(opening) > 6 && strings.EqualFold(string(opening[:6]), "srcset"):
		changed := false
		candidates := strings.Split(raw, ",")
		for i, candidate := range candidates {
			url, _, _ := strings.Cut(strings.TrimSpace(candidate), " ")
			if to := movedAddress(url, attributeSigns+",", html.UnescapeString, moved); to != "" {
				candidates[i], changed = strings.Replace(candidate, url, to, 1), true
			}
		}
		if !changed {
			return ""
		}
		return strings.Join(candidates, ",")
	}
	return movedAddress(raw, attributeSigns, html.UnescapeString, moved)
}

// addressEnd fits what may end the path of an address: a ? or a #, typed as it is or
// escaped, and not the # of another character's number.
var addressEnd = lazyregexp.New(`\\?[?#]|&#?[0-9A-Za-z]+;`)

// movedAddress returns the address that is typed raw as it is typed after a move, without
// the signs that would end it; "" if it stays. unescape undoes the escapes of raw.
func movedAddress(raw, signs string, unescape func(string) string, moved func(string) string) string {
	address, rest := raw, ""
	for _, m := range addressEnd().FindAllStringIndex(raw, -1) {
		if strings.ContainsAny(unescape(raw[m[0]:m[1]]), "?#") {
			address, rest = raw[:m[0]], raw[m[0]:]
			break
		}
	}
	to := moved(vietnamese.NFC(percent.Decoded(unescape(address))))
	if to == "" {
		return ""
	}
	if unescape(to) != to {
		signs += "&"
	}
	return escapeAddress(to, signs) + rest
}

// The signs of a path that would mean something else where an address is typed.
const (
	bracketedSigns = `%<>#?\|`
	bareSigns      = bracketedSigns + ` ()"`
	attributeSigns = bareSigns + `'&`
)

// escapeAddress makes of a path what may stand as an address.
func escapeAddress(path, signs string) string {
	var out strings.Builder
	for i := range len(path) {
		if strings.IndexByte(signs, path[i]) >= 0 {
			fmt.Fprintf(&out, "%%%02X", path[i])
			continue
		}
		out.WriteByte(path[i])
	}
	return out.String()
}

// destinationAt returns the address at the beginning of text, behind opening.
func destinationAt(text, opening []byte) (raw []byte, bracketed bool) {
	last := opening[len(opening)-1]
	switch {
	case last == '"' || last == '\'':
		return text[:max(bytes.IndexByte(text, last), 0)], false
	case isAttribute(opening):
		if i := bytes.IndexAny(text, " \t\r\n>"); i >= 0 {
			return text[:i], false
		}
		return text, false
	}
	bracketed = last == '<'
	depth := 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && i+1 < len(text) && util.IsPunct(text[i+1]):
			i++
		case bracketed && c == '\n':
			return nil, true
		case bracketed && c == '>', !bracketed && (c <= ' ' || c == ')' && depth == 0):
			return text[:i], bracketed
		case c == '(':
			depth++
		case c == ')':
			depth--
		}
	}
	if bracketed {
		return nil, true
	}
	return text, false
}

// LinkWith returns the link or picture of a line whose address begins at the
// column col, as it would be typed with the address that mend returns; "" if no
// link stands whole in that line.
func LinkWith(line string, col int, mend func(address string) string) string {
	runes := []rune(strings.TrimPrefix(line, "\ufeff"))
	if col < 1 || col > len(runes) {
		return ""
	}
	text := []byte(string(runes))
	at := len(string(runes[:col-1]))
	for _, m := range destination().FindAllIndex(text, -1) {
		raw, bracketed := destinationAt(text[m[1]:], text[m[0]:m[1]])
		if m[1] != at || !bytes.HasPrefix(text[m[0]:], []byte("](")) {
			continue
		}
		start := openingBracket(text[:m[0]])
		end := bytes.IndexByte(text[at+len(raw):], ')')
		if start < 0 || end < 0 {
			return ""
		}
		to := mend(string(raw))
		if !bracketed && strings.ContainsAny(to, " ()") {
			to = "<" + to + ">"
		}
		return string(text[start:at]) + to + string(text[at+len(raw):at+len(raw)+end+1])
	}
	return ""
}

// openingBracket returns where the words of a link begin that end text, with the !
// of a picture; -1 if no bracket opens them.
func openingBracket(text []byte) int {
	depth := 0
	for i := len(text) - 1; i >= 0; i-- {
		switch text[i] {
		case ']':
			depth++
		case '[':
			if depth--; depth < 0 {
				if i > 0 && text[i-1] == '!' {
					i--
				}
				return i
			}
		}
	}
	return -1
}
