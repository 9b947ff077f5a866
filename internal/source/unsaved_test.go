package source

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestWhatIsNotSavedIsReadInPlaceOfTheFile(t *testing.T) {
	dir := site(t, "site.yaml", "content/a.md", "content/b.md")
	before, _ := scan(t, Roots{Dir: dir})
	tree, problems := scan(t, Roots{Dir: dir, Unsaved: map[string][]byte{"content/a.md": []byte("chưa lưu"), "content/c.md": nil}})
	if len(problems) > 0 || len(tree.Files) != len(before.Files) {
		t.Fatalf("got %v, %v", tree.Files, problems)
	}
	a, _ := tree.Lookup("content/a.md")
	if was, _ := before.Lookup("content/a.md"); a.Stamp == was.Stamp {
		t.Error("the stamp is that of the file on the disk")
	}
	src, err := tree.ReadInto(make([]byte, 0, 2), a)
	if err != nil || string(src) != "chưa lưu" {
		t.Errorf("read %q, %v", src, err)
	}
	r, err := tree.Open(a)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if src, err := io.ReadAll(r); err != nil || string(src) != "chưa lưu" {
		t.Errorf("streamed %q, %v", src, err)
	}
	other, _ := scan(t, Roots{Dir: dir, Unsaved: map[string][]byte{"content/a.md": []byte("chưa lưa")}})
	if b, _ := other.Lookup("content/a.md"); b.Stamp == a.Stamp {
		t.Error("two texts have one stamp")
	}
}

func TestAgainLooksAtWhatIsNotSavedAlone(t *testing.T) {
	dir := site(t, "site.yaml", "content/a.md", "content/b.md", "content/c.md", "content/C.md")
	saved, problems := scan(t, Roots{Dir: dir})
	if len(problems) == 0 {
		t.Fatal("the site is to have a problem")
	}
	first, _ := scan(t, Roots{Dir: dir, Unsaved: map[string][]byte{"content/a.md": []byte("một")}})
	if err := os.WriteFile(filepath.Join(dir, "content", "moi.md"), []byte("mới"), 0o666); err != nil {
		t.Fatal(err)
	}
	again := func(tree *Tree, unsaved map[string][]byte) *Tree {
		t.Helper()
		next, found, err := tree.Again(unsaved)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { next.Close() })
		if fmt.Sprint(found) != fmt.Sprint(problems) {
			t.Errorf("got %v, want %v", found, problems)
		}
		return next
	}
	second := again(first, map[string][]byte{"content/b.md": []byte("hai")})
	for path, isUnsaved := range map[string]bool{"content/a.md": false, "content/b.md": true} {
		now, _ := second.Lookup(path)
		was, _ := saved.Lookup(path)
		if (now.Stamp != was.Stamp) != isUnsaved || second.IsUnsaved(path) != isUnsaved {
			t.Errorf("%s: stamp %v, on the disk %v, unsaved %t", path, now.Stamp, was.Stamp, second.IsUnsaved(path))
		}
	}
	b, _ := second.Lookup("content/b.md")
	if src, err := second.Read(b); err != nil || string(src) != "hai" {
		t.Errorf("read %q, %v", src, err)
	}
	if third := again(second, nil); !slices.Equal(third.Files, saved.Files) {
		t.Errorf("got %v, want those of the first scan: %v", third.Files, saved.Files)
	}
}
