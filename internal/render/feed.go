package render

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"reflect"
	"slices"
	"strings"

	"github.com/gorilla/feeds"

	"bantin/internal/site"
)

// This file holds what the three feed formats share. Each format has a file of
// its own, which fills the structs of gorilla/feeds, set in our own where the
// library lacks an element. Items are encoded apart from their feeds, since
// most stand in several.

// generator names the program in feeds and calendars. It has no version, so
// that a new version changes no feed.
const generator = "Bantin"

// feed sets the document of a feed around its items.
func feed(buf *bytes.Buffer, v *site.Feed) error {
	switch v.Format {
	case site.Atom:
		return encodeXML(buf, v, newAtomFeed(v))
	case site.JSON:
		return encodeJSONFeed(buf, v)
	}
	return encodeXML(buf, v, newRSSFeed(v))
}

// FeedItem encodes an item as it stands in the feeds of each of some formats,
// and calls keep with it, which must not hold on to the bytes. The items of a
// feed follow one another in Feed.Encoded, with FeedSeparator between them.
func (r *Renderer) FeedItem(item *site.FeedItem, formats []site.FeedFormat, keep func(site.FeedFormat, []byte) error) error {
	content, encoded := r.buffer(), r.buffer()
	defer r.buffers.Put(content)
	defer r.buffers.Put(encoded)
	if err := r.feedContent(content, item); err != nil {
		return err
	}
	for _, format := range formats {
		encoded.Reset()
		if err := r.encodeItem(encoded, format, item, content); err != nil {
			return err
		}
		if err := keep(format, encoded.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// FeedSeparator is what stands between the items of a feed.
func FeedSeparator(format site.FeedFormat) string {
	if format == site.JSON {
		return ","
	}
	return ""
}

func (r *Renderer) encodeItem(buf *bytes.Buffer, format site.FeedFormat, item *site.FeedItem, content *bytes.Buffer) error {
	switch format {
	case site.Atom:
		return r.encodeXMLItem(buf, newAtomEntry(item, content.Bytes()), "  ")
	case site.JSON:
		return encodeJSON(buf, newJSONItem(item, string(borrowed(content))))
	}
	return r.encodeXMLItem(buf, newRSSItem(item, content.Bytes()), "    ")
}

// encodeXML writes the document of a feed with its declaration.
func encodeXML(buf *bytes.Buffer, v *site.Feed, document any) error {
	err := feeds.WriteXML(styledFeed{v.Stylesheet, document}, buf)
	buf.WriteByte('\n')
	return err
}

// encodeXMLItem writes an item from a new line on, indented.
func (r *Renderer) encodeXMLItem(buf *bytes.Buffer, item any, indent string) error {
	w := r.writers.Get().(*bufio.Writer)
	defer r.writers.Put(w)
	w.Reset(buf)
	buf.WriteByte('\n')
	e := xml.NewEncoder(w)
	e.Indent(indent, "  ")
	return e.Encode(item)
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

// feedScript is the script by which a browser makes a page of a feed, with
// links, which CSS cannot make. An element of another namespace may stand in a
// feed (RSS 2.0, Extending RSS; RFC 4287 section 6.4); readers pass it over.
type feedScript struct {
	Namespace string `xml:"xmlns,attr"`
	Source    string `xml:"src,attr"`
	Page      string `xml:"data-page,attr"`
}

// newFeedScript returns the script of a feed, nil for none.
func newFeedScript(v *site.Feed) *feedScript {
	if v.Script == "" {
		return nil
	}
	return &feedScript{"http://www.w3.org/1999/xhtml", v.Script, v.Page}
}

// feedContent writes the content of an item, as HTML that may stand on any
// page. It is empty for an item of which feeds tell the lead alone.
func (r *Renderer) feedContent(buf *bytes.Buffer, item *site.FeedItem) error {
	html := r.buffer()
	defer r.buffers.Put(html)
	if err := r.feedHTML(html, item); err != nil {
		return err
	}
	absoluteLinks(buf, withoutSources(string(borrowed(html))), item.URL)
	content := string(borrowed(buf))
	if valid := validXML(content); len(valid) < len(content) {
		buf.Reset()
		buf.WriteString(valid)
	}
	return nil
}

// feedHTML writes an item in feeds of full texts as its page shows it, and the
// lead and the corrections in feeds of leads, if there are any corrections.
func (r *Renderer) feedHTML(buf *bytes.Buffer, item *site.FeedItem) error {
	corrections := feedPart{"corrections.html", item.Corrections, len(item.Corrections) > 0}
	if !item.FullText {
		if corrections.has {
			buf.WriteString(leadHTML(item.Lead))
		}
		return r.feedParts(buf, corrections)
	}
	event, past := item.Event, item.Event != nil && item.Event.State == "past"
	buf.WriteString(leadHTML(item.Standfirst))
	err := r.feedParts(buf,
		feedPart{"figure.html", item.Image, item.Image != nil && r.chrome.Cover},
		feedPart{"event.html", event, event != nil && !past})
	if err != nil {
		return err
	}
	buf.WriteString(withoutInputs(string(item.HTML)))
	return r.feedParts(buf,
		corrections,
		feedPart{"event.html", event, past},
		feedPart{"agreement.html", item.Agreement, item.Agreement != nil},
		feedPart{"gallery.html", item.Gallery, len(item.Gallery) > 0},
		feedPart{"attachments.html", item.Attachments, len(item.Attachments) > 0})
}

// feedPart is what an item may have beside its text, by the template that shows
// it on the page.
type feedPart struct {
	template string
	view     any
	has      bool
}

// feedParts writes those of some parts that an item has.
func (r *Renderer) feedParts(buf *bytes.Buffer, parts ...feedPart) error {
	for _, p := range parts {
		if !p.has {
			continue
		}
		if err := r.execute(buf, p.template, reflect.ValueOf(p.view)); err != nil {
			return err
		}
	}
	return nil
}

// withoutInputs returns a text with signs in place of the boxes of its task
// lists: readers of feeds let no form through.
func withoutInputs(html string) string {
	if !strings.Contains(html, `<input type="checkbox"`) {
		return html
	}
	return taskSigns.Replace(html)
}

var taskSigns = strings.NewReplacer(`<input type="checkbox" checked disabled>`, "☑", `<input type="checkbox" disabled>`, "☐")

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
