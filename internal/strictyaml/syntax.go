package strictyaml

import (
	"slices"
	"strings"

	"bantin/internal/diag"
	"bantin/internal/lazyregexp"
)

// explain finds the mistakes for which the YAML library refused the block. It
// reads the block again line by line, as an editor does, because the library
// stops at the first mistake and often names a line far behind it.
func (b *block) explain() diag.List {
	s := scanner{block: b, dash: -1}
	s.mendHeads()
	for s.next < len(b.lines) {
		s.scanLine()
	}
	if b.problems == nil {
		b.reportCulprit()
	}
	return b.problems
}

// scanner is the state of explain between two lines.
type scanner struct {
	*block
	next    int     // the line to look at, from 0
	levels  []level // the open maps
	left    level   // the map that its line may belong to, though that stands less deep; see noteLeft
	top     int     // the line of the first key
	follows continuation
	last    value // what stood last behind a key or a dash
	dash    int   // the offset of the dashes of the list that the line may go on with, -1 for none
	bare    int   // the last line that was to be indented below its key
	listed  bool  // the line's dash stands below that of another item
}

// level is a map whose keys stand at one offset.
type level struct {
	offset int
	line   int // of its first key
	keys   int // how many there are so far
}

// continuation is what a deeper line below the last value is.
type continuation uint8

const (
	nothing continuation = iota
	nested               // the value itself: nothing stood behind the colon
	more                 // more of an unquoted text
)

// value is a place for a value in the source, and what was typed there.
type value struct {
	slot
	line, offset int
	typed        string // to the end of the line
}

func (s *scanner) reportValue(v value, id string, args ...string) {
	s.reportKey(s.at(v.line, v.offset), id, v.key, args...)
}

// quoted is the corrected line for v.
func (v value) quoted(text string) string { return v.corrected(Quote(straight(text))) }

// scanLine looks at the next line, and at those that its value goes on over.
func (s *scanner) scanLine() {
	i := s.next
	s.next++
	offset := indentation(s.lines[i])
	rest := strings.TrimRight(s.lines[i][offset:], " \t")
	if s.scanOther(i, offset, rest) {
		return
	}
	end := offset + len(rest)
	dash := -1
	for rest == "-" || strings.HasPrefix(rest, "- ") {
		dash = offset
		rest = strings.TrimLeft(rest[1:], " ")
		offset = end - len(rest)
	}
	switch {
	case dash >= 0:
		s.listed, s.dash = s.dash == dash, dash
	case offset < s.dash || offset == s.dash && firstKey(rest) != "" && s.isKeyOfLevel(offset):
		s.dash = -1
	}
	s.scanEntry(i, offset, dash, rest)
}

// isKeyOfLevel tells whether a map is open whose keys stand at offset.
func (s *scanner) isKeyOfLevel(offset int) bool {
	return slices.ContainsFunc(s.levels, func(l level) bool { return l.offset == offset })
}

// lostHead is a key without a value that is a comment.
var lostHead = lazyregexp.New(`^#+ ?([a-z_]{2,}):[ \t]*$`)

// hasLostHead tells whether the head of a list is a comment, so that its items became
// those of the list above it.
func (b *block) hasLostHead() bool {
	for i := range b.lines {
		if b.isLostHead(i) {
			return true
		}
	}
	return false
}

// isLostHead tells whether line i is the head of the list below it, but for being a
// comment: an item stands below it, and above it no key that lacks its value.
func (b *block) isLostHead(i int) bool {
	if !b.hasHash || i == 0 || i+1 >= len(b.lines) || !strings.HasPrefix(b.lines[i], "#") {
		return false
	}
	m, above := lostHead().FindStringSubmatch(b.lines[i]), strings.TrimRight(b.lines[i-1], " \t")
	return m != nil && slices.Contains(listKeys, m[1]) && above != "" && !strings.HasSuffix(above, ":") &&
		strings.HasPrefix(strings.TrimLeft(b.lines[i+1], " "), "- ")
}

// mendHeads reports the heads of lists that are comments, and reads on as if they were not.
func (s *scanner) mendHeads() {
	for i, line := range s.lines {
		if s.isLostHead(i) {
			s.mend(i, strings.TrimLeft(line, "# "))
			s.report(s.at(i, 0), "yaml-line/head", s.lines[i])
		}
	}
}

