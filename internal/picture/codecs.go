package picture

import (
	"bytes"
	"errors"
	goversion "go/version"
	"image"
	"image/jpeg"
	"image/png"
	"runtime"
	"slices"
	"sync"

	"bantin/internal/digest"
)

// Codecs names how Go's own library, of which image/jpeg, image/png and
// compress/flate do what is not exactly laid down, decodes and encodes pictures:
// what was kept is made again when that may have changed. A feature release of Go
// may change anything (1.26 has another image/jpeg), so its number counts. A point
// release, of which there is one each month, mends single faults: it counts if
// it makes other bytes of two samples. It follows from the program alone: whoever
// kept what this very program told need not ask again.
var Codecs = sync.OnceValue(func() string { return codecsOf(runtime.Version(), samples()) })

func codecsOf(release string, made [][]byte) string {
	feature := goversion.Lang(release)
	if feature == "" {
		feature = release // of one that was never released
	}
	return digest.Fields(feature, string(slices.Concat(made...))).String()
}

// samples returns what is made of a small photo that lies on its side, which are
// two JPEGs, and a drawing with see-through parts as PNG and decoded again.
func samples() [][]byte {
	const width, height = 45, 27 // no multiples of a block
	photo := image.NewYCbCr(image.Rect(0, 0, width, height), image.YCbCrSubsampleRatio420)
	drawing := image.NewNRGBA(photo.Rect)
	noise := uint32(1)
	for _, pix := range [][]uint8{photo.Y, photo.Cb, photo.Cr, drawing.Pix} {
		for i := range pix {
			noise = noise*1664525 + 1013904223 // Numerical Recipes, 7.1
			pix[i] = uint8(4*i) + uint8(noise>>27)
		}
	}
	var src, sharp bytes.Buffer
	err := errors.Join(jpeg.Encode(&src, photo, nil), png.Encode(&sharp, drawing))
	h := Header{Format: JPEG, Width: height, Height: width, Orientation: 6}
	_, made, failed := makeSet(src.Bytes(), h, digest.Digest{}, Options{Widths: []int{height / 2}, Quality: 82})
	decoded, broken := decode(sharp.Bytes())
	if err := errors.Join(err, failed, broken); err != nil {
		panic(err) // both are sound, and memory takes all bytes
	}
	return append(made, sharp.Bytes(), decoded.planes[0].pix)
}
