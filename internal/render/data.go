package render

import (
	"fmt"
	"strings"

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
		return lines(&v), nil
	}
	return nil, fmt.Errorf("no writer for %T", view)
}

// lines writes the lines of a text, each with its line feed.
func lines(v *site.Text) []byte {
	if len(v.Lines) == 0 {
		return nil
	}
	return []byte(strings.Join(v.Lines, "\n") + "\n")
}
