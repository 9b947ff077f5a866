package article

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// definition looks at the definition of a link, [a]: b.md, of which nothing is
// seen on a page. One that no link uses, or whose target is no address, was
// meant to be read: [Nguồn]: TTXVN.
func (x *transform) definition(n *ast.LinkReferenceDefinition) {
	if isComment(n) {
		n.Parent().RemoveChild(n.Parent(), n)
		return
	}
	label := util.ToLinkReference(n.Label)
	isAddress := isAddress(n.Destination)
	if isAddress && x.parsing.used[label] && !x.defined[label] {
		if x.defined == nil {
			x.defined = map[string]bool{}
		}
		x.defined[label] = true // a second one of its name is not used
		return
	}
	first := n.Lines().At(0)
	typed, _, _ := bytes.Cut(x.src[first.Start:], []byte("\n"))
	if isAddress {
		x.report(first.Start, "link-definition/unused", string(n.Label))
	} else {
		x.report(first.Start, "link-definition", string(n.Label), `\`+string(bytes.TrimSpace(typed)))
	}
	x.showLines(n)
}

// isComment tells a note that writers hide in a definition which leads nowhere:
// [//]: # (ask again), [comment]: <> (ask again). Like a comment of HTML it is
// meant for nobody's eyes.
func isComment(n *ast.LinkReferenceDefinition) bool {
	if dest := string(n.Destination); dest != "#" && dest != "" {
		return false
	}
	label := string(n.Label)
	return strings.EqualFold(label, "comment") || strings.IndexFunc(label, isLetterOrDigit) < 0
}

// showLines puts the lines of a block in its place, as they were typed.
func (x *transform) showLines(n node) {
	var words node = ast.NewParagraph()
	if item, ok := n.Parent().(*ast.ListItem); ok && item.Parent().(*ast.List).IsTight {
		words = ast.NewTextBlock()
	}
	lines := n.Lines()
	for i := range lines.Len() {
		line := lines.At(i)
		if i > 0 {
			words.AppendChild(words, ast.NewString([]byte("\n")))
		}
		words.AppendChild(words, ast.NewRawTextSegment(line.TrimRightSpace(x.src)))
	}
	n.Parent().ReplaceChild(n.Parent(), n, words)
}

// isAddress tells whether the target of a definition can be the address of a
// page or a file, and no word, day or hour.
func isAddress(dest []byte) bool {
	s := strings.TrimRight(string(dest), ".,;:!?")
	if s == "" || strings.IndexByte("/#.", s[0]) >= 0 {
		return s != ""
	}
	if !strings.ContainsFunc(s, unicode.IsLetter) {
		return false
	}
	if scheme, _ := schemeOf(s); scheme != "" || strings.ContainsAny(s, "/@%\\") {
		return true
	}
	_, ext, ok := strings.Cut(s, ".")
	return ok && len(ext) >= 2
}
