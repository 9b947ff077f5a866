package article

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"bantin/internal/vietnamese"
)

// maxLead is a lead's length in code points, as feeds and cards show it.
const maxLead = 200

// Lead returns the start of a text's first paragraph as plain text, cut at a
// word with "…" behind it, or "" if the text has no paragraph. It reads no more of the
// text than it needs.
func Lead(text []byte) (lead string) {
	defer rescue(func(string) { lead = "" }) // Convert tells of it
	src, _ := normalize(text)
	whole := bytes.Contains(src, []byte("]:")) // definitions of links and notes come last
	for blocks := 1; ; blocks *= 4 {
		part := src
		if !whole {
			part = firstBlocks(src, blocks)
		}
		doc, _ := parse(parserFor(part), part)
		if lead := firstParagraph(doc, part); lead != "" || len(part) == len(src) {
			return cutLead(lead)
		}
	}
}

// firstBlocks returns the text up to the n-th run of blank lines behind words.
func firstBlocks(src []byte, n int) []byte {
	end := 0
	for words := false; end < len(src); {
		line := src[end:]
		if i := bytes.IndexByte(line, '\n'); i >= 0 {
			line = line[:i+1]
		}
		end += len(line)
		switch blank := len(bytes.TrimSpace(line)) == 0; {
		case !blank:
			words = true
		case words:
			words = false
			if n--; n == 0 {
				return src[:end]
			}
		}
	}
	return src
}

// firstParagraph returns the words of the first paragraph that has any.
func firstParagraph(doc node, src []byte) string {
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() != ast.KindParagraph || lonePicture(n) != nil {
			continue
		}
		var words strings.Builder
		for word := range bytes.FieldsSeq(plain{src: src, brief: true}.append(nil, n)) {
			if words.Len() > 0 {
				words.WriteByte(' ')
			}
			words.Write(word)
		}
		if words.Len() > 0 {
			return words.String()
		}
	}
	return ""
}

// cutLead shortens a lead that is too long.
func cutLead(lead string) string {
	if utf8.RuneCountInString(lead) <= maxLead {
		return lead
	}
	return strings.TrimRight(vietnamese.FirstWords(lead, maxLead-1), " ,;:.–-") + "…"
}
