package source

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"
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
		next, found, err := tree.Again(t.Context(), unsaved, nil)
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

func TestAgainLooksAtWhatHasChanged(t *testing.T) {
	nfd := "content/a\u0309nh.md" // as a Mac may spell it
	isNew := func(dir string) { os.WriteFile(filepath.Join(dir, "content", "moi.md"), nil, 0o666) }
	for _, c := range []struct {
		name    string
		change  func(dir string)
		changed []string
		scans   bool // whether all is looked at
	}{
		{"nothing", nil, nil, false},
		{"a text", func(dir string) { write(t, dir, "content/a.md", "khác") }, []string{"content/a.md"}, false},
		{"files that are as they were", nil, []string{"content/a.md", "site.yaml"}, false},
		{"a text saved beside and put in place", func(dir string) {
			write(t, dir, "content/a.md.tmp", "khác")
			os.Rename(filepath.Join(dir, "content/a.md.tmp"), filepath.Join(dir, "content/a.md"))
		}, []string{"content/a.md"}, false},
		{"what it was saved in, too", func(dir string) { write(t, dir, "content/a.md", "khác") }, []string{"content/a.md.tmp", "content/a.md"}, false},
		{"a folder that came and went", nil, []string{"content/moi", "content/moi/a.md"}, false},
		{"a folder that has gone", func(dir string) { os.RemoveAll(filepath.Join(dir, "content/c")) }, []string{"content/c"}, true},
		{"what was left out has gone", func(dir string) { os.Remove(filepath.Join(dir, "content/d.tmp")) }, []string{"content/d.tmp"}, true},
		{"a folder that was left out has gone", func(dir string) { os.RemoveAll(filepath.Join(dir, "content/.well-known")) }, []string{"content/.well-known"}, true},
		{"a path below a file", nil, []string{"content/a.md/b.md"}, true},
		{"a name spelled otherwise", func(dir string) { write(t, dir, nfd, "khác") }, []string{nfd}, false},
		{"a name that no file is spelled by", nil, []string{"content/ảnh.md"}, true},
		{"a name that another file has in another spelling", func(dir string) { write(t, dir, "content/ảnh.md", "khác") }, []string{"content/ảnh.md"}, true},
		{"a new file", isNew, []string{"content/a.md", "content/moi.md"}, true},
		{"a file that has gone", func(dir string) { os.Remove(filepath.Join(dir, "content/a.md")) }, []string{"content/a.md"}, true},
		{"a link in the place of a file", func(dir string) {
			os.Remove(filepath.Join(dir, "content/a.md"))
			os.Symlink("b.md", filepath.Join(dir, "content/a.md"))
		}, []string{"content/a.md"}, true},
		{"a folder", nil, []string{"content"}, true},
		{"a text that is too large", func(dir string) { os.Truncate(filepath.Join(dir, "content/a.md"), MaxArticleSize+1) }, []string{"content/a.md"}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := site(t, "site.yaml", "content/a.md", "content/b.md", "content/c/c.md", "content/d.tmp", "content/.well-known/a.md", nfd)
			tree, _ := scan(t, Roots{Dir: dir, Unsaved: map[string][]byte{"content/a.md": []byte("chưa lưu")}})
			if c.change != nil {
				c.change(dir)
			}
			want, problems := scan(t, Roots{Dir: dir})
			isNew(dir) // nobody tells of that
			next, found, err := tree.Again(t.Context(), nil, c.changed)
			if err != nil {
				t.Fatal(err)
			}
			defer next.Close()
			if c.scans {
				want, problems = scan(t, Roots{Dir: dir})
			}
			if !slices.Equal(next.Files, want.Files) || !slices.Equal(next.LeftOut, want.LeftOut) || fmt.Sprint(found) != fmt.Sprint(problems) {
				t.Errorf("got %v, %v\nwant %v, %v", next.Files, found, want.Files, problems)
			}
		})
	}
}

func TestAgainSeesAFileThatComesInThePlaceOfADefaultAndGoes(t *testing.T) {
	const name = "static/style.css"
	dir := site(t, "site.yaml", "content/a.md", "static/b.css")
	tree, _ := scan(t, Roots{Dir: dir, Static: fstest.MapFS{"style.css": {Data: []byte("mặc định")}}})
	for _, want := range []string{"của trang", "mặc định"} {
		if want == "mặc định" {
			if err := os.Remove(filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		} else {
			write(t, dir, name, want)
		}
		next, _, err := tree.Again(t.Context(), nil, []string{name})
		if err != nil {
			t.Fatal(err)
		}
		defer next.Close()
		f, _ := next.Lookup(name)
		if src, err := next.Read(f); err != nil || string(src) != want {
			t.Errorf("read %q, %v, want %q", src, err, want)
		}
		tree = next
	}
}

func TestAgainTellsThatTheFolderOfContentHasGoneThoughItWasEmpty(t *testing.T) {
	dir := site(t, "site.yaml", "content/a.md")
	if err := os.Remove(filepath.Join(dir, "content", "a.md")); err != nil {
		t.Fatal(err)
	}
	tree, problems := scan(t, Roots{Dir: dir})
	if err := os.Remove(filepath.Join(dir, "content")); err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	next, found, err := tree.Again(t.Context(), nil, []string{"content"})
	if err != nil {
		t.Fatal(err)
	}
	defer next.Close()
	if _, want := scan(t, Roots{Dir: dir}); len(want) == 0 || fmt.Sprint(found) != fmt.Sprint(want) {
		t.Errorf("told of %v, not of %v", found, want)
	}
}

func TestAgainLooksAtAllWhereAFileOfAProblemHasGone(t *testing.T) {
	dir := site(t, "site.yaml", "content/c.md", "content/C.md")
	tree, problems := scan(t, Roots{Dir: dir})
	if len(problems) == 0 {
		t.Fatal("the site is to have a problem")
	}
	for _, name := range []string{"content/c.md", "content/C.md"} {
		if has(tree.Files, name) {
			continue
		}
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
		next, found, err := tree.Again(t.Context(), nil, []string{name})
		if err != nil {
			t.Fatal(err)
		}
		defer next.Close()
		if len(found) > 0 {
			t.Errorf("told of what has gone: %v", found)
		}
	}
}
