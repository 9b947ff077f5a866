package preview

import (
	"context"
	"fmt"
	"path"
	"testing"
	"time"

	"bantin/internal/corpus"
	"bantin/internal/testsize"
)

// BenchmarkSave measures the time from saving an article until its open page
// is told to load again; build-ms is the part of it that the build took, and
// the settleDelay before a build is another.
func BenchmarkSave(b *testing.B) {
	for _, n := range testsize.Sizes(1_000, 10_000) {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			d := newDesk(b)
			c := corpus.New(1, corpus.PaceFor(n))
			d.must(c.Write(context.Background(), d.dir, n))
			section := path.Dir(c.Settings()[1].Path) // the first after site.yaml
			name, url := section+"/dang-sua.md", "/"+path.Base(section)+"/dang-sua/"
			d.write(name, article("Đang sửa", "Lúc đầu."))
			d.serve()
			var took, built time.Duration
			save := func(text string) {
				page := d.open(url)
				d.expect(page, "overlay")
				began := time.Now()
				d.write(name, article("Đang sửa", text))
				d.expect(page, "reload")
				took += time.Since(began)
				built += d.next().Elapsed
			}
			save("Lần thứ nhất.") // sources this new are read once more
			took, built = 0, 0
			for i := 0; b.Loop(); i++ {
				save(fmt.Sprint("Lần thứ ", i))
			}
			b.ReportMetric(float64(took.Milliseconds())/float64(b.N), "reload-ms")
			b.ReportMetric(float64(built.Milliseconds())/float64(b.N), "build-ms")
		})
	}
}
