package site

import (
	"cmp"

	"bantin/internal/article"
	"bantin/internal/language"
	"bantin/internal/vietnamese"
)

// This file tells what stands in several languages. What it says of a page may
// change when that page gets a translation, and never because another one does.

// alternates returns the pages that show the same as a page in each language,
// itself among them; none if it stands in one language.
func (w views) alternates(p Page) []Alternate {
	if w.editions == nil || p.number != 0 && p.Kind != KindTerms {
		return nil
	}
	switch p.Kind {
	case KindHome:
		return w.pageOfEach(func(s *Site) string { return s.cfg.Root })
	case KindArticle, KindStandalone:
		return w.alternatesOfArticle(p.index)
	case KindSection:
		return w.alternatesOfArticle(p.section.index)
	case KindTerm:
		return w.alternatesOfTerm(p.term)
	case KindTerms:
		return w.pageOfEach(func(s *Site) string {
			if p.terms == organizationTerm {
				return s.at(s.cfg.Paths.Organization + "/")
			}
			return s.at(s.cfg.Paths.Tag + "/")
		})
	case KindEvents:
		return w.pageOfEach(func(s *Site) string { return s.eventsURL(0) })
	case KindRegister:
		return w.pageOfEach(func(s *Site) string { return s.registerURL(0) })
	case KindFeeds:
		return w.pageOfEach(func(s *Site) string { return s.feedsURL() })
	case KindSearch:
		return w.pageOfEach(func(s *Site) string { return s.searchURL() })
	}
	return nil
}

// pageOfEach returns a page that every language has.
func (w views) pageOfEach(url func(*Site) string) []Alternate {
	var list []Alternate
	for _, s := range w.sites {
		list = append(list, s.alternate(url(s)))
	}
	return list
}

func (t *kinship) alternate(url string) Alternate {
	s := t.self
	return Alternate{Language: s.cfg.Language, Path: url, URL: s.absolute(url)}
}

// alternatesOfArticle returns the pages of an article, or of a section, in each
// language. Where a section has the word of a page that is made, it goes with that
// page's.
func (w views) alternatesOfArticle(i index) []Alternate {
	if i < 0 {
		return nil
	}
	var list []Alternate
	for m := range w.kin(i) {
		url := m.site.url(&m.site.entries[m.index])
		if m.site.publishesFiles(m.index) && !m.site.isMadePage(url) {
			list = append(list, m.site.alternate(url))
		}
	}
	return several(list)
}

// alternatesOfTerm returns the pages of a name that site.yaml has in several
// languages, in those where it has one.
func (w views) alternatesOfTerm(t *term) []Alternate {
	if t.listedAs == "" || t.foreign {
		return nil
	}
	var list []Alternate
	for _, s := range w.sites {
		if other := s.terms[t.kind].byKey[vietnamese.NameKey(t.listedAs)]; other != nil && other.inSettings && !other.foreign && other.shown() && !other.refused {
			list = append(list, s.alternate(other.url))
		}
	}
	return several(list)
}

// several returns the pages of a list if they are in several languages.
func several(list []Alternate) []Alternate {
	if len(list) < 2 {
		return nil
	}
	return list
}

// withAlternates fills in where a page stands in other languages.
func withAlternates(view any, list []Alternate) any {
	switch v := view.(type) {
	case Home:
		v.Head.Alternates = list
		return v
	case *Article:
		v.Head.Alternates = list
	case *List:
		v.Head.Alternates = list
	case Terms:
		v.Head.Alternates = list
		return v
	case Events:
		v.Head.Alternates = list
		return v
	case Register:
		v.Head.Alternates = list
		return v
	case FeedsPage:
		v.Head.Alternates = list
		return v
	case SearchPage:
		v.Head.Alternates = list
		return v
	}
	return view
}

// languages returns the home pages of all languages, none for a site in one.
func (w views) languages() []LanguageHome {
	if w.editions == nil {
		return nil
	}
	var list []LanguageHome
	for _, s := range w.sites {
		list = append(list, LanguageHome{
			Language: s.cfg.Language, Name: s.in.Text("language-name"), URL: s.cfg.Root,
			Home: s.in.Text("language-home"), Direction: direction(s.cfg.Language),
		})
	}
	return list
}

// direction returns the direction in which a language is written, "" for from
// left to right.
func direction(code string) string {
	if d := language.Direction(code); d != "ltr" {
		return d
	}
	return ""
}

// originalLanguage returns the language of what article i shares with the one
// that it translates, "" for none.
func (t *kinship) originalLanguage(i index) string {
	s := t.self
	if o := s.original(i); o.site != s {
		return o.site.cfg.Language
	}
	return ""
}

// languageIf returns the language of the words of an article's original if a
// part of it has those.
func (s *articles) languageIf(e *entry, foreign bool) string {
	if !foreign {
		return ""
	}
	return cmp.Or(e.Optional().OriginalIn, s.cfg.First)
}

// outdated returns the link to the article that article i translates if that
// has changed since, nil if it has not.
func (w views) outdated(i index) *Link {
	o := w.original(i)
	if o.site == w.Site {
		return nil
	}
	if !o.site.changedAfter(w.entries[i].Article, o.site.entries[o.index].Article) {
		return nil
	}
	l := o.site.link(o.index)
	l.Language, l.Target = o.site.cfg.Language, o.site.cfg.Language
	return &l
}

// changedAfter tells whether an original was updated or corrected, by now, after
// its translation was. One that gives no date of its own is as old as the first.
func (s *articles) changedAfter(translation, original *article.Article) bool {
	changed := s.modified(original)
	if changed == original.Date {
		return false
	}
	made := original.Date.Start()
	if updated := translation.OwnUpdated(); updated.Start().After(made) {
		made = updated.End()
	}
	for _, c := range translation.Optional().Corrections {
		if c.Date.End().After(made) {
			made = c.Date.End()
		}
	}
	return changed.Start().After(made)
}
