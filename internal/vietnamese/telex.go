package vietnamese

import (
	"strings"
	"unicode"
)

// telexTones are the keys for the tones. z takes a tone away: it marks a
// syllable that has nothing to spell.
const telexTones = "zfrxsj"

// Telex returns a slug for name that differs from its plain one, which other
// has already. Syllables that differ from those of other at the same place
// are spelled as the Telex keyboard types them, the tone last, and the rest is
// folded: Nguyễn Văn Hùng beside Nguyễn Văn Hưng is nguyen-van-hungf. When
// that changes nothing (the names differ in punctuation, or beyond the cut)
// every syllable is spelled so. Two names may still share it.
func Telex(name, other string) string {
	syllables, others := syllables(name), syllables(other)
	spelled := make([]string, len(syllables))
	for i, syllable := range syllables {
		if i < len(others) && NameKey(syllable) == NameKey(others[i]) {
			spelled[i] = syllable
		} else {
			spelled[i] = telexSyllable(syllable)
		}
	}
	slug := Slug(strings.Join(spelled, "-"))
	if slug != Slug(name) {
		return slug
	}
	for i, syllable := range syllables {
		spelled[i] = telexSyllable(syllable)
	}
	return Slug(strings.Join(spelled, "-"))
}

// syllables splits a name where Slug writes a hyphen.
func syllables(name string) []string {
	return strings.FieldsFunc(NFC(name), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !vanishes(r)
	})
}

func telexSyllable(syllable string) string {
	var b strings.Builder
	marked, shaped := level, false
	for _, r := range syllable {
		l := letterOf(r)
		if l.base == 0 {
			b.WriteRune(r)
			continue
		}
		b.WriteByte(l.base)
		if l.shape != 0 {
			b.WriteByte(l.shape)
			shaped = true
		}
		if l.tone != level {
			marked = l.tone
		}
	}
	if marked != level || !shaped {
		b.WriteByte(telexTones[marked])
	}
	return b.String()
}
