package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"bantin/internal/language"
	"bantin/internal/messages"
	"bantin/internal/skeleton"
	"bantin/internal/source"
)

func newWordsCommand(e *env) *cobra.Command {
	var opts siteOptions
	c := &cobra.Command{
		Use:  "words",
		Args: exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := e.open(c, &opts); err != nil {
				return err
			}
			return e.runWords(opts, args[0])
		},
	}
	opts.addFlag(c)
	return c
}

// runWords adds the words of pages that a site's file of a language lacks, in
// English, to be translated.
func (e *env) runWords(opts siteOptions, code string) error {
	if canonical := cmp.Or(language.Canonical(code), language.Meant(code)); canonical != code || code == "" {
		return wrongUsage("init-language", code).withHint("try", "bantin words "+cmp.Or(canonical, "km"))
	}
	if _, err := settings(opts.dir); err != nil {
		return err
	}
	name := "templates/" + code + ".yaml"
	standing, err := source.ReadFile(opts.dir, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	text, added := skeleton.Words(code, standing)
	if added > 0 {
		if err == nil {
			err = replaceFile(opts.inSite(name), text)
		} else {
			err = create(opts.inSite(name), text)
		}
		if err != nil {
			return err
		}
	}
	key := "words-done"
	if added == 0 {
		key = "words-none"
	}
	_, err = fmt.Fprintf(e.stdout, "bantin: %s\n", say(e.lang, key, name, messages.Number(e.lang, added)))
	return err
}
