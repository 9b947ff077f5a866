package main

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"bantin/internal/messages"
)

func TestEveryCommandHasAManualPageWithoutFaults(t *testing.T) {
	lint, err := exec.LookPath("mandoc")
	if err != nil && os.Getenv("CI") == "true" {
		t.Fatal("mandoc is not installed")
	}
	for _, lang := range messages.Codes() {
		root := localizedRoot(lang)
		eachCommand(root, func(c *cobra.Command, path string) {
			page := manPage(c, lang)
			for _, line := range strings.Split(page, "\n") {
				if strings.HasPrefix(line, ".") && !strings.HasPrefix(line, ".TH ") && !strings.HasPrefix(line, ".SH ") &&
					!strings.HasPrefix(line, ".B ") && !strings.HasPrefix(line, ".BR ") && line != ".TP" && line != ".PP" && line != ".nf" && line != ".fi" {
					t.Errorf("%s: the page of %q has a line that troff takes for a request: %q", lang, path, line)
				}
			}
			if lint == "" {
				return
			}
			c2 := exec.Command(lint, "-K", "utf-8", "-T", "lint", "-W", "warning")
			c2.Stdin = strings.NewReader(page)
			out, err := c2.Output()
			// A date would make two releases of one commit differ.
			out = withoutLines(out, "missing date")
			if len(out) > 0 {
				t.Errorf("%s: %q: %v\n%s", lang, path, err, out)
			}
		})
	}
	if lint == "" {
		t.Log("mandoc is not installed: pages are looked at only roughly")
	}
}

// withoutLines returns text without the lines that hold part.
func withoutLines(text []byte, part string) []byte {
	var kept []byte
	for line := range bytes.Lines(text) {
		if !bytes.Contains(line, []byte(part)) {
			kept = append(kept, line...)
		}
	}
	return kept
}

func TestWhatTroffWouldReadIsEscaped(t *testing.T) {
	for text, want := range map[string]string{
		`.hidden`:        `\&.hidden`,
		`'a'`:            `\&'a'`,
		"a\n.b":          "a\n\\&.b",
		`D:\bao-cao`:     `D:\ebao\-cao`,
		`--lang vi, 1,2`: `\-\-lang vi, 1,2`,
	} {
		if got := escapeRoff(text); got != want {
			t.Errorf("%q is %q, not %q", text, got, want)
		}
	}
	if got := quoteRoff(`a "b" c`); got != `"a \(dqb\(dq c"` {
		t.Errorf("an argument is %s", got)
	}
}
