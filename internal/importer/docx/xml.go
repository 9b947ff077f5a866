package docx

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// node is an element of a part of a document, names without their spaces.
type node struct {
	name     string
	attrs    map[string]string
	text     string
	children []*node
}

// What a part may hold: more than any letter or report, little enough for a small
// machine.
const (
	maxPart  = 64 << 20 // bytes
	maxNodes = 3_000_000
	maxDepth = 200
)

var errTooLarge = errors.New("larger than any document")

// parse reads a part.
func parse(r io.Reader) (*node, error) {
	limit := &io.LimitedReader{R: r, N: maxPart}
	d := xml.NewDecoder(limit)
	d.Strict = false
	root := &node{}
	open := []*node{root}
	texts := [maxDepth + 2][]byte{} // of those that are open
	count := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return root, nil
		}
		if err != nil {
			if limit.N <= 0 {
				return nil, errTooLarge
			}
			return nil, err
		}
		top := open[len(open)-1]
		switch t := token.(type) {
		case xml.StartElement:
			if count++; count > maxNodes || len(open) > maxDepth {
				return nil, errTooLarge
			}
			n := &node{name: t.Name.Local}
			for _, a := range t.Attr {
				if n.attrs == nil {
					n.attrs = map[string]string{}
				}
				if a.Name.Local == "id" && strings.Contains(a.Name.Space, "relationships") {
					n.attrs["r:id"] = a.Value
					continue
				}
				n.attrs[a.Name.Local] = a.Value
			}
			top.children = append(top.children, n)
			open = append(open, n)
		case xml.EndElement:
			if last := len(open) - 1; last > 0 {
				top.text, texts[last] = string(texts[last]), texts[last][:0]
				open = open[:last]
			}
		case xml.CharData:
			if top.name == "t" || top.name == "instrText" {
				texts[len(open)-1] = append(texts[len(open)-1], t...)
			}
		}
	}
}

// find returns the first element of a name below n, n itself left out.
func (n *node) find(name string) *node {
	if n == nil {
		return nil
	}
	for _, c := range n.children {
		if c.name == name {
			return c
		}
		if found := c.find(name); found != nil {
			return found
		}
	}
	return nil
}

// child returns the first child of a name.
func (n *node) child(name string) *node {
	if n != nil {
		for _, c := range n.children {
			if c.name == name {
				return c
			}
		}
	}
	return nil
}

// within returns the children of a name, those in controls and changes around them too.
func (n *node) within(name string) (list []*node) {
	for _, c := range n.children {
		switch c.name {
		case name:
			list = append(list, c)
		case "sdt", "sdtContent", "customXml", "ins":
			list = append(list, c.within(name)...)
		}
	}
	return list
}

// paragraphs returns the paragraphs below n, those of tables too.
func (n *node) paragraphs() (list []*node) {
	for _, c := range n.children {
		switch c.name {
		case "p":
			list = append(list, c)
		case "del", "moveFrom":
		default:
			list = append(list, c.paragraphs()...)
		}
	}
	return list
}

// words returns the words below n.
func (n *node) words() string {
	var b strings.Builder
	var visit func(n *node)
	visit = func(n *node) {
		switch n.name {
		case "t":
			b.WriteString(n.text)
		case "tab", "br", "p":
			b.WriteByte(' ')
		}
		for _, c := range n.children {
			visit(c)
		}
	}
	visit(n)
	return b.String()
}

// alternative returns what is shown of contents that programs choose from.
func (n *node) alternative() *node {
	for _, name := range []string{"Choice", "Fallback"} {
		if c := n.child(name); c != nil && len(c.children) > 0 {
			return c
		}
	}
	return &node{}
}

// val returns the attribute val of a child.
func (n *node) val(name string) string {
	if c := n.child(name); c != nil {
		return c.attrs["val"]
	}
	return ""
}

// on tells whether a child that switches something on is there and not off.
func (n *node) on(name string) bool {
	c := n.child(name)
	if c == nil {
		return false
	}
	switch c.attrs["val"] {
	case "0", "false", "off", "none":
		return false
	}
	return true
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}
