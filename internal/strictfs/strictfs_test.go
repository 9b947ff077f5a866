package strictfs

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func put(t *testing.T, dir, path, text string) {
	t.Helper()
	name := filepath.Join(dir, path)
	must(t, os.MkdirAll(filepath.Dir(name), 0o777))
	must(t, os.WriteFile(name, []byte(text), 0o666))
}

func link(t *testing.T, target, dir, path string) {
	t.Helper()
	must(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, path)), 0o777))
	if err := os.Symlink(target, filepath.Join(dir, path)); err != nil {
		t.Skip("no symbolic links here:", err)
	}
}

// listed returns all that lies below dir, with what files and links say.
func listed(t *testing.T, dir string) []string {
	t.Helper()
	var found []string
	must(t, filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(dir, name)
		switch {
		case d.Type()&fs.ModeSymlink != 0:
			target, _ := os.Readlink(name)
			rel += " -> " + target
		case d.Type().IsRegular():
			data, _ := os.ReadFile(name)
			rel += ": " + string(data[:min(len(data), 80)])
		}
		found = append(found, rel)
		return err
	}))
	return found
}

// within fails the test if do does not return at once.
func within(t *testing.T, do func()) {
	t.Helper()
	done := make(chan struct{})
	go func() { defer close(done); do() }()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		t.Fatal("it hangs")
	}
}

func wantFault(t *testing.T, err error, path string, fault Fault) {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) || e.Path != path || e.Fault != fault {
		t.Errorf("want %v, got %v", &Error{path, fault}, err)
	}
}

// strange makes, at path in dir, each thing that is neither a folder nor a file
// of a size, and tells what is wrong with it.
func strange(t *testing.T, try func(t *testing.T, make func(t *testing.T, dir, path string), fault Fault)) {
	outside := t.TempDir()
	put(t, outside, "foreign.txt", "của người khác")
	for name, c := range map[string]struct {
		make  func(t *testing.T, dir, path string)
		fault Fault
	}{
		"a link to a folder": {func(t *testing.T, dir, path string) { link(t, outside, dir, path) }, Link},
		"a link to a file": {func(t *testing.T, dir, path string) {
			link(t, filepath.Join(outside, "foreign.txt"), dir, path)
		}, Link},
		"a link within": {func(t *testing.T, dir, path string) {
			put(t, dir, "within/foreign.txt", "")
			link(t, "within", dir, path)
		}, Link},
		"a dangling link":  {func(t *testing.T, dir, path string) { link(t, filepath.Join(outside, "new"), dir, path) }, Link},
		"a link to itself": {func(t *testing.T, dir, path string) { link(t, filepath.Base(path), dir, path) }, Link},
		"a FIFO":           {makeFIFO, Special},
	} {
		t.Run(name, func(t *testing.T) { try(t, c.make, c.fault) })
	}
	if want := []string{".", "foreign.txt: của người khác"}; !slices.Equal(listed(t, outside), want) {
		t.Errorf("outside stands %q", listed(t, outside))
	}
}

func TestNoPartOfAFoldersPathIsALink(t *testing.T) {
	for _, at := range []string{".bantin", ".bantin/serve", ".bantin/serve/site"} {
		strange(t, func(t *testing.T, make func(*testing.T, string, string), fault Fault) {
			base := t.TempDir()
			make(t, base, at)
			before := listed(t, base)
			within(t, func() {
				for _, open := range []func(base, dir string) (*Folder, error){Open, Make} {
					_, err := open(base, filepath.Join(base, ".bantin/serve/site"))
					wantFault(t, err, filepath.Join(base, at), fault)
				}
			})
			if after := listed(t, base); !slices.Equal(before, after) {
				t.Errorf("before %q, after %q", before, after)
			}
		})
	}
}

func TestTheBaseMayBeReachedByALink(t *testing.T) {
	parent := t.TempDir()
	put(t, parent, "real/.bantin/x", "")
	link(t, "real", parent, "base")
	for _, dir := range []string{filepath.Join(parent, "base", ".bantin"), filepath.Join(parent, "real", ".bantin")} {
		f, err := Open(filepath.Join(parent, "base"), dir)
		must(t, err)
		must(t, f.Close())
	}
}

func TestWhatMakeMakesIsForThisUserAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no modes here")
	}
	base := t.TempDir()
	must(t, os.Mkdir(filepath.Join(base, ".bantin"), 0o777)) // as an earlier version made it
	f, err := Make(base, filepath.Join(base, ".bantin/serve"))
	must(t, err)
	must(t, f.Close())
	for _, dir := range []string{".bantin", ".bantin/serve"} {
		info, err := os.Stat(filepath.Join(base, dir))
		must(t, err)
		if info.Mode().Perm() != 0o700 {
			t.Errorf("%s has mode %v", dir, info.Mode())
		}
	}
}

func TestWhatIsNoFileOfOursIsNeitherReadNorReplacedNorRemoved(t *testing.T) {
	for _, at := range []string{"sources", "pictures/ab/cd"} {
		strange(t, func(t *testing.T, make func(*testing.T, string, string), fault Fault) {
			base := t.TempDir()
			make(t, base, at)
			tryAll(t, base, at, at, fault)
		})
	}
	strange(t, func(t *testing.T, make func(*testing.T, string, string), fault Fault) {
		base := t.TempDir()
		make(t, base, "pictures")
		tryAll(t, base, "pictures/foreign.txt", "pictures", fault)
	})
	t.Run("a file for a folder", func(t *testing.T) {
		base := t.TempDir()
		put(t, base, "pictures", "")
		tryAll(t, base, "pictures/ab", "pictures", NotFolder)
	})
	t.Run("a folder", func(t *testing.T) {
		base := t.TempDir()
		put(t, base, "sources/x", "")
		tryAll(t, base, "sources", "sources", NotFile)
	})
	t.Run("a huge file", func(t *testing.T) {
		base := t.TempDir()
		put(t, base, "sources", "")
		must(t, os.Truncate(filepath.Join(base, "sources"), 6<<30))
		f, err := Trusted(base)
		must(t, err)
		defer f.Close()
		_, err = f.ReadFile("sources", 1<<20)
		wantFault(t, err, filepath.Join(base, "sources"), TooLarge)
	})
}

