package templatecompiler

import (
	"reflect"
	"text/template/parse"
)

// builtin compiles the call of a function that every template has.
func (c *compiler) builtin(name *parse.IdentifierNode, args []parse.Node, final *value) value {
	if final != nil || len(args) == 0 {
		panic(unsupported{name, "call of a built-in function"})
	}
	switch name.Ident {
	case "and", "or":
		return c.choice(name, args, name.Ident == "or")
	case "index":
		return c.element(name, args)
	case "slice":
		return c.tail(name, args)
	}
	if t, ok := c.logic(name, args); ok {
		return t.boolean()
	}
	panic(unsupported{name, "unknown function"})
}

// choice compiles and, or or, for its value: the first argument whose truth is
// decisive, else the last.
func (c *compiler) choice(n parse.Node, args []parse.Node, decisive bool) value {
	values := make([]value, len(args))
	for i, arg := range args {
		if values[i] = c.operand(arg); values[i].typ != values[0].typ {
			panic(unsupported{n, "values of different types"})
		}
	}
	typ := values[0].typ
	isTrue := truthOf(typ, n)
	return value{typ: typ, eval: func(m *machine, dot reflect.Value) (v reflect.Value) {
		for _, arg := range values {
			if v = arg.eval(m, dot); isTrue(v) == decisive {
				break
			}
		}
		return v
	}}
}

// element compiles index, of a slice by one number.
func (c *compiler) element(n parse.Node, args []parse.Node) value {
	list, i := c.listAndIndex(n, args)
	return value{typ: list.typ.Elem(), eval: func(m *machine, dot reflect.Value) reflect.Value {
		return list.eval(m, dot).Index(int(i.eval(m, dot).Int()))
	}}
}

// tail compiles slice, of a slice from one index on.
func (c *compiler) tail(n parse.Node, args []parse.Node) value {
	list, i := c.listAndIndex(n, args)
	return value{typ: list.typ, eval: func(m *machine, dot reflect.Value) reflect.Value {
		list := list.eval(m, dot)
		return list.Slice(int(i.eval(m, dot).Int()), list.Len())
	}}
}

func (c *compiler) listAndIndex(n parse.Node, args []parse.Node) (list, i value) {
	if len(args) == 2 {
		list, i = c.operand(args[0]), c.operand(args[1])
		if list.typ.Kind() == reflect.Slice && i.typ.Kind() == reflect.Int {
			return list, i
		}
	}
	panic(unsupported{n, "unknown arguments"})
}
