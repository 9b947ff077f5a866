package visits

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const report = `{"general": {"total_requests": 99}, "requests": {"metadata": {}, "data": [
{"hits": {"count": 5}, "method": "GET", "data": "/tin/tin-tuc/bai/"},
{"hits": {"count": 2}, "method": "GET", "data": "/tin/tin-tuc/bai/?utm=1"},
{"hits": {"count": 1}, "method": "GET", "data": "/tin/tin-tuc/bai/index.html"},
{"hits": {"count": 7}, "method": "HEAD", "data": "/tin/tin-tuc/bai/"},
{"hits": {"count": 3}, "method": "GET", "data": "/tin/xã/"},
{"hits": {"count": 4}, "method": "GET", "data": "/tin/x%C3%A3/"},
{"hits": {"count": 9}, "method": "GET", "data": "/tin/../../etc/passwd/"},
{"hits": {"count": 9}, "method": "GET", "data": "/tin/khong-co/"},
{"hits": {"count": -4}, "method": "GET", "data": "/tin/"}
]}}`

func TestOnlyPagesOfTheSiteAreCounted(t *testing.T) {
	pages := []string{"/tin/", "/tin/tin-tuc/bai/", "/tin/x%C3%A3/", "/tin/it-xem/"}
	counts, err := Read(strings.NewReader(report), pages)
	if want := map[string]int{"/tin/tin-tuc/bai/": 8, "/tin/x%C3%A3/": 7}; err != nil || !maps.Equal(counts, want) {
		t.Errorf("%v, %v", counts, err)
	}
	dir := t.TempDir()
	if n, err := Write(dir, counts); n != 3 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	for name, want := range map[string]string{
		"counter/tin/tin-tuc/bai/.json": `{"count": "8"}`, "counter/tin/xã/.json": `{"count": "7"}`, "counter/TOTAL.json": `{"count": "15"}`, "count": "",
	} {
		if data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name))); strings.TrimSpace(string(data)) != want || err != nil {
			t.Errorf("%s holds %q, %v", name, data, err)
		}
	}
	counts["/tin/"] = 1
	if n, err := Write(dir, counts); n != 2 || err != nil {
		t.Errorf("one more: wrote %d, %v", n, err)
	}
	for _, wrong := range []string{"", "[]", "{}", `{"requests": null}`, "<html>"} {
		if _, err := Read(strings.NewReader(wrong), pages); err == nil {
			t.Errorf("%q is taken for a report", wrong)
		}
	}
}
