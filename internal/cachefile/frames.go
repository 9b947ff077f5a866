package cachefile

import (
	"encoding/binary"
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
)

// A file is made of frames, so that it never stands in memory as a whole while
// it is written, and several can be read at once:
//
//	16 bytes  digest of the program that wrote it
//	for each frame:
//	    4 bytes  its length, little-endian, not zero
//	   16 bytes  its digest
//	   what it holds (codec.go)
//	4 bytes   zero
const (
	digestSize = len(digest.Digest{})
	lengthSize = 4
	frameHead  = lengthSize + digestSize
)

// maxFrame is more bytes than a frame takes.
const maxFrame = 512 << 20

// leastMapped is the size in bytes from which a file is mapped: new memory for so
// much, and the way there, cost more than the time to look at it.
const leastMapped = 1 << 20

// beginFrame begins a frame, which can be read without those before it, and
// leaves room for its head.
func (e *Encoder) beginFrame() {
	e.b = append(e.b[:0], make([]byte, frameHead)...)
	clear(e.seen)
}

// finishFrame fills in the head of the frame and returns the whole.
func (e *Encoder) finishFrame() ([]byte, error) {
	held := e.b[frameHead:]
	if len(held) > maxFrame && e.err == nil {
		e.err = fmt.Errorf("a frame of %d bytes is too large", len(held))
	}
	sum := digest.Of(held)
	binary.LittleEndian.PutUint32(e.b, uint32(len(held)))
	copy(e.b[lengthSize:], sum[:])
	return e.b, e.err
}

// Writer writes a file frame by frame. What its Encoder gathers goes to the
// frame under way.
type Writer struct {
	Encoder
	file   io.Writer
	frames digest.Hasher // of their digests
	err    error         // the first one
}

// Digest returns what Reader.Digest will return, once the file is written.
func (w *Writer) Digest() digest.Digest { return w.frames.Sum() }

func newWriter(file io.Writer, program digest.Digest) *Writer {
	w := &Writer{file: file}
	w.write(program[:], nil)
	w.beginFrame()
	return w
}

// EndFrame writes the frame that was gathered, if any, and begins the next.
func (w *Writer) EndFrame() {
	if len(w.b) > frameHead {
		w.writeFrame(w.finishFrame())
		w.beginFrame()
	}
}

// RawFrame writes a frame that Reader.RawFrame returned. The frame before must be ended.
func (w *Writer) RawFrame(b []byte) { w.writeFrame(b, nil) }

// WriteList writes the frames that ReadList reads, several of which are encoded
// at once. The frame before must be ended.
func WriteList[T any](w *Writer, list []T, perFrame int, encode func(*Encoder, *T)) {
	encoders := make([]Encoder, runtime.GOMAXPROCS(0))
	parts := slices.Collect(slices.Chunk(list, perFrame))
	for batch := range slices.Chunk(parts, len(encoders)) {
		var encoding sync.WaitGroup
		for i, part := range batch {
			encoding.Go(func() {
				e := &encoders[i]
				e.beginFrame()
				for k := range part {
					encode(e, &part[k])
				}
			})
		}
		encoding.Wait()
		for i := range batch {
			w.writeFrame(encoders[i].finishFrame())
		}
	}
}

// finish ends the file.
func (w *Writer) finish() error {
	w.EndFrame()
	w.write(make([]byte, lengthSize), nil)
	return w.err
}

func (w *Writer) writeFrame(b []byte, err error) {
	w.frames.Digest(digest.Digest(b[lengthSize:frameHead]))
	w.write(b, err)
}

func (w *Writer) write(b []byte, err error) {
	if w.err == nil {
		w.err = err
	}
	if w.err == nil {
		_, w.err = w.file.Write(b)
	}
}

// Reader is a file that is open for reading. The zero value has no frames.
type Reader struct {
	file   *os.File
	mapped []byte // the whole file, if it is large; else nil
	frames []frame
	digest digest.Digest
}

// frame is where a frame stands in its file, with its head.
type frame struct{ at, length int64 }

