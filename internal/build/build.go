// Package build turns a site's folder into its output: it alone knows the
// order of the stages, and there is no other way to make a page. The command
// line, the preview and the tests all call Builder.Build.
//
//	scan → cache → read → pictures → assemble → pages → lists → search → links → assets → check → compare → commit
//
// Each stage has a file of its name, and what several of them need has files of
// its own: output.go for the folder that is written to, texts.go, feeds.go, keptfeeds.go
// and spool.go for what pages and lists show, state.go, sources.go, history.go and
// reuse.go for what one build leaves to the next.
//
// What the last build left is kept in .bantin/ and only saves work: a file that
// is as it was is not read again, a page whose key is as it was is not rendered
// again. With or without it the bytes are the same.
package build

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"bantin/internal/cachefile"
	"bantin/internal/config"
	"bantin/internal/digest"
	"bantin/internal/publish"
	"bantin/internal/render"
	"bantin/internal/site"
	"bantin/internal/source"
)

// Options say what to build, and how.
type Options struct {
	Dir    string // the site's folder
	Output string // the output folder; with Check, "" to compare with none
	Cache  string // the folder of the cache; "" for .bantin in Dir
	// NamedOutput says that somebody named the output folder: then it may be a
	// symbolic link to one.
	NamedOutput bool
	// Templates and Static are the defaults under the site's own.
	Templates, Static fs.FS
	// Now gives the moment to build for, in the site's zone.
	Now     func(*time.Location) (time.Time, error)
	BaseURL string // in place of the one in site.yaml, "" for that
	Origin  string // scheme and host in place of those of base_url, "" for those
	Drafts  bool   // build drafts, marked
	Future  bool   // build scheduled articles, marked
	Clean   bool   // know nothing of the last build
	Verify  bool   // write nothing; compare with the output
	Check   bool   // write nothing; report problems only
	Jobs    int    // how many workers; 0 for one each core
	// Volatile is publish.Options.Volatile, and says that the output is the
	// Builder's alone; Unversioned is site.Input's.
	Volatile, Unversioned bool
	// Progress, if set, is told now and then how many pages are done; it may
	// be called by several goroutines at once.
	Progress func(done, total int)
	// PictureProgress, if set, is told the same of new pictures.
	PictureProgress func(done, total int)
	// Pictures is the folder that keeps what was made of pictures, which
	// several caches may share; "" for one in Cache.
	Pictures string
	// SaveLater leaves writing the cache to Builder.Save, for a builder that
	// lives on and has somebody waiting for each build.
	SaveLater bool
	// Unsaved, if set, gives at each build source.Roots.Unsaved.
	Unsaved func() map[string][]byte
	// Fault is publish.Options.Fault, for tests.
	Fault func(publish.Event) error
}

// UsageError is a wrong option, found when the site's settings are known.
type UsageError struct{ Err error }

func (e *UsageError) Error() string { return e.Err.Error() }
func (e *UsageError) Unwrap() error { return e.Err }

// Builder builds one site, again and again if asked. Only one build may run at
// a time.
type Builder struct {
	opt    Options
	engine digest.Digest // of the program, which tells its cache from that of any other version
	state  *state        // what the last build left; nil: still on disk
	// scanned is the input of the last build, closed: of use where it cannot have
	// changed.
	scanned *source.Tree
	ready   func(path string, page []byte)
	// rewording is held while an article of a model is given other words, and by those
	// who read that model after its build.
	rewording sync.RWMutex
	// unsaved makes the files of the state that Save is to write.
	unsaved map[string]func(*cachefile.Writer)
}

// New returns a builder.
func New(opt Options) *Builder {
	if opt.Jobs <= 0 {
		opt.Jobs = runtime.GOMAXPROCS(0)
	}
	if opt.Cache == "" {
		opt.Cache = filepath.Join(opt.Dir, source.OwnFolder)
	}
	return &Builder{opt: opt, unsaved: map[string]func(*cachefile.Writer){}}
}

// TellReady sets whom builds tell of the page of each article that is not saved as
// soon as it is made, before the build is done or has failed. It may be called by
// several goroutines at once.
func (b *Builder) TellReady(ready func(path string, page []byte)) { b.ready = ready }

// Build brings the output up to date. Mistakes in the content are problems of
// the report, and then the output is as it was; the error is for what is no
// mistake of an editor: a *UsageError, a *publish.BusyError, a
// *publish.ForeignError, a *publish.DifferenceError, a failure of the system.
// The report is there even with an error.
func (b *Builder) Build(ctx context.Context) (*Report, error) {
	return b.build(ctx, &shared{lookAtAll: true})
}

