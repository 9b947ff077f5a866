package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/digest"
)

// site is what a build plans: the text of each path.
type site map[string]string

// classOf sorts the paths of the tests as a build would.
func classOf(path string) Class {
	switch {
	case strings.HasSuffix(path, ".xml"):
		return Feed
	case strings.Contains(path, "list"):
		return List
	case strings.HasSuffix(path, ".html"):
		return Article
	}
	return Asset
}

// build plans s and commits it.
func build(dir string, s site, opt Options) (Result, []byte, error) {
	o, err := Open(dir, opt)
	if err != nil {
		return Result{}, nil, err
	}
	result, err := buildWith(o, s)
	if err != nil {
		_ = o.Close()
		return Result{}, nil, err
	}
	return result, o.Stamps(), o.Close()
}

func buildWith(o *Output, s site) (Result, error) {
	for _, path := range slices.Sorted(maps.Keys(s)) {
		if err := o.Write(path, classOf(path), []byte(s[path])); err != nil {
			return Result{}, err
		}
	}
	return o.Commit(context.Background())
}

// mustBuild is build where nothing may fail.
func mustBuild(t *testing.T, dir string, s site, opt Options) (Result, []byte) {
	t.Helper()
	result, stamps, err := build(dir, s, opt)
	if err != nil {
		t.Fatal(err)
	}
	return result, stamps
}

// tree reads what stands below dir: files with their text, links with their
// target, and folders (with a slash) if they are empty.
func tree(t *testing.T, dir string) site {
	t.Helper()
	found := site{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(dir, name)
		path := filepath.ToSlash(rel)
		switch {
		case path == manifestName || path == lockName:
		case d.IsDir():
			if entries, err := os.ReadDir(name); err != nil || len(entries) == 0 {
				found[path+"/"] = ""
			}
		case d.Type()&fs.ModeSymlink != 0:
			target, _ := os.Readlink(name)
			found[path] = "-> " + target
		default:
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			found[path] = string(data)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func wantTree(t *testing.T, dir string, want site) {
	t.Helper()
	if diff := cmp.Diff(want, tree(t, dir)); diff != "" {
		t.Fatalf("the output differs (-want +got):\n%s", diff)
	}
}

var before = site{
	"style.css":             "body{}",
	"tin/index-list.html":   "a b",
	"tin/a/index.html":      "bài a",
	"tin/b/index.html":      "bài b",
	"tin/rss.xml":           "a b",
	"the/cu/list.html":      "b",
	"thu/muc/sau/anh-1.jpg": "jpg",
}

func TestAFirstBuildMakesTheSiteAndNothingBesideIt(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "public")
	result, _ := mustBuild(t, dir, before, Options{})
	wantTree(t, dir, before)
	want := Result{Written: slices.Sorted(maps.Keys(before))}
	if diff := cmp.Diff(want, result); diff != "" {
		t.Error(diff)
	}
	if entries, _ := os.ReadDir(parent); len(entries) != 1 {
		t.Errorf("beside the output stands %v", entries)
	}
}

// snapshot tells of everything below dir but the lock what a change would change.
func snapshot(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.Name() == lockName {
			return err
		}
		info, err := d.Info()
		if err == nil {
			found[name] = fmt.Sprint(info.Mode(), info.ModTime(), info.Size())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestABuildThatChangesNothingTouchesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	_, stamps := mustBuild(t, dir, before, Options{})
	held := snapshot(t, dir)
	for name, opt := range map[string]Options{"with stamps": {Stamps: stamps}, "without": {}} {
		result, again := mustBuild(t, dir, before, opt)
		if diff := cmp.Diff(Result{Unchanged: len(before)}, result); diff != "" {
			t.Error(name, diff)
		}
		if diff := cmp.Diff(stamps, again); diff != "" {
			t.Error(name, diff)
		}
		if diff := cmp.Diff(held, snapshot(t, dir)); diff != "" {
			t.Error(name, diff)
		}
	}
}

func TestACommitSaysWhatItDid(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	mustBuild(t, dir, oldSite, Options{})
	result, _ := mustBuild(t, dir, newSite, Options{})
	want := Result{
		Written: []string{
			"moi/list.html", "style.css", "tin/a/index.html", "tin/d/anh.jpg", "tin/d/index.html",
			"tin/list.html", "tin/rss.xml",
		},
		Deleted: []string{"cu/c/index.html", "cu/list.html", "tin/b/index.html"},
	}
	if diff := cmp.Diff(want, result); diff != "" {
		t.Error(diff)
	}
	wantTree(t, dir, newSite)
}

func TestAMissingOrAlteredFileIsWrittenAgain(t *testing.T) {
	name := "tin/a/index.html"
	damages := map[string]func(t *testing.T, dir string){
		"missing":        func(t *testing.T, dir string) { remove(t, dir, name) },
		"missing folder": func(t *testing.T, dir string) { remove(t, dir, "tin") },
		"same size":      func(t *testing.T, dir string) { put(t, dir, name, "bài x") },
		"another size":   func(t *testing.T, dir string) { put(t, dir, name, "bài dài hơn") },
	}
	for damage, do := range damages {
		for _, stamped := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, stamped %v", damage, stamped), func(t *testing.T) {
				dir := filepath.Join(t.TempDir(), "public")
				_, stamps := mustBuild(t, dir, oldSite, Options{})
				if !stamped {
					stamps = nil
				}
				do(t, dir)
				o, err := Open(dir, Options{Stamps: stamps})
				if err != nil {
					t.Fatal(err)
				}
				defer o.Close()
				if o.Keep(name) {
					t.Error("it is kept as it is")
				}
				if !o.Keep("style.css") {
					t.Error("what nobody touched is not kept")
				}
				rest := maps.Clone(oldSite)
				delete(rest, "style.css")
				if _, err := buildWith(o, rest); err != nil {
					t.Fatal(err)
				}
				wantTree(t, dir, oldSite)
			})
		}
	}
}

