package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"bantin/internal/build"
	"bantin/internal/check"
	"bantin/internal/diag"
	"bantin/internal/messages"
	"bantin/internal/site"
	"bantin/internal/source"
)

type checkOptions struct {
	siteOptions
	now, format  string
	strict       bool
	fix, yes     bool
	translations bool
}

// formats are the ways in which problems can be printed.
var formats = []string{"text", "json", "github", "sarif"}

func newCheckCommand(e *env) *cobra.Command {
	var opts checkOptions
	c := &cobra.Command{
		Use:  "check",
		Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := oneOf("--format", opts.format, formats...); err != nil {
				return err
			}
			if err := e.open(c, &opts.siteOptions); err != nil {
				return err
			}
			return e.runCheck(c.Context(), opts)
		},
	}
	opts.addFlag(c)
	f := c.Flags()
	f.StringVar(&opts.now, "now", "", "")
	f.StringVar(&opts.format, "format", "text", "")
	completeFlag(c, "format", formats...)
	f.BoolVar(&opts.strict, "strict", false, "")
	f.BoolVar(&opts.fix, "fix", false, "")
	f.BoolVar(&opts.yes, "yes", false, "")
	f.BoolVar(&opts.translations, "translations", false, "")
	return c
}

func (e *env) runCheck(ctx context.Context, opts checkOptions) error {
	if opts.yes && !opts.fix {
		return wrongUsage("yes-alone").withHint("try", "bantin check --fix --yes")
	}
	if opts.fix {
		out := e.stdout
		if opts.format != "text" {
			out = e.stderr
		}
		if err := e.fix(ctx, &opts, out); err != nil {
			return err
		}
	}
	report, err := e.survey(ctx, &opts.siteOptions, opts.now)
	if err != nil {
		return errors.Join(err, e.printProblems(opts.dir, report.Problems))
	}
	if opts.strict {
		for i := range report.Problems {
			if report.Problems[i].Severity == diag.Warning {
				report.Problems[i].Severity = diag.Error
			}
		}
	}
	if err := e.tellChecked(opts, report); err != nil {
		return err
	}
	if report.Problems.HasErrors() {
		return errContent
	}
	return nil
}

// tellChecked prints what a check found, in the format asked for.
func (e *env) tellChecked(opts checkOptions, report *build.Report) error {
	switch opts.format {
	case "github":
		return fromHere(opts.dir, report.Problems).GitHub(e.stdout, e.lang)
	case "sarif":
		log, err := fromHere(opts.dir, report.Problems).SARIF(e.lang, version)
		return e.printJSON(log, err)
	case "json":
		found, err := json.MarshalIndent(checked{
			Problems:    report.Problems.Report(e.lang),
			Unpublished: append([]site.Unpublished{}, report.Unpublished...),
			External:    append([]check.Link{}, report.External...),

			Translations: report.Translations,
		}, "", "  ")
		return e.printJSON(found, err)
	}
	return e.tellInText(opts, report)
}

// fromHere returns the problems with paths from the present folder, which is
// the repository's in a CI service, in place of the site's. Those of a site that is
// named in full and stands elsewhere stay.
func fromHere(dir string, problems diag.List) diag.List {
	if filepath.IsAbs(dir) {
		here, err := os.Getwd()
		if err != nil {
			return problems
		}
		if dir, err = filepath.Rel(here, dir); err != nil || !filepath.IsLocal(dir) {
			return problems
		}
	}
	moved := slices.Clone(problems)
	for i := range moved {
		moved[i].Pos.File = path.Join(filepath.ToSlash(dir), moved[i].Pos.File)
	}
	return moved
}

// checked is what `bantin check --format json` prints.
type checked struct {
	Problems    []diag.Report      `json:"problems"`
	Unpublished []site.Unpublished `json:"unpublished"`
	External    []check.Link       `json:"external"`
	// Translations are told of a site in several languages.
	Translations []site.Translations `json:"translations,omitempty"`
}

// tellTranslations prints how much is translated into each language and, if all
// is asked for, what is not or is older than its original.
func (e *env) tellTranslations(list []site.Translations, all bool) {
	number := func(n int) string { return messages.Number(e.lang, n) }
	if len(list) > 0 {
		fmt.Fprintf(e.stdout, "%s:\n", say(e.lang, "list-translations"))
	}
	for _, l := range list {
		fmt.Fprintf(e.stdout, "    %s: %s\n", l.Language,
			say(e.lang, "translations", number(len(l.Translated)), number(len(l.Missing)), number(len(l.Outdated))))
		if !all {
			continue
		}
		for _, file := range l.Missing {
			fmt.Fprintf(e.stdout, "        %s: %s\n", file, say(e.lang, "untranslated"))
		}
		for _, o := range l.Outdated {
			fmt.Fprintf(e.stdout, "        %s: %s\n", o.File, say(e.lang, "outdated", o.Original))
		}
	}
}

func (e *env) printJSON(data []byte, err error) error {
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(asIs(e.stdout), "%s\n", data)
	return err
}

// tellInText prints the problems, what is not published, the links that a
// person must follow to know whether they are dead, and the count.
func (e *env) tellInText(opts checkOptions, report *build.Report) error {
	printer := diag.Printer{Lang: e.lang, Line: source.Lines(opts.dir)}
	if err := printer.Text(e.stdout, report.Problems); err != nil {
		return err
	}
	if len(report.Unpublished) > 0 {
		fmt.Fprintf(e.stdout, "%s:\n", say(e.lang, "list-unpublished", messages.Number(e.lang, len(report.Unpublished))))
	}
	for _, u := range report.Unpublished {
		fmt.Fprintf(e.stdout, "    %s: %s\n", u.File, say(e.lang, "is-"+u.Reason, u.When.String()))
	}
	if len(report.External) > 0 {
		fmt.Fprintf(e.stdout, "%s:\n", say(e.lang, "list-external", messages.Number(e.lang, len(report.External))))
	}
	for _, l := range report.External {
		fmt.Fprintf(e.stdout, "    %s:%d:%d: %s\n", l.File, l.Line, l.Column, l.URL)
	}
	e.tellTranslations(report.Translations, opts.translations)
	key := "checked"
	errorCount, warnings := count(report.Problems)
	if errorCount+warnings == 0 {
		key = "checked-fine"
	}
	_, err := fmt.Fprintf(e.stdout, "bantin: %s\n", say(e.lang, key,
		messages.Number(e.lang, report.Counts["articles"]+len(report.Unpublished)), messages.Number(e.lang, errorCount), messages.Number(e.lang, warnings)))
	return err
}
