package picture

import (
	"bytes"
	"errors"
	"testing"
)

// FuzzReadHeader calls what does not contain panics, so that it finds them.
func FuzzReadHeader(f *testing.F) {
	for _, src := range telling(f) {
		f.Add(src)
	}
	f.Add(scans(f, 64, 48, 3))
	f.Add(blank(f, 30, 20, 2, 3, true))
	f.Add(withChunk(blank(f, 30, 20, 8, 2, false), "iCCP", "a\x00\x00"))
	f.Add(webpWith("ICCP", iccOf("x")))
	f.Add([]byte("<svg" + both + `><g xmlns:a="b" a:c="d"><style>u<g/>rl(</style></g></svg>`))
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x08Exif\x00\x00"))
	f.Add([]byte("\x00\x00\x00\x18ftypheic"))
	f.Fuzz(func(t *testing.T, src []byte) {
		h, err := readHeader(src)
		if err != nil {
			return
		}
		if h.Memory > MaxMemory || int64(h.Width)*int64(h.Height) > MaxPixels && h.Format != SVG {
			t.Errorf("let through: %+v", h)
		}
		clean, _, err := strip(src, h.Format)
		if err != nil {
			return
		}
		again, active, err := strip(clean, h.Format)
		if err != nil || !bytes.Equal(again, clean) || len(active) > 0 {
			t.Errorf("%q became %q and then %q, %v, %v", src, clean, again, active, err)
		}
		if h.Memory > 32<<20 || h.Format == SVG {
			return // the limit has its own test
		}
		const buffers = 16 << 20
		if allocated, _, err := made(src); allocated > uint64(h.Memory)+buffers+512*uint64(len(src)) {
			t.Errorf("%+v: %v, %d kB", h, err, allocated>>10)
		} else if fault, ok := errors.AsType[*Error](err); ok {
			if p, ok := errors.AsType[panicked](fault.Err); ok {
				t.Errorf("%q: %v", src, p)
			}
		}
	})
}
