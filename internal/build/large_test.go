package build

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"bantin/internal/testsize"
)

// TestALargeFileIsNeverHeldInMemory builds a site with an attachment, and one
// with a picture, that are files with a hole.
func TestALargeFileIsNeverHeldInMemory(t *testing.T) {
	testsize.SkipShort(t, "a large file")
	for _, c := range []struct{ file, head, key, settings, want string }{
		{"phim.mp4", "\x00\x00\x00\x14ftypisom\x00\x00\x02\x00", "attachments: [{file: phim.mp4, title: Phim}]", "", "hosting-limit"},
		{"phim.mp4", "\x00\x00\x00\x14ftypisom\x00\x00\x02\x00", "attachments: [{file: phim.mp4, title: Phim}]", "hosting: {caddy: true}\n", ""},
		{"anh.jpg", "\xff\xd8\xff\xe0", "image: {file: anh.jpg, alt: Đại biểu dự họp}", "", "picture-too-large"},
		{"anh.svg", "Không phải là ảnh", "image: {file: anh.svg, alt: Đại biểu dự họp}", "", "not-a-picture"},
	} {
		s := newSite(t, minimal(map[string]string{
			"content/tin-tuc/lon/index.md": "---\ntitle: Lớn\ndate: 3/2/2026\n" + c.key + "\n---\n\nBài.\n",
		}))
		s.write("site.yaml", s.files["site.yaml"]+c.settings)
		name := filepath.Join(s.dir, "content/tin-tuc/lon", c.file)
		if err := os.WriteFile(name, []byte(c.head), 0o666); err != nil {
			t.Fatal(err)
		}
		const size = 300 << 20
		if err := os.Truncate(name, size); err != nil {
			t.Fatal(err)
		}
		s.opt.Check = true // the copy is a copy of the system
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		report, err := New(s.opt).Build(context.Background())
		runtime.ReadMemStats(&after)
		if allocated := after.TotalAlloc - before.TotalAlloc; allocated > size/4 {
			t.Errorf("%s: %d MB asked for", c.file, allocated>>20)
		}
		var codes []string
		for _, p := range report.Problems {
			codes = append(codes, p.Code())
		}
		if got := strings.Join(codes, " "); got != c.want {
			t.Errorf("%s: %s, %v", c.file, got, err)
		}
	}
}
