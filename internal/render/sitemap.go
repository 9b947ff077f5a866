package render

import (
	"bytes"
	"encoding/xml"
	"slices"
	"time"

	"bantin/internal/site"
	"bantin/internal/vietnamese"
)

// sitemap writes a sitemap or an index of sitemaps (sitemaps.org protocol 0.9)
// with Google's extensions for images and news.
func sitemap(buf *bytes.Buffer, v *site.Sitemap) {
	set, entry := "urlset", "url"
	if v.Index {
		set, entry = "sitemapindex", "sitemap"
	}
	w := sitemapWriter{buf}
	w.WriteString(xml.Header)
	w.WriteString("<" + set + ` xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"`)
	if slices.ContainsFunc(v.URLs, func(u site.SitemapURL) bool { return len(u.Images) > 0 }) {
		w.WriteString(` xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"`)
	}
	if slices.ContainsFunc(v.URLs, func(u site.SitemapURL) bool { return u.News != nil }) {
		w.WriteString(` xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"`)
	}
	if slices.ContainsFunc(v.URLs, func(u site.SitemapURL) bool { return len(u.Alternates) > 0 }) {
		w.WriteString(` xmlns:xhtml="http://www.w3.org/1999/xhtml"`)
	}
	w.WriteString(">\n")
	for i := range v.URLs {
		w.WriteString("<" + entry + ">")
		w.url(&v.URLs[i])
		w.WriteString("</" + entry + ">\n")
	}
	w.WriteString("</" + set + ">\n")
}

// sitemapWriter writes elements by hand: a sitemap has thousands of equal
// ones, for which reflection is slow.
type sitemapWriter struct{ *bytes.Buffer }

func (w sitemapWriter) url(u *site.SitemapURL) {
	w.element("loc", u.URL)
	if !u.LastMod.IsZero() {
		w.element("lastmod", lastMod(u.LastMod))
	}
	for _, image := range u.Images {
		w.WriteString("<image:image>")
		w.element("image:loc", image)
		w.WriteString("</image:image>")
	}
	if u.News != nil {
		w.news(u.News)
	}
	for i, a := range u.Alternates {
		if i == 0 {
			w.alternate("x-default", a.URL)
		}
		w.alternate(a.Language, a.URL)
	}
}

// alternate tells where the page stands in a language (Google's extension).
func (w sitemapWriter) alternate(language, url string) {
	w.WriteString(`<xhtml:link rel="alternate" hreflang="` + language + `" href="`)
	xml.EscapeText(w, []byte(url)) // a Buffer takes every byte
	w.WriteString(`"/>`)
}

func (w sitemapWriter) news(n *site.SitemapNews) {
	w.WriteString("<news:news><news:publication>")
	w.element("news:name", n.Publication)
	w.element("news:language", n.Language)
	w.WriteString("</news:publication>")
	w.element("news:publication_date", lastMod(n.Published))
	w.element("news:title", n.Title)
	w.WriteString("</news:news>")
}

func (w sitemapWriter) element(name, text string) {
	w.WriteString("<" + name + ">")
	if isPlainXML(text) {
		w.WriteString(text)
	} else {
		xml.EscapeText(w, []byte(text)) // a Buffer takes every byte
	}
	w.WriteString("</" + name + ">")
}

// isPlainXML tells whether a text stands in XML as it is, as all but a few URLs
// and dates do.
func isPlainXML(s string) bool {
	for i := range len(s) {
		switch c := s[i]; c {
		case '"', '\'', '&', '<', '>':
			return false
		default:
			if c < ' ' || c > '~' {
				return false
			}
		}
	}
	return true
}

// lastMod returns a date at its precision, but a whole day at least: the
// protocol's schema takes no bare month or year.
func lastMod(d vietnamese.Date) string {
	if d.Precision < vietnamese.Day {
		return d.Time.Format(time.DateOnly)
	}
	return d.ISO()
}
