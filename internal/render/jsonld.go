package render

import (
	"bytes"
	"cmp"
	"strings"

	"bantin/internal/site"
)

// This file writes the types of schema.org, with the properties that Bantin
// fills.

// jsonldFunc writes the objects of a page, one behind another; nil for none.
type jsonldFunc func(jsonWriter)

// writeJSONLD writes the objects of a page as one JSON-LD document.
func writeJSONLD(buf *bytes.Buffer, write jsonldFunc) {
	if write == nil {
		return
	}
	buf.WriteString(`{"@context":"https://schema.org","@graph":[`)
	write(jsonWriter{buf})
	buf.WriteString(`]}`)
}

func (r *Renderer) homeJSONLD(w jsonWriter) {
	w.open("WebSite")
	r.siteProperties(w)
	w.optional("description", r.chrome.Description)
	w.property("inLanguage", r.chrome.Language)
	w.name("publisher")
	w.open("GovernmentOrganization")
	r.bodyID(w)
	w.close()
	if page := r.chrome.URLs.Search; page != "" {
		w.name("potentialAction")
		w.open("SearchAction")
		w.name("target")
		w.open("EntryPoint")
		w.property("urlTemplate", r.origin(page), page, "?q={query}")
		w.close()
		w.property("query-input", "required name=query")
		w.close()
	}
	w.close()
	r.publisher(w)
}

// pageJSONLD tells where a page stands in the site.
func (r *Renderer) pageJSONLD(head *site.Head) jsonldFunc {
	return func(w jsonWriter) { r.breadcrumb(w, head) }
}

func (r *Renderer) breadcrumb(w jsonWriter, head *site.Head) {
	w.open("BreadcrumbList")
	w.openArray("itemListElement")
	r.crumb(w, 1, r.chrome.Title, r.chrome.Root)
	for i, parent := range head.Breadcrumb {
		r.crumb(w, i+2, parent.Title, parent.URL)
	}
	r.crumb(w, len(head.Breadcrumb)+2, head.Title, head.URL)
	w.closeArray()
	w.close()
}

func (r *Renderer) crumb(w jsonWriter, position int, name, url string) {
	w.open("ListItem")
	w.number("position", position)
	w.property("name", name)
	w.optional("item", r.origin(url), url)
	w.close()
}

func (r *Renderer) listJSONLD(v *site.List) jsonldFunc {
	return func(w jsonWriter) {
		r.breadcrumb(w, &v.Head)
		if v.Organization != nil {
			w.open("GovernmentOrganization")
			w.optional("name", v.Title)
			w.optional("url", v.Head.URL)
			w.optional("description", v.Description)
			w.close()
		}
	}
}

func (r *Renderer) articleJSONLD(v *site.Article) jsonldFunc {
	return func(w jsonWriter) {
		r.newsArticle(w, v)
		r.breadcrumb(w, &v.Head)
		if v.Event != nil {
			r.event(w, v)
		}
	}
}

func (r *Renderer) newsArticle(w jsonWriter, v *site.Article) {
	w.open("NewsArticle")
	w.property("headline", v.Title)
	w.optional("description", v.Head.Description)
	w.property("datePublished", v.Date.ISO())
	w.property("dateModified", v.Modified.ISO())
	w.openArray("author")
	r.articleAuthors(w, v)
	w.closeArray()
	w.name("publisher")
	r.publisher(w)
	if v.Byline != nil {
		w.name("sourceOrganization")
		r.organization(w, v.Byline)
	}
	r.articleImages(w, v)
	w.optional("articleSection", v.Section.Title)
	keywords(w, v.Tags)
	w.name("isPartOf")
	w.open("WebSite")
	r.siteProperties(w)
	w.close()
	w.property("mainEntityOfPage", v.Head.URL)
	w.property("inLanguage", r.chrome.Language)
	r.translations(w, v.Head.Alternates)
	corrections(w, v.Corrections)
	w.close()
}

// translations writes, of an article in several languages, what it translates, or
// what translates it.
func (r *Renderer) translations(w jsonWriter, alternates []site.Alternate) {
	if len(alternates) == 0 {
		return
	}
	one := func(a site.Alternate) {
		w.open("NewsArticle")
		w.property("url", a.URL)
		w.property("inLanguage", a.Language)
		w.close()
	}
	if alternates[0].Language != r.chrome.Language {
		w.name("translationOfWork")
		one(alternates[0])
		return
	}
	w.openArray("workTranslation")
	for _, a := range alternates[1:] {
		one(a)
	}
	w.closeArray()
}

// articleAuthors writes the authors of an article, or the body that speaks in
// one without an author.
func (r *Renderer) articleAuthors(w jsonWriter, v *site.Article) {
	for _, author := range v.Authors {
		w.open("Person")
		w.optional("name", author.Title)
		w.optional("url", r.origin(author.URL), author.URL)
		w.close()
	}
	switch {
	case len(v.Authors) > 0:
	case v.Byline != nil:
		r.organization(w, v.Byline)
	default:
		w.open("GovernmentOrganization")
		r.bodyProperties(w)
		w.close()
	}
}

