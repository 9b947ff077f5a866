package site

import (
	"slices"

	"golang.org/x/text/collate"
	textlanguage "golang.org/x/text/language"

	"bantin/internal/language"
	"bantin/internal/vietnamese"
)

// sortKeyOf returns the function whose keys put names of a kind in the order of a
// language: of Vietnamese as its dictionaries have it, people by their given
// names; of others as Unicode's collation does. English keeps the Vietnamese
// order, which is its own for its letters, and so does a language in Latin letters
// that the collation does not know (Tày, Ê Đê), which borrows them from
// Vietnamese. The function is not for several goroutines.
func sortKeyOf(code string, kind termKind) func(string) string {
	if code != language.Vietnamese && code != language.English {
		if tag, err := textlanguage.Parse(code); err == nil && isCollated(tag) {
			c, buffer := collate.New(tag), &collate.Buffer{}
			return func(name string) string {
				buffer.Reset()
				return string(c.KeyFromString(buffer, name))
			}
		}
	}
	if kind == authorTerm {
		return vietnamese.PersonKey
	}
	return vietnamese.SortKey
}

// isCollated tells whether Unicode's collation orders a language: it has rules for
// it, or its script has an order of its own.
func isCollated(tag textlanguage.Tag) bool {
	if script, _ := tag.Script(); script.String() != "Latn" {
		return true
	}
	base, _ := tag.Base()
	return slices.ContainsFunc(collate.Supported(), func(known textlanguage.Tag) bool {
		b, _ := known.Base()
		return b == base
	})
}
