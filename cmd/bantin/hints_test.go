package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bantin/internal/testsize"
)

// told is a problem as a person sees it who is going to mend it.
type told struct {
	File         string
	Line, Column int
	Code, Hint   string
}

var (
	entryHint  = regexp.MustCompile(`^(?:- )?[a-z_]{2,}: \S`)
	writeHint  = regexp.MustCompile(`(?:viết|write|gõ lại|type it again|viết thống nhất|write it alike|viết đủ bốn chữ số|write all four digits|write the day before the month|viết ngày trước tháng): (.+)$|(?:viết như|write it like) (\S[^"]*)$`)
	addHint    = regexp.MustCompile(`^(?:thêm dòng|add a line) ([\pL_]+: .+)$`)
	blockHint  = regexp.MustCompile(`(?s)^(?:thay bằng|write instead|mở đầu tệp bằng|begin the file with):\n(---\n.*---)$`)
	linkHint   = regexp.MustCompile(`^!?\[.*\]\(.+\)$`)
	adviceHint = regexp.MustCompile(`^(?:viết|write) `)
	lineHint   = regexp.MustCompile(`^(?:#+|-) \S`)
)

// needsMore are the codes whose line is only half of the cure, which the hint
// says: a file must be copied, somebody must choose, or an example filled in.
var needsMore = []string{"bad-path", "picture-elsewhere", "bad-commitments", "agreement-status", "yaml-key", "short-name", "bad-static-file"}

// paste follows a hint as an editor does: what stands at the place goes, the
// hint's line comes. It is not ok when the hint has no line to paste.
func paste(src string, p told) (pasted string, ok bool) {
	if m := blockHint.FindStringSubmatch(p.Hint); m != nil {
		if !strings.HasPrefix(src, "+++") && !strings.HasPrefix(src, "{") {
			return m[1] + "\n" + src, true
		}
		_, text, _ := strings.Cut(src[1:], "\n+++\n")
		return m[1] + "\n" + text, true
	}
	if slices.Contains(needsMore, p.Code) || p.Line == 0 && p.File != "site.yaml" {
		return "", false
	}
	lines := strings.SplitAfter(src, "\n")
	line := lines[max(p.Line, 1)-1]
	at := len(string([]rune(strings.TrimPrefix(line, "\ufeff"))[:max(p.Column, 1)-1]))
	if m := addHint.FindStringSubmatch(p.Hint); m != nil {
		key, _, _ := strings.Cut(m[1], ":")
		if strings.HasPrefix(line[at:], key+":") {
			line = "" // the key without its value
		}
		lines[max(p.Line, 1)-1] = line + strings.Repeat(" ", at) + m[1] + "\n"
		return strings.Join(lines, ""), true
	}
	hint := p.Hint
	first, _, _ := strings.Cut(hint, "\n")
	m := writeHint.FindStringSubmatch(first)
	value := ""
	if m != nil {
		value, _, _ = strings.Cut(m[1]+m[2], " hoặc ")
		value, _, _ = strings.Cut(value, " or ")
	}
	switch {
	case m != nil && entryHint.MatchString(value):
		lines[p.Line-1] = pasteEntry(line, at, value)
	case m == nil && entryHint.MatchString(hint) && !strings.Contains(p.Code, "heading"):
		if p.Code == "curly-quotes" {
			hint = first // below it, the other choice
		}
		lines[p.Line-1] = pasteEntry(line, at, hint)
	case p.Code == "link-reversed":
		lines[p.Line-1] = line[:at] + hint + line[at+strings.IndexByte(line[at:], ']')+1:]
	case linkHint.MatchString(hint):
		if strings.IndexByte(line, ')') < 0 && p.Code == "link-apart" {
			line += lines[p.Line]
			lines[p.Line] = ""
		}
		end := strings.LastIndexByte(line, ')') + 1
		if p.Code == "link-unclosed" {
			end = at + strings.IndexAny(line[at:], " \n")
		}
		start := strings.LastIndexByte(line[:min(at+2, len(line))], '[')
		lines[p.Line-1] = strings.TrimSuffix(line[:start], "!") + hint + line[end:]
	case p.Code == "link-words":
		start, end := strings.LastIndexByte(line[:at], '['), at+strings.IndexByte(line[at:], ')')+1
		lines[p.Line-1] = line[:start] + hint + line[end:]
	case lineHint.MatchString(hint), p.Code == "indented-text":
		lines[p.Line-1] = hint + "\n"
	case m != nil && (strings.HasPrefix(p.Code, "bad-") || p.Code == "tone-mark-style"):
		lines[p.Line-1] = line[:at] + value + line[valueEnd(line, at, value):]
	case m != nil && p.Code == "other-syntax" && strings.IndexByte(line[at+1:], line[at]) >= 0: // ^2^
		end := at + 1 + strings.IndexByte(line[at+1:], line[at]) + 1
		lines[p.Line-1] = line[:at] + value + line[end:]
	case m != nil && !strings.Contains(m[0], "slug"):
		lines[p.Line-1] = pasteWords(line, at, value)
	case slices.Contains([]string{"literal-asterisks", "eth-for-d", "angle-brackets"}, p.Code) && !adviceHint.MatchString(hint):
		lines[p.Line-1] = pasteWords(line, at, hint)
	case strings.HasPrefix(hint, `"`) && strings.HasPrefix(p.Code, "yaml-"):
		lines[p.Line-1] = line[:at] + hint + line[valueEnd(line, at, hint):]
	default:
		return "", false
	}
	return strings.Join(lines, ""), true
}

