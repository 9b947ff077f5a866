package render

import (
	"bytes"
	"encoding/xml"
	"time"

	"bantin/internal/site"
	"bantin/internal/vietnamese"
)

// sitemap writes a sitemap or an index of sitemaps (sitemaps.org protocol 0.9)
// with Google's extension for images.
func sitemap(v *site.Sitemap) []byte {
	set, entry := "urlset", "url"
	if v.Index {
		set, entry = "sitemapindex", "sitemap"
	}
	w := sitemapWriter{}
	w.WriteString(xml.Header)
	w.WriteString("<" + set + ` xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"`)
	if hasImages(v) {
		w.WriteString(` xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"`)
	}
	w.WriteString(">\n")
	for i := range v.URLs {
		w.WriteString("<" + entry + ">")
		w.url(&v.URLs[i])
		w.WriteString("</" + entry + ">\n")
	}
	w.WriteString("</" + set + ">\n")
	return w.Bytes()
}

func hasImages(v *site.Sitemap) bool {
	for i := range v.URLs {
		if len(v.URLs[i].Images) > 0 {
			return true
		}
	}
	return false
}

// sitemapWriter writes elements by hand: a sitemap has thousands of equal
// ones, for which reflection is slow.
type sitemapWriter struct{ bytes.Buffer }

func (w *sitemapWriter) url(u *site.SitemapURL) {
	w.element("loc", u.URL)
	if !u.LastMod.IsZero() {
		w.element("lastmod", lastMod(u.LastMod))
	}
	for _, image := range u.Images {
		w.WriteString("<image:image>")
		w.element("image:loc", image)
		w.WriteString("</image:image>")
	}
}

func (w *sitemapWriter) element(name, text string) {
	w.WriteString("<" + name + ">")
	xml.EscapeText(w, []byte(text)) // a Buffer takes every byte
	w.WriteString("</" + name + ">")
}

// lastMod returns a date at its precision, but a whole day at least: the
// protocol's schema takes no bare month or year.
func lastMod(d vietnamese.Date) string {
	if d.Precision < vietnamese.Day {
		return d.Time.Format(time.DateOnly)
	}
	return d.ISO()
}
