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

// agenda is the events.
type agenda struct {
	*taxonomy

	events []index // published articles with an event, by start
	coming []index // those of them that are not over
}

// makeEvents collects the published events in the order they begin.
func (g *agenda) makeEvents() {
	byStart := func(a, b index) int {
		return cmp.Or(
			g.entries[a].Event.Start.Start().Compare(g.entries[b].Event.Start.Start()),
			compareAge(g.dated(a), g.dated(b)))
	}
	for _, i := range g.published {
		if e := &g.entries[i]; e.relations != nil && e.Event != nil {
			g.events = append(g.events, i)
		}
	}
	slices.SortFunc(g.events, byStart)
	g.coming = g.upcoming(g.events)
	for _, t := range g.terms[organizationTerm].list {
		slices.SortFunc(t.events, byStart)
	}
}

// eventState tells whether an event is still to come, on, or over.
func (s *articles) eventState(e *article.Event) string {
	switch {
	case !s.now.Before(e.Ends()):
		return "past"
	case s.now.Before(e.Start.Start()):
		return "upcoming"
	}
	return "running"
}

// upcoming returns those of a list of events that are not over.
func (g *agenda) upcoming(events []index) []index {
	var list []index
	for _, i := range events {
		if g.eventState(g.entries[i].Event) != "past" {
			list = append(list, i)
		}
	}
	return list
}

// inCalendar returns those of a list of events that are not long over.
func (g *agenda) inCalendar(events []index) []index {
	var list []index
	for _, i := range events {
		if g.now.Before(g.leftCalendar(g.entries[i].Event)) {
			list = append(list, i)
		}
	}
	return list
}

// leftCalendar returns the local midnight at which an event leaves the
// calendars, counted from its last day.
func (s *articles) leftCalendar(e *article.Event) time.Time {
	last := e.Ends().Add(-1) // midnight ends the day before it
	return vietnamese.MidnightAfter(last.In(s.cfg.Location), calendarDays+1)
}
