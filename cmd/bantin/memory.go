package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// The collector's memory: a build of a small site is done before it needs any
// collection, and one of ten thousand articles stays below 120 MB in all. Above
// that, memory follows the live heap.
const (
	smallHeap = 101 << 20 // bytes
	headroom  = 1.6       // memory over live heap
)

// tuneCollector sets the garbage collector for a program that runs for a
// moment: it waits until memory reaches a limit, and the limit grows with what
// is found alive.
func tuneCollector() {
	debug.SetGCPercent(-1)
	preferHugePages(smallHeap)
	debug.SetMemoryLimit(smallHeap)
	afterEachCollection(func() {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(live)
		debug.SetMemoryLimit(max(smallHeap, int64(headroom*float64(live[0].Value.Uint64()))))
	})
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
