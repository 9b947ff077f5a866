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
	// What each use of the name touches lies side by side in memory.
	kind      termKind
	met       bool    // in an article
	spelled   bool    // title is final
	place     int32   // in the list of its kind
	size      int     // how many published articles carry it
	title     string  // the spelling shown
	published []index // these articles, oldest first

	slug        string
	url         string
	description string
	feeds       []FeedLink // of one that shows
	aliases     []article.Text
	inSettings  bool         // named in site.yaml, at place listedAt
	listedAt    article.Text // its name there
	merger      *merger      // of an organization that passes into others, now or later
	now         []*term      // of one that has ended: what it has become
	former      []*term      // the organizations that passed into this one, at once or through others
	first       use          // its oldest use in any article, hidden ones too
	listedAs    string       // its name there in the first language
	language    string       // in which the title is, if that is not the site's
	foreign     bool         // site.yaml has no name for it in the site's language
	refused     bool         // a tag without a slug of its own; that is a problem already
	agreements  []index      // of an organization: published ones it is party to, oldest first
	events      []index      // of an organization: published ones it holds, by start
}

// use is one place where a name stands.
type use struct {
	index index // of the article, -1 for none
	at    article.Text
}

// terms are all names of one kind.
type terms struct {
	kind   termKind
	first  string // the language of the names in site.yaml, if it is not the site's
	byKey  map[string]*term
	byName map[string]*term // by every spelling met: finding the key costs more
	list   []*term          // in order of first use; then those of site.yaml alone, then those of hidden drafts alone
	uses   []int32          // places in list of the names of each article, one article after the other
	sorted []*term          // those that have a page, in Vietnamese order
}

// taxonomy is the names: tags, organizations and authors, and which articles are
// related by them.
type taxonomy struct {
	*timeline

	terms   [termKinds]*terms
	related []index // the articles related to each, one after the other
}

// makeTerms returns the parts that merge the spellings of every name, give each name
// its slug, and collect the articles under it.
func (x *taxonomy) makeTerms() (parts [termKinds]func() diag.List) {
	taxa := [termKinds][]config.Taxon{x.cfg.Tags, x.cfg.Organizations, x.cfg.Authors}
	for kind := range termKinds {
		ts := &terms{kind: kind, first: x.cfg.First, byKey: map[string]*term{}, byName: map[string]*term{}}
		x.terms[kind] = ts
		parts[kind] = func() diag.List { return x.fill(ts, taxa[kind]) }
	}
	return parts
}

// fill makes the terms of one kind; taxa is what site.yaml says of them.
func (x *taxonomy) fill(ts *terms, taxa []config.Taxon) diag.List {
	ts.uses = make([]int32, 0, x.uses[ts.kind])
	ts.nameTranslations(taxa)
	for _, i := range x.all {
		x.useNames(ts, i)
	}
	ts.listTaxa(taxa)
	if ts.kind == organizationTerm {
		x.listMergers(ts, taxa)
	}
	for _, i := range x.drafts {
		x.useNames(ts, i)
	}
	x.listUnder(ts)
	var problems diag.List
	switch ts.kind {
	case tagTerm:
		problems = x.slugTags()
	case organizationTerm:
		problems = append(x.checkMergers(ts), x.slugPeople(ts)...)
	case authorTerm:
		problems = x.slugPeople(ts)
	}
	x.finishTerms(ts)
	if ts.kind == organizationTerm {
		x.findHeirs(ts)
	}
	return problems
}

// useNames notes the names of a kind that article i carries.
func (x *taxonomy) useNames(ts *terms, i index) {
	e := &x.entries[i]
	switch ts.kind {
	case tagTerm:
		e.tags = x.useAll(ts, i, e.names(ts.kind))
	case authorTerm:
		e.authors = x.useAll(ts, i, e.names(ts.kind))
	case organizationTerm:
		e.organization = x.use(ts, i, e.Organization)
		if e.organization != nil && x.shows(i) {
			e.organization.size++
		}
		if e.Event != nil {
			e.organizer = x.use(ts, i, e.Event.Organizer)
		}
		if e.Agreement != nil {
			e.parties = x.useAll(ts, i, e.names(ts.kind))
		}
	}
}

// names returns the list of names of a kind that an article carries.
func (e *entry) names(kind termKind) []article.Text {
	switch {
	case kind == tagTerm:
		return e.Tags
	case kind == authorTerm:
		return e.Authors
	case e.relations != nil && e.Agreement != nil:
		return e.Agreement.Parties
	}
	return nil
}

