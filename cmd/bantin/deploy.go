package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bantin/internal/build"
	"bantin/internal/config"
	"bantin/internal/deploy"
	"bantin/internal/lazyregexp"
	"bantin/internal/messages"
	"bantin/internal/notify"
	"bantin/internal/source"
)

type deployOptions struct {
	siteOptions
	dryRun, remove, watch, json bool
	keep, purgeList             string
	maxDelete                   *int // nil where nobody named a number
}

func newDeployCommand(e *env) *cobra.Command {
	var opts deployOptions
	var maxDelete uint32
	c := &cobra.Command{
		Use:  "deploy",
		Args: exactly(1),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			if opts.dir == "" {
				opts.dir = nearestSite()
			}
			c, err := settings(opts.dir)
			if err != nil {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return targetNames(c), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) error {
			if err := e.open(c, &opts.siteOptions); err != nil {
				return err
			}
			if c.Flags().Changed("max-delete") {
				opts.maxDelete = new(int(maxDelete))
			}
			return e.runDeploy(c.Context(), opts, args[0])
		},
	}
	opts.addFlag(c)
	f := c.Flags()
	f.BoolVar(&opts.dryRun, "dry-run", false, "")
	f.BoolVar(&opts.remove, "delete", false, "")
	f.Uint32Var(&maxDelete, "max-delete", 0, "")
	f.StringVar(&opts.keep, "keep", "", "")
	f.StringVar(&opts.purgeList, "purge-list", "", "")
	f.BoolVar(&opts.watch, "watch", false, "")
	f.BoolVar(&opts.json, "json", false, "")
	return c
}

// deployer brings a site to a place that is named in site.yaml, or is a URL, once
// or at each change.
type deployer struct {
	*env
	opts   deployOptions
	place  string
	keep   time.Duration
	output string
	bar    *progress
	told   bool // of a deploy
}

// outputFolder is the folder of the output, below the site's.
const outputFolder = "public"

func (e *env) runDeploy(ctx context.Context, opts deployOptions, place string) error {
	keep, err := parseKeep(opts.keep, place)
	if err != nil {
		return err
	}
	if opts.watch && opts.dryRun {
		return wrongUsage("watch-dry-run").withHint("try", "bantin deploy "+asTyped(place)+" --watch")
	}
	d := &deployer{env: e, opts: opts, place: place, keep: keep, output: filepath.Join(opts.dir, outputFolder), bar: e.newProgress()}
	if _, _, err := d.target(); err != nil {
		return err
	}
	if opts.purgeList != "" && !opts.dryRun { // not to be told of it when all is brought
		f, err := os.OpenFile(opts.purgeList, os.O_CREATE|os.O_WRONLY, 0o666)
		if err != nil {
			return err
		}
		f.Close()
	}
	if opts.watch {
		return d.watch(ctx)
	}
	report, err := d.builder().Build(ctx)
	d.bar.clear()
	if printErr := e.printProblems(opts.dir, report.Problems); printErr != nil {
		return printErr
	}
	if report.Problems.HasErrors() {
		d.tellErrors(report)
		return errors.Join(errContent, err)
	}
	if err != nil {
		return err
	}
	return d.bring(ctx, report)
}

// target returns the settings, and the place, as site.yaml has them now.
func (d *deployer) target() (*config.Config, deploy.Target, error) {
	c, err := settings(d.opts.dir)
	if err != nil {
		return nil, deploy.Target{}, err
	}
	target, err := findTarget(c, d.place)
	if err != nil || target.Scheme != "file" {
		return c, target, err
	}
	err = source.Roots{Dir: d.opts.dir}.CheckOutput(target.Folder)
	if at, ok := errors.AsType[*source.OutputError](err); ok && at.Inside != "" {
		err = failed("target-is-source", target.Folder, at.Inside).withHint("target-is-output-hint")
	} else if ok { // what holds the site holds its output, of which the deploy tells
		err = nil
	}
	return c, target, err
}

