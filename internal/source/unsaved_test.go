package source

import (
	"io"
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
