package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"strconv"
	"strings"
	"unicode"

	"github.com/fyne-io/oksvg"
	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/srwiley/rasterx"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"bantin/internal/digest"
)

// Brand is what a site's own pictures are made of: the one that is shown where
// a page without a picture is shared, and its icons.
type Brand struct {
	Name   string // of the site, in NFC
	Accent string // its colour as #rgb or #rrggbb, "" for a dark one
	Emblem []byte // a file of any format that can be published; nil for none
}

// brandVersion changes whenever other bytes are made of the same brand.
const brandVersion = "2"

// BrandKey returns the name of what is made of a brand, whose emblem has a
// digest.
func BrandKey(codecs, name, accent string, emblem digest.Digest) digest.Digest {
	return digest.Fields("brand", brandVersion, version, codecs, name, accent, emblem.String())
}

// The sides of icons in pixels: of favicon.ico, of home screens, and the two of
// a web application manifest.
const (
	FaviconSize = 32
	TouchSize   = 180
	SmallIcon   = 192
	LargeIcon   = 512
)

// Make makes all pictures of a brand. The set's original is what Share returns,
// its variants are the icons by their width; where the emblem cannot be drawn, or
// there is none, Letter alone. The bytes are in the order of Set.Encoded.
func (b Brand) Make(key digest.Digest) (*Set, [][]byte, error) {
	share, _ := b.Share() // what is left out shows itself
	if share == nil {
		return nil, nil, errors.New("encode the site's picture")
	}
	m := maker{set: &Set{Key: key}, header: Header{Width: shareWidth, Height: shareHeight}}
	m.setOriginal(share, PNG)
	m.files = [][]byte{share}
	for _, size := range iconSizes {
		icon, err := b.Icon(size, size == TouchSize)
		drawn := icon != nil && err == nil
		if !drawn && size == FaviconSize {
			icon = b.Letter(size)
		}
		if icon == nil || !drawn && size != FaviconSize {
			break
		}
		m.set.Variants = append(m.set.Variants, m.rendition(icon, PNG, size, size))
		m.files = append(m.files, icon)
	}
	return m.set, m.files, nil
}

// iconSizes are the sides of all icons; the first is that of every site.
var iconSizes = []int{FaviconSize, TouchSize, SmallIcon, LargeIcon}

// Plan returns the set that Make makes, without the sizes and digests of its files.
func (b Brand) Plan(key digest.Digest) *Set {
	set := &Set{Key: key, Original: Rendition{Format: PNG, Width: shareWidth, Height: shareHeight}}
	sizes := iconSizes
	if emblem, err := b.emblem(FaviconSize); emblem == nil || err != nil {
		sizes = sizes[:1]
	}
	for _, size := range sizes {
		set.Variants = append(set.Variants, Rendition{Format: PNG, Width: size, Height: size})
	}
	return set
}

// How the picture for sharing is laid out, in pixels.
const (
	shareMargin  = 90  // at the left and right
	shareEmblem  = 330 // side of the square that the emblem fits into
	shareStripe  = 28
	shareLines   = 4
	shareLargest = 84 // size of letters in pixels
	shareLeast   = 40
)

// maxEmblem is how many bytes of an SVG are drawn; emblems have some 100 kB.
const maxEmblem = 1 << 20

// Share returns a PNG of 1200 × 630 pixels with the emblem, the name and the
// accent. A name with letters that the font does not have is left out, as is an
// emblem that cannot be drawn; the error then says why, beside a picture
// without it.
func (b Brand) Share() (file []byte, err error) {
	m := image.NewRGBA(image.Rect(0, 0, shareWidth, shareHeight))
	draw.Draw(m, m.Rect, image.White, image.Point{}, draw.Src)
	stripe := image.Rect(0, shareHeight-shareStripe, shareWidth, shareHeight)
	draw.Draw(m, stripe, image.NewUniform(b.accent()), image.Point{}, draw.Src)

	left, middle := shareMargin, (shareHeight-shareStripe)/2
	emblem, emblemErr := b.emblem(shareEmblem)
	if emblem != nil {
		draw.Draw(m, image.Rect(left, middle-shareEmblem/2, left+shareEmblem, middle+shareEmblem/2), emblem, image.Point{}, draw.Over)
		left += shareEmblem + shareMargin*2/3
	}
	textErr := drawName(m, b.Name, image.Rect(left, shareMargin/2, shareWidth-shareMargin, shareHeight-shareStripe-shareMargin/2))
	if file, err = encodePNG(raster{rgba, shareWidth, shareHeight, interleaved(m)}); err != nil {
		return nil, err
	}
	return file, errors.Join(emblemErr, textErr)
}