func (d *deployer) builder() *build.Builder {
	return newBuilder(build.Options{
		Dir: d.opts.dir, Output: d.output, Now: d.moment(""),
		Progress: d.bar.show, PictureProgress: d.bar.showPictures,
	})
}

// tellErrors tells that a site with errors stays where it is.
func (d *deployer) tellErrors(report *build.Report) {
	errorCount, warnings := count(report.Problems)
	fmt.Fprintf(d.stderr, "bantin: %s\n", say(d.lang, "not-deployed", messages.Number(d.lang, errorCount), messages.Number(d.lang, warnings)))
}

// bring brings what was built to its place, and tells of it, unless in a watch
// nothing changed.
func (d *deployer) bring(ctx context.Context, report *build.Report) error {
	c, target, err := d.target()
	if err != nil {
		return err
	}
	result, err := deploy.Run(ctx, deploy.Options{
		Output: d.output, Target: target, Search: report.SearchFolders,
		DryRun: d.opts.dryRun, Delete: d.opts.remove, MaxDelete: d.opts.maxDelete, Keep: d.keep, Getenv: d.getenv, Progress: d.bar.showDeploy,
	})
	d.bar.clear()
	if told, ok := errors.AsType[*deploy.Error](err); ok {
		return failed(told.ID, told.Args...).withHint(told.ID+"-hint", append(told.Args, asTyped(d.place))...)
	}
	if err != nil {
		return err
	}
	for _, command := range report.Reload {
		fmt.Fprintf(d.stderr, "bantin: %s\n", say(d.lang, "reload", command))
	}
	changed := result.Changed()
	base := report.Origin + report.Root
	if d.opts.purgeList != "" && !d.opts.dryRun {
		if err := deploy.WritePurgeList(d.opts.purgeList, deploy.Addresses(base, changed), d.opts.watch); err != nil {
			message, hint := d.systemError(err)
			d.fail(message, hint) // the site is where it is to be
		}
	}
	var outcomes []notify.Outcome
	if !d.opts.dryRun && len(changed) > 0 {
		outcomes = d.notify(ctx, c, report, changed)
	}
	if d.told && len(changed) == 0 {
		return nil
	}
	d.told = true
	return d.tell(result, outcomes)
}

// notify tells hubs and search engines what changed.
func (d *deployer) notify(ctx context.Context, c *config.Config, report *build.Report, changed []string) []notify.Outcome {
	if len(c.Notify.Hubs) == 0 && c.Notify.IndexNow == "" {
		return nil
	}
	base := report.Origin + report.Root
	feeds, pages := report.Announced(changed)
	outcomes := notify.Run(ctx, notify.Options{
		Hubs: c.Notify.Hubs, Feeds: deploy.Addresses(base, feeds),
		Key: c.Notify.IndexNow, KeyLocation: base + c.Notify.IndexNow + ".txt", Pages: deploy.Addresses(base, pages),
		Endpoint: d.indexNow,
	})
	for _, o := range outcomes {
		if o.Err == nil || ctx.Err() != nil {
			continue
		}
		reason, hint := o.Err.Error(), "not-told-hint"
		status, answered := errors.AsType[*notify.StatusError](o.Err)
		switch {
		case errors.Is(o.Err, notify.ErrSilent):
			reason = say(d.lang, "no-answer")
		case answered:
			reason = say(d.lang, "answered", status.Error())
			if status.Code < 500 && status.Code != http.StatusTooManyRequests {
				hint = "not-told-refused-hint"
			}
		}
		d.fail(say(d.lang, "not-told", o.To, messages.Number(d.lang, o.Missed), reason), hint)
	}
	return outcomes
}

