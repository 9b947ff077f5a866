package site

import (
	"path"
	"slices"

	"bantin/internal/article"
	"bantin/internal/vietnamese"
)

// Card is an article in a list; card.html shows it. It is rendered once and
// reused by every list.
type Card struct {
	URL     string
	Title   string
	Lead    string
	Date    vietnamese.Date
	Section Link
	Image   *Image
	Event   *Event
	Mark    Mark
}

// Card returns the view of the card of article n.
func (s *Site) Card(n int) Card {
	i, e := index(n), &s.entries[n]
	c := Card{
		URL:     s.url(e),
		Title:   e.Title.Value,
		Lead:    e.Lead,
		Date:    e.Date,
		Section: e.section.link(),
		Image:   s.image(e, e.Image),
		Mark:    s.mark(i),
	}
	if e.Event != nil {
		c.Event = views{s}.eventView(i)
		c.Event.State = "" // a list must not change whenever an event begins or ends
	}
	return c
}

func (s *articles) link(i index) Link {
	return Link{Title: s.entries[i].Title.Value, URL: s.url(&s.entries[i])}
}

// put puts a link into the memory of an old one, if there is one.
func put(old *Link, l Link) *Link {
	if old == nil {
		old = new(Link)
	}
	*old = l
	return old
}

// Release takes back a view that nobody looks at any more: another one is made
// in its memory. It may be forgotten.
func (s *Site) Release(view any) {
	switch v := view.(type) {
	case *Article:
		s.releasedArticles.Put(v)
	case *List:
		s.releasedLists.Put(v)
	}
}

// Article is the view of article.html, and of page.html for a standalone page.
type Article struct {
	Head        Head
	Mark        Mark
	ID          string // the identity in feeds: a tag: URI (RFC 4151)
	Title       string
	Lead        string          // the standfirst; "" if the editor gave none
	Date        vietnamese.Date // zero on a page
	Updated     vietnamese.Date // as given, zero if not
	Modified    vietnamese.Date // latest of date, updated and corrections shown
	Section     Link
	Authors     []Link // URL is "" for a page's author
	Body        Body
	Byline      *Link // the organization that speaks
	Tags        []Link
	Cover       *Image
	Gallery     []Image
	Attachments []Attachment
	Corrections []Correction
	Event       *Event
	Agreement   *Agreement
	Newer       *Link // neighbours in the same section
	Older       *Link
	Related     []CardRef // earlier articles only
	Extra       map[string]any
	Outdated    *Link // of a translation: its original, if that has changed since
}

// articleView makes the view of an article or a standalone page, in the memory
// of one that was released, if there is any: its links are most of what a build
// without news would allocate.
func (w views) articleView(i index, d Digests) *Article {
	v, ok := w.releasedArticles.Get().(*Article)
	if !ok {
		v = new(Article)
	}
	old := *v
	e := &w.entries[i]
	*v = Article{
		Head:        Head{Title: e.Title.Value, Description: e.Lead, Path: w.url(e), URL: e.absolute()},
		Mark:        w.mark(i),
		ID:          w.tagURI(e.ID.Value),
		Title:       e.Title.Value,
		Lead:        e.standfirst(),
		Date:        e.Date,
		Updated:     e.Optional().Updated,
		Modified:    w.modified(e.Article),
		Authors:     w.appendAuthors(old.Authors[:0], e),
		Body:        Body{Digest: d.Bodies[i]},
		Byline:      byline(old.Byline, e),
		Tags:        w.terms[tagTerm].appendLinks(old.Tags[:0], e.tags),
		Cover:       w.image(e, e.Image),
		Gallery:     w.gallery(e),
		Attachments: w.attachments(e),
		Corrections: w.corrections(e),
		Related:     w.appendRelated(old.Related[:0], e, d),
		Extra:       e.Optional().Extra,
		Outdated:    w.outdated(i),
	}
	v.Head.Image = v.Cover
	if e.newer >= 0 {
		v.Newer = put(old.Newer, w.link(e.newer))
	}
	if e.older >= 0 {
		v.Older = put(old.Older, w.link(e.older))
	}
	if e.section != nil {
		v.Section = e.section.link()
		v.Head.Section = e.section.slugs
		v.Head.Breadcrumb = e.section.breadcrumb
		v.Head.Feeds = e.section.feeds
	}
	if e.Event != nil {
		v.Event = w.eventView(i)
	}
	if e.Agreement != nil {
		v.Agreement = w.articleAgreement(i)
	}
	return v
}

