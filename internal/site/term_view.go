package site

import (
	"slices"

	"bantin/internal/vietnamese"
)

// OrganizationPage is what an organization's page shows beside its articles.
type OrganizationPage struct {
	Agreements []Agreement
	Events     []Event         // upcoming
	Now        []Link          // of a body that has ended: what it is now
	Ended      vietnamese.Date // the first day on which it was no more, zero if nobody says
	Through    []Link          // what it passed into first, where that has ended too
	Former     []Link          // the bodies that passed into this one, at once or through others
	Calendar   string          // URL of lich.ics, "" if it has no event
}

func (w views) termView(p Page, d Digests) *List {
	t := p.term
	kind := [termKinds]string{"tag", "organization", "author"}[t.kind]
	v := w.listView(kind, t.title, t.url, t.published, p.number, d)
	v.TitleIn, v.Description = t.language, t.description
	v.Head = w.listHead(t.title, t.description, t.url, v.Pager)
	switch t.kind {
	case tagTerm:
		v.Head.Feeds = t.feeds
		v.Head.Breadcrumb = []Link{{Title: w.in.Text("tags"), URL: w.chrome.URLs.Tags}}
	case authorTerm:
		if p.number == 0 {
			v.Sections, v.Events = w.besideAuthor(t)
		}
	case organizationTerm:
		v.Head.Feeds = t.feeds
		v.Head.Breadcrumb = []Link{{Title: w.in.Text("organizations"), URL: w.chrome.URLs.Organizations}}
		if p.number == 0 {
			v.Organization = w.organizationView(t)
		}
	}
	return v
}

// besideAuthor returns what stands beside the articles of an author: the sections
// they are in, and the next events of which they tell.
func (w views) besideAuthor(t *term) (sections []Link, events []Event) {
	var met []*section
	for _, i := range t.published {
		if sec := w.entries[i].section; !slices.Contains(met, sec) {
			met = append(met, sec)
		}
	}
	for _, sec := range w.sections {
		if slices.Contains(met, sec) {
			sections = append(sections, sec.link())
		}
	}
	for _, i := range w.coming {
		if len(events) < sideEvents && slices.Contains(part(w.terms[authorTerm].uses, w.entries[i].authors), t.place) {
			events = append(events, *w.eventView(i))
		}
	}
	return sections, events
}

func (w views) organizationView(t *term) *OrganizationPage {
	v := w.aboutOrganization(t)
	for _, i := range slices.Backward(t.agreements) {
		v.Agreements = append(v.Agreements, *w.agreementView(i))
	}
	for _, i := range w.upcoming(t.events) {
		v.Events = append(v.Events, *w.eventView(i))
	}
	return v
}

// aboutOrganization is organizationView without agreements and events.
func (w views) aboutOrganization(t *term) *OrganizationPage {
	v := &OrganizationPage{Calendar: w.calendarURL(t.url), Now: t.nowLinks(), Former: linksTo(t.former)}
	if t.ended() {
		v.Ended = t.merger.from
		for _, h := range t.merger.into {
			if !slices.Contains(t.now, h.term) {
				v.Through = append(v.Through, h.link())
			}
		}
	}
	return v
}

// Terms is the view of terms.html: all tags, or all organizations.
type Terms struct {
	Head  Head
	Title string
	Kind  string // "tags" or "organizations"
	Terms []Term // in Vietnamese order
	Ended bool   // whether some of them have ended
}

// Term is a tag's or an organization's line.
type Term struct {
	Title       string
	URL         string
	Description string
	Ended       bool   // an organization that is no more
	Now         []Link // what such a one is now
	Count       int    // how many articles it has
	Language    string // of the title, if that is not the page's
}

func (w views) termsView(ts *terms) Terms {
	word := mapName(ts.kind)
	url := w.chrome.URLs.Tags
	if ts.kind == organizationTerm {
		url = w.chrome.URLs.Organizations
	}
	title := w.in.Text(word)
	v := Terms{Head: w.head(title, "", url), Title: title, Kind: word}
	for _, t := range ts.sorted {
		v.Terms = append(v.Terms, Term{t.title, t.url, t.description, t.ended(), t.nowLinks(), len(t.published), t.language})
		v.Ended = v.Ended || t.ended()
	}
	return v
}
