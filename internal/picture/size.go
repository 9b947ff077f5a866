package picture

import "io"

// Size returns the width and height in pixels that a picture's header tells.
func Size(r io.Reader) (width, height int, ok bool) {
	src, err := io.ReadAll(r)
	if err != nil {
		return 0, 0, false
	}
	h, err := ReadHeader(src)
	return h.Width, h.Height, err == nil && h.Format != SVG
}
