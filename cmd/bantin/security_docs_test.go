package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var testNamed = regexp.MustCompile("`((?:internal|cmd)/[a-z/_0-9]+_test\\.go):((?:Test|Fuzz)\\w+)`")

func TestEveryPromiseOfSecurityNamesATestThatIsThere(t *testing.T) {
	text, err := os.ReadFile("../../docs/security.md")
	if err != nil {
		t.Fatal(err)
	}
	promises := 0
	_, promised, _ := strings.Cut(string(text), "## What holds")
	for line := range strings.Lines(promised) {
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| promise ") {
			continue
		}
		promises++
		named := testNamed.FindAllStringSubmatch(line, -1)
		if len(named) == 0 {
			t.Errorf("no test holds %q", line)
		}
		for _, n := range named {
			code, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(n[1])))
			if err != nil {
				t.Error(err)
			} else if !strings.Contains(string(code), "\nfunc "+n[2]+"(") {
				t.Errorf("%s has no %s", n[1], n[2])
			}
		}
	}
	if promises < 20 {
		t.Errorf("only %d promises were found", promises)
	}
}
