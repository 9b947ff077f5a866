package article

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/BurntSushi/toml"

	"bantin/internal/diag"
	"bantin/internal/strictyaml"
)

// otherFormat refuses front matter in another format; its hint is the same in
// YAML, ready to paste, if the block can be read at all.
func otherFormat(pos diag.Pos, format string, toYAML func([]byte) (string, error), data []byte) *diag.Problem {
	text, err := toYAML(data)
	if err != nil {
		return problem(pos, "front-matter/unreadable", format)
	}
	return problem(pos, "front-matter/other-format", format, "---\n"+text+"---")
}

// yamlOfJSON writes the JSON object at the head of data as YAML.
func yamlOfJSON(data []byte) (string, error) {
	var object json.RawMessage
	if err := json.NewDecoder(bytes.NewReader(data)).Decode(&object); err != nil {
		return "", err
	}
	n, err := ReadData(object, ".json") // JSON is YAML; read as such, it keeps the order of its keys
	if err != nil {
		return "", err
	}
	return string(strictyaml.Format(n)), nil
}

// holdsTexts tells whether a list is of texts alone, which fit into brackets.
func holdsTexts(list *strictyaml.Node) bool {
	return !slices.ContainsFunc(list.Items, func(item *strictyaml.Node) bool { return item.Kind != strictyaml.Scalar })
}

// yamlOfTOML writes a TOML document as YAML, keys in the order of the file.
func yamlOfTOML(data []byte) (string, error) {
	n, err := ReadData(data, ".toml")
	if err != nil {
		return "", err
	}
	return string(strictyaml.Format(n)), nil
}

// nodeOfTOML takes over a TOML value that stands at the key at.
func nodeOfTOML(value any, at toml.Key, order map[string]int) *strictyaml.Node {
	switch v := value.(type) {
	case map[string]any:
		keys := make([]toml.Key, 0, len(v))
		for key := range v {
			keys = append(keys, append(slices.Clip(at), key))
		}
		slices.SortFunc(keys, func(a, b toml.Key) int { return order[a.String()] - order[b.String()] })
		m := &strictyaml.Node{Kind: strictyaml.Map}
		for _, key := range keys {
			last := key[len(key)-1]
			m.Set(last, nodeOfTOML(v[last], key, order))
		}
		return m
	case []map[string]any:
		list := &strictyaml.Node{Kind: strictyaml.List}
		for _, item := range v {
			list.Items = append(list.Items, nodeOfTOML(item, at, order))
		}
		return list
	case []any:
		list := &strictyaml.Node{Kind: strictyaml.List, Flow: true}
		for _, item := range v {
			list.Items = append(list.Items, nodeOfTOML(item, at, order))
		}
		return list
	case time.Time:
		return strictyaml.Text(tomlTime(v))
	default:
		return strictyaml.Text(fmt.Sprint(v))
	}
}

// tomlTime writes t as it was typed: the decoder marks a time without a zone,
// a day and an hour by the name of their location.
func tomlTime(t time.Time) string {
	switch t.Location().String() {
	case "datetime-local":
		return t.Format("2006-01-02 15:04:05")
	case "date-local":
		return t.Format(time.DateOnly)
	case "time-local":
		return t.Format(time.TimeOnly)
	}
	return t.Format(time.RFC3339)
}
