package publish

import (
	"context"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
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
