package importer

import (
	"slices"

	"bantin/internal/language"
	"bantin/internal/messages"
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
// found. It carries a code and arguments; package messages has the words.
type Note struct {
	Code string
	Args []string
}

// NewNote returns a note; its code must have a text.
func NewNote(code string, args ...string) Note {
	if _, known := weights[code]; !known {
		panic("importer: there is no note " + code)
	}
	return Note{code, args}
}

func (n Note) equals(other Note) bool {
	return n.Code == other.Code && slices.Equal(n.Args, other.Args)
}

// Weight returns what the note means for its article.
func (n Note) Weight() Weight { return weights[n.Code] }

// Text returns the note in a language.
func (n Note) Text(lang string) string {
	return language.Fill(messages.In(lang).Import.Notes[n.Code], n.Args...)
}

// weights are those of all notes, by their codes.
var weights = map[string]Weight{
	"old-letters":    Guess,
	"embedded":       Told,
	"merged-cells":   Guess,
	"no-title":       Gap,
	"no-date":        Gap,
	"date-hint":      Guess,
	"listing":        Told,
	"frames":         Told,
	"wp-status":      Told,
	"wp-password":    Told,
	"wp-type":        Told,
	"wp-none":        Told,
	"wp-rest":        Told,
	"wp-comments":    Told,
	"wp-fields":      Told,
	"wp-computed":    Loss,
	"wp-block":       Loss,
	"shortcode":      Loss,
	"bad-field":      Loss,
	"section-page":   Told,
	"headless":       Told,
	"permalink":      Guess,
	"shortcode-kept": Loss,
	"event-start":    Guess,
	"extra-large":    Loss,
	"too-many-urls":  Loss,
	"tracked":        Told,
	"comments":       Told,
	"emf":            Loss,
	"old-doc":        Loss,
	"other-document": Loss,
	"letterhead":     Guess,
	"recipients":     Told,
	"page-margins":   Told,
	"text-box":       Guess,
	"summary-only":   Loss,
	"guessed-title":  Guess,
	"guessed-lead":   Guess,
	"guessed-author": Guess,
	"guessed-date":   Guess,
	"two-dates":      Gap,
	"ambiguous-date": Gap,
	"month-first":    Guess,
	"future-date":    Told,
	"lost-picture":   Loss,
	"lost-caption":   Loss,
	"lost-file":      Loss,
	"bad-picture":    Loss,
	"refused-file":   Loss,
	"outside-file":   Loss,
	"lost-link":      Loss,
	"dropped-rest":   Told,
	"guessed-alt":    Guess,
	"adopted":        Told,
	"empty":          Loss,
	"alias-taken":    Loss,
	"alias-late":     Loss,
	"mended":         Loss,
	"left-key":       Loss,
	"formula":        Guess,
	"word-part":      Loss,
	"same-identity":  Told,
	"agreement":      Told,
	"event":          Told,
	"unreadable":     Loss,
	"not-text":       Loss,
	"not-taken":      Told,
	"other-language": Loss,
	"file-there":     Loss,
	"no-original":    Loss,
	"too-large":      Loss,
}
