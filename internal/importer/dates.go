package importer

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"bantin/internal/lazyregexp"
	"bantin/internal/vietnamese"
)

// Order tells which of the two first numbers of 3/11/2020 is the day.
type Order uint8

// The orders. A source whose dates fit both keeps OrderUnknown, and its day is
// taken to stand first, as in Vietnam.
const (
	OrderUnknown Order = iota
	DayFirst
	MonthFirst
	OrderMixed // the source has dates that fit only the one, and only the other
)

// Stamp is a date as it stands in a source, before it is known in which order
// its numbers go.
type Stamp struct {
	first, second, year   int // day and month, unless Order says otherwise
	named                 bool
	hour, minute, seconds int
	hasTime, hasSeconds   bool
	zone                  *time.Location
	Updated               bool // the words before it say that it is the last change
	Text                  string
}

// IsAmbiguous tells whether both numbers could be the month.
func (s Stamp) IsAmbiguous() bool {
	return !s.named && s.first <= 12 && s.second <= 12 && s.first != s.second
}

// Date returns the moment that s gives where numbers go in an order.
func (s Stamp) Date(order Order, loc *time.Location) (vietnamese.Date, bool) {
	day, month := s.first, s.second
	if !s.named && (month > 12 || order == MonthFirst && day <= 12) {
		day, month = month, day
	}
	text := fmt.Sprintf("%d/%d/%d", day, month, s.year)
	if s.hasTime {
		clock := fmt.Sprintf("%d:%02d", s.hour, s.minute)
		if s.hasSeconds {
			clock += fmt.Sprintf(":%02d", s.seconds)
		}
		text = clock + " " + text
	}
	in := loc
	if s.zone != nil {
		in = s.zone
	}
	d, err := vietnamese.ParseDate(text, in)
	if err != nil {
		return vietnamese.Date{}, false
	}
	d.Time = d.Time.In(loc)
	return d, true
}

// Evidence counts what tells the order of a source's dates.
type Evidence struct{ dayFirst, monthFirst int }

// Add takes a stamp into account.
func (e *Evidence) Add(s Stamp) {
	switch {
	case s.named:
	case s.first > 12 && s.second <= 12:
		e.dayFirst++
	case s.second > 12 && s.first <= 12:
		e.monthFirst++
	}
}

// Order returns the order that all dates of the source fit.
func (e Evidence) Order() Order {
	switch {
	case e.dayFirst > 0 && e.monthFirst > 0:
		return OrderMixed
	case e.monthFirst > 0:
		return MonthFirst
	case e.dayFirst > 0:
		return DayFirst
	}
	return OrderUnknown
}

var (
	numericDay = lazyregexp.New(`(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?((?:19|20)\d{2})\b`)
	isoDay     = lazyregexp.New(`\b((?:19|20)\d{2})[-/](\d{1,2})[-/](\d{1,2})(?:T|\b)`)
	spokenDay  = lazyregexp.New(`(?i)(?:ngày\s+)?\b(\d{1,2})\s*,?\s*tháng\s+(\d{1,2}|giêng|một|hai|ba|tư|bốn|năm|sáu|bảy|bẩy|tám|chín|mười một|mười hai|mười|chạp)\s*(?:,|năm)?\s*,?\s*((?:19|20)\d{2})\b`)
	monthFront = lazyregexp.New(`(?i)\btháng\s+(\d{1,2}|giêng|một|hai|ba|tư|bốn|năm|sáu|bảy|bẩy|tám|chín|mười một|mười hai|mười|chạp)\s+(\d{1,2})\s*,\s*((?:19|20)\d{2})\b`)
	englishDay = lazyregexp.New(`(?i)\b(\d{1,2})(?:st|nd|rd|th)?\s+(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+((?:19|20)\d{2})\b`)
	englishUS  = lazyregexp.New(`(?i)\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+((?:19|20)\d{2})\b`)
	clockTime  = lazyregexp.New(`(?i)\b(\d{1,2})\s?(?::|h|g|giờ)\s?(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(?:phút)?\s*(am|pm|sa|ch)?(?:[^\pL]|Z\b|$)`)
	isoT       = lazyregexp.New(`(\d)T(\d)`)
	isoZone    = lazyregexp.New(`(?i)\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:[ap]m\s*)?(Z\b|[+-]\d{2}:?\d{2})|gmt\s*([+-]\s*\d{1,2}(?::\d{2})?)|utc\s*([+-]\s*\d{1,2})`)
	namedZone  = lazyregexp.New(`(?i)\d:\d{2}(?::\d{2})?\s*(?:[ap]m\s*)?([a-z]{2,4})(?:\s*[^\s\w+-]|\s+\w|\s*$)`)
)