// scanOther tells whether line i holds neither a key nor a value: a blank
// line, a comment, a document marker, or a tab where spaces must stand.
func (s *scanner) scanOther(i, offset int, rest string) bool {
	switch {
	case rest == "" || rest[0] == '#':
	case rest[0] == '\t':
		indent, text := cutBlank(s.lines[i])
		pos := s.at(i, offset)
		s.mend(i, s.withoutTab(i, indent, text))
		s.report(pos, "yaml-tab", s.lines[i])
		s.next = i // what it says is still to be looked at
	case offset == 0 && (rest == "---" || rest == "..."):
		if s.levels != nil {
			s.report(s.at(i, 0), "yaml-documents", rest)
			s.next = len(s.lines) // what follows is no part of the block
		}
	default:
		return false
	}
	return true
}

// withoutTab returns line i, which is indent and text, with spaces for its tabs: two
// for each, or as many as the keys around it have.
func (s *scanner) withoutTab(i int, indent, text string) string {
	spaces := strings.ReplaceAll(indent, "\t", "  ")
	if !isWord(firstKey(text)) {
		return spaces + text
	}
	below := s.indentBelow(i)
	switch {
	case len(s.levels) == 0 && below >= 0, s.follows == nested && below > s.inner().offset:
		return strings.Repeat(" ", below) + text
	case len(s.levels) == 0, s.follows == nested, slices.ContainsFunc(s.levels, func(l level) bool { return l.offset == len(spaces) }):
		return spaces + text
	}
	return strings.Repeat(" ", s.inner().offset) + text
}

// scanEntry looks at rest, which stands at offset of line i, behind its last
// dash at offset dash, or -1 for none.
func (s *scanner) scanEntry(i, offset, dash int, rest string) {
	key, behind, isKey := cutKey(rest)
	if item := dashed().FindStringSubmatch(rest); isKey && item != nil && isWord(firstKey(item[1])) { // • file: a.jpg
		s.report(s.at(i, offset), "yaml-line/item", s.lines[i][:offset]+"- "+item[1])
		s.enter(i, offset+len("- "), offset, firstKey(item[1]))
		return
	}
	switch {
	case isKey && key == "":
		s.report(s.at(i, offset), "yaml-key/empty")
	case isKey:
		if s.enter(i, offset, dash, key) {
			at := slot{key: key, indent: offset + 1}
			s.scanValue(value{slot: at, line: i, offset: offset + behind})
		}
	case dash >= 0:
		at := slot{key: s.last.key, item: true, indent: dash + 1}
		s.scanValue(value{slot: at, line: i, offset: offset})
	case s.follows == more && offset >= s.last.indent:
	case s.follows == nested && offset >= s.last.indent:
		s.scanValue(value{slot: s.last.slot, line: i, offset: offset})
	default:
		s.reportNoKey(i, offset, rest)
	}
}

// firstKey returns the key at the start of text, "" for none.
func firstKey(text string) string {
	key, _, _ := cutKey(text)
	return key
}

// enter tells whether a key may stand at offset of line i, and reports it if not.
// Then what stands below it is still read as its own, lest it be told as well.
func (s *scanner) enter(i, offset, dash int, key string) bool {
	if len(s.levels) == 0 {
		s.top = i
		s.open(i, offset)
		return true
	}
	var closed *level // the outermost map that the line ends
	for len(s.levels) > 0 && s.inner().offset > max(offset, dash) {
		closed = new(*s.inner())
		s.levels = s.levels[:len(s.levels)-1]
	}
	switch {
	case dash >= 0 && s.follows != nested && len(s.levels) > 0 && s.inner().offset == dash && closed == nil && !s.listed:
		s.inner().keys++
		s.dash = -1
		s.report(s.at(i, dash), "yaml-line/dash", s.lines[i][:dash]+s.lines[i][offset:])
		return true
	case dash < 0 && offset == s.dash && closed != nil && firstKey(strings.TrimLeft(s.lines[closed.line], " -")) == key:
		s.report(s.at(i, offset), "yaml-line/item", s.lines[i][:offset]+"- "+s.lines[i][offset:])
		s.open(i, offset+len("- "))
		return true
	case len(s.levels) > 0 && s.inner().offset == offset && dash < 0:
		s.inner().keys++
		s.noteLeft(i, closed)
		return true
	case dash >= 0, s.follows == nested && closed == nil:
		s.open(i, offset)
		return true
	case len(s.levels) == 0:
		// The lines above stand too deep, not this one.
		s.open(i, offset)
		above := s.lines[s.top]
		id := "yaml-indent"
		if strings.HasPrefix(strings.TrimSpace(above), "- ") {
			id = "yaml-line/dash"
		}
		s.report(s.at(s.top, indentation(above)), id, strings.TrimLeft(above, " -"))
		return true
	case s.follows == more && closed == nil && !isWord(key):
		whole := s.last.typed + " " + strings.TrimSpace(s.lines[i])
		s.reportValue(s.last, "yaml-colon", s.last.quoted(whole))
		return false
	case s.follows == more && closed == nil && offset == s.last.offset && strings.Trim(s.lines[s.last.line][:offset], " -") == "":
		s.open(s.last.line, offset)
		s.reportLostColon(s.last)
		return true
	}
	s.reportIndent(i, offset, closed)
	return true
}

