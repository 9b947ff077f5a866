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

// View makes the closed view of a planned page: a value of a type of views.go; of
// an article, which is large and nearly every page, a pointer to one.
func (s *Site) View(p Page, k Keys) any {
	switch p.Kind {
	case KindHome:
		return s.homeView(k)
	case KindArticle, KindStandalone:
		return s.articleView(p.index, k)
	case KindSection:
		return s.sectionView(p, k)
	case KindMonth:
		return s.monthView(p, k)
	case KindYear:
		return s.yearView(p.number)
	case KindTerm:
		return s.termView(p, k)
	case KindTerms:
		return s.termsView(s.terms[p.terms])
	case KindEvents:
		return s.eventsView(p, k)
	case KindRegister:
		return s.registerView(p, k)
	case KindFeeds:
		return s.feedsView()
	case KindSearch:
		return s.searchView()
	case KindNotFound:
		return s.notFoundView()
	case KindRedirect:
		return s.redirectView(s.aliases[p.number])
	case KindFeed:
		return s.feedView(p, k)
	case KindCalendar:
		return s.calendarView(p)
	case KindRegisterData:
		return s.registerData(p)
	case KindEventData:
		return s.eventData(p)
	case KindSitemap:
		return s.sitemapView(p)
	case KindOPML:
		return s.opmlView()
	case KindRedirects:
		return s.redirects()
	case KindText:
		return s.textView(p.Path)
	}
	panic(fmt.Sprintf("site: no view for kind %d", p.Kind))
}

// head returns the head of a page at url.
func (s *Site) head(title, description, url string) Head {
	return Head{Title: title, Description: description, Path: url, URL: s.absolute(url)}
}

// listHead returns the head of a page of a list whose front page is at url.
func (s *Site) listHead(title, description, url string, pager Pager) Head {
	if pager.Number > 0 {
		title += " – " + s.in.Text("page-number", strconv.Itoa(pager.Number))
		description = ""
	}
	h := s.head(title, description, s.listURL(url, pager.Number))
	h.Newer, h.Older = pager.Newer, pager.Older
	return h
}

