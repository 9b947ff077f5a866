package site

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// meeting returns an article of 5/3/2020 with an event.
func meeting(title string, event ...string) string {
	return post(title, "5/3/2020", "event: {"+strings.Join(event, ", ")+"}")
}

func TestAnEventIsToComeThenRunningThenPast(t *testing.T) {
	for _, c := range []struct {
		event                string
		upcoming, run1, run2 string // the last moment before it, its first and its last
		past                 string
	}{
		{"start: 14:00 11/3/2024, end: 16:30 11/3/2024", "13:59:59 11/3/2024", "14:00 11/3/2024", "16:29:59 11/3/2024", "16:30 11/3/2024"},
		{"start: 11/3/2024", "23:59:59 10/3/2024", "0:00 11/3/2024", "23:59:59 11/3/2024", "0:00 12/3/2024"},
		{"start: 11/3/2024, end: 13/3/2024", "23:59:59 10/3/2024", "0:00 11/3/2024", "23:59:59 13/3/2024", "0:00 14/3/2024"},
		{"start: 14:00 11/3/2024, end: 11/3/2024", "13:59:59 11/3/2024", "14:00 11/3/2024", "23:59:59 11/3/2024", "0:00 12/3/2024"},
		{"start: 8:00 11/3/2024, end: 17:00 12/3/2024, all_day: true", "7:59:59 11/3/2024", "8:00 11/3/2024", "23:59:59 12/3/2024", "0:00 13/3/2024"},
		{"start: 11/3/2024, end: 0:00 13/3/2024", "23:59:59 10/3/2024", "0:00 11/3/2024", "23:59:59 12/3/2024", "0:00 13/3/2024"},
		{"start: 11/3/2024, end: 0:00 11/3/2024", "23:59:59 10/3/2024", "0:00 11/3/2024", "23:59:59 11/3/2024", "0:00 12/3/2024"},
		{"start: 0:00 11/3/2024, all_day: true", "23:59:59 10/3/2024", "0:00 11/3/2024", "23:59:59 11/3/2024", "0:00 12/3/2024"},
		{"start: 22:00 11/3/2024, end: 0:00 12/3/2024", "21:59:59 11/3/2024", "22:00 11/3/2024", "23:59:59 11/3/2024", "0:00 12/3/2024"},
	} {
		f := files{"content/tin-tuc/a.md": meeting("Họp", c.event)}
		for _, at := range []struct{ now, state string }{
			{c.upcoming, "upcoming"}, {c.run1, "running"}, {c.run2, "running"}, {c.past, "past"},
		} {
			b := assemble(t, f, options{now: at.now})
			if got := view[Article](t, b, "tin-tuc/a/index.html").Event.State; got != at.state {
				t.Errorf("{%s} at %s is %s, want %s", c.event, at.now, got, at.state)
			}
		}
	}
}

// Clocks in Chile are put forward at the midnight with which 6/9/2026 begins.
func TestAnEventOfADayWithoutMidnightIsOnThatDay(t *testing.T) {
	for event, at := range map[string]string{
		"start: 9:00 6/9/2026, end: 11:00 6/9/2026, all_day: true": "2026-09-06T10:00:00-03:00",
		"start: 6/9/2026, end: 23:00 6/9/2026, all_day: true":      "2026-09-06T23:30:00-03:00",
		"start: 5/9/2026, end: 18:00 6/9/2026, all_day: true":      "2026-09-06T23:30:00-03:00",
	} {
		now, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		f := files{"site.yaml": settings + "timezone: America/Santiago\n", "content/tin-tuc/a.md": meeting("Họp", event)}
		b := assemble(t, f, options{now: now.In(hanoi).Format("15:04:05 02/01/2006")})
		if got := view[Article](t, b, "tin-tuc/a/index.html").Event.State; got != "running" {
			t.Errorf("{%s} is %s at %s", event, got, at)
		}
	}
}

func TestAnEventGivenByDaysLastsAllDay(t *testing.T) {
	for event, want := range map[string]bool{
		"start: 11/3/2024":                           true,
		"start: 11/3/2024, end: 12/3/2024":           true,
		"start: 8:00 11/3/2024":                      false,
		"start: 8:00 11/3/2024, all_day: true":       true,
		"start: 8:00 11/3/2024, end: 12/3/2024":      false,
		"start: 8:00 11/3/2024, end: 9:00 12/3/2024": false,
	} {
		b := assemble(t, files{"content/tin-tuc/a.md": meeting("Họp", event)}, options{})
		if got := view[Article](t, b, "tin-tuc/a/index.html").Event.AllDay; got != want {
			t.Errorf("{%s}: all day is %t", event, got)
		}
		if got := view[Calendar](t, b, "tin-tuc/a/lich.ics").Events[0].AllDay; got != want {
			t.Errorf("{%s}: in the calendar, all day is %t", event, got)
		}
	}
}

