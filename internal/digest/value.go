package digest

import (
	"encoding/binary"
	"maps"
	"reflect"
	"slices"
	"sync"
	"time"
	"unsafe"
)

// Value returns the digest of a closed value: of every field of a struct, every
// element of a slice, every entry of a map[string]any, by value. Fields tagged
// `key:"-"` do not count. It panics on a function, a channel and the like,
// which have no value.
func Value(v any) Digest { return Keyed(Digest{}, v) }

// Keyed returns the digest of a closed value under a key: what the value is
// used with, beside the value itself.
func Keyed(key Digest, v any) Digest {
	h := hashers.Get().(*Hasher)
	defer hashers.Put(h)
	h.Reset()
	h.Digest(key)
	h.Value(v)
	return h.Sum()
}

// hashers are kept with their memory, which soon holds the largest views.
var hashers = sync.Pool{New: func() any { return new(Hasher) }}

// Value adds a closed value, as the function Value does.
func (h *Hasher) Value(v any) {
	t := reflect.TypeOf(v)
	p := programOf(t)
	h.Str(p.name)
	h.buf = p.appendTo(h.buf, memoryOf(t, v))
}

// appendTo adds the value of the program's type at v to b.
func (p *program) appendTo(b []byte, v unsafe.Pointer) []byte {
	for i := range p.steps {
		s := &p.steps[i]
		at := unsafe.Add(v, s.offset)
		switch s.op {
		case opString:
			b = appendString(b, *(*string)(at))
		case opBool:
			b = appendBool(b, *(*bool)(at))
		case opInt8:
			b = appendInt(b, int64(*(*int8)(at)))
		case opInt16:
			b = appendInt(b, int64(*(*int16)(at)))
		case opInt32:
			b = appendInt(b, int64(*(*int32)(at)))
		case opInt64:
			b = appendInt(b, *(*int64)(at))
		case opUint8:
			b = appendInt(b, int64(*(*uint8)(at)))
		case opUint16:
			b = appendInt(b, int64(*(*uint16)(at)))
		case opUint32:
			b = appendInt(b, int64(*(*uint32)(at)))
		case opDigest:
			b = append(b, (*Digest)(at)[:]...)
		case opTime:
			b = appendTime(b, *(*time.Time)(at))
		case opSlice:
			// Whatever its elements are, a slice begins with the same words.
			first, n := unsafe.Pointer(unsafe.SliceData(*(*[]byte)(at))), len(*(*[]byte)(at))
			b = appendInt(b, int64(n))
			for k := range n {
				b = s.inside.appendTo(b, unsafe.Add(first, uintptr(k)*s.inside.size))
			}
		case opPointer:
			target := *(*unsafe.Pointer)(at)
			b = appendBool(b, target != nil)
			if target != nil {
				b = s.inside.appendTo(b, target)
			}
		case opMap:
			b = appendMap(b, *(*map[string]any)(at))
		case opAny:
			b = appendAny(b, *(*any)(at))
		}
	}
	return b
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendInt(b []byte, n int64) []byte { return binary.LittleEndian.AppendUint64(b, uint64(n)) }

func appendBool(b []byte, v bool) []byte {
	if v {
		return append(b, 1)
	}
	return append(b, 0)
}

func appendTime(b []byte, t time.Time) []byte {
	_, offset := t.Zone()
	b = appendInt(b, t.Unix())
	b = appendInt(b, int64(t.Nanosecond()))
	return appendInt(b, int64(offset))
}

func appendMap(b []byte, m map[string]any) []byte {
	b = appendInt(b, int64(len(m)))
	if len(m) == 0 { // as most are: sorting nothing is not free
		return b
	}
	for _, key := range slices.Sorted(maps.Keys(m)) {
		b = appendString(b, key)
		b = appendAny(b, m[key])
	}
	return b
}

func appendAny(b []byte, v any) []byte {
	b = appendBool(b, v != nil)
	switch v := v.(type) {
	case nil:
		return b
	case string: // in the maps of a site there are these three
		return appendString(b, v)
	case map[string]any:
		return appendMap(b, v)
	case []any:
		b = appendInt(b, int64(len(v)))
		for _, item := range v {
			b = appendAny(b, item)
		}
		return b
	}
	t := reflect.TypeOf(v)
	return programOf(t).appendTo(b, memoryOf(t, v))
}

// memoryOf returns where the value of type t lies that v holds. Nobody may
// write there.
func memoryOf(t reflect.Type, v any) unsafe.Pointer {
	if t.Size() == unsafe.Sizeof(uintptr(0)) {
		// It may be a pointer or a map, which stand in the interface itself.
		copied := reflect.New(t)
		copied.Elem().Set(reflect.ValueOf(v))
		return copied.UnsafePointer()
	}
	return (*[2]unsafe.Pointer)(unsafe.Pointer(&v))[1]
}
