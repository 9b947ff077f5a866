package main

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"bantin/internal/article"
	"bantin/internal/corpus"
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
	var b bytes.Buffer
	b.WriteString("---\n")
	fmt.Fprintf(&b, "title: %q\n", a.Title.Value)
	fmt.Fprintf(&b, "date: %s\n", a.Date.Start().Format(time.RFC3339))
	if !a.Rare().Updated.IsZero() {
		fmt.Fprintf(&b, "lastmod: %s\n", a.Rare().Updated.Start().Format(time.RFC3339))
	}
	fmt.Fprintf(&b, "slug: %s\n", a.Slug.Value)
	fmt.Fprintf(&b, "description: %q\n", a.Lead)
	fmt.Fprintf(&b, "authors: [%s]\n", quotedList(a.Authors))
	fmt.Fprintf(&b, "organization: %q\n", a.Organization.Value)
	fmt.Fprintf(&b, "tags: [%s]\n", quotedList(a.Tags))
	fmt.Fprintf(&b, "months: [%q]\n", a.Date.Start().Format("2006-01"))
	b.WriteString("---\n")
	b.Write(f.Data[a.BodyStart:])
	return b.Bytes(), nil
}

// quotedList returns texts as the items of a YAML list on one line.
func quotedList(texts []article.Text) string {
	quoted := make([]string, len(texts))
	for i, t := range texts {
		quoted[i] = strconv.Quote(t.Value)
	}
	return strings.Join(quoted, ", ")
}

// writeFile writes the file name, a path with slashes, below dir.
func writeFile(dir, name string, data []byte) error {
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o666)
}
