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
	n := numbering{short: map[uint64][]numbered{}, long: map[string][]numbered{}}
	again := renumbering{number: n.of}
	tokens := 0
	for _, w := range articles {
		tokens += w.len()
	}
	texts := make([]byte, 0, 2*tokens) // few have three bytes
	texts = appendUvarint(texts, len(articles))
	for _, w := range articles {
		texts = appendUvarint(texts, w.title)
		texts = appendUvarint(texts, w.len())
		for _, number := range w.numbers {
			texts = appendUvarint(texts, int(again.of(w.kept, number)))
		}
		for _, t := range w.tokens {
			texts = appendUvarint(texts, int(n.of(t, w.long)))
		}
	}
	return slices.Concat(appendUvarint(nil, int(n.count)), n.spellings, texts)
}

// numbering numbers words with their accents from 1 in the order in which they are
// asked for; what parts the fields of an article is 0.
type numbering struct {
	count     uint32
	spellings []byte
	short     map[uint64][]numbered // by the letters
	long      map[string][]numbered
}

type numbered struct {
	accents vietnamese.Accents
	number  uint32
}

// of returns the number of a word; long are the long ones of its text.
func (n *numbering) of(t token, long []string) uint32 {
	if t.word == 0 {
		return 0
	}
	var word string
	var known []numbered
	if t.isLong() {
		word = long[t.word&^longWord]
		known = n.long[word]
	} else {
		known = n.short[t.word]
	}
	for _, k := range known {
		if k.accents == t.accents {
			return k.number
		}
	}
	n.count++
	known = append(known, numbered{t.accents, n.count})
	if t.isLong() {
		n.long[word] = known
	} else {
		word, n.short[t.word] = spell(t.word), known
	}
	n.spellings = append(appendUvarint(n.spellings, len(word)), word...)
	n.spellings = appendUvarint(n.spellings, int(t.accents))
	return n.count
}

// renumbering gives words that had a number where they were kept another one, each
// word once.
type renumbering struct {
	number  func(t token, long []string) uint32 // from 1, and 0 for what parts two fields
	kept    *[]spelling                         // that were asked for last
	numbers []uint32                            // of these; 0 for one that was not asked for
}

func (r *renumbering) of(kept *[]spelling, old uint32) uint32 {
	if old == 0 {
		return 0
	}
	if r.kept != kept {
		r.kept, r.numbers = kept, make([]uint32, len(*kept))
	}
	number := &r.numbers[old-1]
	if *number == 0 {
		s := &(*kept)[old-1]
		*number = r.number(s.token, []string{s.long})
	}
	return *number
}

// errWords says that what was read is not what EncodeWords wrote.
var errWords = errors.New("search: damaged words")

// DecodeWords returns the words that EncodeWords encoded.
func DecodeWords(encoded []byte) ([]*Words, error) {
	d := wordsDecoder{rest: encoded}
	kept := make([]spelling, 0, d.length(2))
	for range cap(kept) {
		word := string(d.take(d.length(1)))
		s := spelling{token: token{accents: vietnamese.Accents(d.number())}}
		if len(word) > 8 {
			s.word, s.long = longWord, word
		} else {
			s.word = packed([]byte(word))
		}
		kept = append(kept, s)
	}
	articles := make([]*Words, 0, d.length(2))
	for range cap(articles) {
		w := &Words{title: int(d.number()), kept: &kept}
		w.numbers = make([]uint32, d.length(1))
		for i := range w.numbers {
			number := d.number()
			if number > uint64(len(kept)) {
				return nil, errWords
			}
			w.numbers[i] = uint32(number)
		}
		if w.title > len(w.numbers) {
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
