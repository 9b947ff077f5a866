package search

import "math/bits"

// A pair is two words that follow each other in an article. Which of the older
// blocks hold a pair is kept by hashes: so a phrase of common words, or a number
// like 15/CTPH-UBND, is looked for in few blocks, now and then in vain in one.

// maxPairs is how many bits the pairs of a block have at most.
const maxPairs = 1 << 20

// pairHash returns in which bit a pair stands, before its number is cut to that
// of the bits. The words are given by their hashes.
func pairHash(first, second uint32) uint32 {
	h := first*31 + second
	h = (h ^ h>>15) * 0x2c1b3c6d
	return h ^ h>>13
}

// pairs returns the pairs of the articles of a block as a set of bits, whose
// number is a power of two: at most one for each word of the texts, and at most
// four for each that is set.
func (v *vocabulary) pairs(docs []*Words) []byte {
	size := 1 << (bits.Len(uint(min(max(len(v.all), 64), maxPairs))) - 1)
	set := make([]byte, size/8)
	hashes := make([]uint32, len(v.names))
	for i, name := range v.names {
		hashes[i] = hash(name)
	}
	ids := v.ids
	for _, d := range docs {
		before := false
		var last uint32
		for _, id := range ids[:d.len()] {
			if id == 0 {
				before = false
				continue
			}
			h := hashes[id-1]
			if before {
				bit := pairHash(last, h) % uint32(size)
				set[bit/8] |= 128 >> (bit % 8)
			}
			last, before = h, true
		}
		ids = ids[d.len():]
	}
	count := 0
	for _, b := range set {
		count += bits.OnesCount8(b)
	}
	for len(set) > 8 && len(set)*8 > 4*count {
		half := len(set) / 2
		for i, b := range set[half:] {
			set[i] |= b
		}
		set = set[:half]
	}
	return set
}

// PairTable is the file that says of each hash of a pair which of the older
// blocks hold it.
type PairTable struct {
	Name Name
	Rows int // a power of two
}

// MakePairTable makes the table of blocks by their pairs, from the oldest on,
// without the newest: a row of bits for each hash, filled up to a byte.
func MakePairTable(pairs [][]byte) (PairTable, File) {
	rows := 0
	for _, set := range pairs {
		rows = max(rows, 8*len(set))
	}
	width := (len(pairs) + 7) / 8
	data := make([]byte, rows*width)
	for block, set := range pairs {
		for row := range rows {
			bit := row % (8 * len(set))
			if set[bit/8]&(128>>(bit%8)) != 0 {
				data[row*width+block/8] |= 128 >> (block % 8)
			}
		}
	}
	t := PairTable{nameOf(data), rows}
	return t, File{t.FileName(), data}
}

// FileName returns the name of the file of the table.
func (t PairTable) FileName() string { return "pairs-" + t.Name + ".bin" }
