package strictyaml

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
)

// snippet is a text that VS Code offers (User-defined snippets, in its
// documentation).
type snippet struct {
	Scope       string   `json:"scope"`
	Prefix      string   `json:"prefix"`
	Body        []string `json:"body"`
	Description string   `json:"description"`
}

// Snippets returns a file of snippets for VS Code that completes the keys in
// Markdown, where no schema reaches, with their descriptions in the language
// lang.
func Snippets(keys []Key, lang string) ([]byte, error) {
	all := map[string]snippet{}
	for _, k := range keys {
		all[k.Name] = snippet{"markdown", k.Name, k.body(), k.About(lang)}
	}
	return json.MarshalIndent(all, "", "  ")
}

// body is what the snippet of a key types: the key with an example, or with
// the keys that its block can't do without.
func (k Key) body() []string {
	if k.Type != TypeBlock && k.Type != TypeList || k.Keys == nil {
		return []string{k.Name + ": " + k.placeholder(1)}
	}
	body, lead := []string{k.Name + ":"}, "  "
	if k.Type == TypeList {
		lead = "  - "
	}
	for _, child := range k.Keys {
		if child.Required {
			body = append(body, lead+child.Name+": "+child.placeholder(len(body)))
			lead = strings.Repeat(" ", len(lead))
		}
	}
	return body
}

// placeholder is the place of the value, as the n-th that the editor fills in.
func (k Key) placeholder(n int) string {
	example := cmp.Or(k.Example, map[Type]string{TypeBool: "true", TypeDate: "11/03/2020", TypeList: "[]"}[k.Type])
	return fmt.Sprintf("${%d:%s}", n, strings.NewReplacer(`\`, `\\`, `$`, `\$`, `}`, `\}`).Replace(example))
}
