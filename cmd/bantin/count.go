package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"bantin/internal/messages"
	"bantin/internal/publish"
	"bantin/internal/visits"
)

type countOptions struct {
	siteOptions
	output string
}

func newCountCommand(e *env) *cobra.Command {
	var opts countOptions
	c := &cobra.Command{
		Use:  "count",
		Args: exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := e.open(c, &opts.siteOptions); err != nil {
				return err
			}
			return e.runCount(c.Context(), opts, args[0])
		},
	}
	opts.addFlag(c)
	c.Flags().StringVarP(&opts.output, "output", "o", "", "")
	return c
}

// runCount writes, from a report of GoAccess, the counts that the pages of the site
// read.
func (e *env) runCount(_ context.Context, opts countOptions, report string) error {
	c, err := settings(opts.dir)
	if err != nil {
		return err
	}
	if opts.output == "" {
		return wrongUsage("count-output").withHint("try", "bantin count "+asTyped(report)+" -o /var/lib/bantin/dem")
	}
	if !strings.HasPrefix(c.Counter, "/") {
		return failed("count-no-counter").withHint("count-no-counter-hint")
	}
	files, err := publish.Files(filepath.Join(opts.dir, outputFolder))
	if err != nil {
		return err
	}
	var pages []string
	for _, f := range files {
		if f.Path == "index.html" || strings.HasSuffix(f.Path, "/index.html") {
			pages = append(pages, c.Root+(&url.URL{Path: strings.TrimSuffix(f.Path, "index.html")}).EscapedPath())
		}
	}
	if len(pages) == 0 {
		return failed("no-output", filepath.Join(opts.dir, outputFolder)).withHint("no-output-hint")
	}
	in, err := os.Open(report)
	if err != nil {
		return err
	}
	defer in.Close()
	counts, err := visits.Read(in, pages)
	if err != nil {
		return failed("count-report", report).withHint("count-report-hint")
	}
	written, err := visits.Write(opts.output, counts)
	if err != nil {
		return err
	}
	total := 0
	for _, n := range counts {
		total += n
	}
	n := func(n int) string { return messages.Number(e.lang, n) }
	_, err = fmt.Fprintf(e.stdout, "bantin: %s\n", say(e.lang, "counted", n(total), n(len(counts)), n(written)))
	return err
}
