package templatecompiler

import (
	"reflect"
	"text/template/parse"
)

// fields compiles a chain of fields and methods without arguments.
func (c *compiler) fields(v value, names []string, n parse.Node) value {
	for _, name := range names {
		v = c.field(v, name, n)
	}
	return v
}

func (c *compiler) field(v value, name string, n parse.Node) value {
	known := v.isKnown()
	for v.typ.Kind() == reflect.Pointer {
		v = v.derive(v.typ.Elem(), pointed)
	}
	if v.typ.Kind() != reflect.Struct {
		panic(unsupported{n, "field of " + v.typ.String()})
	}
	if _, ok := reflect.PointerTo(v.typ).MethodByName(name); ok {
		return c.method(v, name, n)
	}
	f, ok := v.typ.FieldByName(name)
	if !ok || !f.IsExported() || len(f.Index) > 1 || f.Type.Kind() == reflect.Interface {
		panic(unsupported{n, "field of " + v.typ.String()})
	}
	index := f.Index[0]
	v = v.derive(f.Type, func(v reflect.Value) reflect.Value { return v.Field(index) })
	if known {
		return c.fold(v, n)
	}
	return v
}

// fold evaluates a value that is made of known ones.
func (c *compiler) fold(v value, n parse.Node) value {
	defer func() {
		if r := recover(); r != nil {
			panic(unsupported{n, "fails"})
		}
	}()
	return knownValue(v.eval(nil, reflect.Value{}))
}

func pointed(v reflect.Value) reflect.Value {
	if v.IsNil() {
		panic(failed)
	}
	return v.Elem()
}

func (c *compiler) method(v value, name string, n parse.Node) value {
	method, ok := v.typ.MethodByName(name)
	if !ok || method.Type.NumIn() != 1 || method.Type.NumOut() != 1 || method.Type.Out(0).Kind() == reflect.Interface {
		panic(unsupported{n, "method of " + v.typ.String()})
	}
	return v.derive(method.Type.Out(0), func(v reflect.Value) reflect.Value { return v.Method(method.Index).Call(nil)[0] })
}
