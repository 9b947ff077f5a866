// Package foldfs shows a folder, to tests, as the file systems of Windows, of
// macOS and of memory sticks do: two names that differ only in case, or in how
// letters with accents are composed, are one. It is served by a process of its
// own through FUSE, which Linux alone has.
package foldfs

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// System is how a file system takes names.
type System struct {
	Name string
	// Composes: names that differ in their normal form alone are one, too.
	Composes bool
	// Decomposes: names are kept in NFD, whatever they were given as.
	Decomposes bool
	// Keeps: a file that is put in the place of another gets the name of that.
	Keeps bool
	// Numbers: a file has another number under each spelling of its name, so
	// that the system does not tell that two of them are one file.
	Numbers bool
}

// Systems has one of each kind that editors meet.
var Systems = []System{
	{Name: "NTFS"},
	{Name: "APFS", Composes: true, Keeps: true},
	HFS,
	ExFAT,
}

// HFS is that of older Macs, which takes letters and their accents apart.
var HFS = System{Name: "HFS+", Composes: true, Decomposes: true}

// ExFAT is that of memory sticks, as Linux has it through FUSE: the hardest.
var ExFAT = System{Name: "exFAT", Numbers: true}

// key is equal for names that are one.
func (s System) key(name string) string {
	if s.Composes {
		return norm.NFD.String(cases.Fold().String(norm.NFD.String(name)))
	}
	return strings.Map(func(r rune) rune { return unicode.ToLower(unicode.ToUpper(r)) }, name)
}

// kept is the name under which a new file is kept.
func (s System) kept(name string) string {
	if s.Decomposes {
		return norm.NFD.String(name)
	}
	return name
}
