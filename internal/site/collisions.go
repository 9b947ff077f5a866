package site

import (
	"path"
	"strings"
	"time"

	"bantin/internal/diag"
	"bantin/internal/vietnamese"
)

// urlIndex finds what has an output file, hidden articles included: whether a
// site is valid does not depend on now. Output files are known by the digests of
// their folded paths, since a site must also stand on systems to which A.pdf and
// a.pdf are one file. The pages of articles, which are many, and the calendars
// beside them are worked out when they are asked for.
type urlIndex struct {
	*articles

	claims  map[hashKey]index // the index of an article, or ^k for routes[k]
	routes  []route
	folders map[hashKey]index // folders in which one of routes stands, as in claims; of articles, those that are no section's
}

// noPlace is the position of a claim that no line of a source makes.
var noPlace = diag.Pos{File: "site.yaml"}

func urlKey(file string) hashKey { return keyOf(vietnamese.FoldCase(file)) }

// routeAt returns the route that has an output file, perhaps spelled otherwise.
func (x *urlIndex) routeAt(file string) (route, bool) {
	if r, ok := x.claimed(file); ok {
		return r, true
	}
	return x.impliedAt(file)
}

// impliedAt is routeAt for what is worked out from the routes around it.
func (x *urlIndex) impliedAt(file string) (route, bool) {
	if r, ok := x.calendarAt(file); ok {
		return r, true
	}
	return x.olderPageAt(file)
}

// claimed is routeAt for what is not.
func (x *urlIndex) claimed(file string) (route, bool) { return x.claimedBy(urlKey(file)) }

// claimedBy is claimed for a file that is known by its key.
func (x *urlIndex) claimedBy(key hashKey) (route, bool) { return x.routeIn(x.claims, key) }

// routeIn returns what a map of routes and articles has for a key.
func (x *urlIndex) routeIn(have map[hashKey]index, key hashKey) (route, bool) {
	k, ok := have[key]
	switch {
	case !ok:
		return route{}, false
	case k < 0:
		return x.routes[^k], true
	}
	return x.articleRoute(k), true
}

// calendarAt returns the route of the calendar of an article's event.
func (x *urlIndex) calendarAt(file string) (route, bool) {
	folder := parentDir(file)
	if folder == "" || vietnamese.FoldCase(file[len(folder)+1:]) != x.calendarURL("") {
		return route{}, false
	}
	r, ok := x.claimed(folder + "/" + indexFile)
	if !ok || !r.hasArticle() || x.ownCalendar(r.index) == "" {
		return route{}, false
	}
	r.Kind, r.Path = KindCalendar, x.ownCalendar(r.index)
	return r, true
}

// olderPageAt returns the route of an older page of a list that stands now.
func (x *urlIndex) olderPageAt(file string) (route, bool) {
	folder, isPage := strings.CutSuffix(file, "/"+indexFile)
	pages := parentDir(folder)
	if !isPage || pages == "" {
		return route{}, false
	}
	number := pageNumber(folder[len(pages)+1:])
	if number == 0 {
		return route{}, false
	}
	r, ok := x.claimed(pages)
	if !ok || !r.tree || number > int(r.older) {
		return route{}, false
	}
	r.Page, r.tree, r.hidden = r.olderPage(number), false, false
	return r, true
}

// pageNumber returns the number of an older page that a folder is named by, 0 for
// none. Nearly all folders are asked, so that strconv's errors would be dear.
func pageNumber(name string) int {
	if name == "" || len(name) > len("999999999") || name[0] == '0' {
		return 0
	}
	number := 0
	for _, c := range []byte(name) {
		if c < '0' || c > '9' {
			return 0
		}
		number = 10*number + int(c-'0')
	}
	return number
}

// insideAt returns a route that stands in the folder at path, if it is one.
func (x *urlIndex) insideAt(path string) (route, bool) {
	if r, ok := x.routeAt(path + "/" + indexFile); ok {
		return r, true
	}
	return x.routeIn(x.folders, urlKey(path))
}

