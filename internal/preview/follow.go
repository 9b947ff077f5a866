package preview

import (
	"context"
	"time"

	"golang.org/x/sync/errgroup"

	"bantin/internal/build"
)

// FollowOptions say which site is followed, and who is told.
type FollowOptions struct {
	Builder *build.Builder
	Dir     string // the site's folder
	Passes  bool   // as in Options
	// Built is told of each build that can be believed, and returns when to build
	// again at the latest, zero for never.
	Built func(ctx context.Context, r *build.Report, err error) (again time.Time)
	Polls func(error) // as in Options; it may be called beside Built
}

// Follow builds a site, and builds it again at each change of its sources and
// whenever it changes by itself, until ctx ends.
func Follow(ctx context.Context, opt FollowOptions) error {
	changed := newChanges()
	watcher := openWatcher(opt.Dir, opt.Polls) // before the first build: it must miss nothing
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return watch(ctx, opt.Dir, watcher, changed, opt.Polls) })
	builds := loop{
		build: opt.Builder.Build, buildChanged: opt.Builder.Build, save: opt.Builder.Save, wake: changed.wake, passes: opt.Passes,
		show: func(r *build.Report, err error) (time.Time, error) { return opt.Built(ctx, r, err), nil },
	}
	group.Go(func() error { return builds.run(ctx) })
	return group.Wait()
}
