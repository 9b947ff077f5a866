package digest

import (
	"encoding/binary"
	"maps"
	"reflect"
	"slices"
	"sync"
	"time"
	"unsafe"

	"bantin/internal/layout"
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
	h.Str(t.Name())
	h.buf = appendValue(h.buf, layoutOf(t), memoryOf(t, v))
}

var layouts sync.Map // reflect.Type -> *layout.Type

func layoutOf(t reflect.Type) *layout.Type {
	if l, ok := layouts.Load(t); ok {
		return l.(*layout.Type)
	}
	l, _ := layouts.LoadOrStore(t, layout.Of(t, counts))
	return l.(*layout.Type)
}

func counts(f reflect.StructField) bool { return f.Tag.Get("key") != "-" }

// appendValue adds the value of type t at v to b.
func appendValue(b []byte, t *layout.Type, v unsafe.Pointer) []byte {
	for i := range t.Fields {
		f := &t.Fields[i]
		at := unsafe.Add(v, f.Offset)
		switch f.Kind {
		case layout.String:
			b = appendString(b, *(*string)(at))
		case layout.Bool:
			b = appendBool(b, *(*bool)(at))
		case layout.Int8:
			b = appendInt(b, int64(*(*int8)(at)))
		case layout.Int16:
			b = appendInt(b, int64(*(*int16)(at)))
		case layout.Int32:
			b = appendInt(b, int64(*(*int32)(at)))
		case layout.Int64:
			b = appendInt(b, *(*int64)(at))
		case layout.Uint8:
			b = appendInt(b, int64(*(*uint8)(at)))
		case layout.Uint16:
			b = appendInt(b, int64(*(*uint16)(at)))
		case layout.Uint32:
			b = appendInt(b, int64(*(*uint32)(at)))
		case layout.Uint64:
			b = appendInt(b, int64(*(*uint64)(at)))
		case layout.Bytes:
			b = append(b, unsafe.Slice((*byte)(at), f.Len)...)
		case layout.Time:
			b = appendTime(b, *(*time.Time)(at))
		case layout.Slice:
			list := (*layout.SliceHeader)(at)
			b = appendInt(b, int64(list.Len))
			for k := range list.Len {
				b = appendValue(b, f.Inside, unsafe.Add(list.Data, uintptr(k)*f.Inside.Size))
			}
		case layout.Pointer:
			target := *(*unsafe.Pointer)(at)
			b = appendBool(b, target != nil)
			if target != nil {
				b = appendValue(b, f.Inside, target)
			}
		case layout.Map:
			b = appendMap(b, *(*map[string]any)(at))
		case layout.Any:
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
	return appendValue(b, layoutOf(t), memoryOf(t, v))
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
