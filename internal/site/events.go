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
	for _, i := range s.published {
		if e := &s.entries[i]; e.relations != nil && e.Event != nil {
			s.events = append(s.events, i)
		}
	}
	slices.SortFunc(s.events, byStart)
	for _, t := range s.terms[organizationTerm].list {
		slices.SortFunc(t.events, byStart)
	}
}

// eventState tells whether an event is still to come, on, or over.
func (s *Site) eventState(e *article.Event) string {
	switch {
	case !s.now.Before(e.Ends()):
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
	last := e.Ends().Add(-1) // midnight ends the day before it
	return vietnamese.Midnight(last.In(s.cfg.Location)).AddDate(0, 0, calendarDays+1)
}
