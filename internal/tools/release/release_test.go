package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"bantin/internal/licenses"
	"bantin/internal/testsize"
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

// What the README says of the source alone, and a guide of a site's folder, is not in
// an archive.
func TestAnArchiveHoldsWhatItsGuidesLinkTo(t *testing.T) {
	files, err := guides(os.DirFS("../../.."))
	if err != nil {
		t.Fatal(err)
	}
	has := map[string]bool{}
	for _, f := range files {
		has[f.name] = true
	}
	if !has["LICENSE"] || !has["CHANGELOG.md"] || !has["SECURITY.md"] {
		t.Error("the licence, what has changed or how to tell of a weakness is missing")
	}
	link, found := regexp.MustCompile(`\]\(((?:docs/|images/|[a-z]+\.)[^)#:]*\.(?:md|png))`), 0
	for _, f := range files {
		if path.Ext(f.name) != ".md" || f.name == "CHANGELOG.md" {
			continue
		}
		for _, to := range link.FindAllSubmatch(f.data, -1) {
			found++
			if name := path.Join(path.Dir(f.name), string(to[1])); !has[name] {
				t.Errorf("%s links to %s", f.name, name)
			}
		}
	}
	if found < 30 {
		t.Errorf("only %d links were found", found)
	}
}

func TestEachSystemHasFilesWhereItLooksForThem(t *testing.T) {
	for name, want := range map[string][2]string{
		"LICENSE":                  {"/usr/share/doc/bantin/copyright", "/usr/share/licenses/bantin/LICENSE"},
		"THIRD-PARTY-LICENSES.txt": {"/usr/share/doc/bantin/THIRD-PARTY-LICENSES.txt", "/usr/share/licenses/bantin/THIRD-PARTY-LICENSES.txt"},
		"docs/install.md":          {"/usr/share/doc/bantin/docs/install.md", "/usr/share/doc/bantin/docs/install.md"},
		"man/vi/man1/bantin.1":     {"/usr/share/man/vi/man1/bantin.1.gz", "/usr/share/man/vi/man1/bantin.1.gz"},
		"completions/_bantin":      {"/usr/share/zsh/vendor-completions/_bantin", "/usr/share/zsh/site-functions/_bantin"},
		"completions/bantin.ps1":   {"", ""},
	} {
		if got := [2]string{debian.path(name), fedora.path(name)}; got != want {
			t.Errorf("%s is at %q", name, got)
		}
	}
}

// rpm removes a folder with the package only if that says that it is its own.
func TestAnRPMTakesItsFoldersWithIt(t *testing.T) {
	rpm := testsize.Program(t, "rpm")
	r := &release{version: "1.2.3", time: commit, shared: []file{
		{"LICENSE", []byte("a"), 0o644}, {"README.md", []byte("b"), 0o644}, {"docs/images/home.png", []byte("c"), 0o644},
		{"man/vi/man1/bantin.1", []byte("d"), 0o644}, {"completions/_bantin", []byte("e"), 0o644},
	}}
	data, err := r.rpm("amd64", []byte("program"))
	if err != nil {
		t.Fatal(err)
	}
	made := filepath.Join(t.TempDir(), "bantin.rpm")
	if err := os.WriteFile(made, data, 0o666); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(rpm, "-qp", "--nosignature", "--queryformat", "[%{FILEMODES:perms} %{FILENAMES}\n]", made).Output()
	if err != nil {
		t.Fatal(err)
	}
	var folders []string
	for line := range strings.Lines(string(out)) {
		if mode, name, _ := strings.Cut(strings.TrimSpace(line), " "); mode == "drwxr-xr-x" {
			folders = append(folders, name)
		}
	}
	want := []string{"/usr/share/doc/bantin", "/usr/share/doc/bantin/docs", "/usr/share/doc/bantin/docs/images", "/usr/share/licenses/bantin"}
	if !slices.Equal(folders, want) {
		t.Errorf("its folders are %q, not %q, of\n%s", folders, want, out)
	}
}

