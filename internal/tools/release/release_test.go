package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var commit = time.Date(2026, 3, 11, 12, 2, 0, 0, time.UTC)

func TestAnArchiveIsAFunctionOfItsFilesAndTheTimeOfTheCommit(t *testing.T) {
	files := []file{{"bantin", bytes.Repeat([]byte("program"), 1000), 0o755}, {"man/man1/bantin.1", []byte("page"), 0o644}}
	for name, write := range map[string]func(string, []file, time.Time) ([]byte, error){"tar": tarGz, "zip": zipped} {
		first, err := write("bantin_1", files, commit)
		if err != nil {
			t.Fatal(err)
		}
		again, _ := write("bantin_1", files, commit)
		if !bytes.Equal(first, again) {
			t.Errorf("%s: two runs differ", name)
		}
		later, _ := write("bantin_1", files, commit.Add(time.Hour))
		if bytes.Equal(first, later) {
			t.Errorf("%s: the time of the commit is not in it", name)
		}
	}
}

func TestAnArchiveHoldsItsFilesInOneFolder(t *testing.T) {
	files := []file{{"bantin", []byte("program"), 0o755}, {"LICENSE", []byte("text"), 0o644}}
	packed, err := tarGz("bantin_1", files, commit)
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		data, _ := io.ReadAll(r)
		got = append(got, fmt.Sprintf("%s %o %s", h.Name, h.Mode, data))
		if h.Uid != 0 || h.Uname != "" || !h.ModTime.Equal(commit) {
			t.Errorf("%s is of %d %q at %v", h.Name, h.Uid, h.Uname, h.ModTime)
		}
	}
	if strings.Join(got, "\n") != "bantin_1/bantin 755 program\nbantin_1/LICENSE 644 text" {
		t.Errorf("got %q", got)
	}

	packed, err = zipped("bantin_1", files, commit)
	if err != nil {
		t.Fatal(err)
	}
	r, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		t.Fatal(err)
	}
	if len(r.File) != 2 || r.File[0].Name != "bantin_1/bantin" || r.File[0].Mode().Perm() != 0o755 {
		t.Errorf("the zip holds %v", r.File)
	}
}

func TestAllThatTheProgramTellsOfItselfIsPacked(t *testing.T) {
	ask := func(args ...string) (string, error) {
		switch strings.Join(args, " ") {
		case "man --lang en":
			return ".SH \"SEE ALSO\"\n.BR bantin\\-build (1),\n.BR bantin\\-completion (1)\n", nil
		case "man --lang en completion":
			return ".BR bantin (1),\n.BR bantin\\-completion\\-bash (1)\n", nil
		}
		return "of " + strings.Join(args, " "), nil
	}
	files, err := documentation(ask)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		names = append(names, f.name)
	}
	want := "man/man1/bantin.1 man/man1/bantin-build.1 man/man1/bantin-completion.1 man/man1/bantin-completion-bash.1 man/vi/man1/bantin.1 " +
		"completions/bantin.bash completions/_bantin completions/bantin.fish completions/bantin.ps1"
	if got := strings.Join(names, " "); got != want {
		t.Errorf("packed %s\nnot    %s", got, want)
	}
}

func TestAPackagePutsFilesWhereLinuxHasThem(t *testing.T) {
	r := &release{version: "1.2.3", time: commit, shared: []file{
		{"LICENSE", []byte("text"), 0o644}, {"README.md", nil, 0o644}, {"man/vi/man1/bantin.1", []byte("page"), 0o644},
		{"completions/_bantin", nil, 0o644}, {"completions/bantin.ps1", nil, 0o644},
	}}
	work := t.TempDir()
	settings, err := r.packageConfig(target{"linux", "arm64"}, "/x/bantin", work)
	if err != nil {
		t.Fatal(err)
	}
	var read struct {
		Arch, Version string
		Contents      []struct{ Src, Dst string }
	}
	if err := json.Unmarshal(settings, &read); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range read.Contents {
		got = append(got, c.Dst)
	}
	want := "/usr/bin/bantin /usr/share/doc/bantin/copyright /usr/share/doc/bantin/README.md /usr/share/man/vi/man1/bantin.1.gz /usr/share/zsh/vendor-completions/_bantin"
	if strings.Join(got, " ") != want || read.Arch != "arm64" || read.Version != "1.2.3" {
		t.Errorf("got %s for %s %s", got, read.Arch, read.Version)
	}
	data, err := os.ReadFile(read.Contents[3].Src)
	if err != nil {
		t.Fatal(err)
	}
	if z, err := gzip.NewReader(bytes.NewReader(data)); err != nil {
		t.Error(err)
	} else if page, _ := io.ReadAll(z); string(page) != "page" || !z.ModTime.IsZero() {
		t.Errorf("the manual page is %q of %v", page, z.ModTime)
	}
}

func TestChecksumsAreThoseOfTheFiles(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"b": "", "a": "abc"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := writeChecksums(dir); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(dir, "checksums.txt"))
	want := "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a\n" +
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  b\n"
	if err != nil || string(got) != want {
		t.Errorf("got %q, %v", got, err)
	}
}
