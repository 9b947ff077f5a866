package site

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"bantin/internal/article"
)

// This file is the one list of the site's URLs: of every output file that may
// stand at any moment, with what has it and whether it stands now. The plan of
// pages, the claims on URLs, the checks of links, the sitemaps and the redirects
// are made from it. Only the files that articles name are listed elsewhere
// (Assets), since their texts tell of them.

// route is an output file and what has it.
type route struct {
	Page
	hidden  bool  // it does not stand now
	drafted bool  // only a hidden draft asks for it
	tree    bool  // it is a folder, which is taken with all below it
	older   int32 // of a tree: how many older pages of a list stand in it now
}

// router visits the routes of a site.
type router struct {
	*Site
	visit  func(route)
	drafts bool // those that only hidden drafts ask for
	pages  int  // routes visited so far that the sitemap of pages lists, hidden or not
	listed int  // those of them that stand now
}

// eachClaim calls visit with every route, those of one owner one after the
// other. What is visited first has the better right to its place. The older pages
// of lists are not visited: their folders have all that is in them.
func (s *Site) eachClaim(visit func(route)) {
	r := &router{Site: s, visit: visit}
	r.everything()
}

func (r *router) everything() {
	r.fixed()
	r.archives()
	for _, r.drafts = range []bool{false, true} {
		r.sections()
		r.names()
		r.articles()
		r.standalones()
		r.static()
		r.oldURLs()
	}
	r.pageSitemaps()
}

// add visits a route.
func (r *router) add(a route) {
	a.drafted = r.drafts
	if a.isListed() {
		r.pages++
		if !a.hidden {
			r.listed++
		}
	}
	r.visit(a)
}

// page visits the route of a page or file at a root-relative URL.
func (r *router) page(p Page, url string, hidden bool) {
	p.Path = r.file(url)
	r.add(route{Page: p, hidden: hidden})
}

// list visits the routes of a list of n articles at url: its front page and the
// folder of its older pages.
func (r *router) list(p Page, url string, n int, hidden bool) {
	r.page(p, url, hidden)
	r.olderPages(p, url, n)
}

// olderPages visits the folder of the pages of a list but its front page.
func (r *router) olderPages(p Page, url string, n int) {
	p.number, p.Path = folderOfPages, r.file(url+r.cfg.Paths.Page)
	r.add(route{Page: p, tree: true, hidden: true, older: int32(olderPages(n, r.cfg.PageSize))})
}

// olderPage returns a page of a list whose older pages stand in a folder.
func (r route) olderPage(number int) Page {
	p := r.Page
	p.number, p.Path = number, r.Path+"/"+strconv.Itoa(number)+"/"+indexFile
	return p
}

// folderOfPages is the number of a page that stands for all older ones.
const folderOfPages = -1

// feeds visits the routes of some feeds below url. A feed of nothing is hidden:
// it would have no date, which Atom requires.
func (r *router) feeds(p Page, url string, files []feedFile, hidden bool) {
	p.Kind = KindFeed
	for _, f := range files {
		p.format = f.format
		r.page(p, url+f.name, hidden)
	}
}

// fixed visits the files that every site has.
func (r *router) fixed() {
	events, register := r.eventsURL(0), r.registerURL(0)
	r.page(Page{Kind: KindHome}, r.cfg.Root, false)
	r.page(Page{Kind: KindTerms, terms: tagTerm}, r.at(r.cfg.Paths.Tag+"/"), false)
	r.page(Page{Kind: KindTerms, terms: organizationTerm}, r.at(r.cfg.Paths.Organization+"/"), false)
	r.page(Page{Kind: KindEvents, section: r.ofEvents}, events, false)
	r.page(Page{Kind: KindCalendar, index: -1}, r.calendarURL(events), false)
	r.page(Page{Kind: KindEventData, csv: true}, events+"data.csv", false)
	r.page(Page{Kind: KindEventData}, events+"data.json", false)
	r.register(0, register, false)
	r.page(Page{Kind: KindFeeds}, r.feedsURL(), false)
	r.search()
	r.page(Page{Kind: KindNotFound}, r.at("404.html"), false)
	r.feeds(Page{}, r.cfg.Root, feedFiles[:], len(r.published) == 0)
	r.page(Page{Kind: KindOPML}, r.at(opmlFile), len(r.published) == 0) // an outline holds something
	if r.isFirst() {
		r.once()
	}
	r.page(Page{Kind: KindSitemap, number: sitemapIndex}, r.at(sitemapFile), false)
	if r.cfg.Sitemap.News {
		r.page(Page{Kind: KindSitemap, number: sitemapOfNews}, r.at(newsSitemapFile), false)
	}
	indexNow := r.indexNowFile()
	unwanted := map[string]bool{
		robotsFile: !r.isFirst(), themeFile: !r.isFirst() || !r.themed(), openSearchFile: r.cfg.Search.Off,
	}
	unwanted[indexNow] = !r.isFirst() || indexNow == ""
	for _, name := range []string{robotsFile, manifestFile, themeFile, openSearchFile, indexNow} {
		if _, own := r.lookup("static/" + name); (!own || !r.isFirst()) && !unwanted[name] {
			r.page(Page{Kind: KindTextFile}, r.at(name), false)
		}
	}
}

