package publish

import (
	"encoding/binary"
	"os"
	"runtime"
	"sync/atomic"

	"bantin/internal/digest"
)

// Stamps are the times at which the files were written. They tell, without
// reading a file, that it still is what was written. Times differ from machine
// to machine, so they stand in the caller's cache and not in the manifest:
//
//	16 bytes  digest of the manifest that they belong to
//	 8 bytes  for each of its files in turn: modification time in Unix
//	          nanoseconds, little-endian; 0 = not known
const stampSize = 8

// Stamps returns, after a Commit, what Options.Stamps of the next build takes.
func (o *Output) Stamps() []byte {
	b := make([]byte, 0, len(digest.Digest{})+stampSize*len(o.site))
	b = append(b, o.published[:]...)
	for _, f := range o.site {
		written := f.mtime
		if f.staged != "" {
			written = f.made
		}
		b = binary.LittleEndian.AppendUint64(b, uint64(written))
	}
	return b
}

// applyStamps gives the files of m their times; false if the stamps are not m's.
func applyStamps(m *manifest, stamps []byte) bool {
	n := len(m.digest)
	if len(stamps) != n+stampSize*len(m.files) || digest.Digest(stamps[:n]) != m.digest {
		return false
	}
	for i := range m.files {
		m.files[i].mtime = int64(binary.LittleEndian.Uint64(stamps[n+stampSize*i:]))
	}
	return true
}

// checkStamps forgets, in the background, the times of files that are not as
// stamped any more: those will be read.
func (o *Output) checkStamps() {
	const batch = 512
	files := o.manifest.files
	var next atomic.Int64
	for range runtime.GOMAXPROCS(0) {
		o.stamping.Go(func() {
			for {
				from := int(next.Add(batch)) - batch
				if from >= len(files) {
					return
				}
				for i := from; i < min(from+batch, len(files)); i++ {
					if !o.isAsStamped(&files[i]) {
						files[i].mtime = 0
					}
				}
			}
		})
	}
}

func (o *Output) isAsStamped(f *file) bool {
	if f.mtime == 0 {
		return false
	}
	info, err := os.Lstat(o.real(f.path))
	return err == nil && info.Mode().IsRegular() && info.Size() == f.held.Size && info.ModTime().UnixNano() == f.mtime
}
