package search

import (
	"encoding/binary"
	"errors"
	"slices"

	"bantin/internal/vietnamese"
)

// EncodeWords returns the words of articles in few bytes, for a cache: each
// word and its accents once, and then for each article the numbers of its words.
func EncodeWords(articles []*Words) []byte {
	var n numbering
	tokens := 0
	for _, w := range articles {
		tokens += len(w.tokens)
	}
	texts := make([]byte, 0, 2*tokens) // few have three bytes
	texts = appendUvarint(texts, len(articles))
	for _, w := range articles {
		texts = appendUvarint(texts, w.title)
		texts = appendUvarint(texts, len(w.tokens))
		for _, t := range w.tokens {
			texts = appendUvarint(texts, n.of(w, t))
		}
	}
	return slices.Concat(appendUvarint(nil, n.count), n.spellings, texts)
}

// numbering numbers words with their accents from 1 in the order in which they are
// asked for; what parts the fields of an article is 0.
type numbering struct {
	count     int
	spellings []byte
	short     map[uint64][]numbered // by the letters
	long      map[string][]numbered
}

type numbered struct {
	accents vietnamese.Accents
	number  int
}

func (n *numbering) of(w *Words, t token) int {
	var known []numbered
	switch {
	case t.word == 0:
		return 0
	case t.isLong():
		known = n.long[w.spell(t)]
	default:
		known = n.short[t.word]
	}
	for _, k := range known {
		if k.accents == t.accents {
			return k.number
		}
	}
	return n.add(w, t, known)
}

func (n *numbering) add(w *Words, t token, known []numbered) int {
	if n.short == nil {
		n.short, n.long = map[uint64][]numbered{}, map[string][]numbered{}
	}
	n.count++
	known = append(known, numbered{t.accents, n.count})
	word := w.spell(t)
	if t.isLong() {
		n.long[word] = known
	} else {
		n.short[t.word] = known
	}
	n.spellings = append(appendUvarint(n.spellings, len(word)), word...)
	n.spellings = appendUvarint(n.spellings, int(t.accents))
	return n.count
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
