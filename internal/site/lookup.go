package site

import (
	"path"

	"bantin/internal/article"
)

// This file knows what stands at a URL now, for those who lead there.

// stands tells whether something stands at an output file, or what the model
// knows of it would stand there. The index is that of the article whose page it
// is, shown or not; else -1.
func (s *Site) stands(file string) (i index, ok bool) {
	if r, ok := s.routeAt(file); ok && r.Path == file {
		if i := r.textAt(); i >= 0 {
			return i, true
		}
		return -1, !r.hidden
	}
	if i, ok := s.articleBeside(file); ok && s.publishesFiles(i) && s.hasBeside(i, file) {
		return -1, true
	}
	return -1, false
}

// standsAt is stands in whatever language the output file belongs to.
func (t *kinship) standsAt(file string) (m member, ok bool) {
	s := t.self
	other := s.siteOf(file)
	i, ok := other.stands(file)
	return member{other, i}, ok
}

// isPublishedAt tells whether what has an output file is published.
func (t *kinship) isPublishedAt(file string) bool {
	m, ok := t.standsAt(file)
	return ok && (m.index < 0 || m.site.publishesFiles(m.index))
}

// articleBeside returns the article or section in whose folder an output file
// stands.
func (x *urlIndex) articleBeside(file string) (index, bool) {
	if path.Base(file) == indexFile {
		return -1, false
	}
	page := indexFile
	if folder := parentDir(file); folder != "" {
		page = folder + "/" + indexFile
	}
	r, ok := x.claimed(page)
	if !ok || r.Path != page {
		return -1, false
	}
	i := r.textAt()
	return i, i >= 0
}

// hasBeside tells whether a file stands beside article i because its front
// matter names it.
func (b *library) hasBeside(i index, file string) bool {
	e := &b.entries[i]
	found := false
	namedFiles(e.Article, func(name article.Text, _ fileUse) {
		if _, u, ok := b.fileOf(e, name.Value); ok && b.assetPath(u) == file {
			found = true
		}
	})
	return found
}

// ownCalendar returns the calendar of article i's event, "" if it has none.
func (s *articles) ownCalendar(i index) string {
	if e := &s.entries[i]; e.relations == nil || e.Event == nil || e.Kind != article.News {
		return ""
	}
	return s.file(s.calendarURL(s.url(&s.entries[i])))
}

// linkedBeside tells whether a file stands beside an article because the
// article's text links to it. facts are as in CheckLinks.
func (k linker) linkedBeside(file string, facts []*article.Facts) bool {
	i, ok := k.articleBeside(file)
	if !ok || !k.publishesFiles(i) {
		return false
	}
	for _, l := range facts[i].Links {
		if _, u, ok := k.linkedFile(i, l); ok && k.assetPath(u) == file {
			return true
		}
	}
	return false
}
