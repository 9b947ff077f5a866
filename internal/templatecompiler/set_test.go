package templatecompiler

import (
	"bytes"
	"errors"
	"html/template"
	"io"
	"maps"
	"reflect"
	"strings"
	"sync"
	"testing"

	"bantin/internal/testsize"
)

// view has what views have: strings of several types, optional pointers, lists.
type view struct {
	Name, URL string
	HTML      template.HTML
	Attribute template.HTMLAttr
	Trusted   template.URL
	Script    template.JS
	Mark      mark
	Count     int
	Yes       bool
	Inner     inner
	Pointer   *inner
	List      []inner
	Extra     map[string]any
	Price     float64
	Level     level
	*embedded
}

type mark string

// level has a text of its own.
type level int

func (level) String() string { return "<high>" }

type embedded struct{ Promoted string }

type inner struct {
	Title string
	Deep  *inner
}

func (inner) IsShort() bool { return true }

func (*inner) Long() string { return "long" }

var hostile = "<b>\"'&amp;+`\x00\xff javascript:alert(1)//\u2028é😀%zz%20"

func full() *view {
	return &view{
		Name: hostile, URL: "/a?b=c&d=e+f", HTML: "<i>1 & 2</i>", Attribute: `id="x"`, Trusted: "tel:+84", Script: `{"a":"<"}`,
		Mark: "draft", Count: -1204, Yes: true, Inner: inner{Title: "in", Deep: &inner{Title: "deep"}}, Pointer: &inner{Title: "p"},
		List: []inner{{Title: "one"}, {Title: "<two>"}}, Extra: map[string]any{"k": hostile}, Price: 1.5,
		Level: 3, embedded: &embedded{Promoted: "up"},
	}
}

var errTest = errors.New("it fails")

func source() Source {
	constant := full()
	appendLink := func(dst []byte, in *inner) []byte {
		return append(append(append(dst, "<a>"...), in.Title...), "</a>"...)
	}
	return Source{
		Funcs: template.FuncMap{
			"view":  func() *view { return constant },
			"link":  func(in inner) template.HTML { return template.HTML(appendLink(nil, &in)) },
			"join":  func(a string, rest ...string) string { return a + strings.Join(rest, ",") },
			"any":   func(v any) any { return v },
			"twice": func(n int) int { return 2 * n },
			"fail": func(fails bool) (string, error) {
				if fails {
					return "", errTest
				}
				return "fine", nil
			},
			"panic": func() string { panic("no") },
		},
		Constant: []string{"view"},
		Append: map[string]Appender{
			"link": func(dst []byte, args []reflect.Value) ([]byte, error) {
				return appendLink(dst, Arg[inner](args[0])), nil
			},
		},
	}
}

// pair is a set of templates, and the same run by html/template alone.
type pair struct {
	set   *Set
	plain *template.Template
}

func newPair(t testing.TB, templates map[string]string) pair {
	t.Helper()
	source := source()
	parsed := template.New("").Funcs(source.Funcs)
	for name, text := range templates {
		template.Must(parsed.New(name).Parse(text))
	}
	escaped := template.Must(parsed.Clone())
	for name := range templates {
		escaped.ExecuteTemplate(io.Discard, name, nil)
	}
	plain := template.Must(parsed.Clone())
	source.Escaped = func() *template.Template { return escaped }
	source.Interpreted = func() *template.Template { return template.Must(parsed.Clone()) }
	return pair{New(source), plain}
}

// check runs the template main both ways.
func (p pair) check(t *testing.T, v *view) {
	t.Helper()
	var got, want bytes.Buffer
	gotErr := p.set.Execute(&got, "main", reflect.ValueOf(v))
	wantErr := p.plain.ExecuteTemplate(&want, "main", v)
	if (gotErr == nil) != (wantErr == nil) || gotErr != nil && gotErr.Error() != wantErr.Error() {
		t.Errorf("the error is %v, want %v", gotErr, wantErr)
	}
	if got.String() != want.String() {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want.String())
	}
	if mistakes := p.set.Mistakes(); len(mistakes) > 0 {
		t.Errorf("html/template did what failed here: %v", mistakes)
	}
}

