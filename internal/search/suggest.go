package search

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bantin/internal/vietnamese"
)

// suggestions is the file from which a field of search suggests.
type suggestions struct {
	Names []string `json:"names"` // of tags and organizations
	Words []string `json:"words"` // in lower case, sorted
}

// SuggestionFile returns the file from which a field of search suggests: the
// names of tags and organizations, and the words of the headlines of the
// newest block. name is the root's for it.
func SuggestionFile(names, headlines []string) (name Name, file File) {
	s := suggestions{Names: names, Words: headlineWords(headlines)}
	if s.Names == nil {
		s.Names = []string{}
	}
	data, err := json.Marshal(s)
	if err != nil {
		panic("search: " + err.Error())
	}
	name = nameOf(data)
	return name, File{"names-" + name + ".json", data}
}

// headlineWords returns the words of two letters and more, each once; what has no
// spaces between words has none to suggest.
func headlineWords(headlines []string) []string {
	words := []string{}
	for _, headline := range headlines {
		for word := range strings.FieldsFuncSeq(strings.ToLower(headline), func(r rune) bool { return !unicode.In(r, unicode.L, unicode.M) }) {
			if utf8.RuneCountInString(word) > 1 && !strings.ContainsFunc(word, vietnamese.IsUnbroken) {
				words = append(words, word)
			}
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}