func TestChecksumsAreThoseOfTheFiles(t *testing.T) {
	got := string(checksums([]file{{"a", []byte("abc"), 0}, {"b", nil, 0}}))
	want := "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a\n" +
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  b\n"
	if got != want {
		t.Errorf("got %q", got)
	}
}

func TestEachWorkHasTheLicenceOfItsText(t *testing.T) {
	section := func(works, text string) string {
		return "\n" + strings.Repeat("=", 80) + "\n" + works + "\n" + strings.Repeat("-", 80) + "\n" + text + "\n"
	}
	mit := section("a v1\nb v2", "Permission is hereby granted, free of charge,\nto any person obtaining a copy")
	bsd := section("b v2", "Redistribution and use in source and binary forms …\nNeither the name of")
	notice := section("a v1", "This product includes …")
	got, err := licencesOfWorks("Works." + notice + mit + bsd)
	if err != nil || strings.Join(got["a v1"], " ") != "MIT" || strings.Join(got["b v2"], " ") != "BSD-3-Clause MIT" {
		t.Errorf("got %v, %v", got, err)
	}
	if got, err := licencesOfWorks("Works." + mit + section("c v3", "You may not.")); err == nil || !strings.Contains(err.Error(), "c v3") {
		t.Errorf("got %v, %v", got, err)
	}
	known, err := licencesOfWorks(licenses.ThirdParty)
	if err != nil {
		t.Fatal(err)
	}
	for work, want := range map[string]string{"github.com/fsnotify/": "BSD-3-Clause", "github.com/yuin/goldmark ": "MIT", "github.com/minio/minio-go/": "Apache-2.0", "Go's standard library": "BSD-3-Clause", "Be Vietnam Pro": "OFL-1.1"} {
		for name, ids := range known {
			if strings.HasPrefix(name, work) && strings.Join(ids, " ") != want {
				t.Errorf("%s is under %v", name, ids)
			}
		}
	}
}

// madeOnce is a release for one system, made from a clone of the last commit.
func madeOnce(t *testing.T, only string) (files map[string][]byte, folder string) {
	t.Helper()
	clone := filepath.Join(t.TempDir(), "source")
	if out, err := exec.Command("git", "clone", "--quiet", "../../..", clone).CombinedOutput(); err != nil {
		testsize.Need(t, fmt.Errorf("no clone of the repository can be made: %w\n%s", err, out))
	}
	folder = filepath.Join(t.TempDir(), "dist")
	if err := run(t.Context(), clone, folder, only); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	files = map[string][]byte{}
	for _, e := range entries {
		if files[e.Name()], err = os.ReadFile(filepath.Join(folder, e.Name())); err != nil {
			t.Fatal(err)
		}
	}
	return files, folder
}

