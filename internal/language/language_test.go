package language

import (
	"strings"
	"testing"
)

func TestPlaceholdersAreFilledOnce(t *testing.T) {
	for _, tc := range []struct {
		text string
		args []string
		want string
	}{
		{"không có gì", nil, "không có gì"},
		{"{0} tệp, xóa {1}", []string{"3", "0"}, "3 tệp, xóa 0"},
		{"{1} rồi {0}, lại {1}", []string{"a", "b"}, "b rồi a, lại b"},
		{"{0}{1}", []string{"{1}", "{0}"}, "{1}{0}"},
		{"{0} {2}", []string{"a", "b"}, "a {2}"},
		{"{a} {} { {0", []string{"x"}, "{a} {} { {0"},
		{"{{0}}", []string{"x"}, "{x}"},
		{"{image: {0}}", []string{"ảnh.jpg"}, "{image: ảnh.jpg}"},
		{"", []string{"x"}, ""},
	} {
		if got := Fill(tc.text, tc.args...); got != tc.want {
			t.Errorf("Fill(%q, %q) = %q, want %q", tc.text, tc.args, got, tc.want)
		}
	}
}

func TestNumbersHaveTheMarksOfTheirLanguage(t *testing.T) {
	for _, tc := range []struct {
		n      int
		vi, en string
	}{
		{0, "0", "0"}, {999, "999", "999"}, {1000, "1.000", "1,000"}, {1204, "1.204", "1,204"},
		{-12, "-12", "-12"}, {-123, "-123", "-123"}, {-1234, "-1.234", "-1,234"}, {1234567, "1.234.567", "1,234,567"},
	} {
		if got := Number(Vietnamese, tc.n); got != tc.vi {
			t.Errorf("%d is %s in Vietnamese, want %s", tc.n, got, tc.vi)
		}
		if got := Number(English, tc.n); got != tc.en {
			t.Errorf("%d is %s in English, want %s", tc.n, got, tc.en)
		}
	}
	if vi, en := FiguresOf(Vietnamese).decimal(1.25, 1), FiguresOf(English).decimal(1.25, 1); vi != "1,2" || en != "1.2" {
		t.Errorf("1.25 to one decimal is %s and %s", vi, en)
	}
}

func TestEveryCodeIsKnown(t *testing.T) {
	for _, code := range Codes() {
		if !IsKnown(code) {
			t.Errorf("%s is not known", code)
		}
	}
	for _, code := range []string{"", "VI", "fr"} {
		if IsKnown(code) {
			t.Errorf("%q is known", code)
		}
	}
	for code, want := range map[string]string{"": "vi", "vi": "vi", "vi-VN": "vi", "en": "en", "en-GB": "en", "km": "en", "zh-Hant": "en", "vie": "en"} {
		if got := Spoken(code); got != want || Pick(code, "vi", "en") != want {
			t.Errorf("editors of a site in %q are spoken to in %s, want %s", code, got, want)
		}
	}
}

func TestASizeHasTheLanguagesComma(t *testing.T) {
	for _, tc := range []struct {
		bytes  int64
		vi, en string
	}{
		{0, "0 byte", "0 byte"},
		{1023, "1023 byte", "1023 byte"},
		{1024, "1,0 KB", "1.0 KB"},
		{1_258_291, "1,2 MB", "1.2 MB"},
		{10_189, "10 KB", "10 KB"},
		{245 << 10, "245 KB", "245 KB"},
		{3 << 30, "3,0 GB", "3.0 GB"},
	} {
		if got := Size("vi", tc.bytes); got != tc.vi {
			t.Errorf("%d bytes are %q in Vietnamese, want %q", tc.bytes, got, tc.vi)
		}
		if got := Size("en", tc.bytes); got != tc.en {
			t.Errorf("%d bytes are %q in English, want %q", tc.bytes, got, tc.en)
		}
	}
}

// CLDR 32 and later, cardinals.
func TestALanguageHasTheFormsOfItsNumbers(t *testing.T) {
	for code, want := range map[string]string{
		"vi":      "other other other other other other other other",
		"en":      "other one other other other other other other",
		"en-GB":   "other one other other other other other other",
		"pl":      "many one few few many many few many",
		"ar":      "zero one two few few many many other",
		"km":      "other other other other other other other other",
		"zh-Hant": "other other other other other other other other",
		"tyz":     "other other other other other other other other", // which CLDR does not tell of
	} {
		var got []string
		for _, n := range []int{0, 1, 2, 3, 5, 11, 22, 100} {
			got = append(got, PluralForm(code, n))
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%s: got %s, want %s", code, got, want)
		}
	}
}

func TestALocaleHasTheCountryOfItsLanguage(t *testing.T) {
	for code, want := range map[string]string{"km": "km_KH", "ar": "ar_EG", "zh-Hant": "zh_TW", "en-US": "en_US", "pt-BR": "pt_BR", "xqq": "xqq"} {
		if got := Locale(code); got != want {
			t.Errorf("%s: got %s, want %s", code, got, want)
		}
	}
}
