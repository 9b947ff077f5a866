package picture

import (
	"bytes"
	"testing"
)

func FuzzReadHeader(f *testing.F) {
	for _, src := range telling(f) {
		f.Add(src)
	}
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x08Exif\x00\x00"))
	f.Add([]byte("\x00\x00\x00\x18ftypheic"))
	f.Fuzz(func(t *testing.T, src []byte) {
		h, err := ReadHeader(src)
		if err != nil {
			return
		}
		if h.Memory > MaxMemory || int64(h.Width)*int64(h.Height) > MaxPixels && h.Format != SVG {
			t.Errorf("let through: %+v", h)
		}
		clean, _, err := Strip(src, h.Format)
		if err != nil {
			return
		}
		again, active, err := Strip(clean, h.Format)
		if err != nil || !bytes.Equal(again, clean) || len(active) > 0 {
			t.Errorf("%q became %q and then %q, %v, %v", src, clean, again, active, err)
		}
	})
}
