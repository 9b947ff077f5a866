package render

import (
	"strconv"
	"time"

	"github.com/gorilla/feeds"

	"bantin/internal/site"
)

// atomFeed is an Atom 1.0 document (RFC 4287).
type atomFeed struct {
	*feeds.AtomFeed
	Language  string      `xml:"xml:lang,attr"`
	Links     []atomLink  `xml:"link"`
	Generator string      `xml:"generator"`
	Script    *feedScript `xml:"script"`
	Entries   []byte      `xml:",innerxml"`
}

// atomEntry has several of what feeds.AtomEntry has one.
type atomEntry struct {
	*feeds.AtomEntry
	Content    *atomContent   `xml:"content"`
	Links      []atomLink     `xml:"link"`
	Authors    []atomPerson   `xml:"author"`
	Categories []atomCategory `xml:"category"`
}

type atomLink struct {
	Rel    string `xml:"rel,attr"`
	Type   string `xml:"type,attr,omitempty"`
	Href   string `xml:"href,attr"`
	Title  string `xml:"title,attr,omitempty"`
	Length string `xml:"length,attr,omitempty"`
}

type atomPerson struct {
	Name string `xml:"name"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

// atomContent holds HTML in a CDATA section: to escape each of its characters
// by encoding/xml would cost more than all the rest of the feed.
type atomContent struct {
	Type string `xml:"type,attr"`
	HTML []byte `xml:",cdata"`
}

func newAtomFeed(v *site.Feed) *atomFeed {
	author := v.Author
	if author == "" {
		author = v.Title // an entry may have no author, so the feed must have one
	}
	links := []atomLink{
		{Rel: "alternate", Type: "text/html", Href: v.URL},
		{Rel: "self", Type: "application/atom+xml", Href: v.Self},
	}
	for _, hub := range v.Hubs {
		links = append(links, atomLink{Rel: "hub", Href: hub})
	}
	return &atomFeed{
		AtomFeed: &feeds.AtomFeed{
			Xmlns:    "http://www.w3.org/2005/Atom",
			Title:    v.Title,
			Id:       v.ID,
			Updated:  v.Updated.Start().Format(time.RFC3339),
			Icon:     v.Icon,
			Subtitle: v.Description,
			Author:   &feeds.AtomAuthor{AtomPerson: feeds.AtomPerson{Name: author}},
		},
		Language:  v.Language,
		Links:     links,
		Generator: generator,
		Script:    newFeedScript(v),
		Entries:   v.Encoded,
	}
}

func newAtomEntry(item *site.FeedItem, content []byte) *atomEntry {
	x := &atomEntry{
		AtomEntry: &feeds.AtomEntry{
			Title:     item.Title,
			Id:        item.ID,
			Published: item.Published.Start().Format(time.RFC3339),
			Updated:   item.Modified.Start().Format(time.RFC3339),
		},
		Links: []atomLink{{Rel: "alternate", Type: "text/html", Href: item.URL}},
	}
	if item.Lead != "" {
		x.Summary = &feeds.AtomSummary{Content: item.Lead, Type: "text"}
	}
	if len(content) > 0 {
		x.Content = &atomContent{"html", content}
	}
	for _, name := range authors(item) {
		x.Authors = append(x.Authors, atomPerson{name})
	}
	for _, term := range item.Categories {
		x.Categories = append(x.Categories, atomCategory{term})
	}
	for _, e := range enclosures(item) {
		x.Links = append(x.Links, atomLink{
			Rel:    "enclosure",
			Type:   e.mediaType,
			Href:   e.url,
			Title:  e.title,
			Length: strconv.FormatInt(e.size, 10),
		})
	}
	return x
}
