package vietnamese

import (
	"strings"
	"unicode/utf8"
)

// keptAtEnd is how many words of a long title tell it from others like it: a
// year (nam-2026), a number (dot-3), a place (thon-dong).
const keptAtEnd = 2

// ShortSlug returns the slug of s in at most limit characters, for the name of a
// file that a person reads: its first words and, since long headlines often
// differ in their end alone, its last ones.
func ShortSlug(s string, limit int) string {
	slug := Slug(s)
	if len(slug) <= limit {
		return slug
	}
	words := strings.Split(slug, "-")
	for kept := min(keptAtEnd, len(words)-1); kept >= 0; kept-- {
		head, tail := words[:len(words)-kept], strings.Join(words[len(words)-kept:], "-")
		if kept > 0 {
			tail = "-" + tail
		}
		short := ""
		for _, word := range head {
			next := strings.TrimPrefix(short+"-"+word, "-")
			if len(next)+len(tail) > limit {
				break
			}
			short = next
		}
		if short != "" && (kept == 0 || len(short) >= len(tail)) {
			return short + tail
		}
	}
	return strings.TrimRight(slug[:limit], "-") // one very long word
}

// FirstWords returns as much of s as fits into limit characters, cut between two
// words. Only a single word that is longer is cut itself.
func FirstWords(s string, limit int) string {
	end := 0
	for range limit {
		_, size := utf8.DecodeRuneInString(s[end:])
		end += size
	}
	if end == len(s) {
		return s
	}
	if space := strings.LastIndexByte(s[:end+1], ' '); space > 0 {
		end = space
	}
	return strings.TrimRight(s[:end], " ")
}
