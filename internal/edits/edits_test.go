package edits

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"
)

// open returns the journal of a site with some files.
func open(t *testing.T) (*Journal, string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"content/tin/a.md": "một", "content/tin/b.md": "hai", "content/anh/index.md": "ba", "content/anh/1.jpg": "ảnh", "site.yaml": "x"} {
		must(t, os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o777))
		must(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o640))
	}
	j, err := Open(dir)
	must(t, err)
	t.Cleanup(func() { j.Close() })
	return j, dir
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// state returns the files of a site that are an editor's.
func state(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	must(t, filepath.WalkDir(filepath.Join(dir, "content"), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		files[filepath.ToSlash(rel)] = string(data)
		return err
	}))
	return files
}

func equal(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for k, v := range a {
		if w, ok := b[k]; !ok || v != w {
			return false
		}
	}
	return true
}

// all does each kind of step.
func all(c *Change) error {
	if err := c.Replace("content/tin/a.md", Digest([]byte("một")), []byte("khác")); err != nil {
		return err
	}
	if err := c.Rename("content/tin/a.md", "content/moi/sau/a.md"); err != nil {
		return err
	}
	if err := c.Replace("content/moi/sau/a.md", Digest([]byte("khác")), []byte("khác nữa")); err != nil {
		return err
	}
	if err := c.Create("content/moi/sau/tep.pdf", []byte("tệp")); err != nil {
		return err
	}
	for _, name := range []string{"content/anh/index.md", "content/anh/1.jpg"} {
		if err := c.Remove(name); err != nil {
			return err
		}
	}
	return nil
}

func TestAChangeIsMadeAndUndone(t *testing.T) {
	j, dir := open(t)
	before := state(t, dir)
	id, err := j.Do("thử", all)
	must(t, err)
	want := map[string]string{"content/tin/b.md": "hai", "content/moi/sau/a.md": "khác nữa", "content/moi/sau/tep.pdf": "tệp"}
	if got := state(t, dir); !equal(got, want) {
		t.Fatalf("got %v, want %v", got, want)
	}
	list, err := j.Records()
	if err != nil || len(list) != 1 || list[0].ID != id || list[0].Title != "thử" {
		t.Errorf("records are %v, %v", list, err)
	}
	must(t, j.Undo(id))
	if got := state(t, dir); !equal(got, before) {
		t.Errorf("got %v, want %v", got, before)
	}
	if _, err := os.Stat(filepath.Join(dir, "content", "moi")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("an empty folder stays")
	}
}

// Whatever step a process dies at, what it did is taken back by the next one.
func TestAnInterruptedChangeIsTakenBack(t *testing.T) {
	for die := range 20 {
		j, dir := open(t)
		before := state(t, dir)
		n := 0
		dead := errors.New("killed")
		j.Fault = func(string) error {
			if n++; n > die {
				panic(dead)
			}
			return nil
		}
		whole := func() (whole bool) {
			defer func() { whole = recover() == nil }()
			_, err := j.Do("thử", all)
			must(t, err)
			return
		}()
		if whole {
			if die < 8 {
				t.Fatalf("it ended after %d steps", n)
			}
			return
		}
		j.held.Close() // as the system does
		next, err := Open(dir)
		must(t, err)
		if _, err := next.Recover(); err != nil {
			t.Fatalf("killed at %d: %v", die, err)
		}
		got := state(t, dir)
		for name := range got {
			if strings.HasSuffix(name, ".tmp") {
				delete(got, name) // no input, whatever is in it
			}
		}
		done := map[string]string{"content/tin/b.md": "hai", "content/moi/sau/a.md": "khác nữa", "content/moi/sau/tep.pdf": "tệp"}
		if !equal(got, before) && !(die == 8 && equal(got, done)) { // the last step is the word that all is done
			t.Errorf("killed at %d: got %v, want %v", die, got, before)
		}
		next.Close()
	}
	t.Error("it never ends")
}

func TestAStepThatFailsTakesAllBack(t *testing.T) {
	j, dir := open(t)
	before := state(t, dir)
	full := errors.New("no space left")
	n := 0
	j.Fault = func(string) error {
		if n++; n == 5 {
			return full
		}
		return nil
	}
	if _, err := j.Do("thử", all); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
	if got := state(t, dir); !equal(got, before) {
		t.Errorf("got %v, want %v", got, before)
	}
}

