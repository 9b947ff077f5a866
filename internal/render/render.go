// Package render turns the views of package site into the bytes of pages,
// feeds, calendars, sitemaps and data files. It does no I/O, reads no clock
// and decides nothing that is not in the view: same templates, same chrome
// and same view give the same bytes.
//
// # The template author's manual, in short
//
// templates/ has one html/template file for each kind of page, named after it
// (article.html, section.html …), which gives the content of <main>; dot is the
// view of package site. layout.html sets head, header and footer around it; the
// other files are partials. A site's own templates/ replaces them one by one.
//
// docs/templates.md describes every view, field and function; a test holds that.
package render

import (
	"bufio"
	"bytes"
	"html/template"
	"reflect"
	"sync"
	"sync/atomic"

	"bantin/internal/digest"
	"bantin/internal/site"
	"bantin/internal/templatecompiler"
)

// Renderer turns the views of one build into bytes. It may be used by several
// goroutines at once.
type Renderer struct {
	templates *templatecompiler.Set
	chrome    *site.Chrome
	key       digest.Digest

	cardView func(i int) site.Card
	cards    []atomic.Pointer[template.HTML] // by article; nil until first shown

	assets  fragment
	headers []fragment // by the item of the menu that is marked, then one with none marked
	footer  fragment

	buffers sync.Pool // of *bytes.Buffer
	writers sync.Pool // of *bufio.Writer, which encoding/xml makes itself unless it is given one
}

// fragment is a part that many pages share, rendered when first asked for.
type fragment func() (template.HTML, error)

// New returns the renderer of a build with n articles, whose card views come
// from cards. A card is rendered when the first page shows it, and kept.
func New(t *Templates, chrome site.Chrome, cards func(i int) site.Card, n int) *Renderer {
	r := &Renderer{
		chrome:   &chrome,
		key:      keyOf(t, chrome),
		cardView: cards,
		cards:    make([]atomic.Pointer[template.HTML], n),
	}
	r.buffers.New = newBuffer
	r.writers.New = func() any { return bufio.NewWriter(nil) }
	r.templates = t.bind(r.card, r.chrome)
	r.assets = r.fragment("assets.html", r.chrome)
	for i := range len(chrome.Menu) + 1 {
		r.headers = append(r.headers, r.fragment("header.html", newHeader(r.chrome, i)))
	}
	r.footer = r.fragment("footer.html", r.chrome)
	return r
}

func (r *Renderer) fragment(name string, view any) fragment {
	return sync.OnceValues(func() (template.HTML, error) { return r.html(name, view) })
}

// Key returns the digest of what every page is made of beside its view: the
// templates, the words and the chrome.
func (r *Renderer) Key() digest.Digest { return r.key }

func keyOf(t *Templates, chrome site.Chrome) digest.Digest {
	var h digest.Hasher
	h.Digest(t.digest)
	h.Value(chrome)
	return h.Sum()
}

// Render writes the bytes of a view, as package site gives it, into buf.
// The error is a *TemplateError if a template failed.
func (r *Renderer) Render(buf *bytes.Buffer, view any) error {
	switch v := view.(type) {
	case site.Home:
		return r.page(buf, "home", &v, &v.Head, r.homeJSONLD)
	case *site.Article:
		return r.article(buf, v)
	case *site.List:
		return r.page(buf, v.Kind, v, &v.Head, r.listJSONLD(v))
	case site.Year:
		return r.page(buf, "year", &v, &v.Head, r.pageJSONLD(&v.Head))
	case site.Terms:
		return r.page(buf, "terms", &v, &v.Head, r.pageJSONLD(&v.Head))
	case site.Events:
		return r.page(buf, "events", &v, &v.Head, r.pageJSONLD(&v.Head))
	case site.Register:
		return r.page(buf, "agreements", &v, &v.Head, r.pageJSONLD(&v.Head))
	case site.FeedsPage:
		return r.page(buf, "feeds", &v, &v.Head, r.pageJSONLD(&v.Head))
	case site.SearchPage:
		return r.page(buf, "search", &v, &v.Head, nil)
	case site.NotFound:
		return r.page(buf, "404", &v, &v.Head, nil)
	case site.Redirect:
		return r.execute(buf, "redirect.html", reflect.ValueOf(&v))
	case site.Feed:
		return feed(buf, &v)
	}
	return data(buf, view)
}
