package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"bantin/internal/importer"
	"bantin/internal/messages"
	"bantin/internal/source"
	"bantin/internal/strictfs"
)

// checkRedirects tells of each old address in a list whether the built site
// leads it to a page.
func (e *env) checkRedirects(ctx context.Context, opts *importOptions) error {
	settings, err := settings(opts.dir)
	if err != nil {
		return err
	}
	list, err := readSmall(opts.checkRedirects)
	if err != nil {
		return err
	}
	output := opts.inSite("public")
	root, err := strictfs.OpenRoot(output)
	if errors.Is(err, fs.ErrNotExist) {
		return failed("import-unbuilt", output).withHint("try", "bantin build")
	}
	if err != nil {
		return err
	}
	defer root.Close()
	rules, err := source.ReadFile(output, "_redirects")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	redirects, err := importer.ReadRedirects(bytes.NewReader(rules))
	if err != nil {
		return fmt.Errorf("read _redirects: %w", err)
	}
	var answers []importer.Answer
	for _, address := range importer.Addresses(list) {
		if err := ctx.Err(); err != nil {
			return err
		}
		answers = append(answers, redirects.Follow(address, func(path string) bool { return isPage(root, settings.DecodedRoot(), path) }))
	}
	if len(answers) == 0 {
		return failed("import-no-addresses", opts.checkRedirects).withHint("import-addresses-hint")
	}
	missing := importer.Missing(answers)
	var out strings.Builder
	for _, a := range missing {
		out.WriteString(a.Address + ": " + say(e.lang, "import-dead") + "\n")
	}
	moved, gone := 0, 0
	for _, a := range answers {
		if a.Gone {
			gone++
		} else if a.Moved && a.Path != "" {
			moved++
		}
	}
	number := func(n int) string { return messages.Number(e.lang, n) }
	out.WriteString("bantin: " + say(e.lang, "import-checked", number(len(answers)), number(moved), number(len(answers)-moved-gone-len(missing)), number(gone), number(len(missing))) + "\n")
	if _, err := fmt.Fprint(e.stdout, out.String()); err != nil {
		return err
	}
	if len(missing) > 0 {
		return errContent
	}
	return nil
}

// isPage tells whether a path of the site's URLs is a page, or a file, of the output.
func isPage(output *os.Root, siteRoot, path string) bool {
	below, ok := strings.CutPrefix(path+"/", siteRoot)
	if !ok {
		return false
	}
	below = strings.Trim(below, "/")
	for _, name := range []string{below, below + ".html", strings.TrimPrefix(below+"/index.html", "/")} {
		if name == "" || !filepath.IsLocal(filepath.FromSlash(name)) {
			continue
		}
		if info, err := output.Stat(name); err == nil && info.Mode().IsRegular() {
			return true
		}
	}
	return false
}
