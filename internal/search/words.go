package search

import (
	"encoding/binary"
	"slices"
	"sync"

	"bantin/internal/vietnamese"
)

// Words are the words of one article in the order in which they are read. The
// zero value holds none; Add the headline first, then End the headline.
type Words struct {
	tokens []token
	long   []string // words of more than eight bytes
	title  int      // tokens of the headline

	// Before the tokens, of words that DecodeWords gave: the numbers of their
	// spellings, from 1, and 0 for what parts two fields.
	kept    *[]spelling
	numbers []uint32
}

// spelling is a way to write a word; long holds the letters of a long one.
type spelling struct {
	token
	long string
}

// token is one word at one place. A word of up to eight bytes is these
// from the highest on; a longer one is longWord and its place in Words.long.
// Zero parts the fields of an article, so that no phrase reaches over it.
type token struct {
	word    uint64
	accents vietnamese.Accents
}

const longWord = 0x80 << 56 // a byte with which no letter begins in UTF-8

// isLong tells whether the letters of a word stand in Words.long.
func (t token) isLong() bool { return t.word>>56 == longWord>>56 }

// len returns the number of tokens.
func (w *Words) len() int { return len(w.tokens) + len(w.numbers) }

// accents returns the accents of the word at a place.
func (w *Words) accents(place int) vietnamese.Accents {
	if place < len(w.numbers) {
		return (*w.kept)[w.numbers[place]-1].accents
	}
	return w.tokens[place-len(w.numbers)].accents
}

// released is the memory of words whose block is made.
var released sync.Pool // of *[]token

// Grow makes room for the words of texts of so many bytes in all, before any is
// added.
func (w *Words) Grow(bytes int) {
	if tokens, ok := released.Get().(*[]token); ok {
		w.tokens = (*tokens)[:0]
	}
	w.tokens = slices.Grow(w.tokens, bytes/5) // about what Vietnamese has
}

// Release empties w, whose memory is used for the words of another article.
func (w *Words) Release() {
	tokens := w.tokens
	*w = Words{}
	if cap(tokens) > 0 { // of words that were kept there are none
		released.Put(&tokens)
	}
}

// Add adds the words of one field: no phrase begins in it and ends in another.
func (w *Words) Add(text string) {
	if w.len() > 0 {
		w.tokens = append(w.tokens, token{})
	}
	vietnamese.EachWord(text, func(folded []byte, accents vietnamese.Accents) {
		t := token{accents: accents}
		if len(folded) <= 8 {
			t.word = packed(folded)
		} else {
			t.word = longWord | uint64(len(w.long))
			w.long = append(w.long, string(folded[:min(len(folded), maxWord)]))
		}
		w.tokens = append(w.tokens, t)
	})
}

// EndTitle says that what was added so far is the headline.
func (w *Words) EndTitle() { w.title = w.len() }

// maxWord is how many letters of a word are kept.
const maxWord = 64

// packed returns a word of up to eight letters as a token has it.
func packed(letters []byte) uint64 {
	var b [8]byte
	copy(b[:], letters)
	return binary.BigEndian.Uint64(b[:])
}

// spell returns the letters of a short word.
func spell(word uint64) string {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], word)
	n := 8
	for n > 0 && b[n-1] == 0 {
		n--
	}
	return string(b[:n])
}

// hash is FNV-1a with 32 bits, which decides in which part a word stands.
func hash(word string) uint32 {
	h := uint32(2166136261)
	for i := range len(word) {
		h = (h ^ uint32(word[i])) * 16777619
	}
	return h
}
