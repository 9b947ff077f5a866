package strictyaml

import "strings"

var escapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

// Quote returns text in double quotes, as YAML reads it back.
func Quote(text string) string { return `"` + escapes.Replace(text) + `"` }

// quotedEnd returns how many bytes of s its leading quoted text takes, both
// quotes counted, or 0 when the text is not closed in s.
func quotedEnd(s string) int {
	quote := s[0]
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && quote == '"':
			i++
		case s[i] == quote && quote == '\'' && i+1 < len(s) && s[i+1] == quote:
			i++
		case s[i] == quote:
			return i + 1
		}
	}
	return 0
}

// inCurlyQuotes returns what stands between “ and ”, when s is one quotation.
func inCurlyQuotes(s string) (inner string, ok bool) {
	inner, ok = strings.CutPrefix(s, "“")
	if !ok {
		return "", false
	}
	inner, ok = strings.CutSuffix(inner, "”")
	return inner, ok && !strings.ContainsAny(inner, "“”")
}
