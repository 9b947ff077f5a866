package mending

import (
	"bytes"
	"html"
	"slices"
	"strings"
	"unicode/utf8"

	"bantin/internal/diag"
	"bantin/internal/messages"
	"bantin/internal/vietnamese"
)

// ofText are the codes of slips within lines whose mending is sure, with
// what mends each. line is the line of the problem p, at the offset in it; hint is
// the text to paste, "" for none; the mending returns false where the line is not as
// it must be.
var ofText = map[string]func(line string, at int, p diag.Problem, hint string) (string, bool){
	"invisible-character": withoutInvisible,
	"soft-hyphen":         withoutInvisible,
	"eth-for-d": func(line string, at int, _ diag.Problem, _ string) (string, bool) {
		r, size := utf8.DecodeRuneInString(line[at:])
		d := map[rune]string{'Ð': "Đ", 'Ɖ': "Đ", 'ð': "đ"}[r]
		return line[:at] + d + line[at+size:], d != ""
	},
	"double-space": func(line string, at int, _ diag.Problem, _ string) (string, bool) {
		rest := strings.TrimLeft(line[at:], " ")
		spaces := len(line[at:]) - len(rest)
		return line[:at] + " " + rest, 1 < spaces && spaces < 4 // more set words apart
	},
	"tone-mark-style": func(line string, at int, p diag.Problem, _ string) (string, bool) {
		rest, ok := strings.CutPrefix(vietnamese.NFC(line[at:]), p.Args[0])
		return line[:at] + p.Args[1] + rest, ok
	},
	"html-entity": func(line string, at int, p diag.Problem, _ string) (string, bool) {
		if p.ID == "html-entity/start" || len(p.Args) == 0 {
			return "", false
		}
		return line[:at] + html.UnescapeString(line[at:]), strings.HasPrefix(line[at:], p.Args[0])
	},
	"link-space":      pasteLink,
	"link-quotes":     pasteLink,
	"link-address":    pasteLink,
	"link-apart":      pasteLink,
	"list-marker":     pasteRest,
	"word-bullet":     pasteRest,
	"footnote-colon":  pasteRest,
	"link-definition": pasteRest,
	"heading-space":   pasteRest,
	"angle-brackets": func(line string, at int, _ diag.Problem, _ string) (string, bool) {
		return line[:at] + `\` + line[at:], strings.IndexByte("<>", (line + " ")[at]) >= 0
	},
	"list-indent": func(_ string, _ int, _ diag.Problem, hint string) (string, bool) {
		return hint, strings.HasPrefix(hint, " ")
	},
}

// withoutInvisible takes the characters that nobody sees out of a line.
func withoutInvisible(line string, at int, _ diag.Problem, _ string) (string, bool) {
	r, size := utf8.DecodeRuneInString(line[at:])
	if !vietnamese.IsInvisible(r) && !vietnamese.IsControl(r) {
		return "", false
	}
	between := ""
	if r == '\v' || r == '\f' { // what breaks lines or pages in other programs
		between = " "
	}
	before, after := line[:at], strings.ReplaceAll(between+line[at+size:], string(r), between)
	if strings.HasSuffix(before, " ") && strings.HasPrefix(after, " ") {
		after = after[1:]
	}
	return before + after, true
}

// pasteLink puts the hint, a link, in the place of the one whose address, or whose
// first bracket, stands at the offset.
func pasteLink(line string, at int, p diag.Problem, hint string) (string, bool) {
	words, _, isLink := strings.Cut(strings.TrimPrefix(hint, "!"), "](")
	if !isLink || !strings.HasPrefix(words, "[") {
		return "", false
	}
	if p.ID == "link-apart/picture" { // the ! apart from its [
		line = line[:at] + "!" + strings.TrimLeft(line[at:], "!！ ")
	}
	start := strings.LastIndex(line[:min(len(line), at+len("!")+len(words)+1)], words+"]")
	if start < 0 {
		return "", false
	}
	end := start + len(words) + len("]")
	if !strings.HasPrefix(strings.TrimLeft(line[end:], " "), "(") {
		return "", false
	}
	if strings.HasPrefix(hint, "!") && start > 0 && line[start-1] == '!' {
		start--
	}
	depth := 0
	for i := end; i < len(line); i++ {
		switch line[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth <= 0 {
				return line[:start] + hint + line[i+1:], true
			}
		}
	}
	return "", false
}

// pasteRest puts the hint in the place of the line from the offset on.
func pasteRest(line string, at int, _ diag.Problem, hint string) (string, bool) {
	return line[:at] + hint, hint != "" && !strings.Contains(hint, "…")
}

// Text returns src, the file, with the slips mended that surely can be, and how
// many these are. No line comes or goes.
func Text(src []byte, file string, problems diag.List, lang string) (now []byte, count int) {
	lines := bytes.SplitAfter(src, []byte("\n"))
	for _, p := range slices.Backward(problems) {
		mend := ofText[p.Code()]
		if mend == nil || p.Pos.File != file || p.Pos.Line < 1 || p.Pos.Line > len(lines) || p.Pos.Col < 1 {
			continue
		}
		whole := string(lines[p.Pos.Line-1])
		line := strings.TrimRight(whole, "\r\n")
		bom := ""
		if p.Pos.Line == 1 {
			bom = line[:len(line)-len(strings.TrimPrefix(line, "\ufeff"))]
		}
		runes := []rune(line[len(bom):])
		if p.Pos.Col-1 > len(runes) {
			continue
		}
		at := len(bom) + len(string(runes[:p.Pos.Col-1]))
		hint := p.Hint(lang)
		if strings.HasPrefix(hint, messages.In(lang).Advice) {
			hint = "" // no text to paste
		}
		better, ok := mend(line, at, p, hint)
		if !ok || better == line || strings.ContainsAny(better, "\n\r") {
			continue
		}
		lines[p.Pos.Line-1] = []byte(better + whole[len(line):])
		count++
	}
	return bytes.Join(lines, nil), count
}
