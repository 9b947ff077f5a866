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

func TestDecimalsHaveTheMarksOfTheirLanguage(t *testing.T) {
	for want, figures := range map[string]Figures{"1,2": {".", ","}, "1.2": {",", "."}} {
		if got := figures.decimal(1.25, 1); got != want {
			t.Errorf("1.25 to one decimal is %s, want %s", got, want)
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