func (r *Renderer) articleImages(w jsonWriter, v *site.Article) {
	if v.Cover == nil && len(v.Gallery) == 0 {
		return
	}
	w.openArray("image")
	if v.Cover != nil {
		r.image(w, v.Cover)
	}
	for i := range v.Gallery {
		r.image(w, &v.Gallery[i])
	}
	w.closeArray()
}

func keywords(w jsonWriter, tags []site.Link) {
	if len(tags) == 0 {
		return
	}
	w.openArray("keywords")
	for _, tag := range tags {
		w.string(tag.Title)
	}
	w.closeArray()
}

func corrections(w jsonWriter, list []site.Correction) {
	if len(list) == 0 {
		return
	}
	w.openArray("correction")
	for _, c := range list {
		w.open("CorrectionComment")
		w.property("text", c.Text)
		w.property("datePublished", c.Date.ISO())
		w.close()
	}
	w.closeArray()
}

// event writes the event of an article. Google requires of an Event a place
// with an address: one without a known place is left out.
func (r *Renderer) event(w jsonWriter, v *site.Article) {
	e := v.Event
	mode := "https://schema.org/OfflineEventAttendanceMode"
	if e.Status == "online" {
		mode = "https://schema.org/OnlineEventAttendanceMode"
	} else if e.Location == "" && e.Address == "" {
		return
	}
	w.open("Event")
	w.property("name", e.Title)
	w.optional("description", v.Head.Description)
	w.property("url", v.Head.URL)
	if v.Cover != nil {
		w.openArray("image")
		r.image(w, v.Cover)
		w.closeArray()
	}
	w.property("startDate", e.Start.ISO())
	w.optional("endDate", e.End.ISO())
	w.property("eventStatus", eventStatus(e.Status))
	w.property("eventAttendanceMode", mode)
	w.name("location")
	place(w, e, v.Head.URL)
	if e.Organizer != nil {
		w.name("organizer")
		r.organization(w, e.Organizer)
	}
	w.property("inLanguage", r.chrome.Language)
	w.close()
}

// place writes where an event takes place; page is the article's URL.
func place(w jsonWriter, e *site.Event, page string) {
	if e.Status == "online" {
		w.open("VirtualLocation")
		w.optional("url", cmp.Or(e.Link, page))
	} else {
		w.open("Place")
		w.property("name", cmp.Or(e.Location, e.Address))
		w.property("address", cmp.Or(e.Address, e.Location))
	}
	w.close()
}

func eventStatus(status string) string {
	switch status {
	case "postponed":
		return "https://schema.org/EventPostponed"
	case "cancelled":
		return "https://schema.org/EventCancelled"
	}
	return "https://schema.org/EventScheduled"
}

func (r *Renderer) publisher(w jsonWriter) {
	body := &r.chrome.Body
	w.open("GovernmentOrganization")
	r.bodyProperties(w)
	if body.Logo != "" {
		w.name("logo")
		w.open("ImageObject")
		w.property("url", r.origin(body.Logo), body.Logo)
		w.close()
	}
	w.optional("address", body.Address)
	w.optional("telephone", body.Phone)
	w.optional("email", body.Email)
	w.close()
}

// bodyProperties writes by what the body that publishes is known.
func (r *Renderer) bodyProperties(w jsonWriter) {
	body := &r.chrome.Body
	r.bodyID(w)
	w.optional("name", cmp.Or(body.Name, r.chrome.Title))
	if body.URL != "" {
		w.property("url", body.URL)
	} else {
		w.optional("url", r.origin(r.chrome.Root), r.chrome.Root)
	}
}

func (r *Renderer) bodyID(w jsonWriter) {
	w.property("@id", r.origin(r.chrome.Root), r.chrome.Root, "#organization")
}

func (r *Renderer) organization(w jsonWriter, link *site.Link) {
	w.open("GovernmentOrganization")
	w.optional("name", link.Title)
	w.optional("url", r.origin(link.URL), link.URL)
	w.close()
}

func (r *Renderer) image(w jsonWriter, v *site.Image) {
	w.open("ImageObject")
	w.property("url", r.origin(v.Full.URL), v.Full.URL)
	if v.Full.Width != 0 {
		w.number("width", v.Full.Width)
	}
	if v.Full.Height != 0 {
		w.number("height", v.Full.Height)
	}
	w.optional("caption", v.Caption)
	w.optional("creditText", v.Credit)
	w.close()
}

// siteProperties writes by what the site is known.
func (r *Renderer) siteProperties(w jsonWriter) {
	w.property("@id", r.origin(r.chrome.Root), r.chrome.Root, "#site")
	w.optional("name", r.chrome.Title)
	w.optional("url", r.origin(r.chrome.Root), r.chrome.Root)
}

// origin returns what makes a root-relative URL absolute, "" for any other.
func (r *Renderer) origin(url string) string {
	if strings.HasPrefix(url, "/") {
		return r.chrome.Origin
	}
	return ""
}
