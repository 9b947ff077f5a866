package render_test

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/emersion/go-ical"
	"github.com/google/go-cmp/cmp"

	"bantin/internal/site"
	"bantin/internal/vietnamese"
)

// testEvent is an event of an afternoon with all that may be told of one.
func testEvent(t testing.TB) site.CalendarEvent {
	return site.CalendarEvent{
		UID:         "tag:ductho.example,2026:20200311-ky-ket",
		URL:         "https://ductho.example/tin-tuc/ky-ket/",
		Summary:     "Ký kết; ra quân, năm 2020",
		Description: `UBND và Ủy ban MTTQ \ ký kết.`,
		Location:    "Hội trường UBND huyện, Đức Thọ",
		Organizer:   `UBND huyện "Đức Thọ"; phòng Văn hóa`,
		Email:       "ubnd@ductho.example",
		Start:       day(t, "14:00 11/3/2020"),
		End:         day(t, "16:30 11/3/2020"),
		Status:      "scheduled",
		Created:     day(t, "19:02 1/3/2020"),
		Modified:    day(t, "8:05 3/3/2020"),
		Sequence:    2223,
	}
}

func testCalendar(events ...site.CalendarEvent) site.Calendar {
	return site.Calendar{
		Name:        "Lịch huyện Đức Thọ, Hà Tĩnh",
		TimeZone:    "Asia/Ho_Chi_Minh",
		Observances: []site.Observance{{Name: "+07", From: 25200, To: 25200, Starts: []string{"20000101T070000"}}},
		Events:      events,
	}
}

func parseCalendar(t testing.TB, v site.Calendar) *ical.Calendar {
	t.Helper()
	cal, err := ical.NewDecoder(bytes.NewReader(bytesOf(t, v))).Decode()
	if err != nil {
		t.Fatal(err)
	}
	return cal
}

func parseEvent(t testing.TB, e site.CalendarEvent) ical.Event {
	t.Helper()
	events := parseCalendar(t, testCalendar(e)).Events()
	if len(events) != 1 {
		t.Fatalf("%d events, want 1", len(events))
	}
	return events[0]
}

