package article

import (
	"testing"
	"time"

	"bantin/internal/vietnamese"
)

func TestAnEventEndsWhenItsLastMomentIsOver(t *testing.T) {
	date := func(text string) (d vietnamese.Date) {
		for precision, layout := range map[vietnamese.Precision]string{
			vietnamese.Month: "2006-01", vietnamese.Day: "2006-01-02", vietnamese.Minute: "2006-01-02 15:04",
		} {
			if at, err := time.Parse(layout, text); err == nil {
				d = vietnamese.Date{Time: at, Precision: precision}
			}
		}
		return d
	}
	for name, tt := range map[string]struct {
		start, end string
		allDay     bool
		want       string
	}{
		"a time without an end":           {"2026-03-11 08:00", "", false, "2026-03-11 08:00"},
		"a time and an end":               {"2026-03-11 08:00", "2026-03-11 17:00", false, "2026-03-11 17:00"},
		"a day":                           {"2026-03-11", "", false, "2026-03-12 00:00"},
		"days":                            {"2026-03-11", "2026-03-12", false, "2026-03-13 00:00"},
		"a month":                         {"2026-03", "", false, "2026-04-01 00:00"},
		"a month that a day of it ends":   {"2026-03", "2026-03-05", false, "2026-04-01 00:00"},
		"a time said to be of whole days": {"2026-03-11 08:00", "2026-03-12 17:00", true, "2026-03-13 00:00"},
		"a day with a timed end":          {"2026-03-11", "2026-03-12 17:00", false, "2026-03-13 00:00"},
		"midnight ends the day before it": {"2026-03-11", "2026-03-13 00:00", false, "2026-03-13 00:00"},
		"midnight of its first day":       {"2026-03-11", "2026-03-11 00:00", false, "2026-03-12 00:00"},
	} {
		e := Event{Start: date(tt.start), End: date(tt.end), AllDay: tt.allDay}
		if got := e.Ends().Format("2006-01-02 15:04"); got != tt.want {
			t.Errorf("%s: %s ends at %s, want %s", name, tt.start, got, tt.want)
		}
	}
}

func TestAnAgreementHoldsFromItsOwnDateOrItsSigningOrItsArticle(t *testing.T) {
	day := func(n int) vietnamese.Date {
		return vietnamese.Date{Time: time.Date(2026, 3, n, 0, 0, 0, 0, time.UTC), Precision: vietnamese.Day}
	}
	for _, tt := range []struct {
		agreement            Agreement
		begins, registeredOn int
	}{
		{Agreement{From: day(3), Signed: day(2)}, 3, 2},
		{Agreement{From: day(3)}, 3, 3},
		{Agreement{Signed: day(2)}, 2, 2},
		{Agreement{}, 1, 1},
	} {
		if got := tt.agreement.Begins(day(1)); got != day(tt.begins) {
			t.Errorf("%+v begins on %s, want %s", tt.agreement, got, day(tt.begins))
		}
		if got := tt.agreement.RegisteredOn(day(1)); got != day(tt.registeredOn) {
			t.Errorf("%+v is registered on %s, want %s", tt.agreement, got, day(tt.registeredOn))
		}
	}
	if _, to := (&Agreement{To: day(5)}).Term(day(1)); !to.Equal(day(6).Time) {
		t.Errorf("the term ends at %s", to)
	}
}
