package libwebp

import "image"

// A JPEG's samples use all values of a byte (JFIF 1.02), a WebP's those of
// television (RFC 6386, 9.2; ITU-R BT.601): brightness 16 to 235, colour 16 to
// 240 around 128.
var (
	narrowLuma, narrowChroma = rescale(0, 255, 16, 219), rescale(128, 255, 128, 224)
	wideLuma, wideChroma     = rescale(16, 219, 0, 255), rescale(128, 224, 128, 255)
)

// rescale tells for each sample of a range, given as its origin and its span,
// the nearest one of another.
func rescale(origin, span, newOrigin, newSpan int) (table [256]byte) {
	for v := range table {
		n := 2*(v-origin)*newSpan + span*(2*newOrigin+1)
		table[v] = byte(min(max(n/(2*span), 0), 255))
	}
	return table
}

// Widen gives the samples of a decoded WebP, which golang.org/x/image/webp leaves
// as they are in the file, the range of a JPEG's. One without loss is in RGB and
// stays as it is.
func Widen(m image.Image) {
	var photo *image.YCbCr
	switch m := m.(type) {
	case *image.YCbCr:
		photo = m
	case *image.NYCbCrA:
		photo = &m.YCbCr
	default:
		return
	}
	for i, v := range photo.Y {
		photo.Y[i] = wideLuma[v]
	}
	for i := range photo.Cb {
		photo.Cb[i], photo.Cr[i] = wideChroma[photo.Cb[i]], wideChroma[photo.Cr[i]]
	}
}
