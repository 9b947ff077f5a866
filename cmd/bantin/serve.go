package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"bantin/internal/build"
	"bantin/internal/diag"
	"bantin/internal/messages"
	"bantin/internal/preview"
	"bantin/internal/source"
)

type serveOptions struct {
	siteOptions
	addr, now, deskAddr     string
	published, open, noDesk bool
}

// previewAddress is where the preview is served unless --addr says otherwise.
const previewAddress = "127.0.0.1:1313"

// portsTried is how many ports from the given one on are tried.
const portsTried = 10

func newServeCommand(e *env) *cobra.Command {
	var opts serveOptions
	c := &cobra.Command{
		Use:  "serve",
		Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := e.open(c, &opts.siteOptions); err != nil {
				return err
			}
			return e.runServe(c.Context(), opts)
		},
	}
	opts.addFlag(c)
	f := c.Flags()
	f.StringVar(&opts.addr, "addr", previewAddress, "")
	f.BoolVar(&opts.published, "published", false, "")
	f.BoolVar(&opts.open, "open", false, "")
	f.StringVar(&opts.now, "now", "", "")
	f.StringVar(&opts.deskAddr, "desk-addr", "", "")
	f.BoolVar(&opts.noDesk, "no-desk", false, "")
	return c
}

func (e *env) runServe(ctx context.Context, opts serveOptions) error {
	if opts.deskAddr != "" {
		for _, without := range []struct {
			isSet  bool
			option string
		}{{opts.noDesk, "--no-desk"}, {opts.published, "--published"}} {
			if without.isSet {
				return wrongUsage("desk-alone", without.option).withHint("desk-alone-hint")
			}
		}
	}
	l, err := preview.Listen(opts.addr, portsTried)
	var notLocal *preview.AddressError
	if errors.As(err, &notLocal) {
		return wrongUsage("bad-address", notLocal.Addr).withHint("address-hint")
	}
	if err != nil {
		return err
	}
	defer l.Close()
	home := filepath.Join(opts.dir, source.OwnFolder, "serve")
	output := filepath.Join(home, "site")
	teller := &serveTeller{env: e, opts: opts, bar: e.newProgress()}
	d, err := e.newDesk(opts, l)
	if err != nil {
		return err
	}
	teller.desk = d.address()
	b := newBuilder(build.Options{
		Unsaved:  d.unsaved,
		Dir:      opts.dir,
		Output:   output,
		Cache:    home,
		Now:      e.moment(opts.now),
		Origin:   "http://" + l.Addr().String(),
		Drafts:   !opts.published,
		Future:   !opts.published,
		Volatile: true, Unversioned: true,
		SaveLater: true,
		Pictures:  filepath.Join(opts.dir, source.OwnFolder, "pictures"), // as bantin build
		Progress:  teller.progress,
	})
	show := preview.Options{
		Builder: b,
		Dir:     opts.dir,
		Output:  output,
		Lang:    opts.lang,
		Passes:  opts.now == "" && e.getenv("SOURCE_DATE_EPOCH") == "",
		Built:   teller.built,
		Polls:   teller.polls,
		Reason:  teller.reason,
	}
	d.addTo(&show)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return preview.Serve(ctx, l, show) })
	group.Go(func() error { return d.serve(ctx) })
	return group.Wait()
}

// serveTeller prints what the preview does.
type serveTeller struct {
	*env
	opts    serveOptions
	bar     *progress
	begun   bool   // the first build was told of, so the language is known
	desk    string // its address, "" for none
	polling error  // why changes are polled for, until that was told
	printed []byte // the problems that were printed last
}

// progress shows how far the first build is; those after it are short.
func (t *serveTeller) progress(done, total int) {
	if !t.begun {
		t.bar.show(done, total)
	}
}

// built tells of a build: problems that are news, then one line.
func (t *serveTeller) built(report *build.Report, err error) {
	t.bar.clear()
	if t.opts.lang == "" {
		t.lang = report.Language // which may have been changed meanwhile
	}
	if err != nil {
		t.explain(context.Background(), err)
		return
	}
	t.problems(report.Problems)
	fmt.Fprintf(t.stdout, "bantin: %s\n", t.line(report))
	if t.begun {
		return
	}
	t.begun = true
	t.polls(t.polling)
	address := report.Origin + report.Root
	fmt.Fprintf(t.stdout, "bantin: %s\n", say(t.lang, "serving", address))
	if t.desk != "" {
		fmt.Fprintf(t.stdout, "bantin: %s\n", say(t.lang, "desk", t.desk))
	}
	if t.opts.open {
		if err := openBrowser(cmp.Or(t.desk, address)); err != nil {
			t.fail(t.systemError(err))
		}
	}
}

// problems prints problems unless they are those printed last.
func (t *serveTeller) problems(problems diag.List) {
	var b bytes.Buffer
	printer := diag.Printer{Lang: t.lang, Line: source.Lines(t.opts.dir)}
	if printer.Text(&b, problems) == nil && !bytes.Equal(b.Bytes(), t.printed) {
		t.stderr.Write(b.Bytes())
	}
	t.printed = b.Bytes()
}

// line returns the line that tells of a build.
func (t *serveTeller) line(report *build.Report) string {
	errorCount, warnings := count(report.Problems)
	if errorCount > 0 {
		line := say(t.lang, "not-shown", messages.Number(t.lang, errorCount), messages.Number(t.lang, warnings))
		return fmt.Sprintf("%s (%d ms)", line, report.Elapsed.Milliseconds())
	}
	line := t.summary(buildOptions{}, report)
	if warnings > 0 {
		line += "; " + say(t.lang, "warnings", messages.Number(t.lang, warnings))
	}
	return line
}

// polls tells that changes are looked for every second, and why, once the language
// is known.
func (t *serveTeller) polls(reason error) {
	if !t.begun {
		t.polling = reason
		return
	}
	t.tellPolls(reason)
}

// tellPolls tells that changes are looked for every second, and why; nothing if
// reason is nil.
func (e *env) tellPolls(reason error) {
	var noEvents *preview.NoEventsError
	switch {
	case reason == nil:
	case errors.As(reason, &noEvents):
		fmt.Fprintf(e.stderr, "bantin: %s\n", say(e.lang, "polls-share", noEvents.FileSystem))
	case preview.IsLimit(reason):
		fmt.Fprintf(e.stderr, "bantin: %s\n    %s: %s\n", say(e.lang, "polls-limit"), say(e.lang, "hint"), say(e.lang, "polls-hint"))
	default:
		fmt.Fprintf(e.stderr, "bantin: %s: %s\n", say(e.lang, "polls"), e.reason(reason))
	}
}
