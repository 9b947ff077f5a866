package preview

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"path"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"bantin/internal/build"
	"bantin/internal/percent"
)

// server shows one site to any number of open pages.
type server struct {
	opt      Options
	current  atomic.Pointer[state]
	changing sync.Mutex    // held while current is replaced
	telling  sync.Mutex    // held while Options.Built or Options.Polls is called
	streams  atomic.Int32  // of events, that are open
	early    chan struct{} // told that a page is shown before its build is done
}

// state is what open pages are told after a build.
type state struct {
	site    site
	tried   bool    // a build was shown
	built   bool    // there are pages to show
	overlay overlay // of the last build
	// early are the pages of articles that are not saved, by their files in the output,
	// which the build under way has made, or one that failed.
	early map[string][]byte
	// Pages do not tell the state of the files that they show: files counts the
	// builds that changed a picture or the like, styles those that changed a
	// style sheet, on from a number that no earlier server reached.
	files, styles int64
	opt           *Options
	replaced      chan struct{} // closed when there is a newer state
}

func newState() *state { return &state{replaced: make(chan struct{})} }

// initialState is what stands before the first build.
func initialState(lang string) *state {
	n := newState()
	n.overlay.Lang = lang
	n.styles = time.Now().UnixMilli()
	return n
}

// show makes the new state of a build. The error is that of a first build that could
// not even start.
func (s *server) show(report *build.Report, err error) error {
	if s.opt.Shown != nil {
		s.opt.Shown(report, err)
	}
	s.changing.Lock()
	defer s.changing.Unlock()
	old := s.current.Load()
	if err != nil && !old.tried {
		return err
	}
	next := newState()
	next.tried, next.built, next.site, next.files = true, old.built, old.site, old.files
	next.styles, next.opt = old.styles, old.opt
	next.overlay = newOverlay(s.opt, old.built, report, err)
	if !next.overlay.Failed {
		next.built = true
		next.site = site{dir: s.opt.Dir, output: s.opt.Output, root: percent.Decoded(report.Root)}
	} else {
		next.early = old.early
	}
	if slices.ContainsFunc(report.Written, func(name string) bool { return isShown(name) && !isSearch(report, name) }) {
		next.files++
	}
	if slices.ContainsFunc(report.Written, isStyleSheet) {
		next.styles++
	}
	if old.tried && len(old.early) == 0 && len(report.Written)+len(report.Deleted) == 0 && reflect.DeepEqual(next.overlay, old.overlay) {
		return nil
	}
	s.current.Store(next)
	close(old.replaced)
	s.telling.Lock()
	defer s.telling.Unlock()
	if s.opt.Built != nil && (s.opt.Quiet == nil || !s.opt.Quiet()) {
		s.opt.Built(report, err)
	}
	return nil
}

// showEarly shows a page before its build is done: somebody who types waits for it.
func (s *server) showEarly(file string, page []byte) {
	s.changing.Lock()
	defer s.changing.Unlock()
	old := s.current.Load()
	next := *old
	next.early, next.replaced = maps.Clone(old.early), make(chan struct{})
	if next.early == nil {
		next.early = map[string][]byte{}
	}
	next.early[file] = page
	s.current.Store(&next)
	close(old.replaced)
	WakeUp(s.early)
}

// isShown tells whether pages may show a file of the output, or run it.
func isShown(name string) bool {
	switch path.Ext(name) {
	case ".html", ".css", ".xml", ".json", ".csv", ".ics", ".txt", ".opml", ".webmanifest", "":
		return false
	}
	return true
}

// isSearch tells whether a file of the output is a part of the search, which a page that
// searches fetches anew by itself.
func isSearch(report *build.Report, name string) bool {
	return slices.ContainsFunc(report.SearchFolders, func(folder string) bool { return strings.HasPrefix(name, folder) })
}

// changesPages tells whether a build changed more than the search.
func changesPages(report *build.Report) bool {
	return slices.ContainsFunc(slices.Concat(report.Written, report.Deleted), func(name string) bool { return !isSearch(report, name) })
}

func isStyleSheet(name string) bool { return path.Ext(name) == ".css" }

// maxStreams is how many pages may wait for events: far more than an editor opens,
// and few enough to wake at each build.
const maxStreams = 256

// streamEvents tells an open page what changed, by server-sent events (HTML standard, 9.2)
// until the page is to be loaded again:
//
//	overlay  what is wrong with the site, as JSON
//	styles   the page's style sheets changed; the data is its new version
//	reload   anything else of it changed
//
// The page says what it is: its path, and the version that it was served in.
func (s *server) streamEvents(w http.ResponseWriter, r *http.Request) {
	if s.streams.Add(1) > maxStreams {
		s.streams.Add(-1)
		http.Error(w, "too many open pages", http.StatusServiceUnavailable)
		return
	}
	defer s.streams.Add(-1)
	page, err := url.PathUnescape(r.FormValue("page"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	have := parseVersion(r.FormValue("version"))
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	out := http.NewResponseController(w)
	for n, last := s.current.Load(), (*state)(nil); ; n, last = s.current.Load(), n {
		now := n.versionOf(n.page(page))
		if now.text != have.text || last != nil && n.files != last.files {
			send(w, "reload", "")
			out.Flush()
			return
		}
		if now.styles != have.styles {
			send(w, "styles", now.String())
			have = now
		}
		if last == nil || !reflect.DeepEqual(n.overlay, last.overlay) {
			data, err := json.Marshal(n.overlay)
			if err != nil {
				panic(err) // a struct of strings and numbers
			}
			send(w, "overlay", string(data))
		}
		if out.Flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-n.replaced:
		}
	}
}

// send writes one event; data is one line.
func send(w http.ResponseWriter, event, data string) {
	fmt.Fprintf(w, "event: %s\ndata: %s\n\n", event, data)
}
