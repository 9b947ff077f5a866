package vietnamese

import (
	"errors"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"bantin/internal/testsize"
)

func TestADayComesBeforeTheMonth(t *testing.T) {
	d := parse(t, "4/10/2018", time.UTC)
	if got, want := d.Time, time.Date(2018, time.October, 4, 0, 0, 0, 0, time.UTC); !got.Equal(want) {
		t.Errorf("4/10/2018 is %v, want %v", got, want)
	}
}

func TestEveryFormOfADateIsRead(t *testing.T) {
	saigon := zone(t, "Asia/Ho_Chi_Minh")
	forms := map[string][]string{
		"2020":    {"2020", "năm 2020", "Năm 2020", " 2020 "},
		"03/2020": {"3/2020", "03/2020", "3-2020", "3.2020", "tháng 3 năm 2020", "Tháng 03/2020", "tháng 3-2020", "2020-03"},
		"11/03/2020": {
			"11/3/2020", "11/03/2020", "11-3-2020", "11.3.2020", "11.03.2020", "11 / 3 / 2020", "11 - 3 - 2020",
			"2020-03-11", "2020-3-11", "2020/03/11", "2020.03.11",
			"ngày 11 tháng 3 năm 2020", "Ngày 11 tháng 03 năm 2020", "11 tháng 3 năm 2020", "ngày 11 tháng 3, 2020",
			"ngày 11/3/2020", "ngày 11/3 năm 2020", "ngày 11 tháng 3/2020",
			"thứ tư, 11/3/2020", "Thứ Tư, ngày 11/03/2020", "thứ 4 11/3/2020", "Thứ năm, ngày 11 tháng 3 năm 2020",
			"Chủ nhật, 11/3/2020", "CN 11/3/2020",
		},
		"19:02 11/03/2020": {
			"19:02 11/3/2020", "11/3/2020 19:02", "19:02, ngày 11/03/2020", "19:02 - 11/03/2020", "11/03/2020 – 19:02",
			"11/03/2020 | 19:02", "19:02-11/3/2020", "Thứ tư, 11/3/2020, 19:02",
			"19h02 11/3/2020", "19H02 11/3/2020", "19g02 11/3/2020", "11/3/2020 19h2", "19h02 ngày 11 tháng 3 năm 2020",
			"19 giờ 02 11/3/2020", "19 giờ 2 phút ngày 11/3/2020", "19 giờ 02 phút, ngày 11 tháng 3 năm 2020",
			"lúc 19 giờ 02 ngày 11-3-2020", "Vào hồi 19 giờ 02, ngày 11.3.2020", "ngày 11 tháng 3 năm 2020, 19 giờ 02",
			"2020-03-11 19:02", "2020-03-11T19:02", "2020-03-11T19:02+07:00", "2020-03-11T12:02Z", "2020-03-11t12:02z",
			"2020-03-11 19:02 +0700", "2020-03-11T07:02-05:00",
		},
		"14:00 11/03/2020": {
			"14h 11/3/2020", "14h, 11/3/2020", "14 h 11/3/2020", "14 giờ 11/3/2020", "14 giờ, 11/3/2020", "14 giờ ngày 11/3/2020",
			"14 giờ 11 tháng 3 năm 2020", "11/3/2020 14h", "11/3/2020 14 giờ", "14h 2020-03-11", "14h - 11/3/2020", "14:00 11/3/2020",
		},
		"19:02:05 11/03/2020": {
			"2020-03-11 19:02:05", "2020-03-11T19:02:05", "2020-03-11T19:02:05+07:00", "2020-03-11T12:02:05Z",
			"2020-03-11T12:02:05.678Z", "2020-03-11 19:02:05 +0700", "19:02:05 11/3/2020",
		},
		"00:30 01/01/2021": {"2020-12-31T17:30Z"},
		"29/02/2024":       {"29/2/2024"},
	}
	for want, inputs := range forms {
		for _, in := range inputs {
			for _, s := range []string{in, norm.NFD.String(in)} {
				d, err := ParseDate(s, saigon)
				if err != nil {
					t.Errorf("ParseDate(%q): %v", s, err)
				} else if d.String() != want {
					t.Errorf("ParseDate(%q) = %s, want %s", s, d, want)
				}
			}
		}
	}
}

