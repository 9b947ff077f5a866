package cachefile

import (
	"time"
	"unsafe"

	"bantin/internal/memlayout"
)

// Decoder reads what Encoder wrote. After an error everything it gives is zero.
// The strings that it gives are parts of the frame, which nobody may write to
// any more.
type Decoder struct {
	zone  *time.Location // that of all times
	in    string
	at    int      // how much of it was read; moving a string on is dear while the collector runs
	seen  []string // by their numbers
	first string   // of the value under way
	arena memlayout.Arena
	err   error
}

// begin makes d read another frame.
func (d *Decoder) begin(in []byte) {
	d.in = unsafe.String(unsafe.SliceData(in), len(in))
	d.at, d.seen, d.err = 0, d.seen[:0], nil
}

func (d *Decoder) fail() { d.in, d.at, d.err = "", 0, ErrDamaged }

// Done tells whether nothing is left to read.
func (d *Decoder) Done() bool { return d.at == len(d.in) }

// Err returns ErrDamaged if something read was not there.
func (d *Decoder) Err() error { return d.err }

// Uvarint reads a number.
func (d *Decoder) Uvarint() uint64 {
	if d.at < len(d.in) && d.in[d.at] < 0x80 { // as most are, which is soon told
		d.at++
		return uint64(d.in[d.at-1])
	}
	return d.longUvarint()
}

func (d *Decoder) longUvarint() uint64 {
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

// Bytes fills b with bytes.
func (d *Decoder) Bytes(b []byte) { copy(b, d.take(uint64(len(b)))) }

// String reads a string.
func (d *Decoder) String() string { return d.take(d.Uvarint()) }

// Data is String of bytes, which nobody may write to.
func (d *Decoder) Data() []byte {
	s := d.String()
	return unsafe.Slice(unsafe.StringData(s), len(s))
}

func (d *Decoder) byte() byte {
	if d.Done() {
		d.fail()
		return 0
	}
	c := d.in[d.at]
	d.at++
	return c
}

func (d *Decoder) varint() int64 {
	n := d.Uvarint()
	return int64(n>>1) ^ -int64(n&1)
}

// take returns the next n bytes, "" if there are not as many.
func (d *Decoder) take(n uint64) string {
	if n > uint64(len(d.in)-d.at) {
		d.fail()
		return ""
	}
	s := d.in[d.at : d.at+int(n)]
	d.at += int(n)
	return s
}

// length reads the length of something whose items take at least so many bytes
// each.
func (d *Decoder) length(least int) int {
	n := d.Uvarint()
	if n > uint64((len(d.in)-d.at)/least) {
		d.fail()
		return 0
	}
	return int(n)
}

func (d *Decoder) fields(v memlayout.Variable) {
	for i := range v.Len() {
		switch s := v.Slot(i); s.Kind() {
		case memlayout.String:
			s.SetString(d.shared())
		case memlayout.Bool:
			s.SetBool(d.byte() != 0)
		case memlayout.Int:
			s.SetInt(d.varint())
		case memlayout.Uint:
			s.SetUint(d.Uvarint())
		case memlayout.Bytes:
			d.Bytes(s.Bytes())
		case memlayout.Time:
			s.SetTime(d.time())
		case memlayout.Slice:
			d.list(s)
		case memlayout.Pointer:
			if d.byte() != 0 {
				d.fields(s.MakeTarget(&d.arena))
			}
		case memlayout.Map:
			if m := d.mapValue(deepest); len(m) > 0 {
				s.SetMap(m)
			}
		}
	}
}

// list reads a list, each field of whose elements takes a byte or more.
func (d *Decoder) list(s memlayout.Slot) {
	n := d.length(s.Element().Len())
	if n == 0 {
		return
	}
	list := s.MakeList(&d.arena, n)
	for k := 0; k < n && d.err == nil; k++ {
		d.fields(list.At(k))
	}
}

func (d *Decoder) shared() string {
	n := d.Uvarint()
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
		if length := d.Uvarint(); rest <= uint64(len(d.first)) && length <= uint64(len(d.first))-rest {
			return d.first[rest : rest+length]
		}
	}
	d.fail()
	return ""
}

func (d *Decoder) time() time.Time {
	seconds, nanoseconds := d.varint(), d.Uvarint()
	t := time.Unix(seconds+yearOne, int64(nanoseconds))
	if t.IsZero() {
		return time.Time{}
	}
	return t.In(d.zone)
}

func (d *Decoder) mapValue(deepest int) map[string]any {
	n := d.length(2) // a key and a value
	if n == 0 {
		return nil
	}
	m := make(map[string]any, n)
	for range n {
		key := d.String()
		m[key] = d.any(deepest - 1)
	}
	return m
}

func (d *Decoder) any(deepest int) any {
	switch kind := d.byte(); {
	case kind == 'n':
		return nil
	case kind == 's':
		return d.String()
	case kind == 'm' && deepest > 0:
		return d.mapValue(deepest)
	case kind == 'l' && deepest > 0:
		list := make([]any, d.length(1))
		for i := range list {
			list[i] = d.any(deepest - 1)
		}
		return list
	}
	d.fail()
	return nil
}
