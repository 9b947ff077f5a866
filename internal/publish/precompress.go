package publish

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
)

// A precompressed copy stands beside its file, under its name and an ending, and
// is planned with it: put in place behind it, in the same commit, and deleted
// before it, since servers give a copy without a look at the file.
var copyEndings = [...]string{".br", ".gz"}

// CopyOf returns the path of the file of which the one at path is a precompressed
// copy by its name; false if it is none. Whether that file stands is not asked.
func CopyOf(path string) (file string, ok bool) {
	for _, ending := range copyEndings {
		if file, ok = strings.CutSuffix(path, ending); ok {
			return file, true
		}
	}
	return path, false
}

// minCopied is from which size on a file is compressed, in bytes: a smaller one is
// one packet in any case.
const minCopied = 512

// levels are how hard pages and assets are compressed. Assets are few and read by
// every visitor; a page at the best level would cost a hundred times as long.
var levels = map[bool]struct{ brotli, gzip int }{
	false: {5, 6},
	true:  {brotli.BestCompression, gzip.BestCompression},
}

// compressor makes the bytes of a copy.
type compressor interface {
	io.WriteCloser
	Reset(io.Writer)
}

// compressors keeps what is costly to make, by ending and kind.
var compressors [len(copyEndings)][2]sync.Pool

func compress(kind int, asset bool, data []byte) ([]byte, error) {
	k := 0
	if asset {
		k = 1
	}
	pool := &compressors[kind][k]
	var out bytes.Buffer
	w, _ := pool.Get().(compressor)
	if w == nil {
		if kind == 0 {
			w = brotli.NewWriterLevel(&out, levels[asset].brotli)
		} else {
			w, _ = gzip.NewWriterLevel(&out, levels[asset].gzip)
		}
	}
	w.Reset(&out)
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	pool.Put(w)
	return out.Bytes(), nil
}

// hasCopies tells whether f gets copies.
func (o *Output) hasCopies(f *file) bool {
	return o.precompress != nil && f.entry.Size >= minCopied && o.precompress(f.path, f.entry.Class)
}

// writeCopies plans the copies of f, which holds data. One that is no smaller is
// not made.
func (o *Output) writeCopies(f *file, data []byte) error {
	if !o.hasCopies(f) {
		return nil
	}
	for kind := range copyEndings {
		if err := o.writeCopy(f, kind, data); err != nil {
			return err
		}
	}
	return nil
}

func (o *Output) writeCopy(f *file, kind int, data []byte) error {
	compressed, err := compress(kind, f.entry.Class == ClassAsset, data)
	if err != nil {
		return o.fail(err)
	}
	if len(compressed) >= len(data) {
		return nil
	}
	c, err := o.plan(f.path + copyEndings[kind])
	if err != nil {
		return o.fail(err)
	}
	c.twinOf = f
	entry := entryOf(compressed, f.entry.Class)
	if o.isHeld(c, entry) {
		return nil
	}
	c.entry = entry
	return o.stageFile(c, filledWith(compressed))
}

// keepCopies plans the copies of a file that is as it was: those that this
// program made stand, others are made from what read gives.
func (o *Output) keepCopies(f *file, read func() ([]byte, error)) error {
	if !o.hasCopies(f) {
		return nil
	}
	var data []byte
	for kind, ending := range copyEndings {
		c := o.lookUp(f.path + ending)
		if c != nil && c.ours && !c.planned && !o.verify && o.copied == o.manifest.digest && o.isHeld(c, c.entry) {
			c.planned, c.twinOf = true, f
			continue
		}
		if data == nil {
			var err error
			if data, err = read(); err != nil {
				return o.fail(err)
			}
		}
		if err := o.writeCopy(f, kind, data); err != nil {
			return err
		}
	}
	return nil
}

// readHeld reads a file of the output.
func (o *Output) readHeld(f *file) ([]byte, error) {
	file, size, _, err := o.out.open(f.path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if size != f.entry.Size {
		return nil, errDiffers
	}
	return io.ReadAll(file)
}

// turnOf returns the file whose turn f has in a commit.
func turnOf(f *file) *file {
	if f.twinOf != nil {
		return f.twinOf
	}
	return f
}
