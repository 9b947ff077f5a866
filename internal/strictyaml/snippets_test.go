package strictyaml

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestASnippetTypesWhatAKeyNeeds(t *testing.T) {
	keys := []Key{
		{Name: "title", Example: `"Họp dân"`, Help: "article.title"},
		{Name: "extra", Example: `{a: $b\c}`},
		{Name: "draft", Type: TypeBool},
		{Name: "tags", Type: TypeList},
		{Name: "event", Type: TypeBlock, Keys: []Key{
			{Name: "start", Type: TypeDate, Required: true, Example: "14:00 11/03/2020"}, {Name: "end", Type: TypeDate}}},
		{Name: "gallery", Type: TypeList, Keys: []Key{
			{Name: "file", Required: true, Example: "anh-1.jpg"}, {Name: "alt", Required: true}}},
	}
	data, err := Snippets(keys, "en")
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]snippet
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]snippet{
		"title":   {"markdown", "title", []string{`title: ${1:"Họp dân"}`}, "the headline"},
		"extra":   {"markdown", "extra", []string{`extra: ${1:{a: \$b\\c\}}`}, ""},
		"draft":   {"markdown", "draft", []string{"draft: ${1:true}"}, ""},
		"tags":    {"markdown", "tags", []string{"tags: ${1:[]}"}, ""},
		"event":   {"markdown", "event", []string{"event:", "  start: ${1:14:00 11/03/2020}"}, ""},
		"gallery": {"markdown", "gallery", []string{"gallery:", "  - file: ${1:anh-1.jpg}", "    alt: ${2:}"}, ""},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
