package render

import (
	"bytes"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"bantin/internal/digest"
	"bantin/internal/site"
	"bantin/internal/vietnamese"
)

// pageViews are the views of HTML pages, with what they share.
var pageViews = []reflect.Type{
	reflect.TypeFor[site.Chrome](), reflect.TypeFor[site.Card](), reflect.TypeFor[site.Home](),
	reflect.TypeFor[site.Article](), reflect.TypeFor[site.List](), reflect.TypeFor[site.Year](),
	reflect.TypeFor[site.Terms](), reflect.TypeFor[site.Events](), reflect.TypeFor[site.Register](),
	reflect.TypeFor[site.FeedsPage](), reflect.TypeFor[site.SearchPage](), reflect.TypeFor[site.NotFound](), reflect.TypeFor[site.Redirect](),
}

var otherViews = []reflect.Type{
	reflect.TypeFor[site.Feed](), reflect.TypeFor[site.FeedItem](), reflect.TypeFor[site.Calendar](), reflect.TypeFor[site.RegisterData](),
	reflect.TypeFor[site.EventData](), reflect.TypeFor[site.Sitemap](), reflect.TypeFor[site.OPML](),
	reflect.TypeFor[site.Redirects](), reflect.TypeFor[site.TextFile](),
}

// structsOf returns t and the struct types it is made of, and reports what is
// not a closed value. Dates and digests are values of their own.
func structsOf(t *testing.T, typ reflect.Type, seen []reflect.Type) []reflect.Type {
	switch typ.Kind() {
	case reflect.String, reflect.Bool, reflect.Int, reflect.Int64, reflect.Uint8:
		return seen
	case reflect.Pointer, reflect.Slice:
		return structsOf(t, typ.Elem(), seen)
	case reflect.Map:
		if typ != reflect.TypeFor[map[string]any]() {
			t.Errorf("%s is not a map of the site's own values", typ)
		}
		return seen
	case reflect.Struct:
		if typ == reflect.TypeFor[vietnamese.Date]() || slices.Contains(seen, typ) {
			return seen
		}
		seen = append(seen, typ)
		for i := range typ.NumField() {
			if !typ.Field(i).IsExported() {
				t.Errorf("%s.%s is hidden from templates", typ, typ.Field(i).Name)
			}
			seen = structsOf(t, typ.Field(i).Type, seen)
		}
		return seen
	}
	if typ != reflect.TypeFor[digest.Digest]() {
		t.Errorf("%s is not a closed value", typ)
	}
	return seen
}

func TestEveryViewIsClosed(t *testing.T) {
	for _, view := range slices.Concat(pageViews, otherViews) {
		structsOf(t, view, nil)
	}
}

func TestNoViewLeadsToAFunction(t *testing.T) {
	type open struct{ F func() }
	var inner testing.T
	structsOf(&inner, reflect.TypeFor[open](), nil)
	if !inner.Failed() {
		t.Error("a view with a function passed as closed")
	}
}

func TestTheManualNamesEveryFieldOfEveryView(t *testing.T) {
	manual, err := os.ReadFile("../../docs/templates.md")
	if err != nil {
		t.Fatal(err)
	}
	types := []reflect.Type{reflect.TypeFor[Layout](), reflect.TypeFor[Header]()}
	for _, view := range pageViews {
		types = structsOf(t, view, types)
	}
	sections := manualSections(string(manual))
	for _, typ := range append(types, reflect.TypeFor[HeaderItem](), reflect.TypeFor[HeaderLanguage]()) {
		section, ok := sections[typ.Name()]
		if !ok {
			t.Errorf("docs/templates.md has no section ### %s", typ.Name())
		}
		for i := range typ.NumField() {
			if name := typ.Field(i).Name; !strings.Contains(section, "`"+name+"`") {
				t.Errorf("docs/templates.md does not name %s.%s", typ.Name(), name)
			}
		}
	}
}

func TestTheManualNamesEveryTemplateAndFunction(t *testing.T) {
	manual, err := os.ReadFile("../../docs/templates.md")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for name := range parseWith(t, "vi", nil).functions(nil, &site.Chrome{}).funcs {
		names = append(names, name)
	}
	for name := range defaultFiles(t) {
		names = append(names, name)
	}
	for _, name := range names {
		if !bytes.Contains(manual, []byte("`"+name)) {
			t.Errorf("docs/templates.md does not name %s", name)
		}
	}
}

// manualSections returns the text below each ### heading.
func manualSections(manual string) map[string]string {
	sections := map[string]string{}
	for _, part := range strings.Split(manual, "\n### ")[1:] {
		title, text, _ := strings.Cut(part, "\n")
		text, _, _ = strings.Cut(text, "\n## ")
		sections[title] = text
	}
	return sections
}
