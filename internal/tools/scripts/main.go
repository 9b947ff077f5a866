//go:build esbuild

// Scripts makes the scripts of the search page, which every site gets, from
// their sources in internal/search/client: the same, in fewer bytes.
//
//	go run -tags esbuild ./internal/tools/scripts
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/evanw/esbuild/pkg/api"
)

// made gives the source of each script of static/.
var made = map[string]string{
	"search.js":       "page.js",
	"search-index.js": "index.js",
	"search-more.js":  "more.js",
}

func main() {
	if err := run("."); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run writes the scripts of the repository at root.
func run(root string) error {
	for name, source := range made {
		script, err := minify(root, source)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(root, "static", name), script, 0o666); err != nil {
			return err
		}
	}
	return nil
}

// target is what browsers of the end of 2020 read: phones that get no newer one search, too.
const target = api.ES2021

// minify returns a source as these browsers read it.
func minify(root, source string) ([]byte, error) {
	text, err := os.ReadFile(filepath.Join(root, "internal", "search", "client", source))
	if err != nil {
		return nil, err
	}
	format := api.FormatESModule // whose own names may be short too
	if source == "index.js" {
		format = api.FormatIIFE // which runs while a page is read
	}
	result := api.Transform(string(text), api.TransformOptions{
		Sourcefile:        source,
		Target:            target,
		Format:            format,
		Charset:           api.CharsetUTF8,
		MinifySyntax:      true,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MangleProps:       "_$",
		Banner:            "// Made by internal/tools/scripts",
	})
	if len(result.Errors) > 0 {
		return nil, fmt.Errorf("%s: %s", source, result.Errors[0].Text)
	}
	return result.Code, nil
}
