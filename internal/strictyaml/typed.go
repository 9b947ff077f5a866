package strictyaml

import "strings"

// The questions that the search for mistakes asks of a piece of one line.

// indentation returns how many spaces line begins with.
func indentation(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// cutBlank cuts the leading spaces and tabs off s.
func cutBlank(s string) (blank, rest string) {
	rest = strings.TrimLeft(s, " \t")
	return s[:len(s)-len(rest)], rest
}

// cutKey returns the key with which s begins, and the offset behind its colon.
func cutKey(s string) (key string, behind int, ok bool) {
	if s == "" || strings.IndexByte("[{", s[0]) >= 0 {
		return "", 0, false
	}
	if s[0] == '"' || s[0] == '\'' {
		end := quotedEnd(s)
		if end == 0 || !strings.HasPrefix(s[end:], ":") || !isBlankAt(s, end+1) {
			return "", 0, false
		}
		return s[1 : end-1], end + 1, true
	}
	s = cutComment(s)
	for i := range len(s) {
		if s[i] == ':' && isBlankAt(s, i+1) {
			return strings.TrimSpace(s[:i]), i + 1, true
		}
	}
	return "", 0, false
}

// isBlankAt tells whether a space, a tab or the end stands at byte i of s.
func isBlankAt(s string, i int) bool { return i >= len(s) || s[i] == ' ' || s[i] == '\t' }

// hasColon tells whether a colon in s makes YAML take its start for a key.
func hasColon(s string) bool {
	for i := range len(s) {
		if s[i] == ':' && isBlankAt(s, i+1) {
			return true
		}
	}
	return false
}

// cutComment returns s without the comment behind it.
func cutComment(s string) string {
	for i := range len(s) {
		if s[i] == '#' && (i == 0 || s[i-1] == ' ' || s[i-1] == '\t') {
			return strings.TrimRight(s[:i], " \t")
		}
	}
	return s
}

// isBlockHeader tells whether s opens a text of several lines: |, >-, |2 …
func isBlockHeader(s string) bool {
	if s[0] != '|' && s[0] != '>' {
		return false
	}
	return strings.Trim(cutComment(s[1:]), "+-123456789") == ""
}

// startsSpecially tells whether the first character of s means something else
// to YAML than the start of a text.
func startsSpecially(s string) bool {
	switch s[0] {
	case '&', '*', '!', '@', '`', '%', '|', '>', ',', ']', '}':
		return true
	case '-', '?':
		return isBlankAt(s, 1)
	}
	return false
}

// isWord tells whether s looks like a key: one word of ASCII letters.
func isWord(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == ""
}
