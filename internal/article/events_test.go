package article

import (
	"slices"
	"testing"
)

// What an editor says of hours is shown, or told of: an event that starts on a day
// is one of whole days.
func TestNoHourOfAnEventVanishesWithoutAWord(t *testing.T) {
	days, hours := []string{"5/5/2026", "2026-05-06", "0:00 6/5/2026"}, []string{"9:00 5/5/2026", "14h 6/5/2026", "2026-05-06T16:00:01+07:00"}
	for _, allDay := range []string{"", ", all_day: true", ", all_day: false", ", all_day: ''"} {
		for _, start := range append(days[:1:1], hours[0]) {
			for _, end := range append(append([]string{""}, days...), hours...) {
				event := "start: " + start
				if end != "" {
					event += ", end: '" + end + "'"
				}
				event += allDay
				a, found := Parse("tin-tuc/a.md", []byte("---\ntitle: A\ndate: 1/1/2026\nevent: {"+event+"}\n---\nx\n"), hanoi)
				isDay := start == days[0]
				endHasHours := slices.Contains(hours, end)
				want := isDay && allDay != ", all_day: true" && (endHasHours || allDay == ", all_day: false")
				if a.Event.IsAllDay() != (isDay || allDay == ", all_day: true") {
					t.Errorf("{%s}: all day %t", event, a.Event.IsAllDay())
				}
				if got := len(found) == 1 && found[0].Code() == "event-hours"; got != want || len(found) > 1 {
					t.Errorf("{%s}: told is\n%s", event, problems(found))
				}
			}
		}
	}
}
