package site

import (
	"fmt"
	"slices"
	"strconv"

	"bantin/internal/digest"
)

// Keys are the digests by which views name what is made once for each article,
// by index.
type Keys struct {
	Cards  []digest.Digest       // of the views of cards
	Bodies []digest.Digest       // of the texts, from BodyKey
	Items  map[int]digest.Digest // of the views of those that stand in feeds
}

// views makes the closed views of a site's pages.
type views struct{ *Site }

// View makes the closed view of a planned page: a value of a type of views.go; of
// an article or a list, which are large and nearly every page, a pointer to one.
func (s *Site) View(p Page, k Keys) any {
	w := views{s}
	v := w.viewOf(p, k)
	if s.editions == nil {
		return v
	}
	return withAlternates(v, w.alternates(p))
}

func (w views) viewOf(p Page, k Keys) any {
	switch p.Kind {
	case KindHome:
		return w.homeView(k)
	case KindArticle, KindStandalone:
		return w.articleView(p.index, k)
	case KindSection:
		return w.sectionView(p, k)
	case KindMonth:
		return w.monthView(p, k)
	case KindYear:
		return w.yearView(p.number)
	case KindTerm:
		return w.termView(p, k)
	case KindTerms:
		return w.termsView(w.terms[p.terms])
	case KindEvents:
		return w.eventsView(p, k)
	case KindRegister:
		return w.registerView(p, k)
	case KindFeeds:
		return w.feedsView()
	case KindSearch:
		return w.searchView()
	case KindNotFound:
		return w.notFoundView()
	case KindRedirect:
		return w.redirectView(w.aliases[p.number])
	case KindFeed:
		return w.feedView(p, k)
	case KindCalendar:
		return w.calendarView(p)
	case KindRegisterData:
		return w.registerData(p)
	case KindEventData:
		return w.eventData(p)
	case KindSitemap:
		return w.sitemapView(p)
	case KindOPML:
		return w.opmlView()
	case KindRedirects:
		return w.redirects()
	case KindText:
		return w.textView(p.Path)
	}
	panic(fmt.Sprintf("site: no view for kind %d", p.Kind))
}

// head returns the head of a page at url. One that has no description of its own
// is described by its title and the site's.
func (w views) head(title, description, url string) Head {
	if description == "" && title != w.cfg.Title {
		description = w.in.Text("page-description", title, w.cfg.Title)
	}
	return Head{Title: title, Description: description, Path: url, URL: w.absolute(url)}
}

// listHead returns the head of a page of a list whose front page is at url.
func (w views) listHead(title, description, url string, pager Pager) Head {
	if pager.Number > 0 {
		title += " – " + w.in.Text("page-number", strconv.Itoa(pager.Number))
		description = ""
	}
	h := w.head(title, description, w.listURL(url, pager.Number))
	h.Newer, h.Older = pager.Newer, pager.Older
	return h
}

// cards returns the cards of articles, given oldest first, newest first.
func cards(list []index, k Keys) []CardRef {
	return appendCards(make([]CardRef, 0, len(list)), list, k)
}

func appendCards(refs []CardRef, list []index, k Keys) []CardRef {
	for _, i := range slices.Backward(list) {
		refs = append(refs, CardRef{int(i), k.Cards[i]})
	}
	return refs
}

// newest returns the last n of a list that is oldest first.
func newest(list []index, n int) []index { return list[max(0, len(list)-n):] }

const (
	homeNewest   = 8 // articles below those that lead the home page
	homeLead     = 4 // a story and those beside it
	homeList     = 6 // articles that are not drawn up to the lead while there are no more
	homeSections = 12
	homeSection  = 3 // articles of each section
	homeEvents   = 5
	sideEvents   = 3 // events beside the articles of a section
	yearNewest   = 3 // articles of each month on the page of its year
)

func (w views) homeView(k Keys) Home {
	h := Home{Head: w.head("", w.cfg.Description, w.cfg.Root)}
	lead := w.pinned()
	rest := without(newest(w.published, homeNewest+homeLead), lead)
	drawn := len(rest) - homeDraw(len(lead), len(rest))
	lead, rest = append(rest[drawn:len(rest):len(rest)], lead...), rest[:drawn]
	h.Lead = cards(lead, k)
	rest = newest(rest, homeNewest)
	h.Newest = cards(rest, k)
	shown := slices.Concat(lead, rest)
	for _, year := range slices.Backward(w.years()) {
		h.Years = append(h.Years, Link{Title: strconv.Itoa(year), URL: w.yearURL(year)})
		h.Counts = append(h.Counts, w.countOf(year))
	}
	for _, sec := range w.sections {
		if sec.parent == nil && len(sec.published) > 0 && len(h.Sections) < homeSections {
			list := without(newest(sec.published, homeSection+len(shown)), shown)
			if len(list) > 0 {
				h.Sections = append(h.Sections, HomeSection{sec.link(), cards(newest(list, homeSection), k)})
				shown = append(shown, newest(list, homeSection)...)
			}
		}
	}
	for _, i := range w.upcoming(w.events) {
		if len(h.Events) < homeEvents {
			h.Events = append(h.Events, *w.eventView(i))
		}
	}
	return h
}

