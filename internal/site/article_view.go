package site

import (
	"path"

	"bantin/internal/article"
)

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
		c.Event = s.eventView(i)
		c.Event.State = "" // a list must not change whenever an event begins or ends
	}
	return c
}

func (s *Site) link(i index) Link {
	return Link{Title: s.entries[i].Title.Value, URL: s.url(&s.entries[i])}
}

func (s *Site) linkTo(i index) *Link {
	if i < 0 {
		return nil
	}
	l := s.link(i)
	return &l
}

func (s *Site) articleView(i index, k Keys) *Article {
	e := &s.entries[i]
	v := &Article{
		Head:        s.head(e.Title.Value, e.Lead, s.url(e)),
		Mark:        s.mark(i),
		ID:          s.tagURI(e.ID.Value),
		Title:       e.Title.Value,
		Lead:        e.standfirst(),
		Date:        e.Date,
		Updated:     e.Rare().Updated,
		Modified:    s.modified(e.Article),
		Authors:     s.authorLinks(e),
		Body:        Body{Digest: k.Bodies[i]},
		Byline:      s.byline(e),
		Tags:        s.terms[tagTerm].links(e.tags),
		Cover:       s.image(e, e.Image),
		Attachments: s.attachments(e),
		Corrections: s.corrections(e),
		Newer:       s.linkTo(e.newer),
		Older:       s.linkTo(e.older),
		Extra:       e.Rare().Extra,
	}
	v.Head.Image = v.Cover
	if e.section != nil {
		v.Section = e.section.link()
		v.Head.Section = e.section.slugs
		v.Head.Breadcrumb = e.section.breadcrumb
		v.Head.Feeds = e.section.feeds
	}
	for _, image := range e.Rare().Gallery {
		v.Gallery = append(v.Gallery, *s.image(e, &image))
	}
	related := part(s.related, e.related)
	if len(related) > 0 {
		v.Related = make([]CardRef, 0, len(related))
	}
	for _, r := range related {
		v.Related = append(v.Related, CardRef{int(r), k.Cards[r]})
	}
	if e.Event != nil {
		v.Event = s.eventView(i)
	}
	if e.Agreement != nil {
		v.Agreement = s.agreementView(i)
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

// authorLinks links the authors that have a page; those of a standalone page
// have none.
func (s *Site) authorLinks(e *entry) []Link {
	if e.Kind == article.News {
		return s.terms[authorTerm].links(e.authors)
	}
	var links []Link
	for _, a := range e.Authors {
		links = append(links, Link{Title: a.Value})
	}
	return links
}

func (s *Site) byline(e *entry) *Link {
	if e.organization == nil && e.Organization.Value != "" {
		return &Link{Title: e.Organization.Value}
	}
	return termLink(e.organization)
}

func (s *Site) attachments(e *entry) []Attachment {
	var list []Attachment
	for _, a := range e.Rare().Attachments {
		list = append(list, s.attachment(e, a.File.Value, a.Title))
	}
	return list
}

func (s *Site) attachment(e *entry, name, title string) Attachment {
	f, u, _ := s.fileOf(e, name)
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

// corrections returns the corrections that are to be shown now.
func (s *Site) corrections(e *entry) []Correction {
	var list []Correction
	for _, c := range e.Rare().Corrections {
		if !c.Date.Start().After(s.now) {
			list = append(list, Correction(c))
		}
	}
	return list
}

// eventView returns the view of article i's event.
func (s *Site) eventView(i index) *Event {
	e := &s.entries[i]
	return &Event{
		ID:        e.ID.Value,
		Title:     e.Title.Value,
		URL:       s.url(e),
		Start:     e.Event.Start,
		End:       e.Event.End,
		AllDay:    isAllDay(e.Event),
		Location:  e.Event.Location,
		Address:   e.Event.Address,
		Organizer: termLink(e.organizer),
		Link:      e.Event.URL,
		Status:    string(e.Event.Status),
		Calendar:  s.calendarURL(s.url(e)),
		State:     s.eventState(e.Event),
		Mark:      s.mark(i),
	}
}

// agreementView returns the view of article i's agreement.
func (s *Site) agreementView(i index) *Agreement {
	e := &s.entries[i]
	g := e.Agreement
	v := &Agreement{
		ID:          e.ID.Value,
		Title:       g.Title,
		URL:         s.url(e),
		Number:      g.Number.Value,
		Parties:     s.terms[organizationTerm].links(e.parties),
		Signed:      g.Signed,
		From:        effectiveFrom(e.Article),
		To:          g.To,
		Status:      s.agreementStatus(e.Article),
		Expiring:    s.expiring(e.Article),
		Commitments: g.Commitments,
		Items:       g.Items,
		Mark:        s.mark(i),
	}
	if v.Title == "" {
		v.Title = e.Title.Value
	}
	if g.Document.Value != "" {
		document := s.attachment(e, g.Document.Value, "")
		v.Document = &document
	}
	if e.amends >= 0 && s.shows(e.amends) {
		v.Amends = s.linkTo(e.amends)
	}
	for _, j := range e.amendedBy {
		v.AmendedBy = append(v.AmendedBy, s.link(j))
	}
	return v
}
