package strictyaml

import "strings"

// This file edits lists of which each item stands on lines of its own.

// replaceItems writes those items of a list below its key that are not in both
// at the start or at the end; the list ends before the line of index end.
func (ed *editor) replaceItems(old, value *Node, end int) (string, bool) {
	a, b := old.Items, value.Items
	head := 0
	for head < len(a) && head < len(b) && same(a[head], b[head]) {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && same(a[len(a)-1-tail], b[len(b)-1-tail]) {
		tail++
	}
	lineOfItem := func(i int) int {
		if i < len(a) {
			return a[i].Pos.Line - 1
		}
		return end
	}
	// Comments that stand behind an item stay where they are.
	endOfItem := func(i int) int {
		return ed.trimmed(lineOfItem(i), lineOfItem(i+1), ed.endsInLines(a[i])) + 1
	}
	from := lineOfItem(0)
	if head > 0 {
		from = endOfItem(head - 1)
	}
	to := from
	gone := len(a) - head - tail
	if gone > 0 {
		from, to = lineOfItem(head), endOfItem(len(a)-tail-1)
	}
	var w writer
	indent := old.Pos.Col - 1
	if gone != len(b)-head-tail {
		w.items(b[head:len(b)-tail], indent)
		return ed.splice(ed.starts[from], ed.starts[to], w.String()), true
	}
	for i := head; i < head+gone; i++ { // each in the place of another
		if same(a[i], b[i]) {
			w.WriteString(ed.linesOf(lineOfItem(i), endOfItem(i)))
		} else {
			ed.commentedItem(&w, a[i], b[i], indent, endOfItem(i))
		}
		if i+1 < head+gone {
			w.WriteString(ed.linesOf(endOfItem(i), lineOfItem(i+1)))
		}
	}
	return ed.splice(ed.starts[from], ed.starts[to], w.String()), true
}

// linesOf returns lines as they stand, with line feeds.
func (ed *editor) linesOf(from, to int) string {
	return strings.ReplaceAll(ed.text[ed.starts[from]:ed.starts[to]], "\r\n", "\n")
}

// commentedItem writes the item that takes the place of old, which ends before the
// line of index end, with the comments of what is in both.
func (ed *editor) commentedItem(w *writer, old, item *Node, indent, end int) {
	item = ed.styled(old, item)
	if old.Kind != Map || item.Kind != Map || old.Flow || item.isInline() {
		var own writer
		own.indent(indent)
		own.item(item, indent)
		w.WriteString(withComment(own.String(), ed.commentBehind(old)))
		return
	}
	w.indent(indent)
	w.WriteString("- ")
	for i, e := range item.Entries {
		above, behind := "", ""
		if k, _ := find(old.Entries, nil, e.Key); k >= 0 {
			behind = ed.commentBehind(old.Entries[k].Value)
			if k > 0 {
				above = ed.linesOf(ed.lastLine(old, k-1, end)+1, old.Entries[k].Pos.Line-1)
			}
		}
		if i > 0 {
			w.WriteString(above)
			w.indent(indent + 2)
		}
		var own writer
		own.entry(e, indent+2)
		w.WriteString(withComment(own.String(), behind))
	}
}

// withComment returns lines with a comment behind the first one.
func withComment(lines, comment string) string {
	return strings.Replace(lines, "\n", comment+"\n", 1)
}

// commentBehind returns the comment on the line of a value, with the blanks before it.
func (ed *editor) commentBehind(n *Node) string {
	if n.Kind == Null || !n.isInline() {
		return ""
	}
	at := ed.offset(n.Pos)
	line := ed.lineOf(at)
	_, to, ok := ed.inBlock(at, line, line)
	if !ok {
		return ""
	}
	return strings.TrimRight(ed.text[to:ed.lineEnd(ed.lineOf(to))], " \t\r")
}
