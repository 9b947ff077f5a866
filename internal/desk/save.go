package desk

import (
	"bytes"
	"cmp"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"bantin/internal/article"
	"bantin/internal/edits"
	"bantin/internal/messages"
	"bantin/internal/site"
	"bantin/internal/source"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
)

// word returns what a change of files is called in the list of those that can be
// undone.
func (s *Server) word(what, name string) string {
	return messages.In(s.lang()).Desk.Changes[what] + ": " + name
}

// postSave saves an article, one at a time.
func (s *Server) postSave(r *http.Request) (any, error) {
	var e edited
	if err := decode(r, &e); err != nil {
		return nil, err
	}
	s.saving.Lock()
	defer s.saving.Unlock()
	now, was, err := s.composed(&e)
	if err != nil {
		return nil, err
	}
	switch {
	case !s.journal.Exists(source.ContentPrefix + e.Path):
		_, err = s.journal.Do(s.word("save", e.Path), func(c *edits.Change) error { return c.Create(source.ContentPrefix+e.Path, now) })
	case !bytes.Equal(now, was):
		_, err = s.write(s.word("save", e.Path), e.Path, was, now)
	}
	if err != nil {
		return nil, err
	}
	s.dropDrafts(e.Path, func(d kept) bool { return d.Window == e.Window || d.File == string(now) })
	s.mu.Lock()
	delete(s.unsaved, source.ContentPrefix+e.Path)
	s.mu.Unlock()
	s.opt.Wake()
	return s.describe(e.Path, now), nil
}

// write gives an article other bytes, as a change that can be undone by its id.
func (s *Server) write(title, at string, was, now []byte) (id string, err error) {
	return s.journal.Do(title, func(c *edits.Change) error {
		return c.Replace(source.ContentPrefix+at, edits.Digest(was), now)
	})
}

// current returns the bytes of an article, which must be those that the client
// has seen.
func (s *Server) current(at, digest string) ([]byte, error) {
	name, err := isArticle(at)
	if err != nil {
		return nil, err
	}
	src, err := s.journal.Read(name)
	if err == nil && edits.Digest(src) != digest {
		err = edits.ErrChanged
	}
	return src, err
}

// postNew makes an article: a draft with a title, an identity and a date.
func (s *Server) postNew(r *http.Request) (any, error) {
	var q struct {
		Section string `json:"section"` // its folder below content/, "" for a page
		Title   string `json:"title"`
		Photos  bool   `json:"photos"` // it has a folder of its own
	}
	if err := decode(r, &q); err != nil {
		return nil, err
	}
	title := article.NewTitle(q.Title)
	slug := article.NewSlug(title)
	if slug == "" {
		return nil, refuse("no-title")
	}
	known := slices.ContainsFunc(s.listing().sections(), func(known section) bool { return known.Folder == q.Section })
	if q.Section != "" && !known {
		return nil, refuse("no-section", q.Section)
	}
	s.saving.Lock()
	defer s.saving.Unlock()
	now := s.now()
	isPage := q.Section == ""
	base := func(slug string) string {
		if isPage {
			return slug
		}
		return path.Join(q.Section, article.DatedName(now, slug))
	}
	free := slug
	for n := 2; s.journal.Exists(source.ContentPrefix+base(free)) || s.journal.Exists(source.ContentPrefix+base(free)+".md"); n++ {
		free = slug + "-" + strconv.Itoa(n)
	}
	at := base(free) + ".md"
	if q.Photos {
		at = base(free) + "/index.md"
	}
	front := &strictyaml.Node{Kind: strictyaml.Map}
	if !isPage {
		front.Set("id", strictyaml.Text(s.newID(now, free, q.Section)))
	}
	front.Set("title", strictyaml.Quoted(title))
	if !isPage {
		front.Set("date", strictyaml.Text(now.Format(vietnamese.MinuteLayout)))
	}
	front.Set("draft", strictyaml.Text("true"))
	return s.create(title, at, front)
}

// newID returns the id of an article that is begun in a section.
func (s *Server) newID(day time.Time, slug, folder string) string {
	var folders []string
	for _, other := range s.listing().sections() {
		folders = append(folders, other.Folder)
	}
	codes := s.settings().Codes()
	return article.IDIn(folder, article.NewID(day, slug), folders, func(other string) bool {
		return slices.ContainsFunc(article.FilesNamed(other, article.DatedName(day, slug), codes), func(at string) bool { return s.journal.Exists(source.ContentPrefix + at) })
	})
}

