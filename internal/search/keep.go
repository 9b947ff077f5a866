package search

import (
	"encoding/binary"
	"errors"

	"bantin/internal/vietnamese"
)

// EncodeWords returns the words of articles in few bytes, for a cache: each
// word and its accents once, and then for each article the numbers of its words.
func EncodeWords(articles []*Words) []byte {
	type longSpelling struct {
		word    string
		accents vietnamese.Accents
	}
	short, long := map[token]int{}, map[longSpelling]int{} // their numbers
	var spellings, texts []byte
	number := func(w *Words, t token) int {
		of := len(short) + len(long) + 1
		spelled := w.spell(t)
		if t.isLong() {
			long[longSpelling{spelled, t.accents}] = of
		} else {
			short[t] = of
		}
		spellings = appendUvarint(spellings, len(spelled))
		spellings = append(spellings, spelled...)
		spellings = appendUvarint(spellings, int(t.accents))
		return of
	}
	texts = appendUvarint(texts, len(articles))
	for _, w := range articles {
		texts = appendUvarint(texts, w.title)
		texts = appendUvarint(texts, len(w.tokens))
		for _, t := range w.tokens {
			if t.word == 0 {
				texts = append(texts, 0)
				continue
			}
			var n int
			var known bool
			if t.isLong() {
				n, known = long[longSpelling{w.spell(t), t.accents}]
			} else {
				n, known = short[t]
			}
			if !known {
				n = number(w, t)
			}
			texts = appendUvarint(texts, n)
		}
	}
	return append(append(appendUvarint(nil, len(short)+len(long)), spellings...), texts...)
}

// errWords says that what was read is not what EncodeWords wrote.
var errWords = errors.New("search: damaged words")

// DecodeWords returns the words that EncodeWords encoded.
func DecodeWords(encoded []byte) ([]*Words, error) {
	d := wordsDecoder{rest: encoded}
	type spelling struct {
		token token
		long  string
	}
	spellings := make([]spelling, 0, d.length(2))
	for range cap(spellings) {
		word := string(d.take(d.length(1)))
		s := spelling{token: token{accents: vietnamese.Accents(d.number())}}
		if len(word) > 8 {
			s.long = word
		} else {
			s.token.word = packed([]byte(word))
		}
		spellings = append(spellings, s)
	}
	articles := make([]*Words, 0, d.length(2))
	for range cap(articles) {
		w := &Words{title: int(d.number())}
		n := d.length(1)
		w.tokens = make([]token, n)
		for i := range w.tokens {
			number := d.number()
			if number == 0 {
				continue
			}
			if number > uint64(len(spellings)) {
				return nil, errWords
			}
			s := spellings[number-1]
			if s.long != "" {
				s.token.word = longWord | uint64(len(w.long))
				w.long = append(w.long, s.long)
			}
			w.tokens[i] = s.token
		}
		if w.title > n {
			return nil, errWords
		}
		articles = append(articles, w)
	}
	if d.failed || len(d.rest) > 0 {
		return nil, errWords
	}
	return articles, nil
}

// wordsDecoder reads numbers and bytes; behind the first that are not there it
// gives zeros.
type wordsDecoder struct {
	rest   []byte
	failed bool
}

func (d *wordsDecoder) number() uint64 {
	v, n := binary.Uvarint(d.rest)
	if n <= 0 {
		d.rest, d.failed = nil, true
		return 0
	}
	d.rest = d.rest[n:]
	return v
}

// length returns a number of things of which each takes at least size bytes.
func (d *wordsDecoder) length(size int) int {
	n := d.number()
	if n > uint64(len(d.rest)/size) {
		d.rest, d.failed = nil, true
		return 0
	}
	return int(n)
}

func (d *wordsDecoder) take(n int) []byte {
	b := d.rest[:n]
	d.rest = d.rest[n:]
	return b
}
