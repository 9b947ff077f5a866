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
// for each page. Parts of Assemble run beside each other where none reads what
// another one writes, so that nothing depends on which is done first. Every article is known by its index in Input.Articles.
package site

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
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
	WebP          []Variant // of a picture: what browsers that read WebP choose from, by width; none if that is not offered
	Share         *Variant  // of a picture: the one for sharing
	Pages         int       // of a PDF, 0 if unknown
	Fault         *Fault    // why it cannot be published, nil if it can
	Made          bool      // no file of the site's folder, but one of the pictures made for it
}

// ShareFile is the picture that is shown where a page without one is shared,
// made of the site's name, accent and emblem; like the icons, it stands in the
// place of a file of static/ that the site does not have.
const ShareFile = "share.png"

// FaviconFile is what browsers ask for without being told.
const FaviconFile = "favicon.ico"

// IconFiles are the files of the emblem as icons, by their width in pixels.
var IconFiles = map[int]string{
	32: FaviconFile, touchIcon: "apple-touch-icon.png", smallIcon: "icon-192.png", largeIcon: "icon-512.png",
}

// The widths of the icons that pages and the manifest name.
const (
	touchIcon = 180
	smallIcon = 192
	largeIcon = 512
)

// Site is the model of a site at one moment. It does not change after
// Assemble, and may be read by several goroutines. Each of its parts has a file
// of its own, and knows those above it here alone.
type Site struct {
	articles     // every article in its place
	library      // the files of the site's folder
	timeline     // articles by age
	sectionTree  // sections
	taxonomy     // tags, organizations and authors
	agenda       // events
	register     // agreements
	redirections // old URLs
	*urlIndex    // what has each output file

	kinship // what it is to the sites of other languages

	chrome           Chrome
	observances      []Observance // of the time zone
	releasedArticles sync.Pool    // of *Article
	releasedLists    sync.Pool    // of *List
}

// newSite returns a site of which nothing is made yet.
func newSite(in Input) *Site {
	s := &Site{}
	s.articles = articles{in: in, urls: urls{in.Config}, now: in.Now.In(in.Config.Location)}
	s.library = library{articles: &s.articles}
	s.timeline = timeline{articles: &s.articles}
	s.sectionTree = sectionTree{timeline: &s.timeline, byDir: map[string]*section{}}
	s.taxonomy = taxonomy{timeline: &s.timeline}
	s.agenda = agenda{taxonomy: &s.taxonomy}
	s.register = register{timeline: &s.timeline}
	s.redirections = redirections{taxonomy: &s.taxonomy}
	s.urlIndex = &urlIndex{articles: &s.articles}
	s.kinship = kinship{self: s}
	return s
}

// index is the place of an article in Input.Articles: half the size of an int,
// since lists of them are what a site's model is made of.
type index int32

// entry is an article in its place in the site. There is one for each article,
// so that every word of it counts.
type entry struct {
	*article.Article
	*relations            // of an event or an agreement, nil for others
	pageURL      string   // the absolute URL of its page, with index.html
	section      *section // nil for a page
	organization *term
	tags         span   // of the tags' uses
	authors      span   // of the authors' uses
	related      span   // of Site.related
	newer, older index  // neighbours in the section, -1 for none
	digitsSize   uint16 // length of digits
	status       status
	Kind         article.Kind // the article's own
	month        int32        // of its date, as year*100 + month
}

// span is a part of a list that many entries share.
type span struct{ from, to int32 }

func (s span) len() int { return int(s.to - s.from) }

// part returns the elements of a span of list.
func part[T any](list []T, s span) []T { return list[s.from:s.to:s.to] }

// relations are what an event or an agreement binds an article to.
type relations struct {
	organizer *term
	parties   span     // of the organizations' uses
	amends    member   // none without a site; in any of its languages
	amendedBy []member // each once, in the first language in which it shows
}

// Assemble makes the model of a site and reports what only the whole site can
// tell: collisions of URLs, ids and names, and missing files and targets of
// the front matter.
func Assemble(in Input) (*Site, diag.List) {
	s := newSite(in)
	s.makeTimeline()
	problems := abreast(sectionsAndTerms(s)...)
	problems = append(problems, abreast(s.claimURLs, silent(s.relate), s.checkIDs, s.makeRegister, silent(s.makeEvents), s.checkFiles, s.checkLimits)...)
	setChrome(s)
	return s, append(problems, views{s}.checkChrome()...)
}

// AssembleAll is Assemble for a site in several languages, the first one first.
func AssembleAll(inputs []Input) ([]*Site, diag.List) {
	if len(inputs) == 1 {
		s, problems := Assemble(inputs[0])
		return []*Site{s}, problems
	}
	sites := make([]*Site, len(inputs))
	for k := range inputs {
		sites[k] = newSite(inputs[k])
		sites[k].makeTimeline()
	}
	bind(sites)
	var problems diag.List
	each := func(parts func(*Site) []func() diag.List) {
		for _, s := range sites {
			problems = append(problems, abreast(parts(s)...)...)
		}
	}
	each(sectionsAndTerms)
	for _, s := range sites {
		s.placeFiles()
	}
	each(func(s *Site) []func() diag.List {
		return []func() diag.List{silent(s.relate), silent(s.makeAgreements), silent(s.makeEvents), s.checkFiles, s.checkIDs, s.checkLimits}
	})
	for _, s := range sites {
		problems = append(problems, s.linkAmendments()...)
	}
	for _, s := range slices.Backward(sites) { // the first one has the aliases of all others that lie outside them
		s.findForeign()
		problems = append(problems, s.claimURLs()...)
	}
	for _, s := range sites {
		setChrome(s)
	}
	for _, s := range sites {
		problems = append(problems, views{s}.checkChrome()...)
	}
	return sites, problems
}

// sectionsAndTerms returns the parts that make these. Of authors there may be the most.
func sectionsAndTerms(s *Site) []func() diag.List {
	terms := s.makeTerms()
	parts := []func() diag.List{terms[authorTerm], s.makeSections, silent(s.listPaths)}
	for kind := range termKinds {
		if kind != authorTerm {
			parts = append(parts, terms[kind])
		}
	}
	return parts
}

// setChrome makes what all pages share.
func setChrome(s *Site) {
	s.chrome, s.observances = views{s}.makeChrome(), observances(s.cfg.Location)
}

// abreast runs parts of Assemble beside each other, of which none reads what
// another one writes, and returns what they report. They are begun in their order:
// with the longest first, all cores end at about the same time.
func abreast(parts ...func() diag.List) diag.List {
	found := make([]diag.List, len(parts))
	var next atomic.Int32
	var group sync.WaitGroup
	for range min(len(parts), runtime.GOMAXPROCS(0)) {
		group.Go(func() {
			for k := next.Add(1) - 1; int(k) < len(parts); k = next.Add(1) - 1 {
				found[k] = parts[k]()
			}
		})
	}
	group.Wait()
	return slices.Concat(found...)
}

// silent makes a part of Assemble of one that reports nothing.
func silent(part func()) func() diag.List {
	return func() diag.List { part(); return nil }
}

// modified returns the latest of date, updated and the corrections shown now.
func (s *articles) modified(a *article.Article) vietnamese.Date {
	latest := a.Date
	if a.Optional().Updated.Start().After(latest.Start()) {
		latest = a.Optional().Updated
	}
	for _, c := range a.Optional().Corrections {
		if start := c.Date.Start(); start.After(latest.Start()) && !start.After(s.now) {
			latest = c.Date
		}
	}
	return latest
}
