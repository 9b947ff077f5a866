// Package messagestest makes a further language of messages, as a file beside
// vi.go and en.go would: tests see by it that nothing else has to know of it.
package messagestest

import (
	"reflect"
	"strings"

	"bantin/internal/language"
	"bantin/internal/messages"
)

// Code is the language's: Esperanto's, which Bantin does not speak.
const Code = "eo"

// Mark stands before each of its texts, which are the English ones, but for those
// that are arguments alone.
const Mark = "§"

// Untranslated is the ID of a problem that the language lacks.
const Untranslated = "bad-timezone"

// Register makes the language known in the running test. It stays.
func Register() {
	messages.Register(Code, func() *messages.Catalog {
		c := reflect.New(reflect.TypeFor[messages.Catalog]()).Elem()
		mark(c, reflect.ValueOf(messages.In(language.English)).Elem())
		third := c.Addr().Interface().(*messages.Catalog)
		third.Whole, third.Locale = false, Code
		third.Figures = language.Figures{Group: "\u202f", Point: ","}
		third.Yes = []string{"jes"}
		third.Typed = map[string]map[string]string{"keys": {"titolo": "title"}}
		delete(third.Problems, Untranslated)
		return third
	})
}

// mark gives c the texts of english with the mark before them.
func mark(c, english reflect.Value) {
	switch c.Kind() {
	case reflect.Struct:
		for i := range c.NumField() {
			mark(c.Field(i), english.Field(i))
		}
	case reflect.Map:
		c.Set(reflect.MakeMap(c.Type()))
		for key, value := range english.Seq2() {
			marked := reflect.New(value.Type()).Elem()
			mark(marked, value)
			c.SetMapIndex(key, marked)
		}
	case reflect.String:
		text := english.String()
		if strings.Trim(text, "{}0123456789: \n") != "" { // else it is arguments alone
			text = Mark + text
		}
		c.SetString(text)
	}
}
