package site

import (
	"iter"
	"path"
	"slices"
	"strconv"
	"strings"

	"bantin/internal/article"
	"bantin/internal/diag"
	"bantin/internal/digest"
	"bantin/internal/percent"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
)

// This file compares a site with what the last build published, to warn of
// what its subscribers would not understand: an article under a new identity,
// a page gone without a word, an event moved in silence. No view depends on it.

// Record is what the next build needs to know of something that this one
// published: an article, a standalone page or a section.
type Record struct {
	Path               string      // of its source, below content/
	ID                 string      // "" if it is in no feed
	Page               Fingerprint // of the output file
	ContentFingerprint Fingerprint // of title and date, by which a moved file is known again
	Event              Fingerprint // of an event's time, place and status; zero for none
	Sequence           int         // of the event
}

// Fingerprint tells texts apart in eight bytes.
type Fingerprint [8]byte

func fingerprint(parts ...string) Fingerprint { return fingerprintOf(digest.Fields(parts...)) }

func fingerprintOf(d digest.Digest) Fingerprint { return Fingerprint(d[:len(Fingerprint{})]) }

// Record returns what the next build needs to know of article i, if this one
// publishes it. Drafts and scheduled articles have no record even if they are shown:
// nobody follows them.
func (s *articles) Record(i int) (p Record, published bool) {
	if !s.hasRecord(index(i)) {
		return p, false
	}
	e := &s.entries[i]
	p = Record{Path: e.Path, Page: fingerprint(s.pageFile(e)), ContentFingerprint: e.contentFingerprint()}
	if e.Kind == article.News {
		p.ID = e.ID.Value
	}
	if e.Event != nil {
		p.Event, p.Sequence = eventPrint(e.Event), s.sequence(e)
	}
	return p, true
}

// RecordInputs adds to h all that the record of article i is made of, and tells
// whether it has one. It may add more than the record holds, never less.
func (s *articles) RecordInputs(h *digest.Hasher, i int) bool {
	if !s.hasRecord(index(i)) {
		return false
	}
	e := &s.entries[i]
	h.Str(e.Path)
	h.Str(e.pageURL)
	h.Str(e.ID.Value)
	h.Int(int64(e.Kind))
	h.Str(e.Title.Value)
	addDate(h, e.Date)
	h.Bool(e.Event != nil)
	if e.Event != nil {
		h.Value(e.Event)
		h.Int(int64(s.sequence(e)))
	}
	return true
}

func (s *articles) hasRecord(i index) bool {
	return s.entries[i].status == statusPublished && s.publishesFiles(i)
}

func (e *entry) contentFingerprint() Fingerprint {
	return fingerprintOf(digest.Gather(func(h *digest.Hasher) {
		h.Str(e.Title.Value)
		addDate(h, e.Date)
	}))
}

// eventPrint tells whether an event is where and when it was.
func eventPrint(e *article.Event) Fingerprint {
	return fingerprint(e.Start.ISO(), e.End.ISO(), strconv.FormatBool(e.IsAllDay()), e.Location, e.Address, string(e.Status))
}

// Past is what is known of the last build.
type Past struct {
	Authority string // of all identities, "" if it is not known
	Records   iter.Seq[Record]
	Unchanged []bool     // of each article: its record is that of the last build, and not among Records; nil for none
	Vanished  []Vanished // what it found, or knew before
}

// Vanished is a page or a document that was public and is gone without a word.
type Vanished struct {
	Removed
	Last Record // of the article that it showed or belonged to; zero if that is not known
}

// Removed is an output file of the last build that this one does not make.
type Removed struct {
	Path    string
	Article bool // the page of an article or a standalone page
}

// Compare warns of what changed since the last build without what readers need
// to follow it. The zero Past is one of which nothing is known. Assets are those of
// Assets. It returns also the pages and documents that are gone without a word, for
// the next build: they are told of until an alias leads on, site.yaml lists them as
// gone, or they stand again.
func (s *Site) Compare(past Past, removed []Removed, assets []Asset) (diag.List, []Vanished) {
	c := &comparison{Site: s, assets: assets, kept: make([]bool, len(s.entries)), pages: map[Fingerprint]Record{}, events: map[string]Record{}}
	removed = c.recall(past.Vanished, c.ownPages(removed))
	for _, l := range removed {
		if page := fingerprint(l.page()); c.pages[page].Path == "" {
			c.pages[page] = Record{}
		}
	}
	for i, same := range past.Unchanged {
		c.kept[i] = same && c.hasRecord(index(i))
	}
	if past.Records != nil {
		for p := range past.Records {
			if c.isOwn(p.Path) {
				c.remember(p)
			}
		}
		c.articleRemoved = slices.ContainsFunc(removed, func(l Removed) bool { return l.Article })
	}
	if c.isFirst() && past.Authority != "" && past.Authority != s.cfg.ID {
		c.report(noPlace, "id-changed/site", past.Authority, s.cfg.ID)
	}
	c.findMoved()
	c.compareIDs()
	c.compareEvents()
	c.compareURLs(removed)
	return c.problems, c.vanished
}

