package article

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// newRenderer returns the writer of all texts: goldmark's own, but for what
// must be accessible and must satisfy a policy without inline styles.
func newRenderer(l Labels) renderer.Renderer {
	return renderer.NewRenderer(renderer.WithNodeRenderers(
		util.Prioritized(html.NewRenderer(), 1000),
		util.Prioritized(extension.NewDefinitionListHTMLRenderer(), 900),
		util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 900),
		util.Prioritized(extension.NewTableHTMLRenderer(), 900),
		util.Prioritized(footnoteRenderer{l}, 500),
		util.Prioritized(tableRenderer{}, 500),
		util.Prioritized(textRenderer{}, 500),
	))
}

// textRenderer writes headings, paragraphs, links, pictures, task boxes and abbreviations.
type textRenderer struct{}

func (r textRenderer) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindHeading, r.heading)
	reg.Register(ast.KindParagraph, r.paragraph)
	reg.Register(ast.KindTextBlock, r.textBlock)
	reg.Register(ast.KindImage, r.image)
	reg.Register(ast.KindLink, r.link)
	reg.Register(extast.KindTaskCheckBox, r.taskBox)
	reg.Register(kindAbbreviation, r.abbreviation)
	reg.Register(kindHighlight, r.highlight)
	reg.Register(kindAlert, r.alert)
	reg.Register(kindFilm, r.film)
}

// heading writes a heading with its attributes and its id; the transform met the
// headings in the same order.
func (r textRenderer) heading(w util.BufWriter, _ []byte, n node, entering bool) (ast.WalkStatus, error) {
	level := "0123456"[n.(*ast.Heading).Level:][:1]
	if !entering {
		writeAll(w, "</h", level, ">\n")
		return ast.WalkContinue, nil
	}
	p := w.(*page)
	writeAll(w, "<h", level)
	html.RenderAttributes(w, n, html.HeadingAttributeFilter)
	if id := p.headings[0].id; id != "" {
		writeAll(w, ` id="`, id, `"`)
	}
	writeAll(w, ">")
	p.headings = p.headings[1:]
	return ast.WalkContinue, nil
}

// paragraph writes a paragraph, or the figure that a lone picture is.
func (r textRenderer) paragraph(w util.BufWriter, src []byte, n node, entering bool) (ast.WalkStatus, error) {
	if f, ok := n.FirstChild().(*film); ok && f.NextSibling() == nil {
		if entering {
			writeFilmFigure(w, f)
		}
		return ast.WalkSkipChildren, nil
	}
	if picture := lonePicture(n); picture != nil {
		if entering {
			writeFigure(w, src, picture)
		}
		return ast.WalkSkipChildren, nil
	}
	if entering {
		writeAll(w, "<p>")
		openLabel(w, n)
	} else {
		closeLabel(w, n)
		writeAll(w, "</p>\n")
	}
	return ast.WalkContinue, nil
}

// textBlock writes the words of an item of a tight list.
func (r textRenderer) textBlock(w util.BufWriter, _ []byte, n node, entering bool) (ast.WalkStatus, error) {
	if entering {
		openLabel(w, n)
		return ast.WalkContinue, nil
	}
	closeLabel(w, n)
	if n.NextSibling() != nil && n.FirstChild() != nil {
		writeAll(w, "\n")
	}
	return ast.WalkContinue, nil
}

func lonePicture(paragraph node) *ast.Image {
	picture, ok := paragraph.FirstChild().(*ast.Image)
	if !ok || picture.NextSibling() != nil {
		return nil
	}
	return picture
}

func writeFigure(w util.BufWriter, src []byte, n *ast.Image) {
	writeAll(w, "<figure>")
	writePicture(w, src, n, false)
	if len(n.Title) > 0 {
		writeAll(w, "<figcaption>")
		html.DefaultWriter.Write(w, n.Title)
		writeAll(w, "</figcaption>")
	}
	writeAll(w, "</figure>\n")
}

