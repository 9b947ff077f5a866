package preview

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"testing"
	"testing/synctest"
	"time"

	"bantin/internal/build"
	"bantin/internal/diag"
	"bantin/internal/publish"
	"bantin/internal/source"
)

// bench runs a loop whose builds give what the test says, on a clock of its own.
type bench struct {
	wake   chan struct{}
	began  time.Time
	builds []time.Duration // when each began
	shown  []string        // what was shown, and when
	// searches is when the search was brought up to date, which fails if broken is set.
	searches []time.Duration
	broken   bool
	wrote    []string // by that
}

// outcome is what one build gives.
type outcome struct {
	mistake bool
	next    time.Duration // when the site changes by itself
	again   time.Duration // when who is shown it wants the next build
	waits   bool          // the search does
	err     error
}

// run runs a loop on the outcomes, then on good builds, while do works.
func (b *bench) run(t *testing.T, passes bool, outcomes []outcome, do func()) {
	b.wake, b.began = make(chan struct{}, 1), time.Now()
	ctx, cancel := context.WithCancel(t.Context())
	next := func(context.Context) (*build.Report, error) {
		var o outcome
		if n := len(b.builds); n < len(outcomes) {
			o = outcomes[n]
		}
		b.builds = append(b.builds, time.Since(b.began))
		return o.report(b.began), o.err
	}
	l := loop{
		build: next, buildChanged: next,
		buildSearch: func(context.Context) (*build.Report, error) {
			b.searches = append(b.searches, time.Since(b.began))
			if b.broken {
				return &build.Report{}, errors.New("disk full")
			}
			return &build.Report{Written: b.wrote, SearchFolders: []string{"tim-kiem/"}}, nil
		},
		save: func() error { return nil },
		show: func(r *build.Report, err error) (time.Time, error) {
			what := "good"
			if err != nil {
				what = err.Error()
			} else if r.Problems.HasErrors() {
				what = "mistake"
			}
			b.shown = append(b.shown, fmt.Sprintf("%s at %v", what, time.Since(b.began)))
			if n := len(b.builds); n <= len(outcomes) && outcomes[n-1].again > 0 {
				return b.began.Add(outcomes[n-1].again), nil
			}
			return time.Time{}, nil
		},
		wake:   b.wake,
		passes: passes,
	}
	done := make(chan error, 1)
	go func() { done <- l.run(ctx) }()
	synctest.Wait()
	do()
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func (o outcome) report(began time.Time) *build.Report {
	r := &build.Report{SearchWaits: o.waits}
	if o.mistake {
		r.Problems = diag.List{{Severity: diag.Error}}
	}
	if o.next > 0 {
		r.NextChange = began.Add(o.next).Round(0) // without the monotonic clock, as a date that was read
	}
	return r
}

// change wakes the loop, as a watcher does.
func (b *bench) change() { WakeUp(b.wake) }

func (b *bench) wantShown(t *testing.T, want ...string) {
	t.Helper()
	if fmt.Sprint(b.shown) != fmt.Sprint(want) {
		t.Errorf("shown %v, want %v", b.shown, want)
	}
}

func (b *bench) wantBuilds(t *testing.T, want ...time.Duration) {
	t.Helper()
	if fmt.Sprint(b.builds) != fmt.Sprint(want) {
		t.Errorf("built at %v, want %v", b.builds, want)
	}
}

const ms = time.Millisecond

func TestChangesOneAfterTheOtherGiveOneBuild(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var b bench
		b.run(t, true, nil, func() {
			for range 10 {
				b.change()
				time.Sleep(40 * ms)
			}
			time.Sleep(time.Hour)
		})
		b.wantBuilds(t, 0, 410*ms)
	})
}

func TestFilesThatNeverRestAreBuiltAllTheSame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var b bench
		b.run(t, true, nil, func() {
			for range 13_000 / 40 {
				b.change()
				time.Sleep(40 * ms)
			}
		})
		b.wantBuilds(t, 0, 5000*ms, 10_000*ms)
	})
}

func TestTheMistakesOfAHalfWrittenFileAreNotShown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var b bench
		b.run(t, true, []outcome{{}, {mistake: true}}, func() {
			b.change() // emptied
			time.Sleep(200 * ms)
			b.change() // filled
			time.Sleep(time.Hour)
		})
		b.wantBuilds(t, 0, 50*ms, 250*ms)
		b.wantShown(t, "good at 0s", "good at 250ms")
	})
}

func TestAMistakeThatStaysIsShown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var b bench
		b.run(t, true, []outcome{{}, {mistake: true}}, func() {
			b.change()
			time.Sleep(time.Hour)
			b.change()
			time.Sleep(time.Hour)
		})
		b.wantShown(t, "good at 0s", "mistake at 300ms", "good at 1h0m0.05s")
	})
}

