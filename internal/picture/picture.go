// Package picture turns a photo as it comes from a camera into pictures for
// the web: upright, small, and telling nothing but what they show.
//
// It knows bytes and pixels and nothing of articles or pages. ReadHeader looks
// at a file's head, Make decodes it once and makes everything of it, Strip
// takes metadata out without touching a pixel, Store keeps what was made.
//
// Its invariants: nothing that Make or Strip gives holds EXIF, GPS, XMP or a
// thumbnail; no picture is decoded before its header has told what that costs;
// and the same bytes in give the same bytes out on every machine, for which
// all arithmetic on pixels is in integers.
package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	_ "image/gif" // the formats that can be decoded
	_ "image/jpeg"
	_ "image/png"
	"path"
	"slices"
	"strconv"
	"strings"

	_ "golang.org/x/image/webp"
)

// Format is how a picture is encoded.
type Format uint8

// The formats that can be published.
const (
	JPEG Format = iota + 1
	PNG
	GIF
	WebP
	SVG
)

// Extensions returns the endings of file names that tell the format, the usual
// one first.
func (f Format) Extensions() []string {
	switch f {
	case JPEG:
		return []string{".jpg", ".jpeg", ".jpe", ".jfif"}
	case PNG:
		return []string{".png", ".apng"}
	case GIF:
		return []string{".gif"}
	case WebP:
		return []string{".webp"}
	case SVG:
		return []string{".svg"}
	}
	return nil
}

// IsNamed tells whether a file's name is that of a picture.
func IsNamed(name string) bool {
	ending := strings.ToLower(path.Ext(name))
	for f := JPEG; f <= SVG; f++ {
		if slices.Contains(f.Extensions(), ending) {
			return true
		}
	}
	return false
}

func (f Format) String() string {
	switch f {
	case JPEG:
		return "JPEG"
	case PNG:
		return "PNG"
	case GIF:
		return "GIF"
	case WebP:
		return "WebP"
	case SVG:
		return "SVG"
	}
	return "Format(" + strconv.Itoa(int(f)) + ")"
}

// The limits of what is decoded. A phone's largest photo has 108 megapixels;
// what is larger, or needs more memory or time, is a scan for print or a trap.
const (
	MaxPixels = 110_000_000
	MaxSide   = 65_500    // pixels; a JPEG's may have 65,535 (ITU-T T.81, B.2.2), browsers and libjpeg stop here
	MaxMemory = 512 << 20 // bytes
	MaxFile   = 256 << 20 // bytes of a file
	// maxBlocks is how many blocks of 64 coefficients all scans of a JPEG may
	// visit: four times what the largest photo's usual ten need.
	maxBlocks = 64_000_000
	// maxActive is how many places of one SVG are told.
	maxActive = 50
)

// Header is what the head of a picture's file tells.
type Header struct {
	Format        Format
	Width, Height int  // in pixels, as shown: upright; 0 for an SVG without a size
	Orientation   int  // 1 to 8, as EXIF numbers them (tag 0x0112); 1 is upright
	Animated      bool // it moves, and so is kept as it is
	// Memory is how many bytes the pixels take, as they are decoded and as all
	// else is made of them, found before any of them is asked for.
	Memory int64
}

// ErrNoPicture says that a file is no picture of a format that browsers show.
var ErrNoPicture = errors.New("not a picture")

// Error is what is wrong with a picture; ID is that of a diag text whose
// arguments are the file's name and Args.
type Error struct {
	ID   string
	Args []string
	Err  error // of a decoder, nil if there is none
}

func (e *Error) Error() string {
	return fmt.Sprintf("%s %q: %v", e.ID, e.Args, e.Err)
}

func (e *Error) Unwrap() error { return e.Err }

func broken(err error) error { return &Error{ID: "picture-broken", Err: err} }

// foreign are the first bytes of pictures that cannot be published.
var foreign = []struct {
	at    int
	magic string
	name  string
}{
	{4, "ftypheic", "HEIC"}, {4, "ftypheix", "HEIC"}, {4, "ftyphevc", "HEIC"},
	{4, "ftypmif1", "HEIF"}, {4, "ftypmsf1", "HEIF"}, {4, "ftypavif", "AVIF"}, {4, "ftypavis", "AVIF"},
	{0, "II*\x00", "TIFF"}, {0, "MM\x00*", "TIFF"}, {0, "8BPS", "Photoshop"},
}

// sniff returns the format that a file's first bytes tell, 0 for none.
func sniff(src []byte) Format {
	switch {
	case bytes.HasPrefix(src, []byte("\xff\xd8\xff")):
		return JPEG
	case bytes.HasPrefix(src, []byte(pngSignature)):
		return PNG
	case bytes.HasPrefix(src, []byte("GIF87a")), bytes.HasPrefix(src, []byte("GIF89a")):
		return GIF
	case len(src) >= 12 && string(src[:4]) == "RIFF" && string(src[8:12]) == "WEBP":
		return WebP
	case isSVG(src):
		return SVG
	}
	return 0
}

// SniffLength is how many of a file's first bytes tell whether it is a picture.
const SniffLength = 4096

