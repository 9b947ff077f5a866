package article

import (
	"bytes"
	"unicode/utf8"

	"github.com/adrg/frontmatter"

	"bantin/internal/diag"
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
		return block{}, problem(pos, "front-matter/none")
	case err != nil && len(src) > maxBlock, len(found.data) > maxBlock:
		return block{}, problem(pos, "front-matter/large")
	case err != nil:
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
