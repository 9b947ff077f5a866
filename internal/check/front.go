package check

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"bantin/internal/article"
	"bantin/internal/diag"
	"bantin/internal/vietnamese"
)

// front is an article's front matter by lines, as its editor sees it.
type front struct {
	file  string
	lines []string // of the file, from its first on
}

func readFront(a *article.Article, src []byte) front {
	text := strings.TrimPrefix(string(src[:a.BodyStart]), "\ufeff")
	return front{a.File(), strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")}
}

// at returns the place of the byte at off in the line at index i.
func (f front) at(i, off int) diag.Pos {
	return diag.Pos{File: f.file, Line: i + 1, Col: 1 + utf8.RuneCountInString(f.lines[i][:off])}
}

// prose returns the text of a line that readers will read as a sentence, as it
// is typed, and where it begins in the line; "" for every other line.
func prose(line string) (text string, start int) {
	key, value, ok := strings.Cut(line, ":")
	if !ok {
		return "", 0
	}
	switch key {
	case "title", "lead", "description", "summary":
	default:
		return "", 0
	}
	text = strings.TrimLeft(value, " ")
	start = len(line) - len(text)
	end := strings.Index(text, " #") // a comment
	if text != "" && (text[0] == '"' || text[0] == '\'') {
		end = strings.LastIndexByte(text, text[0])
	}
	if end > 0 {
		text = text[:end]
	}
	return strings.TrimRight(text, " "), start
}

// excerpt returns the words around text[from:to] with mended in their place,
// short enough for a hint.
func excerpt(text string, from, to int, mended string) string {
	start := strings.LastIndexByte(text[:from], ' ') + 1
	end := len(text)
	if i := strings.IndexByte(text[to:], ' '); i >= 0 {
		end = to + i
	}
	return vietnamese.NFC(text[start:from] + mended + text[to:end])
}

func itoa(n int) string { return strconv.Itoa(n) }
