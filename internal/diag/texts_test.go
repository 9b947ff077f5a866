package diag

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bantin/internal/messages"
)

// ids returns the ID of every problem.
func ids() []string {
	all := slices.Sorted(maps.Keys(severities))
	for id := range ofKeys {
		all = append(all, id)
		for _, key := range namedKeys {
			all = append(all, ForKey(id, key))
		}
	}
	return all
}

func TestEveryProblemHasItsWordsInEachLanguage(t *testing.T) {
	for _, lang := range messages.Codes() {
		for id := range messages.In(lang).Problems {
			if severityOf(id) == Off {
				t.Errorf("%s: there is no %s", lang, id)
			}
		}
		for key := range messages.In(lang).KeyWords {
			if !slices.Contains(namedKeys, key) {
				t.Errorf("%s: no message has the word for %s", lang, key)
			}
		}
		for _, id := range ids() {
			if textOf(id, lang).Message == "" {
				t.Errorf("%s: %s has no message", lang, id)
			}
		}
	}
}

func TestNoProblemIsOfTwoKinds(t *testing.T) {
	for id := range ofKeys {
		if _, twice := severities[id]; twice {
			t.Errorf("%s is of one value and is not", id)
		}
		for _, key := range namedKeys {
			if _, twice := severities[id+"/"+key]; twice {
				t.Errorf("%s/%s is a variant of %s and is not", id, key, id)
			}
		}
	}
}

func TestNoTextHasAFinalPeriod(t *testing.T) {
	finalPeriod := regexp.MustCompile(`[^\s.]\.$`) // not the path ".."
	for _, lang := range messages.Codes() {
		for _, id := range ids() {
			text := textOf(id, lang)
			for _, s := range []string{text.Message, text.Hint} {
				if finalPeriod.MatchString(s) {
					t.Errorf("%s: %s: a final period: %q", lang, id, s)
				}
			}
		}
	}
}

func TestAnIDIsACodeAndPerhapsVariants(t *testing.T) {
	form := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+([-_][a-z0-9]+)*)*$`)
	for _, id := range ids() {
		if !form.MatchString(id) {
			t.Errorf("%q", id)
		}
	}
}

func TestAKeyIsCalledByItsWord(t *testing.T) {
	p := New(Pos{}, ForKey("missing-key", "title"), "title", "title: …")
	for lang, want := range map[string]string{"vi": "thiếu tiêu đề", "en": "title is missing"} {
		if got := p.Message(lang); got != want || p.Code() != "missing-key" {
			t.Errorf("%s: got %q, want %q", lang, got, want)
		}
	}
	if got := ForKey("missing-key", "base_url"); got != "missing-key" {
		t.Errorf("got %s", got)
	}
}

func TestVietnameseTextsUseOldStyleToneMarks(t *testing.T) {
	newStyle := regexp.MustCompile(`(?i)(o[àảãáạ]|o[èẻẽéẹ]|u[ỳỷỹýỵ])($|[^\p{L}])`)
	for _, id := range ids() {
		text := textOf(id, "vi")
		for _, s := range []string{text.Message, text.Hint} {
			for _, m := range newStyle.FindAllStringIndex(s, -1) {
				// qu is a consonant: quý is the old style too.
				if m[0] == 0 || !strings.EqualFold(s[m[0]-1:m[0]+1], "qu") {
					t.Errorf("%s: %q in %q", id, s[m[0]:m[1]], s)
				}
			}
		}
	}
}
