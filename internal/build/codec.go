package build

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"time"
	"unsafe"
)

// This file turns values into the bytes of the cache and back. The form
// follows from the Go types alone: fields in their order, numbers as varints,
// strings and lists behind their length, optional values behind a flag. It
// says nothing of itself, since a cache is read by the very program that wrote
// it (its digest stands at the head of each file) or not at all.

var errCorrupt = errors.New("damaged cache")

var timeType = reflect.TypeFor[time.Time]()

// encode appends the bytes of v to b.
func encode(b []byte, v reflect.Value) []byte {
	switch v.Kind() {
	case reflect.String:
		b = binary.AppendUvarint(b, uint64(v.Len()))
		return append(b, v.String()...)
	case reflect.Bool:
		return append(b, boolByte(v.Bool()))
	case reflect.Int, reflect.Int64, reflect.Int32, reflect.Int16, reflect.Int8:
		return binary.AppendVarint(b, v.Int())
	case reflect.Uint, reflect.Uint64, reflect.Uint32, reflect.Uint16, reflect.Uint8:
		return binary.AppendUvarint(b, v.Uint())
	case reflect.Array: // of bytes: a digest
		for i := range v.Len() {
			b = append(b, byte(v.Index(i).Uint()))
		}
		return b
	case reflect.Slice:
		b = binary.AppendUvarint(b, uint64(v.Len()))
		for i := range v.Len() {
			b = encode(b, v.Index(i))
		}
		return b
	case reflect.Pointer:
		b = append(b, boolByte(!v.IsNil()))
		if v.IsNil() {
			return b
		}
		return encode(b, v.Elem())
	case reflect.Map:
		return encodeMap(b, v.Interface().(map[string]any))
	case reflect.Struct:
		if v.Type() == timeType {
			t := v.Interface().(time.Time)
			b = binary.AppendVarint(b, t.Unix())
			return binary.AppendVarint(b, int64(t.Nanosecond()))
		}
		for i := range v.NumField() {
			b = encode(b, v.Field(i))
		}
		return b
	}
	panic(fmt.Sprintf("build: a %s cannot be cached", v.Type()))
}

// encodeMap appends a map of the site's own: strings, lists and maps of them.
func encodeMap(b []byte, m map[string]any) []byte {
	b = binary.AppendUvarint(b, uint64(len(m)))
	for _, key := range slices.Sorted(maps.Keys(m)) {
		b = encode(b, reflect.ValueOf(key))
		b = encodeAny(b, m[key])
	}
	return b
}

func encodeAny(b []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return append(b, 'n')
	case string:
		return encode(append(b, 's'), reflect.ValueOf(v))
	case map[string]any:
		return encodeMap(append(b, 'm'), v)
	case []any:
		b = binary.AppendUvarint(append(b, 'l'), uint64(len(v)))
		for _, item := range v {
			b = encodeAny(b, item)
		}
		return b
	}
	panic(fmt.Sprintf("build: a %T cannot be cached", v))
}

func boolByte(b bool) byte {
	if b {
		return 1
	}
	return 0
}

// decoder reads what encode wrote. The strings that it gives are parts of its
// input. After an error everything it gives is zero.
type decoder struct {
	in   string
	zone *time.Location // that of all times
	err  error
}

func newDecoder(in []byte, zone *time.Location) *decoder {
	return &decoder{in: unsafe.String(unsafe.SliceData(in), len(in)), zone: zone}
}

func (d *decoder) fail() { d.in, d.err = "", errCorrupt }

func (d *decoder) byte() byte {
	if d.in == "" {
		d.fail()
		return 0
	}
	c := d.in[0]
	d.in = d.in[1:]
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

// length reads the length of something whose items take a byte or more each.
func (d *decoder) length() int {
	n := d.uvarint()
	if n > uint64(len(d.in)) {
		d.fail()
		return 0
	}
	return int(n)
}

func (d *decoder) string() string {
	n := d.length()
	s := d.in[:n]
	d.in = d.in[n:]
	return s
}

// decode reads a value into v, which must be zero and settable.
func (d *decoder) decode(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(d.string())
	case reflect.Bool:
		v.SetBool(d.byte() != 0)
	case reflect.Int, reflect.Int64, reflect.Int32, reflect.Int16, reflect.Int8:
		v.SetInt(d.varint())
	case reflect.Uint, reflect.Uint64, reflect.Uint32, reflect.Uint16, reflect.Uint8:
		v.SetUint(d.uvarint())
	case reflect.Array:
		for i := range v.Len() {
			v.Index(i).SetUint(uint64(d.byte()))
		}
	case reflect.Slice:
		if n := d.length(); n > 0 {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
			for i := 0; i < n && d.err == nil; i++ {
				d.decode(v.Index(i))
			}
		}
	case reflect.Pointer:
		if d.byte() != 0 {
			v.Set(reflect.New(v.Type().Elem()))
			d.decode(v.Elem())
		}
	case reflect.Map:
		if m := d.mapValue(); len(m) > 0 {
			v.Set(reflect.ValueOf(m))
		}
	case reflect.Struct:
		d.decodeStruct(v)
	}
}

func (d *decoder) decodeStruct(v reflect.Value) {
	if v.Type() == timeType {
		seconds, nanoseconds := d.varint(), d.varint()
		if t := time.Unix(seconds, nanoseconds); !t.IsZero() {
			v.Set(reflect.ValueOf(t.In(d.zone)))
		}
		return
	}
	for i := range v.NumField() {
		d.decode(v.Field(i))
	}
}

func (d *decoder) mapValue() map[string]any {
	n := d.length()
	m := make(map[string]any, n)
	for range n {
		key := d.string()
		m[key] = d.anyValue()
	}
	return m
}

func (d *decoder) anyValue() any {
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
			list[i] = d.anyValue()
		}
		return list
	}
	d.fail()
	return nil
}
