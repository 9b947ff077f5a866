package search

import (
	"math/bits"
	"slices"
	"strings"
	"sync"

	"bantin/internal/vietnamese"
)

// Shards say into how many files a block is cut: by a word's hash, Words of
// lists of articles, a multiple of Positions, of places in their texts.
type Shards struct{ Words, Positions int }

// shardsFor returns the shards of a block of n articles. The number depends on
// the block alone, so that an article that crosses a limit changes no other.
func shardsFor(n int) Shards {
	switch {
	case n <= 80:
		return Shards{1, 1}
	case n <= 1000:
		return Shards{2, 1}
	}
	return Shards{8, 2}
}

// Block is the index of the articles of one span of time.
type Block struct {
	Articles  int
	Words     [][]byte
	Positions [][]byte
	// Vocabulary holds every word of the block, sorted.
	Vocabulary []string
	// Pairs are the pairs of its words, as MakePairTable takes them.
	Pairs []byte
}

// occurrence is one place of a word.
type occurrence struct {
	doc     uint32
	pos     uint32
	accents vietnamese.Accents
	title   bool
}

// MakeBlock makes the index of the articles of a block, given by their words.
func MakeBlock(docs []*Words, pages []CardFile) Block {
	v := vocabularies.Get().(*vocabulary)
	defer vocabularies.Put(v)
	v.gather(docs)
	shards := shardsFor(len(docs))
	b := Block{Articles: len(docs), Words: make([][]byte, shards.Words), Positions: make([][]byte, shards.Positions), Vocabulary: make([]string, len(v.sorted)), Pairs: v.pairs(docs)}
	groups := make([][]uint32, shards.Words) // words by their shard
	for i, id := range v.sorted {
		b.Vocabulary[i] = v.names[id]
		s := hash(v.names[id]) % uint32(shards.Words)
		groups[s] = append(groups[s], id)
	}
	lengths := make([]uint8, len(docs))
	for d, w := range docs {
		lengths[d] = lengthClass(w.len())
	}
	header := appendHeader(nil, lengths, pages)
	for s, group := range groups {
		places := &b.Positions[s%shards.Positions]
		file := appendUvarint(slices.Clone(header), len(*places))
		b.Words[s], *places = v.appendGroup(file, *places, group, lengths)
	}
	return b
}

// vocabulary holds the occurrences of each word of a block, in the order of
// the articles and of their texts.
type vocabulary struct {
	names  []string
	sorted []uint32 // the words in the order of their letters
	start  []uint32 // of each word in all; one more for the end
	all    []occurrence
	ids    []uint32 // of each word of the texts: its number, which is its place in names from 1; 0 between two fields
	counts []uint32 // by number
	short  map[uint64]uint32
	long   map[string]uint32
}

// vocabularies are those of blocks that are made: as much memory as the words
// themselves.
var vocabularies = sync.Pool{New: func() any {
	return &vocabulary{short: make(map[uint64]uint32, 2048), long: map[string]uint32{}}
}}

// gather makes v, of which only the memory is used, the vocabulary of some articles.
func (v *vocabulary) gather(docs []*Words) {
	clear(v.short)
	clear(v.long)
	clear(v.names) // which are other blocks'
	v.names = v.names[:0]
	v.number(docs)
	counts := append(v.counts[:0], make([]uint32, len(v.names))...)
	words := 0
	for _, id := range v.ids {
		if id != 0 {
			counts[id-1]++
			words++
		}
	}
	v.counts = counts
	v.start = append(v.start[:0], 0)
	for i, n := range counts {
		v.start = append(v.start, v.start[i]+n)
	}
	next := counts // where the next place of each word stands
	copy(next, v.start)
	v.all = slices.Grow(v.all[:0], words)[:words]
	ids := v.ids
	for d, doc := range docs {
		for pos, id := range ids[:doc.len()] {
			if id == 0 {
				continue
			}
			at := &next[id-1]
			v.all[*at] = occurrence{uint32(d), uint32(pos), doc.accents(pos), pos < doc.title}
			*at++
		}
		ids = ids[doc.len():]
	}
	v.sorted = v.sorted[:0]
	for i := range v.names {
		v.sorted = append(v.sorted, uint32(i))
	}
	slices.SortFunc(v.sorted, func(a, b uint32) int { return strings.Compare(v.names[a], v.names[b]) })
}

// number numbers the words of the texts.
func (v *vocabulary) number(docs []*Words) {
	total := 0
	for _, d := range docs {
		total += d.len()
	}
	v.ids = slices.Grow(v.ids[:0], total)
	again := renumbering{number: v.id}
	for _, d := range docs {
		for _, n := range d.numbers {
			v.ids = append(v.ids, again.of(d.kept, n))
		}
		for _, t := range d.tokens {
			v.ids = append(v.ids, v.id(t, d.long))
		}
	}
}

// id returns the number of a word, 0 for what parts two fields; long are the long
// words of its text.
func (v *vocabulary) id(t token, long []string) uint32 {
	if t.word == 0 {
		return 0
	}
	if t.isLong() {
		name := long[t.word&^longWord]
		id, ok := v.long[name]
		if !ok {
			id = v.addName(name)
			v.long[name] = id
		}
		return id
	}
	id, ok := v.short[t.word]
	if !ok {
		id = v.addName(spell(t.word))
		v.short[t.word] = id
	}
	return id
}

