package publish

import (
	"errors"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"bantin/internal/foldfs"
	"bantin/internal/testsize"
)

// recased has two sites after one another, of which the second spells paths of
// the first otherwise.
var recased = map[string][2]site{
	"a file":                      {{"tin/Anh.jpg": "một"}, {"tin/anh.jpg": "hai"}},
	"a file with the same bytes":  {{"tin/Anh.jpg": "một"}, {"tin/anh.jpg": "một"}},
	"a folder":                    {{"Tin/a.html": "một", "Tin/b.html": "hai"}, {"tin/a.html": "một", "tin/b.html": "khác"}},
	"folders and a file":          {{"Tin/Le/Anh.jpg": "một"}, {"tin/le/anh.jpg": "một", "tin/le/moi.jpg": "hai"}},
	"a letter with an accent":     {{"tin/Ảnh.jpg": "một"}, {"tin/ảnh.jpg": "hai"}},
	"a folder that is left":       {{"Tin/a.html": "một"}, {"tin/b.html": "hai"}},
	"a file that is now a folder": {{"Tin": "một"}, {"tin/a.html": "hai"}},
	"a folder that is now a file": {{"Tin/Le/a.html": "một", "Tin/b.html": "hai"}, {"tin": "ba"}},
	"two that change places":      {{"A.txt": "một", "b.txt": "hai"}, {"a.txt": "hai", "B.txt": "một"}},
}

// composed is a tree whose names are spelled as they were planned, on systems
// that take them apart.
func composed(s site) site {
	list := site{}
	for path, text := range s {
		list[norm.NFC.String(path)] = text
	}
	return list
}

func TestNoFileIsLostWhereTwoSpellingsAreOne(t *testing.T) {
	for _, system := range testsize.Some(foldfs.Systems, 4) {
		t.Run(system.Name, func(t *testing.T) {
			disk := foldfs.Mount(t, system)
			for name, c := range recased {
				t.Run(name, func(t *testing.T) {
					dir := filepath.Join(disk, t.Name())
					_, stamps := mustBuild(t, dir, c[0], Options{})
					mustBuild(t, dir, c[1], Options{Stamps: stamps})
					if diff := cmp.Diff(c[1], composed(tree(t, dir))); diff != "" {
						t.Errorf("the output (-want +got):\n%s", diff)
					}
					if result, _ := mustBuild(t, dir, c[1], Options{}); len(result.Written)+len(result.Deleted) > 0 {
						t.Errorf("the next build writes %q and deletes %q", result.Written, result.Deleted)
					}
				})
			}
			t.Run("what is foreign stays", func(t *testing.T) {
				dir := filepath.Join(disk, t.Name())
				mustBuild(t, dir, site{"a.html": "một"}, Options{})
				put(t, dir, "Cua-Toi.txt", "của người khác")
				_, _, err := build(dir, site{"a.html": "một", "cua-toi.txt": "hai"}, Options{})
				if foreign, ok := errors.AsType[*ForeignError](err); !ok || foreign.Path != "cua-toi.txt" {
					t.Errorf("got %v", err)
				}
				want := site{"a.html": "một", "Cua-Toi.txt": "của người khác"}
				if diff := cmp.Diff(want, composed(tree(t, dir))); diff != "" {
					t.Errorf("the output (-want +got):\n%s", diff)
				}
			})
		})
	}
}

func TestABuildThatIsKilledAmidAChangeOfSpellingIsFinished(t *testing.T) {
	testsize.SkipShort(t, "one goroutine does it all")
	disk := foldfs.Mount(t, foldfs.ExFAT)
	old, new := site{"index.html": "cũ"}, site{"index.html": "mới"}
	for _, name := range []string{"folders and a file", "a file that is now a folder", "a folder that is now a file"} {
		for path, text := range recased[name][0] {
			old[name+"/"+path] = text
		}
		for path, text := range recased[name][1] {
			new[name+"/"+path] = text
		}
	}
	step := testsize.Rounds(12, 3) // each event would take half a minute
	for stopAt := 0; ; stopAt += step {
		dir := filepath.Join(disk, strconv.Itoa(stopAt))
		mustBuild(t, dir, old, Options{Volatile: true})
		_, _, err := build(dir, new, Options{Volatile: true, Fault: newPower(stopAt).fault})
		mustBuild(t, dir, new, Options{Volatile: true})
		if diff := cmp.Diff(new, composed(tree(t, dir))); diff != "" {
			t.Fatalf("stopped at event %d (-want +got):\n%s", stopAt, diff)
		}
		if err == nil {
			break
		}
	}
}

func TestAFileGivesWayToAFolderThatIsDeep(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	mustBuild(t, dir, site{"tin": "một"}, Options{})
	mustBuild(t, dir, site{"tin/le/ky/a.html": "hai"}, Options{})
	wantTree(t, dir, site{"tin/le/ky/a.html": "hai"})
	mustBuild(t, dir, site{"tin": "một"}, Options{})
	wantTree(t, dir, site{"tin": "một"})
}
