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

// tcvn3 are the letters of TCVN3 (ABC; the lower half of TCVN 5712:1993) from
// 0xA1 on. A dot is no letter: what stands there is left as it is.
const tcvn3 = "ĂÂÊÔƠƯĐăâêôơưđ......àảãáạ.ằẳẵắ.......ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ."

// viscii are the letters of VISCII (RFC 1456) from 0x80 on.
const viscii = "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"

// visciiLow are the letters of VISCII among the control characters.
var visciiLow = map[byte]rune{0x02: 'Ẳ', 0x05: 'Ẵ', 0x06: 'Ẫ', 0x14: 'Ỷ', 0x19: 'Ỹ', 0x1E: 'Ỵ'}

var (
	tcvn3Letters  = []rune(tcvn3)
	visciiLetters = []rune(viscii)
)

// vniMarks gives the letter that each base letter makes with the mark behind it
// in a font of the VNI family.
var vniMarks = map[rune]string{
	'a': "øàùáûảõãïạââàầáấåẩãẫäậêăèằéắúẳüẵëặ",
	'e': "øèùéûẻõẽïẹâêàềáếåểãễäệ",
	'o': "øòùóûỏõõïọâôàồáốåổãỗäộ",
	'u': "øùùúûủõũïụ",
	'y': "øỳùýûỷõỹ",
	'ô': "øờùớûởõỡïợ",
	'ö': "øừùứûửõữïự",
}

// vniAlone are the letters that stand for one letter without a mark.
var vniAlone = map[rune]rune{
	'ì': 'ì', 'í': 'í', 'æ': 'ỉ', 'ó': 'ĩ', 'ò': 'ị', 'ô': 'ơ', 'ö': 'ư', 'î': 'ỵ', 'ñ': 'đ',
	'Ì': 'Ì', 'Í': 'Í', 'Æ': 'Ỉ', 'Ó': 'Ĩ', 'Ò': 'Ị', 'Ô': 'Ơ', 'Ö': 'Ư', 'Î': 'Ỵ', 'Ñ': 'Đ',
}

// vniPairs gives the letter for base and mark, made of vniMarks.
var vniPairs = func() map[[2]rune]rune {
	pairs := map[[2]rune]rune{}
	for base, list := range vniMarks {
		letters := []rune(list)
		for i := 0; i < len(letters); i += 2 {
			upper := []rune(strings.ToUpper(string([]rune{base, letters[i], letters[i+1]})))
			pairs[[2]rune{base, letters[i]}] = letters[i+1]
			for _, mark := range []rune{letters[i], upper[1]} { // Aù is typed as often as AÙ
				pairs[[2]rune{upper[0], mark}] = upper[2]
			}
		}
	}
	return pairs
}()

// FromTCVN3 returns text of a font of the .Vn family, read as Latin letters, in
// Unicode. Fonts whose names end in H show capitals for small letters, which have
// no capitals with tones of their own.
func FromTCVN3(s string, capitals bool) string {
	out := strings.Map(func(r rune) rune {
		if r >= 0xA1 && int(r-0xA1) < len(tcvn3Letters) && tcvn3Letters[r-0xA1] != '.' {
			return tcvn3Letters[r-0xA1]
		}
		return r
	}, s)
	if capitals {
		out = strings.ToUpper(out)
	}
	return out
}

// FromVNI returns text of a font of the VNI family, read as Latin letters, in
// Unicode: base letters with a mark behind them are read before single ones.
func FromVNI(s string) string {
	var out strings.Builder
	out.Grow(len(s))
	letters := []rune(s)
	for i := 0; i < len(letters); i++ {
		if i+1 < len(letters) {
			if letter, ok := vniPairs[[2]rune{letters[i], letters[i+1]}]; ok {
				out.WriteRune(letter)
				i++
				continue
			}
		}
		if letter, ok := vniAlone[letters[i]]; ok {
			out.WriteRune(letter)
			continue
		}
		out.WriteRune(letters[i])
	}
	return out.String()
}

func fromVISCII(src []byte) string {
	var out strings.Builder
	for _, c := range src {
		switch low, ok := visciiLow[c]; {
		case ok:
			out.WriteRune(low)
		case c >= 0x80:
			out.WriteRune(visciiLetters[c-0x80])
		default:
			out.WriteByte(c)
		}
	}
	return out.String()
}

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
		return fromVISCII(src)
	case Windows1258:
		return vietnamese.NFC(fromCharmap(charmap.Windows1258, src))
	}
	latin := fromCharmap(charmap.Windows1252, src)
	switch e {
	case TCVN3:
		return FromTCVN3(latin, false)
	case VNI:
		return FromVNI(latin)
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
		return vietnamese.NFC(FromTCVN3(text, false))
	case VNI:
		return vietnamese.NFC(FromVNI(text))
	}
	return text
}
