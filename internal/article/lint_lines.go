package article

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bantin/internal/lazyregexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// What follows looks at the lines of a paragraph: a list, a table or paragraphs
// as people type them, which CommonMark joins.

// lines looks at the lines of a paragraph.
func (x *transform) lines(segments *text.Segments) {
	x.rows = x.rows[:0]
	for i := range segments.Len() {
		line := segments.At(i)
		x.unspacedHeading(line.Start)
		x.rows = append(x.rows, util.BytesToReadOnlyString(bytes.TrimRight(line.Value(x.src), "\r\n")))
	}
	if len(x.rows) == 1 && slices.Contains(sampleTexts, x.rows[0]) {
		x.report(segments.At(0).Start, "placeholder", strings.Clone(x.rows[0]))
	} else {
		x.sampleText(segments)
	}
	lines, start := x.rows, func(i int) int { return segments.At(i).Start }
	told := x.emptyBox(lines[0], start(0))
	for i, line := range lines {
		if line == "" {
			return
		}
		if item, id := x.asItem(lines, i); id != "" {
			told = true
			x.itemMark = start(i)
			x.report(start(i), id, strings.Clone(firstField(line)), strings.Clone(item))
		} else if i > 0 {
			if item := x.asNextItem(lines, i, start(0)); item != "" {
				x.report(start(i), "list-marker/other", strings.Clone(wordOf(line)), item)
				told = true
			}
		}
	}
	x.loneRow(lines, start)
	if x.spaces(lines, start, segments) || len(lines) < 2 || told || x.enumerated(lines, start) || x.pipes(lines, start) || x.tabs(lines, start) || x.counted(lines, start) || x.glued(lines, start) {
		return
	}
	x.joined(lines, start)
}

// sampleText tells of the sample text of a new article that stands among other
// words.
func (x *transform) sampleText(segments *text.Segments) {
	for i, row := range x.rows {
		for _, sample := range sampleTexts {
			if at := strings.Index(row, sample); at >= 0 {
				x.report(segments.At(i).Start+at, "placeholder", sample)
			}
		}
	}
}

// joined tells of lines that were each a paragraph: the next begins with a
// capital, and they end a sentence, are all capitals, are short, or say what
// something is, as in Địa điểm: nhà văn hóa. A text whose lines an editor has
// broken at some width has such ends, too, where the next word did not fit.
func (x *transform) joined(lines []string, start func(int) int) {
	ends, labels, symbols := 0, 0, 0
	for i, line := range lines {
		if isLabelled(line) {
			labels++
		}
		if beginsWithSymbol(line) && (i == 0 || !x.isWrapped(lines[i-1], line)) {
			symbols++
		}
		if symbols > 1 && !isBroken(lines[i-1]) {
			x.report(start(0), "joined-lines")
			return
		}
	}
	for i, line := range lines {
		if i == 0 {
			continue
		}
		before := lines[i-1]
		first, _ := utf8.DecodeRuneInString(strings.TrimLeft(line, `"“«([*_`))
		if !unicode.IsUpper(first) || isBroken(before) {
			return
		}
		last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(before, `"”») *_`))
		switch {
		case isCapitals(before):
			ends++
		case x.isWrapped(before, line):
			return
		case strings.ContainsRune(".!?…;:", last):
			ends++
		case utf8.RuneCountInString(before) > minWidth:
			return
		}
	}
	if ends > 0 || labels == len(lines) || len(lines) > 2 { // two short lines may be one that was broken
		x.report(start(0), "joined-lines")
	}
}

// beginsWithSymbol tells a line that begins with a pictograph, as items do in messages:
// 👉 Đăng ký, 1️⃣ Nộp đơn.
func beginsWithSymbol(line string) bool {
	r, size := utf8.DecodeRuneInString(line)
	return r >= utf8.RuneSelf && unicode.Is(unicode.So, r) && !strings.ContainsRune(bullets+rareBullets, r) || isDigitRune(r) && strings.HasPrefix(strings.TrimPrefix(line[size:], "\uFE0F"), "\u20E3")
}

// isWrapped tells whether before was ended because the first word of line did not
// fit on it.
func (x *transform) isWrapped(before, line string) bool {
	width := x.width()
	return minWidth < width && width <= maxWidth && utf8.RuneCountInString(before)+1+utf8.RuneCountInString(wordOf(line)) > width
}

