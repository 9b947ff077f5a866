package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bantin/internal/article"
	"bantin/internal/mending"
	"bantin/internal/messages"
)

func TestFixDoesNothingUnlessItIsAgreedTo(t *testing.T) {
	for answer, want := range map[string]bool{"c\n": true, "Có\n": true, "y": true, "YES\n": true, "\n": false, "": false, "k\n": false, "cái gì?\n": false} {
		dir := t.TempDir()
		name := filepath.Join(dir, "content/tin/a.md")
		for file, text := range map[string]string{
			"site.yaml":             "title: A\nbase_url: https://a.example/\nid: a.example,2026\n",
			"content/tin/_index.md": "---\ntitle: Tin\n---\n", "content/tin/a.md": "---\ntitle: A: B\ndate: 1/2/2020\n---\nChữ.\n",
		} {
			if err := create(filepath.Join(dir, filepath.FromSlash(file)), []byte(text)); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.Chmod(name, 0o640); err != nil {
			t.Fatal(err)
		}
		var stdout, stderr strings.Builder
		e := &env{stdin: strings.NewReader(answer), asks: true, stdout: &stdout, stderr: &stderr, getenv: func(string) string { return "" }}
		code := run(t.Context(), e, []string{"check", "--fix", "-s", dir})
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := bytes.Contains(text, []byte(`title: "A: B"`)); got != want || (code == exitFine) != want {
			t.Errorf("%q: mended %v, exit code %d\n%s%s", answer, got, code, stdout.String(), stderr.String())
		}
		if !strings.Contains(stderr.String(), "sửa 1 chỗ trong 1 tệp như trên? [c/K]") || !strings.Contains(stdout.String(), `     2 + title: "A: B"`) {
			t.Errorf("%q: asked without showing:\n%s%s", answer, stdout.String(), stderr.String())
		}
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o640 {
			t.Errorf("permissions are %v, %v", info.Mode(), err)
		}
		if left, _ := filepath.Glob(filepath.Join(dir, "content/tin/.bantin-*")); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	}
}

// TestAMendedArticleSaysWhatItsEditorTyped holds that fix changes how a value is
// written alone: in line ends, comments and all other lines nothing changes.
func TestAMendedArticleSaysWhatItsEditorTyped(t *testing.T) {
	for src, want := range map[string]string{
		"title: A: B\r\ndate: 1/2/2020\r\n":                         "title: \"A: B\"\r\ndate: 1/2/2020\r\n",
		"title:A\ndate:1/2/2020\n":                                  "title: A\ndate: 1/2/2020\n",
		"title: 'A\ndate: 1/2/2020\n":                               "title: \"A\"\ndate: 1/2/2020\n",
		"title: A\ndate: 1/2/2020\ndraft: sai # ghi\n":              "title: A\ndate: 1/2/2020\ndraft: false # ghi\n",
		"title: A\ndate: 32/2/2020\n":                               "title: A\ndate: 32/2/2020\n",
		"title: A: B # ghi chú\ndate: 1/2/2020\n":                   "title: A: B # ghi chú\ndate: 1/2/2020\n",
		"title: A\ndate: 1/2/2020\nimage: a.jpg\n":                  "title: A\ndate: 1/2/2020\nimage: a.jpg\n",
		"title: A\ndate: 1/2/2020\nagreement:\n  parties: [Xã A]\n": "title: A\ndate: 1/2/2020\nagreement:\n  parties: [Xã A]\n",
		"title: A\ndate: 1/2/2020\nevent:\n  start:8:00 1/2/2020\n": "title: A\ndate: 1/2/2020\nevent:\n  start:8:00 1/2/2020\n",
	} {
		for _, lang := range messages.Codes() {
			got, n := mending.FrontMatter("tin/a.md", []byte("---\n"+src+"---\nA: B\n"), lang)
			if string(got) != "---\n"+want+"---\nA: B\n" {
				t.Errorf("%s: %q\nbecame %q\nwant   %q", lang, src, got, want)
			}
			if n > 0 {
				if _, problems := article.Parse("tin/a.md", got, time.UTC); problems.HasErrors() {
					t.Errorf("%s: %q: %v", lang, got, problems)
				}
			}
		}
	}
}
