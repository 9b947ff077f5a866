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
	there := mostHeap
	defer func() { debug.SetMemoryLimit(before); floor.Store(0); mostHeap = there }()
	for _, c := range []struct{ state, there, want int64 }{
		{0, 1 << 40, smallHeap}, {1 << 20, 1 << 40, smallHeap}, {20 << 20, 1 << 40, 130 << 20}, {300 << 20, 1 << 40, expectedMost},
		{20 << 20, 110 << 20, 110 << 20}, {300 << 20, 400 << 20, 400 << 20},
	} {
		mostHeap = func() int64 { return c.there }
		floor.Store(smallHeap)
		cache := t.TempDir()
		state := filepath.Join(cache, "sources")
		if err := errors.Join(os.WriteFile(state, nil, 0o666), os.Truncate(state, c.state)); err != nil {
			t.Fatal(err)
		}
		newBuilder(build.Options{Dir: t.TempDir(), Cache: cache})
		if got := debug.SetMemoryLimit(-1); got != c.want {
			t.Errorf("after a state of %d bytes, with %d there, the limit is %d, want %d", c.state, c.there, got, c.want)
		}
	}
}

func TestTheHeapStaysBelowWhatThereIs(t *testing.T) {
	for _, c := range []struct {
		live, least, most, want int64
		why                     string
	}{
		{10 << 20, smallHeap, 50 << 20, smallHeap, "a small site does not ask"},
		{200 << 20, smallHeap, 1 << 40, 320 << 20, "room enough"},
		{300 << 20, smallHeap, 400 << 20, 400 << 20, "less than it would take"},
		{300 << 20, smallHeap, 100 << 20, 330 << 20, "less than is alive: collecting alone would not help"},
		{0, 1 << 30, 400 << 20, 400 << 20, "a state that tells of more than there is"},
		{0, 1 << 30, 50 << 20, smallHeap, "next to nothing"},
	} {
		got := heapLimit(uint64(c.live), c.least, func() int64 { return c.most })
		if off := got - c.want; off < -1 || off > 1 { // of a factor
			t.Errorf("%s: %d alive, %d expected, %d there: the limit is %d, want %d", c.why, c.live, c.least, c.most, got, c.want)
		}
	}
}