// useAll returns the uses of names by article i, each name once.
func (x *taxonomy) useAll(ts *terms, i index, names []article.Text) span {
	from := len(ts.uses)
	for _, name := range names {
		if t := x.use(ts, i, name); t != nil && !slices.Contains(ts.uses[from:], t.place) {
			ts.uses = append(ts.uses, t.place)
			if ts.kind != organizationTerm && x.shows(i) { // parties are listed as such
				t.size++
			}
		}
	}
	return span{int32(from), int32(len(ts.uses))}
}

func (x *taxonomy) use(ts *terms, i index, name article.Text) *term {
	if name.Value == "" {
		return nil
	}
	t := ts.named(name.Value)
	t.met = true
	if t.title == "" {
		t.title, t.first = name.Value, use{i, name}
	}
	// The spelling of a hidden article must not show.
	if !t.spelled && x.shows(i) {
		t.title, t.spelled = name.Value, true
		t.language = x.languageIf(&x.entries[i], name.IsInherited())
	}
	return t
}

// nameTranslations makes the names that have another one in the site's language:
// all that site.yaml calls them mean one. A translation has its original's, which
// may be in any language.
func (ts *terms) nameTranslations(taxa []config.Taxon) {
	for _, taxon := range taxa {
		if taxon.Translation != "" {
			t := ts.named(taxon.Translation)
			ts.byKey[vietnamese.NameKey(taxon.Name)] = t
		}
	}
	for _, taxon := range taxa {
		if taxon.Translation == "" {
			continue
		}
		for _, name := range taxon.In {
			if key := vietnamese.NameKey(name.Value); ts.byKey[key] == nil {
				ts.byKey[key] = ts.byKey[vietnamese.NameKey(taxon.Name)]
			}
		}
	}
}

// listUnder lists the published articles under the names of a kind.
func (x *taxonomy) listUnder(ts *terms) {
	x.eachUse(ts, func(t *term, i index) {
		if t.published == nil {
			t.published = make([]index, 0, t.size)
		}
		t.published = append(t.published, i)
	})
	if ts.kind != organizationTerm {
		return
	}
	for _, i := range x.published {
		e := &x.entries[i]
		if e.relations == nil {
			continue
		}
		for _, place := range part(ts.uses, e.parties) {
			t := ts.list[place]
			t.agreements = append(t.agreements, i)
		}
		if e.organizer != nil {
			e.organizer.events = append(e.organizer.events, i)
		}
	}
}

// eachUse visits the names that stand over published articles, the articles
// oldest first.
func (x *taxonomy) eachUse(ts *terms, visit func(*term, index)) {
	visitAll := func(uses span, i index) {
		for _, place := range part(ts.uses, uses) {
			visit(ts.list[place], i)
		}
	}
	for _, i := range x.published {
		switch e := &x.entries[i]; {
		case ts.kind == tagTerm:
			visitAll(e.tags, i)
		case ts.kind == authorTerm:
			visitAll(e.authors, i)
		case e.organization != nil:
			visit(e.organization, i)
		}
	}
}

// named returns the term of a spelling, a new one if the name was not met yet.
func (ts *terms) named(name string) *term {
	if t, ok := ts.byName[name]; ok {
		return t
	}
	key := vietnamese.NameKey(name)
	t, ok := ts.byKey[key]
	if !ok {
		t = &term{kind: ts.kind, place: int32(len(ts.list)), first: use{index: -1}}
		ts.byKey[key] = t
		ts.list = append(ts.list, t)
	}
	ts.byName[name] = t
	return t
}

// listTaxa applies what site.yaml says of the names of one kind.
func (ts *terms) listTaxa(taxa []config.Taxon) {
	for _, taxon := range taxa {
		t := ts.listed(taxon.Name, taxon.Pos)
		t.listedAs = taxon.Name
		if taxon.Translation != "" {
			t.title, t.language = taxon.Translation, ""
		}
		t.foreign = taxon.First != "" && taxon.Translation == ""
		t.slug, t.description = taxon.Slug, taxon.Description
		for _, a := range taxon.Aliases {
			t.aliases = append(t.aliases, article.TextAt(a.Value, a.Pos))
		}
	}
}

// slugTags gives every tag its slug; two tags with one slug are an error,
// since one of them is nearly always a slip of the pen.
func (x *taxonomy) slugTags() diag.List {
	var problems diag.List
	taken := map[string]*term{}
	for _, t := range slugFirst(x.terms[tagTerm].list) {
		if t.slug == "" {
			t.slug = vietnamese.Slug(t.title)
		}
		if t.slug == "" {
			t.refused = true
			if x.isTold(t) {
				continue
			}
			problems = append(problems, diag.New(x.termPos(t), "name-without-slug", t.title, "tags"))
			continue
		}
		if other, ok := taken[t.slug]; ok {
			t.refused = true
			if x.isTold(t, other) {
				continue
			}
			problems = append(problems, diag.New(x.termPos(t), "tag-collision", t.title, other.title, t.slug, x.termPos(other).File))
			continue
		}
		taken[t.slug] = t
	}
	return problems
}

