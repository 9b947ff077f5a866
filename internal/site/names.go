package site

import (
	"slices"
	"strings"

	"bantin/internal/article"
	"bantin/internal/config"
	"bantin/internal/diag"
	"bantin/internal/digest"
	"bantin/internal/vietnamese"
)

// termKind tells the three kinds of names apart.
type termKind uint8

const (
	tagTerm termKind = iota
	organizationTerm
	authorTerm
	termKinds
)

// term is a tag, an organization or an author: one name, one page.
type term struct {
	kind        termKind
	title       string // the spelling shown
	slug        string
	url         string
	description string
	feeds       []FeedLink // of one that shows
	aliases     []article.Text
	listed      bool         // in site.yaml, at place listedAt
	listedAt    article.Text // its name there
	successor   *term
	first       use     // its oldest use in any article, hidden ones too
	spelled     bool    // title is final
	refused     bool    // a tag without a slug of its own; that is a problem already
	news        []index // published articles that carry it, oldest first
	agreements  []index // of an organization: published ones it is party to, oldest first
	events      []index // of an organization: published ones it holds, by start
}

// use is one place where a name stands.
type use struct {
	index index // of the article, -1 for none
	at    article.Text
}

// terms are all names of one kind.
type terms struct {
	kind   termKind
	byKey  map[string]*term
	byName map[string]*term // by every spelling met: finding the key costs more
	list   []*term          // in order of first use; then those of site.yaml alone, then those of hidden drafts alone
	sorted []*term          // those that have a page, in Vietnamese order
}

// makeTerms merges the spellings of every name, gives each name its slug, and
// collects the articles under it.
func (s *Site) makeTerms() diag.List {
	for kind := range termKinds {
		s.terms[kind] = &terms{kind: kind, byKey: map[string]*term{}, byName: map[string]*term{}}
	}
	for _, i := range s.all {
		s.useNames(i)
	}
	taxa := [termKinds][]config.Taxon{s.cfg.Tags, s.cfg.Organizations, s.cfg.Authors}
	for kind, ts := range s.terms {
		ts.listTaxa(taxa[kind])
	}
	for _, i := range s.drafts {
		s.useNames(i)
	}
	problems := s.terms[organizationTerm].findSuccessors(s.cfg.Organizations)
	problems = append(problems, s.slugTags()...)
	problems = append(problems, s.slugPeople(organizationTerm)...)
	problems = append(problems, s.slugPeople(authorTerm)...)
	for _, ts := range s.terms {
		s.finishTerms(ts)
	}
	return problems
}

// useNames notes every name that article i carries.
func (s *Site) useNames(i index) {
	e := &s.entries[i]
	e.tags = s.use(tagTerm, i, e.Tags)
	e.authors = s.use(authorTerm, i, e.Authors)
	e.organization = s.useOne(organizationTerm, i, e.Organization)
	if e.Event != nil {
		e.organizer = s.useOne(organizationTerm, i, e.Event.Organizer)
	}
	if e.Agreement != nil {
		e.parties = s.use(organizationTerm, i, e.Agreement.Parties)
	}
	if !s.shows(i) {
		return
	}
	for _, t := range e.tags {
		t.news = append(t.news, i)
	}
	for _, t := range e.authors {
		t.news = append(t.news, i)
	}
	if e.organization != nil {
		e.organization.news = append(e.organization.news, i)
	}
	if e.ties == nil {
		return
	}
	for _, t := range e.parties {
		t.agreements = append(t.agreements, i)
	}
	if e.organizer != nil {
		e.organizer.events = append(e.organizer.events, i)
	}
}

func (s *Site) use(kind termKind, i index, names []article.Text) []*term {
	if len(names) == 0 {
		return nil
	}
	list := make([]*term, 0, len(names))
	for _, name := range names {
		if t := s.useOne(kind, i, name); t != nil && !slices.Contains(list, t) {
			list = append(list, t)
		}
	}
	return list
}

func (s *Site) useOne(kind termKind, i index, name article.Text) *term {
	if name.Value == "" {
		return nil
	}
	t := s.terms[kind].named(name.Value)
	if t.title == "" {
		t.title, t.first = name.Value, use{i, name}
	}
	// The spelling of a hidden article must not show.
	if !t.spelled && s.shows(i) {
		t.title, t.spelled = name.Value, true
	}
	return t
}

// named returns the term of a spelling, a new one if the name was not met yet.
func (ts *terms) named(name string) *term {
	if t, ok := ts.byName[name]; ok {
		return t
	}
	key := vietnamese.NameKey(name)
	t, ok := ts.byKey[key]
	if !ok {
		t = &term{kind: ts.kind, first: use{index: -1}}
		ts.byKey[key] = t
		ts.list = append(ts.list, t)
	}
	ts.byName[name] = t
	return t
}

// listTaxa applies what site.yaml says of the names of one kind.
func (ts *terms) listTaxa(taxa []config.Taxon) {
	for _, taxon := range taxa {
		t := ts.named(taxon.Name)
		t.title, t.spelled, t.listed = taxon.Name, true, true
		t.listedAt = article.TextAt(taxon.Name, taxon.Pos)
		t.slug, t.description = taxon.Slug, taxon.Description
		for _, a := range taxon.Aliases {
			t.aliases = append(t.aliases, article.TextAt(a.Value, a.Pos))
		}
	}
}

