package site

import "slices"

// List is the view of section.html, month.html, tag.html, organization.html
// and author.html: articles, newest first, with older pages.
type List struct {
	Head        Head
	Kind        string // "section", "month", "tag", "organization" or "author": the template; or "events" or "agreements", in those
	Title       string
	TitleIn     string // language of a name, if that is not the page's
	Description string
	Body        *Body   // a section's introduction, on its front page only
	Sections    []Link  // the sections below it, or those that an author writes in; on its front page only
	Events      []Event // the next ones of a section, on its front page only
	Cards       []CardRef
	OneSection  bool // of a section: all of these are in itself, none in one below it
	Pager       Pager
	Newer       *Link // the neighbours of a month that have articles, on its front page only
	Older       *Link
	// Organization is set on an organization's front page.
	Organization *OrganizationPage
}

// listView makes the view of a page of the list of news at url, in the memory of
// one that was released, if there is any.
func (w views) listView(kind, title, url string, news []index, number int, d Digests) *List {
	v, ok := w.releasedLists.Get().(*List)
	if !ok {
		v = new(List)
	}
	*v = List{
		Kind:  kind,
		Title: title,
		Cards: appendCards(v.Cards[:0], w.newsOn(news, number), d),
		Pager: w.datedPager(v.Pager, url, news, number),
	}
	return v
}

func (w views) sectionView(p Page, d Digests) *List {
	sec := p.section
	v := w.listView("section", sec.title, sec.url, sec.published, p.number, d)
	v.OneSection = !slices.ContainsFunc(v.Cards, func(c CardRef) bool { return w.entries[c.Index].section != sec })
	if sec.index >= 0 {
		v.Description = w.entries[sec.index].Lead
	}
	v.Head = w.listHead(sec.title, v.Description, sec.url, v.Pager)
	v.Head.Section = sec.slugs
	v.Head.Feeds = sec.feeds
	if sec.parent != nil {
		v.Head.Breadcrumb = sec.parent.breadcrumb
	}
	if p.number == 0 {
		for _, child := range sec.children {
			v.Sections = append(v.Sections, child.link())
		}
		v.Events = w.eventsBelow(sec)
		if sec.index >= 0 {
			v.Body = &Body{Digest: d.Bodies[sec.index]}
		}
	}
	return v
}

// madePage returns the view of a section that is a page of the program's as
// well, and the head of that page; nil and h if there is none.
func (w views) madePage(kind string, p Page, d Digests, h Head) (*List, Head) {
	if p.section == nil {
		return nil, h
	}
	v := w.sectionView(p, d)
	v.Kind, v.Events = kind, nil // which the page shows itself
	return v, v.Head
}

const sideEvents = 3 // events beside the articles of a section or an author

// eventsBelow returns the next events of a section and of those below it.
func (w views) eventsBelow(sec *section) []Event {
	var list []Event
	for _, i := range w.coming {
		if len(list) < sideEvents && w.entries[i].section.isIn(sec) {
			list = append(list, *w.eventView(i))
		}
	}
	return list
}
