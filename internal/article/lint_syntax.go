package article

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bantin/internal/lazyregexp"

	"github.com/yuin/goldmark/util"
)

// syntaxes are the marks of other programs, which readers would see as typed: a
// character that begins each, and what it looks like.
var syntaxes = []struct {
	begins  byte
	kind    string
	pattern func() *regexp.Regexp
}{
	{'[', "contents", lazyregexp.New(`^(?i)(?:\[(?:TOC|_TOC_|mục lục)\]|\[\[_?TOC_?\]\])(?:\s|$)`)},
	{'[', "wiki-link", lazyregexp.New(`^\[\[[^\[\]\n]{1,300}\]\]`)},
	{'[', "callout", lazyregexp.New(`^\[![\pL -]{1,30}\][-+]?(?: |\n|$)`)},
	{'[', "shortcode", lazyregexp.New(`^\[/?(?:caption|gallery|embed|video|audio|contact-form-7|vc_\w+)\b[^\]\n]{0,300}\]|^(?i)\[/[a-z][a-z0-9_-]{0,20}\]|^(?i)\[(?:url|img|color|size|font|quote)=[^\]\n]{1,300}\]|^\[[a-z][a-z_-]{1,20}(?: [a-z_-]+=["'][^"'\]\n]*["'])+ ?/?\]`)},
	{'[', "reference", lazyregexp.New(`^\[[^\[\]\n^]{0,200}[^\[\]\n\d^][^\[\]\n]{0,200}\]\[[^\[\]\n^]{0,200}\]`)},
	{'{', "comment", lazyregexp.New(`^\{(?:>>|\+\+|--|~~)(?s:.{0,500}?)(?:<<|\+\+|--|~~)\}`)},
	{'{', "contents", lazyregexp.New(`^(?i)\{:toc\}|^(?i)\{\{ ?toc ?\}\}`)},
	{'{', "shortcode", lazyregexp.New(`^\{(?:\{[<%{]?.{0,300}?\}\}|%.{0,300}?%\})`)},
	{'{', "attributes", lazyregexp.New(`^\{:? ?(?:[.#][\pL\d_-]+|[a-z-]+=(?:"[^"\n]*"|[^\s}]+))(?: [^}\n]{0,200})?\}`)},
	{'%', "comment", lazyregexp.New(`^%%(?s:.{0,1000}?)%%`)},
	{'$', "math", lazyregexp.New(`^\$\$(?s:.{1,500}?)\$\$|^\$[^\s$\n][^$\n]{0,200}[\\^_{}=][^$\n]{0,200}[^\s$]\$(?:\D|$)`)},
	{'\\', "math", lazyregexp.New(`^\\[(\[](?:[^\\\n]|\\[a-zA-Z]){0,100}?(?:\\[a-zA-Z]|[\^_=])(?:[^\\\n]|\\[a-zA-Z]){0,100}?\\[)\]]`)},
	{'\\', "shortcode", lazyregexp.New(`^\\(?:newpage|pagebreak|clearpage|toc|tableofcontents|(?:begin|end|section|textbf|textit|cite|ref)\{[^}\n]{0,100}\})`)},
	{'<', "comment", lazyregexp.New(`^<!(?:-|–|—)[^->][^>]{0,500}>`)},
	{'<', "shortcode", lazyregexp.New(`^<%.{0,300}?%>`)},
	{'^', "note", lazyregexp.New(`^\^\[[^\]\n]{1,300}\]`)},
	{'^', "power", lazyregexp.New(`^\^[^\s^\[\]]{1,8}\^`)},
	{'~', "power", lazyregexp.New(`^~[\pL\d+-]{1,6}~`)},
	{'~', "pair", lazyregexp.New(`^~~`)},
	{'=', "pair", lazyregexp.New(`^==`)},
	{'+', "inserted", lazyregexp.New(`^\+\+[^+\s][^+\n]{0,200}\+\+`)},
	{'!', "callout", lazyregexp.New(`^!!!\+? ?(?:note|tip|warning|info|danger|important|caution|abstract|success|question|failure|bug|example|quote)\b`)},
	{':', "callout", lazyregexp.New(`^:::+ ?\{?[a-zA-Z.][\w.-]*`)},
	{':', "emoji", lazyregexp.New(`^:(?:[a-z][a-z0-9_+-]{1,30}|[+-]1):`)},
	{'*', "abbreviation", lazyregexp.New(`^\*\[[^\]\n]{1,40}\]:`)},
}

