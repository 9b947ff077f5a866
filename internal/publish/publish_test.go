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
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// site is what a build plans: the text of each path.
type site map[string]string

// classOf sorts the paths of the tests as a build would.
func classOf(path string) Class {
	switch {
	case strings.HasSuffix(path, ".xml"):
		return ClassFeed
	case strings.Contains(path, "list"):
		return ClassList
	case strings.HasSuffix(path, ".html"):
		return ClassArticle
	}
	return ClassAsset
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

func isThere(name string) bool {
	_, err := os.Lstat(name)
	return !errors.Is(err, fs.ErrNotExist)
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
			if err := o.Write("a.html", ClassArticle, []byte("a")); err != nil {
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
	refused := false
	full := func(e Event) error {
		if e.Op == OpWrite && !refused {
			refused = true
			return syscall.ENOSPC
		}
		return nil
	}
	o, err := Open(dir, Options{Fault: full})
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	err = o.Write("tin/d/index.html", ClassArticle, []byte("bài d"))
	if !errors.Is(err, syscall.ENOSPC) || !strings.HasPrefix(err.Error(), "write tin/d/index.html: ") {
		t.Errorf("the write says %v", err)
	}
	if _, err := o.Commit(context.Background()); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("the commit says %v", err)
	}
}

func TestAVolatileOutputIsTheSameAndWaitsForNoDisk(t *testing.T) {
	lasting, volatile := filepath.Join(t.TempDir(), "public"), filepath.Join(t.TempDir(), "public")
	syncs := func(n *int) func(Event) error {
		return func(e Event) error {
			if e.Op == OpFsync || e.Op == OpSync {
				*n++
			}
			return nil
		}
	}
	var waited, waitedVolatile int
	for _, s := range []site{{"a.html": "1", "b/list.html": "1"}, {"a.html": "2", "c.xml": "1"}} {
		mustBuild(t, lasting, s, Options{Fault: syncs(&waited)})
		mustBuild(t, volatile, s, Options{Volatile: true, Fault: syncs(&waitedVolatile)})
		if diff := cmp.Diff(tree(t, lasting), tree(t, volatile)); diff != "" {
			t.Error(diff)
		}
	}
	if waited == 0 || waitedVolatile != 0 {
		t.Errorf("waited %d times for the lasting output, %d for the volatile", waited, waitedVolatile)
	}
}

func TestNewFilesComeFirstThenChangedOnesThenDeletions(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	old := site{
		"style.css": "1", "tin/a/index.html": "1", "index.html": "1", "tin/list.html": "1", "rss.xml": "1", "tin/rss.xml": "1",
		"cu/anh.jpg": "1", "cu/a/index.html": "1", "cu/list.html": "1", "cu/rss.xml": "1",
	}
	want := site{
		"style.css": "2", "tin/a/index.html": "2", "index.html": "2", "tin/list.html": "2", "rss.xml": "2", "tin/rss.xml": "2",
		"tin/anh.jpg": "1", "tin/b/index.html": "1", "tin/trang/list.html": "1", "moi/rss.xml": "1",
	}
	mustBuild(t, dir, old, Options{})
	remove(t, dir, "tin/list.html") // somebody took away what pages lead to
	var order []string
	mustBuild(t, dir, want, Options{Fault: func(e Event) error {
		rel, _ := filepath.Rel(dir, e.Path)
		isFile := filepath.Ext(rel) != "" && !strings.HasPrefix(rel, reservedPrefix)
		if e.Done && isFile && (e.Op == OpRename || e.Op == OpRemove) {
			order = append(order, string(e.Op)+" "+filepath.ToSlash(rel))
		}
		return nil
	}})
	if diff := cmp.Diff([]string{
		"rename tin/anh.jpg", "rename tin/b/index.html", "rename tin/trang/list.html", "rename moi/rss.xml",
		"rename style.css", "rename tin/a/index.html", "rename index.html", "rename tin/list.html", "rename rss.xml", "rename tin/rss.xml",
		"remove cu/rss.xml", "remove cu/list.html", "remove cu/a/index.html", "remove cu/anh.jpg",
	}, order); diff != "" {
		t.Error(diff)
	}
}
