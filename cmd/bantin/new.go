package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"text/template"
	"time"

	"github.com/spf13/cobra"

	"bantin/internal/config"
	"bantin/internal/source"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
	"bantin/templates"
)

const newHelp = `New makes the file of a new article in a section of content/: a draft with its
id, its title and the present time, and comments that say what else can be
given. With --photos the article gets a folder of its own for its files.
It never overwrites a file.

A file templates/new.vi.md (or new.en.md) in the site's folder replaces the
text of new articles; {{.ID}}, {{.Title}}, {{.Date}}, {{.Day}}, {{.Event}} and
{{.Agreement}} are filled in.
` + exitCodes

const newExamples = `  bantin new tin-tuc "Họp dân thôn Đông: bàn việc làm đường"
  bantin new phoi-hop "Ký kết chương trình phối hợp năm 2026" --agreement --event`

type newOptions struct {
	dir                      string
	event, agreement, photos bool
}

func newNewCommand(e *env) *cobra.Command {
	var opts newOptions
	c := &cobra.Command{
		Use:     `new SECTION "Title"`,
		Short:   "Make the file of a new article",
		Long:    newHelp,
		Example: newExamples,
		Args:    sectionAndTitle,
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return sections(opts.dir), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) error {
			lang, err := languageFlag(c)
			if err != nil {
				return err
			}
			return e.runNew(opts, lang, args[0], args[1])
		},
	}
	f := c.Flags()
	f.StringVarP(&opts.dir, "source", "s", ".", "the site's folder")
	f.BoolVar(&opts.event, "event", false, "with the block of an event")
	f.BoolVar(&opts.agreement, "agreement", false, "with the block of an agreement")
	f.BoolVar(&opts.photos, "photos", false, "with a folder of its own, for photos and documents")
	return c
}

// sectionAndTitle refuses anything but two arguments. A title that was not
// quoted comes as several.
func sectionAndTitle(c *cobra.Command, args []string) error {
	if len(args) > 2 {
		quoted := fmt.Sprintf("%s %s %q", c.CommandPath(), args[0], strings.Join(args[1:], " "))
		return wrongUsage("many-arguments", c.CommandPath(), args[2]).but("try", quoted)
	}
	return exactly(2)(c, args)
}

// draft is what the template of a new article may show.
type draft struct {
	ID               string
	Title            string // quoted
	Date, Day        string // now: 19:02 11/03/2020, and its day alone
	Event, Agreement bool
}

func (e *env) runNew(opts newOptions, lang, section, title string) error {
	settings, err := e.settings(opts.dir, lang)
	if err != nil {
		return err
	}
	folder, err := findSection(opts.dir, section)
	if err != nil {
		return err
	}
	title = strings.Join(strings.Fields(vietnamese.NFC(title)), " ")
	slug := vietnamese.Slug(title)
	if slug == "" {
		return wrongUsage("new-slug", title)
	}
	now, err := e.moment("")(settings.Location)
	if err != nil {
		return err
	}
	text, err := e.newArticle(opts.dir, draft{
		ID:        now.Format("20060102-") + slug,
		Title:     strictyaml.Quote(title),
		Date:      now.Format("15:04 02/01/2006"),
		Day:       now.Format("02/01/2006"),
		Event:     opts.event,
		Agreement: opts.agreement,
	})
	if err != nil {
		return err
	}
	name := path.Join("content", folder, articleName(slug, now, opts.photos))
	if err := create(filepath.Join(opts.dir, filepath.FromSlash(name)), text); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return wrongUsage("new-exists", name).but("new-other")
		}
		return err
	}
	_, err = fmt.Fprintf(e.stdout, "bantin: %s\n    %s\n", say(e.lang, "new-done", name), say(e.lang, "new-next"))
	return err
}

// articleName returns the path of a new article in its section's folder.
func articleName(slug string, now time.Time, photos bool) string {
	name := now.Format("2006-01-02-") + slug
	if photos {
		return name + "/index.md"
	}
	return name + ".md"
}

// settings reads site.yaml in dir, and sets the language of messages.
func (e *env) settings(dir, lang string) (*config.Config, error) {
	src, err := os.ReadFile(filepath.Join(dir, config.File))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, wrongUsage("no-site", dir).but("no-site-hint")
	}
	if err != nil {
		return nil, fmt.Errorf("read the settings: %w", err)
	}
	settings, _ := config.Parse(src, config.File) // what is wrong in it is not for now
	e.lang = lang
	if lang == "" {
		e.lang = settings.Language
	}
	return settings, nil
}

// newArticle fills the template of a new article: the site's own, else the
// default.
func (e *env) newArticle(dir string, d draft) ([]byte, error) {
	name := "new." + e.lang + ".md"
	src, err := os.ReadFile(filepath.Join(dir, "templates", name))
	if errors.Is(err, fs.ErrNotExist) {
		src, err = templates.FS.ReadFile(name)
	}
	if err != nil {
		return nil, fmt.Errorf("read the template of new articles: %w", err)
	}
	t, err := template.New(name).Parse(string(src))
	if err != nil {
		return nil, fmt.Errorf("read the template of new articles: %w", err)
	}
	var text bytes.Buffer
	if err := t.Execute(&text, d); err != nil {
		return nil, fmt.Errorf("fill the template of new articles: %w", err)
	}
	return text.Bytes(), nil
}

// create writes a new file, and the folder it stands in. It never replaces one.
func create(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

// findSection returns the folder below content/ that the editor means: by its
// path, or by its name as it is spoken (Tin tức for tin-tuc).
func findSection(dir, typed string) (string, error) {
	all := sections(dir)
	wanted := strings.Trim(path.Clean(filepath.ToSlash(typed)), "/")
	wanted = strings.TrimPrefix(wanted, "content/")
	if slices.Contains(all, wanted) {
		return wanted, nil
	}
	for _, s := range all {
		if vietnamese.Slug(path.Base(s)) == vietnamese.Slug(wanted) {
			return s, nil
		}
	}
	wrong := wrongUsage("new-section", typed)
	if near := strictyaml.Nearest(wanted, all); near != "" {
		return "", wrong.but("meant", near)
	}
	if len(all) > 0 {
		return "", wrong.but("new-sections", strings.Join(all, ", "))
	}
	return "", wrong.but("new-none")
}

// sections returns the folders of content/ that are sections, with slashes,
// sorted: those that are no bundle of an article.
func sections(dir string) []string {
	var list []string
	root := os.DirFS(filepath.Join(dir, "content"))
	// A folder that can't be read holds no section to name.
	_ = fs.WalkDir(root, ".", func(p string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() || p == "." {
			return nil
		}
		if _, err := fs.Stat(root, p+"/index.md"); err == nil || source.Ignored(entry.Name()) {
			return fs.SkipDir
		}
		list = append(list, p)
		return nil
	})
	return list
}
