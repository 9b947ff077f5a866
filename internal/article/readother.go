package article

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"

	"github.com/BurntSushi/toml"
	"go.yaml.in/yaml/v3"

	"bantin/internal/lazyregexp"
	"bantin/internal/strictyaml"
)

var (
	frontFence = lazyregexp.New(`(?m)^(---|\+\+\+)[ \t]*\r?$`)
	// unquoted is a value with a colon, which YAML refuses and people type.
	unquoted = lazyregexp.New(`(?m)^([ \t]*(?:- )?[\w-]+:[ \t]+)([^\s"'\[{|>#&*!].*:[ \t].*?)[ \t]*\r?$`)
)

// errUnclosed says that a block has no end.
var errUnclosed = errors.New("the front matter is not closed")

// ReadOther reads the file of another generator: its front matter in YAML,
// TOML or JSON, as a map whose scalars are texts as they were typed, and the text
// behind it. A file without front matter gives an empty map. It is for those who
// write articles of what they read: what Parse would refuse passes here.
func ReadOther(src []byte) (front *strictyaml.Node, text []byte, err error) {
	src = bytes.TrimPrefix(src, []byte("\xef\xbb\xbf"))
	trimmed := bytes.TrimLeft(src, " \t\r\n")
	if len(trimmed) > 0 && trimmed[0] == '{' && !bytes.HasPrefix(trimmed, []byte("{{")) && !bytes.HasPrefix(trimmed, []byte("{%")) {
		d := json.NewDecoder(bytes.NewReader(trimmed))
		var object json.RawMessage
		if err := d.Decode(&object); err != nil {
			return nil, nil, fmt.Errorf("read JSON front matter: %w", err)
		}
		n, err := ReadData(object, ".json")
		return n, trimmed[d.InputOffset():], err
	}
	m := frontFence().FindSubmatchIndex(trimmed)
	if m == nil || m[0] != 0 {
		return &strictyaml.Node{Kind: strictyaml.Map}, src, nil
	}
	kind := string(trimmed[m[2]:m[3]])
	end := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(kind) + `[ \t]*\r?$`).FindIndex(trimmed[m[1]:])
	if end == nil {
		return nil, nil, errUnclosed
	}
	block, text := trimmed[m[1]:m[1]+end[0]], trimmed[m[1]+end[1]:]
	if kind == "+++" {
		front, err = ReadData(block, ".toml")
	} else {
		front, err = ReadData(block, ".yaml")
	}
	return front, text, err
}

// maxNodes is how many values a file of another generator may have: aliases of
// YAML can make a few lines of it billions.
const maxNodes = 100_000

// ReadData reads a data file by the extension of its name: .yaml, .yml, .toml or
// .json, as ReadOther reads front matter.
func ReadData(src []byte, ext string) (*strictyaml.Node, error) {
	if ext == ".toml" {
		var doc map[string]any
		meta, err := toml.Decode(string(src), &doc)
		if err != nil {
			return nil, fmt.Errorf("read TOML: %w", err)
		}
		order := map[string]int{}
		for i, key := range meta.Keys() {
			if _, seen := order[key.String()]; !seen {
				order[key.String()] = i
			}
		}
		return nodeOfTOML(doc, nil, order), nil
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(src, &doc); err != nil {
		mended := unquoted().ReplaceAllFunc(src, func(line []byte) []byte {
			m := unquoted().FindSubmatch(line)
			return slices.Concat(m[1], []byte(strictyaml.Quote(string(m[2]))))
		})
		if yaml.Unmarshal(mended, &doc) != nil {
			return nil, fmt.Errorf("read YAML: %w", err)
		}
	}
	if len(doc.Content) == 0 {
		return &strictyaml.Node{Kind: strictyaml.Map}, nil
	}
	left := maxNodes
	n := nodeOfYAML(doc.Content[0], &left, 0)
	if left <= 0 {
		return nil, errors.New("read YAML: too many values")
	}
	return n, nil
}

// nodeOfYAML takes over a YAML value; left counts what may still come.
func nodeOfYAML(n *yaml.Node, left *int, depth int) *strictyaml.Node {
	if *left--; *left <= 0 || depth > 20 {
		return &strictyaml.Node{}
	}
	switch n.Kind {
	case yaml.AliasNode:
		return nodeOfYAML(n.Alias, left, depth+1)
	case yaml.MappingNode:
		m := &strictyaml.Node{Kind: strictyaml.Map}
		for i := 0; i+1 < len(n.Content); i += 2 {
			m.Set(n.Content[i].Value, nodeOfYAML(n.Content[i+1], left, depth+1))
		}
		return m
	case yaml.SequenceNode:
		list := &strictyaml.Node{Kind: strictyaml.List}
		for _, item := range n.Content {
			list.Items = append(list.Items, nodeOfYAML(item, left, depth+1))
		}
		list.Flow = holdsTexts(list)
		return list
	}
	if n.Tag == "!!null" {
		return &strictyaml.Node{}
	}
	return strictyaml.Text(n.Value)
}
