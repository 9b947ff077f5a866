package site

import (
	"iter"
	"path"
	"strings"

	"bantin/internal/article"
	"bantin/internal/config"
	"bantin/internal/diag"
)

// An edition is the site in one of its languages: a whole site, with a model of
// its own, over the files that all editions share. The first one, which lies at
// the root, has what there is once: redirects, robots.txt, the files of static/.
// This file finds what each edition is made of, and binds the editions together.

// Edition is what the site in one language is made of.
type Edition struct {
	Config   *config.Config
	Articles []*article.Article
	// Sources are the places of Articles in the list of all; nil if they are it.
	Sources []int
}

// Divide gives each language its articles, those that translate another one
// with what they share with it. articles are all of content/, in the order of
// their paths.
func Divide(c *config.Config, articles []*article.Article) ([]Edition, diag.List) {
	editions := []Edition{{Config: c}}
	place := map[string]int{"": 0}
	for k, l := range c.Languages {
		editions = append(editions, Edition{Config: c.In(l)})
		place[l.Code] = k + 1
	}
	d := divider{first: c.Language, originals: map[string]*article.Article{}}
	for _, a := range articles {
		if o := d.originals[a.Stem()]; o == nil || place[a.Language] < place[o.Language] {
			d.originals[a.Stem()] = a
		}
	}
	ids := map[string]*article.Article{}
	for _, a := range articles {
		if d.originals[a.Stem()] == a && a.Language == "" {
			ids[a.ID.Value] = a
		}
	}
	for n, a := range articles {
		d.checkName(a)
		if original := d.originals[a.Stem()]; original != a {
			translation := a.Translate(original)
			d.tellShared(a, original, translation)
			a = translation
		} else if a.Language != "" {
			d.checkLone(a, ids)
		}
		e := &editions[place[a.Language]]
		e.Articles, e.Sources = append(e.Articles, a), append(e.Sources, n)
	}
	return editions, d.problems
}

// divider looks for names of files that editors may have meant otherwise.
type divider struct {
	first     string
	originals map[string]*article.Article // by stem: that of the first language it is written in
	problems  diag.List
}

func (d *divider) report(pos diag.Pos, id string, args ...string) {
	d.problems = append(d.problems, diag.New(pos, id, args...))
}

// checkName reports a name whose last part is a language that it cannot mean.
func (d *divider) checkName(a *article.Article) {
	pos := diag.Pos{File: a.File()}
	base := path.Base(a.Path)
	if a.Language == "" {
		name := strings.TrimSuffix(base, path.Ext(base))
		dot := strings.LastIndexByte(name, '.')
		switch code := name[dot+1:]; {
		case dot <= 0:
		case code == d.first:
			d.report(pos, "translation-name/first", code, name[:dot]+".md")
		case a.UnknownLanguage() != "":
			d.report(pos, "translation-name/unknown", code, strings.ReplaceAll(name, ".", "-")+".md")
		}
		return
	}
	// le-ky.en.md beside le-ky/index.md: is it the translation of that?
	stem := a.Stem()
	bundle := strings.TrimSuffix(stem, ".md") + "/index.md"
	if o := d.originals[bundle]; o != nil && d.originals[stem].Language != "" {
		d.report(pos, "translation-name/bundle", o.File(), "content/"+article.PathIn(bundle, a.Language))
	}
}

// tellShared warns of keys that the file a of a translation gives in vain, and
// reports one that the translation lacks even so, and dates that do not fit those of
// the original.
func (d *divider) tellShared(a, original, translation *article.Article) {
	for _, key := range a.Optional().Shared {
		d.report(a.At(key), "translation-key", key.Value, original.File())
	}
	if missing := translation.MissingKey(); missing != "" {
		d.report(diag.Pos{File: a.File()}, "missing-key", missing, missing+": …")
	}
	d.problems = append(d.problems, a.CheckDates(original.Date)...)
}

// checkLone reports what an article without an original lacks, and one that has
// the identity of an article that is not its original.
func (d *divider) checkLone(a *article.Article, ids map[string]*article.Article) {
	if o := ids[a.ID.Value]; o != nil && a.ID.Line > 0 {
		d.report(a.At(a.ID), "translation-id", a.ID.Value, o.File(), article.PathIn(o.File(), a.Language))
	}
	if missing := a.MissingKey(); missing != "" && a.Title.Line > 0 {
		d.report(a.At(a.Title), "translation-alone", missing, "content/"+a.Stem())
	}
}

