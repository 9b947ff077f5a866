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

// readJPEG reads the segments before the first scan, and of a progressive
// picture the heads of all scans: each of them may cost a walk through all
// blocks and take a few bytes only.
func (h *Header) readJPEG(src []byte) error {
	var f frame
	isRGB := false
	check := func() error {
		pixels := int64(h.Width) * int64(h.Height)
		switch {
		case len(f.components) == 4: // a copy as CMYK, and one as RGBA
			h.Memory += 8 * pixels
		case len(f.components) == 3 && (isRGB || f.components[0].id == 'R'):
			h.Memory += 4 * pixels
		default:
			return h.checkAs(2) // a quarter of the colour samples, or more
		}
		return h.check()
	}
	for rest := src; ; {
		s, after, err := nextSegment(rest)
		if err != nil && f.blocks > 0 {
			return check() // cut off, which the decoder tells
		}
		if err != nil {
			return broken(err)
		}
		rest = after
		switch {
		case s.marker == markerSOS && f.components != nil && f.isProgressive:
			if f.blocks += f.blocksOf(s); f.blocks > maxBlocks {
				return &Error{ID: "picture-too-large/scans"}
			}
		case s.marker == markerSOS || s.marker == markerEOI:
			if f.components == nil {
				return broken(errors.New("no frame before the scan"))
			}
			return check()
		case markerSOF0 <= s.marker && s.marker <= 0xcf && s.marker != 0xc4 && s.marker != 0xc8 && s.marker != 0xcc:
			if f.components != nil {
				return broken(errors.New("two frames"))
			}
			if f, err = h.readFrame(s); err != nil {
				return err
			}
		case s.marker == markerAPP0+14 && bytes.HasPrefix(s.data, []byte("Adobe")) && len(s.data) >= adobeLength:
			isRGB = s.data[adobeLength-1] == 0
		case s.marker == markerAPP0+1 && bytes.HasPrefix(s.data, []byte(exifPrefix)):
			h.Orientation = orientation(s.data[len(exifPrefix):])
		}
	}
}

// frame is what the head of a JPEG's frame tells about the cost of its scans.
type frame struct {
	components    []component
	isProgressive bool
	blocks        int64 // that the scans so far visit
}

// component is one of the channels of a frame.
type component struct {
	id     byte
	blocks int64 // of 8 × 8 samples, with those that fill up the last row and column
}

// blocksOf returns how many blocks a scan visits.
func (f *frame) blocksOf(s segment) (n int64) {
	if len(s.data) == 0 || len(s.data) < 1+2*int(s.data[0]) {
		return 0
	}
	for k := range int(s.data[0]) {
		for _, c := range f.components {
			if c.id == s.data[1+2*k] {
				n += c.blocks
			}
		}
	}
	return n
}

// readFrame reads the size, and from the sampling of each component what
// decoding takes: a byte each sample, four more for the coefficients of a
// progressive frame, which wait for all scans.
func (h *Header) readFrame(s segment) (frame, error) {
	if s.marker > markerSOF2 {
		return frame{}, &Error{ID: "picture-format", Args: []string{"JPEG SOF" + strconv.Itoa(int(s.marker-markerSOF0))}}
	}
	if len(s.data) < 6 || len(s.data) < 6+3*int(s.data[5]) {
		return frame{}, broken(errTruncated)
	}
	h.Height = int(binary.BigEndian.Uint16(s.data[1:]))
	h.Width = int(binary.BigEndian.Uint16(s.data[3:]))
	if h.Width == 0 || h.Height == 0 || s.data[5] == 0 {
		return frame{}, broken(errors.New("no pixels"))
	}
	f := frame{components: make([]component, s.data[5]), isProgressive: s.marker == markerSOF2}
	var across, down int
	for c := range f.components {
		sampling := s.data[7+3*c]
		across, down = max(across, int(sampling>>4)), max(down, int(sampling&15))
	}
	if across == 0 || down == 0 {
		return frame{}, broken(errors.New("no sampling"))
	}
	if len(f.components) == 1 {
		across, down = 1, 1 // A.2.2: then the sampling means nothing
	}
	wide, high := int64(h.Width+8*across-1)/int64(8*across), int64(h.Height+8*down-1)/int64(8*down)
	var samples int64
	for c := range f.components {
		sampling := s.data[7+3*c]
		f.components[c] = component{s.data[6+3*c], wide * high * int64(sampling>>4) * int64(sampling&15)}
		if len(f.components) == 1 {
			f.components[c].blocks = wide * high
		}
		samples += 64 * f.components[c].blocks
	}
	h.Memory = samples
	if f.isProgressive {
		h.Memory += 4 * samples
	}
	return f, nil
}

