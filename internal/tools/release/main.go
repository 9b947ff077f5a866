// Release makes all that a version of the program is published as, from the
// commit that is checked out:
//
//	go run ./internal/tools/release [-o FOLDER] [-only SYSTEM/ARCHITECTURE]
//
// For each system an archive with the program, its licences, the manual pages
// and the completions of shells; for Linux a .deb and an .rpm too; a list of
// what is inside (CycloneDX); and checksums.txt. Two runs over one commit, with
// one version of Go, give the same bytes on whatever machine they are made:
// times are those of the commit, and neither a path nor a setting of the machine
// is in them. It writes all of it or nothing.
package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"bantin/internal/licenses"
)

// target is a system that the program is made for, as Go names it.
type target struct{ system, architecture string }

func (t target) String() string { return t.system + "/" + t.architecture }

var targets = []target{
	{"linux", "amd64"}, {"linux", "arm64"},
	{"darwin", "amd64"}, {"darwin", "arm64"},
	{"windows", "amd64"}, {"windows", "arm64"},
}

// release is one run.
type release struct {
	root    string
	version string
	time    time.Time // of the commit
	shared  []file    // what every archive holds beside the program
	made    []file    // what is published
}

// file is one file of an archive or a package, or one that is published.
type file struct {
	name string // with slashes, below the archive's folder
	data []byte
	mode os.FileMode
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	out := flag.String("o", "dist", "the `FOLDER` to write, which must not be there yet")
	only := flag.String("only", "", "make this `SYSTEM/ARCHITECTURE` alone, such as linux/amd64")
	flag.Parse()
	if err := run(ctx, ".", *out, *only); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, root, out, only string) error {
	if _, err := os.Lstat(out); err == nil {
		return fmt.Errorf("%s is there already", out)
	}
	r := &release{root: root}
	changed, err := r.output(ctx, "git", "status", "--porcelain")
	if err != nil {
		return err
	}
	if changed != "" { // the program would say that it is of no commit
		return fmt.Errorf("these files are in no commit:\n%s", changed)
	}
	work, err := os.MkdirTemp("", "bantin-release-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)

	here, host := filepath.Join(work, "bantin-here"), target{runtime.GOOS, runtime.GOARCH}
	if err := r.compile(ctx, host, here); err != nil {
		return err
	}
	if err := r.describe(ctx, here); err != nil {
		return err
	}
	var programs []string
	for _, t := range targets {
		if only != "" && only != t.String() {
			continue
		}
		fmt.Fprintln(os.Stderr, t)
		program := here
		if t != host {
			program = filepath.Join(work, t.system+"-"+t.architecture)
			if err := r.compile(ctx, t, program); err != nil {
				return err
			}
		}
		if err := r.pack(t, program); err != nil {
			return err
		}
		programs = append(programs, program)
	}
	if len(programs) == 0 {
		return fmt.Errorf("%s is none of %v", only, targets)
	}
	if err := r.listContents(programs); err != nil {
		return err
	}
	r.add("checksums.txt", checksums(r.made))
	return write(out, r.made)
}

// add publishes a file.
func (r *release) add(name string, data []byte) {
	r.made = append(r.made, file{name, data, 0o666})
}

// write makes a folder with files, or nothing.
func write(folder string, files []file) error {
	if err := os.Mkdir(folder, 0o777); err != nil {
		return err
	}
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(folder, f.name), f.data, f.mode); err != nil {
			return errors.Join(err, os.RemoveAll(folder))
		}
	}
	return nil
}

// fixed are the settings of Go that decide about a program's bytes. An empty
// one would leave what "go env -w" has set.
var fixed = []string{"CGO_ENABLED=0", "GOFLAGS=-trimpath", "GOAMD64=v1", "GOARM64=v8.0", "GOEXPERIMENT=", "GOFIPS140=off", "GOWORK=off"}

// compile makes the program for a target. No C is in it, and nothing of the
// machine it is made on.
func (r *release) compile(ctx context.Context, t target, program string) error {
	c := exec.CommandContext(ctx, "go", "build", "-buildvcs=true", "-ldflags=-s -w", "-o", program, "./cmd/bantin")
	c.Dir = r.root
	c.Env = append(append(os.Environ(), fixed...), "GOOS="+t.system, "GOARCH="+t.architecture)
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("go build for %s: %w\n%s", t, err, out)
	}
	return nil
}

// describe asks the program for its version and all that it tells of itself,
// and git for the time.
func (r *release) describe(ctx context.Context, program string) error {
	seconds, err := r.output(ctx, "git", "log", "-1", "--format=%ct")
	if err != nil {
		return err
	}
	unix, err := strconv.ParseInt(strings.TrimSpace(seconds), 10, 64)
	if err != nil {
		return err
	}
	r.time = time.Unix(unix, 0).UTC()
	line, err := r.output(ctx, program, "version")
	if err != nil {
		return err
	}
	words := strings.Fields(line)
	if len(words) < 2 {
		return fmt.Errorf("the program says that its version is %q", line)
	}
	r.version = words[1]

	third, err := r.output(ctx, program, "version", "--licenses")
	if err != nil {
		return err
	}
	if third != licenses.ThirdParty {
		return errors.New("the program has other licences than this tool: run that of the same commit")
	}
	r.shared = []file{{"THIRD-PARTY-LICENSES.txt", []byte(third), 0o644}}
	written, err := guides(os.DirFS(r.root))
	if err != nil {
		return err
	}
	r.shared = append(r.shared, written...)
	told, err := documentation(func(args ...string) (string, error) { return r.output(ctx, program, args...) })
	if err != nil {
		return err
	}
	r.shared = append(r.shared, told...)
	return nil
}

// checksums returns checksums.txt, as sha256sum -c reads it.
func checksums(files []file) []byte {
	var b strings.Builder
	for _, f := range files {
		sum := sha256.Sum256(f.data)
		fmt.Fprintf(&b, "%s  %s\n", hex.EncodeToString(sum[:]), f.name)
	}
	return []byte(b.String())
}

// output returns what a program prints that is run in the repository.
func (r *release) output(ctx context.Context, name string, args ...string) (string, error) {
	c := exec.CommandContext(ctx, name, args...)
	c.Dir = r.root
	out, err := c.Output()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w", name, strings.Join(args, " "), err)
	}
	return string(out), nil
}
