package picture

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
)

const pngSignature = "\x89PNG\r\n\x1a\n"

// pngChunks are the chunks that decide about pixels (PNG, third edition, 11.2
// and 11.3), with the most bytes that each may have; all others are left out,
// and those that are longer, too: what is behind the length is no part of the
// picture.
var pngChunks = map[string]int{
	"IHDR": 13, "PLTE": 3 * 256, "IDAT": MaxFile, "IEND": 0, "tRNS": 256,
	"cHRM": 32, "gAMA": 4, "sBIT": 4, "sRGB": 1, "cICP": 4, "pHYs": 9,
	"acTL": 8, "fcTL": 26, "fdAT": MaxFile,
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
	var head []byte
	isTransparent := false
	err := walkPNG(src, func(kind string, data, _ []byte) {
		switch {
		case kind == "IHDR" && head == nil && len(data) > 12:
			head = data
		case kind == "tRNS":
			isTransparent = true
		case kind == "acTL":
			h.Animated = true
		case kind == "eXIf":
			h.Orientation = orientation(data)
		}
	})
	if err != nil {
		return broken(err)
	}
	if h.Animated { // it is published as it is, and browsers do not turn it
		h.Orientation = 1
	}
	if head == nil {
		return broken(errors.New("no header"))
	}
	h.Memory = pngPixel(head, isTransparent) * int64(h.Width) * int64(h.Height)
	return h.check()
}

// pngPixel returns how many bytes decoding takes for each pixel: in the form
// that image/png decodes to, twice if the rows are interlaced, and four more
// where that form is neither grey nor RGBA.
func pngPixel(head []byte, isTransparent bool) int64 {
	depth, colour, isInterlaced := head[8], head[9], head[12] != 0
	size, copied := int64(4), int64(4)
	switch {
	case depth == 16 && colour == 0 && !isTransparent:
		size = 2
	case depth == 16:
		size = 8
	case colour == 3:
		size = 1
	case colour == 0 && !isTransparent:
		size, copied = 1, 0
	case colour == 2 && !isTransparent:
		copied = 0
	}
	if isInterlaced {
		size *= 2
	}
	return size + copied
}

func stripPNG(src []byte) ([]byte, error) {
	out := append(make([]byte, 0, len(src)), pngSignature...)
	hasProfile := false
	err := walkPNG(src, func(kind string, data, raw []byte) {
		longest, ok := pngChunks[kind]
		switch {
		case kind == "iCCP" && !hasProfile:
			out = appendICCP(out, data)
			hasProfile = true
		case kind == "IEND":
			out = appendChunk(out, kind, nil)
		case ok && len(data) <= longest:
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

// appendICCP appends a colour profile (11.3.2.3) without its texts; nothing if
// it is damaged.
func appendICCP(out, data []byte) []byte {
	name := bytes.IndexByte(data[:min(len(data), 80)], 0)
	if name < 0 || len(data) < name+2 || data[name+1] != 0 {
		return out
	}
	z, err := zlib.NewReader(bytes.NewReader(data[name+2:]))
	if err != nil {
		return out
	}
	profile, err := io.ReadAll(io.LimitReader(z, maxICC+1))
	if err != nil {
		return out
	}
	if profile = anonymousICC(profile); profile == nil {
		return out
	}
	var packed bytes.Buffer
	packed.WriteString("ICC\x00\x00")
	w := zlib.NewWriter(&packed)
	_, _ = w.Write(profile) // a buffer takes everything
	_ = w.Close()
	return appendChunk(out, "iCCP", packed.Bytes())
}

func appendChunk(out []byte, kind string, data []byte) []byte {
	out = binary.BigEndian.AppendUint32(out, uint32(len(data)))
	at := len(out)
	out = append(append(out, kind...), data...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[at:]))
}
