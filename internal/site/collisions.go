package site

import (
	"strings"

	"bantin/internal/article"
	"bantin/internal/diag"
	"bantin/internal/vietnamese"
)

// urlIndex knows every output file that the sources claim, hidden ones
// included: whether a site is valid does not depend on now.
type urlIndex struct {
	claims   map[string]claim // by output file
	articles map[string]int   // those of articles, to their index
}

// claim says whose an output file is.
type claim struct {
	index int    // of the article, -1 for none
	name  string // of anything else: a source file or what the page is
	pos   diag.Pos
}

// has tells whether something stands at an output file, older pages of lists
// taken on trust.
func (x *urlIndex) has(file string) bool {
	_, ok := x.claims[file]
	return ok
}

// checkCollisions builds the index and reports every output file that two
// sources claim, at the second of them.
func (s *Site) checkCollisions() diag.List {
	s.index = &urlIndex{
		claims:   make(map[string]claim, 2*len(s.entries)),
		articles: make(map[string]int, len(s.entries)),
	}
	var problems diag.List
	add := func(file string, c claim) {
		if other, taken := s.index.claims[file]; taken {
			if c.name != other.name || c.name == "" {
				problems = append(problems, diag.New(c.pos, "url-collision", s.claimURL(file), s.claimant(other)))
			}
			return
		}
		s.index.claims[file] = c
	}
	s.claimFixed(add)
	s.claimLists(add)
	s.claimArticles(add)
	for _, f := range s.staticFiles() {
		add(strings.TrimPrefix(f.Path, "static/"), claim{index: -1, name: f.Path, pos: diag.Pos{File: f.Path}})
	}
	for _, a := range s.aliases {
		if file, ok := s.aliasPage(a); ok {
			add(file, claim{index: -1, name: "alias " + a.path, pos: a.pos})
		}
	}
	return problems
}

func (s *Site) claimURL(file string) string { return s.at(strings.TrimSuffix(file, "index.html")) }

func (s *Site) claimant(c claim) string {
	if c.index >= 0 {
		return s.entries[c.index].File()
	}
	return c.name
}

// claimFixed claims the files that every site has.
func (s *Site) claimFixed(add func(string, claim)) {
	for _, p := range s.fixedPages() {
		add(p.Path, claim{index: -1, name: "/" + p.Path})
	}
}

// claimLists claims the pages of sections, names and archives.
func (s *Site) claimLists(add func(string, claim)) {
	for _, sec := range s.byDir {
		pos := diag.Pos{File: "content/" + sec.dir}
		if sec.index >= 0 {
			pos.File = s.entries[sec.index].File()
		}
		add(s.file(sec.url), claim{index: sec.index, name: pos.File, pos: pos})
		if sec.index >= 0 {
			s.index.articles[s.file(sec.url)] = sec.index
		}
	}
	for _, ts := range s.terms {
		for _, t := range ts.list {
			add(s.file(t.url), claim{index: -1, name: t.title, pos: s.termPos(t)})
		}
	}
	for _, i := range s.all {
		date := s.entries[i].Date
		if date.IsZero() {
			continue
		}
		year, month := s.yearURL(date.Time.Year()), s.monthURL(monthOf(date))
		for _, u := range []string{year, month} {
			if _, known := s.index.claims[s.file(u)]; !known {
				add(s.file(u), claim{index: -1, name: u})
			}
		}
	}
}

// claimArticles claims the pages of articles with the files that their front
// matter names, older articles first.
func (s *Site) claimArticles(add func(string, claim)) {
	claimOne := func(i int) {
		e := &s.entries[i]
		if e.Slug.Value == "" {
			return
		}
		file := s.file(e.url)
		add(file, claim{index: i, pos: e.At(e.Slug)})
		if _, taken := s.index.articles[file]; !taken {
			s.index.articles[file] = i
		}
		namedFiles(e.Article, func(name article.Text) {
			if f, u, ok := s.fileOf(e, name.Value); ok && !strings.HasPrefix(f.Path, "static/") {
				add(s.file(u), claim{index: -1, name: f.Path, pos: e.At(name)})
			}
		})
	}
	for _, i := range s.all {
		claimOne(i)
	}
	for i := range s.entries {
		if e := &s.entries[i]; e.Kind == article.Page && !s.isHiddenDraft(e.File()) {
			claimOne(i)
		}
	}
}

// checkIDs reports two articles with one identity.
func (s *Site) checkIDs() diag.List {
	var problems diag.List
	seen := make(map[string]int, len(s.entries))
	for _, i := range s.all {
		e := &s.entries[i]
		if other, twice := seen[e.ID.Value]; twice {
			problems = append(problems, diag.New(e.At(e.ID), "duplicate-id", e.ID.Value, s.entries[other].File()))
			continue
		}
		seen[e.ID.Value] = i
	}
	return problems
}

// monthOf returns the year and month of an article's date.
func monthOf(d vietnamese.Date) Month {
	return Month{Year: d.Time.Year(), Month: int(d.Time.Month())}
}
