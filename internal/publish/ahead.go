package publish

import (
	"io/fs"
	"os"

	"bantin/internal/strictfs"
)

// Ahead is what an output holds, read for the next Open while nobody waits for it.
type Ahead struct {
	done     chan struct{} // closed when it is read
	info     fs.FileInfo   // of the manifest; nil if it could not be read
	manifest manifest
	files    *table
}

// ReadAhead begins to read what the output folder dir holds. What it returns is for one
// Open with the same stamps and Options.Trusted.
func ReadAhead(dir string, stamps []byte) *Ahead {
	a := &Ahead{done: make(chan struct{})}
	go func() {
		defer close(a.done)
		out, err := strictfs.Trusted(dir)
		if err != nil {
			return
		}
		defer out.Close()
		info, err := out.Lstat(manifestName)
		if err != nil {
			return
		}
		m, err := readManifest(out)
		if err != nil || !applyStamps(&m, stamps) {
			return
		}
		a.info, a.manifest, a.files = info, m, newTable(m.files)
	}()
	return a
}

// take gives what was read to o, once: o writes to it. It is false if something else
// stands in the output.
func (a *Ahead) take(o *Output) bool {
	if a == nil {
		return false
	}
	<-a.done
	if a.info == nil {
		return false
	}
	info, err := o.out.Lstat(manifestName) // which is never written in place
	if err != nil || !os.SameFile(info, a.info) || info.Size() != a.info.Size() || !info.ModTime().Equal(a.info.ModTime()) {
		return false
	}
	o.manifest, o.files = a.manifest, a.files
	*a = Ahead{done: a.done}
	return true
}
