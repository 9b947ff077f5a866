package templatecompiler

import (
	"reflect"
	"text/template/parse"
)

// branch compiles an if. It has no branches if its test is known.
func (c *compiler) branch(b *block, n *parse.BranchNode, t test) {
	if t.known {
		c.chosen(b, n, t, c.dot)
		return
	}
	yes, no := c.block(n.List, c.dot), c.block(n.ElseList, c.dot)
	b.add(func(m *machine, dot reflect.Value) {
		if t.eval(m, dot) {
			m.walk(yes, dot)
		} else {
			m.walk(no, dot)
		}
	})
}

// chosen compiles that list of a branch which t chooses; the first sees inner
// as its dot.
func (c *compiler) chosen(b *block, n *parse.BranchNode, t test, inner value) {
	if t.truth {
		c.inner(b, n.List, inner)
	} else {
		c.inner(b, n.ElseList, c.dot)
	}
}

// with compiles a with.
func (c *compiler) with(b *block, n *parse.WithNode) {
	v := c.pipeline(n.Pipe)
	if v.isKnown() {
		c.chosen(b, &n.BranchNode, testOf(v, n.Pipe), v)
		return
	}
	isTrue := truthOf(v.typ, n.Pipe)
	yes, no := c.block(n.List, dotOf(v.typ)), c.block(n.ElseList, c.dot)
	b.add(func(m *machine, dot reflect.Value) {
		if inner := v.eval(m, dot); isTrue(inner) {
			m.walk(yes, inner)
		} else {
			m.walk(no, dot)
		}
	})
}

// loop compiles a range over a slice.
func (c *compiler) loop(b *block, n *parse.RangeNode) {
	if n.Pipe.IsAssign {
		panic(unsupported{n.Pipe, "assignment"})
	}
	v := c.commands(n.Pipe.Cmds, n.Pipe)
	if v.typ.Kind() != reflect.Slice {
		panic(unsupported{n.Pipe, "range over " + v.typ.String()})
	}
	seen := len(c.vars)
	setIndex, setItem := c.loopVariables(n.Pipe.Decl, v.typ.Elem())
	body := c.block(n.List, dotOf(v.typ.Elem()))
	c.vars = c.vars[:seen]
	orElse := c.block(n.ElseList, c.dot)
	b.add(func(m *machine, dot reflect.Value) {
		list := v.eval(m, dot)
		for i := range list.Len() {
			m.step()
			item := list.Index(i)
			setIndex(m, reflect.ValueOf(i))
			setItem(m, item)
			m.walk(body, item)
		}
		if list.Len() == 0 {
			m.walk(orElse, dot)
		}
	})
}

// loopVariables declares the variables of a range: none, the item, or the
// index and the item.
func (c *compiler) loopVariables(names []*parse.VariableNode, item reflect.Type) (setIndex, setItem node) {
	setIndex, setItem = ignore, ignore
	if len(names) > 1 {
		setIndex = c.store(names[0].Ident[0], dotOf(reflect.TypeFor[int]()))
		names = names[1:]
	}
	if len(names) > 0 {
		setItem = c.store(names[0].Ident[0], dotOf(item))
	}
	return setIndex, setItem
}

func ignore(*machine, reflect.Value) {}

// call compiles the call of a template.
func (c *compiler) call(b *block, n *parse.TemplateNode) {
	if c.set.source.Escaped().Lookup(n.Name) == nil {
		panic(unsupported{n, "only html/template has this template"}) // made for a context that is not text
	}
	if n.Pipe == nil {
		b.add(func(m *machine, _ reflect.Value) { m.interpret(n.Name, reflect.Value{}) })
		return
	}
	v := c.pipeline(n.Pipe)
	if p := c.set.compile(entry{n.Name, v.typ}); p != nil {
		b.add(func(m *machine, dot reflect.Value) { m.call(p, v.eval(m, dot)) })
		return
	}
	b.add(func(m *machine, dot reflect.Value) { m.interpret(n.Name, v.eval(m, dot)) })
}
