// Package feed imports the entries of RSS, Atom and JSON feeds.
package feed

import (
	"bytes"
	"context"
	"net/url"
	"path"
	"strings"
	"time"
	"unicode"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"bantin/internal/importer"
	"bantin/internal/lazyregexp"
	"bantin/internal/vietnamese"
)

// Wanted tells whether a file of a folder may be a feed.
func Wanted(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".xml", ".rss", ".atom", ".json", ".rdf":
		return true
	}
	return false
}

// Read gives each entry of the feeds to m.
func Read(ctx context.Context, in *importer.Inputs, m *importer.Importer, loc *time.Location) error {
	seen := map[string]string{} // texts by identity: feeds of several days overlap
	for _, file := range in.List {
		if err := ctx.Err(); err != nil {
			return err
		}
		src, err := file.Read()
		var f *gofeed.Feed
		if err == nil {
			f, err = gofeed.NewParser().Parse(bytes.NewReader(src))
		}
		if err != nil {
			m.Skip(file.Shown, file.ID, importer.Failed, importer.NewNote("unreadable", err.Error()))
			continue
		}
		var evidence importer.Evidence
		for _, entry := range f.Items {
			for _, s := range stampsOf(entry) {
				evidence.Add(s)
			}
		}
		for _, entry := range f.Items {
			it := item(entry, file, evidence.Order(), loc)
			if it == nil {
				continue
			}
			if text, twice := seen[it.ID]; twice {
				if text != string(it.Raw) {
					m.Skip(it.Source, it.ID, importer.LeftOut, importer.NewNote("same-identity", it.Title))
				}
				continue
			}
			seen[it.ID] = string(it.Raw)
			if err := m.Add(it); err != nil {
				return err
			}
		}
	}
	m.TellPassed(in, false)
	return nil
}

// Hosts returns the names of the sites that the feeds are of.
func Hosts(in *importer.Inputs) (hosts []string) {
	for _, file := range in.List {
		src, err := file.Read()
		if err != nil {
			continue
		}
		f, err := gofeed.NewParser().Parse(bytes.NewReader(src))
		if err != nil {
			continue
		}
		if u, err := url.Parse(f.Link); err == nil && u.Host != "" {
			hosts = append(hosts, u.Host)
		}
	}
	return hosts
}

// item makes an item of an entry; nil for one that says nothing.
func item(entry *gofeed.Item, file importer.Input, order importer.Order, loc *time.Location) *importer.Item {
	id := entry.GUID
	if id == "" {
		id = entry.Link
	}
	if id == "" {
		id = file.ID + "#" + entry.Title
	}
	if !strings.Contains(id, ":") { // a number, which other feeds have too
		id = file.ID + "#" + id
	}
	text := entry.Content
	lead := ""
	if text == "" {
		text = entry.Description
	} else if entry.Description != entry.Content {
		lead = plain(entry.Description)
	}
	if strings.TrimSpace(entry.Title+text) == "" {
		return nil
	}
	it := &importer.Item{ID: id, Source: file.Shown + "#" + id, Title: plain(entry.Title), Folder: file.Folder, Dir: path.Dir(file.Name), Raw: []byte(entry.Title + "\x00" + text + "\x00" + entry.Published)}
	if stamps := stampsOf(entry); len(stamps) > 0 {
		importer.SetDate(it, stamps, order, loc)
		it.Date.Precision = min(it.Date.Precision, vietnamese.Minute)
		it.Updated.Precision = min(it.Updated.Precision, vietnamese.Minute)
	}
	for _, a := range entry.Authors {
		if a != nil && a.Name != "" {
			it.Authors = append(it.Authors, a.Name)
		}
	}
	for i, c := range entry.Categories {
		if i == 0 {
			it.Section = plain(c)
			continue
		}
		it.Tags = append(it.Tags, plain(c))
	}
	if entry.Link != "" {
		it.URLs = []string{entry.Link}
		it.Base, _ = url.Parse(entry.Link)
		it.Slug = slug(it.Base)
	}
	if strings.HasPrefix(entry.GUID, "http") && entry.GUID != entry.Link {
		it.URLs = append(it.URLs, entry.GUID)
	}
	if entry.Content == "" && entry.Description != "" {
		it.Note("summary-only")
	}
	doc, err := importer.ParseHTML(text)
	if err != nil {
		return nil
	}
	body, notes := importer.Clean(doc)
	it.Body, it.Notes = body, append(it.Notes, notes...)
	setLead(it, lead)
	shown := pictures(body)
	if src := pictureOf(entry); src != "" && len(shown) == 0 {
		it.Cover = &importer.Picture{Ref: src}
		shown[src] = true
	}
	for _, e := range entry.Enclosures {
		if e != nil && e.URL != "" && !shown[e.URL] {
			it.Attachments = append(it.Attachments, importer.Attachment{Ref: e.URL})
		}
	}
	return it
}

