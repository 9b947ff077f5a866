package site

import "time"

// Observances are told from the first of these moments to the second: those of
// the past for events in an archive, those to come as far as 32 bit programs
// count.
var (
	firstObservance = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	lastObservance  = time.Date(2037, 12, 31, 0, 0, 0, 0, time.UTC)
)

// observances returns the offsets from UTC that a zone has, each with the
// moments at which its clocks are set so (RFC 5545 section 3.6.5).
func observances(zone *time.Location) []Observance {
	at := firstObservance.In(zone)
	name, offset := at.Zone()
	list := []Observance{{Name: name, From: offset, To: offset, Daylight: at.IsDST(), Starts: []string{at.Format(wallClock)}}}
	for {
		_, change := at.ZoneBounds()
		if change.IsZero() || change.After(lastObservance) {
			return list
		}
		before := offset
		name, offset = change.Zone()
		o := Observance{Name: name, From: before, To: offset, Daylight: change.IsDST()}
		start := change.In(time.FixedZone("", before)).Format(wallClock)
		list = addObservance(list, o, start)
		at = change
	}
}

// wallClock is a time as clocks show it in iCalendar.
const wallClock = "20060102T150405"

func addObservance(list []Observance, o Observance, start string) []Observance {
	for i := range list {
		if same := &list[i]; same.Name == o.Name && same.From == o.From && same.To == o.To && same.Daylight == o.Daylight {
			same.Starts = append(same.Starts, start)
			return list
		}
	}
	o.Starts = []string{start}
	return append(list, o)
}

// Observance is an offset from UTC that a time zone has, again and again.
type Observance struct {
	Name     string   // "+07", "CEST"
	From, To int      // seconds east of UTC, before and from its start on
	Daylight bool     // daylight saving time
	Starts   []string // when clocks that show From are set, as 20060102T150405
}
