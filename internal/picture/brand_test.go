package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/image/font/sfnt"

	"bantin/internal/digest"
)

func emblemFile(t testing.TB) []byte {
	t.Helper()
	src, err := os.ReadFile("../../static/emblem.svg")
	if err != nil {
		t.Fatal(err)
	}
	return src
}

func TestTheFontHasEveryVietnameseLetter(t *testing.T) {
	f, err := sfnt.Parse(liberationsansbold.TTF)
	if err != nil {
		t.Fatal(err)
	}
	const letters = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ" +
		"AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬBCDĐEÈÉẺẼẸÊỀẾỂỄỆGHIÌÍỈĨỊKLMNOÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢPQRSTUÙÚỦŨỤƯỪỨỬỮỰVXYỲÝỶỸỴ" +
		"fjwzFJWZ0123456789 –—“”‘’.,:;-/()&!?"
	var buf sfnt.Buffer
	for _, r := range letters {
		if glyph, err := f.GlyphIndex(&buf, r); err != nil || glyph == 0 {
			t.Errorf("%c: %d, %v", r, glyph, err)
		}
	}
}

func decodePNG(t *testing.T, file []byte) image.Image {
	t.Helper()
	m, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// dark counts the pixels of a part of a picture that are as dark as letters.
func dark(m image.Image, part image.Rectangle) (n int) {
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if c := color.GrayModel.Convert(m.At(x, y)).(color.Gray); c.Y < 60 {
				n++
			}
		}
	}
	return n
}

func TestASiteHasAPictureOfItsOwn(t *testing.T) {
	brand := Brand{"Trang tin xã Khê Hòa", "#1f6f54", emblemFile(t)}
	file, err := brand.Share()
	if err != nil {
		t.Fatal(err)
	}
	m := decodePNG(t, file)
	if m.Bounds() != image.Rect(0, 0, 1200, 630) {
		t.Errorf("the size is %v", m.Bounds())
	}
	if got := color.RGBAModel.Convert(m.At(600, 625)); got != (color.RGBA{0x1f, 0x6f, 0x54, 255}) {
		t.Errorf("the stripe is %v", got)
	}
	if n := dark(m, image.Rect(480, 0, 1200, 600)); n < 5000 {
		t.Errorf("%d pixels of the name are dark", n)
	}
	if got := color.RGBAModel.Convert(m.At(90+165, 301-155)); got != (color.RGBA{0x1f, 0x6f, 0x54, 255}) {
		t.Errorf("the emblem's rim is %v", got)
	}
	again, err := brand.Share()
	if err != nil || !bytes.Equal(again, file) {
		t.Errorf("made again it differs: %v", err)
	}
	if path := os.Getenv("BANTIN_BRAND"); path != "" {
		write(t, path, file)
	}
}

func TestWhatCannotBeDrawnIsLeftOutAndTold(t *testing.T) {
	for name, b := range map[string]Brand{
		"letters of another script": {"ភាសាខ្មែរ", "#1f6f54", nil},
		"an emblem with a filter":   {"Xã", "", []byte("<svg" + both + ` viewBox="0 0 9 9"><filter id="a"/><path d="M0 0h9v9z"/></svg>`)},
		"a broken emblem":           {"Xã", "", []byte("<svg" + both + ` viewBox="0 0 9 9"><g></svg>`)},
		"an emblem without a size":  {"Xã", "", []byte("<svg" + both + `><path d="M0 0h9v9z"/></svg>`)},
		"no picture":                {"Xã", "", []byte("text")},
	} {
		file, err := b.Share()
		if err == nil || len(file) == 0 {
			t.Errorf("%s: %d bytes, %v", name, len(file), err)
			continue
		}
		decodePNG(t, file)
	}
	file, err := Brand{Name: "Cổng thông tin điện tử " + string(bytes.Repeat([]byte("Ủy ban nhân dân xã "), 40))}.Share()
	if err != nil {
		t.Fatal(err)
	}
	decodePNG(t, file)
}

