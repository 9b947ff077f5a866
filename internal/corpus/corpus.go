// Package corpus makes up a site of any size for benchmarks and for tests:
// Vietnamese articles of about 3 KB in eight sections, with tags, authors and
// organizations as unevenly used as in life, some agreements and events, and
// links to earlier articles. A Mix says how much of each.
//
// It knows a site's folder and an article's file, and nothing of a build. Its invariant: article i depends on the mix, the seed, the pace
// and i alone, and is dated after article i-1; so the corpus of n+1 articles at one
// pace is that of n and one newest article.
package corpus

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"

	"bantin/internal/article"
	"bantin/internal/strictyaml"
)

// first is when the first article of every corpus appears, in local time.
var first = time.Date(2011, time.July, 1, 0, 0, 0, 0, time.UTC)

// Years is how long a corpus runs, from July 2011 to June 2026.
const Years = 15

// PaceFor returns the time between two of n articles that are spread evenly
// over Years. At a
// pace under three minutes, articles may share one.
func PaceFor(n int) time.Duration {
	return first.AddDate(Years, 0, 0).Sub(first) / time.Duration(max(n, 1))
}

// Corpus is an endless row of articles. It is safe for concurrent use.
type Corpus struct {
	mix      Mix
	seed     uint64
	pace     time.Duration
	phrases  phrasebook
	sections []section
	tags     []string
	bodies   []string
	authors  authors
}

// File is one file of a corpus, its path relative to the site's folder.
type File struct {
	Path string
	Data []byte
}

// New returns the light corpus of a seed, with so much time between two articles.
func New(seed uint64, pace time.Duration) *Corpus { return Light.New(seed, pace) }

// New returns the corpus of a seed in this mix, with so much time between two
// articles.
func (m Mix) New(seed uint64, pace time.Duration) *Corpus {
	c := &Corpus{mix: m, seed: seed, pace: pace, phrases: parsePhrases(phrasesText)}
	for _, line := range c.phrases.lines("section") {
		c.sections = append(c.sections, parseSection(line))
	}
	c.tags = append(c.phrases.lines("tag"), c.phrases.lines("place")...)
	c.bodies = m.bodies(c.phrases)
	c.authors = m.authors(c.phrases)
	return c
}

// Settings returns the files beside the articles: site.yaml and each section's
// _index.md.
func (c *Corpus) Settings() []File {
	files := []File{{"site.yaml", []byte(settings)}}
	for i, s := range c.sections {
		front := (&strictyaml.Node{}).
			Set("title", strictyaml.Text(s.title)).
			Set("description", strictyaml.Text(s.description)).
			Set("weight", strictyaml.Text(strconv.Itoa(i+1)))
		text := "\n" + c.phrases.lines("introduction")[0] + "\n"
		files = append(files, File{"content/" + s.folder + "/_index.md", article.Format(front, []byte(text))})
	}
	return files
}

// Article returns article i, counted from 0.
func (c *Corpus) Article(i int) File {
	d := c.draft(i, c.mix.writers(i))
	return File{d.path(), d.text()}
}

// Bulletin returns article i as the bound on the cost of publishing counts an
// article: with one author and three tags that others have, and neither event
// nor agreement. Its path and date are those of Article(i).
func (c *Corpus) Bulletin(i int) File {
	d := c.draft(i, regulars)
	d.kind = news
	d.authors = d.authors[:1]
	d.tags = c.tags[:3]
	return File{d.path(), d.text()}
}

// Write writes the settings and the first n articles into the folder dir.
func (c *Corpus) Write(ctx context.Context, dir string, n int) error {
	for _, s := range c.sections {
		if err := os.MkdirAll(filepath.Join(dir, "content", s.folder), 0o777); err != nil {
			return fmt.Errorf("write the corpus: %w", err)
		}
	}
	for _, f := range c.Settings() {
		if err := f.write(dir); err != nil {
			return err
		}
	}
	group, ctx := errgroup.WithContext(ctx)
	workers := runtime.GOMAXPROCS(0)
	for worker := range workers {
		group.Go(func() error {
			for i := worker; i < n; i += workers {
				if err := ctx.Err(); err != nil {
					return err
				}
				if err := c.Article(i).write(dir); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}

// write writes f below the folder dir, in which its own folder exists.
func (f File) write(dir string) error {
	if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(f.Path)), f.Data, 0o666); err != nil {
		return fmt.Errorf("write the corpus: %w", err)
	}
	return nil
}

// Offices open at half past six; articles appear in the hours after that.
const (
	opening = 6*time.Hour + 30*time.Minute
	hours   = 11*time.Hour + 30*time.Minute
)

// date returns when article i appears: its share of the whole time, with the
// hours of each day drawn together into office hours.
func (c *Corpus) date(i int) time.Time {
	const day = 24 * time.Hour
	elapsed := time.Duration(i) * c.pace
	days, rest := elapsed.Truncate(day), elapsed%day
	inOffice := rest / (day / time.Minute) * (hours / time.Minute)
	return first.Add(days + opening + inOffice).Truncate(time.Minute)
}

// dice returns the random source for one part of article i.
func (c *Corpus) dice(i int, part uint64) *rand.Rand {
	return rand.New(rand.NewPCG(c.seed^c.mix.salt, uint64(i)<<1|part))
}
