package render

import (
	"bytes"
	"html/template"
	"reflect"
	"strings"
	"unsafe"

	"bantin/internal/site"
)

// Layout is what layout.html sees: one page's head and its rendered parts.
type Layout struct {
	Kind    string // the name of the page's template: "article"
	Head    *site.Head
	Article *site.Article // nil on all other pages
	Meta    template.HTML // what the page's head tells machines: canonical URL, Open Graph, feeds
	Assets  template.HTML // what every page's head has: stylesheets, icon, the site's feeds
	Header  template.HTML
	Main    template.HTML // what the page's own template gave
	Footer  template.HTML
	JSONLD  template.JS // schema.org data; "" for none
}

// Header is what header.html sees.
type Header struct {
	Menu      []HeaderItem
	Languages []HeaderLanguage // of a site in several
}

// HeaderLanguage leads to the page in a language, or to the home page of that.
type HeaderLanguage struct {
	Language, Name, URL string
	Current             bool   // the page is in it
	Home                string // the word for the home page, in that language, if the page is not in it; else ""
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
	return Header{Menu: items, Languages: headerLanguages(chrome, nil)}
}

// headerLanguages returns the switch of languages of a page that stands in those
// of alternates.
func headerLanguages(chrome *site.Chrome, alternates []site.Alternate) []HeaderLanguage {
	var list []HeaderLanguage
	for _, l := range chrome.Languages {
		item := HeaderLanguage{Language: l.Language, Name: l.Name, URL: l.URL, Home: l.Home, Current: l.Language == chrome.Language}
		for _, a := range alternates {
			if a.Language == l.Language {
				item.URL, item.Home = a.Path, ""
			}
		}
		list = append(list, item)
	}
	return list
}

// header returns the header of a page. One that stands in several languages has
// one of its own; all others share those of the menu's items.
func (r *Renderer) header(head *site.Head) (template.HTML, error) {
	current := r.current(head)
	if len(head.Alternates) == 0 {
		return r.headers[current]()
	}
	h := newHeader(r.chrome, current)
	h.Languages = headerLanguages(r.chrome, head.Alternates)
	return r.html("header.html", h)
}

// article renders an article, or a standalone page, which is an article
// without a date.
func (r *Renderer) article(buf *bytes.Buffer, v *site.Article) error {
	if v.Date.IsZero() {
		return r.page(buf, "page", v, &v.Head, r.pageJSONLD(&v.Head))
	}
	return r.layout(buf, v, &Layout{
		Kind:    "article",
		Head:    &v.Head,
		Article: v,
	}, r.articleJSONLD(v))
}

// page renders a view that is not an article.
func (r *Renderer) page(buf *bytes.Buffer, kind string, view any, head *site.Head, data jsonldFunc) error {
	return r.layout(buf, view, &Layout{Kind: kind, Head: head}, data)
}

// layout renders view by the template of its kind and sets the layout around
// it, whose parts it fills in.
func (r *Renderer) layout(buf *bytes.Buffer, view any, l *Layout, data jsonldFunc) (err error) {
	main := r.buffer()
	defer r.buffers.Put(main)
	if err = r.execute(main, l.Kind+".html", reflect.ValueOf(view)); err != nil {
		return err
	}
	meta, linked := r.buffer(), r.buffer()
	defer r.buffers.Put(meta)
	defer r.buffers.Put(linked)
	r.meta(meta, l.Head, l.Article)
	writeJSONLD(linked, data)
	l.Main, l.Meta, l.JSONLD = borrowed(main), borrowed(meta), template.JS(borrowed(linked))
	if l.Header, err = r.header(l.Head); err != nil {
		return err
	}
	if l.Footer, err = r.footer(); err != nil {
		return err
	}
	if l.Assets, err = r.assets(); err != nil {
		return err
	}
	return r.execute(buf, "layout.html", reflect.ValueOf(l))
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
	view := r.cardView(ref.Index)
	buf := r.buffer()
	defer r.buffers.Put(buf)
	if err := r.execute(buf, "card.html", reflect.ValueOf(&view).Elem()); err != nil {
		return "", err
	}
	html := template.HTML(buf.String())
	kept.Store(&html)
	return html, nil
}

// execute runs a template.
func (r *Renderer) execute(buf *bytes.Buffer, name string, view reflect.Value) error {
	return templateError(name, r.templates.Execute(buf, name, view))
}

// html runs a template and returns what it wrote.
func (r *Renderer) html(name string, view any) (template.HTML, error) {
	buf := r.buffer()
	defer r.buffers.Put(buf)
	err := r.execute(buf, name, reflect.ValueOf(view))
	return template.HTML(buf.String()), err
}

// borrowed returns what buf holds, not copied: it holds good until buf is
// changed. A page's content is most of the page, and is needed once only.
func borrowed(buf *bytes.Buffer) template.HTML {
	b := buf.Bytes()
	return template.HTML(unsafe.String(unsafe.SliceData(b), len(b)))
}

func newBuffer() any { return new(bytes.Buffer) }

func (r *Renderer) buffer() *bytes.Buffer {
	buf := r.buffers.Get().(*bytes.Buffer)
	buf.Reset()
	return buf
}
