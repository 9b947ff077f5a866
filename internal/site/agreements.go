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
		if s.entries[i].ties == nil || s.entries[i].Agreement == nil {
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
		return signed(s.entries[a].Article).Start().Compare(signed(s.entries[b].Article).Start())
	})
	var problems diag.List
	for _, list := range [][]index{s.all, s.drafts} {
		for _, i := range list {
			if s.entries[i].ties != nil {
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

// signed returns the date by which an agreement stands in the register.
func signed(a *article.Article) vietnamese.Date {
	switch g := a.Agreement; {
	case !g.Signed.IsZero():
		return g.Signed
	case !g.From.IsZero():
		return g.From
	}
	return a.Date
}

// effectiveFrom returns the date from which an agreement holds: its own, else
// that of its signing, else the article's.
func effectiveFrom(a *article.Article) vietnamese.Date {
	switch g := a.Agreement; {
	case !g.From.IsZero():
		return g.From
	case !g.Signed.IsZero():
		return g.Signed
	}
	return a.Date
}

// termOf returns the first moment of an agreement's term and the first moment
// after it, zero for an open one.
func termOf(a *article.Article) (from, to time.Time) {
	if to := a.Agreement.To; !to.IsZero() {
		return effectiveFrom(a).Start(), to.End()
	}
	return effectiveFrom(a).Start(), time.Time{}
}

// agreementStatus returns the state of an agreement now.
func (s *Site) agreementStatus(a *article.Article) string {
	from, to := termOf(a)
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
	_, to := termOf(a)
	return !to.IsZero() && s.agreementStatus(a) == InForce && !s.now.Before(s.expiringFrom(to))
}

// expiringFrom returns the local midnight from which on an agreement that ends
// at to is said to expire.
func (s *Site) expiringFrom(to time.Time) time.Time {
	return midnight(to.In(s.cfg.Location)).AddDate(0, 0, -expiringDays)
}
