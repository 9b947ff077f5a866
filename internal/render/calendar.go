package render

import (
	"bytes"
	"fmt"
	"net/mail"
	"strings"
	"time"
	"unicode"

	ics "github.com/arran4/golang-ical"

	"bantin/internal/site"
	"bantin/internal/vietnamese"
)

// refreshInterval is how often a program is asked to look for news of the
// events (RFC 7986 section 5.7, and Microsoft's older X-PUBLISHED-TTL).
const refreshInterval = "PT6H"

// calendar writes an iCalendar file (RFC 5545). All times are in UTC, which
// is exact for single events in any zone; days are days, without a zone. The
// site's zone stands there all the same: a calendar must have a component, and
// one of an event that was withdrawn would have none (section 3.6). There is no METHOD: RFC 5546 would then want an
// ORGANIZER in every event.
func calendar(buf *bytes.Buffer, v *site.Calendar) error {
	cal := &ics.Calendar{}
	cal.SetVersion("2.0")
	cal.SetProductId("-//Bantin//Bantin//EN")
	cal.SetName(calendarText(v.Name))
	cal.SetXWRTimezone(calendarText(v.TimeZone))
	cal.SetRefreshInterval(refreshInterval)
	cal.SetXPublishedTTL(refreshInterval)
	cal.AddVTimezone(newVTimezone(v))
	for i := range v.Events {
		cal.AddVEvent(newVEvent(&v.Events[i]))
	}
	return cal.SerializeTo(buf, ics.WithNewLineWindows)
}

func newVTimezone(v *site.Calendar) *ics.VTimezone {
	zone := ics.NewTimezone(calendarText(v.TimeZone))
	for _, o := range v.Observances {
		base := ics.ComponentBase{Properties: []ics.IANAProperty{
			property("DTSTART", o.Starts[0]),
			property("TZOFFSETFROM", utcOffset(o.From)),
			property("TZOFFSETTO", utcOffset(o.To)),
			property("TZNAME", calendarText(o.Name)),
		}}
		if more := o.Starts[1:]; len(more) > 0 {
			base.Properties = append(base.Properties, property("RDATE", strings.Join(more, ",")))
		}
		if o.Daylight {
			zone.Components = append(zone.Components, &ics.Daylight{ComponentBase: base})
		} else {
			zone.Components = append(zone.Components, &ics.Standard{ComponentBase: base})
		}
	}
	return zone
}

func property(name, value string) ics.IANAProperty {
	return ics.IANAProperty{BaseProperty: ics.BaseProperty{IANAToken: name, Value: value}}
}

// utcOffset writes seconds east of UTC as +0700, with seconds only where a zone
// has them (RFC 5545 section 3.3.14).
func utcOffset(seconds int) string {
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	text := fmt.Sprintf("%c%02d%02d", sign, seconds/3600, seconds/60%60)
	if seconds%60 > 0 {
		text += fmt.Sprintf("%02d", seconds%60)
	}
	return text
}

func newVEvent(e *site.CalendarEvent) *ics.VEvent {
	x := ics.NewEvent(e.UID)
	x.SetDtStampTime(e.Modified.Start())
	x.SetCreatedTime(e.Created.Start())
	x.SetLastModifiedAt(e.Modified.Start())
	x.SetSequence(e.Sequence)
	setEventTimes(x, e)
	if !isBusy(e) {
		x.SetTimeTransparency(ics.TransparencyTransparent)
	}
	x.SetSummary(calendarText(e.Summary))
	if description := eventDescription(e); description != "" {
		x.SetDescription(description)
	}
	if location := eventLocation(e); location != "" {
		x.SetLocation(location)
	}
	x.SetURL(e.URL)
	x.SetStatus(calendarStatus(e.Status))
	setOrganizer(x, e)
	return x
}

// setEventTimes sets when an event begins and ends. DTEND is the first moment
// or day after the event, and must lie behind DTSTART: without one an event
// has no known end, or lasts one day (RFC 5545 section 3.6.1).
func setEventTimes(x *ics.VEvent, e *site.CalendarEvent) {
	if !e.AllDay {
		x.SetStartAt(e.Start.Start())
		if end := e.End.End(); !e.End.IsZero() && end.After(e.Start.Start()) {
			x.SetEndAt(end)
		}
		return
	}
	x.SetAllDayStartAt(e.Start.Start())
	if end := e.End.EndOfDays(); !e.End.IsZero() && end.After(e.Start.Start()) {
		x.SetAllDayEndAt(end)
	}
}

// isBusy tells whether an event takes up the time of who has it in a calendar:
// one of whole days or of several days is there to be known of. One that goes on
// past midnight is still one evening's.
func isBusy(e *site.CalendarEvent) bool {
	if e.AllDay {
		return false
	}
	start, end := e.Start.Start(), e.End.End()
	if e.End.IsZero() || !end.After(start) {
		return true
	}
	lastDay := vietnamese.Midnight(end.Add(-1).In(start.Location()))
	return !lastDay.After(vietnamese.Midnight(start)) || end.Sub(start) < 12*time.Hour
}

func calendarStatus(status string) ics.ObjectStatus {
	switch status {
	case "cancelled":
		return ics.ObjectStatusCancelled
	case "postponed":
		return ics.ObjectStatusTentative
	}
	return ics.ObjectStatusConfirmed
}

// eventDescription returns the lead, the event's own page and the article's:
// several programs show no URL but those in the text.
func eventDescription(e *site.CalendarEvent) string {
	var lines []string
	for _, line := range []string{e.Description, e.Link, e.URL} {
		if line != "" {
			lines = append(lines, calendarText(line))
		}
	}
	return strings.Join(lines, "\n")
}

// eventLocation returns where to go; for an online event without a place, the
// page where it takes place.
func eventLocation(e *site.CalendarEvent) string {
	if e.Location == "" && e.Status == "online" {
		return calendarText(e.Link)
	}
	return calendarText(e.Location)
}

// setOrganizer names the organizer if there is a mailbox, which ORGANIZER
// must have (RFC 5545 section 3.8.4.3).
func setOrganizer(x *ics.VEvent, e *site.CalendarEvent) {
	address, err := mail.ParseAddress(e.Email)
	if err != nil || address.Address != e.Email || strings.ContainsAny(e.Email, "\",;\\ ") {
		return
	}
	property := ics.ComponentPropertyOrganizer
	if e.Organizer != "" {
		// The library escapes a parameter with backslashes, which RFC 5545 knows in
		// values only; so the quoted parameter goes in with the name.
		property += ics.ComponentProperty(`;CN="` + parameterEscaper.Replace(calendarText(e.Organizer)) + `"`)
	}
	x.AddProperty(property, "mailto:"+e.Email)
}

// parameterEscaper writes what a quoted parameter cannot hold (RFC 6868).
var parameterEscaper = strings.NewReplacer("^", "^^", `"`, "^'", "\n", "^n")

// calendarText returns s as valid UTF-8 without control characters but line
// feeds and tabs: TEXT allows no others (RFC 5545 section 3.3.11), and the library folds
// by whole characters only if they are valid.
func calendarText(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}
