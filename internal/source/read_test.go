package source

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

func TestReadGivesTheWholeFileThoughItHasChangedSinceTheScan(t *testing.T) {
	for _, text := range []string{"", "ngắn", strings.Repeat("dài ra ", 10_000)} {
		dir := site(t, "site.yaml", "content/a.md")
		tree, _ := scan(t, Roots{Dir: dir})
		write(t, dir, "content/a.md", text)
		f, _ := tree.Lookup("content/a.md")
		if got, err := tree.Read(f); string(got) != text || err != nil {
			t.Errorf("read %d bytes, %v; want %d", len(got), err, len(text))
		}
	}
}

func TestReadDoesNotFollowALinkThatTookTheFilesPlace(t *testing.T) {
	dir := site(t, "site.yaml", "content/a.md", "bi-mat")
	tree, _ := scan(t, Roots{Dir: dir})
	path := filepath.Join(dir, "content", "a.md")
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../bi-mat", path); err != nil {
		t.Skip(err)
	}
	f, _ := tree.Lookup("content/a.md")
	if got, err := tree.Read(f); !errors.Is(err, ErrChanged) {
		t.Errorf("read %q, %v; want ErrChanged", got, err)
	}
}

func TestAnErrorOfReadingNamesTheFile(t *testing.T) {
	dir := site(t, "site.yaml", "content/a.md")
	tree, _ := scan(t, Roots{Dir: dir})
	if err := os.Remove(filepath.Join(dir, "content", "a.md")); err != nil {
		t.Fatal(err)
	}
	f, _ := tree.Lookup("content/a.md")
	for name, read := range map[string]func(File) error{
		"read": func(f File) error { _, err := tree.Read(f); return err },
		"open": func(f File) error { _, err := tree.Open(f); return err },
	} {
		err := read(f)
		if !errors.Is(err, fs.ErrNotExist) || !strings.HasPrefix(err.Error(), name+" content/a.md: ") {
			t.Errorf("%s: error %v, want one that begins with the operation and the path", name, err)
		}
	}
}

func TestAStreamEndsWellOnlyIfTheFileIsThatOfTheScan(t *testing.T) {
	dir := site(t, "site.yaml", "content/a.pdf")
	tree, _ := scan(t, Roots{Dir: dir, Static: fstest.MapFS{"s.js": {Data: []byte("kịch bản")}}})
	stream := func(path string) (string, error) {
		f, _ := tree.Lookup(path)
		r, err := tree.Open(f)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		text, err := io.ReadAll(r)
		return string(text), err
	}
	if got, err := stream("content/a.pdf"); got != "content/a.pdf" || err != nil {
		t.Errorf("unchanged: %q, %v", got, err)
	}
	if got, err := stream("static/s.js"); got != "kịch bản" || err != nil {
		t.Errorf("embedded: %q, %v", got, err)
	}
	write(t, dir, "content/a.pdf", "bản mới")
	if _, err := stream("content/a.pdf"); !errors.Is(err, ErrChanged) {
		t.Errorf("changed: error %v, want ErrChanged", err)
	}
}
