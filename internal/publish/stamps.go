package publish

import (
	"encoding/binary"
	"runtime"
	"sync"
	"sync/atomic"

	"bantin/internal/digest"
)

// Stamps are the times at which the files were written, and their keys. They
// tell, without reading a file, that it still is what was written, and, without
// making it, that it would be the same again. Both differ from machine to machine
// and from program to program, so they stand in the caller's cache and not in the
// manifest:
//
//	16 bytes  digest of the manifest that they belong to
//	for each of its files in turn:
//	     8 bytes  modification time in Unix nanoseconds, little-endian; 0 = not known
//	    16 bytes  key; zero = not known
const (
	timeSize  = 8
	stampSize = timeSize + len(digest.Digest{})
)

// Stamps returns, after a Commit, what Options.Stamps of the next build takes.
func (o *Output) Stamps() []byte {
	o.stamping.Wait()
	copy(o.stamps, o.published[:])
	return o.stamps
}

// makeStamps makes, in the background, the stamps of the new site, but for the digest
// of its manifest.
func (o *Output) makeStamps() {
	o.stamping.Go(func() {
		o.stamps = make([]byte, len(digest.Digest{})+stampSize*len(o.site))
		rest := o.stamps[len(digest.Digest{}):]
		for _, f := range o.site {
			binary.LittleEndian.PutUint64(rest, uint64(f.mtime))
			copy(rest[timeSize:], f.key[:])
			rest = rest[stampSize:]
		}
	})
}

// applyStamps gives the files of m their times and keys; false if the stamps are not m's.
func applyStamps(m *manifest, stamps []byte) bool {
	n := len(m.digest)
	if len(stamps) != n+stampSize*len(m.files) || digest.Digest(stamps[:n]) != m.digest {
		return false
	}
	for i := range m.files {
		stamp := stamps[n+stampSize*i:]
		m.files[i].mtime = int64(binary.LittleEndian.Uint64(stamp))
		m.files[i].key = digest.Digest(stamp[timeSize:stampSize])
	}
	return true
}

// checkStamps forgets, in the background, the times of files that are not as
// stamped any more: those will be read.
func (o *Output) checkStamps() {
	const batch = 32
	var next atomic.Int64
	files := o.manifest.files
	check := func() {
		for from := int(next.Add(batch)) - batch; from < len(files); from = int(next.Add(batch)) - batch {
			for i := from; i < min(from+batch, len(files)); i++ {
				if !o.out.isAsStamped(&files[i]) {
					files[i].mtime = 0
				}
			}
			runtime.Gosched() // what else there is to do has often one core alone for it
		}
	}
	o.stamping.Go(func() {
		var workers sync.WaitGroup
		for range runtime.GOMAXPROCS(0) {
			workers.Go(check)
		}
		workers.Wait()
	})
}

func (d *folder) isAsStamped(f *file) bool {
	if f.mtime == 0 {
		return false
	}
	size, mtime, ok := d.statRegular(f.path)
	return ok && size == f.entry.Size && mtime == f.mtime
}