// eventTitles returns the titles of the events of each month, by month.
func eventTitles(months []EventMonth) [][]string {
	var list [][]string
	for _, m := range months {
		var titles []string
		for _, e := range m.Events {
			titles = append(titles, e.Title)
		}
		list = append(list, titles)
	}
	return list
}

var meetings = files{
	"content/tin-tuc/a.md": meeting("Đã qua", "start: 8:00 1/5/2024", "end: 9:00 1/5/2024"),
	"content/tin-tuc/b.md": meeting("Đang diễn ra", "start: 31/5/2024", "end: 2/6/2024", "organizer: UBND xã"),
	"content/tin-tuc/c.md": meeting("Tháng sau", "start: 8:00 1/7/2024"),
	"content/tin-tuc/d.md": meeting("Tháng này, chiều", "start: 14:00 5/6/2024"),
	"content/tin-tuc/e.md": meeting("Tháng này, sáng", "start: 8:00 5/6/2024"),
	"content/tin-tuc/f.md": meeting("Năm sau", "start: 8:00 1/6/2025"),
	"content/tin-tuc/g.md": meeting("Năm trước", "start: 8:00 1/6/2023"),
	"content/tin-tuc/h.md": post("Chưa đăng", "1/1/2030", "event: {start: 1/2/2030}"),
}

