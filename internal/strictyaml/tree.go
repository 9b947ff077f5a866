package strictyaml

import (
	"slices"
	"strconv"
	"strings"

	"bantin/internal/lazyregexp"
	"bantin/internal/vietnamese"
	"go.yaml.in/yaml/v3"
)

// maxDepth is how deep lists and maps may nest.
const maxDepth = 20

// slot is where a value stands: after key, or as an item of key's list.
type slot struct {
	key    string
	item   bool
	flow   bool // between brackets
	indent int  // column of the block key whose line holds the value
	depth  int
}

// corrected is the corrected line: value in its slot.
func (s slot) corrected(value string) string {
	switch {
	case s.item && s.flow:
		return value
	case s.item:
		return "- " + value
	case s.key == "":
		return value
	}
	return s.key + ": " + value
}

// node turns the library's node n into ours and reports what editors may not
// use in it.
func (b *block) node(n *yaml.Node, at slot) *Node {
	node := &Node{Pos: b.pos(n.Line, n.Column)}
	if at.depth > maxDepth {
		b.report(node.Pos, "yaml-deep", strconv.Itoa(maxDepth))
		return node
	}
	switch n.Kind {
	case yaml.AliasNode:
		node.Kind = Scalar
		node.Text = "*" + n.Value
		b.report(node.Pos, "yaml-alias", node.Text)
	case yaml.SequenceNode:
		b.checkMarks(n)
		node.Kind, node.Flow = List, n.Style&yaml.FlowStyle != 0
		node.Items = b.items(n, at)
	case yaml.MappingNode:
		b.checkMarks(n)
		node.Kind, node.Flow = Map, n.Style&yaml.FlowStyle != 0
		node.Entries = b.entries(n, at)
	case yaml.ScalarNode:
		node.Quoted = n.Style&^yaml.TaggedStyle != 0
		if !isNull(n) {
			node.Kind = Scalar
			node.Text = vietnamese.NFC(n.Value)
			if n.Style == 0 && !strings.Contains(b.lines[n.Line-1], n.Value) {
				node.Lines = b.linesOf(n)
			}
		}
		b.checkScalar(n, node, at)
	}
	return node
}

// linesOf returns the lines on which the unquoted scalar n was typed.
func (b *block) linesOf(n *yaml.Node) []string {
	lines := []string{strings.TrimSpace(b.rest(n.Line, n.Column))}
	for _, line := range b.lines[n.Line:] {
		if len(strings.Join(lines, " ")) >= len(n.Value) {
			break
		}
		lines = append(lines, strings.TrimSpace(line))
	}
	return lines
}

// isNull tells whether n is what YAML authors write for "nothing".
func isNull(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Style == 0 &&
		(n.Value == "" || n.Value == "~" || n.Value == "null")
}

func (b *block) items(n *yaml.Node, at slot) []*Node {
	at.item, at.flow = true, n.Style&yaml.FlowStyle != 0
	at.depth++
	items := make([]*Node, len(n.Content))
	for i, item := range n.Content {
		items[i] = b.node(item, at)
		if isNull(item) && item.Value == "" && b.hasHash {
			b.mendHidden(item.Line, b.rest(item.Line, item.Column), items[i], at)
		}
	}
	return items
}

func (b *block) entries(n *yaml.Node, at slot) []Entry {
	flow := n.Style&yaml.FlowStyle != 0
	entries := make([]Entry, 0, len(n.Content)/2)
	lineOf := make(map[string]int, len(n.Content)/2)
	var lost lostColons
	outer := at
	at.item, at.flow = false, flow
	at.depth++
	for i := 0; i < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		if !b.checkKey(k) {
			continue
		}
		if flow && isPlainNode(k) && isNull(v) {
			if key, text, found := keyWithoutColon(k.Value); found {
				lost.report(b, n, k, outer, key, text)
				k.Value, v.Value, v.Style = key, strings.Trim(text, `"'“”`), yaml.LiteralStyle // a text of which nothing else is told
				v.Line, v.Column = k.Line, k.Column
			}
		}
		e := Entry{Key: vietnamese.NFC(k.Value), Pos: b.pos(k.Line, k.Column)}
		if flow && isNull(v) {
			e.Key = strings.TrimSuffix(e.Key, ":") // {location:} is a key with no value
		}
		if line, twice := lineOf[e.Key]; twice {
			if outer.item && !flow && e.Key == entries[0].Key && k.Column > len("- ") { // the next item, without its dash
				b.report(e.Pos, "yaml-line/item", strings.Repeat(" ", k.Column-1-len("- "))+"- "+strings.TrimSpace(b.lines[k.Line-1]))
				break
			}
			b.report(e.Pos, "duplicate-key", e.Key, strconv.Itoa(line))
			continue
		}
		lineOf[e.Key] = e.Pos.Line
		at.key = e.Key
		if !flow {
			at.indent = k.Column
		}
		e.Value = b.node(v, at)
		switch {
		case e.Value.Kind == Null && v.Kind == yaml.ScalarNode:
			e.Value.Pos = e.Pos
			if v.Value == "" && b.hasHash && !flow {
				b.mendHidden(k.Line, strings.TrimPrefix(b.afterPlain(k), ":"), e.Value, at)
			}
		case flow && isPlainNode(v):
			i += b.joinBareKeys(n.Content[i+2:], e.Value, at)
		}
		entries = append(entries, e)
	}
	return entries
}