// once visits what there is once for all languages, and their folders.
func (r *router) once() {
	r.page(Page{Kind: KindRedirects}, r.at("_redirects"), false)
	for _, name := range r.cfg.Hosting.Files() {
		// Made by package hosting, not from a view.
		r.add(route{Page: Page{Kind: KindRedirects, Path: name}, hidden: true})
	}
	for _, l := range r.cfg.Languages {
		r.add(route{Page: Page{Kind: KindHome, Path: l.Code}, tree: true, hidden: true})
	}
}

// opmlFile lists all feeds.
const opmlFile = "feeds.opml"

// The small files that a file of static/ may replace.
const (
	robotsFile   = "robots.txt"
	manifestFile = "site.webmanifest"

	openSearchFile = "opensearch.xml" // of a site with a search page
)

// indexNowFile returns the file that proves whose the site is to search engines
// (IndexNow, "Verifying ownership via the key"), "" for none.
func (r urls) indexNowFile() string {
	if r.cfg.Notify.IndexNow == "" {
		return ""
	}
	return r.cfg.Notify.IndexNow + ".txt"
}

// register visits the register of a year, 0 for that of all.
func (r *router) register(year int, url string, hidden bool) {
	page := Page{Kind: KindRegister, number: year}
	if year == 0 {
		page.section = r.ofAgreements
	}
	r.page(page, url, hidden)
	r.page(Page{Kind: KindRegisterData, number: year, csv: true}, url+"data.csv", hidden)
	r.page(Page{Kind: KindRegisterData, number: year}, url+"data.json", hidden)
}

// archives visits the pages and the sitemaps of the years and months in which
// something is dated, begins or was signed.
func (r *router) archives() {
	archives, events, registers := shownYears{}, shownYears{}, shownYears{}
	turns := r.turns
	for place, i := range r.all {
		e := &r.entries[i]
		if len(turns) > 0 && int(turns[0]) == place {
			turns = turns[1:]
			to := len(r.all)
			if len(turns) > 0 {
				to = int(turns[0])
			}
			if !e.Date.IsZero() {
				m := monthOf(e.Date)
				archives.add(m.Year, len(r.newsOf(codeOf(m))) > 0)
				r.month(m, to-place)
			}
		}
		if e.relations == nil {
			continue
		}
		if e.Event != nil {
			events.add(e.Event.Start.Time.Year(), r.shows(i))
		}
		if e.Agreement != nil {
			registers.add(e.registeredOn().Time.Year(), r.shows(i))
		}
	}
	for _, m := range r.foreign {
		registers.add(m.site.entries[m.index].registeredOn().Time.Year(), true)
	}
	archives.each(func(year int, hidden bool) {
		r.page(Page{Kind: KindYear, number: year}, r.yearURL(year), hidden)
	})
	events.each(func(year int, hidden bool) {
		r.page(Page{Kind: KindEvents, number: year}, r.eventsURL(year), hidden)
	})
	registers.each(func(year int, hidden bool) {
		r.register(year, r.registerURL(year), hidden)
	})
}

// month visits the pages and the sitemaps of a month to which n articles
// belong, hidden ones too.
func (r *router) month(m Month, n int) {
	code := codeOf(m)
	shown := len(r.newsOf(code))
	r.list(Page{Kind: KindMonth, month: int32(code)}, r.monthURL(m), shown, shown == 0)
	for part := range sitemapParts(n) {
		p := Page{Kind: KindSitemap, month: int32(code), number: part + 1}
		r.page(p, r.at(monthSitemapFile(code, part+1)), shown == 0 || part >= sitemapParts(shown))
	}
}

// shownYears says of years whether anything of them is shown.
type shownYears map[int]bool

func (y shownYears) add(year int, shown bool) { y[year] = y[year] || shown }

// each calls visit with the years, oldest first.
func (y shownYears) each(visit func(year int, hidden bool)) {
	for _, year := range slices.Sorted(maps.Keys(y)) {
		visit(year, !y[year])
	}
}

func (r *router) sections() {
	for _, sec := range r.allSections {
		if (sec.draft != "") != r.drafts || article.IsDigits(sec.dir) { // which cannot stand, and is told
			continue
		}
		p := Page{Kind: KindSection, section: sec}
		if r.isMadePage(sec.url) {
			r.olderPages(p, sec.url, len(sec.published))
		} else {
			r.list(p, sec.url, len(sec.published), !sec.shown())
		}
		r.feeds(p, sec.url, feedFiles[:], len(sec.published) == 0)
	}
}

