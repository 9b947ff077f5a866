package render

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"bantin/internal/diag"
	"bantin/internal/language"
	"bantin/internal/strictyaml"
	"bantin/internal/templatecompiler"
	"bantin/internal/vietnamese"
	"bantin/templates"
)

// messages are the words of the interface in one language, by key. A text with a
// number may have several forms: that for one stands by its key and ".one", the
// form for all other numbers by the key alone.
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
	if m["locale"] == "" {
		m["locale"] = language.Locale(code)
	}
	var missing []string
	for _, other := range language.Fallbacks(code) {
		words := wordsOf(files, other)
		if words == nil {
			continue
		}
		if !isVariant(code, other) && m["language-name"] == "" {
			m["language-name"] = code // never that of another language
		}
		if added := m.complete(words); !isVariant(code, other) {
			missing = append(missing, added...)
		}
	}
	if len(missing) > 0 {
		problems = append(problems, diag.New(templatePos(name, 0), "words-missing", strconv.Itoa(len(missing)), missing[0], code))
	}
	return m, problems
}

// isVariant tells whether a language is another one as a country has it, so that
// it has the same words: en-GB and en, but not zh-Hant and zh, which are written
// in two scripts.
func isVariant(code, other string) bool {
	rest, ok := strings.CutPrefix(code, other+"-")
	return ok && len(rest) < len("Hant")
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

// complete adds the words that m lacks, each with all its forms, and returns their
// keys in order.
func (m messages) complete(words messages) []string {
	var added []string
	for _, key := range slices.Sorted(maps.Keys(words)) {
		if _, ok := m[key]; ok || strings.Contains(key, ".") {
			continue
		}
		m.set(key, words[key])
		for _, form := range language.PluralForms() {
			if text, ok := words[key+"."+form]; ok {
				m[key+"."+form] = text
			}
		}
		added = append(added, key)
	}
	return added
}

// set gives a text one form alone.
func (m messages) set(key, text string) {
	for _, form := range language.PluralForms() {
		delete(m, key+"."+form)
	}
	m[key] = text
}

// read adds the words of a file to m: a map of texts, or of the forms of one.
func (m messages) read(src []byte, name string) diag.List {
	root, problems := strictyaml.Parse(src, templatesFolder+name, 1)
	if root == nil {
		return problems
	}
	for _, e := range root.Entries {
		switch other := e.Value.Get(language.Other); {
		case e.Value.Kind == strictyaml.Scalar:
			m.set(e.Key, e.Value.Text)
		case other != nil && other.Kind == strictyaml.Scalar:
			m.set(e.Key, other.Text)
			problems = append(problems, m.readForms(e.Key, e.Value.Entries)...)
		case e.Value.Kind == strictyaml.Map:
			problems = append(problems, diag.New(e.Value.Pos, "template/forms", e.Key))
		default:
			problems = append(problems, diag.New(e.Value.Pos, "template/words", e.Key))
		}
	}
	return problems
}

// readForms adds the forms of a text, but for that of all other numbers.
func (m messages) readForms(key string, forms []strictyaml.Entry) (problems diag.List) {
	for _, form := range forms {
		switch {
		case !slices.Contains(language.PluralForms(), form.Key):
			problems = append(problems, diag.New(form.Pos, "template/form", form.Key, strings.Join(language.PluralForms(), ", ")))
		case form.Value.Kind != strictyaml.Scalar:
			problems = append(problems, diag.New(form.Value.Pos, "template/words", form.Key))
		case form.Key != language.Other:
			m[key+"."+form.Key] = form.Value.Text
		}
	}
	return problems
}

// plural returns the text of key in the form for a number, which stands in place
// of {0}.
func (t *Templates) plural(key string, n int) (string, error) {
	if form := key + "." + language.PluralForm(t.language, n); t.messages[form] != "" {
		key = form
	}
	return t.messages.filled(key, t.figures.Number(n))
}

// appendForms appends a data attribute for each form of a text but the common one:
// data-found-one.
func (t *Templates) appendForms(dst []byte, attribute, key *string) []byte {
	for _, form := range language.PluralForms() {
		if text, ok := t.messages[*key+"."+form]; ok {
			dst = appendAttribute(append(dst, ' '), "data-"+*attribute+"-"+form, text)
		}
	}
	return dst
}

// figures returns the marks of numbers in the language.
func (m messages) figures() language.Figures {
	return language.Figures{Group: m["number-group"], Point: m["number-point"]}
}

// text returns the text of key with its arguments in place of {0}, {1} …
func (m messages) text(key string, args ...any) (string, error) {
	filled := make([]string, len(args))
	for i, a := range args {
		if err := templatecompiler.HasText(a); err != nil {
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
