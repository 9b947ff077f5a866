package strictyaml

import (
	"slices"
	"strings"

	"bantin/internal/lazyregexp"
)

// flow reads a [list] or {map} in brackets, to find the mistake in it.
type flow struct {
	*scanner
	value        // the whole
	text  string // from the opening bracket, with the deeper lines that follow
	i     int    // the byte to look at
}

// scanFlow looks at a value in brackets.
func (s *scanner) scanFlow(v value) {
	f := flow{scanner: s, value: v}
	start := s.next
	s.skipDeeper(v)
	f.text = strings.Join(append([]string{v.typed}, s.lines[start:s.next]...), "\n")
	if !f.collection(v.key) {
		return
	}
	if whole := f.text[:f.i]; commas().MatchString(whole) && !strings.ContainsAny(whole, "\n\"'") {
		s.reportValue(v, "yaml-comma/twice", v.corrected(commas().ReplaceAllString(whole, "$1$2")))
		return
	}
	rest, _, _ := strings.Cut(f.text[f.i:], "\n")
	switch rest = strings.TrimSpace(cutComment(rest)); {
	case rest == "":
	case strings.Trim(rest, `,;.]})"'`) == "" && !strings.Contains(f.text[:f.i], "\n"):
		s.reportValue(v, "yaml-bracket/after", rest, v.corrected(f.text[:f.i]))
	default:
		s.reportStart(s.at(v.line, v.offset), v.slot, v.typed)
	}
}

// commas are commas in brackets between which nothing stands, or before which nothing does.
var commas = lazyregexp.New(`(,)(?:\s*,)+|([\[{])(?:\s*,)+\s*`)

// place is the value that begins at byte i of the text.
func (f *flow) place(i int, at slot) value {
	before := f.text[:i]
	v := value{slot: at, line: f.line + strings.Count(before, "\n"), offset: f.offset + i}
	if newline := strings.LastIndexByte(before, '\n'); newline >= 0 {
		v.offset = i - newline - 1
	}
	return v
}

// collection reads a list or a map of key, and tells whether it is well formed.
func (f *flow) collection(key string) bool {
	start := f.i
	open, closing := f.text[start:start+1], "]"
	if open == "{" {
		closing = "}"
	}
	for f.i++; f.skipBlank(); {
		switch f.text[f.i : f.i+1] {
		case closing:
			f.i++
			return true
		case ",":
			f.i++
		case "]", "}":
			return f.unclosed(start, key, open, closing)
		default:
			if !f.entry(key) {
				return false
			}
		}
	}
	return f.unclosed(start, key, open, closing)
}

func (f *flow) unclosed(start int, key, open, closing string) bool {
	line, _, _ := strings.Cut(f.text, "\n")
	closed := strings.TrimRight(line, ", ") + closing
	switch {
	case f.i < len(line) && start == 0:
		closed = exchanged(line, f.i)
	case f.i < len(line):
		closed = line[:f.i] + closing + line[f.i:]
	}
	f.reportValue(f.place(start, slot{key: key}), "yaml-bracket", open, closing, f.corrected(closed))
	return false
}

// exchanged returns line, which begins with a bracket and has one of the other kind at
// byte end in the place of its partner, with those that fit what stands between them.
func exchanged(line string, end int) string {
	inner := line[1:end]
	if _, _, isMap := cutKey(inner); isMap {
		return "{" + inner + "}" + line[end+1:]
	}
	return "[" + inner + "]" + line[end+1:]
}

// entry reads "value" or "key: value".
func (f *flow) entry(key string) bool {
	start := f.i
	if !f.single(slot{key: key}) {
		return false
	}
	name := strings.Trim(f.text[start:f.i], ` "'`)
	if !f.skipBlank() || f.text[f.i] != ':' {
		return true
	}
	f.i++
	if !f.skipBlank() || strings.IndexByte(",]}", f.text[f.i]) >= 0 {
		return true
	}
	start = f.i
	if !f.single(slot{key: name}) {
		return false
	}
	if f.skipBlank() && f.text[f.i] == ':' {
		before := strings.TrimSpace(f.text[start:f.i])
		if f.lacksComma(start, start+strings.LastIndexAny(before, " \n")+1) {
			return false
		}
		return f.refuse(start, slot{key: name}, "yaml-colon", upToComma(f.text[start:]))
	}
	return true
}

// keysOnOneLine are those of maps that editors write on one line.
var keysOnOneLine = []string{"file", "alt", "caption", "credit", "title", "date", "text", "into", "from", "start", "end", "location"}

// isMapOnOneLine tells whether a value is such a map, but for its braces.
func isMapOnOneLine(typed string) bool {
	key, _, isKey := cutKey(typed)
	braced := "{" + typed + "}"
	return isKey && slices.Contains(keysOnOneLine, key) && asTyped(braced) == braced
}

