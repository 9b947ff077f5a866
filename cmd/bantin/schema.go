package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"bantin/internal/article"
	"bantin/internal/config"
	"bantin/internal/strictyaml"
)

const schemaHelp = `Schema prints the JSON Schema of the front matter of articles (article, the
default) or of site.yaml (site), for editors that complete and check keys. It is
made of the table that Bantin itself checks by.
` + exitCodes

const schemaExamples = `  bantin schema article > .vscode/article.schema.json
  bantin schema site --lang en > .vscode/site.schema.json`

// schemas are what has a schema.
var schemas = []string{"article", "site"}

func newSchemaCommand(e *env) *cobra.Command {
	return &cobra.Command{
		Use:       "schema [article|site]",
		Short:     "Print the JSON Schema of front matter or of site.yaml",
		Long:      schemaHelp,
		Example:   schemaExamples,
		ValidArgs: schemas,
		RunE: func(c *cobra.Command, args []string) error {
			lang, err := languageFlag(c)
			if err != nil {
				return err
			}
			if lang == "" {
				lang = siteLanguage(".")
			}
			kind := "article"
			if len(args) > 0 {
				kind = args[0]
			}
			if len(args) > 1 {
				return wrongUsage("many-arguments", c.CommandPath(), args[1]).but("try", c.UseLine())
			}
			if err := oneOf("schema", kind, schemas...); err != nil {
				return err
			}
			schema, err := schemaOf(kind, lang)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(e.stdout, "%s\n", schema)
			return err
		},
	}
}

// schemaOf returns the JSON Schema of a kind of file, with descriptions in the
// language lang.
func schemaOf(kind, lang string) ([]byte, error) {
	if kind == "site" {
		return strictyaml.Schema(config.File, config.Keys(), lang)
	}
	return strictyaml.Schema("front matter", article.Keys(), lang)
}
