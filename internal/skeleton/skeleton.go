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
	"slices"
	"strings"
	"text/template"
	"time"

	"bantin/internal/language"
	"bantin/internal/lazyregexp"
	"bantin/templates"
)

//go:embed all:vi all:en all:vi-en all:en-vi
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

// Files returns the files of a new site in the language lang and in others beside
// it, with examples dated around now. In others that Bantin has words in, some
// examples are translated; of those that it has none in, templates/ has a file
// with English words to translate, and the examples of a first one are English.
func Files(lang string, now time.Time, others ...string) ([]File, error) {
	yesterday := now.AddDate(0, 0, -1)
	d := dates{
		Year: yesterday.Year(), LastYear: yesterday.Year() + 4,
		IDDay:     yesterday.Format("20060102"),
		Yesterday: yesterday.Format("02/01/2006"),
		NextMonth: now.AddDate(0, 0, 28).Format("02/01/2006"),
	}
	samples := samplesOf(lang)
	list, err := filesIn(samples, d)
	if err != nil {
		return nil, err
	}
	settings := &list[slices.IndexFunc(list, func(f File) bool { return f.Path == "site.yaml" })].Data
	if lang != samples {
		*settings = setLanguage(*settings, lang)
		list = append(list, wordsFor(lang)...)
	}
	if len(others) > 0 {
		*settings = append(*settings, settingsFor(lang, others)...)
	}
	for _, code := range others {
		added := wordsFor(code)
		if exists(lang + "-" + code) {
			if added, err = filesIn(lang+"-"+code, d); err != nil {
				return nil, err
			}
		}
		list = append(list, added...)
	}
	return list, nil
}

// samplesOf returns the language of the sample site of a language: its own, without
// a country, or else English.
func samplesOf(lang string) string {
	base, _, _ := strings.Cut(lang, "-")
	if !exists(base) {
		return language.English
	}
	return base
}

// exists tells whether there is a folder of samples.
func exists(folder string) bool {
	_, err := fs.Stat(files, folder)
	return err == nil
}

// setLanguage returns the text of site.yaml with another first language.
func setLanguage(text []byte, code string) []byte {
	line := []byte("language: " + code + "\n")
	if start := bytes.Index(text, []byte("\nlanguage: ")) + 1; start > 0 {
		end := start + bytes.IndexByte(text[start:], '\n') + 1
		return slices.Concat(text[:start], line, text[end:])
	}
	start := bytes.Index(text, []byte("\ndescription: ")) + 1
	return slices.Concat(text[:start], line, text[start:])
}

// settingsFor returns the lines of site.yaml for other languages.
func settingsFor(lang string, others []string) string {
	lines := fmt.Sprintf(map[string]string{
		"vi": "\n# Các ngôn ngữ khác: bản dịch của bai.md là bai.%s.md, nằm cạnh nó.\nlanguages:\n",
		"en": "\n# The other languages: the translation of article.md is article.%s.md beside it.\nlanguages:\n",
	}[samplesOf(lang)], others[0])
	titles := map[string]string{"vi-en": "News of Khe Hoa Commune", "en-vi": "Bản tin Brookfield"}
	for _, code := range others {
		title := titles[lang+"-"+code]
		if title == "" {
			lines += "  " + code + ":\n"
			continue
		}
		lines += "  " + code + ": {title: " + title + "}\n"
	}
	return lines
}

// wordsFor returns the file of the words of pages in a language that Bantin has
// none in: the English ones, to be translated.
func wordsFor(code string) []File {
	words, added := Words(code, nil)
	if added == 0 {
		return nil
	}
	return []File{{"templates/" + code + ".yaml", words}}
}

// keyLine is a line of a file of words.
var keyLine = lazyregexp.New(`(?m)^["']?([a-z0-9-]+)["']?:`)

// Words returns a site's file of words in a language with those that it lacks, in
// English, to be translated, and how many these are; nil for no file yet.
func Words(code string, standing []byte) (words []byte, added int) {
	if base, _, _ := strings.Cut(code, "-"); templates.HasWords(base) {
		return standing, 0
	}
	words, err := templates.FS.ReadFile(language.English + ".yaml")
	if err != nil {
		panic(err) // it is embedded
	}
	words = bytes.Replace(words, []byte("\nlanguage-name: English\n"), []byte("\nlanguage-name: "+code+"\n"), 1)
	words = bytes.Replace(words, []byte("\nlocale: en_GB\n"), []byte("\nlocale: "+language.Locale(code)+"\n"), 1)
	if len(bytes.TrimSpace(standing)) == 0 {
		return words, len(keyLine().FindAll(words, -1))
	}
	have := map[string]bool{}
	for _, m := range keyLine().FindAllSubmatch(standing, -1) {
		have[string(m[1])] = true
	}
	if !bytes.HasSuffix(standing, []byte("\n")) {
		standing = append(standing, '\n')
	}
	words, lines := slices.Clone(standing), bytes.Lines(words)
	for line := range lines {
		if m := keyLine().FindSubmatch(line); m != nil && !have[string(m[1])] {
			words = append(words, line...)
			added++
		}
	}
	return words, added
}

// filesIn returns the files of a folder of files, filled.
func filesIn(folder string, d dates) ([]File, error) {
	root, err := fs.Sub(files, folder)
	if err != nil {
		return nil, fmt.Errorf("read the new site: %w", err)
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
