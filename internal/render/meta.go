package render

import (
	"bytes"
	"strconv"

	"bantin/internal/site"
	"bantin/internal/templatecompiler"
)

// meta writes what <head> tells machines of one page: description, canonical
// URL, Open Graph (ogp.me), neighbours and feeds. Go writes it, since no
// reader sees it and as actions of a template it would cost more than the
// article's own.
func (r *Renderer) meta(buf *bytes.Buffer, head *site.Head, article *site.Article) {
	w := metaWriter{buf}
	if head.Description != "" {
		w.name("description", head.Description)
		w.property("og:description", head.Description)
	}
	w.link("canonical", head.URL)
	w.property("og:url", head.URL)
	w.property("og:title", r.titleOf(head))
	if article != nil {
		w.property("og:type", "article")
	} else {
		w.property("og:type", "website")
	}
	w.image(head.Image, r.chrome)
	if article != nil {
		w.article(article)
	}
	if head.NoIndex {
		w.name("robots", "noindex")
	}
	if head.Newer != "" {
		w.link("prev", head.Newer)
	}
	if head.Older != "" {
		w.link("next", head.Older)
	}
	for i, a := range head.Alternates {
		if i == 0 {
			w.tag(`<link rel="alternate" hreflang="x-default" href="`, a.URL)
		}
		w.tag(`<link rel="alternate" hreflang="`, a.Language, `" href="`, a.URL)
	}
	if head.Script != "" {
		w.search(head.Script, r.chrome.Search)
	}
	for _, feed := range head.Feeds {
		w.tag(`<link rel="alternate" type="`, feed.Type, `" title="`, feed.Title, `" href="`, feed.URL)
	}
}

// titleOf returns a page's own title; the home page has that of the site.
func (r *Renderer) titleOf(head *site.Head) string {
	if head.Title == "" {
		return r.chrome.Title
	}
	return head.Title
}

// metaWriter writes the elements of a head, each on a line.
type metaWriter struct{ *bytes.Buffer }

// tag writes a tag that ends in an attribute's value: pieces of markup and
// values, which it escapes, in turn.
func (w metaWriter) tag(pieces ...string) {
	w.pieces(pieces)
	w.WriteString("\">\n")
}

// script is tag for a script.
func (w metaWriter) script(pieces ...string) {
	w.pieces(pieces)
	w.WriteString("\"></script>\n")
}

func (w metaWriter) pieces(pieces []string) {
	for i, piece := range pieces {
		if i%2 == 1 {
			w.Write(templatecompiler.AppendEscaped(w.AvailableBuffer(), piece))
		} else {
			w.WriteString(piece)
		}
	}
}

func (w metaWriter) name(name, content string) {
	w.tag(`<meta name="`, name, `" content="`, content)
}

func (w metaWriter) property(name, content string) {
	w.tag(`<meta property="`, name, `" content="`, content)
}

func (w metaWriter) link(rel, url string) {
	w.tag(`<link rel="`, rel, `" href="`, url)
}

// search makes the search page begin before it is read: behind the root of the index the
// reader asks for what stands in the address, and nothing is shown until the page's script has run,
// lest frames without an answer hold it up.
func (w metaWriter) search(script string, files site.SearchFiles) {
	w.script(`<script src="`, files.Index+"root.js")
	w.script(`<script data-search="`, files.Index, `" data-more="`, files.More, `" src="`, files.Reader)
	w.script(`<script type="module" blocking="render" src="`, script)
}

// image tells social networks which picture to show with a link to the page.
// If the page has none, that is the site's own.
func (w metaWriter) image(image *site.Image, chrome *site.Chrome) {
	origin := chrome.Origin
	if image == nil && chrome.Share.URL != "" {
		image = &site.Image{Share: chrome.Share, Alt: chrome.Title}
	}
	if image == nil {
		w.name("twitter:card", "summary")
		return
	}
	w.property("og:image", origin+image.Share.URL)
	w.property("og:image:alt", image.Alt)
	if image.Share.Width > 0 {
		w.property("og:image:width", strconv.Itoa(image.Share.Width))
		w.property("og:image:height", strconv.Itoa(image.Share.Height))
	}
	w.name("twitter:card", "summary_large_image")
}

func (w metaWriter) article(v *site.Article) {
	w.property("article:published_time", v.Date.ISO())
	w.property("article:modified_time", v.Modified.ISO())
	w.property("article:section", v.Section.Title)
	for _, tag := range v.Tags {
		w.property("article:tag", tag.Title)
	}
}
