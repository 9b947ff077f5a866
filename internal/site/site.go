// Package site turns articles into the model of a news site (sections, tags,
// organizations, authors, archives, events, agreements) and into the plan of
// every file that the site consists of, each with a closed view.
//
// It is pure: it opens no file, reads no clock and no template. It does not
// know how a page looks (package render) nor which pages are rendered again
// (package build). Its invariant: one new article, dated after all others,
// changes a number of views that does not depend on the size of the archive.
//
// The flow is Assemble (model and problems), then Pages (the plan), then View
// for each page. Every article is known by its index in Input.Articles.
package site

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"bantin/internal/article"
	"bantin/internal/config"
	"bantin/internal/diag"
	"bantin/internal/digest"
	"bantin/internal/vietnamese"
)

// Input is all that a site is made of.
type Input struct {
	Config *config.Config
	// Articles are those of content/ in the order of their paths.
	Articles []*article.Article
	// Files are the other files of content/ and all of static/, in the order
	// of their paths.
	Files []File
	// Text returns a word or sentence of the site's language, its {0}, {1} …
	// filled; the texts stand beside the templates.
	Text func(key string, args ...string) string
	// Now decides what is published and what has ended.
	Now time.Time
	// Drafts and Future let drafts and scheduled articles in, marked.
	Drafts, Future bool
	// Unversioned leaves the digests out of the links to static files that all
	// pages have, as in a preview: a style sheet that changes changes no page.
	Unversioned bool
}

// File is a file that may be published. Of a picture, Size, Digest and SHA256
// are those of what is published in its place: itself without metadata.
type File struct {
	Path          string // relative to the site's folder: "static/emblem.svg"
	Size          int64
	Digest        digest.Digest
	SHA256        string    // hexadecimal; of documents and pictures
	Width, Height int       // pixels; of pictures only, 0 if unknown
	Variants      []Variant // of a picture: smaller ones, by width
	Card          *Variant  // of a picture: the one for sharing
	Pages         int       // of a PDF, 0 if unknown
	Fault         *Fault    // why it cannot be published, nil if it can
}

// Site is the model of a site at one moment. It does not change after
// Assemble, and may be read by several goroutines.
type Site struct {
	in     Input
	cfg    *config.Config
	now    time.Time
	today  time.Time // local midnight, at which windows of days turn
	chrome Chrome

	entries  []entry            // by index
	byPath   map[string]index   // article path -> index
	byNumber map[string][]index // key of an agreement's number -> indexes, oldest first
	all      []index            // every article that is not a hidden draft, oldest first, for what must not depend on now
	drafts   []index            // the hidden drafts among the articles, oldest first: they yield to all others
	news     []index            // published articles, oldest first
	pages    []index            // published standalone pages, by title
	sections []*section         // parents before children, by weight and name
	byDir    map[string]*section
	terms    [termKinds]*terms

	months     []Month // that have published articles, oldest first
	events     []index // published articles with an event, by start
	agreements []index // published articles with an agreement, by year signed and order
	aliases    []alias
	index      *urlIndex
	lists      func() map[string]struct{} // planLists, worked out when a link asks for it
}

// index is the place of an article in Input.Articles: half the size of an int,
// since lists of them are what a site's model is made of.
type index int32

// entry is an article in its place in the site. There is one for each article,
// so that every word of it counts.
type entry struct {
	*article.Article
	*ties                 // of an event or an agreement, nil for others
	page         string   // the root-relative URL of its page, with index.html
	section      *section // nil for a page
	tags         []*term
	authors      []*term
	organization *term
	related      []index
	newer, older index // neighbours in the section, -1 for none
	status       status
}

// ties are what an event or an agreement binds an article to.
type ties struct {
	organizer *term
	parties   []*term
	amends    index // -1 for none
	amendedBy []index
}

// status tells whether an article is in the site.
type status uint8

const (
	published status = iota
	draft            // hidden unless Input.Drafts
	scheduled        // hidden unless Input.Future
	expired          // hidden always
)

