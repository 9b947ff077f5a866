package importer

import (
	"time"

	"bantin/internal/lazyregexp"
	"bantin/internal/vietnamese"
)

// SetDate gives an item its date out of the stamps of its page, the surest
// first. Where they name two days, or one that can be read in two ways, the item
// is told to lack a date.
func SetDate(it *Item, stamps []Stamp, order Order, loc *time.Location) {
	var published, updated []Stamp
	for _, s := range stamps {
		if s.Updated {
			updated = append(updated, s)
		} else {
			published = append(published, s)
		}
	}
	if len(updated) > 0 {
		if d, ok := updated[0].Date(order, loc); ok {
			it.Updated = d
		}
	}
	if len(published) == 0 && len(updated) > 0 {
		published = updated[:1]
		it.Updated = vietnamese.Date{}
		it.Note("guessed-date", updated[0].Text)
	}
	for _, s := range published {
		d, ok := s.Date(order, loc)
		if !ok {
			continue
		}
		switch {
		case s.IsAmbiguous() && order == OrderMixed:
			other, _ := s.Date(MonthFirst, loc)
			it.Note("ambiguous-date", s.Text, d.String(), other.String())
		case it.Date.IsZero():
			it.Date = d
			if order == MonthFirst && s.IsAmbiguous() {
				it.Note("month-first", s.Text, d.String())
			}
		case sameDay(it.Date, d):
			if d.Precision > it.Date.Precision {
				it.Date = d
			}
		case !it.Has("two-dates"):
			it.Note("two-dates", it.Date.String(), d.String())
		}
	}
	if it.Has("two-dates") || it.Has("ambiguous-date") {
		it.Date, it.Updated = vietnamese.Date{}, vietnamese.Date{}
	}
	if it.Date.IsZero() && !it.Has("two-dates") && !it.Has("ambiguous-date") {
		it.Note("no-date")
		if hint := dayHint(it); hint != "" {
			it.Note("date-hint", hint)
		}
	}
}

var (
	dayAndMonth = lazyregexp.New(`(?i)(?:(?:sáng|trưa|chiều|tối)\s+)?ngày\s+\d{1,2}(?:\s*[/.-]\s*|\s+tháng\s+)\d{1,2}(?:(?:\s*[/.-]\s*|\s+năm\s+)(?:19|20)\d{2})?`)
	someYear    = lazyregexp.New(`\b(?:19|20)\d{2}\b`)
)

// dayHint returns what the first words of a text say of a day, for the person who
// has to find the date.
func dayHint(it *Item) string {
	text := it.Title
	if it.Body != nil {
		text += " " + TextOf(it.Body)
	}
	day := dayAndMonth().FindString(text[:min(len(text), 3000)])
	if day == "" || someYear().MatchString(day) {
		return day
	}
	if year := someYear().FindString(text); year != "" {
		return day + ", " + year
	}
	return day
}

func sameDay(a, b vietnamese.Date) bool {
	return a.Time.Year() == b.Time.Year() && a.Time.YearDay() == b.Time.YearDay()
}
