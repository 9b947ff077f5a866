package build

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"bantin/internal/check"
	"bantin/internal/diag"
	"bantin/internal/language"
	"bantin/internal/site"
)

// Report tells what a build did.
type Report struct {
	Language    string             // of the site
	Origin      string             // scheme and host of its address
	Root        string             // path of its address: "/" or "/tin/"
	Written     []string           // output files, sorted
	Deleted     []string           // sorted
	Unchanged   int                // output files left as they were
	Counts      map[string]int     // articles, pages, sections …
	Stages      []Stage            // in the order they ran
	Problems    diag.List          // sorted
	Unpublished []site.Unpublished // articles that are not in the site now
	External    []check.Link       // addresses outside the site, in the order of the files; with Options.Check
	// Address is site.Site.Address; with Options.Check, else nil, and if the
	// settings can be read.
	Address func(path string) (url string, live bool)
	// Documents returns the names of the documents that are published beside the page
	// of an article, as its address has them after that of the page; likewise.
	Documents func(path string) []string
	// Translations tells what is translated; with Options.Check, of a site in
	// several languages.
	Translations []site.Translations
	// Overview is site.Site.Overview; nil if the site was not assembled.
	Overview func() []site.Listed
	// SearchFolders are the folders of the search indexes in the output, one a
	// language.
	SearchFolders []string
	SearchWaits   bool      // these stand as before: Builder.BuildSearch brings them up to date
	Reload        []string  // commands by which servers read what changed for them
	NextChange    time.Time // zero: the site does not change by itself
	// CacheError is why the cache could not be written; nil if it was. The
	// output is whole without it, and the next build slower.
	CacheError error
	Elapsed    time.Duration

	pages  []site.Page // the plan
	began  time.Time
	noting sync.Mutex // of CacheError
}

// Stage is one stage of a build and the time it took.
type Stage struct {
	Name    string
	Elapsed time.Duration
}

// Announced returns which of some output files that changed are feeds, and which
// are pages that search engines are to know. A page that the site has no more is
// one of these.
func (r *Report) Announced(changed []string) (feeds, pages []string) {
	planned := make(map[string]*site.Page, len(changed))
	for _, path := range changed {
		planned[path] = nil
	}
	for i := range r.pages {
		if _, asked := planned[r.pages[i].Path]; asked {
			planned[r.pages[i].Path] = &r.pages[i]
		}
	}
	for path, p := range planned {
		switch {
		case p == nil && strings.HasSuffix(path, "/index.html"), p != nil && p.IsIndexed():
			pages = append(pages, path)
		case p != nil && p.IsFeed():
			feeds = append(feeds, path)
		}
	}
	slices.Sort(feeds)
	slices.Sort(pages)
	return feeds, pages
}

func newReport() *Report {
	return &Report{Language: language.Default, Counts: map[string]int{}, began: time.Now()}
}

// noteCache notes that the cache could not be written, unless that is known.
func (r *Report) noteCache(err error) {
	r.noting.Lock()
	defer r.noting.Unlock()
	if r.CacheError == nil {
		r.CacheError = err
	}
}

// cacheIsKept tells whether everything could be written to the cache so far.
func (r *Report) cacheIsKept() bool {
	r.noting.Lock()
	defer r.noting.Unlock()
	return r.CacheError == nil
}

// time starts the clock of a stage; the function that it returns stops it.
func (r *Report) time(stage string) (done func()) {
	began := time.Now()
	return func() { r.Stages = append(r.Stages, Stage{stage, time.Since(began)}) }
}

// JSON returns the report as `bantin build --json` prints it, with the texts
// of problems in the language lang. Times of stages are in milliseconds.
func (r *Report) JSON(lang string) ([]byte, error) {
	stages := map[string]float64{}
	for _, s := range r.Stages {
		stages[s.Name] = float64(s.Elapsed.Microseconds()) / 1000
	}
	next := ""
	if !r.NextChange.IsZero() {
		next = r.NextChange.Format(time.RFC3339)
	}
	return json.MarshalIndent(struct {
		Written     []string           `json:"written"`
		Deleted     []string           `json:"deleted"`
		Unchanged   int                `json:"unchanged"`
		Counts      map[string]int     `json:"counts"`
		Stages      map[string]float64 `json:"stages"`
		Problems    []diag.Report      `json:"problems"`
		Unpublished []site.Unpublished `json:"unpublished"`
		NextChange  string             `json:"next_change"`
	}{
		list(r.Written), list(r.Deleted), r.Unchanged, r.Counts, stages,
		list(r.Problems.Report(lang)), list(r.Unpublished), next,
	}, "", "  ")
}

// list makes an empty list of none, which JSON would tell as null.
func list[T any](l []T) []T {
	if l == nil {
		return []T{}
	}
	return l
}

// problems gathers the problems of a build from all its workers.
type problems struct {
	mu     sync.Mutex
	list   diag.List
	soften func(diag.List) diag.List // makes warnings of what stands in hidden drafts
	checks map[string]diag.Severity  // of warnings, by code, where site.yaml says otherwise
}

func (p *problems) add(found ...diag.Problem) {
	if len(found) == 0 {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.list = append(p.list, found...)
}

// has tells whether a problem is known.
func (p *problems) has(wanted diag.Problem) bool {
	return slices.ContainsFunc(p.list, func(known diag.Problem) bool { return reflect.DeepEqual(known, wanted) })
}

// final returns all problems, sorted, as they count.
func (p *problems) final() diag.List {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := range p.list {
		if severity, set := p.checks[p.list[i].Code()]; set && p.list[i].Severity == diag.Warning {
			p.list[i].Severity = severity
		}
	}
	if p.soften != nil { // last: not even site.yaml lets a draft stop the press
		p.list = p.soften(p.list)
	}
	p.list = p.list.Sort()
	return p.list
}

func (p *problems) hasErrors() bool { return p.final().HasErrors() }

// hasErrorsIn tells whether an error stands in a file.
func (p *problems) hasErrorsIn(file string) bool {
	for _, problem := range p.final() {
		if problem.Severity == diag.Error && problem.Pos.File == file {
			return true
		}
	}
	return false
}

// finish fills in what is known at the end of a build, however it ended.
func (r *run) finish() {
	r.report.Problems = r.problems.final()
	r.report.Elapsed = time.Since(r.report.began)
	if r.model != nil && r.model.site != nil {
		r.report.Overview = r.overview
		r.report.SearchFolders = r.searchFolders()
		r.report.Counts = map[string]int{"pages": r.model.total}
		for _, e := range r.editions {
			for name, n := range e.model.site.Counts() {
				r.report.Counts[name] += n
			}
		}
		r.report.pages = r.pages()
	}
}