// TestAReleaseIsTheSameWhereverItIsMade makes one twice, in two folders, and
// uses what it made.
func TestAReleaseIsTheSameWhereverItIsMade(t *testing.T) {
	testsize.SkipLong(t, "it compiles the program")
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		t.Skip("it runs what it makes for linux/amd64")
	}
	first, folder := madeOnce(t, "linux/amd64")
	// The machine's own settings are none of its business.
	t.Setenv("GOAMD64", "v3")
	t.Setenv("GOFLAGS", "-buildvcs=false -tags=other")
	t.Setenv("TZ", "America/Lima")
	again, _ := madeOnce(t, "linux/amd64")
	for name, data := range first {
		if !bytes.Equal(data, again[name]) {
			t.Errorf("%s differs", name)
		}
	}
	var names []string
	for name := range first {
		names = append(names, name)
	}
	slices.Sort(names)
	version := regexp.MustCompile(`bantin_(.+)_amd64\.deb`).FindStringSubmatch(strings.Join(names, " "))
	if version == nil {
		t.Fatalf("made %v", names)
	}
	want := strings.ReplaceAll("bantin_V_amd64.deb bantin_V_amd64.rpm bantin_V_linux_amd64.tar.gz bantin_V_sbom.cdx.json checksums.txt", "V", version[1])
	if got := strings.Join(names, " "); got != want || len(again) != len(first) {
		t.Errorf("made %s\nnot  %s", got, want)
	}
	if out, err := in(folder, "sha256sum", "--check", "--strict", "checksums.txt"); err != nil {
		t.Errorf("%v\n%s", err, out)
	}

	t.Run("deb", func(t *testing.T) {
		testsize.Program(t, "dpkg")
		root := t.TempDir()
		if err := os.MkdirAll(filepath.Join(root, "var/lib/dpkg/info"), 0o777); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"status", "available"} {
			if err := os.WriteFile(filepath.Join(root, "var/lib/dpkg", name), nil, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		// Nothing but the files is there: no maintainer script may need more.
		install := []string{"--root=" + root, "--force-not-root", "--force-script-chrootless", "--log=" + filepath.Join(root, "log"), "--install", "bantin_" + version[1] + "_amd64.deb"}
		if out, err := in(folder, "dpkg", install...); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		if out, err := in(folder, "dpkg", "--root="+root, "--verify", "bantin"); err != nil || out != "" {
			t.Errorf("what is installed is not what was packed: %v\n%s", err, out)
		}
		requireInstalled(t, root, debian)
		requireRuns(t, filepath.Join(root, "usr/bin/bantin"), version[1])
		if out, err := in(folder, "dpkg", "--root="+root, "--force-not-root", "--force-script-chrootless", "--log="+filepath.Join(root, "log"), "--purge", "bantin"); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
		if _, err := os.Stat(filepath.Join(root, "usr/bin/bantin")); err == nil {
			t.Error("it stays when it is removed")
		}
	})
	t.Run("rpm", func(t *testing.T) {
		testsize.Program(t, "rpm")
		root := t.TempDir()
		name := "bantin_" + version[1] + "_amd64.rpm"
		if out, err := in(folder, "rpm", "--dbpath="+filepath.Join(root, "db"), "-Kv", name); err != nil || strings.Contains(out, "BAD") {
			t.Errorf("%v\n%s", err, out)
		}
		if out, err := in(folder, "rpm", "-qp", "--queryformat", "%{NAME} %{VERSION} %{ARCH} %{LICENSE} %{BUILDHOST}", name); err != nil || out != "bantin "+version[1]+" x86_64 Apache-2.0 localhost" {
			t.Errorf("it is %q, %v", out, err)
		}
		// Relocated rather than in a root of its own, for which one must be root.
		if out, err := in(folder, "sh", "-c", `rpm2cpio "$1" | (cd "$2" && cpio -idm --quiet --no-absolute-filenames)`, "-", name, root); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		requireInstalled(t, root, fedora)
		requireRuns(t, filepath.Join(root, "usr/bin/bantin"), version[1])
	})
	t.Run("archive", func(t *testing.T) {
		root := t.TempDir()
		if out, err := in(folder, "tar", "-xzf", "bantin_"+version[1]+"_linux_amd64.tar.gz", "-C", root); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		requireRuns(t, filepath.Join(root, "bantin_"+version[1]+"_linux_amd64", "bantin"), version[1])
	})
	t.Run("list of contents", func(t *testing.T) {
		requireBOM(t, first["bantin_"+version[1]+"_sbom.cdx.json"])
	})
}

// in runs a program in a folder and returns all that it prints.
func in(folder, name string, args ...string) (string, error) {
	c := exec.Command(name, args...)
	c.Dir = folder
	c.Env = append(os.Environ(), "LC_ALL=C")
	out, err := c.CombinedOutput()
	return string(out), err
}

