package site

import (
	"slices"
	"strings"
	"time"

	"bantin/internal/article"
	"bantin/internal/diag"
	"bantin/internal/digest"
	"bantin/internal/vietnamese"
)

// The states of an agreement, as the register's data files name them.
const (
	NotYet     = "not-yet"
	InForce    = "in-force"
	Ended      = "ended"
	Terminated = "terminated"
)

// expiringDays is how long before its end an agreement is said to expire.
const expiringDays = 90

// register is the agreements.
type register struct {
	*timeline

	foreign    []member           // of other languages that are not in this one; as agreements
	agreements []index            // published articles with an agreement, by year signed and order
	byNumber   map[string][]index // key of an agreement's number -> indexes, oldest first
}

// makeAgreements collects the published agreements and finds for each the one
// that it amends.
func (r *register) makeAgreements() diag.List {
	r.byNumber = map[string][]index{}
	for _, i := range r.all {
		if r.entries[i].relations == nil || r.entries[i].Agreement == nil {
			continue
		}
		a := r.entries[i].Agreement
		if a.Number.Value != "" {
			key := vietnamese.NameKey(a.Number.Value)
			r.byNumber[key] = append(r.byNumber[key], i)
		}
		if r.shows(i) {
			r.agreements = append(r.agreements, i)
		}
	}
	slices.SortStableFunc(r.agreements, func(a, b index) int {
		return r.entries[a].registeredOn().Start().Compare(r.entries[b].registeredOn().Start())
	})
	var problems diag.List
	for _, list := range [][]index{r.all, r.drafts} {
		for _, i := range list {
			if r.entries[i].relations != nil {
				problems = append(problems, r.linkAmended(i)...)
			}
		}
	}
	return problems
}

// linkAmended finds the agreement that the one of article i amends.
func (r *register) linkAmended(i index) diag.List {
	e := &r.entries[i]
	if e.Agreement == nil || e.Agreement.Amends.Value == "" {
		return nil
	}
	amends := e.Agreement.Amends
	target, id := r.findAmended(i, amends.Value)
	if id != "" && amends.IsInherited() {
		return nil // told of the original: what it amends may not be in this language
	}
	if id != "" {
		return diag.List{diag.New(e.At(amends), id, amends.Value)}
	}
	e.amends = target
	if r.shows(i) {
		r.entries[target].amendedBy = append(r.entries[target].amendedBy, i)
	}
	return nil
}

// findAmended returns the agreement that a number or a source path names, or
// the ID of the problem with it.
func (r *register) findAmended(i index, name string) (target index, id string) {
	if strings.HasSuffix(name, ".md") {
		target, ok := r.articleAt(r.entries[i].Dir(), name)
		if !ok && r.cfg.First != "" { // it names the original
			target, ok = r.articleAt(r.entries[i].Dir(), article.PathIn(name, r.cfg.Language))
		}
		switch {
		case !ok:
			return -1, "missing-amended"
		case r.entries[target].Agreement == nil || target == i:
			return -1, "amended-not-agreement"
		}
		return target, ""
	}
	var found []index
	for _, c := range r.byNumber[vietnamese.NameKey(name)] {
		if c != i {
			found = append(found, c)
		}
	}
	switch len(found) {
	case 0:
		return -1, "unknown-amended"
	case 1:
		return found[0], ""
	}
	return -1, "ambiguous-amended"
}

// articleAt finds the article that a path in an article of folder dir names:
// relative to that folder, or from content/ with or without a leading slash.
func (s *articles) articleAt(dir, name string) (index, bool) {
	if !strings.HasPrefix(name, "/") {
		var memory [pathMemory]byte // texts have many links, and a path for each would be memory for nothing
		if p, ok := appendJoined(memory[:0], dir, name); ok {
			if i, ok := s.byPath[keyFrom(digest.Of(p))]; ok && s.entries[i].Path == string(p) {
				return i, true
			}
		}
	}
	return s.articleOf(strings.TrimPrefix(name, "/"))
}

// registeredOn returns the date by which the agreement of e stands in the register.
func (e *entry) registeredOn() vietnamese.Date { return e.Agreement.RegisteredOn(e.Date) }

// agreementStatus returns the state of an agreement now.
func (s *articles) agreementStatus(a *article.Article) string {
	from, to := a.Agreement.Term(a.Date)
	switch {
	case a.Agreement.Terminated:
		return Terminated
	case !to.IsZero() && !s.now.Before(to):
		return Ended
	case s.now.Before(from):
		return NotYet
	}
	return InForce
}

// expiring tells whether an agreement in force ends within 90 days of today.
func (s *articles) expiring(a *article.Article) bool {
	_, to := a.Agreement.Term(a.Date)
	return !to.IsZero() && s.agreementStatus(a) == InForce && !s.now.Before(s.expiringFrom(to))
}

// expiringFrom returns the local midnight from which on an agreement that ends
// at to is said to expire.
func (s *articles) expiringFrom(to time.Time) time.Time {
	return vietnamese.Midnight(to.In(s.cfg.Location)).AddDate(0, 0, -expiringDays)
}
