package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"testing"

	"bantin/internal/digest"
)

func TestAGIFWhoseFrameIsSmallerThanItsScreenKeepsItsShape(t *testing.T) {
	red := color.RGBA{0xcc, 0, 0, 0xff}
	for _, at := range []image.Rectangle{image.Rect(0, 0, 400, 200), image.Rect(100, 50, 200, 150), image.Rect(0, 0, 100, 100), image.Rect(399, 199, 400, 200)} {
		frame := image.NewPaletted(at, color.Palette{red})
		var b bytes.Buffer
		config := image.Config{ColorModel: frame.Palette, Width: 400, Height: 200}
		if err := gif.EncodeAll(&b, &gif.GIF{Image: []*image.Paletted{frame}, Delay: []int{0}, Config: config}); err != nil {
			t.Fatal(err)
		}
		h, err := ReadHeader(b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		whole, err := decode(b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if whole.width != h.Width || whole.height != h.Height {
			t.Errorf("%v: decoded are %d × %d of %d × %d", at, whole.width, whole.height, h.Width, h.Height)
			continue
		}
		for _, p := range []image.Point{{0, 0}, {150, 100}, {99, 49}, {100, 50}, {399, 199}} {
			want := color.RGBA{}
			if p.In(at) {
				want = red
			}
			if got := whole.image().At(p.X, p.Y); got != want {
				t.Errorf("%v: at %v is %v, want %v", at, p, got, want)
			}
		}
		set, _, err := Make(b.Bytes(), h, digest.Digest{}, Options{Widths: []int{200}, Quality: 82})
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range set.Variants {
			if v.Width != 200 || v.Height != 100 {
				t.Errorf("%v: a variant is %d × %d", at, v.Width, v.Height)
			}
		}
	}
}
