package picture

import "encoding/binary"

// The flags of a VP8X chunk (RFC 9649, 2.7.1).
const (
	webpAnimated = 0x02
	webpXMP      = 0x04
	webpEXIF     = 0x08
)

// webpChunks are the chunks that decide about pixels.
var webpChunks = map[string]bool{
	"VP8 ": true, "VP8L": true, "VP8X": true, "ALPH": true, "ANIM": true, "ANMF": true, "ICCP": true,
}

// walkWebP calls visit with each chunk: its type, its data, and all of it.
func walkWebP(src []byte, visit func(kind string, data, raw []byte)) error {
	end := min(int64(len(src)), 8+int64(binary.LittleEndian.Uint32(src[4:])))
	for at := int64(12); at < end; {
		if at+8 > end {
			return errTruncated
		}
		size := int64(binary.LittleEndian.Uint32(src[at+4:]))
		next := at + 8 + size
		if next > end {
			return errTruncated
		}
		data := src[at+8 : next]
		next += size & 1 // chunks are padded to an even size
		visit(string(src[at:at+4]), data, src[at:min(next, end)])
		at = next
	}
	return nil
}

func (h *Header) readWebP(src []byte) error {
	err := walkWebP(src, func(kind string, data, _ []byte) {
		switch {
		case kind == "VP8X" && len(data) > 0:
			h.Animated = data[0]&webpAnimated != 0
		case kind == "EXIF":
			if len(data) > len(exifPrefix) && string(data[:len(exifPrefix)]) == exifPrefix {
				data = data[len(exifPrefix):]
			}
			h.Orientation = orientation(data)
		}
	})
	if err != nil {
		return broken(err)
	}
	if err := h.readConfig(src); err != nil {
		return err
	}
	if h.Orientation != 1 {
		// There is no encoder to turn it with.
		return &Error{ID: "picture-sideways"}
	}
	h.Memory = 8 * int64(h.Width) * int64(h.Height)
	return h.check()
}

func stripWebP(src []byte) ([]byte, error) {
	out := append(make([]byte, 0, len(src)), src[:12]...)
	err := walkWebP(src, func(kind string, _, raw []byte) {
		if !webpChunks[kind] {
			return
		}
		at := len(out)
		out = append(out, raw...)
		if kind == "VP8X" && len(raw) > 8 {
			out[at+8] &^= webpXMP | webpEXIF
		}
	})
	if err != nil {
		return nil, broken(err)
	}
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	return out, nil
}
