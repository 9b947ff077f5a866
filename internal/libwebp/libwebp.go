// Package libwebp encodes pictures as WebP with Google's library of that name,
// compiled to WebAssembly: the same bytes on every machine, without cgo, and
// never a library of the system.
//
// webp.wasm.gz is libwebp 1.4.0 as github.com/gen2brain/webp v0.5.5 ships it
// (lib/webp.wasm.gz there, with its source webp.c and Makefile). That module
// itself is not used, since it prefers a libwebp of the system where it finds
// one, whose bytes are others.
package libwebp

import (
	"bytes"
	"compress/gzip"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"image"
	"io"
	"sync"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

//go:embed webp.wasm.gz
var packed []byte

// MaxSide is the most pixels that a WebP is wide or high.
const MaxSide = 16383

// MaxMemory is how many bytes an Encoder takes at the most. A picture that would
// take more is an error: 16 million pixels of a photo, 2 to 5 of a drawing
// without loss, with Method 2.
const MaxMemory = 96 << 20

const pageSize = 64 << 10 // of WebAssembly's memory

// program is the library, ready to run.
type program struct {
	runtime wazero.Runtime
	module  wazero.CompiledModule
}

// compiled is the library as machine code, made when it is first asked for and
// kept in memory alone: code that is read from a folder would be run by whoever
// can write there. Where no code can be made, by the kind of processor or by
// the rules of the system, the library is interpreted: the same bytes, slower.
var compiled = sync.OnceValues(func() (*program, error) {
	if p, err := compile(wazero.NewRuntimeConfig()); err == nil {
		return p, nil
	}
	return compile(wazero.NewRuntimeConfigInterpreter())
})

func compile(c wazero.RuntimeConfig) (p *program, err error) {
	defer contain(&err)
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	code, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	p = &program{runtime: wazero.NewRuntimeWithConfig(ctx, c.WithMemoryLimitPages(MaxMemory/pageSize))}
	p.module, err = p.runtime.CompileModule(ctx, code)
	return p, err
}

// contain makes an error of a panic, such as that of a system which lets no
// program make code.
func contain(err *error) {
	if v := recover(); v != nil {
		*err = fmt.Errorf("libwebp: %v", v)
	}
}

// Encoder encodes pictures one after the other. It holds memory until it is
// closed.
type Encoder struct {
	instance             api.Module
	malloc, free, encode api.Function
}

// New returns an encoder. The first one of a process takes some tenths of a
// second.
func New() (*Encoder, error) {
	p, err := compiled()
	if err != nil {
		return nil, err
	}
	return p.newEncoder()
}

func (p *program) newEncoder() (e *Encoder, err error) {
	defer contain(&err)
	instance, err := p.runtime.InstantiateModule(context.Background(), p.module, wazero.NewModuleConfig().WithName(""))
	if err != nil {
		return nil, err
	}
	return &Encoder{
		instance: instance,
		malloc:   instance.ExportedFunction("malloc"),
		free:     instance.ExportedFunction("free"),
		encode:   instance.ExportedFunction("encode"),
	}, nil
}

// Close gives the memory back.
func (e *Encoder) Close() { _ = e.instance.Close(context.Background()) }

// Options are what the library is asked for.
type Options struct {
	Quality  int // 0 to 100; of a lossless picture, how hard to try
	Method   int // 0 to 6, from fast to small
	Lossless bool
}

// The layouts of pixels that the library's encode knows.
const (
	layoutRGBA = 0
	layoutYUVA = 4
)

// Encode encodes a picture, which must be a Gray, an RGBA, or a YCbCr with a
// quarter of the colour samples, and begin at 0, 0.
func (e *Encoder) Encode(m image.Image, o Options) (data []byte, err error) {
	defer contain(&err)
	size := m.Bounds().Size()
	if m.Bounds().Min != (image.Point{}) || size.X < 1 || size.Y < 1 || size.X > MaxSide || size.Y > MaxSide {
		return nil, errors.New("libwebp: no size of a WebP")
	}
	layout, length := layoutYUVA, size.X*size.Y*2+2*half(size.X)*half(size.Y)
	switch m := m.(type) {
	case *image.Gray:
	case *image.YCbCr:
		if m.SubsampleRatio != image.YCbCrSubsampleRatio420 {
			return nil, errors.New("libwebp: too many colour samples")
		}
	case *image.RGBA:
		layout, length = layoutRGBA, 4*size.X*size.Y
	default:
		return nil, fmt.Errorf("libwebp: no layout for a %T", m)
	}
	at, pixels, err := e.room(length)
	if err != nil {
		return nil, err
	}
	fill(pixels, m)
	told, _, err := e.room(4)
	if err != nil {
		return nil, err
	}
	lossless := 0
	if o.Lossless {
		lossless = 1
	}
	found, err := call(e.encode, at, size.X, size.Y, told, layout, o.Quality, o.Method, lossless, 0)
	if err != nil || found == 0 {
		return nil, errors.Join(errors.New("libwebp: not encoded"), err)
	}
	memory := e.instance.Memory()
	n, _ := memory.ReadUint32Le(uint32(told))
	view, ok := memory.Read(uint32(found), n)
	if !ok {
		return nil, errors.New("libwebp: no bytes")
	}
	data = bytes.Clone(view)
	for _, p := range []int{at, told, found} {
		if _, err := e.free.Call(context.Background(), uint64(p)); err != nil {
			return nil, err
		}
	}
	return data, nil
}

// room asks for memory of the library, and returns where it is, and it.
func (e *Encoder) room(n int) (at int, view []byte, err error) {
	if at, err = call(e.malloc, n); err != nil {
		return 0, nil, err
	}
	view, ok := e.instance.Memory().Read(uint32(at), uint32(n))
	if at == 0 || !ok {
		return 0, nil, errors.New("libwebp: out of memory")
	}
	return at, view, nil
}

// call calls a function that returns an address.
func call(f api.Function, args ...int) (int, error) {
	words := make([]uint64, len(args))
	for i, a := range args {
		words[i] = uint64(uint32(a))
	}
	results, err := f.Call(context.Background(), words...)
	if err != nil {
		return 0, err
	}
	return int(uint32(results[0])), nil
}

func half(n int) int { return (n + 1) / 2 }

// fill writes pixels as the library wants them: planes of brightness, two of
// colour and one of opacity, or red, green, blue and opacity of each pixel.
func fill(pixels []byte, m image.Image) {
	switch m := m.(type) {
	case *image.Gray:
		size := m.Rect.Size()
		pixels = fillPlane(pixels, m.Pix, m.Stride, size, &narrowLuma)
		colour := 2 * half(size.X) * half(size.Y)
		fillWith(pixels[:colour], 128)
		fillWith(pixels[colour:], 255)
	case *image.YCbCr:
		size := m.Rect.Size()
		quarter := image.Pt(half(size.X), half(size.Y))
		pixels = fillPlane(pixels, m.Y, m.YStride, size, &narrowLuma)
		pixels = fillPlane(pixels, m.Cb, m.CStride, quarter, &narrowChroma)
		pixels = fillPlane(pixels, m.Cr, m.CStride, quarter, &narrowChroma)
		fillWith(pixels, 255)
	case *image.RGBA:
		fillStraight(pixels, m)
	}
}

func fillPlane(to, from []byte, stride int, size image.Point, table *[256]byte) (rest []byte) {
	for y := range size.Y {
		row := from[y*stride:][:size.X]
		for x, v := range row {
			to[x] = table[v]
		}
		to = to[size.X:]
	}
	return to
}

func fillWith(to []byte, v byte) {
	for i := range to {
		to[i] = v
	}
}

// fillStraight writes colours that are not multiplied by their opacity.
func fillStraight(to []byte, m *image.RGBA) {
	size := m.Rect.Size()
	for y := range size.Y {
		row := m.Pix[y*m.Stride:][:4*size.X]
		for i := 0; i < len(row); i += 4 {
			a := uint32(row[i+3])
			if a == 0 || a == 255 {
				copy(to[i:i+4], row[i:i+4])
				continue
			}
			for c := range 3 {
				to[i+c] = byte(min(255, (uint32(row[i+c])*255+a/2)/a))
			}
			to[i+3] = byte(a)
		}
		to = to[4*size.X:]
	}
}
