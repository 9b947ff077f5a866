package search

import (
	"encoding/binary"
	"math/bits"
)

// bitWriter appends bits to bytes, the first bit in the highest place.
type bitWriter struct {
	buf  []byte
	acc  uint64
	free uint // places of acc not taken yet, counted from 64
}

func newBitWriter(buf []byte) *bitWriter { return &bitWriter{buf: buf, free: 64} }

// bits appends the lowest n bits of v, n at most 32.
func (w *bitWriter) bits(v uint32, n uint) {
	w.free -= n
	w.acc |= uint64(v) & (1<<n - 1) << w.free
	for w.free <= 56 {
		w.buf = append(w.buf, byte(w.acc>>56))
		w.acc <<= 8
		w.free += 8
	}
}

func (w *bitWriter) bit(set bool) {
	if set {
		w.bits(1, 1)
	} else {
		w.bits(0, 1)
	}
}

// unary appends n ones and a zero.
func (w *bitWriter) unary(n uint32) {
	for ; n >= 32; n -= 32 {
		w.bits(1<<32-1, 32)
	}
	w.bits(1<<(n+1)-2, uint(n)+1)
}

// gamma appends v, at least 0, in Elias's gamma code of v+1, which may have 33 bits.
func (w *bitWriter) gamma(v uint32) {
	n := uint(bits.Len64(uint64(v) + 1))
	w.unary(uint32(n - 1))
	w.bits(v+1, n-1)
}

// rice appends v in Rice's code with parameter k.
func (w *bitWriter) rice(v uint32, k uint) {
	w.unary(v >> k)
	w.bits(v, k)
}

// align fills the last byte with zeros and returns all bytes.
func (w *bitWriter) align() []byte {
	if used := 64 - w.free; used > 0 {
		w.buf = append(w.buf, byte(w.acc>>56))
	}
	w.acc, w.free = 0, 64
	return w.buf
}

// riceBits is the length of that code in bits.
func riceBits(v uint32, k uint) int { return int(v>>k) + 1 + int(k) }

// riceParameter returns the parameter for m gaps that sum up to at most n. It
// is the whole part of log₂(0.69·n/m), which is best for places at random.
func riceParameter(n, m uint32) uint {
	mean := uint64(n) * 69 / (uint64(m) * 100)
	return uint(max(bits.Len64(mean), 1) - 1)
}

// subset appends which m of n things are chosen: their number, and then, where
// that leaves a choice, either a bit for each thing or the gaps between the
// chosen (or between those left out, if they are fewer) in Rice's code,
// whichever is shorter.
func (w *bitWriter) subset(chosen []uint32, n uint32) {
	m := uint32(len(chosen))
	few := m
	if m > n/2 {
		few = n - m
	}
	w.bit(m > n/2)
	w.gamma(few)
	if few == 0 {
		return
	}
	list := chosen
	if few != m {
		list = others(chosen, n)
	}
	k := riceParameter(n, few)
	size := 0
	for i, v := range list {
		size += riceBits(gap(list, i, v), k)
	}
	inBits := size >= int(n)
	w.bit(inBits)
	if inBits {
		next := 0
		for v := range n {
			is := next < len(list) && list[next] == v
			if is {
				next++
			}
			w.bit(is)
		}
		return
	}
	for i, v := range list {
		w.rice(gap(list, i, v), k)
	}
}

// gap returns how many things lie between the i-th of a list, v, and the one
// before it.
func gap(list []uint32, i int, v uint32) uint32 {
	if i == 0 {
		return v
	}
	return v - list[i-1] - 1
}

// others returns the numbers below n that are not in list.
func others(list []uint32, n uint32) []uint32 {
	rest := make([]uint32, 0, int(n)-len(list))
	for v := range n {
		if len(list) > 0 && list[0] == v {
			list = list[1:]
		} else {
			rest = append(rest, v)
		}
	}
	return rest
}

func appendUvarint(b []byte, v int) []byte { return binary.AppendUvarint(b, uint64(v)) }
