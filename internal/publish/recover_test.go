package publish

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

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

// interruptedCommit leaves a commit of newSite over oldSite with its journal
// written and nothing renamed.
func interruptedCommit(t *testing.T, dir string) {
	t.Helper()
	mustBuild(t, dir, oldSite, Options{})
	gone := false
	_, _, err := build(dir, newSite, Options{Fault: func(e Event) error {
		if gone = gone || e.Op == OpRename; gone {
			return errPower
		}
		return nil
	}})
	if !errors.Is(err, errPower) {
		t.Fatal(err)
	}
}

func TestARecoveryReplacesNothingForeign(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	interruptedCommit(t, dir)
	put(t, dir, "tin/d/index.html", "của ai đó")
	for range 2 {
		_, _, err := build(dir, newSite, Options{})
		var foreign *ForeignError
		if !errors.As(err, &foreign) || foreign.Path != "tin/d/index.html" {
			t.Fatalf("want a ForeignError, got %v", err)
		}
	}
	remove(t, dir, "tin/d/index.html")
	o, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	wantTree(t, dir, newSite)
}

func TestAStageWhoseJournalCannotBeReadIsLeft(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	mustBuild(t, dir, oldSite, Options{})
	put(t, dir, stagingName+"/1", "chờ")
	if err := os.Mkdir(filepath.Join(dir, journalName), 0o777); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir, Options{}); err == nil {
		t.Fatal("a journal that is a folder is read")
	}
	if !isThere(filepath.Join(dir, stagingName, "1")) {
		t.Error("the staging folder is gone")
	}
}