// comparison is what a build finds out about the last one.
type comparison struct {
	*Site
	assets   []Asset                // by output file
	kept     []bool                 // by index: its file stood there
	same     []Record               // whose files stand where they stood
	gone     []Record               // whose files do not
	moved    map[string]index       // path of a gone file -> index of its article now
	pages    map[Fingerprint]Record // of the pages that are removed, or a document beside them
	events   map[string]Record      // by identity
	recalled map[Fingerprint]bool   // titles and dates of what earlier builds told of
	aliased  map[string]bool        // paths from which an alias leads on, without a slash at their end
	ended    map[string]bool        // paths that are listed as gone, likewise
	prefixes []alias                // below which all is led on
	vanished []Vanished
	problems diag.List

	articleRemoved bool // the page of an article is removed, and known to be
}

// recall adds to what is removed the pages of earlier builds that do not stand again.
func (c *comparison) recall(earlier []Vanished, removed []Removed) []Removed {
	at := map[string]int{}
	for k, l := range removed {
		at[l.Path] = k
	}
	removed = slices.Clone(removed)
	for _, v := range earlier {
		if c.siteOf(v.Path) != c.Site {
			continue
		}
		if c.stands(v.Path) {
			continue
		}
		if k, again := at[v.Path]; again { // as what led on from it
			removed[k] = v.Removed
		} else {
			removed = append(removed, v.Removed)
		}
		c.pages[fingerprint(v.page())] = v.Last
		if c.recalled == nil {
			c.recalled = map[Fingerprint]bool{}
		}
		c.recalled[v.Last.ContentFingerprint] = true
	}
	return removed
}

// stands tells whether a page or a document is published at an output file.
func (c *comparison) stands(file string) bool {
	if r, ok := c.routeAt(file); ok && r.Path == file {
		return !r.hidden && r.Kind != KindRedirect
	}
	_, ok := findAsset(c.assets, file)
	return ok
}

// ownPages returns the pages that belong to the language of the site.
func (c *comparison) ownPages(pages []Removed) []Removed {
	if c.editions == nil {
		return pages
	}
	return slices.DeleteFunc(slices.Clone(pages), func(l Removed) bool { return c.siteOf(l.Path) != c.Site })
}

// isOwn tells whether a source file is in the language of the site.
func (c *comparison) isOwn(file string) bool {
	if c.editions == nil {
		return true
	}
	code := article.LanguageOf(file, c.sites[0].cfg.Codes())
	return code == "" && c.isFirst() || code == c.cfg.Language && !c.isFirst()
}

func (c *comparison) report(pos diag.Pos, id string, args ...string) {
	c.problems = append(c.problems, diag.New(pos, id, args...))
}

func (c *comparison) remember(p Record) {
	if i, ok := c.articleOf(p.Path); ok {
		c.kept[i] = true
		if e := &c.entries[i]; p.ID != "" && p.ID != e.ID.Value && c.shows(i) {
			c.same = append(c.same, p)
		}
	} else {
		c.gone = append(c.gone, p)
	}
	if _, removed := c.pages[p.Page]; removed {
		c.pages[p.Page] = p
	}
	if p.Event != (Fingerprint{}) {
		c.events[p.ID] = p
	}
}