func TestAWrongDateIsNamedAndMended(t *testing.T) {
	tests := []struct {
		in      string
		kind    DateErrorKind
		suggest string
	}{
		{"31/02/2026", NoSuchDay, "28/02/2026"},
		{"19:02 31/4/2026", NoSuchDay, "19:02 30/04/2026"},
		{"29/2/2023", NoSuchDay, "28/02/2023"},
		{"0/3/2020", NoSuchDay, ""},
		{"3/13/2020", NoSuchMonth, "13/03/2020"},
		{"2020-13-03", NoSuchMonth, "13/03/2020"},
		{"9:05 12/31/2020", NoSuchMonth, "09:05 31/12/2020"},
		{"13/2020", NoSuchMonth, ""},
		{"11/0/2020", NoSuchMonth, ""},
		{"0/0/2020", NoSuchMonth, ""},
		{"40/50/2020", NoSuchMonth, ""},
		{"25:00 11/3/2020", NoSuchTime, ""},
		{"14:60 11/3/2020", NoSuchTime, ""},
		{"2020-03-11T14:00:60Z", NoSuchTime, ""},
		{"24:00 31/12/2020", NoSuchTime, "00:00 01/01/2021"},
		{"24h 11/3/2020", NoSuchTime, "00:00 12/03/2020"},
		{"11/3/20", TwoDigitYear, "11/03/2020"},
		{"3/13/98", TwoDigitYear, "13/03/1998"},
		{"năm 20", TwoDigitYear, "2020"},
		{"11/3", NoYear, ""},
		{"ngày 11 tháng 3", NoYear, ""},
		{"19:02 11/3", NoYear, ""},
		{"11/3/202", YearOutOfRange, ""},
		{"11/3/20200", YearOutOfRange, ""},
		{"11/3/02020", YearOutOfRange, ""},
		{"1899", YearOutOfRange, ""},
		{"2201", YearOutOfRange, ""},
		{"1900-01-01T00:00:00+14:00", YearOutOfRange, ""},
		{"", NotADate, ""},
		{"  ", NotADate, ""},
		{"hôm qua", NotADate, ""},
		{"11 March 2020", NotADate, "11/03/2020"},
		{"19:02", NoDay, ""},
		{"19:02 3/2020", NotADate, ""},
		{"ngày 11", NotADate, ""},
		{"ngày 11 năm 2020", NotADate, ""},
		{"11-3/2020", NotADate, "11/03/2020"},
		{"11//3/2020", NotADate, "11/03/2020"},
		{"111/3/2020", NotADate, ""},
		{"11/3/2020 12/3/2020", NotADate, ""},
		{"11/3/2020 19:02 20:02", NotADate, ""},
		{"2019/2020", NotADate, ""},
		{"20200311", NotADate, "11/03/2020"},
		{"11/3/2020 19:", NotADate, ""},
		{"2:30 PM 11/3/2020", NotADate, "14:30 11/03/2020"},
		{"thứ 8, 11/3/2020", NotADate, ""},
		{"thứ mười, 11/3/2020", NotADate, ""},
		{"2020-03-11T19:02+25:00", NotADate, ""},
		{"11/3/2020?", NotADate, "11/03/2020"},
		{"“11/3/2020”", NotADate, "11/03/2020"},
		{"8h sáng 30/11/2026", NotADate, "08:00 30/11/2026"},
		{"8h30' ngày 30/11/2026 (thứ Hai)", NotADate, "08:30 30/11/2026"},
		{"T2, 30/11/2026", NotADate, "30/11/2026"},
		{"30/11/2026 (1/12/2026)", NotADate, ""},
		{"2 giờ chiều ngày 30/11/2026", NotADate, "14:00 30/11/2026"},
		{"19h30 tối, 30/11/2026", NotADate, "19:30 30/11/2026"},
		{"7 giờ 15 phút tối 30/11/2026", NotADate, "19:15 30/11/2026"},
		{"12h trưa 30/11/2026", NotADate, "12:00 30/11/2026"},
		{"11h trưa 30/11/2026", NotADate, "11:00 30/11/2026"},
		{"12h đêm 30/11/2026", NotADate, "00:00 30/11/2026"},
		{"6h đêm 30/11/2026", NotADate, ""},
		{"12h sáng 30/11/2026", NotADate, ""},
		{"7am 30/11/2026", NotADate, "07:00 30/11/2026"},
		{"sáng 30/11/2026", NotADate, ""},
		{"March 1st, 2026", NotADate, "01/03/2026"},
		{"Sept 5 2026 8:00", NotADate, "08:00 05/09/2026"},
		{"31-Dec-2026", NotADate, "31/12/2026"},
		{"20201341", NotADate, ""},
		{"14.30 11/3/2026", NotADate, "14:30 11/03/2026"},
		{"11/3/2026 14.30", NotADate, "14:30 11/03/2026"},
		{"14h30p ngày 11/3/2026", NotADate, "14:30 11/03/2026"},
		{"14:30 phút, 11/3/2026", NotADate, "14:30 11/03/2026"},
		{"11_3_2026", NotADate, "11/03/2026"},
		{"11,3,2026", NotADate, "11/03/2026"},
		{"11 3 2026", NotADate, "11/03/2026"},
		{"11/3/2O26", NotADate, "11/03/2026"},
		{"l1/O3/2026", NotADate, "11/03/2026"},
		{"19:O2 11/3/2026", NotADate, "19:02 11/03/2026"},
		{"１１／３／２０２６", NotADate, "11/03/2026"},
		{"11∕3∕2026", NotADate, "11/03/2026"},
		{"tối 11/3/2026", NotADate, ""},
		{"14.75 11/3/2026", NotADate, ""},
		{"1.2.3 2026", NotADate, ""},
		{"11h30", NoDay, ""},
		{"25:00", NotADate, ""},
		{"\xff", NotADate, ""},
	}
	for _, tt := range tests {
		d, err := ParseDate(tt.in, time.UTC)
		var wrong *DateError
		if !errors.As(err, &wrong) {
			t.Errorf("ParseDate(%q) = %s, want the error %q", tt.in, d, tt.kind)
			continue
		}
		if want := (DateError{tt.kind, tt.in, tt.suggest}); *wrong != want {
			t.Errorf("ParseDate(%q): %+v, want %+v", tt.in, *wrong, want)
		}
	}
}

