package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"bantin/internal/testsize"
)

var update = flag.Bool("update", false, "write what check prints into testdata/faults/*.txtar")

// fault is one case of the corpus of faults: the files of a site, and what is
// told in each language.
type fault struct {
	name  string
	files []txtar.File // with paths below the site's folder
	want  map[string]string
}

// wants gives the file of a case that holds what is told in a language.
var wants = map[string]string{"vi": "want.txt", "en": "want.en.txt"}

// faultFiles returns the files of the corpus of faults but that of the base.
func faultFiles(t *testing.T) []string {
	t.Helper()
	names, err := filepath.Glob("testdata/faults/*.txtar")
	if err != nil || len(names) < 2 {
		t.Fatalf("there are %d files of faults: %v", len(names), err)
	}
	return slices.DeleteFunc(names, func(name string) bool { return filepath.Base(name) == "base.txtar" })
}

// faultBase returns the site without a mistake that all cases add to.
func faultBase(t *testing.T) *fault {
	t.Helper()
	_, cases := readFaults(t, "testdata/faults/base.txtar")
	return cases[0]
}

// readFaults returns the cases of a file of the corpus, in their order, and
// the comment above them.
func readFaults(t *testing.T, name string) (comment []byte, cases []*fault) {
	t.Helper()
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]*fault{}
	for _, f := range archive.Files {
		name, path, ok := strings.Cut(f.Name, "/")
		if !ok {
			t.Fatalf("%s is in no case", f.Name)
		}
		c := byName[name]
		if c == nil {
			c = &fault{name: name, want: map[string]string{}}
			byName[name] = c
			cases = append(cases, c)
		}
		switch path {
		case wants["vi"]:
			c.want["vi"] = string(f.Data)
		case wants["en"]:
			c.want["en"] = string(f.Data)
		default:
			c.files = append(c.files, txtar.File{Name: path, Data: f.Data})
		}
	}
	return archive.Comment, cases
}

// writeFaults is the reverse of readFaults.
func writeFaults(t *testing.T, name string, comment []byte, cases []*fault) {
	t.Helper()
	archive := txtar.Archive{Comment: comment}
	for _, c := range cases {
		for _, f := range c.files {
			archive.Files = append(archive.Files, txtar.File{Name: c.name + "/" + f.Name, Data: f.Data})
		}
		for _, lang := range []string{"vi", "en"} {
			archive.Files = append(archive.Files, txtar.File{Name: c.name + "/" + wants[lang], Data: []byte(c.want[lang])})
		}
	}
	if err := os.WriteFile(name, txtar.Format(&archive), 0o666); err != nil {
		t.Fatal(err)
	}
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

// checkFault returns what bantin check says of the site in dir.
func checkFault(t *testing.T, dir, lang string) (code int, told string) {
	t.Helper()
	code, told, stderr := command(t, "check", "-s", dir, "--now", "8:00 15/3/2026", "--lang", lang)
	if stderr != "" {
		t.Errorf("on stderr: %s", stderr)
	}
	return code, told
}

func TestATiredEditorIsToldEachMistakeOnce(t *testing.T) {
	testsize.SkipShort(t, "each case is two checks of a small site")
	base := faultBase(t)
	for _, name := range faultFiles(t) {
		comment, cases := readFaults(t, name)
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				if hasCRLF := func(f txtar.File) bool { return bytes.Contains(f.Data, []byte("\r\n")) }; strings.HasSuffix(c.name, "-windows") && !slices.ContainsFunc(c.files, hasCRLF) {
					t.Error("no line ends as on Windows: the ends were lost when the case was edited")
				}
				dir := t.TempDir()
				base.write(t, dir)
				c.write(t, dir)
				if _, err := os.Stat(filepath.Join(dir, "SITE.YAML")); err == nil && strings.Contains(c.name, "differ-in-case") {
					t.Skip("this file system knows no case")
				}
				for lang := range wants {
					code, got := checkFault(t, dir, lang)
					if *update {
						c.want[lang] = got
					}
					if diff := cmp.Diff(c.want[lang], got); diff != "" {
						t.Errorf("in %s (-want +got)\n%s", lang, diff)
					}
					mistakes := strings.Count(got, ": lỗi[") + strings.Count(got, ": error[")
					slips := strings.Count(got, ": cảnh báo[") + strings.Count(got, ": warning[")
					if mistakes+slips != 1 {
						t.Errorf("%d problems are told for one mistake:\n%s", mistakes+slips, got)
					}
					if wrong := code == exitContent; wrong != (mistakes > 0) {
						t.Errorf("exit code %d", code)
					}
				}
			})
		}
		if *update {
			writeFaults(t, name, comment, cases)
		}
	}
}

func TestASiteWithoutMistakesIsTold(t *testing.T) {
	dir := t.TempDir()
	faultBase(t).write(t, dir)
	code, stdout, stderr := command(t, "check", "-s", dir, "--strict")
	if want := "bantin: đã xem 1 bài: không có gì phải sửa\n"; code != exitFine || stdout != want || stderr != "" {
		t.Errorf("exit code %d, printed %q, %q", code, stdout, stderr)
	}
}

func TestTheNamesOfFaultsDiffer(t *testing.T) {
	fileOf := map[string]string{}
	for _, name := range faultFiles(t) {
		_, cases := readFaults(t, name)
		for _, c := range cases {
			if other := fileOf[c.name]; other != "" {
				t.Errorf("%s and %s have a case %s", other, name, c.name)
			}
			fileOf[c.name] = name
		}
	}
	if len(fileOf) < 100 {
		t.Errorf("the corpus has %d cases only", len(fileOf))
	}
}

func TestTheProjectsOwnSiteHasNothingToMend(t *testing.T) {
	code, stdout, stderr := command(t, "check", "--strict", "-s", "../..", "--now", "2026-11-21")
	if code != exitFine || stderr != "" {
		t.Errorf("exit code %d\n%s%s", code, stdout, stderr)
	}
}
