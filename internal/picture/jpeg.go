package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strconv"
)

// The markers of a JPEG file that matter here (ITU-T T.81, table B.1).
const (
	markerSOI  = 0xd8
	markerEOI  = 0xd9
	markerSOS  = 0xda
	markerSOF0 = 0xc0
	markerSOF2 = 0xc2
	markerAPP0 = 0xe0
	markerAPPF = 0xef
	markerCOM  = 0xfe
)

var errTruncated = errors.New("the file ends too early")

// segment is a marker of a JPEG file with what belongs to it.
type segment struct {
	marker byte
	data   []byte // without marker and length
	raw    []byte // with them; of a scan also the entropy-coded bytes
}

// nextSegment reads the first segment of src, and returns what follows. Bytes
// before it that belong to none are passed over, as all decoders do.
func nextSegment(src []byte) (s segment, rest []byte, err error) {
	at := nextMarker(src)
	if at < 0 {
		return segment{}, nil, errTruncated
	}
	s.marker = src[at]
	start := at - 1
	at++
	if s.marker == markerSOI || s.marker == markerEOI || s.marker == 0x01 || 0xd0 <= s.marker && s.marker <= 0xd7 {
		s.raw = src[start:at]
		return s, src[at:], nil
	}
	if len(src) < at+2 {
		return segment{}, nil, errTruncated
	}
	end := at + int(binary.BigEndian.Uint16(src[at:]))
	if end < at+2 || end > len(src) {
		return segment{}, nil, errTruncated
	}
	s.data = src[at+2 : end]
	if s.marker == markerSOS {
		end += scanLength(src[end:])
	}
	s.raw = src[start:end]
	return s, src[end:], nil
}

// nextMarker returns where the first marker of src stands, behind its 0xff; -1
// if there is none. A marker may be led by several of those.
func nextMarker(src []byte) int {
	for at := 0; ; {
		i := bytes.IndexByte(src[at:], 0xff)
		if i < 0 {
			return -1
		}
		for at += i; at < len(src) && src[at] == 0xff; {
			at++
		}
		if at == len(src) {
			return -1
		}
		if src[at] != 0 {
			return at
		}
	}
}

// scanLength returns how many entropy-coded bytes src begins with: up to a
// marker that is neither a stuffed byte nor a restart.
func scanLength(src []byte) int {
	for at := 0; ; {
		i := bytes.IndexByte(src[at:], 0xff)
		if i < 0 || at+i+1 >= len(src) {
			return len(src)
		}
		at += i
		if next := src[at+1]; next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7) {
			return at
		}
		at++
	}
}

// readJPEG reads the segments before the first scan.
func (h *Header) readJPEG(src []byte) error {
	for rest := src; ; {
		s, after, err := nextSegment(rest)
		if err != nil {
			return broken(err)
		}
		rest = after
		switch {
		case s.marker == markerSOS || s.marker == markerEOI:
			if h.Memory == 0 {
				return broken(errors.New("no frame before the scan"))
			}
			return h.check()
		case markerSOF0 <= s.marker && s.marker <= 0xcf && s.marker != 0xc4 && s.marker != 0xc8 && s.marker != 0xcc:
			if err := h.readFrame(s); err != nil {
				return err
			}
		case s.marker == markerAPP0+1 && bytes.HasPrefix(s.data, []byte(exifPrefix)):
			h.Orientation = orientation(s.data[len(exifPrefix):])
		}
	}
}

