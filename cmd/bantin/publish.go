package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bantin/internal/article"
	"bantin/internal/config"
	"bantin/internal/diag"
	"bantin/internal/messages"
	"bantin/internal/site"
	"bantin/internal/source"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
)

func newPublishCommand(e *env) *cobra.Command {
	var opts siteOptions
	c := &cobra.Command{
		Use:  "publish",
		Args: between(1, 1000),
		RunE: func(c *cobra.Command, args []string) error {
			if err := e.open(c, &opts); err != nil {
				return err
			}
			return e.runPublish(c.Context(), &opts, args)
		},
	}
	opts.addFlag(c)
	return c
}

// problemError is problems that keep a command from its work.
type problemError struct{ problems diag.List }

func (e *problemError) Error() string { return e.problems[0].Message("en") }

func (e *env) runPublish(ctx context.Context, o *siteOptions, typed []string) error {
	settings, err := settings(o.dir)
	if err != nil {
		return err
	}
	now, err := e.moment("")(settings.Location)
	if err != nil {
		return err
	}
	if err := e.recover(o); err != nil {
		return err
	}
	tree, err := e.scan(ctx, o)
	if err != nil {
		return err
	}
	defer tree.Close()
	var paths []string
	for _, name := range typed {
		at, err := o.contentPath(name)
		if err != nil {
			return err
		}
		if _, ok := tree.Lookup(source.ContentPrefix + at + "/index.md"); ok {
			at += "/index.md"
		}
		if err := e.requireDraft(o, tree, at, settings); err != nil {
			return err
		}
		if !slices.Contains(paths, at) {
			paths = append(paths, at)
		}
	}
	x := &editing{site: o, languages: settings.Codes(), title: "bantin publish " + strings.Join(paths, " ")}
	if err := e.publish(ctx, x, paths, now); err != nil {
		return x.undo(err)
	}
	return x.done()
}

// requireDraft refuses what is no draft.
func (e *env) requireDraft(o *siteOptions, tree *source.Tree, at string, c *config.Config) error {
	f, ok := tree.Lookup(source.ContentPrefix + at)
	if !ok {
		if info, err := os.Stat(o.inSite(source.ContentPrefix + at)); err == nil && info.IsDir() {
			return wrongUsage("is-folder", source.ContentPrefix+at).withHint("content-form")
		}
		return wrongUsage("gone", source.ContentPrefix+at).withHint("gone-hint")
	}
	src, err := tree.Read(f)
	if err != nil {
		return err
	}
	a, problems := article.Parse(at, src, c.Location, c.Codes()...)
	problems = slices.DeleteFunc(problems, isDateMissing) // which is set
	switch {
	case a == nil || problems.HasErrors():
		return errors.Join(errContent, e.printProblems(o.dir, problems))
	case !a.Draft:
		return wrongUsage("not-draft", f.Path).withHint("not-draft-hint")
	}
	return nil
}

// isDateMissing tells whether p is that an article has no date.
func isDateMissing(p diag.Problem) bool {
	return p.Code() == "missing-key" && len(p.Args) > 0 && p.Args[0] == "date"
}

// publish changes the drafts and tells where and when they will be read.
func (e *env) publish(ctx context.Context, x *editing, paths []string, now time.Time) error {
	for _, at := range paths {
		err := x.edit(at, func(a *article.Article) []strictyaml.Change {
			changes := []strictyaml.Change{{Path: []string{"draft"}}}
			if !a.IsDated() || a.Date.Start().After(now) {
				return changes
			}
			return append(changes, strictyaml.Change{Path: []string{"date"}, Value: strictyaml.Text(now.Format(vietnamese.MinuteLayout))})
		})
		if err != nil {
			return err
		}
	}
	report, err := e.survey(ctx, x.site, "")
	if err != nil {
		return err
	}
	var wrong diag.List
	for _, p := range report.Problems {
		if p.Severity == diag.Error && (report.Address == nil || slices.Contains(paths, strings.TrimPrefix(p.Pos.File, source.ContentPrefix))) {
			wrong = append(wrong, p)
		}
	}
	if len(wrong) > 0 {
		err := e.printProblems(x.site.dir, wrong)
		fmt.Fprintf(e.stderr, "bantin: %s\n", say(e.lang, "not-published", messages.Number(e.lang, len(wrong))))
		return errors.Join(errContent, err)
	}
	hidden := map[string]site.Unpublished{}
	for _, u := range report.Unpublished {
		hidden[u.File] = u
	}
	for _, at := range paths {
		file := source.ContentPrefix + at
		address, _ := report.Address(at)
		u := hidden[file]
		fmt.Fprintf(e.stdout, "bantin: %s\n", say(e.lang, publishLine[u.Reason], file, address, u.When.String()))
	}
	return nil
}

// publishLine is what is said of an article that is no draft any more, by why it is
// not in the site even so: of a translation, its original may be one.
var publishLine = map[string]string{
	"": "publish-next", "scheduled": "publish-later", "expired": "publish-expired", "draft": "publish-original",
}
