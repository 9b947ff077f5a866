package vietnamese

import (
	"unicode"
	"unicode/utf8"
)

// dateWord is a word that dates are written with.
type dateWord uint8

const (
	wordNone    dateWord = iota // no word, or none of dates
	wordHour                    // giờ, h, g
	wordMinute                  // phút
	wordDay                     // ngày
	wordMonth                   // tháng
	wordYear                    // năm
	wordAt                      // lúc, vào, hồi
	wordWeekday                 // thứ
	wordSunday                  // chủ nhật, CN
)

// longestDateWord is the length of the longest of them, folded.
const longestDateWord = len("thang")

// word reads a word. Accents do not matter: no two of the words differ in
// accents alone.
func (p *dateScanner) word() dateWord {
	var folded [longestDateWord]byte
	switch string(folded[:p.foldWord(&folded)]) {
	case "gio", "h", "g":
		return wordHour
	case "phut":
		return wordMinute
	case "ngay":
		return wordDay
	case "thang":
		return wordMonth
	case "nam":
		return wordYear
	case "luc", "vao", "hoi":
		return wordAt
	case "thu":
		return wordWeekday
	case "cn":
		return wordSunday
	case "chu":
		p.skipSpaces()
		if string(folded[:p.foldWord(&folded)]) == "nhat" {
			return wordSunday
		}
	}
	return wordNone
}

// foldWord reads letters and marks, folds them into buf and returns how many
// bytes that makes: 0 when there is no word, or one too long to be known.
func (p *dateScanner) foldWord(buf *[longestDateWord]byte) int {
	count, known := 0, true
	for p.rest != "" {
		r, size := utf8.DecodeRuneInString(p.rest)
		l := letterOf(r)
		if l.base == 0 && !unicode.Is(unicode.Mn, r) {
			break
		}
		p.rest = p.rest[size:]
		if l.base == 0 {
			continue
		}
		if known = known && count < len(buf); known {
			buf[count] = l.base
			count++
		}
	}
	if !known {
		return 0
	}
	return count
}

// skipWord passes over a word if it is the one that comes next.
func (p *dateScanner) skipWord(word dateWord) {
	ahead := *p
	ahead.skipSpaces()
	if ahead.word() == word {
		*p = ahead
	}
}

// skipWeekday passes over the day of the week after "thứ": hai to bảy, 2 to 7.
func (p *dateScanner) skipWeekday() bool {
	p.skipSpaces()
	if isDigit(p.peek()) {
		n := p.number()
		return n.value >= 2 && n.value <= 7
	}
	var folded [longestDateWord]byte
	switch string(folded[:p.foldWord(&folded)]) {
	case "hai", "ba", "tu", "nam", "sau", "bay":
		return true
	}
	return false
}
