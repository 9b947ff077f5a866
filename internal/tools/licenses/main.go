// Licenses gathers the licences of the modules that the program contains, on
// any system it is released for, into internal/licenses/third-party.txt.
//
//	go run ./internal/tools/licenses
package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

const made = "internal/licenses/third-party.txt"

// systems are those that the program is released for: they differ in modules.
var systems = []string{"darwin", "linux", "windows"}

// notGo are the files of others that stand in the repository, with their
// licences.
var notGo = map[string]string{
	"CodeMirror, Lezer and what they need (the editor of the desk, from npm)":             "internal/desk/client/LICENSES.txt",
	"libwebp v1.4.0 (writes WebP, in internal/libwebp)":                                   "internal/libwebp/LICENSE.libwebp",
	"github.com/gen2brain/webp v0.5.5 (libwebp as WebAssembly)":                           "internal/libwebp/LICENSE.webp",
	"wasi-libc (in libwebp as WebAssembly)":                                               "internal/libwebp/LICENSE.wasi-libc",
	"Be Vietnam Pro (the typeface in static/fonts, by way of @fontsource/be-vietnam-pro)": "static/fonts/be-vietnam-pro-OFL.txt",
}

func main() {
	text, err := gather(".")
	if err == nil {
		err = os.WriteFile(made, []byte(text), 0o666)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// gather returns the text for the repository at root.
func gather(root string) (string, error) {
	works := map[string][]string{} // by licence
	add := func(work, licence string) {
		works[licence] = append(works[licence], work)
	}
	modules, err := modulesOf(root)
	if err != nil {
		return "", err
	}
	for _, m := range modules {
		files, err := licenceFiles(m.Dir)
		if err != nil {
			return "", err
		}
		for _, file := range files {
			text, err := readLicence(file)
			if err != nil {
				return "", err
			}
			add(m.Path+" "+m.Version, text)
		}
	}
	goRoot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return "", err
	}
	text, err := readLicence(filepath.Join(strings.TrimSpace(string(goRoot)), "LICENSE"))
	if err != nil {
		return "", err
	}
	add("Go's standard library", text)
	for work, file := range notGo {
		text, err := readLicence(filepath.Join(root, filepath.FromSlash(file)))
		if err != nil {
			return "", err
		}
		add(work, text)
	}

	var b strings.Builder
	b.WriteString("Bantin contains works of others. Each of their licences stands here once, below the works that are under it.\n")
	licences := slices.SortedFunc(maps.Keys(works), func(a, b string) int {
		return cmp.Or(slices.Compare(works[a], works[b]), strings.Compare(a, b))
	})
	for _, licence := range licences {
		slices.Sort(works[licence])
		b.WriteString("\n" + strings.Repeat("=", 80) + "\n")
		for _, work := range slices.Compact(works[licence]) {
			b.WriteString(work + "\n")
		}
		b.WriteString(strings.Repeat("-", 80) + "\n" + licence)
	}
	return b.String(), nil
}

// module is what the go command tells of a module.
type module struct {
	Path, Version, Dir string
	Main               bool
}

// modulesOf returns the modules that the program contains on any of systems.
func modulesOf(root string) ([]module, error) {
	found := map[string]module{}
	for _, system := range systems {
		c := exec.Command("go", "list", "-deps", "-json=Module", "./cmd/bantin")
		c.Dir = root
		c.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0", "GOFLAGS=")
		out, err := c.Output()
		if err != nil {
			var exit *exec.ExitError
			if errors.As(err, &exit) {
				err = fmt.Errorf("go list: %s", exit.Stderr)
			}
			return nil, err
		}
		d := json.NewDecoder(strings.NewReader(string(out)))
		for {
			var p struct{ Module *module }
			if err := d.Decode(&p); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				return nil, err
			}
			if p.Module != nil && !p.Module.Main {
				found[p.Module.Path] = *p.Module
			}
		}
	}
	return slices.SortedFunc(maps.Values(found), func(a, b module) int { return strings.Compare(a.Path, b.Path) }), nil
}

var licenceName = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|unlicense)([.-].*)?$`)

// licenceFiles returns the files of a module that hold its licences and the
// notices that go with them.
func licenceFiles(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var files []string
	for _, e := range entries {
		if e.Type().IsRegular() && licenceName.MatchString(e.Name()) && filepath.Ext(e.Name()) != ".go" {
			files = append(files, filepath.Join(dir, e.Name()))
		}
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s: no licence", dir)
	}
	return files, nil
}

// readLicence returns a licence with plain line ends and no blanks around it,
// so that equal ones are found.
func readLicence(file string) (string, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	lines := strings.Split(strings.ReplaceAll(strings.TrimSpace(string(text)), "\r\n", "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t\f")
	}
	return strings.Join(lines, "\n") + "\n", nil
}
