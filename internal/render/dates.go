package render

import (
	"html"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"bantin/internal/site"
	"bantin/internal/vietnamese"
)

// datePattern is how a language writes a date: texts and, between them, fields
// in braces, which vi.yaml explains.
type datePattern []datePart

// datePart is a text, or a field if append is set.
type datePart struct {
	text   string
	append func(w *dateWords, dst []byte, t time.Time) []byte
}

// dateWords are the dates of one language.
type dateWords struct {
	byPrecision [vietnamese.Second + 1]datePattern // to the minute at most
	clock       datePattern
	clockFirst  bool // the time stands before the day

	eventDay, eventDayLater, eventDayNextYear datePattern
	eventHour, eventHourMinute                datePattern
	periodMonth, periodStart, periodEnd       datePattern
	tileMonth                                 datePattern

	months   [12]string
	weekdays [7]string // from Monday on
	halves   [2]string // of the day
}

func newDateWords(m messages) *dateWords {
	w := &dateWords{
		clock:            parseDatePattern(m["clock"]),
		eventDay:         parseDatePattern(m["event-day"]),
		eventDayLater:    parseDatePattern(m["event-day-later"]),
		eventDayNextYear: parseDatePattern(m["event-day-next-year"]),
		eventHour:        parseDatePattern(unbroken(m["event-hour"])),
		eventHourMinute:  parseDatePattern(unbroken(m["event-hour-minute"])),
		periodMonth:      parseDatePattern(m["period-month"]),
		periodStart:      parseDatePattern(m["period-start"]),
		periodEnd:        parseDatePattern(m["period-end"]),
		tileMonth:        parseDatePattern(m["tile-month"]),
		halves:           [2]string{html.EscapeString(m["am"]), html.EscapeString(m["pm"])},
	}
	for p, key := range [...]string{"", "date-year", "date-month", "date-day", "date-minute", "date-minute"} {
		w.byPrecision[p] = parseDatePattern(m[key])
	}
	minute := m["date-minute"]
	w.clockFirst = strings.Index(minute, "{MM}") < strings.Index(minute, "{yyyy}")
	for i := range w.months {
		w.months[i] = html.EscapeString(m["month-"+strconv.Itoa(i+1)])
	}
	for i := range w.weekdays {
		w.weekdays[i] = html.EscapeString(m["weekday-long-"+strconv.Itoa(i+1)])
	}
	return w
}

// unbroken keeps the words of a pattern on one line.
func unbroken(s string) string { return strings.ReplaceAll(s, " ", "\u00a0") }

// parseDatePattern reads a pattern of the words. What it gives stands in HTML.
func parseDatePattern(s string) datePattern {
	s = html.EscapeString(s)
	var p datePattern
	for s != "" {
		open := strings.IndexByte(s, '{')
		length := strings.IndexByte(s[max(open, 0):], '}')
		if open < 0 || length < 0 {
			break
		}
		field, ok := dateFields[s[open+1:open+length]]
		if !ok {
			p, s = append(p, datePart{text: s[:open+length+1]}), s[open+length+1:]
			continue
		}
		p, s = append(p, datePart{text: s[:open]}, datePart{append: field}), s[open+length+1:]
	}
	return append(p, datePart{text: s})
}

