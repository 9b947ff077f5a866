// Package layout tells how the values of a type lie in memory, as a list of
// plain fields at offsets: what writes values as bytes many times over goes
// through that list and looks at no value by reflection, which takes several
// times as long. It knows nothing of what is written.
//
// Its invariant: at every Field of a Type, and nowhere else, a value of that
// type has what the field's Kind says, whatever the value.
package layout

import (
	"fmt"
	"reflect"
	"time"
	"unsafe"
)

// Kind says what a field is, and thereby of which Go type its memory is.
type Kind uint8

const (
	String  Kind = iota // string
	Bool                // bool
	Int8                // int8 …
	Int16               //
	Int32               //
	Int64               // int64; int, where that is as wide
	Uint8               // uint8 …
	Uint16              //
	Uint32              //
	Uint64              // uint64; uint, where that is as wide
	Bytes               // [Field.Len]byte
	Time                // time.Time
	Slice               // a slice of Field.Inside, readable as SliceHeader
	Pointer             // a pointer to a Field.Inside, nil or not
	Map                 // map[string]any
	Any                 // any
)

// Field is something that each value of a type holds at an offset.
type Field struct {
	Kind   Kind
	Offset uintptr
	Len    int   // of Bytes
	Inside *Type // of the elements of a Slice, or of what a Pointer leads to
}

// SliceHeader is how any slice lies in memory.
type SliceHeader struct {
	Data     unsafe.Pointer
	Len, Cap int
}

// Type is the layout of a type. The fields of a struct, and those of the
// structs in it, are one list; any other type has one field.
type Type struct {
	Go     reflect.Type
	Size   uintptr // of a value in bytes
	Fields []Field
	// Number counts the types that one call of Of has found, from 0 on.
	Number int
}

// Of returns the layout of t and of all types that it leads to. Fields of
// structs that keep refuses are left out; nil keeps all. It panics on types
// without a value of their own: functions, channels and the like.
func Of(t reflect.Type, keep func(reflect.StructField) bool) *Type {
	f := finder{found: map[reflect.Type]*Type{}, keep: keep}
	return f.of(t)
}

// Make returns the memory of n new values of the type, all zero.
func (t *Type) Make(n int) unsafe.Pointer {
	return reflect.MakeSlice(reflect.SliceOf(t.Go), n, n).UnsafePointer()
}

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
	l := &Type{Go: t, Size: t.Size(), Number: len(f.found)}
	f.found[t] = l
	l.Fields = f.fields(nil, t, 0)
	return l
}

// fields adds to list what a value of type t at an offset holds.
func (f finder) fields(list []Field, t reflect.Type, offset uintptr) []Field {
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

func (f finder) field(t reflect.Type, offset uintptr) Field {
	switch t.Kind() {
	case reflect.Slice:
		return Field{Kind: Slice, Offset: offset, Inside: f.of(t.Elem())}
	case reflect.Pointer:
		return Field{Kind: Pointer, Offset: offset, Inside: f.of(t.Elem())}
	case reflect.Array:
		if t.Elem().Kind() == reflect.Uint8 {
			return Field{Kind: Bytes, Offset: offset, Len: t.Len()}
		}
	}
	return Field{Kind: kindOf(t), Offset: offset}
}

func kindOf(t reflect.Type) Kind {
	signed := [...]Kind{1: Int8, 2: Int16, 4: Int32, 8: Int64}
	unsigned := [...]Kind{1: Uint8, 2: Uint16, 4: Uint32, 8: Uint64}
	switch t.Kind() {
	case reflect.String:
		return String
	case reflect.Bool:
		return Bool
	case reflect.Int, reflect.Int64, reflect.Int32, reflect.Int16, reflect.Int8:
		return signed[t.Size()]
	case reflect.Uint, reflect.Uint64, reflect.Uint32, reflect.Uint16, reflect.Uint8:
		return unsigned[t.Size()]
	}
	switch t {
	case reflect.TypeFor[time.Time]():
		return Time
	case reflect.TypeFor[map[string]any]():
		return Map
	case reflect.TypeFor[any]():
		return Any
	}
	panic(fmt.Sprintf("layout: a %s has no value of its own", t))
}