// create makes an article that has no text yet, and answers with its path.
func (s *Server) create(title, at string, front *strictyaml.Node) (any, error) {
	src := article.Format(front, []byte("\n"))
	_, err := s.journal.Do(s.word("new", title), func(c *edits.Change) error {
		return c.Create(source.ContentPrefix+at, src)
	})
	if err != nil {
		return nil, err
	}
	s.opt.Wake()
	return map[string]string{"path": at}, nil
}

// own lists the files of an article: its texts in all languages, and those in its
// folder if it has one.
func (s *Server) own(at string) ([]string, error) {
	var list []string
	if at != s.stem(at) { // a translation goes alone
		return []string{source.ContentPrefix + at}, nil
	}
	if !s.isBundle(at) {
		for _, name := range s.languagesOf(at) {
			list = append(list, source.ContentPrefix+name)
		}
		return list, nil
	}
	dir := source.ContentPrefix + path.Dir(at)
	err := s.journal.Walk(dir, func(name string) { list = append(list, name) })
	return list, err
}

// titleOf returns the title of an article, its path if it has none.
func titleOf(at string, src []byte) string {
	front, _, _, _ := article.Open(at, src)
	if front != nil && front.Get("title") != nil {
		return cmp.Or(front.Get("title").Text, at)
	}
	return at
}

// postDelete takes an article away with its files. It can be undone.
func (s *Server) postDelete(r *http.Request) (any, error) {
	var q struct{ Path, Digest string }
	if err := decode(r, &q); err != nil {
		return nil, err
	}
	if s.isSection(q.Path) {
		return nil, refuse("is-section")
	}
	s.saving.Lock()
	defer s.saving.Unlock()
	src, err := s.current(q.Path, q.Digest)
	if err != nil {
		return nil, err
	}
	list, err := s.own(q.Path)
	if err != nil {
		return nil, err
	}
	id, err := s.journal.Do(s.word("delete", titleOf(q.Path, src)), func(c *edits.Change) error {
		for _, name := range list {
			if err := c.Remove(name); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	s.dropDrafts(q.Path, func(kept) bool { return true })
	s.hide(q.Path)
	s.opt.Wake()
	return map[string]any{"undo": id, "files": len(list)}, nil
}

// postRename is bantin mv.
func (s *Server) postRename(r *http.Request) (any, error) {
	var q struct{ Path, Section, Name string }
	if err := decode(r, &q); err != nil {
		return nil, err
	}
	name, err := isArticle(q.Path)
	if err != nil {
		return nil, err
	}
	slug := vietnamese.ShortSlug(strings.TrimSuffix(q.Name, ".md"), article.MaxName)
	if slug == "" {
		return nil, refuse("no-title")
	}
	if s.isSection(q.Path) {
		return nil, edits.ErrOutside
	}
	// What moves is the article in all its languages.
	stem := s.stem(q.Path)
	if !s.journal.Exists(source.ContentPrefix + stem) {
		stem = q.Path
	}
	from, base, folder := stem, strings.TrimSuffix(s.stem(stem), ".md"), s.folderOf(stem)
	if s.isBundle(stem) {
		base = path.Dir(stem)
		from = base
	}
	if q.Section != site.SectionAbove(folder) { // else it stays in its year's folder
		if folder = q.Section; folder != "" && !slices.ContainsFunc(s.listing().sections(), func(known section) bool { return known.Folder == folder }) {
			return nil, refuse("no-section", folder)
		}
	}
	follow := func(at string) string { return path.Join(folder, slug) + strings.TrimPrefix(at, base) }
	to := follow(from) // with .md, or .en.md of one that has no other text, if it is a file
	s.saving.Lock()
	defer s.saving.Unlock()
	if !s.journal.Exists(name) {
		return nil, fs.ErrNotExist
	}
	if to == from {
		return map[string]string{"path": q.Path}, nil
	}
	texts := s.languagesOf(q.Path)
	if err := s.opt.Move(r.Context(), from, to); err != nil {
		return nil, &refusal{status: http.StatusUnprocessableEntity, Code: "told", Told: s.opt.Explain(err)}
	}
	for _, at := range texts {
		s.moved(at, follow(at))
	}
	s.opt.Wake()
	return map[string]string{"path": follow(q.Path)}, nil
}

// getHistory lists what can be undone.
func (s *Server) getHistory(*http.Request) (any, error) {
	list, err := s.journal.Records()
	return orEmpty(list), err
}

// postUndo takes a change of files back.
func (s *Server) postUndo(r *http.Request) (any, error) {
	var q struct{ ID string }
	if err := decode(r, &q); err != nil {
		return nil, err
	}
	s.saving.Lock()
	defer s.saving.Unlock()
	if err := s.undo(q.ID); err != nil {
		return nil, err
	}
	s.opt.Wake()
	return struct{}{}, nil
}
