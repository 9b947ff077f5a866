package search

import (
	"encoding/binary"
	"errors"

	"bantin/internal/vietnamese"
)

// EncodeWords returns the words of articles in few bytes, for a cache: each
// word and its accents once, and then for each article the numbers of its words.
func EncodeWords(articles []*Words) []byte {
	type spelling struct {
		word    string
		accents vietnamese.Accents
	}
	numbers := map[spelling]int{}
	var spellings, texts []byte
	texts = appendUvarint(texts, len(articles))
	for _, w := range articles {
		texts = appendUvarint(texts, w.title)
		texts = appendUvarint(texts, len(w.tokens))
		for _, t := range w.tokens {
			if t.word == 0 {
				texts = append(texts, 0)
				continue
			}
			s := spelling{w.spell(t), t.accents}
			n, ok := numbers[s]
			if !ok {
				n = len(numbers) + 1
				numbers[s] = n
				spellings = appendUvarint(spellings, len(s.word))
				spellings = append(spellings, s.word...)
				spellings = appendUvarint(spellings, int(s.accents))
			}
			texts = appendUvarint(texts, n)
		}
	}
	return append(append(appendUvarint(nil, len(numbers)), spellings...), texts...)
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
