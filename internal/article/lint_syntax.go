package article

import (
	"bytes"
	"regexp"

	"bantin/internal/lazyregexp"
)

// syntaxes are the marks of other programs, which readers would see as typed: a
// character that begins each, and what it looks like.
var syntaxes = []struct {
	begins  byte
	kind    string
	pattern func() *regexp.Regexp
}{
	{'[', "wiki-link", lazyregexp.New(`^\[\[[^\[\]\n]{1,300}\]\]`)},
	{'[', "contents", lazyregexp.New(`^(?i)\[(?:TOC|_TOC_|mục lục)\](?:\s|$)`)},
	{'[', "callout", lazyregexp.New(`^\[![\pL-]{1,30}\][-+]?(?: |\n|$)`)},
	{'[', "shortcode", lazyregexp.New(`^\[/?(?:caption|gallery|embed|video|audio|contact-form-7|vc_\w+)\b[^\]\n]{0,300}\]`)},
	{'{', "shortcode", lazyregexp.New(`^\{(?:\{[<%{]?.{0,300}?\}\}|%.{0,300}?%\})`)},
	{'{', "attributes", lazyregexp.New(`^\{:? ?(?:[.#][\pL\d_-]+|[a-z-]+=(?:"[^"\n]*"|[^\s}]+))(?: [^}\n]{0,200})?\}`)},
	{'%', "comment", lazyregexp.New(`^%%(?s:.{0,1000}?)%%`)},
	{'$', "math", lazyregexp.New(`^\$\$(?s:.{1,500}?)\$\$|^\$[^\s$\n][^$\n]{0,200}[\\^_{}=][^$\n]{0,200}[^\s$]\$(?:\D|$)`)},
	{':', "emoji", lazyregexp.New(`^:[a-z][a-z0-9_+-]{1,30}:`)},
}

// syntaxMarks returns the characters by which the text may begin one of
// syntaxes. Most texts have none, and are looked at no further.
func syntaxMarks(src []byte) (marks []byte) {
	for _, c := range []byte("[{$") {
		if bytes.IndexByte(src, c) >= 0 {
			marks = append(marks, c)
		}
	}
	if bytes.Contains(src, []byte("%%")) {
		marks = append(marks, '%')
	}
	for i := bytes.IndexByte(src, ':'); i >= 0 && i+1 < len(src); {
		if c := src[i+1]; c >= 'a' && c <= 'z' {
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
	for _, c := range x.syntaxMarks {
		for i := start; i < stop; i++ {
			next := bytes.IndexByte(x.src[i:stop], c)
			if next < 0 {
				break
			}
			i += next
			if i > 0 && (x.src[i-1] == '\\' || c == ':' && isWordRune(rune(x.src[i-1]))) {
				continue
			}
			i += max(x.syntaxAt(i)-1, 0)
		}
	}
}

// syntaxAt tells of what begins at off, if it is one of syntaxes, and returns its length.
func (x *transform) syntaxAt(off int) int {
	for k, s := range syntaxes {
		if s.begins != x.src[off] {
			continue
		}
		found := s.pattern().Find(x.src[off:min(off+1100, len(x.src))])
		if found == nil {
			continue
		}
		if x.syntaxTold&(1<<k) == 0 {
			x.syntaxTold |= 1 << k
			kind := s.kind
			if kind == "wiki-link" && off > 0 && x.src[off-1] == '!' {
				kind = "wiki-picture"
			}
			x.report(off, "other-syntax/"+kind, shorten(string(bytes.TrimSpace(found))), string(bytes.Trim(found, "[]")))
		}
		return len(found)
	}
	return 0
}
