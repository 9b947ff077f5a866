package main

import (
	"embed"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"bantin/internal/article"
	"bantin/internal/corpus"
	"bantin/internal/strictyaml"
)

// hugoFiles holds the settings and the layouts of the Hugo site.
//
//go:embed all:hugo
var hugoFiles embed.FS

// zone is the corpus's, Asia/Ho_Chi_Minh in the years it spans.
var zone = time.FixedZone("+07", 7*60*60)

// writeHugoSite writes the site of the first n articles of the corpus, as Hugo
// needs it, into the new folder dir.
func writeHugoSite(dir string, c *corpus.Corpus, n int) error {
	files, err := fs.Sub(hugoFiles, "hugo")
	if err != nil {
		return err
	}
	if err := os.CopyFS(dir, files); err != nil {
		return err
	}
	for _, f := range c.Settings() {
		if path.Ext(f.Path) != ".md" {
			continue // site.yaml
		}
		if err := writeFile(dir, f.Path, f.Data); err != nil {
			return err
		}
	}
	for i := range n {
		if err := writeHugoArticle(dir, c.Article(i)); err != nil {
			return err
		}
	}
	return nil
}

// writeHugoArticle writes an article of the corpus, as Hugo needs it, into the
// site's folder dir.
func writeHugoArticle(dir string, f corpus.File) error {
	text, err := hugoArticle(f)
	if err != nil {
		return err
	}
	return writeFile(dir, f.Path, text)
}

// hugoArticle returns an article's file with front matter that Hugo reads as
// Bantin reads the corpus's: dates in ISO 8601, the lead and the slug that
// Bantin would make up, the month as a term of a taxonomy.
func hugoArticle(f corpus.File) ([]byte, error) {
	a, problems := article.Parse(strings.TrimPrefix(f.Path, "content/"), f.Data, zone)
	if problems.HasErrors() {
		return nil, errors.New(f.Path + ": " + problems[0].Message("en"))
	}
	front := (&strictyaml.Node{}).
		Set("title", strictyaml.Quoted(a.Title.Value)).
		Set("date", strictyaml.Text(a.Date.Start().Format(time.RFC3339)))
	if updated := a.Optional().Updated; !updated.IsZero() {
		front.Set("lastmod", strictyaml.Text(updated.Start().Format(time.RFC3339)))
	}
	front.Set("slug", strictyaml.Text(a.Slug.Value)).
		Set("description", strictyaml.Quoted(a.Lead)).
		Set("authors", quotedList(a.Authors...)).
		Set("organization", strictyaml.Quoted(a.Organization.Value)).
		Set("tags", quotedList(a.Tags...)).
		Set("months", quotedList(article.Text{Value: a.Date.Start().Format("2006-01")}))
	return article.Format(front, f.Data[a.BodyStart:]), nil
}

// quotedList returns texts as a list in brackets, each in quotes: Hugo reads
// some plain ones as numbers and dates.
func quotedList(texts ...article.Text) *strictyaml.Node {
	list := &strictyaml.Node{Kind: strictyaml.List, Flow: true}
	for _, t := range texts {
		list.Items = append(list.Items, strictyaml.Quoted(t.Value))
	}
	return list
}

// writeFile writes the file name, a path with slashes, below dir.
func writeFile(dir, name string, data []byte) error {
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o666)
}
