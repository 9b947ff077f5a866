// Package memlayout reads and writes the values of a type field by field: what
// turns values into bytes many times over goes through a list of plain fields
// at offsets, and looks at no value by reflection, which takes several times as
// long. It knows nothing of what is written.
//
// It alone uses pointers that the compiler does not check, but for a system call
// of package openat. Its invariant: the memory of a Value, or of a Variable, is a
// value of its Type, and every access is by the field's own Kind; any other one
// panics. So nothing that is done through this package can read or write what is
// not there.
package memlayout

import (
	"fmt"
	"reflect"
	"time"
	"unsafe"
)

// Kind says what a field is, and thereby which of its methods reads or sets it.
type Kind uint8

const (
	String  Kind = iota // a string
	Bool                // a bool
	Int                 // int8 to int64, and int
	Uint                // uint8 to uint64, and uint
	Bytes               // [n]byte
	Time                // a time.Time
	Slice               // a slice
	Pointer             // a pointer, nil or not
	Map                 // a map[string]any
	Any                 // an any
)

// Type is the layout of a type. The fields of a struct, and those of the
// structs in it, are one list; any other type has one field.
type Type struct {
	of     reflect.Type
	size   uintptr // of a value in bytes
	fields []field
	number int // counts the types that one call of Of has found, from 0 on
}

// field is something that each value of a type holds at an offset.
type field struct {
	kind   Kind
	size   uint8 // of an Int or a Uint, in bytes
	offset uintptr
	len    int   // of Bytes
	inside *Type // of the elements of a Slice, or of what a Pointer leads to
}

// Of returns the layout of t and of all types that it leads to. Fields of
// structs that keep refuses are left out; nil keeps all. It panics on types
// without a value of their own: functions, channels and the like.
func Of(t reflect.Type, keep func(reflect.StructField) bool) *Type {
	f := finder{found: map[reflect.Type]*Type{}, keep: keep}
	return f.of(t)
}

// String names the type as Go does.
func (t *Type) String() string { return t.of.String() }

// Len returns how many fields a value of the type has.
func (t *Type) Len() int { return len(t.fields) }

// Field returns the kind of field i and the type that it leads to, nil unless
// it is a Slice or a Pointer.
func (t *Type) Field(i int) (Kind, *Type) { return t.fields[i].kind, t.fields[i].inside }

// finder finds the layout of one type and of all that it leads to, which may
// be itself.
type finder struct {
	found map[reflect.Type]*Type
	keep  func(reflect.StructField) bool
}

func (f finder) of(t reflect.Type) *Type {
	if known := f.found[t]; known != nil {
		return known
	}
	l := &Type{of: t, size: t.Size(), number: len(f.found)}
	f.found[t] = l
	l.fields = f.fields(nil, t, 0)
	return l
}

// fields adds to list what a value of type t at an offset holds.
func (f finder) fields(list []field, t reflect.Type, offset uintptr) []field {
	if t.Kind() != reflect.Struct || t == reflect.TypeFor[time.Time]() {
		return append(list, f.field(t, offset))
	}
	for i := range t.NumField() {
		if inner := t.Field(i); f.keep == nil || f.keep(inner) {
			list = f.fields(list, inner.Type, offset+inner.Offset)
		}
	}
	return list
}

func (f finder) field(t reflect.Type, offset uintptr) field {
	switch t.Kind() {
	case reflect.Slice:
		return field{kind: Slice, offset: offset, inside: f.of(t.Elem())}
	case reflect.Pointer:
		return field{kind: Pointer, offset: offset, inside: f.of(t.Elem())}
	case reflect.Array:
		if t.Elem().Kind() == reflect.Uint8 {
			return field{kind: Bytes, offset: offset, len: t.Len()}
		}
	}
	kind := kindOf(t)
	l := field{kind: kind, offset: offset}
	if kind == Int || kind == Uint {
		l.size = uint8(t.Size())
	}
	return l
}

func kindOf(t reflect.Type) Kind {
	switch t.Kind() {
	case reflect.String:
		return String
	case reflect.Bool:
		return Bool
	case reflect.Int, reflect.Int64, reflect.Int32, reflect.Int16, reflect.Int8:
		return Int
	case reflect.Uint, reflect.Uint64, reflect.Uint32, reflect.Uint16, reflect.Uint8:
		return Uint
	}
	switch t {
	case reflect.TypeFor[time.Time]():
		return Time
	case reflect.TypeFor[map[string]any]():
		return Map
	case reflect.TypeFor[any]():
		return Any
	}
	panic(fmt.Sprintf("memlayout: a %s has no value of its own", t))
}

// sliceHeader is how any slice lies in memory.
type sliceHeader struct {
	data     unsafe.Pointer
	len, cap int
}

// The panics of what no caller may do. Constants keep the methods small enough
// to be inlined.
const (
	wrongKind = "memlayout: a field is not of that kind"
	wrongType = "memlayout: a value is not of that type"
	outside   = "memlayout: an index is outside of its list"
)
