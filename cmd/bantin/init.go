package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"bantin/internal/article"
	"bantin/internal/config"
	"bantin/internal/language"
	"bantin/internal/messages"
	"bantin/internal/skeleton"
	"bantin/internal/source"
	"bantin/internal/strictyaml"
)

func newInitCommand(e *env) *cobra.Command {
	var languages string
	c := &cobra.Command{
		Use:  "init",
		Args: exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			lang, err := languageFlag(c)
			if err != nil {
				return err
			}
			list := strings.FieldsFunc(languages, func(r rune) bool { return r == ',' || r == ' ' })
			switch {
			case lang != "":
				e.lang = lang
			case len(list) > 0:
				e.lang = messages.Spoken(list[0])
			default:
				e.lang = language.Default
			}
			if len(list) == 0 {
				list = []string{e.lang}
			}
			if err := checkLanguages(list); err != nil {
				return err
			}
			return e.runInit(args[0], list)
		},
	}
	c.Flags().StringVar(&languages, "languages", "", "")
	return c
}

// checkLanguages refuses codes that a new site can't have.
func checkLanguages(list []string) error {
	for i, code := range list {
		canonical := cmp.Or(language.Canonical(code), language.Meant(code))
		switch {
		case canonical == "":
			return wrongUsage("init-language", code).withHint("init-codes")
		case canonical != code:
			return wrongUsage("init-language", code).withHint("meant", canonical)
		case slices.Contains(list[:i], code):
			return wrongUsage("init-twice", code)
		}
	}
	return nil
}

func (e *env) runInit(dir string, languages []string) error {
	if strings.TrimSpace(dir) == "" {
		return wrongUsage("init-nameless").withHint("init-here")
	}
	if err := requireEmpty(dir); err != nil {
		return err
	}
	settings, _ := config.Parse(nil, config.File) // for the default zone
	now, err := e.moment("")(settings.Location)
	if err != nil {
		return err
	}
	files, err := skeleton.Files(languages[0], now, languages[1:]...)
	if err != nil {
		return err
	}
	made, err := forVSCode(e.lang)
	if err != nil {
		return err
	}
	files = append(append(files, made...), forExplorer(e.lang))
	if err := makeSite(dir, files); err != nil {
		return err
	}
	_, err = fmt.Fprintf(e.stdout, "bantin: %s\n    %s\n",
		say(e.lang, "init-done", dir, messages.Number(e.lang, len(files))), say(e.lang, "init-next", asTyped(dir)))
	return err
}

// requireEmpty refuses a folder that somebody works in. What a new repository
// begins with, and what a file manager leaves, is nobody's work.
func requireEmpty(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, d := range entries {
		if !isBeginning(d) {
			return wrongUsage("init-full", dir, d.Name()).withHint("init-elsewhere")
		}
	}
	return nil
}

// isBeginning tells whether something may lie in a folder that is to become a
// site.
func isBeginning(d fs.DirEntry) bool {
	stem, _, _ := strings.Cut(strings.ToUpper(d.Name()), ".")
	switch stem {
	case "README", "LICENSE", "LICENCE", "COPYING":
		return d.Type().IsRegular()
	}
	switch d.Name() {
	case ".git":
		return true
	case ".gitignore", ".gitattributes", ".gitkeep", ".keep", ".editorconfig", ".DS_Store":
		return d.Type().IsRegular()
	}
	return d.Type().IsRegular() && !strings.HasPrefix(d.Name(), ".") && source.Ignored(d.Name())
}

// makeSite writes the files of a new site, or none: what was made before a
// failure is taken away again. A .gitignore that is there gets the lines that
// it lacks.
func makeSite(dir string, files []skeleton.File) (err error) {
	var undo []func() error
	defer func() {
		for i := len(undo) - 1; i >= 0 && err != nil; i-- {
			err = errors.Join(err, undo[i]())
		}
	}()
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.Path))
		for folder := filepath.Dir(name); ; folder = filepath.Dir(folder) {
			if _, err := os.Lstat(folder); !errors.Is(err, fs.ErrNotExist) {
				break
			}
			undo = append(undo, func() error { return ignoreMissing(os.Remove(folder)) })
		}
		if f.Path == ".gitignore" {
			standing, err := os.ReadFile(name)
			if err == nil {
				if err := replaceFile(name, addLines(standing, f.Data)); err != nil {
					return err
				}
				undo = append(undo, func() error { return replaceFile(name, standing) })
				continue
			}
		}
		if err := create(name, f.Data); err != nil {
			return err
		}
		undo = append(undo, func() error { return os.Remove(name) })
	}
	return nil
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// addLines returns text with the lines of more that it does not have.
func addLines(text, more []byte) []byte {
	have := map[string]bool{}
	for line := range bytes.Lines(text) {
		have[strings.TrimSpace(string(line))] = true
	}
	text = bytes.Clone(text)
	if len(text) > 0 && !bytes.HasSuffix(text, []byte("\n")) {
		text = append(text, '\n')
	}
	for line := range bytes.Lines(more) {
		if !have[strings.TrimSpace(string(line))] {
			text = append(text, line...)
		}
	}
	return text
}

// forVSCode returns the files by which VS Code completes and checks keys: site.yaml
// by its schema; front matter, which no schema reaches in Markdown, by snippets.
func forVSCode(lang string) ([]skeleton.File, error) {
	snippets, err := strictyaml.Snippets(article.Keys(), lang)
	if err != nil {
		return nil, err
	}
	files := []skeleton.File{{Path: ".vscode/bantin.code-snippets", Data: append(snippets, '\n')}}
	for _, kind := range schemas {
		schema, err := schemaOf(kind, lang)
		if err != nil {
			return nil, err
		}
		files = append(files, skeleton.File{Path: ".vscode/" + kind + ".schema.json", Data: append(schema, '\n')})
	}
	return files, nil
}

// forExplorer returns the file that shows the site when it is double-clicked in
// the Explorer of Windows. cmd.exe wants CRLF, and a "chcp" before letters
// with accents.
func forExplorer(lang string) skeleton.File {
	lines := []string{
		"@echo off",
		"chcp 65001 >nul",
		`cd /d "%~dp0"`,
		"where bantin >nul 2>nul",
		"if errorlevel 1 goto missing",
		"bantin serve --open",
		"if errorlevel 1 pause",
		"exit /b",
		":missing",
		"echo " + say(lang, "explorer-missing"),
		"pause",
	}
	return skeleton.File{Path: say(lang, "explorer-file"), Data: []byte(strings.Join(lines, "\r\n") + "\r\n")}
}
