package desk

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"bantin/internal/edits"
	"bantin/internal/source"
	"bantin/internal/strictfs"
)

// Unsaved returns the files that are being edited as they would be if they were
// saved, by path in the site's folder.
func (s *Server) Unsaved() map[string][]byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.unsaved)
}

// IsEditing tells whether the preview shows what is not saved.
func (s *Server) IsEditing() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.unsaved) > 0
}

// Lines gives the lines of files as the preview shows them.
func (s *Server) Lines() func(file string, n int) (string, bool) {
	saved := source.Lines(s.opt.Dir)
	return func(file string, n int) (string, bool) {
		s.mu.Lock()
		src, ok := s.unsaved[file]
		s.mu.Unlock()
		if !ok {
			return saved(file, n)
		}
		lines := split(src)
		if n < 1 || n > len(lines) {
			return "", false
		}
		return lines[n-1], true
	}
}

// postEdit takes what a window has made of an article so far: the preview shows
// it, and it is kept against a crash. The answer tells what is wrong with it.
func (s *Server) postEdit(r *http.Request) (any, error) {
	var e struct {
		edited
		Later bool `json:"later"` // it is kept when the next edit comes, or somebody asks for it
	}
	if err := decode(r, &e); err != nil {
		return nil, err
	}
	now, was, err := s.composed(&e.edited)
	if err != nil {
		return nil, err
	}
	isGone := !s.journal.Exists(source.ContentPrefix + e.Path)
	if s.isOpenIn(e.Window, e.Path) && !isGone {
		s.show(e.Path, now, was)
	}
	draft := kept{Path: e.Path, Window: e.Window, Edition: e.Edition, Digest: e.Digest, File: string(now), Time: time.Now()}
	isKept := false
	if e.Later {
		s.keepLater(draft, was)
	} else {
		isKept = s.keep(draft, was)
	}
	return map[string]any{"problems": s.problems(e.Path, now), "kept": isKept, "gone": isGone}, nil
}

// isOpenIn tells whether a window edits an article: one that went away meanwhile does
// not, nor one that has opened another. A window whose stream of news was broken off
// has come back.
func (s *Server) isOpenIn(window, at string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	is, known := s.windows[window]
	if known && is == "" {
		s.windows[window], is = at, at
		s.tell()
	}
	return window == "" || known && is == at
}

// moved follows an article that the desk has given another path: the windows that edit
// it do so there, and those that ask for it by the old one are sent after it.
func (s *Server) moved(from, to string) {
	s.dropDrafts(from, func(d kept) bool {
		d.Path = to
		return s.writeDraft(&d)
	})
	s.hide(from)
	s.mu.Lock()
	defer s.mu.Unlock()
	for window, at := range s.windows {
		if at == from {
			s.windows[window] = to
		}
	}
	s.moves[from] = to
	delete(s.moves, to)
	s.tell()
}

// undo takes a change of files back, and follows the articles that are where they were.
func (s *Server) undo(id string) error {
	s.mu.Lock()
	moves := maps.Clone(s.moves)
	s.mu.Unlock()
	lies := func(at string) bool { return s.journal.Exists(source.ContentPrefix + at) }
	maps.DeleteFunc(moves, func(from, to string) bool { return lies(from) || !lies(to) })
	if err := s.journal.Undo(id); err != nil {
		return err
	}
	for from, to := range moves {
		if lies(from) && !lies(to) {
			s.moved(to, from)
		}
	}
	return nil
}

