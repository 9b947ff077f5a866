package language

import (
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// PluralForms are the forms that a text with a number may have, by their names in
// CLDR; every language has the last one.
func PluralForms() []string { return []string{"zero", "one", "two", "few", "many", Other} }

// Other is the form of what no other form is for.
const Other = "other"

// PluralForm returns the form that a language has for a whole number (CLDR,
// cardinals); Other for a language that CLDR does not tell of.
func PluralForm(code string, n int) string {
	switch plural.Cardinal.MatchPlural(language.Make(code), max(n, -n), 0, 0, 0, 0) {
	case plural.Zero:
		return "zero"
	case plural.One:
		return "one"
	case plural.Two:
		return "two"
	case plural.Few:
		return "few"
	case plural.Many:
		return "many"
	}
	return Other
}

// Locale returns a language with the country in which it is spoken most, as Open
// Graph wants it: km_KH; the code itself for one of which that is not known.
func Locale(code string) string {
	base, _, _ := strings.Cut(code, "-")
	if tag, err := language.Parse(code); err == nil {
		if region, sure := tag.Region(); sure != language.No && region.IsCountry() {
			return base + "_" + region.String()
		}
	}
	return base
}
