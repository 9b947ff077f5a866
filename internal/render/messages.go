package render

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"bantin/internal/compiler"
	"bantin/internal/diag"
	"bantin/internal/language"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
	"bantin/templates"
)

// messages are the words of the interface in one language, by key.
type messages map[string]string

// parseMessages reads the words of a language: the defaults, and over them
// those of own, the site's file, which need only hold the words it changes.
// So a site's file stays right when a new version brings new words.
//
// A language without defaults has the words of its file alone; for those that it
// lacks stand the words of the languages it falls back to, with one warning.
func parseMessages(files map[string][]byte, code string) (messages, diag.List) {
	name := code + ".yaml"
	own := files[name]
	m := messages{}
	if defaults, err := templates.FS.ReadFile(name); err == nil {
		problems := m.read(defaults, name)
		if bytes.Equal(own, defaults) {
			return m, problems
		}
		return m, append(problems, m.read(own, name)...)
	}
	problems := m.read(own, name)
	if m["language-name"] == "" {
		m["language-name"] = code // never that of another language
	}
	had := len(m)
	missing := ""
	for _, other := range language.Fallbacks(code) {
		if words := wordsOf(files, other); words != nil {
			missing = cmp.Or(missing, m.complete(words))
		}
	}
	if len(m) > had {
		problems = append(problems, diag.New(templatePos(name, 0), "words-missing", strconv.Itoa(len(m)-had), missing, code))
	}
	return m, problems
}

// wordsOf returns the words of a language as far as it has any, nil for none. What
// is wrong with them is told where the language itself is used.
func wordsOf(files map[string][]byte, code string) messages {
	m := messages{}
	if defaults, err := templates.FS.ReadFile(code + ".yaml"); err == nil {
		m.read(defaults, code+".yaml")
	}
	m.read(files[code+".yaml"], code+".yaml")
	if len(m) == 0 {
		return nil
	}
	return m
}

// complete adds the words that m lacks and returns the key of the first of them in
// the order of keys.
func (m messages) complete(words messages) (first string) {
	for _, key := range slices.Sorted(maps.Keys(words)) {
		if _, ok := m[key]; !ok {
			m[key] = words[key]
			first = cmp.Or(first, key)
		}
	}
	return first
}

// read adds the words of a file, a flat map of texts, to m.
func (m messages) read(src []byte, name string) diag.List {
	root, problems := strictyaml.Parse(src, templatesFolder+name, 1)
	if root == nil {
		return problems
	}
	for _, e := range root.Entries {
		if e.Value.Kind != strictyaml.Scalar {
			problems = append(problems, diag.New(e.Value.Pos, "template/words", e.Key))
			continue
		}
		m[e.Key] = e.Value.Text
	}
	return problems
}

// text returns the text of key with its arguments in place of {0}, {1} …
func (m messages) text(key string, args ...any) (string, error) {
	filled := make([]string, len(args))
	for i, a := range args {
		if err := compiler.HasText(a); err != nil {
			return "", err
		}
		filled[i] = fmt.Sprint(a)
	}
	return m.filled(key, filled...)
}

// filled is text for arguments that are texts.
func (m messages) filled(key string, args ...string) (string, error) {
	text, ok := m[key]
	if !ok {
		return "", fmt.Errorf("no text %q", key)
	}
	return language.Fill(text, args...), nil
}

// text returns a text as the function t of templates gives it: dates among its
// arguments are written as pages show them.
func (t *Templates) text(key string, args ...any) (string, error) {
	for i, a := range args {
		if d, ok := a.(vietnamese.Date); ok {
			args[i] = t.dates.text(d)
		}
	}
	return t.messages.text(key, args...)
}
