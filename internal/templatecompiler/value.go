package templatecompiler

import (
	"reflect"
	"strconv"
	"text/template/parse"
)

// value is a compiled expression.
type value struct {
	typ   reflect.Type
	known reflect.Value // valid if it is the same each time
	eval  func(m *machine, dot reflect.Value) reflect.Value

	// append appends the value to the machine's out, if it can do better than
	// eval; else it is nil.
	append node
}

func (v value) isKnown() bool { return v.known.IsValid() }

// dotOf returns the value of dot where its type is typ.
func dotOf(typ reflect.Type) value {
	return value{typ: typ, eval: func(_ *machine, dot reflect.Value) reflect.Value { return dot }}
}

func knownValue(v reflect.Value) value {
	return value{typ: v.Type(), known: v, eval: func(*machine, reflect.Value) reflect.Value { return v }}
}

// constant returns the value of a literal, which functions can take where it
// stands.
func constant[T any](literal T) value { return knownValue(reflect.ValueOf(&literal).Elem()) }

// derive returns the value that apply makes of v.
func (v value) derive(typ reflect.Type, apply func(reflect.Value) reflect.Value) value {
	eval := v.eval
	return value{typ: typ, eval: func(m *machine, dot reflect.Value) reflect.Value { return apply(eval(m, dot)) }}
}

// pipeline compiles a pipeline that declares no variables.
func (c *compiler) pipeline(p *parse.PipeNode) value {
	if len(p.Decl) > 0 {
		panic(unsupported{p, "declaration"})
	}
	return c.commands(p.Cmds, p)
}

// commands compiles the commands of a pipeline, each of which is the last
// argument of the next.
func (c *compiler) commands(cmds []*parse.CommandNode, n parse.Node) value {
	if len(cmds) == 0 {
		panic(unsupported{n, "empty pipeline"})
	}
	v := c.command(cmds[0], nil)
	for _, cmd := range cmds[1:] {
		v = c.command(cmd, &v)
	}
	return v
}

// command compiles a command; final is what is piped into it, if anything.
func (c *compiler) command(cmd *parse.CommandNode, final *value) value {
	if name, ok := cmd.Args[0].(*parse.IdentifierNode); ok {
		return c.function(name, cmd.Args[1:], final)
	}
	if len(cmd.Args) > 1 || final != nil {
		panic(unsupported{cmd, "arguments of what is no function"})
	}
	return c.operand(cmd.Args[0])
}

// operand compiles a command or an argument that is a single node.
func (c *compiler) operand(n parse.Node) value {
	switch n := n.(type) {
	case *parse.DotNode:
		return c.dot
	case *parse.FieldNode:
		return c.fields(c.dot, n.Ident, n)
	case *parse.VariableNode:
		return c.fields(c.variable(n), n.Ident[1:], n)
	case *parse.ChainNode:
		return c.fields(c.operand(n.Node), n.Field, n)
	case *parse.PipeNode:
		return c.pipeline(n)
	case *parse.IdentifierNode:
		return c.function(n, nil, nil)
	case *parse.StringNode:
		return constant(n.Text)
	case *parse.NumberNode:
		if i, err := strconv.Atoi(n.Text); err == nil {
			return constant(i)
		}
	}
	panic(unsupported{n, "unknown operand"})
}

func (c *compiler) variable(n *parse.VariableNode) value {
	for i := len(c.vars) - 1; i >= 0; i-- {
		if c.vars[i].name == n.Ident[0] {
			return c.vars[i].value
		}
	}
	panic(unsupported{n, "unknown variable"})
}
