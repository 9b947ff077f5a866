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
	*articles

	all       []index // every article that is not a hidden draft, oldest first, for what must not depend on now
	turns     []int32 // places in all at which another month begins
	hidden    []index // the hidden drafts of all kinds: they yield to all others
	drafts    []index // the articles among them, oldest first
	published []index // published articles, oldest first
	months    []Month // that have published articles, oldest first
	begins    []int   // places in published at which they begin
}

// makeTimeline makes the entries and lists them by age.
func (t *timeline) makeTimeline() {
	t.entries = make([]entry, len(t.in.Articles))
	all := make([]dated, 0, len(t.entries))
	var drafts []dated
	for n, a := range t.in.Articles {
		i, e := index(n), &t.entries[n]
		*e = entry{Article: a, newer: -1, older: -1, status: t.statusOf(a)}
		if a.Event != nil || a.Agreement != nil {
			e.relations = &relations{amends: -1}
		}
		hidden := t.isHiddenDraft(i)
		if hidden {
			t.hidden = append(t.hidden, i)
		}
		switch {
		case a.Kind == article.Standalone:
			t.standalone = append(t.standalone, i)
		case a.Kind == article.News && hidden:
			drafts = append(drafts, t.dated(i))
		case a.Kind == article.News:
			all = append(all, t.dated(i))
		}
	}
	t.all, t.drafts = byAge(all), byAge(drafts)
	t.makeMonths(all)
	slices.SortFunc(t.standalone, func(a, b index) int {
		return cmp.Or(
			vietnamese.Compare(t.entries[a].Title.Value, t.entries[b].Title.Value),
			cmp.Compare(t.entries[a].Path, t.entries[b].Path))
	})
	t.publishedStandalone = slices.DeleteFunc(slices.Clone(t.standalone), func(i index) bool { return !t.shows(i) })
}

// makeMonths lists what is published of all articles, oldest first, and the
// months of it; and notes where among all articles a month begins.
func (t *timeline) makeMonths(all []dated) {
	t.published = make([]index, 0, len(all))
	last := int32(-1)
	for place, d := range all {
		if place == 0 || d.month != all[place-1].month {
			t.turns = append(t.turns, int32(place))
		}
		if !t.shows(d.index) {
			continue
		}
		if d.month != last {
			last = d.month
			month := Month{Year: int(d.month) / 100, Month: int(d.month) % 100}
			month.URL = t.monthURL(month)
			t.addMonth(month)
		}
		t.published = append(t.published, d.index)
	}
}

// dated is an article with the first moment of its date, in Unix seconds, and
// the month of it, as year*100 + month.
type dated struct {
	at    int64
	index index
	month int32
}

// dated returns an article with its time, and notes its month.
func (s *articles) dated(i index) dated {
	e := &s.entries[i]
	e.month = int32(codeOf(monthOf(e.Date)))
	return dated{e.Date.Start().Unix(), i, e.month}
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

func (s *articles) statusOf(a *article.Article) status {
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
func (s *articles) shows(i index) bool {
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
func (s *articles) isHiddenDraft(i index) bool {
	return s.entries[i].status == statusDraft && !s.in.Drafts
}

// Mark says why an article is not published yet; "" if it is.
type Mark string

const (
	MarkDraft     Mark = "draft"
	MarkScheduled Mark = "scheduled"
)

func (s *articles) mark(i index) Mark {
	switch s.entries[i].status {
	case statusDraft:
		return MarkDraft
	case statusScheduled:
		return MarkScheduled
	}
	return ""
}