// whereNow returns where the article lies that the desk knew at a path: there, unless
// it has been moved since.
func (s *Server) whereNow(at string) string {
	if s.journal.Exists(source.ContentPrefix + at) {
		return at
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for range len(s.moves) {
		to, ok := s.moves[at]
		if !ok {
			break
		}
		at = to
	}
	return at
}

// show makes the preview show a file that is not saved.
func (s *Server) show(at string, now, was []byte) {
	name := source.ContentPrefix + at
	s.mu.Lock()
	before, shown := s.unsaved[name]
	news := !bytes.Equal(now, before) || !shown
	if bytes.Equal(now, was) {
		news = shown
		delete(s.unsaved, name)
	} else {
		s.unsaved[name] = now
	}
	s.mu.Unlock()
	if news {
		s.opt.WakeUnsaved()
	}
}

// hide makes the preview show an article as it is saved.
func (s *Server) hide(at string) {
	s.mu.Lock()
	_, shown := s.unsaved[source.ContentPrefix+at]
	delete(s.unsaved, source.ContentPrefix+at)
	s.mu.Unlock()
	if shown {
		s.opt.WakeUnsaved()
	}
}

// kept is an article as a window edited it and did not save it.
type kept struct {
	Path    string    `json:"path"`
	Window  string    `json:"window"`
	Edition int       `json:"edition"` // the number of the window's edit
	Digest  string    `json:"digest"`  // of the file from which that began
	File    string    `json:"file"`
	Time    time.Time `json:"time"`

	name string // of the file that it is kept in
}

// draftFolder is where what is not saved is kept, in the site's folder.
var draftFolder = filepath.Join(source.OwnFolder, "desk")

// maxDraft is the size in bytes over which a file there is none of ours.
const maxDraft = 4 * source.MaxArticleSize

// draftEnding ends the names of the files there.
const draftEnding = ".json"

// draftPrefix begins the names of the files in which what is not saved of an article
// is kept, one for each window: two that edit the same one take nothing from each other.
func draftPrefix(at string) string { return edits.Digest([]byte(at))[:32] }

func draftFile(at, window string) string {
	return draftPrefix(at) + "-" + edits.Digest([]byte(window))[:16] + draftEnding
}

func (s *Server) draftFolder() (*strictfs.Folder, error) {
	return strictfs.Make(s.opt.Dir, filepath.Join(s.opt.Dir, draftFolder))
}

// delayed is what is kept when the next edit comes, unless somebody asks for it before,
// the window leaves the article or the desk ends.
type delayed struct {
	kept
	was []byte // the file as it is saved
}

// keep keeps what is not saved of a file that has the bytes was, and tells whether it
// could.
func (s *Server) keep(d kept, was []byte) bool {
	s.keeping.Lock()
	defer s.keeping.Unlock()
	s.mu.Lock()
	if s.delayed[d.Window].Edition <= d.Edition {
		delete(s.delayed, d.Window)
	}
	s.mu.Unlock()
	return s.keepOrDrop(&d, was)
}

// keepLater keeps it as what is delayed.
func (s *Server) keepLater(d kept, was []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.delayed[d.Window].Edition <= d.Edition {
		s.delayed[d.Window] = delayed{d, was}
	}
}

// keepDelayed keeps what was delayed of an article; "" stands for all.
func (s *Server) keepDelayed(at string) {
	s.keeping.Lock()
	defer s.keeping.Unlock()
	var due []delayed
	s.mu.Lock()
	for window, d := range s.delayed {
		if at == "" || at == d.Path {
			due = append(due, d)
			delete(s.delayed, window)
		}
	}
	s.mu.Unlock()
	for _, d := range due {
		s.keepOrDrop(&d.kept, d.was)
	}
}

// keepOrDrop writes what is not saved, or drops what was kept where nothing is unsaved
// any more. keeping is held.
func (s *Server) keepOrDrop(d *kept, was []byte) bool {
	if d.File != string(was) {
		return s.writeDraft(d)
	}
	folder, err := s.draftFolder()
	if err != nil {
		return false
	}
	defer folder.Close()
	err = folder.Remove(draftFile(d.Path, d.Window))
	return err == nil || errors.Is(err, fs.ErrNotExist)
}

func (s *Server) writeDraft(d *kept) bool {
	data, err := json.Marshal(d)
	if err != nil {
		panic(err) // strings and a time
	}
	folder, err := s.draftFolder()
	if err != nil {
		return false
	}
	defer folder.Close()
	return folder.Replace(draftFile(d.Path, d.Window), func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	}) == nil
}

// drafts returns what is not saved of an article, from each window, the newest first.
func (s *Server) drafts(at string) (list []kept) {
	s.keepDelayed(at)
	folder, err := s.draftFolder()
	if err != nil {
		return nil
	}
	defer folder.Close()
	entries, err := folder.ReadDir()
	if err != nil {
		return nil
	}
	for _, entry := range entries {
		d := kept{name: entry.Name()}
		if !strings.HasPrefix(d.name, draftPrefix(at)) || !strings.HasSuffix(d.name, draftEnding) {
			continue
		}
		if data, err := folder.ReadFile(d.name, maxDraft); err == nil && json.Unmarshal(data, &d) == nil && d.Path == at {
			list = append(list, d)
		}
	}
	slices.SortFunc(list, func(a, b kept) int { return b.Time.Compare(a.Time) })
	return list
}

// dropDrafts forgets those drafts of an article that are unwanted.
func (s *Server) dropDrafts(at string, unwanted func(kept) bool) bool {
	folder, err := s.draftFolder()
	if err != nil {
		return false
	}
	defer folder.Close()
	for _, d := range s.drafts(at) {
		if unwanted(d) {
			folder.Remove(d.name) // another window may have done so
		}
	}
	return true
}

// postTake gives a window what another one has kept: it goes on with that.
func (s *Server) postTake(r *http.Request) (any, error) {
	var q struct{ Window, Path, Of string }
	if err := decode(r, &q); err != nil {
		return nil, err
	}
	if _, err := isArticle(q.Path); err != nil {
		return nil, err
	}
	s.dropDrafts(q.Path, func(d kept) bool {
		if d.Window != q.Of || q.Of == q.Window {
			return false
		}
		d.Window, d.Edition = q.Window, 0
		return s.writeDraft(&d)
	})
	return struct{}{}, nil
}

// postLeave ends the editing of an article: what is not saved stays kept, and
// the preview shows what is saved.
func (s *Server) postLeave(r *http.Request) (any, error) {
	var q struct{ Window, Path string }
	if err := decode(r, &q); err != nil {
		return nil, err
	}
	s.keepDelayed(q.Path)
	s.mu.Lock()
	if s.windows[q.Window] == q.Path { // else it has opened another one, or the same again elsewhere
		s.windows[q.Window] = ""
		s.tell()
	}
	left := true
	for _, at := range s.windows {
		left = left && at != q.Path
	}
	s.mu.Unlock()
	if left {
		s.hide(q.Path)
	}
	return struct{}{}, nil
}

// postDiscard forgets what a window, of, has not saved of an article.
func (s *Server) postDiscard(r *http.Request) (any, error) {
	var q struct{ Path, Of string }
	if err := decode(r, &q); err != nil {
		return nil, err
	}
	if _, err := isArticle(q.Path); err != nil {
		return nil, err
	}
	s.hide(q.Path)
	s.dropDrafts(q.Path, func(d kept) bool { return d.Window == q.Of })
	return struct{}{}, nil
}
