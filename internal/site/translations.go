package site

import (
	"cmp"
	"slices"
)

// Translations is what editors are told of the translations into a language:
// of articles, pages and texts of sections that are neither drafts nor expired.
// Paths are those of files in the site's folder, sorted.
type Translations struct {
	Language   string     `json:"language"`
	Translated []string   `json:"translated"` // translations
	Missing    []string   `json:"missing"`    // originals without one
	Outdated   []Outdated `json:"outdated"`   // of the translated ones, those that are older than their originals
}

// Outdated is a translation whose original was updated or corrected since.
type Outdated struct {
	File     string `json:"file"`
	Original string `json:"original"`
	Modified string `json:"modified"` // when the original last was, ISO 8601
}

// Translations returns the state of the translations into each language that
// something stands in another one of; nil for a site in one language.
func (t *kinship) Translations() []Translations {
	if t.editions == nil {
		return nil
	}
	list := make([]Translations, len(t.sites))
	for k, s := range t.sites {
		list[k] = Translations{s.cfg.Language, []string{}, []string{}, []Outdated{}}
	}
	for _, group := range t.editions.kin {
		first := slices.IndexFunc(group, func(i index) bool { return i >= 0 })
		o := t.sites[first]
		original := &o.entries[group[first]]
		if original.status == statusDraft || original.status == statusExpired {
			continue
		}
		for k, i := range group {
			s, l := t.sites[k], &list[k]
			switch {
			case k == first:
			case i < 0:
				l.Missing = append(l.Missing, original.File())
			default:
				translation := &s.entries[i]
				l.Translated = append(l.Translated, translation.File())
				if o.changedAfter(translation.Article, original.Article) {
					l.Outdated = append(l.Outdated, Outdated{translation.File(), original.File(), o.modified(original.Article).ISO()})
				}
			}
		}
	}
	list = slices.DeleteFunc(list, func(l Translations) bool { return len(l.Translated)+len(l.Missing) == 0 })
	for _, l := range list {
		slices.Sort(l.Translated)
		slices.Sort(l.Missing)
		slices.SortFunc(l.Outdated, func(a, b Outdated) int { return cmp.Compare(a.File, b.File) })
	}
	return list
}
