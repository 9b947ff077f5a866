package publish

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestVerifyNamesEveryDifferenceAndChangesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	mustBuild(t, dir, oldSite, Options{})
	remove(t, dir, "tin/b/index.html")
	put(t, dir, "style.css", "BODY{}") // of the same size
	stood := tree(t, dir)
	planned := site{
		"style.css": "body{}", "tin/list.html": oldSite["tin/list.html"], "tin/rss.xml": "mới",
		"tin/a/index.html": "bài a", "tin/b/index.html": "bài b", "tin/d/index.html": "bài d",
	}
	_, _, err := build(dir, planned, Options{Verify: true})
	var diff *DifferenceError
	if !errors.As(err, &diff) {
		t.Fatalf("want a DifferenceError, got %v", err)
	}
	want := &DifferenceError{
		Missing: []string{"tin/b/index.html", "tin/d/index.html"},
		Altered: []string{manifestName, "style.css", "tin/rss.xml"},
		Surplus: []string{"cu/c/index.html", "cu/list.html"},
	}
	if diff := cmp.Diff(want, diff); diff != "" {
		t.Error(diff)
	}
	wantTree(t, dir, stood)
}

func TestVerifyIsContentWithWhatABuildWrote(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	_, stamps := mustBuild(t, dir, oldSite, Options{})
	held := snapshot(t, dir)
	result, _ := mustBuild(t, dir, oldSite, Options{Verify: true, Stamps: stamps})
	if diff := cmp.Diff(Result{Unchanged: len(oldSite)}, result); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(held, snapshot(t, dir)); diff != "" {
		t.Errorf("verifying left a trace:\n%s", diff)
	}
}

func TestVerifyMakesNoFolder(t *testing.T) {
	parent := t.TempDir()
	_, _, err := build(filepath.Join(parent, "public"), site{"a.html": "a"}, Options{Verify: true})
	var diff *DifferenceError
	if !errors.As(err, &diff) || len(diff.Missing) != 2 {
		t.Errorf("want two missing files, got %v", err)
	}
	if entries, _ := os.ReadDir(parent); len(entries) != 0 {
		t.Errorf("verifying made %v", entries)
	}
}

func TestVerifyReportsAnInterruptedBuild(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	mustBuild(t, dir, oldSite, Options{})
	put(t, dir, journalName, "dở dang")
	_, _, err := build(dir, oldSite, Options{Verify: true})
	var diff *DifferenceError
	if !errors.As(err, &diff) || !cmp.Equal(diff, &DifferenceError{Surplus: []string{journalName}}) {
		t.Errorf("got %v", err)
	}
}
