package site

import (
	"cmp"
	"slices"
	"strings"

	"bantin/internal/article"
	"bantin/internal/diag"
	"bantin/internal/vietnamese"
)

// This file finds which agreement amends which. The two may stand in different
// languages: each page leads to the other in its own language where that shows.

// makeRegister makes the register of a site in one language.
func (t *kinship) makeRegister() diag.List {
	t.self.makeAgreements()
	return t.linkAmendments()
}

// linkAmendments finds for each agreement the one that it amends.
func (t *kinship) linkAmendments() diag.List {
	s := t.self
	var problems diag.List
	for _, list := range [][]index{s.all, s.drafts} {
		for _, i := range list {
			if s.entries[i].relations != nil && s.entries[i].Agreement != nil {
				problems = append(problems, t.linkAmended(i)...)
			}
		}
	}
	return problems
}

// linkAmended finds the agreement that the one of article i amends.
func (t *kinship) linkAmended(i index) diag.List {
	s := t.self
	e := &s.entries[i]
	amends := e.Agreement.Amends
	if amends.Value == "" {
		return nil
	}
	if o := t.original(i); o.site != s { // which comes before its translations
		e.amends = o.site.entries[o.index].amends
	} else {
		target, id := t.findAmended(i, amends.Value)
		if id != "" {
			return diag.List{diag.New(e.At(amends), id, amends.Value)}
		}
		e.amends = target
	}
	if e.amends.site != nil && s.shows(i) && t.firstShown(i) == (member{s, i}) {
		e.amends.site.noteAmendment(e.amends.index, member{s, i})
	}
	return nil
}

// noteAmendment notes in all languages that by amends the agreement of article i.
func (t *kinship) noteAmendment(i index, by member) {
	s := t.self
	if s.editions == nil {
		s.entries[i].amendedBy = append(s.entries[i].amendedBy, by)
		return
	}
	for m := range t.kin(i) {
		e := &m.site.entries[m.index]
		e.amendedBy = append(e.amendedBy, by)
		slices.SortStableFunc(e.amendedBy, func(a, b member) int {
			return cmp.Or(a.entry().Date.Start().Compare(b.entry().Date.Start()), cmp.Compare(a.entry().Path, b.entry().Path))
		})
	}
}

// findAmended returns the agreement that a number or a source path names, or
// the ID of the problem with it.
func (t *kinship) findAmended(i index, name string) (target member, id string) {
	s := t.self
	if strings.HasSuffix(name, ".md") {
		target, ok := t.memberAt(s.entries[i].Dir(), name)
		if !ok && s.cfg.First != "" { // an article of this language alone may be named as an original would be
			target, ok = t.memberAt(s.entries[i].Dir(), article.PathIn(name, s.cfg.Language))
		}
		switch {
		case !ok:
			return member{}, "missing-amended"
		case target.entry().Agreement == nil || t.original(i) == target.site.original(target.index):
			return member{}, "amended-not-agreement"
		}
		return target, ""
	}
	for _, other := range t.byNearness() {
		var found []member
		for _, j := range other.byNumber[vietnamese.NameKey(name)] {
			if t.original(i) != other.original(j) {
				found = append(found, member{other, j})
			}
		}
		switch len(found) {
		case 0:
		case 1:
			return found[0], ""
		default:
			return member{}, "ambiguous-amended"
		}
	}
	return member{}, "unknown-amended"
}

// byNearness returns the sites of all languages, the site itself first.
func (t *kinship) byNearness() []*Site {
	s := t.self
	sites := slices.DeleteFunc(slices.Clone(s.siblings()), func(other *Site) bool { return other == s })
	return slices.Insert(sites, 0, s)
}

// amendments returns the links to the agreement that another one amends, nil for
// none that shows, and to those that amend it.
func (w views) amendments(m member) (amends *Link, amendedBy []Link) {
	e := m.entry()
	if e.amends.site != nil {
		amends = w.agreementLink(e.amends)
	}
	for _, by := range e.amendedBy {
		amendedBy = append(amendedBy, *w.agreementLink(by))
	}
	return amends, amendedBy
}

// agreementLink returns the link to an agreement in the language of the site, or
// else in the first in which it shows; nil if it shows in none.
func (w views) agreementLink(m member) *Link {
	m = m.site.shownFor(m.index, w.Site)
	if !m.site.shows(m.index) {
		return nil
	}
	link := m.site.link(m.index)
	link.Title = m.site.agreementTitle(m.index)
	if m.site != w.Site {
		link.Language, link.Target = m.site.cfg.Language, m.site.cfg.Language
	}
	return &link
}