// stripJPEG copies the segments that decide about pixels, with the colours of
// the profile, and nothing behind the picture's end, where phones keep videos
// and depth maps.
func stripJPEG(src []byte) ([]byte, error) {
	out := make([]byte, 0, len(src))
	profile := anonymousICC(embeddedProfile(src))
	for rest := src; ; {
		s, after, err := nextSegment(rest)
		if err != nil {
			return nil, broken(err)
		}
		rest = after
		if profile != nil && s.marker != markerSOI && (s.marker < markerAPP0 || s.marker > markerAPPF) {
			out = appendProfile(out, profile) // behind the segments of JFIF and Adobe
			profile = nil
		}
		out = appendClean(out, s)
		if s.marker == markerEOI {
			return out, nil
		}
	}
}

// adobeLength is that of Adobe's segment; its last byte tells the colour
// transform.
const adobeLength = 12

// appendClean appends a segment, unless it is metadata or means nothing to
// decoders. Of APPn it leaves JFIF without its thumbnail and Adobe's colour
// transform, both cut to their lengths; colour profiles are put back by
// stripJPEG.
func appendClean(out []byte, s segment) []byte {
	switch {
	case s.marker == markerAPP0 && bytes.HasPrefix(s.data, []byte("JFIF\x00")) && len(s.data) >= 14:
		out = append(out, 0xff, markerAPP0, 0, 16)
		out = append(out, s.data[:12]...)
		return append(out, 0, 0)
	case s.marker == markerAPP0+14 && bytes.HasPrefix(s.data, []byte("Adobe")) && len(s.data) >= adobeLength:
		out = append(out, 0xff, markerAPP0+14, 0, 2+adobeLength)
		return append(out, s.data[:adobeLength]...)
	case markerSOF0 <= s.marker && s.marker <= markerSOF2, s.marker == 0xc4, // tables of Huffman codes
		0xd0 <= s.marker && s.marker <= markerSOS, s.marker == 0xdb, s.marker == 0xdd: // quantization, restarts
		return append(out, s.raw...)
	}
	return out
}

// iccPrefix begins each part of a colour profile: then come its number, the
// number of parts, and the part (ICC.1:2022, B.4).
const iccPrefix = "ICC_PROFILE\x00"

// embeddedProfile returns the colour profile that stands before the first scan
// of a JPEG, nil if there is none.
func embeddedProfile(src []byte) []byte {
	var profile []byte
	for rest := src; ; {
		s, after, err := nextSegment(rest)
		if err != nil || s.marker == markerSOS {
			return profile
		}
		rest = after
		if s.marker == markerAPP0+2 && bytes.HasPrefix(s.data, []byte(iccPrefix)) && len(s.data) > len(iccPrefix)+2 {
			profile = append(profile, s.data[len(iccPrefix)+2:]...)
		}
	}
}

const maxProfile = 64 << 10 // bytes; those of cameras and screens are far smaller

// profileOf returns the colour profile of a JPEG without its texts, nil if it
// has none that the pictures made of it need: sRGB is what browsers take for
// granted, and those of print do not fit.
func profileOf(src []byte) []byte {
	profile := embeddedProfile(src)
	if len(profile) < 20 || len(profile) > maxProfile {
		return nil
	}
	space := string(profile[16:20])
	if space != "RGB " && space != "GRAY" ||
		bytes.Contains(profile, []byte("sRGB")) || bytes.Contains(profile, []byte("s\x00R\x00G\x00B")) {
		return nil
	}
	return anonymousICC(profile)
}

// withProfile puts a colour profile into a JPEG that has none.
func withProfile(src, profile []byte) []byte {
	if len(profile) == 0 {
		return src
	}
	out := append(make([]byte, 0, len(src)+len(profile)+len(profile)/1000+64), src[:2]...)
	return append(appendProfile(out, profile), src[2:]...)
}

// appendProfile appends the segments of a colour profile.
func appendProfile(out, profile []byte) []byte {
	const room = 0xffff - 2 - len(iccPrefix) - 2
	parts := (len(profile) + room - 1) / room
	for n := range parts {
		part := profile[n*room : min((n+1)*room, len(profile))]
		out = append(out, 0xff, markerAPP0+2)
		out = binary.BigEndian.AppendUint16(out, uint16(2+len(iccPrefix)+2+len(part)))
		out = append(out, iccPrefix...)
		out = append(out, byte(n+1), byte(parts))
		out = append(out, part...)
	}
	return out
}