// cards returns the cards of articles, given oldest first, newest first.
func cards(list []index, k Keys) []CardRef {
	refs := make([]CardRef, 0, len(list))
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

func (s *Site) homeView(k Keys) Home {
	h := Home{Head: s.head("", s.cfg.Description, s.cfg.Root)}
	lead := s.pinned()
	rest := without(newest(s.published, homeNewest+homeLead), lead)
	drawn := len(rest) - homeDraw(len(lead), len(rest))
	lead, rest = append(rest[drawn:len(rest):len(rest)], lead...), rest[:drawn]
	h.Lead = cards(lead, k)
	rest = newest(rest, homeNewest)
	h.Newest = cards(rest, k)
	shown := slices.Concat(lead, rest)
	for _, year := range slices.Backward(s.years()) {
		h.Years = append(h.Years, Link{strconv.Itoa(year), s.yearURL(year)})
		h.Counts = append(h.Counts, s.countOf(year))
	}
	for _, sec := range s.sections {
		if sec.parent == nil && len(sec.published) > 0 && len(h.Sections) < homeSections {
			list := without(newest(sec.published, homeSection+len(shown)), shown)
			if len(list) > 0 {
				h.Sections = append(h.Sections, HomeSection{sec.link(), cards(newest(list, homeSection), k)})
				shown = append(shown, newest(list, homeSection)...)
			}
		}
	}
	for _, i := range s.upcoming(s.events) {
		if len(h.Events) < homeEvents {
			h.Events = append(h.Events, *s.eventView(i))
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

func (s *Site) sectionView(p Page, k Keys) List {
	sec := p.section
	at := listPageAt(len(sec.published), s.cfg.PageSize, p.number)
	v := List{
		Kind:  "section",
		Title: sec.title,
		Cards: cards(sec.published[at.from:at.to], k),
		Pager: s.datedPager(sec.url, sec.published, p.number),
	}
	if sec.index >= 0 {
		v.Description = s.entries[sec.index].Lead
	}
	v.Head = s.listHead(sec.title, v.Description, sec.url, v.Pager)
	v.Head.Section = sec.slugs
	v.Head.Feeds = sec.feeds
	if sec.parent != nil {
		v.Head.Breadcrumb = sec.parent.breadcrumb
	}
	if p.number == 0 {
		for _, child := range sec.children {
			v.Sections = append(v.Sections, child.link())
		}
		v.Events = s.eventsBelow(sec)
		if sec.index >= 0 {
			v.Body = &Body{Digest: k.Bodies[sec.index]}
		}
	}
	return v
}

// madePage returns the view of a section that is a page of the program's as
// well, and the head of that page; nil and h if there is none.
func (s *Site) madePage(kind string, p Page, k Keys, h Head) (*List, Head) {
	if p.section == nil {
		return nil, h
	}
	v := s.sectionView(p, k)
	v.Kind, v.Events = kind, nil // which the page shows itself
	return &v, v.Head
}

func (s *Site) monthView(p Page, k Keys) List {
	code := int(p.month)
	m := Month{Year: code / 100, Month: code % 100}
	url, news := s.monthURL(m), s.newsOf(code)
	at := listPageAt(len(news), s.cfg.PageSize, p.number)
	v := List{
		Kind:  "month",
		Title: s.monthTitle(m),
		Cards: cards(news[at.from:at.to], k),
		Pager: s.datedPager(url, news, p.number),
	}
	v.Head = s.listHead(v.Title, s.in.Text("archive-description", v.Title, s.cfg.Title), url, v.Pager)
	year := strconv.Itoa(m.Year)
	v.Head.Breadcrumb = []Link{{s.in.Text("archive-year", year), s.yearURL(m.Year)}}
	if p.number == 0 {
		v.Older, v.Newer = s.monthsBeside(m)
	}
	return v
}

// monthsBeside returns the months before and after one that have articles.
func (s *Site) monthsBeside(m Month) (older, newer *Link) {
	k := slices.IndexFunc(s.months, func(other Month) bool { return codeOf(other) == codeOf(m) })
	if k > 0 {
		older = &Link{s.monthTitle(s.months[k-1]), s.monthURL(s.months[k-1])}
	}
	if 0 <= k && k+1 < len(s.months) {
		newer = &Link{s.monthTitle(s.months[k+1]), s.monthURL(s.months[k+1])}
	}
	return older, newer
}

// monthTitle returns a month as the title of its page.
func (s *Site) monthTitle(m Month) string {
	return s.in.Text("archive-month", strconv.Itoa(m.Month), strconv.Itoa(m.Year), s.in.Text("month-"+strconv.Itoa(m.Month)))
}

// eventsBelow returns the next events of a section and of those below it.
func (s *Site) eventsBelow(sec *section) []Event {
	var list []Event
	for _, i := range s.upcoming(s.events) {
		if len(list) < sideEvents && s.entries[i].section.isIn(sec) {
			list = append(list, *s.eventView(i))
		}
	}
	return list
}

func (s *Site) yearView(year int) Year {
	title := s.in.Text("archive-year", strconv.Itoa(year))
	v := Year{Head: s.head(title, s.in.Text("archive-description", title, s.cfg.Title), s.yearURL(year)), Year: year}
	for _, m := range s.months {
		if m.Year == year {
			news := s.newsOf(codeOf(m))
			m.Count = len(news)
			for _, i := range slices.Backward(newest(news, yearNewest)) {
				m.Newest = append(m.Newest, s.link(i))
			}
			v.Months = append(v.Months, m)
		}
	}
	years := s.years()
	k := slices.Index(years, year)
	if k > 0 {
		v.Older = &Link{s.in.Text("archive-year", strconv.Itoa(years[k-1])), s.yearURL(years[k-1])}
	}
	if k+1 < len(years) {
		v.Newer = &Link{s.in.Text("archive-year", strconv.Itoa(years[k+1])), s.yearURL(years[k+1])}
	}
	return v
}

func (s *Site) termView(p Page, k Keys) List {
	t := p.term
	at := listPageAt(len(t.published), s.cfg.PageSize, p.number)
	v := List{
		Kind:        [termKinds]string{"tag", "organization", "author"}[t.kind],
		Title:       t.title,
		Description: t.description,
		Cards:       cards(t.published[at.from:at.to], k),
		Pager:       s.datedPager(t.url, t.published, p.number),
	}
	v.Head = s.listHead(t.title, t.description, t.url, v.Pager)
	switch t.kind {
	case tagTerm:
		v.Head.Feeds = t.feeds
		v.Head.Breadcrumb = []Link{{s.in.Text("tags"), s.chrome.Words.Tags}}
	case organizationTerm:
		v.Head.Feeds = t.feeds
		v.Head.Breadcrumb = []Link{{s.in.Text("organizations"), s.chrome.Words.Organizations}}
		if p.number == 0 {
			v.Organization = s.organizationView(t)
		}
	}
	return v
}

func (s *Site) organizationView(t *term) *OrganizationPage {
	v := &OrganizationPage{Calendar: s.calendarURL(t.url)}
	if t.successor != nil && t.successor.shown() {
		v.Successor = termLink(t.successor)
	}
	for _, i := range slices.Backward(t.agreements) {
		v.Agreements = append(v.Agreements, *s.agreementView(i))
	}
	for _, i := range s.upcoming(t.events) {
		v.Events = append(v.Events, *s.eventView(i))
	}
	for _, other := range s.terms[organizationTerm].sorted {
		if other.successor == t {
			v.Predecessor = append(v.Predecessor, other.link())
		}
	}
	return v
}

func (s *Site) termsView(ts *terms) Terms {
	word := mapName(ts.kind)
	url := s.chrome.Words.Tags
	if ts.kind == organizationTerm {
		url = s.chrome.Words.Organizations
	}
	title := s.in.Text(word)
	v := Terms{Head: s.head(title, "", url), Title: title, Kind: word}
	for _, t := range ts.sorted {
		ended := t.successor != nil
		v.Terms = append(v.Terms, Term{t.title, t.url, t.description, ended, len(t.published)})
		v.Ended = v.Ended || ended
	}
	return v
}

func (s *Site) feedsView() FeedsPage {
	title := s.in.Text("feeds")
	v := FeedsPage{
		Head:          s.head(title, "", s.feedsURL()),
		Title:         title,
		Groups:        s.feedGroups(),
		Sections:      s.sectionFeeds(),
		Organizations: s.organizationFeeds(),
		Calendars:     []Link{{s.in.Text("events"), s.calendarURL(s.eventsURL(0))}},
	}
	if len(v.Groups) > 0 {
		v.OPML = s.at(opmlFile)
	}
	return v
}

// feedGroups returns the feeds of the site, its sections and organizations.
func (s *Site) feedGroups() []FeedGroup {
	site := withFeeds([]FeedGroup{{s.cfg.Title, s.cfg.Root, s.chrome.Feeds}})
	return slices.Concat(site, s.sectionFeeds(), s.organizationFeeds())
}

func (s *Site) sectionFeeds() []FeedGroup {
	var groups []FeedGroup
	for _, sec := range s.sections {
		groups = append(groups, FeedGroup{sec.title, sec.url, sec.feeds})
	}
	return withFeeds(groups)
}

func (s *Site) organizationFeeds() []FeedGroup {
	var groups []FeedGroup
	for _, t := range s.terms[organizationTerm].sorted {
		groups = append(groups, FeedGroup{t.title, t.url, t.feeds})
	}
	return withFeeds(groups)
}

// withFeeds leaves out what has no feed.
func withFeeds(groups []FeedGroup) []FeedGroup {
	return slices.DeleteFunc(groups, func(g FeedGroup) bool { return len(g.Feeds) == 0 })
}

func (s *Site) notFoundView() NotFound {
	v := NotFound{Head: s.head(s.in.Text("not-found"), "", s.at("404.html"))}
	v.Head.NoIndex = true
	for _, sec := range s.sections {
		if sec.parent == nil {
			v.Sections = append(v.Sections, sec.link())
		}
	}
	return v
}

func (s *Site) redirectView(a alias) Redirect {
	return Redirect{URL: a.to, Canonical: s.absolute(a.to), Language: s.cfg.Language}
}
