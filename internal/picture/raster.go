package picture

import (
	"bytes"
	"image"
	"image/draw"
	"image/gif"

	"bantin/internal/libwebp"
)

// plane is one channel of a picture: a grid of bytes that stand step bytes
// apart in a row, rows stride bytes apart.
type plane struct {
	pix           []uint8
	width, height int
	stride, step  int
}

func newPlane(width, height int) plane {
	return plane{make([]uint8, width*height), width, height, width, 1}
}

// crop returns the part of p that begins at x, y.
func (p plane) crop(x, y, width, height int) plane {
	return plane{p.pix[y*p.stride+x*p.step:], width, height, p.stride, p.step}
}

// raster is a decoded picture. Photos stay in the form in which JPEG keeps
// them, with a quarter of the colour samples, so that no pixel is converted
// there and back.
type raster struct {
	kind          rasterKind
	width, height int
	planes        []plane
}

type rasterKind uint8

const (
	gray  rasterKind = iota // one plane
	photo                   // Y, and Cb and Cr at half its width and height
	rgba                    // red, green, blue and alpha, premultiplied and interleaved
)

// newRaster returns an empty raster.
func newRaster(kind rasterKind, width, height int) raster {
	r := raster{kind: kind, width: width, height: height}
	switch kind {
	case gray:
		r.planes = []plane{newPlane(width, height)}
	case photo:
		r.planes = []plane{
			newPlane(width, height), newPlane(half(width), half(height)), newPlane(half(width), half(height)),
		}
	case rgba:
		r.planes = interleaved(image.NewRGBA(image.Rect(0, 0, width, height)))
	}
	return r
}

func half(n int) int { return (n + 1) / 2 }

func interleaved(m *image.RGBA) []plane {
	planes := make([]plane, 4)
	for c := range planes {
		planes[c] = plane{m.Pix[c:], m.Rect.Dx(), m.Rect.Dy(), m.Stride, 4}
	}
	return planes
}

// decode decodes a picture, as it lies in its file.
func decode(src []byte) (raster, error) {
	m, format, err := image.Decode(bytes.NewReader(src))
	if err != nil {
		return raster{}, broken(err)
	}
	if format == "webp" {
		libwebp.Widen(m)
	}
	if format == "gif" {
		m = onScreen(m, src)
	}
	size := m.Bounds().Size()
	r := raster{width: size.X, height: size.Y}
	switch m := m.(type) {
	case *image.Gray:
		r.kind = gray
		r.planes = []plane{{m.Pix, size.X, size.Y, m.Stride, 1}}
	case *image.YCbCr:
		r.kind = photo
		r.planes = ycbcrPlanes(m)
	case *image.RGBA:
		r.kind = rgba
		r.planes = interleaved(m)
	default:
		copied := image.NewRGBA(image.Rect(0, 0, size.X, size.Y))
		draw.Draw(copied, copied.Rect, m, m.Bounds().Min, draw.Src)
		r.kind = rgba
		r.planes = interleaved(copied)
	}
	return r, nil
}

// onScreen returns the frame m of a GIF at its place on the logical screen, which is
// what browsers show and may be larger (GIF89a, 18 and 20).
func onScreen(m image.Image, src []byte) image.Image {
	screen, err := gif.DecodeConfig(bytes.NewReader(src))
	if whole := image.Rect(0, 0, screen.Width, screen.Height); err == nil && m.Bounds() != whole {
		copied := image.NewRGBA(whole)
		draw.Draw(copied, m.Bounds(), m, m.Bounds().Min, draw.Src)
		return copied
	}
	return m
}

// ycbcrPlanes returns the planes of m as they are; those of colour may be of
// another size than a raster's, which resized mends.
func ycbcrPlanes(m *image.YCbCr) []plane {
	width, height := m.Rect.Dx(), m.Rect.Dy()
	across, down := 1, 1
	switch m.SubsampleRatio {
	case image.YCbCrSubsampleRatio422:
		across = 2
	case image.YCbCrSubsampleRatio420:
		across, down = 2, 2
	case image.YCbCrSubsampleRatio440:
		down = 2
	case image.YCbCrSubsampleRatio411:
		across = 4
	case image.YCbCrSubsampleRatio410:
		across, down = 4, 2
	}
	chromaWidth, chromaHeight := (width+across-1)/across, (height+down-1)/down
	return []plane{
		{m.Y, width, height, m.YStride, 1},
		{m.Cb, chromaWidth, chromaHeight, m.CStride, 1},
		{m.Cr, chromaWidth, chromaHeight, m.CStride, 1},
	}
}

