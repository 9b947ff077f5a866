// Package skeleton holds the small, complete site that `bantin init` makes, in
// Vietnamese and in English: settings with comments, an example of each kind
// of article, and what Git, VS Code and a CI service want to know.
//
// It writes nothing. Its invariant, held by a test of the commands: the new
// site builds, and `bantin check` has nothing to say of it.
package skeleton

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"text/template"
	"time"
)

//go:embed all:vi all:en
var files embed.FS

// File is a file of the new site; its path has slashes.
type File struct {
	Path string
	Data []byte
}

// dates are what the examples are dated by, so that none is out of date.
type dates struct {
	Year, LastYear              int
	IDDay, Yesterday, NextMonth string
}

// Files returns the files of a new site in the language lang ("vi" or "en"),
// by path, with examples dated around now.
func Files(lang string, now time.Time) ([]File, error) {
	root, err := fs.Sub(files, lang)
	if err != nil {
		return nil, fmt.Errorf("read the new site: %w", err)
	}
	yesterday := now.AddDate(0, 0, -1)
	d := dates{
		Year: yesterday.Year(), LastYear: yesterday.Year() + 4,
		IDDay:     yesterday.Format("20060102"),
		Yesterday: yesterday.Format("02/01/2006"),
		NextMonth: now.AddDate(0, 0, 28).Format("02/01/2006"),
	}
	var list []File
	err = fs.WalkDir(root, ".", func(p string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, p)
		if err == nil && (path.Ext(p) == ".md" || p == "site.yaml") {
			data, err = d.fill(p, data)
		}
		list = append(list, File{p, data})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the new site: %w", err)
	}
	return list, nil
}

// fill puts the dates into the text of a file.
func (d dates) fill(name string, text []byte) ([]byte, error) {
	t, err := template.New(name).Parse(string(text))
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = t.Execute(&out, d)
	return out.Bytes(), err
}
