package render

import (
	"regexp"
	"strings"
	"testing"

	"bantin/internal/site"
)

func datesIn(t testing.TB, language string) *dateWords {
	t.Helper()
	return parseWith(t, language, nil).dates
}

var timeTags = regexp.MustCompile(`</?time[^>]*>`)

func TestAnEnglishDateHasTheNameOfItsMonth(t *testing.T) {
	dates := datesIn(t, "en")
	for in, want := range map[string]string{
		"9:00 26/2/2019":  `<time datetime="2019-02-26T09:00:00+07:00">26 February 2019, 9:00 am</time>`,
		"0:05 26/2/2019":  `<time datetime="2019-02-26T00:05:00+07:00">26 February 2019, 12:05 am</time>`,
		"12:00 26/2/2019": `<time datetime="2019-02-26T12:00:00+07:00">26 February 2019, 12:00 pm</time>`,
		"19:02 1/12/2019": `<time datetime="2019-12-01T19:02:00+07:00">1 December 2019, 7:02 pm</time>`,
		"26/2/2019":       `<time datetime="2019-02-26">26 February 2019</time>`,
		"2/2019":          `<time datetime="2019-02">February 2019</time>`,
		"2019":            `<time datetime="2019">2019</time>`,
		"":                "",
	} {
		d := date(in)
		if got := string(dates.appendTime(nil, &d)); got != want {
			t.Errorf("%q is shown as %s, want %s", in, got, want)
		}
	}
	from, to := date("14:00 11/3/2020"), date("16:30 11/3/2020")
	if got := timeTags.ReplaceAllString(string(dates.appendSpan(nil, &from, &to)), ""); got != "11 March 2020, 2:00 pm – 4:30 pm" {
		t.Errorf("an afternoon is shown as %q", got)
	}
}

func TestAnHourIsNotBrokenOverLines(t *testing.T) {
	e := site.Event{Start: date("7:30 10/12/2026"), End: date("10:05 10/12/2026")}
	for language, want := range map[string]string{"vi": "7\u00a0giờ\u00a030 – 10\u00a0giờ\u00a005", "en": "7:30\u00a0am – 10:05\u00a0am"} {
		if got := timeTags.ReplaceAllString(string(datesIn(t, language).appendWhen(nil, &e)), ""); !strings.HasSuffix(got, ", "+want) {
			t.Errorf("got %q, want %q at its end", got, want)
		}
	}
}

func TestAnEventSaysItsDaysOfTheWeek(t *testing.T) {
	for _, tc := range []struct {
		start, end string
		allDay     bool
		vi, en     string
	}{
		{"10/12/2026", "", false, "Thứ Năm, 10/12/2026", "Thursday, 10 December 2026"},
		{"10/12/2026", "10/12/2026", false, "Thứ Năm, 10/12/2026", "Thursday, 10 December 2026"},
		{"7:30 10/12/2026", "", false, "Thứ Năm, 10/12/2026, 7 giờ 30", "Thursday, 10 December 2026, 7:30 am"},
		{"7:30 10/12/2026", "11:00 10/12/2026", false, "Thứ Năm, 10/12/2026, 7 giờ 30 – 11 giờ", "Thursday, 10 December 2026, 7:30 am – 11 am"},
		{"7:30 10/12/2026", "17:00 11/12/2026", false, "Thứ Năm, 10/12/2026, 7 giờ 30 – thứ Sáu 11/12, 17 giờ", "Thursday, 10 December 2026, 7:30 am – Friday, 11 December, 5 pm"},
		{"10/12/2026", "13/12/2026", false, "Thứ Năm, 10/12/2026 – chủ nhật 13/12", "Thursday, 10 December 2026 – Sunday, 13 December"},
		{"30/12/2026", "2/1/2027", false, "Thứ Tư, 30/12/2026 – thứ Bảy 02/01/2027", "Wednesday, 30 December 2026 – Saturday, 2 January 2027"},
		{"7:30 10/12/2026", "17:00 11/12/2026", true, "Thứ Năm, 10/12/2026 – thứ Sáu 11/12", "Thursday, 10 December 2026 – Friday, 11 December"},
		{"10/12/2026", "0:00 12/12/2026", true, "Thứ Năm, 10/12/2026 – thứ Sáu 11/12", "Thursday, 10 December 2026 – Friday, 11 December"},
		{"12/2026", "", false, "12/2026", "December 2026"},
		{"2026", "2027", false, "2026–2027", "2026–2027"},
	} {
		e := site.Event{Start: date(tc.start), End: date(tc.end), AllDay: tc.allDay}
		for language, want := range map[string]string{"vi": tc.vi, "en": tc.en} {
			if got := timeTags.ReplaceAllString(string(datesIn(t, language).appendWhen(nil, &e)), ""); strings.ReplaceAll(got, "\u00a0", " ") != want {
				t.Errorf("%s – %s is shown as %q, want %q", tc.start, tc.end, got, want)
			}
		}
	}
}

func TestADatesPatternKeepsWhatItDoesNotKnow(t *testing.T) {
	w := datesIn(t, "vi")
	d := date("19:02 11/3/2020")
	for pattern, want := range map[string]string{
		"":                      "",
		"ngày {d}-{m}":          "ngày 11-3",
		"{x} {dd}{":             "{x} 11{",
		"} {dd":                 "} {dd",
		"{H} giờ {MM}, {month}": "19 giờ 02, Tháng 3",
	} {
		if got := string(w.append(nil, parseDatePattern(pattern), d.Time)); got != want {
			t.Errorf("%q gives %q, want %q", pattern, got, want)
		}
	}
}
