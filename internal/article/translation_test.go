package article

import (
	"slices"
	"testing"
)

func TestEachKeyHasItsFateInATranslation(t *testing.T) {
	known := map[string]bool{}
	for _, key := range slices.Concat(newsKeys.Keys(), sectionKeys.Keys()) {
		known[key.Name] = true
		if fates[key.Name] == 0 {
			t.Errorf("%s: what does a translation take of it?", key.Name)
		}
	}
	for name := range fates {
		if !known[name] {
			t.Errorf("%s is no key", name)
		}
	}
}
