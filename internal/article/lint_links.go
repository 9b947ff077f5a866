package article

import (
	"bytes"
	"path"
	"strings"
	"unicode/utf8"

	"bantin/internal/lazyregexp"
	"bantin/internal/vietnamese"

	"github.com/yuin/goldmark/ast"
)

// What follows tells links whose square brackets are other signs, pictures that are links,
// and links and footnotes that stayed text since a bracket or a note is missing.

// maxLabel is how far apart in bytes the brackets of a link are looked for
// (CommonMark 0.31, 6.3: a label has at most 999 characters).
const maxLabel = 999

// linkAddress is what a link leads to: a web address, or a file.
const linkAddress = `((?:https?://|mailto:|tel:)[^\s()<>\[\]{}（）]+|[^\s()<>\[\]{}（）]+\.[a-z]{2,4})`

// maxAddress is how long in bytes an address is looked for behind a link's words.
const maxAddress = 300

// otherBrackets are the signs that stand in the place of a link's [, by those in the place
// of its ]. A keyboard that is set to Telex makes ơ of [ and ư of ].
var otherBrackets = map[rune]string{')': "(", 'ư': "ơ", 'Ư': "Ơ"}

// addressAhead is an address in its brackets.
var addressAhead = lazyregexp.New(`^\(` + linkAddress + `\)`)

// bracketless finds in src[start:stop] the links that have no square brackets.
func (x *transform) bracketless(start, stop int) {
	for i := start; i < stop; i++ {
		next := bytes.IndexByte(x.src[i:stop], '(')
		if next < 0 {
			return
		}
		i += next
		shut, size := utf8.DecodeLastRune(x.src[:i])
		if opens := otherBrackets[shut]; opens != "" {
			x.bracketlessLink(i, i-size, opens)
		}
	}
}

// bracketlessLink tells of the link whose address stands in brackets at off, and whose
// words end at end and begin behind the last of opens.
func (x *transform) bracketlessLink(off, end int, opens string) {
	m := addressAhead().FindSubmatch(x.src[off:min(off+maxAddress, len(x.src))])
	if m == nil {
		return
	}
	near := x.src[max(0, end-maxLabel):end]
	near = near[bytes.LastIndexAny(near, "[]\n")+1:]
	at := bytes.LastIndex(near, []byte(opens))
	if at < 0 {
		return
	}
	words := string(near[at+len(opens):])
	before, _ := utf8.DecodeLastRune(near[:at])
	if at == 0 {
		before, _ = utf8.DecodeLastRune(x.src[:end-len(near)])
	}
	first, _ := utf8.DecodeRuneInString(words)
	open := end - len(near) + at
	switch {
	case strings.TrimSpace(words) == "", strings.Contains(words, ")"), isWordRune(before), before == '\\':
		return
	case opens != "(" && (!isWordRune(first) || shortSyllables().MatchString(opens+words)):
		return
	}
	if before == '!' {
		open, words = open-1, "!["+words
	} else {
		words = "[" + words
	}
	x.report(open, "link-unclosed/brackets", words+"]("+string(m[1])+")")
}

// shortSyllables are those that begin with ơ without a tone.
var shortSyllables = lazyregexp.New(`^(?i)ơ[inmt](?:[\s,;]|$)`)

// pictureName is the address of a picture.
var pictureName = lazyregexp.New(`(?i)\.(?:` + pictureEnding + `)$`)

// partedPicture tells of a link to a picture that has a ! before it, with a space
// between them.
func (x *transform) partedPicture(n *ast.Link) {
	off := n.Pos()
	if off <= 0 || n.Reference != nil || !pictureName().Match(n.Destination) {
		return
	}
	mark := bytes.TrimRight(x.src[:off], " ")
	sign := "!"
	if !bytes.HasSuffix(mark, []byte(sign)) {
		sign = "！"
	}
	at := len(mark) - len(sign)
	if !bytes.HasSuffix(mark, []byte(sign)) || at > 0 && x.src[at-1] > ' ' { // Chúc mừng! [Ảnh](a.jpg)
		return
	}
	end := bytes.IndexByte(x.src[off:], ')')
	if end < 0 || bytes.IndexByte(x.src[off:off+end], '\n') >= 0 {
		return
	}
	x.report(at, "link-apart/picture", "!"+string(x.src[off:off+end+1]))
}

