package desk

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"

	"bantin/internal/article"
	"bantin/internal/diag"
	"bantin/internal/language"
	"bantin/internal/site"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
)

// formKey is a key of the front matter as the form shows it.
type formKey struct {
	Name     string    `json:"name"`
	Type     string    `json:"type"`
	Required bool      `json:"required"`
	Example  string    `json:"example"`
	OneOf    []string  `json:"one_of"`
	Keys     []formKey `json:"keys"`
	Bare     bool      `json:"bare"`
	Help     string    `json:"help"`
}

var typeNames = map[strictyaml.Type]string{
	strictyaml.TypeText: "text", strictyaml.TypeBool: "bool", strictyaml.TypeInt: "text", strictyaml.TypeDate: "date",
	strictyaml.TypeURL: "text", strictyaml.TypePath: "path", strictyaml.TypeTexts: "texts", strictyaml.TypeList: "list",
	strictyaml.TypeBlock: "block", strictyaml.TypeNames: "any", strictyaml.TypeAny: "any", strictyaml.TypeMap: "map",
}

func formKeys(keys []strictyaml.Key, lang string) []formKey {
	list := make([]formKey, len(keys))
	for i, k := range keys {
		list[i] = formKey{
			Name: k.Name, Type: typeNames[k.Type], Required: k.Required, Example: k.Example, OneOf: k.OneOf, Bare: k.Bare,
			Keys: formKeys(k.Keys, lang), Help: language.Pick(lang, k.VI, k.EN),
		}
	}
	return list
}

// getSite tells what the desk must know of the site before anything is opened.
func (s *Server) getSite(r *http.Request) (any, error) {
	c, lang := s.settings(), s.lang()
	var targets []string
	for _, t := range c.Deploy {
		targets = append(targets, t.Name)
	}
	return map[string]any{
		"title": c.Title, "id": c.ID, "lang": lang, "root": c.Root, "preview": s.opt.Preview, "targets": targets,
		"now": s.now().Format(vietnamese.MinuteLayout),
		"forms": map[string][]formKey{
			"news": formKeys(article.KeysOf("a/b.md"), lang), "page": formKeys(article.KeysOf("a.md"), lang), "section": formKeys(article.KeysOf("a/_index.md"), lang),
		},
		"sections": s.sections(), "git": s.gitState(r.Context()),
	}, nil
}

// overview returns all articles as the preview knows them.
func (s *Server) overview() []site.Listed {
	s.mu.Lock()
	report := s.report
	s.mu.Unlock()
	if report == nil || report.Overview == nil {
		return nil
	}
	return report.Overview()
}

type section struct {
	Folder string `json:"folder"`
	Title  string `json:"title"`
}

// sections lists the folders in which an article may stand.
func (s *Server) sections() []section {
	titles := map[string]string{}
	for _, a := range s.overview() {
		switch {
		case a.Kind == "section":
			titles[path.Dir(a.Path)] = a.Title
		case a.Section != "" && titles[a.Section] == "":
			titles[a.Section] = a.Section
		}
	}
	var list []section
	for folder, title := range titles {
		list = append(list, section{folder, title})
	}
	slices.SortFunc(list, func(a, b section) int { return strings.Compare(a.Folder, b.Folder) })
	return list
}

// told is a problem as the client shows it.
type told struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Col     int    `json:"col"`
	ID      string `json:"id"`
	Error   bool   `json:"error"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
	// Of an article's: the key it stands at, as "event.start" or "gallery.1.alt",
	// or the line in the text, from 1; and the line that mends it, "" for none.
	Key    string `json:"key"`
	InText int    `json:"in_text"`
	Mended string `json:"mended"`
}

func tellProblem(p diag.Problem, lang string) told {
	return told{
		File: p.Pos.File, Line: p.Pos.Line, Col: p.Pos.Col, ID: p.ID, Error: p.Severity == diag.Error,
		Message: p.Message(lang), Hint: p.Hint(lang),
	}
}

// maxTold is how many problems of the whole site are listed.
const maxTold = 200

// getArticles lists all articles with what is wrong on the site.
func (s *Server) getArticles(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	lang := s.lang()
	s.mu.Lock()
	if data := s.list; data != nil {
		s.mu.Unlock()
		w.Write(data)
		return
	}
	report, failed, number := s.report, s.failed, s.number
	s.mu.Unlock()
	problems, wrong := []told{}, map[string]int{}
	var list []site.Listed
	if report != nil {
		all := slices.Clone(report.Problems)
		slices.SortStableFunc(all, func(a, b diag.Problem) int { return cmp.Compare(b.Severity, a.Severity) })
		for _, p := range all {
			if p.Severity == diag.Off {
				continue
			}
			if below, ok := strings.CutPrefix(p.Pos.File, "content/"); ok {
				wrong[below]++
			}
			if len(problems) < maxTold {
				problems = append(problems, tellProblem(p, lang))
			}
		}
		if report.Overview != nil {
			list = report.Overview()
		}
	}
	data, err := json.Marshal(map[string]any{
		"ready": report != nil, "failed": failed, "number": number,
		"articles": list, "problems": problems, "wrong": wrong,
	})
	if err != nil {
		panic(err) // values of our own
	}
	s.mu.Lock()
	if s.report == report {
		s.list = data
	}
	s.mu.Unlock()
	w.Write(data)
}

// Page returns the address of the desk for a path of the preview; isArticle
// tells that it edits what is shown there.
func (s *Server) Page(desk, urlPath string) (address string, isArticle bool) {
	list := s.overview()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.pages == nil {
		s.pages = make(map[string]string, len(list))
		for _, a := range list {
			s.pages[a.URL] = a.Path
		}
	}
	if p, ok := s.pages[strings.TrimSuffix(urlPath, "index.html")]; ok {
		return desk + "#/sua/" + p, true
	}
	return desk, false
}

// streamEvents tells an open window when there is news: a build, or another
// window that opens the same article.
func (s *Server) streamEvents(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	window := r.URL.Query().Get("window")
	s.mu.Lock()
	if _, known := s.windows[window]; !known {
		s.windows[window] = ""
	}
	s.mu.Unlock()
	defer s.closeWindow(window)
	out := http.NewResponseController(w)
	for last := -1; ; {
		s.mu.Lock()
		number, changed, others := s.number, s.changed, s.others(window)
		s.mu.Unlock()
		if number != last {
			fmt.Fprintf(w, "data: {\"number\": %d, \"others\": %d}\n\n", number, others)
			if out.Flush() != nil {
				return
			}
			last = number
		}
		select {
		case <-r.Context().Done():
			return
		case <-changed:
		}
	}
}

// others tells how many other windows edit what this one does. mu is held.
func (s *Server) others(window string) (n int) {
	at := s.windows[window]
	for other, p := range s.windows {
		if other != window && p != "" && p == at {
			n++
		}
	}
	return n
}

// closeWindow forgets a window, and what it had not saved is shown no longer.
func (s *Server) closeWindow(window string) {
	s.mu.Lock()
	at := s.windows[window]
	alone := s.others(window) == 0
	delete(s.windows, window)
	s.tell()
	s.mu.Unlock()
	if at != "" && alone {
		s.hide(at)
	}
}