func TestACalendarIsWrittenSo(t *testing.T) {
	want := strings.ReplaceAll(`BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Bantin//Bantin//EN
NAME:Lịch huyện Đức Thọ\, Hà Tĩnh
X-WR-CALNAME:Lịch huyện Đức Thọ\, Hà Tĩnh
X-WR-TIMEZONE:Asia/Ho_Chi_Minh
REFRESH-INTERVAL;VALUE=DURATION:PT6H
X-PUBLISHED-TTL:PT6H
BEGIN:VTIMEZONE
TZID:Asia/Ho_Chi_Minh
BEGIN:STANDARD
DTSTART:20000101T070000
TZOFFSETFROM:+0700
TZOFFSETTO:+0700
TZNAME:+07
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:tag:ductho.example\,2026:20200311-ky-ket
DTSTAMP:20200303T010500Z
CREATED:20200301T120200Z
LAST-MODIFIED:20200303T010500Z
SEQUENCE:2223
DTSTART:20200311T070000Z
DTEND:20200311T093000Z
SUMMARY:Ký kết\; ra quân\, năm 2020
DESCRIPTION:UBND và Ủy ban MTTQ \\ ký
  kết.\nhttps://ductho.example/tin-tuc/ky-ket/
LOCATION:Hội trường UBND huyện\, Đức Thọ
URL:https://ductho.example/tin-tuc/ky-ket/
STATUS:CONFIRMED
ORGANIZER;CN="UBND huyện ^'Đức Thọ^'; phòng Văn
  hóa":mailto:ubnd@ductho.example
END:VEVENT
END:VCALENDAR
`, "\n", "\r\n")
	if got := string(bytesOf(t, testCalendar(testEvent(t)))); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestACalendarProgramReadsTheWordsOfAnEvent(t *testing.T) {
	event := parseEvent(t, testEvent(t))
	want := map[string]string{
		"UID":         "tag:ductho.example,2026:20200311-ky-ket",
		"SUMMARY":     "Ký kết; ra quân, năm 2020",
		"DESCRIPTION": "UBND và Ủy ban MTTQ \\ ký kết.\nhttps://ductho.example/tin-tuc/ky-ket/",
		"LOCATION":    "Hội trường UBND huyện, Đức Thọ",
		"STATUS":      "CONFIRMED",
	}
	for name, text := range want {
		if got, err := event.Props.Text(name); err != nil || got != text {
			t.Errorf("%s: %q (%v), want %q", name, got, err, text)
		}
	}
	organizer := event.Props.Get("ORGANIZER")
	if got, want := organizer.Params.Get("CN"), "UBND huyện ^'Đức Thọ^'; phòng Văn hóa"; got != want {
		t.Errorf("CN %q, want %q", got, want) // go-ical does not undo RFC 6868
	}
	if got, want := organizer.Value, "mailto:ubnd@ductho.example"; got != want {
		t.Errorf("ORGANIZER %q, want %q", got, want)
	}
}

func TestAnEventBeginsAndEndsWhenItsEditorSaid(t *testing.T) {
	const none = "none"
	tests := map[string]struct {
		zone, start, end string
		allDay           bool
		wantStart        string
		wantEnd          string
	}{
		"an afternoon":                  {"Asia/Ho_Chi_Minh", "14:00 11/3/2020", "16:30 11/3/2020", false, "20200311T070000Z", "20200311T093000Z"},
		"without end":                   {"Asia/Ho_Chi_Minh", "14:00 11/3/2020", "", false, "20200311T070000Z", none},
		"ended when it began":           {"Asia/Ho_Chi_Minh", "14:00 11/3/2020", "14:00 11/3/2020", false, "20200311T070000Z", none},
		"until midnight":                {"Asia/Ho_Chi_Minh", "20:00 11/3/2020", "0:00 12/3/2020", false, "20200311T130000Z", "20200311T170000Z"},
		"before seven":                  {"Asia/Ho_Chi_Minh", "6:00 11/3/2020", "6:30 11/3/2020", false, "20200310T230000Z", "20200310T233000Z"},
		"until the end of a day":        {"Asia/Ho_Chi_Minh", "14:00 11/3/2020", "12/3/2020", false, "20200311T070000Z", "20200312T170000Z"},
		"summer time":                   {"Europe/Prague", "14:00 11/7/2020", "16:00 11/7/2020", false, "20200711T120000Z", "20200711T140000Z"},
		"over the change of clocks":     {"Europe/Prague", "23:00 28/3/2020", "8:00 29/3/2020", false, "20200328T220000Z", "20200329T060000Z"},
		"one day":                       {"Asia/Ho_Chi_Minh", "11/3/2020", "", true, "20200311", none},
		"one day, with its end":         {"Asia/Ho_Chi_Minh", "11/3/2020", "11/3/2020", true, "20200311", "20200312"},
		"three days":                    {"Asia/Ho_Chi_Minh", "30/12/2020", "1/1/2021", true, "20201230", "20210102"},
		"days with times":               {"Asia/Ho_Chi_Minh", "7:00 11/3/2020", "17:00 12/3/2020", true, "20200311", "20200313"},
		"days until midnight":           {"Asia/Ho_Chi_Minh", "11/3/2020", "0:00 13/3/2020", true, "20200311", "20200313"},
		"a day that ends as it begins":  {"Asia/Ho_Chi_Minh", "11/3/2020", "0:00 11/3/2020", true, "20200311", none},
		"days over the change of clock": {"Europe/Prague", "28/3/2020", "29/3/2020", true, "20200328", "20200330"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			e := testEvent(t)
			e.Start, e.AllDay = dayIn(t, test.zone, test.start), test.allDay
			e.End = vietnamese.Date{}
			if test.end != "" {
				e.End = dayIn(t, test.zone, test.end)
			}
			event := parseEvent(t, e)
			start, end := event.Props.Get("DTSTART"), event.Props.Get("DTEND")
			got := []string{start.Value, none}
			if end != nil {
				got[1] = end.Value
			}
			if diff := cmp.Diff([]string{test.wantStart, test.wantEnd}, got); diff != "" {
				t.Error(diff)
			}
			for _, p := range []*ical.Prop{start, end} {
				if p != nil && (p.ValueType() == ical.ValueDate) != test.allDay {
					t.Errorf("%s is a %s", p.Name, p.ValueType())
				}
			}
		})
	}
}