func (p pair) checkAll(t *testing.T) {
	t.Helper()
	for _, v := range []*view{full(), {}} {
		p.check(t, v)
		p.check(t, v) // a second time, with a machine that has run
	}
}

func TestACompiledTemplateGivesWhatHTMLTemplateGives(t *testing.T) {
	for _, text := range []string{
		`plain`,
		`{{.Name}}{{.HTML}}{{.Mark}}{{.Count}}{{.Trusted}}{{.Attribute}}{{.Script}}`,
		`<a href="{{.URL}}">{{.Name}}</a><a href="{{.HTML}}">{{.Name}}</a>`,
		`<a href="{{.Name}}">x</a><a href='{{.Trusted}}'>x</a><a href="mailto:{{.Name}}">x</a>`,
		`<p title="{{.Name}}" id="{{.Mark}}-{{.Count}}" {{.Attribute}}>x</p>`,
		`<title>{{.Name}}</title><textarea>{{.Mark}}</textarea>`,
		`<meta http-equiv="refresh" content="0; url={{.URL}}"><meta http-equiv="refresh" content="0; url={{.Name}}">`,
		`<script type="application/ld+json">{{.Script}}</script>`,
		`{{if .Yes}}yes{{else}}no{{end}}{{if .Name}}name{{end}}{{if .Count}}count{{end}}{{if .List}}list{{end}}{{if .Pointer}}p{{end}}{{if .Inner}}in{{end}}{{if .Extra}}extra{{end}}`,
		`{{with .Name}}[{{.}}]{{else}}<{{.Count}}>{{end}}{{with .Pointer}}{{.Title}}{{end}}{{with .List}}{{range .}}{{.Title}}{{end}}{{end}}`,
		`{{range .List}}{{.Title}}{{$.Name}}{{else}}none{{.Name}}{{end}}`,
		`{{range $i, $x := .List}}{{if $i}}, {{end}}{{$i}}{{$x.Title}}{{end}}{{range $x := .List}}{{$x.Title}}{{.Title}}{{end}}`,
		`{{$a := .Name}}{{$a}}{{with .Inner}}{{$a := .Title}}{{$a}}{{end}}{{$a}}`,
		`{{$b := view.Inner}}{{$b.Title}}{{if $b.Title}}{{range .List}}{{$b.Title}}{{end}}{{end}}`,
		`{{view.Name}}{{if view.Yes}}{{.Name}}{{else}}{{.Count}}{{end}}{{if not view.Yes}}no{{else}}yes{{end}}`,
		`{{with view.Inner}}{{.Title}}{{with .Deep}}{{.Title}}{{end}}{{$.Name}}{{template "part" .}}{{link .}}{{end}}`,
		`{{with view.Pointer.Deep}}{{.Title}}{{else}}none{{end}}{{range view.List}}{{.Title}}{{end}}`,
		`{{if eq .Mark "draft"}}draft{{else if eq .Mark "a" "b" "draft"}}never{{else}}other{{end}}{{if ne .Name view.Name}}ne{{end}}{{if eq .Count -1204}}n{{end}}`,
		`{{if and .Name .Pointer (ne .Mark "x")}}all{{end}}{{if or .Pointer .List .Extra}}any{{end}}{{if not (or .Name .List)}}none{{end}}`,
		`{{or .Name .URL}}{{and .Name .URL}}{{with or .Name .URL}}{{.}}{{end}}{{with eq .Count 0}}{{printf "%v" .}}{{end}}`,
		`{{if .Inner.IsShort}}short{{end}}{{range .List}}{{if .IsShort}}s{{end}}{{end}}`,
		`{{link .Inner}}{{range .List}}{{link .}}{{end}}{{with .Pointer}}{{link .}}{{end}}{{with link .Inner}}{{.}}{{end}}`,
		`{{join .Name}}{{join .Name .URL}}{{join "a" "b" .Name}}{{.Name | join "x"}}{{twice .Count}}{{twice 21}}{{.Count | twice | twice}}`,
		`{{if not .Yes}}{{fail .Yes}}{{end}}`,
		`{{with .List}}{{(index . 1).Title}}{{range slice . 1}}{{.Title}}{{end}}{{end}}`,
		`{{template "part" .Inner}}{{range .List}}{{template "part" .}}{{end}}{{with .Pointer}}{{template "part" .}}{{end}}`,
		`{{/* a comment */}}a{{- /* another */ -}} b`,
	} {
		p := newPair(t, map[string]string{"main": text, "part": `<b>{{.Title}}{{with .Deep}}{{template "leaf" .}}{{end}}</b>`, "leaf": `{{$x := .Title}}{{$x}}`})
		t.Run(text, p.checkAll)
		if strings.Contains(text, "printf") {
			continue
		}
		if left := p.set.Interpreted(); len(left) > 0 {
			t.Errorf("%s: left to html/template: %v", text, left)
		}
	}
}

