package picture

import (
	"bytes"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/image/webp"

	"bantin/internal/digest"
	"bantin/internal/libwebp"
)

func TestAPictureIsMadeAsWebPInAllWidthsOrNone(t *testing.T) {
	photo := jpegOf(t, scene(700, 500))
	screenshot, err := os.ReadFile(filepath.Join("testdata", "screenshot.png"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		src  []byte
		want []image.Point
	}{
		{"a photo", photo, []image.Point{{480, 343}, {700, 500}}},
		{"a photo on its side", withSegment(photo, markerAPP0+1, exifOf(6)), []image.Point{{480, 672}, {500, 700}}},
		{"a screenshot", screenshot, []image.Point{{480, 336}, {960, 672}, {1000, 700}}},
		{"a few pixels", pngOf(t, image.NewRGBA(image.Rect(0, 0, 3, 3))), nil},
	} {
		_, set, files := mustMake(t, c.src)
		var sizes []image.Point
		for k, r := range set.WebP {
			data := files[len(files)-len(set.WebP)+k]
			config, err := webp.DecodeConfig(bytes.NewReader(data))
			if err != nil || config.Width != r.Width || config.Height != r.Height || r.Format != WebP || r.Digest != digest.Of(data) {
				t.Errorf("%s: %+v is %+v, %v", c.name, r, config, err)
			}
			sizes = append(sizes, image.Pt(r.Width, r.Height))
		}
		if len(sizes) != len(c.want) {
			t.Errorf("%s: got %v, want %v", c.name, sizes, c.want)
			continue
		}
		for k := range sizes {
			if sizes[k] != c.want[k] {
				t.Errorf("%s: got %v, want %v", c.name, sizes, c.want)
			}
		}
	}
}

func TestWithoutWebPNothingElseChanges(t *testing.T) {
	src := jpegOf(t, scene(700, 500))
	h, with, files := mustMake(t, src)
	without, fewer, err := Make(src, h, digest.Digest{}, justJPEG)
	if err != nil || len(without.WebP) != 0 || len(fewer) != len(files)-len(with.WebP) {
		t.Fatalf("%+v, %v", without, err)
	}
	for k, data := range fewer {
		if !bytes.Equal(data, files[k]) {
			t.Errorf("file %d differs", k)
		}
	}
	if justJPEG.Digest("") == testOptions.Digest("") {
		t.Error("both are kept under one key")
	}
}

func TestWebPIsLeftOutWhereItHelpsLittle(t *testing.T) {
	r := Rendition{Format: WebP, Size: 9000}
	for _, c := range []struct {
		maker webpMaker
		want  int
	}{
		{webpMaker{list: []Rendition{r, r}, files: [][]byte{nil, nil}, instead: 20_000}, 2},
		{webpMaker{list: []Rendition{r, r}, files: [][]byte{nil, nil}, instead: 19_999}, 0},
		{webpMaker{list: []Rendition{r}, files: [][]byte{nil}, instead: 20_000, failed: true}, 0},
		{webpMaker{list: []Rendition{{Size: 10}}, files: [][]byte{nil}, instead: 1009}, 0},
		{webpMaker{}, 0},
	} {
		if list, files := c.maker.chosen(); len(list) != c.want || len(files) != c.want {
			t.Errorf("%+v: %v", c.maker, list)
		}
	}
}

func TestAPictureThatTheEncoderRefusesIsMadeWithoutWebP(t *testing.T) {
	src := blank(t, 20, libwebp.MaxSide+1, 8, 0, false)
	_, set, _ := mustMake(t, src)
	if len(set.WebP) != 0 {
		t.Errorf("%+v", set)
	}
}

// TestAWebPHasItsColoursInJPEG holds that black is black in what is made of a
// WebP with loss, whose samples are in another range than a JPEG's.
func TestAWebPHasItsColoursInJPEG(t *testing.T) {
	e, err := libwebp.New()
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	for _, c := range []color.RGBA{{0, 0, 0, 255}, {255, 255, 255, 255}, {200, 30, 40, 255}, {20, 90, 180, 255}} {
		m := image.NewRGBA(image.Rect(0, 0, 64, 64))
		for i := range 64 * 64 {
			m.SetRGBA(i%64, i/64, c)
		}
		src, err := e.Encode(m, libwebp.Options{Quality: 95, Method: 2})
		if err != nil {
			t.Fatal(err)
		}
		r, err := decode(src)
		if err != nil {
			t.Fatal(err)
		}
		got := color.RGBAModel.Convert(r.image().At(32, 32)).(color.RGBA)
		for _, d := range []int{int(got.R) - int(c.R), int(got.G) - int(c.G), int(got.B) - int(c.B)} {
			if d < -4 || d > 4 {
				t.Errorf("%v became %v", c, got)
				break
			}
		}
	}
}
