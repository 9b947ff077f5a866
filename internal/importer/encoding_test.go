package importer

import (
	"strings"
	"sync"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"bantin/internal/vietnamese"
)

const sample = "Sáng nay, Ủy ban nhân dân xã Khê Hòa tổ chức hội nghị tổng kết phong trào xây dựng nông thôn mới. " +
	"Đồng chí Chủ tịch phát biểu, ghi nhận những kết quả đã đạt được; đề nghị bà con tiếp tục giữ gìn đường làng ngõ xóm sạch đẹp, " +
	"chuẩn bị kỹ cho mùa mưa lũ. Nghĩa tình quê hương, nước chảy, quỹ khuyến học, thuở ấy, khuỷu tay."

// encodeTCVN3 and its like write Unicode in an old encoding, as Latin letters.
func encodeTCVN3(s string) string {
	return strings.Map(func(r rune) rune {
		for old := rune(0xA1); old <= 0xFF; old++ {
			if r >= 0x80 && vietnamese.FromTCVN3(string(old), false) == string(r) {
				return old
			}
		}
		return r
	}, s)
}

// vniOf gives what stands for a letter in a font of the VNI family: one letter,
// or a base letter and a mark in the same case.
var vniOf = sync.OnceValue(func() map[rune]string {
	of := map[rune]string{}
	learn := func(typed string) {
		letter := []rune(vietnamese.FromVNI(typed))
		if len(letter) == 1 && string(letter) != typed && of[letter[0]] == "" {
			of[letter[0]] = typed
		}
	}
	isUpper := func(s string) bool { return strings.ToUpper(s) == s }
	for r := rune(0xA1); r <= 0xFF; r++ {
		learn(string(r))
	}
	for base := rune('A'); base <= 0xFF; base++ {
		for mark := rune(0xA1); mark <= 0xFF; mark++ {
			if isUpper(string(base)) == isUpper(string(mark)) {
				learn(string([]rune{base, mark}))
			}
		}
	}
	return of
})

func encodeVNI(s string) string {
	var out strings.Builder
	for _, r := range s {
		if typed := vniOf()[r]; typed != "" {
			out.WriteString(typed)
		} else {
			out.WriteRune(r)
		}
	}
	return out.String()
}

func latin1(s string) []byte {
	var out []byte
	for _, r := range s {
		out = append(out, byte(r))
	}
	return out
}

func encodeVISCII(s string) []byte {
	var out []byte
next:
	for _, r := range s {
		for c := 0xFF; c >= 0; c-- {
			if vietnamese.FromVISCII([]byte{byte(c)}) == string(r) {
				out = append(out, byte(c))
				continue next
			}
		}
		out = append(out, byte(r))
	}
	return out
}

func encode1258(t *testing.T, s string) []byte {
	// The code page has base letters with their shapes, and the tones alone.
	var out []byte
	for _, r := range s {
		d := norm.NFD.String(string(r))
		var tone, rest string
		for _, c := range d {
			if strings.ContainsRune("\u0300\u0301\u0303\u0309\u0323", c) {
				tone += string(c)
			} else {
				rest += string(c)
			}
		}
		b, err := charmap.Windows1258.NewEncoder().Bytes([]byte(norm.NFC.String(rest) + tone))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, b...)
	}
	return out
}

func encodeUTF16(s string, bom, big bool) []byte {
	var out []byte
	if bom {
		s = "\ufeff" + s
	}
	for _, u := range utf16.Encode([]rune(s)) {
		if big {
			out = append(out, byte(u>>8), byte(u))
		} else {
			out = append(out, byte(u), byte(u>>8))
		}
	}
	return out
}

func TestEveryOldEncodingIsReadAsItWasWritten(t *testing.T) {
	small := strings.ToLower(sample) // TCVN3 has no capitals with tones
	for _, c := range []struct {
		name string
		src  []byte
		want string
		enc  Encoding
	}{
		{"UTF-8", []byte(sample), sample, UTF8},
		{"UTF-8 with a BOM", []byte("\ufeff" + sample), sample, UTF8},
		{"UTF-8, decomposed", []byte(norm.NFD.String(sample)), sample, UTF8},
		{"UTF-16LE", encodeUTF16(sample, true, false), sample, UTF16},
		{"UTF-16BE", encodeUTF16(sample, true, true), sample, UTF16},
		{"UTF-16LE without a BOM", encodeUTF16(sample, false, false), sample, UTF16},
		{"UTF-16BE without a BOM", encodeUTF16(sample, false, true), sample, UTF16},
		{"windows-1258", encode1258(t, sample), sample, Windows1258},
		{"VISCII", encodeVISCII(sample), sample, VISCII},
		{"TCVN3", latin1(encodeTCVN3(small)), small, TCVN3},
		{"VNI", latin1(encodeVNI(sample)), sample, VNI},
		{"windows-1252", []byte("Le caf\xe9 du village, d\xe9j\xe0 vu, na\xefve"), "Le café du village, déjà vu, naïve", Windows1252},
	} {
		got, enc := Decode(c.src)
		if got != c.want || enc != c.enc {
			t.Errorf("%s is read as %s:\n%s", c.name, enc, got)
		}
	}
}

func TestLettersOfOldFontsAreFoundInValidUTF8(t *testing.T) {
	small := strings.ToLower(sample)
	for want, text := range map[Encoding]string{TCVN3: encodeTCVN3(small), VNI: encodeVNI(sample), UTF8: sample} {
		if got := oldLetters(text); got != want {
			t.Errorf("%s is taken for %s", want, got)
		}
	}
	if got := convertLetters(encodeVNI(sample), VNI); got != sample {
		t.Error(got)
	}
	if got := convertLetters(encodeTCVN3(small), TCVN3); got != small {
		t.Error(got)
	}
	for _, text := range []string{
		"", "Le café du village, déjà vu, naïve, garçon, Noël, élève", "Müller, Größe, Straße, für, über", "Ñandú, año, niño, señor",
		"UBND xã", "日本語 と 中文", "5 × 3 ÷ 2 = ½ ± ¼ §", strings.ToUpper(sample),
	} {
		if got := oldLetters(text); got != UTF8 {
			t.Errorf("%q is taken for %s: %s", text, got, convertLetters(text, got))
		}
	}
}
