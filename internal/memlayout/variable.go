package memlayout

import (
	"reflect"
	"time"
	"unsafe"
)

// Variable is a value that is filled in.
type Variable struct {
	typ *Type
	at  unsafe.Pointer
}

// Slot is a field of a Variable. Each of its methods but Kind is for one Kind.
type Slot struct {
	*field
	at unsafe.Pointer
}

// Variables is a list of values that are filled in.
type Variables struct {
	of   *Type
	data unsafe.Pointer
	len  int
}

// To returns the variable at v, which is of type t.
func To[T any](t *Type, v *T) Variable { return Variable(At(t, v)) }

// Len returns how many fields the variable has.
func (v Variable) Len() int { return len(v.typ.fields) }

// Slot returns field i.
func (v Variable) Slot(i int) Slot {
	f := &v.typ.fields[i]
	return Slot{f, unsafe.Add(v.at, f.offset)}
}

// Kind returns what the field is.
func (s Slot) Kind() Kind { return s.kind }

// SetString sets a String.
func (s Slot) SetString(v string) {
	if s.kind != String {
		panic(wrongKind)
	}
	*(*string)(s.at) = v
}

// SetBool sets a Bool.
func (s Slot) SetBool(v bool) {
	if s.kind != Bool {
		panic(wrongKind)
	}
	*(*bool)(s.at) = v
}

// SetInt sets an Int to the lowest bits of v.
func (s Slot) SetInt(v int64) {
	if s.kind != Int {
		panic(wrongKind)
	}
	s.setBits(uint64(v))
}

// SetUint sets a Uint to the lowest bits of v.
func (s Slot) SetUint(v uint64) {
	if s.kind != Uint {
		panic(wrongKind)
	}
	s.setBits(v)
}

func (s Slot) setBits(v uint64) {
	switch s.size {
	case 8:
		*(*uint64)(s.at) = v
	case 4:
		*(*uint32)(s.at) = uint32(v)
	case 2:
		*(*uint16)(s.at) = uint16(v)
	default:
		*(*uint8)(s.at) = uint8(v)
	}
}

// Bytes returns a Bytes where it lies, to be filled.
func (s Slot) Bytes() []byte {
	if s.kind != Bytes {
		panic(wrongKind)
	}
	return unsafe.Slice((*byte)(s.at), s.len)
}

// SetTime sets a Time.
func (s Slot) SetTime(v time.Time) {
	if s.kind != Time {
		panic(wrongKind)
	}
	*(*time.Time)(s.at) = v
}

// SetMap sets a Map.
func (s Slot) SetMap(v map[string]any) {
	if s.kind != Map {
		panic(wrongKind)
	}
	*(*map[string]any)(s.at) = v
}

// Element returns the type of a Slice's elements, or of what a Pointer leads
// to.
func (s Slot) Element() *Type { return s.inside }

// MakeList sets a Slice to n new elements, which are zero.
func (s Slot) MakeList(a *Arena, n int) Variables {
	if s.kind != Slice {
		panic(wrongKind)
	}
	list := Variables{s.inside, a.make(s.inside, n), n}
	*(*sliceHeader)(s.at) = sliceHeader{list.data, n, n}
	return list
}

// MakeTarget sets a Pointer to a new value, which is zero.
func (s Slot) MakeTarget(a *Arena) Variable {
	if s.kind != Pointer {
		panic(wrongKind)
	}
	target := a.make(s.inside, 1)
	*(*unsafe.Pointer)(s.at) = target
	return Variable{s.inside, target}
}

// At returns element i.
func (l Variables) At(i int) Variable {
	if uint(i) >= uint(l.len) {
		panic(outside)
	}
	return Variable{l.of, unsafe.Add(l.data, uintptr(i)*l.of.size)}
}

// Arena makes values: the allocator and the collector have less to do with few
// large pieces of memory than with many small ones. It serves types of one call
// of Of. The zero value is ready to use.
type Arena struct{ slabs []slab } // by the numbers of their types

// slab is memory for values of one type.
type slab struct {
	typ        *Type
	memory     unsafe.Pointer
	used, size int // in values
}

// slabBytes is the size of a slab that is not made for one long list.
const slabBytes = 16 << 10

// make returns the memory of n values of type t, all zero.
func (a *Arena) make(t *Type, n int) unsafe.Pointer {
	for len(a.slabs) <= t.number {
		a.slabs = append(a.slabs, slab{})
	}
	s := &a.slabs[t.number]
	if s.typ != t || n > s.size-s.used {
		size := max(n, slabBytes/int(max(t.size, 1)))
		*s = slab{typ: t, memory: reflect.MakeSlice(reflect.SliceOf(t.of), size, size).UnsafePointer(), size: size}
	}
	p := unsafe.Add(s.memory, uintptr(s.used)*t.size)
	s.used += n
	return p
}
