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
	src := withSegment(jpegOf(t, scene(700, 500)), markerAPP0+1, exifOf(6))
	h, err := ReadHeader(src)
	if err != nil {
		t.Fatal(err)
	}
	set, files, err := Make(src, h, Key(testOptions.Digest(), digest.Of(src)), testOptions)
	if err != nil {
		t.Fatal(err)
	}
	s := NewStore(filepath.Join(t.TempDir(), "pictures"))
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

// forge writes an entry whose digest is right.
func forge(t *testing.T, s *Store, key digest.Digest, facts []byte, files [][]byte) {
	t.Helper()
	proven := append(binary.LittleEndian.AppendUint32(nil, uint32(len(facts))), facts...)
	sum := digest.Of(proven)
	data := append(append(sum[:], proven...), bytes.Join(files, nil)...)
	if err := os.WriteFile(s.path(key), data, 0o666); err != nil {
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
		"an unknown card":     func(f *Set) { f.Card = &Rendition{} },
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
		for _, r := range forged.Encoded() { // must not panic
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
		if err := os.WriteFile(s.path(set.Key), []byte(head), 0o666); err != nil {
			t.Fatal(err)
		}
		if got := s.Get(set.Key); got != nil {
			t.Errorf("%q: got %+v", head, got)
		}
	}
}

func TestAnUnknownFormatHasAName(t *testing.T) {
	for f := range Format(250) {
		_, _ = f.String(), f.Extensions() // must not panic
	}
}
