package corpus

import (
	"slices"
	"testing"

	"bantin/internal/testsize"
	"bantin/internal/vietnamese"
)

func TestAMillionArticlesHaveAsManyAuthorsAsTheyNeed(t *testing.T) {
	testsize.SkipShort(t, "one goroutine does it all")
	a := Heavy.authors(parsePhrases(phrasesText))
	n := len(a.families) * len(a.rest)
	if most := Heavy.writers(1_000_000); n < most {
		t.Errorf("%d names for %d authors", n, most)
	}
	seen := make(map[string]bool, n)
	for k := range n {
		seen[a.name(k)] = true
	}
	if len(seen) != n {
		t.Errorf("%d different names among %d", len(seen), n)
	}
}

// TestNoNameIsTakenForAnother holds of organizations and of the parts of people's
// names what then holds of all names: no two share a slug, and none is one letter
// from another.
func TestNoNameIsTakenForAnother(t *testing.T) {
	testsize.SkipShort(t, "one goroutine does it all")
	p := parsePhrases(phrasesText)
	for what, words := range map[string][]string{
		"body":        Heavy.bodies(p),
		"family":      p.words("family"),
		"middle":      slices.Concat(p.words("middle-man"), p.words("middle-woman")),
		"given-man":   p.words("given-man"),
		"given-woman": p.words("given-woman"),
	} {
		for i, one := range words {
			for _, other := range words[:i] {
				if vietnamese.Slug(one) == vietnamese.Slug(other) || isNear(vietnamese.NameKey(one), vietnamese.NameKey(other)) {
					t.Errorf("%s: %s may be taken for %s", what, one, other)
				}
			}
		}
	}
}

// isNear tells whether two words are at most one letter apart.
func isNear(one, other string) bool {
	a, b := []rune(one), []rune(other)
	if len(a) > len(b) {
		a, b = b, a
	}
	same := 0
	for same < len(a) && a[same] == b[same] {
		same++
	}
	switch len(b) - len(a) {
	case 0:
		return same == len(a) || slices.Equal(a[same+1:], b[same+1:])
	case 1:
		return slices.Equal(a[same:], b[same+1:])
	}
	return false
}
