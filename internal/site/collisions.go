package site

import (
	"cmp"
	"slices"
	"strings"

	"bantin/internal/article"
	"bantin/internal/diag"
	"bantin/internal/digest"
)

// urlIndex knows every output file that the sources claim, hidden articles
// included: whether a site is valid does not depend on now. Files are known by
// the digests of their lower-case paths, since a site must also stand on
// systems to which A.pdf and a.pdf are one file.
type urlIndex struct {
	claims map[[8]byte]int32 // the index of an article, or ^k for others[k]
	others []claim
}

// claim says whose an output file is.
type claim struct {
	index int    // of the article, -1 for none
	name  string // a source file, or what the page is
	pos   diag.Pos
}

// noPlace is the position of a claim that no line of a source makes.
var noPlace = diag.Pos{File: "site.yaml"}

func urlKey(file string) (key [8]byte) {
	d := digest.OfString(strings.ToLower(file))
	copy(key[:], d[:])
	return key
}

// has tells whether something stands at an output file.
func (x *urlIndex) has(file string) bool {
	_, ok := x.claims[urlKey(file)]
	return ok
}

// article returns the article whose page stands at an output file.
func (x *urlIndex) article(file string) (index int, ok bool) {
	k, ok := x.claims[urlKey(file)]
	if ok && k < 0 {
		k = int32(x.others[^k].index)
	}
	return int(k), ok && k >= 0
}

// claimant returns who claims an output file, asked for the file f of the
// site's folder: f itself if nobody else does.
func (x *urlIndex) claimant(file, f string) string {
	k, taken := x.claims[urlKey(file)]
	switch {
	case !taken:
		return f
	case k >= 0:
		return file
	}
	return x.others[^k].name
}

// collector gathers claims and reports every output file that two sources
// claim, at the second of them.
type collector struct {
	*Site
	files    []string // claimed
	problems diag.List
}

// checkCollisions builds the index. What claims first stays: fixed pages, then
// sections, names and archives, then articles from the oldest on.
func (s *Site) checkCollisions() diag.List {
	s.index = &urlIndex{claims: make(map[[8]byte]int32, len(s.entries)+len(s.entries)/4)}
	c := &collector{Site: s}
	for _, p := range s.fixedPages() {
		c.add(p.Path, claim{index: -1, name: "/" + p.Path, pos: noPlace})
	}
	c.sections()
	c.names()
	c.archives()
	for _, i := range s.all {
		c.article(i)
	}
	for i := range s.entries {
		if e := &s.entries[i]; e.Kind == article.Page && !s.isHiddenDraft(i) {
			c.article(i)
		}
	}
	for _, f := range s.staticFiles() {
		c.add(strings.TrimPrefix(f.Path, "static/"), claim{index: -1, name: f.Path, pos: diag.Pos{File: f.Path}})
	}
	for _, a := range s.aliases {
		if file, ok := s.aliasPage(a); ok {
			c.add(file, claim{index: -1, name: "alias " + a.path, pos: a.pos})
		}
	}
	c.folders()
	return c.problems
}

// add claims an output file that is not an article's page.
func (c *collector) add(file string, wanted claim) {
	key := urlKey(file)
	if k, taken := c.index.claims[key]; taken {
		if other := c.claimOf(k); other.name != wanted.name {
			c.report(file, wanted.pos, other)
		}
		return
	}
	c.files = append(c.files, file)
	c.index.claims[key] = ^int32(len(c.index.others))
	c.index.others = append(c.index.others, wanted)
}

// article claims the page of an article, what stands beside it, and the files
// that its front matter names.
func (c *collector) article(i int) {
	e := &c.entries[i]
	if e.Slug.Value == "" {
		return
	}
	file := c.file(e.url)
	key := urlKey(file)
	if k, taken := c.index.claims[key]; taken {
		c.report(file, e.At(e.Slug), c.claimOf(k))
		return
	}
	c.files = append(c.files, file)
	c.index.claims[key] = int32(i)
	if e.Event != nil {
		c.add(c.file(c.calendarURL(e.url)), claim{index: -1, name: e.File(), pos: e.At(e.Slug)})
	}
	namedFiles(e.Article, func(name article.Text, _ fileUse) {
		if f, u, ok := c.fileOf(e, name.Value); ok && !strings.HasPrefix(f.Path, "static/") {
			c.add(c.file(u), claim{index: -1, name: f.Path, pos: e.At(name)})
		}
	})
}

