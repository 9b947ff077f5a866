package article

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/adrg/frontmatter"

	"bantin/internal/diag"
	"bantin/internal/lazyregexp"
	"bantin/internal/vietnamese"
)

const (
	maxFile  = 5 << 20  // bytes of a whole file
	maxBlock = 64 << 10 // bytes of its front matter
)

const bom = "\xef\xbb\xbf"

// block is the front matter of a file, found but not yet read.
type block struct {
	yaml      []byte
	line      int // of the file, at which yaml begins
	bodyStart int // offset of the text behind the block
}

// captured is what frontmatter hands out: the bytes between two fences.
type captured struct {
	fence string
	data  []byte
}

// fences are the front matter formats known to be in use, each with a
// "decoder" that only captures: frontmatter's own would lose places, keys and
// spellings (yaml.v2 reads 012 as 10).
var fences = []*frontmatter.Format{
	frontmatter.NewFormat("---", "---", capture("---")),
	frontmatter.NewFormat("+++", "+++", capture("+++")),
}

func capture(fence string) frontmatter.UnmarshalFunc {
	return func(data []byte, into any) error {
		*into.(*captured) = captured{fence, data}
		return nil
	}
}

// findBlock finds the front matter at the head of src. If there is none that
// can be read as YAML, the problem says why.
func findBlock(file string, src []byte) (block, *diag.Problem) {
	head := bytes.TrimPrefix(src, []byte(bom))
	offset := len(src) - len(head)
	// The fence behind a block that is just small enough must still be seen.
	head = head[:min(len(head), maxBlock+len("---\r\n---\r\n"))]

	fence, fenceLine := firstLine(head)
	pos := diag.Pos{File: file, Line: fenceLine, Col: 1}
	if bytes.HasPrefix(fence, []byte("{")) {
		return block{}, otherFormat(pos, "JSON", yamlOfJSON, head[bytes.IndexByte(head, '{'):])
	}
	head = throughClosing(head, fence)
	b, ok := usualBlock(head)
	if !ok {
		var p *diag.Problem
		if b, p = anyBlock(pos, head, string(fence)); p != nil {
			return block{}, p
		}
	}
	b.bodyStart += offset
	return b, nil
}

// usualBlock reads the block that nearly all files have, from their first line
// on; src is what throughClosing returns. frontmatter, which reads all other
// blocks, copies each line three times to say the same (a fuzz test holds that).
func usualBlock(src []byte) (block, bool) {
	opening := bytes.IndexByte(src, '\n') + 1
	closing := bytes.LastIndexByte(bytes.TrimSuffix(src, []byte("\n")), '\n') + 1
	if closing < opening || closing-opening > maxBlock || !isFence(src[:opening]) || !isFence(src[closing:]) {
		return block{}, false
	}
	return block{yaml: src[opening:closing], line: 2, bodyStart: len(src)}, true
}

// isFence tells whether line is --- with nothing before it and no more than
// space behind it.
func isFence(line []byte) bool {
	return bytes.HasPrefix(line, []byte("---")) && len(bytes.TrimSpace(line)) == len("---")
}

// anyBlock reads the block behind fence, the first line that is not blank,
// which stands at pos; src is what throughClosing returns.
func anyBlock(pos diag.Pos, src []byte, fence string) (block, *diag.Problem) {
	var found captured
	rest, err := frontmatter.MustParse(bytes.NewReader(src), &found, fences...)
	switch {
	case err != nil && fence != "---" && fence != "+++":
		return block{}, noOpening(pos, src, fence)
	case err != nil && len(src) > maxBlock, len(found.data) > maxBlock:
		return block{}, problem(pos, "front-matter/large")
	case err != nil:
		if line := looseClosing(src, pos.Line); fence == "---" && line > 0 {
			return block{}, problem(diag.Pos{File: pos.File, Line: line, Col: 1}, "front-matter/fence")
		}
		return block{}, problem(pos, "front-matter/unclosed", fence)
	case found.fence == "+++":
		return block{}, otherFormat(pos, "TOML", yamlOfTOML, found.data)
	}

	bodyStart := len(src) - len(rest)
	closing := bytes.LastIndexByte(bytes.TrimSuffix(src[:bodyStart], []byte("\n")), '\n') + 1
	if src[closing] != '-' {
		// frontmatter takes an indented fence for a fence; an editor who
		// writes one means a line of a longer text.
		line := 1 + bytes.Count(src[:closing], []byte("\n"))
		return block{}, problem(diag.Pos{File: pos.File, Line: line, Col: 1}, "front-matter/indented")
	}
	return block{yaml: found.data, line: pos.Line + 1, bodyStart: bodyStart}, nil
}

