package site

import (
	"slices"
	"strconv"
	"time"

	"bantin/internal/vietnamese"
)

// Events is the view of events.html: upcoming events (Year 0) in the order
// they come, or those of a year.
type Events struct {
	Head     Head
	Year     int
	Section  *List // of a section that is this page as well: its title, text and articles; nil for none
	Months   []EventMonth
	Years    []Link // the years that have events, newest first; on the front page only
	Calendar string // URL of lich.ics
	CSV      string
	JSON     string
}

// EventMonth is the events that begin in one month.
type EventMonth struct {
	Year, Month int
	Events      []Event
	Weeks       []Week // of the month, as a calendar's leaf
}

// eventsView makes the page of the events to come (year 0) or of a year.
func (w views) eventsView(p Page, d Digests) Events {
	year := p.number
	title, url := w.in.Text("events"), w.eventsURL(year)
	list := w.coming
	if year != 0 {
		title, list = w.in.Text("events-year", strconv.Itoa(year)), w.eventsOf(year)
	}
	v := Events{
		Head:     w.head(title, "", url),
		Year:     year,
		Calendar: w.calendarURL(w.eventsURL(0)),
		CSV:      w.eventsURL(0) + "data.csv",
		JSON:     w.eventsURL(0) + "data.json",
	}
	if year == 0 {
		v.Section, v.Head = w.madePage("events", p, d, v.Head)
		for _, y := range w.eventYears() {
			v.Years = append(v.Years, Link{Title: strconv.Itoa(y), URL: w.eventsURL(y)})
		}
	} else {
		v.Head.Breadcrumb = []Link{w.eventsLink()}
	}
	for _, i := range list {
		event := *w.eventView(i)
		m := monthOf(event.Start)
		if n := len(v.Months); n == 0 || v.Months[n-1].Year != m.Year || v.Months[n-1].Month != m.Month {
			v.Months = append(v.Months, EventMonth{Year: m.Year, Month: m.Month})
		}
		last := &v.Months[len(v.Months)-1]
		last.Events = append(last.Events, event)
	}
	for k := range v.Months {
		v.Months[k].Weeks = weeks(v.Months[k])
	}
	return v
}

// Event is an event (schema.org Event). State is computed against now:
// "upcoming", "running" or "past".
type Event struct {
	ID        string // of its article
	Title     string
	URL       string // of its article, root-relative
	Start     vietnamese.Date
	End       vietnamese.Date
	AllDay    bool
	Location  string
	Address   string
	Organizer *Link
	Link      string // the event's own page elsewhere, "" for none
	Status    string // "scheduled", "postponed", "cancelled", "online"
	Calendar  string // URL of its lich.ics
	State     string
	Mark      Mark
	Language  string // of the place, if that is not the page's
}

// eventView returns the view of article i's event.
func (w views) eventView(i index) *Event {
	e := &w.entries[i]
	return &Event{
		ID:        e.ID.Value,
		Title:     e.Title.Value,
		URL:       w.url(e),
		Start:     e.Event.Start,
		End:       e.Event.End,
		AllDay:    e.Event.IsAllDay(),
		Location:  e.Event.Location,
		Address:   e.Event.Address,
		Organizer: termLink(e.organizer),
		Link:      e.Event.URL,
		Status:    string(e.Event.Status),
		Calendar:  w.calendarURL(w.url(e)),
		State:     w.eventState(e.Event),
		Mark:      w.mark(i),
		Language:  w.originalLanguage(i),
	}
}

// eventsLink returns the link to the page of the events, by the title of the
// section that is that page, if there is one.
func (w views) eventsLink() Link {
	if w.ofEvents != nil {
		return w.ofEvents.link()
	}
	return Link{Title: w.in.Text("events"), URL: w.eventsURL(0)}
}

// EventData is the view of the events as CSV and JSON. URLs are absolute.
type EventData struct {
	CSV    bool
	Events []Event
}