// list claims the pages of a list: the front page, and the folder of the older
// ones as a whole.
func (c *collector) list(url string, owner claim) {
	c.add(c.file(url), owner)
	owner.index = -1
	c.add(c.file(url+c.cfg.Paths.Page), owner)
}

func (c *collector) feeds(url string, owner claim) {
	owner.index = -1
	for _, f := range feedFiles {
		c.add(c.file(url+f.name), owner)
	}
}

func (c *collector) sections() {
	sections := make([]*section, 0, len(c.byDir))
	for _, sec := range c.byDir {
		sections = append(sections, sec)
	}
	slices.SortFunc(sections, func(a, b *section) int { return cmp.Compare(a.dir, b.dir) })
	for _, sec := range sections {
		pos := diag.Pos{File: "content/" + sec.dir}
		if sec.index >= 0 {
			e := &c.entries[sec.index]
			pos = e.At(e.Slug)
		}
		owner := claim{index: sec.index, name: pos.File, pos: pos}
		c.list(sec.url, owner)
		c.feeds(sec.url, owner)
	}
}

func (c *collector) names() {
	for _, ts := range c.terms {
		for _, t := range ts.list {
			if t.refused {
				continue
			}
			owner := claim{index: -1, name: "“" + t.title + "”", pos: c.termPos(t)}
			c.list(t.url, owner)
			if t.kind != authorTerm {
				c.feeds(t.url, owner)
			}
		}
	}
}

// archives claims the pages of the years and months in which something is
// dated, begins or was signed.
func (c *collector) archives() {
	claimed := map[string]bool{}
	once := func(u string, claimAll func(string, claim)) {
		if !claimed[u] {
			claimed[u] = true
			claimAll(u, claim{index: -1, name: u, pos: noPlace})
		}
	}
	one := func(u string, owner claim) { c.add(c.file(u), owner) }
	last := Month{}
	for _, i := range c.all {
		e := &c.entries[i]
		if m := monthOf(e.Date); m != last && !e.Date.IsZero() {
			last = m
			once(c.yearURL(m.Year), one)
			once(c.monthURL(m), c.list)
		}
		if e.Event != nil {
			once(c.eventsURL(e.Event.Start.Time.Year()), one)
		}
		if e.Agreement != nil {
			u := c.registerURL(signed(e.Article).Time.Year())
			once(u, one)
			once(u+"data.csv", one)
			once(u+"data.json", one)
		}
	}
}

// folders reports claimed files below a path that is itself claimed as a file,
// such as an alias /a.html/b.html beside the page /a.html.
func (c *collector) folders() {
	free := map[string]bool{} // folders above which no file was found
	for _, file := range c.files {
		for folder := parentDir(file); folder != "" && !free[folder]; folder = parentDir(folder) {
			if k, taken := c.index.claims[urlKey(folder)]; taken {
				c.report(file, c.claimOf(c.index.claims[urlKey(file)]).pos, c.claimOf(k))
				break
			}
			free[folder] = strings.Count(folder, "/") == 0 || free[parentDir(folder)]
		}
	}
}

func (c *collector) claimOf(k int32) claim {
	if k >= 0 {
		e := &c.entries[k]
		return claim{index: int(k), name: e.File(), pos: e.At(e.Slug)}
	}
	return c.index.others[^k]
}

func (c *collector) report(file string, pos diag.Pos, other claim) {
	url := c.at(strings.TrimSuffix(file, "index.html"))
	if pos == noPlace { // the other one can be renamed
		pos, other = other.pos, claim{name: url}
	}
	c.problems = append(c.problems, diag.New(pos, "url-collision", url, other.name))
}

// checkIDs reports two articles with one identity.
func (s *Site) checkIDs() diag.List {
	var problems diag.List
	seen := make(map[string]int, len(s.all))
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
