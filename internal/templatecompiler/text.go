package templatecompiler

import (
	"fmt"
	"html/template"
	"reflect"
	"slices"
	"strings"
	"text/template/parse"
)

// A value that has no text of its own, such as a whole view, is no text for a
// page: package fmt would write its fields, and where it lies in memory, which
// is elsewhere in each build.

// TextError is the error of a template that writes a value without a text.
type TextError struct {
	Type string // of the value: "site.List"
}

func (e *TextError) Error() string { return "a value of type " + e.Type + " has no text" }

// HasText returns a TextError for a value that package fmt cannot write, or
// would write with addresses of memory.
func HasText(v any) error { return hasText(reflect.ValueOf(v)) }

func hasText(v reflect.Value) error {
	if v.IsValid() && !isWritten(v.Type(), v) {
		return &TextError{strings.TrimLeft(v.Type().String(), "*")}
	}
	return nil
}

var (
	stringer  = reflect.TypeFor[fmt.Stringer]()
	errorType = reflect.TypeFor[error]()
)

func hasOwnText(typ reflect.Type) bool { return typ.Implements(stringer) || typ.Implements(errorType) }

// isWritten tells whether package fmt writes values of a type by what they are;
// v, if valid, is one, whose elements can be asked where the type says nothing.
func isWritten(typ reflect.Type, v reflect.Value) bool {
	if typ.Kind() != reflect.Interface && hasOwnText(typ) {
		return true
	}
	switch typ.Kind() {
	case reflect.Pointer:
		return v.IsValid() && v.IsNil()
	case reflect.Struct, reflect.Func, reflect.Chan, reflect.UnsafePointer:
		return false
	case reflect.Interface:
		return !v.IsValid() || v.IsNil() || isWritten(v.Elem().Type(), v.Elem())
	case reflect.Slice, reflect.Array:
		if typ.Elem().Kind() == reflect.Interface && v.IsValid() {
			for _, element := range v.Seq2() {
				if !isWritten(typ.Elem(), element) {
					return false
				}
			}
			return true
		}
		return isWritten(typ.Elem(), reflect.Value{})
	case reflect.Map:
		if !v.IsValid() {
			return isWritten(typ.Key(), v) && isWritten(typ.Elem(), v)
		}
		for key, element := range v.Seq2() {
			if !isWritten(typ.Key(), key) || !isWritten(typ.Elem(), element) {
				return false
			}
		}
	}
	return true
}

// textFunc is the name of the function that Limit puts at the end of what a
// template writes.
const textFunc = "_text"

// requireText makes an action that writes a value fail where that has no text.
func (l limiter) requireText(n *parse.ActionNode) {
	if len(n.Pipe.Decl) > 0 {
		return
	}
	end := len(n.Pipe.Cmds)
	last := n.Pipe.Cmds[end-1]
	name, _ := last.Args[0].(*parse.IdentifierNode)
	switch {
	case name == nil || formatters[name.Ident] == nil:
		n.Pipe.Cmds = append(n.Pipe.Cmds, l.call(textFunc, last.Pos))
	case name.Ident == "html" || name.Ident == "urlquery": // html/template puts its own in their places, which must stay the last
		for i, arg := range last.Args[1:] {
			last.Args[1+i] = &parse.PipeNode{NodeType: parse.NodePipe, Pos: last.Pos, Cmds: []*parse.CommandNode{l.call(textFunc, last.Pos, arg)}}
		}
		if end > 1 {
			n.Pipe.Cmds = slices.Insert(n.Pipe.Cmds, end-1, l.call(textFunc, last.Pos))
		}
	}
}

// withoutText returns the commands of a pipeline without the call of textFunc.
func withoutText(cmds []*parse.CommandNode) []*parse.CommandNode {
	if n := len(cmds) - 1; n > 0 && cmds[n].String() == textFunc {
		return cmds[:n]
	}
	return cmds
}

// AsWritten returns what html/template tells of a template without the calls
// that Limit has put there.
func AsWritten(text string) string {
	return strings.NewReplacer(" | "+textFunc, "", textFunc+" ", "").Replace(text)
}

// textOf is textFunc. Like html/template it looks behind pointers.
func textOf(v any) (any, error) { return v, hasText(pointedTo(v)) }

// pointedTo returns what is behind the pointers that v is, up to one with a
// text of its own.
func pointedTo(v any) reflect.Value {
	value := reflect.ValueOf(v)
	for value.IsValid() && value.Kind() == reflect.Pointer && !value.IsNil() && !hasOwnText(value.Type()) {
		value = value.Elem()
	}
	return value
}

// formatters are the built-in functions of templates that make a text of any
// length of any values.
var formatters = template.FuncMap{
	"html":     escaper(template.HTMLEscaper),
	"js":       escaper(template.JSEscaper),
	"urlquery": escaper(template.URLQueryEscaper),
	"print":    printer(fmt.Sprint),
	"println":  printer(fmt.Sprintln),
	"printf":   printf,
}

func escaper(escape func(...any) string) any {
	return func(args ...any) (string, error) {
		for _, arg := range args {
			if _, err := textOf(arg); err != nil {
				return "", err
			}
		}
		return escape(args...), nil
	}
}

func printer(sprint func(...any) string) any {
	return func(args ...any) (string, error) {
		for _, arg := range args {
			if err := HasText(arg); err != nil {
				return "", err
			}
		}
		return sprint(args...), nil
	}
}

// writesAddress tells whether a format has the verb %p.
func writesAddress(format string) bool {
	for _, rest, ok := strings.Cut(format, "%"); ok; _, rest, ok = strings.Cut(rest, "%") {
		rest = strings.TrimLeft(rest, "-+# 0123456789.*[]")
		if strings.HasPrefix(rest, "p") {
			return true
		}
		rest = strings.TrimPrefix(rest, "%")
	}
	return false
}

func printf(format string, args ...any) (string, error) {
	given := make([]any, len(args))
	for i, arg := range args {
		if err := HasText(arg); err != nil {
			return "", err
		}
		given[i] = arg
		if v := reflect.ValueOf(arg); v.IsValid() && hasOwnText(v.Type()) && (v.Kind() == reflect.Struct || v.Kind() == reflect.Pointer) {
			given[i] = fmt.Sprint(arg) // %d would write its fields
		}
		if writesAddress(format) {
			return "", &TextError{reflect.TypeOf(arg).String()}
		}
	}
	return fmt.Sprintf(format, given...), nil
}
