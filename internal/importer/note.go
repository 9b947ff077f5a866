package importer

import (
	"slices"

	"bantin/internal/language"
)

// Weight is what a note means for its article.
type Weight uint8

// The weights.
const (
	Told  Weight = iota // good to know
	Guess               // taken from what it looks like, to be looked at
	Loss                // something of the source is not in the article
	Gap                 // must be filled before the article can be published
)

// Note is what somebody should know of an item: what was guessed, lost or not
// found. It carries a code and arguments; texts.go has the words.
type Note struct {
	Code string
	Args []string
}

// NewNote returns a note; its code must have a text.
func NewNote(code string, args ...string) Note {
	if _, known := noteTexts[code]; !known {
		panic("importer: no text for the note " + code)
	}
	return Note{code, args}
}

func (n Note) equals(other Note) bool {
	return n.Code == other.Code && slices.Equal(n.Args, other.Args)
}

// Weight returns what the note means for its article.
func (n Note) Weight() Weight { return noteTexts[n.Code].weight }

// Text returns the note in a language.
func (n Note) Text(lang string) string {
	t := noteTexts[n.Code]
	return language.Fill(language.Pick(lang, t.vi, t.en), n.Args...)
}
