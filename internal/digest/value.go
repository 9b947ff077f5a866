package digest

import (
	"fmt"
	"reflect"
	"slices"
	"sync"
	"time"
)

// Value returns the digest of a closed value: of every field of a struct, every
// element of a slice, every entry of a map[string]any, by value. Fields tagged
// `key:"-"` do not count. It panics on a function, a channel and the like,
// which have no value.
func Value(v any) Digest { return Keyed(Digest{}, v) }

// Keyed returns the digest of a closed value under a key: what the value is
// used with, beside the value itself.
func Keyed(key Digest, v any) Digest {
	return Gather(func(h *Hasher) {
		h.Digest(key)
		h.Value(v)
	})
}

var hashers = sync.Pool{New: func() any { return new(Hasher) }}

// Value adds a closed value, as the function Value does.
func (h *Hasher) Value(v any) {
	rv := reflect.ValueOf(v)
	h.Str(rv.Type().Name())
	h.value(rv)
}

var (
	timeType   = reflect.TypeFor[time.Time]()
	digestType = reflect.TypeFor[Digest]()
)

func (h *Hasher) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		h.Str(v.String())
	case reflect.Bool:
		h.Bool(v.Bool())
	case reflect.Int, reflect.Int64, reflect.Int32, reflect.Int16, reflect.Int8:
		h.Int(v.Int())
	case reflect.Uint, reflect.Uint64, reflect.Uint32, reflect.Uint16, reflect.Uint8:
		h.Int(int64(v.Uint()))
	case reflect.Pointer, reflect.Interface:
		h.Bool(!v.IsNil())
		if !v.IsNil() {
			h.value(v.Elem())
		}
	case reflect.Slice:
		h.Int(int64(v.Len()))
		for i := range v.Len() {
			h.value(v.Index(i))
		}
	case reflect.Map:
		h.mapValue(v)
	case reflect.Struct:
		h.structValue(v)
	case reflect.Array:
		if v.Type() != digestType {
			panic(fmt.Sprintf("digest: %s is not a closed value", v.Type()))
		}
		for i := range v.Len() {
			h.buf = append(h.buf, byte(v.Index(i).Uint()))
		}
	default:
		panic(fmt.Sprintf("digest: %s is not a closed value", v.Type()))
	}
}

func (h *Hasher) mapValue(v reflect.Value) {
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int {
		if a.String() < b.String() {
			return -1
		}
		return 1
	})
	h.Int(int64(len(keys)))
	for _, k := range keys {
		h.Str(k.String())
		h.value(v.MapIndex(k))
	}
}

func (h *Hasher) structValue(v reflect.Value) {
	if v.Type() == timeType {
		t := v.Interface().(time.Time)
		_, offset := t.Zone()
		h.Int(t.Unix())
		h.Int(int64(t.Nanosecond()))
		h.Int(int64(offset))
		return
	}
	for _, i := range keyFields(v.Type()) {
		h.value(v.Field(i))
	}
}

// fieldLists remembers which fields of a struct type count: reading tags by
// reflection for each value would cost more than hashing it.
var fieldLists sync.Map // reflect.Type -> []int

func keyFields(t reflect.Type) []int {
	if list, ok := fieldLists.Load(t); ok {
		return list.([]int)
	}
	var list []int
	for i := range t.NumField() {
		if t.Field(i).Tag.Get("key") != "-" {
			list = append(list, i)
		}
	}
	fieldLists.Store(t, list)
	return list
}