// findSuccessors links the bodies that have ended to their heirs.
func (ts *terms) findSuccessors(taxa []config.Taxon) diag.List {
	var problems diag.List
	for _, taxon := range taxa {
		if taxon.Successor.Value == "" {
			continue
		}
		t := ts.byKey[vietnamese.NameKey(taxon.Name)]
		heir, ok := ts.byKey[vietnamese.NameKey(taxon.Successor.Value)]
		if !ok || heir == t {
			problems = append(problems, diag.New(taxon.Successor.Pos, "unknown-successor", taxon.Successor.Value, taxon.Name))
			continue
		}
		t.successor = heir
	}
	return problems
}

// slugTags gives every tag its slug; two tags with one slug are an error,
// since one of them is nearly always a slip of the pen.
func (s *Site) slugTags() diag.List {
	var problems diag.List
	taken := map[string]*term{}
	for _, t := range slugFirst(s.terms[tagTerm].list) {
		if t.slug == "" {
			t.slug = vietnamese.Slug(t.title)
		}
		if t.slug == "" {
			t.refused = true
			problems = append(problems, diag.New(s.termPos(t), "name-without-slug", t.title, "tags"))
			continue
		}
		if other, ok := taken[t.slug]; ok {
			t.refused = true
			problems = append(problems, diag.New(s.termPos(t), "tag-collision", t.title, other.title, t.slug, s.termPos(other).File))
			continue
		}
		taken[t.slug] = t
	}
	return problems
}

// slugPeople gives organizations and authors their slugs. The name used first
// keeps the plain one, the others are spelled in Telex: names must never stop
// the press.
func (s *Site) slugPeople(kind termKind) diag.List {
	var problems diag.List
	taken := map[string]*term{}
	for _, t := range slugFirst(s.terms[kind].list) {
		if t.slug != "" {
			taken[t.slug] = t
			continue
		}
		t.slug = vietnamese.Slug(t.title)
		if t.slug == "" {
			t.slug = digest.OfString(vietnamese.NameKey(t.title)).Short()
			problems = append(problems, diag.New(s.termPos(t), "name-without-slug/person", t.title, t.slug, mapName(kind)))
		}
		if other, ok := taken[t.slug]; ok {
			t.slug = freeSlug(taken, vietnamese.Telex(t.title, other.title))
			problems = append(problems, diag.New(s.termPos(t), "name-collision",
				t.title, other.title, vietnamese.Slug(t.title), t.slug, mapName(kind)))
		}
		taken[t.slug] = t
	}
	return problems
}

// slugFirst puts the terms with a slug of their own in site.yaml first: what
// is set there is not given to others.
func slugFirst(list []*term) []*term {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b *term) int {
		switch given := func(t *term) bool { return t.slug != "" }; {
		case given(a) == given(b):
			return 0
		case given(a):
			return -1
		}
		return 1
	})
	return list
}

func freeSlug(taken map[string]*term, slug string) string {
	for taken[slug] != nil {
		slug += "x"
	}
	return slug
}

// mapName returns the key of site.yaml that describes names of a kind.
func mapName(kind termKind) string {
	return [termKinds]string{"tags", "organizations", "authors"}[kind]
}

// termPos returns where a name stands first.
func (s *Site) termPos(t *term) diag.Pos {
	if t.first.index >= 0 {
		return s.entries[t.first.index].At(t.first.at)
	}
	return t.listedAt.In("site.yaml")
}

// finishTerms gives the names their URLs and sorts those that have a page.
func (s *Site) finishTerms(ts *terms) {
	word := [termKinds]string{s.cfg.Paths.Tag, s.cfg.Paths.Organization, s.cfg.Paths.Author}[ts.kind]
	for _, t := range ts.list {
		t.url = s.at(word + "/" + t.slug + "/")
		if t.shown() {
			t.feeds = s.feedLinks(t.title, t.url)
			ts.sorted = append(ts.sorted, t)
		}
	}
	key := vietnamese.SortKey
	if ts.kind == authorTerm {
		key = vietnamese.PersonKey
	}
	keys := make(map[*term]string, len(ts.sorted))
	for _, t := range ts.sorted {
		keys[t] = key(t.title)
	}
	slices.SortFunc(ts.sorted, func(a, b *term) int { return strings.Compare(keys[a], keys[b]) })
}

// shown tells whether a name has a page: something is published under it, or,
// for an organization, site.yaml describes it.
func (t *term) shown() bool {
	return len(t.news) > 0 || len(t.agreements) > 0 || len(t.events) > 0 ||
		t.kind == organizationTerm && t.listed
}

func (t *term) link() Link { return Link{Title: t.title, URL: t.url} }

func termLinks(list []*term) []Link {
	if len(list) == 0 {
		return nil
	}
	links := make([]Link, len(list))
	for i, t := range list {
		links[i] = t.link()
	}
	return links
}

func termLink(t *term) *Link {
	if t == nil {
		return nil
	}
	l := t.link()
	return &l
}