// homeDraw returns how many of the newest articles stand beside the pinned
// ones: a small site keeps enough for its list, but some article always leads.
func homeDraw(pinned, newest int) int {
	draw := max(0, min(homeLead-pinned, newest-homeList))
	if pinned == 0 && newest > 0 {
		draw = max(1, draw)
	}
	return draw
}

// without returns a list less what is on the other.
func without(list, other []index) []index {
	return slices.DeleteFunc(slices.Clone(list), func(i index) bool { return slices.Contains(other, i) })
}

// pinned returns the articles that lead the home page now, oldest first.
func (t *timeline) pinned() []index {
	var list []index
	for _, i := range t.published {
		e := &t.entries[i]
		if e.Pinned && (e.Optional().PinnedUntil.IsZero() || t.now.Before(e.Optional().PinnedUntil.End())) {
			list = append(list, i)
		}
	}
	return newest(list, homeLead)
}

// listView makes the view of a page of the list of news at url, in the memory of
// one that was released, if there is any.
func (w views) listView(kind, title, url string, news []index, number int, k Keys) *List {
	v, ok := w.releasedLists.Get().(*List)
	if !ok {
		v = new(List)
	}
	at := listPageAt(len(news), w.cfg.PageSize, number)
	*v = List{
		Kind:  kind,
		Title: title,
		Cards: appendCards(v.Cards[:0], news[at.from:at.to], k),
		Pager: w.datedPager(v.Pager, url, news, number),
	}
	return v
}

func (w views) sectionView(p Page, k Keys) *List {
	sec := p.section
	v := w.listView("section", sec.title, sec.url, sec.published, p.number, k)
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
			v.Body = &Body{Digest: k.Bodies[sec.index]}
		}
	}
	return v
}

// madePage returns the view of a section that is a page of the program's as
// well, and the head of that page; nil and h if there is none.
func (w views) madePage(kind string, p Page, k Keys, h Head) (*List, Head) {
	if p.section == nil {
		return nil, h
	}
	v := w.sectionView(p, k)
	v.Kind, v.Events = kind, nil // which the page shows itself
	return v, v.Head
}

func (w views) monthView(p Page, k Keys) *List {
	code := int(p.month)
	m := Month{Year: code / 100, Month: code % 100}
	url, news := w.monthURL(m), w.newsOf(code)
	v := w.listView("month", w.monthTitle(m), url, news, p.number, k)
	v.Head = w.listHead(v.Title, "", url, v.Pager)
	year := strconv.Itoa(m.Year)
	v.Head.Breadcrumb = []Link{{Title: w.in.Text("archive-year", year), URL: w.yearURL(m.Year)}}
	if p.number == 0 {
		v.Older, v.Newer = w.monthsBeside(m)
	}
	return v
}

// monthsBeside returns the months before and after one that have articles.
func (w views) monthsBeside(m Month) (older, newer *Link) {
	k := slices.IndexFunc(w.months, func(other Month) bool { return codeOf(other) == codeOf(m) })
	if k > 0 {
		older = &Link{Title: w.monthTitle(w.months[k-1]), URL: w.monthURL(w.months[k-1])}
	}
	if 0 <= k && k+1 < len(w.months) {
		newer = &Link{Title: w.monthTitle(w.months[k+1]), URL: w.monthURL(w.months[k+1])}
	}
	return older, newer
}

// monthTitle returns a month as the title of its page.
func (w views) monthTitle(m Month) string {
	return w.in.Text("archive-month", strconv.Itoa(m.Month), strconv.Itoa(m.Year), w.in.Text("month-"+strconv.Itoa(m.Month)))
}

// eventsBelow returns the next events of a section and of those below it.
func (w views) eventsBelow(sec *section) []Event {
	var list []Event
	for _, i := range w.upcoming(w.events) {
		if len(list) < sideEvents && w.entries[i].section.isIn(sec) {
			list = append(list, *w.eventView(i))
		}
	}
	return list
}

