package publish

import (
	"errors"
	"fmt"
	"io"
	"slices"
)

// DifferenceError says, under Options.Verify, where the files on disk are not
// what was planned. Paths are sorted, relative to the output, with slashes.
type DifferenceError struct {
	Missing []string // planned, not on disk
	Altered []string // on disk with other bytes, or not as a regular file
	Surplus []string // of an earlier build and not planned any more
}

func (e *DifferenceError) Error() string {
	return fmt.Sprintf("the output differs: %d missing, %d altered, %d surplus",
		len(e.Missing), len(e.Altered), len(e.Surplus))
}

// compare notes whether the disk has entry at f.
func (o *Output) compare(f *file, entry Entry) {
	f.entry = entry
	_, err := o.inspect(f.path, entry)
	o.mu.Lock()
	defer o.mu.Unlock()
	switch {
	case err == nil:
	case isAbsent(err):
		o.diff.Missing = append(o.diff.Missing, f.path)
	case errors.Is(err, errDiffers):
		o.diff.Altered = append(o.diff.Altered, f.path)
	case o.failed == nil:
		o.failed = fmt.Errorf("read %s: %w", f.path, err)
	}
}

// difference completes what compare noted with what lies beside the planned files.
func (o *Output) difference() error {
	d := &o.diff
	for i := range o.manifest.files {
		if f := &o.manifest.files[i]; !f.planned {
			d.Surplus = append(d.Surplus, f.path)
		}
	}
	planned, err := writeManifest(io.Discard, o.site, nil)
	switch {
	case err != nil:
		return err
	case o.manifest.digest.IsZero():
		d.Missing = append(d.Missing, manifestName)
	case o.manifest.digest != planned:
		d.Altered = append(d.Altered, manifestName)
	}
	if o.out != nil && o.out.isThere(journalName) {
		d.Surplus = append(d.Surplus, journalName)
	}
	if len(d.Missing)+len(d.Altered)+len(d.Surplus) == 0 {
		return nil
	}
	for _, paths := range [][]string{d.Missing, d.Altered, d.Surplus} {
		slices.Sort(paths)
	}
	return d
}