func TestWhatWasChangedMeanwhileIsLeftAlone(t *testing.T) {
	j, dir := open(t)
	_, err := j.Do("thử", func(c *Change) error { return c.Replace("content/tin/a.md", Digest([]byte("cũ")), []byte("mới")) })
	if !errors.Is(err, ErrChanged) {
		t.Errorf("got %v", err)
	}
	id, err := j.Do("thử", func(c *Change) error { return c.Replace("content/tin/a.md", Digest([]byte("một")), []byte("mới")) })
	must(t, err)
	must(t, os.WriteFile(filepath.Join(dir, "content/tin/a.md"), []byte("của người khác"), 0o666))
	if err := j.Undo(id); !errors.Is(err, ErrChanged) {
		t.Errorf("undone: %v", err)
	}
	if got := state(t, dir)["content/tin/a.md"]; got != "của người khác" {
		t.Errorf("the file is %q", got)
	}
}

func TestNothingOutsideIsTouched(t *testing.T) {
	j, dir := open(t)
	must(t, os.MkdirAll(filepath.Join(dir, "ngoai"), 0o777))
	must(t, os.Symlink(filepath.Join(dir, "ngoai"), filepath.Join(dir, "content", "lien-ket")))
	must(t, os.Symlink(filepath.Join(dir, "site.yaml"), filepath.Join(dir, "content", "tin", "l.md")))
	for _, name := range []string{
		"templates/x.html", ".bantin/x", "content", "content/../site.yaml", "../x", "/etc/passwd", "content/.git/x", "content/tin/.x.md",
		"content/lien-ket/x.md", "content/tin/l.md", `content\..\site.yaml`, "content//x.md", "content/tin/a.md/x", "content/x\x00.md", "content/~$x.md", "public/index.html", "",
	} {
		_, err := j.Do("thử", func(c *Change) error { return c.Create(name, []byte("x")) })
		if err == nil {
			t.Errorf("%q was written", name)
		}
		if _, err := j.Read(name); err == nil {
			t.Errorf("%q was read", name)
		}
	}
	if list, _ := os.ReadDir(filepath.Join(dir, "ngoai")); len(list) > 0 {
		t.Error("something was written through a link")
	}
}

func TestALogThatSomebodyWroteLeadsNowhere(t *testing.T) {
	for _, line := range []string{
		`{"do":"rename","path":"content/../x","to":"site.yaml"}`,
		`{"do":"remove","path":"content/x","kept":".."}`,
		`{"do":"rename","path":"content/x","to":"content/X","kept":".."}`,
	} {
		j, dir := open(t)
		must(t, os.MkdirAll(filepath.Join(dir, ".bantin/edits/1"), 0o777))
		must(t, os.WriteFile(filepath.Join(dir, ".bantin/edits/1/log"), []byte(line+"\n"), 0o666))
		before := state(t, dir)
		if _, err := j.Recover(); err == nil {
			t.Errorf("%s was followed", line)
		}
		if data, _ := os.ReadFile(filepath.Join(dir, "site.yaml")); string(data) != "x" || !equal(state(t, dir), before) {
			t.Errorf("%s changed the site", line)
		}
	}
}

func TestOneChangeIsUnderWayAtATime(t *testing.T) {
	j, dir := open(t)
	c, err := j.Begin("một")
	must(t, err)
	must(t, c.Replace("content/tin/a.md", Digest([]byte("một")), []byte("dở")))
	other, err := Open(dir) // as another program does
	must(t, err)
	defer other.Close()
	other.Patience = 50 * time.Millisecond
	if _, err := other.Begin("hai"); !errors.Is(err, ErrBusy) {
		t.Errorf("a second change: %v", err)
	}
	if paths, err := other.Recover(); !errors.Is(err, ErrBusy) || len(paths) > 0 {
		t.Errorf("a change under way is no interrupted one: %v, %v", paths, err)
	}
	if got := state(t, dir)["content/tin/a.md"]; got != "dở" {
		t.Errorf("got %q", got)
	}
	other.Patience = 10 * time.Second
	begun := make(chan error, 1)
	go func() {
		c, err := other.Begin("hai")
		if err == nil {
			err = c.Done()
		}
		begun <- err
	}()
	must(t, c.Done())
	must(t, <-begun)
	list, err := j.Records()
	if err != nil || len(list) != 1 || list[0].Title != "một" {
		t.Errorf("records are %v, %v: a change without a step is none", list, err)
	}
}

