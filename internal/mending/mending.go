// Package mending corrects mistakes of articles as their hints say, for
// bantin check --fix and for the desk.
//
// It is pure: it is given a file and its problems, and returns the file as it
// would be. Its invariant: a mending counts only if its problem is gone then and
// no other has come.
package mending

import (
	"bytes"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"bantin/internal/article"
	"bantin/internal/diag"
	"bantin/internal/lazyregexp"
	"bantin/internal/strictyaml"
)

// sure are the codes of problems whose hint, a line to paste, is what
// the editor meant: it changes how a value is written, not what it says.
var sure = []string{
	"yaml-colon", "yaml-space", "yaml-quote", "yaml-after-quote", "yaml-bracket", "yaml-start", "yaml-escape",
	"yaml-comma", "yaml-hash", "yaml-question", "yaml-tab", "yaml-line", "html-entity", "bad-pinned", "agreement-status",
	"curly-quotes", "wrong-type", "event-status",
}

// IsSure tells whether the hint of a problem in front matter with this code is
// surely what the editor meant.
func IsSure(code string) bool { return slices.Contains(sure, code) }

// IsSureInText tells the same of a slip within a line.
func IsSureInText(code string) bool { return ofText[code] != nil }

// One returns the file src at path below content/ with the problem p mended, as
// somebody who has seen its hint wants it: also where that is not sure to be
// what was meant. It is false if the hint is no line to paste, or following it
// does not make the problem go. languages are those of the site beside its first.
func One(at string, src []byte, p diag.Problem, lang string, languages ...string) ([]byte, bool) {
	if IsSureInText(p.Code()) {
		now, count := Text(src, p.Pos.File, diag.List{p}, lang)
		return now, count == 1
	}
	_, problems := article.Parse(at, src, time.UTC, languages...)
	if p.Code() == "bad-date" && strings.Contains(p.ID, "/near") && len(p.Args) > 1 {
		text := withDate(src, p)
		return text, text != nil && isMended(at, text, p, problems, languages)
	}
	if !slices.ContainsFunc(problems, func(q diag.Problem) bool { return q.Pos == p.Pos && q.ID == p.ID }) {
		return nil, false // only the whole site can tell whether it goes
	}
	return followHint(at, src, p, problems, lang, languages)
}

// withDate returns src with the date that p says was meant in the place of the
// one that is no date.
func withDate(src []byte, p diag.Problem) []byte {
	lines := bytes.SplitAfter(src, []byte("\n"))
	if p.Pos.Line < 1 || p.Pos.Line > len(lines) || p.Pos.Col < 1 {
		return nil
	}
	line := []rune(string(lines[p.Pos.Line-1]))
	if p.Pos.Col > len(line) {
		return nil
	}
	before, rest := string(line[:p.Pos.Col-1]), string(line[p.Pos.Col-1:])
	if !strings.Contains(rest, p.Args[0]) {
		return nil
	}
	lines[p.Pos.Line-1] = []byte(before + strings.Replace(rest, p.Args[0], p.Args[1], 1))
	return bytes.Join(lines, nil)
}

// FrontMatter returns the file src at path below content/ with the hints
// followed that surely can be, and how many these are. Each one is tried: it
// counts only if its problem is gone then and no other has come.
func FrontMatter(at string, src []byte, lang string, languages ...string) (now []byte, count int) {
	tried := map[string]bool{}
	for {
		_, problems := article.Parse(at, src, time.UTC, languages...)
		i := slices.IndexFunc(problems, func(p diag.Problem) bool {
			return slices.Contains(sure, p.Code()) && !tried[sameMistake(p)]
		})
		if i < 0 {
			return src, count
		}
		tried[sameMistake(problems[i])] = true
		if better, ok := followHint(at, src, problems[i], problems, lang, languages); ok {
			src, count = better, count+1
		}
	}
}

// sameMistake names a problem whatever line it stands on.
func sameMistake(p diag.Problem) string { return p.ID + "\x00" + strings.Join(p.Args, "\x00") }

// hintLine fits a hint that is a line of front matter.
var hintLine = lazyregexp.New(`^([\p{L}_]+): \S.*$`)

// followHint returns src with the hint of p followed.
func followHint(at string, src []byte, p diag.Problem, before diag.List, lang string, languages []string) ([]byte, bool) {
	hint := p.Hint(lang)
	if p.Code() == "yaml-tab" || strings.HasPrefix(p.ID, "yaml-line/") {
		text := withLine(src, p.Pos.Line, hint)
		return text, isMended(at, text, p, before, languages)
	}
	var ways []func() []byte
	if m := hintLine().FindStringSubmatch(hint); m != nil {
		ways = append(ways,
			func() []byte { return editByHint(at, src, p, hint, m[1]) },
			func() []byte { return pasteHint(src, p, hint, m[1]) })
	}
	ways = append(ways, func() []byte { return quoteItems(at, src, p, lang, languages) })
	for _, way := range ways {
		if text := way(); text != nil && isMended(at, text, p, before, languages) {
			return text, true
		}
	}
	return nil, false
}

