package corpus

import (
	"fmt"
	"math/rand/v2"
)

// Mix is what the articles of a corpus are, and who stands behind them.
type Mix struct {
	name       string
	events     int    // of the articles, in percent
	agreements int    // of the articles, in percent
	amendments int    // of the agreements, in percent
	parties    int    // to an agreement, at most
	newcomers  int    // authors who come with 1,000 articles, if not all of them write
	salt       uint64 // of the dice, so that two mixes share none
	communes   bool   // whether the communes' bodies act, too, and headlines say where
}

var (
	// Light is the mix of an office that writes by itself: 60 authors, 20
	// organizations, one article in twenty an agreement, one in thirty an event.
	Light = Mix{name: "light", events: 3, agreements: 5, parties: 2}
	// Heavy is the mix of an archive to which everybody contributes: an author
	// more in about five articles, 500 organizations, one article in five an
	// agreement, one in seven an event. Its salt is one by which, of seed 1, the
	// Bulletin behind 1,000 and behind 10,000 articles completes no page of a list:
	// as is usual, while each page completed is two files more.
	Heavy = Mix{name: "heavy", events: 15, agreements: 19, amendments: 12, parties: 4, newcomers: 370, salt: 10 << 32, communes: true}
)

// String returns the name of the mix.
func (m Mix) String() string { return m.name }

// MarshalText returns the name of the mix.
func (m Mix) MarshalText() ([]byte, error) { return []byte(m.name), nil }

// UnmarshalText sets m to the mix of a name: light or heavy.
func (m *Mix) UnmarshalText(name []byte) error {
	for _, known := range []Mix{Light, Heavy} {
		if known.name == string(name) {
			*m = known
			return nil
		}
	}
	return fmt.Errorf("no mix %q: there are light and heavy", name)
}

// bodies returns the organizations, those at the front used far more often.
func (m Mix) bodies(p phrasebook) []string {
	bodies := p.lines("organization")
	if m.communes {
		for _, body := range p.lines("commune-body") {
			for _, place := range p.lines("place") {
				bodies = append(bodies, body+" "+place)
			}
		}
	}
	return bodies
}

// regulars is how many authors there are from the beginning.
const regulars = 60

// writers returns how many authors there are to choose from for article i.
func (m Mix) writers(i int) int { return regulars + i*m.newcomers/1000 }

// authors are the authors of a corpus, by number: those of a list or, if it is
// empty, those whose names are put together.
type authors struct {
	listed   []string
	families []string
	rest     []string // middle and given names
}

func (m Mix) authors(p phrasebook) authors {
	if m.newcomers == 0 {
		return authors{listed: p.lines("person")}
	}
	a := authors{families: p.words("family")}
	for _, sex := range []string{"man", "woman"} {
		for _, middle := range p.words("middle-" + sex) {
			for _, given := range p.words("given-" + sex) {
				a.rest = append(a.rest, middle+" "+given)
			}
		}
	}
	return a
}

// stride is a prime, so that its multiples meet every one of the middle and
// given names before they meet any twice, in no order that is seen.
const stride = 7919

// name returns the name of author k, which no other one has among the first
// len(families) * len(rest).
func (a *authors) name(k int) string {
	if len(a.listed) > 0 {
		return a.listed[k]
	}
	at, round := k*stride%len(a.rest), k/len(a.rest)
	u := rand.New(rand.NewPCG(0, uint64(at))).Float64()
	family := int(u*u*u*float64(len(a.families))) + round // commoner ones first
	return a.families[family%len(a.families)] + " " + a.rest[at]
}
