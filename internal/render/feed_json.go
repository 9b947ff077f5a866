package render

import (
	"bytes"
	"cmp"

	"github.com/gorilla/feeds"

	"bantin/internal/site"
)

// jsonFeed is a JSON Feed 1.1 document, whose items are written into it
// afterwards. They are never left out, even when there are none: the format
// requires them.
type jsonFeed struct {
	*feeds.JSONFeed
	Items [0]struct{} `json:"items"`
}

// itemsEnd is the end of the document behind the last item.
const itemsEnd = "]}"

type jsonItem struct {
	*feeds.JSONItem
	Attachments []jsonAttachment `json:"attachments,omitempty"`
}

// jsonAttachment stands for feeds.JSONAttachment, which writes the size under
// a name that is not the format's and in 32 bits.
type jsonAttachment struct {
	URL      string `json:"url"`
	MIMEType string `json:"mime_type"`
	Title    string `json:"title,omitempty"`
	Size     int64  `json:"size_in_bytes,omitempty"`
}

// encodeJSONFeed writes the document of a feed, as encodeXML does.
func encodeJSONFeed(buf *bytes.Buffer, v *site.Feed) error {
	if err := encodeJSON(buf, newJSONFeed(v)); err != nil {
		return err
	}
	buf.Truncate(buf.Len() - len(itemsEnd))
	buf.Write(v.Encoded)
	buf.WriteString(itemsEnd + "\n")
	return nil
}

func newJSONFeed(v *site.Feed) *jsonFeed {
	feed := &jsonFeed{
		JSONFeed: &feeds.JSONFeed{
			Version:     "https://jsonfeed.org/version/1.1",
			Title:       v.Title,
			Language:    v.Language,
			HomePageUrl: v.URL,
			FeedUrl:     v.Self,
			Description: v.Description,
			Icon:        v.Icon,
		},
	}
	for _, hub := range v.Hubs {
		feed.Hubs = append(feed.Hubs, &feeds.JSONHub{Type: "WebSub", Url: hub})
	}
	if v.Author != "" {
		feed.Authors = []*feeds.JSONAuthor{{Name: v.Author}}
	}
	return feed
}

func newJSONItem(item *site.FeedItem, content string) *jsonItem {
	if content == "" {
		content = leadHTML(cmp.Or(item.Lead, item.Title)) // an item must have content
	}
	published, modified := item.Published.Start(), item.Modified.Start()
	x := &jsonItem{JSONItem: &feeds.JSONItem{
		Id:            item.ID,
		Url:           item.URL,
		Title:         item.Title,
		ContentHTML:   content,
		Summary:       item.Lead,
		PublishedDate: &published,
		ModifiedDate:  &modified,
		Tags:          item.Categories,
	}}
	if item.Image != nil {
		x.Image = item.Image.URL
	}
	for _, name := range authors(item) {
		x.Authors = append(x.Authors, &feeds.JSONAuthor{Name: name})
	}
	for _, e := range enclosures(item) {
		x.Attachments = append(x.Attachments, jsonAttachment{e.url, e.mediaType, e.title, e.size})
	}
	return x
}