// tryAll tries everything that may be done with a file, and wants the fault.
func tryAll(t *testing.T, base, name, at string, fault Fault) {
	t.Helper()
	f, err := Trusted(base)
	must(t, err)
	defer f.Close()
	before := listed(t, base)
	within(t, func() {
		_, err := f.ReadFile(name, 1<<20)
		wantFault(t, err, filepath.Join(base, at), fault)
		_, err = f.OpenToWrite(name, 1<<20)
		wantFault(t, err, filepath.Join(base, at), fault)
		wantFault(t, f.Remove(name), filepath.Join(base, at), fault)
		wantFault(t, f.Replace(name, func(io.Writer) error { return nil }), filepath.Join(base, at), fault)
	})
	if after := listed(t, base); !slices.Equal(before, after) {
		t.Errorf("before %q, after %q", before, after)
	}
}

func TestReplaceShowsNoPartOfAFile(t *testing.T) {
	base := t.TempDir()
	f, err := Trusted(base)
	must(t, err)
	defer f.Close()
	write := func(text string, end error) func(io.Writer) error {
		return func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return errors.Join(err, end)
		}
	}
	must(t, f.Replace("a", write("một", nil)))
	must(t, f.Replace("a", write("hai", nil)))
	if err := f.Replace("a", write("nửa", io.ErrShortWrite)); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("it says %v", err)
	}
	if got := listed(t, base); !slices.Equal(got, []string{".", "a: hai"}) {
		t.Errorf("there stands %q", got)
	}
}

func TestWhatAKilledReplaceLeavesIsKnownByItsName(t *testing.T) {
	f, err := Trusted(t.TempDir())
	must(t, err)
	defer f.Close()
	temp, err := f.createTemp("output-12ab")
	must(t, err)
	must(t, temp.Close())
	for name, want := range map[string]string{
		temp.name: "output-12ab", "a-1.tmp": "a",
		"a.tmp": "", "a-x.tmp": "", "-1.tmp": "", "a-1": "", "a-99999999999.tmp": "", "luan-van-.tmp": "",
	} {
		if got := OfTemp(name); got != want {
			t.Errorf("%s is of %q, want %q", name, got, want)
		}
	}
}

func TestAFolderIsRemovedWholeOrNotAtAll(t *testing.T) {
	isOurs := func(path string, _ fs.DirEntry) bool { return !strings.Contains(path, "foreign") }
	for name, c := range map[string]struct {
		make  func(t *testing.T, dir string)
		at    string
		fault Fault
	}{
		"a foreign file":       {func(t *testing.T, dir string) { put(t, dir, "b/c/foreign.txt", "") }, "b/c/foreign.txt", Foreign},
		"an empty foreign one": {func(t *testing.T, dir string) { must(t, os.Mkdir(filepath.Join(dir, "foreign"), 0o777)) }, "foreign", Foreign},
		"a link":               {func(t *testing.T, dir string) { link(t, t.TempDir(), dir, "b/x") }, "b/x", Link},
		"a dangling link":      {func(t *testing.T, dir string) { link(t, "nowhere", dir, "b/c/x") }, "b/c/x", Link},
		"a FIFO":               {func(t *testing.T, dir string) { makeFIFO(t, dir, "b/x") }, "b/x", Special},
	} {
		t.Run(name, func(t *testing.T) {
			base := t.TempDir()
			put(t, base, "stage/a", "1")
			put(t, base, "stage/b/c/d", "2")
			put(t, base, "stage/z/z", "3")
			c.make(t, filepath.Join(base, "stage"))
			before := listed(t, base)
			f, err := Trusted(base)
			must(t, err)
			defer f.Close()
			wantFault(t, f.RemoveFolder("stage", isOurs), filepath.Join(base, "stage", c.at), c.fault)
			if after := listed(t, base); !slices.Equal(before, after) {
				t.Errorf("before %q, after %q", before, after)
			}
		})
	}
	base := t.TempDir()
	put(t, base, "stage/b/c/d", "2")
	f, err := Trusted(base)
	must(t, err)
	defer f.Close()
	for range 2 { // the second time there is none
		must(t, f.RemoveFolder("stage", isOurs))
	}
	if got := listed(t, base); len(got) != 1 {
		t.Errorf("there stands %q", got)
	}
}

func TestAFolderThatIsExchangedForALinkLeadsNowhere(t *testing.T) {
	base, outside := t.TempDir(), t.TempDir()
	put(t, outside, "a", "của người khác")
	put(t, base, "stage/a", "1")
	f, err := Open(base, filepath.Join(base, "stage"))
	must(t, err)
	defer f.Close()
	if err := os.Rename(filepath.Join(base, "stage"), filepath.Join(base, "away")); err != nil {
		t.Skip("no open folder can be moved here:", err)
	}
	link(t, outside, base, "stage")
	must(t, f.Replace("a", func(w io.Writer) error { _, err := io.WriteString(w, "2"); return err }))
	must(t, f.Remove("a"))
	if got := listed(t, outside); !slices.Equal(got, []string{".", "a: của người khác"}) {
		t.Errorf("outside stands %q", got)
	}
}
