package render

import (
	"bytes"
	"encoding/xml"

	"bantin/internal/site"
)

// opmlDocument is a subscription list (OPML 2.0). It has no dateCreated: no
// clock is read.
type opmlDocument struct {
	XMLName  xml.Name      `xml:"opml"`
	Version  string        `xml:"version,attr"`
	Title    string        `xml:"head>title"`
	Outlines []opmlOutline `xml:"body>outline"`
}

type opmlOutline struct {
	Text    string `xml:"text,attr"`
	Title   string `xml:"title,attr"`
	Type    string `xml:"type,attr"`
	Version string `xml:"version,attr"`
	XMLURL  string `xml:"xmlUrl,attr"`
	HTMLURL string `xml:"htmlUrl,attr"`
}

// opml writes the list of the RSS feeds. The other formats are left out: who
// imports the list would get every article once for each.
func opml(buf *bytes.Buffer, v *site.OPML) error {
	doc := opmlDocument{Version: "2.0", Title: v.Title}
	for _, g := range v.Groups {
		for _, f := range g.Feeds {
			if f.Type == rssType {
				doc.Outlines = append(doc.Outlines, opmlOutline{g.Title, g.Title, "rss", "RSS2", f.URL, g.URL})
			}
		}
	}
	buf.WriteString(xml.Header)
	e := xml.NewEncoder(buf)
	e.Indent("", "  ")
	err := e.Encode(doc)
	buf.WriteByte('\n')
	return err
}