// readFrame reads the size, and from the sampling of each component what
// decoding takes: a byte each sample, and four more for the coefficients of a
// progressive frame, which wait for all scans.
func (h *Header) readFrame(s segment) error {
	if s.marker > markerSOF2 {
		return &Error{ID: "picture-format", Args: []string{"JPEG SOF" + strconv.Itoa(int(s.marker-markerSOF0))}}
	}
	if len(s.data) < 6 || len(s.data) < 6+3*int(s.data[5]) {
		return broken(errTruncated)
	}
	h.Height = int(binary.BigEndian.Uint16(s.data[1:]))
	h.Width = int(binary.BigEndian.Uint16(s.data[3:]))
	components := int(s.data[5])
	if h.Width == 0 || h.Height == 0 || components == 0 {
		return broken(errors.New("no pixels"))
	}
	var area, widest int64
	for c := range components {
		across, down := int64(s.data[7+3*c]>>4), int64(s.data[7+3*c]&15)
		area += across * down
		widest = max(widest, across*down)
	}
	if widest == 0 {
		return broken(errors.New("no sampling"))
	}
	samples := int64(h.Width) * int64(h.Height) * area / widest
	h.Memory = samples
	if s.marker == markerSOF2 {
		h.Memory += 4 * samples
	}
	if components == 4 { // then there is an RGBA copy as well
		h.Memory += 8 * int64(h.Width) * int64(h.Height)
	}
	return nil
}

// stripJPEG copies the segments that decide about pixels, and nothing behind
// the picture's end, where phones keep videos and depth maps.
func stripJPEG(src []byte) ([]byte, error) {
	out := make([]byte, 0, len(src))
	for rest := src; ; {
		s, after, err := nextSegment(rest)
		if err != nil {
			return nil, broken(err)
		}
		rest = after
		out = appendClean(out, s)
		if s.marker == markerEOI {
			return out, nil
		}
	}
}

// appendClean appends a segment, unless it is metadata. Of APPn it leaves JFIF
// without its thumbnail, colour profiles and Adobe's colour transform.
func appendClean(out []byte, s segment) []byte {
	switch {
	case s.marker == markerCOM:
		return out
	case s.marker < markerAPP0 || s.marker > markerAPPF:
		return append(out, s.raw...)
	case s.marker == markerAPP0 && bytes.HasPrefix(s.data, []byte("JFIF\x00")) && len(s.data) >= 14:
		out = append(out, 0xff, markerAPP0, 0, 16)
		out = append(out, s.data[:12]...)
		return append(out, 0, 0)
	case s.marker == markerAPP0+2 && bytes.HasPrefix(s.data, []byte(iccPrefix)),
		s.marker == markerAPP0+14 && bytes.HasPrefix(s.data, []byte("Adobe")):
		return append(out, s.raw...)
	}
	return out
}

// iccPrefix begins each part of a colour profile: then come its number, the
// number of parts, and the part (ICC.1:2022, B.4).
const iccPrefix = "ICC_PROFILE\x00"

const maxProfile = 64 << 10 // bytes; those of cameras and screens are far smaller

// profileOf returns the colour profile of a JPEG, nil if it has none that the
// pictures made of it need: sRGB is what browsers take for granted, and those
// of print do not fit.
func profileOf(src []byte) []byte {
	var profile []byte
	for rest := src; ; {
		s, after, err := nextSegment(rest)
		if err != nil || s.marker == markerSOS {
			break
		}
		rest = after
		if s.marker == markerAPP0+2 && bytes.HasPrefix(s.data, []byte(iccPrefix)) && len(s.data) > len(iccPrefix)+2 {
			profile = append(profile, s.data[len(iccPrefix)+2:]...)
		}
	}
	if len(profile) < 20 || len(profile) > maxProfile {
		return nil
	}
	space := string(profile[16:20])
	if space != "RGB " && space != "GRAY" ||
		bytes.Contains(profile, []byte("sRGB")) || bytes.Contains(profile, []byte("s\x00R\x00G\x00B")) {
		return nil
	}
	return profile
}

// withProfile puts a colour profile into a JPEG that has none.
func withProfile(src, profile []byte) []byte {
	if len(profile) == 0 {
		return src
	}
	const room = 0xffff - 2 - len(iccPrefix) - 2
	parts := (len(profile) + room - 1) / room
	out := append(make([]byte, 0, len(src)+len(profile)+parts*32), src[:2]...)
	for n := range parts {
		part := profile[n*room : min((n+1)*room, len(profile))]
		out = append(out, 0xff, markerAPP0+2)
		out = binary.BigEndian.AppendUint16(out, uint16(2+len(iccPrefix)+2+len(part)))
		out = append(out, iccPrefix...)
		out = append(out, byte(n+1), byte(parts))
		out = append(out, part...)
	}
	return append(out, src[2:]...)
}
