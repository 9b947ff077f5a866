//go:build !linux

package publish

import "iter"

// syncAll flushes what was touched in f and is still there, one by one.
func syncAll(f *folder, touched iter.Seq[string]) error {
	for name := range touched {
		if err := fsync(f, name); err != nil && !isAbsent(err) {
			return err
		}
	}
	return nil
}
