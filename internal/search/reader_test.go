package search

import (
	"cmp"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"bantin/internal/vietnamese"
)

// The reader of the tests reads the format as docs/search.md describes it, as
// the browser's does.

// bitReader reads what bitWriter wrote.
type bitReader struct {
	buf []byte
	at  int // in bits
}

func (r *bitReader) bit() uint32 {
	b := r.buf[r.at/8] >> (7 - r.at%8) & 1
	r.at++
	return uint32(b)
}

func (r *bitReader) bits(n uint) (v uint32) {
	for range n {
		v = v<<1 | r.bit()
	}
	return v
}

func (r *bitReader) unary() (n uint32) {
	for r.bit() == 1 {
		n++
	}
	return n
}

func (r *bitReader) gamma() uint32 {
	n := r.unary()
	return 1<<n | r.bits(uint(n)) - 1
}

func (r *bitReader) rice(k uint) uint32 { return r.unary()<<k | r.bits(k) }

func (r *bitReader) subset(n uint32) []uint32 {
	inverted := r.bit() == 1
	few := r.gamma()
	var list []uint32
	switch {
	case few == 0:
	case func() bool { return r.bit() == 1 }():
		for v := range n {
			if r.bit() == 1 {
				list = append(list, v)
			}
		}
	default:
		next := uint32(0)
		k := riceParameter(n, few)
		for range few {
			next += r.rice(k)
			list = append(list, next)
			next++
		}
	}
	if inverted {
		return others(list, n)
	}
	return list
}

// byteReader reads whole bytes.
type byteReader []byte

func (r *byteReader) uvarint() int {
	v, n := binary.Uvarint(*r)
	*r = (*r)[n:]
	return int(v)
}

func (r *byteReader) take(n int) []byte {
	b := (*r)[:n]
	*r = (*r)[n:]
	return b
}

func (r *byteReader) name(last string) string {
	b := int(r.take(1)[0])
	rest := b & 15
	if rest == 15 {
		rest += r.uvarint()
	}
	return last[:b>>4] + string(r.take(rest))
}

// readBlock is a block as a reader sees it.
type readBlock struct {
	Block
	docs    int
	lengths []uint8
	pages   []CardFile
}

func (b *readBlock) header(s int) byteReader {
	r := byteReader(b.Words[s])
	if r.take(1)[0] != formatVersion {
		panic("version")
	}
	b.docs = r.uvarint()
	lengths := &bitReader{buf: r.take((b.docs*5 + 7) / 8)}
	b.lengths = make([]uint8, b.docs)
	for i := range b.lengths {
		b.lengths[i] = uint8(lengths.bits(5))
	}
	b.pages = make([]CardFile, r.uvarint())
	for i := range b.pages {
		p := &b.pages[i]
		p.Name = hex.EncodeToString(r.take(nameLength))
		p.Cards = r.uvarint()
		for range (p.Cards + chunkCards - 1) / chunkCards {
			p.chunks = append(p.chunks, r.uvarint())
		}
	}
	return r
}

// found is what a block says of a word.
type found struct {
	docs     []uint32
	titled   []uint32 // places in docs
	variants []variant
	places   []byte // of positions
}

func (b *readBlock) lookup(word string) found {
	s := int(hash(word) % uint32(len(b.Words)))
	r := b.header(s)
	at := r.uvarint()
	last := ""
	for range r.uvarint() {
		last = r.name(last)
		list := &bitReader{buf: r.take(r.uvarint())}
		size := int(list.gamma())
		if last == word {
			f := b.readList(list)
			f.places = b.Positions[s%len(b.Positions)][at:][:size]
			return f
		}
		at += size
	}
	return found{}
}

func (b *readBlock) readList(r *bitReader) found {
	f := found{docs: r.subset(uint32(b.docs))}
	n := uint32(len(f.docs))
	f.titled = r.subset(n)
	count := int(r.gamma()) + 1
	for range count {
		v := variant{accents: vietnamese.Accents(r.gamma())}
		if count > 1 {
			v.in = r.subset(n)
		} else {
			v.in = others(nil, n)
		}
		f.variants = append(f.variants, v)
	}
	return f
}

