package templatecompiler

import (
	"bytes"
	"errors"
	"html/template"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"bantin/internal/testsize"
)

// limited returns a set of templates that Limit has seen.
func limited(t testing.TB, templates map[string]string) *Set {
	t.Helper()
	source := source()
	parsed := template.New("").Funcs(source.Funcs).Funcs(StepFuncs())
	for name, text := range templates {
		template.Must(parsed.New(name).Parse(text))
	}
	for _, one := range parsed.Templates() {
		if one.Tree != nil {
			Limit(one.Tree)
		}
	}
	escaped := template.Must(parsed.Clone())
	for name := range templates {
		escaped.ExecuteTemplate(io.Discard, name, nil)
	}
	source.Escaped = func() *template.Template { return escaped }
	source.Interpreted = func() *template.Template { return template.Must(parsed.Clone()) }
	return New(source)
}

func TestATemplateThatNeverEndsFailsAtItsPlace(t *testing.T) {
	testsize.SkipShort(t, "one goroutine runs templates")
	chain := map[string]string{"main": `{{template "a" .}}`}
	for c := 'a'; c < 'z'; c++ { // 2²⁵ calls, none of which calls itself
		next := string(c + 1)
		chain[string(c)] = "\n" + strings.Repeat(`{{template "`+next+`" .}}`, 2)
	}
	chain["z"] = "{{.Name}}"
	for name, tc := range map[string]struct {
		templates map[string]string
		at        string
	}{
		"a range over a number":                                {map[string]string{"main": "a\nb{{range 1000000000000}}{{end}}"}, "main:2"},
		"a range that writes":                                  {map[string]string{"main": "a\nb{{range 1000000000000}}<b>{{.}}</b>{{end}}"}, "main:2"},
		"ranges in ranges":                                     {map[string]string{"main": "{{range 100000}}{{range 100000}}\n{{if .}}{{range 1000000}}{{end}}{{end}}{{end}}{{end}}"}, "main:"},
		"a range in an attribute, in a branch":                 {map[string]string{"main": "\n\n{{if .Yes}}<p title=\"{{range 1000000000000}}x{{end}}\">{{end}}"}, "main:3"},
		"a range in a template called in a tag":                {map[string]string{"main": `<p {{template "a" .}}>`, "a": "\ntitle=\"{{range 1000000000000}}x{{end}}\""}, ":2"},
		"a template without values that calls itself in a tag": {map[string]string{"main": `{{define "a"}}title="x" {{template "a"}}{{end}}<p {{template "a"}}>`}, ":"},
		"a template that calls itself twice":                   {map[string]string{"main": `{{template "a" .}}`, "a": "\n" + `{{template "a" .}}{{template "a" .}}`}, "a:"},
		"a template that calls itself once":                    {map[string]string{"main": `{{template "a" .}}`, "a": "\n" + `{{template "a" .}}`}, "a:"},
		"a chain that doubles":                                 {chain, ":"},
		"a text that doubles":                                  {map[string]string{"main": "{{$x := .Name}}{{range 200}}\n{{$x = printf \"%s%s\" $x $x}}{{end}}"}, "main:2"},
		"a text that doubles by print":                         {map[string]string{"main": "{{$x := .Name}}{{range 200}}\n{{$x = print $x $x}}{{end}}"}, "main:2"},
		"a text that doubles by a function":                    {map[string]string{"main": "{{$x := .Name}}{{range 200}}\n{{$x = join $x $x}}{{end}}"}, "main:2"},
		"a text that doubles by calls":                         {map[string]string{"main": "{{" + strings.Repeat("join (", 40) + "join .Name .Name" + strings.Repeat(") .Name", 40) + "}}{{range 1000000000000}}{{end}}"}, "main:1"},
		"a range that writes much":                             {map[string]string{"main": "{{range 1000000}}\n{{range 9}}" + strings.Repeat("đầy ", 2000) + "{{end}}{{end}}"}, "main:"},
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			var out bytes.Buffer
			set := limited(t, tc.templates)
			set.budget = budget{30_000, 1000, 1 << 20, 1 << 20}
			err := set.Execute(&out, "main", reflect.ValueOf(full()))
			if !errors.Is(err, ErrBudget) {
				t.Fatalf("the error is %v, want %v", err, ErrBudget)
			}
			if !strings.Contains(err.Error(), "template: "+tc.at) && !strings.Contains(err.Error(), tc.at) {
				t.Errorf("the error names another place than %s: %v", tc.at, err)
			}
			if took := time.Since(began); took > time.Minute {
				t.Errorf("it took %v", took)
			}
		})
	}
}

func TestABudgetIsThatOfOneRun(t *testing.T) {
	set := limited(t, map[string]string{"main": `{{range 20000}}{{end}}fine{{printf "%d" 1}}`})
	set.budget.steps = 30_000
	for range 4 {
		var out bytes.Buffer
		if err := set.Execute(&out, "main", reflect.ValueOf(full())); err != nil || out.String() != "fine1" {
			t.Fatalf("%q, %v", out.String(), err)
		}
	}
}
