package testsize

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestNoTestDecidesAloneWhatShortLeavesOut(t *testing.T) {
	read := 0
	for _, top := range []string{"../../cmd", ".."} {
		err := fs.WalkDir(os.DirFS(top), ".", func(name string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.Name() == "node_modules":
				return fs.SkipDir
			case !strings.HasSuffix(name, "_test.go") || d.IsDir():
				return nil
			}
			src, err := os.ReadFile(filepath.Join(top, name))
			if read++; bytes.Contains(src, []byte("testing.Short()")) && !strings.HasPrefix(name, "testsize/") {
				t.Errorf("%s asks for -short by itself", name)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
	if read < 200 {
		t.Errorf("%d files were read", read)
	}
}

func TestSomeCasesAreAllOfThemInCI(t *testing.T) {
	cases := []string{"a", "b", "c", "d"}
	for ci, want := range map[string]int{"true": 4, "": 2} {
		t.Setenv("CI", ci)
		if testing.Short() {
			want = 2
		}
		if got := Some(cases, 3); len(got) != want || got[0] != "a" || got[len(got)-1] != "d" {
			t.Errorf("%v", got)
		}
		if got := Rounds(2, 4); got != want {
			t.Errorf("%d rounds, want %d", got, want)
		}
	}
}