func TestEventsStandByMonthInTheOrderTheyBegin(t *testing.T) {
	b := assemble(t, meetings, options{})
	v := view[Events](t, b, "su-kien/index.html")
	want := [][]string{{"Đang diễn ra"}, {"Tháng này, sáng", "Tháng này, chiều"}, {"Tháng sau"}, {"Năm sau"}}
	if diff := cmp.Diff(want, eventTitles(v.Months)); diff != "" {
		t.Errorf("upcoming (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Link{{Title: "2025", URL: "/su-kien/2025/"}, {Title: "2024", URL: "/su-kien/2024/"}, {Title: "2023", URL: "/su-kien/2023/"}}, v.Years); diff != "" {
		t.Errorf("years (-want +got):\n%s", diff)
	}
	want = [][]string{{"Đã qua", "Đang diễn ra"}, {"Tháng này, sáng", "Tháng này, chiều"}, {"Tháng sau"}}
	if diff := cmp.Diff(want, eventTitles(view[Events](t, b, "su-kien/2024/index.html").Months)); diff != "" {
		t.Errorf("of 2024 (-want +got):\n%s", diff)
	}
	if b.has("su-kien/2030/index.html") {
		t.Error("a scheduled article's event makes a year")
	}
}

func TestTheHomePageShowsTheNextFiveEvents(t *testing.T) {
	f := meetings.and(files{
		"content/tin-tuc/i.md": meeting("Tháng tám", "start: 8:00 1/8/2024"),
		"content/tin-tuc/j.md": meeting("Tháng chín", "start: 8:00 1/9/2024"),
	})
	var titles []string
	for _, e := range view[Home](t, assemble(t, f, options{}), "index.html").Events {
		titles = append(titles, e.Title)
	}
	want := []string{"Đang diễn ra", "Tháng này, sáng", "Tháng này, chiều", "Tháng sau", "Tháng tám"}
	if diff := cmp.Diff(want, titles); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func summaries(c Calendar) []string {
	var list []string
	for _, e := range c.Events {
		list = append(list, e.Summary)
	}
	return list
}

func TestTheCalendarsForgetWhatIsOverForNinetyDays(t *testing.T) {
	f := files{"content/tin-tuc/a.md": meeting("Họp", "start: 14:00 1/3/2024", "end: 16:00 1/3/2024", "organizer: UBND xã")}
	wholeDay := files{"content/tin-tuc/a.md": meeting("Họp", "start: 1/3/2024", "organizer: UBND xã")}
	for _, c := range []struct {
		f    files
		now  string
		want bool
	}{
		{f, "16:00 30/5/2024", true}, // ninety days after its end
		{f, "23:59:59 30/5/2024", true},
		{f, "0:00 31/5/2024", false},
		{wholeDay, "23:59:59 30/5/2024", true},
		{wholeDay, "0:00 31/5/2024", false},
	} {
		b := assemble(t, c.f, options{now: c.now})
		for _, file := range []string{"su-kien/lich.ics", "don-vi/ubnd-xa/lich.ics"} {
			if got := len(view[Calendar](t, b, file).Events) > 0; got != c.want {
				t.Errorf("at %s, in %s: %t", c.now, file, got)
			}
		}
		if got := summaries(view[Calendar](t, b, "tin-tuc/a/lich.ics")); len(got) != 1 {
			t.Errorf("at %s the event's own calendar holds %v", c.now, got)
		}
	}
}

func TestACalendarEventSaysAllThatIsKnown(t *testing.T) {
	b := assemble(t, files{
		"site.yaml": settings + "organization: {name: UBND xã An Hòa, email: ubnd@anhoa.example}\n",
		"content/tin-tuc/a.md": post("Hội nghị", "8:00 1/3/2024", "id: hn-1", "updated: 9:30 1/3/2024", "lead: Mời dự.",
			"event: {start: 14:00 11/3/2024, end: 16:30 11/3/2024, location: Hội trường, address: Thôn Đông, organizer: ubnd xã An Hòa, url: 'https://dang-ky.example/', status: postponed}"),
	}, options{})
	got := view[Calendar](t, b, "su-kien/lich.ics")
	e := b.entries[0]
	want := Calendar{
		Name: "Bản tin xã An Hòa", TimeZone: "Asia/Ho_Chi_Minh",
		Observances: []Observance{{Name: "+07", From: 25200, To: 25200, Starts: []string{"20000101T070000"}}},
		Events: []CalendarEvent{{
			UID: "tag:anhoa.example,2025:hn-1", URL: "https://anhoa.example/tin-tuc/a/", Summary: "event-postponed: Hội nghị", Description: "Mời dự.",
			Location: "Hội trường, Thôn Đông", Organizer: "ubnd xã An Hòa", Email: "ubnd@anhoa.example",
			Start: e.Event.Start, End: e.Event.End, Status: "postponed", Link: "https://dang-ky.example/",
			Created: e.Date, Modified: e.Optional().Updated, Sequence: 90,
		}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAnEventThatWasNotChangedIsTheFirstOfItsSequence(t *testing.T) {
	b := assemble(t, files{"content/tin-tuc/a.md": meeting("Họp", "start: 8:00 1/7/2024")}, options{})
	if e := view[Calendar](t, b, "su-kien/lich.ics").Events[0]; e.Sequence != 0 || e.Modified != e.Created {
		t.Errorf("it is %d, changed at %s", e.Sequence, e.Modified)
	}
}

func TestTheDataOfEventsHoldsAllOfThemTheNewestFirst(t *testing.T) {
	b := assemble(t, meetings, options{})
	v := view[EventData](t, b, "su-kien/data.json")
	var titles []string
	for _, e := range v.Events {
		titles = append(titles, e.Title)
	}
	want := []string{"Năm sau", "Tháng sau", "Tháng này, chiều", "Tháng này, sáng", "Đang diễn ra", "Đã qua", "Năm trước"}
	if diff := cmp.Diff(want, titles); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	running := v.Events[4]
	if running.URL != "https://anhoa.example/tin-tuc/b/" || running.Calendar != "https://anhoa.example/tin-tuc/b/lich.ics" ||
		running.Organizer.URL != "https://anhoa.example/don-vi/ubnd-xa/" {
		t.Errorf("its URLs are not absolute: %+v", running)
	}
	if !view[EventData](t, b, "su-kien/data.csv").CSV || v.CSV {
		t.Error("CSV and JSON are mixed up")
	}
}

func TestAnEventsCardDoesNotChangeWhenTheEventBegins(t *testing.T) {
	f := files{"content/tin-tuc/a.md": meeting("Họp", "start: 14:00 11/3/2024", "end: 16:30 11/3/2024")}
	var cards []Card
	for _, now := range []string{"1/3/2024", "15:00 11/3/2024", "1/4/2024"} {
		cards = append(cards, assemble(t, f, options{now: now}).Card(0))
	}
	for k := 1; k < len(cards); k++ {
		if diff := cmp.Diff(cards[0], cards[k]); diff != "" {
			t.Errorf("(-before +after):\n%s", diff)
		}
	}
}
