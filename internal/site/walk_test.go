package site

import (
	"reflect"

	"bantin/internal/vietnamese"
)

// strings returns every string in the views of all pages, by output file, and
// under "" those of the chrome.
func (b *folder) strings() map[string][]string {
	all := map[string][]string{"": stringsIn(b.Chrome())}
	for _, p := range b.Pages() {
		all[p.Path] = stringsIn(b.View(p, b.digests))
	}
	for i := range b.in.Articles {
		if b.HasCard(i) {
			all["card of "+b.entries[i].File()] = stringsIn(b.Card(i))
			all["item of "+b.entries[i].File()] = stringsIn(b.FeedItem(i))
		}
	}
	return all
}

// stringsIn returns every string within a view.
func stringsIn(view any) []string {
	var list []string
	var walk func(reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			list = append(list, v.String())
		case reflect.Pointer, reflect.Interface:
			if !v.IsNil() {
				walk(v.Elem())
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.Map:
			for _, key := range v.MapKeys() {
				walk(v.MapIndex(key))
			}
		case reflect.Struct:
			if v.Type() == reflect.TypeFor[vietnamese.Date]() {
				return
			}
			for i := range v.NumField() {
				walk(v.Field(i))
			}
		}
	}
	walk(reflect.ValueOf(view))
	return list
}
