package main

import (
	"errors"
	"os"
	"path/filepath"
	"runtime/debug"
	"testing"

	"bantin/internal/build"
)

func TestABuildExpectsTheMemoryThatItsStateTellsOf(t *testing.T) {
	before := debug.SetMemoryLimit(-1)
	defer func() { debug.SetMemoryLimit(before); floor.Store(0) }()
	for _, c := range []struct{ state, want int64 }{{0, smallHeap}, {1 << 20, smallHeap}, {20 << 20, 130 << 20}, {300 << 20, expectedMost}} {
		floor.Store(smallHeap)
		cache := t.TempDir()
		state := filepath.Join(cache, "sources")
		if err := errors.Join(os.WriteFile(state, nil, 0o666), os.Truncate(state, c.state)); err != nil {
			t.Fatal(err)
		}
		newBuilder(build.Options{Dir: t.TempDir(), Cache: cache})
		if got := debug.SetMemoryLimit(-1); got != c.want {
			t.Errorf("after a state of %d bytes the limit is %d, want %d", c.state, got, c.want)
		}
	}
}
