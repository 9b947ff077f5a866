package build

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"bantin/internal/digest"
	"bantin/internal/strictfs"
)

// A file of the cache is made of pieces, so that it never stands in memory as
// a whole while it is written, and several can be read at once:
//
//	16 bytes  digest of the program that wrote it
//	for each piece:
//	    4 bytes  its length, little-endian
//	   16 bytes  its digest
//	   what it holds (codec.go)
//	4 bytes   zero
const (
	digestSize = len(digest.Digest{})
	lengthSize = 4
	pieceHead  = lengthSize + digestSize
)

// begin begins a piece, which can be read without those before it, and leaves
// room for its head.
func (e *encoder) begin() {
	e.b = append(e.b[:0], make([]byte, pieceHead)...)
	clear(e.seen)
}

// seal fills in the head of the piece and returns the whole.
func (e *encoder) seal() []byte {
	held := e.b[pieceHead:]
	sum := digest.Of(held)
	binary.LittleEndian.PutUint32(e.b, uint32(len(held)))
	copy(e.b[lengthSize:], sum[:])
	return e.b
}

// pieceWriter writes a file of the cache piece by piece.
type pieceWriter struct {
	encoder // of the piece under way
	file    io.Writer
	err     error // the first one
}

func newPieceWriter(file io.Writer, program digest.Digest) *pieceWriter {
	w := &pieceWriter{file: file}
	w.write(program[:])
	w.begin()
	return w
}

// end writes the piece that was gathered, if any, and begins the next.
func (w *pieceWriter) end() {
	if len(w.b) > pieceHead {
		w.write(w.seal())
		w.begin()
	}
}

// writeList writes the pieces that readList reads, several of which are
// encoded at once.
func writeList[T any](w *pieceWriter, list []T, size int, write func(*encoder, *T)) {
	encoders := make([]encoder, runtime.GOMAXPROCS(0))
	parts := slices.Collect(slices.Chunk(list, size))
	for batch := range slices.Chunk(parts, len(encoders)) {
		var encoding sync.WaitGroup
		for i, part := range batch {
			encoding.Go(func() {
				e := &encoders[i]
				e.begin()
				for k := range part {
					write(e, &part[k])
				}
			})
		}
		encoding.Wait()
		for i := range batch {
			w.write(encoders[i].seal())
		}
	}
}

// finish ends the file.
func (w *pieceWriter) finish() error {
	w.write(make([]byte, lengthSize))
	return w.err
}

func (w *pieceWriter) write(b []byte) {
	if w.err == nil {
		_, w.err = w.file.Write(b)
	}
}

// pieces is a file of the cache that is open for reading. The zero value has
// no piece.
type pieces struct {
	file  *os.File
	found []piece
}

// piece is where a piece stands in its file, with its head.
type piece struct{ at, length int64 }

// No file of the cache, and no piece, is larger than this many bytes: what says
// so was not written by this program, and must not fill the memory.
const (
	maxCacheFile = 4 << 30
	maxPiece     = 512 << 20
)

// checkCache returns a *strictfs.Error if the cache or the store of pictures
// is, or holds, what leads elsewhere or never ends. A file in the place of a
// folder, or the other way round, is only a cache that cannot be written.
func (b *Builder) checkCache() error {
	for _, dir := range []string{b.opt.Cache, b.picturesFolder()} {
		if err := b.checkFolder(dir); isDangerous(err) {
			return err
		}
	}
	return nil
}

func isDangerous(err error) bool {
	strange, ok := errors.AsType[*strictfs.Error](err)
	return ok && strange.Fault != strictfs.NotFolder && strange.Fault != strictfs.NotFile
}

func (b *Builder) checkFolder(dir string) error {
	folder, err := strictfs.Open(b.opt.Dir, dir)
	if err != nil {
		return err
	}
	defer folder.Close()
	return folder.Check(maxCacheFile)
}

