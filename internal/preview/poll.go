package preview

import (
	"context"
	"slices"
	"time"

	"bantin/internal/source"
)

// The pauses between two looks at all files.
const (
	pollPause = time.Second
	// pollShare bounds the share of the time that looking takes: a pause is so
	// many times as long as the look before it.
	pollShare = 5
	// pollSettle is the pause after a change was seen: it counts only once two
	// looks give the same.
	pollSettle = 200 * time.Millisecond
)

// poll wakes the loop of c at each change until ctx ends. It finds changes by
// looking at the stamps of all files, on any file system. The first look counts
// as a change, for what came before it is not known.
func poll(ctx context.Context, dir string, c *changes) {
	var known, seen []source.File
	pause := pollPause
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
		began := time.Now()
		now := scan(ctx, dir, seen)
		pause = max(pollPause, pollShare*time.Since(began))
		switch {
		case !slices.Equal(now, seen):
			pause = pollSettle
		case !slices.Equal(now, known):
			known = now
			c.addUnknown()
			WakeUp(c.wake)
		}
		seen = now
	}
}

// scan lists the files of the site; while it can't be read, such as a share
// that is away for a moment, it is taken to be as before.
func scan(ctx context.Context, dir string, before []source.File) []source.File {
	tree, _, err := source.Scan(ctx, source.Roots{Dir: dir})
	if err != nil {
		return before
	}
	defer tree.Close()
	return tree.Files
}
