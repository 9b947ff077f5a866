// Package diag holds what Bantin has to tell an editor: problems, each at its
// place in a file, with a stable code, a text and a hint.
//
// A Problem carries its code and arguments, not its text, so that it can be
// kept in the cache and replayed in any language. Which problems there are is said
// by codes.go, what they say by package messages. diag knows nothing of files: who
// prints gives it the source lines.
package diag

import (
	"cmp"
	"slices"
	"strings"

	"bantin/internal/language"
)

// Pos is a place in a source file. File is relative to the site's folder,
// with slashes. Line and Col count from 1, Col in code points of the file as
// it stands; 0 means the file (or the line) as a whole.
type Pos struct {
	File string
	Line int
	Col  int
}

// Severity says what a problem does to the build.
type Severity uint8

const (
	Off     Severity = iota // not reported
	Warning                 // reported; the site is built
	Error                   // the site is not built
)

// Problem is one mistake at one place.
type Problem struct {
	Pos      Pos
	Severity Severity
	// ID is the code, or the code with a variant of its text: "unknown-key",
	// "unknown-key/near". Only the code is shown.
	ID   string
	Args []string
}

// New makes a problem with the severity that its ID has.
// The arguments fill {0}, {1} … in the message and in the hint.
func New(pos Pos, id string, args ...string) Problem {
	severity := severityOf(id)
	if severity == Off {
		panic("diag: there is no " + id)
	}
	return Problem{Pos: pos, Severity: severity, ID: id, Args: args}
}

// Code returns the stable code, without the variant.
func (p Problem) Code() string {
	code, _, _ := strings.Cut(p.ID, "/")
	return code
}

// Message returns what is wrong, in the language lang.
func (p Problem) Message(lang string) string {
	return language.Fill(textOf(p.ID, lang).Message, p.Args...)
}

// Hint returns what to do about it, in the language lang; it may be empty.
func (p Problem) Hint(lang string) string {
	return language.Fill(textOf(p.ID, lang).Hint, p.Args...)
}

// List is the problems of a run.
type List []Problem

// HasErrors tells whether any problem stops the build.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(p Problem) bool { return p.Severity == Error })
}

// Sort orders the list by place, then by code, and drops exact repetitions.
func (l List) Sort() List {
	slices.SortStableFunc(l, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(a.Pos.File, b.Pos.File),
			cmp.Compare(a.Pos.Line, b.Pos.Line),
			cmp.Compare(a.Pos.Col, b.Pos.Col),
			cmp.Compare(a.ID, b.ID),
			slices.Compare(a.Args, b.Args),
		)
	})
	return slices.CompactFunc(l, func(a, b Problem) bool {
		return a.Pos == b.Pos && a.ID == b.ID && slices.Equal(a.Args, b.Args)
	})
}
