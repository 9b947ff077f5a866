package templatecompiler

import (
	"fmt"
	"reflect"
	"text/template/parse"
)

// compiler compiles one template for one type of dot.
type compiler struct {
	set   *Set
	dot   value // what dot is at the node being compiled
	vars  []variable
	slots int
}

// variable is a variable of the template that can be seen at the node being
// compiled.
type variable struct {
	name  string
	value value
}

// unsupported is what a compiler panics with, from deep inside an expression.
type unsupported struct {
	node parse.Node
	what string
}

func (u unsupported) Error() string { return fmt.Sprintf("%s: %s", u.node, u.what) }

// compileTree compiles a template as html/template has escaped it.
func (s *Set) compileTree(e entry) (p *program, err error) {
	t := s.source.Escaped().Lookup(e.name)
	if t == nil || t.Tree == nil {
		return nil, fmt.Errorf("no template %q", e.name)
	}
	defer func() {
		if r := recover(); r != nil {
			u, ok := r.(unsupported)
			if !ok {
				panic(r)
			}
			p, err = nil, u
		}
	}()
	c := &compiler{set: s, dot: dotOf(e.dot)}
	var b block
	b.add(c.store("$", c.dot))
	c.list(&b, t.Tree.Root)
	return &program{body: b.done(), slots: c.slots}, nil
}

// block gathers nodes, and texts that stand beside each other into one.
type block struct {
	nodes []node
	text  []byte
}

func (b *block) write(text []byte) { b.text = append(b.text, text...) }

func (b *block) add(n node) {
	if text := b.text; len(text) > 0 {
		b.nodes = append(b.nodes, func(m *machine, _ reflect.Value) { m.out = append(m.out, text...) })
		b.text = nil
	}
	if n != nil {
		b.nodes = append(b.nodes, n)
	}
}

func (b *block) done() []node {
	b.add(nil)
	return b.nodes
}

// block compiles a list that sees its own dot and its own variables.
func (c *compiler) block(l *parse.ListNode, dot value) []node {
	var b block
	c.inner(&b, l, dot)
	return b.done()
}

// inner compiles a list like block, to the end of b.
func (c *compiler) inner(b *block, l *parse.ListNode, dot value) {
	outer, seen := c.dot, len(c.vars)
	c.dot = dot
	c.list(b, l)
	c.dot, c.vars = outer, c.vars[:seen]
}

func (c *compiler) list(b *block, l *parse.ListNode) {
	if l == nil { // a branch without {{else}}
		return
	}
	for _, n := range l.Nodes {
		c.node(b, n)
	}
}

func (c *compiler) node(b *block, n parse.Node) {
	switch n := n.(type) {
	case *parse.TextNode:
		b.write(n.Text)
	case *parse.CommentNode:
	case *parse.ActionNode:
		c.action(b, n)
	case *parse.IfNode:
		c.branch(b, &n.BranchNode, c.test(n.Pipe))
	case *parse.WithNode:
		c.with(b, n)
	case *parse.RangeNode:
		c.loop(b, n)
	case *parse.TemplateNode:
		c.call(b, n)
	default:
		panic(unsupported{n, "unknown construct"})
	}
}
