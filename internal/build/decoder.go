package build

import (
	"fmt"
	"time"
	"unsafe"

	"bantin/internal/layout"
)

// decoder reads what encoder wrote. The strings that it gives are parts of its
// input. After an error everything it gives is zero.
type decoder struct {
	in    string
	at    int            // how much of it was read; moving a string on is dear while the collector runs
	zone  *time.Location // that of all times
	seen  []string       // by their numbers
	first string         // of the value under way
	slabs []slab         // by the numbers of their types
	err   error
}

// begin makes d read another input. Nobody may write to that any more.
func (d *decoder) begin(in []byte) {
	d.in = unsafe.String(unsafe.SliceData(in), len(in))
	d.at, d.seen, d.err = 0, d.seen[:0], nil
}

func (d *decoder) fail() { d.in, d.at, d.err = "", 0, errCorrupt }

// done tells whether nothing is left to read.
func (d *decoder) done() bool { return d.at == len(d.in) }

func (d *decoder) byte() byte {
	if d.done() {
		d.fail()
		return 0
	}
	c := d.in[d.at]
	d.at++
	return c
}

func (d *decoder) uvarint() uint64 {
	var n uint64
	for shift := 0; shift < 64; shift += 7 {
		c := d.byte()
		n |= uint64(c&0x7f) << shift
		if c < 0x80 {
			return n
		}
	}
	d.fail()
	return 0
}

func (d *decoder) varint() int64 {
	n := d.uvarint()
	return int64(n>>1) ^ -int64(n&1)
}

// take returns the next n bytes, "" if there are not as many.
func (d *decoder) take(n uint64) string {
	if n > uint64(len(d.in)-d.at) {
		d.fail()
		return ""
	}
	s := d.in[d.at : d.at+int(n)]
	d.at += int(n)
	return s
}

// length reads the length of something whose items take a byte or more each.
func (d *decoder) length() int {
	n := d.uvarint()
	if n > uint64(len(d.in)-d.at) {
		d.fail()
		return 0
	}
	return int(n)
}

func (d *decoder) bytes(b []byte) { copy(b, d.take(uint64(len(b)))) }

func (d *decoder) string() string { return d.take(d.uvarint()) }

// value reads a value of type t into v, which must be zero. All values that a
// decoder reads must be of one type.
func (d *decoder) value(t *layout.Type, v unsafe.Pointer) {
	d.first = ""
	d.fields(t, v)
}

func (d *decoder) fields(t *layout.Type, v unsafe.Pointer) {
	for i := range t.Fields {
		f := &t.Fields[i]
		at := unsafe.Add(v, f.Offset)
		switch f.Kind {
		case layout.String:
			*(*string)(at) = d.shared()
		case layout.Bool:
			*(*bool)(at) = d.byte() != 0
		case layout.Int64:
			*(*int64)(at) = d.varint()
		case layout.Int32:
			*(*int32)(at) = int32(d.varint())
		case layout.Uint8:
			*(*uint8)(at) = d.byte()
		case layout.Uint64:
			*(*uint64)(at) = d.uvarint()
		case layout.Bytes:
			d.bytes(unsafe.Slice((*byte)(at), f.Len))
		case layout.Time:
			*(*time.Time)(at) = d.time()
		case layout.Slice:
			*(*layout.SliceHeader)(at) = d.list(f.Inside)
		case layout.Pointer:
			if d.byte() != 0 {
				target := d.allocate(f.Inside, 1)
				*(*unsafe.Pointer)(at) = target
				d.fields(f.Inside, target)
			}
		case layout.Map:
			if m := d.mapValue(); len(m) > 0 {
				*(*map[string]any)(at) = m
			}
		default:
			panic(fmt.Sprintf("build: a %s cannot be cached", t.Go))
		}
	}
}

func (d *decoder) list(t *layout.Type) layout.SliceHeader {
	n := d.length()
	if n == 0 {
		return layout.SliceHeader{}
	}
	list := layout.SliceHeader{Data: d.allocate(t, n), Len: n, Cap: n}
	for k := 0; k < n && d.err == nil; k++ {
		d.fields(t, unsafe.Add(list.Data, uintptr(k)*t.Size))
	}
	return list
}

func (d *decoder) shared() string {
	n := d.uvarint()
	rest := n >> formBits
	switch n & (1<<formBits - 1) {
	case formBytes:
		s := d.take(rest)
		if d.first == "" {
			d.first = s
		} else if comesAgain(s) {
			d.seen = append(d.seen, s)
		}
		return s
	case formAgain:
		if rest < uint64(len(d.seen)) {
			return d.seen[rest]
		}
	case formPart:
		if length := d.uvarint(); rest <= uint64(len(d.first)) && length <= uint64(len(d.first))-rest {
			return d.first[rest : rest+length]
		}
	}
	d.fail()
	return ""
}

func (d *decoder) time() time.Time {
	seconds, nanoseconds := d.varint(), d.uvarint()
	t := time.Unix(seconds+yearOne, int64(nanoseconds))
	if t.IsZero() {
		return time.Time{}
	}
	return t.In(d.zone)
}

func (d *decoder) mapValue() map[string]any {
	n := d.length()
	if n == 0 {
		return nil
	}
	m := make(map[string]any, n)
	for range n {
		key := d.string()
		m[key] = d.any()
	}
	return m
}

func (d *decoder) any() any {
	switch d.byte() {
	case 'n':
		return nil
	case 's':
		return d.string()
	case 'm':
		return d.mapValue()
	case 'l':
		list := make([]any, d.length())
		for i := range list {
			list[i] = d.any()
		}
		return list
	}
	d.fail()
	return nil
}

// slab is memory for values of one type: the allocator and the collector have
// less to do with few large pieces than with many small ones.
type slab struct {
	t          *layout.Type
	memory     unsafe.Pointer
	used, size int // in values
}

// slabBytes is the size of a slab.
const slabBytes = 16 << 10

// allocate returns the memory of n values of type t, at least one, all zero.
func (d *decoder) allocate(t *layout.Type, n int) unsafe.Pointer {
	for len(d.slabs) <= t.Number {
		d.slabs = append(d.slabs, slab{})
	}
	s := &d.slabs[t.Number]
	if s.t != t || s.used+n > s.size {
		size := max(n, slabBytes/int(t.Size))
		*s = slab{t: t, memory: t.Make(size), size: size}
	}
	p := unsafe.Add(s.memory, uintptr(s.used)*t.Size)
	s.used += n
	return p
}