// Digest tells the file from any other, by the digests of its frames: another
// file can name it as that which it belongs to. It is zero for what cannot be read.
func (r *Reader) Digest() digest.Digest { return r.digest }

// Len returns how many frames the file has.
func (r *Reader) Len() int { return len(r.frames) }

// find finds the frames of the file.
func (r *Reader) find(program digest.Digest) error {
	info, err := r.file.Stat()
	if err != nil {
		return err
	}
	var head [digestSize]byte
	if _, err := r.file.ReadAt(head[:], 0); err != nil || head != program {
		return ErrDamaged
	}
	var frames digest.Hasher
	for at := int64(digestSize); ; {
		var frameStart [frameHead]byte
		if n, err := r.file.ReadAt(frameStart[:], at); n < lengthSize || err != nil && err != io.EOF {
			return ErrDamaged
		}
		held := int64(binary.LittleEndian.Uint32(frameStart[:]))
		if held == 0 {
			if at+int64(lengthSize) != info.Size() {
				return ErrDamaged
			}
			r.digest = frames.Sum()
			if info.Size() >= leastMapped {
				r.mapped = mapped(r.file, info.Size())
			}
			return nil
		}
		frames.Digest(digest.Digest(frameStart[lengthSize:]))
		end := at + int64(frameHead) + held
		if held > maxFrame || end > info.Size() {
			return ErrDamaged
		}
		r.frames = append(r.frames, frame{at, int64(frameHead) + held})
		at = end
	}
}

// held returns how many bytes the frames hold, of which each item takes one or
// more.
func (r *Reader) held() (bytes int64) {
	for _, f := range r.frames {
		bytes += f.length - int64(frameHead)
	}
	return bytes
}

// Frame makes d read frame i.
func (r *Reader) Frame(i int, d *Decoder) error {
	b, err := r.RawFrame(i)
	if err == nil {
		d.begin(b[frameHead:])
	}
	return err
}

// RawFrame returns frame i as it stands in the file, for Writer.RawFrame. Nobody may
// write to it.
func (r *Reader) RawFrame(i int) ([]byte, error) {
	if i >= len(r.frames) {
		return nil, ErrDamaged
	}
	b, err := r.bytes(r.frames[i])
	if err != nil {
		return nil, err
	}
	if digest.Of(b[frameHead:]) != digest.Digest(b[lengthSize:frameHead]) {
		return nil, ErrDamaged
	}
	return b, nil
}

// bytes returns a frame with its head, which nobody may write to.
func (r *Reader) bytes(f frame) ([]byte, error) {
	if r.mapped != nil {
		return r.mapped[f.at : f.at+f.length], nil
	}
	b := make([]byte, f.length)
	_, err := r.file.ReadAt(b, f.at)
	return b, err
}

// ReadList reads a list of n items from the frames behind the first one, of
// which each but the last holds perFrame items; times are given in zone.
// Several frames are read at once.
func ReadList[T any](r *Reader, zone *time.Location, n uint64, perFrame int, decode func(*Decoder, *T)) ([]T, error) {
	if n > uint64(max(0, len(r.frames)-1)*perFrame) || n > uint64(r.held()) {
		return nil, ErrDamaged
	}
	list := make([]T, n)
	parts := slices.Collect(slices.Chunk(list, perFrame))
	var next atomic.Int64
	var group errgroup.Group
	for range min(runtime.GOMAXPROCS(0), len(parts)) {
		group.Go(func() error {
			d := &Decoder{zone: zone}
			for {
				i := int(next.Add(1))
				if i > len(parts) {
					return nil
				}
				if err := r.Frame(i, d); err != nil {
					return err
				}
				if err := readPart(d, parts[i-1], decode); err != nil {
					return err
				}
			}
		})
	}
	return list, group.Wait()
}

// readPart reads the items of a frame, which holds nothing else.
func readPart[T any](d *Decoder, part []T, decode func(*Decoder, *T)) error {
	for i := 0; i < len(part) && d.err == nil; i++ {
		decode(d, &part[i])
	}
	if !d.Done() {
		d.fail()
	}
	return d.err
}

// Close closes the file, of which nothing is lost by it.
func (r *Reader) Close() { r.file.Close() }
