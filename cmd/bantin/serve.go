package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"bantin/internal/build"
	"bantin/internal/diag"
	"bantin/internal/language"
	"bantin/internal/preview"
	"bantin/internal/source"
	"bantin/static"
	"bantin/templates"
)

const serveHelp = `Serve builds the site into a folder of its own, .bantin/serve/, and shows it to
this machine alone. When a file is saved it builds again and open pages follow;
after a mistake they list what is wrong and keep what was built last. Drafts and
scheduled articles are shown, marked. Ctrl-C ends it.
` + exitCodes

const serveExamples = `  bantin serve --open
  bantin serve -s /srv/xa-khe-hoa --addr 127.0.0.1:8080 --published`

type serveOptions struct {
	dir, addr, now  string
	published, open bool
}

// portsTried is how many ports from the given one on are tried.
const portsTried = 10

func newServeCommand(e *env) *cobra.Command {
	var opts serveOptions
	c := &cobra.Command{
		Use:     "serve",
		Short:   "Build the site and show it on this machine as it is written",
		Long:    serveHelp,
		Example: serveExamples,
		Args:    noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			lang, err := languageFlag(c)
			if err != nil {
				return err
			}
			return e.runServe(c.Context(), opts, lang)
		},
	}
	f := c.Flags()
	f.StringVarP(&opts.dir, "source", "s", ".", "the site's folder")
	f.StringVar(&opts.addr, "addr", "127.0.0.1:1313", "address to serve at, on this machine alone")
	f.BoolVar(&opts.published, "published", false, "show only what is published")
	f.BoolVar(&opts.open, "open", false, "open the browser")
	f.StringVar(&opts.now, "now", "", "build as at this moment")
	return c
}

func (e *env) runServe(ctx context.Context, opts serveOptions, lang string) error {
	l, err := preview.Listen(opts.addr, portsTried)
	var notLocal *preview.AddressError
	if errors.As(err, &notLocal) {
		return wrongUsage("bad-address", notLocal.Addr).but("address-hint")
	}
	if err != nil {
		return err
	}
	defer l.Close()
	home := filepath.Join(opts.dir, cacheFolder, "serve")
	output := filepath.Join(home, "site")
	e.lang = lang
	teller := &serveTeller{env: e, opts: opts, lang: lang, bar: e.newProgress(lang)}
	b := build.New(build.Options{
		Dir:       opts.dir,
		Output:    output,
		Cache:     home,
		Templates: templates.FS,
		Static:    static.FS,
		Now:       e.moment(opts.now),
		Origin:    "http://" + l.Addr().String(),
		Drafts:    !opts.published,
		Future:    !opts.published,
		Volatile:  true, Unversioned: true,
		SaveLater: true,
		Pictures:  filepath.Join(opts.dir, cacheFolder, "pictures"), // as bantin build
		Progress:  teller.progress,
	})
	return preview.Serve(ctx, l, preview.Options{
		Builder: b,
		Dir:     opts.dir,
		Output:  output,
		Lang:    lang,
		Passes:  opts.now == "" && e.getenv("SOURCE_DATE_EPOCH") == "",
		Built:   teller.built,
		Polls:   teller.polls,
	})
}

// serveTeller prints what the preview does.
type serveTeller struct {
	*env
	opts    serveOptions
	lang    string // of messages, "" for the site's
	bar     *progress
	begun   bool   // the first build was told of, so the language is known
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
	t.env.lang = languageOf(t.lang, report)
	if err != nil {
		fmt.Fprintf(t.stderr, "bantin: %v\n", err)
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
	fmt.Fprintf(t.stdout, "bantin: %s\n", say(t.env.lang, "serving", address))
	if t.opts.open {
		if err := openBrowser(address); err != nil {
			fmt.Fprintf(t.stderr, "bantin: %v\n", err)
		}
	}
}

// problems prints problems unless they are those printed last.
func (t *serveTeller) problems(problems diag.List) {
	var b bytes.Buffer
	printer := diag.Printer{Lang: t.env.lang, Line: source.Lines(t.opts.dir)}
	if printer.Text(&b, problems) == nil && !bytes.Equal(b.Bytes(), t.printed) {
		t.stderr.Write(b.Bytes())
	}
	t.printed = b.Bytes()
}

// line returns the line that tells of a build.
func (t *serveTeller) line(report *build.Report) string {
	errorCount, warnings := count(report.Problems)
	if errorCount > 0 {
		line := say(t.env.lang, "not-shown", language.Number(t.env.lang, errorCount), language.Number(t.env.lang, warnings))
		return fmt.Sprintf("%s (%d ms)", line, report.Elapsed.Milliseconds())
	}
	line := t.summary(buildOptions{}, report)
	if warnings > 0 {
		line += "; " + say(t.env.lang, "warnings", language.Number(t.env.lang, warnings))
	}
	return line
}

// polls tells that changes are looked for every second, and why.
func (t *serveTeller) polls(reason error) {
	if !t.begun {
		t.polling = reason
		return
	}
	var noEvents *preview.NoEventsError
	switch {
	case reason == nil:
	case errors.As(reason, &noEvents):
		fmt.Fprintf(t.stderr, "bantin: %s\n", say(t.env.lang, "polls-share", noEvents.FileSystem))
	case preview.IsLimit(reason):
		fmt.Fprintf(t.stderr, "bantin: %s\n    %s: %s\n", say(t.env.lang, "polls-limit"), say(t.env.lang, "hint"), say(t.env.lang, "polls-hint"))
	default:
		fmt.Fprintf(t.stderr, "bantin: %s: %v\n", say(t.env.lang, "polls"), reason)
	}
}
