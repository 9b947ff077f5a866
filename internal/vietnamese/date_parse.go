package vietnamese

import "time"

// The years that a date may have: outside them it is a slip of the keyboard.
const (
	firstYear = 1900
	lastYear  = 2200
)

// ParseDate reads a date as Vietnamese editors write it, the day always before
// the month:
//
//	11/3/2020  11-03-2020  11.3.2020  ngày 11 tháng 3 năm 2020  2020-03-11
//	19:02 11/3/2020  11/3/2020 19h02  14h 11/3/2020  14 giờ 30 ngày 11/3/2020
//	2020-03-11 19:02[:05]  2020-03-11T19:02:05+07:00 (RFC 3339)
//	2020  năm 2020  3/2020  tháng 3 năm 2020  2020-03
//
// Words for the day of the week, commas and dashes between the parts are
// passed over. A date without a zone is in loc, one with its own zone is
// converted to loc; a time that clocks in loc show twice is the first of the
// two, one that they skip is as much later. The error is a *DateError.
func ParseDate(s string, loc *time.Location) (Date, error) {
	p := dateScanner{rest: s}
	if !p.scan() {
		return Date{}, &DateError{Kind: NotADate, Text: s, Suggest: mendDate(s, loc)}
	}
	d, wrong := p.fields.date(loc)
	if wrong != nil {
		wrong.Text = s
		return Date{}, wrong
	}
	return d, nil
}

// field is a number of a date as it was typed; no digits, no field.
type field struct{ value, digits int }

func (f field) given() bool { return f.digits > 0 }

// dateFields are the parts of a date, found but not yet checked.
type dateFields struct {
	year, month, day, hour, minute, second field
	zone                                   *time.Location // nil without one
}

// precision returns how exact the fields are together; None when they do not
// make a date, a missing year apart.
func (f *dateFields) precision() Precision {
	switch {
	case f.day.given() && !f.month.given(), f.hour.given() && !f.day.given():
		return None
	case f.second.given():
		return Second
	case f.hour.given():
		return Minute
	case f.day.given():
		return Day
	case f.month.given():
		return Month
	case f.year.given():
		return Year
	}
	return None
}

// date checks the fields and returns the date, or an error still without its
// text.
func (f *dateFields) date(loc *time.Location) (Date, *DateError) {
	precision := f.precision()
	if precision == None {
		if f.hour.given() && !f.day.given() && !f.month.given() && !f.year.given() && f.hour.value < 24 && f.minute.value < 60 {
			return Date{}, &DateError{Kind: NoDay}
		}
		return Date{}, &DateError{Kind: NotADate}
	}
	if kind, meant, ok := f.check(); !ok {
		return Date{}, &DateError{Kind: kind, Suggest: meant.suggestion(loc)}
	}
	t := f.time(loc)
	if t.Year() < firstYear || t.Year() > lastYear { // another zone's New Year
		return Date{}, &DateError{Kind: YearOutOfRange}
	}
	return Date{Time: t, Precision: precision}, nil
}

// suggestion returns the date that mended fields make, or what they lead to
// when a second mistake is in them; "" for nil.
func (f *dateFields) suggestion(loc *time.Location) string {
	if f == nil {
		return ""
	}
	d, wrong := f.date(loc)
	if wrong != nil {
		return wrong.Suggest
	}
	return d.String()
}

// time returns the first moment of checked fields.
func (f *dateFields) time(loc *time.Location) time.Time {
	c := civil{
		year: f.year.value, month: max(f.month.value, 1), day: max(f.day.value, 1),
		hour: f.hour.value, minute: f.minute.value, second: f.second.value,
	}
	if f.zone != nil {
		return localTime(c, f.zone).In(loc)
	}
	return localTime(c, loc)
}

// check returns the first thing that is wrong with the fields and, where it
// can be guessed, the fields that were meant; ok when nothing is wrong.
func (f *dateFields) check() (kind DateErrorKind, meant *dateFields, ok bool) {
	year, month, day := f.year.value, f.month.value, f.day.value
	switch {
	case !f.year.given():
		return NoYear, nil, false
	case f.year.digits <= 2:
		return TwoDigitYear, f.withYear(fullYear(year)), false
	case year < firstYear || year > lastYear || f.year.digits > 4:
		return YearOutOfRange, nil, false
	case f.month.given() && (month < 1 || month > 12):
		if month > 12 && day >= 1 && day <= 12 {
			return NoSuchMonth, f.withDay(month, day), false
		}
		return NoSuchMonth, nil, false
	case f.day.given() && day < 1:
		return NoSuchDay, nil, false
	case f.day.given() && day > daysIn(year, month):
		return NoSuchDay, f.withDay(daysIn(year, month), month), false
	case f.hour.value == 24 && f.minute.value == 0 && f.second.value == 0:
		return NoSuchTime, f.nextMidnight(), false
	case f.hour.value > 23 || f.minute.value > 59 || f.second.value > 59:
		return NoSuchTime, nil, false
	}
	return 0, nil, true
}

func (f dateFields) withYear(year int) *dateFields {
	f.year = field{year, 4}
	return &f
}

func (f dateFields) withDay(day, month int) *dateFields {
	f.day.value, f.month.value = day, month
	return &f
}

// nextMidnight returns what 24:00 means: 00:00 of the next day.
func (f dateFields) nextMidnight() *dateFields {
	next := time.Date(f.year.value, time.Month(f.month.value), f.day.value+1, 0, 0, 0, 0, time.UTC)
	f.year.value, f.month.value, f.day.value, f.hour.value = next.Year(), int(next.Month()), next.Day(), 0
	return &f
}

// fullYear returns the year that two digits stand for in an archive that
// reaches back to the 1970s.
func fullYear(year int) int {
	if year < 70 {
		return 2000 + year
	}
	return 1900 + year
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}