// namedZones are how many hours zones are ahead of UTC, by the names that stand
// behind times: those of RFC 822 section 5.1, of Europe and of Indochina.
var namedZones = map[string]int{
	"gmt": 0, "ut": 0, "utc": 0, "ict": 7,
	"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
	"wet": 0, "west": 1, "bst": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3,
}

var spokenMonths = map[string]int{
	"gieng": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10, "muoi mot": 11, "muoi hai": 12, "chap": 12,
}

const englishMonths = "janfebmaraprmayjunjulaugsepoctnovdec"

func monthOf(name string) int {
	if n, err := strconv.Atoi(name); err == nil {
		return n
	}
	folded := vietnamese.Fold(name)
	if n := spokenMonths[folded]; n > 0 {
		return n
	}
	return strings.Index(englishMonths, folded[:min(3, len(folded))])/3 + 1
}

// dayForm is a way of writing a day; at gives the places of day, month and year
// among its groups.
var dayForms = []struct {
	form             func() *regexp.Regexp
	day, month, year int
	named            bool
}{
	{spokenDay, 1, 2, 3, true}, {monthFront, 2, 1, 3, true}, {isoDay, 3, 2, 1, true},
	{numericDay, 1, 2, 3, false}, {englishDay, 1, 2, 3, true}, {englishUS, 2, 1, 3, true},
}

// maxStamped is how long a line may be that is looked at for dates.
const maxStamped = 400

// findStamps returns the days that a short text names, in their order, each
// with the time beside it, and the text without them.
func findStamps(text string) (stamps []Stamp, rest string) {
	if len(text) > maxStamped || !strings.ContainsAny(text, "0123456789") {
		return nil, text
	}
	d := datedText{text: isoT().ReplaceAllString(text, "$1 $2")}
	d.findDays()
	d.findTimes()
	d.findZones()
	d.findLabels()
	for _, day := range d.days {
		stamps = append(stamps, day.Stamp)
	}
	return stamps, d.rest()
}

// datedText is a text with the days that were found in it, in their order.
type datedText struct {
	text string
	days []foundDay
	read []span // what belongs to a date
}

type span struct{ from, to int }

type foundDay struct {
	span
	Stamp
}

// findDays finds what no form that stands before it in dayForms has taken.
func (d *datedText) findDays() {
	for _, f := range dayForms {
		for _, m := range f.form().FindAllStringSubmatchIndex(d.text, 8) {
			at := span{m[0], m[1]}
			if slices.ContainsFunc(d.days, func(day foundDay) bool { return at.from < day.to && day.from < at.to }) {
				continue
			}
			group := func(i int) string { return d.text[m[2*i]:m[2*i+1]] }
			s := Stamp{first: monthOf(group(f.day)), second: monthOf(group(f.month)), named: f.named, Text: d.text[at.from:at.to]}
			s.year, _ = strconv.Atoi(group(f.year))
			if s.first == 0 || s.second == 0 || s.first > 31 || s.second > 31 || s.first > 12 && s.second > 12 {
				continue
			}
			d.days = append(d.days, foundDay{at, s})
			d.read = append(d.read, at)
		}
	}
	slices.SortFunc(d.days, func(a, b foundDay) int { return a.from - b.from })
}

// maxApart is how far from its day a time may stand, in bytes.
const maxApart = 60

// findTimes gives each time to the day that is nearest to it.
func (d *datedText) findTimes() {
	for _, m := range clockTime().FindAllStringSubmatchIndex(d.text, 8) {
		at := span{m[0], m[1]}
		day := d.nearest(at)
		if day == nil {
			continue
		}
		hour, _ := strconv.Atoi(d.text[m[2]:m[3]])
		minute, _ := strconv.Atoi(d.text[m[4]:m[5]])
		if hour > 23 || minute > 59 {
			continue
		}
		if m[8] >= 0 {
			hour = hourOf(hour, d.text[m[8]:m[9]])
		}
		day.hour, day.minute, day.hasTime = hour, minute, true
		if m[6] >= 0 {
			day.seconds, _ = strconv.Atoi(d.text[m[6]:m[7]])
			day.hasSeconds = day.seconds > 0
		}
		d.read = append(d.read, at)
	}
}

