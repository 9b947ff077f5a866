package vietnamese

import "time"

// Precision is how exactly a date was given.
type Precision uint8

const (
	None Precision = iota // no date at all
	Year
	Month
	Day
	Minute
	Second
)

// Date is a moment, or the interval of a whole day, month or year, as an
// editor gave it. The zero Date is an absent one.
type Date struct {
	// Time is the first moment of the interval, in the site's zone.
	Time      time.Time
	Precision Precision
}

// IsZero tells whether the date is absent.
func (d Date) IsZero() bool { return d.Precision == None }

// Start returns the date's first moment.
func (d Date) Start() time.Time { return d.Time }

// End returns the first moment after a year, month or day, so that what ends
// on a bare day lasts to its last moment: it has ended when now is not before
// End. A date with a time ends at that time.
func (d Date) End() time.Time {
	year, month, day := d.Time.Date()
	switch d.Precision {
	case Year:
		return localTime(civil{year: year + 1, month: 1, day: 1}, d.Time.Location())
	case Month:
		return localTime(civil{year: year, month: int(month) + 1, day: 1}, d.Time.Location())
	case Day:
		return localTime(civil{year: year, month: int(month), day: day + 1}, d.Time.Location())
	}
	return d.Time
}

// EndOfDays returns the first moment after the day on which something ends that
// lasts whole days and ends at d. Midnight ends the day before it, as in
// calendars.
func (d Date) EndOfDays() time.Time {
	if d.Precision <= Day || d.Time.Equal(Midnight(d.Time)) {
		return d.End()
	}
	return Date{Time: Midnight(d.Time), Precision: Day}.End()
}

// Midnight returns the start of t's day in t's zone.
func Midnight(t time.Time) time.Time { return MidnightAfter(t, 0) }

// MidnightAfter returns the start of the day that comes so many days after t's, in
// t's zone. Where clocks are put forward at midnight, that is later than 00:00:
// time.Date would give a moment of the day before.
func MidnightAfter(t time.Time, days int) time.Time {
	year, month, day := t.Date()
	return localTime(civil{year: year, month: int(month), day: day + days}, t.Location())
}

// OnDay returns the date with another day, whose number may overflow as that of
// time.Date may, at the same time.
func (d Date) OnDay(year, month, day int) Date {
	hour, minute, second := d.Time.Clock()
	d.Time = localTime(civil{year, month, day, hour, minute, second}, d.Time.Location())
	return d
}

// DayIn returns the day that t has in its own zone as a day of another zone.
func DayIn(t time.Time, zone *time.Location) Date {
	year, month, day := t.Date()
	return Date{Time: localTime(civil{year: year, month: int(month), day: day}, zone), Precision: Day}
}

// MonthIn returns a month of a year in a zone.
func MonthIn(year, month int, zone *time.Location) Date {
	return Date{Time: localTime(civil{year: year, month: month, day: 1}, zone), Precision: Month}
}

// Before tells whether d lies wholly before e at the coarser precision of the
// two: 11/03/2020 is before 2021 and 04/2020, and not before 2020. An absent
// date is before none, and none is before it.
func (d Date) Before(e Date) bool {
	coarser := min(d.Precision, e.Precision)
	return d.truncate(coarser).Before(e.truncate(coarser))
}

// truncate returns the date's first moment at precision p, as if on a clock
// of UTC: both sides of a comparison are in the site's zone.
func (d Date) truncate(p Precision) time.Time {
	year, month, day := d.Time.Date()
	switch p {
	case None:
		return time.Time{}
	case Year:
		return time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
	case Month:
		return time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
	case Day:
		return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	case Minute:
		return d.Time.Add(-time.Duration(d.Time.Second()) * time.Second)
	}
	return d.Time
}

// ISO returns the date in ISO 8601 at its own precision, for machines: 2020,
// 2020-03, 2020-03-11 or 2020-03-11T19:02:00+07:00 (RFC 3339). It is "" for an
// absent date.
func (d Date) ISO() string {
	return d.format([...]string{"", "2006", "2006-01", time.DateOnly, time.RFC3339, time.RFC3339})
}

// MinuteLayout is the layout (see time.Layout) of a time to the minute, as front
// matter and pages have it: 19:02 11/03/2020.
const MinuteLayout = "15:04 02/01/2006"

// String returns the date as readers see it, padded and at its own precision:
// 2020, 03/2020, 11/03/2020, 19:02 11/03/2020 or 19:02:05 11/03/2020. It is ""
// for an absent date. ParseDate reads it back.
func (d Date) String() string {
	return d.format([...]string{"", "2006", "01/2006", "02/01/2006", MinuteLayout, "15:04:05 02/01/2006"})
}

// format formats the date with the layout of its precision.
func (d Date) format(layouts [Second + 1]string) string {
	if d.IsZero() {
		return ""
	}
	return d.Time.Format(layouts[d.Precision])
}

// civil is a moment on a wall clock. Its fields may overflow as those of
// time.Date may.
type civil struct{ year, month, day, hour, minute, second int }

// localTime returns the moment when clocks in loc show c. Of a moment that
// comes twice, when clocks are put back, it is the first; a moment that is
// skipped, when clocks are put forward, is read by the clock of before, which
// gives one as much later (02:30 becomes 03:30).
func localTime(c civil, loc *time.Location) time.Time {
	wall := time.Date(c.year, time.Month(c.month), c.day, c.hour, c.minute, c.second, 0, time.UTC)
	before := offsetAt(wall.Add(-24*time.Hour), loc)
	after := offsetAt(wall.Add(24*time.Hour), loc)
	t := wall.Add(-before).In(loc)
	if before == after || offsetAt(t, loc) == before {
		return t
	}
	if later := wall.Add(-after).In(loc); offsetAt(later, loc) == after {
		return later
	}
	return t
}

// offsetAt returns how far clocks in loc are ahead of UTC at t.
func offsetAt(t time.Time, loc *time.Location) time.Duration {
	_, seconds := t.In(loc).Zone()
	return time.Duration(seconds) * time.Second
}
