package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// named finds what a text in backticks names of the tree.
var named = regexp.MustCompile("`((?:internal|cmd|docs|templates|static|content)/[\\w./*{}-]+)`")

func TestTheDescriptionOfTheHouseNamesFilesThatExist(t *testing.T) {
	root := filepath.Join("..", "..")
	for _, doc := range []string{"docs/architecture.md", "CONTRIBUTING.md"} {
		text, err := os.ReadFile(filepath.Join(root, doc))
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for _, m := range named.FindAllStringSubmatch(string(text), -1) {
			pattern := strings.NewReplacer("{code}", "en").Replace(m[1])
			files, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(pattern)))
			if err != nil || len(files) == 0 {
				t.Errorf("%s names %s, which is not there", doc, m[1])
			}
			found++
		}
		if found < 5 {
			t.Errorf("%s names %d files", doc, found)
		}
	}
}

func TestTheDescriptionOfTheHouseNamesEveryStageFileAndPackage(t *testing.T) {
	root := filepath.Join("..", "..")
	text, err := os.ReadFile(filepath.Join(root, "docs", "architecture.md"))
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(root, "internal", "build", "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatal("no stages", err)
	}
	for _, f := range files {
		name := filepath.Base(f)
		if strings.HasSuffix(name, "_test.go") || name == "build.go" || name == "parallel.go" || name == "report.go" {
			continue
		}
		if !strings.Contains(string(text), "`"+name+"`") {
			t.Errorf("docs/architecture.md gives internal/build/%s to no stage", name)
		}
	}
	for room := range rooms {
		name, ours := strings.CutPrefix(room, "bantin/internal/")
		if ours && !strings.HasPrefix(name, "tools/") && !strings.Contains(string(text), "`"+name+"`") {
			t.Errorf("docs/architecture.md does not name the package %s", name)
		}
	}
}

func TestTheChainOfStagesIsThatOfTheBuild(t *testing.T) {
	src, doc := ownFile(t, "internal/build/build.go"), ownFile(t, "docs/architecture.md")
	var names []string
	for _, m := range regexp.MustCompile(`(?m)^\t\t\{"(\w+)", r\.\w+\},$`).FindAllStringSubmatch(src, -1) {
		names = append(names, m[1])
		if !strings.Contains(doc, "\n| "+m[1]+" | ") {
			t.Errorf("docs/architecture.md has no line for the stage %s", m[1])
		}
	}
	for name, text := range map[string]string{"build.go": src, "architecture.md": doc} {
		if chain := strings.Join(names, " → "); len(names) == 0 || !strings.Contains(text, chain) {
			t.Errorf("%s does not have the chain %s", name, chain)
		}
	}
}

// ownFile returns what a file of this repository holds.
func ownFile(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