// label is what stands before the colon of a line such as Địa điểm: nhà văn hóa.
var label = lazyregexp.New(`^[\pL\pM*_ ]{2,30}(?: \([^()]{1,20}\))?:[ *_]`)

func isLabelled(line string) bool { return label().MatchString(line) }

// minWidth is the narrowest at which editors break lines, in characters.
const minWidth = 45

// maxWidth is the widest at which editors break lines, in characters.
const maxWidth = 120

// width returns the width at which the text's lines are broken: that of the
// longest, which is over maxWidth where they are not.
func (x *transform) width() int {
	if x.longest == 0 {
		for line := range bytes.SplitSeq(x.src, []byte("\n")) {
			if len(line) > x.longest {
				x.longest = max(x.longest, utf8.RuneCount(line))
			}
		}
	}
	return x.longest
}

func wordOf(line string) string {
	word, _, _ := strings.Cut(line, " ")
	return word
}

// isCapitals tells a line of at least two words that are all capitals.
func isCapitals(line string) bool {
	letters := 0
	for _, r := range line {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters >= 4 && strings.ContainsRune(line, ' ')
}

// bar tells of a paragraph that a line of --- below it made a heading.
func (x *transform) bar(n *ast.Heading) {
	if off, mark := sentenceBar(x.src, n); off > 0 {
		x.report(off, "heading-bar", mark)
	}
}

// partedMarks tells of a heading whose # stand apart, so that those behind the first are
// words of it: # # Tiêu đề.
func (x *transform) partedMarks(n *ast.Heading) {
	if n.Lines().Len() == 0 || n.Pos() < 0 {
		return
	}
	at := n.Lines().At(0)
	line := at.Value(x.src)
	words := bytes.TrimLeft(line, "# ")
	marks := bytes.Count(line[:len(line)-len(words)], []byte("#"))
	start := bytes.LastIndexByte(x.src[:at.Start], '\n') + 1
	before := bytes.TrimSpace(x.src[start:at.Start])
	if marks == 0 || len(words) == 0 || words[0] == '#' || line[len(line)-len(words)-1] != ' ' || len(bytes.Trim(before, "#")) > 0 || len(before) == 0 {
		return
	}
	x.report(start, "heading-space/parted", strings.Repeat("#", min(6, len(before)+marks))+" "+shorten(string(bytes.TrimSpace(words))))
}

// maxUnderlined is how many characters a heading has at most that was meant to be
// one, and not a paragraph above a line.
const maxUnderlined = 100

// keyLine is a line of front matter.
var keyLine = lazyregexp.New(`^[a-z_]+: `)

// sentenceBar returns where the line of dashes or of = stands that made a heading of
// a paragraph, and its first three signs; 0 where a heading was meant.
func sentenceBar(src []byte, n *ast.Heading) (off int, mark string) {
	lines := n.Lines()
	if lines.Len() == 0 {
		return 0, ""
	}
	first, last := lines.At(0), lines.At(lines.Len()-1)
	start := bytes.LastIndexByte(src[:first.Start], '\n') + 1
	if bytes.IndexByte(src[start:first.Start], '#') >= 0 { // a heading of #
		return 0, ""
	}
	rest := src[last.Stop:]
	behind := bytes.IndexByte(rest, '\n') + 1
	bar := bytes.TrimLeft(rest[behind:], " >\t")
	if len(bar) == 0 || bar[0] != '-' && bar[0] != '=' {
		return 0, ""
	}
	signs := len(bar) - len(bytes.TrimLeft(bar, string(bar[0])))
	words := bytes.TrimRight(src[first.Start:last.Stop], " \n")
	inner := bytes.Trim(words, "*_")
	end, _ := utf8.DecodeLastRune(inner)
	isSlanted := len(words)-len(inner) == 2 // *Nguồn: TTXVN*
	if lines.Len() == 1 && utf8.RuneCount(words) <= maxUnderlined && !strings.ContainsRune(".!?…;,", end) &&
		signs > 2 && !isSlanted && !keyLine().Match(words) {
		return 0, ""
	}
	return len(src) - len(bar), string(bar[:min(3, signs)])
}