// editions are the sites of all languages, the first language's first. A site in
// one language has none.
type editions struct {
	sites []*Site
	// kin are, for each article that stands in several languages, the places of
	// those that translate one another: by site, -1 for none.
	kin [][]index
}

// kinship is how a site and what stands in it belong to those of other languages.
type kinship struct {
	*editions         // nil for a site in one language
	self      *Site   // that it is a part of
	place     int     // of that among the sites
	kinOf     []int32 // of each of its articles in editions.kin
}

// bind makes the sites of all languages know one another.
func bind(sites []*Site) {
	all := &editions{sites: sites}
	byStem := map[string]int{}
	indexes := map[string]*article.Article{}
	for k, s := range sites {
		s.editions, s.place, s.firstIndexes = all, k, indexes
		for _, i := range s.described {
			if dir := s.entries[i].Dir(); indexes[dir] == nil {
				indexes[dir] = s.entries[i].Article
			}
		}
		s.kinOf = make([]int32, len(s.entries))
		for i := range index(len(s.entries)) {
			s.kinOf[i] = -1
			stem := s.entries[i].Stem()
			n, met := byStem[stem]
			if !met {
				n = len(all.kin)
				byStem[stem] = n
				group := make([]index, len(sites))
				for k := range group {
					group[k] = -1
				}
				all.kin = append(all.kin, group)
			}
			all.kin[n][k] = i
			s.kinOf[i] = int32(n)
		}
	}
}

// member is an article of an edition.
type member struct {
	site  *Site
	index index
}

func (m member) entry() *entry { return &m.site.entries[m.index] }

// kin yields an article in all languages that it is written in, in their order:
// of a site in one language, nothing.
func (t *kinship) kin(i index) iter.Seq[member] {
	s := t.self
	return func(yield func(member) bool) {
		if s.editions == nil {
			return
		}
		for k, j := range s.editions.kin[s.kinOf[i]] {
			if j >= 0 && !yield(member{s.editions.sites[k], j}) {
				return
			}
		}
	}
}

// original returns the article that article i translates, itself if it is one.
func (t *kinship) original(i index) member {
	s := t.self
	for m := range s.kin(i) {
		return m
	}
	return member{s, i}
}

// placeFiles puts the files of translations where their originals stand: each
// file is published once.
func (t *kinship) placeFiles() {
	s := t.self
	for i := range index(len(s.entries)) {
		if o := s.original(i); o.site != s {
			if s.homes == nil {
				s.homes = map[*entry]string{}
			}
			s.homes[&s.entries[i]] = o.site.url(&o.site.entries[o.index])
		}
	}
}

// siteOf returns the edition to which an output file belongs.
func (t *kinship) siteOf(file string) *Site {
	s := t.self
	if s.editions == nil {
		return s
	}
	for _, other := range s.editions.sites[1:] {
		if strings.HasPrefix(file, other.cfg.Language+"/") {
			return other
		}
	}
	return s.editions.sites[0]
}

// isFirst tells whether a site is the one that has what there is once.
func (t *kinship) isFirst() bool { return t.editions == nil || t.place == 0 }

// siblings returns the sites of all languages, itself among them.
func (t *kinship) siblings() []*Site {
	s := t.self
	if s.editions == nil {
		return []*Site{s}
	}
	return s.editions.sites
}

// findForeign collects the agreements that stand in the register without being
// in this language: each once, in the first language that it shows in.
func (t *kinship) findForeign() {
	s := t.self
	for _, other := range s.editions.sites {
		if other == s {
			continue
		}
		for _, j := range other.register.agreements {
			if first := other.firstShown(j); first.site == other && !other.showsIn(j, s) {
				s.foreign = append(s.foreign, member{other, j})
			}
		}
	}
}

// firstShown returns an article in the first language in which it shows.
func (t *kinship) firstShown(i index) member {
	s := t.self
	for m := range s.kin(i) {
		if m.site.shows(m.index) {
			return m
		}
	}
	return member{s, i}
}

// shownFor returns article i in the language of another site if it shows in that,
// else in the first in which it shows.
func (t *kinship) shownFor(i index, other *Site) member {
	for m := range t.kin(i) {
		if m.site == other && other.shows(m.index) {
			return m
		}
	}
	return t.firstShown(i)
}

// showsIn tells whether article i shows in another language.
func (t *kinship) showsIn(i index, other *Site) bool {
	s := t.self
	for m := range s.kin(i) {
		if m.site == other {
			return m.site.shows(m.index)
		}
	}
	return false
}
