package site

// Kind is what a planned file is.
type Kind uint8

const (
	KindHome Kind = iota
	KindArticle
	KindStandalone
	KindSection
	KindYear
	KindMonth
	KindTerm  // the page of a tag, an organization or an author
	KindTerms // all tags, or all organizations
	KindEvents
	KindRegister
	KindFeeds
	KindNotFound
	KindRedirect
	KindFeed
	KindCalendar
	KindRegisterData
	KindEventData
	KindSitemap
	KindOPML
	KindRedirects
	KindText
)

// Page is one planned output file: where it stands and what its view is made
// from. View makes the view itself when it is wanted, so that a plan of many
// pages stays small.
type Page struct {
	Path string // of the output file, with slashes

	section *section
	term    *term
	index   index // of the article
	number  int   // of a list's page; or the year; or the alias; or the part of the sitemap
	month   int32 // year*100 + month
	Kind    Kind
	terms   termKind // of the names that KindTerms lists
	format  FeedFormat
	csv     bool
}

// Index returns the index of the article that the page shows the text of, -1
// if it shows none.
func (p Page) Index() int {
	switch p.Kind {
	case KindArticle, KindStandalone:
		return int(p.index)
	case KindSection:
		if p.number == 0 {
			return int(p.section.index)
		}
	}
	return -1
}

// Pages returns the plan: every output file but those copied from the site's
// folder. The order is that of their making: texts first, then what lists
// them, then what leads to all.
func (s *Site) Pages() []Page {
	pages := make([]Page, 0, len(s.entries)+len(s.entries)/2+64)
	for _, i := range s.news {
		e := &s.entries[i]
		pages = append(pages, Page{Path: s.pageFile(e), Kind: KindArticle, index: i})
		if e.Event != nil {
			pages = append(pages, Page{Path: s.file(s.calendarURL(s.url(e))), Kind: KindCalendar, index: i})
		}
	}
	for _, i := range s.pages {
		pages = append(pages, Page{Path: s.pageFile(&s.entries[i]), Kind: KindStandalone, index: i})
	}
	return s.planOthers(pages)
}

// planOthers adds the files that are not one article's.
func (s *Site) planOthers(pages []Page) []Page {
	for _, sec := range s.sections {
		pages = s.planList(pages, Page{Kind: KindSection, section: sec}, sec.url, len(sec.news))
		pages = s.planFeeds(pages, Page{section: sec}, sec.url)
	}
	pages = s.planArchives(pages)
	for _, ts := range s.terms {
		for _, t := range ts.sorted {
			pages = s.planTerm(pages, t)
		}
	}
	pages = s.planYears(pages)
	pages = append(pages, s.fixedPages()...)
	return s.planAliases(pages)
}

// planList adds the pages of a list of n articles at url.
func (s *Site) planList(pages []Page, p Page, url string, n int) []Page {
	for number := range olderPages(n, s.cfg.PageSize) + 1 {
		p.number = number
		p.Path = s.file(s.listURL(url, number))
		pages = append(pages, p)
	}
	return pages
}

// planFeeds adds the three feeds below url.
func (s *Site) planFeeds(pages []Page, p Page, url string) []Page {
	p.Kind = KindFeed
	for _, f := range feedFiles {
		p.format, p.Path = f.format, s.file(url+f.name)
		pages = append(pages, p)
	}
	return pages
}

// feedFiles are the files of a thing's feeds.
var feedFiles = [...]struct {
	format FeedFormat
	name   string
	label  string
	media  string
}{
	{RSS, "rss.xml", "RSS", "application/rss+xml"},
	{Atom, "atom.xml", "Atom", "application/atom+xml"},
	{JSON, "feed.json", "JSON", "application/feed+json"},
}

