package site

import (
	"slices"
	"strings"
	"time"

	"bantin/internal/article"
	"bantin/internal/diag"
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

// makeAgreements collects the published agreements and finds for each the one
// that it amends.
func (s *Site) makeAgreements() diag.List {
	s.byNumber = map[string][]index{}
	for _, i := range s.all {
		if s.entries[i].relations == nil || s.entries[i].Agreement == nil {
			continue
		}
		a := s.entries[i].Agreement
		if a.Number.Value != "" {
			key := vietnamese.NameKey(a.Number.Value)
			s.byNumber[key] = append(s.byNumber[key], i)
		}
		if s.shows(i) {
			s.agreements = append(s.agreements, i)
		}
	}
	slices.SortStableFunc(s.agreements, func(a, b index) int {
		return s.entries[a].registeredOn().Start().Compare(s.entries[b].registeredOn().Start())
	})
	var problems diag.List
	for _, list := range [][]index{s.all, s.drafts} {
		for _, i := range list {
			if s.entries[i].relations != nil {
				problems = append(problems, s.linkAmended(i)...)
			}
		}
	}
	return problems
}

// linkAmended finds the agreement that the one of article i amends.
func (s *Site) linkAmended(i index) diag.List {
	e := &s.entries[i]
	if e.Agreement == nil || e.Agreement.Amends.Value == "" {
		return nil
	}
	amends := e.Agreement.Amends
	target, id := s.findAmended(i, amends.Value)
	if id != "" {
		return diag.List{diag.New(e.At(amends), id, amends.Value)}
	}
	e.amends = target
	if s.shows(i) {
		s.entries[target].amendedBy = append(s.entries[target].amendedBy, i)
	}
	return nil
}

// findAmended returns the agreement that a number or a source path names, or
// the ID of the problem with it.
func (s *Site) findAmended(i index, name string) (target index, id string) {
	if strings.HasSuffix(name, ".md") {
		target, ok := s.articleAt(s.entries[i].Dir(), name)
		switch {
		case !ok:
			return -1, "missing-amended"
		case s.entries[target].Agreement == nil || target == i:
			return -1, "amended-not-agreement"
		}
		return target, ""
	}
	var found []index
	for _, c := range s.byNumber[vietnamese.NameKey(name)] {
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
func (s *Site) articleAt(dir, name string) (index, bool) {
	if !strings.HasPrefix(name, "/") {
		if p, ok := join(dir, name); ok {
			if i, ok := s.articleOf(p); ok {
				return i, true
			}
		}
	}
	return s.articleOf(strings.TrimPrefix(name, "/"))
}

// registeredOn returns the date by which the agreement of e stands in the register.
func (e *entry) registeredOn() vietnamese.Date { return e.Agreement.RegisteredOn(e.Date) }

// agreementStatus returns the state of an agreement now.
func (s *Site) agreementStatus(a *article.Article) string {
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
func (s *Site) expiring(a *article.Article) bool {
	_, to := a.Agreement.Term(a.Date)
	return !to.IsZero() && s.agreementStatus(a) == InForce && !s.now.Before(s.expiringFrom(to))
}

// expiringFrom returns the local midnight from which on an agreement that ends
// at to is said to expire.
func (s *Site) expiringFrom(to time.Time) time.Time {
	return vietnamese.Midnight(to.In(s.cfg.Location)).AddDate(0, 0, -expiringDays)
}