// dateFields are the fields of a pattern, by name.
var dateFields = map[string]func(w *dateWords, dst []byte, t time.Time) []byte{
	"yyyy": func(_ *dateWords, dst []byte, t time.Time) []byte { return t.AppendFormat(dst, "2006") },
	"mm":   func(_ *dateWords, dst []byte, t time.Time) []byte { return t.AppendFormat(dst, "01") },
	"m":    func(_ *dateWords, dst []byte, t time.Time) []byte { return t.AppendFormat(dst, "1") },
	"dd":   func(_ *dateWords, dst []byte, t time.Time) []byte { return t.AppendFormat(dst, "02") },
	"d":    func(_ *dateWords, dst []byte, t time.Time) []byte { return t.AppendFormat(dst, "2") },
	"HH":   func(_ *dateWords, dst []byte, t time.Time) []byte { return t.AppendFormat(dst, "15") },
	"H":    func(_ *dateWords, dst []byte, t time.Time) []byte { return strconv.AppendInt(dst, int64(t.Hour()), 10) },
	"h":    func(_ *dateWords, dst []byte, t time.Time) []byte { return t.AppendFormat(dst, "3") },
	"MM":   func(_ *dateWords, dst []byte, t time.Time) []byte { return t.AppendFormat(dst, "04") },
	"ampm": func(w *dateWords, dst []byte, t time.Time) []byte { return append(dst, w.halves[t.Hour()/12]...) },
	"month": func(w *dateWords, dst []byte, t time.Time) []byte {
		return append(dst, w.months[t.Month()-1]...)
	},
	"mon": func(w *dateWords, dst []byte, t time.Time) []byte {
		name := []rune(w.months[t.Month()-1])
		return append(dst, string(name[:min(3, len(name))])...)
	},
	"Weekday": func(w *dateWords, dst []byte, t time.Time) []byte { return append(dst, w.weekday(t)...) },
	"weekday": func(w *dateWords, dst []byte, t time.Time) []byte {
		name := w.weekday(t)
		first, size := utf8.DecodeRuneInString(name)
		return append(utf8.AppendRune(dst, unicode.ToLower(first)), name[size:]...)
	},
}

func (w *dateWords) weekday(t time.Time) string { return w.weekdays[(t.Weekday()+6)%7] }

// appendWeekday appends the day of the week of a date, with a comma to stand
// before the date; nothing for one that is no day.
func (w *dateWords) appendWeekday(dst []byte, d *vietnamese.Date) []byte {
	if d.IsZero() || d.Precision < vietnamese.Day {
		return dst
	}
	dst = append(dst, `<span class="weekday">`...)
	return append(append(dst, w.weekday(d.Time)...), `, </span>`...)
}

func (w *dateWords) append(dst []byte, p datePattern, t time.Time) []byte {
	for _, part := range p {
		if part.append != nil {
			dst = part.append(w, dst, t)
		} else {
			dst = append(dst, part.text...)
		}
	}
	return dst
}

// text returns a date as readers know it, to the minute at most.
func (w *dateWords) text(d vietnamese.Date) string {
	if d.IsZero() {
		return ""
	}
	return html.UnescapeString(string(w.append(nil, w.byPrecision[d.Precision], d.Time)))
}

// appendTime shows a date as readers know it, to the minute at most, with its
// ISO form for machines; nothing for an absent date.
func (w *dateWords) appendTime(dst []byte, d *vietnamese.Date) []byte {
	if d.IsZero() {
		return dst
	}
	return w.appendTimeAs(dst, d, w.byPrecision[d.Precision])
}

// appendTimeAs shows a date by some patterns, with a comma between two.
func (w *dateWords) appendTimeAs(dst []byte, d *vietnamese.Date, patterns ...datePattern) []byte {
	dst = append(dst, `<time datetime="`...)
	dst = append(dst, d.ISO()...)
	dst = append(dst, `">`...)
	for i, p := range patterns {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		dst = w.append(dst, p, d.Time)
	}
	return append(dst, `</time>`...)
}

// appendSpan shows the time from one date to another: 2018–2021, 14:00–16:30
// 11/03/2020, 09/05/2026 – 11/05/2026. Without an end it shows the start alone.
func (w *dateWords) appendSpan(dst []byte, from, to *vietnamese.Date) []byte {
	switch {
	case to.IsZero(), *from == *to:
		return w.appendTime(dst, from)
	case from.Precision == vietnamese.Year && to.Precision == vietnamese.Year:
		dst = append(w.appendTime(dst, from), "–"...)
	case from.Precision >= vietnamese.Minute && to.Precision >= vietnamese.Minute && sameDay(*from, *to):
		if !w.clockFirst {
			dst = append(w.appendTime(dst, from), " – "...)
			return w.appendTimeAs(dst, to, w.clock)
		}
		dst = append(w.appendTimeAs(dst, from, w.clock), "–"...)
	default:
		dst = append(w.appendTime(dst, from), " – "...)
	}
	return w.appendTime(dst, to)
}