func TestAProgramInVietnamShowsTheTimeThatTheEditorTyped(t *testing.T) {
	vietnam, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	if err != nil {
		t.Fatal(err)
	}
	event := parseEvent(t, testEvent(t))
	start, err := event.DateTimeStart(vietnam)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := start.In(vietnam).Format("15:04 02/01/2006"), "14:00 11/03/2020"; got != want {
		t.Errorf("starts %s, want %s", got, want)
	}
}

func TestTheStatusOfAnEventIsOneOfTheFormat(t *testing.T) {
	for status, want := range map[string]ical.EventStatus{
		"scheduled": ical.EventConfirmed,
		"online":    ical.EventConfirmed,
		"postponed": ical.EventTentative,
		"cancelled": ical.EventCancelled,
	} {
		e := testEvent(t)
		e.Status = status
		event := parseEvent(t, e)
		if got, err := event.Status(); err != nil || got != want {
			t.Errorf("%s: %s (%v), want %s", status, got, err, want)
		}
	}
}

func TestAnOrganizerWithoutAMailboxIsLeftOut(t *testing.T) {
	for _, email := range []string{"", "ubnd", "UBND <ubnd@ductho.example>", "a@b, c@d", `"a;b"@ductho.example`} {
		e := testEvent(t)
		e.Email = email
		if p := parseEvent(t, e).Props.Get("ORGANIZER"); p != nil {
			t.Errorf("%q gives %v", email, p)
		}
	}
}

func TestAnOnlineEventTakesPlaceAtItsLink(t *testing.T) {
	e := testEvent(t)
	e.Status, e.Link, e.Location = "online", "https://hop.example/p?a=1,2", ""
	event := parseEvent(t, e)
	if got, _ := event.Props.Text("LOCATION"); got != e.Link {
		t.Errorf("LOCATION %q, want %q", got, e.Link)
	}
	want := e.Description + "\n" + e.Link + "\n" + e.URL
	if got, _ := event.Props.Text("DESCRIPTION"); got != want {
		t.Errorf("DESCRIPTION %q, want %q", got, want)
	}
	if got := event.Props.Get("URL").Value; got != e.URL {
		t.Errorf("URL %q, want %q", got, e.URL)
	}
}

func TestAnEventOfUnknownPlaceHasNoLocation(t *testing.T) {
	e := testEvent(t)
	e.Location = ""
	if p := parseEvent(t, e).Props.Get("LOCATION"); p != nil {
		t.Errorf("LOCATION %q", p.Value)
	}
}

