package site

import (
	"fmt"
	"html/template"
	"slices"
	"strconv"

	"bantin/internal/digest"
)

// A view is all that a template or a writer of feeds, calendars and data files
// ever sees of a page; its type stands beside the function that fills it. It is
// closed: strings, numbers, truth values, dates and structs, slices and optional
// pointers of these; no function and no way back into the site. So a page's bytes
// follow from its view, the shared Chrome and the template set alone, and their
// digest is the page's key; of pages that Inputs knows, the digest of those is.
//
// A field tagged `key:"-"` does not count in that digest: what it holds is
// made from another field that does.
//
// URLs are root-relative, with the path of base_url, in all HTML views
// ("/tin/tin-tuc/"), and absolute in Head.URL and in feeds, calendars,
// sitemaps and data files.

// Digests are those by which views name what is made once for each article,
// by index, and for each name.
type Digests struct {
	Cards      []digest.Digest // of the views of cards
	Agreements []digest.Digest // of the views of agreements, zero for none
	Bodies     []digest.Digest // of the texts, from BodyDigest
	Items      []digest.Digest // of those that stand in feeds, from ItemDigest
	// Terms are those of the links to names, by kind and place.
	Terms [termKinds][]digest.Digest
}

// views makes the closed views of a site's pages.
type views struct{ *Site }

// View makes the closed view of a planned page: a struct of values; of
// an article or a list, which are large and nearly every page, a pointer to one.
func (s *Site) View(p Page, d Digests) any {
	w := views{s}
	v := w.viewOf(p, d)
	if s.editions == nil {
		return v
	}
	return withAlternates(v, w.alternates(p))
}

func (w views) viewOf(p Page, d Digests) any {
	switch p.Kind {
	case KindHome:
		return w.homeView(d)
	case KindArticle, KindStandalone:
		return w.articleView(p.index, d)
	case KindSection:
		return w.sectionView(p, d)
	case KindMonth:
		return w.monthView(p, d)
	case KindYear:
		return w.yearView(p.number)
	case KindTerm:
		return w.termView(p, d)
	case KindTerms:
		return w.termsView(w.terms[p.terms])
	case KindEvents:
		return w.eventsView(p, d)
	case KindRegister:
		return w.registerView(p, d)
	case KindFeeds:
		return w.feedsView()
	case KindSearch:
		return w.searchView()
	case KindNotFound:
		return w.notFoundView()
	case KindRedirect:
		return w.redirectView(w.aliases[p.number])
	case KindFeed:
		return w.feedView(p, d)
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
	case KindTextFile:
		return w.textView(p.Path)
	}
	panic(fmt.Sprintf("site: no view for kind %d", p.Kind))
}

// Head is what <head> tells of one page: title, canonical URL, Open Graph and
// structured data are made from it.
type Head struct {
	Title       string // "" on the home page
	Description string
	Path        string // root-relative URL of the page
	URL         string // canonical, absolute
	Section     string // slug path of the section it stands in, to mark the menu
	Image       *Image
	Feeds       []FeedLink // beside the site's own
	NoIndex     bool
	Newer       string // the neighbouring pages of a list, as root-relative URLs
	Older       string
	Script      string      // the search page's own module, which it waits for before it is shown; "" on others
	Breadcrumb  []Link      // from the first section down to this page's parent
	Alternates  []Alternate // the page in each of its languages, itself too; none if it has one
}

// Alternate is a page in one of its languages; the first one is the original.
type Alternate struct {
	Language string // its code
	Path     string // root-relative
	URL      string // absolute
}

// Link is a text with its URL.
type Link struct {
	Title, URL string
	Language   string // of the text, if it is not the page's
	Target     string // language of what it leads to, if that is not the page's
}

// Body stands for an article's text in a view.
type Body struct {
	Digest digest.Digest
	HTML   template.HTML `key:"-"` // filled in when the page is rendered
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

// CardRef stands for an article's card in a view; {{card .}} writes it.
type CardRef struct {
	Index  int           `key:"-"` // of the article in this build
	Digest digest.Digest // of the card's view
}

// cards returns the cards of articles, given oldest first, newest first.
func cards(list []index, d Digests) []CardRef {
	return appendCards(make([]CardRef, 0, len(list)), list, d)
}

func appendCards(refs []CardRef, list []index, d Digests) []CardRef {
	for _, i := range slices.Backward(list) {
		refs = append(refs, CardRef{int(i), d.Cards[i]})
	}
	return refs
}

// newest returns the last n of a list that is oldest first.
func newest(list []index, n int) []index { return list[max(0, len(list)-n):] }

// NotFound is the view of 404.html.
type NotFound struct {
	Head     Head
	Sections []Link
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

// Redirect is the view of redirect.html, which stands at an old URL.
type Redirect struct {
	URL       string // root-relative, or absolute for another host
	Canonical string // absolute
	Language  string
}

func (w views) redirectView(a alias) Redirect {
	return Redirect{URL: a.to, Canonical: w.absolute(a.to), Language: w.cfg.Language}
}
