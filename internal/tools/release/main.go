// Release makes all that a version of the program is published as, from the
// commit that is checked out:
//
//	go run ./internal/tools/release [-o FOLDER] [-only SYSTEM/ARCHITECTURE] [-packages=false]
//
// For each system an archive with the program, its licences, the manual pages
// and the completions of shells; for Linux a .deb and an .rpm too; a list of
// what is inside (CycloneDX); and checksums.txt. Two runs over one commit give
// the same bytes, on whatever machine they are made: times are those of the
// commit, no path is in them, and the tools that pack have fixed versions.
package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
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

// The tools that are run, each at one version.
const (
	nfpm      = "github.com/goreleaser/nfpm/v2/cmd/nfpm@v2.45.2"
	cyclonedx = "github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0"
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
	root, out string
	version   string
	time      time.Time // of the commit
	shared    []file    // what every archive holds beside the program
}

// file is one file of an archive or a package.
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
	packages := flag.Bool("packages", true, "make .deb, .rpm and the list of what is inside too, by tools that Go fetches")
	flag.Parse()
	if err := run(ctx, ".", *out, *only, *packages); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, root, out, only string, packages bool) error {
	if err := os.Mkdir(out, 0o777); err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "bantin-release-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)

	r := &release{root: root, out: out}
	here := filepath.Join(work, "bantin-here")
	if err := r.compile(ctx, target{runtime.GOOS, runtime.GOARCH}, here); err != nil {
		return err
	}
	if err := r.describe(ctx, here); err != nil {
		return err
	}
	made := 0
	for _, t := range targets {
		if only != "" && only != t.String() {
			continue
		}
		made++
		fmt.Fprintln(os.Stderr, t)
		program := filepath.Join(work, t.system+"-"+t.architecture)
		if err := r.compile(ctx, t, program); err != nil {
			return err
		}
		if err := r.pack(ctx, t, program, packages); err != nil {
			return err
		}
	}
	if made == 0 {
		return fmt.Errorf("%s is none of %v", only, targets)
	}
	if packages {
		if err := r.listContents(ctx); err != nil {
			return err
		}
	}
	return writeChecksums(out)
}

// compile makes the program for a target. No C is in it, and nothing of the
// machine it is made on.
func (r *release) compile(ctx context.Context, t target, program string) error {
	return r.command(ctx, []string{"GOOS=" + t.system, "GOARCH=" + t.architecture, "CGO_ENABLED=0", "GOFLAGS="},
		"go", "build", "-trimpath", "-buildvcs=true", "-ldflags=-s -w", "-o", program, "./cmd/bantin")
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

	r.shared = []file{{"THIRD-PARTY-LICENSES.txt", []byte(licenses.ThirdParty), 0o644}}
	for _, name := range []string{"LICENSE", "README.md", "CHANGELOG.md"} {
		data, err := os.ReadFile(filepath.Join(r.root, name))
		if err != nil {
			return err
		}
		r.shared = append(r.shared, file{name, data, 0o644})
	}
	told, err := documentation(func(args ...string) (string, error) { return r.output(ctx, program, args...) })
	if err != nil {
		return err
	}
	r.shared = append(r.shared, told...)
	return nil
}

// listContents writes the list of what the program is made of (CycloneDX 1.6,
// JSON), without a number or a time of its own.
func (r *release) listContents(ctx context.Context) error {
	out, err := filepath.Abs(filepath.Join(r.out, "bantin_"+r.version+"_sbom.cdx.json"))
	if err != nil {
		return err
	}
	return r.command(ctx, []string{"CGO_ENABLED=0", "GOFLAGS="}, "go", "run", cyclonedx, "app",
		"-json", "-noserial", "-output-version", "1.6", "-main", "cmd/bantin", "-output", out)
}

// writeChecksums writes checksums.txt, as sha256sum -c reads it.
func writeChecksums(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	var b strings.Builder
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return err
		}
		sum := sha256.Sum256(data)
		fmt.Fprintf(&b, "%s  %s\n", hex.EncodeToString(sum[:]), e.Name())
	}
	return os.WriteFile(filepath.Join(dir, "checksums.txt"), []byte(b.String()), 0o666)
}

// command runs a program in the repository, with more environment.
func (r *release) command(ctx context.Context, environment []string, name string, args ...string) error {
	c := exec.CommandContext(ctx, name, args...)
	c.Dir = r.root
	c.Env = append(os.Environ(), environment...)
	if !r.time.IsZero() {
		c.Env = append(c.Env, "SOURCE_DATE_EPOCH="+strconv.FormatInt(r.time.Unix(), 10))
	}
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, out)
	}
	return nil
}

// output returns what a program prints.
func (r *release) output(ctx context.Context, name string, args ...string) (string, error) {
	c := exec.CommandContext(ctx, name, args...)
	c.Dir = r.root
	out, err := c.Output()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w", name, strings.Join(args, " "), err)
	}
	return string(out), nil
}
