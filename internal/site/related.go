package site

import "slices"

// relatedWindow is how many of the latest articles of each tag are looked at:
// enough to fill a list, and no more work for a long archive than for a short one.
const relatedWindow = 8

// relate gives every published article those that came before it and share
// most tags with it, the newest of equals first, then the latest of its own
// section. It looks back only, so that a new article changes no old page.
func (s *Site) relate() {
	limit := s.cfg.Related
	tags := s.terms[tagTerm]
	latest := make([][]int32, len(tags.list)) // places in s.news of the last articles of each tag, oldest first
	var shared []candidate
	s.related = make([]index, 0, limit*len(s.news))
	for place, i := range s.news {
		e := &s.entries[i]
		shared = shared[:0]
		for _, tag := range part(tags.uses, e.tags) {
			for _, c := range latest[tag] {
				shared = countShared(shared, c)
			}
			latest[tag] = pushLatest(latest[tag], int32(place))
		}
		start := len(s.related)
		for len(s.related)-start < limit && len(shared) > 0 {
			best := bestCandidate(shared)
			s.related = append(s.related, s.news[shared[best].place])
			shared[best] = shared[len(shared)-1]
			shared = shared[:len(shared)-1]
		}
		s.fillFromSection(e, start, limit)
		e.related = span{int32(start), int32(len(s.related))}
	}
}

// candidate is an earlier article, by its place in time, and how many tags it
// shares.
type candidate struct{ place, tags int32 }

func countShared(list []candidate, place int32) []candidate {
	for k := range list {
		if list[k].place == place {
			list[k].tags++
			return list
		}
	}
	return append(list, candidate{place, 1})
}

// bestCandidate returns the candidate that shares most tags, the newest of
// equals.
func bestCandidate(list []candidate) int {
	best := 0
	for k, c := range list {
		if b := list[best]; c.tags > b.tags || c.tags == b.tags && c.place > b.place {
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
func (s *Site) fillFromSection(e *entry, start, limit int) {
	if e.older < 0 {
		return
	}
	for i := s.entries[e.older].older; i >= 0 && len(s.related)-start < limit; i = s.entries[i].older {
		if !slices.Contains(s.related[start:], i) {
			s.related = append(s.related, i)
		}
	}
}