// stampsOf returns when an entry appeared and when it changed.
func stampsOf(entry *gofeed.Item) []importer.Stamp {
	published, updated := stampOf(entry.Published, entry.PublishedParsed), stampOf(entry.Updated, entry.UpdatedParsed)
	for i := range updated {
		updated[i].Updated = true
	}
	return append(published, updated...)
}

var withoutZone = lazyregexp.New(`:\d{2}(?: (?:19|20)\d{2})?$`)

// stampOf reads a date as its text has it. The parser of feeds takes a time without
// a zone, or one in GMT+7, for one of UTC, gives a day an hour, and guesses which
// number is the month; its word, in UTC, is taken for forms with names of months alone.
func stampOf(text string, parsed *time.Time) []importer.Stamp {
	stamps := importer.Stamps(text)
	if len(stamps) == 0 && parsed != nil && strings.ContainsFunc(text, unicode.IsLetter) {
		layout := time.RFC3339
		if withoutZone().MatchString(text) {
			layout = time.DateTime
		}
		stamps = importer.Stamps(parsed.Format(layout))
	}
	return stamps[:min(1, len(stamps))]
}

// maxLead is how many letters a lead has at most.
const maxLead = 600

// setLead gives an item with a text its lead, unless that is the text's beginning; what
// is too long for a lead begins the text.
func setLead(it *importer.Item, lead string) {
	words := strings.TrimSuffix(strings.TrimSuffix(lead, "[…]"), "[...]")
	isLong := len([]rune(lead)) > maxLead
	switch {
	case !isLong && words == lead:
		it.Lead = lead
	case strings.Contains(importer.WithoutSpaces(importer.TextOf(it.Body)), importer.WithoutSpaces(words)):
	case isLong:
		p := importer.Element(atom.P, importer.TextNode(lead))
		it.Body.InsertBefore(p, it.Body.FirstChild)
	default:
		it.Lead = lead
	}
}

// pictureOf returns the address of the picture that an entry names beside its text.
func pictureOf(entry *gofeed.Item) string {
	if entry.Image != nil && entry.Image.URL != "" {
		return entry.Image.URL
	}
	for _, name := range []string{"content", "thumbnail"} {
		for _, e := range entry.Extensions["media"][name] {
			if kind := e.Attrs["medium"] + e.Attrs["type"]; e.Attrs["url"] != "" && (name == "thumbnail" || strings.HasPrefix(kind, "image")) {
				return e.Attrs["url"]
			}
		}
	}
	for _, e := range entry.Enclosures {
		if e != nil && strings.HasPrefix(e.Type, "image/") {
			return e.URL
		}
	}
	return ""
}

// pictures returns the addresses of the pictures in a text.
func pictures(body *html.Node) map[string]bool {
	shown := map[string]bool{}
	for n := range body.Descendants() {
		if n.Type == html.ElementNode && n.DataAtom == atom.Img {
			shown[importer.Attribute(n, "src")] = true
		}
	}
	return shown
}

func plain(s string) string {
	doc, err := importer.ParseHTML(s)
	if err != nil {
		return ""
	}
	return importer.TextOf(doc)
}

// slug returns the last part of an address, where that is a name.
func slug(u *url.URL) string {
	if u == nil {
		return ""
	}
	name := path.Base(strings.TrimSuffix(u.Path, "/"))
	name = strings.TrimSuffix(name, path.Ext(name))
	if strings.Trim(name, "0123456789-") == "" || name == "index" || len(name) < 4 || u.RawQuery != "" {
		return ""
	}
	return vietnamese.Slug(name)
}