// noOpening tells what is wrong with fence, the first line of src, at pos: it is
// meant for --- where keys stand below it.
func noOpening(pos diag.Pos, src []byte, fence string) *diag.Problem {
	lines := bytes.Split(src, []byte("\n"))[pos.Line:]
	isCode := strings.HasPrefix(fence, "```")
	if isCode && len(lines) > 0 && isFence(lines[0]) {
		return problem(pos, "front-matter/code")
	}
	if (isCode || isLooseFence(fence)) && len(lines) > 0 && entryLine().Match(lines[0]) {
		return problem(pos, "front-matter/fence")
	}
	return problem(pos, "front-matter/none")
}

// looseClosing returns the number of the line that is meant to close the front
// matter which line opening of src opens, or 0: only lines of front matter
// stand between them.
func looseClosing(src []byte, opening int) int {
	for i, line := range bytes.Split(src, []byte("\n"))[opening:] {
		if isLooseFence(string(bytes.TrimSpace(line))) {
			return opening + i + 1
		}
		if len(bytes.TrimSpace(line)) > 0 && !entryLine().Match(line) {
			return 0
		}
	}
	return 0
}

// entryLine fits a line of front matter: a key, an item, or one that goes on or is a comment.
var entryLine = lazyregexp.New(`^(?:[\pL_][\pL_ ]{0,30}:|[ \t#-])`)

// isLooseFence tells a line of dashes that programs make of ---, or that somebody
// types for it.
func isLooseFence(line string) bool {
	dashes := vietnamese.Visible(strings.ReplaceAll(line, " ", ""))
	return dashes != "" && strings.Trim(dashes, "-‐‑‒–—―−") == ""
}

// throughClosing returns src as far as the second line that is the fence, all
// of it if there is none: frontmatter copies what it is given, text and all.
func throughClosing(src, fence []byte) []byte {
	for end, seen := 0, 0; end < len(src); {
		line, _, more := bytes.Cut(src[end:], []byte("\n"))
		if end += len(line); more {
			end++
		}
		if bytes.Equal(bytes.TrimSpace(line), fence) {
			if seen++; seen == 2 {
				return src[:end]
			}
		}
	}
	return src
}

// firstLine returns the first line that is not blank, without the space
// around it, and its number.
func firstLine(src []byte) (line []byte, number int) {
	for number = 1; ; number++ {
		text, rest, more := bytes.Cut(src, []byte("\n"))
		if text = bytes.TrimSpace(text); len(text) > 0 || !more {
			return text, number
		}
		src = rest
	}
}

// checkBytes refuses a file that is no text in UTF-8.
func checkBytes(file string, src []byte) *diag.Problem {
	whole := diag.Pos{File: file}
	switch {
	case len(src) > maxFile:
		return problem(whole, "article-large")
	case bytes.HasPrefix(src, []byte("\xff\xfe")), bytes.HasPrefix(src, []byte("\xfe\xff")):
		return problem(whole, "encoding/utf-16")
	case len(bytes.TrimSpace(src)) == 0:
		return problem(whole, "front-matter/none")
	}
	if i := bytes.IndexByte(src, 0); i >= 0 {
		return problem(posAt(file, src, i), "encoding/nul")
	}
	if utf8.Valid(src) {
		return nil
	}
	i := 0
	for {
		r, size := utf8.DecodeRune(src[i:])
		if r == utf8.RuneError && size == 1 {
			return problem(posAt(file, src, i), "encoding/utf-8")
		}
		i += size
	}
}

// posAt returns the place of the byte src[i]; a BOM is no column.
func posAt(file string, src []byte, i int) diag.Pos {
	before := bytes.TrimPrefix(src[:i], []byte(bom))
	start := bytes.LastIndexByte(before, '\n') + 1
	return diag.Pos{
		File: file,
		Line: 1 + bytes.Count(before, []byte("\n")),
		Col:  1 + utf8.RuneCount(before[start:]),
	}
}

func problem(pos diag.Pos, id string, args ...string) *diag.Problem {
	p := diag.New(pos, id, args...)
	return &p
}
