package memlayout

import (
	"reflect"
	"time"
	"unsafe"
)

// Value is a value that is read.
type Value struct {
	typ *Type
	at  unsafe.Pointer
}

// Field is a field of a Value. Each of its methods but Kind is for one Kind.
type Field struct {
	*field
	at unsafe.Pointer
}

// List is the slice of a Field.
type List struct {
	of   *Type
	data unsafe.Pointer
	len  int
}

// At returns the value at v, which is of type t.
func At[T any](t *Type, v *T) Value {
	if t.of != reflect.TypeFor[T]() {
		panic(wrongType)
	}
	return Value{t, unsafe.Pointer(v)}
}

// In returns the value that v holds, which is of type t.
func (t *Type) In(v any) Value {
	if reflect.TypeOf(v) != t.of {
		panic(wrongType)
	}
	if t.size == unsafe.Sizeof(uintptr(0)) {
		// It may be a pointer or a map, which stand in the interface itself.
		copied := reflect.New(t.of)
		copied.Elem().Set(reflect.ValueOf(v))
		return Value{t, copied.UnsafePointer()}
	}
	return Value{t, (*[2]unsafe.Pointer)(unsafe.Pointer(&v))[1]}
}

// Len returns how many fields the value has.
func (v Value) Len() int { return len(v.typ.fields) }

// Field returns field i.
func (v Value) Field(i int) Field {
	f := &v.typ.fields[i]
	return Field{f, unsafe.Add(v.at, f.offset)}
}

// Kind returns what the field is.
func (f Field) Kind() Kind { return f.kind }

// String returns a String.
func (f Field) String() string {
	if f.kind != String {
		panic(wrongKind)
	}
	return *(*string)(f.at)
}

// Bool returns a Bool.
func (f Field) Bool() bool {
	if f.kind != Bool {
		panic(wrongKind)
	}
	return *(*bool)(f.at)
}

// Int returns an Int.
func (f Field) Int() int64 {
	if f.kind != Int {
		panic(wrongKind)
	}
	switch f.size {
	case 8:
		return *(*int64)(f.at)
	case 4:
		return int64(*(*int32)(f.at))
	case 2:
		return int64(*(*int16)(f.at))
	}
	return int64(*(*int8)(f.at))
}

// Uint returns a Uint.
func (f Field) Uint() uint64 {
	if f.kind != Uint {
		panic(wrongKind)
	}
	switch f.size {
	case 8:
		return *(*uint64)(f.at)
	case 4:
		return uint64(*(*uint32)(f.at))
	case 2:
		return uint64(*(*uint16)(f.at))
	}
	return uint64(*(*uint8)(f.at))
}

// Bytes returns a Bytes where it lies; nobody may write there.
func (f Field) Bytes() []byte {
	if f.kind != Bytes {
		panic(wrongKind)
	}
	return unsafe.Slice((*byte)(f.at), f.len)
}

// Time returns a Time.
func (f Field) Time() time.Time {
	if f.kind != Time {
		panic(wrongKind)
	}
	return *(*time.Time)(f.at)
}

// Map returns a Map.
func (f Field) Map() map[string]any {
	if f.kind != Map {
		panic(wrongKind)
	}
	return *(*map[string]any)(f.at)
}

// Any returns an Any.
func (f Field) Any() any {
	if f.kind != Any {
		panic(wrongKind)
	}
	return *(*any)(f.at)
}

// List returns a Slice.
func (f Field) List() List {
	if f.kind != Slice {
		panic(wrongKind)
	}
	h := (*sliceHeader)(f.at)
	return List{f.inside, h.data, h.len}
}

// Target returns what a Pointer leads to; ok is false if it is nil.
func (f Field) Target() (v Value, ok bool) {
	if f.kind != Pointer {
		panic(wrongKind)
	}
	v = Value{f.inside, *(*unsafe.Pointer)(f.at)}
	return v, v.at != nil
}

// Len returns how many elements the list has.
func (l List) Len() int { return l.len }

// At returns element i.
func (l List) At(i int) Value {
	if uint(i) >= uint(l.len) {
		panic(outside)
	}
	return Value{l.of, unsafe.Add(l.data, uintptr(i)*l.of.size)}
}
