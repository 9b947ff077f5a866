package site

import (
	"cmp"
	"slices"
	"strings"

	"bantin/internal/diag"
)

// urlIndex knows every page that the sources claim, hidden articles included:
// whether a site is valid does not depend on now. Output files are known by
// the digests of their lower-case paths, since a site must also stand on
// systems to which A.pdf and a.pdf are one file. What stands beside the page of
// an article is not in it.
type urlIndex struct {
	claims map[textKey]index // the index of an article, or ^k for others[k]
	others []claim
}

// claim says whose an output file is.
type claim struct {
	file    string // the output file
	owner   string // the source file or the name that claims it, "" for reserved ones
	pos     diag.Pos
	index   index // of the article whose text stands there, -1 for none
	role    role
	drafted bool // a hidden draft claims it
}

// role is what claims an output file. A lesser one has the better right.
type role uint8

const (
	reserved role = iota // for a page that the program makes by itself
	ofSection
	ofName
	ofArticle
	ofStatic
	ofAlias
)

// noPlace is the position of a claim that no line of a source makes.
var noPlace = diag.Pos{File: "site.yaml"}

func urlKey(file string) textKey { return keyOf(strings.ToLower(file)) }

// has tells whether a page stands, or might stand, at an output file.
func (x *urlIndex) has(file string) bool {
	_, ok := x.claims[urlKey(file)]
	return ok
}

// claimOn returns the claim on an output file.
func (s *Site) claimOn(file string) (claim, bool) {
	k, ok := s.index.claims[urlKey(file)]
	switch {
	case !ok:
		return s.calendarClaim(file)
	case k < 0:
		return s.index.others[^k], true
	}
	return s.articleClaim(k), true
}

// articleClaim returns the claim of an article on its page.
func (s *Site) articleClaim(i index) claim {
	e := &s.entries[i]
	return claim{
		file: s.pageFile(e), owner: e.File(), pos: e.At(e.Slug),
		index: i, role: ofArticle, drafted: s.isHiddenDraft(i),
	}
}

// calendarClaim returns the claim of an article on an output file that is the
// calendar of its event.
func (s *Site) calendarClaim(file string) (claim, bool) {
	i, ok := s.articleBeside(file)
	if !ok || !strings.EqualFold(s.ownCalendar(i), file) {
		return claim{}, false
	}
	c := s.articleClaim(i)
	c.file, c.index = s.ownCalendar(i), -1
	return c, true
}

// collector gathers claims and reports every output file that two sources
// claim, at the one with the lesser right to it.
type collector struct {
	*Site
	drafts   bool // it gathers the claims of hidden drafts, the last of all
	problems diag.List
}

// claimURLs collects the aliases, and reports all that wants one URL.
func (s *Site) claimURLs() diag.List {
	problems := s.makeAliases()
	return append(problems, s.checkCollisions()...)
}

// checkCollisions builds the index. What claims first stays: pages that the
// program makes, then sections and names, then articles from the oldest on.
func (s *Site) checkCollisions() diag.List {
	s.index = &urlIndex{claims: make(map[textKey]index, len(s.entries)+len(s.entries)/8)}
	c := &collector{Site: s}
	c.fixed()
	c.archives()
	for _, c.drafts = range []bool{false, true} {
		c.sections()
		c.names()
		c.articles()
		c.static()
		c.oldURLs()
	}
	c.folders()
	return c.problems
}

// claim claims an output file that is not an article's page; it tells whether
// the file was free.
func (c *collector) claim(wanted claim) bool {
	wanted.drafted = c.drafts
	if other, taken := c.claimOn(wanted.file); taken {
		c.report(wanted, other)
		return false
	}
	c.index.claims[urlKey(wanted.file)] = ^index(len(c.index.others))
	c.index.others = append(c.index.others, wanted)
	return true
}

// list claims the pages of a list, the folder of the older ones as a whole, and
// the feeds below it. That the list itself is refused is told once.
func (c *collector) list(url string, owner claim, feeds int) {
	owner.file = c.file(url)
	if !c.claim(owner) {
		return
	}
	owner.index = -1
	owner.file = c.file(url + c.cfg.Paths.Page)
	c.claim(owner)
	for _, f := range feedFiles[:feeds] {
		owner.file = c.file(url + f.name)
		c.claim(owner)
	}
}

func (c *collector) fixed() {
	for _, p := range c.fixedPages() {
		c.claim(claim{file: p.Path, pos: noPlace, index: -1})
	}
}

