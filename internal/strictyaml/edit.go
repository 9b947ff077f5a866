package strictyaml

import (
	"slices"
	"strings"
	"unicode/utf8"

	"bantin/internal/diag"
)

// Change gives a key a value, or takes the key out.
type Change struct {
	Path  []string // keys from the root down: {"draft"}, {"event", "status"}
	Value *Node    // nil takes the key out
}

// Edit returns the block src with the changes made, one after the other, and
// all else as it was, byte for byte: other lines, comments, the order of keys,
// quotes and line ends. A key that has its value already is not touched; a
// block without its last key goes with it.
//
// keys describe the block: a key is found under its other names too, and a new
// one is put behind those that stand before it in keys. A block that has an
// error is not changed; file and firstLine are for the problems that say why.
func Edit(src []byte, file string, firstLine int, keys []Key, changes ...Change) ([]byte, diag.List) {
	if _, problems := Parse(src, file, firstLine); problems.HasErrors() {
		return nil, problems
	}
	for _, c := range changes {
		root, _ := Parse(src, file, 1) // an editor's places are those of the block
		src = edit(src, root, keys, c)
	}
	return src, nil
}

// edit makes one change to the block src, which was read as root, in the most
// careful way of which the result reads as it must.
func edit(src []byte, root *Node, keys []Key, c Change) []byte {
	wanted, changed := root.with(keys, c.Path, c.Value)
	if !changed {
		return src
	}
	for _, way := range []func() (string, bool){
		func() (string, bool) { return newEditor(src).change(root, keys, c.Path, c.Value) },
		func() (string, bool) { return newEditor(src).rewrite(root, wanted, keys, c.Path[0]) },
	} {
		if text, ok := way(); ok {
			if got, problems := Parse([]byte(text), "", 1); !problems.HasErrors() && same(got, wanted) {
				return []byte(text)
			}
		}
	}
	return Format(wanted)
}

// with returns the map n after a change of the key at path, and whether that
// changes anything. n itself stays as it is.
func (n *Node) with(keys []Key, path []string, value *Node) (*Node, bool) {
	c := *n
	c.Entries = slices.Clone(n.Entries)
	i, below := find(n.Entries, keys, path[0])
	var old *Node
	if i >= 0 {
		old = n.Entries[i].Value
	}
	if len(path) > 1 {
		inner := old
		if inner == nil || inner.Kind != Map {
			if value == nil {
				return n, false
			}
			inner = &Node{Kind: Map}
		}
		changed := false
		if value, changed = inner.with(below, path[1:], value); !changed {
			return n, false
		}
		if len(value.Entries) == 0 {
			value = nil
		}
	}
	switch {
	case value == nil && i < 0, i >= 0 && value != nil && same(old, value):
		return n, false
	case value == nil:
		c.Entries = slices.Delete(c.Entries, i, i+1)
	case i < 0:
		c.Entries = slices.Insert(c.Entries, placeFor(n.Entries, keys, path[0]), Entry{Key: path[0], Value: value})
	default:
		c.Entries[i].Value = value
	}
	return &c, true
}

// Find returns the value that stands in the map n at a path of keys, each under any
// of the names that keys gives it; nil if there is none.
func (n *Node) Find(keys []Key, path ...string) *Node {
	for _, key := range path {
		if n == nil || n.Kind != Map {
			return nil
		}
		i, below := find(n.Entries, keys, key)
		if i < 0 {
			return nil
		}
		n, keys = n.Entries[i].Value, below
	}
	return n
}

// find returns the index of the entry of key under any of its names, or -1,
// and the keys of what is below it.
func find(entries []Entry, keys []Key, key string) (i int, below []Key) {
	k := keyIndex(keys, key)
	if k >= 0 {
		below = keys[k].Keys
	}
	return slices.IndexFunc(entries, func(e Entry) bool {
		return e.Key == key || k >= 0 && keys[k].hasName(e.Key)
	}), below
}

func keyIndex(keys []Key, name string) int {
	return slices.IndexFunc(keys, func(k Key) bool { return k.hasName(name) })
}

func (k Key) hasName(name string) bool { return k.Name == name || slices.Contains(k.Also, name) }

// placeFor returns where among entries a new key belongs: behind the last that
// stands before it in keys; a key that keys do not know, at the end.
func placeFor(entries []Entry, keys []Key, key string) int {
	own := keyIndex(keys, key)
	if own < 0 {
		return len(entries)
	}
	at := 0
	for i, e := range entries {
		if k := keyIndex(keys, e.Key); k >= 0 && k < own {
			at = i + 1
		}
	}
	return at
}

