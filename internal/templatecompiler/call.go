package templatecompiler

import (
	"reflect"
	"slices"
	"text/template/parse"
)

// function compiles the call of a function; final is what is piped into it.
func (c *compiler) function(name *parse.IdentifierNode, args []parse.Node, final *value) value {
	f, ok := c.set.source.Funcs[name.Ident]
	if !ok {
		return c.builtin(name, args, final)
	}
	fn := reflect.ValueOf(f)
	typ := fn.Type()
	if typ.Out(0).Kind() == reflect.Interface {
		panic(unsupported{name, "result of an unknown type"})
	}
	values := c.arguments(name, typ, args, final)
	if appender, ok := c.set.source.Append[name.Ident]; ok {
		return appended(typ.Out(0), appender, values)
	}
	if slices.Contains(c.set.source.Constant, name.Ident) {
		return knownValue(fn.Call(nil)[0])
	}
	return called(fn, values)
}

// called is the value of a call by reflection.
func called(fn reflect.Value, args []value) value {
	return value{typ: fn.Type().Out(0), eval: func(m *machine, dot reflect.Value) reflect.Value {
		given, base := m.push(args, dot)
		out := fn.Call(given)
		m.args = m.args[:base]
		if len(out) > 1 && !out[1].IsNil() {
			panic(failed)
		}
		if out[0].Kind() == reflect.String && out[0].Len() > m.set.budget.value {
			panic(failed)
		}
		return out[0]
	}}
}

// appended is the value of a call of an Appender.
func appended(typ reflect.Type, appender Appender, args []value) value {
	appendTo := func(m *machine, dot reflect.Value) {
		given, base := m.push(args, dot)
		out, err := appender(m.out, given)
		m.args = m.args[:base]
		if err != nil {
			panic(failed)
		}
		m.out = out
	}
	empty := reflect.Zero(typ)
	return value{typ: typ, append: appendTo, eval: func(m *machine, dot reflect.Value) reflect.Value {
		start := len(m.out)
		appendTo(m, dot)
		s := string(m.out[start:])
		m.out = m.out[:start]
		if s == "" {
			return empty
		}
		return reflect.ValueOf(s).Convert(typ)
	}}
}

// push evaluates arguments and puts them at the end of args, which the caller
// cuts to base again.
func (m *machine) push(args []value, dot reflect.Value) (given []reflect.Value, base int) {
	base = len(m.args)
	for _, arg := range args {
		v := arg.eval(m, dot) // may itself push and pop
		m.args = append(m.args, v)
	}
	return m.args[base:], base
}

// arguments compiles the arguments of a function of type typ.
func (c *compiler) arguments(n parse.Node, typ reflect.Type, args []parse.Node, final *value) []value {
	values := make([]value, 0, len(args)+1)
	for _, arg := range args {
		values = append(values, c.operand(arg))
	}
	if final != nil {
		values = append(values, *final)
	}
	fixed := typ.NumIn()
	if typ.IsVariadic() {
		fixed--
	}
	if len(values) < fixed || len(values) > fixed && !typ.IsVariadic() {
		panic(unsupported{n, "wrong number of arguments"})
	}
	for i, v := range values {
		param := typ.In(min(i, typ.NumIn()-1))
		if i >= fixed {
			param = param.Elem()
		}
		values[i] = passed(v, param, n)
	}
	return values
}

// passed returns v as an argument for a parameter of type typ.
func passed(v value, typ reflect.Type, n parse.Node) value {
	switch {
	case v.typ.AssignableTo(typ):
		return v
	case v.typ.Kind() == reflect.Pointer && v.typ.Elem().AssignableTo(typ):
		return v.derive(v.typ.Elem(), pointed)
	}
	panic(unsupported{n, "argument of " + v.typ.String()})
}