// joinBareKeys mends {alt: Đại diện, hai bên}, in which YAML takes "hai bên"
// for a key: it gives the text back to value, reports the comma, and returns
// how many nodes of content it took.
func (b *block) joinBareKeys(content []*yaml.Node, value *Node, at slot) (taken int) {
	for taken < len(content) && isPlainNode(content[taken]) && isNull(content[taken+1]) &&
		!beginsWithKey(content[taken].Value) &&
		!strings.HasPrefix(strings.TrimLeft(b.afterPlain(content[taken]), " "), ":") {
		value.Text += ", " + vietnamese.NFC(content[taken].Value)
		taken += 2
	}
	if taken > 0 {
		b.reportKey(value.Pos, "yaml-comma", at.key, at.corrected(Quote(value.Text)))
	}
	return taken
}

// beginsWithKey tells a key without a value, and one that lacks only the space
// behind its colon, or the colon.
func beginsWithKey(text string) bool {
	if _, _, lost := keyWithoutColon(text); lost {
		return true
	}
	key, _, found := strings.Cut(text, ":")
	return found && isWord(key)
}

// colonLost is a key in braces without a colon behind it, or with another sign.
var colonLost = lazyregexp.New(`^([a-z_]+)(?:\s*[=：]\s*|\s+)(\S.*)$`)

// keyWithoutColon finds the key at the start of a text in braces, and its value.
func keyWithoutColon(text string) (key, value string, found bool) {
	parts := colonLost().FindStringSubmatch(text)
	if parts == nil || !slices.Contains(keysOnOneLine, parts[1]) {
		return "", "", false
	}
	return parts[1], parts[2], true
}

// lostColons is what is told of the keys in one pair of braces that lack their colons.
type lostColons struct {
	line    string // from the opening brace, as it should be; "" as long as nothing is told
	problem int    // its index
}

// report reports that key lacks its colon in the braces of n, where k is the text of the
// key and its value, text. Of several such keys the first is told, with a line that mends all.
func (l *lostColons) report(b *block, n, k *yaml.Node, at slot, key, text string) {
	mended := key + ": " + asTyped(text)
	if l.line != "" {
		l.line = strings.Replace(l.line, k.Value, mended, 1)
		args := b.problems[l.problem].Args
		args[len(args)-1] = at.corrected(l.line)
		return
	}
	l.problem = len(b.problems)
	if line := b.rest(n.Line, n.Column); strings.Contains(line, k.Value) {
		l.line = strings.TrimRight(strings.Replace(line, k.Value, mended, 1), " \t")
		mended = at.corrected(l.line)
	}
	b.reportKey(b.pos(n.Line, n.Column), "yaml-colon/lost", at.key, key, mended)
}

// isPlainNode tells whether n is a text without quotes.
func isPlainNode(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Style == 0 && n.Value != ""
}

// afterPlain returns the rest of the line on which the unquoted scalar n ends.
func (b *block) afterPlain(n *yaml.Node) string {
	line, rest := n.Line, b.rest(n.Line, n.Column)
	for _, word := range strings.Fields(n.Value) {
		rest = strings.TrimLeft(rest, " \t")
		for rest == "" && line < len(b.lines) {
			line++
			rest = strings.TrimLeft(b.rest(line, 1), " \t")
		}
		rest = strings.TrimPrefix(rest, word)
	}
	return rest
}
