package render

import (
	"bytes"
	"fmt"

	"bantin/internal/site"
)

// data renders the views whose bytes are a function of the view alone.
func data(view any) ([]byte, error) {
	switch v := view.(type) {
	case site.Calendar:
		return calendar(&v)
	case site.RegisterData:
		if v.CSV {
			return registerCSV(v.Agreements)
		}
		return registerJSON(v.Agreements)
	case site.EventData:
		if v.CSV {
			return eventsCSV(v.Events)
		}
		return eventsJSON(v.Events)
	case site.Sitemap:
		return sitemap(&v), nil
	case site.OPML:
		return opml(&v)
	case site.Redirects:
		return redirects(&v), nil
	case site.Text:
		return textFile(&v), nil
	}
	return nil, fmt.Errorf("no writer for %T", view)
}

// textFile writes a text: what it begins with, then its lines, each with its line
// feed.
func textFile(v *site.Text) []byte {
	var b bytes.Buffer
	if v.Begin != nil {
		b.WriteString(v.Begin.Text)
	}
	for _, line := range v.Lines {
		b.WriteString(line)
		b.WriteByte('\n')
	}
	return b.Bytes()
}
