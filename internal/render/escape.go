package render

import (
	"strings"
	"unicode/utf8"
)

// htmlText escapes plain text for the content of an HTML element. It leaves
// quotes alone, so that a reader that takes the result for plain text shows no
// more than it must of it.
var htmlText = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// validXML returns s without the characters that XML 1.0 allows in no form
// (section 2.2), which encoding/xml lets pass in a CDATA section.
func validXML(s string) string {
	if isValidXML(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if isXMLChar(r) {
			return r
		}
		return -1
	}, strings.ToValidUTF8(s, ""))
}

// isValidXML is a quick look at the bytes: nearly every text is valid.
func isValidXML(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' && !isXMLChar(rune(c)) {
			return false
		}
	}
	return utf8.ValidString(s) && !strings.Contains(s, "\uFFFE") && !strings.Contains(s, "\uFFFF")
}

func isXMLChar(r rune) bool {
	switch {
	case r < ' ':
		return r == '\t' || r == '\n' || r == '\r'
	case r == 0xFFFE, r == 0xFFFF:
		return false
	}
	return true
}
