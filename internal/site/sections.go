package site

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"bantin/internal/article"
	"bantin/internal/diag"
	"bantin/internal/vietnamese"
)

// section is a folder of content/ that holds articles.
type section struct {
	dir       string // below content/
	url       string // root-relative, ending in a slash
	slugs     string // the slugs from the top down: "tin-tuc/xa"
	title     string
	weight    int
	index     index  // of its _index.md, -1 if it has none
	draft     string // file of the hidden draft that makes it known, "" if an article does
	parent    *section
	permalink string     // the pattern of its articles' URLs, "" for the usual ones
	noSearch  bool       // the search finds nothing in it
	children  []*section // that show, by weight and title
	published []index    // published articles, its own and those below it, oldest first
	own       []index    // published articles of its own, oldest first
	size      int        // how many they are

	// Of one that shows.
	feeds      []FeedLink
	breadcrumb []Link // from the first section down to it
}

// isIn tells whether a section is another one or stands below it.
func (s *section) isIn(other *section) bool {
	for ; s != nil; s = s.parent {
		if s == other {
			return true
		}
	}
	return false
}

// sectionTree is the sections and the articles in them.
type sectionTree struct {
	*timeline

	sections     []*section // that show, parents before children, by weight and name
	allSections  []*section // in the same order, those that do not show too
	byDir        map[string]*section
	ofEvents     *section // that is the page of the events as well, if it shows; nil for none
	ofAgreements *section // that of the register

	// The first _index.md of each folder in any language: what it says of the folder
	// holds where that has none in this one. Of a site in several languages only.
	firstIndexes map[string]*article.Article
}

// makeSections finds the sections and puts every article into its own.
func (t *sectionTree) makeSections() diag.List {
	m := sectionMaker{sectionTree: t, indexes: map[string]index{}}
	for _, i := range t.described {
		m.indexes[t.entries[i].Dir()] = i
	}
	for i := range index(len(t.entries)) {
		if !t.isHiddenDraft(i) {
			m.place(i)
		}
	}
	m.drafts = true
	for _, i := range t.hidden {
		m.place(i)
	}
	t.makeURLs()
	t.listSections()
	t.orderSections()
	t.linkNeighbours()
	return m.problems
}

// sectionMaker makes the sections of the articles that it is shown.
type sectionMaker struct {
	*sectionTree
	indexes  map[string]index // of the _index.md, by folder
	drafts   bool             // only hidden drafts are left
	last     *entry           // the last news that was placed
	lastDir  string           // its folder
	problems diag.List
}

// place gives article i its section, which a standalone page has not.
func (m *sectionMaker) place(i index) {
	e := &m.entries[i]
	switch e.Kind {
	case article.Section:
		dir := SectionAbove(e.Dir())
		if dir != e.Dir() {
			m.problems = append(m.problems, diag.New(diag.Pos{File: e.File()}, "section-of-digits/index"))
		}
		e.section = m.sectionAt(dir, e)
	case article.News:
		dir := sectionDir(e.Article)
		if m.last != nil && m.lastDir == dir { // as of nearly all
			e.section, e.digitsSize = m.last.section, m.last.digitsSize
		} else {
			above := SectionAbove(dir)
			e.section, e.digitsSize = m.sectionAt(above, e), uint16(len(dir)-len(above))
		}
		m.last, m.lastDir = e, dir
		if m.shows(i) {
			e.section.size++
		}
	}
}

// SectionAbove returns the folder of content/ that is the section of what lies in
// dir: folders of digits are none, but for one directly in content/, which is
// an error.
func SectionAbove(dir string) string {
	for {
		around := parentDir(dir)
		if around == "" || !article.IsDigits(dir[len(around)+1:]) {
			return dir
		}
		dir = around
	}
}

