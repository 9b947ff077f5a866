package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bantin/internal/build"
	"bantin/internal/config"
	"bantin/internal/deploy"
	"bantin/internal/language"
	"bantin/internal/lazyregexp"
	"bantin/static"
	"bantin/templates"
)

type deployOptions struct {
	siteOptions
	dryRun, remove, json bool
	keep, purgeList      string
}

func newDeployCommand(e *env) *cobra.Command {
	var opts deployOptions
	c := &cobra.Command{
		Use:  "deploy",
		Args: exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := e.open(c, &opts.siteOptions); err != nil {
				return err
			}
			return e.runDeploy(c.Context(), opts, args[0])
		},
	}
	opts.addFlag(c)
	f := c.Flags()
	f.BoolVar(&opts.dryRun, "dry-run", false, "")
	f.BoolVar(&opts.remove, "delete", false, "")
	f.StringVar(&opts.keep, "keep", "", "")
	f.StringVar(&opts.purgeList, "purge-list", "", "")
	f.BoolVar(&opts.json, "json", false, "")
	return c
}

// runDeploy builds the site and brings it to a place that is named in site.yaml, or
// is a URL.
func (e *env) runDeploy(ctx context.Context, opts deployOptions, place string) error {
	keep, err := parseKeep(opts.keep)
	if err != nil {
		return err
	}
	c, err := settings(opts.dir)
	if err != nil {
		return err
	}
	target, err := findTarget(c, place)
	if err != nil {
		return err
	}
	report, err := e.buildToDeploy(ctx, opts)
	if err != nil {
		return err
	}
	bar := e.newProgress()
	result, err := deploy.Run(ctx, deploy.Options{
		Output: filepath.Join(opts.dir, outputFolder), Target: target, Search: report.SearchFolder,
		DryRun: opts.dryRun, Delete: opts.remove, Keep: keep, Getenv: e.getenv, Progress: bar.showDeploy,
	})
	bar.clear()
	if told, ok := errors.AsType[*deploy.Error](err); ok {
		return failed(told.ID, told.Args...).withHint(told.ID+"-hint", told.Args...)
	}
	if err != nil {
		return err
	}
	if opts.purgeList != "" && !opts.dryRun {
		if err := deploy.WritePurgeList(opts.purgeList, report.Origin+report.Root, result); err != nil {
			return err
		}
	}
	return e.tellDeploy(opts, result)
}

// outputFolder is the folder of the output, below the site's.
const outputFolder = "public"

// buildToDeploy builds the site, or says why it cannot be deployed.
func (e *env) buildToDeploy(ctx context.Context, opts deployOptions) (*build.Report, error) {
	bar := e.newProgress()
	b := build.New(build.Options{
		Dir: opts.dir, Output: filepath.Join(opts.dir, outputFolder),
		Templates: templates.FS, Static: static.FS, Now: e.moment(""),
		Progress: bar.show, PictureProgress: bar.showPictures,
	})
	report, err := b.Build(ctx)
	bar.clear()
	if printErr := e.printProblems(opts.dir, report.Problems); printErr != nil {
		return report, printErr
	}
	if report.Problems.HasErrors() {
		errorCount, warnings := count(report.Problems)
		fmt.Fprintf(e.stderr, "bantin: %s\n", say(e.lang, "not-deployed", language.Number(e.lang, errorCount), language.Number(e.lang, warnings)))
		return report, errors.Join(errContent, err)
	}
	return report, err
}

func (e *env) tellDeploy(opts deployOptions, r *deploy.Result) error {
	if r.NotAtomic {
		e.failWithHint(say(e.lang, "not-atomic"), say(e.lang, "not-atomic-hint"))
	}
	if r.NoLock {
		e.failWithHint(say(e.lang, "no-lock"), say(e.lang, "no-lock-hint"))
	}
	if opts.json {
		r.Uploaded, r.Deleted, r.Kept = append([]string{}, r.Uploaded...), append([]string{}, r.Deleted...), append([]string{}, r.Kept...)
		data, err := json.MarshalIndent(r, "", "  ")
		return e.printJSON(data, err)
	}
	key := "deployed"
	if opts.dryRun {
		key = "would-deploy"
		for _, path := range r.Uploaded {
			fmt.Fprintf(e.stdout, "+ %s\n", path)
		}
		for _, path := range r.Deleted {
			fmt.Fprintf(e.stdout, "- %s\n", path)
		}
	}
	n := func(n int) string { return language.Number(e.lang, n) }
	_, err := fmt.Fprintf(e.stdout, "bantin: %s\n", say(e.lang, key, n(len(r.Uploaded)), n(len(r.Deleted)), n(r.Unchanged), n(len(r.Kept))))
	return err
}

// findTarget returns the place that is named, or the one that a URL says.
func findTarget(c *config.Config, place string) (deploy.Target, error) {
	var names []string
	raw := place
	for _, t := range c.Deploy {
		names = append(names, t.Name)
		if t.Name == place {
			raw = t.URL
		}
	}
	if !strings.Contains(raw, "://") {
		slices.Sort(names)
		return deploy.Target{}, wrongUsage("no-target", place).withHint("no-target-hint", strings.Join(names, ", "))
	}
	t, err := deploy.ParseTarget(raw)
	if told, ok := errors.AsType[*deploy.Error](err); ok {
		return t, wrongUsage(told.ID, told.Args...).withHint("target-hint")
	}
	return t, err
}

var keepForm = lazyregexp.New(`^([0-9]{1,5})([dh])$`)

// parseKeep reads a time like 7d or 12h; "" is none.
func parseKeep(typed string) (time.Duration, error) {
	if typed == "" {
		return 0, nil
	}
	match := keepForm().FindStringSubmatch(typed)
	if match == nil {
		return 0, wrongUsage("bad-keep", typed).withHint("try", "bantin deploy TARGET --keep 7d")
	}
	n, err := strconv.Atoi(match[1])
	unit := time.Hour
	if match[2] == "d" {
		unit *= 24
	}
	return time.Duration(n) * unit, err
}
