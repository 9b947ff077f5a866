package picture

import (
	"slices"

	"bantin/internal/libwebp"
)

// How the library is asked: its fast ways. With Method 4 a photo takes three
// times as long and is 3 percent smaller.
const (
	webpMethod   = 2
	webpLossless = 50 // effort of a hundred
)

// leastSaved is how many bytes a second form of a picture is worth.
const leastSaved = 1000

// webpMaker makes the variants of one picture as WebP.
type webpMaker struct {
	encoder *libwebp.Encoder
	failed  bool // one of the widths cannot be had, so that none is offered
	list    []Rendition
	files   [][]byte
	instead int64 // bytes of what browsers are offered without WebP
}

func (w *webpMaker) close() {
	if w.encoder != nil {
		w.encoder.Close()
	}
}

// addWebP makes a variant as WebP: of a photo with loss, as JPEG, of a drawing
// without, as PNG. What is offered instead has the format f and size bytes. The
// widest variant comes first.
func (m *maker) addWebP(r raster, f Format, size int64) {
	w := &m.webp
	if w.failed {
		return
	}
	data, err := m.encodeWebP(r, f)
	if err != nil || int64(len(data)) > size {
		w.failed = true
		return
	}
	w.instead += size
	w.list = append(w.list, m.rendition(data, WebP, r.width, r.height))
	w.files = append(w.files, data)
}

func (m *maker) encodeWebP(r raster, f Format) ([]byte, error) {
	if m.webp.encoder == nil {
		e, err := libwebp.New()
		if err != nil {
			return nil, err
		}
		m.webp.encoder = e
	}
	o := libwebp.Options{Quality: m.options.Quality, Method: webpMethod}
	if f == PNG {
		o.Lossless, o.Quality = true, webpLossless
	}
	data, err := m.webp.encoder.Encode(r.image(), o)
	if err != nil {
		return nil, err
	}
	return webpWithProfile(data, m.profile, r.width, r.height), nil
}

// chosen returns the variants by width with their bytes; none unless all of them
// together are a tenth and leastSaved smaller than what is offered otherwise. Browsers that
// read WebP choose among these alone, so that each width must be there.
func (w *webpMaker) chosen() ([]Rendition, [][]byte) {
	var total int64
	for _, r := range w.list {
		total += r.Size
	}
	if w.failed || 10*total > 9*w.instead || w.instead-total < leastSaved {
		return nil, nil
	}
	slices.Reverse(w.list)
	slices.Reverse(w.files)
	return w.list, w.files
}

// Memory estimates the bytes that making all of a picture takes.
func (o Options) Memory(h Header) int64 {
	if !o.WebP || h.Format == SVG || h.Animated {
		return h.Memory
	}
	width := int64(min(h.Width, max(workingWidth, slices.Max(append([]int{0}, o.Widths...)))))
	each := int64(50) // a drawing without loss, at the worst
	if h.Format == JPEG {
		each = 8
	}
	return h.Memory + min(each*width*int64(heightAt(h, int(width))), libwebp.MaxMemory)
}
