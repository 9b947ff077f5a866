package site

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"bantin/internal/article"
	"bantin/internal/diag"
	"bantin/internal/percent"
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
	file   string // the output file of the HTML page that stands for it, "" for none
	unsaid bool   // no rule of _redirects means it
	lent   bool   // it lies outside the folder of its language: the first one has it
}

// redirections are the aliases.
type redirections struct {
	*taxonomy

	aliases []alias // by key
}

// makeAliases collects the aliases of articles, sections and names, and
// reports two that are the same.
func (d *redirections) makeAliases(lend func()) diag.List {
	problems := d.collectAliases()
	lend()
	d.aliases = slices.DeleteFunc(d.aliases, func(a alias) bool {
		if a.leadsBack() {
			problems = append(problems, diag.New(a.pos, "alias-around", a.path, a.to))
		}
		return a.leadsBack()
	})
	byKey, byPage := map[string]alias{}, map[string]alias{}
	d.aliases = slices.DeleteFunc(d.aliases, func(a alias) bool {
		first, twice := claimAlias(byKey, a.key(), a)
		if twice && first.to != a.to {
			problems = append(problems, diag.New(a.pos, "alias-twice", a.key(), first.pos.File, first.to))
		}
		return twice
	})
	for k := range d.aliases { // /cu and /cu/ are two rules for a server, but one page
		a := &d.aliases[k]
		if a.lent {
			continue
		}
		if a.file = d.aliasPage(*a); a.file == "" {
			continue
		}
		first, twice := claimAlias(byPage, vietnamese.FoldCase(a.file), *a)
		if twice && first.to != a.to {
			problems = append(problems, diag.New(a.pos, "alias-twice", a.key(), first.pos.File, first.to))
		}
		if twice {
			a.file = ""
		}
	}
	for k := range d.aliases {
		a := &d.aliases[k]
		if id := a.unsayable(); id != "" {
			a.unsaid = true
			problems = append(problems, diag.New(a.pos, id, a.key(), a.to))
		}
	}
	slices.SortFunc(d.aliases, func(a, b alias) int { return strings.Compare(a.key(), b.key()) })
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
// then those of hidden drafts. Those of names are judged here, since only
// articles were when they were read.
func (d *redirections) collectAliases() diag.List {
	var problems diag.List
	for i := range index(len(d.entries)) {
		if !d.isHiddenDraft(i) {
			d.addAliases(i)
		}
	}
	for _, ts := range d.terms {
		for _, t := range ts.list {
			for _, a := range t.aliases {
				if id, mended := article.MendAlias(a.Value); id != "" {
					problems = append(problems, diag.New(a.In("site.yaml"), id, mended))
					continue
				}
				d.addAlias(a, alias{
					to: t.url, prefix: true, hidden: !t.shown(),
					pos: a.In("site.yaml"),
				})
			}
		}
	}
	for _, i := range d.hidden {
		d.addAliases(i)
	}
	return problems
}

// lendAliases marks those that lie outside the folder of a site's language, and
// gives the first site those of all others.
func (t *kinship) lendAliases() {
	s := t.self
	if s.editions == nil {
		return
	}
	if !s.isFirst() {
		for k := range s.aliases {
			below, ok := s.belowRoot(s.aliases[k])
			s.aliases[k].lent = !ok || s.siteOf(below) != s
		}
		return
	}
	for _, other := range s.sites[1:] {
		for _, a := range other.aliases {
			if a.lent {
				a.lent = false
				s.aliases = append(s.aliases, a)
			}
		}
	}
}

// addAliases adds those of article i.
func (d *redirections) addAliases(i index) {
	e := &d.entries[i]
	for _, a := range e.Optional().Aliases {
		d.addAlias(a, alias{
			to: d.url(e), prefix: e.Kind == article.Section, hidden: !d.shows(i),
			draft: d.isHiddenDraft(i), pos: e.At(a),
		})
		if e.Kind == article.Section {
			d.addBelow(e.section, a, e.At(a))
		}
	}
}

// addBelow adds what the alias a of a section means for articles that a
// permalink moved out of it: the prefix would lead to where they do not stand.
func (d *redirections) addBelow(sec *section, a article.Text, pos diag.Pos) {
	if strings.Contains(a.Value, "?") {
		return
	}
	for i := range index(len(d.entries)) {
		e := &d.entries[i]
		if e.permalink() == "" || !e.section.isIn(sec) {
			continue
		}
		below := strings.TrimPrefix(e.section.url, sec.url) + e.digits() + e.Slug.Value + "/"
		d.addAlias(article.Text{Value: strings.TrimSuffix(a.Value, "/") + "/" + below}, alias{
			to: d.url(e), hidden: !d.shows(i), draft: d.isHiddenDraft(i), pos: pos,
		})
	}
}

// addAlias adds a with the address t, as it was typed.
func (d *redirections) addAlias(t article.Text, a alias) {
	raw, query, _ := strings.Cut(t.Value, "?")
	a.path = vietnamese.NFC(percent.Decoded(raw))
	if query != "" {
		a.query = strings.Split(query, "&")
		slices.Sort(a.query)
	}
	if query == "" && strings.TrimSuffix(a.path, "/") == strings.TrimSuffix(percent.Decoded(a.to), "/") {
		return // the page's own URL needs no redirect
	}
	d.aliases = append(d.aliases, a)
}

// leadsBack tells whether the page that a prefix leads to stands below it: then
// what is not found there would be sent round in a circle.
func (a alias) leadsBack() bool { return a.prefix && a.covers(percent.Decoded(a.to)) }

// covers tells whether everything below a prefix includes the path p.
func (a alias) covers(p string) bool {
	return len(a.query) == 0 && strings.HasPrefix(p, strings.TrimSuffix(a.path, "/")+"/")
}

// leadsOn tells whether an alias of the site leads from a decoded path, with a query,
// to a page that is published.
func (t *kinship) leadsOn(at, query string) bool {
	s := t.self
	bare := strings.TrimSuffix(at, "/")
	keys := []string{bare, bare + "/"}
	if query != "" {
		asked := alias{query: strings.Split(query, "&")}
		slices.Sort(asked.query)
		keys = append(keys, bare+asked.key(), bare+"/"+asked.key())
	}
	for _, key := range keys {
		if _, ok := s.shownAlias(key); ok {
			return true
		}
	}
	for from := bare; from != ""; from = parentDir(from) {
		for _, key := range []string{from, from + "/"} {
			if a, ok := s.shownAlias(key); ok && a.prefix && s.isPublishedAt(s.file(a.to+strings.TrimPrefix(at, from+"/"))) {
				return true
			}
		}
	}
	return false
}

// shownAlias returns the alias with a key, whose page is published.
func (d *redirections) shownAlias(key string) (alias, bool) {
	k, ok := d.findAlias(key)
	if !ok || d.aliases[k].hidden {
		return alias{}, false
	}
	return d.aliases[k], true
}

// findAlias returns the place of the alias with a key.
func (d *redirections) findAlias(key string) (int, bool) {
	return slices.BinarySearchFunc(d.aliases, key, func(a alias, key string) int { return strings.Compare(a.key(), key) })
}

// key is the alias as it is compared: parameters match in any order.
func (a alias) key() string {
	if len(a.query) == 0 {
		return a.path
	}
	return a.path + "?" + strings.Join(a.query, "&")
}

// belowRoot returns the part of an alias's path that is below the site's root,
// without a slash at its end; ok is false for one that leads elsewhere or has a
// query, which no file answers to.
func (r urls) belowRoot(a alias) (below string, ok bool) {
	if len(a.query) > 0 {
		return "", false
	}
	root := percent.Decoded(r.cfg.Base())
	if a.path+"/" == root {
		return "", true
	}
	below, ok = strings.CutPrefix(a.path, root)
	return strings.TrimSuffix(below, "/"), ok
}

// aliasPage returns the output file of the HTML page that can stand for an
// alias, "" if none can: below the site's root, without a query, at a path that
// a plain file server shows as a page and a file may have.
func (d *redirections) aliasPage(a alias) string {
	below, ok := d.belowRoot(a)
	if !ok || below == "" || !utf8.ValidString(below) { // as of an address in an old encoding, which no file may have
		return ""
	}
	switch path.Ext(below) {
	case ".html", ".htm":
		if !strings.HasSuffix(a.path, "/") {
			return fitting(below)
		}
	case "":
	default:
		if !strings.HasSuffix(a.path, "/") {
			return ""
		}
	}
	return fitting(below + "/" + indexFile)
}

// How long the path of an output file may be, in bytes: the names in it on every
// system in use, and all of it below the folder that an operator chose.
const (
	maxNameSize = 255
	maxPathSize = 2048
)

// fitting returns the path of an output file, "" if it is too long for one.
func fitting(file string) string {
	if isTooLong(file) {
		return ""
	}
	return file
}

func isTooLong(file string) bool {
	for name := range strings.SplitSeq(file, "/") {
		if len(name) > maxNameSize {
			return true
		}
	}
	return len(file) > maxPathSize
}

// unsayable returns the ID of the problem with an alias of which _redirects can
// hold no rule, "" if it can: parameters are name=value there, each name once, and
// a value that begins with a colon is a placeholder, as is a segment of the path.
func (a alias) unsayable() string {
	names := map[string]bool{}
	for _, parameter := range a.query {
		name, value, ok := strings.Cut(parameter, "=")
		if !ok || name == "" || strings.ContainsAny(name, "/:") || strings.HasPrefix(value, ":") || names[name] {
			return "redirect-left-out"
		}
		names[name] = true
	}
	if strings.Contains(a.path, "*") || strings.Contains(a.path, "/:") {
		return "redirect-left-out/pattern"
	}
	return ""
}

// checkAddresses reports aliases that would take the place of what stands, on
// hosts that redirect before they look for a file: those for which no page can
// stand, and so claim none, and those that lead everything below them away.
func (c *collector) checkAddresses() {
	prefixes := map[string]int{}
	for k, a := range c.aliases {
		below, ok := c.belowRoot(a)
		if !ok || a.lent {
			continue
		}
		if a.prefix {
			prefixes[below] = k
		}
		wanted := route{Page: Page{Path: below, Kind: KindRedirect, number: k}}
		if len(below) >= len(reservedPrefix) && strings.EqualFold(below[:len(reservedPrefix)], reservedPrefix) {
			c.report(wanted, route{}) // the program's own, as what it makes by itself is
			continue
		}
		if a.file != "" {
			continue
		}
		file := below
		other, taken := c.routeAt(file)
		if !taken {
			file = strings.TrimPrefix(below+"/"+indexFile, "/")
			other, taken = c.routeAt(file)
		}
		if taken && other.Path == file && other.role() != ofAlias {
			c.report(wanted, other)
		}
	}
	c.checkPrefixes(prefixes)
	for _, g := range c.cfg.Gone {
		if id, mended := article.MendAlias(g.Value); id != "" {
			c.problems = append(c.problems, diag.New(g.Pos, id, mended))
			continue
		}
		below, ok := c.belowRoot(alias{path: vietnamese.NFC(percent.Decoded(g.Value))})
		if !ok {
			continue
		}
		there := c.siteOf(c.fileBelow(below))
		if other, taken := there.routeAt(c.fileBelow(below)); taken && !other.tree && other.role() != ofAlias {
			c.problems = append(c.problems, diag.New(g.Pos, "url-collision/gone", g.Value, cmp.Or(there.ownerOf(other), "Bantin")))
		}
	}
}

// fileBelow returns the output file of the page at a path below the root.
func (r urls) fileBelow(below string) string {
	if below == "" || path.Ext(below) != "" {
		return cmp.Or(below, indexFile)
	}
	return below + "/" + indexFile
}

// reservedPrefix begins the names of what is the program's own in the output.
const reservedPrefix = ".bantin-"

// checkPrefixes reports prefixes, by their paths below the root, that hold a page.
func (c *collector) checkPrefixes(prefixes map[string]int) {
	if len(prefixes) == 0 {
		return
	}
	report := func(r route) {
		for folder := parentDir(r.Path); folder != ""; folder = parentDir(folder) {
			if k, ok := prefixes[folder]; ok {
				delete(prefixes, folder)
				c.report(route{Page: Page{Path: folder + "/", Kind: KindRedirect, number: k}}, r)
			}
		}
	}
	for _, r := range c.routes {
		if r.role() != ofAlias {
			report(r)
		}
	}
	for i := range index(len(c.entries)) {
		if c.entries[i].Kind != article.Section {
			report(c.articleRoute(i))
		}
	}
}

// aliasAt returns the alias without a page that an output file would answer to.
func (d *redirections) aliasAt(file string) (route, bool) {
	k, ok := d.findAlias(percent.Decoded(d.cfg.Base()) + file)
	if !ok || d.aliases[k].file != "" {
		return route{}, false
	}
	return route{Page: Page{Path: file, Kind: KindRedirect, number: k}, drafted: d.aliases[k].draft}, true
}

// Redirects is the view of _redirects: one rule a line, as Netlify and
// Cloudflare Pages read them.
type Redirects struct {
	Rules []RedirectRule
}

// RedirectRule leads From, a path from the host's root with an optional
// query, to To. Prefix: everything below From goes to the same path below To.
type RedirectRule struct {
	From   string
	Query  []string // "id=7", sorted
	To     string   // root-relative, or absolute
	Prefix bool
}

// redirects returns the rules for servers, in the order of their paths; a
// longer prefix stands before a shorter one.
func (t *kinship) redirects() Redirects {
	s := t.self
	var r Redirects
	for _, a := range slices.Backward(s.allAliases()) {
		if !a.hidden && !a.unsaid {
			r.Rules = append(r.Rules, RedirectRule{From: escape(a.path), Query: a.query, To: a.to, Prefix: a.prefix})
		}
	}
	return r
}

// Moved returns every redirect, From decoded and in NFC, in the order of their
// paths: those too that _redirects cannot hold.
func (t *kinship) Moved() []RedirectRule {
	s := t.self
	var rules []RedirectRule
	for _, a := range s.allAliases() {
		if !a.hidden {
			rules = append(rules, RedirectRule{From: a.path, Query: a.query, To: a.to, Prefix: a.prefix})
		}
	}
	return rules
}

// allAliases returns the aliases of all languages, each once, by key.
func (t *kinship) allAliases() []alias {
	s := t.self
	if s.editions == nil {
		return s.aliases
	}
	var all []alias
	for _, other := range s.sites {
		for _, a := range other.aliases {
			if !a.lent {
				all = append(all, a)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b alias) int { return strings.Compare(a.key(), b.key()) })
	return all
}

// Gone returns the paths that are gone for good, decoded and in NFC: those that
// site.yaml names, but for those from which an alias leads on, as everything that
// serves plain files does, and the pages of what has expired.
func (t *kinship) Gone() []string {
	s := t.self
	leadsOn := map[string]bool{}
	if len(s.cfg.Gone) > 0 {
		for _, a := range s.allAliases() {
			if len(a.query) == 0 && !a.hidden {
				leadsOn[strings.TrimSuffix(a.path, "/")] = true
			}
		}
	}
	var paths []string
	for _, g := range s.cfg.Gone {
		if gone := vietnamese.NFC(percent.Decoded(g.Value)); !leadsOn[strings.TrimSuffix(gone, "/")] {
			paths = append(paths, gone)
		}
	}
	for _, s := range s.siblings() {
		for i := range index(len(s.entries)) {
			if e := &s.entries[i]; e.status == statusExpired && e.Slug.Value != "" {
				paths = append(paths, vietnamese.NFC(percent.Decoded(s.url(e))))
			}
		}
	}
	return paths
}
