package render

import (
	"bytes"
	"strconv"

	"bantin/internal/site"
)

var eventColumns = []string{
	"id", "title", "start", "end", "all_day", "location", "address", "organizer", "status", "link", "url",
}

// eventsCSV writes one line for each event. Dates are ISO 8601 at the precision
// given, an unknown value is empty.
func eventsCSV(buf *bytes.Buffer, events []site.Event) error {
	return encodeCSV(buf, eventColumns, events, eventRow)
}

func eventRow(e *site.Event) []string {
	organizer := ""
	if e.Organizer != nil {
		organizer = e.Organizer.Title
	}
	return []string{
		e.ID, e.Title, e.Start.ISO(), e.End.ISO(), strconv.FormatBool(e.AllDay),
		e.Location, e.Address, organizer, e.Status, e.Link, e.URL,
	}
}

// eventEntry is an event in data.json, which is an array of these. Every key is
// always there: an unknown text or date is "", an unknown organizer null. Dates
// are ISO 8601 at the precision given ("2020-03-11",
// "2020-03-11T14:00:00+07:00"), URLs absolute.
type eventEntry struct {
	ID        string    `json:"id"` // for ever the same
	Title     string    `json:"title"`
	Start     string    `json:"start"`
	End       string    `json:"end"` // a bare day belongs to the event
	AllDay    bool      `json:"all_day"`
	Location  string    `json:"location"`
	Address   string    `json:"address"`
	Organizer *dataBody `json:"organizer"`
	Status    string    `json:"status"`   // "scheduled", "postponed", "cancelled" or "online"
	Link      string    `json:"link"`     // the event's own page elsewhere
	URL       string    `json:"url"`      // of the article that tells of it
	Calendar  string    `json:"calendar"` // the event alone as iCalendar
}

// eventsJSON writes the events in the order given.
func eventsJSON(buf *bytes.Buffer, events []site.Event) error {
	return encodeJSONList(buf, events, newEventEntry)
}

func newEventEntry(e *site.Event) eventEntry {
	entry := eventEntry{
		ID:       e.ID,
		Title:    e.Title,
		Start:    e.Start.ISO(),
		End:      e.End.ISO(),
		AllDay:   e.AllDay,
		Location: e.Location,
		Address:  e.Address,
		Status:   e.Status,
		Link:     e.Link,
		URL:      e.URL,
		Calendar: e.Calendar,
	}
	if e.Organizer != nil {
		entry.Organizer = &dataBody{e.Organizer.Title, e.Organizer.URL}
	}
	return entry
}
