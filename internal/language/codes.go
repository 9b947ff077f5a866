package language

import "strings"

// Canonical returns the code of a language as it is written (BCP 47: "en",
// "zh-Hant", "pt-BR"), "" for what is none. It has a language of two letters
// (ISO 639-1) or three, and perhaps a script and a region.
func Canonical(code string) string {
	parts := strings.Split(code, "-")
	if n := len(parts[0]); n < 2 || n > 3 || len(parts) > 3 || !isLetters(parts[0]) {
		return ""
	}
	parts[0] = strings.ToLower(parts[0])
	if len(parts[0]) == 2 && !IsISO(parts[0]) {
		return ""
	}
	rest := parts[1:]
	if len(rest) > 0 && len(rest[0]) == 4 && isLetters(rest[0]) {
		rest[0] = strings.ToUpper(rest[0][:1]) + strings.ToLower(rest[0][1:])
		rest = rest[1:]
	}
	if len(rest) > 0 && (len(rest[0]) == 2 && isLetters(rest[0]) || len(rest[0]) == 3 && strings.Trim(rest[0], "0123456789") == "") {
		rest[0] = strings.ToUpper(rest[0])
		rest = rest[1:]
	}
	if len(rest) > 0 {
		return ""
	}
	return strings.Join(parts, "-")
}

// Meant returns the code of the language that somebody had in mind who wrote
// the code of a country in its place: vi for vn; else "".
func Meant(code string) string {
	switch strings.ToLower(code) {
	case "vn":
		return "vi"
	case "kh":
		return "km"
	case "cn", "tw":
		return "zh"
	case "jp":
		return "ja"
	case "us", "gb":
		return "en"
	}
	return ""
}

func isLetters(s string) bool {
	for _, c := range []byte(s) {
		if c|0x20 < 'a' || c|0x20 > 'z' {
			return false
		}
	}
	return true
}

// Fallbacks returns the languages whose words stand in for those that a
// language lacks, nearest first: zh-Hant falls back to zh, and all to English.
func Fallbacks(code string) []string {
	var list []string
	for {
		cut := strings.LastIndexByte(code, '-')
		if cut < 0 {
			break
		}
		code = code[:cut]
		list = append(list, code)
	}
	if code != English {
		list = append(list, English)
	}
	return list
}

// IsISO tells whether a name is a code of ISO 639-1, which has two letters.
func IsISO(code string) bool {
	return len(code) == 2 && strings.Contains(iso6391, " "+code+" ")
}

const iso6391 = " aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy " +
	"da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu " +
	"ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my " +
	"na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw " +
	"ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu "

// rightToLeft are the scripts, and the languages by their usual script, that are
// written from right to left.
const rightToLeft = " ar arc ckb dv fa he ks nqo ps sd syr ug ur yi Arab Hebr Nkoo Syrc Thaa "

// Direction returns the direction in which a language is written, as HTML names
// it: "rtl" or "ltr".
func Direction(code string) string {
	parts := strings.Split(code, "-")
	if len(parts) > 1 && len(parts[1]) == 4 {
		if strings.Contains(rightToLeft, " "+parts[1]+" ") {
			return "rtl"
		}
		return "ltr"
	}
	if strings.Contains(rightToLeft, " "+parts[0]+" ") {
		return "rtl"
	}
	return "ltr"
}
