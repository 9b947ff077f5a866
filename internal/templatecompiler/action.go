package templatecompiler

import (
	"reflect"
	"slices"
	"strings"
	"text/template/parse"
)

// action compiles an action that declares a variable or writes a value.
func (c *compiler) action(b *block, n *parse.ActionNode) {
	if isStep(n) {
		return // a program counts its steps itself
	}
	if len(n.Pipe.Decl) > 0 {
		c.declare(b, n.Pipe)
		return
	}
	cmds, escapers := splitEscapers(n.Pipe.Cmds)
	v := c.commands(withoutText(cmds), n)
	e, ok := escapingOf(v.typ, escapers)
	text := texter(v.typ)
	if !ok || text == nil {
		panic(unsupported{n, "writing " + v.typ.String()})
	}
	switch {
	case v.isKnown():
		b.write(e.append(nil, text(v.known)))
	case v.append != nil && e.trusted && len(e.filters) == 0:
		b.add(v.append)
	default:
		b.add(func(m *machine, dot reflect.Value) { m.out = e.append(m.out, text(v.eval(m, dot))) })
	}
}

// splitEscapers splits a pipeline into what the author wrote and the names of
// the escapers that html/template added.
func splitEscapers(cmds []*parse.CommandNode) (own []*parse.CommandNode, escapers []string) {
	i := slices.IndexFunc(cmds, func(cmd *parse.CommandNode) bool {
		return strings.HasPrefix(cmd.Args[0].String(), escaperPrefix)
	})
	if i < 0 {
		return cmds, nil
	}
	for _, cmd := range cmds[i:] {
		escapers = append(escapers, cmd.String())
	}
	return cmds[:i], escapers
}

// declare compiles the declaration of a variable.
func (c *compiler) declare(b *block, p *parse.PipeNode) {
	if len(p.Decl) != 1 || p.IsAssign {
		panic(unsupported{p, "assignment"})
	}
	name, v := p.Decl[0].Ident[0], c.commands(p.Cmds, p)
	if v.isKnown() {
		c.vars = append(c.vars, variable{name, v})
		return
	}
	b.add(c.store(name, v))
}

// store makes a variable and returns the node that gives it the value v.
func (c *compiler) store(name string, v value) node {
	slot := c.slots
	c.slots++
	c.vars = append(c.vars, variable{name, value{
		typ:  v.typ,
		eval: func(m *machine, _ reflect.Value) reflect.Value { return m.vars[m.base+slot] },
	}})
	return func(m *machine, dot reflect.Value) { m.vars[m.base+slot] = v.eval(m, dot) }
}
