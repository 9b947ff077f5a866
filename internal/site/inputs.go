package site

import (
	"bantin/internal/digest"
	"bantin/internal/vietnamese"
)

// Inputs adds to h all that the view of a page is made from, beside the Chrome and
// the words of the interface, and tells whether it did: such a page is the same as
// long as its inputs are, and its view need not be made to find that out, which
// takes several times as long. It knows the pages that most of a large site are, or
// that show much of it: plain articles, the lists of terms, the older pages of the
// others, events and register with their calendars and data, feeds, and sitemaps of
// months. Of any other page the view itself has to be asked.
//
// It may add more than the view shows, never less.
func (s *Site) Inputs(h *digest.Hasher, p Page, d Digests) bool {
	w := views{s}
	if s.editions != nil { // its pages name those in other languages
		return false
	}
	h.Int(int64(p.Kind))
	switch p.Kind {
	case KindArticle:
		return w.articleInputs(h, p.index, d)
	case KindSection:
		sec := p.section
		addSection(h, sec)
		if sec.index >= 0 {
			h.Str(w.entries[sec.index].Lead)
		}
		return w.olderPageInputs(h, sec.published, p.number, d)
	case KindTerm:
		return w.termInputs(h, p, d)
	case KindMonth:
		return w.olderPageInputs(h, w.newsOf(int(p.month)), p.number, d)
	case KindEvents:
		return p.section == nil && w.eventInputs(h, p, d)
	case KindEventData:
		h.Bool(p.csv)
		addCards(h, w.events, d)
		return true
	case KindCalendar:
		return w.calendarInputs(h, p, d)
	case KindRegister:
		addLink(h, w.registerLink())
		return p.section == nil && w.registerInputs(h, p, d)
	case KindRegisterData:
		h.Bool(p.csv)
		return w.registerInputs(h, p, d)
	case KindSitemap:
		if p.month != 0 {
			return w.sitemapInputs(h, p, d)
		}
		return p.number > 0 && w.pagesSitemapInputs(h)
	case KindFeed:
		return w.feedInputs(h, p, d)
	}
	return false
}

// articleInputs is Inputs for an article, unless it has what only some have.
func (w views) articleInputs(h *digest.Hasher, i index, d Digests) bool {
	e := &w.entries[i]
	o := e.Optional()
	if len(o.Attachments)+len(o.Gallery)+len(o.Corrections) > 0 {
		return false
	}
	h.Digest(d.Bodies[i]) // with the whole file
	h.Digest(d.Cards[i])
	h.Str(w.cfg.ID)
	h.Str(e.ID.Value)
	addSection(h, e.section.parent) // the card tells of its own
	addOrganization(h, e, d)
	addTerms(h, w.terms[authorTerm], e.authors, d)
	addTerms(h, w.terms[tagTerm], e.tags, d)
	h.Int(int64(e.related.len()))
	addCards(h, part(w.related, e.related), d)
	for _, j := range [...]index{e.newer, e.older} {
		h.Bool(j >= 0)
		if j >= 0 {
			h.Digest(d.Cards[j]) // more than its link, and nearer at hand
		}
	}
	if e.relations == nil {
		return true
	}
	if e.Event != nil {
		h.Str(w.eventState(e.Event)) // which its card leaves out
	}
	h.Digest(d.Agreements[i])
	return true
}

// ItemDigest returns the digest of all that the item of article i in feeds is made
// from, beside its text: of its view, or of what gives that, as in Inputs. It needs
// the digests of cards, of agreements and of terms.
func (s *Site) ItemDigest(i int, d Digests) digest.Digest {
	e := &s.entries[i]
	if o := e.Optional(); len(o.Attachments)+len(o.Gallery)+len(o.Corrections) > 0 {
		return digest.Value(s.FeedItem(i))
	}
	return digest.Gather(func(h *digest.Hasher) {
		h.Digest(d.Cards[i])
		h.Digest(d.Agreements[i]) // with its status, which the item leaves out
		h.Str(s.cfg.Origin)
		h.Str(s.cfg.ID)
		h.Bool(s.cfg.First != "") // of which language it is then, its URL tells
		h.Bool(s.cfg.Feed.FullText)
		h.Str(e.ID.Value)
		h.Bool(e.LeadDerived)
		addDate(h, s.modified(e.Article))
		addOrganization(h, e, d)
		addTerms(h, s.terms[authorTerm], e.authors, d)
		addTerms(h, s.terms[tagTerm], e.tags, d)
	})
}

// termInputs is Inputs for a page of the list of a term.
func (w views) termInputs(h *digest.Hasher, p Page, d Digests) bool {
	t := p.term
	addLink(h, t.link())
	h.Int(int64(t.kind))
	h.Str(t.description)
	if p.number != 0 {
		return w.olderPageInputs(h, t.published, p.number, d)
	}
	addCards(h, w.newsOn(t.published, 0), d)
	w.addPager(h, t.published, 0)
	switch t.kind {
	case authorTerm:
		sections, events := w.besideAuthor(t)
		h.Value(sections)
		h.Value(events)
	case organizationTerm:
		h.Value(w.aboutOrganization(t))
		h.Int(int64(len(t.agreements)))
		for _, i := range t.agreements {
			h.Digest(d.Agreements[i])
		}
		for _, i := range w.upcoming(t.events) {
			h.Value(w.eventView(i))
		}
	}
	return true
}

// registerInputs is Inputs for the agreements of a year, or for all.
func (w views) registerInputs(h *digest.Hasher, p Page, d Digests) bool {
	h.Int(int64(p.number))
	for _, i := range w.agreementsOf(p.number) {
		h.Digest(d.Agreements[i])
	}
	return true
}

