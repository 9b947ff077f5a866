package build

import (
	"bytes"
	"context"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bantin/internal/cachefile"
	"bantin/internal/digest"
	"bantin/internal/picture"
	"bantin/internal/search"
	"bantin/internal/site"
	"bantin/internal/testsize"
)

func TestADamagedCacheGivesTheSameTree(t *testing.T) {
	s := newSite(t, rich(t))
	b := s.builder()
	_, err := b.Build(context.Background())
	s.must(err)
	age(t, b)
	s.replace("content/lien-he.md", "thôn Đông", "thôn Nam")
	s.build() // of which newer tells
	s.replace("content/lien-he.md", "thôn Nam", "thôn Tây")
	want := s.clean()
	whole := s.cacheFiles()
	if len(whole) != 8 {
		t.Fatalf("the cache has the files %v", slices.Sorted(maps.Keys(whole)))
	}
	other := newSite(t, minimal(nil))
	other.build()
	foreign := other.cacheFiles()
	rng := rand.New(rand.NewPCG(1, 2))
	at := func(data []byte) int { return rng.IntN(len(data)) }
	damages := []struct {
		name   string
		damage func(name string, data []byte) []byte
	}{
		{"empty", func(string, []byte) []byte { return nil }},
		{"cut", func(_ string, data []byte) []byte { return data[:at(data)] }},
		{"longer", func(_ string, data []byte) []byte { return append(data, 0) }},
		{"one byte", func(_ string, data []byte) []byte { data[at(data)]++; return data }},
		{"head", func(_ string, data []byte) []byte { data[at(data[:32])]++; return data }},
		{"zeros", func(_ string, data []byte) []byte { clear(data[at(data):]); return data }},
		{"noise", func(_ string, data []byte) []byte {
			for range 50 {
				data[at(data)] = byte(rng.Uint32())
			}
			return data
		}},
		{"of another site", func(name string, _ []byte) []byte { return foreign[name] }},
		{"of another kind", func(string, []byte) []byte {
			names := slices.Sorted(maps.Keys(whole))
			return whole[names[at(whole[sourcesFile])%len(names)]]
		}},
	}
	rounds := testsize.Rounds(1, 8)
	for _, d := range testsize.Some(damages, 3) {
		t.Run(d.name, func(t *testing.T) {
			for range rounds {
				for name, data := range whole {
					s.must(os.WriteFile(filepath.Join(s.opt.Cache, name), d.damage(name, bytes.Clone(data)), 0o666))
				}
				s.build()
				if diff := want.diff(s.tree()); diff != "" {
					t.Fatal(diff)
				}
			}
		})
	}
}

func TestACacheOfAnotherProgramIsNotUsed(t *testing.T) {
	s := newSite(t, minimal(nil))
	s.build()
	b := s.builder()
	r := &run{Builder: b, shared: &shared{report: newReport()}}
	s.must(r.scan(context.Background()))
	if left := r.readState(); len(left.files) == 0 || len(left.stamps) == 0 {
		t.Errorf("of the program's own cache, %d files and %d bytes of stamps are used", len(left.files), len(left.stamps))
	}
	b.engine = digest.OfString("another program")
	if left := r.readState(); len(left.files) > 0 || len(left.stamps) > 0 {
		t.Errorf("of another program's cache, %d files and %d bytes of stamps are used", len(left.files), len(left.stamps))
	}
}

func TestAFileThatIsAsItWasIsNotReadAgain(t *testing.T) {
	s := newSite(t, minimal(nil))
	b := s.builder()
	if _, err := b.Build(context.Background()); err != nil {
		t.Fatal(err)
	}
	age(t, b)
	for i := range b.state.files {
		if a := b.state.files[i].Article; a != nil && a.Path == "tin-tuc/bai-dau.md" {
			a.Title.Value = "Nhớ từ lần trước"
		}
	}
	age(t, b)
	s.build()
	if page := s.tree()["tin-tuc/bai-dau/index.html"]; !bytes.Contains([]byte(page), []byte("Nhớ từ lần trước")) {
		t.Error("a file whose stamp is as it was has been read again")
	}
}

