package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"
)

// canary is what lies beside the site, under names that Bantin uses itself.
var canary = map[string][]byte{
	"thu.txt": []byte("của người khác"), "sources": []byte("của người khác"), "index.html": []byte("của người khác"),
	"content/bai.md": []byte("---\ntitle: Ngoài\ndate: 1/1/2026\n---\n\nBí mật.\n"),
	"pictures/ab/0123456789abcdef0123456789abcd": []byte("của người khác"),
	".bantin-stage/index.html":                   []byte("của người khác"),
	"tin-tuc/index.html":                         []byte("của người khác"),
}

// readSite returns the files of a site, with pictures.
func readSite(archive string) (map[string][]byte, error) {
	a, err := txtar.ParseFile(archive)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, f := range a.Files {
		files[f.Name] = f.Data
	}
	maps.Copy(files, pictures())
	return files, nil
}

// writeTree writes files below a folder.
func writeTree(dir string, files map[string][]byte) error {
	for path, data := range files {
		name := filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(name, data, 0o666); err != nil {
			return err
		}
	}
	return nil
}

// tree is what stands at each path, in a word.
type tree map[string]string

// snapshot tells what stands below a folder, but for what the program may
// change: the cache and the output.
func snapshot(home string) (tree, error) {
	found := tree{}
	err := filepath.WalkDir(home, func(name string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(home, name)
		rel = filepath.ToSlash(rel)
		if err != nil {
			return err
		}
		if d.IsDir() && slices.Contains([]string{"site/.bantin", "site/public"}, rel) {
			return fs.SkipDir
		}
		found[rel], err = describe(name, d)
		if errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
		return err
	})
	return found, err
}

func describe(name string, d fs.DirEntry) (string, error) {
	switch {
	case d.Type()&fs.ModeSymlink != 0:
		target, err := os.Readlink(name)
		return "link to " + target, err
	case d.Type().IsRegular():
		if info, err := d.Info(); err != nil || info.Size() > 1<<30 {
			return "a file without end", err
		}
		data, err := os.ReadFile(name)
		return fmt.Sprintf("file %x", sha256.Sum256(data)), err
	}
	return d.Type().String(), nil
}

// leaks returns a file of the output that holds what lies outside, "" for none.
func leaks(output string) (leak string) {
	_ = filepath.WalkDir(output, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return nil
		}
		if info, err := d.Info(); err != nil || info.Size() > 1<<30 {
			return nil
		}
		data, err := os.ReadFile(name)
		if err == nil && (bytes.Contains(data, []byte("Bí mật")) || bytes.Contains(data, []byte("của người khác"))) {
			leak = name
		}
		return nil
	})
	return leak
}

// differences lists the paths at which two trees differ.
func (t tree) differences(other tree) []string {
	var paths []string
	for path, what := range t {
		if other[path] != what && !isOurs(path) {
			paths = append(paths, path)
		}
	}
	for path := range other {
		if _, was := t[path]; !was && !isOurs(path) {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}

// isOurs tells what may come and go itself: a folder that is made or removed.
func isOurs(path string) bool {
	return path == "site/.bantin" || path == "site/public" || strings.HasPrefix(path, "site/.public.bantin-")
}
