package importer

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"bantin/internal/article"
	"bantin/internal/config"
	"bantin/internal/messages"
	"bantin/internal/source"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
)

// defaultSection is the section of articles whose source names none.
const defaultSection = "tin-tuc"

// maxName is how many characters the name of an article's file has at most.
const maxName = 80

// look learns the names that the site has already.
func (m *Importer) look() error {
	for word := range pathWords(m.o.Site) {
		m.used[word] = true
	}
	site := m.o.Site
	for _, taxon := range slices.Concat(site.Tags, site.Organizations, site.Authors) {
		for _, alias := range taxon.Aliases {
			m.taken[hash(addressKey(alias.Value))] = config.File
		}
	}
	for _, gone := range site.Gone {
		m.taken[hash(addressKey(gone.Value))] = config.File
	}
	err := fs.WalkDir(m.root.FS(), source.ContentFolder, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			return err
		}
		below := strings.TrimPrefix(strings.TrimPrefix(p, source.ContentFolder), "/")
		if below == "" || source.Ignored(below) {
			return nil
		}
		dir, base := path.Split(below)
		m.used[vietnamese.FoldCase(dir+article.WithoutDate(strings.TrimSuffix(base, path.Ext(base))))] = true
		if d.IsDir() {
			m.urls[m.address(below)] = true
		} else if path.Ext(base) == ".md" {
			m.lookInto(below)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("look at content/: %w", err)
	}
	return nil
}

// lookInto learns the addresses of an article that the site has already.
func (m *Importer) lookInto(below string) {
	src, err := m.readFile(source.ContentPrefix+below, source.MaxArticleSize)
	if err != nil {
		return
	}
	a, _ := article.Parse(below, src, m.o.Site.Location, m.o.Site.Codes()...)
	if a == nil {
		return
	}
	if at := strings.TrimSuffix(strings.TrimSuffix(a.Stem(), ".md"), "/index"); path.Base(at) != "_index" {
		m.urls[m.pageAddress(in(path.Join(path.Dir(at), a.Slug.Value)+".md", a.Language))] = true
	}
	for _, alias := range a.Optional().Aliases {
		m.taken[hash(addressKey(alias.Value))] = source.ContentPrefix + below
	}
}

// pathWords are the names that no page may have, and no section but those of the
// events and of the register, which are those pages.
func pathWords(c *config.Config) map[string]bool {
	words := map[string]bool{"rss": true, "page": true, "_redirects": true}
	for _, code := range slices.Concat(messages.Codes(), c.Codes()) {
		words[code] = true
	}
	for _, w := range c.Paths.Words() {
		words[w.Word] = true
	}
	return words
}

// address returns the URL's path of what lies at a path below content/.
func (m *Importer) address(below string) string {
	var parts []string
	for part := range strings.SplitSeq(below, "/") {
		parts = append(parts, vietnamese.Slug(article.WithoutDate(part)))
	}
	return m.o.Site.DecodedRoot() + strings.Join(parts, "/") + "/"
}

// pageAddress returns the URL's path of the page of the file at a path below content/.
func (m *Importer) pageAddress(below string) string {
	code := article.LanguageOf(below, m.o.Site.Codes())
	stem := strings.TrimSuffix((&article.Article{Path: below, Language: code}).Stem(), ".md")
	for _, own := range []string{"index", "_index"} {
		if path.Base(stem) == own {
			stem = path.Dir(stem)
		}
	}
	at := strings.TrimPrefix(m.address(stem), m.o.Site.DecodedRoot())
	if code != "" {
		at = code + "/" + at
	}
	return m.o.Site.DecodedRoot() + strings.TrimPrefix(at, "/")
}

// in returns the path of an article in a language of the site; "" is the first.
func in(stem, code string) string {
	if code == "" {
		return stem
	}
	return article.PathIn(stem, code)
}