// resized returns r at another size.
func (r raster) resized(width, height int) raster {
	if r.kind == rgba && r.width == width && r.height == height {
		return r
	}
	out := newRaster(r.kind, width, height)
	for i, p := range r.planes {
		if p.width == out.planes[i].width && p.height == out.planes[i].height {
			out.planes[i] = p
			continue
		}
		resample(out.planes[i], p)
	}
	if r.kind == rgba {
		out.limitToAlpha()
	}
	return out
}

// limitToAlpha keeps colours from exceeding alpha, as they do where a sharp
// edge overshoots: premultiplied, that is no colour.
func (r raster) limitToAlpha() {
	pix := r.planes[0].pix
	for i := 0; i+3 < len(pix); i += 4 {
		a := pix[i+3]
		pix[i], pix[i+1], pix[i+2] = min(pix[i], a), min(pix[i+1], a), min(pix[i+2], a)
	}
}

// crop returns the part of r that begins at x, y, both even.
func (r raster) crop(x, y, width, height int) raster {
	out := raster{kind: r.kind, width: width, height: height}
	for i, p := range r.planes {
		if r.kind == photo && i > 0 {
			out.planes = append(out.planes, p.crop(x/2, y/2, half(width), half(height)))
		} else {
			out.planes = append(out.planes, p.crop(x, y, width, height))
		}
	}
	return out
}

// upright returns r turned as its orientation asks.
func (r raster) upright(orientation int) raster {
	if orientation == 1 {
		return r
	}
	width, height := r.width, r.height
	if orientation > 4 {
		width, height = height, width
	}
	out := newRaster(r.kind, width, height)
	for i, p := range r.planes {
		turn(out.planes[i], p, orientation)
	}
	return out
}

// turn writes src into dst as an EXIF orientation asks: walking through dst
// row by row is walking through src from a corner, in steps across and down.
func turn(dst, src plane, orientation int) {
	right, down := src.step, src.stride
	last := func(n, step int) int { return (n - 1) * step }
	var from, across, along int
	switch orientation {
	case 2: // mirrored
		from, across, along = last(src.width, right), -right, down
	case 3: // upside down
		from, across, along = last(src.width, right)+last(src.height, down), -right, -down
	case 4: // upside down, mirrored
		from, across, along = last(src.height, down), right, -down
	case 5: // mirrored about the diagonal
		from, across, along = 0, down, right
	case 6: // to be turned clockwise
		from, across, along = last(src.height, down), -down, right
	case 7: // mirrored about the other diagonal
		from, across, along = last(src.width, right)+last(src.height, down), -down, -right
	case 8: // to be turned counter-clockwise
		from, across, along = last(src.width, right), down, -right
	default:
		from, across, along = 0, right, down
	}
	for y := range dst.height {
		at, to := from+y*along, y*dst.stride
		for range dst.width {
			dst.pix[to] = src.pix[at]
			at += across
			to += dst.step
		}
	}
}

// onWhite lays a picture with transparent parts on white, as JPEG must.
func (r raster) onWhite() raster {
	if r.kind != rgba || r.isOpaque() {
		return r
	}
	out := newRaster(rgba, r.width, r.height)
	for y := range r.height {
		from := r.planes[0].pix[y*r.planes[0].stride:]
		to := out.planes[0].pix[y*out.planes[0].stride:]
		for i := 0; i < 4*r.width; i += 4 {
			rest := 255 - from[i+3]
			to[i], to[i+1], to[i+2], to[i+3] = from[i]+rest, from[i+1]+rest, from[i+2]+rest, 255
		}
	}
	return out
}

// image returns r as the encoders want it. Its planes must be its own, of the
// sizes of a new raster, or a crop of such.
func (r raster) image() image.Image {
	bounds := image.Rect(0, 0, r.width, r.height)
	switch r.kind {
	case gray:
		return &image.Gray{Pix: r.planes[0].pix, Stride: r.planes[0].stride, Rect: bounds}
	case photo:
		return &image.YCbCr{
			Y: r.planes[0].pix, Cb: r.planes[1].pix, Cr: r.planes[2].pix,
			YStride: r.planes[0].stride, CStride: r.planes[1].stride,
			SubsampleRatio: image.YCbCrSubsampleRatio420, Rect: bounds,
		}
	}
	return &image.RGBA{Pix: r.planes[0].pix, Stride: r.planes[0].stride, Rect: bounds}
}

// isOpaque tells whether no pixel lets anything through.
func (r raster) isOpaque() bool {
	m, ok := r.image().(*image.RGBA)
	return !ok || m.Opaque()
}