// gallery returns the views of the pictures of an article's gallery.
func (t *kinship) gallery(e *entry) []Image {
	var list []Image
	for _, image := range e.Optional().Gallery {
		list = append(list, *t.image(e, &image))
	}
	return list
}

// articleAgreement is agreementView without what its parties are today: no merger
// is to touch the pages of articles.
func (w views) articleAgreement(i index) *Agreement {
	v := w.agreementView(i)
	for k := range v.Parties {
		v.Parties[k].Now = nil
	}
	return v
}

// standfirst returns the lead that stands above the text: one taken from the
// text itself would be read twice.
func (e *entry) standfirst() string {
	if e.LeadDerived {
		return ""
	}
	return e.Lead
}

// appendRelated appends the cards of the articles related to e.
func (w views) appendRelated(cards []CardRef, e *entry, d Digests) []CardRef {
	cards = slices.Grow(cards, e.related.len())
	for _, i := range part(w.related, e.related) {
		cards = append(cards, CardRef{int(i), d.Cards[i]})
	}
	return cards
}

// appendAuthors appends links to the authors, who have a page; those of a
// standalone page have none.
func (w views) appendAuthors(links []Link, e *entry) []Link {
	if e.Kind == article.News {
		return w.terms[authorTerm].appendLinks(links, e.authors)
	}
	for _, a := range e.Authors {
		links = append(links, Link{Title: a.Value})
	}
	return links
}

// byline returns the link to the organization that speaks, in the memory of an
// old one.
func byline(old *Link, e *entry) *Link {
	if l := e.speaker(); l.Title != "" {
		return put(old, l)
	}
	return nil
}

// speaker returns the body that speaks, with the URL of its page if it has one;
// the zero Link for none.
func (e *entry) speaker() Link {
	if e.organization != nil {
		return e.organization.link()
	}
	return Link{Title: e.Organization.Value} // of a standalone page
}

// Attachment is a document offered for download.
type Attachment struct {
	Title  string
	URL    string // root-relative
	Name   string // the file's own name, for the download attribute
	Type   string // media type
	Size   int64  // bytes
	SHA256 string // hexadecimal
	Pages  int    // of a PDF, 0 if unknown
	// Language is that of the title, if it is not the page's.
	Language string
}

func (t *kinship) attachments(e *entry) []Attachment {
	s := t.self
	var list []Attachment
	for _, a := range e.Optional().Attachments {
		v := s.attachment(e, a.File.Value, a.Title)
		v.Language = s.languageIf(e, a.Foreign)
		list = append(list, v)
	}
	return list
}

func (b *library) attachment(e *entry, name, title string) Attachment {
	f, u, _ := b.fileOf(e, name)
	base := path.Base(name)
	if title == "" {
		title = base
	}
	return Attachment{
		Title:  title,
		URL:    u,
		Name:   base,
		Type:   mediaType(f.Path),
		Size:   f.Size,
		SHA256: f.SHA256,
		Pages:  f.Pages,
	}
}

// Correction is what was put right in an article, and when.
type Correction struct {
	Date vietnamese.Date
	Text string
}

// corrections returns the corrections that are to be shown now.
func (s *articles) corrections(e *entry) []Correction {
	var list []Correction
	for _, c := range e.Optional().Corrections {
		if !c.Date.Start().After(s.now) {
			list = append(list, Correction(c))
		}
	}
	return list
}