// nearest returns the day without a time that is nearest to at, nil if none is
// near.
func (d *datedText) nearest(at span) *foundDay {
	var best *foundDay
	distance := maxApart
	for i := range d.days {
		day := &d.days[i]
		apart := min(abs(at.from-day.to), abs(day.from-at.to))
		isInside := day.from < at.from && at.from < day.to
		if apart < distance && !isInside && !day.hasTime {
			best, distance = day, apart
		}
	}
	return best
}

// hourOf returns the hour of the day for one of a half day: ch, chiều; sa, sáng.
func hourOf(hour int, half string) int {
	switch half = strings.ToLower(half); {
	case (half == "pm" || half == "ch") && hour < 12:
		return hour + 12
	case (half == "am" || half == "sa") && hour == 12:
		return 0
	}
	return hour
}

// findZones finds the time zone of all times.
func (d *datedText) findZones() {
	for _, m := range isoZone().FindAllStringSubmatchIndex(d.text, 4) {
		for g := 2; g <= 6; g += 2 {
			if m[g] < 0 {
				continue
			}
			at := span{m[0], m[1]}
			if g == 2 { // behind a time, which is read
				at.from = m[g]
			}
			d.setZone(zoneOf(d.text[m[g]:m[g+1]]), at)
		}
	}
	for _, m := range namedZone().FindAllStringSubmatchIndex(d.text, 4) {
		if hours, ok := namedZones[strings.ToLower(d.text[m[2]:m[3]])]; ok {
			d.setZone(time.FixedZone("", hours*3600), span{m[2], m[3]})
		}
	}
}

// setZone gives all times the zone that stands at a place; nil is none.
func (d *datedText) setZone(zone *time.Location, at span) {
	if zone == nil || len(d.days) == 0 {
		return
	}
	for i := range d.days {
		if d.days[i].hasTime {
			d.days[i].zone = zone
		}
	}
	d.read = append(d.read, at)
}

// Folded words before a date that say what it is.
var updatedWords = []string{"cap nhat", "sua", "updated", "modified"}

func (d *datedText) findLabels() {
	from := 0
	for i := range d.days {
		day := &d.days[i]
		label := vietnamese.Fold(d.text[from:day.from])
		day.Updated = slices.ContainsFunc(updatedWords, func(word string) bool { return strings.Contains(label, word) })
		from = day.to
	}
}

// rest returns the text with spaces for what belongs to a date.
func (d *datedText) rest() string {
	left := []byte(d.text)
	for _, part := range d.read {
		for i := part.from; i < min(part.to, len(left)); i++ {
			left[i] = ' '
		}
	}
	return strings.ToValidUTF8(string(left), " ")
}

func abs(n int) int { return max(n, -n) }

func zoneOf(text string) *time.Location {
	text = strings.ReplaceAll(text, " ", "")
	if strings.EqualFold(text, "z") {
		return time.UTC
	}
	sign := 1
	if text[0] == '-' {
		sign = -1
	}
	hours, minutes, _ := strings.Cut(text[1:], ":")
	if minutes == "" && len(hours) == 4 {
		hours, minutes = hours[:2], hours[2:]
	}
	h, err := strconv.Atoi(hours)
	m, _ := strconv.Atoi("0" + minutes)
	if err != nil || h > 14 || m > 59 {
		return nil
	}
	return time.FixedZone("", sign*(h*3600+m*60))
}

// dateWords are what may stand in a line beside its date, folded.
var dateWords = lazyregexp.New(`\b(?:ngay|dang|dang tai|duoc|luc|vao|thoi gian|thoi diem|xuat ban|gui|cap nhat|lan|cuoi|moi nhat|sua|thu (?:hai|ba|tu|nam|sau|bay)|thu [2-7]|t[2-7]|chu nhat|cn|gmt|utc|ict|gio|phut|posted|published|updated|last|modified|on|at|by|date|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|luot (?:xem|doc)|so lan xem|da xem|views?|[0-9]+`)

// DateLine returns the dates of a line that says nothing else: 19:02 11/03/2020;
// Thứ tư, 11/03/2020, 19:02 (GMT+7); Ngày đăng: … Cập nhật lúc ….
func DateLine(text string) ([]Stamp, bool) {
	text = strings.TrimSpace(text)
	if len(text) > 200 {
		return nil, false
	}
	stamps, rest := findStamps(text)
	if len(stamps) == 0 {
		return nil, false
	}
	rest = dateWords().ReplaceAllString(vietnamese.Fold(rest), " ")
	letters := 0
	for _, r := range rest {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return stamps, letters <= 2
}

// Stamps returns the days that a text of a line names, each with the time beside
// it.
func Stamps(text string) []Stamp {
	stamps, _ := findStamps(text)
	return stamps
}
