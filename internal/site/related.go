package site

import (
	"cmp"
	"slices"
)

// relatedWindow is how many of the latest articles of each tag are looked at:
// enough to fill a list, and no more work for a long archive than for a short one.
const relatedWindow = 8

// relate gives every published article those that came before it and share
// most tags with it; the newest of equals first, then the latest of its own
// section. It looks back only, so that a new article changes no old page.
func (s *Site) relate() {
	limit := s.cfg.Related
	if limit == 0 {
		return
	}
	latest := map[*term][]int{} // the last articles of each tag, oldest first
	place := make(map[*section]int, len(s.sections))
	var shared []candidate
	backing := make([]int, 0, limit*len(s.news)) // one allocation for all lists
	for _, i := range s.news {
		e := &s.entries[i]
		shared = shared[:0]
		for _, t := range e.tags {
			for _, c := range latest[t] {
				shared = countShared(shared, c)
			}
			latest[t] = pushLatest(latest[t], i)
		}
		slices.SortFunc(shared, func(a, b candidate) int {
			return cmp.Or(cmp.Compare(b.tags, a.tags), s.byAge(b.index, a.index))
		})
		start := len(backing)
		for _, c := range shared[:min(limit, len(shared))] {
			backing = append(backing, c.index)
		}
		backing = s.fillFromSection(backing, start, limit, e, place[e.section])
		place[e.section]++
		e.related = backing[start:len(backing):len(backing)]
	}
}

// candidate is an earlier article and how many tags it shares.
type candidate struct{ index, tags int }

func countShared(list []candidate, index int) []candidate {
	for k := range list {
		if list[k].index == index {
			list[k].tags++
			return list
		}
	}
	return append(list, candidate{index, 1})
}

func pushLatest(list []int, index int) []int {
	if len(list) < relatedWindow {
		return append(list, index)
	}
	copy(list, list[1:])
	list[len(list)-1] = index
	return list
}

// fillFromSection fills a list up with the articles of e's section before its
// neighbour, which has a link of its own. place is e's place in the section.
func (s *Site) fillFromSection(list []int, start, limit int, e *entry, place int) []int {
	for k := place - 2; k >= 0 && len(list)-start < limit; k-- {
		if c := e.section.own[k]; !slices.Contains(list[start:], c) {
			list = append(list, c)
		}
	}
	return list
}
