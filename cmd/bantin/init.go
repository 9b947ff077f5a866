package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"bantin/internal/article"
	"bantin/internal/config"
	"bantin/internal/language"
	"bantin/internal/skeleton"
	"bantin/internal/strictyaml"
)

const initHelp = `Init makes a small, complete site in a new or empty folder: settings with
comments, an example of each kind of article, a .gitignore, settings for VS Code
and an example of a CI workflow. It comes in Vietnamese, or in English with
--lang en.
` + exitCodes

const initExamples = `  bantin init xa-khe-hoa && bantin serve -s xa-khe-hoa
  bantin init parish --lang en`

func newInitCommand(e *env) *cobra.Command {
	return &cobra.Command{
		Use:     "init DIR",
		Short:   "Make a new site",
		Long:    initHelp,
		Example: initExamples,
		Args:    exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			lang, err := languageFlag(c)
			if err != nil {
				return err
			}
			e.lang = lang
			if lang == "" {
				e.lang = language.Default
			}
			return e.runInit(args[0])
		},
	}
}

func (e *env) runInit(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if len(entries) > 0 {
		return wrongUsage("init-full", dir).but("init-elsewhere")
	}
	settings, _ := config.Parse(nil, config.File) // for the default zone
	now, err := e.moment("")(settings.Location)
	if err != nil {
		return err
	}
	files, err := skeleton.Files(e.lang, now)
	if err != nil {
		return err
	}
	made, err := forVSCode(e.lang)
	if err != nil {
		return err
	}
	files = append(files, made...)
	for _, f := range files {
		if err := create(filepath.Join(dir, filepath.FromSlash(f.Path)), f.Data); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(e.stdout, "bantin: %s\n    %s\n",
		say(e.lang, "init-done", dir, language.Number(e.lang, len(files))), say(e.lang, "init-next", dir))
	return err
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