func (r *router) names() {
	for _, ts := range r.terms {
		for _, t := range ts.sorted {
			r.name(t)
		}
		for _, t := range ts.list {
			if !t.shown() {
				r.name(t)
			}
		}
	}
}

// routesOfNames returns how many routes names has to visit, at most.
func (x *taxonomy) routesOfNames() int {
	n := 0
	for _, ts := range x.terms {
		each := 2 // the front page of its list, and the folder of the others
		if len(ts.list) > 0 {
			each += len(ts.list[0].feedFiles())
		}
		if ts.kind == organizationTerm {
			each++
		}
		n += each * len(ts.list)
	}
	return n
}

func (r *router) name(t *term) {
	drafted := t.first.index >= 0 && r.isHiddenDraft(t.first.index)
	if t.refused || drafted != r.drafts {
		return
	}
	hidden := !t.shown()
	p := Page{Kind: KindTerm, term: t}
	r.list(p, t.url, len(t.published), hidden)
	r.feeds(p, t.url, t.feedFiles(), len(t.published) == 0)
	if t.kind == organizationTerm {
		p.Kind, p.index = KindCalendar, -1
		r.page(p, r.calendarURL(t.url), hidden)
	}
}

// articles visits the pages of articles and the calendars of their events.
func (r *router) articles() {
	list := r.all
	if r.drafts {
		list = r.Site.drafts
	}
	for _, i := range list {
		r.article(i)
	}
}

// standalones visits the pages of articles that stand in no section.
func (r *router) standalones() {
	for _, i := range r.standalone {
		if r.isHiddenDraft(i) == r.drafts {
			r.article(i)
		}
	}
}

func (r *router) article(i index) {
	if r.keys[i].url == 0 {
		return
	}
	page := r.articleRoute(i)
	r.add(page)
	if calendar := r.ownCalendar(i); calendar != "" {
		page.Path, page.Kind = calendar, KindCalendar
		r.add(page)
	}
}

// articleRoute returns the route of an article's or a standalone page.
func (s *articles) articleRoute(i index) route {
	e := &s.entries[i]
	kind := KindArticle
	if e.Kind == article.Standalone {
		kind = KindStandalone
	}
	return route{
		Page:    Page{Path: s.pageFile(e), Kind: kind, index: i},
		hidden:  !s.shows(i),
		drafted: s.isHiddenDraft(i),
	}
}

// static visits the files of static/.
func (r *router) static() {
	if r.drafts || !r.isFirst() {
		return
	}
	from, to := r.staticFiles()
	for n := from; n < to; n++ {
		file := strings.TrimPrefix(r.in.Files[n].Path, "static/")
		r.add(route{
			Page:   Page{Path: file, Kind: KindStatic, number: n},
			hidden: r.isUnused(file),
		})
	}
}

// isUnused tells whether a file of static/ serves what the site has not.
func (b *library) isUnused(file string) bool {
	switch file {
	case counterFile:
		return b.cfg.Counter == ""
	case searchScript, searchReader, searchMore:
		return b.cfg.Search.Off
	}
	return b.isFontOfAnother(file)
}

// oldURLs visits the pages that stand at aliases.
func (r *router) oldURLs() {
	for k, a := range r.aliases {
		if a.file != "" && a.draft == r.drafts {
			r.add(route{Page: Page{Path: a.file, Kind: KindRedirect, number: k}, hidden: a.hidden})
		}
	}
}

// pageSitemaps visits the parts of the sitemap of what the router visited.
func (r *router) pageSitemaps() {
	r.drafts = false
	for part := range sitemapParts(r.pages) {
		p := Page{Kind: KindSitemap, number: part + 1}
		r.page(p, r.at(pagesSitemapFile(part+1)), part >= sitemapParts(r.listed))
	}
}

// role is what has an output file. A lesser one has the better right.
type role uint8

const (
	reserved role = iota // a page that the program makes by itself
	ofSection
	ofName
	ofArticle
	ofStatic
	ofAlias
)

func (a route) role() role {
	switch {
	case a.section != nil:
		return ofSection
	case a.term != nil:
		return ofName
	case a.hasArticle():
		return ofArticle
	case a.Kind == KindStatic:
		return ofStatic
	case a.Kind == KindRedirect:
		return ofAlias
	}
	return reserved
}

// hasArticle tells whether a route is the page of an article or the calendar of
// its event.
func (a route) hasArticle() bool {
	return a.Kind == KindArticle || a.Kind == KindStandalone || a.Kind == KindCalendar && a.index >= 0 && a.section == nil && a.term == nil
}

// textAt returns the index of the article or section whose text stands there,
// -1 for none.
func (a route) textAt() index {
	if a.tree {
		return -1
	}
	return index(a.Index())
}