func (v *vocabulary) addName(name string) uint32 {
	v.names = append(v.names, name)
	return uint32(len(v.names))
}

// appendGroup appends the words of one shard, given in order, and their places.
func (v *vocabulary) appendGroup(words, places []byte, ids []uint32, lengths []uint8) ([]byte, []byte) {
	words = appendUvarint(words, len(ids))
	var last string
	words = slices.Grow(words, 16*len(ids))
	occurrences := 0
	for _, id := range ids {
		occurrences += int(v.start[id+1] - v.start[id])
	}
	places = slices.Grow(places, occurrences) // somewhat more than a byte each
	var list []byte
	var scratch postings
	for _, id := range ids {
		words = appendName(words, last, v.names[id])
		last = v.names[id]
		scratch.read(v.all[v.start[id]:v.start[id+1]])
		before := len(places)
		places = scratch.appendPositions(places, lengths)
		list = scratch.appendList(list[:0], uint32(len(lengths)), uint32(len(places)-before))
		words = appendUvarint(words, len(list))
		words = append(words, list...)
	}
	return words, places
}

// appendName appends a word as what it shares with the one before it and what
// it adds: both lengths in a byte where they are below 16 and 15.
func appendName(b []byte, last, name string) []byte {
	shared := 0
	for shared < min(len(last), len(name), 15) && last[shared] == name[shared] {
		shared++
	}
	rest := len(name) - shared
	if rest < 15 {
		b = append(b, byte(shared<<4|rest))
	} else {
		b = appendUvarint(append(b, byte(shared<<4|15)), rest-15)
	}
	return append(b, name[shared:]...)
}

// lengthClass returns the length of a text as half octaves: 2·log₂ n, rounded down.
func lengthClass(n int) uint8 {
	if n == 0 {
		return 0
	}
	l := uint(bits.Len(uint(n))) - 1
	half := uint8(0)
	if uint64(n)*uint64(n) >= 1<<(2*l+1) {
		half = 1
	}
	return min(uint8(2*l)+half, 31)
}

// lengthOf returns a length of the class c.
func lengthOf(c uint8) uint32 {
	n := uint32(1) << (c / 2)
	if c%2 == 1 {
		n += n / 2
	}
	return n
}

// postings are the occurrences of one word, in the shape of the format.
type postings struct {
	occ      []occurrence
	docs     []uint32 // the articles that hold it
	first    []int    // its first occurrence in each, and the end
	titled   []uint32 // places in docs of those whose headline holds it
	variants []variant
}

// variant is a way to write the word and the places in docs where it stands so.
type variant struct {
	accents vietnamese.Accents
	in      []uint32
}

func (p *postings) read(occ []occurrence) {
	p.occ, p.docs, p.first, p.titled, p.variants = occ, p.docs[:0], p.first[:0], p.titled[:0], p.variants[:0]
	for i, o := range occ {
		if len(p.docs) == 0 || p.docs[len(p.docs)-1] != o.doc {
			p.docs = append(p.docs, o.doc)
			p.first = append(p.first, i)
		}
		at := uint32(len(p.docs) - 1)
		if o.title && (len(p.titled) == 0 || p.titled[len(p.titled)-1] != at) {
			p.titled = append(p.titled, at)
		}
		p.addVariant(o.accents, at)
	}
	p.first = append(p.first, len(occ))
	slices.SortStableFunc(p.variants, func(a, b variant) int {
		if len(a.in) != len(b.in) {
			return len(b.in) - len(a.in)
		}
		return int(int64(a.accents) - int64(b.accents))
	})
}

func (p *postings) addVariant(accents vietnamese.Accents, at uint32) {
	for i := range p.variants {
		v := &p.variants[i]
		if v.accents == accents {
			if v.in[len(v.in)-1] != at {
				v.in = append(v.in, at)
			}
			return
		}
	}
	n := len(p.variants)
	p.variants = slices.Grow(p.variants, 1)[:n+1] // of which each keeps its memory
	v := &p.variants[n]
	v.accents, v.in = accents, append(v.in[:0], at)
}

// appendList appends how many bytes the places of the word take, its articles,
// those that have it in their headline, and its spellings.
func (p *postings) appendList(b []byte, docs, places uint32) []byte {
	w := newBitWriter(b)
	w.gamma(places)
	w.subset(p.docs, docs)
	n := uint32(len(p.docs))
	w.subset(p.titled, n)
	w.gamma(uint32(len(p.variants) - 1))
	for _, v := range p.variants {
		w.gamma(uint32(v.accents))
		if len(p.variants) > 1 {
			w.subset(v.in, n)
		}
	}
	return w.align()
}

// appendPositions appends, for each article, how often the word stands in it
// and where: gaps in Rice's code, whose parameter follows from the length of
// the text.
func (p *postings) appendPositions(b []byte, lengths []uint8) []byte {
	w := newBitWriter(b)
	for i, d := range p.docs {
		occ := p.occ[p.first[i]:p.first[i+1]]
		w.gamma(uint32(len(occ) - 1))
		k := riceParameter(lengthOf(lengths[d]), uint32(len(occ)))
		next := uint32(0)
		for _, o := range occ {
			w.rice(o.pos-next, k)
			next = o.pos + 1
		}
	}
	return w.align()
}
