package build

import (
	"context"
	"errors"

	"bantin/internal/article"
	"bantin/internal/cachefile"
	"bantin/internal/config"
	"bantin/internal/digest"
	"bantin/internal/strictfs"
)

// checkCache returns a *strictfs.Error if the cache or the store of pictures
// is, or holds, what leads elsewhere or never ends. A file in the place of a
// folder, or the other way round, is only a cache that cannot be written.
func (b *Builder) checkCache() error {
	for _, dir := range []string{b.opt.Cache, b.picturesFolder()} {
		if err := b.checkFolder(dir); isDangerous(err) {
			return err
		}
	}
	return nil
}

func isDangerous(err error) bool {
	strange, ok := errors.AsType[*strictfs.Error](err)
	return ok && strange.Fault != strictfs.NotFolder && strange.Fault != strictfs.NotFile
}

func (b *Builder) checkFolder(dir string) error {
	folder, err := strictfs.Open(b.opt.Dir, dir)
	if err != nil {
		return err
	}
	defer folder.Close()
	return folder.Check(cachefile.MaxSize)
}

// useCache drops what was learned under other settings.
func (r *run) useCache(context.Context) error {
	for _, e := range r.editions {
		e.converterDigest = digest.Value(e.converterOptions())
	}
	r.convertersDigest, r.codes = r.combinedDigest(), r.config.Codes()
	zone := r.config.Location.String()
	otherZone, otherTexts := r.previous.zone != zone, r.previous.converterDigest != r.convertersDigest
	if r.hasOtherLanguages() {
		r.tellChangedNames()
		otherZone = true // what was read may be of another language
	}
	r.settingsChanged = r.previous.files == nil || otherZone || otherTexts
	if otherZone {
		r.previous.files, r.previous.newer = nil, nil
	}
	if otherTexts {
		for _, files := range [][]fileState{r.previous.files, r.previous.newer} {
			for i := range files {
				files[i].Text = nil
			}
		}
	}
	return nil
}

// text returns the function that gives the words of the interface.
func (r *run) text() func(key string, args ...string) string {
	if r.templates == nil {
		return func(key string, _ ...string) string { return key }
	}
	return r.templates.Text
}

// converterOptions returns the settings of the converter of texts.
func (r *run) converterOptions() article.ConverterOptions {
	word := r.text()
	o := article.ConverterOptions{
		Language: r.config.Language,
		Base:     r.base,
		Sanitize: r.config.Markdown.HTML == config.Sanitize,
		Labels: article.Labels{
			Table:     word("table"),
			Footnote:  word("footnote"),
			Footnotes: word("footnotes"),
			Back:      word("footnote-back"),
			Alerts: article.Alerts{
				Note: word("alert-note"), Tip: word("alert-tip"), Important: word("alert-important"),
				Warning: word("alert-warning"), Caution: word("alert-caution"),
			},
		},
	}
	for _, t := range r.config.Glossary {
		o.Glossary = append(o.Glossary, article.Abbreviation{Short: t.Short, Expansion: t.Expansion})
	}
	return o
}
