package importer

import (
	"os/exec"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

const sample = "Sáng nay, Ủy ban nhân dân xã Khê Hòa tổ chức hội nghị tổng kết phong trào xây dựng nông thôn mới. " +
	"Đồng chí Chủ tịch phát biểu, ghi nhận những kết quả đã đạt được; đề nghị bà con tiếp tục giữ gìn đường làng ngõ xóm sạch đẹp, " +
	"chuẩn bị kỹ cho mùa mưa lũ. Nghĩa tình quê hương, nước chảy, quỹ khuyến học, thuở ấy, khuỷu tay."

// encodeTCVN3 and its like write Unicode in an old encoding, as Latin letters.
func encodeTCVN3(s string) string {
	return strings.Map(func(r rune) rune {
		for i, c := range tcvn3Letters {
			if c == r && c != '.' {
				return rune(0xA1 + i)
			}
		}
		return r
	}, s)
}

func encodeVNI(s string) string {
	var out strings.Builder
next:
	for _, r := range s {
		for pair, letter := range vniPairs {
			if letter == r && (strings.ToUpper(string(pair[1])) == string(pair[1])) == (strings.ToUpper(string(pair[0])) == string(pair[0])) {
				out.WriteString(string(pair[:]))
				continue next
			}
		}
		for alone, letter := range vniAlone {
			if letter == r {
				out.WriteRune(alone)
				continue next
			}
		}
		out.WriteRune(r)
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
		for i, c := range visciiLetters {
			if c == r {
				out = append(out, byte(0x80+i))
				continue next
			}
		}
		for c, l := range visciiLow {
			if l == r {
				out = append(out, c)
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

func TestCapitalFontsOfTCVN3MakeCapitals(t *testing.T) {
	if got, want := FromTCVN3(encodeTCVN3("ủy ban nhân dân xã"), true), "ỦY BAN NHÂN DÂN XÃ"; got != want {
		t.Error(got)
	}
}

// TestTheTablesAreThoseOfIconv compares with the tables of the C library.
func TestTheTablesAreThoseOfIconv(t *testing.T) {
	if _, err := exec.LookPath("iconv"); err != nil {
		t.Skip("iconv is not installed")
	}
	for name, c := range map[string]struct {
		letters []rune
		first   int
	}{"TCVN": {tcvn3Letters, 0xA1}, "VISCII": {visciiLetters, 0x80}} {
		for i, letter := range c.letters {
			if letter == '.' {
				continue
			}
			cmd := exec.Command("iconv", "-f", name, "-t", "UTF-8")
			cmd.Stdin = strings.NewReader(string([]byte{byte(c.first + i), ' '}))
			out, err := cmd.Output()
			if err != nil {
				t.Fatal(err)
			}
			if got := norm.NFC.String(strings.TrimSpace(string(out))); got != string(letter) {
				t.Errorf("%s %#x is %s, not %s", name, c.first+i, got, string(letter))
			}
		}
	}
}
