package vietnamese

import (
	"strings"
	"sync"
)

// This file reads Vietnamese that was typed before Unicode: for fonts with a
// code of their own, whose letters arrive as those of Latin-1.

// tcvn3Letters are those of TCVN3 (ABC; the lower half of TCVN 5712:1993) from
// 0xA1 on. A dot is no letter: what stands there is left as it is.
var tcvn3Letters = []rune("ĂÂÊÔƠƯĐăâêôơưđ......àảãáạ.ằẳẵắ.......ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ.")

// visciiLetters are those of VISCII (RFC 1456) from 0x80 on.
var visciiLetters = []rune("ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ")

// visciiLow are the letters of VISCII among the control characters.
var visciiLow = map[byte]rune{0x02: 'Ẳ', 0x05: 'Ẵ', 0x06: 'Ẫ', 0x14: 'Ỷ', 0x19: 'Ỹ', 0x1E: 'Ỵ'}

// vniMarks gives the letter that each base letter makes with the mark behind it
// in a font of the VNI family.
var vniMarks = map[rune]string{
	'a': "øàùáûảõãïạââàầáấåẩãẫäậêăèằéắúẳüẵëặ",
	'e': "øèùéûẻõẽïẹâêàềáếåểãễäệ",
	'o': "øòùóûỏõõïọâôàồáốåổãỗäộ",
	'u': "øùùúûủõũïụ",
	'i': "øìùíûỉõĩïị", // fonts have letters of their own for these
	'y': "øỳùýûỷõỹïỵ",
	'ô': "øờùớûởõỡïợ",
	'ö': "øừùứûửõữïự",
}

// vniAlone are the letters that stand for one letter without a mark.
var vniAlone = map[rune]rune{
	'ì': 'ì', 'í': 'í', 'æ': 'ỉ', 'ó': 'ĩ', 'ò': 'ị', 'ô': 'ơ', 'ö': 'ư', 'î': 'ỵ', 'ñ': 'đ',
	'Ì': 'Ì', 'Í': 'Í', 'Æ': 'Ỉ', 'Ó': 'Ĩ', 'Ò': 'Ị', 'Ô': 'Ơ', 'Ö': 'Ư', 'Î': 'Ỵ', 'Ñ': 'Đ',
}

// vniPairs gives the letter for base and mark, made of vniMarks.
var vniPairs = sync.OnceValue(func() map[[2]rune]rune {
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
})

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
	letters, pairs := []rune(s), vniPairs()
	for i := 0; i < len(letters); i++ {
		if i+1 < len(letters) {
			if letter, ok := pairs[[2]rune{letters[i], letters[i+1]}]; ok {
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

// FromVISCII returns bytes of VISCII (RFC 1456) as text.
func FromVISCII(src []byte) string {
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
