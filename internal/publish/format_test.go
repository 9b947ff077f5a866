package publish

import (
	"bytes"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/digest"
	"bantin/internal/vietnamese"
)

const wholeManifest = "bantin-manifest 1\n" +
	"99aa06d3014798d86001c324468d497f 0 0 style.css\n" +
	"99aa06d3014798d86001c324468d497f 0 1 tin/Đức Thọ.html\n"

func checksummed(text string) []byte {
	return append([]byte(text), lastLine(digest.OfString(text))...)
}

// written returns what write writes.
func written(t testing.TB, write func(io.Writer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTheManifestIsSortedTextWithADigestAtItsEnd(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	mustBuild(t, dir, site{"tin/Đức Thọ.html": "", "style.css": ""}, Options{})
	got, err := os.ReadFile(filepath.Join(dir, manifestName))
	if err != nil {
		t.Fatal(err)
	}
	want := wholeManifest + "end " + digest.OfString(wholeManifest).String() + "\n"
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
}

func TestTheSameSiteHasTheSameManifest(t *testing.T) {
	var manifests [2]string
	for i, detour := range []site{nil, newSite} {
		dir := filepath.Join(t.TempDir(), "public")
		if detour != nil {
			mustBuild(t, dir, detour, Options{})
		}
		mustBuild(t, dir, oldSite, Options{})
		data, err := os.ReadFile(filepath.Join(dir, manifestName))
		if err != nil {
			t.Fatal(err)
		}
		manifests[i] = string(data)
	}
	if diff := cmp.Diff(manifests[0], manifests[1]); diff != "" {
		t.Error(diff)
	}
}

func TestAManifestThatIsNotWholeAndOursIsRefused(t *testing.T) {
	line := "99aa06d3014798d86001c324468d497f 0 0 "
	cases := map[string][]byte{
		"empty":             nil,
		"no checksum":       []byte(wholeManifest),
		"torn":              checksummed(wholeManifest)[:60],
		"a byte more":       append(checksummed(wholeManifest), '\n'),
		"another version":   checksummed(strings.Replace(wholeManifest, "1\n", "2\n", 1)),
		"out of order":      checksummed("bantin-manifest 1\n" + line + "b\n" + line + "a\n"),
		"twice":             checksummed("bantin-manifest 1\n" + line + "a\n" + line + "a\n"),
		"outside":           checksummed("bantin-manifest 1\n" + line + "../a\n"),
		"absolute":          checksummed("bantin-manifest 1\n" + line + "/etc/passwd\n"),
		"its own lock":      checksummed("bantin-manifest 1\n" + line + ".bantin-lock\n"),
		"no path":           checksummed("bantin-manifest 1\n" + line + "\n"),
		"negative size":     checksummed("bantin-manifest 1\n99aa06d3014798d86001c324468d497f -1 0 a\n"),
		"no digest":         checksummed("bantin-manifest 1\nxyz 1 0 a\n"),
		"an unknown class":  checksummed("bantin-manifest 1\n99aa06d3014798d86001c324468d497f 0 4 a\n"),
		"a line without LF": checksummed("bantin-manifest 1\n" + line + "a"),
	}
	for name, data := range cases {
		var m manifest
		if err := m.decode(data); err == nil {
			t.Errorf("%s: read as %v", name, m.files)
		}
	}
	if err := new(manifest).decode(checksummed(wholeManifest)); err != nil {
		t.Errorf("the whole one is refused: %v", err)
	}
}

func TestAJournalComesBackAsItWasWritten(t *testing.T) {
	want := journal{
		from: digest.OfString("cũ"), to: digest.OfString("mới"),
		steps: []step{{staged: 2, path: "style.css"}, {path: "tin/a b.html"}, {staged: 1, path: "tin/Đức Thọ.html"}},
	}
	got, err := decodeJournal(written(t, want.writeTo))
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(journal{}, step{})); diff != "" || err != nil {
		t.Error(err, diff)
	}
}

func TestAJournalThatIsNotWholeAndOursIsRefused(t *testing.T) {
	head := "bantin-journal 1\nfrom 99aa06d3014798d86001c324468d497f\nto 99aa06d3014798d86001c324468d497f\n"
	cases := map[string][]byte{
		"empty":           nil,
		"torn":            checksummed(head + "del a\n")[:100],
		"altered":         bytes.Replace(checksummed(head+"del a\n"), []byte("del a"), []byte("del b"), 1),
		"no digests":      checksummed("bantin-journal 1\ndel a\n"),
		"outside":         checksummed(head + "del ../a\n"),
		"the manifest":    checksummed(head + "del .bantin-manifest\n"),
		"staged outside":  checksummed(head + "put ../1 a\n"),
		"staged nowhere":  checksummed(head + "put  a\n"),
		"an unknown verb": checksummed(head + "mov 1 a\n"),
	}
	for name, data := range cases {
		if j, err := decodeJournal(data); err == nil {
			t.Errorf("%s: read as %v", name, j)
		}
	}
}

func TestAJournalOfAnotherOutputIsDropped(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	mustBuild(t, dir, oldSite, Options{})
	foreign := journal{from: digest.OfString("x"), to: digest.OfString("y"), steps: []step{{path: "style.css"}}}
	put(t, dir, journalName, string(written(t, foreign.writeTo)))
	put(t, dir, stagingName+"/1", "cũ")
	o, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	wantTree(t, dir, oldSite)
}

func TestStampsOfAnotherManifestOrDamagedAreNotTrusted(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	_, old := mustBuild(t, dir, oldSite, Options{})
	_, stamps := mustBuild(t, dir, newSite, Options{})
	for name, s := range map[string][]byte{"none": nil, "old": old, "cut": stamps[:len(stamps)-1], "short": stamps[:3]} {
		m, err := readManifest(opened(t, dir))
		if err != nil {
			t.Fatal(err)
		}
		if applyStamps(&m, s) {
			t.Errorf("%s stamps are trusted", name)
		}
	}
}

func FuzzDecodeManifest(f *testing.F) {
	f.Add([]byte(wholeManifest))
	f.Add([]byte("bantin-manifest 1\n"))
	f.Fuzz(func(t *testing.T, lines []byte) {
		_ = new(manifest).decode(lines)
		var m, reread manifest
		if m.decode(checksummed(string(lines))) != nil {
			return
		}
		files := make([]*file, len(m.files))
		for i := range files {
			files[i] = &m.files[i]
		}
		err := reread.decode(written(t, func(w io.Writer) error {
			_, err := writeManifest(w, files, nil)
			return err
		}))
		if err != nil || len(reread.files) != len(files) {
			t.Errorf("%q is not read again as it is written: %v", lines, err)
		}
	})
}

func FuzzDecodeJournal(f *testing.F) {
	f.Add(written(f, journal{steps: []step{{staged: 1, path: "a"}, {path: "b"}}}.writeTo))
	f.Fuzz(func(t *testing.T, lines []byte) {
		_, _ = decodeJournal(lines)
		j, err := decodeJournal(checksummed(string(lines)))
		if err != nil {
			return
		}
		again, err := decodeJournal(written(t, j.writeTo))
		if diff := cmp.Diff(j, again, cmp.AllowUnexported(journal{}, step{})); diff != "" || err != nil {
			t.Errorf("%q is not read again as it is written: %v %s", lines, err, diff)
		}
	})
}

// What stands in a manifest already is copied from it. Each way in which a file can
// differ from that is in here.
func TestAManifestIsTheSameWithAndWithoutTheOneBefore(t *testing.T) {
	paths, _ := archive(40)
	var before []*file
	for i, path := range paths {
		before = append(before, &file{path: path, entry: Entry{int64(i), digest.OfString(path), ClassArticle}})
	}
	data := written(t, func(w io.Writer) error {
		_, err := writeManifest(w, before, nil)
		return err
	})
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		var old manifest
		if err := old.decode(data); err != nil {
			t.Fatal(err)
		}
		var now []*file
		add := func(path string) {
			if random.IntN(4) == 0 {
				now = append(now, &file{path: path, entry: Entry{Size: 12345, Digest: digest.OfString("new")}, staged: 1})
			}
		}
		add("000")
		for i := range old.files {
			f := &old.files[i]
			switch random.IntN(4) {
			case 0: // gone
				continue
			case 1:
				f.entry, f.staged = Entry{Size: 1 << 40, Digest: digest.OfString("changed")}, 7
			}
			now = append(now, f)
			add(f.path + "0")
		}
		var with, without bytes.Buffer
		a, err := writeManifest(&with, now, &old)
		if err != nil {
			t.Fatal(err)
		}
		b, err := writeManifest(&without, now, nil)
		if err != nil {
			t.Fatal(err)
		}
		if a != b || !bytes.Equal(with.Bytes(), without.Bytes()) {
			t.Fatalf("with the one before:\n%s\nwithout:\n%s", with.String(), without.String())
		}
	}
}

func TestAPlainPathIsOneThatMayBeWritten(t *testing.T) {
	plain := 0
	for _, path := range []string{
		"index.html", "tin-tuc/2026/06/bai-1/index.html", "a", "a.b.c", "404.html", "a./b", "a..b", "a.",
		"", ".", "..", "/", "a/", "/a", "a//b", "a/./b", "a/../b", "../a", ".a", "a/.b", ".bantin-lock", "-", "a/-",
		"A", "Á", "a b", "a\x00b", "a\nb", "a\\b", "đ", "con", "a/nul.txt",
	} {
		if !isPlainPath(path) {
			continue
		}
		plain++
		if err := checkPath(path); err != nil {
			t.Errorf("%q is plain, and refused: %v", path, err)
		}
		if vietnamese.FoldCase(path) != path {
			t.Errorf("%q is plain, and another where case does not count", path)
		}
	}
	if plain < 8 && runtime.GOOS != "windows" {
		t.Errorf("%d paths are plain, want more", plain)
	}
}
