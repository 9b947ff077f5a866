package desk

import (
	"fmt"
	"net/http"
	"time"

	"bantin/internal/article"
	"bantin/internal/diag"
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
	Shared   bool      `json:"shared"` // a translation has it from its original
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
			Name: k.Name, Type: typeNames[k.Type], Required: k.Required, Example: k.Example, OneOf: orEmpty(k.OneOf), Bare: k.Bare,
			Keys: formKeys(k.Keys, lang), Help: k.About(lang), Shared: article.IsShared(k.Name),
		}
	}
	return list
}

// getSite tells what the desk must know of the site before anything is opened.
func (s *Server) getSite(r *http.Request) (any, error) {
	c, lang := s.settings(), s.lang()
	targets := []string{}
	for _, t := range c.Deploy {
		targets = append(targets, t.Name)
	}
	l := s.listing()
	return map[string]any{
		"ready": l.articles != nil, "title": c.Title, "id": c.ID, "lang": lang, "root": c.Root, "preview": s.opt.Preview, "targets": targets,
		"now": s.now().Format(vietnamese.MinuteLayout),
		"forms": map[string][]formKey{
			"news": formKeys(article.KeysOf("a/b.md"), lang), "page": formKeys(article.KeysOf("a.md"), lang), "section": formKeys(article.KeysOf("a/_index.md"), lang),
		},
		"sections": l.sections(), "git": s.gitState(r.Context()), "commits": c.Desk.Commit,
	}, nil
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

// streamEvents tells an open window when there is news: a build, or another
// window that opens the same article. A browser has six connections to a host for all
// its windows together, so that only those that are seen keep one.
func (s *Server) streamEvents(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	window := r.URL.Query().Get("window")
	s.openWindow(window)
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

// openWindow takes a window's stream of news.
func (s *Server) openWindow(window string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.streams[window]++
	if t := s.asleep[window]; t != nil {
		t.Stop()
		delete(s.asleep, window)
	}
	if _, known := s.windows[window]; !known {
		s.windows[window] = ""
	}
}

// closeWindow ends a window's stream of news. One that has no other is forgotten,
// unless it said before that it only sleeps.
func (s *Server) closeWindow(window string) {
	s.mu.Lock()
	if s.streams[window]--; s.streams[window] == 0 {
		delete(s.streams, window)
	}
	isAsleep := s.asleep[window] != nil
	s.mu.Unlock()
	if !isAsleep {
		s.forget(window)
	}
}

// maxSleep is how long a window may be out of sight: one that has gone without a word
// is forgotten then, one that comes back is known again with what it edits.
const maxSleep = time.Hour

// postSleep takes that nobody sees a window and its stream of news ends, but that it
// still edits what it did.
func (s *Server) postSleep(r *http.Request) (any, error) {
	var q struct{ Window string }
	if err := decode(r, &q); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if t := s.asleep[q.Window]; t != nil {
		t.Stop()
	}
	s.asleep[q.Window] = time.AfterFunc(maxSleep, func() { s.forget(q.Window) })
	return struct{}{}, nil
}

// forget forgets a window that has no stream of news, and what it had not saved is
// shown no longer.
func (s *Server) forget(window string) {
	s.mu.Lock()
	delete(s.asleep, window)
	if s.streams[window] > 0 {
		s.mu.Unlock()
		return
	}
	at := s.windows[window]
	alone := s.others(window) == 0
	delete(s.windows, window)
	s.tell()
	s.mu.Unlock()
	s.keepDelayed(at)
	if at != "" && alone {
		s.hide(at)
	}
}
