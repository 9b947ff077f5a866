package render

import (
	"fmt"
	"html/template"
	"io"
	"strconv"
	"strings"
	"text/template/parse"

	"bantin/internal/diag"
	"bantin/internal/site"
	"bantin/internal/templatecompiler"
)

// templateSet is a set of templates as html/template has parsed it.
type templateSet struct {
	plain   *template.Template // never run: html/template copies no set that has been
	escaped *template.Template // a copy that the escaper has seen
}

// parse parses the templates of files and checks them. It goes no further than
// to errors, of which problems may bring some.
func (t *Templates) parse(files map[string][]byte, problems diag.List) (templateSet, diag.List) {
	set := templateSet{plain: template.New("").Funcs(t.functions(nil, &site.Chrome{}).funcs).Funcs(templatecompiler.StepFuncs())}
	for _, name := range templateNames(files) {
		if _, err := set.plain.New(name).Parse(string(files[name])); err != nil {
			e := locate(name, err)
			problems = append(problems, diag.New(templatePos(e.File, e.Line), "template/syntax", e.Text))
		}
	}
	for _, name := range required {
		if _, ok := files[name]; !ok {
			problems = append(problems, diag.New(templatePos(name, 0), "template/missing", name))
		}
	}
	problems = append(problems, t.checkTexts(set.trees())...)
	if !problems.HasErrors() {
		for _, tree := range set.trees() {
			t.messages.inlineTexts(tree.Root)
			templatecompiler.Limit(tree)
		}
		problems = append(problems, set.escape()...)
	}
	return set, problems
}

// trees returns what has been parsed. A template that could not be has no tree.
func (s *templateSet) trees() []*parse.Tree {
	var trees []*parse.Tree
	for _, t := range s.plain.Templates() {
		if t.Tree != nil {
			trees = append(trees, t.Tree)
		}
	}
	return trees
}

// escape lets the escaper look at every template, in a copy. An error spoils
// the copy; then each template gets one of its own, to tell all errors.
func (s *templateSet) escape() diag.List {
	s.escaped = template.Must(s.plain.Clone())
	all := template.Must(s.escaped.New(everything).Parse(s.callAll()))
	if !isEscaping(all.Execute(io.Discard, nil)) {
		return nil
	}
	var problems diag.List
	for _, tree := range s.trees() {
		set := template.Must(s.plain.Clone())
		if err := set.ExecuteTemplate(io.Discard, tree.Name, nil); isEscaping(err) {
			problems = append(problems, locate(tree.Name, err).Problem())
		}
	}
	return problems
}

// everything is the name of a template that calls all others, unlike that of
// any file.
const everything = " "

// callAll returns a template that calls each template and runs none. The
// escaper looks at a template and at those that it calls before its first run,
// and goes over the whole set each time: with one template it does so once.
func (s *templateSet) callAll() string {
	var b strings.Builder
	for _, tree := range s.trees() {
		fmt.Fprintf(&b, "{{if false}}{{template %q .}}{{end}}", tree.Name)
	}
	return b.String()
}

// checkTexts finds calls of t with a text that no message file has.
func (t *Templates) checkTexts(trees []*parse.Tree) diag.List {
	var problems diag.List
	for _, tree := range trees {
		eachText(tree.Root, func(key *parse.StringNode) {
			if _, ok := t.messages[key.Text]; ok {
				return
			}
			file, line := placeOf(tree, key)
			problems = append(problems, diag.New(templatePos(file, line), "template/message", key.Text, t.language+".yaml"))
		})
	}
	return problems
}

// placeOf returns the file and the line of a node of tree.
func placeOf(tree *parse.Tree, n parse.Node) (file string, line int) {
	place, _ := tree.ErrorContext(n) // "article.html:12:5"
	file, rest, _ := strings.Cut(place, ":")
	digits, _, _ := strings.Cut(rest, ":")
	line, _ = strconv.Atoi(digits) // always digits; a line of 0 would name the whole file
	return file, line
}
