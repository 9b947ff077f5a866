package main

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"bantin/internal/build"
	"bantin/internal/diag"
	"bantin/internal/messages"
	"bantin/internal/preview"
	"bantin/internal/source"
)

// The pauses before a deploy that failed is tried again: each is twice as long as
// the one before it.
const (
	firstDeployPause = 10 * time.Second
	lastDeployPause  = 5 * time.Minute
)

// deployWatch deploys a site again and again.
type deployWatch struct {
	*deployer
	pause   time.Duration // after the next failure
	printed []byte        // the problems that were printed last
	refused bool          // the last build had errors
}

// watch deploys at each change of the sources, and whenever the site changes by
// itself, until ctx ends.
func (d *deployer) watch(ctx context.Context) error {
	w := &deployWatch{deployer: d, pause: d.deployPause}
	if w.pause == 0 {
		w.pause = firstDeployPause
	}
	first := w.pause
	fmt.Fprintf(d.stderr, "bantin: %s\n", say(d.lang, "watching", d.place))
	return preview.Follow(ctx, preview.FollowOptions{
		Builder: d.builder(),
		Dir:     d.opts.dir,
		Passes:  d.getenv("SOURCE_DATE_EPOCH") == "",
		Built: func(ctx context.Context, report *build.Report, err error) time.Time {
			d.bar.clear()
			if w.opts.lang == "" {
				w.lang = report.Language // which may have been changed meanwhile
			}
			if err = w.deploy(ctx, report, err); err == nil || ctx.Err() != nil {
				w.pause = first
				return time.Time{}
			}
			w.explain(ctx, err)
			pause := w.pause
			w.pause = min(2*pause, max(lastDeployPause, first))
			fmt.Fprintf(w.stderr, "bantin: %s\n", say(w.lang, "deploy-again", messages.Number(w.lang, int(pause.Seconds()))))
			return time.Now().Add(pause)
		},
		Polls: w.tellPolls,
	})
}

// deploy deploys what was built, unless it has errors, which are told and waited for.
func (w *deployWatch) deploy(ctx context.Context, report *build.Report, err error) error {
	w.problems(report.Problems)
	if report.Problems.HasErrors() {
		if !w.refused {
			w.tellErrors(report)
		}
		w.refused = true
		return nil
	}
	w.refused = false
	if err != nil {
		return err
	}
	return w.bring(ctx, report)
}

// problems prints problems unless they are those printed last.
func (w *deployWatch) problems(problems diag.List) {
	var b bytes.Buffer
	printer := diag.Printer{Lang: w.lang, Line: source.Lines(w.opts.dir)}
	if printer.Text(&b, problems) == nil && !bytes.Equal(b.Bytes(), w.printed) {
		w.stderr.Write(b.Bytes())
		w.refused = false
	}
	w.printed = b.Bytes()
}