func TestNoLineIsLongerThan75OctetsOrSplitsACharacter(t *testing.T) {
	texts := []string{
		strings.Repeat("ệ", 300),
		strings.Repeat("a", 71) + "🎉🎉🎉" + strings.Repeat("Đức Thọ, ", 40),
		strings.Repeat(" ", 200),
		strings.Repeat("<b>", 100),
		strings.Repeat(`,;\`, 90),
		"dòng một\ndòng hai\r\ndòng ba",
		"\xff\xfe" + strings.Repeat("\xff", 200),
	}
	for _, text := range texts {
		e := testEvent(t)
		e.Summary, e.Organizer = text, text
		doc := bytesOf(t, testCalendar(e))
		checkLines(t, doc)
	}
}

// checkLines checks the form of content lines (RFC 5545 section 3.1).
func checkLines(t testing.TB, doc []byte) {
	t.Helper()
	lines := strings.Split(string(doc), "\r\n")
	if last := lines[len(lines)-1]; last != "" {
		t.Errorf("the last line %q has no end", last)
	}
	for _, line := range lines {
		if len(line) > 75 {
			t.Errorf("%d octets: %q", len(line), line)
		}
		if !utf8.ValidString(line) {
			t.Errorf("a character is split: %q", line)
		}
		if strings.ContainsAny(line, "\r\n\x00") {
			t.Errorf("a line has a line break: %q", line)
		}
	}
}

func TestLongTextComesBackWholeFromACalendar(t *testing.T) {
	e := testEvent(t)
	e.Summary = strings.Repeat("Ký kết;  chương trình, năm 2020 🎉 ", 12) + "\nhết"
	if got, err := parseEvent(t, e).Props.Text("SUMMARY"); err != nil || got != e.Summary {
		t.Errorf("SUMMARY %q (%v), want %q", got, err, e.Summary)
	}
}

func TestACalendarWithoutEventsIsStillACalendar(t *testing.T) {
	cal := parseCalendar(t, testCalendar())
	if got, err := cal.Props.Text("X-WR-CALNAME"); err != nil || got != "Lịch huyện Đức Thọ, Hà Tĩnh" {
		t.Errorf("X-WR-CALNAME %q (%v)", got, err)
	}
	if n := len(cal.Events()); n != 0 {
		t.Errorf("%d events", n)
	}
	if len(cal.Children) != 1 || cal.Children[0].Name != ical.CompTimezone {
		t.Errorf("its components are %v, want one VTIMEZONE", cal.Children)
	}
	if err := ical.NewEncoder(io.Discard).Encode(cal); err != nil { // which wants what RFC 5545 wants of a calendar
		t.Error(err)
	}
}

func TestAZoneWithSummerTimeIsTold(t *testing.T) {
	v := testCalendar(testEvent(t))
	v.TimeZone = "Europe/Prague"
	v.Observances = []site.Observance{
		{Name: "CET", From: 3600, To: 3600, Starts: []string{"20000101T010000"}},
		{Name: "CEST", From: 3600, To: 7200, Daylight: true, Starts: []string{"20000326T020000", "20010325T020000"}},
		{Name: "LMT", From: -(12345), To: -12600, Starts: []string{"20001029T030000"}},
	}
	zone := parseCalendar(t, v).Children[0]
	if got, _ := zone.Props.Text("TZID"); got != "Europe/Prague" || len(zone.Children) != 3 {
		t.Fatalf("the zone is %v", zone)
	}
	summer := zone.Children[1]
	for name, want := range map[string]string{"DTSTART": "20000326T020000", "TZOFFSETFROM": "+0100", "TZOFFSETTO": "+0200", "TZNAME": "CEST", "RDATE": "20010325T020000"} {
		if p := summer.Props.Get(name); p == nil || p.Value != want {
			t.Errorf("%s is %v, want %s", name, p, want)
		}
	}
	if summer.Name != "DAYLIGHT" || zone.Children[2].Props.Get("TZOFFSETFROM").Value != "-032545" || zone.Children[2].Props.Get("TZOFFSETTO").Value != "-0330" {
		t.Errorf("the observances are %v", zone.Children)
	}
}

func TestOnlyAnEventOfOneDayTakesUpTime(t *testing.T) {
	for _, tc := range []struct {
		start, end string
		allDay     bool
		want       bool // TRANSPARENT
	}{
		{"14:00 11/3/2020", "16:30 11/3/2020", false, false},
		{"14:00 11/3/2020", "", false, false},
		{"20:00 11/3/2020", "0:00 12/3/2020", false, false},
		{"20:00 11/3/2020", "2:00 12/3/2020", false, false},
		{"7:30 10/12/2026", "17:00 11/12/2026", false, true},
		{"14:00 11/3/2020", "12/3/2020", false, true},
		{"11/3/2020", "", true, true},
		{"11/3/2020", "13/3/2020", true, true},
		{"7:00 11/3/2020", "17:00 11/3/2020", true, true},
	} {
		e := testEvent(t)
		e.Start, e.AllDay, e.End = day(t, tc.start), tc.allDay, vietnamese.Date{}
		if tc.end != "" {
			e.End = day(t, tc.end)
		}
		p := parseEvent(t, e).Props.Get("TRANSP")
		if got := p != nil && p.Value == "TRANSPARENT"; got != tc.want {
			t.Errorf("%s – %s: transparent is %v", tc.start, tc.end, got)
		}
	}
}