// Icon returns the emblem as a square PNG with sides of size pixels; on white
// with a margin if it is to be filled, as home screens want it. Without an
// emblem it returns none.
func (b Brand) Icon(size int, filled bool) ([]byte, error) {
	side := size
	if filled {
		side = size * 4 / 5
	}
	emblem, err := b.emblem(side)
	if emblem == nil {
		return nil, err
	}
	m := image.NewRGBA(image.Rect(0, 0, size, size))
	if filled {
		draw.Draw(m, m.Rect, image.White, image.Point{}, draw.Src)
	}
	from := (size - side) / 2
	draw.Draw(m, image.Rect(from, from, from+side, from+side), emblem, image.Point{}, draw.Over)
	return encodePNG(raster{rgba, size, size, interleaved(m)})
}

// Letter returns a square PNG with the first letter of the name, white on the accent:
// the icon of a site without an emblem. A letter that the font does not have is left
// out.
func (b Brand) Letter(size int) []byte {
	m := image.NewRGBA(image.Rect(0, 0, size, size))
	draw.Draw(m, m.Rect, image.NewUniform(b.accent()), image.Point{}, draw.Src)
	letter := ""
	for _, r := range b.Name {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			letter = string(unicode.ToUpper(r))
			break
		}
	}
	if f, err := sfnt.Parse(liberationsansbold.TTF); err == nil && has(f, letter) == nil {
		if face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: float64(size) * 7 / 8, DPI: 72, Hinting: font.HintingNone}); err == nil {
			d := font.Drawer{Dst: m, Src: image.White, Face: face}
			d.Dot = fixed.Point26_6{X: (fixed.I(size) - d.MeasureString(letter)) / 2, Y: fixed.I(size * 13 / 16)}
			d.DrawString(letter)
		}
	}
	file, err := encodePNG(raster{rgba, size, size, interleaved(m)})
	if err != nil {
		return nil
	}
	return file
}

// has tells which letter of a text a font does not have.
func has(f *sfnt.Font, text string) error {
	var buf sfnt.Buffer
	for _, r := range text {
		if glyph, err := f.GlyphIndex(&buf, r); err != nil || glyph == 0 {
			return fmt.Errorf("the font has no %q", r)
		}
	}
	return nil
}

// ICO returns a Windows icon that holds one square PNG with sides of size
// pixels, up to 256.
func ICO(png []byte, size int) []byte {
	out := []byte{0, 0, 1, 0, 1, 0, byte(size), byte(size), 0, 0, 1, 0, 32, 0}
	out = binary.LittleEndian.AppendUint32(out, uint32(len(png)))
	out = binary.LittleEndian.AppendUint32(out, uint32(len(out)+4))
	return append(out, png...)
}

func (b Brand) accent() color.RGBA {
	hex := strings.TrimPrefix(b.Accent, "#")
	if len(hex) == 3 {
		hex = strings.Join([]string{hex[:1], hex[:1], hex[1:2], hex[1:2], hex[2:], hex[2:]}, "")
	}
	n, err := strconv.ParseUint(hex, 16, 32)
	if err != nil || len(hex) != 6 {
		return color.RGBA{0x33, 0x33, 0x33, 255}
	}
	return color.RGBA{byte(n >> 16), byte(n >> 8), byte(n), 255}
}

