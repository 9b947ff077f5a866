package desk

import (
	"net/http"
	"slices"

	"bantin/internal/article"
	"bantin/internal/source"
	"bantin/internal/strictyaml"
)

// languagesOf lists the files of an article, given by one of them: its text in the
// site's first language, if it is there, and in each other one.
func (s *Server) languagesOf(at string) (files []string) {
	stem := s.stem(at)
	all := []string{stem}
	for _, code := range s.settings().Codes() {
		all = append(all, article.PathIn(stem, code))
	}
	return slices.DeleteFunc(all, func(name string) bool { return !s.journal.Exists(source.ContentPrefix + name) })
}

// translation is an article in another language than the one that is edited.
type translation struct {
	Code   string `json:"code"` // "" for the site's first language
	Path   string `json:"path"` // below content/
	Exists bool   `json:"exists"`
}

// translationsOf lists the other languages of an article: that in which it was written
// first, and those into which it is translated or may be. One that stands in another
// language alone is a translation of nothing.
func (s *Server) translationsOf(at string) []translation {
	stem, list := s.stem(at), []translation{}
	if !s.journal.Exists(source.ContentPrefix + stem) {
		return list
	}
	if at != stem {
		list = append(list, translation{"", stem, true})
	}
	for _, code := range s.settings().Codes() {
		if name := article.PathIn(stem, code); name != at {
			list = append(list, translation{code, name, s.journal.Exists(source.ContentPrefix + name)})
		}
	}
	return list
}

// postTranslate makes the text of an article in another language: a draft with a title.
// All else it has from the original as long as nobody writes it anew.
func (s *Server) postTranslate(r *http.Request) (any, error) {
	var q struct{ Path, Language, Title string }
	if err := decode(r, &q); err != nil {
		return nil, err
	}
	if _, err := isArticle(q.Path); err != nil {
		return nil, err
	}
	title := article.NewTitle(q.Title)
	if title == "" {
		return nil, refuse("no-title")
	}
	s.saving.Lock()
	defer s.saving.Unlock()
	list := s.translationsOf(q.Path)
	i := slices.IndexFunc(list, func(t translation) bool { return t.Code == q.Language })
	if i < 0 {
		return nil, refuse("no-language", q.Language)
	}
	made := list[i]
	if made.Exists {
		return map[string]string{"path": made.Path}, nil // another window was quicker
	}
	front := (&strictyaml.Node{Kind: strictyaml.Map}).Set("title", strictyaml.Quoted(title))
	if !s.isSection(made.Path) { // whose text is never a draft
		front.Set("draft", strictyaml.Text("true"))
	}
	return s.create(title, made.Path, front)
}
