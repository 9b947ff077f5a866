package picture

import (
	"encoding/binary"
	"slices"
)

// The flags of a VP8X chunk (RFC 9649, 2.7.1).
const (
	webpAnimated = 0x02
	webpXMP      = 0x04
	webpEXIF     = 0x08
	webpICC      = 0x20
)

// webpChunks are the chunks that decide about pixels, with the most bytes that
// each may have. Those of a frame of an animation stand in its ANMF.
var (
	webpChunks = map[string]int{
		"VP8 ": MaxFile, "VP8L": MaxFile, "VP8X": 10, "ALPH": MaxFile, "ANIM": 6, "ANMF": MaxFile, "ICCP": maxICC,
	}
	webpFrameChunks = map[string]int{"VP8 ": MaxFile, "VP8L": MaxFile, "ALPH": MaxFile}
)

// webpFrame is how many bytes of an ANMF stand before its chunks (2.7.1.1).
const webpFrame = 16

// walkWebP calls visit with each chunk: its type, its data, and all of it.
func walkWebP(src []byte, visit func(kind string, data, raw []byte)) error {
	return walkChunks(src[12:max(12, min(int64(len(src)), 8+int64(binary.LittleEndian.Uint32(src[4:]))))], visit)
}

// walkChunks is walkWebP for chunks that stand behind each other.
func walkChunks(src []byte, visit func(kind string, data, raw []byte)) error {
	end := int64(len(src))
	for at := int64(0); at < end; {
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
	var lossless int64
	err := walkWebP(src, func(kind string, data, _ []byte) {
		switch {
		case kind == "VP8L":
			lossless = int64(len(data))
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
	// Pixels as they are coded, once more without their transforms, and RGBA;
	// a lossless one may have 65,536 groups of five codes with tables of 512
	// bytes, each of which takes some bits of the file.
	h.Memory = 8*int64(h.Width)*int64(h.Height) + min(1024*lossless, 168<<20)
	if lossless > 0 {
		h.Memory += 4 * int64(h.Width) * int64(h.Height)
	}
	return h.check()
}

func stripWebP(src []byte) ([]byte, error) {
	out := append(make([]byte, 0, len(src)), src[:12]...)
	hasProfile := false
	err := walkWebP(src, func(kind string, data, _ []byte) {
		longest, ok := webpChunks[kind]
		if !ok || len(data) > longest {
			return
		}
		switch kind {
		case "ICCP":
			if data = anonymousICC(data); data == nil {
				return
			}
			hasProfile = true
		case "ANMF":
			data = cleanFrame(data)
		}
		out = appendWebP(out, kind, data)
	})
	if err != nil {
		return nil, broken(err)
	}
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	if len(out) > 20 && string(out[12:16]) == "VP8X" {
		out[20] &^= webpXMP | webpEXIF
		if !hasProfile {
			out[20] &^= webpICC
		}
	}
	return out, nil
}

// cleanFrame returns a frame of an animation with nothing in it but its pixels;
// one that is damaged as it is, without what cannot be read.
func cleanFrame(data []byte) []byte {
	if len(data) < webpFrame {
		return data
	}
	clean := append([]byte{}, data[:webpFrame]...)
	_ = walkChunks(data[webpFrame:], func(kind string, data, _ []byte) {
		if longest, ok := webpFrameChunks[kind]; ok && len(data) <= longest {
			clean = appendWebP(clean, kind, data)
		}
	})
	return clean
}

// webpWithProfile puts a colour profile into a WebP that has none, nor anything
// else but its pixels.
func webpWithProfile(src, profile []byte, width, height int) []byte {
	if len(profile) == 0 || string(src[12:16]) == "VP8X" {
		return src
	}
	extended := []byte{webpICC, 0, 0, 0} // RFC 9649, 2.7.1: reserved bits, and the size less one in 24 bits
	for _, n := range []int{width - 1, height - 1} {
		extended = append(extended, byte(n), byte(n>>8), byte(n>>16))
	}
	out := appendWebP(slices.Clone(src[:12]), "VP8X", extended)
	out = append(appendWebP(out, "ICCP", profile), src[12:]...)
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	return out
}

func appendWebP(out []byte, kind string, data []byte) []byte {
	out = append(out, kind...)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(data)))
	out = append(out, data...)
	if len(data)%2 == 1 {
		out = append(out, 0)
	}
	return out
}
