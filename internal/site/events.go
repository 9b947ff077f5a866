package site

import (
	"cmp"
	"slices"
	"time"

	"bantin/internal/article"
	"bantin/internal/vietnamese"
)

// calendarDays is how long a past event stays in the calendars that people
// subscribe to, so that they stay bounded.
const calendarDays = 90

// makeEvents collects the published events in the order they begin.
func (s *Site) makeEvents() {
	byStart := func(a, b index) int {
		return cmp.Or(
			s.entries[a].Event.Start.Start().Compare(s.entries[b].Event.Start.Start()),
			compareAge(s.dated(a), s.dated(b)))
	}
	for _, i := range s.news {
		if e := &s.entries[i]; e.ties != nil && e.Event != nil {
			s.events = append(s.events, i)
		}
	}
	slices.SortFunc(s.events, byStart)
	for _, t := range s.terms[organizationTerm].list {
		slices.SortFunc(t.events, byStart)
	}
}

// eventEnd returns the first moment after an event: its end, else the end of
// the day, month or hour that its start names. An all-day event lasts to the
// end of its last day, whatever times were given; midnight ends the day before
// it, as in calendars.
func eventEnd(e *article.Event) time.Time {
	if !isAllDay(e) {
		if e.End.IsZero() {
			return e.Start.End()
		}
		return e.End.End()
	}
	last := dayOf(e.Start).End()
	if end := e.End; !end.IsZero() && end.End().After(last) {
		if day := dayOf(end); !day.Time.Equal(end.End()) {
			return day.End()
		}
		return end.End()
	}
	return last
}

// dayOf returns the whole day of a date with a time; any other date is as it is.
func dayOf(d vietnamese.Date) vietnamese.Date {
	if d.Precision > vietnamese.Day {
		return vietnamese.Date{Time: midnight(d.Time), Precision: vietnamese.Day}
	}
	return d
}

// isAllDay tells whether an event is one of whole days: said to be, or without
// a time at which it begins.
func isAllDay(e *article.Event) bool { return e.AllDay || e.Start.Precision <= vietnamese.Day }

// eventState tells whether an event is still to come, on, or over.
func (s *Site) eventState(e *article.Event) string {
	switch {
	case !s.now.Before(eventEnd(e)):
		return "past"
	case s.now.Before(e.Start.Start()):
		return "upcoming"
	}
	return "running"
}

// upcoming returns those of a list of events that are not over.
func (s *Site) upcoming(events []index) []index {
	var list []index
	for _, i := range events {
		if s.eventState(s.entries[i].Event) != "past" {
			list = append(list, i)
		}
	}
	return list
}

// inCalendar returns those of a list of events that are not long over.
func (s *Site) inCalendar(events []index) []index {
	var list []index
	for _, i := range events {
		if s.now.Before(s.leftCalendar(s.entries[i].Event)) {
			list = append(list, i)
		}
	}
	return list
}

// leftCalendar returns the local midnight at which an event leaves the
// calendars, counted from its last day.
func (s *Site) leftCalendar(e *article.Event) time.Time {
	last := eventEnd(e).Add(-1) // midnight ends the day before it
	return midnight(last.In(s.cfg.Location)).AddDate(0, 0, calendarDays+1)
}