// eventData makes the data of all events, newest first.
func (w views) eventData(p Page) EventData {
	v := EventData{CSV: p.csv, Events: make([]Event, 0, len(w.events))}
	for _, i := range slices.Backward(w.events) {
		event := w.eventView(i)
		event.State = ""
		w.makeEventAbsolute(event)
		v.Events = append(v.Events, *event)
	}
	return v
}

// makeEventAbsolute makes the URLs of an event's view absolute.
func (w views) makeEventAbsolute(event *Event) {
	event.URL, event.Calendar = w.absolute(event.URL), w.absolute(event.Calendar)
	if event.Organizer != nil {
		event.Organizer.URL = w.absolute(event.Organizer.URL)
	}
}

// sequence returns the revision of an event (RFC 5545 section 3.8.7.4): whole
// minutes from the date of its article to the last change.
func (s *articles) sequence(e *entry) int {
	return max(0, int(s.modified(e.Article).Start().Sub(e.Date.Start())/time.Minute))
}

// Calendar is the view of an iCalendar file (RFC 5545). All URLs are absolute.
type Calendar struct {
	Name        string
	TimeZone    string // IANA name
	Observances []Observance
	Events      []CalendarEvent
}

// CalendarEvent is one VEVENT.
type CalendarEvent struct {
	UID         string
	URL         string // of its article
	Summary     string // the title, behind the word for a status that one must know
	Description string
	Location    string
	Organizer   string // name
	Email       string // of the organizer, "" if unknown: then there is no ORGANIZER
	Start, End  vietnamese.Date
	AllDay      bool
	Status      string // as Event.Status
	Link        string
	Created     vietnamese.Date
	Modified    vietnamese.Date // DTSTAMP and LAST-MODIFIED
	Sequence    int             // whole minutes from Created to Modified
}

// calendarView makes the calendar of an event, of an organization or of all.
func (w views) calendarView(p Page) Calendar {
	v := Calendar{
		Name:        w.cfg.Title,
		TimeZone:    w.cfg.Location.String(),
		Observances: w.observances,
	}
	switch {
	case p.term != nil:
		v.Name = p.term.title
		v.Events = w.calendarEvents(w.inCalendar(p.term.events))
	case p.index >= 0:
		v.Name = w.entries[p.index].Title.Value
		v.Events = w.calendarEvents([]index{p.index})
	default:
		v.Events = w.calendarEvents(w.inCalendar(w.events))
	}
	return v
}

func (w views) calendarEvents(list []index) []CalendarEvent {
	events := make([]CalendarEvent, 0, len(list))
	for _, i := range list {
		events = append(events, w.calendarEvent(i))
	}
	return events
}

func (w views) calendarEvent(i index) CalendarEvent {
	e := &w.entries[i]
	event := e.Event
	location := event.Location
	if event.Address != "" && location != "" {
		location += ", "
	}
	v := CalendarEvent{
		UID:         w.tagURI(e.ID.Value),
		URL:         e.absolute(),
		Summary:     w.eventSummary(e),
		Description: e.Lead,
		Location:    location + event.Address,
		Start:       event.Start,
		End:         event.End,
		AllDay:      event.IsAllDay(),
		Status:      string(event.Status),
		Link:        event.URL,
		Created:     e.Date,
		Modified:    w.modified(e.Article),
		Sequence:    w.sequence(e),
	}
	if e.organizer != nil {
		v.Organizer = e.organizer.title
		if vietnamese.NameKey(v.Organizer) == vietnamese.NameKey(w.chrome.Body.Name) {
			v.Email = w.chrome.Body.Email
		}
	}
	return v
}

// eventSummary returns an event's title, behind its status if it does not take
// place as planned: many programs show no more of an event.
func (w views) eventSummary(e *entry) string {
	switch status := string(e.Event.Status); status {
	case "cancelled", "postponed":
		return w.in.Text("event-"+status) + ": " + e.Title.Value
	}
	return e.Title.Value
}
