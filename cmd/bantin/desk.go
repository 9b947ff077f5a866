package main

import (
	"bytes"
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
	"bantin/static"
	"bantin/templates"
)

// runningDesk is the desk beside a preview; nil for none.
type runningDesk struct {
	*desk.Server
	listener net.Listener
	wake     chan struct{}
}

// newDesk opens the desk of the preview that listens on l, unless there is to be
// none.
func (e *env) newDesk(ctx context.Context, opts serveOptions, l net.Listener) (*runningDesk, error) {
	if opts.noDesk {
		return nil, nil
	}
	if opts.published {
		return nil, nil // an editor needs the drafts
	}
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
	d := &runningDesk{listener: listener, wake: make(chan struct{}, 1)}
	var recovered []string
	d.Server, recovered, err = desk.New(desk.Options{
		Dir:     opts.dir,
		Lang:    opts.lang,
		Preview: "http://" + l.Addr().String(),
		Wake: func() {
			select {
			case d.wake <- struct{}{}:
			default: // it is about to build anyway
			}
		},
		Now:     e.moment(opts.now),
		Move:    e.deskMove(opts),
		Plan:    e.deskPlan(opts),
		Publish: e.deskPublish(opts),
		Explain: e.told,
	})
	if err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	if len(recovered) > 0 {
		e.failWithHint(say(e.lang, "desk-recovered", strings.Join(recovered, ", ")), say(e.lang, "desk-recovered-hint"))
	}
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
	show.Now, show.Shown, show.Quiet, show.Lines = d.wake, d.Shown, d.IsEditing, d.Lines()
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
		err := e.speaking(&b).runMv(ctx, &site, filepath.Join(opts.dir, contentFolder, filepath.FromSlash(from)), filepath.Join(opts.dir, contentFolder, filepath.FromSlash(to)))
		if err != nil {
			return &toldError{b.String(), err}
		}
		return nil
	}
}

// deskPlan builds for citizens and writes nothing.
func (e *env) deskPlan(opts serveOptions) func(context.Context, map[string][]byte) (*build.Report, error) {
	return func(ctx context.Context, unsaved map[string][]byte) (*build.Report, error) {
		report, err := build.New(build.Options{
			Dir:       opts.dir,
			Output:    filepath.Join(opts.dir, outputFolder),
			Cache:     filepath.Join(opts.dir, source.OwnFolder),
			Templates: templates.FS,
			Static:    static.FS,
			Now:       e.moment(opts.now),
			Verify:    true,
			Unsaved:   func() map[string][]byte { return unsaved },
		}).Build(ctx)
		if d, ok := errors.AsType[*publish.DifferenceError](err); ok {
			report.Written, report.Deleted, err = append(d.Missing, d.Altered...), d.Surplus, nil
		}
		return report, err
	}
}

// deskPublish builds for citizens, and deploys to a target if one is named.
func (e *env) deskPublish(opts serveOptions) func(context.Context, string, io.Writer) error {
	return func(ctx context.Context, target string, tell io.Writer) error {
		var b bytes.Buffer
		speaking := e.speaking(io.MultiWriter(tell, &b))
		err := speaking.runBuild(ctx, buildOptions{siteOptions: opts.siteOptions, now: opts.now})
		if err == nil && target != "" {
			err = speaking.runDeploy(ctx, deployOptions{siteOptions: opts.siteOptions}, target)
		}
		if err != nil {
			return &toldError{b.String(), err}
		}
		return nil
	}
}
