package vietnamese

import (
	"time"
	"unicode"
	"unicode/utf8"
)

// dateScanner finds the parts of a date, from left to right, without checking
// their values. Its methods return false when the text is no date.
type dateScanner struct {
	rest   string
	fields dateFields
}

// scan reads the whole text.
func (p *dateScanner) scan() bool {
	for p.skipNoise(); p.rest != ""; p.skipNoise() {
		ok := false
		if isDigit(p.peek()) {
			ok = p.scanNumber()
		} else {
			ok = p.scanWord()
		}
		if !ok {
			return false
		}
	}
	return true
}

// scanNumber reads what begins with a number: a clock time, a date in
// numbers, the day before "tháng", or a year.
func (p *dateScanner) scanNumber() bool {
	n := p.number()
	if isSeparator(p.peek()) {
		return p.scanCalendar(n)
	}
	afterNumber := *p
	p.skipSpaces()
	if isSeparator(p.peek()) && !p.fields.year.given() && n.digits <= 2 {
		return p.scanCalendar(n)
	}
	if p.take(':') {
		return p.scanMinutes(n)
	}
	switch word := p.word(); word {
	case wordHour:
		return p.scanHourWord(n)
	case wordMonth:
		return p.setShort(&p.fields.day, n) && p.scanMonth()
	}
	*p = afterNumber
	return n.digits == 4 && p.set(&p.fields.year, n)
}

// scanCalendar reads a date in numbers from its first separator on. All
// separators are the same, and spaces may stand around them.
func (p *dateScanner) scanCalendar(first field) bool {
	numbers := [3]field{first}
	count := 1
	separator := p.peek()
	for count < len(numbers) {
		before := p.rest
		p.skipSpaces()
		if !p.take(separator) {
			p.rest = before
			break
		}
		p.skipSpaces()
		if numbers[count] = p.number(); !numbers[count].given() {
			p.rest = before
			break
		}
		count++
		if count == 2 && numbers[1].digits == 4 {
			break
		}
	}
	if count == 1 {
		return false
	}
	return p.setCalendar(numbers[:count])
}

// setCalendar keeps numbers as year-month[-day] when the first is a year, else
// as day/month/year, month/year, or a day and month whose year may follow.
func (p *dateScanner) setCalendar(n []field) bool {
	f := &p.fields
	if n[0].digits == 4 {
		if !p.set(&f.year, n[0]) || !p.setShort(&f.month, n[1]) {
			return false
		}
		p.skipISOTime()
		return len(n) == 2 || p.setShort(&f.day, n[2])
	}
	if len(n) == 2 && n[1].digits == 4 {
		return p.setShort(&f.month, n[0]) && p.set(&f.year, n[1])
	}
	if !p.setShort(&f.day, n[0]) || !p.setShort(&f.month, n[1]) {
		return false
	}
	return len(n) == 2 || p.set(&f.year, n[2])
}

// skipISOTime passes over the T between the day and the time (RFC 3339,
// section 5.6).
func (p *dateScanner) skipISOTime() {
	if len(p.rest) > 1 && (p.rest[0] == 'T' || p.rest[0] == 't') && isDigit(p.rest[1]) {
		p.rest = p.rest[1:]
	}
}

// scanMinutes reads a clock time from its minutes on: 30, 30:05, 30:05Z.
func (p *dateScanner) scanMinutes(hour field) bool {
	f := &p.fields
	if !p.setShort(&f.hour, hour) || !p.setShort(&f.minute, p.number()) {
		return false
	}
	if p.take(':') {
		if !p.setShort(&f.second, p.number()) {
			return false
		}
		p.skipFraction()
	}
	return p.scanZone()
}

// skipFraction passes over fractions of a second (RFC 3339).
func (p *dateScanner) skipFraction() {
	if len(p.rest) > 1 && p.rest[0] == '.' && isDigit(p.rest[1]) {
		p.rest = p.rest[1:]
		p.number()
	}
}

// scanHourWord reads a clock time after "h" or "giờ": the minutes, if any.
func (p *dateScanner) scanHourWord(hour field) bool {
	if !p.setShort(&p.fields.hour, hour) {
		return false
	}
	afterHour := p.rest
	p.skipSpaces()
	spaced := p.rest != afterHour
	minute := p.number()
	if !minute.given() || spaced && p.beginsDate(minute) {
		p.rest = afterHour
		return true
	}
	if !p.setShort(&p.fields.minute, minute) {
		return false
	}
	p.skipWord(wordMinute)
	return true
}