// noteLeft notes the map that line i leaves, or the one that it does not begin
// though the line above it does: if the next line stands deeper, this one should.
func (s *scanner) noteLeft(i int, closed *level) {
	switch {
	case closed != nil:
		s.left = level{offset: closed.offset, line: i}
	case s.follows == nested:
		s.left = level{offset: -1, line: i}
	}
}

// inner is the innermost open map.
func (s *scanner) inner() *level { return &s.levels[len(s.levels)-1] }

func (s *scanner) open(line, offset int) {
	s.levels = append(s.levels, level{offset: offset, line: line, keys: 1})
}

// reportLostColon reports v, which stands where the first key of a map must.
func (s *scanner) reportLostColon(v value) {
	key, typed, _ := strings.Cut(v.typed, " ")
	if !isWord(key) || otherColon().MatchString(v.typed) {
		s.reportNoKey(v.line, v.offset, v.typed)
		return
	}
	line := s.lines[v.line][:v.offset] + key + ": " + asTyped(strings.TrimSpace(typed))
	s.report(s.at(v.line, v.offset), "yaml-line/colon", line)
}

// reportIndent reports that no map has its keys at offset of line i, which is the
// fault of the first key of the map above where that stands alone; closed is the
// map that the line ends, if any.
func (s *scanner) reportIndent(i, offset int, closed *level) {
	if s.follows == more && closed == nil && s.left.line == s.last.line && (s.left.offset == offset || s.left.offset < 0) {
		s.reportIndentOf(s.left.line, offset)
		s.open(s.left.line, offset)
		s.inner().keys++
		return
	}
	if s.follows == more && closed == nil && offset > s.inner().offset && s.reportHead(i, offset) {
		s.open(i, offset)
		return
	}
	next := s.indentBelow(i)
	above := closed
	if closed == nil && len(s.levels) > 1 {
		above = s.inner()
	}
	if above != nil && above.keys == 1 && next == offset && indentation(s.lines[above.line]) == above.offset {
		s.reportIndentOf(above.line, offset)
		if closed != nil {
			s.levels = append(s.levels, *closed)
		}
		s.inner().offset, s.inner().keys = offset, 2
		return
	}
	_, behind, _ := cutKey(s.lines[i])
	hasValue := strings.TrimSpace(s.lines[i][behind:]) != ""
	if closed == nil && hasValue && s.follows == more && s.last.line == i-1 && next == offset && offset > s.inner().offset {
		s.reportValue(s.last, "yaml-indent/below") // several keys below a value
		s.open(i, offset)
		return
	}
	if closed != nil && (offset-s.inner().offset > 1 || hasValue && next == closed.offset) {
		s.levels = append(s.levels, *closed)
		s.inner().keys++
	}
	s.reportIndentOf(i, s.inner().offset)
}

// reportHead reports the line above line i, whose key stands at offset, if it was to be the
// head of the block that line i begins: it is a comment now, or lacks its colon.
func (s *scanner) reportHead(i, offset int) bool {
	line := s.lines[i-1]
	indent, text := cutBlank(line)
	fits := slices.ContainsFunc(s.levels, func(l level) bool { return l.offset == len(indent) && l.offset < offset })
	head := strings.TrimRight(text, " =;,.：:")
	switch {
	case fits && strings.HasPrefix(text, "#") && isWord(firstKey(strings.TrimLeft(text, "# "))) && strings.HasSuffix(text, ":"):
		s.report(s.at(i-1, len(indent)), "yaml-line/head", indent+strings.TrimLeft(text, "# "))
	case s.last.line == i-1 && s.last.typed == strings.TrimSpace(line) && !s.last.item && head != "":
		s.report(s.at(i-1, len(indent)), "yaml-line/colon", indent+head+":")
		if s.inner().offset < len(indent) {
			s.open(i-1, len(indent))
		}
	default:
		return false
	}
	return true
}

