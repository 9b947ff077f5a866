package render

import (
	"bytes"
	"fmt"

	"bantin/internal/site"
)

// data writes the views whose bytes are a function of the view alone.
func data(buf *bytes.Buffer, view any) error {
	switch v := view.(type) {
	case site.Calendar:
		return calendar(buf, &v)
	case site.RegisterData:
		if v.CSV {
			return registerCSV(buf, v.Agreements)
		}
		return registerJSON(buf, v.Agreements)
	case site.EventData:
		if v.CSV {
			return eventsCSV(buf, v.Events)
		}
		return eventsJSON(buf, v.Events)
	case site.Sitemap:
		sitemap(buf, &v)
	case site.OPML:
		return opml(buf, &v)
	case site.Redirects:
		redirects(buf, &v)
	case site.TextFile:
		textFile(buf, &v)
	default:
		return fmt.Errorf("no writer for %T", view)
	}
	return nil
}

// textFile writes a text: what it begins with, then its lines, each with its line
// feed.
func textFile(buf *bytes.Buffer, v *site.TextFile) {
	if v.Begin != nil {
		buf.WriteString(v.Begin.Text)
	}
	for _, line := range v.Lines {
		buf.WriteString(line)
		buf.WriteByte('\n')
	}
}
