package strictyaml

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"bantin/internal/vietnamese"
)

// simple reads the blocks that editors nearly always write: one line a key,
// with a plain text, a text in double quotes without escapes, or a [list] of
// plain texts. It is ten times as fast as a YAML library, and front matter is a
// good part of a build's work. At the first thing that could mean anything else
// it gives up, and the library reads the block; so it reports no problem, and
// what it reads is what the library would (a fuzz test holds that).
func (b *block) simple() (*Node, bool) {
	root := &Node{Kind: Map, Entries: make([]Entry, 0, len(b.lines))}
	for i, line := range b.lines {
		if line == "" {
			continue
		}
		key, rest, ok := strings.Cut(line, ": ")
		if !ok || !isSimpleKey(key) || root.Get(key) != nil {
			return nil, false
		}
		value, ok := b.simpleValue(i, strings.Trim(rest, " "))
		if !ok {
			return nil, false
		}
		root.Entries = append(root.Entries, Entry{Key: key, Pos: b.pos(i+1, 1), Value: value})
	}
	if len(root.Entries) == 0 {
		return nil, false
	}
	root.Pos = root.Entries[0].Pos
	return root, true
}

func isSimpleKey(key string) bool {
	for i := range len(key) {
		if c := key[i]; c != '_' && (c < 'a' || c > 'z') {
			return false
		}
	}
	return key != "" && key != "null"
}

// simpleValue reads the value text of lines[i].
func (b *block) simpleValue(i int, text string) (*Node, bool) {
	if text == "" {
		return nil, false
	}
	line := b.lines[i]
	start := strings.Index(line, ": ") + 2
	start += len(line[start:]) - len(strings.TrimLeft(line[start:], " "))
	node := &Node{Kind: Scalar, Pos: b.at(i, start)}
	switch inner := text[1 : len(text)-min(1, len(text)-1)]; {
	case text[0] == '[' && text[len(text)-1] == ']':
		node.Kind = List
		return node, b.simpleItems(node, i, start+1, inner)
	case text[0] == '"' && len(text) > 1 && text[len(text)-1] == '"':
		node.Quoted = true
		node.Text = vietnamese.NFC(inner)
		return node, !strings.ContainsAny(inner, "\"\\\t")
	}
	node.Text = vietnamese.NFC(text)
	return node, isSimpleText(text, "#\t") && !strings.Contains(text, ": ") && text[len(text)-1] != ':'
}

// simpleItems reads the items of a list, which stand in text from byte offset
// of lines[i] on.
func (b *block) simpleItems(list *Node, i, offset int, text string) bool {
	list.Items = make([]*Node, 0, 1+strings.Count(text, ","))
	for {
		item, rest, more := strings.Cut(text, ",")
		typed := strings.Trim(item, " ")
		if !isSimpleText(typed, "#\t:[]{}\"'?") {
			return false
		}
		before := len(item) - len(strings.TrimLeft(item, " "))
		list.Items = append(list.Items, &Node{Kind: Scalar, Text: vietnamese.NFC(typed), Pos: b.at(i, offset+before)})
		if !more {
			return true
		}
		offset += len(item) + 1
		text = rest
	}
}

// isSimpleText tells whether a text without quotes means itself: it begins
// with a letter or a digit and has none of the characters of without.
func isSimpleText(text, without string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return (unicode.IsLetter(first) || unicode.IsDigit(first)) &&
		!strings.ContainsAny(text, without) && text != "null"
}