func TestIconsAreMadeOfAnyEmblem(t *testing.T) {
	photo := withSegment(jpegOf(t, asHeld(6, corners(40, 30))), markerAPP0+1, exifOf(6))
	for name, emblem := range map[string][]byte{"SVG": emblemFile(t), "JPEG": photo, "PNG": pngOf(t, corners(30, 40))} {
		for _, size := range []int{32, 180, 192, 512} {
			file, err := Brand{Emblem: emblem}.Icon(size, size == 180)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			m := decodePNG(t, file)
			_, _, _, corner := m.At(0, 0).RGBA()
			_, _, _, middle := m.At(size/2, size/2).RGBA()
			if m.Bounds() != image.Rect(0, 0, size, size) || (corner == 0xffff) != (size == 180) || middle != 0xffff {
				t.Errorf("%s at %d: %v, corner %x, middle %x", name, size, m.Bounds(), corner, middle)
			}
		}
	}
	if file, err := (Brand{Name: "Xã"}).Icon(32, false); file != nil || err != nil {
		t.Errorf("without an emblem: %d bytes, %v", len(file), err)
	}
	icon := ICO([]byte("png"), 32)
	if len(icon) != 22+3 || icon[6] != 32 || icon[18] != 22 || string(icon[22:]) != "png" {
		t.Errorf("%q", icon)
	}
}

func TestWhatIsMadeOfABrandCanBeKept(t *testing.T) {
	dir := t.TempDir()
	store := NewStore(dir, filepath.Join(dir, "pictures"))
	for _, emblem := range [][]byte{nil, emblemFile(t)} {
		key := BrandKey("", "Xã", "#fff", digest.Of(emblem))
		set, files, err := Brand{"Xã", "#fff", emblem}.Make(key)
		if err != nil {
			t.Fatal(err)
		}
		if err := store.Put(set, files); err != nil {
			t.Fatal(err)
		}
		kept := store.Get(key)
		if kept == nil || kept.Original.Width != 1200 || len(kept.Variants) != map[bool]int{true: 4, false: 1}[emblem != nil] {
			t.Errorf("kept %+v", kept)
		}
	}
	if BrandKey("", "a", "b", digest.Digest{}) == BrandKey("", "ab", "", digest.Digest{}) {
		t.Error("two brands have one key")
	}
}

func TestASiteWithoutAnEmblemHasALetterAsItsIcon(t *testing.T) {
	seen := map[string]string{}
	for _, name := range []string{"Xã Khê Hòa", "Ủy ban", "“Đức Thọ”", "ខ្មែរ", ""} {
		file := Brand{Name: name, Accent: "#1f6f54"}.Letter(FaviconSize)
		m, err := png.Decode(bytes.NewReader(file))
		if err != nil || m.Bounds().Dx() != FaviconSize {
			t.Fatalf("%q: %v", name, err)
		}
		if r, g, b, _ := m.At(0, 0).RGBA(); r>>8 != 0x1f || g>>8 != 0x6f || b>>8 != 0x54 {
			t.Errorf("%q: the corner is %v", name, m.At(0, 0))
		}
		if other, same := seen[string(file)]; same && name != "" {
			t.Errorf("%q looks like %q", name, other)
		}
		seen[string(file)] = name
	}
	set, files, err := Brand{Name: "Xã", Emblem: []byte("no picture")}.Make(digest.Of([]byte("x")))
	if err != nil || len(set.Variants) != 1 || set.Variants[0].Width != FaviconSize || len(files) != 2 {
		t.Errorf("an emblem that cannot be drawn: %+v, %v", set, err)
	}
}

func TestABrandIsMadeAsPlanned(t *testing.T) {
	for name, emblem := range map[string][]byte{"no emblem": nil, "an emblem": emblemFile(t), "one that cannot be drawn": []byte("<svg")} {
		b := Brand{Name: "Bản tin xã", Emblem: emblem}
		key := digest.Of([]byte(name))
		made, _, err := b.Make(key)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range []*Rendition{&made.Original, &made.Variants[0], &made.Variants[len(made.Variants)-1]} {
			if r.Size == 0 {
				t.Errorf("%s: %+v", name, r)
			}
		}
		made.SHA256, made.Original.Size, made.Original.Digest = "", 0, digest.Digest{}
		for i := range made.Variants {
			made.Variants[i].Size, made.Variants[i].Digest = 0, digest.Digest{}
		}
		if diff := cmp.Diff(made, b.Plan(key)); diff != "" {
			t.Errorf("%s (-made +planned):\n%s", name, diff)
		}
	}
}