// sectionAt returns the section of a folder, made with those around it when it is met
// first, as that of e.
func (m *sectionMaker) sectionAt(dir string, e *entry) *section {
	if sec, ok := m.byDir[dir]; ok {
		return sec
	}
	sec := &section{dir: dir, index: -1, title: dir[strings.LastIndexByte(dir, '/')+1:]}
	if m.drafts {
		sec.draft = e.File()
	}
	slug := vietnamese.Slug(sec.title)
	description := m.firstIndexes[dir]
	if i, ok := m.indexes[dir]; ok {
		described := &m.entries[i]
		sec.index, description = i, described.Article
		if described.Title.Value != "" {
			sec.title = described.Title.Value
		}
		slug = described.Slug.Value
	} else if !article.IsDigits(dir) {
		m.report(sec, slug)
	}
	if around := parentDir(dir); around != "" {
		above := SectionAbove(around)
		sec.parent = m.sectionAt(above, e)
		sec.slugs = sec.parent.slugs + around[len(above):] + "/"
		sec.permalink, sec.noSearch = sec.parent.permalink, sec.parent.noSearch
	} else if dir != "" && article.IsDigits(dir) {
		m.problems = append(m.problems, diag.New(diag.Pos{File: "content/" + dir}, "section-of-digits", dir))
	}
	sec.slugs += slug
	sec.url = m.at(sec.slugs + "/")
	if description != nil {
		sec.weight, sec.noSearch = int(description.Weight), sec.noSearch || description.NoSearch
		sec.permalink = cmp.Or(description.Optional().Permalink.Value, sec.permalink)
	}
	m.byDir[dir] = sec
	return sec
}

// report tells what is wrong with a section without an _index.md.
func (m *sectionMaker) report(sec *section, slug string) {
	id := "section-untitled"
	switch {
	case slug == "":
		id = "section-without-slug"
	case m.cfg.First != "":
		id = "section-untitled/language"
		m.problems = append(m.problems, diag.New(m.placeOfSection(sec), id, sec.title, sec.dir, m.cfg.Language))
		return
	}
	m.problems = append(m.problems, diag.New(m.placeOfSection(sec), id, sec.title, sec.dir))
}

// placeOfSection returns where a section could be given another slug.
func (t *sectionTree) placeOfSection(sec *section) diag.Pos {
	switch {
	case sec.index >= 0:
		e := &t.entries[sec.index]
		return e.At(e.Slug)
	case sec.draft != "":
		return diag.Pos{File: sec.draft}
	}
	return diag.Pos{File: "content/" + sec.dir}
}

// shown tells whether a section has a page: it is described, or something is
// published in it.
func (sec *section) shown() bool { return sec.index >= 0 || len(sec.published) > 0 }

// isMadePage tells whether a section at url stands where the program has a page of
// its own, and so is that page: its title and its text head it, and its articles
// stand on it.
func (r urls) isMadePage(url string) bool {
	return url == r.eventsURL(0) || url == r.registerURL(0)
}

// listSections lists what is published in each section.
func (t *sectionTree) listSections() {
	for _, i := range t.published {
		own := t.entries[i].section
		if own.own == nil {
			own.own = make([]index, 0, own.size)
		}
		own.own = append(own.own, i)
		for sec := own; sec != nil; sec = sec.parent {
			sec.published = append(sec.published, i)
		}
	}
}

func (t *sectionTree) orderSections() {
	t.allSections = slices.Collect(maps.Values(t.byDir))
	slices.SortFunc(t.allSections, func(a, b *section) int {
		return cmp.Or(
			cmp.Compare(strings.Count(a.dir, "/"), strings.Count(b.dir, "/")),
			compareWeight(a.weight, b.weight),
			vietnamese.Compare(a.title, b.title),
			cmp.Compare(a.dir, b.dir))
	})
	for _, sec := range t.allSections {
		if sec.shown() {
			t.sections = append(t.sections, sec)
		}
	}
	for _, sec := range t.sections {
		switch sec.url {
		case t.eventsURL(0):
			t.ofEvents = sec
		case t.registerURL(0):
			t.ofAgreements = sec
		}
		if len(sec.published) > 0 {
			sec.feeds = feedLinks(sec.title, sec.url, feedFiles[:])
		}
		if sec.parent != nil {
			sec.parent.children = append(sec.parent.children, sec)
			sec.breadcrumb = slices.Clip(sec.parent.breadcrumb) // its other children append, too
		}
		sec.breadcrumb = append(sec.breadcrumb, sec.link())
	}
}

// compareWeight puts lighter before heavier and those without weight last.
func compareWeight(a, b int) int {
	if (a == 0) != (b == 0) {
		return cmp.Compare(b, a)
	}
	return cmp.Compare(a, b)
}

// linkNeighbours gives every published article the next and the previous one
// of its section.
func (t *sectionTree) linkNeighbours() {
	for _, sec := range t.sections {
		for k := 1; k < len(sec.own); k++ {
			older, newer := sec.own[k-1], sec.own[k]
			t.entries[older].newer = newer
			t.entries[newer].older = older
		}
	}
}

func (sec *section) link() Link { return Link{Title: sec.title, URL: sec.url} }
