package site

import (
	"cmp"
	"slices"

	"bantin/internal/article"
	"bantin/internal/vietnamese"
)

// This file puts every article into its place in time.

// status tells whether an article is in the site.
type status uint8

const (
	statusPublished status = iota
	statusDraft            // hidden unless Input.Drafts
	statusScheduled        // hidden unless Input.Future
	statusExpired          // hidden always
)

// timeline lists articles by age.
type timeline struct {
	all       []index // every article that is not a hidden draft, oldest first, for what must not depend on now
	turns     []int32 // places in all at which another month begins
	hidden    []index // the hidden drafts of all kinds: they yield to all others
	drafts    []index // the articles among them, oldest first
	published []index // published articles, oldest first
	months    []Month // that have published articles, oldest first
	begins    []int   // places in published at which they begin
}

// makeTimeline makes the entries and lists them by age.
func (s *Site) makeTimeline() {
	s.entries = make([]entry, len(s.in.Articles))
	all := make([]dated, 0, len(s.entries))
	var drafts []dated
	for n, a := range s.in.Articles {
		i, e := index(n), &s.entries[n]
		*e = entry{Article: a, newer: -1, older: -1, status: s.statusOf(a)}
		if a.Event != nil || a.Agreement != nil {
			e.relations = &relations{amends: -1}
		}
		hidden := s.isHiddenDraft(i)
		if hidden {
			s.hidden = append(s.hidden, i)
		}
		switch {
		case a.Kind == article.Page:
			s.standalone = append(s.standalone, i)
		case a.Kind == article.News && hidden:
			drafts = append(drafts, s.dated(i))
		case a.Kind == article.News:
			all = append(all, s.dated(i))
		}
	}
	s.all, s.drafts = byAge(all), byAge(drafts)
	s.makeMonths(all)
	slices.SortFunc(s.standalone, func(a, b index) int {
		return cmp.Or(
			vietnamese.Compare(s.entries[a].Title.Value, s.entries[b].Title.Value),
			cmp.Compare(s.entries[a].Path, s.entries[b].Path))
	})
	s.publishedStandalone = slices.DeleteFunc(slices.Clone(s.standalone), func(i index) bool { return !s.shows(i) })
}

// makeMonths lists what is published of all articles, oldest first, and the
// months of it; and notes where among all articles a month begins.
func (s *Site) makeMonths(all []dated) {
	s.published = make([]index, 0, len(all))
	last := int32(-1)
	for place, d := range all {
		if place == 0 || d.month != all[place-1].month {
			s.turns = append(s.turns, int32(place))
		}
		if !s.shows(d.index) {
			continue
		}
		if d.month != last {
			last = d.month
			month := Month{Year: int(d.month) / 100, Month: int(d.month) % 100}
			month.URL = s.monthURL(month)
			s.addMonth(month)
		}
		s.published = append(s.published, d.index)
	}
}

// dated is an article with the first moment of its date, in Unix seconds, and
// the month of it, as year*100 + month.
type dated struct {
	at    int64
	index index
	month int32
}

func (s *Site) dated(i index) dated {
	date := s.entries[i].Date
	return dated{date.Start().Unix(), i, int32(codeOf(monthOf(date)))}
}

// compareAge orders articles by date, then by source path, which is the order
// of their indexes.
func compareAge(a, b dated) int {
	if a.at != b.at {
		return cmp.Compare(a.at, b.at)
	}
	return cmp.Compare(a.index, b.index)
}

// byAge sorts a list, oldest first, and returns its indexes.
func byAge(list []dated) []index {
	slices.SortFunc(list, compareAge)
	indexes := make([]index, len(list))
	for k, d := range list {
		indexes[k] = d.index
	}
	return indexes
}

func (s *Site) statusOf(a *article.Article) status {
	switch {
	case a.Draft && !s.in.Drafts: // one that expires is not let in by that
		return statusDraft
	case !a.Optional().Expires.IsZero() && !s.now.Before(a.Optional().Expires.End()):
		return statusExpired
	case a.Draft:
		return statusDraft
	case !a.Date.IsZero() && a.Date.Start().After(s.now):
		return statusScheduled
	}
	return statusPublished
}

// shows tells whether article i is in the site that is being built.
func (s *Site) shows(i index) bool {
	switch s.entries[i].status {
	case statusDraft:
		return s.in.Drafts
	case statusScheduled:
		return s.in.Future
	case statusExpired:
		return false
	}
	return true
}

// isHiddenDraft tells whether article i is a draft that is not built.
func (s *Site) isHiddenDraft(i index) bool { return s.entries[i].status == statusDraft && !s.in.Drafts }

func (s *Site) mark(i index) Mark {
	switch s.entries[i].status {
	case statusDraft:
		return MarkDraft
	case statusScheduled:
		return MarkScheduled
	}
	return ""
}
