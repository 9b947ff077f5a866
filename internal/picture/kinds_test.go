package picture

import (
	"bytes"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bantin/internal/digest"
)

// TestEveryKindOfJPEGLooksTheSame takes one photo as it comes from cameras,
// scanners and print shops. The files are those of Go's own tests of
// image/jpeg (BSD licence), 150 × 103 pixels.
func TestEveryKindOfJPEGLooksTheSame(t *testing.T) {
	for name, as := range map[string]string{
		"progressive.jpeg": "baseline.jpeg", "422.jpeg": "baseline.jpeg", "rgb.jpeg": "baseline.jpeg",
		"cmyk.jpeg": "cmyk.png", // print has other colours than screens
	} {
		got, want := average(t, variantOf(t, name)), average(t, variantOf(t, as))
		for c := range want {
			if d := got[c] - want[c]; d < -6 || d > 6 {
				t.Errorf("%s: got the colour %v, want about %v", name, got, want)
				break
			}
		}
	}
}

// variantOf returns a picture of testdata, scaled to a width of 96.
func variantOf(t *testing.T, name string) []byte {
	t.Helper()
	src, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	h, err := ReadHeader(src)
	if err != nil {
		t.Fatal(err)
	}
	_, files, err := Make(src, h, digest.Digest{}, Options{Widths: []int{96}, Quality: 82})
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %d files, %v", name, len(files), err)
	}
	return files[0]
}

// average returns the average colour of a picture that must be 96 × 66.
func average(t *testing.T, src []byte) [3]int {
	t.Helper()
	m, _, err := image.Decode(bytes.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	if size := m.Bounds().Size(); size != image.Pt(96, 66) {
		t.Errorf("the size is %v", size)
	}
	var sum [3]int
	n := m.Bounds().Dx() * m.Bounds().Dy()
	for y := range m.Bounds().Dy() {
		for x := range m.Bounds().Dx() {
			c := color.RGBAModel.Convert(m.At(x, y)).(color.RGBA)
			sum[0], sum[1], sum[2] = sum[0]+int(c.R), sum[1]+int(c.G), sum[2]+int(c.B)
		}
	}
	return [3]int{sum[0] / n, sum[1] / n, sum[2] / n}
}

func TestAPictureOf16BitsKeepsItsColours(t *testing.T) {
	m := image.NewNRGBA64(image.Rect(0, 0, 700, 400))
	for y := range 400 {
		for x := range 700 {
			m.SetNRGBA64(x, y, color.NRGBA64{0x8000, 0x4000, uint16(x * 90), 0xffff})
		}
	}
	_, _, files := mustMake(t, pngOf(t, m))
	small, _, err := image.Decode(bytes.NewReader(files[0]))
	if err != nil {
		t.Fatal(err)
	}
	if c := color.RGBAModel.Convert(small.At(100, 100)).(color.RGBA); c.R < 0x7d || c.R > 0x83 || c.G < 0x3d || c.G > 0x43 {
		t.Errorf("got %v", c)
	}
}

// apng returns a PNG that moves: two frames of one colour each.
func apng(t testing.TB) []byte {
	t.Helper()
	src := blank(t, 5, 4, 8, 2, false)
	head, end := len(pngSignature)+25, len(src)-12
	control := func(sequence byte) []byte {
		return []byte{0, 0, 0, sequence, 0, 0, 0, 5, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 10, 0, 0}
	}
	out := appendChunk(append([]byte{}, src[:head]...), "acTL", []byte{0, 0, 0, 2, 0, 0, 0, 0})
	out = append(appendChunk(out, "fcTL", control(0)), src[head:end]...)
	out = appendChunk(out, "fcTL", control(1))
	out = appendChunk(out, "fdAT", append([]byte{0, 0, 0, 2}, src[head+8:end-4]...))
	return append(out, src[end:]...)
}

func TestAPNGThatMovesIsKeptAsItIs(t *testing.T) {
	src := withChunk(apng(t), "eXIf", strings.TrimPrefix(exifOf(6), exifPrefix))
	h, set, files := mustMake(t, src)
	if !h.Animated || h.Width != 5 || h.Height != 4 || len(files) != 0 || !set.Stripped {
		t.Errorf("%+v, %+v, %d files", h, set, len(files))
	}
	clean, _, err := Strip(src, PNG)
	if err != nil || !bytes.Equal(clean, apng(t)) {
		t.Errorf("%q, %v", clean, err)
	}
}

func TestEveryEndingOfAPictureIsKnown(t *testing.T) {
	for name, want := range map[string]bool{
		"a.jpg": true, "a.JPEG": true, "a.jpe": true, "a.jfif": true, "a.JFIF": true, "a.png": true, "a.apng": true, "a.gif": true,
		"a.webp": true, "a.svg": true, "a.mp4": false, "a.heic": false, "a": false,
	} {
		if got := IsNamed(name); got != want {
			t.Errorf("%s: got %t", name, got)
		}
	}
}
