// Package strictyaml reads the part of YAML that editors may use, in site.yaml
// and in the front matter of articles.
//
// It owns two things: the tree of a block, in which every scalar is the text
// that was typed (012, no and 15/KH stay as they are) and every node knows its
// place; and the tables of keys by which such a tree becomes a Go value. It
// does not know what any key means.
//
// What YAML would read otherwise than an editor means it (an alias, a second
// document, a comment that cuts a title short) is a located problem, never a
// silent change; nothing of the YAML library's English reaches the editor.
package strictyaml

import (
	"strings"

	"bantin/internal/diag"
)

// Kind tells the kinds of nodes apart.
type Kind uint8

const (
	Null   Kind = iota // nothing after the colon, or an unquoted null or ~
	Scalar             // a text
	List
	Map
)

// Node is one value of a block.
type Node struct {
	Kind Kind
	// Text is the text of a Scalar, in NFC.
	Text string
	// Quoted tells that a Scalar stood in quotes, or below | or >.
	Quoted bool
	// Lines are those of an unquoted Scalar that was typed on several, which YAML joins by
	// spaces; nil for any other.
	Lines []string
	// Flow tells that a List or Map stood in brackets.
	Flow bool
	// Pos is the place of the value's first character; of a Null, that of its
	// key or dash.
	Pos     diag.Pos
	Entries []Entry // of a Map, in file order
	Items   []*Node // of a List
}

// Entry is a key of a Map with its value.
type Entry struct {
	Key   string // in NFC
	Pos   diag.Pos
	Value *Node
}

// isBlank tells a text that holds nothing but spaces.
func (n *Node) isBlank() bool { return n.Kind == Scalar && strings.TrimSpace(n.Text) == "" }

// Get returns the value that the map n has for key, or nil.
func (n *Node) Get(key string) *Node {
	for i := range n.Entries {
		if n.Entries[i].Key == key {
			return n.Entries[i].Value
		}
	}
	return nil
}
