package importer

import (
	"strings"
	"time"

	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
)

// Shortcode returns what the map says of a shortcode: drop, text, link, or "".
func (m *Map) Shortcode(name string) string {
	if m == nil {
		return ""
	}
	return m.Shortcodes[name]
}

// HasSection tells whether the map gives a section to a name of the source.
func (m *Map) HasSection(name string) bool {
	_, ok := m.section("", name, nil)
	return ok
}

// SetField gives a key of the site a value of the source: a key of the top
// level, of a block (event.start), or of extra (extra.so-van-ban). Dates are
// written as the site writes them. What no key takes stands in extra.
func SetField(it *Item, key, value string, loc *time.Location) {
	value = oneLine(value)
	if value == "" {
		return
	}
	date := func() (vietnamese.Date, bool) {
		if d, err := vietnamese.ParseDate(value, loc); err == nil {
			return d, true
		}
		if t, err := time.ParseInLocation("20060102", value, loc); err == nil {
			return vietnamese.Date{Time: t, Precision: vietnamese.Day}, true
		}
		if stamps := Stamps(value); len(stamps) > 0 {
			return stamps[0].Date(OrderUnknown, loc)
		}
		return vietnamese.Date{}, false
	}
	block, field, nested := strings.Cut(key, ".")
	switch {
	case !nested:
		switch key {
		case "title":
			it.Title = value
		case "lead":
			it.Lead = value
		case "author":
			it.Authors = append(it.Authors, value)
		case "tags":
			for tag := range strings.SplitSeq(value, ",") {
				it.Tags = append(it.Tags, strings.TrimSpace(tag))
			}
		case "organization":
			it.Organization = value
		case "section":
			it.Section = value
		case "slug":
			it.Slug = value
		case "date", "updated", "expires":
			d, ok := date()
			if !ok {
				it.Note("bad-field", key, value)
				return
			}
			switch key {
			case "date":
				it.Date = d
			case "updated":
				it.Updated = d
			default:
				it.Expires = d
			}
		default:
			it.Note("bad-field", key, value)
		}
	case block == "event" || block == "agreement":
		node := &it.Event
		if block == "agreement" {
			node = &it.Agreement
		}
		if *node == nil {
			*node = &strictyaml.Node{}
		}
		switch field {
		case "start", "end", "signed", "from", "to":
			if d, ok := date(); ok {
				value = d.String()
			}
		case "parties":
			(*node).Set(field, strictyaml.Texts(strings.FieldsFunc(value, func(r rune) bool { return r == ';' || r == '|' })...))
			return
		}
		(*node).Set(field, strictyaml.Text(value))
	case block == "extra":
		if it.Extra == nil {
			it.Extra = &strictyaml.Node{}
		}
		it.Extra.Set(field, strictyaml.Text(value))
	default:
		it.Note("bad-field", key, value)
	}
}
