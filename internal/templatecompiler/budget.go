package templatecompiler

import (
	"errors"
	"html/template"
	"io"
	"reflect"
	"slices"
	"strings"
	"text/template/parse"
)

// A template of a site may loop without end or call itself over and over. Each
// run has a budget that no page of a site comes near to: so many turns of
// loops and calls of templates, so many calls within each other, so many bytes
// that it writes, and so many in any one value.
type budget struct {
	steps  int
	depth  int
	output int // bytes
	value  int // bytes
}

func newBudget() budget { return budget{3_000_000, 1000, 256 << 20, 16 << 20} }

// ErrBudget is the error of a template that did more than any page needs.
var ErrBudget = errors.New("the template loops, calls itself or grows without end")

// The names of the functions that a template calls, by the nodes that Limit puts
// there: for each turn of a loop and where it begins, and around its calls of others.
const (
	stepFunc  = "_step"
	enterFunc = "_enter"
	leaveFunc = "_leave"
)

// Limit makes a template spend its budget, and fail where it writes what has no
// text: it must have been called on every template of a set before
// html/template escapes it. A template that is compiled counts for itself.
func Limit(tree *parse.Tree) {
	limiter{tree, commandOf(tree)}.list(tree.Root, tree.Root.Position())
}

// limiter puts calls into a tree.
type limiter struct {
	tree *parse.Tree

	// command is one of the tree's own. Its copies know the tree, where an error
	// looks for its place; html/template copies trees without their text.
	command *parse.CommandNode
}

// commandOf returns a command of a tree; for a tree that has none one that
// stands where it begins, in a text that is as long.
func commandOf(tree *parse.Tree) *parse.CommandNode {
	if found := firstCommand(tree.Root); found != nil {
		return found
	}
	from, to := tree.Root.Pos, tree.Root.Pos
	if n := len(tree.Root.Nodes); n > 0 {
		to = tree.Root.Nodes[n-1].Position()
	}
	text := strings.Repeat(" ", int(from)) + "{{" + stepFunc + "}}" + strings.Repeat(" ", int(to-from))
	head, err := parse.Parse(tree.ParseName, text, "", "", StepFuncs())
	if err != nil {
		panic(err) // it is always the same text
	}
	return firstCommand(head[tree.ParseName].Root)
}

func firstCommand(list *parse.ListNode) *parse.CommandNode {
	if list == nil {
		return nil
	}
	for _, n := range list.Nodes {
		var pipe *parse.PipeNode
		switch n := n.(type) {
		case *parse.ActionNode:
			pipe = n.Pipe
		case *parse.TemplateNode:
			pipe = n.Pipe
		case *parse.IfNode:
			pipe = n.Pipe
		case *parse.WithNode:
			pipe = n.Pipe
		case *parse.RangeNode:
			pipe = n.Pipe
		}
		if pipe != nil && len(pipe.Cmds) > 0 {
			return pipe.Cmds[0]
		}
	}
	return nil
}

// list puts a step at the head of a list that may be run again and again.
func (l limiter) list(list *parse.ListNode, pos parse.Pos) {
	l.actions(list)
	list.Nodes = slices.Insert(list.Nodes, 0, l.step(stepFunc, pos))
}

func (l limiter) actions(list *parse.ListNode) {
	if list == nil { // a branch without {{else}}
		return
	}
	nodes := list.Nodes
	list.Nodes = nil
	for _, n := range nodes {
		if call, ok := n.(*parse.TemplateNode); ok {
			list.Nodes = append(list.Nodes, l.step(enterFunc, call.Pos), call, l.step(leaveFunc, call.Pos))
			continue
		}
		list.Nodes = append(list.Nodes, n)
		switch n := n.(type) {
		case *parse.ActionNode:
			l.requireText(n)
		case *parse.IfNode:
			l.actions(n.List)
			l.actions(n.ElseList)
		case *parse.WithNode:
			l.actions(n.List)
			l.actions(n.ElseList)
		case *parse.RangeNode:
			l.list(n.List, n.Pos)
			l.actions(n.ElseList)
		}
	}
}

