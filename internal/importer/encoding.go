package importer

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"bantin/internal/lazyregexp"
	"bantin/internal/vietnamese"
)

// Encoding is how the letters of a source are written as bytes, or, where they
// sit in valid UTF-8 as the letters of another alphabet, as those.
type Encoding string

// The encodings that Vietnamese text has been written in.
const (
	UTF8        Encoding = "UTF-8"
	UTF16       Encoding = "UTF-16"
	TCVN3       Encoding = "TCVN3"
	VNI         Encoding = "VNI"
	VISCII      Encoding = "VISCII"
	Windows1258 Encoding = "windows-1258"
	Windows1252 Encoding = "windows-1252"
)

// maxJudged is how many bytes of a text are looked at to tell its encoding.
const maxJudged = 256 << 10

var declared = lazyregexp.New(`(?i)(?:charset\s*=\s*["']?|<\?xml[^>]{0,200}encoding\s*=\s*["'])([\w.:-]+)`)

// Decode returns src as text in Unicode and NFC, without a BOM, and the encoding
// it was in. What the source declares of itself is believed only while it fits:
// pages in old encodings name others as often as not.
func Decode(src []byte) (string, Encoding) {
	if text, ok := fromUTF16(src); ok {
		return vietnamese.NFC(text), UTF16
	}
	src = bytes.TrimPrefix(src, []byte("\xef\xbb\xbf"))
	if utf8.Valid(src) {
		text := string(src)
		return vietnamese.NFC(text), UTF8
	}
	judged := src[:min(len(src), maxJudged)]
	if mostlyUTF8(judged) {
		return vietnamese.NFC(strings.ToValidUTF8(string(src), "\ufffd")), UTF8
	}
	name := ""
	if m := declared().FindSubmatch(src[:min(len(src), 4096)]); m != nil {
		name = strings.ToLower(string(m[1]))
	}
	best, bestScore := Windows1252, -1.0
	for _, e := range []Encoding{Windows1252, Windows1258, TCVN3, VNI, VISCII} {
		share, _ := plausibility(decodeAs(judged, e))
		if name == strings.ToLower(string(e)) || name == "x-viet-"+strings.ToLower(string(e)) {
			share += 0.05
		}
		if share > bestScore {
			best, bestScore = e, share
		}
	}
	return vietnamese.NFC(decodeAs(src, best)), best
}

// IsText tells whether src is a text in some encoding, and not a picture or a
// program with the name of one: of that, many bytes are control characters.
func IsText(src []byte) bool {
	if _, ok := fromUTF16(src); ok {
		return true
	}
	controls := 0
	head := src[:min(len(src), maxJudged)]
	for _, c := range head {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b {
			controls++
		}
	}
	return controls <= 8+len(head)/50
}

// DecodePage is Decode for HTML: letters of old fonts stay as they are, for
// Letters to read them by their fonts' names, which also tell capitals.
func DecodePage(src []byte) (string, Encoding) {
	text, e := Decode(src)
	if e == TCVN3 || e == VNI {
		return decodeAs(src, Windows1252), UTF8
	}
	return text, e
}

// decodeAs reads bytes in one of the encodings of one byte a letter.
func decodeAs(src []byte, e Encoding) string {
	switch e {
	case VISCII:
		return vietnamese.FromVISCII(src)
	case Windows1258:
		return vietnamese.NFC(fromCharmap(charmap.Windows1258, src))
	}
	latin := fromCharmap(charmap.Windows1252, src)
	switch e {
	case TCVN3:
		return vietnamese.FromTCVN3(latin, false)
	case VNI:
		return vietnamese.FromVNI(latin)
	}
	return latin
}

func fromCharmap(e encoding.Encoding, src []byte) string {
	// A charmap decodes every byte.
	text, _ := e.NewDecoder().Bytes(src)
	return string(text)
}

// mostlyUTF8 tells whether src is UTF-8 in which a few bytes are damaged.
func mostlyUTF8(src []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(src); {
		r, n := utf8.DecodeRune(src[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		i += n
	}
	return good > 20*bad
}

// fromUTF16 reads text that is UTF-16 by its BOM, or by its many zeros.
func fromUTF16(src []byte) (string, bool) {
	order := unicode.LittleEndian
	switch {
	case bytes.HasPrefix(src, []byte{0xFF, 0xFE}):
	case bytes.HasPrefix(src, []byte{0xFE, 0xFF}):
		order = unicode.BigEndian
	default:
		var zeros [2]int
		head := src[:min(len(src), 4096)]
		for i, c := range head {
			if c == 0 {
				zeros[i%2]++
			}
		}
		if len(head) < 8 || max(zeros[0], zeros[1]) < len(head)/6 || min(zeros[0], zeros[1]) > len(head)/50 {
			return "", false
		}
		if zeros[0] > zeros[1] {
			order = unicode.BigEndian
		}
	}
	text, err := unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(src)
	return strings.ToValidUTF8(string(text), "\ufffd"), err == nil
}

// minShown is how many words beyond ASCII a text must have before its letters
// may be taken for those of an old font.
const minShown = 3

// oldLetters tells whether text in valid Unicode is really that of an old font
// that was copied without its font, and of which family.
func oldLetters(text string) Encoding {
	text = text[:min(len(text), maxJudged)]
	share, words := plausibility(text)
	if words < minShown || share > 0.6 {
		return UTF8
	}
	best, bestShare := UTF8, share+0.35
	for _, e := range []Encoding{TCVN3, VNI} {
		if s, n := plausibility(convertLetters(text, e)); n >= minShown && s > bestShare {
			best, bestShare = e, s
		}
	}
	return best
}

// convertLetters returns text of an old font in Unicode.
func convertLetters(text string, e Encoding) string {
	switch e {
	case TCVN3:
		return vietnamese.NFC(vietnamese.FromTCVN3(text, false))
	case VNI:
		return vietnamese.NFC(vietnamese.FromVNI(text))
	}
	return text
}
