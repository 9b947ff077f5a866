package publish

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/google/go-cmp/cmp"
)

// copied says of which files there are copies: of all but pictures.
func copied(path string, _ Class) bool { return !strings.HasSuffix(path, ".jpg") }

// long is a text that is worth compressing.
func long(words string) string { return strings.Repeat(words+" ", 200) }

// unpacked reads a precompressed copy.
func unpacked(t *testing.T, name, data string) string {
	t.Helper()
	r := io.Reader(brotli.NewReader(strings.NewReader(data)))
	if strings.HasSuffix(name, ".gz") {
		var err error
		if r, err = gzip.NewReader(strings.NewReader(data)); err != nil {
			t.Fatal(err)
		}
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return string(text)
}

// wantCopies holds that an output has s, and a copy of each file that is worth it.
func wantCopies(t *testing.T, dir string, s site) {
	t.Helper()
	want := maps.Clone(s)
	for path, text := range s {
		if len(text) >= minCopied && copied(path, 0) {
			want[path+".br"], want[path+".gz"] = text, text
		}
	}
	got := tree(t, dir)
	for path, data := range got {
		if _, isCopy := CopyOf(path); isCopy {
			got[path] = unpacked(t, path, data)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the output (-want +got):\n%s", diff)
	}
}

func TestCopiesFollowTheirFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	opt := Options{Precompress: copied}
	first := site{"a/index.html": long("một"), "list.html": long("danh sách"), "anh.jpg": long("ảnh"), "ngan.html": "ngắn", "style.css": long("kiểu")}
	mustBuild(t, dir, first, opt)
	wantCopies(t, dir, first)

	second := site{"a/index.html": long("hai"), "anh.jpg": long("ảnh"), "ngan.html": long("dài"), "style.css": long("kiểu")}
	mustBuild(t, dir, second, opt)
	wantCopies(t, dir, second)

	if result, _ := mustBuild(t, dir, second, opt); len(result.Written)+len(result.Deleted) > 0 {
		t.Errorf("without a change: %+v", result)
	}
	mustBuild(t, dir, second, Options{}) // a site that does not want them any more
	wantTree(t, dir, second)
}

// A server gives a copy in place of its file, so that an old copy must never
// stand beside a new file.
func TestAnOldCopyIsGoneBeforeItsFileIsAnother(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	mustBuild(t, dir, site{"a.html": long("cũ"), "di.html": long("đi")}, Options{Precompress: copied})
	old := tree(t, dir)
	watch := func(Event) {
		for name, text := range map[string]string{"a.html": long("cũ"), "di.html": long("đi")} {
			data, err := os.ReadFile(filepath.Join(dir, name))
			for _, ending := range copyEndings {
				copied, missing := os.ReadFile(filepath.Join(dir, name+ending))
				if missing == nil && string(copied) == old[name+ending] && (err != nil || string(data) != text) {
					t.Errorf("the old %s%s stands, and %s is another", name, ending, name)
				}
			}
		}
	}
	p := newPower(-1)
	p.watch = watch
	mustBuild(t, dir, site{"a.html": "ngắn"}, Options{Precompress: copied, Fault: p.fault})
	wantTree(t, dir, site{"a.html": "ngắn"})
}

func TestCopiesThatThisProgramMadeAreNotMadeAgain(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	s := site{"a.html": long("một"), "b.html": long("hai")}
	mustBuild(t, dir, s, Options{Precompress: copied})

	keep := func(opt Options) (Result, *Output) {
		t.Helper()
		opt.Precompress = copied
		o, err := Open(dir, opt)
		if err != nil {
			t.Fatal(err)
		}
		defer o.Close()
		for path := range s {
			if !o.Keep(path) {
				t.Fatalf("%s is not kept", path)
			}
		}
		result, err := o.Commit(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return result, o
	}
	result, o := keep(Options{})
	if len(result.Written)+len(result.Deleted) > 0 {
		t.Errorf("what is kept is made again: %+v", result)
	}
	// A copy that is whole but was damaged since is believed to be ours alone
	// where the manifest is the one that this program made.
	name := filepath.Join(dir, "a.html.gz")
	if err := os.WriteFile(name, []byte("hỏng"), 0o666); err != nil {
		t.Fatal(err)
	}
	result, _ = keep(Options{Copied: o.Manifest()})
	if diff := cmp.Diff([]string{"a.html.gz"}, result.Written); diff != "" {
		t.Errorf("a damaged copy (-want +got):\n%s", diff)
	}
	wantCopies(t, dir, s)

	// What another program compressed is made by this one.
	other := &bytes.Buffer{}
	w, _ := gzip.NewWriterLevel(other, gzip.HuffmanOnly)
	if _, err := io.WriteString(w, s["a.html"]); err != nil {
		t.Fatal(err)
	}
	w.Close()
	theirs := maps.Clone(s)
	theirs["a.html.gz"] = other.String()
	theirs["a.html.br"] = tree(t, dir)["a.html.br"]
	mustBuild(t, dir, theirs, Options{})
	if result, _ = keep(Options{}); !slices.Contains(result.Written, "a.html.gz") {
		t.Errorf("a copy of another program stands: %+v", result)
	}
	wantCopies(t, dir, s)
}

func TestAFileThatIsCopiedIsPrecompressedToo(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	text := long("tệp")
	write := func(opt Options, src io.ReadSeeker) error {
		o, err := Open(dir, opt)
		if err != nil {
			t.Fatal(err)
		}
		defer o.Close()
		if err := o.WriteFile("so-lieu.csv", ClassAsset, src); err != nil {
			if _, again := o.Commit(t.Context()); again == nil {
				t.Error("what could not be read is published")
			}
			return err
		}
		_, err = o.Commit(t.Context())
		return err
	}
	if err := write(Options{Precompress: copied}, strings.NewReader(text)); err != nil {
		t.Fatal(err)
	}
	wantCopies(t, dir, site{"so-lieu.csv": text})
	for name, opt := range map[string]Options{"with copies": {Precompress: copied}, "without": {}} {
		for _, left := range []int{0, 300} {
			if err := write(opt, &spent{left: left}); !errors.Is(err, errRead) {
				t.Errorf("%s, a source that fails after %d bytes: %v", name, left, err)
			}
		}
		wantCopies(t, dir, site{"so-lieu.csv": text})
	}
}

var errRead = errors.New("the disk is gone")

// spent gives some bytes and fails.
type spent struct{ left int }

func (f *spent) Read(p []byte) (int, error) {
	if f.left == 0 {
		return 0, errRead
	}
	n := min(f.left, len(p))
	f.left -= n
	return n, nil
}

func (f *spent) Seek(int64, int) (int64, error) { return 0, errRead }

func TestTheManifestTellsThoseWhoOnlyLook(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	if list, err := Files(dir); list != nil || err != nil {
		t.Errorf("of a folder that is not there: %v %v", list, err)
	}
	mustBuild(t, dir, site{"a.html": "một", "list.html": "hai"}, Options{})
	list, err := Files(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := []File{{"a.html", entryOf([]byte("một"), ClassArticle)}, {"list.html", entryOf([]byte("hai"), ClassList)}}
	if diff := cmp.Diff(want, list); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	o, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	if !o.Keep("a.html") {
		t.Fatal("not kept")
	}
	if diff := cmp.Diff(want[1:], o.Stale()); diff != "" {
		t.Errorf("what is not planned (-want +got):\n%s", diff)
	}
	if list, err := Files(dir); err != nil || len(list) != 2 { // it waits for nobody
		t.Errorf("while a build goes on: %v %v", list, err)
	}
	if err := os.WriteFile(filepath.Join(dir, manifestName), []byte("bantin-manifest 1\nhỏng"), 0o666); err != nil {
		t.Fatal(err)
	}
	if list, err := Files(dir); err != nil || len(list) != 0 {
		t.Errorf("of a damaged one: %v %v", list, err)
	}
	if err := os.Remove(filepath.Join(dir, manifestName)); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/etc/passwd", filepath.Join(dir, manifestName)); err != nil {
		t.Skip("no links here:", err)
	}
	if list, err := Files(dir); err == nil {
		t.Errorf("behind a link: %v", list)
	}
}

// Whoever only looks, as check does, must not wait for what writes into a pipe.
func TestAPipeInThePlaceOfAnOutputIsToldAtOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	makePipe(t, dir)
	told := make(chan error, 1)
	go func() {
		_, err := Files(dir)
		told <- err
	}()
	select {
	case err := <-told:
		if err == nil {
			t.Error("it is an output")
		}
	case <-time.After(10 * time.Second):
		t.Error("it waits")
	}
}

func TestAnErrorNamesTheOutputAndNotItsStage(t *testing.T) {
	for staged, want := range map[string]string{
		"/srv/.public.bantin-stage/tin/a.html": "/srv/public/tin/a.html",
		"/srv/public/.bantin-stage/12":         "/srv/public",
		"/srv/public/tin/a.html":               "/srv/public/tin/a.html",
	} {
		if got := filepath.ToSlash(Shown(filepath.FromSlash(staged))); got != want {
			t.Errorf("%s: got %s, want %s", staged, got, want)
		}
	}
}

func TestAnOutputThatMayNotBeReadIsNoEmptyOne(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	mustBuild(t, dir, site{"a.html": "một"}, Options{})
	for name, spoil := range map[string]func(string) error{
		"a folder in the place of the manifest": func(at string) error { return os.Mkdir(at, 0o777) },
		"a folder in the place of the journal":  func(at string) error { return os.Mkdir(filepath.Join(filepath.Dir(at), journalName), 0o777) },
	} {
		t.Run(name, func(t *testing.T) {
			at := filepath.Join(dir, manifestName)
			held, err := os.ReadFile(at)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasSuffix(name, "manifest") {
				if err := os.Remove(at); err != nil {
					t.Fatal(err)
				}
			}
			if err := spoil(at); err != nil {
				t.Fatal(err)
			}
			if _, _, err := build(dir, site{"b.html": "hai"}, Options{}); err == nil {
				t.Error("it is built over")
			}
			if got := tree(t, dir)["a.html"]; got != "một" {
				t.Errorf("the page is %q", got)
			}
			os.Remove(filepath.Join(dir, journalName))
			os.Remove(at)
			if err := os.WriteFile(at, held, 0o666); err != nil {
				t.Fatal(err)
			}
		})
	}
	if _, _, err := build(dir, site{"a.html": "một"}, Options{Verify: true}); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

func TestVerifyNamesWhatDiffers(t *testing.T) {
	above := t.TempDir()
	dir := filepath.Join(above, "public")
	_, _, err := build(filepath.Join(above, "khong-co", "public"), site{"a.html": "một"}, Options{Verify: true})
	different, ok := errors.AsType[*DifferenceError](err)
	if !ok || !slices.Equal(different.Missing, []string{manifestName, "a.html"}) {
		t.Errorf("of an output whose folder is missing, too: %v", err)
	}
	if isThere(filepath.Join(above, "khong-co")) {
		t.Error("to look made a folder")
	}
	mustBuild(t, dir, site{"a.html": long("một"), "b.html": "hai"}, Options{Precompress: copied})
	if err := os.WriteFile(filepath.Join(dir, "a.html.br"), []byte("khác"), 0o666); err != nil {
		t.Fatal(err)
	}
	_, _, err = build(dir, site{"a.html": long("một")}, Options{Verify: true, Precompress: copied})
	want := &DifferenceError{Altered: []string{manifestName, "a.html.br"}, Surplus: []string{"b.html"}}
	different, ok = errors.AsType[*DifferenceError](err)
	if !ok || cmp.Diff(want, different) != "" {
		t.Errorf("got %v", err)
	}
	if got := want.Error(); got != "the output differs: 0 missing, 2 altered, 1 surplus" {
		t.Errorf("in words: %s", got)
	}
}
