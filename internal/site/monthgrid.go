package site

import (
	"time"

	"bantin/internal/vietnamese"
)

// Week is a line of a month's leaf: seven days from Monday on.
type Week struct{ Days []Day }

// Day is a day of a month's leaf. Number is 0 for one of another month.
type Day struct {
	Number int
	Event  *Link // the first event of the day, nil for none
	Off    bool  // whether that was cancelled or postponed
}

// weeks returns a month's leaf of the calendar with its events on their days.
// It does not tell which day is today: then it would change every day.
func weeks(m EventMonth) []Week {
	first := time.Date(m.Year, time.Month(m.Month), 1, 0, 0, 0, 0, time.UTC)
	days := make([]Day, (int(first.Weekday())+6)%7) // Monday is the first
	for n := range first.AddDate(0, 1, -1).Day() {
		day := Day{Number: n + 1}
		if e := eventOn(m, n+1); e != nil {
			day.Event = &Link{Title: e.Title, URL: e.URL}
			day.Off = e.Status == "cancelled" || e.Status == "postponed"
		}
		days = append(days, day)
	}
	var list []Week
	for len(days) > 7 {
		list = append(list, Week{days[:7:7]})
		days = days[7:]
	}
	for len(days) < 7 {
		days = append(days, Day{})
	}
	return append(list, Week{days})
}

// eventOn returns the first event of a day, among those that begin in its month:
// one that takes place rather than one that does not.
func eventOn(m EventMonth, day int) *Event {
	var off *Event
	for i := range m.Events {
		e := &m.Events[i]
		if e.Start.Time.Day() > day || day > lastDay(m, e) {
			continue
		}
		if e.Status != "cancelled" && e.Status != "postponed" {
			return e
		}
		if off == nil {
			off = e
		}
	}
	return off
}

// lastDay returns the last day of the month on which an event lasts. One that
// ends at midnight does not last into the day that begins then.
func lastDay(m EventMonth, e *Event) int {
	end := e.Start
	if !e.End.IsZero() {
		end = e.End
	}
	last := end.Time
	if end.Precision >= vietnamese.Minute && last.After(e.Start.Time) {
		last = end.EndOfDays().Add(-time.Nanosecond)
	}
	if last.Year() > m.Year || int(last.Month()) > m.Month {
		return 31
	}
	return last.Day()
}
