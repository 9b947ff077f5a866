package site

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"bantin/internal/article"
	"bantin/internal/diag"
	"bantin/internal/vietnamese"
)

// alias is an old URL that leads to a page of the site.
type alias struct {
	path   string   // from the host's root, decoded, in NFC
	query  []string // "id=7", sorted
	to     string   // root-relative
	prefix bool     // everything below it leads to the same path below to
	pos    diag.Pos
	hidden bool // its page is not published now: it redirects nowhere yet
}

// makeAliases collects the aliases of articles, sections and names, and
// reports two that are the same.
func (s *Site) makeAliases() diag.List {
	for i := range s.entries {
		e := &s.entries[i]
		if e.status == draft && !s.in.Drafts {
			continue
		}
		for _, a := range e.Aliases {
			s.addAlias(a, e.url, e.Kind == article.Section, e.At(a), !s.shows(i))
		}
	}
	for _, ts := range s.terms {
		for _, t := range ts.list {
			for _, a := range t.aliases {
				s.addAlias(a, t.url, true, diag.Pos{File: "site.yaml", Line: a.Line, Col: a.Col}, !t.shown())
			}
		}
	}
	slices.SortFunc(s.aliases, func(a, b alias) int { return strings.Compare(a.key(), b.key()) })
	var problems diag.List
	s.aliases = slices.DeleteFunc(s.aliases, func(a alias) bool {
		if a.leadsBack() {
			problems = append(problems, diag.New(a.pos, "alias-around", a.path, a.to))
		}
		return a.leadsBack()
	})
	for k := 1; k < len(s.aliases); k++ {
		a, b := s.aliases[k-1], s.aliases[k]
		if a.key() == b.key() && a.to != b.to {
			problems = append(problems, diag.New(b.pos, "alias-twice", b.key(), a.pos.File, a.to))
		}
	}
	s.aliases = slices.CompactFunc(s.aliases, func(a, b alias) bool { return a.key() == b.key() })
	return problems
}

func (s *Site) addAlias(t article.Text, to string, prefix bool, pos diag.Pos, hidden bool) {
	raw, query, _ := strings.Cut(t.Value, "?")
	if decoded, err := url.PathUnescape(raw); err == nil {
		raw = decoded
	}
	a := alias{path: vietnamese.NFC(raw), to: to, prefix: prefix, pos: pos, hidden: hidden}
	if query != "" {
		a.query = strings.Split(query, "&")
		slices.Sort(a.query)
	}
	if query == "" && strings.TrimSuffix(a.path, "/") == strings.TrimSuffix(unescape(to), "/") {
		return // the page's own URL needs no redirect
	}
	s.aliases = append(s.aliases, a)
}

// leadsBack tells whether the page that a prefix leads to stands below it: then
// what is not found there would be sent round in a circle.
func (a alias) leadsBack() bool { return a.prefix && a.covers(unescape(a.to)) }

// covers tells whether everything below a prefix includes the path p.
func (a alias) covers(p string) bool {
	return len(a.query) == 0 && strings.HasPrefix(p, strings.TrimSuffix(a.path, "/")+"/")
}

// key is the alias as it is compared: parameters match in any order.
func (a alias) key() string {
	if len(a.query) == 0 {
		return a.path
	}
	return a.path + "?" + strings.Join(a.query, "&")
}

// aliasPage returns the output file of the HTML page that stands for an alias, if
// one can: below the site's root, without a query, at a path that a plain file
// server shows as a page.
func (s *Site) aliasPage(a alias) (file string, ok bool) {
	below, inside := strings.CutPrefix(a.path, s.cfg.Root)
	if !inside || below == "" || len(a.query) > 0 {
		return "", false
	}
	switch path.Ext(below) {
	case ".html", ".htm":
		return below, true
	case "":
		return strings.TrimSuffix(below, "/") + "/index.html", true
	}
	if strings.HasSuffix(below, "/") {
		return below + "index.html", true
	}
	return "", false
}

// redirects returns the rules for servers, in the order of their paths; a
// longer prefix stands before a shorter one.
func (s *Site) redirects() Redirects {
	var r Redirects
	for _, a := range slices.Backward(s.aliases) {
		if !a.hidden {
			r.Rules = append(r.Rules, RedirectRule{From: escape(a.path), Query: a.query, To: a.to, Prefix: a.prefix})
		}
	}
	return r
}
