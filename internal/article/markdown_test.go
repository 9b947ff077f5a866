package article

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"bantin/internal/testsize"
)

// FuzzATextWithoutAddressesIsReadAlikeByBothParsers holds that parserFor
// chooses unlinked only where nobody can tell.
func FuzzATextWithoutAddressesIsReadAlikeByBothParsers(f *testing.F) {
	for _, text := range []string{
		string(report), "a  \nb   \nc\\\nd \n", "a    \nb", "a b    ", "# a b {#c .d}  \n", "a *b c* _d e_ ~f g~ ~~h i~~ (j k)\n",
		"a \\ b\\\\ \\( c \\* d\n", "a &amp; b&#32;c &copy d\n", "**a b **c ** d ****\n", "[a b](c d) [e] (f.pdf) [g] [^h]\n", "x[^1] y\n\n[^1]: a b\n",
		"|a b|c (d|\n|--|:-:|\n|e f |`g \\| h`|\n", "- [ ] a b\n- [x] c\n\n  d e\n", "a b\n: c d\n: e\n", "![a b](c \"d e\") f\n", "> a b\n> c\nd e\n",
		"a <b c=\"d e\"> f <!-- g h --> i\n", "<div>\na b\n</div>\n", "`a b` c ``d ` e``\n", "a b\n===\nc d\n---\n", "[a b]: c.md \"d e\"\n\n[a b] [a  b][]\n",
		"UBND xã (UBND) UBND_x\n", "##a b\n    c đ\n", " a\u00a0 b \u2003\nc", "a (b\nc) (\n(d", "a \x00 b", "! [a b", "<a b>", "http:a b ftp:c",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if utf8.ValidString(text) {
			checkUnlinked(t, text)
		}
	})
}

func TestTextsOfMarksAreReadAlikeByBothParsers(t *testing.T) {
	testsize.SkipShort(t, "one goroutine does it all")
	pieces := []string{
		" ", " ", " ", "  ", "\n", "\n", "\n\n", "a", "b c", "UBND", "đ", "\\", "*", "**", "_", "__", "~", "~~", "`", "``", "(", ")", "[", "]", "](", "![", "[^1]",
		"<", ">", "&", "&amp;", "&#32;", ";", "|", "\n|-|-|\n", "\n- ", "\n1. ", "\n> ", "\n: ", "\n# ", " {#a}", "\n---\n", "\n===\n", "\n    ", "\n[^1]: ", "[ ]", "\n[a]: b",
		"<b>", "</b>", "<!--", "-->", "\n<div>\n", "\"", ":", "/", "www", ".", "!", "-", "+", "\u00a0", "\u2003",
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range testsize.Rounds(400, 1500) {
		var text strings.Builder
		for range 1 + random.IntN(24) {
			text.WriteString(pieces[random.IntN(len(pieces))])
		}
		checkUnlinked(t, text.String())
	}
}

var converters = []*Converter{
	NewConverter(ConverterOptions{Labels: vietnameseLabels, Glossary: []Abbreviation{{"UBND", "Ủy ban nhân dân"}, {"b", "c"}, {"b c", "d"}, {"UBND (b", "e"}}}),
	NewConverter(ConverterOptions{Labels: vietnameseLabels, Sanitize: true}),
}

// checkUnlinked holds that unlinked reads a text as markdown does, if it may
// read it at all.
func checkUnlinked(t *testing.T, text string) {
	src, original := normalize([]byte(text))
	if parserFor(src) != unlinked() {
		return
	}
	article := &Article{Path: "a.md", BodyLine: 1}
	resolve := func(l Link) Target { return Target{URL: "/" + l.Dest} }
	for _, c := range converters {
		want := c.convert(new(bytes.Buffer), markdown(), article, src, original, resolve)
		got := c.convert(new(bytes.Buffer), unlinked(), article, src, original, resolve)
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(Body{})); diff != "" {
			t.Fatalf("%q (-markdown +unlinked):\n%s", text, diff)
		}
	}
	want, _ := parse(markdown(), src)
	got, _ := parse(unlinked(), src)
	if got, want := firstParagraph(got, src), firstParagraph(want, src); got != want {
		t.Fatalf("%q: the first paragraph is %q, want %q", text, got, want)
	}
}
