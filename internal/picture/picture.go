// Package picture knows pictures: for now their size, which pages need so
// that a text does not jump while its pictures load.
//
// It is pure and reads no further into a picture than its header.
package picture

import (
	"image"
	_ "image/gif" // the formats that editors use
	_ "image/jpeg"
	_ "image/png"
	"io"

	_ "golang.org/x/image/webp"
)

// Size returns the width and height in pixels that a picture's header tells.
// A picture of another format than GIF, JPEG, PNG or WebP has no known size.
func Size(r io.Reader) (width, height int, ok bool) {
	config, _, err := image.DecodeConfig(r)
	if err != nil {
		return 0, 0, false
	}
	return config.Width, config.Height, true
}
