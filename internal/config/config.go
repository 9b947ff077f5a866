// Package config reads site.yaml: it owns the settings of a site, their
// defaults, and what is a valid value of each.
//
// It knows nothing of articles and opens no file: whether a logo, a section
// or a successor exists is for the packages that know them all. Zone data is
// embedded here, so that a machine without any knows the same zones.
//
// Whatever is wrong with site.yaml, every setting has a valid value, its default
// where its own could not be read; only Title and Origin, which have none, are
// empty then. A Config does not change once made.
package config

import (
	"time"
	_ "time/tzdata" // servers and containers often have no zone data

	"bantin/internal/diag"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
)

// File is where the settings stand, below the site's folder.
const File = "site.yaml"

// MaxSize is how large site.yaml may be, in bytes.
const MaxSize = 1 << 20

// Config is the settings of one site.
type Config struct {
	Title string
	// Origin is scheme and host of base_url, without a slash behind them; Root
	// is its path, percent-encoded, with a slash at both ends. All of the site
	// lies below Origin+Root.
	Origin string
	Root   string
	// ID is the authority of the tag: URIs in feeds and calendars (RFC 4151).
	ID      string
	IDGiven bool // in site.yaml; else ID follows base_url

	Description   string
	Language      string     // its code (BCP 47); of In, that of the language
	TitleForeign  bool       // of In: Title is in the first language, since this one has none
	First         string     // of In: the site's first language; "" for that itself
	Languages     []Language // beside Language
	Location      *time.Location
	Organization  Organization
	Menu          []MenuItem // none: the sections by weight
	Tags          []Taxon    // in file order, like the next two
	Organizations []Taxon
	Authors       []Taxon
	Mergers       []Merger // in file order

	PageSize int
	Feed     Feed
	Paths    Paths
	Related  int // how many related articles to show
	Glossary []Abbreviation
	Theme    Theme
	Share    Share
	Feedback Feedback
	Reuse    Reuse
	// Counter is where the visit counter answers, with a slash at its end: a path
	// from the host's root, or the URL of another host; "" for none.
	Counter  string
	Images   Images
	Markdown Markdown
	Sitemap  Sitemap
	Gone     []Text // paths from the host's root that are gone for good
	Hosting  Hosting
	Deploy   []DeployTarget // where bantin deploy brings the site, by name
	Notify   Notify
	Search   Search
	Desk     Desk
	// Checks gives the severity of warnings by their code, where site.yaml
	// does not leave it as it is.
	Checks map[string]diag.Severity
	// Extra is the site's own: strings, []any and map[string]any.
	Extra map[string]any
}

// Text is a value with its place, for checks that need more than site.yaml.
type Text struct {
	Value string
	Pos   diag.Pos
}

// Organization is the public body whose site it is.
type Organization struct {
	Name, Address, Phone, Email string
	URL                         string // absolute
	Logo, Emblem                Text   // paths below static/, with or without a leading slash
	Responsible                 string // who answers for what is published
	Foreign                     Foreign
}

// Foreign tells, of a site in one of its other languages, which words are those of
// the first language, since the language gives none.
type Foreign struct{ Name, Address, Responsible bool }

// MenuItem is a link of the menu. URL is absolute, or a path below Root with a
// leading slash; Title is "" for the linked section's own.
type MenuItem struct {
	Title, URL string
	Pos        diag.Pos
}

// Taxon is what site.yaml says of a tag, an organization or an author. No two
// of one kind have the same vietnamese.NameKey or the same Slug.
type Taxon struct {
	Name        string
	Pos         diag.Pos        // of the name
	In          map[string]Text // the name in other languages, by their codes
	Translation string          // of Config.In: the name in that language, "" for none
	First       string          // of Config.In: the language of Name, "" for the site's own
	Slug        string          // "" for that of the name
	Description string
	Aliases     []Text // old paths from the host's root
	Successor   Text   // of an organization: who took over its work, since when is not told
}

// Merger is the end of a public body that passed into one or several others.
// No two are of bodies with the same vietnamese.NameKey.
type Merger struct {
	Name string
	Pos  diag.Pos        // of the name
	Into []Text          // one at least, no two with the same vietnamese.NameKey
	From vietnamese.Date // the first day on which the old body is no more
}

// Feed is the size of the feeds.
type Feed struct {
	Items    int
	FullText bool // whole articles, not only their leads
}

// Paths are the words of the site's URLs, each a slug.
type Paths struct {
	Page, Tag, Organization, Author, Event, Agreement, Search, Calendar string
}

