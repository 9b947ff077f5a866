package strictyaml

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"bantin/internal/diag"
)

// block is the source of one parse, by lines, with the problems found in it.
type block struct {
	text     string
	lines    []string // without line breaks
	file     string
	first    int  // line of the file that lines[0] is
	hasHash  bool // whether any # stands in the block
	problems diag.List
	// moved tells of lines that were mended to be read on: by how many columns what
	// they say stands further on than it was typed.
	moved map[int]int
	// swallowed tells that a text whose quote is not closed took in lines below it: what
	// they say is not known.
	swallowed bool
}

func newBlock(src []byte, file string, firstLine int) *block {
	// The YAML library does not count a byte order mark as a column either.
	text := strings.TrimPrefix(string(src), "\ufeff")
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimSuffix(line, "\r")
	}
	return &block{text: text, lines: lines, file: file, first: firstLine, hasHash: strings.Contains(text, "#")}
}

// pos is the place of column col in line line of the block, both from 1.
func (b *block) pos(line, col int) diag.Pos {
	return diag.Pos{File: b.file, Line: b.first + line - 1, Col: col}
}

// at is the place of byte offset in lines[i].
func (b *block) at(i, offset int) diag.Pos {
	return b.pos(i+1, max(1, utf8.RuneCountInString(b.lines[i][:offset])+1-b.moved[i]))
}

// mend puts another line in the place of one that is told, to be read on; they differ
// in what stands before their text alone.
func (b *block) mend(i int, line string) {
	if b.moved == nil {
		b.moved = map[int]int{}
	}
	b.moved[i] += utf8.RuneCountInString(line) - utf8.RuneCountInString(b.lines[i])
	b.lines[i] = line
}

func (b *block) report(pos diag.Pos, id string, args ...string) {
	b.problems = append(b.problems, diag.New(pos, id, args...))
}

// reportKey reports a problem of the value of key, in the key's own words.
func (b *block) reportKey(pos diag.Pos, id, key string, args ...string) {
	b.report(pos, diag.ForKey(id, key), append([]string{key}, args...)...)
}

// rest returns the source from column col of line line to the line's end.
func (b *block) rest(line, col int) string {
	if line > len(b.lines) {
		return ""
	}
	s := b.lines[line-1]
	for ; col > 1 && s != ""; col-- {
		_, size := utf8.DecodeRuneInString(s)
		s = s[size:]
	}
	return s
}

// forbidCharacters reports the first character that no text may hold: broken
// UTF-8, control characters, and those that YAML alone takes for line breaks,
// after which its lines would not be the file's.
func (b *block) forbidCharacters() {
	for i, line := range b.lines {
		for offset, r := range line {
			switch {
			case r == utf8.RuneError && strings.HasPrefix(line[offset:], "\ufffd"):
			case r == utf8.RuneError:
				b.report(b.at(i, offset), "encoding/utf-8")
				return
			case isForbidden(r):
				b.report(b.at(i, offset), "yaml-character", "U+"+hex4(r))
				return
			}
		}
	}
}

// isForbidden tells the characters that no line may hold: control characters,
// and those that YAML alone takes for line breaks.
func isForbidden(r rune) bool {
	return r < ' ' && r != '\t' || 0x7f <= r && r < 0xa0 || r == '\u2028' || r == '\u2029'
}

// hex4 writes r as Unicode charts do.
func hex4(r rune) string {
	s := strings.ToUpper(strconv.FormatInt(int64(r), 16))
	return strings.Repeat("0", max(0, 4-len(s))) + s
}
