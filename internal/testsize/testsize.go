// Package testsize says how much tests are to do. It knows nothing of what they
// test. Its invariant: in CI, and nowhere else, all is done.
package testsize

import (
	"os"
	"slices"
	"testing"
)

// IsShort tells whether a test with many rounds is to take few, or a large site
// to be a small one: with -short, and wherever the environment lacks CI=true.
func IsShort() bool {
	return testing.Short() || os.Getenv("CI") != "true"
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
