package site

import (
	"reflect"
	"slices"

	"bantin/internal/article"
)

// What most edits change beside the text is how an article is worded: its title, its
// lead, the words of its picture. No part of the model is made from these. So the model
// need not be made anew, and only pages that show the article have to be looked at.

// IsReworded tells whether two versions of an article differ in their wording and in
// nothing else that the site is made from. It knows news alone, and none with an event or
// an agreement, which are shown in many other places.
func IsReworded(a, b *article.Article) bool {
	return mayBeReworded(a) && mayBeReworded(b) && reflect.DeepEqual(withoutWords(a), withoutWords(b))
}

func mayBeReworded(a *article.Article) bool {
	return a != nil && a.Kind == article.News && a.Event == nil && a.Agreement == nil
}

// withoutWords returns an article without its wording, and without where its text begins.
func withoutWords(a *article.Article) article.Article {
	bare := *a
	bare.Title, bare.Lead, bare.LeadDerived, bare.BodyStart = article.Text{}, "", false, 0
	if a.Image != nil {
		bare.Image = &article.Image{File: a.Image.File, AltForeign: a.Image.AltForeign, CaptionForeign: a.Image.CaptionForeign}
	}
	return bare
}

// Reword puts another version of article i in its place, of which IsReworded is true.
// Nothing else changes the model after Assemble, and nobody may read it meanwhile.
func (s *Site) Reword(i int, a *article.Article) { s.entries[i].Article = a }

// Shows tells whether a page may show the text of an article that has a new one, or an
// article that is reworded; both by index, and reworded may be nil for none. It knows sites
// in one language.
func (s *Site) Shows(p Page, hasNewText, reworded []bool) bool {
	w := views{s}
	if i := p.Index(); i >= 0 && hasNewText[i] {
		return true
	}
	if p.Kind == KindFeed {
		return anyOf(w.feedNews(p), hasNewText)
	}
	if reworded == nil {
		return false
	}
	switch p.Kind {
	case KindArticle:
		e := &w.entries[p.index]
		return e.newer >= 0 && reworded[e.newer] || e.older >= 0 && reworded[e.older] || anyOf(part(w.related, e.related), reworded)
	case KindSection:
		return anyOf(w.newsOn(p.section.published, p.number), reworded)
	case KindTerm:
		return anyOf(w.newsOn(p.term.published, p.number), reworded)
	case KindMonth:
		return anyOf(w.newsOn(w.newsOf(int(p.month)), p.number), reworded)
	case KindEvents, KindRegister: // events and agreements are not reworded
		return p.section != nil && anyOf(w.newsOn(p.section.published, p.number), reworded)
	case KindSitemap: // those of months tell no words
		return p.month == 0
	case KindStandalone, KindRedirect, KindEventData, KindRegisterData, KindCalendar:
		return false
	}
	return true
}

// anyOf tells whether a list has an article that is marked.
func anyOf(list []index, marked []bool) bool {
	return slices.ContainsFunc(list, func(i index) bool { return marked[i] })
}
