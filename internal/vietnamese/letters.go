package vietnamese

import "unicode"

// alphabet is the Vietnamese alphabet in dictionary order, with the four
// letters of foreign words (f j w z) in their Latin places.
const alphabet = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"

// A tone is numbered in dictionary order; a letter without a mark is level.
type tone uint8

const (
	level tone = iota // ngang
	huyền
	hỏi
	ngã
	sắc
	nặng
	tones // how many
)

// vowels lists each vowel under its six tones.
var vowels = [...][tones]rune{
	{'a', 'à', 'ả', 'ã', 'á', 'ạ'},
	{'ă', 'ằ', 'ẳ', 'ẵ', 'ắ', 'ặ'},
	{'â', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ'},
	{'e', 'è', 'ẻ', 'ẽ', 'é', 'ẹ'},
	{'ê', 'ề', 'ể', 'ễ', 'ế', 'ệ'},
	{'i', 'ì', 'ỉ', 'ĩ', 'í', 'ị'},
	{'o', 'ò', 'ỏ', 'õ', 'ó', 'ọ'},
	{'ô', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ'},
	{'ơ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ'},
	{'u', 'ù', 'ủ', 'ũ', 'ú', 'ụ'},
	{'ư', 'ừ', 'ử', 'ữ', 'ứ', 'ự'},
	{'y', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ'},
}

// letter is what one precomposed letter is made of.
type letter struct {
	base  byte // its ASCII letter, lower case; 0 when the rune is no letter of ours
	shape byte // the letter that Telex adds for ă â đ ê ô ơ ư; 0 for the others
	rank  byte // its place in the alphabet, tone aside, from 1
	vowel byte // its row in vowels, from 1; 0 for consonants
	tone  tone
}

// The letters lie in two blocks: up to ư (U+01B0), and from Ạ (U+1EA0) on.
const (
	lowEnd    = 'ư' + 1
	highStart = 'Ạ'
	highEnd   = 'ỹ' + 1
)

var letters = makeLetters()

// letterOf returns what r is made of; its base is 0 when r is not a letter of
// the alphabet nor a look-alike of đ.
func letterOf(r rune) letter {
	switch {
	case r < lowEnd:
		return letters[r]
	case r >= highStart && r < highEnd:
		return letters[r-highStart+lowEnd]
	}
	return letter{}
}

func makeLetters() (table [lowEnd + highEnd - highStart]letter) {
	set := func(r rune, l letter) {
		if r >= highStart {
			r += lowEnd - highStart
		}
		table[r] = l
	}
	both := func(lower rune, l letter) {
		set(lower, l)
		set(unicode.ToUpper(lower), l)
	}

	var rank byte
	for _, r := range alphabet {
		rank++
		base, shape := baseAndShape(r)
		l := letter{base: base, shape: shape, rank: rank}
		both(r, l)
		for row, toned := range vowels {
			if toned[level] != r {
				continue
			}
			l.vowel = byte(row + 1)
			for t, r := range toned {
				l.tone = tone(t)
				both(r, l)
			}
		}
		if r == 'đ' {
			// Old fonts and foreign keyboards write đ as the Icelandic eth or
			// as the African d.
			both('ð', l)
			set('Ɖ', l)
		}
	}
	return table
}

// baseAndShape splits a letter without tone as Telex types it: ă is a and w.
func baseAndShape(r rune) (base, shape byte) {
	switch r {
	case 'ă':
		return 'a', 'w'
	case 'â':
		return 'a', 'a'
	case 'đ':
		return 'd', 'd'
	case 'ê':
		return 'e', 'e'
	case 'ô':
		return 'o', 'o'
	case 'ơ':
		return 'o', 'w'
	case 'ư':
		return 'u', 'w'
	}
	return byte(r), 0
}