// findMoved finds the files that stand elsewhere now: of the same title and
// date, where there was none.
func (c *comparison) findMoved() {
	c.moved = map[string]index{}
	if len(c.gone) == 0 && c.recalled == nil {
		return
	}
	twins := map[Fingerprint]index{}
	for i := range index(len(c.entries)) {
		if c.publishesFiles(i) && (!c.kept[i] || c.recalled[c.entries[i].contentFingerprint()]) {
			twins[c.entries[i].contentFingerprint()] = i
		}
	}
	isTwin := func(p Record) (index, bool) {
		i, ok := twins[p.ContentFingerprint]
		return i, ok && (p.ID != "") == (c.entries[i].Kind == article.News)
	}
	isGone, taken := map[string]bool{}, map[index]bool{}
	for _, p := range c.gone {
		isGone[p.Path] = true
		if i, ok := isTwin(p); ok && !taken[i] {
			c.moved[p.Path], taken[i] = i, true
		}
	}
	if c.recalled == nil {
		return
	}
	for _, p := range c.pages { // in any order: a file that moved again and again stood at several places
		if _, stands := c.articleOf(p.Path); p.Path == "" || stands || isGone[p.Path] {
			continue
		}
		if i, ok := isTwin(p); ok {
			c.moved[p.Path] = i
		}
	}
}

// compareIDs warns of articles that subscribers would see once more.
func (c *comparison) compareIDs() {
	for _, p := range c.same {
		i, _ := c.articleOf(p.Path)
		e := &c.entries[i]
		c.report(c.placeIn(e, e.ID), "id-changed", p.ID, e.ID.Value, strictyaml.FlowText(p.ID))
	}
	for _, p := range c.gone {
		i, ok := c.moved[p.Path]
		if !ok || p.ID == "" {
			continue
		}
		if e := &c.entries[i]; e.ID.Value != p.ID {
			c.report(c.placeIn(e, e.ID), "id-changed/moved", "content/"+p.Path, strictyaml.FlowText(p.ID))
		}
	}
}

// compareEvents warns of events that calendars would not take for changed
// (RFC 5545 section 3.8.7.4).
func (c *comparison) compareEvents() {
	for _, i := range c.Site.events {
		e := &c.entries[i]
		old, ok := c.events[e.ID.Value]
		if ok && old.Event != eventPrint(e.Event) && c.sequence(e) <= old.Sequence {
			now := vietnamese.Date{Time: c.now, Precision: vietnamese.Minute}
			c.report(c.placeIn(e, e.Title), "event-unannounced", now.String())
		}
	}
}

// lostURL is a URL that was public and that nothing leads on from.
type lostURL struct {
	diag.Pos
	problem string // by its ID
	url     string
	to      index // of the text that an alias can lead to; -1 for none
}

// compareURLs warns of pages and documents that nothing leads to any more. What stood
// below such a page is not told of again.
func (c *comparison) compareURLs(removed []Removed) {
	var lost []lostURL
	below := "\x00" // the last page that is told of
	aliases := map[index][]string{}
	removed = slices.SortedFunc(slices.Values(removed), func(a, b Removed) int { return strings.Compare(c.pageURL(a.Path), c.pageURL(b.Path)) })
	for _, l := range removed {
		if !isPage(l) && !isDocument(l.Path) {
			continue
		}
		u := c.judge(l)
		if u.problem == "" {
			continue
		}
		c.vanished = append(c.vanished, Vanished{l, c.pages[fingerprint(l.page())]})
		if c.redirected(u.url) {
			continue
		}
		if u.to >= 0 {
			aliases[u.to] = append(aliases[u.to], u.url)
		}
		if !strings.HasPrefix(u.url, below) {
			lost = append(lost, u)
			if strings.HasSuffix(u.url, "/") {
				below = u.url
			}
		}
	}
	for to := range aliases {
		for _, alias := range c.entries[to].Optional().Aliases {
			aliases[to] = append(aliases[to], alias.Value)
		}
	}
	for _, u := range lost {
		args := []string{u.url}
		if u.to >= 0 {
			args = append(args, strictyaml.FlowList(aliases[u.to]...))
		}
		c.report(u.Pos, u.problem, args...)
	}
}

// isPage tells whether a file is a page that people keep the address of. The
// numbered ones of lists and archives come and go with their articles.
func isPage(l Removed) bool {
	if path.Ext(l.Path) != ".html" {
		return false
	}
	_, err := strconv.Atoi(path.Base(path.Dir(l.Path)))
	return l.Article || err != nil
}

// isDocument tells whether a file is one that people keep the address of by itself: a
// decision, a table, a recording. A picture is seen on a page.
func isDocument(file string) bool {
	switch t := mediaType(file); t {
	case "application/octet-stream", "application/json", "application/geo+json":
		return false
	default:
		kind, _, _ := strings.Cut(t, "/")
		return kind == "application" || kind == "audio" || kind == "video" || t == "text/csv"
	}
}

