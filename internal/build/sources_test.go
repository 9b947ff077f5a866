package build

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/cachefile"
	"bantin/internal/digest"
	"bantin/internal/picture"
	"bantin/internal/source"
	"bantin/internal/testsize"
)

func TestWhatIsKnownOfFilesComesBackFromTheCacheInEveryField(t *testing.T) {
	zone, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	if err != nil {
		t.Fatal(err)
	}
	var full, other fileState
	f := filler{t: t, zone: zone}
	f.fill(reflect.ValueOf(&full).Elem(), "fileState")
	f.fill(reflect.ValueOf(&other).Elem(), "fileState")
	folder := cachefile.Folder{Dir: t.TempDir()}
	want := &state{files: []fileState{full, {}, full, {Path: "static/a.svg"}, other}, count: 5, zone: zone.String(), converterDigest: digest.OfString("text"), codecs: "of Go"}
	if err := folder.Write(sourcesFile, want.writeSources); err != nil {
		t.Fatal(err)
	}
	var got state
	if err := got.readSources(folder); err != nil {
		t.Fatal(err)
	}
	if got.base.IsZero() {
		t.Error("what belongs to it cannot be told")
	}
	got.base = want.base
	if diff := cmp.Diff(want, &got, everyField); diff != "" {
		t.Error(diff)
	}
}

func TestEveryFileFindsWhatWasKnownOfIt(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		var old state
		var files []source.File
		var want []string
		for i := range 20 {
			path := fmt.Sprintf("content/%02d.md", i)
			is, was := rng.IntN(4) > 0, rng.IntN(4) > 0
			if was {
				list := &old.files
				if rng.IntN(4) == 0 {
					list = &old.newer
				}
				*list = append(*list, fileState{Path: path})
			}
			if is {
				files = append(files, source.File{Path: path})
				want = append(want, map[bool]string{true: path}[was])
			}
		}
		var found []*fileState
		for part := range slices.Chunk(files, 1+rng.IntN(20)) {
			found = append(found, old.match(part)...)
		}
		for i, k := range found {
			if got := (k != nil); got != (want[i] != "") || got && k.Path != want[i] {
				t.Fatalf("%s finds %v, not %q", files[i].Path, k, want[i])
			}
		}
	}
}

// Whatever is edited, the next process knows of each file what the last one knew,
// though most builds write down only what is new: those of processes that follow each
// other, and those of one that goes on.
func TestTheNextProcessKnowsWhatTheLastOneLearned(t *testing.T) {
	t.Run("a process each", func(t *testing.T) { theNextProcessKnows(t, false) })
	t.Run("one that goes on", func(t *testing.T) { theNextProcessKnows(t, true) })
}

func theNextProcessKnows(t *testing.T, goesOn bool) {
	const articles = 100
	path := func(i int) string { return fmt.Sprintf("content/tin-tuc/%03d.md", i) }
	text := func(n int) string { return fmt.Sprintf("---\ntitle: Bài %d\ndate: 1/2/2026\n---\n\nNội dung.\n", n) }
	files := map[string]string{}
	for i := range articles {
		files[path(2*i)] = text(i)
	}
	s := newSite(t, minimal(files))
	lasting := s.builder()
	rng := rand.New(rand.NewPCG(1, 2))
	wrote := map[string]int{}
	kept := map[string]string{}
	for round := range testsize.Rounds(15, 40) {
		for range rng.IntN(4) {
			switch i := rng.IntN(2 * articles); rng.IntN(3) {
			case 0:
				s.write(path(i), text(round))
			case 1:
				s.write(path(i), text(i))
			case 2:
				s.write(path(i), text(i))
				s.remove(path(i))
			}
		}
		if round%8 == 7 { // too many for newer
			for i := range articles / 4 {
				s.write(path(2*i), text(1000+round))
			}
		}
		switch round % 8 {
		case 3: // a mistake, with which nothing is published
			s.write("content/tin-tuc/loi.md", "---\ntitle: Bài\ndate: không\n---\n")
		case 4:
			s.remove("content/tin-tuc/loi.md")
		}
		b := s.builder()
		if goesOn {
			b = lasting
		}
		_, err := b.Build(context.Background())
		s.must(err)
		for name, data := range s.cacheFiles() {
			if string(data) != kept[name] {
				wrote[name]++
			}
			kept[name] = string(data)
		}
		left := s.builder()
		left.engine = b.engine
		next := left.readState()
		if next.count != len(b.state.files) {
			t.Errorf("round %d: %d files are known, not %d", round, next.count, len(b.state.files))
		}
		var found []source.File
		for _, k := range b.state.files {
			found = append(found, source.File{Path: k.Path})
		}
		for i, k := range next.match(found) {
			if diff := cmp.Diff(&b.state.files[i], k, everyField); diff != "" {
				t.Fatalf("round %d, %s: %s", round, found[i].Path, diff)
			}
		}
	}
	if wrote[sourcesFile] < 2 || wrote[newerFile] < 3 || wrote[sourcesFile] > wrote[newerFile] { // on a slow machine stamps get safe between two builds, of many files at once
		t.Errorf("sources was written %d times, newer %d times", wrote[sourcesFile], wrote[newerFile])
	}
}

