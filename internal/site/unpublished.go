package site

import (
	"slices"
	"strings"

	"bantin/internal/article"
	"bantin/internal/diag"
	"bantin/internal/vietnamese"
)

// Unpublished is an article that is not in the site now.
type Unpublished struct {
	File   string          `json:"file"`
	Reason string          `json:"reason"` // "draft", "scheduled" or "expired"
	Date   string          `json:"date"`   // from which on it is, or was no longer, published; ISO 8601
	When   vietnamese.Date `json:"-"`      // the same date
}

// Unpublished returns the articles that are not in the site, by file.
func (s *articles) Unpublished() []Unpublished {
	var list []Unpublished
	for i := range index(len(s.entries)) {
		e := &s.entries[i]
		if s.shows(i) {
			continue
		}
		u := Unpublished{File: e.File()}
		switch e.status {
		case statusDraft:
			u.Reason = "draft"
		case statusScheduled:
			u.Reason, u.When = "scheduled", e.Date
		case statusExpired:
			u.Reason, u.When = "expired", e.Optional().Expires
		}
		if !u.When.IsZero() {
			u.Date = u.When.ISO()
		}
		list = append(list, u)
	}
	slices.SortFunc(list, func(a, b Unpublished) int { return strings.Compare(a.File, b.File) })
	return list
}

// Counts returns how many of each kind the site has.
func (s *Site) Counts() map[string]int {
	return map[string]int{
		"articles":      len(s.published),
		"standalone":    len(s.publishedStandalone),
		"sections":      len(s.sections),
		"tags":          len(s.terms[tagTerm].sorted),
		"organizations": len(s.terms[organizationTerm].sorted),
		"authors":       len(s.terms[authorTerm].sorted),
		"events":        len(s.events),
		"agreements":    len(s.agreements),
	}
}

// DowngradeDrafts makes warnings of the errors that stand in hidden drafts: what is not
// published must not stop the press.
func (s *articles) DowngradeDrafts(problems diag.List) diag.List {
	if s.in.Drafts {
		return problems
	}
	for k, p := range problems {
		if p.Severity != diag.Error {
			continue
		}
		if path, ok := contentPath(p.Pos.File); ok {
			if i, ok := s.articleOf(path); ok && s.isHiddenDraft(i) {
				problems[k].Severity = diag.Warning
			}
		}
	}
	return problems
}

// HasCard tells whether article i stands in lists.
func (s *articles) HasCard(i int) bool { return s.entries[i].Kind == article.News && s.shows(index(i)) }
