package main

import (
	"strings"
	"testing"
	"time"
)

func TestTheMedianIsTakenOfEachFigureByItself(t *testing.T) {
	of := func(ms ...int) []sample {
		var samples []sample
		for i, m := range ms {
			samples = append(samples, sample{
				usage{Wall: time.Duration(m) * time.Millisecond, Peak: int64(-m)}, 10 * (i + 1),
			})
		}
		return samples
	}
	tests := []struct {
		name    string
		samples []sample
		wall    time.Duration
		peak    int64
		files   int
	}{
		{"one", of(7), 7 * time.Millisecond, -7, 10},
		{"three", of(30, 1, 2), 2 * time.Millisecond, -2, 20},
		{"an even number: the lower of the middle two", of(4, 1, 3, 2), 2 * time.Millisecond, -3, 20},
	}
	for _, test := range tests {
		m := row{samples: test.samples}.median()
		if m.Wall != test.wall || m.Peak != test.peak || m.files != test.files {
			t.Errorf("%s: wall %v, peak %d, files %d; want %v, %d, %d",
				test.name, m.Wall, m.Peak, m.files, test.wall, test.peak, test.files)
		}
	}
}

// measuredTable returns a table of builds that cost so many seconds of wall,
// user and system time.
func measuredTable(rows ...any) *table {
	t := &table{}
	for i := 0; i < len(rows); i += 4 {
		seconds := func(k int) time.Duration { return time.Duration(rows[i+k].(float64) * float64(time.Second)) }
		t.add(rows[i].(string), sample{usage{seconds(1), seconds(2), seconds(3), 50_400_000}, 12})
	}
	return t
}

func TestTheReportShowsMediansAndRatios(t *testing.T) {
	got := new(strings.Builder)
	err := measuredTable(
		floorCommand, 0.6, 1.0, 0.2,
		bantinClean, 2.0, 2.5, 0.5,
		bantinNoop, 0.1, 0.1, 0.0,
		bantinEdit, 0.12, 0.1, 0.0,
		bantinAdd, 0.2, 0.15, 0.05,
		bantinAddFirst, 0.3, 0.15, 0.05,
		hugoClean, 8.0, 10.0, 2.0,
		hugoAdd, 10.0, 9.0, 1.0,
	).write(got, "3 articles")
	if err != nil {
		t.Fatal(err)
	}
	want := `3 articles

| | wall s | user s | sys s | peak MB | files |
|---|---:|---:|---:|---:|---:|
| floor | 0.600 | 1.000 | 0.200 | 50 | 12 |
| bantin, clean | 2.000 | 2.500 | 0.500 | 50 | 12 |
| bantin, no-op | 0.100 | 0.100 | 0.000 | 50 | 12 |
| bantin, edit one | 0.120 | 0.100 | 0.000 | 50 | 12 |
| bantin, add one | 0.200 | 0.150 | 0.050 | 50 | 12 |
| bantin, add first | 0.300 | 0.150 | 0.050 | 50 | 12 |
| hugo, clean | 8.000 | 10.000 | 2.000 | 50 | 12 |
| hugo, add one | 10.000 | 9.000 | 1.000 | 50 | 12 |

| ratio | of | | % |
|---|---|---:|---:|
| bantin, clean / floor | user CPU | 2.5 | 250.0 |
| bantin, clean / hugo, clean | CPU | 0.25 | 25.0 |
| bantin, clean / hugo, clean | wall | 0.25 | 25.0 |
| bantin, clean / hugo, clean | peak memory | 1 | 100.0 |
| bantin, add one / hugo, add one | CPU | 0.02 | 2.0 |
| bantin, add one / hugo, add one | wall | 0.02 | 2.0 |
| bantin, no-op / bantin, clean | wall | 0.05 | 5.0 |
| bantin, edit one / bantin, clean | wall | 0.06 | 6.0 |
| bantin, add one / bantin, clean | wall | 0.1 | 10.0 |
| bantin, add one / bantin, clean | CPU | 0.0667 | 6.7 |
| bantin, add first / bantin, clean | wall | 0.15 | 15.0 |
| bantin, add one / bantin, clean | peak memory | 1 | 100.0 |
`
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestWithoutHugoThereIsNoRatioToIt(t *testing.T) {
	got := new(strings.Builder)
	if err := measuredTable(floorCommand, 0.6, 1.0, 0.2, bantinClean, 2.0, 2.5, 0.5).write(got, ""); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(got.String(), "hugo") || !strings.Contains(got.String(), "| bantin, clean / floor | user CPU | 2.5 | 250.0 |") {
		t.Errorf("got\n%s", got)
	}
}