// reportIndentOf reports that line i must stand at offset.
func (s *scanner) reportIndentOf(i, offset int) {
	line := s.lines[i]
	s.report(s.at(i, indentation(line)), "yaml-indent", strings.Repeat(" ", offset)+strings.TrimSpace(line))
}

// indentBelow returns the indentation of the next line below i that is not blank,
// -1 for none.
func (s *scanner) indentBelow(i int) int {
	for _, line := range s.lines[i+1:] {
		if text := strings.TrimSpace(line); text != "" && text[0] != '#' {
			return indentation(line)
		}
	}
	return -1
}

// isKeyBelow tells whether the line below line i is a key.
func (s *scanner) isKeyBelow(i int) bool {
	return i+1 < len(s.lines) && isWord(firstKey(strings.TrimLeft(s.lines[i+1], " ")))
}

// reportNoKey reports a line that is neither a key nor part of a value.
func (s *scanner) reportNoKey(i, offset int, text string) {
	isBare := (s.follows == nested && s.last.line == i-1 || i > 0 && s.bare == i-1) && len(s.levels) > 0 && s.inner().offset == offset
	s.follows = more
	s.last = value{slot: slot{key: s.last.key, indent: offset + 1}, line: i, offset: offset, typed: text}
	if key, typed, found := strings.Cut(text, ":"); found && isWord(key) {
		if strings.Trim(typed, ",;. ") == "" && s.indentBelow(i) > offset { // organization:;
			s.follows = nested
			s.report(s.at(i, offset), "yaml-line/colon", s.lines[i][:offset]+key+":")
			return
		}
		s.reportKey(s.at(i, offset+len(key)+1), "yaml-space", key, key+": "+asTyped(strings.TrimSpace(typed)))
		return
	}
	indent := s.lines[i][:offset]
	if head := strings.TrimRight(text, " =;,.：:"); s.indentBelow(i) > offset && head != "" && (isWord(head) || s.isKeyBelow(i)) {
		s.follows = nested
		s.report(s.at(i, offset), "yaml-line/colon", indent+head+":")
		return
	}
	if item := dashed().FindStringSubmatch(text); item != nil {
		s.report(s.at(i, offset), "yaml-line/item", indent+"- "+asTyped(item[1]))
	} else if s.dash == offset {
		s.report(s.at(i, offset), "yaml-line/item", indent+"- "+asTyped(text))
	} else if entry := otherColon().FindStringSubmatch(text); entry != nil {
		line := indent + entry[1] + ":"
		if entry[2] == "" {
			s.follows = nested
		} else {
			line += " " + asTyped(entry[2])
		}
		s.report(s.at(i, offset), "yaml-line/colon", line)
	} else {
		s.reportBare(i, offset, text, isBare)
	}
}

// listKeys are those whose value is a list, or may be one.
var listKeys = []string{"tags", "categories", "author", "authors", "aliases", "parties", "commitments", "attachments", "gallery", "corrections"}

// reportBare reports a text that stands right below its key, at the key's offset, with no
// mark before it, if isBare tells that; else a line of which there is no telling.
func (s *scanner) reportBare(i, offset int, text string, isBare bool) {
	switch {
	case !isBare:
		s.report(s.at(i, offset), "yaml-line")
	case slices.Contains(listKeys, s.last.key):
		s.dash = offset
		s.report(s.at(i, offset), "yaml-line/item", s.lines[i][:offset]+"- "+asTyped(text))
	default:
		s.bare = i
		s.report(s.at(i, offset), "yaml-indent", s.lines[i][:offset]+"  "+text)
	}
}

var (
	// dashed is an item whose dash is another sign or a number, or lacks its space.
	dashed = lazyregexp.New(`^(?:-|(?:[–—•●▪·+*]|\d{1,2}[.)])\s)\s*([^\s-].*)$`)
	// otherColon is a key with another sign than a colon behind it.
	otherColon = lazyregexp.New(`^([a-zA-Z_]+)\s*[=：]\s*(.*)$`)
)

// asTyped returns a value as it is typed where it can be read so, a list or a
// block in brackets too; else in quotes.
func asTyped(typed string) string {
	if strings.HasPrefix(typed, "[") && strings.HasSuffix(typed, "]") || strings.HasPrefix(typed, "{") && strings.HasSuffix(typed, "}") || typed != "" && strings.IndexByte("\"'", typed[0]) >= 0 && quotedEnd(typed) == len(typed) {
		if _, problems := Parse([]byte("x: "+typed+"\n"), "", 1); !problems.HasErrors() {
			return typed
		}
	}
	return PlainOrQuoted(typed)
}

