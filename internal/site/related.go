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
	latest := map[*term][]int{} // places in s.news of the last articles of each tag, oldest first
	inSection := map[*section]int{}
	var shared []candidate
	all := make([]index, 0, limit*len(s.news)) // one allocation for all lists
	for place, i := range s.news {
		e := &s.entries[i]
		shared = shared[:0]
		for _, t := range e.tags {
			for _, c := range latest[t] {
				shared = countShared(shared, c)
			}
			latest[t] = pushLatest(latest[t], place)
		}
		start := len(all)
		for len(all)-start < limit && len(shared) > 0 {
			best := bestCandidate(shared)
			all = append(all, s.news[shared[best].place])
			shared[best] = shared[len(shared)-1]
			shared = shared[:len(shared)-1]
		}
		all = fillFromSection(all, start, limit, e.section.own[:inSection[e.section]])
		inSection[e.section]++
		e.related = all[start:len(all):len(all)]
	}
}

// candidate is an earlier article, by its place in time, and how many tags it
// shares.
type candidate struct{ place, tags int }

func countShared(list []candidate, place int) []candidate {
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

func pushLatest(list []int, place int) []int {
	if len(list) < relatedWindow {
		return append(list, place)
	}
	copy(list, list[1:])
	list[len(list)-1] = place
	return list
}

// fillFromSection fills the list that begins at start up with the latest of
// the earlier articles of the section, but for its neighbour, which has a link
// of its own.
func fillFromSection(list []index, start, limit int, earlier []index) []index {
	for k := len(earlier) - 2; k >= 0 && len(list)-start < limit; k-- {
		if i := earlier[k]; !slices.Contains(list[start:], i) {
			list = append(list, i)
		}
	}
	return list
}