func TestAPageWhoseKeyIsAsItWasIsNotRenderedAgain(t *testing.T) {
	s := newSite(t, minimal(nil))
	s.build()
	page := filepath.Join(s.opt.Output, "tin-tuc", "bai-dau", "index.html")
	info, err := os.Stat(page)
	s.must(err)
	// Bytes that no stamp can tell from the right ones stay only where nobody
	// renders or reads the page.
	marked := bytes.Repeat([]byte("x"), int(info.Size()))
	s.must(os.WriteFile(page, marked, 0o666))
	s.must(os.Chtimes(page, info.ModTime(), info.ModTime()))
	report := s.build()
	if got := s.tree()["tin-tuc/bai-dau/index.html"]; got != string(marked) || len(report.Written) > 0 {
		t.Errorf("the page was made again; written: %v", report.Written)
	}
}

func TestTextsConvertedAnewAreKept(t *testing.T) {
	s := newSite(t, rich(t))
	b := s.builder()
	_, err := b.Build(context.Background())
	s.must(err)
	age(t, b)
	s.replace("site.yaml", "UBND: Ủy ban nhân dân", "UBND: Ủy ban")
	s.build()
	next := &run{Builder: s.builder(), shared: &shared{report: newReport()}}
	s.must(next.scan(context.Background()))
	s.must(next.useCache(context.Background()))
	for _, k := range slices.Concat(next.previous.files, next.previous.newer) {
		if k.Article != nil && k.Text == nil {
			t.Errorf("%s would be converted again", k.Path)
		}
	}
}

func TestWhatABuildLearnsOfAFileDoesNotChangeWhatTheLastOneKnew(t *testing.T) {
	old := fileState{Path: "static/a.jpg", asset: &asset{Header: &picture.Header{}}}
	k := old.clone()
	k.Set, k.Fault = &picture.Set{}, &site.Fault{}
	if old.Set != nil || old.Fault != nil || k.Header != old.Header {
		t.Errorf("the last build knew %+v", old.asset)
	}
}

// cacheFiles returns the files of the cache.
func (s *testSite) cacheFiles() map[string][]byte {
	s.Helper()
	files := map[string][]byte{}
	for name, data := range treeOf(s, s.opt.Cache) {
		if !strings.HasPrefix(name, "pictures/") { // which prove themselves
			files[name] = []byte(data)
		}
	}
	return files
}

// The words of the newest month are taken from the cache, and from the texts
// where it does not have them.
func TestTheWordsOfTheNewestMonthAreKept(t *testing.T) {
	s := newSite(t, minimal(map[string]string{
		"content/tin-tuc/dem.md": "---\ntitle: Bài đếm\ndate: 3/2/2026\n---\n\nChữ zyxw ở đây.\n",
		"content/tin-tuc/hai.md": "---\ntitle: Bài hai\ndate: 4/2/2026\n---\n\nChữ khác ở đây.\n",
	}))
	b := s.builder()
	if _, err := b.Build(t.Context()); err != nil {
		t.Fatal(err)
	}
	kept := b.readWords(b.outputFile(wordsPrefix))
	words, err := search.DecodeWords(kept.encoded)
	if err != nil || len(words) != len(kept.keys) || len(words) < 2 {
		t.Fatalf("%d words of %d keys are kept: %v", len(words), len(kept.keys), err)
	}
	for _, w := range words {
		w.Add("qponm")
	}
	kept.encoded = search.EncodeWords(words)
	if err := b.cacheFolder().Write(b.outputFile(wordsPrefix), kept.write); err != nil {
		t.Fatal(err)
	}
	s.write("content/tin-tuc/ba.md", "---\ntitle: Bài ba\ndate: 5/2/2026\n---\n\nChữ thứ ba.\n")
	s.build()
	if len(s.tree().searched("qponm")) == 0 {
		t.Error("the words that were kept are not used")
	}
	for _, damaged := range []func(*cachefile.Writer){
		func(w *cachefile.Writer) { w.Uvarint(1 << 40); w.EndFrame() },
		(&keptWords{kept.keys, []byte("hỏng")}).write,
		(&keptWords{kept.keys[:1], kept.encoded}).write,
	} {
		if err := b.cacheFolder().Write(b.outputFile(wordsPrefix), damaged); err != nil {
			t.Fatal(err)
		}
		s.write("content/tin-tuc/ba.md", s.files["content/tin-tuc/ba.md"]+"\nThêm một dòng.\n")
		s.build()
		if found := s.tree().searched("qponm"); len(found) > 0 || len(s.tree().searched("zyxw")) == 0 {
			t.Errorf("after damage, %v", found)
		}
	}
}
