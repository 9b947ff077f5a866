package site

import "slices"

// relatedWindow is how many of the latest articles of each tag are looked at:
// enough to fill a list, and no more work for a long archive than for a short one.
const relatedWindow = 8

// relate gives every published article those that came before it and share
// most tags with it, the newest of equals first, then the latest of its own
// section. It looks back only, so that a new article changes no old page.
func (x *taxonomy) relate() {
	limit := x.cfg.Related
	tags := x.terms[tagTerm]
	latest := make([][]int32, len(tags.list)) // places in s.published of the last articles of each tag, oldest first
	c := counter{shared: make([]int32, len(x.published))}
	x.related = make([]index, 0, limit*len(x.published))
	for place, i := range x.published {
		e := &x.entries[i]
		for _, tag := range part(tags.uses, e.tags) {
			c.add(latest[tag])
			latest[tag] = pushLatest(latest[tag], int32(place))
		}
		start := len(x.related)
		for list := c.candidates(); len(x.related)-start < limit && len(list) > 0; {
			best := bestCandidate(list)
			x.related = append(x.related, x.published[list[best].place()])
			list[best] = list[len(list)-1]
			list = list[:len(list)-1]
		}
		x.fillFromSection(e, start, limit)
		e.related = span{int32(start), int32(len(x.related))}
	}
}

// candidate is how many tags an earlier article shares, and below that its
// place in time: the greatest is the one that shares most, the newest of equals.
type candidate int64

func (c candidate) place() int32 { return int32(c) }

// counter counts how often places are named.
type counter struct {
	shared []int32 // by place
	places []int32 // those that were named
	list   []candidate
}

func (c *counter) add(places []int32) {
	for _, place := range places {
		if c.shared[place] == 0 {
			c.places = append(c.places, place)
		}
		c.shared[place]++
	}
}

// candidates returns what was counted, and begins again. The list is good until
// the next call.
func (c *counter) candidates() []candidate {
	c.list = c.list[:0]
	for _, place := range c.places {
		c.list = append(c.list, candidate(int64(c.shared[place])<<32|int64(place)))
		c.shared[place] = 0
	}
	c.places = c.places[:0]
	return c.list
}

func bestCandidate(list []candidate) int {
	best := 0
	for k, c := range list {
		if c > list[best] {
			best = k
		}
	}
	return best
}

func pushLatest(list []int32, place int32) []int32 {
	if len(list) < relatedWindow {
		return append(list, place)
	}
	copy(list, list[1:])
	list[len(list)-1] = place
	return list
}

// fillFromSection fills the list of e, which begins at start, up with the
// latest of the earlier articles of its section, but for its neighbour, which
// has a link of its own.
func (x *taxonomy) fillFromSection(e *entry, start, limit int) {
	if e.older < 0 {
		return
	}
	for i := x.entries[e.older].older; i >= 0 && len(x.related)-start < limit; i = x.entries[i].older {
		if !slices.Contains(x.related[start:], i) {
			x.related = append(x.related, i)
		}
	}
}
