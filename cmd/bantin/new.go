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

	"bantin/internal/article"
	"bantin/internal/source"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
	"bantin/templates"
)

type newOptions struct {
	siteOptions
	event, agreement, photos bool
}

func newNewCommand(e *env) *cobra.Command {
	var opts newOptions
	c := &cobra.Command{
		Use:  "new",
		Args: sectionAndTitle,
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			if opts.dir == "" {
				opts.dir = nearestSite()
			}
			return sections(opts.dir), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) error {
			if err := e.open(c, &opts.siteOptions); err != nil {
				return err
			}
			return e.runNew(opts, args[0], args[1])
		},
	}
	opts.addFlag(c)
	f := c.Flags()
	f.BoolVar(&opts.event, "event", false, "")
	f.BoolVar(&opts.agreement, "agreement", false, "")
	f.BoolVar(&opts.photos, "photos", false, "")
	return c
}

// sectionAndTitle refuses anything but two arguments. A title that was not
// quoted comes as several.
func sectionAndTitle(c *cobra.Command, args []string) error {
	if len(args) > 2 {
		quoted := fmt.Sprintf("%s %s %q", c.CommandPath(), args[0], strings.Join(args[1:], " "))
		return wrongUsage("many-arguments", c.CommandPath(), args[2]).withHint("try", quoted)
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

func (e *env) runNew(opts newOptions, section, title string) error {
	settings, err := settings(opts.dir)
	if err != nil {
		return err
	}
	folder, err := findSection(opts.dir, section)
	if err != nil {
		return err
	}
	title = strings.Join(strings.Fields(vietnamese.NFC(title)), " ")
	slug := article.NewSlug(title)
	if slug == "" {
		return wrongUsage("new-slug", title)
	}
	now, err := e.moment("")(settings.Location)
	if err != nil {
		return err
	}
	text, err := e.newArticle(opts.dir, draft{
		ID:        article.NewID(now, slug),
		Title:     strictyaml.Quote(title),
		Date:      now.Format(vietnamese.MinuteLayout),
		Day:       now.Format("02/01/2006"),
		Event:     opts.event,
		Agreement: opts.agreement,
	})
	if err != nil {
		return err
	}
	name := path.Join("content", folder, articleName(slug, now, opts.photos))
	if err := create(opts.inSite(name), text); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return wrongUsage("new-exists", name).withHint("new-other")
		}
		return err
	}
	address := "http://" + previewAddress + settings.Root + addressBelow(opts.dir, folder, slug)
	_, err = fmt.Fprintf(e.stdout, "bantin: %s\n    %s\n    %s\n",
		say(e.lang, "new-done", name), say(e.lang, "new-next"), say(e.lang, "new-address", address))
	return err
}

// addressBelow returns where the preview shows a new article, from the site's
// root on; the root itself where the section has addresses of its own making.
func addressBelow(dir, folder, slug string) string {
	index, _ := source.ReadFile(dir, path.Join("content", folder, "_index.md"))
	if bytes.Contains(index, []byte("\npermalink:")) {
		return ""
	}
	var parts []string
	for _, name := range strings.Split(folder, "/") {
		parts = append(parts, vietnamese.Slug(name))
	}
	return path.Join(append(parts, slug)...) + "/"
}

// articleName returns the path of a new article in its section's folder.
func articleName(slug string, now time.Time, photos bool) string {
	name := article.DatedName(now, slug)
	if photos {
		return name + "/index.md"
	}
	return name + ".md"
}

// newArticle fills the template of a new article: the site's own, else the
// default.
func (e *env) newArticle(dir string, d draft) ([]byte, error) {
	name := "new." + e.lang + ".md"
	src, err := source.ReadFile(dir, "templates/"+name)
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
		return "", wrong.withHint("meant", near)
	}
	if len(all) > 0 {
		return "", wrong.withHint("new-sections", strings.Join(all, ", "))
	}
	return "", wrong.withHint("new-none")
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