// quoteItems puts a value within brackets, or an item of a list, in quotes where its
// hint does no more than that, and then those behind it in its line: only the first
// of them is told.
func quoteItems(at string, src []byte, p diag.Problem, lang string, languages []string) []byte {
	src = quoteItem(src, p, lang)
	for src != nil {
		_, problems := article.Parse(at, src, time.UTC, languages...)
		i := slices.IndexFunc(problems, func(q diag.Problem) bool {
			return q.Pos.Line == p.Pos.Line && q.Pos.Col > p.Pos.Col && IsSure(q.Code())
		})
		if i < 0 {
			break
		}
		p = problems[i]
		better := quoteItem(src, p, lang)
		if better == nil {
			break
		}
		src = better
	}
	return src
}

// quotedItem fits a hint that is a value in quotes, with its key or the mark of its item.
var quotedItem = lazyregexp.New(`^(?:- |[\p{L}_]+: )?(".*")$`)

// quoteItem returns src with the value at p as its hint has it, if that is the value as
// it was typed in quotes, else nil.
func quoteItem(src []byte, p diag.Problem, lang string) []byte {
	m := quotedItem().FindStringSubmatch(p.Hint(lang))
	if m == nil {
		return nil
	}
	said, problems := strictyaml.Parse([]byte("x: "+m[1]+"\n"), "", 1)
	line, ok := lineAt(src, p.Pos.Line)
	if problems != nil || !ok || p.Pos.Col < 1 || utf8.RuneCountInString(line) < p.Pos.Col {
		return nil
	}
	runes := []rune(line)
	typed := said.Entries[0].Value.Text
	rest, isTyped := strings.CutPrefix(string(runes[p.Pos.Col-1:]), typed)
	if !isTyped || strings.Contains(typed, " #") && p.Code() != "yaml-hash" { // a comment, which is none of the value
		return nil
	}
	return withLine(src, p.Pos.Line, string(runes[:p.Pos.Col-1])+m[1]+rest)
}

// editByHint changes a key at the top of a block that can be read, and so keeps
// the comment behind it.
func editByHint(at string, src []byte, p diag.Problem, hint, key string) []byte {
	line, ok := lineAt(src, p.Pos.Line)
	if !ok || !strings.HasPrefix(line, key) || p.Code() == "yaml-hash" { // whose comment is the rest of the value
		return nil
	}
	said, problems := strictyaml.Parse([]byte(hint+"\n"), "", 1)
	if problems != nil || len(said.Entries) != 1 {
		return nil
	}
	text, problems := article.Edit(at, src, strictyaml.Change{Path: []string{key}, Value: said.Entries[0].Value})
	if problems.HasErrors() {
		return nil
	}
	return text
}

// pasteHint puts the hint in the place of its line, unless that has a comment,
// which would go.
func pasteHint(src []byte, p diag.Problem, hint, key string) []byte {
	line, ok := lineAt(src, p.Pos.Line)
	indent := line[:len(line)-len(strings.TrimLeft(line, " "))]
	if !ok || !strings.HasPrefix(line[len(indent):], key) || strings.Contains(line, " #") && p.Code() != "yaml-hash" {
		return nil
	}
	return withLine(src, p.Pos.Line, indent+hint)
}

// withLine returns src with line n, from 1, replaced.
func withLine(src []byte, n int, line string) []byte {
	lines := bytes.SplitAfter(src, []byte("\n"))
	old := lines[n-1]
	end := old[len(bytes.TrimRight(old, "\r\n")):]
	lines[n-1] = []byte(line + string(end))
	return bytes.Join(lines, nil)
}

// lineAt returns line n of src, from 1, without its end.
func lineAt(src []byte, n int) (string, bool) {
	lines := bytes.Split(src, []byte("\n"))
	if n < 1 || n > len(lines) {
		return "", false
	}
	return strings.TrimRight(string(lines[n-1]), "\r"), true
}

// isMended tells whether the problem p is gone from a file and no other one has
// come; behind a mistake of YAML, others may have hidden.
func isMended(at string, text []byte, p diag.Problem, before diag.List, languages []string) bool {
	_, after := article.Parse(at, text, time.UTC, languages...)
	left := map[string]int{}
	for _, b := range before {
		left[sameMistake(b)]++
	}
	left[sameMistake(p)]--
	for _, a := range after {
		hid := strings.HasPrefix(p.Code(), "yaml-") && a.Pos.Line != p.Pos.Line && !strings.HasPrefix(a.Code(), "yaml-")
		if left[sameMistake(a)]--; left[sameMistake(a)] < 0 && !hid {
			return false
		}
	}
	return true
}
