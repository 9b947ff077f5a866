package strictyaml

import (
	"html"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"bantin/internal/diag"
	"bantin/internal/lazyregexp"
	"bantin/internal/vietnamese"
)

// checkKey reports a key that is not a plain name and tells whether n is one.
func (b *block) checkKey(n *yaml.Node) bool {
	pos := b.pos(n.Line, n.Column)
	switch {
	case n.Kind != yaml.ScalarNode || n.Anchor != "" || n.Style&yaml.TaggedStyle != 0:
		b.report(pos, "yaml-key")
	case n.Value == "<<" && n.Style == 0:
		b.report(pos, "yaml-merge")
	case strings.ContainsFunc(n.Value, func(r rune) bool { return isForbidden(r) && r != '\n' }):
		b.report(pos, "yaml-key")
	case strings.TrimSpace(n.Value) == "":
		b.report(pos, "yaml-key/empty")
	default:
		return true
	}
	return false
}

// checkMarks reports the anchor or the tag of a list or a map.
func (b *block) checkMarks(n *yaml.Node) {
	switch {
	case n.Anchor != "":
		b.report(b.pos(n.Line, n.Column), "yaml-anchor", "&"+n.Anchor)
	case n.Style&yaml.TaggedStyle != 0:
		b.report(b.pos(n.Line, n.Column), "yaml-tag", n.Tag)
	}
}

// checkScalar reports what YAML reads otherwise than it looks in the scalar n,
// which became node.
func (b *block) checkScalar(n *yaml.Node, node *Node, at slot) {
	switch {
	case n.Anchor != "" || n.Style&yaml.TaggedStyle != 0:
		typed := strings.TrimSpace(b.rest(n.Line, n.Column))
		if at.flow {
			typed = upToComma(typed)
		}
		b.reportStart(node.Pos, at, typed)
	case isPlainNode(n):
		b.checkDashes(n, at)
		b.checkHash(n, node, at)
		b.checkCurlyQuotes(node, at)
	case n.Style == yaml.DoubleQuotedStyle || n.Style == yaml.SingleQuotedStyle:
		b.checkClosed(n, node, at)
		b.checkEscapes(n, node, at)
	}
}

// checkDashes reports a line below the item n that begins with a dash but is
// indented: YAML joins it to the item.
func (b *block) checkDashes(n *yaml.Node, at slot) {
	if !at.item || at.flow || n.Line >= len(b.lines) || !strings.Contains(n.Value, " - ") {
		return
	}
	line := b.lines[n.Line]
	text := strings.TrimLeft(line, " ")
	if indent := indentation(b.lines[n.Line-1]); strings.HasPrefix(text, "- ") && len(line)-len(text) > indent {
		b.report(b.at(n.Line, len(line)-len(text)), "yaml-indent", strings.Repeat(" ", indent)+text)
	}
}

// entityStart is a character spelled as HTML does, at the start of a value.
var entityStart = lazyregexp.New(`^&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});`)

// reportStart reports a value whose first character means something else to YAML.
func (b *block) reportStart(pos diag.Pos, at slot, typed string) {
	if entity := entityStart().FindString(typed); entity != "" && html.UnescapeString(entity) != entity {
		b.report(pos, "html-entity/start", entity, at.corrected(Quote(html.UnescapeString(straight(typed)))))
		return
	}
	if file := fileOf(at.key, strings.TrimRight(typed, " \t")); file != "" {
		b.reportKey(pos, "yaml-start/link", at.key, at.corrected(file))
		return
	}
	mended := Quote(straight(typed))
	if items := strings.Split(typed, " - "); len(items) > 1 && strings.HasPrefix(typed, "- ") { // - a - b
		items[0] = items[0][len("- "):]
		mended = FlowList(items...)
	}
	b.reportKey(pos, "yaml-start", at.key, typed[:1], at.corrected(mended))
}

// checkHash warns of an unquoted text that a comment cuts short. A # with a
// space behind it is a comment that was meant as one.
func (b *block) checkHash(n *yaml.Node, node *Node, at slot) {
	if !b.hasHash {
		return
	}
	after := b.afterPlain(n)
	if lost := strings.TrimLeft(after, " \t"); isHashtag(lost) {
		whole := node.Text + after
		b.reportKey(node.Pos, "yaml-hash", at.key, lost, at.corrected(Quote(strings.TrimSpace(whole))))
	}
}

