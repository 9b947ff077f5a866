package site

import (
	"cmp"
	"net/url"
	"path"
	"strings"

	"bantin/internal/article"
	"bantin/internal/config"
	"bantin/internal/vietnamese"
)

// This file decides where things stand: root-relative URLs and the output
// files behind them. A page's URL ends in a slash and is the file index.html
// in the folder of that name.

// urls are the addresses that the settings alone decide.
type urls struct{ cfg *config.Config }

// at returns the root-relative URL of a path below the site's root, in its
// language.
func (r urls) at(p string) string { return r.cfg.Root + p }

// atBase returns the root-relative URL of an output file.
func (r urls) atBase(p string) string { return r.cfg.Base() + p }

// absolute returns the absolute form of a root-relative URL.
func (r urls) absolute(u string) string {
	if strings.HasPrefix(u, "/") {
		return r.cfg.Origin + u
	}
	return u
}

// file returns the output file of a root-relative URL.
func (r urls) file(u string) string {
	p := strings.TrimPrefix(u, r.cfg.Base())
	if p == "" || strings.HasSuffix(p, "/") {
		return p + "index.html"
	}
	return p
}

// indexFile is what stands in the folder of a page.
const indexFile = "index.html"

// makeURLs gives every article its URL. All of them are parts of one string:
// each of its own would take a tenth more.
func (t *sectionTree) makeURLs() {
	size := 0
	for i := range t.entries {
		e := &t.entries[i]
		size += len(t.cfg.Origin) + len(t.folder(e)) + int(e.digitsSize) + len(e.Slug.Value) + len("/"+indexFile)
	}
	var urls strings.Builder
	urls.Grow(size)
	for i := range t.entries {
		e, from := &t.entries[i], urls.Len()
		urls.WriteString(t.cfg.Origin)
		if e.permalink() != "" {
			urls.WriteString(t.cfg.Root)
			urls.WriteString(e.permanent())
		} else {
			urls.WriteString(t.folder(e))
			if e.Kind != article.Section {
				urls.WriteString(e.digits())
				urls.WriteString(e.Slug.Value)
				urls.WriteByte('/')
			}
		}
		urls.WriteString(indexFile)
		e.pageURL = urls.String()[from:]
		if e.Slug.Value != "" {
			t.keys[i].url = urlKey(t.pageFile(e))
		}
	}
}

// folder returns the root-relative URL below which the page of an article
// stands, which is that of a section itself.
func (r urls) folder(e *entry) string {
	if e.section == nil {
		return r.cfg.Root
	}
	return e.section.url
}

// permalink returns the pattern of an article's URL, "" for the usual one.
func (e *entry) permalink() string {
	if e.section == nil || e.section.permalink == "" || e.Kind != article.News {
		return ""
	}
	return e.section.permalink
}

// permanent returns the path below the site's root that an article has by the
// pattern of its section, with a slash at the end.
func (e *entry) permanent() string {
	day := e.Date.Time
	return strings.NewReplacer(
		"{"+article.PermalinkYear+"}", day.Format("2006"),
		"{"+article.PermalinkMonth+"}", day.Format("01"),
		"{"+article.PermalinkDay+"}", day.Format("02"),
		"{"+article.PermalinkSection+"}", e.section.slugs,
		"{"+article.PermalinkSlug+"}", e.Slug.Value,
		"{"+article.PermalinkID+"}", cmp.Or(vietnamese.Slug(e.ID.Value), e.Slug.Value),
	).Replace(e.permalink()[1:])
}

// digits returns the folders of digits in which an article lies within its
// section, "" for none, else with a slash at the end: "2026/03/".
func (e *entry) digits() string {
	if e.digitsSize == 0 {
		return ""
	}
	return e.Path[len(e.section.dir)+1:][:e.digitsSize]
}

// absolute returns the absolute URL of an article's page, ending in a slash.
func (e *entry) absolute() string { return strings.TrimSuffix(e.pageURL, indexFile) }

// url returns the root-relative URL of an article's page, ending in a slash.
func (r urls) url(e *entry) string { return e.absolute()[len(r.cfg.Origin):] }

// pageFile returns the output file of an article's page.
func (r urls) pageFile(e *entry) string { return e.pageURL[len(r.cfg.Origin)+len(r.cfg.Base()):] }

// sectionDir returns the folder of the section that an article belongs to.
func sectionDir(a *article.Article) string {
	dir := parentDir(a.Path)
	if a.IsBundle() {
		dir = parentDir(dir)
	}
	return dir
}

// parentDir returns the folder around dir, "" for the top.
func parentDir(dir string) string {
	if i := strings.LastIndexByte(dir, '/'); i >= 0 {
		return dir[:i]
	}
	return ""
}

// publishedName returns the name under which a file beside an article is
// published: its own if that is plain ASCII, else folded.
func publishedName(name string) string {
	if isPlain(name) {
		return name
	}
	ext := path.Ext(name)
	stem := vietnamese.Slug(strings.TrimSuffix(name, ext))
	if stem == "" {
		stem = "tep"
	}
	if ext = vietnamese.Slug(ext); ext == "" {
		return stem
	}
	return stem + "." + ext
}

func isPlain(name string) bool {
	for i := range len(name) {
		if !isPlainByte(name[i]) && (name[i] != '.' || i == 0) {
			return false
		}
	}
	return name != ""
}

// isPlainByte tells whether a byte means itself in every URL and file system.
func isPlainByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_'
}

// escape percent-encodes a path for use in a URL.
func escape(p string) string {
	for i := range len(p) {
		if c := p[i]; !isPlainByte(c) && c != '/' && c != '.' {
			return (&url.URL{Path: p}).EscapedPath()
		}
	}
	return p // as nearly all are
}

// contentPath returns the path below content/ of a file of the site's folder.
func contentPath(file string) (string, bool) { return strings.CutPrefix(file, "content/") }
