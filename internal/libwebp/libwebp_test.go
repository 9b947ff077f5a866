package libwebp

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/color"
	"io"
	"math/rand/v2"
	"testing"

	"github.com/tetratelabs/wazero"
	"golang.org/x/image/webp"

	"bantin/internal/testsize"
)

// meadow is a small picture with edges, a slope of light and grain.
func meadow(width, height int) *image.YCbCr {
	m := image.NewYCbCr(image.Rect(0, 0, width, height), image.YCbCrSubsampleRatio420)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range m.Y {
		x, y := i%width, i/width
		m.Y[i] = byte(40 + 120*y/height + x*y%37 + r.IntN(12))
	}
	for i := range m.Cb {
		m.Cb[i], m.Cr[i] = byte(90+i%40), byte(150-i/40%40)
	}
	return m
}

// logo is a picture with see-through corners and a soft edge.
func logo(size int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, size, size))
	for i := range size * size {
		x, y := i%size-size/2, i/size-size/2
		a := uint8(min(255, max(0, (size*size/5-x*x-y*y)/2)))
		m.SetRGBA(i%size, i/size, color.RGBA{a, uint8(int(a) * 40 / 255), 0, a})
	}
	return m
}

func encoded(t *testing.T, e *Encoder, m image.Image, o Options) []byte {
	t.Helper()
	data, err := e.Encode(m, o)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func newEncoder(t *testing.T) *Encoder {
	t.Helper()
	e, err := New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Close)
	return e
}

// cases are pictures of each kind, with the beginnings of the SHA-256 of what
// is made of them, on every machine and by every way of running the library.
var cases = []struct {
	name   string
	m      image.Image
	o      Options
	digest string
}{
	{"a photo", meadow(97, 61), Options{Quality: 82, Method: 2}, "a72fd14debede764"},
	{"a photo, slowly", meadow(97, 61), Options{Quality: 75, Method: 4}, "8ab641c1de1f062c"},
	{"a photo in grey", &image.Gray{Pix: meadow(97, 61).Y, Stride: 97, Rect: image.Rect(0, 0, 97, 61)}, Options{Quality: 82, Method: 2}, "4eb3046239431efe"},
	{"a logo", logo(60), Options{Quality: 50, Method: 2, Lossless: true}, "2b7c19724cde316e"},
	{"a logo with loss", logo(60), Options{Quality: 82, Method: 2}, "6923757e3f65339b"},
}

func TestTheSameBytesAreMadeOfAPictureOnEveryMachine(t *testing.T) {
	testsize.SkipShort(t, "one goroutine interprets the library")
	interpreted, err := compile(wazero.NewRuntimeConfigInterpreter())
	if err != nil {
		t.Fatal(err)
	}
	slow, err := interpreted.newEncoder()
	if err != nil {
		t.Fatal(err)
	}
	defer slow.Close()
	e := newEncoder(t)
	for _, c := range cases {
		first := encoded(t, e, c.m, c.o)
		for name, other := range map[string]*Encoder{"again": e, "by another instance": newEncoder(t), "interpreted": slow} {
			if !bytes.Equal(encoded(t, other, c.m, c.o), first) {
				t.Errorf("%s: other bytes %s", c.name, name)
			}
		}
		sum := sha256.Sum256(first)
		if got := hex.EncodeToString(sum[:8]); got != c.digest {
			t.Errorf("%s: got %s, want %s", c.name, got, c.digest)
		}
	}
}

func TestAPhotoLooksAsItDid(t *testing.T) {
	m := meadow(160, 96)
	got, err := webp.Decode(bytes.NewReader(encoded(t, newEncoder(t), m, Options{Quality: 95, Method: 2})))
	if err != nil {
		t.Fatal(err)
	}
	back := got.(*image.YCbCr)
	if off := difference(back.Y, back.YStride, m.Y, 160, 96, func(v int) int { return (v-16)*255/219 + 0 }); off > 4 {
		t.Errorf("brightness is off by %d", off)
	}
	if off := difference(back.Cb, back.CStride, m.Cb, 80, 48, func(v int) int { return (v-128)*255/224 + 128 }); off > 4 {
		t.Errorf("colour is off by %d", off)
	}
}

// difference returns how far two planes are apart on average.
func difference(a []byte, stride int, b []byte, width, height int, of func(int) int) int {
	sum := 0
	for i := range width * height {
		d := of(int(a[i/width*stride+i%width])) - int(b[i])
		sum += max(d, -d)
	}
	return sum / (width * height)
}

func TestNothingIsLostWithoutLoss(t *testing.T) {
	m := logo(120)
	got, err := webp.Decode(bytes.NewReader(encoded(t, newEncoder(t), m, Options{Quality: 50, Method: 2, Lossless: true})))
	if err != nil {
		t.Fatal(err)
	}
	for i := range 120 * 120 {
		want := color.NRGBAModel.Convert(m.At(i%120, i/120)).(color.NRGBA)
		is := got.At(i%120, i/120).(color.NRGBA)
		if is.A != want.A || want.A > 0 && (near(is.R, want.R) > 1 || near(is.G, want.G) > 1) {
			t.Fatalf("pixel %d: got %v, want %v", i, is, want)
		}
	}
}

func near(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }

func TestWhatCannotBeEncodedIsAnError(t *testing.T) {
	e := newEncoder(t)
	for name, m := range map[string]image.Image{
		"no pixels":   image.NewRGBA(image.Rectangle{}),
		"too wide":    image.NewGray(image.Rect(0, 0, MaxSide+1, 1)),
		"a part":      image.NewGray(image.Rect(1, 0, 9, 9)),
		"a kind":      image.NewNRGBA(image.Rect(0, 0, 9, 9)),
		"too much":    image.NewRGBA(image.Rect(0, 0, 8000, 4000)),
		"all colours": image.NewYCbCr(image.Rect(0, 0, 10, 10), image.YCbCrSubsampleRatio444),
	} {
		if data, err := e.Encode(m, Options{Quality: 82, Method: 2}); err == nil {
			t.Errorf("%s: %d bytes", name, len(data))
		}
	}
	encoded(t, e, meadow(16, 16), Options{Quality: 82, Method: 2}) // it still works
}

// TestTheLibraryIsTheOneThatIsNamed holds the file equal to that of the module
// it came from, and that it asks for nothing outside itself.
func TestTheLibraryIsTheOneThatIsNamed(t *testing.T) {
	sum := sha256.Sum256(packed)
	if got, want := hex.EncodeToString(sum[:]), "bbcf68343d79d80ba4ce7bb29215b2943711bd0787f68ff31785c6e2bb044459"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, r); err != nil {
		t.Fatal(err)
	}
	p, err := compiled()
	if err != nil || len(p.module.ImportedFunctions())+len(p.module.ImportedMemories()) > 0 {
		t.Errorf("it imports %v, %v", p.module.ImportedFunctions(), err)
	}
}