func TestAnInterruptedChangeIsTakenBackBeforeTheNextBegins(t *testing.T) {
	j, dir := open(t)
	before := state(t, dir)
	c, err := j.Begin("bị ngắt")
	must(t, err)
	must(t, c.Rename("content/tin/a.md", "content/tin/c.md"))
	j.held.Close()
	other, err := Open(dir)
	must(t, err)
	defer other.Close()
	next, err := other.Begin("sau")
	must(t, err)
	must(t, next.Back())
	if got := state(t, dir); !equal(got, before) {
		t.Errorf("got %v, want %v", got, before)
	}
}

func TestLinksFollowAnArticleInAllItsLanguages(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"bai.md": "---\ntitle: A\n---\n[B](b.md) [%](khac/x.md)\n", "bai.en.md": "---\ntitle: A\n---\n[B](b.md)\n", "bai.so-2.md": "x",
		"b.md": "---\ntitle: B\n---\n[A](bai.md) [A](bai.en.md) 5 %\n", "khac/x.md": "---\ntitle: X\n---\n[A](../b%61i.md)\n",
	} {
		name = filepath.Join(dir, "content", name)
		must(t, os.MkdirAll(filepath.Dir(name), 0o777))
		must(t, os.WriteFile(name, []byte(text), 0o666))
	}
	j, err := Open(dir)
	must(t, err)
	defer j.Close()
	before := state(t, dir)
	has := func(at string) bool { _, ok := before["content/"+at]; return ok }
	m := &Move{Old: "bai.md", New: "bai/index.md", Has: has}
	m.Beside = Translations(m.Old, m.New, []string{"en", "km"}, has)
	var changed []string
	id, err := j.Do("chuyển", func(c *Change) (err error) {
		changed, err = c.Move(m, []string{"b.md", "bai.en.md", "bai.md", "bai.so-2.md", "khac/x.md"})
		return err
	})
	must(t, err)
	after := state(t, dir)
	for name, want := range map[string]string{
		"bai/index.md": "[B](../b.md) [%](../khac/x.md)", "bai/index.en.md": "[B](../b.md)",
		"b.md": "[A](bai/index.md) [A](bai/index.en.md) 5 %", "khac/x.md": "[A](../bai/index.md)", "bai.so-2.md": "x",
	} {
		if !strings.Contains(after["content/"+name], want) {
			t.Errorf("%s is %q, want %q in it", name, after["content/"+name], want)
		}
	}
	if len(changed) != 4 || len(after) != len(before) {
		t.Errorf("changed are %v, files %v", changed, after)
	}
	must(t, j.Undo(id))
	if got := state(t, dir); !equal(got, before) {
		t.Errorf("got %v", got)
	}
}

// Names whose letters are taken apart are found by those of a scan, and come back as
// they were.
func TestNamesThatAreTakenApartAreFound(t *testing.T) {
	j, dir := open(t)
	for _, name := range []string{"content/lễ/hội.md", "content/lễ/ảnh.png"} {
		name = filepath.Join(dir, norm.NFD.String(name))
		must(t, os.MkdirAll(filepath.Dir(name), 0o777))
		must(t, os.WriteFile(name, []byte("một"), 0o640))
	}
	before := state(t, dir)
	var walked []string
	must(t, j.Walk("content/lễ", func(name string) { walked = append(walked, name) }))
	if size, err := j.Size("content/lễ/hội.md"); err != nil || size != 5 || len(walked) != 2 || !slices.Contains(walked, "content/lễ/ảnh.png") {
		t.Errorf("size %d, %v; walked %q", size, err, walked)
	}
	id, err := j.Do("đổi", func(c *Change) error {
		return errors.Join(
			c.Replace("content/lễ/hội.md", Digest([]byte("một")), []byte("hai")),
			c.Create("content/lễ/mới.md", []byte("mới")),
			c.Remove("content/lễ/ảnh.png"),
			c.Rename("content/lễ", "content/hội"))
	})
	must(t, err)
	if data, err := j.Read("content/hội/hội.md"); err != nil || string(data) != "hai" || j.Exists("content/lễ") || j.Exists("content/hội/ảnh.png") {
		t.Errorf("read %q, %v; there are %v", data, err, state(t, dir))
	}
	must(t, j.Undo(id))
	if after := state(t, dir); !equal(before, after) {
		t.Errorf("got %v, want %v", after, before)
	}
}
