package visits

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"requests": {"data": [{"hits": {"count": 3}, "method": "GET", "data": "/tin/a/?x=1"}, {"hits": {"count": 2}, "data": "/tin/%C4%91/index.html"}]}}`))
	f.Add([]byte(`{"requests": {"data": [{"hits": {"count": 9223372036854775807}, "data": "/tin/a/"}, {"hits": {"count": 1}, "data": "/tin/a/"}]}}`))
	f.Add([]byte(`{"requests": {"data": [{"hits": {"count": -1}, "data": "/../../x"}, {"hits": {"count": 1}, "data": "/%2e%2e/%2e%2e/x/"}]}}`))
	f.Add([]byte(`{}`))
	f.Add([]byte(`{"requests": null`))
	pages := []string{"/", "/tin/a/", "/tin/%C4%91/"}
	f.Fuzz(func(t *testing.T, report []byte) {
		counts, err := Read(bytes.NewReader(report), pages)
		if err != nil {
			return
		}
		for page, n := range counts {
			if page != pages[0] && page != pages[1] && page != pages[2] || n <= 0 {
				t.Errorf("%q was asked for %d times", page, n)
			}
		}
		home := t.TempDir()
		dir := filepath.Join(home, "out")
		if _, err := Write(dir, counts); err != nil {
			t.Fatal(err)
		}
		_ = filepath.WalkDir(home, func(name string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && !strings.HasPrefix(name, dir+string(filepath.Separator)) {
				t.Errorf("%s was written", name)
			}
			return nil
		})
		total, err := os.ReadFile(filepath.Join(dir, "counter", "TOTAL.json"))
		if err != nil || bytes.Contains(total, []byte("-")) {
			t.Errorf("the total is %s, %v", total, err)
		}
	})
}
