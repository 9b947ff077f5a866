package build

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unsafe"

	"bantin/internal/layout"
)

// This file turns values into the bytes of the cache and back. The form
// follows from the Go types alone: fields in their order, numbers as varints,
// lists behind their length, optional values behind a flag. It says nothing of
// itself, since a cache is read by the very program that wrote it (its digest
// stands at the head of each file) or not at all.
//
// What is known of files repeats itself: tags and names from file to file, and
// a file's path within it. A string of a value begins with a number whose
// lowest bits tell which of three forms it has:
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

var errCorrupt = errors.New("damaged cache")

// encoder gathers the bytes of values.
type encoder struct {
	b     []byte
	seen  map[string]uint64 // the numbers of the strings so far
	first string            // of the value under way
}

func (e *encoder) uvarint(n uint64) { e.b = binary.AppendUvarint(e.b, n) }

func (e *encoder) varint(n int64) { e.b = binary.AppendVarint(e.b, n) }

func (e *encoder) bool(v bool) {
	if v {
		e.b = append(e.b, 1)
	} else {
		e.b = append(e.b, 0)
	}
}

func (e *encoder) bytes(b []byte) { e.b = append(e.b, b...) }

// string adds a string that stands for itself.
func (e *encoder) string(s string) {
	e.uvarint(uint64(len(s)))
	e.b = append(e.b, s...)
}

// value adds the value of type t at v.
func (e *encoder) value(t *layout.Type, v unsafe.Pointer) {
	e.first = ""
	e.fields(t, v)
}

func (e *encoder) fields(t *layout.Type, v unsafe.Pointer) {
	for i := range t.Fields {
		f := &t.Fields[i]
		at := unsafe.Add(v, f.Offset)
		switch f.Kind {
		case layout.String:
			e.shared(*(*string)(at))
		case layout.Bool:
			e.bool(*(*bool)(at))
		case layout.Int64:
			e.varint(*(*int64)(at))
		case layout.Int32:
			e.varint(int64(*(*int32)(at)))
		case layout.Uint8:
			e.b = append(e.b, *(*uint8)(at))
		case layout.Uint64:
			e.uvarint(*(*uint64)(at))
		case layout.Bytes:
			e.bytes(unsafe.Slice((*byte)(at), f.Len))
		case layout.Time:
			e.time(*(*time.Time)(at))
		case layout.Slice:
			list := (*layout.SliceHeader)(at)
			e.uvarint(uint64(list.Len))
			for k := range list.Len {
				e.fields(f.Inside, unsafe.Add(list.Data, uintptr(k)*f.Inside.Size))
			}
		case layout.Pointer:
			target := *(*unsafe.Pointer)(at)
			e.bool(target != nil)
			if target != nil {
				e.fields(f.Inside, target)
			}
		case layout.Map:
			e.mapValue(*(*map[string]any)(at))
		default:
			panic(fmt.Sprintf("build: a %s cannot be cached", t.Go))
		}
	}
}

// shared adds a string of a value in the shortest of the three forms.
func (e *encoder) shared(s string) {
	if comesAgain(s) {
		if number, again := e.seen[s]; again {
			e.uvarint(number<<formBits | formAgain)
			return
		}
	}
	if at := strings.Index(e.first, s); at >= 0 && s != "" {
		e.uvarint(uint64(at)<<formBits | formPart)
		e.uvarint(uint64(len(s)))
		return
	}
	if e.first == "" {
		e.first = s
	} else if comesAgain(s) {
		e.number(s)
	}
	e.uvarint(uint64(len(s))<<formBits | formBytes)
	e.b = append(e.b, s...)
}

func (e *encoder) number(s string) {
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

func (e *encoder) time(t time.Time) {
	e.varint(t.Unix() - yearOne)
	e.uvarint(uint64(t.Nanosecond()))
}

// mapValue adds a map of the site's own: strings, lists and maps of them.
func (e *encoder) mapValue(m map[string]any) {
	e.uvarint(uint64(len(m)))
	if len(m) == 0 { // as most are: sorting nothing is not free
		return
	}
	for _, key := range slices.Sorted(maps.Keys(m)) {
		e.string(key)
		e.any(m[key])
	}
}

func (e *encoder) any(v any) {
	switch v := v.(type) {
	case nil:
		e.b = append(e.b, 'n')
	case string:
		e.b = append(e.b, 's')
		e.string(v)
	case map[string]any:
		e.b = append(e.b, 'm')
		e.mapValue(v)
	case []any:
		e.b = append(e.b, 'l')
		e.uvarint(uint64(len(v)))
		for _, item := range v {
			e.any(item)
		}
	default:
		panic(fmt.Sprintf("build: a %T cannot be cached", v))
	}
}
