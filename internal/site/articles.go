package site

import "time"

// articles is every article in its place: what it is, where it stands, and
// whether it shows now. All other parts stand upon it.
type articles struct {
	urls

	in  Input
	now time.Time

	entries             []entry           // by index
	keys                []articleKeys     // by index
	byPath              map[hashKey]index // key of an article's path -> index
	described           []index           // the texts of sections
	standalone          []index           // standalone pages by title, hidden ones too
	homes               map[*entry]string // URLs of the originals of translations, below which their files stand
	publishedStandalone []index           // published standalone pages, by title
}
