package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/color/palette"
	"image/gif"
	"image/jpeg"
	"strings"
	"testing"

	"bantin/internal/digest"
	"bantin/internal/testsize"
)

func TestTheHeadOfAPictureTellsItsSizeAndOrientation(t *testing.T) {
	photo := jpegOf(t, scene(64, 48))
	for _, c := range []struct {
		name string
		src  []byte
		want Header
	}{
		{"JPEG", photo, Header{Format: JPEG, Width: 64, Height: 48, Orientation: 1}},
		{"JPEG on its side", withSegment(photo, markerAPP0+1, exifOf(6)),
			Header{Format: JPEG, Width: 48, Height: 64, Orientation: 6}},
		{"JPEG with EXIF that makes no sense", withSegment(photo, markerAPP0+1, exifOf(9)),
			Header{Format: JPEG, Width: 64, Height: 48, Orientation: 1}},
		{"PNG", pngOf(t, corners(5, 4)), Header{Format: PNG, Width: 5, Height: 4, Orientation: 1}},
		{"PNG of 16 bits", pngOf(t, image.NewRGBA64(image.Rect(0, 0, 5, 4))),
			Header{Format: PNG, Width: 5, Height: 4, Orientation: 1}},
		{"GIF", gifOf(t, 1), Header{Format: GIF, Width: 6, Height: 4, Orientation: 1}},
		{"GIF that moves", gifOf(t, 2), Header{Format: GIF, Width: 6, Height: 4, Orientation: 1, Animated: true}},
		{"SVG", []byte(`<svg viewBox="0 0 12.5 8"></svg>`), Header{Format: SVG, Width: 13, Height: 8, Orientation: 1}},
		{"SVG behind a declaration", []byte("\ufeff<?xml version=\"1.0\"?>\n<!-- x --><svg width=\"9px\" height=\"4\"/>"),
			Header{Format: SVG, Width: 9, Height: 4, Orientation: 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ReadHeader(c.src)
			got.Memory = 0 // TestTheHeadTellsAllMemory
			if err != nil || got != c.want {
				t.Errorf("got %+v, %v, want %+v", got, err, c.want)
			}
		})
	}
}

func gifOf(t testing.TB, frames int) []byte {
	t.Helper()
	m := &gif.GIF{}
	for k := range frames {
		frame := image.NewPaletted(image.Rect(0, 0, 6, 4), palette.WebSafe)
		frame.SetColorIndex(k, 0, 5)
		m.Image, m.Delay = append(m.Image, frame), append(m.Delay, 10)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// bomb is the head of a PNG of a size, without any pixels.
func bomb(t *testing.T, width, height int) []byte { return bombOf(t, width, height, 8, 0, false) }

// bombOf is one whose header tells a depth, a colour and whether it is interlaced.
func bombOf(t *testing.T, width, height int, depth, colour byte, interlaced bool) []byte {
	src := blank(t, 1, 1, depth, colour, interlaced)
	for i, n := range []int{width, height} {
		at := len(pngSignature) + 8 + 4*i
		copy(src[at:], []byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)})
	}
	fixCRC(src)
	return src
}