// knownEnding is that of a file which a text may show or offer.
const knownEnding = `(?i:` + pictureEnding + `|pdf|docx?|xlsx?|pptx?|odt|ods|zip|rar|mp[34]|webm|md|html?)`

// brokenLinks finds in src[start:stop] the brackets that were meant to be
// links or footnotes and stayed text.
func (x *transform) brokenLinks(start, stop int) {
	for i := start; i < stop; i++ {
		if x.src[i] == '[' {
			x.unclosedWords(i)
		}
		if x.src[i] != ']' {
			continue
		}
		near := x.src[max(0, i-maxLabel):i]
		open := bytes.LastIndexAny(near, "[\n")
		if open < 0 || near[open] == '\n' {
			x.unopenedLink(i)
			continue
		}
		open += i - len(near)
		text, rest := string(x.src[open:i+1]), x.src[i+1:]
		switch {
		case strings.HasPrefix(text, "[^") && len(text) > 3 && !strings.Contains(text, " "):
			x.missingFootnote(text, open)
		case bytes.HasPrefix(rest, []byte("(")):
			if open > 0 && x.src[open-1] == '!' {
				text = "!" + text
			}
			x.brokenLink(text, i+2, rest[1:])
		case x.strayLink(text, open, rest):
		case bytes.HasPrefix(rest, []byte(" (")), bytes.HasPrefix(rest, []byte("\n(")):
			if open > 0 && x.src[open-1] == '!' {
				text, open = "!"+text, open-1
			}
			x.apartLink(text, open, rest[2:])
		case open > 0 && x.src[open-1] == ')':
			x.reversedLink(text, open)
		}
	}
}

var (
	// strayBracket is an address behind the ] of a link, in other brackets than ( and ), or
	// with a sign before them.
	strayBracket = lazyregexp.New(`^(?:\{|<|（|[:;.,/|=-](?:\(|（)| \[)` + linkAddress + `[)}>）\]]{1,2}|^` + linkAddress + `\)`)
	// unclosedLabel is a link whose words have no ] behind them.
	unclosedLabel = lazyregexp.New(`^(\[[^\[\]()\n]{1,200})\)? ?\(` + linkAddress + `\)`)
	// addressBehind is an address in its brackets.
	addressBehind = lazyregexp.New(`^\]\(` + linkAddress + `\)`)
)

// strayLink tells of a link with the words text, whose [ stands at open, if its address in
// rest does not stand right behind them in ( and ).
func (x *transform) strayLink(text string, open int, rest []byte) bool {
	address := strayAddress(rest)
	if address == "" || open > 0 && x.src[open-1] == '\\' {
		return false
	}
	if open > 0 && x.src[open-1] == '!' {
		text, open = "!"+text, open-1
	}
	x.report(open, "link-unclosed/brackets", text+"("+address+")")
	return true
}

// strayAddress returns the address right behind the ] of a link that stands in other
// brackets than ( and ), or has no ( before it, and "" where there is none.
func strayAddress(rest []byte) string {
	if len(rest) == 0 || strings.IndexByte("{<:;.,/|=-", rest[0]) < 0 && !bytes.HasPrefix(rest, []byte(" [")) && rest[0] < utf8.RuneSelf && !isWordRune(rune(rest[0])) {
		return ""
	}
	end := bytes.IndexAny(rest[1:min(len(rest), maxAddress)], " \n") + 1
	if end == 0 {
		end = min(len(rest), maxAddress)
	}
	if m := strayBracket().FindSubmatch(rest[:end]); m != nil {
		return string(m[1]) + string(m[2])
	}
	return ""
}

