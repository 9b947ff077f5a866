//go:build esbuild

// Deskbundle makes the client of the desk from internal/desk/client and the
// packages that its package-lock.json names, so that building Bantin needs Go
// alone.
//
//	npm ci --prefix internal/desk/client --ignore-scripts
//	go run -tags esbuild ./internal/tools/deskbundle
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/evanw/esbuild/pkg/api"
)

func main() {
	if err := run("."); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run writes the bundle of the repository at root.
func run(root string) error {
	files, err := bundle(root, "main.js", "desk.css", "editor.js")
	if err != nil {
		return err
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(root, "internal", "desk", "bundle", name), data, 0o666); err != nil {
			return err
		}
	}
	return nil
}

// bundle returns files of the client by the names of their sources: the desk, its
// styles, and the editor that it loads when a text is opened, which alone needs the
// packages.
func bundle(root string, sources ...string) (map[string][]byte, error) {
	client, err := filepath.Abs(filepath.Join(root, "internal", "desk", "client"))
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, name := range sources {
		var external []string
		if name == "main.js" {
			external = []string{"./editor.js"}
		}
		banner := map[string]string{}
		if name == "editor.js" { // the first key that is typed shall not wait for V8
			banner["js"] = "//# allFunctionsCalledOnLoad"
		}
		result := api.Build(api.BuildOptions{
			AbsWorkingDir:     client,
			EntryPoints:       []string{name},
			External:          external,
			Bundle:            true,
			Format:            api.FormatESModule,
			Target:            api.ES2022,
			Charset:           api.CharsetUTF8,
			LegalComments:     api.LegalCommentsEndOfFile,
			Banner:            banner,
			MinifySyntax:      true,
			MinifyWhitespace:  true,
			MinifyIdentifiers: true,
		})
		if len(result.Errors) > 0 {
			return nil, fmt.Errorf("%s: %s", name, result.Errors[0].Text)
		}
		if name == "main.js" {
			name = "desk.js"
		}
		files[name] = result.OutputFiles[0].Contents
	}
	return files, nil
}
