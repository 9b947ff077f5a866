package strictyaml

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"bantin/internal/vietnamese"
)

// simple reads the blocks that editors nearly always write: keys, one a line,
// with a plain text, a text in double quotes without escapes, a [list] or
// {map} of such texts, or a block of such lines below them. It is ten times
// as fast as a YAML library, and front matter is a good part of a build's work.
// At the first thing that could mean anything else it gives up, and the
// library reads the block; so it reports no problem, and what it reads is what
// the library would (a fuzz test holds that).
func (b *block) simple() (*Node, bool) {
	s := simple{block: b}
	if s.seek(); s.ended() {
		return nil, false
	}
	root, ok := s.entries(1)
	return root, ok && s.ended()
}

// simple is a block while it is read line by line.
type simple struct {
	*block
	i      int // of the line to read
	offset int // in bytes, at which the rest of it begins
}

// seek goes on to the next line that is not empty, from the current one on.
func (s *simple) seek() {
	for !s.ended() && s.lines[s.i] == "" {
		s.i++
	}
	if !s.ended() {
		s.offset = indentation(s.lines[s.i])
	}
}

func (s *simple) ended() bool { return s.i >= len(s.lines) }

// line returns the rest of the line to read.
func (s *simple) line() string { return s.lines[s.i][s.offset:] }

// entries reads the keys of a map, which begin in the same column.
func (s *simple) entries(depth int) (*Node, bool) {
	indent := s.offset
	node := &Node{Kind: Map, Pos: s.at(s.i, indent), Entries: make([]Entry, 0, min(8, len(s.lines)-s.i))}
	for !s.ended() && s.offset == indent {
		key, rest, ok := cutSimpleKey(s.line())
		if !ok || node.Get(key) != nil {
			return nil, false
		}
		e := Entry{Key: key, Pos: s.at(s.i, indent)}
		if rest == "" {
			e.Value, ok = s.below(indent, depth)
		} else {
			e.Value, ok = s.value(indent + len(key) + 1)
		}
		if !ok {
			return nil, false
		}
		node.Entries = append(node.Entries, e)
	}
	return node, s.ended() || s.offset < indent
}

// below reads the block below a key that stands in column indent.
func (s *simple) below(indent, depth int) (*Node, bool) {
	s.i++
	s.seek()
	switch {
	case s.ended(), s.offset < indent, depth == maxDepth:
		return nil, false
	case strings.HasPrefix(s.line(), "- "):
		return s.items(depth + 1)
	case s.offset == indent:
		return nil, false
	}
	return s.entries(depth + 1)
}

// items reads the items of a list, whose dashes stand in the same column.
func (s *simple) items(depth int) (*Node, bool) {
	indent := s.offset
	node := &Node{Kind: List, Pos: s.at(s.i, indent)}
	for !s.ended() && s.offset == indent && strings.HasPrefix(s.line(), "- ") {
		start := indent + 1 + indentation(s.line()[1:])
		var item *Node
		ok := depth < maxDepth
		if _, _, isMap := cutSimpleKey(s.lines[s.i][start:]); isMap && ok {
			s.offset = start
			item, ok = s.entries(depth + 1)
		} else if ok {
			item, ok = s.value(start)
		}
		if !ok {
			return nil, false
		}
		node.Items = append(node.Items, item)
	}
	return node, s.ended() || s.offset <= indent
}

// cutSimpleKey splits a line behind its key and colon.
func cutSimpleKey(line string) (key, rest string, ok bool) {
	key, rest, ok = strings.Cut(line, ":")
	return key, rest, ok && isSimpleKey(key) && (rest == "" || rest[0] == ' ')
}

// isSimpleKey tells whether key is a plain word; YAML bounds the length of keys.
func isSimpleKey(key string) bool {
	for i := range len(key) {
		if c := key[i]; c != '_' && (c < 'a' || c > 'z') {
			return false
		}
	}
	return key != "" && len(key) < 100 && key != "null"
}

// value reads the value that the line has from byte start on, and goes on to
// the next line.
func (s *simple) value(start int) (*Node, bool) {
	line := s.lines[s.i]
	start += indentation(line[start:])
	text := strings.TrimRight(line[start:], " ")
	if text == "" {
		return nil, false
	}
	node := &Node{Kind: Scalar, Pos: s.at(s.i, start)}
	ok := false
	switch first, last := text[0], text[len(text)-1]; {
	case first == '[' && last == ']':
		node.Kind, node.Flow = List, true
		ok = s.flowItems(node, start+1, text[1:len(text)-1])
	case first == '{' && last == '}':
		node.Kind, node.Flow = Map, true
		ok = s.flowEntries(node, start+1, text[1:len(text)-1])
	case first == '"':
		ok = node.setQuoted(text)
	default:
		node.Text = vietnamese.NFC(text)
		ok = isSimpleText(text, "#\t") && !strings.Contains(text, ": ") && last != ':'
	}
	s.i++
	s.seek()
	return node, ok
}

// setQuoted makes n the text in the double quotes at both ends of typed.
func (n *Node) setQuoted(typed string) bool {
	inner, closed := strings.CutSuffix(typed[1:], `"`)
	n.Text, n.Quoted = vietnamese.NFC(inner), true
	return closed && !strings.ContainsAny(inner, "\"\\\t")
}

// flowItems reads the items of a list in brackets, which stand in text from
// byte offset of the line on.
func (s *simple) flowItems(list *Node, offset int, text string) bool {
	list.Items = make([]*Node, 0, 1+strings.Count(text, ","))
	for more := true; more; {
		var item string
		item, text, more = cutFlow(text)
		node, ok := s.flowText(offset, item)
		if !ok {
			return false
		}
		list.Items = append(list.Items, node)
		offset += len(item) + 1
	}
	return true
}

// flowEntries is flowItems for a map in braces.
func (s *simple) flowEntries(node *Node, offset int, text string) bool {
	for more := true; more; {
		blank := indentation(text)
		key, rest, ok := cutSimpleKey(text[blank:])
		if !ok || node.Get(key) != nil {
			return false
		}
		e := Entry{Key: key, Pos: s.at(s.i, offset+blank)}
		offset += blank + len(key) + 1
		var typed string
		typed, text, more = cutFlow(rest)
		if e.Value, ok = s.flowText(offset, typed); !ok {
			return false
		}
		node.Entries = append(node.Entries, e)
		offset += len(typed) + 1
	}
	return true
}

// cutFlow splits text around the comma behind the value that it begins with.
func cutFlow(text string) (value, rest string, more bool) {
	end := 0
	if blank := indentation(text); strings.HasPrefix(text[blank:], `"`) {
		end = blank + 1 + max(0, strings.IndexByte(text[blank+1:], '"'))
	}
	comma := strings.IndexByte(text[end:], ',')
	if comma < 0 {
		return text, "", false
	}
	return text[:end+comma], text[end+comma+1:], true
}

// flowText reads a text between brackets or commas.
func (s *simple) flowText(offset int, text string) (*Node, bool) {
	typed := strings.Trim(text, " ")
	node := &Node{Kind: Scalar, Pos: s.at(s.i, offset+indentation(text))}
	if strings.HasPrefix(typed, `"`) {
		return node, node.setQuoted(typed)
	}
	node.Text = vietnamese.NFC(typed)
	return node, isSimpleText(typed, "#\t:[]{}\"'?")
}

// isSimpleText tells whether a text without quotes means itself: it begins
// with a letter or a digit and has none of the characters of without.
func isSimpleText(text, without string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return (unicode.IsLetter(first) || unicode.IsDigit(first)) &&
		!strings.ContainsAny(text, without) && text != "null"
}
