package preview

import (
	"context"
	"errors"
	"io/fs"
	"sync"
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
	// searchDelay is how long nothing may change before the search is brought up to
	// date: who edits waits for pages.
	searchDelay = time.Second
	// maxSleep is the longest sleep until a moment: timers stand still while the
	// machine sleeps.
	maxSleep = time.Minute
)

// loop builds whenever it is woken, and when the site changes by itself.
type loop struct {
	build func(context.Context) (*build.Report, error)
	// buildChanged is build after a change that wake told of.
	buildChanged func(context.Context) (*build.Report, error)
	// buildUnsaved is build where no file has changed, only what is not saved.
	buildUnsaved func(context.Context) (*build.Report, error)
	// buildSearch is build where nothing has changed, but the search waits: no page shows
	// what comes of it.
	buildSearch func(context.Context) (*build.Report, error)
	// show is told of each build that can be believed, and returns when to build
	// again at the latest, zero for never; its error ends the loop.
	show   func(*build.Report, error) (again time.Time, err error)
	save   func() error // keeps for the next process what was built; nobody waits for it
	wake   <-chan struct{}
	now    <-chan struct{} // like wake, but nothing has to settle
	typed  <-chan struct{} // only what is not saved has changed
	early  <-chan struct{} // a page of what is not saved is shown, and its build goes on
	passes bool            // the moment that is built for passes with the clock
	more   bool            // more was typed while that was built
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
		var again time.Time
		switch {
		case l.more && errors.Is(err, context.Canceled): // the next one has it too
		case mayBeHalfSaved(report, err) && held < maxUnconfirmed:
			held++
			switch next := l.changesSoon(ctx); {
			case next == typed && !isTorn(err):
				do = l.buildTyped
				continue
			case next != none || isTorn(err):
				l.settle(ctx)
				continue
			}
			fallthrough
		default:
			held = 0
			if again, err = l.show(report, err); err != nil {
				return err
			}
			_ = l.save() // without it the next process is slower, and no more than that
			if next := report.NextChange; l.passes && !next.IsZero() && (again.IsZero() || next.Before(again)) {
				again = next
			}
		}
		why := none
		if report.SearchWaits {
			if why = l.awaitUntil(ctx, time.After(searchDelay)); why == none {
				report, err := l.buildSearch(ctx)
				if err != nil {
					continue // a whole build tells what is wrong
				}
				if changesPages(report) { // a moment has passed, or something was typed
					if _, err := l.show(report, nil); err != nil {
						return err
					}
				}
				_ = l.save()
			}
		}
		if why == none {
			why = l.await(ctx, again)
		}
		switch why {
		case ended:
			return nil
		case changing:
			l.settle(ctx)
			do = l.buildChanged
		case typed:
			do = l.buildTyped
		}
	}
	return nil
}

// buildTyped is buildUnsaved. Once a page of it is shown, what more is typed ends
// it with context.Canceled: then nobody waits for the rest.
func (l *loop) buildTyped(ctx context.Context) (*build.Report, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	select {
	case <-l.early: // of the build before
	default:
	}
	done := make(chan struct{})
	var waiting sync.WaitGroup
	waiting.Go(func() {
		select {
		case <-l.early:
		case <-done:
			return
		}
		select {
		case <-l.typed:
			l.more = true
			stop()
		case <-done:
		}
	})
	report, err := l.buildUnsaved(ctx)
	close(done)
	waiting.Wait()
	return report, err
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
func (l *loop) changesSoon(ctx context.Context) reason {
	return l.awaitUntil(ctx, time.After(confirmDelay))
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
	none     reason = iota // for none: nothing happened
	ended                  // it does not
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
		if why := l.awaitUntil(ctx, due); why != none {
			return why
		}
		if !time.Now().Before(next) {
			return changing
		}
	}
}

// awaitUntil waits for a change until due; then it returns none. Where files have
// changed too, it does not say that only what is not saved has.
func (l *loop) awaitUntil(ctx context.Context, due <-chan time.Time) reason {
	if !l.more {
		select {
		case <-ctx.Done():
			return ended
		case <-l.wake:
			return changing
		case <-l.now:
			return changed
		case <-due:
			return none
		case <-l.typed:
		}
	}
	l.more = false
	select {
	case <-l.wake:
		return changing
	case <-l.now:
		return changed
	default:
		return typed
	}
}
