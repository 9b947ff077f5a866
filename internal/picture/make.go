package picture

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image/jpeg"
	"image/png"
	"slices"
	"strconv"

	"bantin/internal/digest"
)

// Options decide what is made of every picture.
type Options struct {
	Widths  []int // of the variants in pixels, increasing
	Quality int   // of JPEG and WebP, 1 to 100
	WebP    bool  // whether each variant is made as WebP, too
}

// version changes whenever other bytes are made of the same picture, so that
// what was kept before is made again.
const version = "4"

// Digest returns the digest of all that decides what is made of a picture,
// beside the picture; codecs is what Codecs tells.
func (o Options) Digest(codecs string) digest.Digest {
	parts := []string{version, codecs, strconv.Itoa(o.Quality), strconv.FormatBool(o.WebP)}
	for _, w := range o.Widths {
		parts = append(parts, strconv.Itoa(w))
	}
	return digest.Fields(parts...)
}

// Key returns the name of what is made of the picture with the digest source,
// under options with the digest settings.
func Key(settings, source digest.Digest) digest.Digest {
	var h digest.Hasher
	h.Digest(settings)
	h.Digest(source)
	return h.Sum()
}

// Rendition is one form of a picture that is published.
type Rendition struct {
	Format        Format
	Width, Height int // 0 for an SVG that tells no size
	Size          int64
	Digest        digest.Digest
}

// Set is all that was made of one picture.
type Set struct {
	Key      digest.Digest
	Original Rendition
	// Stripped says that the original is its source without metadata, which
	// Strip makes; else it was turned upright and is one of the encoded files.
	Stripped bool
	SHA256   string      // of the original, hexadecimal
	Variants []Rendition // smaller ones, by width
	Share    *Rendition  // cut for sharing, nil if the picture is too small
	WebP     []Rendition // the picture in the widths that browsers choose from, all or none
	Active   []Active    // what was taken out of an SVG
}

// Encoded returns the renditions that are encoded files, in the order in which
// Make returns their bytes.
func (s *Set) Encoded() []Rendition {
	var list []Rendition
	if !s.Stripped {
		list = append(list, s.Original)
	}
	list = append(list, s.Variants...)
	if s.Share != nil {
		list = append(list, *s.Share)
	}
	return append(list, s.WebP...)
}

// What social networks cut to, and the least that they show large.
const (
	shareWidth, shareHeight       = 1200, 630
	shareMinWidth, shareMinHeight = 600, 315
)

// workingWidth is the width to which a photo is scaled first; all else is made
// of that. One cut from it for sharing is as wide as it should be.
const workingWidth = 1600

// originalQuality is the least quality of an original that had to be encoded
// again.
const originalQuality = 90

// Make decodes a picture and makes everything of it. The bytes of the encoded
// renditions are in the order of Set.Encoded. The error is an *Error.
func Make(src []byte, h Header, key digest.Digest, o Options) (set *Set, files [][]byte, err error) {
	defer contain(&err)
	return makeSet(src, h, key, o)
}

func makeSet(src []byte, h Header, key digest.Digest, o Options) (*Set, [][]byte, error) {
	m := maker{set: &Set{Key: key}, header: h, options: o}
	defer m.webp.close()
	var err error
	if h.Format == SVG || h.Animated {
		err = m.keep(src)
	} else {
		err = m.make(src)
	}
	if err != nil {
		return nil, nil, err
	}
	return m.set, m.files, nil
}

// Inspect finds out whether a picture can be published, with what would be
// taken out of it, and makes nothing of it. The error is an *Error.
func Inspect(src []byte, h Header) (set *Set, err error) {
	defer contain(&err)
	if h.Format != SVG && !h.Animated {
		if _, err := decode(src); err != nil {
			return nil, err
		}
	}
	m := maker{set: &Set{}, header: h}
	return m.set, m.keep(src)
}

// maker makes the renditions of one picture.
type maker struct {
	set     *Set
	header  Header
	options Options
	profile []byte // colour profile for JPEGs
	files   [][]byte
	webp    webpMaker
}

// keep publishes the picture as it is but for metadata.
func (m *maker) keep(src []byte) error {
	clean, active, err := Strip(src, m.header.Format)
	if err != nil {
		return err
	}
	m.set.Active = active
	m.set.Stripped = true
	m.setOriginal(clean, m.header.Format)
	return nil
}

func (m *maker) setOriginal(data []byte, f Format) {
	m.set.Original = m.rendition(data, f, m.header.Width, m.header.Height)
	sum := sha256.Sum256(data)
	m.set.SHA256 = hex.EncodeToString(sum[:])
}

func (m *maker) rendition(data []byte, f Format, width, height int) Rendition {
	return Rendition{f, width, height, int64(len(data)), digest.Of(data)}
}