// folder returns the section of an item, below content/.
func (m *Importer) folder(it *Item) string {
	if it.Page {
		return ""
	}
	if to, ok := m.o.Map.section(it.SectionFolder, it.Section, it.Tags); ok {
		m.need(to, it.Section)
		return to
	}
	if m.o.Section != "" {
		m.need(m.o.Section, "")
		return m.o.Section
	}
	folder := it.SectionFolder
	if folder == "" {
		folder = vietnamese.Slug(it.Section)
	}
	var parts []string
	for part := range strings.SplitSeq(folder, "/") {
		if part = vietnamese.ShortSlug(part, maxName); part != "" {
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		parts = []string{defaultSection}
	}
	if words := m.o.Site.Paths; parts[0] != words.Event && parts[0] != words.Agreement && pathWords(m.o.Site)[parts[0]] || article.IsDigits(parts[0]) {
		parts[0] = "muc-" + parts[0]
	}
	folder = path.Join(parts...)
	m.need(folder, it.Section)
	return folder
}

// need remembers the title of a section that may have to be made.
func (m *Importer) need(folder, title string) {
	for at := folder; at != "."; at = path.Dir(at) {
		if article.IsDigits(path.Base(at)) {
			continue
		}
		if _, known := m.titles[at]; !known || m.titles[at] == "" && at == folder {
			m.titles[at] = ""
			if at == folder {
				m.titles[at] = oneLine(title)
			}
		}
		m.urls[m.address(at)] = true
	}
}

// slugOf returns the name of an item's file, without its date.
func slugOf(it *Item) string {
	slug := vietnamese.ShortSlug(it.Slug, maxName)
	if slug == "" {
		slug = vietnamese.ShortSlug(it.Title, maxName)
	}
	if slug == "" {
		slug = "bai"
	}
	if it.Page && article.IsDigits(slug) {
		slug = "trang-" + slug
	}
	return slug
}

// dated returns the name of an item's file with its date, as bantin new gives it.
func dated(it *Item, slug string) string {
	if !it.Page && !it.Date.IsZero() && it.Date.Precision >= vietnamese.Day {
		return article.DatedName(it.Date.Time, slug)
	}
	return slug
}

// NameSection gives the section that a folder of the source becomes its title.
func (m *Importer) NameSection(folder, title string) {
	if title = oneLine(title); folder != "" && title != "" {
		m.given[folder] = title
	}
}

// name returns a path below content/, without extension, that no other file has.
func (m *Importer) name(folder string, it *Item, files []copied) string {
	slug := slugOf(it)
	if words := m.o.Site.Paths; (folder == words.Event || folder == words.Agreement) && article.IsDigits(slug) {
		slug = "bai-" + slug // the page of a year has that address
	}
	free := slug
	isTaken := func(name string) bool {
		at := path.Join(folder, name)
		return m.used[vietnamese.FoldCase(at)] || m.taken[hash(addressKey(m.address(at)))] != ""
	}
	for n := 2; isTaken(free) && !m.isLeft(path.Join(folder, dated(it, free)), files); n++ {
		free = slug + "-" + strconv.Itoa(n)
	}
	m.used[vietnamese.FoldCase(path.Join(folder, free))] = true
	return path.Join(folder, dated(it, free))
}

// isLeft tells whether a folder below content/ holds nothing but files of an article
// that an interrupted run did not come to write.
func (m *Importer) isLeft(below string, files []copied) bool {
	entries, err := fs.ReadDir(m.root.FS(), source.ContentPrefix+below)
	return err == nil && len(entries) > 0 && !slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
		return !slices.ContainsFunc(files, func(f copied) bool { return f.Name == e.Name() })
	})
}

// makeSections gives each folder that has none the file that makes it a section.
func (m *Importer) makeSections() error {
	folders := make([]string, 0, len(m.titles))
	for folder := range m.titles {
		folders = append(folders, folder)
	}
	slices.Sort(folders)
	for _, folder := range folders {
		if m.texts[path.Join(folder, "_index.md")] {
			continue
		}
		name := path.Join(source.ContentFolder, folder, "_index.md")
		if _, err := m.root.Stat(name); err == nil {
			continue
		}
		title := m.titles[folder]
		if title == "" {
			title = m.given[folder]
		}
		if title == "" {
			title = sectionTitle(path.Base(folder))
		}
		m.report.Sections = append(m.report.Sections, folder)
		if m.o.DryRun {
			continue
		}
		if err := m.create(name, article.Format((&strictyaml.Node{}).Set("title", strictyaml.Text(title)), nil)); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	return nil
}

// commonSections give folders back the accents of their names.
var commonSections = map[string]string{
	"tin-tuc": "Tin tức", "thong-bao": "Thông báo", "su-kien": "Sự kiện", "van-ban": "Văn bản", "gioi-thieu": "Giới thiệu", "hoat-dong": "Hoạt động",
	"dia-phuong": "Địa phương", "phoi-hop": "Phối hợp", "tin-tuc-su-kien": "Tin tức – Sự kiện",
}

func sectionTitle(folder string) string {
	if title := commonSections[folder]; title != "" {
		return title
	}
	title := strings.ReplaceAll(folder, "-", " ")
	first, size := utf8.DecodeRuneInString(title)
	return strings.ToUpper(string(first)) + title[size:]
}
