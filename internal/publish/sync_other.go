//go:build !linux

package publish

import "iter"

func syncAll(_ string, touched iter.Seq[string]) error {
	for path := range touched {
		if err := fsync(path); err != nil {
			return err
		}
	}
	return nil
}
