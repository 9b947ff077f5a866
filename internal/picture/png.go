package picture

import (
	"encoding/binary"
	"errors"
)

const pngSignature = "\x89PNG\r\n\x1a\n"

// pngChunks are the chunks that decide about pixels (PNG, third edition,
// 11.2 and 11.3); all others are left out.
var pngChunks = map[string]bool{
	"IHDR": true, "PLTE": true, "IDAT": true, "IEND": true, "tRNS": true,
	"cHRM": true, "gAMA": true, "iCCP": true, "sBIT": true, "sRGB": true, "cICP": true, "pHYs": true,
	"acTL": true, "fcTL": true, "fdAT": true,
}

// walkPNG calls visit with each chunk: its type, its data, and all of it.
func walkPNG(src []byte, visit func(kind string, data, raw []byte)) error {
	for at := len(pngSignature); ; {
		if len(src) < at+12 {
			return errTruncated
		}
		size := int64(binary.BigEndian.Uint32(src[at:]))
		end := int64(at) + 12 + size
		if end > int64(len(src)) {
			return errTruncated
		}
		kind := string(src[at+4 : at+8])
		visit(kind, src[at+8:end-4], src[at:end])
		if kind == "IEND" {
			return nil
		}
		at = int(end)
	}
}

func (h *Header) readPNG(src []byte) error {
	if err := h.readConfig(src); err != nil {
		return err
	}
	bytesPerPixel := int64(4)
	err := walkPNG(src, func(kind string, data, _ []byte) {
		switch {
		case kind == "IHDR" && len(data) > 9:
			depth, colour := data[8], data[9]
			switch {
			case depth == 16:
				bytesPerPixel = 8
			case colour == 3: // one byte for each pixel, then an RGBA copy
				bytesPerPixel = 5
			}
		case kind == "acTL":
			h.Animated = true
		case kind == "eXIf":
			h.Orientation = orientation(data)
		}
	})
	if err != nil {
		return broken(err)
	}
	h.Memory = bytesPerPixel * int64(h.Width) * int64(h.Height)
	return h.check()
}

func stripPNG(src []byte) ([]byte, error) {
	out := append(make([]byte, 0, len(src)), pngSignature...)
	err := walkPNG(src, func(kind string, _, raw []byte) {
		if pngChunks[kind] {
			out = append(out, raw...)
		}
	})
	if err != nil {
		return nil, broken(err)
	}
	if len(out) == len(pngSignature) {
		return nil, broken(errors.New("no chunks"))
	}
	return out, nil
}