// Assemble makes the model of a site and reports what only the whole site can
// tell: collisions of URLs, ids and names, and missing files and targets of
// the front matter.
func Assemble(in Input) (*Site, diag.List) {
	s := &Site{
		in:    in,
		cfg:   in.Config,
		now:   in.Now.In(in.Config.Location),
		byDir: map[string]*section{},
	}
	s.today = midnight(s.now)
	s.lists = sync.OnceValue(s.planLists)
	var problems diag.List
	s.enter()
	problems = append(problems, s.makeSections()...)
	problems = append(problems, s.makeTerms()...)
	s.makeArchive()
	s.linkNeighbours()
	s.relate()
	problems = append(problems, s.makeAgreements()...)
	s.makeEvents()
	problems = append(problems, s.makeAliases()...)
	problems = append(problems, s.checkFiles()...)
	problems = append(problems, s.checkIDs()...)
	problems = append(problems, s.checkCollisions()...)
	s.chrome = s.makeChrome()
	problems = append(problems, s.checkChrome()...)
	return s, problems
}

// enter puts every article into its place in time.
func (s *Site) enter() {
	articles := s.in.Articles
	s.entries = make([]entry, len(articles))
	s.byPath = make(map[string]index, len(articles))
	all := make([]dated, 0, len(articles))
	var drafts []dated
	for n, a := range articles {
		i, e := index(n), &s.entries[n]
		*e = entry{Article: a, newer: -1, older: -1, status: s.statusOf(a)}
		if a.Event != nil || a.Agreement != nil {
			e.ties = &ties{amends: -1}
		}
		s.byPath[a.Path] = i
		switch {
		case a.Kind == article.Page && s.shows(i):
			s.pages = append(s.pages, i)
		case a.Kind == article.News && s.isHiddenDraft(i):
			drafts = append(drafts, s.dated(i))
		case a.Kind == article.News:
			all = append(all, s.dated(i))
		}
	}
	s.all, s.drafts = byAge(all), byAge(drafts)
	s.news = make([]index, 0, len(s.all))
	for _, i := range s.all {
		if s.shows(i) {
			s.news = append(s.news, i)
		}
	}
	slices.SortFunc(s.pages, func(a, b index) int {
		return cmp.Or(
			vietnamese.Compare(s.entries[a].Title.Value, s.entries[b].Title.Value),
			cmp.Compare(s.entries[a].Path, s.entries[b].Path))
	})
}

// dated is an article with the first moment of its date, in Unix seconds.
type dated struct {
	at    int64
	index index
}

func (s *Site) dated(i index) dated { return dated{s.entries[i].Date.Start().Unix(), i} }

// compareAge orders articles by date, then by source path, which is the order
// of their indexes.
func compareAge(a, b dated) int {
	return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.index, b.index))
}

// byAge returns the indexes of a list, oldest first.
func byAge(list []dated) []index {
	slices.SortFunc(list, compareAge)
	indexes := make([]index, len(list))
	for k, d := range list {
		indexes[k] = d.index
	}
	return indexes
}

func (s *Site) statusOf(a *article.Article) status {
	switch {
	case a.Draft && !s.in.Drafts: // one that expires is not let in by that
		return draft
	case !a.Rare().Expires.IsZero() && !s.now.Before(a.Rare().Expires.End()):
		return expired
	case a.Draft:
		return draft
	case !a.Date.IsZero() && a.Date.Start().After(s.now):
		return scheduled
	}
	return published
}

// shows tells whether article i is in the site that is being built.
func (s *Site) shows(i index) bool {
	switch s.entries[i].status {
	case draft:
		return s.in.Drafts
	case scheduled:
		return s.in.Future
	case expired:
		return false
	}
	return true
}

func (s *Site) mark(i index) Mark {
	switch s.entries[i].status {
	case draft:
		return MarkDraft
	case scheduled:
		return MarkScheduled
	}
	return ""
}

// modified returns the latest of date, updated and the corrections shown now.
func (s *Site) modified(a *article.Article) vietnamese.Date {
	latest := a.Date
	if a.Rare().Updated.Start().After(latest.Start()) {
		latest = a.Rare().Updated
	}
	for _, c := range a.Rare().Corrections {
		if start := c.Date.Start(); start.After(latest.Start()) && !start.After(s.now) {
			latest = c.Date
		}
	}
	return latest
}

// midnight returns the start of t's day in t's zone.
func midnight(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, t.Location())
}