// slugPeople gives organizations and authors their slugs. The name used first
// keeps the plain one, the others are spelled in Telex: names must never stop
// the press.
func (x *taxonomy) slugPeople(ts *terms) diag.List {
	var problems diag.List
	taken := map[string]*term{}
	for _, t := range slugFirst(ts.list) {
		if t.slug != "" {
			taken[t.slug] = t
			continue
		}
		t.slug = vietnamese.Slug(t.title)
		if t.slug == "" {
			t.slug = digest.OfString(vietnamese.NameKey(t.title)).Short()
			if !x.isTold(t) {
				problems = append(problems, diag.New(x.termPos(t), "name-without-slug/person", t.title, t.slug, mapName(ts.kind)))
			}
		}
		if other, ok := taken[t.slug]; ok {
			t.slug = freeSlug(taken, vietnamese.Telex(t.title, other.title))
			if !x.isTold(t, other) {
				problems = append(problems, diag.New(x.termPos(t), "name-collision",
					t.title, other.title, vietnamese.Slug(t.title), t.slug, mapName(ts.kind)))
			}
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
func (x *taxonomy) termPos(t *term) diag.Pos {
	if t.first.index >= 0 && !(t.first.at.IsInherited() && t.inSettings) {
		return x.entries[t.first.index].At(t.first.at)
	}
	return t.listedAt.In("site.yaml")
}

// isTold tells whether what is wrong with some names is told by the edition that
// they come from: none of them is written or translated in this language.
func (x *taxonomy) isTold(names ...*term) bool {
	return x.cfg.First != "" && !slices.ContainsFunc(names, func(t *term) bool {
		isTranslated := t.inSettings && t.title != t.listedAs
		return isTranslated || t.first.index >= 0 && !t.first.at.IsInherited()
	})
}

// finishTerms gives the names their URLs and sorts those that have a page.
func (x *taxonomy) finishTerms(ts *terms) {
	word := [termKinds]string{x.cfg.Paths.Tag, x.cfg.Paths.Organization, x.cfg.Paths.Author}[ts.kind]
	for _, t := range ts.list {
		t.url = x.at(word + "/" + t.slug + "/")
		if t.shown() {
			if len(t.published) > 0 { // a feed without items has no date
				t.feeds = feedLinks(t.title, t.url, t.feedFiles())
			}
			ts.sorted = append(ts.sorted, t)
		}
	}
	key := sortKeyOf(x.cfg.Language, ts.kind)
	type keyed struct {
		key  string
		term *term
	}
	order := make([]keyed, len(ts.sorted))
	for k, t := range ts.sorted {
		order[k] = keyed{key(t.title), t}
	}
	slices.SortFunc(order, func(a, b keyed) int { return strings.Compare(a.key, b.key) })
	for k := range order {
		ts.sorted[k] = order[k].term
	}
}

// shown tells whether a name has a page: something is published under it, or,
// for an organization, site.yaml describes it.
func (t *term) shown() bool {
	return len(t.published) > 0 || len(t.agreements) > 0 || len(t.events) > 0 ||
		t.kind == organizationTerm && t.inSettings && !t.foreign
}

// feedFiles returns the forms of a name's feed.
func (t *term) feedFiles() []feedFile {
	switch t.kind {
	case tagTerm:
		return feedFiles[:1]
	case organizationTerm:
		return feedFiles[:]
	}
	return nil
}

func (t *term) link() Link {
	l := Link{Title: t.title, URL: t.url, Language: t.language}
	if t.foreign && !t.shown() { // it has no page in this language
		l.URL = ""
	}
	return l
}

// appendLinks appends the links to the terms of some uses.
func (ts *terms) appendLinks(links []Link, uses span) []Link {
	links = slices.Grow(links, uses.len())
	for _, place := range part(ts.uses, uses) {
		links = append(links, ts.list[place].link())
	}
	return links
}

// appendTitles appends the titles of the terms of some uses.
func (ts *terms) appendTitles(list []string, uses span) []string {
	for _, place := range part(ts.uses, uses) {
		list = append(list, ts.list[place].title)
	}
	return list
}

func termLink(t *term) *Link {
	if t == nil {
		return nil
	}
	l := t.link()
	return &l
}
