package main

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
	"sync/atomic"

	"bantin/internal/build"
	"bantin/static"
	"bantin/templates"
)

// The collector's memory: a build of a small site is done before it needs any
// collection, and one of ten thousand articles stays below 120 MB in all. Above
// that, memory follows the live heap.
const (
	smallHeap = 101 << 20 // bytes
	headroom  = 1.6       // memory over live heap
)

// A build that begins with the state of another one needs about as much memory
// as that did, so that it need not collect on the way there.
const (
	heapOfState  = 6.5     // memory over the size of the state
	expectedMost = 1 << 30 // bytes
)

// Where memory is short (a small server, a container), the system ends a program
// that takes more than there is, without a word: there the limit stays below it, as
// long as what is alive does.
const (
	share       = 0.8 // of what there is, for the heap; the rest is stacks and the program
	leastOfLive = 1.1 // memory over live heap: below it nothing but collecting is done
)

// mostHeap is how much memory there is for the heap, in bytes. It is looked for
// once, and for large sites alone.
var mostHeap = sync.OnceValue(func() int64 {
	return int64(share * float64(availableMemory(os.DirFS("/"))))
})

var (
	floor atomic.Int64 // the least limit of the heap; 0 as long as nothing tunes it, as in tests
	huge  atomic.Int64 // for how much of it huge pages were asked for
)

// tuneCollector sets the garbage collector for a program that runs for a
// moment: it waits until memory reaches a limit, and the limit grows with what
// is found alive.
func tuneCollector() {
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(smallHeap)
	floor.Store(smallHeap)
	afterEachCollection(func() {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(live)
		debug.SetMemoryLimit(heapLimit(live[0].Value.Uint64(), floor.Load(), mostHeap))
	})
}

// heapLimit returns the limit of a heap with live bytes alive: least or more,
// unless there is not so much.
func heapLimit(live uint64, least int64, most func() int64) int64 {
	limit := max(least, int64(headroom*float64(live)))
	if limit <= smallHeap {
		return limit
	}
	return max(smallHeap, int64(leastOfLive*float64(live)), min(limit, most()))
}

// newBuilder is build.New with the program's own templates and files, and with
// the memory that the site is expected to take.
func newBuilder(opt build.Options) *build.Builder {
	opt.Templates, opt.Static = templates.FS, static.FS
	b := build.New(opt)
	if least := floor.Load(); least > 0 {
		if size := b.StateSize(); size > 0 {
			least = heapLimit(0, max(least, min(expectedMost, int64(heapOfState*float64(size)))), mostHeap)
		}
		growHeap(least)
	}
	return b
}

// growHeap lets the heap grow to size bytes before anything is collected.
func growHeap(size int64) {
	floor.Store(size)
	if huge.Swap(size) < size { // once at best: memory that was asked for before is touched
		debug.SetMemoryLimit(math.MaxInt64)
		preferHugePages(int(size))
	}
	debug.SetMemoryLimit(size)
}

// afterEachCollection calls do after each run of the collector, by an object
// that nothing holds.
func afterEachCollection(do func()) {
	runtime.AddCleanup(new([32]byte), func(struct{}) { // too large for the allocator to keep several together
		do()
		afterEachCollection(do)
	}, struct{}{})
}

// saveMemory collects earlier, for what takes long and should stay small.
func saveMemory() { debug.SetGCPercent(75) }