// ownerOf returns the source file or the name that has a route, "" for what the
// program makes by itself.
func (s *Site) ownerOf(r route) string {
	if r.role() == ofName {
		return "“" + r.term.title + "”"
	}
	if pos := s.placeOf(r); pos != noPlace {
		return pos.File
	}
	return ""
}

// placeOf returns where a route could be changed.
func (s *Site) placeOf(r route) diag.Pos {
	switch r.role() {
	case ofSection:
		return s.placeOfSection(r.section)
	case ofName:
		return s.termPos(r.term)
	case ofArticle:
		e := &s.entries[r.index]
		return e.At(e.Slug)
	case ofStatic:
		return diag.Pos{File: s.in.Files[r.number].Path}
	case ofAlias:
		return s.aliases[r.number].pos
	}
	return noPlace
}

// collector claims the routes and reports every output file that two of them
// want, at the one with the lesser right to it.
type collector struct {
	*Site
	refused  route // the last one that was
	problems diag.List
}

// claimURLs collects the aliases, and reports all that wants one URL.
func (s *Site) claimURLs() diag.List {
	problems := s.makeAliases(s.lendAliases)
	return append(problems, s.checkCollisions()...)
}

// checkCollisions builds the index.
func (s *Site) checkCollisions() diag.List {
	routes := s.routesOfNames() + len(s.entries)/8
	s.claims, s.routes = make(map[hashKey]index, len(s.entries)+routes), make([]route, 0, routes)
	s.folders = map[hashKey]index{}
	c := &collector{Site: s}
	s.eachClaim(c.claim)
	c.checkFolders()
	c.checkSpelling()
	c.checkAddresses()
	return c.problems
}

// claim claims a route. Of an owner that was refused one, nothing more is told.
func (c *collector) claim(r route) {
	if c.refused.hasOwnerOf(r) {
		return
	}
	key := c.keyOfRoute(r)
	other, taken := c.claimedBy(key)
	if r.Kind == KindCalendar && r.hasArticle() {
		if taken {
			c.settle(r, key, other)
		}
		return
	}
	if !taken {
		other, taken = c.impliedAt(r.Path)
	}
	if taken {
		c.settle(r, key, other)
		return
	}
	c.enter(r, key)
}

// keyOfRoute returns the key of a route's output file.
func (c *collector) keyOfRoute(r route) hashKey {
	if r.Kind == KindArticle || r.Kind == KindStandalone {
		return c.keys[r.index].url
	}
	return urlKey(r.Path)
}

func (c *collector) enter(r route, key hashKey) {
	if r.hasArticle() {
		c.claims[key] = r.index
		return
	}
	c.claims[key] = ^index(len(c.routes))
	c.routes = append(c.routes, r)
}

// settle gives an output file that two routes want to the one with the better
// right.
func (c *collector) settle(r route, key hashKey, other route) {
	if other.yieldsTo(r) {
		c.report(other, r)
		c.enter(r, key)
		return
	}
	c.report(r, other)
	c.refused = r
}

// hasOwnerOf tells whether two routes belong to one section, name or article.
func (a route) hasOwnerOf(b route) bool {
	if a.Path == "" || a.role() != b.role() {
		return false
	}
	switch a.role() {
	case ofSection:
		return a.section == b.section
	case ofName:
		return a.term == b.term
	case ofArticle:
		return a.index == b.index
	}
	return false
}

// checkFolders reports output files below a path that is itself an output file,
// such as an alias /a.html/b.html beside the page /a.html.
func (c *collector) checkFolders() {
	for k, r := range c.routes {
		for folder := parentDir(r.Path); folder != ""; folder = parentDir(folder) {
			key := urlKey(folder)
			if _, met := c.folders[key]; met {
				break
			}
			c.folders[key] = ^index(k)
			if file, ok := c.routeAt(folder); ok && file.hasArticle() { // which are not in the list below
				c.report(r, file)
			}
		}
	}
	for i := range index(len(c.entries)) {
		if e := &c.entries[i]; e.digitsSize == 0 && e.permalink() == "" {
			continue
		}
		for folder := parentDir(c.pageFile(&c.entries[i])); folder != ""; folder = parentDir(folder) {
			key := urlKey(folder)
			if _, met := c.folders[key]; met {
				break
			}
			c.folders[key] = i
		}
	}
	for _, r := range c.routes {
		inside, found := c.insideAt(r.Path)
		switch {
		case !found:
		case r.yieldsTo(inside):
			c.report(r, inside)
		default:
			c.report(inside, r)
		}
	}
}