// archives claims the pages of the years and months in which something is
// dated, begins or was signed.
func (c *collector) archives() {
	claimed := map[string]bool{}
	once := func(u string, isList bool) {
		if claimed[u] {
			return
		}
		claimed[u] = true
		owner := claim{file: c.file(u), pos: noPlace, index: -1}
		if isList {
			c.list(u, owner, 0)
		} else {
			c.claim(owner)
		}
	}
	turns := c.turns
	for place, i := range c.all {
		e := &c.entries[i]
		if len(turns) > 0 && int(turns[0]) == place {
			turns = turns[1:]
			if m := monthOf(e.Date); !e.Date.IsZero() {
				once(c.yearURL(m.Year), false)
				once(c.monthURL(m), true)
			}
		}
		if e.ties == nil {
			continue
		}
		if e.Event != nil {
			once(c.eventsURL(e.Event.Start.Time.Year()), false)
		}
		if e.Agreement != nil {
			u := c.registerURL(signed(e.Article).Time.Year())
			once(u, false)
			once(u+"data.csv", false)
			once(u+"data.json", false)
		}
	}
}

func (c *collector) sections() {
	sections := make([]*section, 0, len(c.byDir))
	for _, sec := range c.byDir {
		if (sec.draft != "") == c.drafts {
			sections = append(sections, sec)
		}
	}
	slices.SortFunc(sections, func(a, b *section) int { return cmp.Compare(a.dir, b.dir) })
	for _, sec := range sections {
		pos := c.placeOfSection(sec)
		owner := claim{owner: pos.File, pos: pos, index: sec.index, role: ofSection}
		c.list(sec.url, owner, len(feedFiles))
	}
}

func (c *collector) names() {
	feeds := [termKinds]int{tagTerm: 1, organizationTerm: len(feedFiles)}
	for _, ts := range c.terms {
		for _, t := range ts.list {
			drafted := t.first.index >= 0 && c.isHiddenDraft(t.first.index)
			if t.refused || drafted != c.drafts {
				continue
			}
			owner := claim{owner: "“" + t.title + "”", pos: c.termPos(t), index: -1, role: ofName}
			c.list(t.url, owner, feeds[t.kind])
		}
	}
}

// articles claims the pages of the articles and of the standalone pages.
func (c *collector) articles() {
	list := c.all
	if c.drafts {
		list = c.Site.drafts
	}
	for _, i := range list {
		c.article(i)
	}
	for _, i := range c.standalone {
		if c.isHiddenDraft(i) == c.drafts {
			c.article(i)
		}
	}
}

func (c *collector) article(i index) {
	e := &c.entries[i]
	if e.Slug.Value == "" {
		return // a mistake that is told already
	}
	file := c.pageFile(e)
	key := urlKey(file)
	if _, taken := c.index.claims[key]; taken {
		other, _ := c.claimOn(file)
		c.report(claim{file: file, pos: e.At(e.Slug), role: ofArticle}, other)
		return
	}
	c.index.claims[key] = i
}

func (c *collector) static() {
	if c.drafts {
		return
	}
	for _, f := range c.staticFiles() {
		c.claim(claim{
			file: strings.TrimPrefix(f.Path, "static/"), owner: f.Path,
			pos: diag.Pos{File: f.Path}, index: -1, role: ofStatic,
		})
	}
}

// oldURLs claims the pages that stand at aliases.
func (c *collector) oldURLs() {
	for _, a := range c.aliases {
		if a.page != "" && a.draft == c.drafts {
			c.claim(claim{file: a.page, owner: a.pos.File, pos: a.pos, index: -1, role: ofAlias})
		}
	}
}

// folders reports output files below a path that is itself an output file, such
// as an alias /a.html/b.html beside the page /a.html.
func (c *collector) folders() {
	below := map[string]claim{} // what stands in each folder, in lower case
	for _, o := range c.index.others {
		folder := parentDir(strings.ToLower(o.file))
		for ; folder != "" && below[folder].file == ""; folder = parentDir(folder) {
			below[folder] = o
		}
	}
	for _, o := range c.index.others {
		inside, found := c.claimOn(o.file + "/index.html")
		if !found {
			inside, found = below[strings.ToLower(o.file)]
		}
		if found && o.yieldsTo(inside) {
			c.report(o, inside)
		} else if found {
			c.report(inside, o)
		}
	}
}

// yieldsTo tells whether c has the lesser right.
func (c claim) yieldsTo(other claim) bool {
	if c.drafted != other.drafted {
		return c.drafted
	}
	return c.role > other.role
}

// roleVariants names the texts for what claims a file that it cannot have.
var roleVariants = [...]string{
	reserved: "/paths", ofSection: "/section", ofName: "/name", ofArticle: "", ofStatic: "/static", ofAlias: "/alias",
}

// report tells that an output file is wanted that another has.
func (c *collector) report(wanted, other claim) {
	variant := roleVariants[wanted.role]
	if other.role == reserved && wanted.role != reserved {
		variant = "/reserved"
	}
	c.problems = append(c.problems, diag.New(wanted.pos, "url-collision"+variant, c.pageURL(wanted.file), other.owner))
}

// checkIDs reports two articles with one identity. Those that have it by the
// names of their files, and with it one URL, are told of once, by that.
func (s *Site) checkIDs() diag.List {
	var problems diag.List
	seen := make(map[textKey]index, len(s.all))
	for _, list := range [][]index{s.all, s.drafts} {
		for _, i := range list {
			e := &s.entries[i]
			key := keyOf(e.ID.Value)
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
