package site

import (
	"cmp"
	"slices"
	"strconv"
)

// Home is the view of home.html.
type Home struct {
	Head     Head
	Lead     []CardRef // pinned ones first
	Newest   []CardRef
	Years    []Link // the years that have articles, newest first
	Counts   []int  // how many articles each of Years has
	Sections []HomeSection
	Events   []Event // the next ones
}

// HomeSection is a section's block on the home page.
type HomeSection struct {
	Section Link
	Cards   []CardRef
}

const (
	homeNewest   = 8 // articles below those that lead the home page
	homeLead     = 4 // a story and those beside it
	homeList     = 6 // articles that are not drawn up to the lead while there are no more
	homeSections = 12
	homeSection  = 3 // articles of each section
	homeEvents   = 5
)

func (w views) homeView(d Digests) Home {
	h := Home{Head: w.head("", cmp.Or(w.cfg.Description, w.cfg.Title), w.cfg.Root)}
	lead := w.pinned()
	rest := without(newest(w.published, homeNewest+homeLead), lead)
	drawn := len(rest) - homeDraw(len(lead), len(rest))
	lead, rest = append(rest[drawn:len(rest):len(rest)], lead...), rest[:drawn]
	h.Lead = cards(lead, d)
	rest = newest(rest, homeNewest)
	h.Newest = cards(rest, d)
	shown := slices.Concat(lead, rest)
	for _, year := range slices.Backward(w.years()) {
		h.Years = append(h.Years, Link{Title: strconv.Itoa(year), URL: w.yearURL(year)})
		h.Counts = append(h.Counts, w.countOf(year))
	}
	for _, sec := range w.sections {
		if sec.parent == nil && len(sec.published) > 0 && len(h.Sections) < homeSections {
			list := without(newest(sec.published, homeSection+len(shown)), shown)
			if len(list) > 0 {
				h.Sections = append(h.Sections, HomeSection{sec.link(), cards(newest(list, homeSection), d)})
				shown = append(shown, newest(list, homeSection)...)
			}
		}
	}
	for _, i := range w.coming {
		if len(h.Events) < homeEvents {
			h.Events = append(h.Events, *w.eventView(i))
		}
	}
	return h
}

// homeDraw returns how many of the newest articles stand beside the pinned
// ones: a small site keeps enough for its list, but some article always leads.
func homeDraw(pinned, newest int) int {
	draw := max(0, min(homeLead-pinned, newest-homeList))
	if pinned == 0 && newest > 0 {
		draw = max(1, draw)
	}
	return draw
}

// without returns a list less what is on the other.
func without(list, other []index) []index {
	return slices.DeleteFunc(slices.Clone(list), func(i index) bool { return slices.Contains(other, i) })
}

// pinned returns the articles that lead the home page now, oldest first.
func (t *timeline) pinned() []index {
	var list []index
	for _, i := range t.published {
		e := &t.entries[i]
		if e.Pinned && (e.Optional().PinnedUntil.IsZero() || t.now.Before(e.Optional().PinnedUntil.End())) {
			list = append(list, i)
		}
	}
	return newest(list, homeLead)
}