func TestWhatCannotBePublishedIsRefusedByItsHead(t *testing.T) {
	photo := jpegOf(t, scene(64, 48))
	for _, c := range []struct {
		name string
		src  []byte
		want string
	}{
		{"a decompression bomb", bomb(t, 60000, 60000), "picture-too-large [60000 60000 3600]"},
		{"too much memory", bomb(t, 14000, 10000), "picture-too-large [14000 10000 140]"},
		{"HEIC", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"), "picture-format/heic [HEIC]"},
		{"AVIF", []byte("\x00\x00\x00\x18ftypavif\x00\x00\x00\x00"), "picture-format [AVIF]"},
		{"TIFF", []byte("II*\x00\x08\x00\x00\x00"), "picture-format [TIFF]"},
		{"a lossless JPEG", bytes.Replace(photo, []byte{0xff, 0xc0}, []byte{0xff, 0xc3}, 1), "picture-format [JPEG SOF3]"},
		{"a JPEG cut off in its head", photo[:30], "picture-broken []"},
		{"a PNG cut off", pngOf(t, corners(50, 40))[:60], "picture-broken []"},
		{"a GIF cut off", gifOf(t, 1)[:40], "picture-broken []"},
		{"nothing", nil, "none"},
		{"HTML", []byte("<!DOCTYPE html><html><svg></svg></html>"), "none"},
		{"a text that begins like a BMP", []byte("BM 02: mẫu giấy đề nghị"), "none"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ReadHeader(c.src)
			got := fmt.Sprint(err)
			if fault, ok := errors.AsType[*Error](err); ok {
				got = fault.ID + " " + fmt.Sprint(fault.Args)
			} else if err == ErrNoPicture {
				got = "none"
			}
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestADamagedPictureIsRefusedWhenItIsMade(t *testing.T) {
	photo := jpegOf(t, scene(640, 480))
	drawing := pngOf(t, corners(640, 480))
	for name, src := range map[string][]byte{
		"a JPEG cut off":        photo[:len(photo)/2],
		"a PNG with a bad byte": append(append([]byte{}, drawing[:len(drawing)-30]...), append([]byte{0xff}, drawing[len(drawing)-29:]...)...),
	} {
		h, err := ReadHeader(src)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		_, _, err = Make(src, h, digest.Digest{}, testOptions)
		if fault, ok := errors.AsType[*Error](err); !ok || fault.ID != "picture-broken" {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// areas returns the letters of the colours of a picture's four corners.
func areas(m image.Image) string {
	b := m.Bounds()
	at := func(x, y int) string {
		r, g, bl, _ := m.At(b.Min.X+x, b.Min.Y+y).RGBA()
		switch {
		case r > 0x9000 && g > 0x9000 && bl > 0x9000:
			return "W"
		case r > 0x9000:
			return "R"
		case g > 0x9000:
			return "G"
		case bl > 0x9000:
			return "B"
		}
		return "?"
	}
	left, right, top, bottom := b.Dx()/8, b.Dx()*7/8, b.Dy()/8, b.Dy()*7/8
	return at(left, top) + at(right, top) + at(left, bottom) + at(right, bottom)
}

// asHeld returns the picture as a camera held in that way records it.
func asHeld(orientation int, m *image.RGBA) *image.RGBA {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	if orientation > 4 {
		w, h = h, w
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range m.Rect.Dy() {
		for x := range m.Rect.Dx() {
			W, H := m.Rect.Dx()-1, m.Rect.Dy()-1
			// Row 0 and column 0 of what is recorded, EXIF 2.32, 4.6.4 A.
			to := map[int]image.Point{
				1: {x, y}, 2: {W - x, y}, 3: {W - x, H - y}, 4: {x, H - y},
				5: {y, x}, 6: {y, W - x}, 7: {H - y, W - x}, 8: {H - y, x},
			}[orientation]
			out.SetRGBA(to.X, to.Y, m.RGBAAt(x, y))
		}
	}
	return out
}

func TestEveryOrientationComesOutUpright(t *testing.T) {
	testsize.SkipShort(t, "one goroutine makes pictures")
	upright := corners(700, 420)
	for orientation := 1; orientation <= 8; orientation++ {
		for _, kind := range []string{"colour", "grey", "PNG"} {
			if testsize.IsShort() && kind != "colour" && orientation != 6 {
				continue // pictures are turned alike, whatever they come from
			}
			t.Run(fmt.Sprint(orientation, " ", kind), func(t *testing.T) {
				var m image.Image = asHeld(orientation, upright)
				want := "RGBW"
				if kind == "grey" {
					m, want = grey(m), "???W"
				}
				src := withSegment(jpegOf(t, m), markerAPP0+1, exifOf(orientation))
				if kind == "PNG" {
					src = withChunk(pngOf(t, m), "eXIf", strings.TrimPrefix(exifOf(orientation), exifPrefix))
				}
				h, set, files := mustMake(t, src)
				if h.Width != 700 || h.Height != 420 {
					t.Errorf("the size is %d × %d", h.Width, h.Height)
				}
				original, _, err := Strip(src, h.Format)
				if err != nil {
					t.Fatal(err)
				}
				if set.Stripped {
					files = append([][]byte{original}, files...)
				}
				for k, data := range files {
					m, _, err := image.Decode(bytes.NewReader(data))
					if err != nil {
						t.Fatal(err)
					}
					if got := areas(m); got != want {
						t.Errorf("file %d is %s, want %s", k, got, want)
					}
					if b := m.Bounds(); k == 0 && (b.Dx() != 700 || b.Dy() != 420) {
						t.Errorf("the original is %v", b)
					}
				}
			})
		}
	}
}

// grey returns m with the colours of corners as shades that areas can tell:
// only white is light.
func grey(m image.Image) *image.Gray {
	out := image.NewGray(m.Bounds())
	for y := range m.Bounds().Dy() {
		for x := range m.Bounds().Dx() {
			out.SetGray(x, y, color.GrayModel.Convert(m.At(x, y)).(color.Gray))
		}
	}
	return out
}

func mustMake(t testing.TB, src []byte) (Header, *Set, [][]byte) {
	t.Helper()
	testsize.SkipShort(t, "one goroutine makes a picture: those of package build make many side by side")
	h, err := ReadHeader(src)
	if err != nil {
		t.Fatal(err)
	}
	set, files, err := Make(src, h, digest.Digest{}, testOptions)
	if err != nil {
		t.Fatal(err)
	}
	return h, set, files
}

func sizesOf(set *Set) string {
	var b strings.Builder
	for _, r := range set.Variants {
		fmt.Fprintf(&b, "%s %dx%d ", r.Format, r.Width, r.Height)
	}
	if set.Share != nil {
		fmt.Fprintf(&b, "shared %dx%d", set.Share.Width, set.Share.Height)
	}
	return strings.TrimSpace(b.String())
}

func TestVariantsAreNeverWiderThanThePicture(t *testing.T) {
	for _, c := range []struct {
		width, height int
		want          string
	}{
		{2000, 1500, "JPEG 480x360 JPEG 960x720 JPEG 1600x1200 shared 1200x630"},
		{1800, 2400, "JPEG 480x640 JPEG 960x1280 JPEG 1600x2133 shared 1200x630"},
		{1200, 700, "JPEG 480x280 JPEG 960x560 JPEG 1200x700 shared 1200x630"},
		{1000, 200, "JPEG 480x96 JPEG 960x192 JPEG 1000x200"},
		{700, 400, "JPEG 480x274 JPEG 700x400 shared 700x367"},
		{300, 200, "JPEG 300x200"},
	} {
		src := jpegOf(t, scene(c.width, c.height))
		h, err := ReadHeader(src)
		if err != nil {
			t.Fatal(err)
		}
		set, _, err := Make(src, h, digest.Digest{}, justJPEG)
		if err != nil {
			t.Fatal(err)
		}
		if got := sizesOf(set); got != c.want {
			t.Errorf("%d × %d: got %s, want %s", c.width, c.height, got, c.want)
		}
	}
}

func TestAVariantThatSavesNothingIsLeftOut(t *testing.T) {
	small := func() []byte {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, scene(1600, 1000), &jpeg.Options{Quality: 10}); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}()
	_, set, _ := mustMake(t, small)
	for _, v := range set.Variants {
		if v.Size >= set.Original.Size {
			t.Errorf("the variant %d wide has %d bytes, the original %d", v.Width, v.Size, set.Original.Size)
		}
	}
}

func TestADrawingStaysPNGAndAPhotoInPNGBecomesJPEG(t *testing.T) {
	_, drawing, _ := mustMake(t, pngOf(t, textPage(1000, 600)))
	for _, v := range drawing.Variants {
		if v.Format != PNG {
			t.Errorf("a drawing became %s", v.Format)
		}
	}
	_, photo, _ := mustMake(t, pngOf(t, scene(1000, 600)))
	if len(photo.Variants) != 3 {
		t.Fatalf("a photo has the variants %s", sizesOf(photo))
	}
	for _, v := range photo.Variants {
		if v.Format != JPEG {
			t.Errorf("a photo stayed %s", v.Format)
		}
	}
}

// textPage paints lines such as those of a screenshot.
func textPage(width, height int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			c := color.NRGBA{255, 255, 255, 255}
			if y%24 > 8 && y%24 < 18 && (x/7*2654435761>>7)%5 < 2 && x%7 < 5 {
				c = color.NRGBA{30, 30, 40, 255}
			}
			m.SetNRGBA(x, y, c)
		}
	}
	return m
}

func TestATransparentPictureStaysTransparent(t *testing.T) {
	m := image.NewNRGBA(image.Rect(0, 0, 1000, 600))
	for y := range 600 {
		for x := range 1000 {
			m.SetNRGBA(x, y, color.NRGBA{200, uint8(x), 90, uint8(255 * (x / 500))})
		}
	}
	_, set, files := mustMake(t, pngOf(t, m))
	if len(set.Variants) == 0 || set.Variants[0].Format != PNG {
		t.Fatalf("the variants are %s", sizesOf(set))
	}
	small, _, err := image.Decode(bytes.NewReader(files[0]))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, _, a := small.At(10, 10).RGBA(); a != 0 {
		t.Errorf("the left has the alpha %d", a)
	}
	if _, _, _, a := small.At(470, 10).RGBA(); a != 0xffff {
		t.Errorf("the right has the alpha %d", a)
	}
}

func TestAnAnimationIsKeptAsItIs(t *testing.T) {
	src := gifOf(t, 3)
	_, set, files := mustMake(t, src)
	clean, _, err := Strip(src, GIF)
	if err != nil || len(files) != 0 || !set.Stripped || set.Original.Digest != digest.Of(clean) {
		t.Errorf("%+v, %d files, %v", set, len(files), err)
	}
}
