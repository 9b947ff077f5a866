package render

import (
	"bytes"
	"html/template"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"bantin/internal/site"
	"bantin/internal/testsize"
	"bantin/internal/vietnamese"
)

// hostile are strings that must be escaped in some place or other.
var hostile = []string{
	`<script>alert("1")</script>'+&amp;` + "`",
	"javascript:alert(1)",
	"/a b/?c=d&e='f'#<g>%zz%C3%A0",
	"\x00\xff\xfe\u2028\ufdd0",
	"e\u0301 à 😀 {{.}}",
	"https://a.example/\"onclick=",
}

// fill puts text into every string below v, and makes every list, optional
// value and number there is.
func fill(v reflect.Value, text string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(1) // the index of a card, too
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), text)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(v.Index(i), text)
		}
	case reflect.Map:
		v.Set(reflect.ValueOf(map[string]any{"key": text}))
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[vietnamese.Date]() {
			v.Set(reflect.ValueOf(date("19:02 11/03/2020")))
			return
		}
		for i := range v.NumField() {
			fill(v.Field(i), text)
		}
	}
}

// allViews are views of all templates that are run by name: those of the
// fixtures, empty ones, and ones full of each hostile string.
func allViews(text string) map[string][]any {
	views := map[string][]any{
		"card.html":        {testCards[0], testCards[1], site.Card{Mark: site.MarkDraft, Event: &site.Event{Status: "cancelled"}}},
		"header.html":      {newHeader(&site.Chrome{Menu: chrome("vi").Menu}, 1)},
		"footer.html":      {chrome("vi")},
		"assets.html":      {chrome("vi")},
		"layout.html":      {Layout{Kind: "article", Head: &site.Head{}, Main: "<p>", JSONLD: "{}"}},
		"corrections.html": {[]site.Correction{{Text: "a"}}},
		"figure.html":      {testImage},
		"event.html":       {testEvent},
		"agreement.html":   {testAgreement},
		"gallery.html":     {[]site.Image{testImage}},
		"attachments.html": {[]site.Attachment{testFile}},
	}
	for name, view := range testViews() {
		views[name] = append(views[name], view)
	}
	for name := range views {
		typ := reflect.TypeOf(views[name][0])
		empty, full := reflect.New(typ).Elem(), reflect.New(typ).Elem()
		fill(full, text)
		if name == "layout.html" {
			empty.FieldByName("Head").Set(reflect.ValueOf(&site.Head{}))
		}
		views[name] = append(views[name], empty.Interface(), full.Interface())
	}
	return views
}

// compare runs a template compiled and by html/template alone.
func compare(t *testing.T, r *Renderer, plain *template.Template, name string, view any) {
	t.Helper()
	dot := reflect.New(reflect.TypeOf(view))
	dot.Elem().Set(reflect.ValueOf(view))
	if dot.Elem().Kind() == reflect.Slice {
		dot = dot.Elem()
	}
	var got, want bytes.Buffer
	if err := r.templates.Execute(&got, name, dot); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if err := plain.ExecuteTemplate(&want, name, dot.Interface()); err != nil {
		t.Fatalf("%s by html/template: %v", name, err)
	}
	if !bytes.Equal(got.Bytes(), want.Bytes()) {
		t.Errorf("%s of %+v: got\n%s\nwant\n%s", name, view, got.Bytes(), want.Bytes())
	}
	if mistakes := r.templates.Mistakes(); len(mistakes) > 0 {
		t.Errorf("html/template did what failed when compiled: %v", mistakes)
	}
}

// plain returns a renderer's templates as html/template runs them.
func plain(r *Renderer, set *Templates) *template.Template {
	nothing := func() string { return "" }
	unlimited := template.FuncMap{"_step": nothing, "_enter": nothing, "_leave": nothing}
	return template.Must(set.set().plain.Clone()).Funcs(set.functions(r.card, r.chrome).funcs).Funcs(unlimited)
}

func TestOurTemplatesAreCompiledAndGiveWhatHTMLTemplateGives(t *testing.T) {
	testsize.SkipShort(t, "one goroutine renders")
	set := parseWith(t, "vi", nil)
	for _, text := range hostile {
		bad := chrome("vi")
		fill(reflect.ValueOf(&bad).Elem(), text)
		for _, c := range []site.Chrome{chrome("vi"), bad, {}} {
			r := New(set, c, testCard, len(testCards))
			html := plain(r, set)
			for name, views := range allViews(text) {
				for _, view := range views {
					compare(t, r, html, name, view)
				}
			}
			if left := r.templates.Interpreted(); len(left) > 0 {
				t.Fatalf("left to html/template: %v", left)
			}
		}
	}
}

func TestEveryTemplateThatIsRunByNameIsCompared(t *testing.T) {
	names := slices.Sorted(maps.Keys(allViews("")))
	for _, name := range required {
		if !slices.Contains(names, name) {
			t.Errorf("%s has no view", name)
		}
	}
}

func TestASitesOwnTemplateMayDoWhatIsNotCompiled(t *testing.T) {
	set := parseWith(t, "vi", map[string]string{
		"byline.html": `<p>{{.Extra.editor}}{{with .Extra.phone}}<a href="tel:{{.}}">{{.}}</a>{{end}}{{len .Tags | printf "%03d"}}</p>`,
		"footer.html": `<footer onclick="f({{.Title}})">{{.Extra.motto}}</footer>`,
		"mark.html":   `{{define "x"}}<b title="{{template "y" .}}">{{end}}{{define "y"}}{{.}}{{end}}{{template "x" .}}</b>`,
	})
	c := chrome("vi")
	c.Extra = map[string]any{"motto": hostile[0]}
	r := New(set, c, testCard, len(testCards))
	html := plain(r, set)
	article := testArticle()
	article.Extra = map[string]any{"editor": hostile[0], "phone": 84}
	for name, view := range map[string]any{"article.html": article, "footer.html": c, "card.html": testCards[1], "tag.html": testList("tag")} {
		compare(t, r, html, name, view)
	}
	left := slices.Sorted(maps.Keys(r.templates.Interpreted()))
	if got := strings.Join(left, " "); got != "byline.html footer.html x" {
		t.Errorf("left to html/template: %s", got)
	}
}
