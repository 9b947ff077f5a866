package article

import (
	"bytes"
	"strings"

	"bantin/internal/diag"
	"bantin/internal/lazyregexp"
	"bantin/internal/percent"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
)

// Relink returns the file src at path below content/ with the addresses in its
// text, and the paths of files in its front matter, as moved gives them; all
// else stays byte for byte. moved is called with each one, decoded and without
// what follows a ? or #; it returns "" for one that stays. What stands in code is
// no address.
func Relink(path string, src []byte, moved func(address string) string) ([]byte, diag.List) {
	file := (&Article{Path: path}).File()
	b, p := findBlock(file, src)
	if p != nil {
		return nil, diag.List{*p}
	}
	root, problems := strictyaml.Parse(b.yaml, file, b.line)
	if problems.HasErrors() {
		return nil, problems
	}
	if changes := relinkedKeys(root, moved); len(changes) > 0 {
		if src, problems = Edit(path, src, changes...); problems != nil {
			return nil, problems
		}
		if b, p = findBlock(file, src); p != nil {
			return nil, diag.List{*p}
		}
	}
	return append(bytes.Clone(src[:b.bodyStart]), relinkText(src[b.bodyStart:], moved)...), nil
}

// relinkedKeys returns the changes of the keys that name files.
func relinkedKeys(root *strictyaml.Node, moved func(string) string) (changes []strictyaml.Change) {
	for _, key := range [][]string{{"image"}, {"gallery"}, {"attachments"}, {"agreement", "document"}, {"agreement", "amends"}} {
		n := root
		for _, name := range key {
			if n != nil {
				n = n.Get(name)
			}
		}
		if n == nil {
			continue
		}
		if value, changed := relinkedValue(n, moved); changed {
			changes = append(changes, strictyaml.Change{Path: key, Value: value})
		}
	}
	return changes
}

// relinkedValue returns a copy of the value n: a path, a map with a path as its
// file, or a list of these.
func relinkedValue(n *strictyaml.Node, moved func(string) string) (*strictyaml.Node, bool) {
	changed := false
	c := *n
	switch n.Kind {
	case strictyaml.Scalar:
		if to := moved(n.Text); to != "" {
			c.Text, changed = to, true
		}
	case strictyaml.List:
		c.Items = nil
		for _, item := range n.Items {
			copied, differs := relinkedValue(item, moved)
			c.Items, changed = append(c.Items, copied), changed || differs
		}
	case strictyaml.Map:
		c.Entries = nil
		for _, e := range n.Entries {
			if e.Key == "file" {
				copied, differs := relinkedValue(e.Value, moved)
				e.Value, changed = copied, changed || differs
			}
			c.Entries = append(c.Entries, e)
		}
	}
	return &c, changed
}

// destination fits the places of a text where an address begins: behind the
// words of a link or a picture, in a link definition, and in raw HTML.
var destination = lazyregexp.New(`\]\([ \t]*<?|(?m:^ {0,3}\[[^\]\n]+\]:[ \t]*<?)|\b(?:href|src|poster)[ \t]*=[ \t]*["']`)

// fence fits the line that opens a block of code.
var fence = lazyregexp.New("^ {0,3}(```+|~~~+)")

// relinkText is Relink for a text.
func relinkText(text []byte, moved func(string) string) []byte {
	var out []byte
	closing := "" // what closes the block of code that is open
	var run []byte
	flush := func() {
		out = append(out, relinkRun(run, moved)...)
		run = nil
	}
	for line := range bytes.Lines(text) {
		mark := ""
		if m := fence().FindSubmatch(line); m != nil {
			mark = string(m[1])
		}
		switch {
		case closing == "" && mark == "":
			run = append(run, line...)
			continue
		case closing == "":
			flush()
			closing = mark
		case strings.HasPrefix(mark, closing) && len(bytes.TrimSpace(line)) == len(mark):
			closing = ""
		}
		out = append(out, line...)
	}
	flush()
	return out
}

