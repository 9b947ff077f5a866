// Package desk is where an editor writes in the browser: a list of all articles,
// a form made from the table of keys, the text with the true page beside it.
//
//	guard.go     who may ask: this machine, this page, with its token
//	site.go      what the client must know of the site, and its news
//	list.go      the list, from the model that the preview has in memory
//	article.go   one file as a form and a text, and back; problems and their mending
//	unsaved.go   what is not saved: shown by the preview, kept against a crash
//	save.go      saving, new articles, deleting, renaming, undoing
//	files.go     pictures and documents
//	languages.go an article in the site's other languages
//	git.go       earlier versions, where the site is in a git repository
//	publish.go   what will change for citizens, and bringing it about
//	client/      the page, of which bundle/ is made
//
// It writes files of content/ through package edits and nothing else of the
// site. Its invariant: a file that is opened and saved has the bytes it had, a
// changed key changes its own lines, and what was changed on the disk meanwhile
// is never overwritten.
package desk

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"

	"bantin/internal/build"
	"bantin/internal/config"
	"bantin/internal/edits"
	"bantin/internal/messages"
	"bantin/internal/source"
)

// Options say which site is edited, and what the program does for the desk.
type Options struct {
	Dir     string // the site's folder
	Lang    string // of what the desk says (messages.Codes); "" for the site's
	Preview string // scheme, host and port of the preview
	// Wake asks the preview to build at once, since files have changed, and
	// WakeUnsaved, since Unsaved has.
	Wake, WakeUnsaved func()
	// Now returns the time in a zone.
	Now func(*time.Location) (time.Time, error)
	// Move is bantin mv: it renames a file or a bundle below content/, the links to
	// it and its aliases.
	Move func(ctx context.Context, from, to string) error
	// Plan tells what a build for citizens would write and delete if the files were
	// as unsaved says.
	Plan func(ctx context.Context, unsaved map[string][]byte) (*build.Report, error)
	// Build builds for citizens, Deploy brings what was built to the named target.
	// They tell on the writer what they do.
	Build  func(ctx context.Context, tell io.Writer) error
	Deploy func(ctx context.Context, target string, tell io.Writer) error
	// Explain returns what an error of these says, in the language of the desk.
	Explain func(error) string
}

// Server is the desk of one site.
type Server struct {
	opt     Options
	token   string
	journal *edits.Journal
	saving  sync.Mutex    // one change of files at a time
	keeping sync.Mutex    // one writing of what is not saved at a time
	uploads chan struct{} // a place for each upload that is looked at

	mu      sync.Mutex
	report  *build.Report          // of the last build of the preview
	list    *listing               // made from report; nil until asked for
	failed  string                 // why the last build did not even start
	unsaved map[string][]byte      // by path in the site's folder
	delayed map[string]delayed     // by window
	windows map[string]string      // open windows, each with the path that it edits
	streams map[string]int         // of news, by window
	asleep  map[string]*time.Timer // of windows that nobody sees, until they are forgotten
	moves   map[string]string      // where articles lie that the desk has given another path
	changed chan struct{}          // closed when there is news
	number  int                    // of the news
}

// New returns the desk of a site. What an interrupted change left is taken back;
// recovered are the files that it had touched.
func New(opt Options) (s *Server, recovered []string, err error) {
	journal, err := edits.Open(opt.Dir)
	if err != nil {
		return nil, nil, err
	}
	recovered, err = journal.Recover()
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("take back an interrupted change: %w", err), journal.Close())
	}
	s = &Server{
		opt: opt, token: rand.Text(), journal: journal,
		uploads: make(chan struct{}, 2),
		unsaved: map[string][]byte{}, delayed: map[string]delayed{}, windows: map[string]string{}, streams: map[string]int{}, asleep: map[string]*time.Timer{}, moves: map[string]string{},
		changed: make(chan struct{}),
	}
	return s, recovered, nil
}

// Serve answers requests on l until ctx ends.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	web := &http.Server{
		Handler:           s.Handler(l.Addr().String()),
		ReadHeaderTimeout: 10 * time.Second,
		ErrorLog:          log.New(io.Discard, "", 0), // a browser that goes away is no news
	}
	stop := context.AfterFunc(ctx, func() { web.Close() })
	defer stop()
	defer s.journal.Close()
	defer s.keepDelayed("")
	if err := web.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve on %s: %w", l.Addr(), err)
	}
	return nil
}

// Shown takes a build of the preview.
func (s *Server) Shown(report *build.Report, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failed = ""
	if err != nil {
		s.failed = err.Error()
	}
	before := s.report
	s.report, s.list = report, nil
	if report.Overview == nil && before != nil {
		report.Overview = before.Overview // what the last good build knew
	}
	s.tell()
}

// tell wakes those who wait for news. mu is held.
func (s *Server) tell() {
	s.number++
	close(s.changed)
	s.changed = make(chan struct{})
}

// newsNumber returns the number of the news that answers know at least.
func (s *Server) newsNumber() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.number
}

// settings reads site.yaml; what is wrong in it is told by the preview.
func (s *Server) settings() *config.Config {
	src, err := source.ReadFile(s.opt.Dir, config.File)
	if err != nil {
		src = nil
	}
	c, _ := config.Parse(src, config.File)
	return c
}

func (s *Server) lang() string {
	if s.opt.Lang != "" {
		return s.opt.Lang
	}
	s.mu.Lock()
	report := s.report
	s.mu.Unlock()
	if report == nil {
		return messages.Spoken(s.settings().Language)
	}
	return report.Language
}

// now returns the time in the site's zone.
func (s *Server) now() time.Time {
	t, err := s.opt.Now(s.settings().Location)
	if err != nil {
		t = time.Now()
	}
	return t
}
