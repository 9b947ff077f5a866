package config

import (
	"reflect"
	"testing"
)

func TestEachWordOfPathsIsAmongTheWords(t *testing.T) {
	var p Paths
	v := reflect.ValueOf(&p).Elem()
	for i := range v.NumField() {
		v.Field(i).SetString(v.Type().Field(i).Name)
	}
	keys := map[string]bool{}
	for _, k := range pathKeys.Keys() {
		keys[k.Name] = true
	}
	found := map[string]bool{}
	for _, w := range p.Words() {
		found[w.Word] = true
		if !keys[w.Key] {
			t.Errorf("site.yaml has no key paths.%s", w.Key)
		}
	}
	if len(found) != v.NumField() || len(keys) != v.NumField() {
		t.Errorf("%d words and %d keys of %d fields: %v", len(found), len(keys), v.NumField(), found)
	}
	if filled := (Paths{}).or(p); filled != p {
		t.Errorf("without words of its own it has %+v, not %+v", filled, p)
	}
}
