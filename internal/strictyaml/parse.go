package strictyaml

import (
	"errors"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"

	"bantin/internal/diag"
)

// Parse reads the block src, whose first line is line firstLine of file. It
// returns the tree, whose root is a Map, and what is wrong with it; the tree
// is nil when src could not be read at all. An empty block is an empty Map.
// How large src may be is up to the caller.
func Parse(src []byte, file string, firstLine int) (*Node, diag.List) {
	b := newBlock(src, file, firstLine)
	b.forbidCharacters()
	if b.problems != nil {
		return nil, b.problems
	}
	if root, ok := b.simple(); ok {
		return root, nil
	}
	return b.parse()
}

// parse reads a block by the YAML library.
func (b *block) parse() (*Node, diag.List) {
	root, err := readDocument(b.text)
	switch {
	case err != nil, b.hasLostHead():
		return nil, b.explain()
	case root == nil || isNull(root):
		return &Node{Kind: Map, Pos: b.pos(1, 1)}, nil
	case root.Kind != yaml.MappingNode:
		return nil, b.explain()
	}
	node := b.node(root, slot{})
	if b.swallowed {
		return nil, b.problems
	}
	return node, b.problems
}

var errSeveralDocuments = errors.New("several documents")

// readDocument returns the root of the only document of text, or nil when
// there is none. Aliases stay aliases: nothing is expanded.
func readDocument(text string) (*yaml.Node, error) {
	decoder := yaml.NewDecoder(strings.NewReader(text))
	var doc, more yaml.Node
	switch err := decoder.Decode(&doc); {
	case err == io.EOF:
		return nil, nil
	case err != nil:
		return nil, err
	}
	switch err := decoder.Decode(&more); {
	case err == io.EOF:
		return doc.Content[0], nil
	case err != nil:
		return nil, err
	}
	return nil, errSeveralDocuments
}
