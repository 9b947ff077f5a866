// Package templatecompiler compiles templates of html/template, once for each type of
// dot, to functions that append to a buffer, and runs these: without looking up
// names, calling by reflection or allocating for each value.
//
// html/template remains the judge of everything. It parses and escapes the
// templates; this package compiles the trees that it escaped. What it cannot
// compile, because a type is known only at run time or because it knows the
// construct not at all, html/template runs as ever: a whole template at a time,
// be it an entry or one that is called. And whatever goes wrong while a compiled
// template runs, html/template runs the entry again and tells the error. So
// the bytes and the errors are those of html/template, always. Where it tells
// none, the mistake is this package's: Set.Mistakes has it, for tests.
package templatecompiler

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"maps"
	"reflect"
	"sync"
)

// Source is what a Set is made of.
type Source struct {
	// Escaped returns the templates that html/template has escaped, which it
	// does when they are run or called for the first time.
	Escaped func() *template.Template
	// Interpreted returns a copy of the same templates, which Limit has seen,
	// for html/template to run.
	Interpreted func() *template.Template
	// Funcs has the functions of the templates.
	Funcs template.FuncMap
	// Constant names those of Funcs without arguments that give the same each
	// time.
	Constant []string
	// Append has those of Funcs that can also append what they give, a string
	// of any type, to a buffer.
	Append map[string]Appender
}

// Appender appends to dst what the function of its name gives for args, whose
// types are those of the function's parameters.
type Appender func(dst []byte, args []reflect.Value) ([]byte, error)

// Arg returns an Appender's argument of type T, where it stands if it can.
func Arg[T any](v reflect.Value) *T {
	if v.CanAddr() {
		return v.Addr().Interface().(*T)
	}
	value := v.Interface().(T)
	return &value
}

// Set is a set of templates. It may be used by several goroutines at once.
type Set struct {
	source Source
	budget budget // of each run

	mu       sync.RWMutex
	programs map[entry]*program // nil for what is not compiled
	reasons  map[string]string  // why it is not
	mistakes map[string]string  // what went wrong here and not in html/template

	compiling sync.Mutex
	open      map[entry]bool // those being compiled, under compiling

	machines     sync.Pool // of *machine
	interpreters sync.Pool // of *interpreter
}

// entry is a template as it is run for a type of dot.
type entry struct {
	name string
	dot  reflect.Type
}

// New returns a set of templates. Each is compiled when it is first run.
func New(source Source) *Set {
	return &Set{
		source:   source,
		budget:   newBudget(),
		programs: map[entry]*program{},
		reasons:  map[string]string{},
		mistakes: map[string]string{},
		open:     map[entry]bool{},
	}
}

// Execute appends to buf what the template of that name gives for dot, as
// ExecuteTemplate of html/template does. A dot that can be addressed is not
// copied.
func (s *Set) Execute(buf *bytes.Buffer, name string, dot reflect.Value) error {
	p := s.program(name, dot.Type())
	var failure any
	if p != nil {
		if failure = s.run(p, buf, dot); failure == nil {
			return nil
		}
	}
	_, err := s.interpret(buf, name, dot, 0)
	if failure != nil && err == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.mistakes[name] = fmt.Sprint(failure)
	}
	return err
}

// interpret lets html/template run a template. Each run has a copy of the set for
// itself, whose functions know the budget of the run.
func (s *Set) interpret(w io.Writer, name string, dot reflect.Value, steps int) (spent int, err error) {
	in, _ := s.interpreters.Get().(*interpreter)
	if in == nil {
		in = newInterpreter(s.source.Interpreted(), s.source.Funcs, s.budget)
	}
	defer s.interpreters.Put(in)
	return in.execute(w, name, dot, steps)
}

// Mistakes returns the templates that failed when they ran compiled and not
// when html/template ran them, by name, with what went wrong. There must be
// none: such a template gives what it should, but takes longer than ever.
func (s *Set) Mistakes() map[string]string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return maps.Clone(s.mistakes)
}

// Interpreted returns the templates that html/template has to run of those
// that were executed so far, by name, with the reasons.
func (s *Set) Interpreted() map[string]string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return maps.Clone(s.reasons)
}

// program returns a template compiled for a type of dot, nil if it cannot be.
func (s *Set) program(name string, dot reflect.Type) *program {
	e := entry{name, dot}
	if p, known := s.known(e); known {
		return p
	}
	s.compiling.Lock()
	defer s.compiling.Unlock()
	return s.compile(e)
}

func (s *Set) known(e entry) (p *program, known bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	p, known = s.programs[e]
	return p, known
}

// compile compiles a template and those that it calls. A template that calls
// itself is left to html/template, which knows how deep it may go.
func (s *Set) compile(e entry) *program {
	if p, known := s.known(e); known || s.open[e] {
		return p
	}
	s.open[e] = true
	defer delete(s.open, e)
	p, err := s.compileTree(e)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.programs[e] = p
	if err != nil {
		s.reasons[e.name] = err.Error()
	}
	return p
}