func (m *maker) make(src []byte) error {
	whole, err := decode(src)
	if err != nil {
		return err
	}
	if m.header.Format == JPEG {
		m.profile = profileOf(src)
	}
	if m.header.Orientation == 1 {
		err = m.keep(src)
	} else {
		err = m.reencode(whole)
	}
	if err != nil {
		return err
	}
	working := m.scaled(whole, m.workingWidth())
	variants, files, err := m.variants(working)
	if err != nil {
		return err
	}
	m.set.Variants = variants
	m.files = append(m.files, files...)
	if err := m.share(working); err != nil {
		return err
	}
	var small [][]byte
	m.set.WebP, small = m.webp.chosen()
	m.files = append(m.files, small...)
	return nil
}

// reencode makes an upright original.
func (m *maker) reencode(whole raster) error {
	upright := whole.resized(whole.width, whole.height).upright(m.header.Orientation)
	f, encode := JPEG, func() ([]byte, error) { return m.jpeg(upright, max(m.options.Quality, originalQuality)) }
	if m.header.Format != JPEG {
		f, encode = PNG, func() ([]byte, error) { return encodePNG(upright) }
	}
	data, err := encode()
	if err != nil {
		return err
	}
	m.setOriginal(data, f)
	m.files = append(m.files, data)
	return nil
}

// workingWidth returns the width of the picture that all else is made of.
func (m *maker) workingWidth() int {
	widest := workingWidth
	if n := len(m.options.Widths); n > 0 {
		widest = max(widest, m.options.Widths[n-1])
	}
	return min(m.header.Width, widest)
}

// scaled returns a raster that lies as in its file, upright and of a width.
func (m *maker) scaled(whole raster, width int) raster {
	height := heightAt(m.header, width)
	if m.header.Orientation > 4 {
		return whole.resized(height, width).upright(m.header.Orientation)
	}
	return whole.resized(width, height).upright(m.header.Orientation)
}

// heightAt returns the height of the picture when it is that wide.
func heightAt(h Header, width int) int {
	return max(1, int((int64(h.Height)*int64(width)*2+int64(h.Width))/(2*int64(h.Width))))
}

// variants makes the smaller pictures, widest first. One that is not smaller
// in bytes than the next wider one helps nobody and is left out.
func (m *maker) variants(working raster) (list []Rendition, files [][]byte, err error) {
	limit := m.set.Original.Size
	for _, width := range slices.Backward(m.widths()) {
		scaled := working
		if width < working.width {
			scaled = working.resized(width, heightAt(m.header, width))
		}
		data, f, err := m.encode(scaled)
		if err != nil {
			return nil, nil, err
		}
		if size := int64(len(data)); size < limit {
			limit = size
			list = append(list, m.rendition(data, f, scaled.width, scaled.height))
			files = append(files, data)
		}
		if m.options.WebP {
			m.addWebP(scaled, f, limit)
		}
	}
	slices.Reverse(list)
	slices.Reverse(files)
	return list, files, nil
}

// widths returns the widths of the variants: those of the settings that are
// smaller than the picture, and its own if it is not too wide.
func (m *maker) widths() []int {
	var widths []int
	for _, w := range m.options.Widths {
		if w >= m.header.Width {
			return append(widths, m.header.Width)
		}
		widths = append(widths, w)
	}
	return widths
}

// encode encodes a photo as JPEG and a drawing or screenshot as PNG; a PNG
// that is in truth a photo tells itself by its size.
func (m *maker) encode(r raster) ([]byte, Format, error) {
	if m.header.Format == JPEG {
		data, err := m.jpeg(r, m.options.Quality)
		return data, JPEG, err
	}
	sharp, err := encodePNG(r)
	if err != nil || !r.isOpaque() {
		return sharp, PNG, err
	}
	small, err := m.jpeg(r, m.options.Quality)
	if err != nil || 2*len(small) < len(sharp) {
		return small, JPEG, err
	}
	return sharp, PNG, nil
}

// share cuts the picture for sharing: as much of it as fits, from the middle of
// a wide one, and from the upper part of a tall one, where the faces are.
func (m *maker) share(working raster) error {
	width, height := working.width, working.width*shareHeight/shareWidth
	if height > working.height {
		width, height = working.height*shareWidth/shareHeight, working.height
	}
	if width < shareMinWidth || height < shareMinHeight {
		return nil
	}
	x, y := (working.width-width)/2&^1, (working.height-height)/3&^1
	cut := working.crop(x, y, width, height)
	data, err := m.jpeg(cut.resized(min(width, shareWidth), min(height, shareHeight)), m.options.Quality)
	if err != nil {
		return err
	}
	share := m.rendition(data, JPEG, min(width, shareWidth), min(height, shareHeight))
	m.set.Share = &share
	m.files = append(m.files, data)
	return nil
}

func (m *maker) jpeg(r raster, quality int) ([]byte, error) {
	var out bytes.Buffer
	if err := jpeg.Encode(&out, r.onWhite().image(), &jpeg.Options{Quality: quality}); err != nil {
		return nil, fmt.Errorf("encode JPEG: %w", err)
	}
	return withProfile(out.Bytes(), m.profile), nil
}

func encodePNG(r raster) ([]byte, error) {
	var out bytes.Buffer
	if err := png.Encode(&out, r.image()); err != nil {
		return nil, fmt.Errorf("encode PNG: %w", err)
	}
	return out.Bytes(), nil
}