// syntaxMarks returns the characters by which the text may begin one of
// syntaxes. Most texts have none, and are looked at no further.
func syntaxMarks(src []byte) (marks []byte) {
	for _, c := range []byte("[{$^") {
		if bytes.IndexByte(src, c) >= 0 {
			marks = append(marks, c)
		}
	}
	for _, begins := range []string{"%%", "~", "==", "++", "!!!", "<%", "<!", "*[", "\\"} {
		if strings.Contains(util.BytesToReadOnlyString(src), begins) {
			marks = append(marks, begins[0])
		}
	}
	for i := bytes.IndexByte(src, ':'); i >= 0 && i+1 < len(src); {
		if c := src[i+1]; c >= 'a' && c <= 'z' || c == ':' || c == '+' || c == '-' {
			return append(marks, ':')
		}
		next := bytes.IndexByte(src[i+1:], ':')
		if next < 0 {
			break
		}
		i += 1 + next
	}
	return marks
}

// syntax tells of the first use of each of syntaxes in src[start:stop].
func (x *transform) syntax(start, stop int) {
	var found [8]span // which hold what others look like: the ^ of a formula
	n := 0
	for _, c := range x.syntaxMarks {
		for i := start; i < stop; i++ {
			next := bytes.IndexByte(x.src[i:stop], c)
			if next < 0 {
				break
			}
			i += next
			if i > 0 && x.src[i-1] == '\\' || !x.mayBegin(c, i) {
				continue
			}
			if x.syntaxSigns > maxSyntaxSigns {
				return
			}
			if slices.ContainsFunc(found[:n], func(s span) bool { return s.start <= i && i < s.end }) {
				continue
			}
			if length := x.syntaxAt(i); length > 0 {
				if n < len(found) {
					found[n] = span{i, i + length}
					n++
				}
				i += length - 1
			}
		}
	}
}

// span is a part of the text, from start to end.
type span struct{ start, end int }

// mayBegin tells whether the sign c at off stands where it means something to
// the programs that know it.
func (x *transform) mayBegin(c byte, off int) bool {
	before, _ := utf8.DecodeLastRune(x.src[:off])
	startsLine := off == 0 || before == '\n'
	rest := x.src[off:]
	switch c {
	case ':':
		return !isWordRune(before) && (startsLine || !bytes.HasPrefix(rest, []byte("::")))
	case '!', '*':
		return startsLine || c == '*' && bytes.HasPrefix(rest, []byte("*[")) && before == ' '
	case '~', '=':
		if n := runOf(rest); n == 2 {
			after, _ := utf8.DecodeRune(rest[2:])
			return before != rune(c) && (startsLine || unicode.IsSpace(before)) != (len(rest) == 2 || unicode.IsSpace(after)) // one that stands at a word
		} else if n > 2 || c == '=' {
			return false
		}
		return unicode.IsLetter(before)
	}
	return true
}

// syntaxAt tells of what begins at off, if it is one of syntaxes, and returns its length.
func (x *transform) syntaxAt(off int) int {
	for _, s := range syntaxes {
		if s.begins != x.src[off] {
			continue
		}
		found := s.pattern().Find(x.src[off:min(off+1100, len(x.src))])
		if found == nil {
			continue
		}
		if !slices.Contains(x.syntaxTold, s.kind) {
			x.syntaxTold = append(x.syntaxTold, s.kind)
			x.tellSyntax(off, s.kind, found)
		}
		return len(found)
	}
	x.syntaxSigns++
	return 0
}

// tellSyntax tells of the mark found at off.
func (x *transform) tellSyntax(off int, kind string, found []byte) {
	typed := shorten(string(bytes.TrimSpace(found)))
	switch {
	case kind == "pair":
		x.report(off, "literal-asterisks/pair", typed)
		return
	case kind == "wiki-link" && off > 0 && x.src[off-1] == '!':
		kind = "wiki-picture"
	case kind == "power":
		name := "sup"
		if found[0] == '~' {
			name = "sub"
		}
		x.report(off, "other-syntax/power", typed, "<"+name+">"+strings.Trim(typed, "^~")+"</"+name+">")
		return
	case kind == "reference":
		_, label, _ := strings.Cut(typed, "][")
		x.report(off, "other-syntax/reference", typed, "["+label)
		return
	}
	x.report(off, "other-syntax/"+kind, typed, string(bytes.Trim(found, "[]+")))
}