func TestAFileThatWasTouchedOnlyIsKept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	_, stamps := mustBuild(t, dir, site{"a.html": "a"}, Options{})
	later := time.Now().Add(time.Hour)
	if err := os.Chtimes(filepath.Join(dir, "a.html"), later, later); err != nil {
		t.Fatal(err)
	}
	o, err := Open(dir, Options{Stamps: stamps})
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	if !o.Keep("a.html") {
		t.Error("it is not kept")
	}
}

func TestStampsSpareTheReading(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	_, stamps := mustBuild(t, dir, site{"a.html": "aaa"}, Options{})
	name := filepath.Join(dir, "a.html")
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	put(t, dir, "a.html", "bbb")
	if err := os.Chtimes(name, info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
	for _, trusted := range []bool{true, false} {
		opt := Options{}
		if trusted {
			opt.Stamps = stamps
		}
		o, err := Open(dir, opt)
		if err != nil {
			t.Fatal(err)
		}
		if o.Keep("a.html") != trusted {
			t.Errorf("with stamps %v, what has the size and time of what was written is kept: %v", trusted, !trusted)
		}
		if err := o.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestKeepKnowsOnlyWhatIsOurs(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	mustBuild(t, dir, site{"a.html": "a"}, Options{})
	put(t, dir, "b.html", "b")
	o, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	if o.Keep("b.html") || o.Keep("c.html") {
		t.Error("a foreign or missing file is kept")
	}
	want := Entry{Size: 1, Digest: digest.OfString("a"), Class: Article}
	if entry, ok := o.Entry("a.html"); !ok || entry != want {
		t.Errorf("the entry is %v, %v", entry, ok)
	}
	if _, ok := o.Entry("b.html"); ok {
		t.Error("a foreign file has an entry")
	}
}

func TestWithoutACommitTheOutputIsAsItWas(t *testing.T) {
	for name, old := range map[string]site{"first build": nil, "later build": oldSite, "empty folder": {}} {
		t.Run(name, func(t *testing.T) {
			parent := t.TempDir()
			dir := filepath.Join(parent, "public")
			switch {
			case len(old) > 0:
				mustBuild(t, dir, old, Options{})
			case old != nil:
				_ = os.Mkdir(dir, 0o777)
			}
			stood := tree(t, parent)
			o, err := Open(dir, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if err := o.Write("a.html", Article, []byte("a")); err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithCancel(context.Background())
			cancel()
			if _, err := o.Commit(ctx); !errors.Is(err, context.Canceled) {
				t.Errorf("an interrupted commit says %v", err)
			}
			if err := o.Close(); err != nil {
				t.Fatal(err)
			}
			wantTree(t, parent, stood)
			if name := filepath.Join(dir, lockName); len(old) == 0 && isThere(name) {
				t.Errorf("left behind: %v", name)
			}
		})
	}
}

func TestAFailedWriteForbidsTheCommit(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	mustBuild(t, dir, oldSite, Options{})
	full := func(e Event) error {
		if e.Op == OpWrite && !e.Done {
			return syscall.ENOSPC
		}
		return nil
	}
	o, err := Open(dir, Options{Fault: full})
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	err = o.Write("tin/d/index.html", Article, []byte("bài d"))
	if !errors.Is(err, syscall.ENOSPC) || !strings.HasPrefix(err.Error(), "write tin/d/index.html: ") {
		t.Errorf("the write says %v", err)
	}
	if _, err := o.Commit(context.Background()); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("the commit says %v", err)
	}
}

func TestADiskThatRefusesLeavesTheOldSiteOrACommitToFinish(t *testing.T) {
	for _, s := range scenarios {
		for refuseAt := range s.countEvents(t) {
			dir := filepath.Join(quickDir(t), "public")
			s.start(t, dir)
			events, begun := 0, false
			fault := func(e Event) error {
				n := events
				events++
				if n == refuseAt && !e.Done {
					return syscall.ENOSPC
				}
				ours := strings.Contains(e.Path, reservedPrefix)
				begun = begun || n < refuseAt && e.Done && !ours && (e.Op == OpRename || e.Op == OpRemove)
				return nil
			}
			_, _, err := build(dir, s.new, Options{Fault: fault})
			if err == nil {
				continue // refuseAt is after a change: there is nothing to refuse
			}
			if !errors.Is(err, syscall.ENOSPC) {
				t.Fatalf("%s, event %d: %v", s.name, refuseAt, err)
			}
			switch {
			case begun:
			case s.old == nil:
				if entries, _ := os.ReadDir(filepath.Dir(dir)); len(entries) != 0 {
					t.Fatalf("%s, event %d leaves %v", s.name, refuseAt, entries)
				}
			default:
				wantTree(t, dir, s.old)
			}
			mustBuild(t, dir, s.new, Options{})
			wantTree(t, dir, s.new)
		}
	}
}

func TestPathsThatAreNotInsideTheOutputAreRefused(t *testing.T) {
	o, err := Open(filepath.Join(t.TempDir(), "public"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	for _, path := range []string{
		"", ".", "..", "../a", "a/../../b", "/etc/passwd", "a//b", "a/", "./a", `a\b`, "a\x00b", "a\nb", "a\xff",
		".bantin-manifest", ".bantin-stage/1", ".Bantin-Lock", ".bantin-journal",
	} {
		if err := o.Write(path, Asset, nil); err == nil {
			t.Errorf("%q is taken", path)
		}
	}
	for _, path := range []string{".nojekyll", ".well-known/a", "tin/Đức Thọ.html", "a..b", "x/.bantin-lock"} {
		if err := o.Write(path, Asset, nil); err != nil {
			t.Errorf("%q is refused: %v", path, err)
		}
	}
}

func TestPathsThatCannotStandSideBySideAreNamed(t *testing.T) {
	cases := map[string]struct {
		old, new site
		want     [2]string
	}{
		"case":                 {site{}, site{"tin/Anh.jpg": "", "tin/anh.jpg": ""}, [2]string{"tin/anh.jpg", "tin/Anh.jpg"}},
		"case of both":         {site{}, site{"ANH.jpg": "", "Anh.jpg": ""}, [2]string{"ANH.jpg", "Anh.jpg"}},
		"case of a tone mark":  {site{}, site{"Đức.html": "", "đức.html": ""}, [2]string{"đức.html", "Đức.html"}},
		"new folder, old file": {site{"a": ""}, site{"a": "", "a/b": ""}, [2]string{"a", "a/b"}},
		"new file, old folder": {site{"a/b": ""}, site{"a": "", "a/b": ""}, [2]string{"a/b", "a"}},
		"both new":             {site{}, site{"a": "", "a/b": ""}, [2]string{"a", "a/b"}},
	}
	for name, c := range cases {
		dir := filepath.Join(t.TempDir(), "public")
		if err := os.Mkdir(dir, 0o777); err != nil {
			t.Fatal(err)
		}
		mustBuild(t, dir, c.old, Options{})
		_, _, err := build(dir, c.new, Options{})
		var conflict *ConflictError
		if !errors.As(err, &conflict) || conflict.Paths != c.want {
			t.Errorf("%s: want a conflict of %v, got %v", name, c.want, err)
		}
		wantTree(t, dir, c.old)
	}
}

func TestAPathIsPlannedOnce(t *testing.T) {
	o, err := Open(filepath.Join(t.TempDir(), "public"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	if err := o.Write("a", Asset, nil); err != nil {
		t.Fatal(err)
	}
	if err := o.Write("a", Asset, nil); err == nil {
		t.Error("it is taken twice")
	}
}

func TestALargeFileIsStreamedAndComparedFirst(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	video := strings.Repeat("khung hình ", 50_000)
	for i, want := range []Result{{Written: []string{"v.mp4"}}, {Unchanged: 1}} {
		o, err := Open(dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := o.WriteFile("v.mp4", Asset, strings.NewReader(video)); err != nil {
			t.Fatal(err)
		}
		result, err := o.Commit(context.Background())
		if diff := cmp.Diff(want, result); diff != "" || err != nil {
			t.Error(i, err, diff)
		}
		if err := o.Close(); err != nil {
			t.Fatal(err)
		}
		wantTree(t, dir, site{"v.mp4": video})
	}
	// Write and WriteFile name the same bytes by the same digest.
	if result, _ := mustBuild(t, dir, site{"v.mp4": video}, Options{}); result.Unchanged != 1 {
		t.Errorf("Write says %v", result)
	}
}

func TestManyGoroutinesMayWriteAtOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	want := site{}
	for i := range 200 {
		want[fmt.Sprintf("tin/%d/index.html", i)] = fmt.Sprint("bài ", i)
	}
	for _, half := range []int{100, 200} {
		o, err := Open(dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		var writers sync.WaitGroup
		for i := range half {
			writers.Go(func() {
				path := fmt.Sprintf("tin/%d/index.html", i)
				if o.Keep(path) {
					return
				}
				if err := o.Write(path, Article, []byte(want[path])); err != nil {
					t.Error(err)
				}
			})
		}
		writers.Wait()
		if _, err := o.Commit(context.Background()); err != nil {
			t.Fatal(err)
		}
		if err := o.Close(); err != nil {
			t.Fatal(err)
		}
	}
	wantTree(t, dir, want)
}
