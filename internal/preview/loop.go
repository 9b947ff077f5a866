package preview

import (
	"context"
	"errors"
	"io/fs"
	"time"

	"bantin/internal/build"
	"bantin/internal/publish"
	"bantin/internal/source"
)

// The pauses of the loop.
const (
	// settleDelay is how long no file may change before a build: programs save in
	// steps (empty the file, then fill it; write another, then rename it), and
	// checkouts change many files.
	settleDelay = 50 * time.Millisecond
	// settleLimit is the longest wait for that.
	settleLimit = 5 * time.Second
	// confirmDelay is how long the mistakes that a build found are held back: if
	// another change comes within it, they were those of half a file.
	confirmDelay = 250 * time.Millisecond
	// maxUnconfirmed is how many builds in a row may be held back.
	maxUnconfirmed = 4
	// maxSleep is the longest sleep until a moment: timers stand still while the
	// machine sleeps.
	maxSleep = time.Minute
)

// loop builds whenever it is woken, and when the site changes by itself.
type loop struct {
	build func(context.Context) (*build.Report, error)
	// buildUnsaved is build where no file has changed, only what is not saved.
	buildUnsaved func(context.Context) (*build.Report, error)
	// show is told of each build that can be believed, and returns when to build
	// again at the latest, zero for never; its error ends the loop.
	show   func(*build.Report, error) (again time.Time, err error)
	save   func() error // keeps for the next process what was built; nobody waits for it
	wake   <-chan struct{}
	now    <-chan struct{} // like wake, but nothing has to settle
	typed  <-chan struct{} // only what is not saved has changed
	passes bool            // the moment that is built for passes with the clock
}

// run builds once, then again and again until ctx ends.
func (l *loop) run(ctx context.Context) error {
	do := l.build
	for held := 0; ctx.Err() == nil; {
		report, err := do(ctx)
		do = l.build
		if ctx.Err() != nil {
			return nil
		}
		if mayBeHalfSaved(report, err) && held < maxUnconfirmed {
			held++
			if l.changesSoon(ctx) || isTorn(err) {
				l.settle(ctx)
				continue
			}
		}
		held = 0
		again, err := l.show(report, err)
		if err != nil {
			return err
		}
		_ = l.save() // without it the next process is slower, and no more than that
		if next := report.NextChange; l.passes && !next.IsZero() && (again.IsZero() || next.Before(again)) {
			again = next
		}
		switch l.await(ctx, again) {
		case ended:
			return nil
		case changing:
			l.settle(ctx)
		case typed:
			if len(l.wake)+len(l.now) == 0 {
				do = l.buildUnsaved
			}
		}
	}
	return nil
}

// mayBeHalfSaved tells whether what a build found may be due to a file that was
// only half written.
func mayBeHalfSaved(report *build.Report, err error) bool {
	return isTorn(err) || report.Problems.HasErrors()
}

// isTorn tells the errors of a build whose sources changed under it, or whose
// output another preview of the same site was writing.
func isTorn(err error) bool {
	var busy *publish.BusyError
	return errors.Is(err, source.ErrChanged) || errors.Is(err, fs.ErrNotExist) || errors.As(err, &busy)
}

// changesSoon waits for the next change, as long as mistakes are held back.
func (l *loop) changesSoon(ctx context.Context) bool {
	select {
	case <-ctx.Done():
		return false
	case <-l.wake:
		return true
	case <-l.now:
		return true
	case <-l.typed:
		return true
	case <-time.After(confirmDelay):
		return false
	}
}

// settle waits until no file changes any more.
func (l *loop) settle(ctx context.Context) {
	end := time.After(settleLimit)
	for {
		select {
		case <-ctx.Done():
			return
		case <-l.wake:
		case <-time.After(settleDelay):
			return
		case <-end:
			return
		}
	}
}

// reason is why the loop goes on.
type reason int

const (
	ended    reason = iota // it does not
	changing               // a file changed, or a moment came: it may not be the last change
	changed                // what changed has settled
	typed                  // only what is not saved has changed
)

// await waits for a change, or for the moment next unless it is zero.
func (l *loop) await(ctx context.Context, next time.Time) reason {
	for {
		var due <-chan time.Time
		if !next.IsZero() {
			due = time.After(min(time.Until(next), maxSleep))
		}
		select {
		case <-ctx.Done():
			return ended
		case <-l.wake:
			return changing
		case <-l.now:
			return changed
		case <-l.typed:
			return typed
		case <-due:
			if !time.Now().Before(next) {
				return changing
			}
		}
	}
}