// emblem returns the emblem in the middle of a transparent square, nil if there
// is none or it cannot be drawn.
func (b Brand) emblem(side int) (m *image.RGBA, err error) {
	if len(b.Emblem) == 0 {
		return nil, nil
	}
	defer func() {
		if v := recover(); v != nil {
			m, err = nil, broken(panicked{v})
		}
	}()
	h, err := readHeader(b.Emblem)
	if err != nil {
		return nil, err
	}
	if h.Format == SVG {
		return drawSVG(b.Emblem, side)
	}
	whole, err := decode(b.Emblem)
	if err != nil {
		return nil, err
	}
	width, height := fit(h.Width, h.Height, side)
	asInFile := []int{width, height}
	if h.Orientation > 4 {
		asInFile = []int{height, width}
	}
	small := whole.resized(asInFile[0], asInFile[1]).upright(h.Orientation)
	m = image.NewRGBA(image.Rect(0, 0, side, side))
	at := image.Pt((side-width)/2, (side-height)/2)
	draw.Draw(m, image.Rectangle{at, at.Add(image.Pt(width, height))}, small.image(), image.Point{}, draw.Src)
	return m, nil
}

// fit returns the size of a picture that just fits into a square.
func fit(width, height, side int) (int, int) {
	if width >= height {
		return side, max(1, side*height/width)
	}
	return max(1, side*width/height), side
}

// drawSVG draws an SVG. One that has parts that cannot be drawn is an error:
// half an emblem is none.
func drawSVG(src []byte, side int) (*image.RGBA, error) {
	if len(src) > maxEmblem {
		return nil, fmt.Errorf("an SVG of %d bytes", len(src))
	}
	clean, _, err := strip(src, SVG)
	if err != nil {
		return nil, err
	}
	icon, err := oksvg.ReadIconStream(bytes.NewReader(clean), oksvg.StrictErrorMode)
	if err != nil {
		return nil, fmt.Errorf("draw an SVG: %w", err)
	}
	if !(icon.ViewBox.W > 0 && icon.ViewBox.H > 0) {
		return nil, errors.New("draw an SVG: no size")
	}
	scale := float64(side) / max(icon.ViewBox.W, icon.ViewBox.H)
	width, height := float64(icon.ViewBox.W*scale), float64(icon.ViewBox.H*scale)
	icon.SetTarget((float64(side)-width)/2, (float64(side)-height)/2, width, height)
	m := image.NewRGBA(image.Rect(0, 0, side, side))
	icon.Draw(rasterx.NewDasher(side, side, rasterx.NewScannerGV(side, side, m, m.Rect)), 1)
	return m, nil
}

// drawName writes a name into a rectangle: as large as fits in a few lines,
// broken between words, each line at the left.
func drawName(m *image.RGBA, name string, within image.Rectangle) error {
	f, err := sfnt.Parse(liberationsansbold.TTF)
	if err != nil {
		return fmt.Errorf("read the font: %w", err)
	}
	if err := has(f, name); err != nil {
		return err
	}
	for size := shareLargest; size >= shareLeast; size -= 4 {
		face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: float64(size), DPI: 72, Hinting: font.HintingNone})
		if err != nil {
			return fmt.Errorf("read the font: %w", err)
		}
		lines := breakLines(face, name, within.Dx())
		if lines == nil && size-4 >= shareLeast {
			continue
		}
		lines = lines[:min(len(lines), shareLines)]
		step := size * 5 / 4
		y := (within.Min.Y+within.Max.Y)/2 - step*len(lines)/2 + size
		d := font.Drawer{Dst: m, Src: image.NewUniform(color.RGBA{0x1a, 0x1a, 0x1a, 255}), Face: face}
		for _, line := range lines {
			d.Dot = fixed.P(within.Min.X, y)
			d.DrawString(line)
			y += step
		}
		return nil
	}
	return nil
}

// breakLines breaks a text between words into at most shareLines lines that are
// no wider than width pixels; nil if it does not fit.
func breakLines(face font.Face, text string, width int) []string {
	var lines []string
	for word := range strings.FieldsSeq(text) {
		last := len(lines) - 1
		if font.MeasureString(face, word).Ceil() > width {
			return nil
		}
		if last >= 0 && font.MeasureString(face, lines[last]+" "+word).Ceil() <= width {
			lines[last] += " " + word
			continue
		}
		if len(lines) == shareLines {
			return nil
		}
		lines = append(lines, word)
	}
	return lines
}
