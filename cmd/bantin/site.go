package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"bantin/internal/config"
	"bantin/internal/language"
	"bantin/internal/messages"
	"bantin/internal/source"
)

// siteOptions are the options of every command that works on a site.
type siteOptions struct {
	dir  string // the site's folder; until open the value of -s, "" for none
	lang string // of messages, "" for the site's
}

func (o *siteOptions) addFlag(c *cobra.Command) {
	c.Flags().StringVarP(&o.dir, "source", "s", "", "")
}

// open finds the site's folder and sets the language of messages. A folder
// that is not there is an error; one that is no site is for the command to tell.
func (e *env) open(c *cobra.Command, o *siteOptions) error {
	lang, err := languageFlag(c)
	if err != nil {
		return err
	}
	named := o.dir
	if !c.Flags().Changed("source") {
		o.dir = nearestSite()
	} else if named == "" {
		return wrongUsage("no-value", "--source").withHint("try", c.CommandPath()+" --help")
	}
	o.lang = lang
	e.lang = lang
	if lang == "" {
		e.lang = siteLanguage(o.dir)
	}
	info, err := os.Stat(o.dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return failed("no-folder", o.dir).withHint("no-site-hint")
	case err != nil:
		return err
	case !info.IsDir():
		return failed("not-folder", o.dir).withHint("no-site-hint")
	}
	return nil
}

// nearestSite returns the present folder or the nearest one above it that has
// a site.yaml; the present one if none has.
func nearestSite() string {
	here, err := os.Getwd()
	if err != nil {
		return "."
	}
	up := "."
	for at := here; ; up = filepath.Join(up, "..") {
		if _, err := os.Lstat(filepath.Join(at, config.File)); err == nil {
			return up
		}
		parent := filepath.Dir(at)
		if parent == at {
			return "."
		}
		at = parent
	}
}

// settings reads the settings of the site in dir, of which what is wrong in
// them is not told.
func settings(dir string) (*config.Config, error) {
	src, err := source.ReadFile(dir, config.File)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, wrongUsage("no-site", dir).withHint("no-site-hint")
	}
	if err != nil {
		return nil, fmt.Errorf("read the settings: %w", err)
	}
	c, _ := config.Parse(src, config.File)
	return c, nil
}

// siteLanguage returns the language that is spoken to the editors of the site in dir, the default if that is
// not known.
func siteLanguage(dir string) string {
	c, err := settings(dir)
	if err != nil {
		return language.Default
	}
	return messages.Spoken(c.Language)
}

// inSite returns the place on this system of the file at path, with slashes, in
// the site's folder.
func (o *siteOptions) inSite(path string) string {
	return filepath.Join(o.dir, filepath.FromSlash(source.OnDisk(o.dir, path)))
}