// step returns the node of {{$_step := function}}, which writes nothing and which
// html/template escapes in no way.
func (l limiter) step(function string, pos parse.Pos) parse.Node {
	return &parse.ActionNode{NodeType: parse.NodeAction, Pos: pos, Pipe: &parse.PipeNode{
		NodeType: parse.NodePipe,
		Pos:      pos,
		Decl:     []*parse.VariableNode{{NodeType: parse.NodeVariable, Pos: pos, Ident: []string{"$" + stepFunc}}},
		Cmds:     []*parse.CommandNode{l.call(function, pos)},
	}}
}

// call returns the call of a function.
func (l limiter) call(name string, pos parse.Pos, args ...parse.Node) *parse.CommandNode {
	command := l.command.Copy().(*parse.CommandNode)
	function := parse.NewIdentifier(name).SetPos(pos).SetTree(l.tree)
	command.Pos, command.Args = pos, append([]parse.Node{function}, args...)
	return command
}

// isStep tells whether a node is one that Limit has put there.
func isStep(n *parse.ActionNode) bool {
	return len(n.Pipe.Decl) == 1 && n.Pipe.Decl[0].Ident[0] == "$"+stepFunc
}

// StepFuncs returns the functions that Limit's nodes call, with no budget at
// all: templates that are run for the sake of the escaper stop at once.
func StepFuncs() template.FuncMap {
	spent := func() (string, error) { return "", ErrBudget }
	return template.FuncMap{stepFunc: spent, enterFunc: spent, leaveFunc: spent, textFunc: textOf}
}

// interpreter runs templates by html/template, one at a time.
type interpreter struct {
	budget    budget
	templates *template.Template
	steps     int
	depth     int
	written   int
	w         io.Writer
}

func newInterpreter(templates *template.Template, funcs template.FuncMap, b budget) *interpreter {
	in := &interpreter{budget: b}
	bounded := template.FuncMap{}
	for name, f := range formatters {
		bounded[name] = boundValue(f, b.value)
	}
	for name, f := range funcs {
		bounded[name] = boundValue(f, b.value)
	}
	bounded[stepFunc], bounded[enterFunc], bounded[leaveFunc], bounded[textFunc] = in.step, in.enter, in.leave, textOf
	in.templates = templates.Funcs(bounded)
	return in
}

func (in *interpreter) step() (string, error) {
	if in.steps++; in.steps > in.budget.steps || in.written > in.budget.output {
		return "", ErrBudget
	}
	return "", nil
}

func (in *interpreter) enter() (string, error) {
	if in.depth++; in.depth > in.budget.depth {
		return "", ErrBudget
	}
	return "", nil
}

func (in *interpreter) leave() string {
	in.depth--
	return ""
}

// Write counts what is written.
func (in *interpreter) Write(p []byte) (int, error) {
	in.written += len(p)
	return in.w.Write(p)
}

// execute runs a template that has spent some steps already, and returns how
// many it has spent in the end.
func (in *interpreter) execute(w io.Writer, name string, dot any, steps int) (spent int, err error) {
	in.w, in.steps, in.depth, in.written = w, steps, 0, 0
	err = in.templates.ExecuteTemplate(in, name, dot)
	in.w = nil
	return in.steps, err
}

// boundValue returns f, or if f returns a text a function that fails where the
// text has more bytes than longest.
func boundValue(f any, longest int) any {
	fn := reflect.ValueOf(f)
	typ := fn.Type()
	if typ.Out(0).Kind() != reflect.String {
		return f
	}
	in := make([]reflect.Type, typ.NumIn())
	for i := range in {
		in[i] = typ.In(i)
	}
	out := []reflect.Type{typ.Out(0), reflect.TypeFor[error]()}
	call := fn.Call
	if typ.IsVariadic() {
		call = fn.CallSlice
	}
	return reflect.MakeFunc(reflect.FuncOf(in, out, typ.IsVariadic()), func(args []reflect.Value) []reflect.Value {
		results := call(args)
		if results[0].Len() > longest {
			return []reflect.Value{reflect.Zero(out[0]), reflect.ValueOf(ErrBudget)}
		}
		if len(results) == 1 {
			results = append(results, reflect.Zero(out[1]))
		}
		return results
	}).Interface()
}