// planTerm adds the pages, feeds and calendar of a name.
func (s *Site) planTerm(pages []Page, t *term) []Page {
	pages = s.planList(pages, Page{Kind: KindTerm, term: t}, t.url, len(t.news))
	switch t.kind {
	case tagTerm:
		pages = append(pages, Page{Path: s.file(t.url + "rss.xml"), Kind: KindFeed, term: t, format: RSS})
	case organizationTerm:
		pages = s.planFeeds(pages, Page{term: t}, t.url)
		pages = append(pages, Page{Path: s.file(s.calendarURL(t.url)), Kind: KindCalendar, term: t, index: -1})
	}
	return pages
}

// planArchives adds the pages and the sitemap of every month, and the page of
// every year.
func (s *Site) planArchives(pages []Page) []Page {
	for _, m := range s.months {
		code := codeOf(m)
		p := Page{Kind: KindMonth, month: int32(code)}
		pages = s.planList(pages, p, s.monthURL(m), len(s.newsOf(code)))
		pages = s.planMonthSitemaps(pages, code, len(s.newsOf(code)))
	}
	for _, year := range s.years() {
		pages = append(pages, Page{Path: s.file(s.yearURL(year)), Kind: KindYear, number: year})
	}
	return pages
}

// planYears adds the years of the events and of the register.
func (s *Site) planYears(pages []Page) []Page {
	for _, year := range s.eventYears() {
		pages = append(pages, Page{Path: s.file(s.eventsURL(year)), Kind: KindEvents, number: year})
	}
	for _, year := range s.registerYears() {
		url := s.registerURL(year)
		pages = append(pages,
			Page{Path: s.file(url), Kind: KindRegister, number: year},
			Page{Path: s.file(url + "data.csv"), Kind: KindRegisterData, number: year, csv: true},
			Page{Path: s.file(url + "data.json"), Kind: KindRegisterData, number: year})
	}
	return pages
}

// fixedPages returns the files that every site has.
func (s *Site) fixedPages() []Page {
	events, register := s.eventsURL(0), s.registerURL(0)
	pages := []Page{
		{Path: "index.html", Kind: KindHome},
		{Path: s.file(s.at(s.cfg.Paths.Tag + "/")), Kind: KindTerms, terms: tagTerm},
		{Path: s.file(s.at(s.cfg.Paths.Organization + "/")), Kind: KindTerms, terms: organizationTerm},
		{Path: s.file(events), Kind: KindEvents},
		{Path: s.file(s.calendarURL(events)), Kind: KindCalendar, index: -1},
		{Path: s.file(events + "data.csv"), Kind: KindEventData, csv: true},
		{Path: s.file(events + "data.json"), Kind: KindEventData},
		{Path: s.file(register), Kind: KindRegister},
		{Path: s.file(register + "data.csv"), Kind: KindRegisterData, csv: true},
		{Path: s.file(register + "data.json"), Kind: KindRegisterData},
		{Path: s.file(s.feedsURL()), Kind: KindFeeds},
		{Path: "404.html", Kind: KindNotFound},
	}
	pages = s.planFeeds(pages, Page{}, s.cfg.Root)
	pages = append(pages,
		Page{Path: "feeds.opml", Kind: KindOPML},
		Page{Path: "_redirects", Kind: KindRedirects})
	pages = s.planSitemaps(pages)
	for _, name := range []string{robotsFile, manifestFile, themeFile} {
		if _, own := s.lookup("static/" + name); !own && (name != themeFile || s.cfg.Theme.Accent != "") {
			pages = append(pages, Page{Path: name, Kind: KindText})
		}
	}
	return pages
}

// The small files that a file of static/ may replace.
const (
	robotsFile   = "robots.txt"
	manifestFile = "site.webmanifest"
	themeFile    = "theme.css" // of a site with a colour of its own
)

// planAliases adds the pages that stand at old URLs.
func (s *Site) planAliases(pages []Page) []Page {
	for k, a := range s.aliases {
		if a.page != "" && !a.hidden {
			pages = append(pages, Page{Path: a.page, Kind: KindRedirect, number: k})
		}
	}
	return pages
}
