// Package savedpage imports pages of a web site as a crawler or a browser has
// left them in a folder: it finds the article in each page, and its old address.
package savedpage

import (
	"context"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"

	"bantin/internal/importer"
	"bantin/internal/lazyregexp"
	"bantin/internal/vietnamese"
)

// Wanted tells whether a file of a folder is a page.
func Wanted(name string) bool {
	base := strings.ToLower(path.Base(name))
	if strings.HasSuffix(path.Dir(strings.ToLower(name)), "_files") { // what a browser saves beside a page
		return false
	}
	switch path.Ext(base) {
	case "", ".html", ".htm", ".xhtml", ".shtml", ".aspx", ".asp", ".php", ".jsp", ".cfm", ".do":
		return true
	}
	return dynamicName().MatchString(base)
}

// isPage tells whether a file that Wanted takes by its name is one: without an
// extension it may be anything.
func isPage(name, text string) bool {
	return path.Ext(name) != "" || strings.HasPrefix(strings.TrimSpace(text), "<")
}

// dynamicName is the name that a crawler gives to a page with a query.
var dynamicName = lazyregexp.New(`(?i)\.(?:aspx?|php|jsp|cfm|do|html?)[@?]`)

// survey is what all pages of a source say together.
type survey struct {
	evidence importer.Evidence
	titles   map[string]int // how many pages have a <title>
	// framed are the addresses of pages of frames, by the identity of the page
	// in one of these: whoever knew the first finds the article in it.
	framed map[string][]string
}

// frameSource is a frame with the page that it shows.
var frameSource = lazyregexp.New(`(?i)<frame\s[^>]{0,500}?src\s*=\s*["']?([^"'\s>]{1,500})`)

// maxFrames is how many frames of a page are looked at.
const maxFrames = 20

// lookIntoFrames notes what the frames of a page show.
func (s *survey) lookIntoFrames(in *importer.Inputs, file importer.Input, text string) {
	for _, m := range frameSource().FindAllStringSubmatch(text, maxFrames) {
		at := &importer.Item{Folder: file.Folder, Dir: path.Dir(file.Name)}
		if origin, ok := in.Find(at, html.UnescapeString(m[1])); ok {
			id := in.ID(origin)
			s.framed[id] = append(s.framed[id], addresses(file.Name, text, head{})...)
		}
	}
}

var titleTag = lazyregexp.New(`(?is)<title[^>]*>(.*?)</title>`)

// Read gives each article of the source to m.
func Read(ctx context.Context, in *importer.Inputs, m *importer.Importer, profile *Profile, loc *time.Location) error {
	if profile == nil {
		profile = &Profile{}
	}
	all := survey{titles: map[string]int{}, framed: map[string][]string{}}
	var pages []importer.Input
	for _, file := range in.List {
		if err := ctx.Err(); err != nil {
			return err
		}
		src, err := file.Read()
		if err != nil {
			pages = append(pages, file) // EachText tells
			continue
		}
		text, _ := importer.Decode(src)
		if !isPage(file.Name, text) {
			continue
		}
		pages = append(pages, file)
		if t := titleTag().FindStringSubmatch(text); t != nil {
			all.titles[vietnamese.NameKey(html.UnescapeString(t[1]))]++
		}
		all.look(text)
		all.lookIntoFrames(in, file, text)
	}
	in.List = pages
	order := all.evidence.Order()
	if profile.MonthFirst {
		order = importer.MonthFirst
	}
	return m.EachText(ctx, in, func(file importer.Input, src []byte) error {
		it, why := parse(src, file, profile, &all, order, loc)
		if it == nil {
			m.Skip(file.Shown, file.ID, importer.LeftOut, why)
			return nil
		}
		return m.Add(it)
	})
}

// look takes the dates of a page's short texts into account.
func (s *survey) look(text string) {
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '<' || r == '>' }) {
		if len(part) < 200 && len(part) > 7 {
			if stamps, ok := importer.DateLine(html.UnescapeString(part)); ok {
				for _, st := range stamps {
					s.evidence.Add(st)
				}
			}
		}
	}
}

// Parse makes an item of a page by itself.
func Parse(src []byte, file importer.Input, profile *Profile, loc *time.Location) (*importer.Item, importer.Note) {
	if profile == nil {
		profile = &Profile{}
	}
	return parse(src, file, profile, &survey{titles: map[string]int{}}, importer.OrderUnknown, loc)
}

// minText is how many characters a page must say to be an article, if no date
// speaks for it.
const minText = 150

func parse(src []byte, file importer.Input, profile *Profile, all *survey, order importer.Order, loc *time.Location) (*importer.Item, importer.Note) {
	it := &importer.Item{ID: file.ID, Source: file.Shown, Raw: src, Folder: file.Folder, Dir: path.Dir(file.Name)}
	text, encoding := importer.DecodePage(src)
	if encoding == importer.VISCII {
		it.Note("old-letters", string(encoding))
	}
	doc, err := importer.ParseHTML(text)
	if err != nil {
		return nil, importer.NewNote("unreadable", err.Error())
	}
	it.Notes = append(it.Notes, importer.Letters(doc)...)
	head := readHead(doc)
	it.URLs = addresses(file.Name, text, head)
	it.Base = baseOf(it.URLs)
	it.URLs = append(it.URLs, all.framed[file.ID]...)
	if head.frames && head.words < minText {
		return nil, importer.NewNote("frames")
	}

	page, notes := importer.Clean(importer.Clone(doc)) // all lines of the page, in their order
	lines := linesOf(page)
	it.Title = headline(doc, lines, head, profile, all)
	dateText := first(profile.Date, doc)
	stamps := stampsOf(dateText, head, lines, it.Title)
	it.Section = first(profile.Section, doc)
	it.Lead = first(profile.Lead, doc)
	author := first(profile.Author, doc)

	var body *html.Node
	if profile.Body != nil {
		body, notes = selected(doc, profile)
	} else {
		body = mainText(doc, page, it.Title)
	}
	if body == nil {
		return nil, importer.NewNote("listing")
	}
	r := importer.Recognize(body, importer.Known{Title: it.Title})
	it.Body = body
	it.Notes = append(append(it.Notes, notes...), r.Notes...)
	it.Title = r.Title
	if it.Lead == "" {
		it.Lead = r.Lead
	} else {
		dropLine(body, it.Lead)
	}
	if it.Section == "" {
		it.Section = r.Section
	}
	it.Authors, it.Organization = r.Authors, r.Organization
	if author != "" {
		if names, org, ok := importer.Byline(author); ok {
			it.Authors, it.Organization = names, org
		} else {
			it.Authors = []string{author}
		}
	}
	if len(stamps) == 0 {
		stamps = r.Stamps
	}
	if words := utf8.RuneCountInString(importer.TextOf(body)); words < minText && (len(stamps) == 0 || words == 0 && !hasFiles(body)) || linkShare(body) > 0.6 && !hasFiles(body) {
		return nil, importer.NewNote("listing")
	}
	importer.SetDate(it, stamps, order, loc)
	return it, importer.Note{}
}