// same tells whether two trees say the same, however they are typed.
func same(a, b *Node) bool {
	return a.Kind == b.Kind && printable(a.Text) == printable(b.Text) &&
		slices.EqualFunc(a.Items, b.Items, same) &&
		slices.EqualFunc(a.Entries, b.Entries, func(x, y Entry) bool {
			return printable(x.Key) == printable(y.Key) && same(x.Value, y.Value)
		})
}

// editor changes the source of a block.
type editor struct {
	*block
	mark   string // the byte order mark before the text
	starts []int  // offset in text of each line, and of the end
	eol    string
}

func newEditor(src []byte) *editor {
	ed := &editor{block: newBlock(src, "", 1), eol: "\n"}
	ed.mark = string(src[:len(src)-len(ed.text)])
	ed.starts = []int{0}
	for i := range len(ed.text) {
		if ed.text[i] == '\n' {
			ed.starts = append(ed.starts, i+1)
		}
	}
	ed.starts = append(ed.starts, len(ed.text))
	if len(ed.lines) > 1 && strings.HasSuffix(ed.text[:ed.starts[1]], "\r\n") {
		ed.eol = "\r\n"
	}
	return ed
}

// splice returns the source with text, whose lines end with a line feed, in
// the place of the bytes from and to.
func (ed *editor) splice(from, to int, text string) string {
	if from > 0 && ed.text[from-1] != '\n' && strings.HasSuffix(text, "\n") && to == len(ed.text) && from == to {
		text = "\n" + text // behind a last line that does not end
	}
	return ed.mark + ed.text[:from] + strings.ReplaceAll(text, "\n", ed.eol) + ed.text[to:]
}

// offset returns the place p in text.
func (ed *editor) offset(p diag.Pos) int {
	line := ed.lines[p.Line-1]
	return ed.starts[p.Line-1] + len(line) - len(ed.rest(p.Line, p.Col))
}

// lineEnd returns where the line of index i ends, without its line break.
func (ed *editor) lineEnd(i int) int { return ed.starts[i] + len(ed.lines[i]) }

// change makes the change of the key at path below the map n, which ends
// before the line of index end.
func (ed *editor) change(n *Node, keys []Key, path []string, value *Node) (text string, ok bool) {
	end := len(ed.lines)
	for {
		i, below := find(n.Entries, keys, path[0])
		if i < 0 {
			if value == nil {
				return "", false
			}
			for _, key := range slices.Backward(path[1:]) {
				value = (&Node{}).Set(key, value)
			}
			return ed.insert(n, placeFor(n.Entries, keys, path[0]), end, Entry{Key: path[0], Value: value})
		}
		e := n.Entries[i]
		last := len(path) == 1
		switch {
		case value == nil && (last || e.Value.Kind == Map && len(e.Value.Entries) == 1):
			if !last {
				// The only key of its block may itself be a block with more keys.
				if wanted, _ := n.with(keys, path, nil); len(wanted.Entries) == len(n.Entries) {
					break
				}
			}
			return ed.remove(n, i, end)
		case last:
			return ed.replace(n, i, end, value)
		case e.Value.Kind != Map || len(e.Value.Entries) == 0:
			for _, key := range slices.Backward(path[1:]) {
				value = (&Node{}).Set(key, value)
			}
			return ed.replace(n, i, end, value)
		}
		if !n.Flow {
			end = ed.lastLine(n, i, end) + 1
		}
		n, keys, path = e.Value, below, path[1:]
	}
}

// rewrite writes the whole entry of key at the top anew.
func (ed *editor) rewrite(root, wanted *Node, keys []Key, key string) (string, bool) {
	if root.Flow {
		return "", false
	}
	i, _ := find(root.Entries, keys, key)
	k, _ := find(wanted.Entries, keys, key)
	switch {
	case i < 0:
		return ed.insert(root, k, len(ed.lines), wanted.Entries[k])
	case k < 0:
		return ed.remove(root, i, len(ed.lines))
	}
	var w writer
	indent := root.Pos.Col - 1
	w.indent(indent)
	w.entry(wanted.Entries[k], indent)
	return ed.splice(ed.starts[root.Entries[i].Pos.Line-1], ed.lineEnd(ed.lastLine(root, i, len(ed.lines))), strings.TrimSuffix(w.String(), "\n")), true
}

