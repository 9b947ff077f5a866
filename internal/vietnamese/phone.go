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
	r := phoneReader{text: text, at: i}
	r.inBrackets = r.take("(")
	if !r.country() {
		return 0
	}
	for r.group() {
		switch {
		case len(r.groups) == 1 && !r.inBrackets && isPhoneDigits(r.digits):
			return r.at // one that is not parted: what follows is another number
		case r.closeBracket():
		case len(r.groups) == 1 && !r.abroad && isPhoneDigits(r.digits):
			return 0 // (0912345678): begins behind the bracket
		case !r.part():
			return r.end()
		}
	}
	return 0
}

// phoneReader reads a number group by group.
type phoneReader struct {
	text       []byte
	at         int
	inBrackets bool   // one is open
	abroad     bool   // the number begins with the code of the country
	digits     []byte // as they are dialled at home
	groups     []int  // how many digits each has
	separator  []byte // behind the second group; nil until then
	mixed      bool   // not all further ones are alike
}

// take goes on behind a sign, if it comes next.
func (r *phoneReader) take(sign string) bool {
	if !r.comesNext(sign) {
		return false
	}
	r.at += len(sign)
	return true
}

func (r *phoneReader) comesNext(sign string) bool {
	return bytes.HasPrefix(r.text[r.at:], []byte(sign))
}

// country reads the code of the country, +84 or (84, and what may stand behind it:
// the 0 of those at home, and the bracket of a place. It is false for another country.
func (r *phoneReader) country() bool {
	switch {
	case r.take("+84"):
	case r.inBrackets && (r.comesNext("84-") || r.comesNext("84.") || r.comesNext("84 ") || r.comesNext("84)")):
		r.at += len("84")
	default:
		return !r.comesNext("+")
	}
	r.abroad, r.digits = true, []byte("0")
	if r.inBrackets && r.take(")") {
		r.inBrackets = false
	}
	r.at += separatorAt(r.text, r.at)
	if r.take("(0)") {
		r.at += separatorAt(r.text, r.at)
	}
	if !r.inBrackets {
		r.inBrackets = r.take("(")
	}
	return true
}

// group reads a group of digits. It is false if there is none, or there are more than
// any number has.
func (r *phoneReader) group() bool {
	from := r.at
	for r.at < len(r.text) && isDigit(r.text[r.at]) {
		r.at++
	}
	r.digits = append(r.digits, r.text[from:r.at]...)
	r.groups = append(r.groups, r.at-from)
	return r.at > from && len(r.digits) <= 11
}

// closeBracket reads a bracket that closes where the code of a place may end, and what
// parts it from the next group.
func (r *phoneReader) closeBracket() bool {
	most := 1
	if r.abroad {
		most = 2
	}
	if !r.inBrackets || len(r.groups) > most || !r.take(")") {
		return false
	}
	r.inBrackets = false
	r.at += separatorAt(r.text, r.at)
	return true
}

// part reads what parts two groups. It is false where no further group comes.
func (r *phoneReader) part() bool {
	from := r.at
	size := separatorAt(r.text, from)
	if size == 0 || from+size >= len(r.text) || !isDigit(r.text[from+size]) {
		return false
	}
	r.at += size
	switch separator := r.text[from:r.at]; {
	case len(r.groups) == 1: // behind the code of a place people write another one
	case r.separator == nil:
		r.separator = separator
	case !bytes.Equal(separator, r.separator):
		r.mixed = true
	}
	return true
}

// end returns where the number ends, 0 if what was read is none.
func (r *phoneReader) end() int {
	if r.inBrackets || r.mixed || !isPhoneDigits(r.digits) || !areGroups(r.digits, r.groups, r.abroad) {
		return 0
	}
	return r.at
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