// mendHidden reports a value that is hidden because it begins with #, and gives
// it back to node; after is the rest of line line, behind the colon or dash.
func (b *block) mendHidden(line int, after string, node *Node, at slot) {
	hidden := strings.TrimLeft(after, " \t")
	if !isHashtag(hidden) {
		return
	}
	pos := b.at(line-1, len(b.lines[line-1])-len(hidden))
	text := strings.TrimRight(hidden, " \t")
	*node = Node{Kind: Scalar, Text: vietnamese.NFC(text), Pos: pos}
	b.reportKey(pos, "yaml-start", at.key, "#", at.corrected(Quote(text)))
}

func isHashtag(s string) bool {
	return len(s) > 1 && s[0] == '#' && s[1] != ' ' && s[1] != '#'
}

// checkCurlyQuotes warns of “ ” around a whole text: YAML keeps them in it.
func (b *block) checkCurlyQuotes(node *Node, at slot) {
	if inner, ok := inCurlyQuotes(node.Text); ok {
		b.reportKey(node.Pos, "curly-quotes", at.key, at.corrected(Quote(inner)), at.corrected(Quote(node.Text)))
	}
}

// windowsPath is the start of a path on a disk or on another machine, as
// Windows writes it.
var windowsPath = lazyregexp.New(`(?:^|[^\pL])[A-Za-z]:\\[^\\"]|^\\\\[^\\"]+\\[^\\"]`)

// checkEscapes reports a text in double quotes whose backslashes YAML took for
// the start of escapes while they were meant for themselves: they made control
// characters, or stand in a path of Windows.
func (b *block) checkEscapes(n *yaml.Node, node *Node, at slot) {
	if n.Style != yaml.DoubleQuotedStyle {
		return
	}
	typed := b.rest(n.Line, n.Column)
	end := quotedEnd(typed)
	made := strings.IndexFunc(n.Value, func(r rune) bool { return isForbidden(r) && r != '\n' })
	if made < 0 {
		if end > 0 && windowsPath().MatchString(typed[1:end]) {
			b.reportEscape(node.Pos, at, typed[:end], doubleAllBackslashes(typed[:end]))
		}
		return
	}
	node.Text = printable(n.Value)
	mended := Quote(node.Text)
	if end > 0 && !numberEscape().MatchString(typed[:end]) {
		mended = doubleAllBackslashes(typed[:end])
	}
	r, _ := utf8.DecodeRuneInString(n.Value[made:])
	b.reportKey(node.Pos, "yaml-character/escape", at.key, "U+"+hex4(r), at.corrected(mended))
}

// reportEscape reports backslashes in quoted, which stands at at; mended has
// them as YAML wants them. A file on its writer's own disk is told as that.
func (b *block) reportEscape(pos diag.Pos, at slot, quoted, mended string) {
	inner := strings.ReplaceAll(quoted[1:len(quoted)-1], `\\`, `\`)
	if fileOnDisk().MatchString(inner) {
		name := inner[strings.LastIndexByte(inner, '\\')+1:]
		if at.flow {
			name = FlowText(name)
		} else {
			name = PlainOrQuoted(name)
		}
		b.report(pos, "bad-path/drive", inner, at.corrected(name))
		return
	}
	b.reportKey(pos, "yaml-escape", at.key, at.corrected(strings.ReplaceAll(mended, "\n", " ")))
}

// fileOnDisk is a file's path as Windows writes it.
var fileOnDisk = lazyregexp.New(`^[A-Za-z]:\\[^"<>|?*]*\.[A-Za-z0-9]{2,5}$`)

// numberEscape is a character given by its number, as in \x07: nobody types
// that for a backslash.
var numberEscape = lazyregexp.New(`\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})`)

// checkClosed reports a quoted text that swallowed lines which are not
// indented below its key: the closing quote was forgotten, and the next quote
// of the block stood in for it.
func (b *block) checkClosed(n *yaml.Node, node *Node, at slot) {
	typed := b.rest(n.Line, n.Column)
	if quotedEnd(typed) > 0 {
		return
	}
	for _, line := range b.lines[n.Line:] {
		text := strings.TrimLeft(line, " ")
		if text != "" && len(line)-len(text) < at.indent {
			b.reportKey(node.Pos, "yaml-quote", at.key, at.corrected(Quote(strings.TrimSpace(typed[1:]))))
			b.swallowed = true
			return
		}
		if strings.IndexByte(text, typed[0]) >= 0 {
			return
		}
	}
}
