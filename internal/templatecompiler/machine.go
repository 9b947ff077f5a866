package templatecompiler

import (
	"bytes"
	"reflect"
)

// program is a compiled template.
type program struct {
	body  []node
	slots int // of its variables
}

// node is a part of a template. It appends to the machine's out, and panics
// where html/template would tell an error.
type node func(m *machine, dot reflect.Value)

// machine runs programs for one goroutine at a time.
type machine struct {
	set   *Set // for what is not compiled
	steps int  // spent by this run, see budget.go
	depth int  // of calls within each other

	out  []byte
	vars []reflect.Value // of all templates that are running, the outermost first
	base int             // of those of the innermost
	args []reflect.Value // of the functions that are being called
}

// failed is what a node panics with, where package reflect does not.
const failed = "a compiled template has failed"

// run appends to buf what p gives for dot. It returns what went wrong, nil if
// nothing did; then buf is as it was.
func (s *Set) run(p *program, buf *bytes.Buffer, dot reflect.Value) (failure any) {
	m, _ := s.machines.Get().(*machine)
	if m == nil {
		m = &machine{set: s}
	}
	m.out, m.steps, m.depth = buf.AvailableBuffer(), 0, 0
	defer func() {
		if failure = recover(); failure == nil { // a machine that stopped half way is thrown away
			buf.Write(m.out)
			m.out = nil
			s.machines.Put(m)
		}
	}()
	m.call(p, dot)
	return nil
}

// call runs a template, which sees no variables of its caller.
func (m *machine) call(p *program, dot reflect.Value) {
	m.step()
	if m.depth++; m.depth > m.set.budget.depth {
		panic(failed)
	}
	outer := m.base
	m.base = len(m.vars)
	for range p.slots {
		m.vars = append(m.vars, reflect.Value{})
	}
	m.walk(p.body, dot)
	m.vars = m.vars[:m.base]
	m.base = outer
	m.depth--
}

func (m *machine) walk(body []node, dot reflect.Value) {
	for _, n := range body {
		n(m, dot)
	}
}

// interpret lets html/template run the template of that name.
func (m *machine) interpret(name string, dot reflect.Value) {
	spent, err := m.set.interpret(m, name, dot, m.steps)
	if m.steps = spent; err != nil {
		panic(failed)
	}
}

// step spends a step of the run's budget.
func (m *machine) step() {
	if m.steps++; m.steps > m.set.budget.steps || len(m.out) > m.set.budget.output {
		panic(failed)
	}
}

// Write lets html/template write between what is compiled.
func (m *machine) Write(p []byte) (int, error) {
	m.out = append(m.out, p...)
	return len(p), nil
}