// page returns the output file of the page that a removed file was, or that it was a
// document of.
func (l Removed) page() string {
	if isDocument(l.Path) {
		return path.Join(path.Dir(l.Path), indexFile)
	}
	return l.Path
}

// judge returns the problem that a page or a document is gone, and where to mend it.
// The problem is "" where that is none: the article expired, only the clock or an
// option hides it, the page of a document is listed as gone, or the page was of a
// name that may have gone with its last article.
func (c *comparison) judge(l Removed) lostURL {
	u := lostURL{url: c.pageURL(l.Path), to: -1}
	p := c.pages[fingerprint(l.page())]
	document := isDocument(l.Path)
	if document {
		i, shown, ok := c.textOf(l.page())
		switch {
		case shown:
			return c.leadTo(u, i)
		case ok && p.Path == "", c.isListedAsGone(c.pageURL(l.page())):
			return u
		}
	}
	i, stands := c.articleOf(p.Path)
	if !stands {
		i, stands = c.moved[p.Path]
	}
	switch {
	case p.Path == "" && !document && (c.mayStand(l.Path) || !l.Article && c.articleRemoved):
		return u
	case p.Path == "":
		u.Pos, u.problem = noPlace, "url-vanished/unknown"
		return u
	case !stands:
		u.Pos, u.problem = diag.Pos{File: "content/" + p.Path}, "url-vanished/deleted"
		return u
	}
	e := &c.entries[i]
	switch {
	case c.publishesFiles(i):
		return c.leadTo(u, i)
	case e.status == statusExpired, e.contentFingerprint() == p.ContentFingerprint && e.status == statusScheduled:
		return u
	}
	u.Pos, u.problem = c.placeIn(e, e.Title), "url-vanished/hidden"
	return u
}

// leadTo returns u as one that an alias of a text can lead on from: in the line where
// that has some.
func (c *comparison) leadTo(u lostURL, i index) lostURL {
	e := &c.entries[i]
	place := e.Slug
	if aliases := e.Optional().Aliases; len(aliases) > 0 {
		place = aliases[0]
	}
	u.Pos, u.problem, u.to = c.placeIn(e, place), "url-vanished", i
	return u
}

// textOf returns the index of the article or section whose page stands at an output
// file, and whether it is shown now.
func (c *comparison) textOf(page string) (i index, shown, ok bool) {
	r, ok := c.routeAt(page)
	if !ok || r.Kind == KindRedirect || r.textAt() < 0 {
		return -1, false, false
	}
	return r.textAt(), !r.hidden, true
}

// mayStand tells whether a page stands, or might stand, at an output file.
func (c *comparison) mayStand(file string) bool {
	_, ok := c.routeAt(file)
	return ok
}

// pageURL returns the root-relative URL of an output file.
func (r urls) pageURL(file string) string { return r.atBase(strings.TrimSuffix(file, "index.html")) }

// redirected tells whether an alias leads on from a URL, or site.yaml says that
// it is gone for good.
func (c *comparison) redirected(url string) bool {
	if c.isListedAsGone(url) {
		return true
	}
	if c.aliased == nil {
		c.aliased = map[string]bool{}
		for _, a := range c.allAliases() {
			if len(a.query) == 0 {
				c.aliased[strings.TrimSuffix(a.path, "/")] = true
			}
			if a.prefix {
				c.prefixes = append(c.prefixes, a)
			}
		}
	}
	at := percent.Decoded(url)
	return c.aliased[strings.TrimSuffix(at, "/")] || slices.ContainsFunc(c.prefixes, func(a alias) bool { return a.covers(at) })
}

// isListedAsGone tells whether site.yaml says that a URL is gone for good. The first
// language has the list for all.
func (c *comparison) isListedAsGone(url string) bool {
	bare := func(at string) string { return strings.TrimSuffix(vietnamese.NFC(percent.Decoded(at)), "/") }
	if c.ended == nil {
		c.ended = map[string]bool{}
		for _, g := range c.siblings()[0].cfg.Gone {
			c.ended[bare(g.Value)] = true
		}
	}
	return c.ended[bare(url)]
}

// placeIn returns where a value of the front matter stands, or where it could be
// added.
func (c *comparison) placeIn(e *entry, t article.Text) diag.Pos {
	if t.Line == 0 {
		t = e.Title
	}
	return e.At(t)
}
