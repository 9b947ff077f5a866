package site

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/vietnamese"
)

func TestAMonthsLeafBeginsItsWeeksOnMonday(t *testing.T) {
	for _, tc := range []struct {
		year, month int
		want        string
	}{
		{2026, 2, "0 0 0 0 0 0 1/2 3 4 5 6 7 8/9 10 11 12 13 14 15/16 17 18 19 20 21 22/23 24 25 26 27 28 0"},
		{2021, 2, "1 2 3 4 5 6 7/8 9 10 11 12 13 14/15 16 17 18 19 20 21/22 23 24 25 26 27 28"},
		{2024, 2, "0 0 0 1 2 3 4/5 6 7 8 9 10 11/12 13 14 15 16 17 18/19 20 21 22 23 24 25/26 27 28 29 0 0 0"},
	} {
		var lines []string
		for _, week := range weeks(EventMonth{Year: tc.year, Month: tc.month}) {
			var days []string
			for _, day := range week.Days {
				days = append(days, fmt.Sprint(day.Number))
			}
			lines = append(lines, strings.Join(days, " "))
		}
		if diff := cmp.Diff(tc.want, strings.Join(lines, "/")); diff != "" {
			t.Errorf("%d/%d (-want +got):\n%s", tc.month, tc.year, diff)
		}
	}
}

func TestAnEventStandsOnEachOfItsDays(t *testing.T) {
	b := assemble(t, files{
		"content/tin-tuc/a.md": post("Một buổi", "1/1/2026", "event: {start: 14:00 4/2/2026, end: 16:00 4/2/2026}"),
		"content/tin-tuc/b.md": post("Ba ngày", "1/1/2026", "event: {start: 10/2/2026, end: 12/2/2026}"),
		"content/tin-tuc/c.md": post("Đến nửa đêm", "1/1/2026", "event: {start: 20:00 20/2/2026, end: 0:00 21/2/2026}"),
		"content/tin-tuc/d.md": post("Sang tháng sau", "1/1/2026", "event: {start: 27/2/2026, end: 2/3/2026}"),
	}, options{now: "12:00 15/1/2026"})
	got := map[int]string{}
	for _, week := range view[Events](t, b, "su-kien/index.html").Months[0].Weeks {
		for _, day := range week.Days {
			if day.Event != nil {
				got[day.Number] = day.Event.Title
			}
		}
	}
	want := map[int]string{
		4: "Một buổi", 10: "Ba ngày", 11: "Ba ngày", 12: "Ba ngày", 20: "Đến nửa đêm",
		27: "Sang tháng sau", 28: "Sang tháng sau",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestADayWhoseEventIsOffIsMarked(t *testing.T) {
	at := func(s string) vietnamese.Date {
		return vietnamese.Date{Time: moment(t, s), Precision: vietnamese.Minute}
	}
	on := Event{Title: "Họp", URL: "/hop/", Start: at("8:00 3/6/2024"), Status: "scheduled"}
	off := Event{Title: "Hội", URL: "/hoi/", Start: at("7:00 3/6/2024"), End: at("17:00 4/6/2024"), Status: "cancelled"}
	got := map[int]Day{}
	for _, week := range weeks(EventMonth{Year: 2024, Month: 6, Events: []Event{off, on}}) {
		for _, day := range week.Days {
			if day.Event != nil {
				got[day.Number] = day
			}
		}
	}
	if d := got[3]; d.Off || d.Event.Title != "Họp" {
		t.Errorf("the day of both is %+v", d)
	}
	if d := got[4]; !d.Off || d.Event.Title != "Hội" {
		t.Errorf("the day of what was cancelled is %+v", d)
	}
}
