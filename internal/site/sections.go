package site

import (
	"cmp"
	"slices"
	"strings"

	"bantin/internal/article"
	"bantin/internal/diag"
	"bantin/internal/vietnamese"
)

// section is a folder of content/ that holds articles.
type section struct {
	dir      string // below content/
	url      string // root-relative, ending in a slash
	slugs    string // the slugs from the top down: "tin-tuc/xa"
	title    string
	weight   int
	index    int // of its _index.md, -1 if it has none
	parent   *section
	children []*section // that show, by weight and title
	news     []int      // published articles, its own and those below it, oldest first
	own      []int      // published articles of its own, oldest first
}

// makeSections finds the sections and puts every article into its own.
func (s *Site) makeSections() diag.List {
	var problems diag.List
	indexes := map[string]int{}
	for i := range s.entries {
		if e := &s.entries[i]; e.Kind == article.Section && !s.isHiddenDraft(e.File()) {
			indexes[e.Dir()] = i
		}
	}
	for i := range s.entries {
		e := &s.entries[i]
		switch {
		case e.Kind == article.Section && s.isHiddenDraft(e.File()):
		case e.Kind == article.Section:
			e.section = s.sectionAt(e.Dir(), indexes, &problems)
			e.url = e.section.url
		case e.Kind == article.Page:
			e.url = s.articleURL(e.Article, nil)
		default:
			e.section = s.sectionAt(sectionDir(e.Article), indexes, &problems)
			e.url = s.articleURL(e.Article, e.section)
		}
	}
	for _, i := range s.news {
		own := s.entries[i].section
		own.own = append(own.own, i)
		for sec := own; sec != nil; sec = sec.parent {
			sec.news = append(sec.news, i)
		}
	}
	s.orderSections()
	return problems
}

// sectionAt returns the section of a folder, made with those around it when it
// is met first.
func (s *Site) sectionAt(dir string, indexes map[string]int, problems *diag.List) *section {
	if sec, ok := s.byDir[dir]; ok {
		return sec
	}
	sec := &section{dir: dir, index: -1, title: dir[strings.LastIndexByte(dir, '/')+1:]}
	slug := vietnamese.Slug(sec.title)
	if i, ok := indexes[dir]; ok {
		e := &s.entries[i]
		sec.index, sec.weight = i, e.Weight
		if e.Title.Value != "" {
			sec.title = e.Title.Value
		}
		slug = e.Slug.Value
	} else {
		*problems = append(*problems, diag.New(diag.Pos{File: "content/" + dir}, "section-untitled", sec.title, dir))
	}
	if around := parentDir(dir); around != "" {
		sec.parent = s.sectionAt(around, indexes, problems)
		sec.slugs = sec.parent.slugs + "/"
	}
	sec.slugs += slug
	sec.url = s.at(sec.slugs + "/")
	s.byDir[dir] = sec
	return sec
}

// shown tells whether a section has a page: it is described, or something is
// published in it.
func (sec *section) shown() bool { return sec.index >= 0 || len(sec.news) > 0 }

func (s *Site) orderSections() {
	for _, sec := range s.byDir {
		if sec.shown() {
			s.sections = append(s.sections, sec)
		}
	}
	slices.SortFunc(s.sections, func(a, b *section) int {
		return cmp.Or(
			cmp.Compare(strings.Count(a.dir, "/"), strings.Count(b.dir, "/")),
			compareWeight(a.weight, b.weight),
			vietnamese.Compare(a.title, b.title),
			cmp.Compare(a.dir, b.dir))
	})
	for _, sec := range s.sections {
		if sec.parent != nil {
			sec.parent.children = append(sec.parent.children, sec)
		}
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
func (s *Site) linkNeighbours() {
	for _, sec := range s.sections {
		for k := 1; k < len(sec.own); k++ {
			older, newer := sec.own[k-1], sec.own[k]
			s.entries[older].newer = newer
			s.entries[newer].older = older
		}
	}
}

// breadcrumb returns the links from the first section down to sec.
func (sec *section) breadcrumb() []Link {
	if sec == nil {
		return nil
	}
	return append(sec.parent.breadcrumb(), sec.link())
}

func (sec *section) link() Link { return Link{Title: sec.title, URL: sec.url} }
