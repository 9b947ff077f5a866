package build

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/digest"
	"bantin/internal/site"
)

// someKeys returns the keys of n pages.
func someKeys(n int) []pageKey {
	keys := make([]pageKey, n)
	for i := range keys {
		path := fmt.Sprintf("tin-tuc/%d/index.html", i)
		keys[i] = pageKey{path, digest.OfString(path)}
	}
	return keys
}

// savedOutput writes a file of the cache with keys and returns who did, and
// what it holds.
func savedOutput(t *testing.T, keys []pageKey) (*Builder, []byte) {
	t.Helper()
	b := &Builder{opt: Options{Cache: t.TempDir()}, engine: digest.OfString("program")}
	c := &cache{keys: keys, stamps: []byte("stamps"), manifest: digest.OfString("manifest")}
	if err := b.save("output", c.writeOutput); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(b.opt.Cache, "output"))
	if err != nil {
		t.Fatal(err)
	}
	return b, data
}

func TestAFileOfTheCacheComesBackHoweverManyPiecesItHas(t *testing.T) {
	for _, n := range []int{0, 1, keysChunk - 1, keysChunk, keysChunk + 1, 3*keysChunk + 7} {
		keys := someKeys(n)
		b, _ := savedOutput(t, keys)
		var got cache
		if err := got.readOutput(b.openPieces("output")); err != nil {
			t.Errorf("%d pages: error %v", n, err)
		}
		if !slices.Equal(got.keys, keys) || string(got.stamps) != "stamps" || got.manifest != digest.OfString("manifest") {
			t.Errorf("%d pages come back as %d, %q, %v", n, len(got.keys), got.stamps, got.manifest)
		}
	}
}

func TestAFileOfTheCacheThatIsNotAsWrittenIsNotRead(t *testing.T) {
	b, whole := savedOutput(t, someKeys(20))
	damaged := map[string][]byte{"longer": append(bytes.Clone(whole), 0)}
	for i := range whole {
		damaged[fmt.Sprintf("cut to %d bytes", i)] = whole[:i]
		other := bytes.Clone(whole)
		other[i] ^= 0x10
		damaged[fmt.Sprintf("another byte %d", i)] = other
	}
	for name, data := range damaged {
		if err := os.WriteFile(filepath.Join(b.opt.Cache, "output"), data, 0o666); err != nil {
			t.Fatal(err)
		}
		var got cache
		if err := got.readOutput(b.openPieces("output")); !errors.Is(err, errCorrupt) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func TestAFileOfTheCacheWithoutItsLastPieceIsNotRead(t *testing.T) {
	b, whole := savedOutput(t, someKeys(keysChunk+1))
	p := b.openPieces("output")
	last := p.found[len(p.found)-1]
	p.close()
	cut := append(whole[:last.at:last.at], make([]byte, lengthSize)...)
	if err := os.WriteFile(filepath.Join(b.opt.Cache, "output"), cut, 0o666); err != nil {
		t.Fatal(err)
	}
	var got cache
	if err := got.readOutput(b.openPieces("output")); !errors.Is(err, errCorrupt) {
		t.Errorf("error %v", err)
	}
}

func TestEveryPageFindsItsKeyHoweverThePlanHasChanged(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		old := &cache{keys: someKeys(30)}
		var pages []site.Page
		var want []digest.Digest
		for _, k := range old.keys {
			if rng.IntN(5) == 0 {
				pages, want = append(pages, site.Page{Path: fmt.Sprint("moi/", len(pages))}), append(want, digest.Digest{})
			}
			if rng.IntN(5) > 0 {
				pages, want = append(pages, site.Page{Path: k.path}), append(want, k.key)
			}
		}
		for range rng.IntN(3) {
			i, j := rng.IntN(len(pages)), rng.IntN(len(pages))
			pages[i], pages[j] = pages[j], pages[i]
			want[i], want[j] = want[j], want[i]
		}
		if diff := cmp.Diff(want, old.keysOf(pages)); diff != "" {
			t.Fatal(diff)
		}
	}
}

// BenchmarkCache times writing and reading what is known of files.
func BenchmarkCache(b *testing.B) {
	site := newBenchSite(b, 10_000)
	builder := site.builder()
	site.run(builder)
	b.Run("write", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := builder.save(sourcesFile, builder.cache.writeSources); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("read", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if got := builder.readCache(); len(got.known) != len(builder.cache.known) {
				b.Fatal("the cache cannot be read")
			}
		}
	})
}
