package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"bantin/internal/article"
	"bantin/internal/config"
	"bantin/internal/strictyaml"
)

// schemas are what has a schema.
var schemas = []string{"article", "site"}

func newSchemaCommand(e *env) *cobra.Command {
	return &cobra.Command{
		Use:       "schema",
		ValidArgs: schemas,
		Args:      between(0, 1),
		RunE: func(c *cobra.Command, args []string) error {
			lang, err := languageFlagOrSites(c)
			if err != nil {
				return err
			}
			kind := "article"
			if len(args) > 0 {
				kind = args[0]
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