// BuildChanged is Build where nothing on the disk has changed since the last build
// began but what lies at some paths in the site's folder, with slashes and as the
// system spells them; somebody who watches the folder can tell that. Only that, and
// what is not saved (Options.Unsaved), is looked at anew. Where nothing but how articles
// are worded has changed, it leaves the search as it stands, and Report.SearchWaits says
// so. After no build it is Build.
func (b *Builder) BuildChanged(ctx context.Context, paths []string) (*Report, error) {
	return b.build(ctx, &shared{changed: paths, searchMayWait: true})
}

// BuildSearch is BuildChanged where nothing has changed, and brings the search up to date.
func (b *Builder) BuildSearch(ctx context.Context) (*Report, error) {
	return b.build(ctx, &shared{})
}

func (b *Builder) build(ctx context.Context, s *shared) (*Report, error) {
	s.report = newReport()
	r := &run{Builder: b, shared: s}
	err := r.do(ctx)
	if r.model != nil && r.model.last != nil && r.state != nil && r.state.model == nil {
		r.state.model = r.giveBack(r.model.last) // a build that failed leaves its pages as they stand
	}
	err = errors.Join(err, r.closeOutput())
	if r.opt.Volatile && r.state != nil && r.state.mine { // the next build will be waited for
		r.state.ahead = publish.ReadAhead(r.opt.Output, r.state.stamps)
	}
	r.removeScratch()
	if r.tree != nil {
		err = errors.Join(err, r.tree.Close())
	}
	r.finish()
	return r.report, err
}

// run is one build under way, in one of the site's languages.
type run struct {
	*Builder
	*shared
	config          *config.Config
	templates       *render.Templates
	model           *model
	feedItems       *spool
	converterDigest digest.Digest
	unchanged       []bool // of each article: its record is that of the last build; nil until that is asked for
}

// shared is what the runs of all languages have in common.
type shared struct {
	editions         []*run // the first language first
	report           *Report
	problems         problems
	base             string // the address in site.yaml, "" for none
	now              time.Time
	lookAtAll        bool     // at all files of the input; else at what is not saved and
	changed          []string // at these alone
	searchMayWait    bool     // the index of the search may stay as it is
	tree             *source.Tree
	sources          []int // of each article of content/ in model.states
	opening          opening
	out              *publish.Output // nil with Options.Check, or once there are errors
	previous         *state          // what the last build left
	pictures         pictures
	feeds            *keptFeeds
	vanished         []site.Vanished // pages that were public and are gone without a word
	history          []historyPart   // of what this build publishes; nil until it is asked for
	historyBase      digest.Digest   // of the file that keeps most of it already; zero for none
	scratch          []string        // folders to be removed at the end
	memory           sync.Pool       // of *[]byte, to read files into
	settings         digest.Digest   // of site.yaml
	codes            []string        // of the other languages
	convertersDigest digest.Digest   // of those of all languages
	// settingsChanged says that previous was learned under other settings, or
	// not at all, and has to be written anew.
	settingsChanged bool
}

// removeScratch removes what is in the system's folder of temporary files. What
// cannot be removed there is left to the system.
func (r *run) removeScratch() {
	for _, dir := range r.scratch {
		os.RemoveAll(dir)
	}
	for _, e := range r.editions {
		if e.feedItems != nil {
			e.feedItems.close()
		}
	}
}

// do runs the stages in their order. Problems do not stop it before all files
// have been looked at; then they stop it before anything is published.
func (r *run) do(ctx context.Context) error {
	for _, stage := range []struct {
		name string
		do   func(context.Context) error
	}{
		{"scan", r.scan},
		{"cache", r.useCache},
		{"read", r.read},
		{"pictures", r.makePictures},
		{"assemble", r.assemble},
		{"pages", r.makePages},
		{"lists", r.makeLists},
		{"search", r.makeSearch},
		{"links", r.checkLinks},
		{"assets", r.copyAssets},
		{"check", r.check},
		{"compare", r.compare},
		{"commit", r.commit},
	} {
		done := r.report.time(stage.name)
		err := stage.do(ctx)
		done()
		if err != nil {
			return err
		}
	}
	return nil
}

// outputName returns the output folder as the cache names it.
func (b *Builder) outputName() string {
	if abs, err := filepath.Abs(b.opt.Output); err == nil {
		return abs
	}
	return b.opt.Output
}
