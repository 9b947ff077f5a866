package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"golang.org/x/sync/errgroup"
)

// floorCommand is the argument by which the program runs itself as the floor,
// so that the floor is a process of its own, measured like the others.
const floorCommand = "floor"

// floorWorkers is fixed, so that the floor is the same work on any machine.
const floorWorkers = 2

// floor does what no generator can do without: it reads every Markdown file
// below dir and converts its body, and writes nothing.
func floor(dir string) error {
	paths, err := markdownFiles(dir)
	if err != nil {
		return err
	}
	md := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList))
	var group errgroup.Group
	for worker := range floorWorkers {
		group.Go(func() error {
			var html bytes.Buffer
			for i := worker; i < len(paths); i += floorWorkers {
				source, err := os.ReadFile(paths[i])
				if err != nil {
					return err
				}
				html.Reset()
				if err := md.Convert(body(source), &html); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}

// markdownFiles returns the paths of all Markdown files below dir.
func markdownFiles(dir string) ([]string, error) {
	var paths []string
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && filepath.Ext(path) == ".md" {
			paths = append(paths, path)
		}
		return err
	})
	return paths, err
}

// body returns what stands behind the front matter of an article of the corpus.
func body(source []byte) []byte {
	_, text, _ := bytes.Cut(source, []byte("\n---\n"))
	return text
}