// unclosedWords tells of a link at off whose words lack their ]: [chữ(a.pdf).
func (x *transform) unclosedWords(off int) {
	behind := x.src[off+1 : min(off+1+maxAddress, len(x.src))]
	if end := bytes.IndexAny(behind, "[]()\n"); end < 1 || behind[end] != '(' && behind[end] != ')' {
		return
	}
	m := unclosedLabel().FindSubmatch(x.src[off:min(off+2*maxAddress, len(x.src))])
	if m == nil || off > 0 && x.src[off-1] == '\\' {
		return
	}
	rest := x.src[off+len(m[0]) : min(off+len(m[0])+maxLabel, len(x.src))]
	if i := bytes.IndexAny(rest, "[]\n"); i < 0 || rest[i] != ']' { // which would close [chữ (a.pdf)]
		x.report(off, "link-unclosed/brackets", string(m[1])+"]("+string(m[2])+")")
	}
}

// unopenedLink tells of a link whose words, which end at off, have no [ before them.
func (x *transform) unopenedLink(off int) {
	if addressBehind().Match(x.src[off:min(off+maxAddress, len(x.src))]) && (off == 0 || x.src[off-1] != '\\') {
		x.report(off, "link-unclosed/words")
	}
}

// brokenLink tells of a link whose address, at off, has a space in it:
// [x](kế hoạch 15.pdf).
func (x *transform) brokenLink(text string, off int, rest []byte) {
	dest, ok := bracketed(rest)
	if !ok {
		x.unclosedLink(text, off, rest)
		return
	}
	if !strings.ContainsAny(dest, " \t") {
		if inner := strings.Trim(dest, "<>"); len(inner) == len(dest)-1 && looksLikeAddress(inner) {
			x.report(off, "link-address/signs", dest, text+"("+inner+")")
		}
		return
	}
	if m := pictureSize().FindStringSubmatch(dest); m != nil && strings.HasPrefix(text, "!") {
		x.report(off, "link-size", m[2], text+"("+m[1]+")")
		return
	}
	dest, title, id := splitTitle(dest)
	if m := halfTitle().FindStringSubmatch(dest); m != nil && title == "" {
		dest, title, id = m[1]+m[3], ` "`+m[2]+m[4]+`"`, "link-quotes/marks"
	} else if m := bareTitle().FindStringSubmatch(dest); m != nil && title == "" && !fileName().MatchString(dest) {
		dest, title, id = m[1], ` "`+m[2]+`"`, "link-quotes/bare"
	}
	if whole := withoutInnerSpace(dest); whole != "" {
		x.report(off, "link-space", dest, text+"("+whole+title+")")
		return
	}
	if strings.ContainsAny(dest, " \t") {
		id = "link-space"
		switch {
		case phonePattern().MatchString(dest):
			x.report(off, "link-space/phone", dest, text+"(tel:"+vietnamese.Dial(dest)+title+")")
			return
		case !strings.HasPrefix(text, "!") && !looksLikePlace(dest):
			x.report(off, "link-words", dest, text+" ("+dest+title+")")
			return
		}
	}
	if id == "" {
		return
	}
	mended := strings.ReplaceAll(dest, `\`, "/")
	if strings.ContainsAny(mended, " \t()") {
		mended = "<" + mended + ">"
	}
	mended = text + "(" + mended + title + ")"
	if strings.HasPrefix(id, "link-quotes") {
		x.report(off, id, mended)
		return
	}
	x.report(off, id, dest, mended)
}

var (
	// halfTitle is an address with a title that lacks one of its quotation marks, or the
	// space before them.
	halfTitle = lazyregexp.New(`^(?:([^\s"“”]+?)[ \t]*["“”][ \t]*([^"“”]*[^"“”\s])[ \t]*["“”]?|([^\s"“”]+?\.[a-z]{2,4})[ \t]+([^"“”]*[^"“”\s])["“”])$`)
	// bareTitle is a file with a title that has no quotation marks, or others.
	bareTitle = lazyregexp.New(`^(\S+\.` + knownEnding + `)[ \t]*(?:[,;|:–—-][ \t]*|[ \t])(?:title ?= ?)?["'‘]?([^"'‘’“”\s][^"“”]*?)["'’]?$`)
	// brokenScheme is a web address with a space within its beginning.
	brokenScheme = lazyregexp.New(`^(https?) ?: ?/ ?/ ?(\S+)$`)
	// brokenEnding is a file with a space before its ending.
	brokenEnding = lazyregexp.New(`^([^\s.]+) ?\. ?(` + knownEnding + `)$`)
	// spacedScheme is an address that is no web address, with a space behind its scheme.
	spacedScheme = lazyregexp.New(`^(tel|mailto) ?: ?(\S.*)$`)
)

// withoutInnerSpace returns an address without the spaces in places where none can be
// meant, "" where they may be part of a name.
func withoutInnerSpace(dest string) string {
	if m := brokenScheme().FindStringSubmatch(dest); m != nil {
		return m[1] + "://" + m[2]
	}
	if m := brokenEnding().FindStringSubmatch(dest); m != nil && strings.Contains(dest, " ") {
		return m[1] + "." + m[2]
	}
	m := spacedScheme().FindStringSubmatch(dest)
	switch {
	case m == nil || strings.ContainsAny(m[2], "\"“”"):
		return ""
	case m[1] == "tel":
		return "tel:" + vietnamese.Dial(m[2])
	}
	return "mailto:" + strings.ReplaceAll(m[2], " ", "")
}

// looksLikePlace tells whether dest, which has spaces in it, may be meant to be an
// address or a file: [x](kế hoạch 15.pdf), and not [Lưu ý](áp dụng từ ngày mai).
func looksLikePlace(dest string) bool {
	return looksLikeAddress(dest) || strings.ContainsAny(dest, `/\#`) || fileName().MatchString(dest)
}

// fileName ends as the name of a file does, in capitals too, whatever stands behind it.
var fileName = lazyregexp.New(`\.[A-Za-z][A-Za-z0-9]{1,4}(?:[?#].*)?$`)

// pictureSize is the size that other programs take behind a picture's address.
var pictureSize = lazyregexp.New(`^(\S+) +(=\d*%?x?\d*%?)$`)

// unclosedLink tells of a link whose address, at off, has no ) behind it:
// [x](https://a.vn
func (x *transform) unclosedLink(text string, off int, rest []byte) {
	line, _, _ := bytes.Cut(rest, []byte("\n"))
	dest := firstWord(line)
	if mark := strings.TrimRight(dest, ".,;:!?]}>）"); looksLikeAddress(mark) {
		x.report(off, "link-unclosed", text+"("+mark+")"+strings.TrimLeft(dest[len(mark):], "]}>）"))
	}
}

// reversedLink tells of a link whose brackets, of which the second ones open at
// off, are the wrong way round: (x)[https://a.vn].
func (x *transform) reversedLink(text string, off int) {
	dest := strings.Trim(text, "[]")
	near := x.src[max(0, off-maxLabel) : off-1]
	open := bytes.LastIndexAny(near, "(\n")
	if open < 0 || near[open] == '\n' || !looksLikeAddress(dest) {
		return
	}
	words := string(near[open+1:])
	x.report(off-len(words)-2, "link-reversed", "["+words+"]("+dest+")")
}

// splitTitle parts an address from the title behind it, and returns the title as
// Markdown wants it, and the problem of quotation marks of a word processor.
func splitTitle(typed string) (address, title, id string) {
	for _, q := range []struct{ open, shut, id string }{
		{` "`, `"`, "link-quotes/inner"}, {" '", "'", ""},
		{" “", "”", "link-quotes"}, {" “", "“", "link-quotes"}, {" ”", "”", "link-quotes"}, {" „", "“", "link-quotes"}, {" „", "”", "link-quotes"},
		{" ‘", "’", "link-quotes"}, {" ’", "’", "link-quotes"},
	} {
		address, title, ok := strings.Cut(typed, q.open)
		if words, closed := strings.CutSuffix(title, q.shut); ok && closed {
			words = strings.ReplaceAll(words, `\"`, `"`)
			if q.id == "link-quotes/inner" && strings.Count(words, `"`) == strings.Count(title, `\"`) {
				q.id = "" // all of them are escaped, as they must be
			}
			return strings.TrimSpace(address), ` "` + strings.ReplaceAll(words, `"`, `\"`) + `"`, q.id
		}
	}
	return typed, "", ""
}

// missingFootnote tells of a footnote's mark without a footnote. One that begins a
// line was meant to be the footnote: [^1] Nguồn: TTXVN. Its marks are not told of,
// then.
func (x *transform) missingFootnote(mark string, off int) {
	if x.notes == nil {
		x.notes = map[string]noteUse{}
		for _, m := range noteLine().FindAllSubmatchIndex(x.src, -1) {
			x.notes[string(x.src[m[2]:m[3]])] = noteUse{line: m[2]}
		}
		for _, m := range footnoteMark().FindAllIndex(x.src, -1) {
			if use, ok := x.notes[string(x.src[m[0]:m[1]])]; ok {
				use.count++
				x.notes[string(x.src[m[0]:m[1]])] = use
			}
		}
	}
	switch use, ok := x.notes[mark]; {
	case !ok || use.count < 2:
		x.report(off, "footnote-missing", mark)
	case use.line == off:
		line, _, _ := bytes.Cut(x.src[off+len(mark):], []byte("\n"))
		x.report(off, "footnote-colon", mark, mark+": "+string(bytes.TrimLeft(bytes.TrimSpace(line), behindNote+" \t")))
	}
}

// noteUse is where a line begins with the mark of a footnote, and how often the
// mark stands in the text.
type noteUse struct{ line, count int }

var footnoteMark = lazyregexp.New(`\[\^[^\]\s]+\]`)

// behindNote are signs that people put between a footnote's mark and its text.
const behindNote = ":：.,;)–-"

// noteLine is a line that begins as a footnote does but for its colon.
var noteLine = lazyregexp.New(`(?m)^(\[\^[^\]\s]+\])[ \t` + behindNote + `]+\S`)

// apartLink tells of a link whose address stands apart: [x] (a.pdf).
// [1] (2020) and [a] (xem b) are none.
func (x *transform) apartLink(text string, off int, rest []byte) {
	typed, ok := bracketed(rest)
	dest, title, _ := splitTitle(typed)
	if ok && !strings.ContainsAny(dest, " \t") && looksLikeAddress(dest) {
		x.report(off, "link-apart", text+"("+dest+title+")")
	}
}

// bracketed returns what stands before the ) on the line that closes the (.
func bracketed(rest []byte) (string, bool) {
	rest = rest[:min(len(rest), maxLabel)]
	for i, depth := 0, 0; i < len(rest) && rest[i] != '\n'; i++ {
		switch rest[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth < 0 {
				return string(bytes.TrimSpace(rest[:i])), true
			}
		}
	}
	return "", false
}

// looksLikeAddress tells whether dest is a web address or ends as a file's
// name does.
func looksLikeAddress(dest string) bool {
	if strings.HasPrefix(dest, "http://") || strings.HasPrefix(dest, "https://") || strings.HasPrefix(dest, "mailto:") || strings.HasPrefix(dest, "tel:") {
		return true
	}
	ext := strings.TrimPrefix(path.Ext(dest), ".")
	return len(ext) >= 2 && len(ext) <= 4 && strings.Trim(ext, "abcdefghijklmnopqrstuvwxyz") == ""
}
