package vietnamese

import (
	"strconv"
	"strings"
	"time"

	"bantin/internal/lazyregexp"
)

// mendDate returns the date that was most likely meant with s, which is in
// none of the forms, as Date.String shows it; "" where there is no telling.
func mendDate(s string, loc *time.Location) string {
	if len(s) > 100 {
		return ""
	}
	for _, mend := range []func(string) string{
		func(s string) string { return s },
		plainDigits,
		digitsToDate,
		pointInTime,
		englishMonth,
		partOfDay,
		sameSeparators,
		withoutAside,
	} {
		s = mend(strings.Trim(NFC(s), " \t\u00a0?!.,;:\"'“”‘’()[]"))
		p := dateScanner{rest: s}
		if !p.scan() {
			continue
		}
		if d, wrong := p.fields.date(loc); wrong == nil {
			return d.String()
		} else if wrong.Suggest != "" {
			return wrong.Suggest
		}
	}
	return ""
}

// otherDigits are characters that stand for digits and signs of a date in other
// scripts, or look like them.
var otherDigits = strings.NewReplacer("０", "0", "１", "1", "２", "2", "３", "3", "４", "4", "５", "5", "６", "6", "７", "7", "８", "8", "９", "9",
	"／", "/", "∕", "/", "⁄", "/", "：", ":", "．", ".", "－", "-")

// letterInNumber is a number in which a letter stands for a digit: 2O26, l1.
var letterInNumber = lazyregexp.New(`\b[Ool]*\d[\dOol]*\b`)

// plainDigits writes １１／3/2O26 as 11/3/2026.
func plainDigits(s string) string {
	return letterInNumber().ReplaceAllStringFunc(otherDigits.Replace(s), strings.NewReplacer("O", "0", "o", "0", "l", "1").Replace)
}

// pointTime is a time with a point between hour and minutes, or with a word behind them.
var pointTime = lazyregexp.New(`(^|\s)([01]?\d|2[0-3])(?:\.([0-5]\d)|[hg:]([0-5]\d)\s*(?:p|ph|phút))(\s|,|$)`)

// pointInTime writes 14.30 11/3/2026 and 14h30p 11/3/2026 as 14:30 11/3/2026.
func pointInTime(s string) string { return pointTime().ReplaceAllString(s, "$1$2:$3$4$5") }

var eightDigits = lazyregexp.New(`^(\d{4})(\d{2})(\d{2})$`)

// digitsToDate parts 20200311.
func digitsToDate(s string) string { return eightDigits().ReplaceAllString(s, "$1-$2-$3") }

var (
	dayMonthName = lazyregexp.New(`(?i)\b(\d{1,2})(?:st|nd|rd|th)?[ -]+(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?[ -]+(\d{4})\b`)
	monthNameDay = lazyregexp.New(`(?i)\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?[ -]+(\d{1,2})(?:st|nd|rd|th)?,?[ -]+(\d{4})\b`)
)

const monthNames = "janfebmaraprmayjunjulaugsepoctnovdec"

// englishMonth writes a month's English name as its number.
func englishMonth(s string) string {
	number := func(name string) string { return strconv.Itoa(strings.Index(monthNames, strings.ToLower(name))/3 + 1) }
	if m := dayMonthName().FindStringSubmatch(s); m != nil {
		return strings.Replace(s, m[0], m[1]+"/"+number(m[2])+"/"+m[3], 1)
	}
	if m := monthNameDay().FindStringSubmatch(s); m != nil {
		return strings.Replace(s, m[0], m[2]+"/"+number(m[1])+"/"+m[3], 1)
	}
	return s
}

var hourOfPart = lazyregexp.New(`(?i)(\d{1,2})\s*(?:(?:h|g|giờ|:)\s*(\d{1,2})?)?\s*(?:phút)?\s*(?:buổi\s+)?(sáng|trưa|chiều|tối|đêm|am|pm|sa|ch)(?:\s|,|$)`)

