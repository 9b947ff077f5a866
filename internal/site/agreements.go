package site

import (
	"slices"
	"strings"
	"time"

	"bantin/internal/article"
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

// makeAgreements collects the published agreements.
func (r *register) makeAgreements() {
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
	return vietnamese.MidnightAfter(to.In(s.cfg.Location), -expiringDays)
}