// lastLine returns the index of the last line of entry i of the map n, which
// ends before the line of index end: comments and blank lines behind it are
// not its own.
func (ed *editor) lastLine(n *Node, i, end int) int {
	first := n.Entries[i].Pos.Line - 1
	if i+1 < len(n.Entries) {
		end = n.Entries[i+1].Pos.Line - 1
	}
	return ed.trimmed(first, end, ed.endsInLines(n.Entries[i].Value))
}

// trimmed returns the index of the last line from first on and before end that
// holds more than a comment.
func (ed *editor) trimmed(first, end int, hasText bool) int {
	for last := end - 1; last > first; last-- {
		line := strings.TrimLeft(ed.lines[last], " \t")
		isComment := strings.HasPrefix(line, "#") && !(hasText && len(line) < len(ed.lines[last]))
		if line != "" && !isComment && ed.lines[last] != "---" && ed.lines[last] != "..." {
			return last
		}
	}
	return first
}

// endsInLines tells whether the last thing in n is a text below | or >, in
// which nothing is a comment.
func (ed *editor) endsInLines(n *Node) bool {
	for {
		switch {
		case n.Kind == Map && len(n.Entries) > 0:
			n = n.Entries[len(n.Entries)-1].Value
		case n.Kind == List && len(n.Items) > 0:
			n = n.Items[len(n.Items)-1]
		default:
			return n.Kind == Scalar && n.Quoted && strings.ContainsAny(ed.text[ed.offset(n.Pos):][:1], "|>")
		}
	}
}

// insert puts e before entry i of the map n.
func (ed *editor) insert(n *Node, i, end int, e Entry) (string, bool) {
	if n.Flow {
		return ed.insertInFlow(n, i, e)
	}
	at, indent := ed.starts[len(ed.lines)], 0
	if len(n.Entries) > 0 {
		indent = n.Pos.Col - 1
		at = ed.starts[n.Entries[0].Pos.Line-1]
	}
	if i > 0 {
		at = ed.starts[ed.lastLine(n, i-1, end)+1]
	}
	var w writer
	w.indent(indent)
	w.entry(e, indent)
	return ed.splice(at, at, w.String()), true
}

// remove takes entry i out of the map n.
func (ed *editor) remove(n *Node, i, end int) (string, bool) {
	if n.Flow {
		return ed.removeFromFlow(n, i)
	}
	first, last := n.Entries[i].Pos.Line-1, ed.lastLine(n, i, end)
	return ed.splice(ed.starts[first], ed.starts[last+1], ""), true
}

// replace gives entry i of the map n another value.
func (ed *editor) replace(n *Node, i, end int, value *Node) (string, bool) {
	e := n.Entries[i]
	old := e.Value
	value = ed.styled(old, value)
	if n.Flow {
		from, to, ok := ed.inFlow(old)
		return ed.splice(from, to, value.flow()), ok
	}
	if old.Kind == List && value.Kind == List && !old.Flow && !value.Flow && len(old.Items) > 0 && len(value.Items) > 0 {
		return ed.replaceItems(old, value, ed.lastLine(n, i, end)+1)
	}
	key := ed.offset(e.Pos)
	first, last := e.Pos.Line-1, ed.lastLine(n, i, end)
	_, behind, ok := cutKey(ed.text[key:ed.lineEnd(first)])
	if !ok {
		return "", false
	}
	behind += key
	from, to, ok := ed.inBlock(behind, first, last)
	if !ok {
		return "", false
	}
	inline, isInline := value.inline()
	blank := ed.text[behind:from]
	if blank == "" || from == to {
		blank, from = " ", behind
	}
	if value.Kind == Null {
		blank, inline = "", ""
	}
	comment := ed.text[to:ed.lineEnd(ed.lineOf(to))]
	below := ""
	if !isInline {
		blank, inline = "", ""
		var w writer
		w.value(value, e.Pos.Col-1)
		below = strings.TrimSuffix(w.String(), "\n")
	}
	return ed.splice(behind, ed.lineEnd(max(last, ed.lineOf(to))), blank+inline+comment+below), true
}

// lineOf returns the index of the line in which the byte at offset stands.
func (ed *editor) lineOf(offset int) int {
	i, found := slices.BinarySearch(ed.starts[:len(ed.lines)], offset)
	if !found {
		i--
	}
	return i
}

