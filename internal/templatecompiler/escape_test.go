package templatecompiler

import (
	"bytes"
	"html"
	"html/template"
	"reflect"
	"testing"
)

// contexts are templates in which a string is escaped in each way that is
// compiled.
var contexts = map[string]string{
	"text":      `{{.Name}}{{.Mark}}`,
	"attribute": `<p title="{{.Name}}" lang='{{.Mark}}'>`,
	"RCDATA":    `<title>{{.Name}}</title>`,
	"URL":       `<a href="{{.Name}}">`,
	"trusted":   `<a href="{{.Trusted}}">`,
	"URL's end": `<a href="mailto:{{.Name}}">`,
	"refresh":   `<meta http-equiv="refresh" content="0; url={{.Name}}">`,
}

func FuzzAnyStringIsEscapedAsHTMLTemplateDoes(f *testing.F) {
	for _, s := range []string{
		"", "Tin tức", hostile, "<script>", "a\x00b", "`", "\xff\xfe", "javascript:alert(1)", "JavaScript:x", "java\nscript:x", "a:b", "a/b:c",
		":", "http://x", "HTTPS://x", "mailto:a@b", "tel:1", "//x", "/a b?c=d&e=f#g", "%", "%2", "%2f", "%zz", "%C3%A0", "à", "e\u0301", "😀",
		"\u2028\u2029\ufdd0\ufff0\uffff", "(a)'b'", "a,b c", "\t\n\v\f\r ",
	} {
		f.Add(s)
	}
	pairs := map[string]pair{}
	for name, text := range contexts {
		pairs[name] = newPair(f, map[string]string{"main": text})
	}
	f.Fuzz(func(t *testing.T, s string) {
		v := &view{Name: s, Mark: mark(s), Trusted: template.URL(s)}
		for name, p := range pairs {
			t.Run(name, func(t *testing.T) { p.check(t, v) })
			if left := p.set.Interpreted(); len(left) > 0 {
				t.Fatalf("%s: left to html/template: %v", name, left)
			}
		}
	})
}

func BenchmarkExecute(b *testing.B) {
	p := newPair(b, map[string]string{"main": `<h1>{{.Name}}</h1>{{range .List}}<li><a href="{{.Title}}">{{link .}}</a></li>{{end}}{{with .Pointer}}{{.Title}}{{end}}`})
	v := full()
	b.Run("compiled", func(b *testing.B) {
		var buf bytes.Buffer
		b.ReportAllocs()
		for b.Loop() {
			buf.Reset()
			if err := p.set.Execute(&buf, "main", reflect.ValueOf(v)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("html/template", func(b *testing.B) {
		var buf bytes.Buffer
		b.ReportAllocs()
		for b.Loop() {
			buf.Reset()
			if err := p.plain.ExecuteTemplate(&buf, "main", v); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func TestEscapingIsThatOfPackageHTML(t *testing.T) {
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	for _, s := range []string{"", "UBND", `<a href="x">'&'</a>`, "+07:00", string(all), "Đức Thọ & Bạn"} {
		if got, want := string(AppendEscaped(nil, s)), html.EscapeString(s); got != want {
			t.Errorf("%q is escaped to %q, want %q", s, got, want)
		}
	}
}
