package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"text/template"
	"unicode"

	"github.com/spf13/cobra"

	"bantin/internal/article"
	"bantin/internal/config"
	"bantin/internal/language"
	"bantin/internal/messages"
	"bantin/internal/source"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
	"bantin/templates"
)

type newOptions struct {
	siteOptions
	event, agreement, photos bool
	language                 string // another one of the site, "" for its first
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
	f.StringVar(&opts.language, "language", "", "")
	return c
}

// sectionAndTitle refuses anything but two arguments. A title that was not
// quoted comes as several.
func sectionAndTitle(c *cobra.Command, args []string) error {
	if len(args) > 2 {
		quoted := strings.Join([]string{c.CommandPath(), asTyped(args[0]), asTyped(strings.Join(args[1:], " "))}, " ")
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
	Original         string // the name of the file that it translates, "" for none
}

func (e *env) runNew(opts newOptions, section, title string) error {
	settings, err := settings(opts.dir)
	if err != nil {
		return err
	}
	if opts.language == settings.Language {
		opts.language = ""
	}
	if err := requireLanguage(opts.language, settings); err != nil {
		return err
	}
	title = article.NewTitle(title)
	if opts.language != "" {
		if original, ok := originalOf(&opts.siteOptions, settings, section); ok {
			return e.newTranslation(opts, settings, original, title)
		}
	}
	folder, err := findSection(opts.dir, section)
	if err != nil {
		return err
	}
	now, err := e.moment("")(settings.Location)
	if err != nil {
		return err
	}
	slug := article.NewSlug(title)
	id, name := article.NewID(now, slug), article.DatedName(now, slug)
	if !article.IsSpelled(title, slug) { // in a script that no slug is made of
		slug = now.Format("20060102-1504")
		id, name = slug, slug
	}
	named := func(folder string) string { return articleNamed(&opts.siteOptions, settings, name, folder) }
	id = article.IDIn(folder, id, sections(opts.dir), func(other string) bool { return named(other) != "" })
	if strings.IndexFunc(title, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) < 0 {
		return wrongUsage("new-slug", title).withHint("new-title")
	}
	if there := named(folder); there != "" { // one with files lies elsewhere than one without
		return wrongUsage("new-exists", source.ContentPrefix+there).withHint("new-other")
	}
	text, err := newArticle(opts, settings, draft{
		ID:        id,
		Title:     strictyaml.Quote(title),
		Date:      now.Format(vietnamese.MinuteLayout),
		Day:       now.Format("02/01/2006"),
		Event:     opts.event,
		Agreement: opts.agreement,
	})
	if err != nil {
		return err
	}
	if opts.photos {
		name += "/index"
	}
	return e.writeNew(opts, settings, path.Join(folder, fileIn(name, opts.language)), text, addressBelow(opts, folder, slug))
}

// articleNamed returns the path below content/ of an article of a name in a folder, "" if
// there is none in any language.
func articleNamed(o *siteOptions, c *config.Config, name, folder string) string {
	for _, at := range article.FilesNamed(folder, name, c.Codes()) {
		if _, err := os.Lstat(o.inSite(source.ContentPrefix + at)); err == nil {
			return at
		}
	}
	return ""
}

// fileIn returns the path of an article that is written in a language, "" for the first,
// of which name is the path without its ending.
func fileIn(name, code string) string {
	if code == "" {
		return name + ".md"
	}
	return article.PathIn(name+".md", code)
}

// requireLanguage refuses a language that the site does not have.
func requireLanguage(code string, c *config.Config) error {
	if code == "" || slices.Contains(c.Codes(), code) {
		return nil
	}
	wrong := wrongUsage("new-language", code)
	if len(c.Languages) == 0 {
		return wrong.withHint("new-languages-none", code)
	}
	return wrong.withHint("one-of", strings.Join(c.Codes(), ", "))
}

// originalOf returns the path below content/ of the article that the editor
// means, in the first language or in that which it is written in.
func originalOf(o *siteOptions, c *config.Config, typed string) (string, bool) {
	at, err := o.contentPath(typed)
	if err != nil {
		return "", false
	}
	has := func(at string) bool {
		info, err := os.Lstat(o.inSite(source.ContentPrefix + at))
		return err == nil && info.Mode().IsRegular()
	}
	for _, at := range []string{at, at + "/index.md", at + ".md"} {
		if path.Ext(at) == ".md" && has(at) {
			return (&article.Article{Path: at, Language: article.LanguageOf(at, c.Codes())}).Stem(), true
		}
	}
	return "", false
}

// newTranslation makes the file of an article in another language, beside that
// whose path in the first language is given.
func (e *env) newTranslation(opts newOptions, c *config.Config, original, title string) error {
	if opts.event || opts.agreement || opts.photos {
		return wrongUsage("new-shared", source.ContentPrefix+original)
	}
	text, err := newArticle(opts, c, draft{Title: strictyaml.Quote(title), Original: path.Base(original)})
	if err != nil {
		return err
	}
	if isSectionText(original) { // which is never a draft
		text = article.Format((&strictyaml.Node{}).Set("title", strictyaml.Text(title)), nil)
	}
	stem := strings.TrimSuffix(original, ".md")
	address := "" // the plan alone knows
	if src, err := source.ReadFile(opts.dir, source.ContentPrefix+original); err == nil {
		a, _ := article.Parse(original, src, c.Location)
		folder := path.Dir(original)
		if a.IsBundle() {
			folder = path.Dir(folder)
		}
		if a.Kind != article.Section {
			// The name of the file is the slug, whatever the original's own one is.
			b, _ := article.Parse(original, []byte("---\n---\n"), c.Location)
			address = addressBelow(opts, folder, b.Slug.Value)
		}
	}
	return e.writeNew(opts, c, fileIn(stem, opts.language), text, address)
}

// writeNew writes a new article and tells where it will be seen.
func (e *env) writeNew(opts newOptions, c *config.Config, at string, text []byte, address string) error {
	name := path.Join(source.ContentFolder, at)
	if err := create(opts.inSite(name), text); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return wrongUsage("new-exists", name).withHint("new-other")
		}
		return err
	}
	root := c.Root
	if opts.language != "" {
		root += opts.language + "/"
	}
	_, err := fmt.Fprintf(e.stdout, "bantin: %s\n    %s\n    %s\n",
		say(e.lang, "new-done", name), say(e.lang, "new-next"), say(e.lang, "new-address", "http://"+previewAddress+root+address))
	return err
}

