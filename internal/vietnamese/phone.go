package vietnamese

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Dial returns the digits of a telephone number, with its + in front if it has
// one, as the URL tel: takes them (RFC 3966): 0203 382 1234 gives 02033821234. The
// (0) of +84 (0)24… is for callers at home and left out.
func Dial(phone string) string {
	if strings.HasPrefix(phone, "+") || strings.HasPrefix(phone, "(+") {
		phone = strings.Replace(phone, "(0)", "", 1)
	}
	digits := strings.Map(func(r rune) rune {
		if r == '+' || '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, phone)
	if strings.HasPrefix(phone, "(84") {
		digits = "+" + digits
	}
	return digits
}

// NextPhone returns the place of the first Vietnamese telephone number in
// text[from:]; start is -1 if there is none. It finds the forms that people write:
// 0912 345 678, 0912.345.678, (024) 3825 1234, +84 912 345 678, (84-24) 3825 1234, and 1900 1234
// where words around say that it is to be called. What may be another number (of a
// document, a tax payer, an account, an identity card) is none.
func NextPhone(text []byte, from int) (start, end int) {
	begun := from
	for i := from; i < len(text); i++ {
		c := text[i]
		if c != '+' && c != '(' && (c < '0' || c > '9') {
			continue
		}
		if beginsPhone(text, i, begun) {
			if end := phoneAt(text, i); end > 0 && endsPhone(text, end) && isPhoneBy(text, begun, i, text[i] == '1') {
				return i, end
			}
		}
		for i+1 < len(text) && isDigit(text[i]) && isDigit(text[i+1]) {
			i++ // a number that is none, as a whole
		}
	}
	return -1, len(text)
}

// beginsPhone tells whether a number may begin at i: begun is where the last one
// ended.
func beginsPhone(text []byte, i, begun int) bool {
	if i == 0 {
		return true
	}
	r, size := utf8.DecodeLastRune(text[:i])
	switch {
	case unicode.IsSpace(r), strings.ContainsRune(`([“‘"'*|>;…`, r):
		return true
	case r == '/' || r == '-' || r == '–': // of two numbers
		return i-size == begun && begun > 0
	case r == ':' || r == '.' || r == ',':
		before, _ := utf8.DecodeLastRune(text[:i-size])
		return unicode.IsLetter(before) || before == ')'
	}
	return false
}

// endsPhone tells whether a number may end at i.
func endsPhone(text []byte, i int) bool {
	if i == len(text) {
		return true
	}
	r, size := utf8.DecodeRune(text[i:])
	next, _ := utf8.DecodeRune(text[min(i+size, len(text)):])
	switch {
	case unicode.IsLetter(r), unicode.IsDigit(r), strings.ContainsRune("_@%+=#°", r):
		return false
	case r == '/' || r == '-' || r == '–':
		if isDigit(byte(min(next, 127))) {
			return phoneAt(text, i+size) > 0 // 0912345678/0987654321
		}
		return !unicode.IsLetter(next) // 0912345678/QĐ-UBND
	case r == '.' || r == ',' || r == ':':
		return !unicode.IsDigit(next)
	}
	return true
}

// phoneAt returns the end of the number that begins at i by its digits, 0 if none
// does.
func phoneAt(text []byte, i int) int {
	p := i
	abroad, inBrackets := false, false
	if p < len(text) && text[p] == '(' {
		inBrackets = true
		p++
	}
	switch {
	case bytes.HasPrefix(text[p:], []byte("+84")):
		abroad = true
		p += 3
	case inBrackets && bytes.HasPrefix(text[p:], []byte("84")) && p+2 < len(text) && strings.IndexByte("-. )", text[p+2]) >= 0:
		abroad = true
		p += 2
	case p < len(text) && text[p] == '+':
		return 0
	}
	if abroad {
		if inBrackets && p < len(text) && text[p] == ')' {
			inBrackets = false
			p++
		}
		if n := separatorAt(text, p); n > 0 {
			p += n
		}
		if bytes.HasPrefix(text[p:], []byte("(0)")) {
			p += 3
			p += separatorAt(text, p)
		}
		if !inBrackets && p < len(text) && text[p] == '(' {
			inBrackets = true
			p++
		}
	}
	digits := []byte("0")[:0]
	if abroad {
		digits = append(digits, '0')
	}
	var groups []int
	separator, mixed := "", false
	for {
		n := 0
		for p+n < len(text) && isDigit(text[p+n]) {
			n++
		}
		if n == 0 {
			return 0
		}
		digits = append(digits, text[p:p+n]...)
		groups = append(groups, n)
		p += n
		if len(digits) > 11 {
			return 0
		}
		if len(groups) == 1 && !inBrackets && isPhoneDigits(digits) {
			return p // one that is not parted: what follows is another number
		}
		if inBrackets && len(groups) <= 1 || inBrackets && abroad && len(groups) <= 2 {
			if p < len(text) && text[p] == ')' {
				inBrackets = false
				p++
				p += separatorAt(text, p)
				continue
			}
		}
		if inBrackets && !abroad && len(groups) == 1 && isPhoneDigits(digits) {
			return 0 // (0912345678): begins behind the bracket
		}
		size := separatorAt(text, p)
		if size == 0 || p+size >= len(text) || !isDigit(text[p+size]) {
			break
		}
		if s := string(text[p : p+size]); separator == "" && len(groups) > 1 {
			separator = s
		} else if len(groups) > 1 && s != separator {
			mixed = true
		}
		p += size
	}
	if inBrackets || mixed || !isPhoneDigits(digits) || !areGroups(digits, groups, abroad) {
		return 0
	}
	return p
}

// separatorAt returns the length of what parts the groups of a number at p: a
// space, a point or a hyphen; 0 for none.
func separatorAt(text []byte, p int) int {
	switch {
	case p >= len(text):
		return 0
	case text[p] == ' ' || text[p] == '.' || text[p] == '-':
		return 1
	case bytes.HasPrefix(text[p:], []byte("\u00a0")):
		return 2
	}
	return 0
}

// isPhoneDigits tells whether digits are a number of the Vietnamese plan: mobile,
// of a place, or of a service.
func isPhoneDigits(digits []byte) bool {
	switch n := len(digits); {
	case n == 10 && digits[0] == '0':
		return strings.IndexByte("35789", digits[1]) >= 0
	case n == 11:
		return digits[0] == '0' && digits[1] == '2'
	case n == 8 || n == 10:
		return bytes.HasPrefix(digits, []byte("1900")) || bytes.HasPrefix(digits, []byte("1800"))
	}
	return false
}

// areGroups tells whether digits are grouped as in telephone numbers, and not as
// in a date or an amount.
func areGroups(digits []byte, groups []int, abroad bool) bool {
	first := groups[0]
	switch {
	case len(groups) == 1 || abroad:
		return true
	case digits[0] == '1':
		return first == 4
	case digits[1] == '2':
		return first == 3 || first == 4
	case first == 2:
		return len(groups) == 3 && groups[1] == 4
	}
	return first == 3 || first == 4 || first == 5 || first == 6 || first == 7
}

var (
	// dialled are words before a number that is called, folded.
	dialled = []string{"dien thoai", "dt", "sdt", "goi", "dien", "hotline", "duong day nong", "tong dai", "lien he", "lien lac", "tel", "phone", "mobile", "di dong", "zalo", "may ban", "call", "contact"}
	// counted are words before a number that is none to call.
	counted = []string{"mst", "ma so", "ma", "tai khoan", "stk", "tk", "cccd", "cmnd", "can cuoc", "ho chieu", "bhyt", "bhxh", "so hieu", "giay phep", "dkkd", "bien so", "bien kiem soat", "seri", "imei", "isbn", "issn",
		"van ban so", "quyet dinh so", "cong van so", "hop dong so", "hoa don", "hoa don so", "to trinh so", "bien lai", "ho so so", "fax", "id", "tax code", "account"}
)

// isPhoneBy tells by the words between begun and i, in the same line, whether
// the number at i is one to call; sure asks for words that say so.
func isPhoneBy(text []byte, begun, i int, sure bool) bool {
	before := text[max(begun, i-64):i]
	if k := bytes.LastIndexByte(before, '\n'); k >= 0 {
		before = before[k+1:]
	}
	words := " " + strings.Map(func(r rune) rune {
		if r >= utf8.RuneSelf || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return ' '
		}
		return r
	}, Fold(strings.ToValidUTF8(string(before), " "))) + " "
	words = strings.Join(strings.Fields(words), " ")
	call, count := lastOf(words, dialled), lastOf(words, counted)
	if sure {
		return call > count
	}
	return call >= count
}

// lastOf returns where the last of some words ends in a text, -1 if none is there.
func lastOf(text string, words []string) int {
	last := -1
	text = " " + text + " "
	for _, word := range words {
		if at := strings.LastIndex(text, " "+word+" "); at >= 0 {
			last = max(last, at+len(word))
		}
	}
	return last
}