// checkSpelling reports folders of static/ that differ from one of pages in their
// spelling alone.
func (c *collector) checkSpelling() {
	told := map[string]bool{}
	for _, r := range c.routes {
		if r.Kind != KindStatic {
			continue
		}
		for folder := parentDir(r.Path); folder != "" && !told[folder]; folder = parentDir(folder) {
			told[folder] = true
			page, found := c.insideAt(folder)
			if !found || page.Kind == KindStatic || page.Kind == KindRedirect {
				continue
			}
			names := strings.Split(page.Path, "/")
			if other := path.Join(names[:strings.Count(folder, "/")+1]...); other != folder {
				c.problems = append(c.problems, diag.New(diag.Pos{File: "static/" + folder}, "same-folder", "/"+other+"/", "static/"+other))
			}
		}
	}
}

// yieldsTo tells whether a has the lesser right.
func (a route) yieldsTo(b route) bool {
	if a.drafted != b.drafted {
		return a.drafted
	}
	return a.role() > b.role()
}

// roleVariants names the texts for what claims a file that it cannot have.
var roleVariants = [...]string{
	reserved: "/paths", ofSection: "/section", ofName: "/name", ofArticle: "", ofStatic: "/static", ofAlias: "/alias",
}

// report tells that an output file is wanted that another has.
func (c *collector) report(wanted, other route) {
	variant := roleVariants[wanted.role()]
	if other.role() == reserved && wanted.role() != reserved {
		variant = "/reserved"
	}
	args := []string{c.pageURL(wanted.Path), c.ownerOf(other)}
	if wanted.role() == ofArticle && other.role() == ofArticle {
		if e := &c.entries[wanted.index]; e.Slug.Line == 0 && leadingDate(e.Path) != "" {
			variant, args = "/dated", append(args, e.Slug.Value+"-"+leadingDate(e.Path))
		}
	}
	c.problems = append(c.problems, diag.New(c.placeOf(wanted), "url-collision"+variant, args...))
}

// leadingDate returns the date that the name of an article's file, or of its own
// folder, begins with and its slug leaves out: "2026-03-08"; "" for none.
func leadingDate(file string) string {
	name := path.Base(file)
	if strings.HasPrefix(name, "index.") && path.Ext(name) == ".md" {
		name = path.Base(path.Dir(file))
	}
	const form = "2006-01-02"
	if len(name) <= len(form) {
		return ""
	}
	if _, err := time.Parse(form, name[:len(form)]); err != nil || name[len(form)] != '-' {
		return ""
	}
	return name[:len(form)]
}

// checkIDs reports two articles with one identity. Those that have it by the
// names of their files, and with it one URL, are told of once, by that.
func (s *timeline) checkIDs() diag.List {
	seen := make(map[hashKey]struct{}, len(s.all))
	for i := range s.keys {
		key := s.keys[i].id
		if key == 0 {
			continue
		}
		if _, twice := seen[key]; twice {
			return s.reportIDs()
		}
		seen[key] = struct{}{}
	}
	return nil
}

// reportIDs is checkIDs for a site in which that occurs: the newer article is told.
func (s *timeline) reportIDs() diag.List {
	var problems diag.List
	seen := make(map[hashKey]index, len(s.all))
	for _, list := range [][]index{s.all, s.drafts} {
		for _, i := range list {
			e := &s.entries[i]
			key := s.keys[i].id
			first, twice := seen[key]
			if !twice {
				seen[key] = i
				continue
			}
			other := &s.entries[first]
			if other.ID.Value != e.ID.Value {
				continue
			}
			if e.ID.Line > 0 || other.ID.Line > 0 || s.url(e) != s.url(other) {
				problems = append(problems, diag.New(e.At(e.ID), "duplicate-id", e.ID.Value, other.File()))
			}
		}
	}
	return problems
}
