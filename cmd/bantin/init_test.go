package main

import (
	"encoding/json"
	"regexp"
	"slices"
	"testing"
	"time"

	"bantin/internal/skeleton"
)

func TestVSCodeReadsWhatCheckPrints(t *testing.T) {
	for lang, lines := range map[string][2]string{
		"vi": {"content/a.md:2:8: lỗi[yaml-colon]: tiêu đề có dấu hai chấm", "content/a.md:2:8: cảnh báo[long-title]: tiêu đề dài"},
		"en": {"content/a.md:2:8: error[yaml-colon]: title has a colon", "content/a.md:2:8: warning[long-title]: the headline has"},
	} {
		files, err := skeleton.Files(lang, time.Date(2026, 3, 15, 8, 0, 0, 0, time.UTC))
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(files, func(f skeleton.File) bool { return f.Path == ".vscode/tasks.json" })
		if i < 0 {
			t.Fatal("there are no tasks")
		}
		var file struct {
			Tasks []struct {
				ProblemMatcher []struct {
					Severity string
					Pattern  struct{ Regexp string }
				}
			}
		}
		if err := json.Unmarshal(files[i].Data, &file); err != nil {
			t.Fatal(err)
		}
		for k, m := range file.Tasks[0].ProblemMatcher {
			found := regexp.MustCompile(m.Pattern.Regexp).FindStringSubmatch(lines[k])
			if m.Severity != [...]string{"error", "warning"}[k] || len(found) != 6 || found[1] != "content/a.md" || found[3] != "8" {
				t.Errorf("%s reads %q as %q", m.Severity, lines[k], found)
			}
			if regexp.MustCompile(m.Pattern.Regexp).MatchString(lines[1-k]) {
				t.Errorf("%s reads %q, too", m.Severity, lines[1-k])
			}
		}
	}
}
