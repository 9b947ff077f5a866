package render

import (
	"html/template"
	"io"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"text/template/parse"

	"bantin/internal/compiled"
	"bantin/internal/diag"
	"bantin/internal/digest"
	"bantin/internal/site"
)

// Templates is a parsed set of templates with the words of one language. It
// does not change, and may serve any number of builds.
type Templates struct {
	set      *template.Template // never run: html/template copies no set that has been
	escaped  *template.Template // a copy of which each template has run
	messages messages
	language string
	digest   digest.Digest
}

// required are the templates that a Renderer calls by name; partials are
// called by these.
var required = []string{
	"layout.html", "assets.html", "header.html", "footer.html", "card.html",
	"home.html", "article.html", "page.html",
	"section.html", "month.html", "tag.html", "organization.html", "author.html",
	"year.html", "terms.html", "events.html", "agreements.html", "feeds.html",
	"404.html", "redirect.html",
	"corrections.html", // of articles in feeds
}

// Parse parses the files of templates/, by name: "article.html", "vi.yaml". It
// finds what can be found without a page: wrong syntax, values that cannot be
// escaped safely, calls of missing templates and unknown texts. The set is nil
// if any of the problems is an error. Files of other kinds are left alone.
func Parse(files map[string][]byte, language string) (*Templates, diag.List) {
	messages, problems := parseMessages(files[language+".yaml"], language)
	t := &Templates{messages: messages, language: language, digest: digestFiles(files, language)}
	t.set = template.New("").Funcs(t.funcs(nil, &site.Chrome{}))
	for _, name := range templateNames(files) {
		if _, err := t.set.New(name).Parse(string(files[name])); err != nil {
			e := locate(name, err)
			problems = append(problems, diag.New(templatePos(e.File, e.Line), "template/syntax", e.Text))
		}
	}
	for _, name := range required {
		if _, ok := files[name]; !ok {
			problems = append(problems, diag.New(templatePos(name, 0), "template/missing", name))
		}
	}
	problems = append(problems, t.checkTexts()...)
	if !problems.HasErrors() {
		t.inlineTexts()
		problems = append(problems, t.checkEscaping()...)
	}
	if problems.HasErrors() {
		return nil, problems.Sort()
	}
	return t, problems.Sort()
}

// bind returns the templates ready to run with the functions of one build.
func (t *Templates) bind(funcs compiled.Funcs) *compiled.Set {
	interpreted := sync.OnceValue(func() *template.Template {
		return template.Must(t.set.Clone()).Funcs(funcs.Map) // t.set never runs, so it can always be cloned
	})
	return compiled.New(t.escaped, interpreted, funcs)
}

// Digest returns the digest of all templates and of the words.
func (t *Templates) Digest() digest.Digest { return t.digest }

// Text returns a text of the interface with its arguments in place of {0},
// {1} …; the key itself if there is no such text.
func (t *Templates) Text(key string, args ...string) string {
	values := make([]any, len(args))
	for i, a := range args {
		values[i] = a
	}
	text, err := t.messages.text(key, values...)
	if err != nil {
		return key
	}
	return text
}

func templateNames(files map[string][]byte) []string {
	names := slices.Sorted(maps.Keys(files))
	return slices.DeleteFunc(names, func(name string) bool { return path.Ext(name) != ".html" })
}

func digestFiles(files map[string][]byte, language string) digest.Digest {
	var h digest.Hasher
	for _, name := range append(templateNames(files), language+".yaml") {
		h.Str(name)
		h.Digest(digest.Of(files[name]))
	}
	return h.Sum()
}

// checkEscaping lets the escaper look at every template. It does so before a
// template's first run only, so each runs once, without data and in a copy,
// which is what is compiled then. An error of the escaper spoils the copy; then each template gets one of its own.
func (t *Templates) checkEscaping() diag.List {
	set := template.Must(t.set.Clone())
	spoiled := slices.ContainsFunc(t.names(), func(name string) bool {
		return isEscaping(set.ExecuteTemplate(io.Discard, name, nil))
	})
	if !spoiled {
		t.escaped = set
		return nil
	}
	var problems diag.List
	for _, name := range t.names() {
		set := template.Must(t.set.Clone())
		if err := set.ExecuteTemplate(io.Discard, name, nil); isEscaping(err) {
			problems = append(problems, locate(name, err).Problem())
		}
	}
	return problems
}

func (t *Templates) names() []string {
	var names []string
	for _, tmpl := range t.set.Templates() {
		names = append(names, tmpl.Name())
	}
	return names
}

// checkTexts finds calls of t with a text that no message file has.
func (t *Templates) checkTexts() diag.List {
	var problems diag.List
	for _, tmpl := range t.set.Templates() {
		if tmpl.Tree == nil {
			continue
		}
		eachText(tmpl.Tree.Root, func(key *parse.StringNode) {
			if _, ok := t.messages[key.Text]; ok {
				return
			}
			file, line := placeOf(tmpl.Tree, key)
			problems = append(problems, diag.New(templatePos(file, line), "template/message", key.Text, t.language+".yaml"))
		})
	}
	return problems
}

// inlineTexts writes the words into the templates.
func (t *Templates) inlineTexts() {
	for _, tmpl := range t.set.Templates() {
		if tmpl.Tree != nil {
			t.messages.inlineTexts(tmpl.Tree.Root)
		}
	}
}

// placeOf returns the file and the line of a node of tree.
func placeOf(tree *parse.Tree, n parse.Node) (file string, line int) {
	place, _ := tree.ErrorContext(n) // "article.html:12:5"
	file, rest, _ := strings.Cut(place, ":")
	digits, _, _ := strings.Cut(rest, ":")
	line, _ = strconv.Atoi(digits) // always digits; a line of 0 would name the whole file
	return file, line
}
