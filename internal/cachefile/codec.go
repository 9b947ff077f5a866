package cachefile

import (
	"encoding/binary"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"bantin/internal/memlayout"
)

// This file and decoder.go turn values into the bytes of a frame and back. The
// form follows from the Go types alone: fields in their order, numbers as
// varints, lists behind their length, optional values behind a flag. It says
// nothing of itself, since a cache is read by the very program that wrote it or
// not at all.
//
// What is kept repeats itself: tags and names from file to file, and a file's
// path within what is told of it. A string of a value begins with a number
// whose lowest bits tell which of three forms it has:
//
//	form 1  the bytes themselves; the number's rest is their length
//	form 2  a string that has come before; the rest is its number
//	form 3  a part of the value's first string; the rest is where it begins,
//	        and its length follows
const (
	formBytes = iota + 1
	formAgain
	formPart
	formBits = 2
)

// longestAgain is the length of the longest string that is looked for among
// those before it: leads and titles hardly come twice.
const longestAgain = 48

// deepest is how deep maps and lists of the site's own may lie in each other.
const deepest = 1000

// Codec writes and reads values of type T.
type Codec[T any] struct{ layout *memlayout.Type }

// NewCodec returns the codec of T. It panics if there is none: T may hold
// strings, numbers, times, byte arrays and map[string]any, and structs, slices
// and pointers of them, but no value of an unknown type, no list of what takes
// no bytes, and nothing of its own type. A program that keeps its codecs in
// package variables cannot start with a type whose values could not be kept.
func NewCodec[T any]() Codec[T] {
	t := memlayout.Of(reflect.TypeFor[T](), nil)
	judge(t, nil)
	return Codec[T]{t}
}

// judge panics if there is no codec for t, to which the types above lead.
func judge(t *memlayout.Type, above []*memlayout.Type) {
	if slices.Contains(above, t) {
		panic(fmt.Sprintf("cachefile: a %s may lie in itself, however deep", t))
	}
	for i := range t.Len() {
		kind, inside := t.Field(i)
		switch {
		case kind == memlayout.Any:
			panic(fmt.Sprintf("cachefile: a %s holds a value of an unknown type", t))
		case kind == memlayout.Slice && inside.Len() == 0:
			panic(fmt.Sprintf("cachefile: a %s holds a list of %s, which take no bytes", t, inside))
		}
		if inside != nil {
			judge(inside, append(above, t))
		}
	}
}

// Encode adds a value to a frame.
func (c Codec[T]) Encode(e *Encoder, v *T) {
	e.first = ""
	e.fields(memlayout.At(c.layout, v))
}

// Decode reads a value of a frame into v, which must be zero. All values that
// one Decoder reads must be of one type.
func (c Codec[T]) Decode(d *Decoder, v *T) {
	d.first = ""
	d.fields(memlayout.To(c.layout, v))
}

// Encoder gathers the bytes of a frame.
type Encoder struct {
	b     []byte
	seen  map[string]uint64 // the numbers of the strings so far
	first string            // of the value under way
	err   error             // the first one: something cannot be kept
}

// Uvarint adds a number.
func (e *Encoder) Uvarint(n uint64) { e.b = binary.AppendUvarint(e.b, n) }

// Bytes adds bytes whose number the reader knows.
func (e *Encoder) Bytes(b []byte) { e.b = append(e.b, b...) }

// String adds a string that stands for itself.
func (e *Encoder) String(s string) {
	e.Uvarint(uint64(len(s)))
	e.b = append(e.b, s...)
}

// Data is String of bytes.
func (e *Encoder) Data(b []byte) {
	e.Uvarint(uint64(len(b)))
	e.b = append(e.b, b...)
}

func (e *Encoder) varint(n int64) { e.b = binary.AppendVarint(e.b, n) }

func (e *Encoder) bool(v bool) {
	if v {
		e.b = append(e.b, 1)
	} else {
		e.b = append(e.b, 0)
	}
}

func (e *Encoder) fields(v memlayout.Value) {
	for i := range v.Len() {
		switch f := v.Field(i); f.Kind() {
		case memlayout.String:
			e.shared(f.String())
		case memlayout.Bool:
			e.bool(f.Bool())
		case memlayout.Int:
			e.varint(f.Int())
		case memlayout.Uint:
			e.Uvarint(f.Uint())
		case memlayout.Bytes:
			e.Bytes(f.Bytes())
		case memlayout.Time:
			e.time(f.Time())
		case memlayout.Slice:
			list := f.List()
			e.Uvarint(uint64(list.Len()))
			for k := range list.Len() {
				e.fields(list.At(k))
			}
		case memlayout.Pointer:
			target, ok := f.Target()
			e.bool(ok)
			if ok {
				e.fields(target)
			}
		case memlayout.Map:
			e.mapValue(f.Map(), deepest)
		}
	}
}

// shared adds a string of a value in the shortest of the three forms.
func (e *Encoder) shared(s string) {
	if comesAgain(s) {
		if number, again := e.seen[s]; again {
			e.Uvarint(number<<formBits | formAgain)
			return
		}
	}
	if at := strings.Index(e.first, s); at >= 0 && s != "" {
		e.Uvarint(uint64(at)<<formBits | formPart)
		e.Uvarint(uint64(len(s)))
		return
	}
	if e.first == "" {
		e.first = s
	} else if comesAgain(s) {
		e.number(s)
	}
	e.Uvarint(uint64(len(s))<<formBits | formBytes)
	e.b = append(e.b, s...)
}

func (e *Encoder) number(s string) {
	if e.seen == nil {
		e.seen = map[string]uint64{}
	}
	e.seen[s] = uint64(len(e.seen))
}

// comesAgain tells whether a string that is not the first of its value is
// worth a number.
func comesAgain(s string) bool { return s != "" && len(s) <= longestAgain }

// yearOne is the zero time in Unix seconds: times are counted from there, so
// that absent ones, which are many, are short.
var yearOne = time.Time{}.Unix()

func (e *Encoder) time(t time.Time) {
	e.varint(t.Unix() - yearOne)
	e.Uvarint(uint64(t.Nanosecond()))
}

// mapValue adds a map of the site's own: strings, lists and maps of them.
func (e *Encoder) mapValue(m map[string]any, deepest int) {
	e.Uvarint(uint64(len(m)))
	if len(m) == 0 { // as most are: sorting nothing is not free
		return
	}
	for _, key := range slices.Sorted(maps.Keys(m)) {
		e.String(key)
		e.any(m[key], deepest-1)
	}
}

func (e *Encoder) any(v any, deepest int) {
	switch v := v.(type) {
	case nil:
		e.b = append(e.b, 'n')
		return
	case string:
		e.b = append(e.b, 's')
		e.String(v)
		return
	case map[string]any:
		if deepest > 0 {
			e.b = append(e.b, 'm')
			e.mapValue(v, deepest)
			return
		}
	case []any:
		if deepest > 0 {
			e.b = append(e.b, 'l')
			e.Uvarint(uint64(len(v)))
			for _, item := range v {
				e.any(item, deepest-1)
			}
			return
		}
	}
	if e.err == nil {
		e.err = fmt.Errorf("a %T cannot be kept, or lies too deep", v)
	}
}
