// Package preview shows a site to its editor while it is being written: it
// builds it through package build, serves it on this machine, and builds again
// when a file of it changes or the clock reaches the next moment at which the
// site differs.
//
//	watch.go, poll.go    a change wakes the loop
//	changes.go           which files it was, as far as that is known
//	loop.go              when to build, and when to believe what was built
//	state.go, overlay.go  what open pages are told, by server-sent events
//	site.go, page.go     the output as a plain file server gives it, and the
//	                     script that stands in pages here and never in the output
//
// It never writes to the site's real output. Its invariant: after a mistake the
// last good pages are still served, but for what is being typed, which is shown with
// its mistakes. Only this machine is served: whoever could reach it from elsewhere
// would read drafts.
package preview

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"

	"bantin/internal/build"
)

// Options say what is shown, and who is told.
type Options struct {
	Builder *build.Builder // with Origin, Volatile and Unversioned set
	Dir     string         // the site's folder
	Output  string         // the builder's output folder
	Lang    string         // of what pages here say (messages.Codes); "" for the site's
	// Passes tells that the builder builds for the clock's time, so that what
	// is shown can change by itself.
	Passes bool
	// Now, if set, asks for a build at once, since a change of files is complete, and
	// Typed, since nothing but what is not saved has changed.
	Now, Typed <-chan struct{}
	// Shown, if set, is told of each build that can be believed, before pages are.
	Shown func(*build.Report, error)
	// Quiet, if set, tells that a build shows what is not saved: Built is not told of it.
	Quiet func() bool
	// Lines gives the lines of files that problems are shown with; nil for those on the disk.
	Lines func(file string, n int) (string, bool)
	// Desk is the address of the desk, "" for none, and DeskPage that of its page
	// for the path of a page here; isArticle tells that it edits what is shown there.
	Desk     string
	DeskPage func(path string) (address string, isArticle bool)
	// Built, if set, is told of each build that changed something or has other problems, and of the first.
	Built func(*build.Report, error)
	// Polls, if set, is told that changes are looked for every second, and why:
	// a *NoEventsError, or what the system says of its limits (see IsLimit).
	// Built and Polls are called one at a time.
	Polls func(error)
	// Reason, if set, returns what people are told of an error that is no
	// mistake of editors.
	Reason func(error) string
}

// Serve builds the site, answers requests on l and builds again at each change,
// until ctx ends. The error is that of a first build which could not even
// start, or of l; mistakes of editors are shown and waited for.
func Serve(ctx context.Context, l net.Listener, opt Options) error {
	s := newServer(opt)
	opt.Builder.TellReady(s.showEarly)
	return s.run(ctx, l, opt.Builder)
}

func newServer(opt Options) *server {
	s := &server{opt: opt, early: make(chan struct{}, 1)}
	first := initialState(opt.Lang)
	first.opt = &s.opt
	s.current.Store(first)
	return s
}

// run serves what b builds.
func (s *server) run(ctx context.Context, l net.Listener, b builder) error {
	changed := newChanges()
	watcher := openWatcher(s.opt.Dir, s.polls) // before the first build: it must miss nothing
	builds := loop{
		build:        func(ctx context.Context) (*build.Report, error) { return changed.buildAll(ctx, b) },
		buildChanged: func(ctx context.Context) (*build.Report, error) { return changed.build(ctx, b) },
		buildUnsaved: func(ctx context.Context) (*build.Report, error) { return b.BuildChanged(ctx, nil) },
		buildSearch:  b.BuildSearch,
		show:         s.showAndRetry, save: s.save,
		wake: changed.wake, now: s.opt.Now, typed: s.opt.Typed, early: s.early, passes: s.opt.Passes,
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return answer(ctx, l, s) })
	group.Go(func() error { return watch(ctx, s.opt.Dir, watcher, changed, s.polls) })
	group.Go(func() error { return builds.run(ctx) })
	return group.Wait()
}

// retryDelay is how long after a failure of the system the site is built again: nobody
// tells when a disk has room again, or a file may be read.
const retryDelay = 10 * time.Second

// showAndRetry is loop.show.
func (s *server) showAndRetry(report *build.Report, err error) (again time.Time, _ error) {
	if err != nil {
		again = time.Now().Add(retryDelay)
	}
	return again, s.show(report, err)
}

// save keeps the state of what was built. While somebody types the next build would
// wait for it: then it is kept with what comes after.
func (s *server) save() error {
	if s.opt.Quiet != nil && s.opt.Quiet() {
		return nil
	}
	return s.opt.Builder.Save()
}

// answer serves HTTP on l until ctx ends.
func answer(ctx context.Context, l net.Listener, s *server) error {
	web := &http.Server{
		Handler:           onlyThisMachine(l.Addr().String(), s.opt.Desk, s.handler()),
		ReadHeaderTimeout: 10 * time.Second,
		ErrorLog:          log.New(io.Discard, "", 0), // a browser that goes away is no news
	}
	stop := context.AfterFunc(ctx, func() { web.Close() })
	defer stop()
	if err := web.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve on %s: %w", l.Addr(), err)
	}
	return nil
}

// openWatcher returns a watcher of the site in folder dir, or nil, having told polls
// why, where the system has no events of it.
func openWatcher(dir string, polls func(error)) *watcher {
	w, err := newWatcher(dir)
	if err != nil {
		polls(err)
		return nil
	}
	return w
}

// watch tells c of each change of the site in folder dir until ctx ends: by
// w, or by polling where there is none or it has reached a limit of the system,
// which polls is told.
func watch(ctx context.Context, dir string, w *watcher, c *changes, polls func(error)) error {
	if w != nil {
		err := w.run(ctx, c)
		if err == nil {
			return nil
		}
		polls(err)
	}
	poll(ctx, dir, c)
	return nil
}

func (s *server) polls(reason error) {
	s.telling.Lock()
	defer s.telling.Unlock()
	if s.opt.Polls != nil {
		s.opt.Polls(reason)
	}
}

// WakeUp wakes a loop that is not about to wake anyway.
func WakeUp(wake chan<- struct{}) {
	select {
	case wake <- struct{}{}:
	default:
	}
}
