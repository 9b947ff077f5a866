package site

import (
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"

	"bantin/internal/article"
	"bantin/internal/diag"
	"bantin/internal/percent"
	"bantin/internal/vietnamese"
)

// Asset is a file of the site's folder that is published as it is, or a
// variant of a picture.
type Asset struct {
	Path    string // of the output file
	File    File
	Variant *Variant // nil for the file itself
}

// Assets returns the files that are published as they are: all of static/, and
// beside each published article those that it names, pictures with their
// variants. facts holds what the texts tell, by index, of all languages in their
// order: translations share the files of their originals, each of which is
// published once. A file that would stand
// where something else does is a problem, of hidden articles too.
func (s *Site) Assets(facts ...[]*article.Facts) ([]Asset, diag.List) {
	c := &assetCollector{Site: s, seen: map[string]seenAsset{}}
	static := router{Site: s, visit: func(r route) {
		if !r.hidden {
			c.assets = append(c.assets, Asset{Path: r.Path, File: s.in.Files[r.number]})
		}
	}}
	static.static()
	for _, c.drafts = range []bool{false, true} {
		for k, s := range s.siblings() {
			c.Site = s
			for i := range index(len(s.entries)) {
				if s.isHiddenDraft(i) == c.drafts && s.entries[i].Slug.Value != "" {
					c.article(i, facts[k][i].Links)
				}
			}
		}
	}
	slices.SortFunc(c.assets, func(a, b Asset) int { return strings.Compare(a.Path, b.Path) })
	return c.assets, c.problems
}

// assetCollector gathers assets, each output file once.
type assetCollector struct {
	*Site
	seen     map[string]seenAsset // by output file, in lower case
	drafts   bool                 // it looks at hidden drafts, which yield to all others
	hidden   bool                 // the article that it looks at has no page
	assets   []Asset
	problems diag.List
}

// seenAsset is what stands at an output file.
type seenAsset struct {
	source    string
	published bool
}

// article adds the files that article i names.
func (c *assetCollector) article(i index, links []article.Link) {
	e := &c.entries[i]
	c.hidden = !c.publishesFiles(i)
	namedFiles(e.Article, func(name article.Text, use fileUse) {
		if f, u, ok := c.fileOf(e, name.Value); ok {
			c.use(c.assetPath(u), f, use, e.At(name))
		}
	})
	for _, l := range links {
		f, u, ok := c.linkedFile(i, l)
		if !ok {
			continue
		}
		use := useDocument
		if l.Kind == article.Picture {
			use = usePicture
		}
		c.use(c.assetPath(u), f, use, l.In(e.File()))
	}
}

// use adds file f, which stands at output file p and is named at pos.
func (c *assetCollector) use(p string, f File, use fileUse, pos diag.Pos) {
	c.add(Asset{Path: p, File: f}, pos)
	if use == useDocument {
		return
	}
	for k := range f.Variants {
		c.add(Asset{f.Variants[k].url(p), f, &f.Variants[k]}, pos)
	}
	for k := range f.WebP {
		c.add(Asset{f.WebP[k].url(p), f, &f.WebP[k]}, pos)
	}
	if use == useCover && f.Share != nil { // only a cover is cut for sharing
		c.add(Asset{f.Share.shareURL(p), f, f.Share}, pos)
	}
}

func (c *assetCollector) add(a Asset, pos diag.Pos) {
	if a.Variant == nil && strings.HasPrefix(a.File.Path, "static/") {
		return // it stands there in any case
	}
	if isTooLong(a.Path) {
		c.problems = append(c.problems, diag.New(pos, "file-name-long", path.Base(a.Path), strconv.Itoa(maxNameSize)))
		return
	}
	key := vietnamese.FoldCase(a.Path)
	first, again := c.seen[key]
	if !again {
		first.source = c.owner(a)
		if old, ok := c.siteOf(a.Path).aliasAt(a.Path); ok {
			c.problems = append(c.problems, diag.New(c.siteOf(a.Path).placeOf(old), "url-collision/alias", c.atBase(a.Path), a.File.Path))
		}
	}
	if first.source != a.File.Path {
		c.problems = append(c.problems, diag.New(pos, "url-collision/file", c.atBase(a.Path), first.source))
		return
	}
	if !c.hidden && !first.published {
		first.published = true
		c.assets = append(c.assets, a)
	}
	c.seen[key] = first
}

// owner returns what stands where a is to stand: its own source, if nothing else.
func (c *assetCollector) owner(a Asset) string {
	there := c.siteOf(a.Path)
	other, taken := there.routeAt(a.Path)
	if !taken {
		other, taken = there.insideAt(a.Path)
	}
	if taken && other.role() == ofAlias {
		c.problems = append(c.problems, diag.New(there.placeOf(other), "url-collision/alias", c.atBase(a.Path), a.File.Path))
		taken = false
	}
	if taken {
		return cmp.Or(there.ownerOf(other), c.atBase(a.Path))
	}
	return a.File.Path
}

// publishesFiles tells whether article i has a page, and with it its files.
func (s *articles) publishesFiles(i index) bool {
	if s.entries[i].Kind == article.Section {
		sec := s.entries[i].section
		return sec != nil && sec.index == i
	}
	return s.shows(i)
}

// staticFiles returns where the files of static/ stand in Input.Files.
func (b *library) staticFiles() (from, to int) {
	from, _ = slices.BinarySearchFunc(b.in.Files, "static/", func(f File, p string) int { return strings.Compare(f.Path, p) })
	to = from
	for to < len(b.in.Files) && strings.HasPrefix(b.in.Files[to].Path, "static/") {
		to++
	}
	return from, to
}

// assetPath returns the output file of an asset's URL.
func (r urls) assetPath(u string) string { return percent.Decoded(strings.TrimPrefix(u, r.cfg.Base())) }