func TestAMistakeIsShownThoughOtherFilesKeepChanging(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var b bench
		wrong := outcome{mistake: true}
		b.run(t, true, []outcome{{}, wrong, wrong, wrong, wrong, wrong}, func() {
			for range 10 {
				b.change()
				time.Sleep(100 * ms)
			}
		})
		if len(b.shown) < 2 || b.shown[1] != "mistake at 450ms" {
			t.Errorf("shown %v", b.shown)
		}
	})
}

func TestABuildThatAnotherProgramWentBetweenIsRepeated(t *testing.T) {
	for _, torn := range []error{source.ErrChanged, fs.ErrNotExist, &publish.BusyError{PID: 1}} {
		synctest.Test(t, func(t *testing.T) {
			var b bench
			b.run(t, true, []outcome{{err: fmt.Errorf("read a.md: %w", torn)}}, func() { time.Sleep(time.Hour) })
			b.wantShown(t, "good at 300ms")
		})
	}
}

func TestAFailureOfTheSystemIsShownAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var b bench
		b.run(t, true, []outcome{{}, {err: errors.New("disk full")}}, func() {
			b.change()
			time.Sleep(time.Hour)
		})
		b.wantShown(t, "good at 0s", "disk full at 50ms")
	})
}

func TestTheSiteIsBuiltWhenItChangesByItself(t *testing.T) {
	tests := []struct {
		name   string
		passes bool
		next   time.Duration
		want   []time.Duration
	}{
		{"soon", true, 10 * time.Second, []time.Duration{0, 10*time.Second + settleDelay}},
		{"after many naps", true, 3*time.Hour + ms, []time.Duration{0, 3*time.Hour + ms + settleDelay}},
		{"never", true, 0, []time.Duration{0}},
		{"not for a moment that stands still", false, 10 * time.Second, []time.Duration{0}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var b bench
				b.run(t, tt.passes, []outcome{{next: tt.next}}, func() { time.Sleep(24 * time.Hour) })
				b.wantBuilds(t, tt.want...)
			})
		})
	}
}

func TestTheLoopEndsInEachOfItsPauses(t *testing.T) {
	tests := []struct {
		name     string
		outcomes []outcome
		before   func(*bench)
	}{
		{"waiting", nil, func(*bench) {}},
		{"settling", nil, (*bench).change},
		{"doubting", []outcome{{mistake: true}}, func(*bench) {}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var b bench
				b.run(t, true, tt.outcomes, func() { tt.before(&b); synctest.Wait() })
				if elapsed := time.Since(b.began); elapsed != 0 {
					t.Errorf("it took %v", elapsed)
				}
			})
		})
	}
}

func TestABuildThatIsAskedForAgainComesInTime(t *testing.T) {
	for _, c := range []struct {
		name        string
		next, again time.Duration
		passes      bool
	}{
		{"alone", 0, time.Hour, true},
		{"before the site changes", 3 * time.Hour, time.Hour, true},
		{"after that", time.Hour, 3 * time.Hour, true},
		{"on a clock that stands", 0, time.Hour, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var b bench
				b.run(t, c.passes, []outcome{{next: c.next, again: c.again}}, func() { time.Sleep(4 * time.Hour) })
				if len(b.builds) != 2 || b.builds[1] < time.Hour || b.builds[1] > time.Hour+time.Second {
					t.Errorf("built at %v", b.builds)
				}
			})
		})
	}
}

func TestTheSearchFollowsWhenNothingChanges(t *testing.T) {
	waits := outcome{waits: true}
	for _, c := range []struct {
		name             string
		broken           bool
		wrote            []string
		builds, searches []time.Duration
		shown            int // beside the builds
	}{
		{"in time", false, []string{"tim-kiem/a.bin"}, []time.Duration{0, 50 * ms, 600 * ms}, []time.Duration{1600 * ms}, 0},
		{"with pages of a moment that has come", false, []string{"index.html", "tim-kiem/a.bin"}, []time.Duration{0, 50 * ms, 600 * ms}, []time.Duration{1600 * ms}, 1},
		{"or everything is built", true, nil, []time.Duration{0, 50 * ms, 600 * ms, 1600 * ms}, []time.Duration{1600 * ms}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := bench{broken: c.broken, wrote: c.wrote}
				b.run(t, true, []outcome{{}, waits, waits}, func() {
					b.change()
					time.Sleep(550 * ms)
					b.change()
					time.Sleep(time.Hour)
				})
				b.wantBuilds(t, c.builds...)
				if fmt.Sprint(b.searches) != fmt.Sprint(c.searches) {
					t.Errorf("the search was made at %v, want %v", b.searches, c.searches)
				}
				if len(b.shown) != len(b.builds)+c.shown {
					t.Errorf("shown %v", b.shown)
				}
			})
		})
	}
}

