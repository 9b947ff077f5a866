package desk

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"bantin/internal/article"
	"bantin/internal/config"
	"bantin/internal/diag"
	"bantin/internal/site"
	"bantin/internal/source"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
)

// release is what is asked for when an article is to be published, or no more.
type release struct {
	Path   string `json:"path"`
	Digest string `json:"digest"`
	// Do is "publish", "schedule" (at Date), "correct" (by Text), "unpublish" or
	// "build" (nothing of an article changes).
	Do     string `json:"do"`
	Date   string `json:"date"`
	Text   string `json:"text"`
	Target string `json:"target"` // of deploy, "" for none
	Commit bool   `json:"commit"` // to git, where the site is in a repository
}

// prepared returns an article's file as it is, and as the release makes it.
func (s *Server) prepared(q *release) (now, was []byte, err error) {
	if was, err = s.current(q.Path, q.Digest); err != nil {
		return nil, nil, err
	}
	moment, codes := s.now(), s.settings().Codes()
	a, problems := article.Parse(q.Path, was, moment.Location(), codes...)
	if problems.HasErrors() {
		return nil, nil, refuse("has-errors", problems[0].Message(s.lang()))
	}
	if q.Do == "build" {
		return was, was, nil
	}
	changes, err := q.changes(a, was, moment)
	if err != nil {
		return nil, nil, err
	}
	now, problems = article.Edit(q.Path, was, changes...)
	if !problems.HasErrors() {
		_, problems = article.Parse(q.Path, now, moment.Location(), codes...)
	}
	if problems.HasErrors() {
		return nil, nil, refuse("has-errors", problems[0].Message(s.lang()))
	}
	return now, was, nil
}

// changes returns what the release changes of the front matter of a, which
// stands in src.
func (q *release) changes(a *article.Article, src []byte, moment time.Time) ([]strictyaml.Change, error) {
	set := func(key, text string) strictyaml.Change {
		return strictyaml.Change{Path: []string{key}, Value: strictyaml.Text(text)}
	}
	stamp := moment.Format(vietnamese.MinuteLayout)
	switch q.Do {
	case "publish":
		changes := []strictyaml.Change{{Path: []string{"draft"}}}
		if a.IsDated() && (a.Draft || a.Date.Start().After(moment)) {
			changes = append(changes, set("date", stamp))
		}
		if e := a.Optional().Expires; !e.IsZero() && !e.End().After(moment) {
			changes = append(changes, strictyaml.Change{Path: []string{"expires"}})
		}
		return changes, nil
	case "schedule":
		date, err := vietnamese.ParseDate(q.Date, moment.Location())
		switch {
		case err != nil:
			return nil, refuse("bad-date", q.Date)
		case !date.Start().After(moment):
			return nil, refuse("past", q.Date)
		case !a.IsDated():
			return nil, refuse("no-schedule")
		}
		return []strictyaml.Change{{Path: []string{"draft"}}, set("date", q.Date)}, nil
	case "correct":
		text := strings.Join(strings.Fields(q.Text), " ")
		if text == "" {
			return nil, refuse("no-text")
		}
		front, _, _, _ := article.Open(q.Path, src)
		return []strictyaml.Change{{Path: []string{"corrections"}, Value: withCorrection(front.Get("corrections"), stamp, text)}}, nil
	case "unpublish":
		if a.Kind == article.News && a.Date.Start().After(moment) {
			return nil, refuse("not-published")
		}
		if a.Date.IsZero() || !moment.After(a.Date.End()) { // what expires does so after its date
			return []strictyaml.Change{set("draft", "true")}, nil
		}
		return []strictyaml.Change{set("expires", stamp)}, nil
	}
	return nil, errForm
}

// withCorrection returns a list of corrections, nil for none, with one more, written
// as the others are.
func withCorrection(old *strictyaml.Node, date, text string) *strictyaml.Node {
	list := &strictyaml.Node{Kind: strictyaml.List}
	if old != nil && old.Kind == strictyaml.List {
		*list = *old
		list.Items = slices.Clone(old.Items)
	}
	item := (&strictyaml.Node{}).Set("date", strictyaml.Text(date)).Set("text", strictyaml.Text(text))
	item.Flow = len(list.Items) == 0 || list.Items[0].Flow || list.Flow
	list.Items = append(list.Items, item)
	return list
}

