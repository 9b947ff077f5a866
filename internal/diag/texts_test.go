package diag

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestEveryTextIsCompleteInBothLanguages(t *testing.T) {
	finalPeriod := regexp.MustCompile(`[^\s.]\.$`) // not the path ".."
	for id, text := range texts() {
		if text.Severity == Off {
			t.Errorf("%s: no severity", id)
		}
		if text.VI.Msg == "" || text.EN.Msg == "" {
			t.Errorf("%s: a message is missing: %q, %q", id, text.VI.Msg, text.EN.Msg)
		}
		if (text.VI.Hint == "") != (text.EN.Hint == "") {
			t.Errorf("%s: a hint in one language only: %q, %q", id, text.VI.Hint, text.EN.Hint)
		}
		for _, s := range []string{text.VI.Msg, text.EN.Msg, text.VI.Hint, text.EN.Hint} {
			if finalPeriod.MatchString(s) {
				t.Errorf("%s: a final period: %q", id, s)
			}
			if strings.TrimSpace(s) != s {
				t.Errorf("%s: space around it: %q", id, s)
			}
		}
	}
}

func TestBothLanguagesTellTheSameArguments(t *testing.T) {
	for id, text := range texts() {
		if vi, en := placeholders(text.VI.Msg), placeholders(text.EN.Msg); !slices.Equal(vi, en) {
			t.Errorf("%s: the message tells %v in Vietnamese, %v in English", id, vi, en)
		}
		if vi, en := placeholders(text.VI.Hint), placeholders(text.EN.Hint); !slices.Equal(vi, en) {
			t.Errorf("%s: the hint tells %v in Vietnamese, %v in English", id, vi, en)
		}
	}
}

func TestAnIDIsACodeAndPerhapsVariants(t *testing.T) {
	form := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+([-_][a-z0-9]+)*)*$`)
	for id := range texts() {
		if !form.MatchString(id) {
			t.Errorf("%q", id)
		}
	}
}

func TestVietnameseTextsUseOldStyleToneMarks(t *testing.T) {
	newStyle := regexp.MustCompile(`(?i)(o[àảãáạ]|o[èẻẽéẹ]|u[ỳỷỹýỵ])($|[^\p{L}])`)
	for id, text := range texts() {
		for _, s := range []string{text.VI.Msg, text.VI.Hint} {
			for _, m := range newStyle.FindAllStringIndex(s, -1) {
				// qu is a consonant: quý is the old style too.
				if m[0] == 0 || !strings.EqualFold(s[m[0]-1:m[0]+1], "qu") {
					t.Errorf("%s: %q in %q", id, s[m[0]:m[1]], s)
				}
			}
		}
	}
}

// placeholders returns the distinct {n} of a text, sorted.
func placeholders(s string) []string {
	found := regexp.MustCompile(`\{\d\}`).FindAllString(s, -1)
	slices.Sort(found)
	return slices.Compact(found)
}
