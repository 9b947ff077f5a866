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
	s := scanner{block: b}
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
	next    int   // the line to look at, from 0
	levels  []int // offsets at which the keys of the open maps stand
	top     int   // the line of the first key
	follows continuation
	last    value // what stood last behind a key or a dash
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
	s.scanEntry(i, offset, dash, rest)
}

// scanOther tells whether line i holds neither a key nor a value: a blank
// line, a comment, a document marker, or a tab where spaces must stand.
func (s *scanner) scanOther(i, offset int, rest string) bool {
	switch {
	case rest == "" || rest[0] == '#':
	case rest[0] == '\t':
		indent, text := cutBlank(s.lines[i])
		s.report(s.at(i, offset), "yaml-tab", strings.ReplaceAll(indent, "\t", "  ")+text)
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

// scanEntry looks at rest, which stands at offset of line i, behind its last
// dash at offset dash, or -1 for none.
func (s *scanner) scanEntry(i, offset, dash int, rest string) {
	key, behind, isKey := cutKey(rest)
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

// enter tells whether a key may stand at offset of line i, and reports it if not.
func (s *scanner) enter(i, offset, dash int, key string) bool {
	if len(s.levels) == 0 {
		s.top = i
		s.levels = append(s.levels, offset)
		return true
	}
	dedented := false
	for len(s.levels) > 0 && s.levels[len(s.levels)-1] > max(offset, dash) {
		s.levels = s.levels[:len(s.levels)-1]
		dedented = true
	}
	switch {
	case slices.Contains(s.levels, offset) && dash < 0:
		return true
	case dash >= 0, s.follows == nested && !dedented:
		s.levels = append(s.levels, offset)
		return true
	case len(s.levels) == 0:
		// The lines above stand too deep, not this one.
		s.levels = append(s.levels, offset)
		above := s.lines[s.top]
		s.report(s.at(s.top, indentation(above)), "yaml-indent", strings.TrimSpace(above))
		return true
	case s.follows == more && !dedented && !isWord(key):
		whole := s.last.typed + " " + strings.TrimSpace(s.lines[i])
		s.reportValue(s.last, "yaml-colon", s.last.quoted(whole))
		return false
	}
	level := s.levels[len(s.levels)-1]
	s.report(s.at(i, offset), "yaml-indent", strings.Repeat(" ", level)+strings.TrimSpace(s.lines[i]))
	return false
}

// reportNoKey reports a line that is neither a key nor part of a value.
func (s *scanner) reportNoKey(i, offset int, text string) {
	s.follows = more
	s.last = value{slot: slot{key: s.last.key, indent: offset + 1}, line: i, offset: offset, typed: text}
	if key, typed, found := strings.Cut(text, ":"); found && isWord(key) {
		s.reportKey(s.at(i, offset+len(key)+1), "yaml-space", key, key+": "+asTyped(strings.TrimSpace(typed)))
		return
	}
	indent := strings.Repeat(" ", offset)
	if item := dashed().FindStringSubmatch(text); item != nil {
		s.report(s.at(i, offset), "yaml-line/item", indent+"- "+asTyped(item[1]))
	} else if entry := otherColon().FindStringSubmatch(text); entry != nil {
		s.report(s.at(i, offset), "yaml-line/colon", indent+entry[1]+": "+asTyped(entry[2]))
	} else {
		s.report(s.at(i, offset), "yaml-line")
	}
}

var (
	// dashed is an item whose dash is another sign, or lacks its space.
	dashed = lazyregexp.New(`^(?:-|[–—•●▪·+*]\s)\s*([^\s-].*)$`)
	// otherColon is a key with another sign than a colon behind it.
	otherColon = lazyregexp.New(`^([a-zA-Z_]+)\s*[=：]\s*(\S.*)$`)
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
	case startsSpecially(v.typed):
		s.reportStart(s.at(v.line, v.offset), v.slot, v.typed)
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
	if strings.TrimSpace(cutComment(text[end:])) != "" {
		s.reportValue(v, "yaml-after-quote", v.corrected(Quote(withoutOuterQuotes(strings.ReplaceAll(text, "\n", " ")))))
	}
}

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