// beginsDate tells whether the number just read after "giờ" is not minutes but
// the first of a date: 14 giờ 11/3/2020, 14 giờ 11 tháng 3 năm 2020.
func (p *dateScanner) beginsDate(n field) bool {
	if n.digits > 2 || isSeparator(p.peek()) {
		return true
	}
	ahead := *p
	ahead.skipSpaces()
	return ahead.word() == wordMonth
}

// scanZone reads Z, +07:00, +0700 or nothing.
func (p *dateScanner) scanZone() bool {
	if p.take('Z') || p.take('z') {
		p.fields.zone = time.UTC
		return true
	}
	ahead := *p
	ahead.skipSpaces()
	sign := ahead.peek()
	if sign != '+' && sign != '-' {
		return true
	}
	ahead.rest = ahead.rest[1:]
	hours, minutes := ahead.number(), field{}
	if hours.digits == 4 {
		hours, minutes = field{hours.value / 100, 2}, field{hours.value % 100, 2}
	} else if ahead.take(':') {
		minutes = ahead.number()
	}
	if hours.digits != 2 || minutes.digits != 2 {
		return true // a dash before the date
	}
	if hours.value > 23 || minutes.value > 59 {
		return false
	}
	seconds := (hours.value*60 + minutes.value) * 60
	if sign == '-' {
		seconds = -seconds
	}
	ahead.fields.zone = time.FixedZone("", seconds)
	*p = ahead
	return true
}

// scanWord reads a word and the number that belongs to it.
func (p *dateScanner) scanWord() bool {
	switch p.word() {
	case wordDay, wordAt, wordSunday:
		return true
	case wordWeekday:
		return p.skipWeekday()
	case wordMonth:
		return p.scanMonth()
	case wordYear:
		p.skipSpaces()
		return p.set(&p.fields.year, p.number())
	}
	return false
}

// scanMonth reads the month after "tháng", and a year that a separator joins
// to it.
func (p *dateScanner) scanMonth() bool {
	p.skipSpaces()
	if !p.setShort(&p.fields.month, p.number()) {
		return false
	}
	if !p.take('/') && !p.take('-') {
		return true
	}
	return p.set(&p.fields.year, p.number())
}

// set keeps a number that was read as a part of the date; each part comes
// once.
func (p *dateScanner) set(part *field, n field) bool {
	if part.given() || !n.given() {
		return false
	}
	*part = n
	return true
}

// setShort is set for the parts of at most two digits, all but the year.
func (p *dateScanner) setShort(part *field, n field) bool {
	return n.digits <= 2 && p.set(part, n)
}

// number reads decimal digits. Its value is exact up to five of them, which
// are too many for any part.
func (p *dateScanner) number() field {
	var n field
	for n.digits < len(p.rest) && isDigit(p.rest[n.digits]) {
		if n.digits < 5 {
			n.value = n.value*10 + int(p.rest[n.digits]-'0')
		}
		n.digits++
	}
	p.rest = p.rest[n.digits:]
	return n
}

// peek returns the next byte, 0 at the end.
func (p *dateScanner) peek() byte {
	if p.rest == "" {
		return 0
	}
	return p.rest[0]
}

// take passes over c if it comes next.
func (p *dateScanner) take(c byte) bool {
	if p.peek() != c || p.rest == "" {
		return false
	}
	p.rest = p.rest[1:]
	return true
}

func (p *dateScanner) skipSpaces() {
	for p.rest != "" {
		r, size := utf8.DecodeRuneInString(p.rest)
		if !isSpace(r) {
			return
		}
		p.rest = p.rest[size:]
	}
}

// skipNoise passes over what stands between the parts of a date.
func (p *dateScanner) skipNoise() {
	for p.rest != "" {
		r, size := utf8.DecodeRuneInString(p.rest)
		if !isSpace(r) && r != ',' && r != ';' && r != '|' && !unicode.Is(unicode.Pd, r) {
			return
		}
		p.rest = p.rest[size:]
	}
}

func isDigit(c byte) bool     { return c >= '0' && c <= '9' }
func isSeparator(c byte) bool { return c == '/' || c == '-' || c == '.' }