// appendWhen shows when an event takes place, with the days of the week: "Thứ
// Năm, 10/12/2026, 7 giờ 30 – thứ Sáu 11/12, 17 giờ".
func (w *dateWords) appendWhen(dst []byte, e *site.Event) []byte {
	from, to := e.Start, e.End
	if e.AllDay {
		from.Precision, to.Precision = min(from.Precision, vietnamese.Day), min(to.Precision, vietnamese.Day)
		if e.End.Precision > vietnamese.Day && e.End.Time.After(from.Time) {
			to.Time = e.End.EndOfDays().Add(-time.Nanosecond)
		}
	}
	if from.Precision < vietnamese.Day || !to.IsZero() && to.Precision < vietnamese.Day {
		return w.appendSpan(dst, &from, &to)
	}
	dst = w.appendTimeAs(dst, &from, w.patternsOf(from, w.eventDay)...)
	isSameDay := sameDay(from, to)
	switch {
	case to.IsZero(), isSameDay && (to.Precision == vietnamese.Day || !to.Time.After(from.Time)):
		return dst
	case isSameDay:
		dst = append(dst, " – "...)
		return w.appendTimeAs(dst, &to, w.patternsOf(to, nil)...)
	case from.Time.Year() == to.Time.Year():
		dst = append(dst, " – "...)
		return w.appendTimeAs(dst, &to, w.patternsOf(to, w.eventDayLater)...)
	}
	dst = append(dst, " – "...)
	return w.appendTimeAs(dst, &to, w.patternsOf(to, w.eventDayNextYear)...)
}

// appendTile shows the day and the month of an event as a leaf of a calendar, for
// the eye alone: the date stands beside it in words.
func (w *dateWords) appendTile(dst []byte, d *vietnamese.Date) []byte {
	if d.Precision < vietnamese.Day {
		return dst
	}
	dst = append(dst, `<span class="tile" aria-hidden="true"><b>`...)
	dst = d.Time.AppendFormat(dst, "2")
	dst = append(dst, `</b> `...)
	return append(w.append(dst, w.tileMonth, d.Time), `</span>`...)
}

// appendPeriod shows the time of a page of a list: "tháng 3 – 5/2024".
func (w *dateWords) appendPeriod(dst []byte, p *site.Period) []byte {
	if p.From.IsZero() || p.To.IsZero() {
		return dst
	}
	from, to := p.From.Time, p.To.Time
	switch {
	case from.Year() != to.Year():
		dst = w.append(dst, w.periodMonth, from)
	case from.Month() == to.Month():
		return w.append(dst, w.periodMonth, from)
	default:
		dst = w.append(dst, w.periodStart, from)
	}
	return w.append(append(dst, " – "...), w.periodEnd, to)
}

// patternsOf returns how the day of an event and its hour are shown; a nil day
// is left out.
func (w *dateWords) patternsOf(d vietnamese.Date, day datePattern) []datePattern {
	var patterns []datePattern
	if day != nil {
		patterns = append(patterns, day)
	}
	switch {
	case d.Precision <= vietnamese.Day:
		return patterns
	case d.Time.Minute() == 0:
		return append(patterns, w.eventHour)
	}
	return append(patterns, w.eventHourMinute)
}

func sameDay(a, b vietnamese.Date) bool {
	ay, am, ad := a.Time.Date()
	by, bm, bd := b.Time.Date()
	return ay == by && am == bm && ad == bd
}
