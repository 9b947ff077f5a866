package article

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// Alerts are the titles of the boxes that GitHub's alerts make (> [!NOTE]), in the
// site's language.
type Alerts struct{ Note, Tip, Important, Warning, Caution string }

func (a Alerts) title(kind string) (title string, ok bool) {
	switch kind {
	case "note":
		return a.Note, true
	case "tip":
		return a.Tip, true
	case "important":
		return a.Important, true
	case "warning":
		return a.Warning, true
	case "caution":
		return a.Caution, true
	}
	return "", false
}

// alert is a quotation that begins with [!NOTE] or one of its kind.
type alert struct {
	ast.BaseBlock
	kind, title string
}

var kindAlert = ast.NewNodeKind("Alert")

func (n *alert) Kind() ast.NodeKind { return kindAlert }

func (n *alert) Dump(src []byte, level int) {
	ast.DumpHelper(n, src, level, map[string]string{"Kind": n.kind}, nil)
}

// quotation makes an alert of a quotation that says so in its first line.
func (x *transform) quotation(n *ast.Blockquote) {
	p, ok := n.FirstChild().(*ast.Paragraph)
	if !ok || p.Lines().Len() == 0 {
		x.block(n)
		return
	}
	line := p.Lines().At(0)
	mark := bytes.TrimSpace(line.Value(x.src))
	if !bytes.HasPrefix(mark, []byte("[!")) || !bytes.HasSuffix(mark, []byte("]")) {
		x.block(n)
		return
	}
	kind := strings.ToLower(string(mark[2 : len(mark)-1]))
	title, ok := x.labels.Alerts.title(kind)
	if !ok {
		x.block(n)
		return
	}
	for c := p.FirstChild(); c != nil; c = p.FirstChild() {
		p.RemoveChild(p, c)
		if t, ok := c.(*ast.Text); ok && (t.SoftLineBreak() || t.HardLineBreak()) {
			break
		}
	}
	if p.FirstChild() == nil {
		n.RemoveChild(n, p)
	}
	box := &alert{kind: kind, title: title}
	for c := n.FirstChild(); c != nil; c = n.FirstChild() {
		box.AppendChild(box, c)
	}
	n.Parent().ReplaceChild(n.Parent(), n, box)
	x.block(box)
}

func (r textRenderer) alert(w util.BufWriter, _ []byte, n node, entering bool) (ast.WalkStatus, error) {
	if entering {
		a := n.(*alert)
		writeAll(w, `<div class="alert alert-`, a.kind, `" role="note">`+"\n"+`<p class="alert-title">`, escape(a.title), "</p>\n")
	} else {
		writeAll(w, "</div>\n")
	}
	return ast.WalkContinue, nil
}
