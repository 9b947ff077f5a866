package vietnamese

import "strings"

// NameKey returns the same key for all spellings of one name, those that
// differ only in case, in spaces, in composition (NFC, NFD) or in the place
// of the tone mark (Ủy and Uỷ, hòa and hoà, quý and qúy); different names
// have different keys. The key is itself a spelling of the name, in lower
// case with the tone on the last vowel of its group; it is not for readers.
func NameKey(s string) string {
	// Some capitals compose less than their small letters do (H̱ and ẖ).
	s = NFC(strings.ToLower(NFC(Visible(s))))
	var b strings.Builder
	b.Grow(len(s))
	for word := range strings.FieldsFuncSeq(s, partsWords) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		writeTonesLast(&b, word)
	}
	return b.String()
}

// partsWords tells a space, and the hyphens that stand for one.
func partsWords(r rune) bool { return isSpace(r) || r == '-' || r == '\u2010' || r == '\u2011' }

// writeTonesLast writes a word, moving the tone of each group of vowels to
// the group's last vowel.
func writeTonesLast(b *strings.Builder, word string) {
	group := 0 // where the group of vowels before i begins
	for i, r := range word {
		if letterOf(r).vowel != 0 {
			continue
		}
		writeVowels(b, word[group:i])
		b.WriteRune(r)
		group = i + len(string(r))
	}
	writeVowels(b, word[group:])
}

// writeVowels writes a group of vowels with its tone on the last one. A group
// with several tones is no Vietnamese syllable and stays as it is.
func writeVowels(b *strings.Builder, group string) {
	marked := level
	for _, r := range group {
		t := letterOf(r).tone
		if t != level && marked != level {
			b.WriteString(group)
			return
		}
		marked = max(marked, t)
	}
	if marked == level {
		b.WriteString(group)
		return
	}
	for i, r := range group {
		row := vowels[letterOf(r).vowel-1]
		if i+len(string(r)) == len(group) {
			b.WriteRune(row[marked])
		} else {
			b.WriteRune(row[level])
		}
	}
}