// image writes a picture among words, whose title stays a title, or in a cell of its own.
func (r textRenderer) image(w util.BufWriter, src []byte, n node, entering bool) (ast.WalkStatus, error) {
	switch picture := n.(*ast.Image); {
	case !entering:
	case len(picture.Title) > 0 && n.Parent().Kind() == extast.KindTableCell && lonePicture(n.Parent()) == picture:
		writeFigure(w, src, picture)
	default:
		writePicture(w, src, picture, true)
	}
	return ast.WalkSkipChildren, nil
}

func writePicture(w util.BufWriter, src []byte, n *ast.Image, titled bool) {
	webp, _ := n.AttributeString(webpAttribute)
	smaller, _ := webp.([]byte)
	if len(smaller) > 0 {
		writeAll(w, `<picture><source type="image/webp" srcset="`)
		_, _ = w.Write(util.EscapeHTML(smaller))
		writeAll(w, `" sizes="`+pictureSizes+`">`)
	}
	writeAll(w, `<img src="`)
	_, _ = w.Write(util.EscapeHTML(util.URLEscape(n.Destination, true)))
	writeAll(w, `" alt="`)
	_, _ = w.Write(util.EscapeHTML(appendPlain(nil, src, n)))
	writeAll(w, `"`)
	if titled && len(n.Title) > 0 {
		writeAll(w, ` title="`)
		html.DefaultWriter.Write(w, n.Title)
		writeAll(w, `"`)
	}
	html.RenderAttributes(w, n, html.ImageAttributeFilter)
	writeAll(w, ` loading="lazy" decoding="async">`)
	if len(smaller) > 0 {
		writeAll(w, `</picture>`)
	}
}

// link writes a link with its attributes, of which goldmark's own leaves hreflang out.
func (r textRenderer) link(w util.BufWriter, _ []byte, n node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		writeAll(w, "</a>")
		return ast.WalkContinue, nil
	}
	l := n.(*ast.Link)
	writeAll(w, `<a href="`)
	if dest := util.URLEscape(l.Destination, true); !html.IsDangerousURL(dest) {
		_, _ = w.Write(util.EscapeHTML(dest))
	}
	writeAll(w, `"`)
	if l.Title != nil {
		writeAll(w, ` title="`)
		html.DefaultWriter.Write(w, l.Title)
		writeAll(w, `"`)
	}
	html.RenderAttributes(w, n, nil)
	writeAll(w, `>`)
	return ast.WalkContinue, nil
}

func openLabel(w util.BufWriter, block node) {
	if isTask(block) {
		writeAll(w, "<label>")
	}
}

func closeLabel(w util.BufWriter, block node) {
	if isTask(block) {
		writeAll(w, "</label>")
	}
}

func isTask(block node) bool {
	first := block.FirstChild()
	return first != nil && first.Kind() == extast.KindTaskCheckBox
}

func (r textRenderer) taskBox(w util.BufWriter, _ []byte, n node, entering bool) (ast.WalkStatus, error) {
	switch {
	case !entering:
	case n.(*extast.TaskCheckBox).IsChecked:
		writeAll(w, `<input type="checkbox" checked disabled> `)
	default:
		writeAll(w, `<input type="checkbox" disabled> `)
	}
	return ast.WalkContinue, nil
}

func (r textRenderer) abbreviation(w util.BufWriter, _ []byte, n node, entering bool) (ast.WalkStatus, error) {
	if entering {
		term := n.(*abbreviation).term
		writeAll(w, `<abbr title="`, escape(term.Expansion), `">`, escape(term.Short), `</abbr>`)
	}
	return ast.WalkContinue, nil
}

// writeAll writes to a page, which never fails.
func writeAll(w util.BufWriter, parts ...string) {
	for _, p := range parts {
		_, _ = w.WriteString(p)
	}
}

func escape(s string) string { return string(util.EscapeHTML([]byte(s))) }