// eventInputs is Inputs for the events to come, or for those of a year. Cards tell
// of events all but their state.
func (w views) eventInputs(h *digest.Hasher, p Page, d Digests) bool {
	addLink(h, w.eventsLink())
	h.Str(w.calendarURL(w.eventsURL(0)))
	h.Int(int64(p.number))
	list := w.eventsOf(p.number)
	if p.number == 0 {
		list = w.coming
		h.Value(w.eventYears())
	}
	for _, i := range list {
		h.Digest(d.Cards[i])
		h.Str(w.eventState(w.entries[i].Event))
	}
	return true
}

// calendarInputs is Inputs for the calendar of an event, of an organization or of all.
func (w views) calendarInputs(h *digest.Hasher, p Page, d Digests) bool {
	h.Str(w.cfg.ID)
	h.Value(w.observances)
	list := []index{p.index}
	switch {
	case p.term != nil:
		addLink(h, p.term.link())
		list = w.inCalendar(p.term.events)
	case p.index < 0:
		list = w.inCalendar(w.events)
	}
	for _, i := range list {
		h.Digest(d.Cards[i])
		addDate(h, w.modified(w.entries[i].Article))
	}
	return true
}

// sitemapInputs is Inputs for the sitemap of a month. Cards tell of URLs and covers.
func (w views) sitemapInputs(h *digest.Hasher, p Page, d Digests) bool {
	for _, i := range partOf(w.newsOf(int(p.month)), p.number) {
		e := &w.entries[i]
		h.Digest(d.Cards[i])
		addDate(h, w.modified(e.Article))
		for _, image := range e.Optional().Gallery {
			h.Str(w.image(e, &image).Full.URL)
		}
	}
	return true
}

// feedInputs is Inputs for a feed. The chrome tells of the site and who publishes it,
// items tell of their dates and of the id of the site.
func (w views) feedInputs(h *digest.Hasher, p Page, d Digests) bool {
	h.Int(int64(p.format))
	switch {
	case p.section != nil:
		addLink(h, p.section.link())
		if p.section.index >= 0 {
			h.Str(w.entries[p.section.index].Lead)
		}
	case p.term != nil:
		addLink(h, p.term.link())
		h.Str(p.term.description)
	}
	if p.format != JSON {
		h.Str(w.staticURL("feed.css"))
		h.Str(w.staticURL("feed.js"))
	}
	for _, i := range w.feedNews(p) {
		h.Digest(d.Items[int(i)])
		if w.cfg.Feed.FullText {
			h.Digest(d.Bodies[i])
		}
	}
	return true
}

// pagesSitemapInputs is Inputs for all parts of the sitemap of pages.
func (w views) pagesSitemapInputs(h *digest.Hasher) bool {
	w.eachListed(func(r route) {
		h.Int(int64(r.Kind))
		h.Str(r.Path)
		if r.Kind == KindStandalone {
			addDate(h, w.modified(w.entries[r.index].Article))
		}
	})
	return true
}

func addCards(h *digest.Hasher, list []index, d Digests) {
	for _, i := range list {
		h.Digest(d.Cards[i])
	}
}

// addTerms adds the links to the terms of some uses.
func addTerms(h *digest.Hasher, ts *terms, uses span, d Digests) {
	h.Int(int64(uses.len()))
	for _, place := range part(ts.uses, uses) {
		h.Digest(d.Terms[ts.kind][place])
	}
}

// addOrganization adds the link to the organization that speaks, if there is one.
func addOrganization(h *digest.Hasher, e *entry, d Digests) {
	h.Bool(e.organization != nil)
	if e.organization != nil {
		h.Digest(d.Terms[organizationTerm][e.organization.place])
	}
}

// TermDigests are those of the links to the names of each kind.
func (x *taxonomy) TermDigests() (all [termKinds][]digest.Digest) {
	for kind, ts := range x.terms {
		all[kind] = make([]digest.Digest, len(ts.list))
		for place, t := range ts.list {
			all[kind][place] = digest.Gather(func(h *digest.Hasher) { addLink(h, t.link()) })
		}
	}
	return all
}

// addSection adds what a section's pages, and those of its articles, tell of it.
func addSection(h *digest.Hasher, sec *section) {
	for ; sec != nil; sec = sec.parent {
		addLink(h, sec.link())
	}
}

// olderPageInputs is Inputs for a page behind the front page of a list of news. Such
// a list has feeds, whose links follow from its title and its URL.
func (w views) olderPageInputs(h *digest.Hasher, news []index, number int, d Digests) bool {
	if number == 0 {
		return false
	}
	addCards(h, w.newsOn(news, number), d)
	w.addPager(h, news, number)
	return true
}

// addPager adds what the pager of a page of a list of news tells, beside the URL of
// the list.
func (w views) addPager(h *digest.Hasher, news []index, number int) {
	size := w.cfg.PageSize
	last := olderPages(len(news), size)
	from, to := max(1, number-1), min(last, number+1)
	if number == 0 {
		from, to = max(1, last), last
		h.Int(int64(last))
		for month, page := range w.eachMonth(news[:last*size]) {
			h.Int(int64(month)<<32 | int64(page))
		}
	}
	add := func(k int) {
		page := w.newsOn(news, k)
		h.Int(int64(w.entries[page[0]].month)<<32 | int64(w.entries[page[len(page)-1]].month))
	}
	for k := from; k <= to; k++ {
		add(k)
	}
	for _, k := range pagerPages(last, number) {
		add(k)
	}
}

func addLink(h *digest.Hasher, l Link) {
	h.Str(l.Title)
	h.Str(l.URL)
}

func addDate(h *digest.Hasher, d vietnamese.Date) {
	h.Int(d.Time.Unix())
	h.Int(int64(d.Precision))
}
