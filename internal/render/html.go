package render

import (
	"bytes"
	"html/template"
	"strings"

	"bantin/internal/site"
)

// Layout is what layout.html sees: one page's head and its rendered parts.
type Layout struct {
	Kind    string // the name of the page's template: "article"
	Head    *site.Head
	Article *site.Article // nil on all other pages
	Assets  template.HTML // what every page's head has: stylesheets, icon, the site's feeds
	Header  template.HTML
	Main    template.HTML // what the page's own template gave
	Footer  template.HTML
	JSONLD  template.JS // schema.org data; "" for none
}

// Header is what header.html sees.
type Header struct {
	Menu []HeaderItem
}

// HeaderItem is an item of the menu; Current if it leads to the page or to
// what the page stands in.
type HeaderItem struct {
	Title, URL string
	Current    bool
}

func newHeader(chrome *site.Chrome, current int) Header {
	items := make([]HeaderItem, len(chrome.Menu))
	for i, m := range chrome.Menu {
		items[i] = HeaderItem{Title: m.Title, URL: m.URL, Current: i == current}
	}
	return Header{Menu: items}
}

// article renders an article, or a standalone page, which is an article
// without a date.
func (r *Renderer) article(v site.Article) ([]byte, error) {
	if v.Date.IsZero() {
		return r.page("page", v, &v.Head, r.pageData(&v.Head))
	}
	return r.layout(&v, "article", v, &v.Head, r.articleData(&v))
}

// page renders a view that is not an article into the layout.
func (r *Renderer) page(kind string, view any, head *site.Head, data []any) ([]byte, error) {
	return r.layout(nil, kind, view, head, data)
}

// layout renders view by the template of its kind and sets the layout around it.
func (r *Renderer) layout(article *site.Article, kind string, view any, head *site.Head, data []any) ([]byte, error) {
	main, err := r.execute(kind+".html", view)
	if err != nil {
		return nil, err
	}
	header, err := r.headers[r.current(head)]()
	if err != nil {
		return nil, err
	}
	footer, err := r.footer()
	if err != nil {
		return nil, err
	}
	assets, err := r.assets()
	if err != nil {
		return nil, err
	}
	jsonLD, err := graph(data)
	if err != nil {
		return nil, err
	}
	return r.bytes("layout.html", &Layout{
		Kind:    kind,
		Head:    head,
		Article: article,
		Assets:  assets,
		Header:  header,
		Main:    main,
		Footer:  footer,
		JSONLD:  jsonLD,
	})
}

// current returns the index of the menu's item that leads to the page or
// nearest above it; len(Menu) if none does.
func (r *Renderer) current(head *site.Head) int {
	menu := r.chrome.Menu
	current, longest := len(menu), 0
	for i, m := range menu {
		above := m.URL != r.chrome.Root && strings.HasSuffix(m.URL, "/") && strings.HasPrefix(head.Path, m.URL)
		if (above || m.URL == head.Path) && len(m.URL) > longest {
			current, longest = i, len(m.URL)
		}
	}
	return current
}

// card returns an article's card. Two goroutines may both render a card that
// neither has found; they get the same bytes, and one of the two is kept.
func (r *Renderer) card(ref site.CardRef) (template.HTML, error) {
	kept := &r.cards[ref.Index]
	if html := kept.Load(); html != nil {
		return *html, nil
	}
	html, err := r.execute("card.html", r.cardView(ref.Index))
	if err != nil {
		return "", err
	}
	kept.Store(&html)
	return html, nil
}

// execute runs a template and returns what it wrote.
func (r *Renderer) execute(name string, view any) (template.HTML, error) {
	buf := r.buffer()
	defer r.buffers.Put(buf)
	if err := r.set.ExecuteTemplate(buf, name, view); err != nil {
		return "", templateError(name, err)
	}
	return template.HTML(buf.String()), nil
}

// bytes runs a template and returns what it wrote as a file's bytes.
func (r *Renderer) bytes(name string, view any) ([]byte, error) {
	buf := r.buffer()
	defer r.buffers.Put(buf)
	if err := r.set.ExecuteTemplate(buf, name, view); err != nil {
		return nil, templateError(name, err)
	}
	return bytes.Clone(buf.Bytes()), nil
}

func newBuffer() any { return new(bytes.Buffer) }

func (r *Renderer) buffer() *bytes.Buffer {
	buf := r.buffers.Get().(*bytes.Buffer)
	buf.Reset()
	return buf
}
