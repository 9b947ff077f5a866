// Package testsize says how much tests are to do, and what happens to one that
// lacks something of the machine. It knows nothing of what they test. Its
// invariant: in CI without -short, and nowhere else, all is done.
//
// With -short CI looks for races, in code that is then several times as slow:
// what shows none there is left out.
package testsize

import (
	"os"
	"os/exec"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"
)

// Outside of CI garbage is collected seldom, which is a seventh of the time of building
// many small sites. Benchmarks measure with the collector as it is.
func init() {
	benchmark := func(arg string) bool { return strings.HasPrefix(arg, "-test.bench") }
	if os.Getenv("CI") != "true" && !slices.ContainsFunc(os.Args, benchmark) {
		debug.SetGCPercent(400)
	}
}

// IsShort tells whether a test with many rounds is to take few, or a large site
// to be a small one: with -short, and wherever the environment lacks CI=true.
func IsShort() bool {
	return testing.Short() || os.Getenv("CI") != "true"
}

// SkipLong skips, where IsShort, a test that takes seconds to prove what others prove
// of less.
func SkipLong(t testing.TB, why string) {
	t.Helper()
	if IsShort() {
		t.Skip(why)
	}
}

// Rounds is how often a test tries something, how large that is, or how far it goes from
// one try to the next: few where IsShort, else all.
func Rounds(few, all int) int {
	if IsShort() {
		return few
	}
	return all
}

// SkipShort skips, with -short and under the race detector, a test that shows no
// race of ours: what it does is done by other programs, by one goroutine, or by none
// of the code that is built. What holds bounds of time or memory fails there.
func SkipShort(t testing.TB, why string) {
	t.Helper()
	if testing.Short() || underRace {
		t.Skip(why)
	}
}

// Took returns how much time of processors this process has while do runs: other
// programs share the machine.
func Took(do func()) time.Duration {
	before := processTime()
	do()
	return processTime() - before
}

// Need skips a test that lacks something of the machine, as err says; in CI, where
// nothing is to be skipped, the test fails.
func Need(t testing.TB, err error) {
	t.Helper()
	if err == nil {
		return
	}
	if os.Getenv("CI") == "true" {
		t.Fatal(err)
	}
	t.Skip(err)
}

// Program returns the path of a program that a test needs.
func Program(t testing.TB, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	Need(t, err)
	return path
}

// Some returns the cases of a test: every nth of them where IsShort.
func Some[T any](cases []T, n int) []T {
	if !IsShort() {
		return cases
	}
	var some []T
	for i := 0; i < len(cases); i += n {
		some = append(some, cases[i])
	}
	return some
}

// Sizes returns the sizes that a benchmark measures: with -short, where it is only
// to be seen that it runs, the smallest alone.
func Sizes(sizes ...int) []int {
	if testing.Short() {
		return sizes[:1]
	}
	return sizes
}

// Size is that of a benchmark which has one: small with -short.
func Size(small, full int) int { return slices.Max(Sizes(small, full)) }