// relinkRun is Relink for a part of a text without blocks of code.
func relinkRun(run []byte, moved func(string) string) []byte {
	var out []byte
	at := 0
	code := codeSpans(run)
	for _, m := range destination().FindAllIndex(run, -1) {
		if m[1] < at || inSpans(code, m[0]) {
			continue
		}
		raw, bracketed := destinationAt(run[m[1]:], run[m[0]:m[1]])
		address, rest := string(raw), ""
		if i := strings.IndexAny(address, "?#"); i >= 0 {
			address, rest = address[:i], address[i:]
		}
		to := moved(vietnamese.NFC(percent.Decoded(address)))
		if to == "" {
			continue
		}
		if !bracketed {
			to = escapeAddress(to)
		}
		out = append(append(append(out, run[at:m[1]]...), to...), rest...)
		at = m[1] + len(raw)
	}
	return append(out, run[at:]...)
}

// destinationAt returns the address at the beginning of text, behind opening.
func destinationAt(text, opening []byte) (raw []byte, bracketed bool) {
	switch last := opening[len(opening)-1]; last {
	case '<':
		return text[:max(bytes.IndexAny(text, ">\n"), 0)], true
	case '"', '\'':
		return text[:max(bytes.IndexByte(text, last), 0)], false
	}
	depth := 0
	for i, c := range text {
		switch {
		case c <= ' ', c == ')' && depth == 0:
			return text[:i], false
		case c == '(':
			depth++
		case c == ')':
			depth--
		}
	}
	return text, false
}

// escapeAddress makes of a path what may stand without brackets.
func escapeAddress(path string) string {
	return strings.NewReplacer("%", "%25", " ", "%20", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E", "\"", "%22", "#", "%23", "?", "%3F").Replace(path)
}

// codeSpans returns where in a text code stands between backticks.
func codeSpans(text []byte) (spans [][2]int) {
	for i := 0; i < len(text); {
		if text[i] != '`' {
			i++
			continue
		}
		n := 1
		for i+n < len(text) && text[i+n] == '`' {
			n++
		}
		end := closingTicks(text[i+n:], n)
		if end < 0 {
			i += n
			continue
		}
		spans = append(spans, [2]int{i, i + n + end})
		i += n + end
	}
	return spans
}

// closingTicks returns the end of the first run of just n backticks that
// stands in the same paragraph, -1 for none.
func closingTicks(text []byte, n int) int {
	if i := bytes.Index(text, []byte("\n\n")); i >= 0 {
		text = text[:i]
	}
	for i := 0; i < len(text); {
		if text[i] != '`' {
			i++
			continue
		}
		k := 1
		for i+k < len(text) && text[i+k] == '`' {
			k++
		}
		if k == n {
			return i + k
		}
		i += k
	}
	return -1
}

func inSpans(spans [][2]int, at int) bool {
	for _, s := range spans {
		if s[0] <= at && at < s[1] {
			return true
		}
	}
	return false
}

// LinkWith returns the link or picture of a line whose address begins at the
// column col, as it would be typed with the address that mend returns; "" if no
// link stands whole in that line.
func LinkWith(line string, col int, mend func(address string) string) string {
	runes := []rune(strings.TrimPrefix(line, "\ufeff"))
	if col < 1 || col > len(runes) {
		return ""
	}
	text := []byte(string(runes))
	at := len(string(runes[:col-1]))
	for _, m := range destination().FindAllIndex(text, -1) {
		raw, bracketed := destinationAt(text[m[1]:], text[m[0]:m[1]])
		if m[1] != at || text[m[0]] != ']' {
			continue
		}
		start := openingBracket(text[:m[0]])
		end := bytes.IndexByte(text[at+len(raw):], ')')
		if start < 0 || end < 0 {
			return ""
		}
		to := mend(string(raw))
		if !bracketed && strings.ContainsAny(to, " ()") {
			to = "<" + to + ">"
		}
		return string(text[start:at]) + to + string(text[at+len(raw):at+len(raw)+end+1])
	}
	return ""
}

// openingBracket returns where the words of a link begin that end text, with the !
// of a picture; -1 if no bracket opens them.
func openingBracket(text []byte) int {
	depth := 0
	for i := len(text) - 1; i >= 0; i-- {
		switch text[i] {
		case ']':
			depth++
		case '[':
			if depth--; depth < 0 {
				if i > 0 && text[i-1] == '!' {
					i--
				}
				return i
			}
		}
	}
	return -1
}
