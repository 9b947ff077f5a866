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
	hidden bool   // its page is not published now: it redirects nowhere yet
	draft  bool   // its page is a hidden draft: it yields to all others
	page   string // the output file of the HTML page that stands for it, "" for none
}

// makeAliases collects the aliases of articles, sections and names, and
// reports two that are the same.
func (s *Site) makeAliases() diag.List {
	s.collectAliases()
	var problems diag.List
	s.aliases = slices.DeleteFunc(s.aliases, func(a alias) bool {
		if a.leadsBack() {
			problems = append(problems, diag.New(a.pos, "alias-around", a.path, a.to))
		}
		return a.leadsBack()
	})
	byKey, byPage := map[string]alias{}, map[string]alias{}
	s.aliases = slices.DeleteFunc(s.aliases, func(a alias) bool {
		first, twice := claimAlias(byKey, a.key(), a)
		if twice && first.to != a.to {
			problems = append(problems, diag.New(a.pos, "alias-twice", a.key(), first.pos.File, first.to))
		}
		return twice
	})
	for k := range s.aliases { // /cu and /cu/ are two rules for a server, but one page
		a := &s.aliases[k]
		if a.page = s.aliasPage(*a); a.page == "" {
			continue
		}
		first, twice := claimAlias(byPage, strings.ToLower(a.page), *a)
		if twice && first.to != a.to {
			problems = append(problems, diag.New(a.pos, "alias-twice", a.key(), first.pos.File, first.to))
		}
		if twice {
			a.page = ""
		}
	}
	slices.SortFunc(s.aliases, func(a, b alias) int { return strings.Compare(a.key(), b.key()) })
	return problems
}

// claimAlias returns the alias that had a key first; twice tells that it is not a.
func claimAlias(had map[string]alias, key string, a alias) (first alias, twice bool) {
	if first, twice = had[key]; !twice {
		had[key] = a
	}
	return first, twice
}

// collectAliases lists those of articles and sections, then those of names,
// then those of hidden drafts.
func (s *Site) collectAliases() {
	for i := range index(len(s.entries)) {
		if !s.isHiddenDraft(i) {
			s.addAliases(i)
		}
	}
	for _, ts := range s.terms {
		for _, t := range ts.list {
			for _, a := range t.aliases {
				s.addAlias(a, alias{
					to: t.url, prefix: true, hidden: !t.shown(),
					pos: a.In("site.yaml"),
				})
			}
		}
	}
	for _, i := range s.hidden {
		s.addAliases(i)
	}
}

// addAliases adds those of article i.
func (s *Site) addAliases(i index) {
	e := &s.entries[i]
	for _, a := range e.Rare().Aliases {
		s.addAlias(a, alias{
			to: s.url(e), prefix: e.Kind == article.Section, hidden: !s.shows(i),
			draft: s.isHiddenDraft(i), pos: e.At(a),
		})
	}
}

// addAlias adds a with the address t, as it was typed.
func (s *Site) addAlias(t article.Text, a alias) {
	raw, query, _ := strings.Cut(t.Value, "?")
	if decoded, err := url.PathUnescape(raw); err == nil {
		raw = decoded
	}
	a.path = vietnamese.NFC(raw)
	if query != "" {
		a.query = strings.Split(query, "&")
		slices.Sort(a.query)
	}
	if query == "" && strings.TrimSuffix(a.path, "/") == strings.TrimSuffix(unescape(a.to), "/") {
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

// aliasPage returns the output file of the HTML page that can stand for an
// alias, "" if none can: below the site's root, without a query, at a path that
// a plain file server shows as a page.
func (s *Site) aliasPage(a alias) string {
	below, inside := strings.CutPrefix(a.path, s.cfg.Root)
	if !inside || below == "" || len(a.query) > 0 {
		return ""
	}
	switch path.Ext(below) {
	case ".html", ".htm":
		return below
	case "":
		return strings.TrimSuffix(below, "/") + "/index.html"
	}
	if strings.HasSuffix(below, "/") {
		return below + "index.html"
	}
	return ""
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