func TestWhatIsNotCompiledIsRunByHTMLTemplate(t *testing.T) {
	for _, text := range []string{
		`{{.Extra.k}}`, `{{with .Extra}}{{.k}}{{end}}`, `{{range $k, $v := .Extra}}{{$k}}{{$v}}{{end}}`,
		`{{.Price}}`, `{{.Yes}}`, `{{if .Price}}x{{end}}`, `{{.Inner}}`, `{{.Pointer}}`, `{{.List}}`,
		`{{.Level}}`, `{{.Promoted}}`, `{{.Missing}}`, `{{.Name.Missing}}`, `{{.Inner.Long}}`, `{{any .Name}}`, `{{any .}}`,
		`{{printf "%d" .Count}}`, `{{html .Name}}`, `{{.Name | html}}`, `{{len .List}}`, `{{lt .Count 1}}`, `{{1.5}}`, `{{true}}`,
		`{{$a := .Name}}{{$a = .URL}}{{$a}}`, `{{range .List}}{{break}}{{end}}`, `{{range 3}}{{.}}{{end}}`,
		`{{if $x := .Name}}{{$x}}{{end}}`, `{{with $x := .Name}}{{$x}}{{end}}`,
		`<p title="{{.HTML}}">`, `<p class={{.Name}}>`, `<p {{.Name}}>`, `<title>{{.HTML}}</title>`, `<style>p {color: {{.Name}}}</style>`,
		`<script>f({{.Name}})</script>`, `<script>f("{{.Name}}")</script>`, `<a onclick="f({{.Script}})">`, `<a href="/?q={{.Name}}">`, `<img srcset="{{.Name}}">`,
		`<a href="{{template "part" .Inner}}">`, `{{template "nothing"}}`, `{{template "self" .Inner}}`,
		`{{eq .Mark .Count}}{{if eq .Name .Count}}x{{end}}`, `{{if or .Name .Price}}x{{end}}`, `{{or .Name .Count}}`, `{{link .Name}}`, `{{link}}`,
	} {
		p := newPair(t, map[string]string{
			"main": text, "part": `{{.Title}}`, "nothing": `{{.}}`, "self": `{{.Title}}{{with .Deep}}{{template "self" .}}{{end}}`,
		})
		t.Run(text, p.checkAll)
	}
}

func TestWhatCallsAnInterpretedTemplateIsStillCompiled(t *testing.T) {
	p := newPair(t, map[string]string{
		"main":  `<p>{{.Name}}{{template "extra" .}}{{range .List}}{{template "long" .}}{{end}}</p>`,
		"extra": `<i>{{.Extra.k}}</i>`,
		"long":  `{{.Long}}`, // a method of the pointer: the item must be where it stands
	})
	p.checkAll(t)
	left := p.set.Interpreted()
	if _, ok := left["main"]; ok || len(left) != 2 {
		t.Errorf("left to html/template: %v", left)
	}
}