// lacksComma reports the value that begins at byte start if behind it, at byte next, stands
// a key, without a comma between them.
func (f *flow) lacksComma(start, next int) bool {
	key, _, isKey := cutKey(f.text[next:])
	value := strings.TrimRight(f.text[start:next], "; \n")
	if !isKey || value == "" || !slices.Contains(keysOnOneLine, key) {
		return false
	}
	line, _, _ := strings.Cut(f.text, "\n")
	f.reportValue(f.place(0, f.slot), "yaml-comma/missing", key, f.corrected(f.text[:start]+value+", "+strings.TrimPrefix(line, f.text[:next])))
	return true
}

// single reads one text, list or map that stands at at.
func (f *flow) single(at slot) bool {
	start := f.i
	switch rest := f.text[start:]; {
	case rest[0] == '[' || rest[0] == '{':
		return f.collection(at.key)
	case rest[0] == '"' || rest[0] == '\'':
		end := quotedEnd(rest)
		if end == 0 {
			return f.refuse(start, at, "yaml-quote", upToComma(f.text[start+1:]))
		}
		if mended := doubleBackslashes(rest[:end]); mended != rest[:end] {
			v := f.place(start, at)
			if at.key == f.key && f.text[0] == '[' {
				v.slot.item, v.slot.flow = true, true
			}
			f.reportEscape(f.at(v.line, v.offset), v.slot, rest[:end], mended)
			return false
		}
		f.i += end
		if f.skipBlank() && strings.IndexByte(",:]}", f.text[f.i]) < 0 {
			if f.lacksComma(start, f.i+len(f.text[f.i:])-len(strings.TrimLeft(f.text[f.i:], "; "))) {
				return false
			}
			return f.refuse(start, at, "yaml-after-quote", withoutOuterQuotes(f.text[start:f.i]+upToComma(f.text[f.i:])))
		}
	case startsSpecially(rest) || rest[0] == '#':
		return f.refuse(start, at, "yaml-start", upToComma(f.text[start:]), rest[:1])
	default:
		f.i += plainEnd(rest)
		if f.i < len(f.text) && strings.IndexByte("[{", f.text[f.i]) >= 0 {
			return f.refuse(start, at, "yaml-bracket/inside", upToComma(f.text[start:]))
		}
		if strings.IndexByte(f.text[start:f.i], '?') >= 0 {
			return f.refuse(start, at, "yaml-question", upToComma(f.text[start:]))
		}
		if f.skipBlank() && f.text[f.i] == '#' {
			return f.refuse(start, at, "yaml-hash/flow", upToComma(f.text[start:]))
		}
	}
	return true
}

// refuse reports the value that begins at byte start, with text in quotes as
// its correction, and returns false.
func (f *flow) refuse(start int, at slot, id, text string, args ...string) bool {
	v := f.place(start, at)
	if at.key == f.key && f.text[0] == '[' {
		v.slot = slot{} // an item in brackets is corrected alone
	}
	f.reportKey(f.at(v.line, v.offset), id, at.key, append(args, v.quoted(text))...)
	return false
}

// skipBlank passes over spaces, line breaks and comments, but not over what
// only looks like one (#15), and tells whether anything is left.
func (f *flow) skipBlank() bool {
	for f.i < len(f.text) {
		switch c := f.text[f.i]; {
		case c == ' ' || c == '\t' || c == '\n':
			f.i++
		case c == '#' && strings.IndexByte(" \t\n", f.text[f.i-1]) >= 0 && !isHashtag(f.text[f.i:]):
			end := strings.IndexByte(f.text[f.i:], '\n')
			if end < 0 {
				end = len(f.text) - f.i
			}
			f.i += end
		default:
			return true
		}
	}
	return false
}

// plainEnd returns how many bytes of s the unquoted text at its start takes.
func plainEnd(s string) int {
	for i := range len(s) {
		switch s[i] {
		case ',', '[', ']', '{', '}':
			return i
		case ':':
			if i+1 == len(s) || strings.IndexByte(" \t\n,[]{}", s[i+1]) >= 0 {
				return i
			}
		case '#':
			if i > 0 && strings.IndexByte(" \t\n", s[i-1]) >= 0 {
				return i
			}
		}
	}
	return len(s)
}

// upToComma returns s up to the comma or the bracket that an editor would take for
// the end of the value at its start.
func upToComma(s string) string {
	depth := 0
	for i := range len(s) {
		switch s[i] {
		case '[', '{':
			depth++
		case ']', '}':
			if depth--; depth < 0 {
				return strings.TrimSpace(s[:i])
			}
		case ',', '\n':
			if depth == 0 {
				return strings.TrimSpace(s[:i])
			}
		}
	}
	return strings.TrimSpace(s)
}