// requireInstalled fails unless all that a package brings is in its place, and
// can be read by whom it is for.
func requireInstalled(t *testing.T, root string, d distribution) {
	t.Helper()
	for _, name := range []string{"LICENSE", "THIRD-PARTY-LICENSES.txt", "README.md", "docs/install.md", "man/man1/bantin.1", "man/vi/man1/bantin-build.1", "completions/bantin.bash", "completions/_bantin", "completions/bantin.fish"} {
		path := d.path(name)
		if info, err := os.Stat(filepath.Join(root, filepath.FromSlash(path))); err != nil {
			t.Error(err)
		} else if info.Mode().Perm() != 0o644 || info.Size() == 0 {
			t.Errorf("%s: mode %v, %d bytes", path, info.Mode(), info.Size())
		}
	}
	if _, err := exec.LookPath("mandoc"); err == nil {
		if out, err := in(root, "sh", "-c", "gzip -dc usr/share/man/vi/man1/bantin-build.1.gz | mandoc -K utf-8 -T utf8"); err != nil || !strings.Contains(out, "bantin build") {
			t.Errorf("the manual is not read: %v\n%s", err, out)
		}
	}
	shells := map[string]string{"bash": "/usr/share/bash-completion/completions/bantin", "zsh": d.zsh + "_bantin", "fish": "/usr/share/fish/vendor_completions.d/bantin.fish"}
	for shell, path := range shells {
		if _, err := exec.LookPath(shell); err != nil {
			continue
		}
		if out, err := in(root, shell, "-n", "."+path); err != nil {
			t.Errorf("%s does not read its completions: %v\n%s", shell, err, out)
		}
	}
}

// requireRuns fails unless a program runs, without anything around it, and says
// of which commit it is.
func requireRuns(t *testing.T, program, version string) {
	t.Helper()
	c := exec.Command(program, "version")
	c.Env = []string{}
	out, err := c.CombinedOutput()
	commit, _ := in("../../..", "git", "rev-parse", "--short=12", "HEAD")
	if err != nil || !strings.HasPrefix(string(out), "bantin "+version+" ("+strings.TrimSpace(commit)+", ") || bytes.Contains(out, []byte("+")) {
		t.Errorf("it says %q, %v", out, err)
	}
}

// requireBOM fails unless a list of contents is one to CycloneDX's schema, and
// names the parts that are surely in the program.
func requireBOM(t *testing.T, data []byte) {
	t.Helper()
	module, err := in(".", "go", "list", "-m", "-f", "{{.Dir}}", "github.com/CycloneDX/cyclonedx-go")
	if err != nil {
		t.Fatalf("%v\n%s", err, module)
	}
	c := jsonschema.NewCompiler()
	for url, name := range map[string]string{"bom-1.6.schema.json": "bom-1.6.schema.json", "spdx.schema.json": "spdx.schema.json", "jsf-0.82.schema.json": "jsf-0.82.schemax.json"} {
		f, err := os.Open(filepath.Join(strings.TrimSpace(module), "schema", name))
		if err != nil {
			t.Fatal(err)
		}
		schema, err := jsonschema.UnmarshalJSON(f)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.AddResource("http://cyclonedx.org/schema/"+url, schema); err != nil {
			t.Fatal(err)
		}
	}
	schema, err := c.Compile("http://cyclonedx.org/schema/bom-1.6.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(value); err != nil {
		t.Errorf("%v", err)
	}
	for _, part := range []string{"pkg:golang/std@1.", "pkg:golang/github.com/yuin/goldmark@v", "pkg:npm/%40codemirror/view@", "pkg:npm/%40fontsource/be-vietnam-pro@"} {
		if !bytes.Contains(data, []byte(`"purl": "`+part)) {
			t.Errorf("%s is not in it", part)
		}
	}
}

func TestAReleaseIsMadeWholeOrNotAtAll(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "dist")
	if err := write(folder, []file{{"a", nil, 0o666}, {"b/c", nil, 0o666}}); err == nil {
		t.Error("a file in no folder was written")
	}
	if _, err := os.Stat(folder); err == nil {
		t.Error("a half release stays")
	}
	if err := os.Mkdir(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := run(t.Context(), "../../..", folder, ""); err == nil {
		t.Error("what is there was written over")
	}
	// A program of a tree with changes would name a commit that it is not of.
	work := t.TempDir()
	for _, args := range [][]string{{"init", "--quiet"}, {"-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "--quiet", "--allow-empty", "-m", "x"}} {
		if out, err := in(work, "git", args...); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	if err := os.WriteFile(filepath.Join(work, "x"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := run(t.Context(), work, folder+"2", ""); err == nil || !strings.Contains(err.Error(), "in no commit") {
		t.Errorf("a tree with changes gave %v", err)
	}
}
