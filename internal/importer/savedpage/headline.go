package savedpage

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"bantin/internal/importer"
	"bantin/internal/lazyregexp"
	"bantin/internal/vietnamese"
)

// head is what a page's head says of it.
type head struct {
	title, ogTitle, canonical, ogURL, published, modified string
	frames                                                bool
	words                                                 int
}

func readHead(doc *html.Node) (h head) {
	for n := range doc.Descendants() {
		switch n.DataAtom {
		case atom.Title:
			if h.title == "" {
				h.title = importer.TextOf(n)
			}
		case atom.Frameset, atom.Frame:
			h.frames = true
		case atom.Link:
			if importer.Attribute(n, "rel") == "canonical" {
				h.canonical = importer.Attribute(n, "href")
			}
		case atom.Meta:
			content := importer.Attribute(n, "content")
			switch strings.ToLower(importer.Attribute(n, "property") + importer.Attribute(n, "name") + importer.Attribute(n, "itemprop")) {
			case "og:title":
				h.ogTitle = content
			case "og:url":
				h.ogURL = content
			case "article:published_time", "datepublished", "pubdate", "dc.date.issued", "article:published":
				h.published = content
			case "article:modified_time", "datemodified":
				h.modified = content
			}
		case atom.Time:
			if h.published == "" && (importer.Attribute(n, "itemprop") == "datePublished" || importer.Attribute(n, "pubdate") != "") {
				h.published = importer.Attribute(n, "datetime")
			}
		}
	}
	h.words = utf8.RuneCountInString(importer.TextOf(doc))
	return h
}

func linesOf(page *html.Node) (lines []string) {
	for n := range page.ChildNodes() {
		lines = append(lines, importer.TextOf(n))
	}
	return lines
}

var siteSuffix = lazyregexp.New(`\s+(?:\||-|–|—|::|»|«|\.:|:\.)\s+[^|–—»«]{3,80}$`)

// titleClass names the classes that content systems give to headlines.
var titleClass = lazyregexp.New(`(?i)(?:^|[\s_-])(?:title|tieu-?de|headline|post-title|entry-title|news-?title|detail-?title|tentin|tieudetin|titledetail)(?:$|[\s_-])`)

// headline finds the headline of a page: that of the profile, the only h1, what
// the head says if no other page says it too, or what a class calls a title.
func headline(doc *html.Node, lines []string, h head, profile *Profile, all *survey) string {
	if t := first(profile.Title, doc); t != "" {
		return t
	}
	shown := map[string]bool{}
	for _, line := range lines {
		shown[vietnamese.NameKey(line)] = true
	}
	own := func(title string) string { // without the site's name behind it
		if all.titles[vietnamese.NameKey(h.title)] > 1 && vietnamese.NameKey(title) == vietnamese.NameKey(h.title) {
			return ""
		}
		for t := title; ; {
			if shown[vietnamese.NameKey(t)] {
				return t
			}
			shorter := siteSuffix().ReplaceAllString(t, "")
			if shorter == t {
				break
			}
			t = shorter
		}
		return ""
	}
	var headings, classed []string
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		line := importer.TextOf(n)
		size := utf8.RuneCountInString(line)
		if size < 8 || size > 250 {
			continue
		}
		switch {
		case n.DataAtom == atom.H1:
			headings = append(headings, line)
		case titleClass().MatchString(importer.Attribute(n, "class")) || titleClass().MatchString(importer.Attribute(n, "id")) || strings.HasSuffix(strings.ToLower(importer.Attribute(n, "id")), "title"):
			classed = append(classed, line)
		}
	}
	for _, candidate := range []string{h.ogTitle, h.title} {
		if t := own(candidate); t != "" {
			return t
		}
	}
	headings = slices.Compact(headings)
	if len(headings) > 0 {
		return headings[len(headings)-1] // the first is often the site's name
	}
	for _, line := range classed {
		if !importer.IsAround(line) {
			return line
		}
	}
	return ""
}

// stampsOf finds the dates of a page, the surest place first: the profile, the
// head, the lines behind the headline.
func stampsOf(given string, h head, lines []string, title string) []importer.Stamp {
	if given != "" {
		if stamps := importer.Stamps(given); len(stamps) > 0 {
			return stamps[:1]
		}
	}
	var out []importer.Stamp
	near := nearTitle(lines, title)
	if stamps := importer.Stamps(h.published); len(stamps) > 0 {
		out = append(out, stamps[0])
		if s := importer.Stamps(h.modified); len(s) > 0 {
			s[0].Updated = true
			out = append(out, s[0])
		}
		for _, s := range near { // another day on the page itself is worth a question
			if !s.Updated {
				out = append(out, s)
			}
		}
		return out
	}
	return near
}

// nearTitle returns the dates of the first dated line behind the headline, else
// of the line before it.
func nearTitle(lines []string, title string) []importer.Stamp {
	at := -1
	key := vietnamese.NameKey(title)
	for i, line := range lines {
		if key != "" && vietnamese.NameKey(line) == key {
			at = i // the last: menus and lists name it before
			break
		}
	}
	if at < 0 {
		return nil
	}
	long := 0
	for _, line := range lines[at+1:] {
		if stamps, ok := importer.DateLine(line); ok {
			return stamps
		}
		if utf8.RuneCountInString(line) > 300 {
			if long++; long > 1 {
				break
			}
		}
	}
	for i := at - 1; i >= 0 && i >= at-2; i-- {
		if stamps, ok := importer.DateLine(lines[i]); ok {
			return stamps
		}
	}
	return nil
}
