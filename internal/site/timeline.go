package site

import (
	"cmp"
	"iter"
	"slices"
	"sync"

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

	all       []index        // every article that is not a hidden draft, oldest first, for what must not depend on now
	turns     []int32        // places in all at which another month begins
	hidden    []index        // the hidden drafts of all kinds: they yield to all others
	drafts    []index        // the articles among them, oldest first
	published []index        // published articles, oldest first
	uses      [termKinds]int // how many names of each kind stand in articles
	months    []Month        // that have published articles, oldest first
	begins    []int          // places in published at which they begin
}

// timelineParts is how many parts of the articles are put into their places beside
// each other.
const timelineParts = 4

// placed are the articles of a part, each in its place.
type placed struct {
	all, drafts                   []dated
	hidden, described, standalone []index
	uses                          [termKinds]int
}

// makeTimeline makes the entries and lists them by age.
func (t *timeline) makeTimeline() {
	n := len(t.in.Articles)
	t.entries, t.keys = make([]entry, n), make([]articleKeys, n)
	var parts [timelineParts]placed
	var group sync.WaitGroup
	for k := range parts {
		group.Go(func() { t.makeEntries(&parts[k], n*k/timelineParts, n*(k+1)/timelineParts) })
	}
	group.Wait()
	var all, drafts [][]dated
	for _, p := range parts {
		all, drafts = append(all, p.all), append(drafts, p.drafts)
		t.hidden, t.described, t.standalone = append(t.hidden, p.hidden...), append(t.described, p.described...), append(t.standalone, p.standalone...)
		for kind := range termKinds {
			t.uses[kind] += p.uses[kind]
		}
	}
	t.makeMonths(all)
	for d := range byAge(drafts) {
		t.drafts = append(t.drafts, d.index)
	}
	slices.SortFunc(t.standalone, func(a, b index) int {
		return cmp.Or(
			vietnamese.Compare(t.entries[a].Title.Value, t.entries[b].Title.Value),
			cmp.Compare(t.entries[a].Path, t.entries[b].Path))
	})
	t.publishedStandalone = slices.DeleteFunc(slices.Clone(t.standalone), func(i index) bool { return !t.shows(i) })
}

// makeEntries makes the entries from one index to another, and lists them by age.
func (t *timeline) makeEntries(p *placed, from, to int) {
	p.all = make([]dated, 0, to-from)
	for n, a := range t.in.Articles[from:to] {
		i := index(from + n)
		e := &t.entries[i]
		*e = entry{Article: a, newer: -1, older: -1, status: t.statusOf(a), Kind: a.Kind}
		t.keys[i].path = keyOf(a.Path)
		if a.Kind == article.News {
			t.keys[i].id = keyOf(a.ID.Value)
		}
		if a.Event != nil || a.Agreement != nil {
			e.relations = &relations{}
		}
		for kind := range termKinds {
			p.uses[kind] += len(e.names(kind))
		}
		hidden := t.isHiddenDraft(i)
		if hidden {
			p.hidden = append(p.hidden, i)
		}
		switch {
		case a.Kind == article.Section:
			p.described = append(p.described, i)
		case a.Kind == article.Standalone:
			p.standalone = append(p.standalone, i)
		case hidden:
			p.drafts = append(p.drafts, t.dated(i))
		default:
			p.all = append(p.all, t.dated(i))
		}
	}
	slices.SortFunc(p.all, compareAge)
	slices.SortFunc(p.drafts, compareAge)
}

// byAge gives what is in several lists that are sorted by age, oldest first.
func byAge(lists [][]dated) iter.Seq[dated] {
	return func(yield func(dated) bool) {
		for {
			oldest := -1
			for k, l := range lists {
				if len(l) > 0 && (oldest < 0 || compareAge(l[0], lists[oldest][0]) < 0) {
					oldest = k
				}
			}
			if oldest < 0 || !yield(lists[oldest][0]) {
				return
			}
			lists[oldest] = lists[oldest][1:]
		}
	}
}

// makeMonths lists all articles, what is published of them, and the months of that,
// oldest first; and notes where among all articles a month begins.
func (t *timeline) makeMonths(lists [][]dated) {
	t.all, t.published = make([]index, 0, len(t.entries)), make([]index, 0, len(t.entries))
	last, lastShown := int32(-1), int32(-1)
	for d := range byAge(lists) {
		if d.month != last {
			last = d.month
			t.turns = append(t.turns, int32(len(t.all)))
		}
		t.all = append(t.all, d.index)
		if !t.shows(d.index) {
			continue
		}
		if d.month != lastShown {
			lastShown = d.month
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
