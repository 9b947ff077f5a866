package picture

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"slices"
	"testing"
)

// testOptions are the defaults of site.yaml.
var testOptions = Options{Widths: []int{480, 960, 1600}, Quality: 82, WebP: true}

// scene paints something with the detail of a photo: a sky, hills, leaves and
// the grain of a small sensor.
func scene(width, height int) *image.YCbCr {
	m := image.NewYCbCr(image.Rect(0, 0, width, height), image.YCbCrSubsampleRatio420)
	rng := rand.New(rand.NewPCG(uint64(width), uint64(height)))
	for y := range height {
		for x := range width {
			hill := (x*7/5 + (x*x/width)*3) % (height/2 + 1)
			light := 200 - 60*y/height
			if y > height/2-hill/4 {
				light = 90 + (x*13^y*7)>>3%40
			}
			m.Y[y*m.YStride+x] = uint8(light + rng.IntN(9))
		}
	}
	for y := range half(height) {
		for x := range half(width) {
			m.Cb[y*m.CStride+x] = uint8(150 - 50*y/half(height))
			m.Cr[y*m.CStride+x] = uint8(110 + 20*x/half(width))
		}
	}
	return m
}

func jpegOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 92}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withSegment puts a segment behind the start of a JPEG.
func withSegment(src []byte, marker byte, data string) []byte {
	out := append([]byte{}, src[:2]...)
	out = append(out, 0xff, marker)
	out = binary.BigEndian.AppendUint16(out, uint16(2+len(data)))
	out = append(out, data...)
	return append(out, src[2:]...)
}

// exifOf returns EXIF that tells an orientation, a camera and a place.
func exifOf(orientation int) string {
	b := []byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x02")
	b = append(b, "\x01\x0f\x00\x02\x00\x00\x00\x04Cam\x00"...)
	b = append(b, "\x01\x12\x00\x03\x00\x00\x00\x01\x00"...)
	b = append(b, byte(orientation), 0, 0)
	return string(append(b, 0, 0, 0, 0)) + "GPSLatitude 18.34 N"
}

// corners paints four areas: red at the top left, green at the top right,
// blue at the bottom left, white at the bottom right.
func corners(width, height int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			c := color.RGBA{220, 20, 20, 255}
			switch {
			case x >= width/2 && y < height/2:
				c = color.RGBA{20, 200, 20, 255}
			case x < width/2 && y >= height/2:
				c = color.RGBA{20, 20, 220, 255}
			case y >= height/2:
				c = color.RGBA{250, 250, 250, 255}
			}
			m.SetRGBA(x, y, c)
		}
	}
	return m
}

// withChunk puts a chunk before the pixels of a PNG.
func withChunk(src []byte, kind, data string) []byte {
	at := len(pngSignature) + 25
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	chunk = append(append(chunk, kind...), data...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
	return slices.Concat(src[:at], chunk, src[at:])
}

// fixCRC makes the checksum of a PNG's header right.
func fixCRC(src []byte) {
	at := len(pngSignature) + 8
	binary.BigEndian.PutUint32(src[at+13:], crc32.ChecksumIEEE(src[at-4:at+13]))
}
