package article

import (
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// tableRenderer writes tables that scroll by themselves on small screens, by
// keyboard too, and are aligned by classes.
type tableRenderer struct{}

func (r tableRenderer) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(extast.KindTable, r.table)
	reg.Register(extast.KindTableCell, r.cell)
}

func (r tableRenderer) table(w util.BufWriter, _ []byte, n node, entering bool) (ast.WalkStatus, error) {
	if entering {
		writeAll(w, `<div class="table" role="region" tabindex="0"`)
		html.RenderAttributes(w, n, nil)
		writeAll(w, ">\n<table>\n")
	} else {
		writeAll(w, "</table>\n</div>\n")
	}
	return ast.WalkContinue, nil
}

func (r tableRenderer) cell(w util.BufWriter, _ []byte, n node, entering bool) (ast.WalkStatus, error) {
	cell := n.(*extast.TableCell)
	// An empty corner heads nothing.
	heads := n.Parent().Kind() == extast.KindTableHeader && n.HasChildren()
	switch {
	case !entering && heads:
		writeAll(w, "</th>\n")
	case !entering:
		writeAll(w, "</td>\n")
	case heads:
		writeAll(w, `<th scope="col"`, alignment(cell.Alignment), ">")
	default:
		writeAll(w, "<td", alignment(cell.Alignment), ">")
	}
	return ast.WalkContinue, nil
}

func alignment(a extast.Alignment) string {
	switch a {
	case extast.AlignLeft:
		return ` class="al-left"`
	case extast.AlignRight:
		return ` class="al-right"`
	case extast.AlignCenter:
		return ` class="al-center"`
	}
	return ""
}
