package importer

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// This file changes trees of HTML; what they mean is the affair of others.

// Attribute returns the value of an attribute, "" for none.
func Attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Namespace == "" && a.Key == name {
			return a.Val
		}
	}
	return ""
}

// SetAttribute gives an attribute a value.
func SetAttribute(n *html.Node, name, value string) {
	for i := range n.Attr {
		if n.Attr[i].Key == name {
			n.Attr[i].Val = value
			return
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: name, Val: value})
}

// Element returns an element with its children.
func Element(a atom.Atom, children ...*html.Node) *html.Node {
	n := &html.Node{Type: html.ElementNode, Data: a.String(), DataAtom: a}
	for _, child := range children {
		n.AppendChild(child)
	}
	return n
}

// TextNode returns words.
func TextNode(s string) *html.Node { return &html.Node{Type: html.TextNode, Data: s} }

// all returns the nodes below root, parents before children.
func all(root *html.Node) []*html.Node {
	var list []*html.Node
	for n := range root.Descendants() {
		list = append(list, n)
	}
	return list
}

func remove(n *html.Node) {
	if n.Parent != nil {
		n.Parent.RemoveChild(n)
	}
}

// unwrap puts the children of n in its place.
func unwrap(n *html.Node) {
	if n.Parent == nil {
		return
	}
	for n.FirstChild != nil {
		child := n.FirstChild
		n.RemoveChild(child)
		n.Parent.InsertBefore(child, n)
	}
	n.Parent.RemoveChild(n)
}

// MoveChildren makes the children of one element the last ones of another.
func MoveChildren(from, to *html.Node) {
	for from.FirstChild != nil {
		child := from.FirstChild
		from.RemoveChild(child)
		to.AppendChild(child)
	}
}

// wrapChildren puts an element around all that n holds.
func wrapChildren(n *html.Node, a atom.Atom) {
	inner := Element(a)
	MoveChildren(n, inner)
	n.AppendChild(inner)
}

// rename makes n another element, without its attributes but those named.
func rename(n *html.Node, a atom.Atom, kept ...string) {
	n.Data, n.DataAtom = a.String(), a
	n.Attr = slices.DeleteFunc(n.Attr, func(at html.Attribute) bool { return !slices.Contains(kept, at.Key) })
}

// TextOf returns what a reader sees of n, in one line.
func TextOf(n *html.Node) string {
	var b strings.Builder
	var visit func(*html.Node)
	visit = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
		case n.Type == html.ElementNode && (n.DataAtom == atom.Script || n.DataAtom == atom.Style):
			return
		case n.Type == html.ElementNode && (isBlock(n) || n.DataAtom == atom.Br):
			b.WriteByte(' ')
			defer b.WriteByte(' ')
		}
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			visit(child)
		}
	}
	visit(n)
	return oneLine(b.String())
}

// Clone returns a copy of a tree.
func Clone(n *html.Node) *html.Node {
	c := &html.Node{Type: n.Type, Data: n.Data, DataAtom: n.DataAtom, Namespace: n.Namespace, Attr: slices.Clone(n.Attr)}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		c.AppendChild(Clone(child))
	}
	return c
}

func hasAttribute(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// inside tells whether n stands in an element of a kind.
func inside(n *html.Node, a atom.Atom) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.DataAtom == a {
			return true
		}
	}
	return false
}

// images returns the pictures in n.
func images(n *html.Node) (list []*html.Node) {
	for d := range n.Descendants() {
		if d.DataAtom == atom.Img {
			list = append(list, d)
		}
	}
	return list
}

// mergeTexts makes one text of texts that stand side by side. The converter would copy
// what it has at each of them.
func mergeTexts(root *html.Node) {
	for n := range root.Descendants() {
		next := n.NextSibling
		if n.Type != html.TextNode || next == nil || next.Type != html.TextNode {
			continue
		}
		var b strings.Builder
		b.WriteString(n.Data)
		for ; next != nil && next.Type == html.TextNode; next = n.NextSibling {
			b.WriteString(next.Data)
			remove(next)
		}
		n.Data = b.String()
	}
}

// WithoutSpaces returns a text without its white space.
func WithoutSpaces(text string) string { return strings.Join(strings.Fields(text), "") }