// styled returns value as its editor would write it in the place of old: in
// the same quotes or brackets, known items as they are.
func (ed *editor) styled(old, value *Node) *Node {
	c := *value
	switch {
	case old.Kind != value.Kind:
	case old.Kind == Scalar:
		c.Quoted = value.Quoted || old.Quoted
	case old.Kind == List && len(old.Items) > 0:
		c.Flow = old.Flow
		c.Items = slices.Clone(value.Items)
		for i, item := range c.Items {
			if k := slices.IndexFunc(old.Items, func(o *Node) bool { return same(o, item) }); k >= 0 {
				c.Items[i] = old.Items[k]
			}
		}
	case old.Kind == Map && len(old.Entries) > 0:
		c.Flow = old.Flow
	}
	return &c
}

// inBlock returns where the value stands that begins behind a key's colon, in
// the lines of index first to last; an empty place behind the colon for one
// that stands below or is not there.
func (ed *editor) inBlock(behind, first, last int) (from, to int, ok bool) {
	blank, typed := cutBlank(ed.text[behind:ed.lineEnd(first)])
	from = behind + len(blank)
	switch {
	case typed == "" || typed[0] == '#':
		return behind, behind, true
	case strings.ContainsAny(typed[:1], "\"'[{"):
		to, ok = ed.bracketed(from)
		return from, to, ok
	case isBlockHeader(typed):
		return from, ed.lineEnd(last), true
	}
	start := max(from, ed.starts[last])
	return from, start + len(strings.TrimRight(cutComment(ed.text[start:ed.lineEnd(last)]), " \t")), true
}

// inFlow returns where the value n between brackets stands.
func (ed *editor) inFlow(n *Node) (from, to int, ok bool) {
	if n.Kind == Null {
		return 0, 0, false
	}
	from = ed.offset(n.Pos)
	if strings.ContainsAny(ed.text[from:from+1], "\"'[{") {
		to, ok = ed.bracketed(from)
		return from, to, ok
	}
	end := plainEnd(ed.text[from:])
	return from, from + len(strings.TrimRight(ed.text[from:from+end], " \t\r\n")), true
}

// bracketed returns the end of what begins at from with a quote or a bracket.
func (ed *editor) bracketed(from int) (to int, ok bool) {
	depth, before := 0, byte('[')
	for i := from; i < len(ed.text); {
		c := ed.text[i]
		switch {
		case (c == '"' || c == '\'') && strings.IndexByte("[{,:", before) >= 0:
			end := quotedEnd(ed.text[i:])
			if end == 0 {
				return 0, false
			}
			i += end
			before = c
			if depth == 0 {
				return i, true
			}
			continue
		case c == '#' && isBlankAt(ed.text, i-1):
			i += max(1, strings.IndexByte(ed.text[i:], '\n'))
			continue
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			if depth--; depth == 0 {
				return i + 1, true
			}
		}
		if c != ' ' && c != '\n' && c != '\t' && c != '\r' {
			before = c
		}
		_, size := utf8.DecodeRuneInString(ed.text[i:])
		i += size
	}
	return 0, false
}

// insertInFlow is insert for a map in braces.
func (ed *editor) insertInFlow(n *Node, i int, e Entry) (string, bool) {
	typed := formatKey(e.Key) + ": " + e.Value.flow()
	if i < len(n.Entries) {
		at := ed.offset(n.Entries[i].Pos)
		return ed.splice(at, at, typed+", "), true
	}
	end, ok := ed.bracketed(ed.offset(n.Pos))
	if !ok {
		return "", false
	}
	at := len(strings.TrimRight(ed.text[:end-1], " \t\r\n"))
	switch ed.text[at-1] {
	case '{':
	case ',':
		typed = " " + typed
	default:
		typed = ", " + typed
	}
	return ed.splice(at, at, typed), true
}

// removeFromFlow is remove for a map in braces.
func (ed *editor) removeFromFlow(n *Node, i int) (string, bool) {
	from := ed.offset(n.Entries[i].Pos)
	if i+1 < len(n.Entries) {
		return ed.splice(from, ed.offset(n.Entries[i+1].Pos), ""), true
	}
	_, to, ok := ed.inFlow(n.Entries[i].Value)
	if i > 0 {
		var before bool
		if _, from, before = ed.inFlow(n.Entries[i-1].Value); !before {
			return "", false
		}
	}
	return ed.splice(from, to, ""), ok
}
