package digest

import (
	"fmt"
	"reflect"
	"sync"
	"time"
)

// program tells how the values of one type are gathered: the fields of a
// struct, and of the structs in it, are one list of steps. Looking at each
// value by reflection takes several times as long as hashing it.
type program struct {
	name  string  // of the type
	size  uintptr // of a value in memory
	steps []step
}

// step gathers what stands at an offset in a value.
type step struct {
	op     op
	offset uintptr
	inside *program // of a slice's elements, or of what a pointer leads to
}

type op uint8

const (
	opString op = iota
	opBool
	opInt8
	opInt16
	opInt32
	opInt64 // and uint64, whose bits are gathered in the same way
	opUint8
	opUint16
	opUint32
	opDigest
	opTime
	opSlice
	opPointer
	opMap
	opAny
)

var programs sync.Map // reflect.Type -> *program

// programOf returns the program of type t, which is made but once. It panics
// if values of t are not closed.
func programOf(t reflect.Type) *program {
	if p, ok := programs.Load(t); ok {
		return p.(*program)
	}
	p, _ := programs.LoadOrStore(t, compiler{}.program(t))
	return p.(*program)
}

// compiler holds the programs made for one type and what it is made of, lest a
// type that leads to itself be followed for ever.
type compiler map[reflect.Type]*program

func (c compiler) program(t reflect.Type) *program {
	if p := c[t]; p != nil {
		return p
	}
	p := &program{name: t.Name(), size: t.Size()}
	c[t] = p
	p.steps = c.appendSteps(nil, t, 0)
	return p
}

var (
	timeType   = reflect.TypeFor[time.Time]()
	digestType = reflect.TypeFor[Digest]()
	mapType    = reflect.TypeFor[map[string]any]()
	anyType    = reflect.TypeFor[any]()
)

// appendSteps adds the steps for a value of type t at an offset.
func (c compiler) appendSteps(steps []step, t reflect.Type, offset uintptr) []step {
	s := step{offset: offset}
	switch kind := t.Kind(); {
	case t == timeType:
		s.op = opTime
	case t == digestType:
		s.op = opDigest
	case t == mapType:
		s.op = opMap
	case t == anyType:
		s.op = opAny
	case kind == reflect.Struct:
		return c.appendFields(steps, t, offset)
	case kind == reflect.String:
		s.op = opString
	case kind == reflect.Bool:
		s.op = opBool
	case kind == reflect.Slice:
		s.op, s.inside = opSlice, c.program(t.Elem())
	case kind == reflect.Pointer:
		s.op, s.inside = opPointer, c.program(t.Elem())
	default:
		s.op = numberOp(t)
	}
	return append(steps, s)
}

func (c compiler) appendFields(steps []step, t reflect.Type, offset uintptr) []step {
	for i := range t.NumField() {
		if f := t.Field(i); f.Tag.Get("key") != "-" {
			steps = c.appendSteps(steps, f.Type, offset+f.Offset)
		}
	}
	return steps
}

func numberOp(t reflect.Type) op {
	signed := [...]op{1: opInt8, 2: opInt16, 4: opInt32, 8: opInt64}
	unsigned := [...]op{1: opUint8, 2: opUint16, 4: opUint32, 8: opInt64}
	switch t.Kind() {
	case reflect.Int, reflect.Int64, reflect.Int32, reflect.Int16, reflect.Int8:
		return signed[t.Size()]
	case reflect.Uint, reflect.Uint64, reflect.Uint32, reflect.Uint16, reflect.Uint8:
		return unsigned[t.Size()]
	}
	panic(fmt.Sprintf("digest: %s is not a closed value", t))
}
