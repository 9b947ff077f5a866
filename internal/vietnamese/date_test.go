package vietnamese

import (
	"testing"
	"time"
	_ "time/tzdata"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func parse(t testing.TB, s string, loc *time.Location) Date {
	t.Helper()
	d, err := ParseDate(s, loc)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestADateIsShownPaddedAtItsOwnPrecision(t *testing.T) {
	saigon := zone(t, "Asia/Ho_Chi_Minh")
	tests := []struct{ in, shown, iso string }{
		{"2020", "2020", "2020"},
		{"3/2020", "03/2020", "2020-03"},
		{"4/10/2018", "04/10/2018", "2018-10-04"},
		{"9:05 4/10/2018", "09:05 04/10/2018", "2018-10-04T09:05:00+07:00"},
		{"2018-10-04 09:05:07", "09:05:07 04/10/2018", "2018-10-04T09:05:07+07:00"},
	}
	for _, tt := range tests {
		d := parse(t, tt.in, saigon)
		if d.String() != tt.shown || d.ISO() != tt.iso {
			t.Errorf("%q: String %q, ISO %q; want %q, %q", tt.in, d.String(), d.ISO(), tt.shown, tt.iso)
		}
	}
	var absent Date
	if !absent.IsZero() || absent.String() != "" || absent.ISO() != "" {
		t.Errorf("absent date: IsZero %v, String %q, ISO %q", absent.IsZero(), absent, absent.ISO())
	}
}

func TestABareDayMonthOrYearLastsToItsLastMoment(t *testing.T) {
	saigon := zone(t, "Asia/Ho_Chi_Minh")
	tests := []struct{ in, start, end string }{
		{"2020", "2020-01-01T00:00:00+07:00", "2021-01-01T00:00:00+07:00"},
		{"12/2020", "2020-12-01T00:00:00+07:00", "2021-01-01T00:00:00+07:00"},
		{"28/2/2020", "2020-02-28T00:00:00+07:00", "2020-02-29T00:00:00+07:00"},
		{"31/12/2020", "2020-12-31T00:00:00+07:00", "2021-01-01T00:00:00+07:00"},
		{"19:02 11/3/2020", "2020-03-11T19:02:00+07:00", "2020-03-11T19:02:00+07:00"},
		{"2020-03-11 19:02:05", "2020-03-11T19:02:05+07:00", "2020-03-11T19:02:05+07:00"},
	}
	for _, tt := range tests {
		d := parse(t, tt.in, saigon)
		start, end := d.Start().Format(time.RFC3339), d.End().Format(time.RFC3339)
		if start != tt.start || end != tt.end {
			t.Errorf("%q lasts from %s to %s, want %s to %s", tt.in, start, end, tt.start, tt.end)
		}
	}
}

func TestDatesCompareAtTheCoarserPrecision(t *testing.T) {
	tests := []struct {
		a, b string
		want bool
	}{
		{"11/3/2020", "12/3/2020", true},
		{"11/3/2020", "11/3/2020", false},
		{"12/3/2020", "11/3/2020", false},
		{"11/3/2020", "2020", false},
		{"2020", "11/3/2020", false},
		{"31/12/2020", "2021", true},
		{"2020", "1/1/2021", true},
		{"11/3/2020", "4/2020", true},
		{"11/3/2020", "3/2020", false},
		{"19:02 11/3/2020", "11/3/2020", false},
		{"19:02 11/3/2020", "19:03 11/3/2020", true},
		{"19:02 11/3/2020", "2020-03-11 19:02:30", false},
		{"2020-03-11 19:02:29", "2020-03-11 19:02:30", true},
	}
	for _, tt := range tests {
		if got := parse(t, tt.a, time.UTC).Before(parse(t, tt.b, time.UTC)); got != tt.want {
			t.Errorf("%s before %s: %v, want %v", tt.a, tt.b, got, tt.want)
		}
	}
	d := parse(t, "2020", time.UTC)
	if d.Before(Date{}) || (Date{}).Before(d) {
		t.Error("an absent date is before or after another")
	}
}

func TestAMomentThatClocksSkipOrRepeatIsDecided(t *testing.T) {
	tests := []struct{ zone, in, want string }{
		{"Europe/Berlin", "2:30 29/3/2026", "2026-03-29T03:30:00+02:00"},
		{"Europe/Berlin", "1:59 29/3/2026", "2026-03-29T01:59:00+01:00"},
		{"Europe/Berlin", "3:00 29/3/2026", "2026-03-29T03:00:00+02:00"},
		{"Europe/Berlin", "2:30 25/10/2026", "2026-10-25T02:30:00+02:00"},
		{"Europe/Berlin", "3:00 25/10/2026", "2026-10-25T03:00:00+01:00"},
		{"Europe/Berlin", "12:00 28/3/2026", "2026-03-28T12:00:00+01:00"},
		{"America/New_York", "2:30 8/3/2026", "2026-03-08T03:30:00-04:00"},
		{"America/New_York", "1:30 1/11/2026", "2026-11-01T01:30:00-04:00"},
		{"Pacific/Apia", "12:00 30/12/2011", "2011-12-31T12:00:00+14:00"},
	}
	for _, tt := range tests {
		if got := parse(t, tt.in, zone(t, tt.zone)).Time.Format(time.RFC3339); got != tt.want {
			t.Errorf("%s in %s is %s, want %s", tt.in, tt.zone, got, tt.want)
		}
	}
}

func TestADayWhoseMidnightIsSkippedBeginsLater(t *testing.T) {
	d := parse(t, "26/3/2023", zone(t, "Asia/Beirut"))
	if got, want := d.Start().Format(time.RFC3339), "2023-03-26T01:00:00+03:00"; got != want {
		t.Errorf("it begins at %s, want %s", got, want)
	}
	if got, want := d.ISO(), "2023-03-26"; got != want {
		t.Errorf("its date is %s, want %s", got, want)
	}
}

// Of the zones below some put their clocks forward at midnight, on other days in
// other years; of some the changed hour is another one.
var zonesOfTheWorld = []string{
	"Asia/Ho_Chi_Minh", "America/Santiago", "America/Asuncion", "America/Havana", "America/Sao_Paulo", "Africa/Cairo", "Asia/Beirut", "Asia/Amman", "Asia/Gaza",
	"Asia/Tehran", "Atlantic/Azores", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC",
}

func TestEveryDayBeginsOnItselfInEveryZone(t *testing.T) {
	for _, name := range zonesOfTheWorld {
		in := zone(t, name)
		for noon := time.Date(2000, 1, 1, 12, 0, 0, 0, in); noon.Year() < 2032; noon = noon.AddDate(0, 0, 1) {
			day := noon.Format(time.DateOnly)
			begins := Midnight(noon)
			if begins.Format(time.DateOnly) != day || begins.Add(-time.Nanosecond).Format(time.DateOnly) == day {
				t.Fatalf("%s: %s begins at %s", name, day, begins)
			}
			if later := MidnightAfter(noon.AddDate(0, 0, -90), 90); !later.Equal(begins) {
				t.Fatalf("%s: ninety days before %s they end at %s", name, day, later)
			}
			if got := DayIn(noon, in); !got.Start().Equal(begins) || got.ISO() != day {
				t.Fatalf("%s: the day %s is %s, from %s on", name, day, got.ISO(), got.Start())
			}
			if got := (Date{noon.AddDate(0, 0, -1), Minute}).EndOfDays(); !got.Equal(begins) {
				t.Fatalf("%s: what ends at noon before %s lasts to %s", name, day, got)
			}
			if got := (Date{begins.AddDate(0, 0, -40), Day}).OnDay(noon.Year(), int(noon.Month()), noon.Day()).ISO(); got != day {
				t.Fatalf("%s: a date that is put on %s is on %s", name, day, got)
			}
			if got := MonthIn(noon.Year(), int(noon.Month()), in).ISO(); got != day[:len("2006-01")] {
				t.Fatalf("%s: the month of %s is %s", name, day, got)
			}
		}
	}
}
