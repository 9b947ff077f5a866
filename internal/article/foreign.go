package article

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
	"go.yaml.in/yaml/v3"

	"bantin/internal/diag"
)

// foreign refuses front matter in another format; its hint is the same in
// YAML, ready to paste, if the block can be read at all.
func foreign(pos diag.Pos, format string, toYAML func([]byte) (string, error), data []byte) *diag.Problem {
	text, err := toYAML(data)
	if err != nil {
		return problem(pos, "front-matter/unreadable", format)
	}
	return problem(pos, "front-matter/foreign", format, "---\n"+text+"---")
}

// yamlOfJSON writes the JSON object at the head of data as YAML.
func yamlOfJSON(data []byte) (string, error) {
	var object json.RawMessage
	if err := json.NewDecoder(bytes.NewReader(data)).Decode(&object); err != nil {
		return "", err
	}
	// JSON is YAML; read as such, it keeps the order of its keys.
	var doc yaml.Node
	if err := yaml.Unmarshal(object, &doc); err != nil {
		return "", err
	}
	restyle(&doc)
	return encode(&doc)
}

// restyle turns JSON's braces and quotes into an editor's lines.
func restyle(n *yaml.Node) {
	if n.Kind == yaml.ScalarNode && n.Tag != "!!null" {
		*n = *scalarNode(n.Value)
	}
	n.Style &= yaml.DoubleQuotedStyle
	for _, child := range n.Content {
		restyle(child)
	}
}

// yamlOfTOML writes a TOML document as YAML, keys in the order of the file.
func yamlOfTOML(data []byte) (string, error) {
	var doc map[string]any
	meta, err := toml.Decode(string(data), &doc)
	if err != nil {
		return "", err
	}
	order := map[string]int{}
	for i, key := range meta.Keys() {
		if _, seen := order[key.String()]; !seen {
			order[key.String()] = i
		}
	}
	return encode(nodeOfTOML(doc, nil, order))
}

// nodeOfTOML makes the YAML of a TOML value that stands at the key at.
func nodeOfTOML(value any, at toml.Key, order map[string]int) *yaml.Node {
	switch v := value.(type) {
	case map[string]any:
		n := &yaml.Node{Kind: yaml.MappingNode}
		keys := make([]toml.Key, 0, len(v))
		for key := range v {
			keys = append(keys, append(slices.Clip(at), key))
		}
		slices.SortFunc(keys, func(a, b toml.Key) int { return order[a.String()] - order[b.String()] })
		for _, key := range keys {
			last := key[len(key)-1]
			n.Content = append(n.Content, scalarNode(last), nodeOfTOML(v[last], key, order))
		}
		return n
	case []map[string]any:
		n := &yaml.Node{Kind: yaml.SequenceNode}
		for _, item := range v {
			n.Content = append(n.Content, nodeOfTOML(item, at, order))
		}
		return n
	case []any:
		n := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
		for _, item := range v {
			n.Content = append(n.Content, nodeOfTOML(item, at, order))
		}
		return n
	case string:
		return scalarNode(v)
	case time.Time:
		return &yaml.Node{Kind: yaml.ScalarNode, Value: tomlTime(v)}
	default:
		return &yaml.Node{Kind: yaml.ScalarNode, Value: fmt.Sprint(v)}
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

// scalarNode returns s as an editor would type it: no more quotes than it
// takes, of one kind.
func scalarNode(s string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Value: s}
	if !strings.Contains(s, "\n") && flowText(s) != s {
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}

func encode(n *yaml.Node) (string, error) {
	var out strings.Builder
	enc := yaml.NewEncoder(&out)
	enc.SetIndent(2)
	if err := enc.Encode(n); err != nil {
		return "", err
	}
	return out.String(), enc.Close()
}
