package article

import (
	"time"

	"bantin/internal/vietnamese"
)

// MaxName is the length of the longest name that a new file is given: what a
// person can still read in a list of files.
const MaxName = 80

// NewSlug returns what a new article with a title goes by in its file's name and
// its id, "" if nothing of the title is left.
func NewSlug(title string) string {
	return vietnamese.ShortSlug(title, MaxName-len("yyyy-mm-dd-.md"))
}

// NewID returns the id of an article that is begun on a day.
func NewID(day time.Time, slug string) string { return day.Format("20060102-") + slug }

// DatedName returns the name, without its ending, of the file or folder of an
// article that is begun on a day, so that a list of files is in order.
func DatedName(day time.Time, slug string) string { return day.Format("2006-01-02-") + slug }