// positions returns the places of a word in each article of its list.
func (b *readBlock) positions(f found) [][]uint32 {
	bits := &bitReader{buf: f.places}
	all := make([][]uint32, len(f.docs))
	for i, d := range f.docs {
		count := bits.gamma() + 1
		k := riceParameter(lengthOf(b.lengths[d]), count)
		next := uint32(0)
		for range count {
			next += bits.rice(k)
			all[i] = append(all[i], next)
			next++
		}
	}
	return all
}

// query is what a reader types, taken apart.
type query struct {
	all  [][]queryWord // each a word or a phrase
	none [][]queryWord
}

type queryWord struct {
	word    string
	accents vietnamese.Accents
}

// parseQuery takes a query apart: words between quotes are a phrase, and so are
// the parts of 15/CTPH; a minus leaves out.
func parseQuery(s string) (q query) {
	s = vietnamese.NFC(s)
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimSpace(s) {
		minus := len(s) > 1 && s[0] == '-' && s[1] != ' '
		if minus {
			s = s[1:]
		}
		var part string
		if s[0] == '"' {
			part, s, _ = strings.Cut(s[1:], `"`)
		} else if i := strings.IndexAny(s, " \t\n\""); i >= 0 {
			part, s = s[:i], s[i:]
		} else {
			part, s = s, ""
		}
		var words []queryWord
		vietnamese.EachWord(part, func(folded []byte, a vietnamese.Accents) {
			words = append(words, queryWord{string(folded[:min(len(folded), maxWord)]), a})
		})
		switch {
		case len(words) == 0:
		case minus:
			q.none = append(q.none, words)
		default:
			q.all = append(q.all, words)
		}
	}
	return q
}

// result is an article of a block and how well it fits.
type result struct {
	doc   uint32
	score int
}

// search returns the articles of a block that a query finds, the best first,
// then the newest.
func (b *readBlock) search(q query) []result {
	if len(q.all) == 0 {
		return nil
	}
	b.header(0)
	left := make([]bool, b.docs)
	for i := range left {
		left[i] = true
	}
	keep := func(docs []uint32, want bool) {
		in := make([]bool, b.docs)
		for _, d := range docs {
			in[d] = true
		}
		for i := range left {
			left[i] = left[i] && in[i] == want
		}
	}
	score := make([]int, b.docs)
	for _, p := range q.all {
		for _, w := range p {
			f := b.lookup(w.word)
			for _, at := range f.titled {
				score[f.docs[at]] += titleScore
			}
			for _, v := range f.variants {
				if v.accents == w.accents && w.accents != 0 {
					for _, at := range v.in {
						score[f.docs[at]] += accentScore
					}
				}
			}
		}
		keep(b.phrase(p), true)
	}
	for _, p := range q.none {
		keep(b.phrase(p), false)
	}
	var results []result
	for d, in := range left {
		if in {
			results = append(results, result{uint32(d), score[d]})
		}
	}
	slices.SortFunc(results, func(a, b result) int { return cmp.Or(b.score-a.score, int(b.doc)-int(a.doc)) })
	return results
}

const (
	titleScore  = 3
	accentScore = 2
)

// phrase returns the articles in which words follow each other.
func (b *readBlock) phrase(words []queryWord) []uint32 {
	f := b.lookup(words[0].word)
	if len(words) == 1 {
		return f.docs
	}
	at := map[uint32][]uint32{} // where the phrase so far ends, in each article
	for i, p := range b.positions(f) {
		at[f.docs[i]] = p
	}
	for _, w := range words[1:] {
		f := b.lookup(w.word)
		next := map[uint32][]uint32{}
		if len(f.docs) > 0 {
			for i, places := range b.positions(f) {
				d := f.docs[i]
				for _, p := range places {
					if p > 0 && slices.Contains(at[d], p-1) {
						next[d] = append(next[d], p)
					}
				}
			}
		}
		at = next
	}
	var docs []uint32
	for d := range at {
		docs = append(docs, d)
	}
	return docs
}

func (r result) String() string { return fmt.Sprint(r.doc, "/", r.score) }