// IsPicture tells by a file's first SniffLength bytes whether ReadHeader finds
// a picture in it, be it one that cannot be published.
func IsPicture(head []byte) bool { return sniff(head) != 0 || foreignFormat(head) != "" }

// panicked is what a decoder's panic says of the file that it was given.
type panicked struct{ value any }

func (p panicked) Error() string { return fmt.Sprint("panic: ", p.value) }

// contain makes of a panic in a decoder an error of the picture: one file must
// not end a build of all others.
func contain(err *error) {
	if v := recover(); v != nil {
		*err = broken(panicked{v})
	}
}

// ReadHeader reads the head of a picture's file. The error is ErrNoPicture, or
// an *Error for a picture that cannot be published.
func ReadHeader(src []byte) (h Header, err error) {
	defer contain(&err)
	return readHeader(src)
}

// TooLarge returns the error of a picture whose file has more than MaxFile bytes.
func TooLarge(size int64) *Error {
	return &Error{ID: "picture-too-large/file", Args: []string{strconv.FormatInt(size>>20, 10), strconv.Itoa(MaxFile >> 20)}}
}

func readHeader(src []byte) (Header, error) {
	h := Header{Format: sniff(src), Orientation: 1}
	if h.Format != 0 && len(src) > MaxFile {
		return h, TooLarge(int64(len(src)))
	}
	switch h.Format {
	case JPEG:
		return h, h.readJPEG(src)
	case PNG:
		return h, h.readPNG(src)
	case GIF:
		return h, h.readGIF(src)
	case WebP:
		return h, h.readWebP(src)
	case SVG:
		h.Width, h.Height = svgSize(src)
		return h, nil
	}
	switch name := foreignFormat(src); name {
	case "":
	case "HEIC":
		return Header{}, &Error{ID: "picture-format/heic", Args: []string{name}}
	default:
		return Header{}, &Error{ID: "picture-format", Args: []string{name}}
	}
	if isBMP(src) {
		return Header{}, &Error{ID: "picture-format", Args: []string{"BMP"}}
	}
	return Header{}, ErrNoPicture
}

// foreignFormat names the format of a picture that cannot be published, "" if
// src is none.
func foreignFormat(src []byte) string {
	for _, f := range foreign {
		if len(src) >= f.at && bytes.HasPrefix(src[f.at:], []byte(f.magic)) {
			return f.name
		}
	}
	return ""
}

// isBMP tells whether src is a bitmap and not just a text that begins alike:
// its length stands behind the first two letters.
func isBMP(src []byte) bool {
	return len(src) > 26 && string(src[:2]) == "BM" && int64(binary.LittleEndian.Uint32(src[2:])) == int64(len(src))
}

// readConfig reads the size that a picture's own decoder finds.
func (h *Header) readConfig(src []byte) error {
	config, _, err := image.DecodeConfig(bytes.NewReader(src))
	if err != nil {
		return broken(err)
	}
	h.Width, h.Height = config.Width, config.Height
	if h.Width == 0 || h.Height == 0 {
		return broken(errors.New("no pixels"))
	}
	return nil
}

// check refuses what would cost too much to decode, and turns the size upright.
func (h *Header) check() error { return h.checkAs(4) }

// checkAs is check for a picture whose pixels take size bytes each, once they
// are decoded.
func (h *Header) checkAs(size int64) error {
	pixels := int64(h.Width) * int64(h.Height)
	h.Memory += h.making(size * pixels)
	if pixels > MaxPixels || h.Memory > MaxMemory || h.Width > MaxSide || h.Height > MaxSide {
		return &Error{ID: "picture-too-large", Args: []string{
			strconv.Itoa(h.Width), strconv.Itoa(h.Height), strconv.FormatInt(pixels/1_000_000, 10),
		}}
	}
	if h.Orientation > 4 {
		h.Width, h.Height = h.Height, h.Width
	}
	return nil
}

// making returns how many bytes the picture that stands upright takes, and the
// one of the working width, as it lies in the file and upright, if the decoded
// one takes so many.
func (h *Header) making(decoded int64) (n int64) {
	width, copies := h.Width, int64(0)
	if h.Orientation > 4 {
		width = h.Height
	}
	if h.Orientation != 1 {
		n += decoded
		copies++
	}
	working := decoded
	if width > workingWidth {
		working = decoded * workingWidth / int64(width)
		copies++
	}
	return n + copies*working + working/2 // half for all that is smaller
}

// Strip returns the picture without its metadata, its pixels untouched. An SVG
// also loses all that is active in it; found says where. The error is an
// *Error.
func Strip(src []byte, f Format) (clean []byte, found []Active, err error) {
	defer contain(&err)
	return strip(src, f)
}

func strip(src []byte, f Format) (clean []byte, found []Active, err error) {
	switch f {
	case JPEG:
		clean, err = stripJPEG(src)
	case PNG:
		clean, err = stripPNG(src)
	case GIF:
		clean, err = stripGIF(src)
	case WebP:
		clean, err = stripWebP(src)
	case SVG:
		return sanitizeSVG(src)
	default:
		return nil, nil, ErrNoPicture
	}
	return clean, nil, err
}
