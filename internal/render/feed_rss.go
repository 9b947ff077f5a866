package render

import (
	"encoding/xml"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/gorilla/feeds"

	"bantin/internal/site"
)

const rssType = "application/rss+xml"

// rssFeed is an RSS 2.0 document with the elements of other namespaces that
// readers know.
type rssFeed struct {
	XMLName  xml.Name   `xml:"rss"`
	Version  string     `xml:"version,attr"`
	Language string     `xml:"xml:lang,attr"`
	Atom     string     `xml:"xmlns:atom,attr"`
	Content  string     `xml:"xmlns:content,attr"`
	DC       string     `xml:"xmlns:dc,attr"`
	Channel  rssChannel `xml:"channel"`
}

type rssChannel struct {
	*feeds.RssFeed
	Links  []rssLink   `xml:"atom:link"`
	Script *feedScript `xml:"script"`
	Items  []byte      `xml:",innerxml"`
}

type rssLink struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
}

// rssItem has several of what feeds.RssItem has one, and its content as bytes.
// RSS tells of no change: atom:updated does.
type rssItem struct {
	XMLName     xml.Name             `xml:"item"`
	Title       string               `xml:"title"`
	Link        string               `xml:"link"`
	Description string               `xml:"description"`
	Content     *rssContent          `xml:"content:encoded"`
	GUID        *feeds.RssGuid       `xml:"guid"`
	PubDate     string               `xml:"pubDate"`
	Creators    []string             `xml:"dc:creator"`
	Categories  []string             `xml:"category"`
	Enclosures  []feeds.RssEnclosure `xml:"enclosure"`
	Updated     string               `xml:"atom:updated"`
}

type rssContent struct {
	HTML []byte `xml:",cdata"`
}

func newRSSFeed(v *site.Feed) *rssFeed {
	channel := &feeds.RssFeed{
		Title:       v.Title,
		Link:        v.URL,
		Description: v.Description,
		Language:    v.Language,
		Generator:   generator,
		Image:       rssImage(v),

		LastBuildDate: v.Updated.Start().Format(time.RFC1123Z),
	}
	links := []rssLink{{v.Self, "self", rssType}}
	for _, hub := range v.Hubs {
		links = append(links, rssLink{Href: hub, Rel: "hub"})
	}
	return &rssFeed{
		Version:  "2.0",
		Language: v.Language,
		Atom:     "http://www.w3.org/2005/Atom",
		Content:  "http://purl.org/rss/1.0/modules/content/",
		DC:       "http://purl.org/dc/elements/1.1/",
		Channel: rssChannel{
			RssFeed: channel,
			Links:   links,
			Script:  newFeedScript(v),
			Items:   v.Encoded,
		},
	}
}

// rssImage returns the channel's picture, which RSS wants as GIF, JPEG or PNG.
func rssImage(v *site.Feed) *feeds.RssImage {
	file, _, _ := strings.Cut(v.Icon, "?")
	switch path.Ext(file) {
	case ".gif", ".jpeg", ".jpg", ".png":
		return &feeds.RssImage{Url: v.Icon, Title: v.Title, Link: v.URL}
	}
	return nil
}

func newRSSItem(item *site.FeedItem, content []byte) *rssItem {
	x := &rssItem{
		Title:       item.Title,
		Link:        item.URL,
		Description: htmlText.Replace(item.Lead),
		GUID:        &feeds.RssGuid{Id: item.ID, IsPermaLink: "false"},
		PubDate:     item.Published.Start().Format(time.RFC1123Z),
		Creators:    authors(item),
		Categories:  item.Categories,
		Updated:     item.Modified.Start().Format(time.RFC3339),
	}
	if len(content) > 0 {
		x.Content = &rssContent{content}
	}
	// RSS 2.0 leaves open how many enclosures an item has. The RSS Best
	// Practices Profile (section 4.2) advises one, for players of podcasts; in
	// feeds of documents one would lose all others, and readers take several.
	for _, e := range enclosures(item) {
		x.Enclosures = append(x.Enclosures, feeds.RssEnclosure{
			Url:    e.url,
			Length: strconv.FormatInt(e.size, 10),
			Type:   e.mediaType,
		})
	}
	return x
}