// PathWord is a word of Paths with its key in site.yaml.
type PathWord struct{ Key, Word string }

// Words returns all words.
func (p Paths) Words() []PathWord {
	return []PathWord{
		{"page", p.Page}, {"tag", p.Tag}, {"organization", p.Organization}, {"author", p.Author},
		{"event", p.Event}, {"agreement", p.Agreement}, {"search", p.Search}, {"calendar", p.Calendar},
	}
}

// Abbreviation is a short form with what it stands for.
type Abbreviation struct{ Short, Expansion string }

// Theme is the look that needs no template.
type Theme struct {
	Accent  string  // #rgb or #rrggbb in lower case; that of the palette where none is given, "" for the default
	Palette Palette // without a name if none is chosen
	Font    Font    // of headlines; without a name for those of the reader's system
	Cover   bool    // show an article's cover image at its head
	Image   Text    // the picture for pages that have none, a file of static/
}

// Share says which tools to share an article are shown.
type Share struct{ Email, Zalo, Facebook bool }

// Reuse is the terms on which others may use what is published. URL is
// absolute, or a path from the host's root; either may be "". Foreign is as in
// Organization.
type Reuse struct {
	Text, URL string
	Foreign   bool
}

// Feedback is where readers write to: an address, a form, either or neither.
type Feedback struct {
	Email string
	URL   string // absolute, or a path from the host's root
}

// Images says how photos are resized.
type Images struct {
	Widths  []int // in pixels, increasing
	Quality int   // of JPEG and WebP, 1 to 100
	WebP    bool  // whether browsers are offered each size as WebP, too
}

// Sanitize lets the safe part of raw HTML in articles through.
const Sanitize = "sanitize"

// DeploySchemes are the schemes of the URLs of deploy, each of which
// deploy.ParseTarget reads.
var DeploySchemes = []string{"file", "s3", "sftp"}

// DeployTarget is a place to which the site is deployed.
type DeployTarget struct {
	Name string
	URL  string // with one of DeploySchemes, without a password
}

// Notify says who is told after a deploy what changed.
type Notify struct {
	Hubs     []string // absolute URLs of WebSub hubs, each once
	IndexNow string   // the key of the IndexNow protocol; "" for none
}

// Hosting says for which servers the site is configured, and how.
type Hosting struct {
	Nginx, Caddy         bool     // files in .bantin/hosting/
	Apache, IIS, Headers bool     // .htaccess, web.config, _headers in the output
	Precompress          bool     // .gz and .br files stand beside texts
	HSTS                 bool     // browsers are to come by https alone
	Pos                  diag.Pos // of the first of these settings
}

// Files returns the files of the output that tell servers what to do.
func (h Hosting) Files() []string {
	var files []string
	for _, f := range []struct {
		wanted bool
		name   string
	}{{h.Apache, ".htaccess"}, {h.Headers, "_headers"}, {h.IIS, "web.config"}} {
		if f.wanted {
			files = append(files, f.name)
		}
	}
	return files
}

// Markdown says what is done with raw HTML in articles.
type Markdown struct {
	HTML string // Sanitize, or "" to leave it out
}

// Search says whether articles can be searched, and how the index is cut.
type Search struct {
	Off     bool
	ByMonth bool // each month is a block of its own, instead of each quarter
}

// Sitemap says which sitemaps are written beside the usual ones.
type Sitemap struct{ News bool }

// Desk says what the desk does beside what its editors ask for.
type Desk struct {
	Commit bool // each publish is noted in the git repository in which the site lies, if it lies in one
}

// Parse reads site.yaml; file is what problems call it. The Config is there
// whatever was wrong, so that problems can be told in the site's language.
func Parse(src []byte, file string) (*Config, diag.List) {
	c := defaults()
	if len(src) > MaxSize {
		c.complete()
		return c, diag.List{diag.New(diag.Pos{File: file}, "yaml-large", "1 MiB")}
	}
	root, problems := strictyaml.Parse(src, file, 1)
	d := strictyaml.Decoder{Problems: problems}
	if root != nil {
		c.Languages = namedLanguages(root)
		siteKeys.Decode(&d, root, c)
	}
	c.complete()
	if root != nil {
		checkPaths(&d, c.Paths, root.Get("paths"))
		c.checkLanguages(&d)
		c.setMergers(&d, root.Get("mergers"))
	}
	return c, d.Problems.Sort()
}

// Keys describes the keys of site.yaml.
func Keys() []strictyaml.Key { return siteKeys.Keys() }