// partOfDay writes 2 giờ chiều as 14:00. Noon and midnight, which people count
// from in either direction, are left alone unless they are plain.
func partOfDay(s string) string {
	m := hourOfPart().FindStringSubmatch(s)
	if m == nil {
		return s
	}
	hour, _ := strconv.Atoi(m[1])
	minute := "00"
	if m[2] != "" {
		minute = strings.Repeat("0", 2-len(m[2])) + m[2]
	}
	switch part := strings.ToLower(m[3]); {
	case hour > 12:
	case part == "sáng" && hour == 12, part == "đêm" && hour >= 5 && hour < 9, part == "trưa" && hour < 10 && hour > 2:
		return s
	case (part == "am" || part == "sa" || part == "đêm") && hour == 12:
		hour = 0
	case part == "sáng", part == "am", part == "sa", hour == 12, part == "trưa" && hour >= 10, part == "đêm" && hour < 5:
	default:
		hour += 12
	}
	return strings.Replace(s, strings.TrimRight(m[0], " ,"), strconv.Itoa(hour)+":"+minute, 1)
}

var mixedSeparators = lazyregexp.New(`\b(\d{1,2})(?:\s*[-/.\\_,]+\s*|\s)(\d{1,2})(?:\s*[-/.\\_,]+\s*|\s)(\d{4})\b`)

// sameSeparators writes 11-3/2020 as 11/3/2020.
func sameSeparators(s string) string { return mixedSeparators().ReplaceAllString(s, "$1/$2/$3") }

// aside is what people write beside a date: a remark in brackets, the day of the
// week as T2, the mark of minutes.
var aside = lazyregexp.New(`(?i)\s*\([^()/+]*\)?|^t[2-7][,.]?\s+|['’′]`)

// withoutAside writes 8h30' 11/3/2020 (thứ Tư) as 8h30 11/3/2020.
func withoutAside(s string) string { return aside().ReplaceAllString(s, "") }

// termWords stand between the two dates of a term, the surest first.
var termWords = []string{" đến hết ", " đến ", " tới ", " to ", " – ", " — ", " - ", "–", "—", "-", "/"}

// ParseTerm reads two dates that stand for the time between them: 2026-2030,
// 1/1/2026 – 31/12/2030, từ 2026 đến 2030, 8h-11h 30/11/2026. It is not ok for anything else, and
// for one date.
func ParseTerm(s string, loc *time.Location) (from, to Date, ok bool) {
	if _, err := ParseDate(s, loc); err == nil || len(s) > 100 {
		return Date{}, Date{}, false
	}
	s = strings.TrimPrefix(NFC(s), "từ ")
	for _, word := range termWords {
		for at := 0; ; at++ {
			next := strings.Index(s[at:], word)
			if next < 0 {
				break
			}
			at += next
			left, right := strings.TrimSpace(s[:at]), strings.TrimSpace(s[at+len(word):])
			from, errFrom := ParseDate(left, loc)
			to, errTo := ParseDate(right, loc)
			switch { // what both share is said once: 8h-11h 30/11/2026, 30/11 đến 2/12/2026
			case errFrom != nil && errTo == nil && to.Precision > Day:
				from, errFrom = ParseDate(left+" "+dayOf(to), loc)
			case errFrom != nil && errTo == nil && to.Precision == Day && strings.Count(left, "/") == 1:
				from, errFrom = ParseDate(left+"/"+strconv.Itoa(to.Time.Year()), loc)
			case errFrom == nil && errTo != nil && from.Precision > Day:
				to, errTo = ParseDate(right+" "+dayOf(from), loc)
			}
			if errFrom == nil && errTo == nil && !to.Before(from) {
				return from, to, true
			}
		}
	}
	return Date{}, Date{}, false
}

// dayOf returns the day of d as it is shown.
func dayOf(d Date) string {
	d.Precision = Day
	return d.String()
}
