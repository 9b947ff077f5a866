package templatecompiler

import (
	"reflect"
	"text/template/parse"
)

// test is a compiled condition.
type test struct {
	known bool // whether it is the same each time
	truth bool // what it is then
	eval  func(m *machine, dot reflect.Value) bool
}

// test compiles the pipeline of an if.
func (c *compiler) test(p *parse.PipeNode) test {
	if name, args := soleCall(p); name != nil {
		if t, ok := c.logic(name, args); ok {
			return t
		}
	}
	return testOf(c.pipeline(p), p)
}

// soleCall returns the function of a pipeline that is one call and nothing
// more, else nil.
func soleCall(p *parse.PipeNode) (name *parse.IdentifierNode, args []parse.Node) {
	if len(p.Cmds) != 1 || len(p.Decl) > 0 {
		return nil, nil
	}
	name, _ = p.Cmds[0].Args[0].(*parse.IdentifierNode)
	return name, p.Cmds[0].Args[1:]
}

// testOf returns the test whether v is true, in the sense of text/template.
func testOf(v value, n parse.Node) test {
	isTrue := truthOf(v.typ, n)
	return test{
		known: v.isKnown(),
		truth: v.isKnown() && isTrue(v.known),
		eval:  func(m *machine, dot reflect.Value) bool { return isTrue(v.eval(m, dot)) },
	}
}

// truthOf returns which values of a type are true.
func truthOf(typ reflect.Type, n parse.Node) func(reflect.Value) bool {
	switch typ.Kind() {
	case reflect.String, reflect.Slice, reflect.Map:
		return func(v reflect.Value) bool { return v.Len() > 0 }
	case reflect.Pointer, reflect.Bool, reflect.Int, reflect.Int64:
		return func(v reflect.Value) bool { return !v.IsZero() }
	case reflect.Struct:
		return func(reflect.Value) bool { return true }
	}
	panic(unsupported{n, "truth of " + typ.String()})
}

// boolean returns the value of a test.
func (t test) boolean() value {
	return value{
		typ:  reflect.TypeFor[bool](),
		eval: func(m *machine, dot reflect.Value) reflect.Value { return reflect.ValueOf(t.eval(m, dot)) },
	}
}

// logic compiles a call of a built-in function that is a test.
func (c *compiler) logic(name *parse.IdentifierNode, args []parse.Node) (t test, ok bool) {
	if _, replaced := c.set.source.Funcs[name.Ident]; replaced || len(args) == 0 {
		return test{}, false
	}
	switch name.Ident {
	case "and", "or":
		return c.connective(args, name.Ident == "or"), true
	case "not":
		return c.testArg(args[0]).negated(), len(args) == 1
	case "eq":
		return c.equality(name, args), true
	case "ne":
		return c.equality(name, args).negated(), len(args) == 2
	}
	return test{}, false
}

func (c *compiler) testArg(n parse.Node) test {
	if p, ok := n.(*parse.PipeNode); ok {
		return c.test(p)
	}
	return testOf(c.operand(n), n)
}

func (t test) negated() test {
	return test{
		known: t.known,
		truth: !t.truth,
		eval:  func(m *machine, dot reflect.Value) bool { return !t.eval(m, dot) },
	}
}

// connective compiles and, or or: the first test that comes out as decisive
// ends it.
func (c *compiler) connective(args []parse.Node, decisive bool) test {
	tests := make([]test, len(args))
	for i, arg := range args {
		tests[i] = c.testArg(arg)
	}
	return test{eval: func(m *machine, dot reflect.Value) bool {
		for _, t := range tests {
			if t.eval(m, dot) == decisive {
				return decisive
			}
		}
		return !decisive
	}}
}

// equality compiles eq: whether the first argument equals any other. All are
// evaluated, since each may fail.
func (c *compiler) equality(n parse.Node, args []parse.Node) test {
	first, others := c.operand(args[0]), make([]value, len(args)-1)
	for i, arg := range args[1:] {
		others[i] = c.operand(arg)
		if others[i].typ.Kind() != first.typ.Kind() {
			panic(unsupported{n, "comparison of different types"})
		}
	}
	equal := equalityOf(first.typ, n)
	return test{eval: func(m *machine, dot reflect.Value) bool {
		v, found := first.eval(m, dot), false
		for _, other := range others {
			found = equal(v, other.eval(m, dot)) || found
		}
		return found
	}}
}

func equalityOf(typ reflect.Type, n parse.Node) func(a, b reflect.Value) bool {
	switch typ.Kind() {
	case reflect.String:
		return func(a, b reflect.Value) bool { return a.String() == b.String() }
	case reflect.Int:
		return func(a, b reflect.Value) bool { return a.Int() == b.Int() }
	}
	panic(unsupported{n, "comparison of " + typ.String()})
}
