package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bantin/internal/language"
	"bantin/internal/mending"
	"bantin/internal/messages"
	"bantin/internal/testsize"
)

// notSure are the codes whose hint is a line to paste that check --fix leaves to
// the editor, each with the reason.
var notSure = map[string]string{
	"agreement-parties": "và may stand in the name of one body", "alias-twice": "which of two is right", "bad-alias": "an old URL is what it was, or a slip",
	"dead-anchor": "which heading was meant", "dead-url": "which page was meant", "missing-article": "which article was meant", "missing-file": "which article was meant",
	"bad-commitments": "what was counted", "bad-date": "which day was meant", "bad-file": "which file was meant", "bad-id": "readers' programs know articles by it",
	"bad-path": "a file must be copied, too", "bad-permalink": "URLs of a whole section", "bad-slug": "a URL", "bad-static-file": "a file must be copied, too", "bad-url": "which host was meant",
	"empty-slug": "a URL", "event-unannounced": "whether the change matters", "feed-authority": "an identity for ever", "heading-bar": "whether it is a heading",
	"id-changed": "which id is right", "image-alt": "somebody must look at the picture", "indented-text": "whether it is code", "link-empty": "the words of a link",
	"link-reversed": "what stands in the brackets", "link-words": "which brackets were meant", "link-size": "the size is lost", "link-unclosed": "where the address ends", "literal-asterisks": "where bold words end",
	"long-slug": "a URL", "missing-alt": "somebody must look at the picture", "missing-key": "an example", "near-name": "which name is right", "other-syntax": "what another program made of it",
	"picture-elsewhere": "a file must be copied, too", "several-names": "one name or several", "short-name": "one body or two", "skipped-heading": "which level was meant",
	"space-after": "it may be an address", "table-delimiter": "whether it is a table", "top-heading": "the levels of all headings", "unknown-key": "which key was meant",
	"url-collision": "a URL", "url-vanished": "where the old URL leads", "widths-order": "settings are the operator's", "yaml-character": "what the character was",
	"yaml-indent": "to which key it belongs", "yaml-key": "which key was meant", "front-matter": "an example, or a whole block", "duplicate-anchor": "which id is right", "bad-choice": "what was meant",
}

// surelyIn tells a code that --fix mends, in front matter or in lines.
func surelyIn(code string) bool {
	return mending.IsSure(code) || mending.IsSureInText(code)
}

// TestFixMendsEveryFaultWhoseMendingIsSure tries --fix on each fault of the corpus
// whose hint is a line: it goes, no other comes, and the words stay. All other codes
// say why not. Outside of CI it tries one in four.
func TestFixMendsEveryFaultWhoseMendingIsSure(t *testing.T) {
	testsize.SkipShort(t, "each case is three checks, as in the corpus of faults")
	base := faultBase(t)
	mendedCodes := map[string]bool{}
	every := testsize.Rounds(4, 1)
	for _, name := range faultFiles(t) {
		_, cases := readFaults(t, name)
		for n, c := range cases {
			if n%every != 0 {
				continue
			}
			dir := t.TempDir()
			base.write(t, dir)
			c.write(t, dir)
			before := c.problems(t, dir, "vi")
			if len(before) != 1 || filepath.Ext(before[0].File) != ".md" {
				continue
			}
			file := filepath.Join(dir, filepath.FromSlash(before[0].File))
			src, err := os.ReadFile(file)
			if err != nil {
				continue
			}
			code := before[0].Code
			if _, ok := paste(string(src), before[0]); ok && !surelyIn(code) && notSure[code] == "" {
				t.Errorf("%s: the hint of %s can be pasted: is its mending sure, and if not, why? %s", c.name, code, before[0].Hint)
			}
			if !surelyIn(code) {
				continue
			}
			if exit, stdout, stderr := command(t, "check", "--fix", "--yes", "-s", dir, "--now", "8:00 15/3/2026"); exit > exitContent {
				t.Errorf("%s: exit code %d\n%s%s", c.name, exit, stdout, stderr)
			}
			now, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			after := problems(t, dir, "vi")
			if string(now) != string(src) {
				checkMeaning(t, c.name, string(src), string(now), before[0])
			}
			switch {
			case string(now) == string(src):
				if mending.IsSureInText(code) && !slices.Contains(leftByFix, c.name) {
					t.Errorf("%s: %s is not mended: %s", c.name, code, before[0].Hint)
				}
			case code == "link-space" && len(after) == 1 && after[0].Code == "missing-file": // what was no link names a file now
				mendedCodes[code] = true
			case len(after) > 0:
				t.Errorf("%s: %s is mended to\n%s\nwhich brings %v", c.name, code, now, after)
			default:
				mendedCodes[code] = true
			}
		}
	}
	if every > 1 {
		return
	}
	for id := range messages.In(language.Default).Problems {
		if code, _, _ := strings.Cut(id, "/"); surelyIn(code) && !mendedCodes[code] {
			t.Errorf("no case of testdata/faults shows that %s is mended", code)
		}
	}
}

// leftByFix are cases of codes that are mended elsewhere, which can't be.
var leftByFix = []string{
	"link-with-spaces",            // its file is not there: an error would come
	"link-on-the-next-line",       // a line would go
	"definition-that-nobody-uses", // whether it is a link or words
}