func (d *deployer) tell(r *deploy.Result, outcomes []notify.Outcome) error {
	if r.NotAtomic {
		d.failWithHint(say(d.lang, "not-atomic"), say(d.lang, "not-atomic-hint"))
	}
	if r.NoLock {
		d.failWithHint(say(d.lang, "no-lock"), say(d.lang, "no-lock-hint"))
	}
	if d.opts.json {
		return d.tellJSON(r, outcomes)
	}
	key := "deployed"
	if d.opts.dryRun {
		key = "would-deploy"
		for _, path := range r.Uploaded {
			fmt.Fprintf(d.stdout, "+ %s\n", path)
		}
		for _, path := range r.Deleted {
			fmt.Fprintf(d.stdout, "- %s\n", path)
		}
	}
	n := func(n int) string { return messages.Number(d.lang, n) }
	_, err := fmt.Fprintf(d.stdout, "bantin: %s\n", say(d.lang, key, n(len(r.Uploaded)), n(len(r.Deleted)), n(r.Unchanged), n(len(r.Kept))))
	for _, o := range outcomes {
		if o.Told > 0 {
			fmt.Fprintf(d.stdout, "bantin: %s\n", say(d.lang, "told", o.To, n(o.Told)))
		}
	}
	return err
}

// notified is what --json tells of a hub or of IndexNow.
type notified struct {
	notify.Outcome
	Error string `json:"error"` // "" if all was told
}

// tellJSON prints the result, in a watch as one line.
func (d *deployer) tellJSON(r *deploy.Result, outcomes []notify.Outcome) error {
	list := func(l []string) []string { return append([]string{}, l...) } // which JSON tells as [] where it is none
	r.Uploaded, r.Deleted, r.Kept, r.Resumed = list(r.Uploaded), list(r.Deleted), list(r.Kept), list(r.Resumed)
	all := struct {
		*deploy.Result
		Notified []notified `json:"notified"`
	}{r, []notified{}}
	for _, o := range outcomes {
		entry := notified{Outcome: o}
		if o.Err != nil {
			entry.Error = o.Err.Error()
		}
		all.Notified = append(all.Notified, entry)
	}
	var data []byte
	var err error
	if d.opts.watch {
		data, err = json.Marshal(all)
	} else {
		data, err = json.MarshalIndent(all, "", "  ")
	}
	return d.printJSON(data, err)
}

// targetNames returns the names of the places in site.yaml, sorted.
func targetNames(c *config.Config) []string {
	var names []string
	for _, t := range c.Deploy {
		names = append(names, t.Name)
	}
	slices.Sort(names)
	return names
}

// findTarget returns the place that is named, or the one that a URL says.
func findTarget(c *config.Config, place string) (deploy.Target, error) {
	raw := place
	for _, t := range c.Deploy {
		if t.Name == place {
			raw = t.URL
		}
	}
	if !strings.Contains(raw, "://") {
		if len(c.Deploy) == 0 {
			return deploy.Target{}, wrongUsage("no-target", place).withHint("no-targets-hint")
		}
		return deploy.Target{}, wrongUsage("no-target", place).withHint("no-target-hint", strings.Join(targetNames(c), ", "))
	}
	t, err := deploy.ParseTarget(raw)
	if told, ok := errors.AsType[*deploy.Error](err); ok {
		return t, wrongUsage(told.ID, told.Args...).withHint("target-hint")
	}
	return t, err
}

var keepForm = lazyregexp.New(`^([0-9]{1,5})([dh])$`)

// parseKeep reads a time like 7d or 12h, "" is none, of a deploy to place.
func parseKeep(typed, place string) (time.Duration, error) {
	if typed == "" {
		return 0, nil
	}
	match := keepForm().FindStringSubmatch(typed)
	if match == nil {
		return 0, wrongUsage("bad-keep", typed).withHint("try", "bantin deploy "+asTyped(place)+" --keep 7d")
	}
	n, err := strconv.Atoi(match[1])
	unit := time.Hour
	if match[2] == "d" {
		unit *= 24
	}
	return time.Duration(n) * unit, err
}
