package picture

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bantin/internal/digest"
)

// kept makes a picture and keeps it in a store.
func kept(t *testing.T) (*Store, *Set, [][]byte) {
	t.Helper()
	src := withSegment(jpegOf(t, scene(500, 360)), markerAPP0+1, exifOf(6))
	h, err := ReadHeader(src)
	if err != nil {
		t.Fatal(err)
	}
	set, files, err := Make(src, h, Key(testOptions.Digest(""), digest.Of(src)), testOptions)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	s := NewStore(dir, filepath.Join(dir, ".bantin", "pictures"))
	if err := s.Put(set, files); err != nil {
		t.Fatal(err)
	}
	return s, set, files
}

func TestWhatIsKeptComesBack(t *testing.T) {
	s, set, files := kept(t)
	got := s.Get(set.Key)
	if got == nil || len(got.Encoded()) != len(files) {
		t.Fatalf("got %+v", got)
	}
	for k, r := range set.Encoded() {
		if data, err := s.Read(set, r); err != nil || !bytes.Equal(data, files[k]) {
			t.Errorf("file %d: %d bytes, %v", k, len(data), err)
		}
	}
}

func pathOf(s *Store, key digest.Digest) string {
	in, name := split(key)
	return filepath.Join(s.dir, in, name)
}

// forge writes an entry whose digest is right.
func forge(t *testing.T, s *Store, key digest.Digest, facts []byte, files [][]byte) {
	t.Helper()
	proven := append(binary.LittleEndian.AppendUint32(nil, uint32(len(facts))), facts...)
	sum := digest.Of(proven)
	data := append(append(sum[:], proven...), bytes.Join(files, nil)...)
	if err := os.WriteFile(pathOf(s, key), data, 0o666); err != nil {
		t.Fatal(err)
	}
}

func TestAForgedEntryIsAsGoodAsNone(t *testing.T) {
	s, set, files := kept(t)
	for name, change := range map[string]func(*Set){
		"a negative size":     func(f *Set) { f.Variants[0].Size = -1 },
		"a negative original": func(f *Set) { f.Original.Size = -1 },
		"a huge size":         func(f *Set) { f.Variants[0].Size = 1 << 62 },
		"sizes that overflow": func(f *Set) { f.Original.Size, f.Variants[0].Size = 1<<62, 1<<62 },
		"a size too small":    func(f *Set) { f.Variants[0].Size-- },
		"no format":           func(f *Set) { f.Original.Format = 0 },
		"an unknown format":   func(f *Set) { f.Variants[0].Format = 99 },
		"a variant as SVG":    func(f *Set) { f.Variants[0].Format = SVG },
		"a WebP as JPEG":      func(f *Set) { f.WebP[0].Format = JPEG },
		"a variant as WebP":   func(f *Set) { f.Variants[0].Format = WebP },
		"a WebP of no size":   func(f *Set) { f.WebP[0].Width = 0 },
		"too many WebPs":      func(f *Set) { f.WebP = make([]Rendition, 5000) },
		"an unknown share":    func(f *Set) { f.Share = &Rendition{} },
		"no width":            func(f *Set) { f.Variants[0].Width = 0 },
		"a negative height":   func(f *Set) { f.Original.Height = -7 },
		"an absurd width":     func(f *Set) { f.Original.Width = 1 << 40 },
		"too many variants":   func(f *Set) { f.Variants = make([]Rendition, 5000) },
		"no SHA-256":          func(f *Set) { f.SHA256 = "<script>" },
		"a place before all":  func(f *Set) { f.Active = []Active{{"<script>", 0, 1}} },
		"too many places":     func(f *Set) { f.Active = make([]Active, 5000) },
		"stripped, with files": func(f *Set) {
			f.Stripped = true
		},
		"another key": func(f *Set) { f.Key[0]++ },
	} {
		facts, err := json.Marshal(set)
		if err != nil {
			t.Fatal(err)
		}
		forged := &Set{}
		if err := json.Unmarshal(facts, forged); err != nil {
			t.Fatal(err)
		}
		change(forged)
		if facts, err = json.Marshal(forged); err != nil {
			t.Fatal(err)
		}
		forge(t, s, set.Key, facts, files)
		if got := s.Get(set.Key); got != nil {
			t.Errorf("%s: got %+v", name, got)
		}
		variants := forged.Encoded()
		for _, r := range variants[:min(len(variants), 20)] { // must not panic
			if data, err := s.Read(set, r); err == nil && digest.Of(data) != r.Digest {
				t.Errorf("%s: read %d bytes", name, len(data))
			}
		}
	}
	for _, facts := range []string{"", "null", "{}", "[]", `{"Original":{"Size":-1}}`, strings.Repeat("[", 9000), `{"Variants":[null]}`} {
		forge(t, s, set.Key, []byte(facts), nil)
		if got := s.Get(set.Key); got != nil {
			t.Errorf("%.20s: got %+v", facts, got)
		}
	}
	for _, head := range []string{"", "short", strings.Repeat("\xff", 30)} {
		if err := os.WriteFile(pathOf(s, set.Key), []byte(head), 0o666); err != nil {
			t.Fatal(err)
		}
		if got := s.Get(set.Key); got != nil {
			t.Errorf("%q: got %+v", head, got)
		}
	}
}

func TestASweepRemovesNothingThatNoStoreWrote(t *testing.T) {
	s, set, _ := kept(t)
	in, name := split(set.Key)
	mine := map[string]bool{"thu.docx": true, in + "/thu.docx": true, in + "/" + name + ".bak": true, "zz/" + name: true, "Documents/" + name: true}
	for file := range mine {
		path := filepath.Join(s.dir, file)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("mine"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Sweep(func(digest.Digest) bool { return false }); err != nil {
		t.Fatal(err)
	}
	if s.Get(set.Key) != nil {
		t.Error("the set is still kept")
	}
	for file := range mine {
		if _, err := os.Stat(filepath.Join(s.dir, file)); err != nil {
			t.Error(err)
		}
	}
}

// TestNothingBehindALinkIsTouched puts a link in place of each part of a
// store's path, to a folder that looks like a store.
func TestNothingBehindALinkIsTouched(t *testing.T) {
	for _, link := range []string{".bantin", ".bantin/pictures", ".bantin/pictures/xx", ".bantin/pictures/xx/file"} {
		s, set, files := kept(t)
		in, name := split(set.Key)
		link = strings.NewReplacer("xx", in, "file", name).Replace(link)
		from, outside := filepath.Join(s.base, link), filepath.Join(t.TempDir(), "outside")
		if err := os.Rename(from, outside); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(outside, from); err != nil {
			t.Skip(err)
		}
		before := listing(t, outside)
		if got := s.Get(set.Key); got != nil {
			t.Errorf("%s: got %+v", link, got)
		}
		_ = s.Sweep(func(digest.Digest) bool { return false })
		if after := listing(t, outside); after != before {
			t.Errorf("%s: a sweep left %s of %s", link, after, before)
		}
		_ = s.Put(set, files[:0])
		if after := listing(t, outside); after != before {
			t.Errorf("%s: what is kept went to %s", link, after)
		}
	}
}

func listing(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		b.WriteString(strings.TrimPrefix(path, dir) + " ")
		if d.Type().IsRegular() {
			data, err := os.ReadFile(path)
			b.WriteString(digest.Of(data).Short() + " ")
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAnUnknownFormatHasAName(t *testing.T) {
	for f := range Format(250) {
		_, _ = f.String(), f.Extensions() // must not panic
	}
}