// typist runs a loop whose builds of what is typed take 30 ms until their page is
// shown, and 60 more, while do works; it returns how each went.
func typist(t *testing.T, mistakes int, do func(typed, files chan<- struct{})) (builds []string) {
	wake, typed, early := make(chan struct{}, 1), make(chan struct{}, 1), make(chan struct{}, 1)
	began := time.Now()
	note := func(what string) { builds = append(builds, fmt.Sprint(what, " at ", time.Since(began))) }
	ctx, cancel := context.WithCancel(t.Context())
	l := loop{
		build:        func(context.Context) (*build.Report, error) { note("all"); return &build.Report{}, nil },
		buildChanged: func(context.Context) (*build.Report, error) { note("changed"); return &build.Report{}, nil },
		buildUnsaved: func(ctx context.Context) (*build.Report, error) {
			time.Sleep(30 * ms)
			WakeUp(early)
			select {
			case <-ctx.Done():
				note("broken off")
				return &build.Report{}, ctx.Err()
			case <-time.After(60 * ms):
			}
			if mistakes--; mistakes >= 0 {
				note("mistake")
				return outcome{mistake: true}.report(began), nil
			}
			note("typed")
			return &build.Report{}, nil
		},
		show: func(*build.Report, error) (time.Time, error) { note("shown"); return time.Time{}, nil },
		save: func() error { return nil },
		wake: wake, typed: typed, early: early,
	}
	done := make(chan error, 1)
	go func() { done <- l.run(ctx) }()
	synctest.Wait()
	builds = nil // the first build of all
	do(typed, wake)
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
	return builds
}

func TestWhatIsTypedEndsTheBuildOfWhatWasOnceItsPageIsShown(t *testing.T) {
	for _, c := range []struct {
		name     string
		mistakes int
		keys     []time.Duration // pauses before each
		want     []string
	}{
		{"one key", 0, []time.Duration{0}, []string{"typed at 90ms", "shown at 90ms"}},
		{"before its page is shown", 0, []time.Duration{0, 10 * ms}, []string{"broken off at 30ms", "typed at 120ms", "shown at 120ms"}},
		{"after that", 0, []time.Duration{0, 50 * ms, 50 * ms}, []string{"broken off at 50ms", "broken off at 100ms", "typed at 190ms", "shown at 190ms"}},
		{"after a mistake", 1, []time.Duration{0, 100 * ms}, []string{"mistake at 90ms", "typed at 190ms", "shown at 190ms"}},
		{"a mistake that stays", 1, []time.Duration{0}, []string{"mistake at 90ms", "shown at 340ms"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				builds := typist(t, c.mistakes, func(typed, _ chan<- struct{}) {
					for _, pause := range c.keys {
						time.Sleep(pause)
						WakeUp(typed)
					}
					time.Sleep(time.Hour)
				})
				if fmt.Sprint(builds) != fmt.Sprint(c.want) {
					t.Errorf("built %v, want %v", builds, c.want)
				}
			})
		})
	}
}

func TestAFileThatChangesWhileSomebodyTypesIsLookedAt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		builds := typist(t, 0, func(typed, files chan<- struct{}) {
			WakeUp(typed)
			time.Sleep(40 * ms)
			WakeUp(files)
			WakeUp(typed)
			time.Sleep(time.Hour)
		})
		want := []string{"broken off at 40ms", "changed at 90ms", "shown at 90ms"}
		if fmt.Sprint(builds) != fmt.Sprint(want) {
			t.Errorf("built %v, want %v", builds, want)
		}
	})
}

func TestWhoAsksForABuildIsNotKeptFromSeeingAnyFile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var builds []string
		wake, now := make(chan struct{}, 1), make(chan struct{}, 1)
		does := func(what string) func(context.Context) (*build.Report, error) {
			return func(context.Context) (*build.Report, error) {
				builds = append(builds, what)
				return &build.Report{}, nil
			}
		}
		l := loop{
			build: does("all"), buildChanged: does("changed"), wake: wake, now: now,
			show: func(*build.Report, error) (time.Time, error) { return time.Time{}, nil },
			save: func() error { return nil },
		}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- l.run(ctx) }()
		for _, ask := range []chan struct{}{wake, now, wake} {
			time.Sleep(time.Minute)
			WakeUp(ask)
		}
		time.Sleep(time.Minute)
		cancel()
		if err := <-done; err != nil || fmt.Sprint(builds) != "[all changed all changed]" {
			t.Errorf("built %v, %v", builds, err)
		}
	})
}
