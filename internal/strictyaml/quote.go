package strictyaml

import (
	"strings"
	"unicode/utf8"
)

// Quote returns text in double quotes, as YAML reads it back.
func Quote(text string) string {
	tab := `\t`
	if strings.Contains(text, `\`) {
		tab = "\t" // beside a backslash, \t is read as a part of a path that was typed so
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", tab).Replace(text) + `"`
}

// quotedEnd returns how many bytes of s its leading quoted text takes, both
// quotes counted, or 0 when the text is not closed in s.
func quotedEnd(s string) int {
	quote := s[0]
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && quote == '"':
			i++
		case s[i] == quote && quote == '\'' && strings.HasPrefix(s[i+1:], "'"):
			i++
		case s[i] == quote:
			return i + 1
		}
	}
	return 0
}

// straight returns s without the curly quotes around it, if it has them.
func straight(s string) string {
	if inner, ok := inCurlyQuotes(s); ok {
		return inner
	}
	return s
}

// curlyQuotes are the signs that word processors make of " and of ', of which they
// mistake one for another.
var curlyQuotes = [...]string{"“”„‟", "‘’‚‛"}

// inCurlyQuotes returns what stands between “ and ”, or ‘ and ’, when s is one quotation.
func inCurlyQuotes(s string) (inner string, ok bool) {
	if len(s) < 2*len("“") || s[0] != "“"[0] || s[1] != "“"[1] {
		return "", false
	}
	for _, signs := range curlyQuotes {
		inner := strings.TrimRight(strings.TrimLeft(s, signs), signs)
		if len(s)-len(inner) == 2*len("“") && strings.ContainsRune(signs, firstRune(s)) && strings.HasPrefix(s[len("“"):], inner) {
			return inner, !strings.ContainsAny(inner, signs)
		}
	}
	return "", false
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// withoutOuterQuotes returns the text that an editor meant with typed, which
// begins with a quoted text and goes on behind it: in "Lễ "Kỷ niệm" năm" the
// outer quotes were meant for YAML, in "Kỷ niệm" năm they are of the text.
func withoutOuterQuotes(typed string) string {
	quote := typed[:1]
	end := quotedEnd(typed)
	if end > 0 && end < len(typed) && !isBlankAt(typed, end) && strings.HasSuffix(typed, quote) {
		return strings.ReplaceAll(typed[1:len(typed)-1], `\"`, `"`)
	}
	return typed
}

// doubleBackslashes doubles the backslashes of a quoted text that YAML would
// not take for the start of an escape.
func doubleBackslashes(quoted string) string {
	if quoted[0] == '\'' {
		return quoted
	}
	var b strings.Builder
	for i := 0; i < len(quoted); i++ {
		b.WriteByte(quoted[i])
		if quoted[i] != '\\' {
			continue
		}
		if !isEscape(quoted[i+1:]) {
			b.WriteByte('\\')
			continue
		}
		i++
		b.WriteByte(quoted[i])
	}
	return b.String()
}

// doubleAllBackslashes doubles the backslashes of a text in double quotes, but
// for those that keep a quote or a backslash. The two before the name of
// another machine are two.
func doubleAllBackslashes(quoted string) string {
	var b strings.Builder
	if strings.HasPrefix(quoted, `"\\`) && !strings.HasPrefix(quoted, `"\\\`) {
		b.WriteString(`"\\\\`)
		quoted = quoted[3:]
	}
	for i := 0; i < len(quoted); i++ {
		b.WriteByte(quoted[i])
		if quoted[i] != '\\' {
			continue
		}
		if i+1 < len(quoted)-1 && (quoted[i+1] == '"' || quoted[i+1] == '\\') {
			i++
			b.WriteByte(quoted[i])
			continue
		}
		b.WriteByte('\\')
	}
	return b.String()
}

// isEscape tells whether s can follow a backslash (YAML 1.2, 5.7).
func isEscape(s string) bool {
	digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[s[0]]
	if digits == 0 {
		return strings.IndexByte("0abt\tnvfre \"/\\N_LP\n", s[0]) >= 0
	}
	if len(s) <= digits {
		return false
	}
	return strings.Trim(s[1:1+digits], "0123456789abcdefABCDEF") == ""
}
