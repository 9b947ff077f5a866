package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"net"
	"net/netip"
	"path/filepath"
	"strings"

	"bantin/internal/build"
	"bantin/internal/desk"
	"bantin/internal/preview"
	"bantin/internal/publish"
	"bantin/internal/source"
)

// runningDesk is the desk beside a preview; nil for none.
type runningDesk struct {
	*desk.Server
	listener net.Listener
	// What the preview is asked to build for: changed files, and what is not saved.
	wake, typed chan struct{}
}

// newDesk opens the desk of the preview that listens on l, unless there is to be
// none.
func (e *env) newDesk(opts serveOptions, l net.Listener) (*runningDesk, error) {
	if opts.noDesk || opts.published { // an editor needs the drafts
		return nil, nil
	}
	own := *e // the preview's changes its language while it runs
	e = &own
	addr := opts.deskAddr
	if addr == "" {
		at, err := netip.ParseAddrPort(l.Addr().String())
		if err != nil {
			return nil, err
		}
		next := at.Port() + 1
		if strings.HasSuffix(opts.addr, ":0") {
			next = 0
		}
		addr = netip.AddrPortFrom(at.Addr(), next).String()
	}
	listener, err := preview.Listen(addr, portsTried)
	var notLocal *preview.AddressError
	if errors.As(err, &notLocal) {
		return nil, wrongUsage("bad-desk-address", notLocal.Addr).withHint("desk-address-hint")
	}
	if err != nil {
		return nil, err
	}
	d := &runningDesk{listener: listener, wake: make(chan struct{}, 1), typed: make(chan struct{}, 1)}
	var recovered []string
	d.Server, recovered, err = desk.New(desk.Options{
		Dir:     opts.dir,
		Lang:    opts.lang,
		Preview: "http://" + l.Addr().String(),
		Wake:    func() { preview.WakeUp(d.wake) }, WakeUnsaved: func() { preview.WakeUp(d.typed) },
		Now:     e.moment(opts.now),
		Move:    e.deskMove(opts),
		Plan:    e.deskPlan(opts),
		Build:   e.deskBuild(opts),
		Deploy:  e.deskDeploy(opts),
		Explain: func(err error) string { return e.speakingOf(opts, io.Discard).told(err) },
	})
	if err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	e.tellRecovered(recovered)
	return d, nil
}

// address returns where the desk is, "" for nowhere.
func (d *runningDesk) address() string {
	if d == nil {
		return ""
	}
	return "http://" + d.listener.Addr().String() + "/"
}

func (d *runningDesk) unsaved() map[string][]byte {
	if d == nil {
		return nil
	}
	return d.Unsaved()
}

// addTo tells the preview of the desk.
func (d *runningDesk) addTo(show *preview.Options) {
	if d == nil {
		return
	}
	show.Now, show.Typed, show.Shown, show.Quiet, show.Lines = d.wake, d.typed, d.Shown, d.IsEditing, d.Lines()
	show.Desk = d.address()
	show.DeskPage = func(path string) (string, bool) { return d.Page(d.address(), path) }
}

func (d *runningDesk) serve(ctx context.Context) error {
	if d == nil {
		return nil
	}
	return d.Serve(ctx, d.listener)
}

// speaking returns e with all that it prints going to w.
func (e *env) speaking(w io.Writer) *env {
	copied := *e
	copied.stdout, copied.stderr, copied.terminal, copied.asks = w, w, false, false
	return &copied
}

// speakingOf is speaking in the language of a site as its settings are now.
func (e *env) speakingOf(opts serveOptions, w io.Writer) *env {
	speaking := e.speaking(w)
	speaking.lang = cmp.Or(opts.lang, siteLanguage(opts.dir))
	return speaking
}

// toldError is an error with what the program said of it before.
type toldError struct {
	said string
	err  error
}

func (e *toldError) Error() string { return e.said }
func (e *toldError) Unwrap() error { return e.err }

// told returns what the program says of an error.
func (e *env) told(err error) string {
	var b bytes.Buffer
	var told *toldError
	if errors.As(err, &told) {
		b.WriteString(told.said)
		err = told.err
	}
	e.speaking(&b).explain(context.Background(), err)
	return strings.TrimSpace(strings.ReplaceAll(b.String(), "bantin: ", ""))
}

// deskMove is bantin mv for the desk.
func (e *env) deskMove(opts serveOptions) func(ctx context.Context, from, to string) error {
	return func(ctx context.Context, from, to string) error {
		var b bytes.Buffer
		site := opts.siteOptions
		err := e.speakingOf(opts, &b).runMv(ctx, &site, filepath.Join(opts.dir, source.ContentFolder, filepath.FromSlash(from)), filepath.Join(opts.dir, source.ContentFolder, filepath.FromSlash(to)))
		if err != nil {
			return &toldError{b.String(), err}
		}
		return nil
	}
}

// deskPlan builds for citizens and writes nothing.
func (e *env) deskPlan(opts serveOptions) func(context.Context, map[string][]byte) (*build.Report, error) {
	return func(ctx context.Context, unsaved map[string][]byte) (*build.Report, error) {
		report, err := newBuilder(build.Options{
			Dir:     opts.dir,
			Output:  filepath.Join(opts.dir, outputFolder),
			Cache:   filepath.Join(opts.dir, source.OwnFolder),
			Now:     e.moment(opts.now),
			Verify:  true,
			Unsaved: func() map[string][]byte { return unsaved },
		}).Build(ctx)
		if d, ok := errors.AsType[*publish.DifferenceError](err); ok {
			report.Written, report.Deleted, err = append(d.Missing, d.Altered...), d.Surplus, nil
		}
		return report, err
	}
}

// deskBuild is bantin build for the desk.
func (e *env) deskBuild(opts serveOptions) func(context.Context, io.Writer) error {
	return func(ctx context.Context, tell io.Writer) error {
		return e.telling(opts, tell, func(speaking *env) error {
			return speaking.runBuild(ctx, buildOptions{siteOptions: opts.siteOptions, now: opts.now})
		})
	}
}

// deskDeploy is bantin deploy for the desk.
func (e *env) deskDeploy(opts serveOptions) func(context.Context, string, io.Writer) error {
	return func(ctx context.Context, target string, tell io.Writer) error {
		return e.telling(opts, tell, func(speaking *env) error {
			return speaking.runDeploy(ctx, deployOptions{siteOptions: opts.siteOptions}, target)
		})
	}
}

// telling runs a command that prints on tell; its error has what was printed.
func (e *env) telling(opts serveOptions, tell io.Writer, run func(*env) error) error {
	var b bytes.Buffer
	if err := run(e.speakingOf(opts, io.MultiWriter(tell, &b))); err != nil {
		return &toldError{b.String(), err}
	}
	return nil
}
