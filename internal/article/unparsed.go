package article

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// mark is a ** or __ that CommonMark left as it was typed.
type mark struct {
	off  int
	char byte
}

// gatherMarks finds the marks in src[start:stop] that were meant to make
// words bold. Blanks to fill in (____) and dividers (****) were not.
func (s *survey) gatherMarks(start, stop int) {
	for i := start; i < stop; {
		c := s.src[i]
		if c == '\\' {
			i += 2
			continue
		}
		if c != '*' && c != '_' {
			i++
			continue
		}
		end := i + 1
		for end < stop && s.src[end] == c {
			end++
		}
		if n := end - i; n == 2 || n == 3 && c == '*' {
			if s.wantsBold(i, end) {
				s.marks = append(s.marks, mark{end - 2, c})
			}
		}
		i = end
	}
}

// wantsBold tells whether the mark src[i:end] stands at a word: not alone,
// not within one as in ten__tep.pdf, and not as a note's sign: (**).
func (s *survey) wantsBold(i, end int) bool {
	before, _ := utf8.DecodeLastRune(s.src[:i])
	after, _ := utf8.DecodeRune(s.src[end:])
	if before == '(' && after == ')' {
		return false
	}
	return s.src[i] == '*' || !isWordRune(before) || !isWordRune(after)
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// reportMarks tells of the marks left in a block, two by two.
func (s *survey) reportMarks() {
	marks := s.marks
	for len(marks) > 0 {
		first := marks[0]
		id, fix := "literal-asterisks/alone", ""
		if len(marks) > 1 && marks[1].char == first.char {
			id, fix = "literal-asterisks", s.bolded(first.off, marks[1].off)
			marks = marks[1:]
		} else if s.isApart(first.off) {
			marks = marks[1:]
			continue
		}
		typed := strings.Repeat(string(first.char), 2)
		s.report(first.off, id, typed, fix)
		marks = marks[1:]
	}
	s.marks = s.marks[:0]
}

// isApart tells whether the mark at off has white space on both sides.
func (s *survey) isApart(off int) bool {
	before, _ := utf8.DecodeLastRune(s.src[:off])
	after, _ := utf8.DecodeRune(s.src[off+2:])
	return (off == 0 || unicode.IsSpace(before)) && (off+2 == len(s.src) || unicode.IsSpace(after))
}

// bolded returns the words around the marks at open and shut as they would
// have to be typed: marks close to the words between them, and a space where
// punctuation meets a word (CommonMark 0.31, 6.2: left- and right-flanking).
func (s *survey) bolded(open, shut int) string {
	inside := string(s.src[open+2 : shut])
	words := strings.Join(strings.Fields(inside), " ")
	before, after := lastWord(s.src[:open]), firstWord(s.src[shut+2:])
	first, _ := utf8.DecodeRuneInString(words)
	last, _ := utf8.DecodeLastRuneInString(words)
	if before != "" && (!isWordRune(first) || strings.TrimLeft(inside, " \n") != inside) {
		before += " "
	}
	if next, _ := utf8.DecodeRuneInString(after); isWordRune(next) &&
		(!isWordRune(last) || strings.TrimRight(inside, " \n") != inside) {
		after = " " + after
	}
	return before + "**" + shorten(words) + "**" + after
}

func lastWord(text []byte) string {
	return string(text[bytes.LastIndexAny(text, " \t\n")+1:])
}

func firstWord(text []byte) string {
	if end := bytes.IndexAny(text, " \t\n"); end >= 0 {
		text = text[:end]
	}
	return string(text)
}

// shorten leaves out the middle of a long run of words.
func shorten(words string) string {
	f := strings.Fields(words)
	if len(f) <= 12 {
		return words
	}
	return strings.Join(f[:4], " ") + " … " + strings.Join(f[len(f)-4:], " ")
}

// brokenLinks finds in src[start:stop] the links that stayed text because
// their address has a space in it: [x](kế hoạch 15.pdf).
func (s *survey) brokenLinks(start, stop int) {
	for i := start; i < stop; i++ {
		if s.src[i] != ']' {
			continue
		}
		if i+1 < len(s.src) && s.src[i+1] == '(' {
			s.brokenLink(i)
		}
	}
}

// brokenLink tells of the link whose text ends at the bracket src[shut].
func (s *survey) brokenLink(shut int) {
	line := s.src[bytes.LastIndexByte(s.src[:shut], '\n')+1 : shut]
	label := bytes.LastIndexByte(line, '[')
	rest := s.src[shut+2:]
	if end := bytes.IndexByte(rest, '\n'); end >= 0 {
		rest = rest[:end]
	}
	end := bytes.IndexByte(rest, ')')
	if label < 0 || end < 0 {
		return
	}
	dest := string(bytes.TrimSpace(rest[:end]))
	if !strings.ContainsAny(dest, " \t") {
		return
	}
	text := string(line[label:])
	if address, title, ok := curlyTitle(dest); ok {
		s.report(shut+2, "link-quotes", text+`](`+address+` "`+title+`")`)
		return
	}
	s.report(shut+2, "link-space", dest, text+"](<"+dest+">)")
}

// curlyTitle splits an address with a title in the quotation marks of a word
// processor.
func curlyTitle(dest string) (address, title string, ok bool) {
	address, title, ok = strings.Cut(dest, " “")
	if !ok || strings.ContainsAny(address, " \t") {
		return "", "", false
	}
	return address, strings.TrimRight(title, "”“"), true
}

// unspacedHeading tells of a line of text that was meant to be a heading:
// ##Tiêu đề. One # alone is a hashtag.
func (s *survey) unspacedHeading(start int) {
	line := s.src[start:]
	if !bytes.HasPrefix(line, []byte("##")) {
		return
	}
	if end := bytes.IndexByte(line, '\n'); end >= 0 {
		line = line[:end]
	}
	words := bytes.TrimLeft(line, "#")
	level := len(line) - len(words)
	if first, _ := utf8.DecodeRune(words); level <= 6 && isWordRune(first) {
		s.report(start, "heading-space", string(line[:level]), string(line[:level])+" "+shorten(string(words)))
	}
}
