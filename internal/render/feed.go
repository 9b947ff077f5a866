package render

import (
	"bytes"
	"encoding/xml"
	"slices"

	"github.com/gorilla/feeds"

	"bantin/internal/site"
)

// This file holds what the three feed formats share. Each format has a file of
// its own, which fills the structs of gorilla/feeds, embedded in our own where
// the library lacks an element.

// generator names the program in feeds and calendars. It has no version, so
// that a new version changes no feed.
const generator = "Bantin"

func (r *Renderer) feed(buf *bytes.Buffer, v *site.Feed) error {
	contents, err := r.feedContents(v)
	if err != nil {
		return err
	}
	switch v.Format {
	case site.Atom:
		return encodeXML(buf, v, newAtomFeed(v, contents))
	case site.JSON:
		doc, err := encodeJSON(newJSONFeed(v, contents), "")
		buf.Write(doc)
		return err
	}
	return encodeXML(buf, v, newRSSFeed(v, contents))
}

// encodeXML writes the document of a feed with its declaration.
func encodeXML(buf *bytes.Buffer, v *site.Feed, document any) error {
	err := feeds.WriteXML(styledFeed{v.Stylesheet, document}, buf)
	buf.WriteByte('\n')
	return err
}

// styledFeed is an XML feed behind the instruction that names its style sheet
// (W3C, Associating Style Sheets with XML documents): what a browser shows of
// it is then readable.
type styledFeed struct {
	stylesheet string // "" for none
	document   any
}

// FeedXml makes the feed one that feeds.WriteXML takes.
func (f styledFeed) FeedXml() any { return f }

// MarshalXML writes the instruction, then the document.
func (f styledFeed) MarshalXML(e *xml.Encoder, _ xml.StartElement) error {
	if f.stylesheet != "" {
		var href bytes.Buffer
		xml.EscapeText(&href, []byte(f.stylesheet)) // a Buffer takes every byte
		inst := []byte(`type="text/css" href="` + href.String() + `"`)
		if err := e.EncodeToken(xml.ProcInst{Target: "xml-stylesheet", Inst: inst}); err != nil {
			return err
		}
	}
	return e.Encode(f.document)
}

// feedContents returns the text of each item as HTML that may stand on any
// page; "" for an item of which the feed tells the lead alone.
func (r *Renderer) feedContents(v *site.Feed) ([]string, error) {
	contents := make([]string, len(v.Items))
	for i := range v.Items {
		item := &v.Items[i]
		html, err := r.feedContent(item, v.FullText)
		if err != nil {
			return nil, err
		}
		contents[i] = validXML(absoluteLinks(html, item.URL))
	}
	return contents, nil
}

// feedContent returns the text of an item in a feed of full texts, and the
// corrections in any: behind the text, else behind the lead.
func (r *Renderer) feedContent(item *site.FeedItem, fullText bool) (string, error) {
	var html string
	switch {
	case fullText:
		html = leadHTML(item.Standfirst) + string(item.Body.HTML)
	case len(item.Corrections) > 0:
		html = leadHTML(item.Lead)
	}
	if len(item.Corrections) == 0 {
		return html, nil
	}
	corrections, err := r.html("corrections.html", item.Corrections)
	return html + string(corrections), err
}

// leadHTML returns a lead as a paragraph, "" for none.
func leadHTML(lead string) string {
	if lead == "" {
		return ""
	}
	return "<p>" + htmlText.Replace(lead) + "</p>\n"
}

// authors returns those who speak in an item: its authors, then the body in
// whose name they do. All three formats take a body for an author as well (RFC
// 4287 section 3.2: "a person, corporation, or similar entity").
func authors(item *site.FeedItem) []string {
	if item.Organization == "" || slices.Contains(item.Authors, item.Organization) {
		return item.Authors
	}
	return append(slices.Clip(item.Authors), item.Organization)
}

// enclosure is a file that comes with an item.
type enclosure struct {
	url       string
	title     string
	mediaType string
	size      int64 // bytes
}

// enclosures returns the files of an item: its cover image first, since many
// readers show no more than one.
func enclosures(item *site.FeedItem) []enclosure {
	var list []enclosure
	if image := item.Image; image != nil {
		list = append(list, enclosure{image.URL, image.Alt, image.Type, image.Size})
	}
	for _, a := range item.Attachments {
		list = append(list, enclosure{a.URL, a.Title, a.Type, a.Size})
	}
	return list
}
