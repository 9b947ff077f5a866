// Package lazyregexp compiles regular expressions when they are first used: most
// runs of the program need few of those that its packages hold, and long ones
// take milliseconds and megabytes.
package lazyregexp

import (
	"regexp"
	"sync"
)

// New returns a function that returns the compiled expr. The first call panics
// if expr cannot be parsed.
func New(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
