package article

import (
	"bytes"
	"slices"
	"strings"
	"sync"

	"bantin/internal/lazyregexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// What follows parts the three things that editors have in angle brackets: words,
// tags of Word, and HTML.

// elements are the names of HTML, of today and of yesterday, and of what is drawn or
// set in it. Whatever else stands in angle brackets is words: <ten>, <So quyet dinh>.
var elements = sync.OnceValue(func() map[string]bool {
	known := map[string]bool{}
	for name := range strings.FieldsSeq(`
		a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br
		button canvas caption center cite code col colgroup command content data datalist dd del details dfn dialog dir div dl
		dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i
		iframe image img input ins isindex kbd keygen label legend li link listing main map mark marquee math menu menuitem
		meta meter nav nextid nobr noembed noframes noscript object ol optgroup option output p param picture plaintext pre
		progress q rb rp rt rtc ruby s samp script search section select slot small source span strike strong style sub
		summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xmp
		circle defs ellipse g line lineargradient marker mask path polygon polyline radialgradient rect stop symbol text tspan use
		mfrac mi mn mo mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover`) {
		known[name] = true
	}
	return known
})

// isWords tells whether what line begins with, a tag by its form, is words that
// somebody set in angle brackets: no element has that name, and no attribute a value.
func isWords(line []byte) bool {
	name := tagName(line)
	if name == "" {
		return isRemark(line)
	}
	if elements()[name] || strings.IndexByte(name, ':') >= 0 {
		return false
	}
	end := bytes.IndexByte(line, '>')
	return end >= 0 && bytes.IndexByte(line[:end], '=') < 0
}

// isRemark tells what CommonMark takes for a declaration and is none: <!Quan trọng>.
func isRemark(line []byte) bool {
	rest, found := bytes.CutPrefix(line, []byte("<!"))
	if !found || len(rest) == 0 || rest[0] == '-' || rest[0] == '[' {
		return false
	}
	return !declaration().Match(rest)
}

var declaration = lazyregexp.New(`^(?i)(?:doctype|element|attlist|entity|notation)\b`)

// bracketedWords is the parser of HTML among words that leaves what is none as it was
// typed.
type bracketedWords struct{ parser.InlineParser }

func (p bracketedWords) Parse(parent node, r text.Reader, pc parser.Context) node {
	line, _ := r.PeekLine()
	state := parsingOf(pc)
	if isWords(line) && !(bytes.HasPrefix(line, []byte("</")) && state.custom[tagName(line)]) {
		return nil
	}
	n := p.InlineParser.Parse(parent, r, pc)
	if name := tagName(line); n != nil && name != "" && !elements()[name] {
		if state.custom == nil {
			state.custom = map[string]bool{}
		}
		state.custom[name] = true
	}
	return n
}

// wordTag is a tag of Word's own, as its texts have when they are pasted:
// <o:p></o:p>, <st1:place w:st="on">, <![if !supportLists]>, <?xml:namespace … />.
var wordTag = lazyregexp.New(`^(?:</?[a-zA-Z][a-zA-Z0-9]{0,3}:[a-zA-Z]+(?:\s[^<>]*)?/?>|<!\[(?:if|endif)\b[^\]<>]*\](?:--)?>|<\?xml:[^<>]*>)`)

// schemes are those of addresses that look as such a tag does: <urn:isbn>.
var schemes = []string{"data", "fax", "ftp", "geo", "http", "im", "news", "sip", "sms", "tel", "urn"}

// wordTagAt returns the length of the tag of Word that src begins with, 0 if with none.
func wordTagAt(src []byte) int {
	if len(src) < 4 || src[0] != '<' {
		return 0
	}
	near := src[:min(len(src), 16)]
	if colon := bytes.IndexByte(near, ':'); src[1] != '!' && (colon < 0 || slices.Contains(schemes, strings.ToLower(string(src[1:colon])))) {
		return 0
	}
	return len(wordTag().Find(src))
}

// wordTags is the parser of Word's tags, which CommonMark takes for words or for
// addresses.
type wordTags struct{}

func (wordTags) Trigger() []byte { return []byte{'<'} }

func (wordTags) Parse(_ node, r text.Reader, _ parser.Context) node {
	_, at := r.PeekLine()
	length := wordTagAt(r.Source()[at.Start:])
	if length == 0 {
		return nil
	}
	n := ast.NewRawHTML()
	line, start := r.Position()
	for end := at.Start + length; ; {
		words, segment := r.PeekLine()
		switch {
		case words == nil || segment.Start >= end: // it does not end in the paragraph
			r.SetPosition(line, start)
			return nil
		case end <= segment.Stop:
			n.Segments.Append(segment.WithStop(end))
			r.Advance(end - segment.Start)
			return n
		}
		n.Segments.Append(segment)
		r.AdvanceLine()
	}
}

// withoutWordTags returns raw without the tags of Word, and the first of them.
func withoutWordTags(raw []byte) (rest []byte, first string) {
	for i := bytes.IndexByte(raw, '<'); i >= 0; {
		if length := wordTagAt(raw[i:]); length > 0 {
			if first == "" {
				first = cut(strings.Join(strings.Fields(string(raw[i:i+length])), " "))
			}
			rest = append(rest, raw[:i]...)
			raw, i = raw[i+length:], 0
		} else {
			i++
		}
		next := bytes.IndexByte(raw[i:], '<')
		if next < 0 {
			break
		}
		i += next
	}
	return append(rest, raw...), first
}

// angles tells of words in angle brackets in src[start:stop] that may be a tag
// mistyped, and of a comment that nobody closed, both of which readers see.
func (x *transform) angles(start, stop int) {
	for i := start; i < stop; i++ {
		next := bytes.IndexByte(x.src[i:stop], '<')
		if next < 0 {
			return
		}
		i += next
		rest := x.src[i:]
		switch tag := bracketedTag().Find(rest); {
		case i > 0 && (x.src[i-1] == '\\' || x.src[i-1] == '{'): // {{<note>}} is told of elsewhere
		case bytes.HasPrefix(rest, []byte("<!--")):
			x.report(i, "html-dropped/unclosed-words")
		case tag != nil && x.opens(tag):
			x.report(i, "angle-brackets", string(tag), lastWord(x.src[:i])+`\`+string(tag)+firstWord(rest[len(tag):]))
		}
	}
}

// bracketedTag is a word or words in angle brackets that begin as a tag does.
var bracketedTag = lazyregexp.New(`^</?[a-zA-Z][a-zA-Z0-9-]*(?:[ \t][^<>=\n]*)?/?>`)
