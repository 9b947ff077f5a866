package check

import (
	"slices"
	"strings"
	"time"

	"bantin/internal/diag"
	"bantin/internal/lazyregexp"
	"bantin/internal/vietnamese"
)

// soon is how far from now an article is dated that is written today.
const soon = 31 * 24 * time.Hour

// dates reports a date that is more than a year ahead, and dates that make
// sense only with day and month exchanged.
func (l *look) dates() {
	a := l.article
	at := func() diag.Pos { return l.valueAt("date") }
	swapped, ok := swap(a.Date)
	switch {
	case ok && l.namedAfter(swapped):
		l.report(at(), "swapped-date", a.Date.String(), swapped.String())
	case ok && a.Date.Start().After(l.now.Add(soon)) && !swapped.Start().After(l.now) && swapped.Start().After(l.now.Add(-soon)):
		l.report(at(), "swapped-date", a.Date.String(), swapped.String())
	case a.Date.Start().After(l.now.AddDate(1, 0, 0)):
		l.report(at(), "far-date", a.Date.String())
	}
	if updated := a.Optional().Updated; updated.Start().After(l.now) && !updated.Before(a.Date) && !a.Date.Start().After(l.now) {
		l.report(l.valueAt("updated"), "future-update", updated.String())
	}
	if a.Agreement == nil || a.Agreement.Signed.IsZero() || a.Date.IsZero() {
		return
	}
	signed := a.Agreement.Signed
	if swapped, ok := swap(signed); ok && a.Date.Before(signed) && !a.Date.Before(swapped) {
		l.report(l.valueAt("agreement", "signed"), "swapped-date", signed.String(), swapped.String())
	}
}

// weekday is a day of the week with its date, as invitations have it.
var weekday = lazyregexp.New(`(?i)(chủ nhật|thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7]))(?:,? ?[(–-] ?|, ?| )(?:ngày )?(\d{1,2}(?:[/.-]\d{1,2}[/.-]| tháng \d{1,2} năm )\d{4})`)

// beforeWeekday are the words, folded, behind which thứ ba is a day; behind others, as
// in xếp thứ ba or phiên họp thứ ba, it is the third.
var beforeWeekday = []string{
	"vao", "sang", "trua", "chieu", "toi", "dem", "hom", "tu", "den", "het", "truoc", "sau", "va", "la", "luc", "ngay", "gio", "mo", "dong",
	"nghi", "viec", "mac", "chuc", "hoac",
}

// isWeekday tells whether the words before thứ ba, or what else text[:off] ends in, make
// it a day of the week.
func isWeekday(text string, off int) bool {
	before := strings.TrimRight(text[:off], " ")
	word := wordBefore(before, len(before))
	if word == "" {
		return true // the start of a line, a mark or a time
	}
	rest := strings.TrimRight(before[:len(before)-len(word)], " ")
	above := vietnamese.Fold(wordBefore(rest, len(rest)))
	switch folded := vietnamese.Fold(word); folded {
	case "hop":
		return !slices.Contains([]string{"phien", "ky", "cuoc", "buoi", "khoa", "lan"}, above)
	case "phien", "tuan", "ngay", "buoi":
		return false
	case "sau", "truoc", "den", "toi", "la":
		return above != "dung" && above != "xep" && above != "vi" && above != "tri" // đứng sau thứ ba
	default:
		return slices.Contains(beforeWeekday, folded)
	}
}

// daysOfWeek are their names, in the order of time.Weekday.
var daysOfWeek = []string{"chủ nhật", "thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy"}

// weekdays reports a day of the week that is not that of its date, in the text
// and in what readers see of the front matter.
func (l *look) weekdays() {
	for i, line := range l.front.lines {
		l.weekdaysOf(line, func(off int) diag.Pos { return l.front.at(i, off) })
	}
	for _, run := range l.body.Runs {
		l.weekdaysOf(run.Text, func(off int) diag.Pos { return l.body.Pos(run, off) })
	}
}

func (l *look) weekdaysOf(text string, at func(off int) diag.Pos) {
	if !strings.Contains(text, "hứ ") && !strings.Contains(text, "hủ nhật") && !strings.Contains(text, "HỦ NHẬT") && !strings.Contains(text, "HỨ ") {
		return
	}
	for _, m := range weekday().FindAllStringSubmatchIndex(text, -1) {
		date, err := vietnamese.ParseDate(text[m[4]:m[5]], l.now.Location())
		typed := strings.ToLower(text[m[2]:m[3]])
		if err != nil || typed != daysOfWeek[0] && !isWeekday(text, m[2]) {
			continue
		}
		day := date.Time.Weekday()
		if typed == daysOfWeek[day] || typed == "thứ "+itoa(int(day)+1) {
			continue
		}
		l.report(at(m[2]), "wrong-weekday", text[m[4]:m[5]], daysOfWeek[day], text[m[2]:m[3]])
	}
}

// swap returns d with its day as month and its month as day.
func swap(d vietnamese.Date) (vietnamese.Date, bool) {
	t := d.Time
	if d.Precision < vietnamese.Day || t.Day() > 12 || t.Day() == int(t.Month()) {
		return vietnamese.Date{}, false
	}
	return d.OnDay(t.Year(), t.Day(), int(t.Month())), true
}

var leadingDay = lazyregexp.New(`^(\d{4})-?(\d{2})-?(\d{2})-`)

// namedAfter tells whether the article's id or the name of its file or folder
// begins with the day of d.
func (l *look) namedAfter(d vietnamese.Date) bool {
	names := append(strings.Split(l.article.Path, "/"), l.article.ID.Value)
	for _, name := range names {
		if m := leadingDay().FindStringSubmatch(name); m != nil && m[1]+m[2]+m[3] == d.Time.Format("20060102") {
			return true
		}
	}
	return false
}
