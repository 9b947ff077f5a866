//go:build !linux

package publish

import "iter"

// syncAll flushes what was touched and is still there, one by one.
func syncAll(_ string, touched iter.Seq[string]) error {
	for path := range touched {
		if err := fsync(path); err != nil && !isAbsent(err) {
			return err
		}
	}
	return nil
}
