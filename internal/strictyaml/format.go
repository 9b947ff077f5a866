package strictyaml

import (
	"strings"

	"bantin/internal/vietnamese"
)

// Text returns the scalar of text, which Format quotes where it must be.
func Text(text string) *Node { return &Node{Kind: Scalar, Text: text} }

// Quoted returns the scalar of text, which Format writes in double quotes.
func Quoted(text string) *Node { return &Node{Kind: Scalar, Text: text, Quoted: true} }

// Texts returns the list of texts, in brackets.
func Texts(texts ...string) *Node {
	n := &Node{Kind: List, Flow: true}
	for _, text := range texts {
		n.Items = append(n.Items, Text(text))
	}
	return n
}

// Set gives key the value in the map n: in place of the one it has, else
// behind all others. It returns n, so that calls can follow one another.
func (n *Node) Set(key string, value *Node) *Node {
	n.Kind = Map
	for i := range n.Entries {
		if n.Entries[i].Key == key {
			n.Entries[i].Value = value
			return n
		}
	}
	n.Entries = append(n.Entries, Entry{Key: key, Value: value})
	return n
}

// Format writes the map n as lines that Parse reads back as n: the same keys
// in the same order, the same texts in NFC. Characters that no text may hold
// (control characters, broken UTF-8) are left out, as are places. Lists and
// maps with Flow stand in brackets, the others below their keys; only what
// needs quotes, or has Quoted, gets them.
//
// Keys must differ from one another and be neither blank nor longer than 1,000
// bytes; n must not nest deeper than Parse allows.
func Format(n *Node) []byte {
	var w writer
	w.entries(n.Entries, 0)
	return []byte(w.String())
}

// writer writes a tree as lines that end with a line feed.
type writer struct{ strings.Builder }

func (w *writer) indent(columns int) { w.WriteString(strings.Repeat(" ", columns)) }

func (w *writer) entries(entries []Entry, indent int) {
	for _, e := range entries {
		w.indent(indent)
		w.entry(e, indent)
	}
}

// entry writes a key, which stands in column indent, and its value.
func (w *writer) entry(e Entry, indent int) {
	w.WriteString(formatKey(e.Key) + ":")
	w.value(e.Value, indent)
}

// value writes what stands behind a key or a dash in column indent.
func (w *writer) value(n *Node, indent int) {
	if n == nil || n.Kind == Null {
		w.WriteByte('\n')
		return
	}
	if inline, ok := n.inline(); ok {
		w.WriteString(" " + inline + "\n")
		return
	}
	w.WriteByte('\n')
	if n.Kind == Map {
		w.entries(n.Entries, indent+2)
		return
	}
	w.items(n.Items, indent+2)
}

func (w *writer) items(items []*Node, indent int) {
	for _, item := range items {
		w.indent(indent)
		w.item(item, indent)
	}
}

// item writes an item whose dash stands in column indent.
func (w *writer) item(item *Node, indent int) {
	w.WriteByte('-')
	switch {
	case item.Kind == Null:
		w.WriteString(" null\n") // nothing behind a dash looks like a slip
	case item.Kind == Map && !item.isInline():
		w.WriteByte(' ')
		w.entry(item.Entries[0], indent+2)
		w.entries(item.Entries[1:], indent+2)
	default:
		w.value(item, indent)
	}
}

// isInline tells whether n is written on one line.
func (n *Node) isInline() bool {
	return n.Kind == Scalar || n.Kind == Null || n.Flow || len(n.Items)+len(n.Entries) == 0
}

// inline returns n as it stands on the line of its key, if it can.
func (n *Node) inline() (string, bool) {
	if n.Kind == Scalar {
		return n.scalar(isPlain), true
	}
	return n.flow(), n.isInline()
}

// scalar returns the text of n, in quotes if it must not, or need not, stand
// without.
func (n *Node) scalar(mayStandPlain func(string) bool) string {
	text := printable(n.Text)
	if n.Quoted || !mayStandPlain(text) {
		return Quote(text)
	}
	return text
}

// flow returns n as it stands in brackets.
func (n *Node) flow() string {
	switch n.Kind {
	case Scalar:
		return n.scalar(isPlainInFlow)
	case List:
		items := make([]string, len(n.Items))
		for i, item := range n.Items {
			items[i] = item.flow()
		}
		return "[" + strings.Join(items, ", ") + "]"
	case Map:
		entries := make([]string, len(n.Entries))
		for i, e := range n.Entries {
			entries[i] = formatKey(e.Key) + ": " + e.Value.flow()
		}
		return "{" + strings.Join(entries, ", ") + "}"
	}
	return "null"
}

// formatKey returns key as it stands before its colon.
func formatKey(key string) string {
	key = printable(key)
	if isPlainInFlow(key) && key != "<<" {
		return key
	}
	return Quote(key)
}

// PlainOrQuoted returns text as it stands behind a key: in quotes if it needs
// them.
func PlainOrQuoted(text string) string { return Text(text).scalar(isPlain) }

// FlowList returns texts as a list in brackets.
func FlowList(texts ...string) string { return Texts(texts...).flow() }

// FlowText returns text as it stands in brackets, in quotes if it needs them.
func FlowText(text string) string { return Text(text).flow() }

// printable returns text as Parse would return it, without what it would
// refuse.
func printable(text string) string {
	return vietnamese.NFC(strings.Map(func(r rune) rune {
		if isForbidden(r) && r != '\n' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "")))
}

// isPlain tells whether text means itself when it stands behind a key without
// quotes.
func isPlain(text string) bool {
	_, curly := inCurlyQuotes(text)
	switch {
	case text == "", text == "null", text == "~", curly,
		strings.TrimSpace(text) != text, strings.ContainsAny(text, "\n\t\ufeff"),
		strings.ContainsAny(text[:1], "\"'[{#"), startsSpecially(text), hasColon(text), cutComment(text) != text:
		return false
	}
	return true
}

// isPlainInFlow is isPlain between brackets, where ; and | may be meant as commas.
func isPlainInFlow(text string) bool {
	return isPlain(text) && !strings.ContainsAny(text, ",:#[]{}\"\\?;|") && !strings.Contains(text, " /") && text[0] != '-'
}
