package digest

import (
	"encoding/binary"
	"maps"
	"reflect"
	"slices"
	"sync"
	"time"

	"bantin/internal/memlayout"
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

// hashers are kept with their memory.
var hashers = sync.Pool{New: func() any { return new(Hasher) }}

// Value adds a closed value, as the function Value does.
func (h *Hasher) Value(v any) {
	t := reflect.TypeOf(v)
	h.Str(t.Name())
	if h.buf = h.appendValue(h.buf, layoutOf(t).In(v)); len(h.buf) >= spillSize {
		h.buf = h.spill(h.buf)
	}
}

var layouts sync.Map // reflect.Type -> *memlayout.Type

func layoutOf(t reflect.Type) *memlayout.Type {
	if l, ok := layouts.Load(t); ok {
		return l.(*memlayout.Type)
	}
	l, _ := layouts.LoadOrStore(t, memlayout.Of(t, counts))
	return l.(*memlayout.Type)
}

func counts(f reflect.StructField) bool { return f.Tag.Get("key") != "-" }

// appendValue adds a value to b, what is gathered in h.
func (h *Hasher) appendValue(b []byte, v memlayout.Value) []byte {
	for i := range v.Len() {
		switch f := v.Field(i); f.Kind() {
		case memlayout.String:
			b = appendString(b, f.String())
		case memlayout.Bool:
			b = appendBool(b, f.Bool())
		case memlayout.Int:
			b = appendInt(b, f.Int())
		case memlayout.Uint:
			b = appendInt(b, int64(f.Uint()))
		case memlayout.Bytes:
			b = append(b, f.Bytes()...)
		case memlayout.Time:
			b = appendTime(b, f.Time())
		case memlayout.Slice:
			list := f.List()
			b = appendInt(b, int64(list.Len()))
			for k := range list.Len() {
				if b = h.appendValue(b, list.At(k)); len(b) >= spillSize {
					b = h.spill(b)
				}
			}
		case memlayout.Pointer:
			target, ok := f.Target()
			b = appendBool(b, ok)
			if ok {
				b = h.appendValue(b, target)
			}
		case memlayout.Map:
			b = h.appendMap(b, f.Map())
		case memlayout.Any:
			b = h.appendAny(b, f.Any())
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

func (h *Hasher) appendMap(b []byte, m map[string]any) []byte {
	b = appendInt(b, int64(len(m)))
	if len(m) == 0 { // as most are: sorting nothing is not free
		return b
	}
	for _, key := range slices.Sorted(maps.Keys(m)) {
		b = appendString(b, key)
		b = h.appendAny(b, m[key])
	}
	return b
}

func (h *Hasher) appendAny(b []byte, v any) []byte {
	b = appendBool(b, v != nil)
	switch v := v.(type) {
	case nil:
		return b
	case string: // in the maps of a site there are these three
		return appendString(b, v)
	case map[string]any:
		return h.appendMap(b, v)
	case []any:
		b = appendInt(b, int64(len(v)))
		for _, item := range v {
			b = h.appendAny(b, item)
		}
		return b
	}
	return h.appendValue(b, layoutOf(reflect.TypeOf(v)).In(v))
}
