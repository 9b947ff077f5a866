package publish

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"bantin/internal/testsize"
)

// archive is a site of n articles of 8 KB, each in a folder of its own.
func archive(n int) (paths []string, text []byte) {
	text = make([]byte, 8<<10)
	for i := range text {
		text[i] = byte(' ' + i%90)
	}
	for i := range n {
		paths = append(paths, fmt.Sprintf("tin-tuc/hoi-nghi-tong-ket-cong-tac-mat-tran-%06d/index.html", i))
	}
	return paths, text
}

func writeArchive(b *testing.B, dir string, paths []string, text []byte) []byte {
	b.Helper()
	o, err := Open(dir, Options{})
	if err != nil {
		b.Fatal(err)
	}
	for _, path := range paths {
		if err := o.Write(path, ClassArticle, text); err != nil {
			b.Fatal(err)
		}
	}
	if _, err := o.Commit(context.Background()); err != nil {
		b.Fatal(err)
	}
	stamps := o.Stamps()
	if err := o.Close(); err != nil {
		b.Fatal(err)
	}
	return stamps
}

func BenchmarkFirstBuild(b *testing.B) {
	paths, text := archive(2000)
	dir := filepath.Join(b.TempDir(), "public")
	for b.Loop() {
		writeArchive(b, dir, paths, text)
		b.StopTimer()
		if err := os.RemoveAll(dir); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(paths)), "µs/file")
}

// BenchmarkKeepAll is what a build pays that changes nothing; BenchmarkChangeOne
// what it pays for one file in an archive that stays.
func BenchmarkKeepAll(b *testing.B)   { benchmarkRebuild(b, false) }
func BenchmarkChangeOne(b *testing.B) { benchmarkRebuild(b, true) }

func benchmarkRebuild(b *testing.B, change bool) {
	paths, text := archive(testsize.Size(1_000, 10_000))
	dir := filepath.Join(b.TempDir(), "public")
	stamps := writeArchive(b, dir, paths, text)
	for n := 0; b.Loop(); n++ {
		o, err := Open(dir, Options{Stamps: stamps})
		if err != nil {
			b.Fatal(err)
		}
		for i, path := range paths {
			switch {
			case change && i == 0:
				if err := o.Write(path, ClassArticle, fmt.Append(nil, n)); err != nil {
					b.Fatal(err)
				}
			case !o.Keep(path):
				b.Fatalf("%s is not kept", path)
			}
		}
		if _, err := o.Commit(context.Background()); err != nil {
			b.Fatal(err)
		}
		stamps = o.Stamps()
		if err := o.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(paths)), "ns/file")
}
