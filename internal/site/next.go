package site

import (
	"time"

	"bantin/internal/article"
)

// NextChange returns the earliest moment after now at which the same sources
// may give other bytes: an article appears or expires, a pin, a term or an
// event begins or ends, a correction is shown, or a window of days turns, as
// it does at local midnight. The zero time: never.
func (s *Site) NextChange() time.Time {
	var next time.Time
	consider := func(t time.Time) {
		if t.After(s.now) && (next.IsZero() || t.Before(next)) {
			next = t
		}
	}
	for _, t := range s.terms[organizationTerm].list {
		if t.merger != nil {
			consider(t.merger.from.Start())
		}
	}
	for i := range index(len(s.entries)) {
		e := &s.entries[i]
		if e.status == statusExpired || s.isHiddenDraft(i) {
			continue
		}
		consider(e.Date.Start())
		if s.cfg.Sitemap.News && e.Kind == article.News {
			consider(s.leftNews(e.Date))
		}
		optional := e.Optional()
		if !optional.Expires.IsZero() {
			consider(optional.Expires.End())
		}
		if !optional.PinnedUntil.IsZero() {
			consider(optional.PinnedUntil.End())
		}
		for _, c := range optional.Corrections {
			consider(c.Date.Start())
		}
		if e.Event != nil {
			consider(e.Event.Start.Start())
			consider(e.Event.Ends())
			consider(s.leftCalendar(e.Event))
		}
		if e.Agreement != nil {
			from, to := e.Agreement.Term(e.Date)
			consider(from)
			if !to.IsZero() {
				consider(to)
				consider(s.expiringFrom(to))
			}
		}
	}
	return next
}
