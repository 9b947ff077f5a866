package render

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bantin/internal/testsize"
	"bantin/templates"
)

// sources returns what may use a word or a class: the default templates, the
// scripts, and the code that is no test.
func sources(t testing.TB) string {
	t.Helper()
	var all strings.Builder
	for _, root := range []string{"../../templates", "../../static", "../../internal"} {
		err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.Name() == "node_modules" || d.Name() == "testdata" {
				return filepath.SkipDir
			}
			switch {
			case strings.HasSuffix(name, "_test.go"):
			case slices.Contains([]string{".html", ".js", ".go"}, filepath.Ext(name)):
				text, err := os.ReadFile(name)
				if err != nil {
					return err
				}
				all.Write(text)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}

func TestEveryWordIsUsed(t *testing.T) {
	all := sources(t)
	for key := range parseWith(t, "vi", nil).messages {
		if match := regexp.MustCompile(`^(month|weekday-long)-\d+$`).FindStringSubmatch(key); match != nil {
			key = match[1] + "-"
		}
		if !strings.Contains(all, `"`+key+`"`) {
			t.Errorf("no template and no code uses the text %s", key)
		}
	}
}

func TestEveryClassOfTheStyleSheetIsUsed(t *testing.T) {
	testsize.SkipShort(t, "one goroutine does it all")
	css, err := os.ReadFile("../../static/style.css")
	if err != nil {
		t.Fatal(err)
	}
	all := sources(t)
	css = regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAll(css, nil)
	for _, class := range regexp.MustCompile(`\.([a-z][a-z0-9-]*)`).FindAllSubmatch(css, -1) {
		name := string(class[1])
		if kind, ok := strings.CutPrefix(name, "page-"); ok { // layout.html names each kind of page so
			if _, err := fs.Stat(templates.FS, kind+".html"); err == nil {
				continue
			}
		}
		made, _, _ := strings.Cut(name, "-") // or put together: "alert-" + kind
		if !regexp.MustCompile(`["'\s]`+name+`["'\s{]`).MatchString(all) && !regexp.MustCompile(`["'\s]`+made+`-["'{]`).MatchString(all) {
			t.Errorf("nothing has the class %s", name)
		}
	}
}

func TestEveryTemplateIsUsed(t *testing.T) {
	all := sources(t)
	names, err := fs.Glob(templates.FS, "*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if !slices.Contains(required, name) && !strings.Contains(all, `{{template "`+name) && !strings.Contains(all, `{{- template "`+name) {
			t.Errorf("nothing calls %s", name)
		}
	}
}