func TestAnErrorIsThatOfHTMLTemplate(t *testing.T) {
	for _, text := range []string{
		"before\n{{.Name}}{{.Pointer.Deep.Title}}after",
		"{{range .List}}{{.Title}}{{.Deep.Title}}{{end}}",
		"{{.Name}}\n{{fail .Yes}}",
		"{{template \"part\" .Pointer}}",
		"{{link .Pointer}}{{panic}}",
		"{{index .List 7}}", "{{(index .List 7).Title}}", "{{range slice .List 3}}x{{end}}",
		"{{view.Pointer.Deep.Title}}",
		"{{if eq .Mark \"draft\" .Pointer.Deep.Title}}x{{end}}",
	} {
		t.Run(text, newPair(t, map[string]string{"main": text, "part": "\n{{.Title}}{{.Deep.Title}}"}).checkAll)
	}
}

func TestAFailureThatHTMLTemplateDoesNotShareIsTold(t *testing.T) {
	p := newPair(t, map[string]string{"main": `{{.Name}}{{link .Inner}}`, "fails": `{{.Name}}{{fail .Yes}}`})
	p.set.source.Append["link"] = func([]byte, []reflect.Value) ([]byte, error) { panic("a mistake of ours") }
	var buf bytes.Buffer
	if err := p.set.Execute(&buf, "main", reflect.ValueOf(full())); err != nil || !strings.HasSuffix(buf.String(), "</a>") {
		t.Errorf("error %v, %q", err, &buf)
	}
	if err := p.set.Execute(&buf, "fails", reflect.ValueOf(full())); err == nil {
		t.Error("a template that fails has no error")
	}
	want := map[string]string{"main": "a mistake of ours"}
	if got := p.set.Mistakes(); !maps.Equal(got, want) {
		t.Errorf("the mistakes are %v, want %v", got, want)
	}
}

func TestWhatStandsInTheBufferStays(t *testing.T) {
	p := newPair(t, map[string]string{"main": `{{.Name}}{{if .Yes}}{{.Pointer.Deep.Title}}{{end}}`})
	for _, v := range []*view{{Name: "a"}, {Name: "a", Yes: true}} {
		buf := bytes.NewBufferString("before ")
		_ = p.set.Execute(buf, "main", reflect.ValueOf(v)) // the second fails after its "a", as it does in html/template
		if got := buf.String(); got != "before a" {
			t.Errorf("the buffer holds %q", got)
		}
	}
}

func TestManyGoroutinesCompileATemplateOnce(t *testing.T) {
	p := newPair(t, map[string]string{"main": `{{.Name}}{{template "part" .Inner}}`, "part": `{{.Title}}`})
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() { p.checkAll(t) })
	}
	group.Wait()
	if n := len(p.set.programs); n != 2 {
		t.Errorf("%d programs, want 2", n)
	}
}

func TestACompiledTemplateAllocatesNothing(t *testing.T) {
	testsize.SkipShort(t, "the race detector allocates, and empties pools at random")
	p := newPair(t, map[string]string{
		"main": `<a href="{{.URL}}">{{.Mark}}</a>{{range .List}}{{link .}}{{template "part" .}}{{end}}{{with .Pointer}}{{.Title}}{{end}}`,
		"part": `{{.Title}}`,
	})
	var buf bytes.Buffer
	v := reflect.ValueOf(full())
	run := func() {
		buf.Reset()
		if err := p.set.Execute(&buf, "main", v); err != nil {
			t.Fatal(err)
		}
	}
	if n := testing.AllocsPerRun(100, run); n > 0 {
		t.Errorf("%v allocations", n)
	}
}
