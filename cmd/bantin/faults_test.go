package main

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what check prints into testdata/faults.txtar")

// fault is one case of the archive: the files of a site, and what is told.
type fault struct {
	name  string
	files []txtar.File // with paths below the site's folder
	want  *txtar.File
}

func faults(t *testing.T, archive *txtar.Archive) (base fault, cases []*fault) {
	t.Helper()
	byName := map[string]*fault{}
	for i := range archive.Files {
		name, path, ok := strings.Cut(archive.Files[i].Name, "/")
		if !ok {
			t.Fatalf("%s is in no case", archive.Files[i].Name)
		}
		c := byName[name]
		if c == nil {
			c = &fault{name: name}
			byName[name] = c
			cases = append(cases, c)
		}
		if path == "want.txt" {
			c.want = &archive.Files[i]
		} else {
			c.files = append(c.files, txtar.File{Name: path, Data: archive.Files[i].Data})
		}
	}
	return *cases[0], cases[1:]
}

func (c fault) write(t *testing.T, dir string) {
	t.Helper()
	for _, f := range c.files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// command runs the program in this process.
func command(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs strings.Builder
	e := &env{stdout: &out, stderr: &errs, getenv: func(string) string { return "" }}
	code = run(t.Context(), e, args)
	return code, out.String(), errs.String()
}

func TestATiredEditorIsToldEachMistakeOnce(t *testing.T) {
	const name = "testdata/faults.txtar"
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	base, cases := faults(t, archive)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			base.write(t, dir)
			c.write(t, dir)
			if _, err := os.Stat(filepath.Join(dir, "SITE.YAML")); err == nil && strings.Contains(c.name, "differ-in-case") {
				t.Skip("this file system knows no case")
			}
			code, got, stderr := command(t, "check", "-s", dir, "--now", "8:00 15/3/2026")
			if stderr != "" {
				t.Errorf("on stderr: %s", stderr)
			}
			if *update {
				c.want.Data = []byte(got)
			}
			if diff := cmp.Diff(string(c.want.Data), got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			mistakes, slips := strings.Count(got, ": lỗi["), strings.Count(got, ": cảnh báo[")
			if mistakes+slips != 1 {
				t.Errorf("%d problems are told for one mistake:\n%s", mistakes+slips, got)
			}
			if wrong := code == exitContent; wrong != (mistakes > 0) {
				t.Errorf("exit code %d", code)
			}
		})
	}
	if *update {
		if err := os.WriteFile(name, txtar.Format(archive), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func TestASiteWithoutMistakesIsTold(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/faults.txtar")
	if err != nil {
		t.Fatal(err)
	}
	base, cases := faults(t, archive)
	if len(cases) < 100 {
		t.Errorf("the corpus has %d cases only", len(cases))
	}
	dir := t.TempDir()
	base.write(t, dir)
	code, stdout, stderr := command(t, "check", "-s", dir, "--strict")
	if want := "bantin: đã xem 1 bài: không có gì phải sửa\n"; code != exitFine || stdout != want || stderr != "" {
		t.Errorf("exit code %d, printed %q, %q", code, stdout, stderr)
	}
}

func TestTheProjectsOwnSiteHasNothingToMend(t *testing.T) {
	code, stdout, stderr := command(t, "check", "--strict", "-s", "../..", "--now", "2026-11-21")
	if code != exitFine || stderr != "" {
		t.Errorf("exit code %d\n%s%s", code, stdout, stderr)
	}
}
