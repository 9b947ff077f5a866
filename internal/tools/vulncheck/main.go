// Vulncheck compares what the program is made of with the known weaknesses of
// Go modules, by govulncheck:
//
//	go run ./internal/tools/vulncheck [-called]
//
// The list of weaknesses comes as a Go module, from the same proxy as all other
// modules. A weakness in a package that the program imports fails; -called, which
// takes minutes, tells which of them it calls. Those of Go's own library are told
// and do not fail: a newer Go mends them, and nothing in this repository does.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"go/version"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
)

const (
	checker    = "golang.org/x/vuln/cmd/govulncheck@v1.9.0"
	weaknesses = "golang.org/x/vulndb@latest"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	called := flag.Bool("called", false, "look for what is called, not only for what is imported")
	flag.Parse()
	if err := run(ctx, *called); err != nil {
		fmt.Fprintln(os.Stderr, "vulncheck:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, called bool) error {
	var list struct{ Dir, Version string }
	out, err := output(ctx, "mod", "download", "-json", weaknesses)
	if err == nil {
		err = json.Unmarshal(out, &list)
	}
	if err != nil {
		return err
	}
	scan := "package"
	if called {
		scan = "symbol"
	}
	out, err = output(ctx, "run", checker, "-db", "file://"+filepath.ToSlash(filepath.Join(list.Dir, "data", "osv")), "-format", "json", "-scan", scan, "./cmd/bantin")
	if err != nil {
		return err
	}
	ours, gos, mended, err := read(bytes.NewReader(out), called)
	if err != nil {
		return err
	}
	fmt.Printf("weaknesses known by %s: %d in modules, %d in Go's library\n", list.Version, len(ours), len(gos))
	for _, w := range gos {
		fmt.Println("  " + w)
	}
	if mended != "" {
		fmt.Printf("make releases with %[1]s or newer: GOTOOLCHAIN=%[1]s go run ./internal/tools/release\n", mended)
	}
	if len(ours) > 0 {
		return fmt.Errorf("the program contains\n  %s", strings.Join(ours, "\n  "))
	}
	return nil
}

func output(ctx context.Context, args ...string) ([]byte, error) {
	out, err := exec.CommandContext(ctx, "go", args...).Output()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return nil, fmt.Errorf("go %s: %w\n%s", args[0], err, exit.Stderr)
	}
	return out, err
}

// read reads what govulncheck prints and returns a line for each weakness in a
// package that is imported, or called, sorted: those in modules, and those in
// Go's own library, which the version mended is the first without.
func read(r io.Reader, called bool) (ours, gos []string, mended string, err error) {
	for d := json.NewDecoder(r); ; {
		var message struct {
			Finding *struct {
				OSV   string `json:"osv"`
				Fixed string `json:"fixed_version"`
				Trace []struct{ Module, Version, Package, Function string }
			}
		}
		if err := d.Decode(&message); errors.Is(err, io.EOF) {
			slices.Sort(ours)
			slices.Sort(gos)
			return slices.Compact(ours), slices.Compact(gos), mended, nil
		} else if err != nil {
			return nil, nil, "", err
		}
		f := message.Finding
		if f == nil || len(f.Trace) == 0 {
			continue
		}
		at := f.Trace[0]
		if at.Package == "" || called && at.Function == "" {
			continue // the module is required, and this part of it is not used
		}
		line := fmt.Sprintf("%s: %s %s, mended in %s", f.OSV, at.Package, at.Version, f.Fixed)
		if at.Module == "stdlib" {
			gos = append(gos, line)
			if fixed := strings.Replace(f.Fixed, "v", "go", 1); version.Compare(fixed, mended) > 0 {
				mended = fixed
			}
		} else {
			ours = append(ours, line)
		}
	}
}
