package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

// TestNothingThatIsPrintedSteersTheTerminal holds that the words of an article, and
// names that others gave to files, are shown as they are.
func TestNothingThatIsPrintedSteersTheTerminal(t *testing.T) {
	const hostile = "\x1b]0;x\a\u009b31m\u202e"
	d := newDeployed(t, "")
	site := filepath.Join(d.dir, "site")
	d.write("content/tin-tuc/a.md", "---\ntitle: A\ndate: 1/2/2026\n---\n\nMột"+hostile+" hai.\n")
	do := func(args ...string) {
		t.Helper()
		d.out.all.Reset()
		run(t.Context(), d.env, append(args, "-s", site))
		if strings.ContainsFunc(d.out.String(), func(r rune) bool { return r != '\n' && r != '\t' && unicode.In(r, unicode.Cc, unicode.Cf) }) {
			t.Errorf("bantin %s prints %q", args[0], d.out.String())
		}
		if !strings.Contains(d.out.String(), "␛]0;x␇") {
			t.Errorf("bantin %s hides what there is: %q", args[0], d.out.String())
		}
	}
	do("check", "--fix")
	if !strings.Contains(d.out.String(), "- Một␛") {
		t.Errorf("the line that is mended is not shown: %q", d.out.String())
	}
	d.remove("content/tin-tuc/a.md")

	if code := run(t.Context(), d.env, []string{"build", "-s", site}); code != exitFine {
		t.Fatalf("build: %s", d.out.String())
	}
	if err := os.MkdirAll(d.www, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(d.www, hostile), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	do("deploy", "chinh", "--dry-run", "--delete")
}

func TestOnlyWhatSteersIsPrintedOtherwise(t *testing.T) {
	for text, want := range map[string]string{
		"Tiếng Việt\n\t👩‍👧 \xff\n": "Tiếng Việt\n\t👩‍👧 \xff\n",
		"a\r\x1b[K\nb\x7f\n":       "a␍␛[K\nb␡\n",
	} {
		var b bytes.Buffer
		if n, err := (plain{&b}).Write([]byte(text)); b.String() != want || n != len(text) || err != nil {
			t.Errorf("%q is printed as %q, %d, %v", text, b.String(), n, err)
		}
	}
}
