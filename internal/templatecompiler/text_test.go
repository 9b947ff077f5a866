package templatecompiler

import (
	"bytes"
	"errors"
	"reflect"
	"testing"
	"time"
)

// texts is a view with values of every kind, with a text and without.
type texts struct {
	Date    time.Time // has a text, and lies in memory
	Dates   []time.Time
	Later   *time.Time
	Number  int
	Pointer *int
	Nothing *int
	List    []string
	Extra   map[string]any
	Err     error

	Inner    inner
	Inners   []inner
	Pointers []*int
	ByName   map[string]inner
	Any      any
	Hidden   map[string]any
	Func     func()
	Chan     chan int
}

func allTexts() *texts {
	n, date := 7, time.Date(2026, 11, 28, 8, 0, 0, 0, time.FixedZone("", 7*3600))
	return &texts{
		Date: date, Dates: []time.Time{date}, Later: &date, Number: 1, Pointer: &n, List: []string{"a", "b"}, Err: errTest,
		Extra:  map[string]any{"list": []any{"a", 1, nil, map[string]any{"b": true}}},
		Inners: []inner{{Deep: &inner{}}}, Pointers: []*int{&n}, ByName: map[string]inner{"a": {}},
		Any: &inner{}, Hidden: map[string]any{"a": []any{&inner{}}}, Func: func() {}, Chan: make(chan int),
	}
}

func TestATemplateThatWritesWhatHasNoTextFails(t *testing.T) {
	for _, text := range []string{
		"{{.}}", "{{html .}}", "{{. | html}}", "{{js .}}", "{{urlquery .}}", "{{print .}}", "{{println 1 .}}", "{{print . | html}}",
		`{{printf "%v" .}}`, `{{printf "%d" .Number .Inner}}`, `{{printf "%p" .List}}`, `{{printf "%%%-5p" .Pointer}}`, "{{$}}", "{{any .}}",
		"{{.Inner}}", "{{.Inners}}", "{{range .Inners}}{{.}}{{end}}", "{{.Pointers}}", "{{.ByName}}", "{{.Any}}", "{{.Hidden}}",
		"{{.Func}}", "{{.Chan}}", "{{print .Pointer}}", `{{printf "%x" .Pointer}}`, "{{print .Hidden}}",
		"<p title={{.}}>", `<a href="{{.}}">`, "<style>p { color: {{.Inner}} }</style>", "{{with .Inner}}{{.}}{{end}}", "{{if false}}{{else}}{{.Inner}}{{end}}",
		`<a {{template "called" .}}>`,
	} {
		set := limited(t, map[string]string{"main": text, "called": "title=\"{{.Inner}}\""})
		var out bytes.Buffer
		err := set.Execute(&out, "main", reflect.ValueOf(allTexts()))
		if failed, ok := errors.AsType[*TextError](err); !ok || failed.Type == "" {
			t.Errorf("%s gave %q, %v, want a TextError", text, out.String(), err)
		}
	}
}

func TestWhatHasATextIsWrittenAsEver(t *testing.T) {
	for text, want := range map[string]string{
		"{{.Date}}":                         "2026-11-28 08:00:00 &#43;0700 &#43;0700",
		"{{.Later}}":                        "2026-11-28 08:00:00 &#43;0700 &#43;0700",
		"{{.Dates}}":                        "[2026-11-28 08:00:00 &#43;0700 &#43;0700]",
		`{{printf "%s, %d" .Date .Number}}`: "2026-11-28 08:00:00 &#43;0700 &#43;0700, 1",
		`{{printf "%d" .Later}}`:            "%!d(string=2026-11-28 08:00:00 &#43;0700 &#43;0700)",
		`{{printf "%d %% px" .Number}}`:     "1 % px",
		"{{print .Number .Number}}":         "1 1",
		"{{.Pointer}}{{html .Pointer}}":     "77",
		"{{.Nothing}}":                      "&lt;nil&gt;",
		"{{.List}}":                         "[a b]",
		"{{.Extra}}":                        "map[list:[a 1 &lt;nil&gt; map[b:true]]]",
		"{{.Extra.missing}}":                "",
		"{{.Err}}":                          errTest.Error(),
		"{{html .List}}":                    "[a b]",
		"{{len .Inners}}{{eq 1 1}}{{1.5}}":  "1true1.5",
	} {
		set := limited(t, map[string]string{"main": text})
		var out bytes.Buffer
		if err := set.Execute(&out, "main", reflect.ValueOf(allTexts())); err != nil || out.String() != want {
			t.Errorf("%s gave %q, %v, want %q", text, out.String(), err, want)
		}
	}
}
