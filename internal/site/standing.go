package site

import (
	"path"
	"strings"

	"bantin/internal/article"
)

// This file knows what stands at a URL now, for those who lead there.

// stands tells whether something stands at an output file, or what the model
// knows of it would stand there. The index is that of the article whose page it
// is, shown or not; else -1.
func (s *Site) stands(file string) (i index, ok bool) {
	if i, ok := s.articleAtFile(file); ok {
		return i, true
	}
	if i, ok := s.articleBeside(file); ok && s.publishesFiles(i) && s.hasBeside(i, file) {
		return -1, true
	}
	_, ok = s.lists()[file]
	return -1, ok
}

// articleAtFile returns the article or section whose page, hidden or not, is an
// output file, to the letter.
func (s *Site) articleAtFile(file string) (index, bool) {
	c, ok := s.claimOn(file)
	if !ok || c.index < 0 || c.file != file {
		return -1, false
	}
	return c.index, true
}

// articleBeside returns the article or section in whose folder an output file
// stands.
func (s *Site) articleBeside(file string) (index, bool) {
	if path.Base(file) == "index.html" {
		return -1, false
	}
	return s.articleAtFile(parentDir(file) + "/index.html")
}

// hasBeside tells whether a file stands beside article i: the calendar of its
// event, or one that its front matter names.
func (s *Site) hasBeside(i index, file string) bool {
	e := &s.entries[i]
	found := s.ownCalendar(i) == file
	namedFiles(e.Article, func(name article.Text, _ fileUse) {
		if _, u, ok := s.fileOf(e, name.Value); ok && s.assetPath(u) == file {
			found = true
		}
	})
	return found
}

// ownCalendar returns the calendar of article i's event, "" if it has none.
func (s *Site) ownCalendar(i index) string {
	if s.entries[i].Event == nil {
		return ""
	}
	return s.file(s.calendarURL(s.url(&s.entries[i])))
}

// linkedBeside tells whether a file stands beside an article because the
// article's text links to it. facts are as in CheckLinks.
func (s *Site) linkedBeside(file string, facts []article.Facts) bool {
	i, ok := s.articleBeside(file)
	if !ok || !s.publishesFiles(i) {
		return false
	}
	for _, l := range facts[i].Links {
		if _, u, ok := s.linkedFile(i, l); ok && s.assetPath(u) == file {
			return true
		}
	}
	return false
}

// planLists returns the output files that stand now and that no article has:
// lists, feeds, and the files of static/.
func (s *Site) planLists() map[string]struct{} {
	standing := map[string]struct{}{}
	for _, p := range s.planOthers(nil) {
		standing[p.Path] = struct{}{}
	}
	for _, f := range s.staticFiles() {
		standing[strings.TrimPrefix(f.Path, "static/")] = struct{}{}
	}
	return standing
}
