package picture

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/png"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"bantin/internal/digest"
	"bantin/internal/testsize"
)

// blank returns a PNG of black pixels that was never a picture in memory. depth
// and colour are those of its header (PNG, third edition, 11.2.1).
func blank(t testing.TB, width, height int, depth, colour byte, interlaced bool) []byte {
	t.Helper()
	head := binary.BigEndian.AppendUint32(nil, uint32(width))
	head = binary.BigEndian.AppendUint32(head, uint32(height))
	head = append(head, depth, colour, 0, 0, 0)
	channels := map[byte]int64{0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
	bits := channels * int64(depth)
	rows := int64(height) * ((int64(width)*bits+7)/8 + 1)
	if interlaced { // 8.2
		head[12], rows = 1, 0
		for _, p := range [][4]int{{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}} {
			across, down := int64(width-p[0]+p[2]-1)/int64(p[2]), int64(height-p[1]+p[3]-1)/int64(p[3])
			rows += down * ((across*bits+7)/8 + 1)
		}
	}
	var data bytes.Buffer
	deflateZeros(t, &data, rows)
	out := appendChunk([]byte(pngSignature), "IHDR", head)
	if colour == 3 {
		out = appendChunk(out, "PLTE", []byte{1, 2, 3})
	}
	out = appendChunk(out, "IDAT", data.Bytes())
	return appendChunk(out, "IEND", nil)
}

// deflateZeros writes n bytes of zero to w, in zlib's format.
func deflateZeros(t testing.TB, w io.Writer, n int64) {
	t.Helper()
	z, err := zlib.NewWriterLevel(w, zlib.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.CopyN(z, zeros{}, n); err != nil {
		t.Fatal(err)
	}
	z.Close()
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}

// justJPEG are testOptions without WebP, whose encoder has a limit of its own.
var justJPEG = Options{Widths: testOptions.Widths, Quality: testOptions.Quality}

// cost returns the bytes that making everything of a picture asks for in all,
// and how long it takes.
func cost(t *testing.T, src []byte) (allocated uint64, took time.Duration, err error) {
	t.Helper()
	runtime.GC()
	return made(src)
}

func made(src []byte) (allocated uint64, took time.Duration, err error) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	h, err := ReadHeader(src)
	if err == nil {
		_, _, err = Make(src, h, digest.Digest{}, justJPEG)
	}
	took = time.Since(start)
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc, took, err
}

func isTooLarge(err error) bool {
	fault, ok := errors.AsType[*Error](err)
	return ok && strings.HasPrefix(fault.ID, "picture-too-large")
}

func TestAPictureIsRefusedBeforeItTakesMoreThanTheLimit(t *testing.T) {
	testsize.SkipShort(t, "the race detector takes memory of its own")
	for name, src := range map[string][]byte{
		"one row":             bombOf(t, 109_000_000, 1, 1, 0, false),
		"one column":          bombOf(t, 1, 70_000, 1, 0, false),
		"a high strip":        bombOf(t, 1000, 70_000, 1, 0, false),
		"just too wide":       bombOf(t, MaxSide+1, 2, 8, 2, false),
		"16 bits":             bombOf(t, 9000, 7000, 16, 2, false),
		"16 bits, interlaced": bombOf(t, 6000, 6000, 16, 6, true),
		"interlaced":          bombOf(t, 9000, 8000, 8, 6, true),
		"a palette":           bombOf(t, 20_000, 5400, 1, 3, false),
		"transparent":         bombOf(t, 9000, 9000, 8, 6, false),
		"too many pixels":     bomb(t, 60_000, 60_000),
	} {
		if allocated, _, err := cost(t, src); !isTooLarge(err) || allocated > 1<<20 {
			t.Errorf("%s: %v after %d MB", name, err, allocated>>20)
		}
	}
}

// TestTheHeadTellsAllMemory holds the estimate on which the limit rests: what
// is asked for in all, with the encoders' own buffers, is no more than it.
func TestTheHeadTellsAllMemory(t *testing.T) {
	testsize.SkipShort(t, "the race detector takes memory of its own")
	w, h, long := 2400, 1800, 40_000
	if testsize.IsShort() {
		w, h, long = w/2, h/2, long/2
	}
	lying := func(orientation int, src []byte) []byte {
		return withChunk(src, "eXIf", strings.TrimPrefix(exifOf(orientation), exifPrefix))
	}
	photo := jpegOf(t, scene(w*3/4, h*3/4))
	for name, src := range map[string][]byte{
		"the widest":             blank(t, MaxSide, 1, 8, 0, false),
		"the highest":            blank(t, 1, MaxSide, 8, 6, false),
		"1 bit":                  blank(t, w, h, 1, 0, false),
		"grey":                   blank(t, w, h, 8, 0, false),
		"grey, 16 bits":          blank(t, w, h, 16, 0, false),
		"grey and alpha":         blank(t, w, h, 8, 4, false),
		"16 bits":                blank(t, w, h, 16, 2, false),
		"16 bits and alpha":      blank(t, w, h, 16, 6, false),
		"interlaced":             blank(t, w, h, 8, 6, true),
		"interlaced, 16 bits":    blank(t, w, h, 16, 6, true),
		"a palette":              blank(t, w, h, 8, 3, false),
		"a palette of 4 colours": blank(t, w, h, 2, 3, true),
		"transparent":            withChunk(blank(t, w, h, 8, 2, false), "tRNS", "\x00\x00\x00\x00\x00\x01"),
		"a high strip":           blank(t, 100, long, 8, 2, false),
		"on its side":            lying(6, blank(t, w, h, 8, 2, false)),
		"a strip that lies":      lying(8, blank(t, long, 100, 8, 2, false)),
		"a photo":                photo,
		"a photo on its side":    withSegment(photo, markerAPP0+1, exifOf(6)),
		"RGB":                    withSegment(photo, markerAPP0+14, "Adobe\x00\x64\x00\x00\x00\x00\x00"),
		"progressive":            scans(t, w, h, 4),
		"thin":                   scans(t, 1, 60_000, 4),
	} {
		head, err := ReadHeader(src)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		const buffers = 16 << 20
		allocated, _, err := cost(t, src)
		if err != nil || allocated > uint64(head.Memory)+buffers+4*uint64(len(src)) {
			t.Errorf("%s: %v, %d kB asked for, %d kB told", name, err, allocated>>10, head.Memory>>10)
		}
	}
}

// scans returns a progressive JPEG whose first scan of DC is followed by more
// that say nothing.
func scans(t testing.TB, width, height, n int) []byte {
	t.Helper()
	out := []byte("\xff\xd8\xff\xdb\x00\x43\x00" + strings.Repeat("\x01", 64))
	out = append(out, "\xff\xc2\x00\x0b\x08"...)
	out = binary.BigEndian.AppendUint16(out, uint16(height))
	out = binary.BigEndian.AppendUint16(out, uint16(width))
	out = append(out, 1, 1, 0x11, 0)
	// One code of one bit in each table: a difference of nothing, the end of a
	// band of 16,384 blocks.
	out = append(out, "\xff\xc4\x00\x14\x00\x01"+strings.Repeat("\x00", 15)+"\x00"...)
	out = append(out, "\xff\xc4\x00\x14\x10\x01"+strings.Repeat("\x00", 15)+"\xe0"...)
	blocks := (width + 7) / 8 * ((height + 7) / 8)
	out = append(out, "\xff\xda\x00\x08\x01\x01\x00\x00\x00\x00"...)
	out = append(out, bytes.Repeat([]byte{0}, blocks/8+1)...)
	for k := range n {
		low := byte(1)
		if k%2 == 1 {
			low = 0x10
		}
		out = append(out, "\xff\xda\x00\x08\x01\x01\x00\x01\x3f"...)
		out = append(out, low)
		out = append(out, make([]byte, 2*(blocks/16384+2))...)
	}
	return append(out, "\xff\xd9"...)
}

func TestScansOfAJPEGAreCountedBeforeTheyAreDecoded(t *testing.T) {
	bomb := scans(t, 8000, 8000, 1000)
	if _, took, err := cost(t, bomb); !isTooLarge(err) || took > time.Second {
		t.Errorf("%v after %v", err, took)
	}
	if h, err := ReadHeader(scans(t, 4000, 3000, 10)); err != nil || h.Width != 4000 {
		t.Errorf("the usual number of scans: %+v, %v", h, err)
	}
	if h, err := ReadHeader(scans(t, 10_000, 9000, 20)); err != nil || h.Width != 10_000 {
		t.Errorf("the largest photo: %+v, %v", h, err)
	}
}

func TestAnSVGCostsWhatItsLengthSays(t *testing.T) {
	testsize.SkipShort(t, "one goroutine is timed")
	const n = 1 << 20 // bytes
	many := func(part string) string { return strings.Repeat(part, n/len(part)) }
	wrap := func(inner string) []byte { return []byte("<svg" + both + ">" + inner + "</svg>") }
	photo := "data:image/png;base64,iVBORw0KGgo="
	for name, src := range map[string][]byte{
		"scripts":           wrap(many("<script/>")),
		"scripts, in lines": wrap(many("\n<script/>")),
		"handlers":          wrap(many(`<g onload="a"/>`)),
		"handlers in one":   wrap("<g" + many(` onload="a"`) + "/>"),
		"attributes":        wrap("<g " + attributes(n/10) + "/>"),
		"styles":            wrap(many("<style>@import</style>")),
		"one style":         wrap("<style>" + many("u<!---->rl(") + "</style>"),
		"urls":              wrap(`<g style="` + many("url(#a)") + `"/>`),
		"text":              wrap(many("a<!---->")),
		"nested":            wrap(many("<g>")),
		"namespaces":        wrap(many(`<g xmlns:a="b">`)),
		"prefixes":          wrap("<a:b" + many(` xmlns:a="b"`) + "/>"),
		"instructions":      wrap(many("<?a?>")),
		"pictures":          wrap(many(`<image href="` + photo + `"/>`)),
		"entities":          wrap(many("&lt;")),
		"before it":         []byte(many("<!---->") + "<svg" + both + "/>"),
	} {
		start := time.Now()
		_, active, _ := Strip(src, SVG)
		if took := time.Since(start); took > 10*time.Second || len(active) > maxActive {
			t.Errorf("%s: %v, %d places", name, took, len(active))
		}
	}
}

func attributes(n int) string {
	var b strings.Builder
	for k := range n {
		b.WriteString(" a")
		b.WriteString(strings.Repeat("b", k%7+1))
		b.WriteByte(byte('a' + k%26))
		b.WriteString(`="1"`)
	}
	return b.String()
}

func TestPartsOfAFileCostWhatTheirLengthSays(t *testing.T) {
	testsize.SkipShort(t, "the race detector takes memory and time of its own")
	photo, drawing, moving := jpegOf(t, scene(64, 48)), pngOf(t, corners(30, 20)), gifOf(t, 1)
	const n = 4 << 20
	many := func(part string) string { return strings.Repeat(part, n/len(part)) }
	at := 13 + colourTable(moving[10])
	zipped := func(n int) string {
		var b bytes.Buffer
		deflateZeros(t, &b, int64(n))
		return b.String()
	}
	for name, src := range map[string][]byte{
		"segments":          []byte(string(photo[:2]) + many("\xff\xe1\x00\x02") + string(photo[2:])),
		"profiles":          []byte(string(photo[:2]) + many("\xff\xe2\x00\x11"+iccPrefix+"\x01\x01a") + string(photo[2:])),
		"fill bytes":        []byte(string(photo[:2]) + many("\xff") + string(photo[2:])),
		"chunks":            []byte(string(drawing[:33]) + many(string(appendChunk(nil, "tEXt", nil))) + string(drawing[33:])),
		"a profile to fill": withChunk(drawing, "iCCP", "a\x00\x00"+zipped(256<<20)),
		"many of them":      []byte(string(drawing[:33]) + strings.Repeat(string(appendChunk(nil, "iCCP", []byte("a\x00\x00"+zipped(3<<20)))), 300) + string(drawing[33:])),
		"extensions":        []byte(string(moving[:at]) + many("\x21\xfe\x01a\x00") + string(moving[at:])),
	} {
		allocated, took, _ := cost(t, src)
		// image/png asks for 4 kB to pass over a chunk, one after the other.
		if took > 10*time.Second || allocated > 512*uint64(len(src))+64<<20 {
			t.Errorf("%s: %v and %d MB for %d kB", name, took, allocated>>20, len(src)>>10)
		}
	}
}

func TestAPanicInADecoderIsAnErrorOfThatPicture(t *testing.T) {
	src := pngOf(t, corners(30, 20))
	h := Header{Format: PNG, Orientation: 1} // no size: the filters cannot be made
	for name, run := range map[string]func() error{
		"Make": func() error { _, _, err := Make(src, h, digest.Digest{}, justJPEG); return err },
		"contain": func() (err error) {
			defer contain(&err)
			panic("broken")
		},
	} {
		fault, ok := errors.AsType[*Error](run())
		if !ok || fault.ID != "picture-broken" {
			t.Errorf("%s: %v", name, fault)
		}
		if _, ok := errors.AsType[panicked](fault.Err); !ok {
			t.Errorf("%s: no panic, but %v", name, fault.Err)
		}
	}
}

func TestAPictureOfOneColourIsStillAPNG(t *testing.T) {
	src := blank(t, 5, 4, 8, 2, false)
	m, err := png.Decode(bytes.NewReader(src))
	if err != nil || m.Bounds() != image.Rect(0, 0, 5, 4) || m.At(4, 3) != (color.RGBA{0, 0, 0, 255}) {
		t.Errorf("%v, %v", m, err)
	}
}