// pasteEntry puts "key: value" in the place of the entry at whose key or value
// the byte at stands.
func pasteEntry(line string, at int, hint string) string {
	start := len(line) - len(strings.TrimLeft(line, " "))
	inBraces := strings.LastIndexByte(line[:at], '{') > strings.LastIndexByte(line[:at], '}')
	switch {
	case inBraces:
		start = strings.LastIndexAny(line[:at], "{,") + 1
		start += len(line[start:]) - len(strings.TrimLeft(line[start:], " "))
	case strings.HasPrefix(line[start:], "- ") && !strings.HasPrefix(hint, "- "):
		start += 2
	}
	_, value, _ := strings.Cut(hint, ": ")
	end := len(strings.TrimRight(line, "\r\n"))
	if inBraces {
		end = valueEnd(line, at, value)
	}
	indent := strings.Repeat(" ", start)
	return line[:start] + strings.ReplaceAll(hint, "\n", "\n"+indent) + line[end:]
}

// valueEnd returns where the value that an editor sees at the byte at ends.
func valueEnd(line string, at int, mended string) int {
	if bare := strings.Trim(mended, `"`); strings.HasPrefix(line[at:], bare) && bare != "" {
		return at + len(bare)
	}
	depth, quoted := 0, strings.HasPrefix(line[at:], `"`)
	for i := at; i < len(line); i++ {
		switch c := line[i]; {
		case c == '\n' || c == '\r':
			return i
		case quoted && c == '"' && i > at:
			return i + 1
		case quoted:
		case c == '[' || c == '{':
			depth++
		case (c == ']' || c == '}' || c == ',') && depth == 0 && strings.ContainsAny(line[:at], "[{"):
			return i
		case c == ']' || c == '}':
			depth--
		}
	}
	return len(line)
}

// pasteWords puts words in the place of those around the byte at.
func pasteWords(line string, at int, words string) string {
	start := strings.LastIndexByte(line[:at], ' ') + 1
	end := at + len(line[at:]) - len(strings.TrimLeft(line[at:], " "))
	for range max(1, strings.Count(words, " ")+1-strings.Count(line[start:at], " ")) {
		if end < len(line) && line[end] == ' ' {
			end++
		}
		if next := strings.IndexAny(line[end:], " \n"); next >= 0 {
			end += next
		} else {
			end = len(line)
		}
		if strings.Count(strings.Join(strings.Fields(line[start:end]), ""), "") >= strings.Count(strings.Join(strings.Fields(words), ""), "") {
			break
		}
	}
	return line[:start] + words + line[end:]
}

// problems returns what bantin check tells of the site in dir.
func problems(t *testing.T, dir, lang string) []told {
	t.Helper()
	_, out, stderr := command(t, "check", "-s", dir, "--now", "8:00 15/3/2026", "--lang", lang, "--format", "json")
	var found struct{ Problems []told }
	if err := json.Unmarshal([]byte(out), &found); err != nil {
		t.Fatalf("%v in %s%s", err, out, stderr)
	}
	return found.Problems
}

// knownProblems are those of the cases of the corpus of faults, which two tests ask for.
var knownProblems = map[string][]told{}

// problems returns what bantin check tells of the case, which stands in dir.
func (c *fault) problems(t *testing.T, dir, lang string) []told {
	t.Helper()
	key := c.name + " " + lang
	if _, known := knownProblems[key]; !known {
		knownProblems[key] = problems(t, dir, lang)
	}
	return knownProblems[key]
}

func TestAHintThatIsPastedMendsItsProblemAndBringsNoOther(t *testing.T) {
	testsize.SkipShort(t, "each case is two checks, as in the corpus of faults")
	base := faultBase(t)
	pasted := 0
	for _, name := range faultFiles(t) {
		_, cases := readFaults(t, name)
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				for lang := range wants {
					if testsize.IsShort() && lang != "vi" {
						continue
					}
					dir := t.TempDir()
					base.write(t, dir)
					c.write(t, dir)
					before := c.problems(t, dir, lang)
					if len(before) != 1 {
						t.Fatalf("%d problems", len(before)) // told by another test
					}
					file := filepath.Join(dir, filepath.FromSlash(before[0].File))
					src, err := os.ReadFile(file)
					if err != nil {
						continue // a file that is not there can't be mended
					}
					mended, ok := paste(string(src), before[0])
					if !ok {
						if entryHint.MatchString(before[0].Hint) && !slices.Contains(needsMore, before[0].Code) {
							t.Errorf("nobody knows where to paste: %s", before[0].Hint)
						}
						continue
					}
					pasted++
					if m := writeHint.FindStringSubmatch(before[0].Hint); m == nil || m[2] == "" { // not an example
						checkMeaning(t, c.name, string(src), mended, before[0])
					}
					if err := os.WriteFile(file, []byte(mended), 0o666); err != nil {
						t.Fatal(err)
					}
					for _, p := range problems(t, dir, lang) {
						if before[0].Code == "link-space" && p.Code == "missing-file" {
							continue // what was no link before names a file now, which the case lacks
						}
						t.Errorf("%s, when pasted, leaves %s: %s (%d:%d) in\n%s", before[0].Hint, p.Code, p.Hint, p.Line, p.Column, mended)
					}
				}
			})
		}
	}
	if pasted < 75 {
		t.Errorf("%d hints were pasted only", pasted)
	}
}
