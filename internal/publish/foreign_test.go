package publish

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// put makes a file below dir, with its folders, as somebody else would.
func put(t *testing.T, dir, path, text string) {
	t.Helper()
	name := filepath.Join(dir, path)
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func link(t *testing.T, dir, path, target string) {
	t.Helper()
	if err := os.Symlink(target, filepath.Join(dir, path)); err != nil {
		t.Skip("no symbolic links here:", err)
	}
}

func remove(t *testing.T, dir, path string) {
	t.Helper()
	if err := os.RemoveAll(filepath.Join(dir, path)); err != nil {
		t.Fatal(err)
	}
}

func TestWhatIsNotOursAndStandsInTheWayIsNamedAndNothingChanges(t *testing.T) {
	cases := map[string]struct {
		obstacle func(t *testing.T, dir, elsewhere string)
		planned  site
		want     string
	}{
		"a file": {
			func(t *testing.T, dir, _ string) { put(t, dir, "robots.txt", "của máy chủ") },
			site{"robots.txt": "mới"}, "robots.txt",
		},
		"a folder with a file": {
			func(t *testing.T, dir, _ string) { put(t, dir, "dem/so.txt", "7") },
			site{"dem": "tệp"}, "dem",
		},
		"a foreign file in a folder of ours": {
			func(t *testing.T, dir, _ string) { put(t, dir, "tin/a/ghi-chu.txt", "7") },
			site{"tin/a": "tệp"}, "tin/a/ghi-chu.txt",
		},
		"an empty folder": {
			func(t *testing.T, dir, _ string) { _ = os.Mkdir(filepath.Join(dir, "dem"), 0o777) },
			site{"dem": "tệp"}, "dem",
		},
		"a file where a folder is needed": {
			func(t *testing.T, dir, _ string) { put(t, dir, "dem", "7") },
			site{"dem/so/index.html": "trang"}, "dem",
		},
		"a link": {
			func(t *testing.T, dir, elsewhere string) { link(t, dir, "a.html", filepath.Join(elsewhere, "x")) },
			site{"a.html": "trang"}, "a.html",
		},
		"a link in place of our file": {
			func(t *testing.T, dir, elsewhere string) {
				remove(t, dir, "style.css")
				link(t, dir, "style.css", filepath.Join(elsewhere, "x"))
			},
			site{"style.css": "mới"}, "style.css",
		},
		"a folder's link": {
			func(t *testing.T, dir, elsewhere string) { link(t, dir, "dem", elsewhere) },
			site{"dem/x": "trang"}, "dem",
		},
		"a link in place of our folder": {
			func(t *testing.T, dir, elsewhere string) {
				remove(t, dir, "tin")
				link(t, dir, "tin", elsewhere)
			},
			site{"tin/a/index.html": "mới"}, "tin",
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			dir, elsewhere := filepath.Join(t.TempDir(), "public"), t.TempDir()
			put(t, elsewhere, "x", "không của ta")
			put(t, elsewhere, "a/index.html", "không của ta")
			mustBuild(t, dir, oldSite, Options{})
			c.obstacle(t, dir, elsewhere)
			stood, outside := tree(t, dir), tree(t, elsewhere)

			s := maps.Clone(oldSite)
			for path := range c.planned {
				if path == "tin/a" {
					delete(s, "tin/a/index.html")
				}
			}
			maps.Copy(s, c.planned)
			_, _, err := build(dir, s, Options{})
			var foreign *ForeignError
			if !errors.As(err, &foreign) || *foreign != (ForeignError{Path: c.want}) {
				t.Errorf("want a ForeignError for %s, got %v", c.want, err)
			}
			wantTree(t, dir, stood)
			wantTree(t, elsewhere, outside)
		})
	}
}

func TestWhatIsNotInTheManifestStays(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	put(t, dir, "google123.html", "xác minh")
	put(t, dir, "tin/c/ghi-chu.txt", "của quản trị")
	mustBuild(t, dir, site{"tin/c/index.html": "bài c", "index.html": "đầu"}, Options{})
	mustBuild(t, dir, site{"index.html": "đầu"}, Options{})
	wantTree(t, dir, site{
		"google123.html":    "xác minh",
		"tin/c/ghi-chu.txt": "của quản trị",
		"index.html":        "đầu",
	})
}

func TestADeletionFollowsNoLink(t *testing.T) {
	dir, elsewhere := filepath.Join(t.TempDir(), "public"), t.TempDir()
	mustBuild(t, dir, site{"tin/a.html": "a", "b.html": "b", "index.html": "đầu"}, Options{})
	put(t, elsewhere, "a.html", "không của ta")
	remove(t, dir, "tin")
	link(t, dir, "tin", elsewhere)
	remove(t, dir, "b.html")
	link(t, dir, "b.html", filepath.Join(elsewhere, "a.html"))
	mustBuild(t, dir, site{"index.html": "đầu"}, Options{})
	wantTree(t, elsewhere, site{"a.html": "không của ta"})
	wantTree(t, dir, site{
		"index.html": "đầu",
		"tin":        "-> " + elsewhere,
		"b.html":     "-> " + filepath.Join(elsewhere, "a.html"),
	})
}

func TestAFileThatIsAlreadyAsPlannedIsTakenOver(t *testing.T) {
	for name, old := range map[string]site{"first build": nil, "later build": {"a.html": "a"}} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			if old != nil {
				mustBuild(t, dir, old, Options{})
			}
			put(t, dir, "index.html", "đầu")
			planned := site{"index.html": "đầu"}
			maps.Copy(planned, old)
			result, _ := mustBuild(t, dir, planned, Options{})
			if diff := cmp.Diff(Result{Unchanged: len(planned)}, result); diff != "" {
				t.Error(diff)
			}
			planned["index.html"] = "đổi"
			mustBuild(t, dir, planned, Options{})
			wantTree(t, dir, planned)
		})
	}
}

func TestADamagedManifestProvesNothing(t *testing.T) {
	damages := map[string]func(data []byte) []byte{
		"cut":             func(data []byte) []byte { return data[:len(data)/2] },
		"empty":           func([]byte) []byte { return nil },
		"altered":         func(data []byte) []byte { data[len(data)/2] ^= 1; return data },
		"another version": func(data []byte) []byte { data[len("bantin-manifest ")] = '2'; return data },
	}
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			_, stamps := mustBuild(t, dir, oldSite, Options{})
			data, err := os.ReadFile(filepath.Join(dir, manifestName))
			if err != nil {
				t.Fatal(err)
			}
			put(t, dir, manifestName, string(damage(data)))

			_, _, err = build(dir, newSite, Options{Stamps: stamps})
			var foreign *ForeignError
			if !errors.As(err, &foreign) || !foreign.Damaged {
				t.Errorf("the files of a site without proof are replaced: %v", err)
			}
			wantTree(t, dir, oldSite)

			result, _ := mustBuild(t, dir, oldSite, Options{Stamps: stamps})
			if diff := cmp.Diff(Result{Unchanged: len(oldSite)}, result); diff != "" {
				t.Error(diff)
			}
			mustBuild(t, dir, newSite, Options{})
			wantTree(t, dir, newSite)
		})
	}
}
