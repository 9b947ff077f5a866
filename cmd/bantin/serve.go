package main

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"bantin/internal/build"
	"bantin/internal/preview"
	"bantin/static"
	"bantin/templates"
)

const serveHelp = `Serve builds the site into a folder of its own, .bantin/serve/, and shows it to
this machine alone. Drafts and scheduled articles are shown, marked.
` + exitCodes

const serveExamples = `  bantin serve
  bantin serve -s /srv/xa-khe-hoa --addr 127.0.0.1:8080 --published`

type serveOptions struct {
	dir, addr, now string
	published      bool
}

// portsTried is how many ports from the given one on are tried.
const portsTried = 10

func newServeCommand(e *env) *cobra.Command {
	var opts serveOptions
	c := &cobra.Command{
		Use:     "serve",
		Short:   "Build the site and show it on this machine",
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
	f.StringVar(&opts.now, "now", "", "build as at this moment")
	return c
}

func (e *env) runServe(ctx context.Context, opts serveOptions, lang string) error {
	l, err := preview.Listen(opts.addr, portsTried)
	if err != nil {
		return err
	}
	defer l.Close()
	home := filepath.Join(opts.dir, ".bantin", "serve")
	output := filepath.Join(home, "site")
	b, err := build.New(build.Options{
		Dir:       opts.dir,
		Output:    output,
		Cache:     home,
		Templates: templates.FS,
		Static:    static.FS,
		Now:       e.moment(opts.now),
		Origin:    "http://" + l.Addr().String(),
		Drafts:    !opts.published,
		Future:    !opts.published,
	})
	if err != nil {
		return err
	}
	report, err := b.Build(ctx)
	e.lang = languageOf(lang, report)
	if err := e.tell(buildOptions{dir: opts.dir}, report, err); err != nil {
		return err
	}
	fmt.Fprintf(e.stdout, "bantin: %s\n", say(e.lang, "serving", report.Origin+report.Root))
	return preview.Serve(ctx, l, output, report.Root)
}