// addressBelow returns where the preview shows a new article, from the site's
// root on; the root itself where the section has addresses of its own making.
func addressBelow(opts newOptions, folder, slug string) string {
	var parts []string
	for at := folder; at != "."; at = path.Dir(at) {
		for _, name := range []string{"_index.md", fileIn("_index", opts.language)} {
			index, _ := source.ReadFile(opts.dir, path.Join(source.ContentFolder, at, name))
			if bytes.Contains(index, []byte("\npermalink:")) || bytes.Contains(index, []byte("\nslug:")) {
				return ""
			}
		}
		parts = append([]string{vietnamese.Slug(path.Base(at))}, parts...)
	}
	return path.Join(append(parts, slug)...) + "/"
}

// newArticle fills the template of a new article: the site's own, else the
// default. Of a language without one, it is that of the language of messages, else the
// English one.
func newArticle(opts newOptions, c *config.Config, d draft) ([]byte, error) {
	code := cmp.Or(opts.language, opts.lang, c.Language)
	name := "new." + code + ".md"
	src, err := source.ReadFile(opts.dir, "templates/"+name)
	if errors.Is(err, fs.ErrNotExist) {
		if src, err = templates.FS.ReadFile(name); errors.Is(err, fs.ErrNotExist) {
			if src, err = templates.FS.ReadFile("new." + messages.Spoken(code) + ".md"); errors.Is(err, fs.ErrNotExist) {
				src, err = templates.FS.ReadFile("new." + language.English + ".md")
			}
		}
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
	wanted = strings.TrimPrefix(wanted, source.ContentPrefix)
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
	root := os.DirFS(filepath.Join(dir, source.ContentFolder))
	// A folder that can't be read holds no section to name.
	_ = fs.WalkDir(root, ".", func(p string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() || p == "." {
			return nil
		}
		files, _ := fs.ReadDir(root, p)
		isBundle := slices.ContainsFunc(files, func(f fs.DirEntry) bool { // index.md, index.en.md
			return strings.HasPrefix(f.Name(), "index.") && path.Ext(f.Name()) == ".md"
		})
		if isBundle || source.Ignored(entry.Name()) {
			return fs.SkipDir
		}
		list = append(list, p)
		return nil
	})
	return list
}
