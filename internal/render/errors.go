package render

import (
	"errors"
	"fmt"
	"html/template"
	"strconv"

	"bantin/internal/diag"
	"bantin/internal/lazyregexp"
	"bantin/internal/templatecompiler"
)

// templatesFolder is where a site's templates stand, as problems name them.
const templatesFolder = "templates/"

// TemplateError is a template that failed while a page was made.
type TemplateError struct {
	File string // the template's name: "article.html"
	Line int    // from 1; 0 if unknown
	Text string // what is wrong, without the place
	Err  error  // as html/template says it
}

func (e *TemplateError) Error() string {
	return fmt.Sprintf("%s%s:%d: %s", templatesFolder, e.File, e.Line, e.Text)
}

func (e *TemplateError) Unwrap() error { return e.Err }

// IsEndless tells whether the template loops or calls itself without end, which
// it would do on other pages, too.
func (e *TemplateError) IsEndless() bool {
	return errors.Is(e.Err, templatecompiler.ErrBudget)
}

// Problem returns the error as a problem at its place in the template.
func (e *TemplateError) Problem() diag.Problem {
	pos := templatePos(e.File, e.Line)
	if e.IsEndless() {
		return diag.New(pos, "template/endless")
	}
	if e, ok := errors.AsType[*templatecompiler.TextError](e.Err); ok {
		return diag.New(pos, "template/text", e.Type)
	}
	if m := missingField().FindStringSubmatch(e.Text); m != nil {
		return diag.New(pos, "template/field", m[1], m[2])
	}
	return diag.New(pos, "template", e.Text)
}

func templatePos(name string, line int) diag.Pos {
	return diag.Pos{File: templatesFolder + name, Line: line}
}

var (
	// missingField matches what text/template says of a field that a view lacks.
	missingField = lazyregexp.New(`^can't evaluate field (\S+) in type \*?(\S+)$`)

	// located matches the place at the head of an error of text/template and
	// html/template. The escaper names a template by its context as well
	// ("card.html$htmltemplate_…"), which is no name of a file.
	located = lazyregexp.New(`^(?:html/)?template: ?([^:$"]+)(?:\$[^:]*)?(?::(\d+))?(?::\d+)?: (?s:(.*))$`)

	// executing matches what text/template tells of the action that failed.
	executing = lazyregexp.New(`^executing "[^"]*" at <.*?>: (?s:(.*))$`)
)

// templateError finds the place of an error that came while the template
// named name was parsed or run. An error inside the function card is that of
// card.html.
func templateError(name string, err error) error {
	if err == nil {
		return nil
	}
	if inner, ok := errors.AsType[*TemplateError](err); ok {
		return inner
	}
	return locate(name, err)
}

func locate(name string, err error) *TemplateError {
	e := &TemplateError{File: name, Text: templatecompiler.AsWritten(err.Error()), Err: err}
	m := located().FindStringSubmatch(e.Text)
	if m == nil {
		return e
	}
	e.File, e.Text = m[1], m[3]
	e.Line, _ = strconv.Atoi(m[2]) // no digits: line 0, the file as a whole
	if m := executing().FindStringSubmatch(e.Text); m != nil {
		e.Text = m[1]
	}
	return e
}

// isEscaping tells whether err comes from html/template's escaper, which
// could not tell how the values of a template must be escaped.
func isEscaping(err error) bool {
	_, ok := errors.AsType[*template.Error](err)
	return ok
}