// openPieces opens a file of the cache. One that is missing, of another
// program or not whole is as good as empty.
func (b *Builder) openPieces(name string) *pieces {
	folder, err := strictfs.Open(b.opt.Dir, b.opt.Cache)
	if err != nil {
		return &pieces{}
	}
	defer folder.Close()
	f, err := folder.Open(name, maxCacheFile)
	if err != nil {
		return &pieces{}
	}
	p := &pieces{file: f}
	if p.find(b.engine) != nil {
		p.found = nil
	}
	return p
}

// find finds the pieces of the file.
func (p *pieces) find(program digest.Digest) error {
	info, err := p.file.Stat()
	if err != nil {
		return err
	}
	var head [digestSize]byte
	if _, err := p.file.ReadAt(head[:], 0); err != nil || head != program {
		return errCorrupt
	}
	for at := int64(digestSize); ; {
		var length [lengthSize]byte
		if _, err := p.file.ReadAt(length[:], at); err != nil {
			return errCorrupt
		}
		held := int64(binary.LittleEndian.Uint32(length[:]))
		if held == 0 {
			if at+int64(lengthSize) != info.Size() {
				return errCorrupt
			}
			return nil
		}
		if held > maxPiece {
			return errCorrupt
		}
		p.found = append(p.found, piece{at, int64(pieceHead) + held})
		at += int64(pieceHead) + held
	}
}

// read makes d read piece i.
func (p *pieces) read(d *decoder, i int) error {
	if i >= len(p.found) {
		return errCorrupt
	}
	b := make([]byte, p.found[i].length)
	if _, err := p.file.ReadAt(b, p.found[i].at); err != nil {
		return err
	}
	if digest.Of(b[pieceHead:]) != digest.Digest(b[lengthSize:pieceHead]) {
		return errCorrupt
	}
	d.begin(b[pieceHead:])
	return nil
}

// readList reads a list of n items from the pieces behind the first one, of
// which each but the last holds size items. Several are read at once.
func readList[T any](p *pieces, zone *time.Location, n uint64, size int, read func(*decoder, *T)) ([]T, error) {
	if most := max(0, len(p.found)-1) * size; n > uint64(most) {
		return nil, errCorrupt
	}
	list := make([]T, n)
	parts := slices.Collect(slices.Chunk(list, size))
	var next atomic.Int64
	var group errgroup.Group
	for range min(runtime.GOMAXPROCS(0), len(parts)) {
		group.Go(func() error {
			d := &decoder{zone: zone}
			for {
				i := int(next.Add(1))
				if i > len(parts) {
					return nil
				}
				if err := p.read(d, i); err != nil {
					return err
				}
				if err := readPart(d, parts[i-1], read); err != nil {
					return err
				}
			}
		})
	}
	return list, group.Wait()
}

// readPart reads the items of a piece, which holds nothing else.
func readPart[T any](d *decoder, part []T, read func(*decoder, *T)) error {
	for i := 0; i < len(part) && d.err == nil; i++ {
		read(d, &part[i])
	}
	if !d.done() {
		d.fail()
	}
	return d.err
}

// close closes the file, of which nothing is lost by it.
func (p *pieces) close() { p.file.Close() }

// later leaves a file of the cache to Save. Of several versions of a file the
// last one counts.
func (b *Builder) later(name string, content func(*pieceWriter)) { b.unsaved[name] = content }

// Save writes the cache of the builds since the last Save, for the next
// process. It must not run beside Build, which calls it itself without
// Options.SaveLater.
func (b *Builder) Save() error {
	var saving errgroup.Group
	for name, content := range b.unsaved {
		saving.Go(func() error { return b.save(name, content) })
	}
	err := saving.Wait()
	if err == nil {
		clear(b.unsaved)
	}
	return err
}

// save writes a file of the cache: beside it first, then in its place.
func (b *Builder) save(name string, content func(*pieceWriter)) error {
	folder, err := strictfs.Make(b.opt.Dir, b.opt.Cache)
	if err == nil {
		defer folder.Close()
		err = folder.Replace(name, func(file io.Writer) error {
			w := newPieceWriter(file, b.engine)
			content(w)
			return w.finish()
		})
	}
	if err != nil {
		return fmt.Errorf("write the cache: %w", err)
	}
	return nil
}
