package site

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"bantin/internal/article"
	"bantin/internal/vietnamese"
)

// This file plans and fills the sitemaps: an index, parts for the articles of
// each month, parts for all other pages, and, if asked for, one of the news of
// the last two days. A month's parts freeze with its articles.

// sitemapSize is how many URLs one part may hold (sitemaps.org protocol 0.9).
const sitemapSize = 50_000

// newsSize is how many articles a news sitemap may hold (Google).
const newsSize = 1_000

// newsDays is how many days a news sitemap tells of, today included: Google
// takes articles of the last 48 hours.
const newsDays = 2

// What a sitemap's number means where its month is 0: the part of the pages
// that are no articles, from 1, or one of these.
const (
	sitemapIndex  = 0
	sitemapOfNews = -1
)

const (
	sitemapFile     = "sitemap.xml"
	newsSitemapFile = "sitemap-news.xml"
)

// pagesSitemapFile returns the name of a part of the sitemap of pages.
func pagesSitemapFile(part int) string { return "sitemap-pages" + partSuffix(part) + ".xml" }

// monthSitemapFile returns the name of a part of a month's sitemap.
func monthSitemapFile(code, part int) string {
	return fmt.Sprintf("sitemap-%04d-%02d%s.xml", code/100, code%100, partSuffix(part))
}

// partSuffix returns what tells a part from the first one.
func partSuffix(part int) string {
	if part == 1 {
		return ""
	}
	return "-" + strconv.Itoa(part)
}

// sitemapParts returns how many parts n URLs need; there is always one.
func sitemapParts(n int) int { return max(1, (n+sitemapSize-1)/sitemapSize) }

// partOf returns the URLs of a part, counted from 1.
func partOf[T any](list []T, part int) []T {
	return list[(part-1)*sitemapSize : min(part*sitemapSize, len(list))]
}

// Sitemap is the view of one part of the sitemap, or of the index of parts
// (sitemaps.org protocol 0.9).
type Sitemap struct {
	Index bool
	URLs  []SitemapURL
}

// SitemapURL is one entry. Images are absolute URLs.
type SitemapURL struct {
	URL     string
	LastMod vietnamese.Date // zero: not told
	Images  []string
	News    *SitemapNews // in a news sitemap only
	// Alternates are as in Head.
	Alternates []Alternate
}

// SitemapNews is what a news sitemap tells of an article (Google's extension).
type SitemapNews struct {
	Publication string // the name of the site
	Language    string
	Published   vietnamese.Date
	Title       string
}

func (w views) sitemapView(p Page) Sitemap {
	switch {
	case p.month != 0:
		return w.sitemapOf(partOf(w.newsOf(int(p.month)), p.number))
	case p.number == sitemapIndex:
		return w.sitemapIndex()
	case p.number == sitemapOfNews:
		return w.sitemapOfNews()
	}
	return Sitemap{URLs: partOf(w.pageURLs(), p.number)}
}

// sitemapOf lists articles with their pictures.
func (w views) sitemapOf(news []index) Sitemap {
	v := Sitemap{URLs: make([]SitemapURL, len(news))}
	for k, i := range news {
		v.URLs[k] = w.sitemapURL(i)
	}
	return v
}

func (w views) sitemapURL(i index) SitemapURL {
	e := &w.entries[i]
	u := SitemapURL{URL: e.absolute(), LastMod: w.modified(e.Article)}
	u.Alternates = w.alternates(Page{Kind: KindArticle, index: i})
	add := func(image *article.Image) {
		u.Images = append(u.Images, w.absolute(w.image(e, image).Full.URL))
	}
	if e.Image != nil {
		add(e.Image)
	}
	for _, image := range e.Optional().Gallery {
		add(&image)
	}
	return u
}

// sitemapOfNews lists the articles of today and yesterday, for Google News. It
// may be empty.
func (w views) sitemapOfNews() Sitemap {
	var v Sitemap
	for k := len(w.published) - 1; k >= 0 && len(v.URLs) < newsSize; k-- {
		e := &w.entries[w.published[k]]
		if !w.now.Before(w.leftNews(e.Date)) {
			break // s.published is sorted by date
		}
		v.URLs = append(v.URLs, SitemapURL{
			URL: e.absolute(),
			News: &SitemapNews{
				Publication: w.cfg.Title,
				Language:    w.cfg.Language,
				Published:   e.Date,
				Title:       e.Title.Value,
			},
		})
	}
	return v
}

// leftNews returns the local midnight at which an article of that date leaves
// the news sitemap.
func (s *articles) leftNews(date vietnamese.Date) time.Time {
	return vietnamese.MidnightAfter(date.Time, newsDays)
}

// sitemapIndex lists the other sitemaps: of pages, of news, of months.
func (w views) sitemapIndex() Sitemap {
	var pages, months []SitemapURL
	for _, r := range w.routes {
		if r.Kind != KindSitemap || r.hidden {
			continue
		}
		u := SitemapURL{URL: w.absolute(w.atBase(r.Path))}
		switch {
		case r.month != 0:
			u.LastMod = w.lastModified(partOf(w.newsOf(int(r.month)), r.number))
			months = append(months, u)
		case r.number > 0:
			pages = append(pages, u)
		case r.number == sitemapOfNews:
			months = slices.Insert(months, 0, u)
		}
	}
	return Sitemap{Index: true, URLs: append(pages, months...)}
}

// lastModified returns the newest change of any of a list of articles.
func (s *articles) lastModified(list []index) vietnamese.Date {
	var latest vietnamese.Date
	for _, i := range list {
		if d := s.modified(s.entries[i].Article); d.Start().After(latest.Start()) {
			latest = d
		}
	}
	return latest
}

// listedAt gives the turn in which the sitemap of pages lists those of a kind
// that people look for, 0 for others; of a list, its front page alone.
var listedAt = [...]int{
	KindHome: 1, KindStandalone: 2, KindSection: 3, KindTerm: 4, KindTerms: 5, KindEvents: 6, KindRegister: 7,
	KindFeeds: 8, KindYear: 9, KindMonth: 10, KindSearch: 0, KindStatic: 0,
}

// isListed tells whether the sitemap of pages lists a route while it stands.
func (a route) isListed() bool {
	return listedAt[a.Kind] > 0 && !a.tree
}

// pageURLs returns what is not an article: the pages that lead to them.
func (w views) pageURLs() []SitemapURL {
	var turns [len(listedAt)][]SitemapURL
	w.eachListed(func(r route) {
		u := SitemapURL{URL: w.absolute(w.pageURL(r.Path)), Alternates: w.alternates(r.Page)}
		if r.Kind == KindStandalone {
			u.LastMod = w.modified(w.entries[r.index].Article)
		}
		turns[listedAt[r.Kind]] = append(turns[listedAt[r.Kind]], u)
	})
	return slices.Concat(turns[:]...)
}

// eachListed calls visit with the routes that the sitemap of pages lists.
func (w views) eachListed(visit func(route)) {
	listed := func(r route) {
		if !r.hidden && r.isListed() {
			visit(r)
		}
	}
	for _, r := range w.routes {
		listed(r)
	}
	(&router{Site: w.Site, visit: listed}).standalones()
}
