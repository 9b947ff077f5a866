package picture

// walkGIF calls visit with each part of a GIF (GIF89a, 17 to 26): label is
// 0x2c for a frame, 0xfe for a comment, 0xff for an application's extension,
// and 0 for what stands before the first of them.
func walkGIF(src []byte, visit func(label byte, raw []byte)) error {
	at := 13
	if len(src) < at {
		return errTruncated
	}
	at += colourTable(src[10])
	if at > len(src) {
		return errTruncated
	}
	visit(0, src[:at])
	for {
		if at+1 >= len(src) {
			return nil // many GIFs have no trailer
		}
		start, label := at, src[at]
		switch label {
		case 0x3b:
			return nil
		case 0x21:
			label = src[at+1]
			at += 2
		case 0x2c:
			if at+10 >= len(src) {
				return errTruncated
			}
			at += 10 + colourTable(src[at+9]) + 1
		default:
			return errTruncated
		}
		for { // sub-blocks, up to an empty one
			if at >= len(src) {
				return errTruncated
			}
			size := int(src[at])
			at += 1 + size
			if size == 0 {
				break
			}
		}
		if at > len(src) {
			return errTruncated
		}
		visit(label, src[start:at])
	}
}

// colourTable returns the size in bytes of the table that a byte of flags tells of.
func colourTable(flags byte) int {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (flags&7 + 1)
}

func (h *Header) readGIF(src []byte) error {
	if err := h.readConfig(src); err != nil {
		return err
	}
	frames := 0
	err := walkGIF(src, func(label byte, _ []byte) {
		if label == 0x2c {
			frames++
		}
	})
	if err != nil {
		return broken(err)
	}
	h.Animated = frames > 1
	// A byte for each pixel, another one if its rows are interlaced, and RGBA.
	h.Memory = 6 * int64(h.Width) * int64(h.Height)
	return h.check()
}

// stripGIF leaves out comments, texts and the extensions of applications; of
// the two that make an animation repeat, the number of times is left.
func stripGIF(src []byte) ([]byte, error) {
	out := make([]byte, 0, len(src))
	err := walkGIF(src, func(label byte, raw []byte) {
		switch {
		case label == 0, label == 0x2c, label == 0xf9 && len(raw) == 8: // a frame's delay and transparency
			out = append(out, raw...)
		case label == 0xff && len(raw) >= 19 && raw[2] == 11 && raw[14] == 3 && raw[15] == 1 &&
			(string(raw[3:14]) == "NETSCAPE2.0" || string(raw[3:14]) == "ANIMEXTS1.0"):
			out = append(append(out, raw[:18]...), 0)
		}
	})
	if err != nil {
		return nil, broken(err)
	}
	return append(out, 0x3b), nil
}