// scanValue looks at what stands behind a key or a dash.
func (s *scanner) scanValue(v value) {
	blank, typed := cutBlank(s.lines[v.line][v.offset:])
	v.offset += len(blank)
	v.typed = strings.TrimRight(typed, " \t")
	s.last, s.follows = v, nothing
	switch {
	case v.typed == "" || v.typed[0] == '#':
		s.follows = nested
	case v.typed[0] == '"' || v.typed[0] == '\'':
		s.scanQuoted(v)
	case v.typed[0] == '[' || v.typed[0] == '{':
		s.scanFlow(v)
	case isBlockHeader(v.typed):
		s.skipDeeper(v)
		s.bare = s.next - 1 // a text that follows was to be of the block
	case strings.HasPrefix(v.typed, "* ") && strings.TrimSpace(s.lines[v.line][:v.offset]) == "" && !v.item:
		s.report(s.at(v.line, v.offset), "yaml-line/item", s.lines[v.line][:v.offset]+"- "+asTyped(strings.TrimSpace(v.typed[1:])))
	case startsSpecially(v.typed):
		s.reportStart(s.at(v.line, v.offset), v.slot, v.typed)
	case hasColon(v.typed) && bracedFile(v.key, v.typed) != "":
		s.reportValue(v, "yaml-colon/map", v.corrected(bracedFile(v.key, v.typed)))
	case isMapOnOneLine(v.typed):
		s.reportValue(v, "yaml-colon/map", v.corrected("{"+v.typed+"}"))
	case hasColon(cutComment(v.typed)):
		s.reportValue(v, "yaml-colon", v.quoted(v.typed))
	default:
		s.follows = more
	}
}

// skipDeeper passes over the lines that belong to v.
func (s *scanner) skipDeeper(v value) {
	for s.next < len(s.lines) {
		line := s.lines[s.next]
		if strings.TrimSpace(line) != "" && indentation(line) < v.indent {
			return
		}
		s.next++
	}
}

// scanQuoted looks at a text in quotes, which may go on over deeper lines.
func (s *scanner) scanQuoted(v value) {
	text := v.typed
	end := quotedEnd(text)
	for next := s.next; end == 0 && next < len(s.lines); next++ {
		line := s.lines[next]
		if strings.TrimSpace(line) != "" && indentation(line) < v.indent {
			break
		}
		text += "\n" + line
		if end = quotedEnd(text); end > 0 {
			s.next = next + 1
		}
	}
	if end == 0 {
		s.reportValue(v, "yaml-quote", v.corrected(Quote(v.typed[1:])))
		s.skipDeeper(v)
		return
	}
	if mended := doubleBackslashes(text[:end]); mended != text[:end] {
		s.reportEscape(s.at(v.line, v.offset), v.slot, text[:end], mended)
		return
	}
	switch {
	case strings.TrimSpace(cutComment(text[end:])) == "":
	case quotedTexts().MatchString(text):
		s.reportValue(v, "yaml-after-quote", v.corrected("["+text+"]"))
	default:
		s.reportValue(v, "yaml-after-quote", v.corrected(Quote(withoutOuterQuotes(strings.ReplaceAll(text, "\n", " ")))))
	}
}

// quotedTexts is a list of texts in quotes that lacks its brackets.
var quotedTexts = lazyregexp.New(`^(?:"[^"\\\n]*"|'[^'\n]*')(?:, *(?:"[^"\\\n]*"|'[^'\n]*'))+$`)

// reportCulprit reports the first entry that can't be read on its own, for
// mistakes that no rule of the scanner knows.
func (b *block) reportCulprit() {
	start := 0
	for end := 1; end <= len(b.lines); end++ {
		if end < len(b.lines) && !beginsEntry(b.lines[end]) {
			continue
		}
		if _, err := readDocument(strings.Join(b.lines[start:end], "\n")); err != nil {
			key, behind, isKey := cutKey(b.lines[start])
			if !isKey {
				break
			}
			blank, _ := cutBlank(b.lines[start][behind:])
			b.reportKey(b.at(start, behind+len(blank)), "yaml-syntax", key)
			return
		}
		start = end
	}
	if start == len(b.lines) {
		start = 0
	}
	b.report(b.at(start, 0), "yaml-line")
}

func beginsEntry(line string) bool {
	return line != "" && !strings.ContainsRune(" \t#-]}", rune(line[0]))
}
