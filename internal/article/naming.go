package article

import (
	"path"
	"slices"
	"strings"
	"time"
	"unicode"

	"bantin/internal/vietnamese"
)

// MaxName is the length of the longest name that a new file is given: what a
// person can still read in a list of files.
const MaxName = 80

// NewTitle returns a title as somebody typed it, on one line.
func NewTitle(typed string) string {
	return strings.Join(strings.Fields(vietnamese.NFC(typed)), " ")
}

// NewSlug returns what a new article with a title goes by in its file's name and
// its id, "" if nothing of the title is left.
func NewSlug(title string) string {
	return vietnamese.ShortSlug(title, MaxName-len("yyyy-mm-dd-.md"))
}

// IsSpelled tells whether a slug spells most letters of the title that it is made
// of: of a title in Khmer or Chinese it has a number at best.
func IsSpelled(title, slug string) bool {
	letters, spelled := 0, 0
	for _, r := range title {
		if unicode.IsLetter(r) {
			letters++
			if vietnamese.Slug(string(r)) != "" {
				spelled++
			}
		}
	}
	return slug != "" && 2*spelled >= letters
}

// NewID returns the id of an article that is begun on a day.
func NewID(day time.Time, slug string) string { return day.Format("20060102-") + slug }

// IDIn returns the id of a new article in one of the sections, whose folder below
// content/ is given: where another of them holds an article of the same name, the plain
// id is that one's.
func IDIn(folder, id string, sections []string, holds func(folder string) bool) string {
	if slices.ContainsFunc(sections, func(other string) bool { return other != folder && holds(other) }) {
		return id + "-" + vietnamese.Slug(strings.ReplaceAll(folder, "/", "-"))
	}
	return id
}

// FilesNamed returns the paths that an article of a name, without its ending, may have in
// a folder, in the site's first language and in those with these codes.
func FilesNamed(folder, name string, codes []string) (paths []string) {
	for _, at := range []string{path.Join(folder, name+".md"), path.Join(folder, name, "index.md")} {
		paths = append(paths, at)
		for _, code := range codes {
			paths = append(paths, PathIn(at, code))
		}
	}
	return paths
}

// DatedName returns the name, without its ending, of the file or folder of an
// article that is begun on a day, so that a list of files is in order.
func DatedName(day time.Time, slug string) string { return day.Format("2006-01-02-") + slug }