// postPlan tells what a release would change for citizens; nothing is written.
func (s *Server) postPlan(r *http.Request) (any, error) {
	var q release
	if err := decode(r, &q); err != nil {
		return nil, err
	}
	s.saving.Lock()
	defer s.saving.Unlock()
	now, was, err := s.prepared(&q)
	if err != nil {
		return nil, err
	}
	report, err := s.opt.Plan(r.Context(), map[string][]byte{source.ContentPrefix + q.Path: now})
	if err != nil {
		return nil, &refusal{status: http.StatusUnprocessableEntity, Code: "told", Told: s.opt.Explain(err)}
	}
	problems := []told{}
	for _, p := range report.Problems {
		if p.Severity == diag.Error {
			problems = append(problems, tellProblem(p, s.lang()))
		}
	}
	scheduled := "" // which its editor may have meant to keep
	if front, _, _, _ := article.Open(q.Path, was); q.Do == "publish" && front.Get("date") != nil {
		if date, err := vietnamese.ParseDate(front.Get("date").Text, s.now().Location()); err == nil && date.Start().After(s.now()) {
			scheduled = front.Get("date").Text
		}
	}
	waits := slices.ContainsFunc(report.Unpublished, func(u site.Unpublished) bool {
		return q.Do == "publish" && u.File == source.ContentPrefix+q.Path && u.Reason == "draft"
	})
	kinds := map[string]int{}
	for _, name := range report.Written {
		kinds[kindOf(name)]++
	}
	next := ""
	if !report.NextChange.IsZero() {
		next = report.NextChange.Format(vietnamese.MinuteLayout)
	}
	return map[string]any{
		"line": changedLine(was, now), "problems": problems, "kinds": kinds, "scheduled": scheduled, "waits": waits, "next": next,
		"written": first(report.Written, 200), "deleted": first(report.Deleted, 200),
		"pages": kinds["page"], "more": max(0, len(report.Written)-200),
	}, nil
}

// kindOf tells what a file of the output is to a citizen.
func kindOf(name string) string {
	switch {
	case path.Ext(name) == ".html":
		return "page"
	case slices.Contains([]string{"rss.xml", "atom.xml", "feed.json"}, path.Base(name)):
		return "feed"
	case path.Ext(name) == ".ics":
		return "calendar"
	}
	return "other"
}

func first(list []string, n int) []string {
	return orEmpty(list[:min(n, len(list))])
}

// postPublish carries a release out: it changes the article, builds for citizens
// and deploys. It tells what it does line by line, each a JSON object, the last
// one with what came of it.
func (s *Server) postPublish(w http.ResponseWriter, r *http.Request) {
	out := &teller{w: w, flush: http.NewResponseController(w)}
	w.Header().Set("Content-Type", "application/x-ndjson")
	var q release
	err := decode(r, &q)
	left := ""
	if err == nil {
		left, err = s.release(r, &q, out)
	}
	if err != nil {
		out.tell(asRefusal(err))
		return
	}
	now, err := s.journal.Read(source.ContentPrefix + q.Path)
	if err != nil {
		out.tell(asRefusal(err))
		return
	}
	commit, failed := s.commitRelease(r.Context(), &q, s.word(q.Do, titleOf(q.Path, now)))
	out.tell(map[string]any{"done": true, "article": s.describe(q.Path, now), "left": left, "commit": commit, "commit_failed": failed})
}

// release carries a release out. An article whose site can't be built is as it was
// before. One that was built for citizens stays as it is there, even if it could not
// be deployed, or not wholly: left tells why then.
func (s *Server) release(r *http.Request, q *release, out *teller) (left string, err error) {
	s.saving.Lock()
	defer s.saving.Unlock()
	now, was, err := s.prepared(q)
	if err != nil {
		return "", err
	}
	if q.Target != "" && !slices.ContainsFunc(s.settings().Deploy, func(t config.DeployTarget) bool { return t.Name == q.Target }) {
		return "", refuse("no-target", q.Target)
	}
	id := ""
	if !bytes.Equal(now, was) {
		if id, err = s.write(s.word("save", q.Path), q.Path, was, now); err != nil {
			return "", err
		}
	}
	s.hide(q.Path)
	s.opt.Wake()
	if err := s.opt.Build(r.Context(), out); err != nil {
		e := &refusal{status: http.StatusUnprocessableEntity, Code: "told", Told: s.opt.Explain(err)}
		if id != "" { // the article is as it was, as the site is
			if err := s.journal.Undo(id); err != nil {
				return "", fmt.Errorf("take back: %w", err)
			}
			s.opt.Wake()
		}
		return "", e
	}
	if q.Target != "" {
		if err := s.opt.Deploy(r.Context(), q.Target, out); err != nil {
			return s.opt.Explain(err), nil
		}
	}
	return "", nil
}

// teller sends lines while something goes on.
type teller struct {
	mu    sync.Mutex
	w     http.ResponseWriter
	flush *http.ResponseController
}

func (t *teller) tell(v any) {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // values of our own
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.w.Write(append(data, '\n'))
	t.flush.Flush()
}

// Write tells a text of the program.
func (t *teller) Write(p []byte) (int, error) {
	t.tell(map[string]string{"say": string(p)})
	return len(p), nil
}