func TestTwoDatesMakeATerm(t *testing.T) {
	for typed, want := range map[string]string{
		"2026-2030":                 "2026 2030",
		"2026 – 2030":               "2026 2030",
		"2026—2030":                 "2026 2030",
		"2019/2020":                 "2019 2020",
		"từ 2026 đến 2030":          "2026 2030",
		"1/1/2026 - 31/12/2026":     "01/01/2026 31/12/2026",
		"3/2026 đến hết 5/2026":     "03/2026 05/2026",
		"1-1-2026 đến 31-12-2026":   "01/01/2026 31/12/2026",
		"8:00 1/3/2026 to 3/3/2026": "08:00 01/03/2026 03/03/2026",
		"2030-2026":                 "",
		"2026":                      "",
		"3-2026":                    "",
		"2026-03":                   "",
		"a-b":                       "",
		"":                          "",
		"-":                         "",
	} {
		from, to, ok := ParseTerm(typed, time.UTC)
		if got := from.String() + " " + to.String(); ok != (want != "") || ok && got != want {
			t.Errorf("ParseTerm(%q) = %q, %v, want %q", typed, got, ok, want)
		}
	}
}

func TestReadingADateDoesNotAllocate(t *testing.T) {
	testsize.SkipShort(t, "the race detector allocates, and empties pools at random")
	saigon := zone(t, "Asia/Ho_Chi_Minh")
	n := testing.AllocsPerRun(100, func() { _, _ = ParseDate("19 giờ 02 ngày 11 tháng 3 năm 2020", saigon) })
	if n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzADateIsShownAsItIsRead(f *testing.F) {
	for _, s := range []string{
		"19:02 11/3/2020", "2020-03-11T19:02:05.5+07:00", "ngày 11 tháng 3 năm 2020", "14 giờ 30 phút, thứ tư, 11/3/2020",
		"tháng 3/2020", "2020", "3/13/20", "24h 31/12/2200", "1900-01-01T00:00:00+14:00", "chủ nhật", "\xff",
	} {
		f.Add(s)
	}
	loc := time.FixedZone("", 7*60*60)
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDate(s, loc)
		if wrong := (*DateError)(nil); errors.As(err, &wrong) {
			if wrong.Suggest == "" {
				return
			}
			s = wrong.Suggest
			d, err = ParseDate(s, loc)
		}
		if err != nil {
			t.Fatalf("ParseDate(%q): %v", s, err)
		}
		for _, shown := range []string{d.String(), d.ISO()} {
			again, err := ParseDate(shown, loc)
			if err != nil {
				t.Fatalf("%q is shown as %q: %v", s, shown, err)
			}
			if !again.Time.Equal(d.Time) {
				t.Errorf("%q is shown as %q and read back as %s", s, shown, again)
			}
		}
		if again := parse(t, d.String(), loc); again.Precision != d.Precision {
			t.Errorf("%q has precision %d, %q has %d", s, d.Precision, d, again.Precision)
		}
	})
}

func BenchmarkParseDate(b *testing.B) {
	saigon := zone(b, "Asia/Ho_Chi_Minh")
	for _, s := range []string{"19:02 11/03/2020", "2020", "19 giờ 02 ngày 11 tháng 3 năm 2020", "2020-03-11T19:02:00+07:00"} {
		b.Run(s, func(b *testing.B) {
			for b.Loop() {
				_, _ = ParseDate(s, saigon)
			}
		})
	}
}
