package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bantin/internal/build"
	"bantin/internal/diag"
	"bantin/internal/messages"
	"bantin/internal/source"
	"bantin/internal/vietnamese"
)

type buildOptions struct {
	siteOptions
	output, baseURL, now          string
	drafts, future, clean, verify bool
	json                          bool
	jobs                          uint32
}

func newBuildCommand(e *env) *cobra.Command {
	var opts buildOptions
	c := &cobra.Command{
		Use:  "build",
		Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := e.open(c, &opts.siteOptions); err != nil {
				return err
			}
			return e.runBuild(c.Context(), opts)
		},
	}
	opts.addFlag(c)
	f := c.Flags()
	f.StringVarP(&opts.output, "output", "o", "", "")
	f.StringVar(&opts.baseURL, "base-url", "", "")
	f.BoolVar(&opts.drafts, "drafts", false, "")
	f.BoolVar(&opts.future, "future", false, "")
	f.StringVar(&opts.now, "now", "", "")
	f.BoolVar(&opts.clean, "clean", false, "")
	f.BoolVar(&opts.verify, "verify", false, "")
	f.Uint32Var(&opts.jobs, "jobs", 0, "")
	f.BoolVar(&opts.json, "json", false, "")
	return c
}

func (e *env) runBuild(ctx context.Context, opts buildOptions) error {
	named := opts.output != ""
	if !named {
		opts.output = filepath.Join(opts.dir, "public")
	}
	bar := e.newProgress()
	b := newBuilder(build.Options{
		Dir:             opts.dir,
		Output:          opts.output,
		NamedOutput:     named,
		Cache:           filepath.Join(opts.dir, source.OwnFolder),
		Now:             e.moment(opts.now),
		BaseURL:         opts.baseURL,
		Drafts:          opts.drafts,
		Future:          opts.future,
		Clean:           opts.clean,
		Verify:          opts.verify,
		Jobs:            int(opts.jobs),
		Progress:        bar.show,
		PictureProgress: bar.showPictures,
	})
	report, err := b.Build(ctx)
	bar.clear()
	return e.tell(opts, report, err)
}

// tell prints what a build did and returns the error that the command ends in.
func (e *env) tell(opts buildOptions, report *build.Report, err error) error {
	if printErr := e.printProblems(opts.dir, report.Problems); printErr != nil {
		return printErr
	}
	if report.CacheError != nil {
		e.failWithHint(say(e.lang, "cache-not-kept", e.reason(report.CacheError)), say(e.lang, "cache-hint", filepath.Join(opts.dir, source.OwnFolder)))
	}
	if opts.json {
		if err := e.printJSON(report.JSON(e.lang)); err != nil {
			return err
		}
	}
	switch {
	case report.Problems.HasErrors():
		errorCount, warnings := count(report.Problems)
		fmt.Fprintf(e.stderr, "bantin: %s\n", say(e.lang, "not-built", messages.Number(e.lang, errorCount), messages.Number(e.lang, warnings)))
		return errors.Join(errContent, err)
	case err != nil:
		return err
	case !opts.json:
		fmt.Fprintf(e.stdout, "bantin: %s\n", e.summary(opts, report))
	}
	for _, command := range report.Reload {
		fmt.Fprintf(e.stderr, "bantin: %s\n", say(e.lang, "reload", command))
	}
	return nil
}

// summary returns the line that ends a build.
func (e *env) summary(opts buildOptions, report *build.Report) string {
	n := func(n int) string { return messages.Number(e.lang, n) }
	line := say(e.lang, "built", n(len(report.Written)), n(len(report.Deleted)), n(report.Unchanged))
	if opts.verify {
		line = say(e.lang, "verified", n(report.Unchanged))
	}
	if left := e.unpublished(report); left != "" {
		line += "; " + say(e.lang, "unpublished", left)
	}
	return fmt.Sprintf("%s (%d ms)", line, report.Elapsed.Milliseconds())
}

// unpublished tells how many articles are not in the site, and why.
func (e *env) unpublished(report *build.Report) string {
	counts := map[string]int{}
	var first vietnamese.Date
	for _, u := range report.Unpublished {
		counts[u.Reason]++
		if u.Reason == "scheduled" && (first.IsZero() || u.When.Start().Before(first.Start())) {
			first = u.When
		}
	}
	var parts []string
	for _, reason := range []struct{ name, key string }{{"draft", "drafts"}, {"scheduled", "scheduled"}, {"expired", "expired"}} {
		if c := counts[reason.name]; c > 0 {
			parts = append(parts, say(e.lang, reason.key, messages.Number(e.lang, c), first.String()))
		}
	}
	return strings.Join(parts, ", ")
}

// printProblems prints problems with their source lines.
func (e *env) printProblems(dir string, problems diag.List) error {
	lines := source.Lines(dir)
	return diag.Printer{Lang: e.lang, Line: lines}.Text(e.stderr, problems)
}

func count(problems diag.List) (errorCount, warnings int) {
	for _, p := range problems {
		switch p.Severity {
		case diag.Error:
			errorCount++
		case diag.Warning:
			warnings++
		}
	}
	return errorCount, warnings
}

// moment returns the function that tells a build its "now": the option, else
// SOURCE_DATE_EPOCH (reproducible-builds.org), else the clock.
func (e *env) moment(option string) func(*time.Location) (time.Time, error) {
	return func(zone *time.Location) (time.Time, error) {
		if option != "" {
			d, err := vietnamese.ParseDate(option, zone)
			if err != nil {
				return time.Time{}, wrongUsage("bad-moment", "--now", option).withHint("moment-form")
			}
			return d.Start(), nil
		}
		if epoch := e.getenv("SOURCE_DATE_EPOCH"); epoch != "" {
			seconds, err := strconv.ParseInt(epoch, 10, 64)
			if err != nil {
				return time.Time{}, wrongUsage("bad-epoch", epoch)
			}
			return time.Unix(seconds, 0).In(zone), nil
		}
		return time.Now().In(zone), nil
	}
}