func (w views) yearView(year int) Year {
	title := w.in.Text("archive-year", strconv.Itoa(year))
	v := Year{Head: w.head(title, "", w.yearURL(year)), Year: year}
	for _, m := range w.months {
		if m.Year == year {
			news := w.newsOf(codeOf(m))
			m.Count = len(news)
			for _, i := range slices.Backward(newest(news, yearNewest)) {
				m.Newest = append(m.Newest, w.link(i))
			}
			v.Months = append(v.Months, m)
		}
	}
	years := w.years()
	k := slices.Index(years, year)
	if k > 0 {
		v.Older = &Link{Title: w.in.Text("archive-year", strconv.Itoa(years[k-1])), URL: w.yearURL(years[k-1])}
	}
	if k+1 < len(years) {
		v.Newer = &Link{Title: w.in.Text("archive-year", strconv.Itoa(years[k+1])), URL: w.yearURL(years[k+1])}
	}
	return v
}

func (w views) termView(p Page, k Keys) *List {
	t := p.term
	kind := [termKinds]string{"tag", "organization", "author"}[t.kind]
	v := w.listView(kind, t.title, t.url, t.published, p.number, k)
	v.Description = t.description
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
	isIn, has := map[*section]bool{}, map[index]bool{}
	for _, i := range t.published {
		isIn[w.entries[i].section] = true
		if w.entries[i].Event != nil {
			has[i] = true
		}
	}
	for _, sec := range w.sections {
		if isIn[sec] {
			sections = append(sections, sec.link())
		}
	}
	if len(has) == 0 {
		return sections, nil
	}
	for _, i := range w.upcoming(w.events) {
		if has[i] && len(events) < sideEvents {
			events = append(events, *w.eventView(i))
		}
	}
	return sections, events
}

func (w views) organizationView(t *term) *OrganizationPage {
	v := &OrganizationPage{Calendar: w.calendarURL(t.url), Now: t.nowLinks(), Former: linksTo(t.former)}
	if t.ended() {
		v.Ended = t.merger.from
		for _, h := range t.merger.into {
			if !slices.Contains(t.now, h.term) {
				v.Through = append(v.Through, h.link())
			}
		}
	}
	for _, i := range slices.Backward(t.agreements) {
		v.Agreements = append(v.Agreements, *w.agreementView(i))
	}
	for _, i := range w.upcoming(t.events) {
		v.Events = append(v.Events, *w.eventView(i))
	}
	return v
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
		v.Terms = append(v.Terms, Term{t.title, t.url, t.description, t.ended(), t.nowLinks(), len(t.published)})
		v.Ended = v.Ended || t.ended()
	}
	return v
}

func (w views) feedsView() FeedsPage {
	title := w.in.Text("feeds")
	v := FeedsPage{
		Head:          w.head(title, "", w.feedsURL()),
		Title:         title,
		Groups:        w.feedGroups(),
		Sections:      w.sectionFeeds(),
		Organizations: w.organizationFeeds(),
		Calendars:     []Link{{Title: w.in.Text("events"), URL: w.calendarURL(w.eventsURL(0))}},
	}
	if len(v.Groups) > 0 {
		v.OPML = w.at(opmlFile)
	}
	return v
}

// feedGroups returns the feeds of the site, its sections and organizations.
func (w views) feedGroups() []FeedGroup {
	site := withFeeds([]FeedGroup{{w.cfg.Title, w.cfg.Root, w.chrome.Feeds}})
	return slices.Concat(site, w.sectionFeeds(), w.organizationFeeds())
}

func (w views) sectionFeeds() []FeedGroup {
	var groups []FeedGroup
	for _, sec := range w.sections {
		groups = append(groups, FeedGroup{sec.title, sec.url, sec.feeds})
	}
	return withFeeds(groups)
}

func (w views) organizationFeeds() []FeedGroup {
	var groups []FeedGroup
	for _, t := range w.terms[organizationTerm].sorted {
		groups = append(groups, FeedGroup{t.title, t.url, t.feeds})
	}
	return withFeeds(groups)
}

// withFeeds leaves out what has no feed.
func withFeeds(groups []FeedGroup) []FeedGroup {
	return slices.DeleteFunc(groups, func(g FeedGroup) bool { return len(g.Feeds) == 0 })
}

func (w views) notFoundView() NotFound {
	v := NotFound{Head: w.head(w.in.Text("not-found"), "", w.at("404.html"))}
	v.Head.NoIndex = true
	for _, sec := range w.sections {
		if sec.parent == nil {
			v.Sections = append(v.Sections, sec.link())
		}
	}
	return v
}

func (w views) redirectView(a alias) Redirect {
	return Redirect{URL: a.to, Canonical: w.absolute(a.to), Language: w.cfg.Language}
}
