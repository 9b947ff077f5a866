// Package testsize says how much tests are to do. It knows nothing of what they
// test. Its invariant: in CI, and nowhere else, all is done.
package testsize

import (
	"os"
	"testing"
)

// IsShort tells whether a test with many rounds is to take few, or a large site
// to be a small one: with -short, and wherever the environment lacks CI=true.
func IsShort() bool {
	return testing.Short() || os.Getenv("CI") != "true"
}
