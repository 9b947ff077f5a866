package vietnamese

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A key is the name's syllables, then the case of its letters, then its bytes.
// A syllable is the weights of its letters and one byte for its tone. The
// ranges below lie so that bytes.Compare finds a shorter syllable or name
// before a longer one, and a tone only between equal letters.
const (
	keyEnd       = 0x01 // ends the syllables, and the cases
	keyLower     = 0x02 // the case of a letter, small letters first
	keyUpper     = 0x03
	keyTone      = 0x04 // plus the tone
	keyNumber    = 0x10 // plus the count of digits; the digits follow in ASCII
	keyNumberMax = 0x1F // numbers of more digits are not told apart by length
	keyLetter    = 0x40 // plus the rank; other scripts follow in UTF-8, all above
)

// keyCapacity is enough for most names, so that Compare does not allocate.
const keyCapacity = 96

// Compare orders a and b as Vietnamese dictionaries do and returns -1, 0 or
// +1: syllable by syllable, in each first the letters (a ă â b … d đ … e ê …),
// then the tone (ngang, huyền, hỏi, ngã, sắc, nặng). Numbers go by value
// before letters; punctuation only parts syllables. Names equal in all that go
// by case, small letters first, then bytewise, so that only equal strings are
// equal.
func Compare(a, b string) int {
	var bufA, bufB [keyCapacity]byte
	return bytes.Compare(appendSortKey(bufA[:0], a), appendSortKey(bufB[:0], b))
}

// SortKey returns bytes whose order is that of Compare, for sorting many
// names.
func SortKey(s string) string { return string(appendSortKey(nil, s)) }

// PersonKey returns bytes that order people by given name, which is the last word,
// then by the rest from the family name on, each as Compare does.
func PersonKey(s string) string { return string(appendPersonKey(nil, s)) }

func appendSortKey(key []byte, s string) []byte {
	name := NFC(s)
	key = append(appendSyllables(key, name), keyEnd)
	return appendTies(key, name, s)
}

func appendPersonKey(key []byte, s string) []byte {
	name := strings.TrimFunc(NFC(s), isSpace)
	family, given := "", name
	if i := strings.LastIndexFunc(name, isSpace); i >= 0 {
		family, given = name[:i], name[i:]
	}
	key = appendSyllables(key, given)
	key = append(appendSyllables(key, family), keyEnd)
	return appendTies(key, name, s)
}

// appendTies adds what decides between names of the same syllables.
func appendTies(key []byte, name, s string) []byte {
	for _, r := range name {
		if unicode.IsUpper(r) {
			key = append(key, keyUpper)
		} else if unicode.IsLetter(r) {
			key = append(key, keyLower)
		}
	}
	key = append(key, keyEnd)
	return append(key, s...)
}

// appendSyllables adds the weights of each syllable and its tone.
func appendSyllables(key []byte, name string) []byte {
	open, marked := false, level // a syllable has begun; its tone
	closeSyllable := func() {
		if open {
			key = append(key, keyTone+byte(marked))
		}
		open, marked = false, level
	}
	for i := 0; i < len(name); {
		r, size := utf8.DecodeRuneInString(name[i:])
		l := letterOf(r)
		switch {
		case l.base != 0:
			open = true
			key = append(key, keyLetter+l.rank)
			if l.tone != level {
				marked = l.tone
			}
		case r >= '0' && r <= '9':
			closeSyllable()
			size = digits(name[i:])
			key = appendNumber(key, name[i:i+size])
		case unicode.IsLetter(r):
			open = true
			key = appendForeign(key, r)
		case !vanishes(r):
			closeSyllable()
		}
		i += size
	}
	closeSyllable()
	return key
}

// digits returns how many ASCII digits s begins with.
func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// appendNumber adds a number so that more digits come after fewer.
func appendNumber(key []byte, number string) []byte {
	number = strings.TrimLeft(number, "0")
	count := min(keyNumber+len(number), keyNumberMax)
	key = append(key, byte(count))
	key = append(key, number...)
	return append(key, keyTone)
}

// appendForeign adds a letter that is not in the alphabet: as the letters it
// folds to, and after z when it folds to none.
func appendForeign(key []byte, r rune) []byte {
	before := len(key)
	for _, r := range foldRare(r) {
		if l := letterOf(r); l.base != 0 {
			key = append(key, keyLetter+l.rank)
		}
	}
	if len(key) == before {
		return utf8.AppendRune(key, unicode.ToLower(r))
	}
	return key
}
