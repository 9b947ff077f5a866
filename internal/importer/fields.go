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
// written as the site writes them. What no key takes is noted.
func SetField(it *Item, key, value string, loc *time.Location) {
	if value = oneLine(value); value == "" {
		return
	}
	block, field, nested := strings.Cut(key, ".")
	switch {
	case !nested && setKey(it, key, value, loc):
	case nested && block == "event":
		setBlock(&it.Event, field, value, loc)
	case nested && block == "agreement":
		setBlock(&it.Agreement, field, value, loc)
	case nested && block == "extra":
		if it.Extra == nil {
			it.Extra = &strictyaml.Node{}
		}
		it.Extra.Set(field, strictyaml.Text(value))
	default:
		it.Note("bad-field", key, value)
	}
}

// setKey gives a key of the top level its value; ok is false if it takes none like
// that.
func setKey(it *Item, key, value string, loc *time.Location) (ok bool) {
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
		d, ok := fieldDate(value, loc)
		if ok {
			*map[string]*vietnamese.Date{"date": &it.Date, "updated": &it.Updated, "expires": &it.Expires}[key] = d
		}
		return ok
	default:
		return false
	}
	return true
}

// setBlock gives a key of an event or of an agreement its value.
func setBlock(block **strictyaml.Node, key, value string, loc *time.Location) {
	if *block == nil {
		*block = &strictyaml.Node{}
	}
	switch key {
	case "start", "end", "signed", "from", "to":
		if d, ok := fieldDate(value, loc); ok {
			value = d.String()
		}
	case "parties":
		(*block).Set(key, strictyaml.Texts(strings.FieldsFunc(value, func(r rune) bool { return r == ';' || r == '|' })...))
		return
	}
	(*block).Set(key, strictyaml.Text(value))
}

// fieldDate reads a date as sources write it.
func fieldDate(value string, loc *time.Location) (vietnamese.Date, bool) {
	if d, err := vietnamese.ParseDate(value, loc); err == nil {
		return d, true
	}
	if t, err := time.Parse("20060102", value); err == nil {
		return vietnamese.DayIn(t, loc), true
	}
	if stamps := Stamps(value); len(stamps) > 0 {
		return stamps[0].Date(OrderUnknown, loc)
	}
	return vietnamese.Date{}, false
}
