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
	KindTextFile
	KindSearch
	KindStatic // a file of static/, copied
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
	case KindSection, KindEvents, KindRegister:
		if p.number == 0 && p.section != nil {
			return int(p.section.index)
		}
	}
	return -1
}

// IsFeed tells whether the page is a feed, which may be subscribed to.
func (p Page) IsFeed() bool { return p.Kind == KindFeed }

// IsIndexed tells whether the page is one that search engines are to know.
func (p Page) IsIndexed() bool { return p.Kind == KindArticle || listedAt[p.Kind] > 0 }

// Pages returns the plan: every output file but those copied from the site's
// folder.
func (s *Site) Pages() []Page {
	n := len(s.entries) + len(s.routes)
	for _, r := range s.routes {
		n += int(r.older)
	}
	pages := make([]Page, 0, n)
	add := func(r route) {
		if !r.hidden && r.Kind != KindStatic {
			pages = append(pages, r.Page)
		}
	}
	for _, r := range s.routes {
		add(r)
		for number := range r.older {
			pages = append(pages, r.olderPage(int(number)+1))
		}
	}
	r := &router{Site: s, visit: add}
	r.articles()
	r.standalones()
	return pages
}

// Class is the turn at which a file is put in place.
type Class uint8

const (
	ClassAsset   Class = iota // what pages show: copies, styles, pictures
	ClassArticle              // pages that lists lead to
	ClassList                 // pages that lead to articles
	ClassFeed                 // what machines follow at once: feeds, calendars, data, sitemaps
)

// classes gives the class of each kind of file.
var classes = [...]Class{
	KindHome: ClassList, KindArticle: ClassArticle, KindStandalone: ClassArticle, KindSection: ClassList,
	KindYear: ClassList, KindMonth: ClassList, KindTerm: ClassList, KindTerms: ClassList,
	KindEvents: ClassList, KindRegister: ClassList, KindFeeds: ClassList, KindNotFound: ClassList,
	KindRedirect: ClassList, KindFeed: ClassFeed, KindCalendar: ClassFeed, KindRegisterData: ClassFeed,
	KindEventData: ClassFeed, KindSitemap: ClassFeed, KindOPML: ClassFeed, KindRedirects: ClassFeed,
	KindTextFile: ClassFeed, KindSearch: ClassList, KindStatic: ClassAsset,
}

// Class returns the turn at which a file of a kind is put in place.
func (k Kind) Class() Class { return classes[k] }