func TestWhatBelongsToAnotherFileOfSourcesIsNotUsed(t *testing.T) {
	folder := cachefile.Folder{Dir: t.TempDir()}
	one, other := fileState{Path: "content/a.md"}, fileState{Path: "content/b.md"}
	write := func(files ...fileState) digest.Digest {
		t.Helper()
		s := &state{files: files}
		if err := folder.Write(sourcesFile, s.writeSources); err != nil {
			t.Fatal(err)
		}
		r := folder.Open(sourcesFile)
		defer r.Close()
		return r.Digest()
	}
	read := func() (paths []string) {
		t.Helper()
		var s state
		if err := s.readSources(folder); err != nil {
			t.Fatal(err)
		}
		for _, k := range slices.Concat(s.files, s.newer) {
			paths = append(paths, k.Path)
		}
		return paths
	}
	base := write(one)
	s := &state{count: 2}
	if err := folder.Write(newerFile, func(w *cachefile.Writer) { s.writeNewer(w, base, []fileState{other}) }); err != nil {
		t.Fatal(err)
	}
	if got := read(); !slices.Equal(got, []string{one.Path, other.Path}) {
		t.Errorf("known are %v", got)
	}
	write(one, one)
	if got := read(); !slices.Equal(got, []string{one.Path, one.Path}) {
		t.Errorf("beside another file known are %v", got)
	}
}

func TestHowGoCodesPicturesIsKeptForThisProgramAlone(t *testing.T) {
	s := newSite(t, minimal(nil))
	used := func(change ...func(*Options)) string {
		t.Helper()
		b := s.builder(change...)
		if _, err := b.Build(t.Context()); err != nil {
			t.Fatal(err)
		}
		return b.state.codecs
	}
	write := func(program digest.Digest, content func(*cachefile.Writer)) {
		t.Helper()
		folder := s.cacheReader().cacheFolder()
		if !program.IsZero() {
			folder.Program = program
		}
		s.must(folder.Write(sourcesFile, content))
	}
	sound := picture.Codecs()
	if got := used(); got != sound {
		t.Errorf("without a cache, %s", got)
	}
	kept := s.cacheReader().readState()
	if kept.codecs != sound {
		t.Errorf("kept is %q", kept.codecs)
	}
	kept.codecs = "told"
	write(digest.Digest{}, kept.writeSources)
	if got := used(); got != "told" {
		t.Errorf("of what is kept, %s is used", got)
	}
	s.write("content/tin-tuc/hai.md", "---\ntitle: Bài hai\ndate: 4/2/2026\n---\n\nChữ.\n")
	if used(); s.cacheReader().readState().codecs != "told" {
		t.Error("it is lost with an article more")
	}
	if got := used(func(o *Options) { o.Clean = true }); got != sound {
		t.Errorf("in a clean build, %s is used", got)
	}
	write(digest.OfString("another program"), kept.writeSources)
	if got := used(); got != sound {
		t.Errorf("of another program, %s is used", got)
	}
	write(digest.Digest{}, func(w *cachefile.Writer) { w.String(kept.zone) })
	if got := used(); got != sound {
		t.Errorf("of a damaged file, %s is used", got)
	}
	s.must(os.Remove(filepath.Join(s.opt.Cache, sourcesFile)))
	if got := used(); got != sound {
		t.Errorf("without the file, %s is used", got)
	}
}
