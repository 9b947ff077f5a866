package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestEveryValueOfANewArticleThatNobodyReplacedIsAnError takes the # away from all
// lines of new articles: each text there that stands for one of the editor's is told.
func TestEveryValueOfANewArticleThatNobodyReplacedIsAnError(t *testing.T) {
	commented := regexp.MustCompile(`(?m)^( *)# ([a-z]+: )`)
	value := regexp.MustCompile(`"([^"]+)"|(?:author|organization|organizer|number): ([^#\n]*[^#\n ])|tags: \[([^\],]+), ([^\]]+)\]`)
	for lang, texts := range map[string]string{"vi": "Viết bài ở đây.", "en": "Write the article here."} {
		for _, kind := range []string{"--event", "--agreement"} {
			dir := t.TempDir()
			faultBase(t).write(t, dir)
			code, stdout, stderr := command(t, "new", "-s", dir, "--lang", lang, kind, "tin-tuc", "Họp dân")
			if code != exitFine {
				t.Fatalf("exit code %d: %s%s", code, stdout, stderr)
			}
			made, err := filepath.Glob(filepath.Join(dir, "content/tin-tuc/*hop-dan*"))
			if err != nil || len(made) != 1 {
				t.Fatalf("%v %v", made, err)
			}
			src, err := os.ReadFile(made[0])
			if err != nil {
				t.Fatal(err)
			}
			bare := regexp.MustCompile(`(?m)^draft: .*\n`).ReplaceAllString(commented.ReplaceAllString(string(src), "$1$2"), "")
			if err := os.WriteFile(made[0], []byte(bare), 0o666); err != nil {
				t.Fatal(err)
			}
			want := map[string]bool{texts: true}
			front, _, _ := strings.Cut(bare[4:], "\n---\n")
			for _, line := range strings.Split(front, "\n") {
				if strings.HasPrefix(line, "title:") || strings.HasPrefix(line, "#") {
					continue
				}
				line, _, _ = strings.Cut(line, "   #")
				for _, m := range value.FindAllStringSubmatch(line, -1) {
					for _, text := range m[1:] {
						if text = strings.TrimSpace(text); text != "" {
							want[text] = true
						}
					}
				}
			}
			if len(want) < 12 {
				t.Errorf("%d samples only: %v", len(want), want)
			}
			code, out, _ := command(t, "check", "-s", dir, "--lang", "en")
			for text := range want {
				if !strings.Contains(out, `error[placeholder]: "`+text+`"`) {
					t.Errorf("%s %s: %q is published", lang, kind, text)
				}
			}
			if code != exitContent {
				t.Errorf("exit code %d", code)
			}
		}
	}
}
