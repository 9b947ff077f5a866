package render

import (
	"bytes"
	"html/template"
	"io/fs"
	"maps"
	"path"
	"slices"
	"sync"

	"bantin/internal/diag"
	"bantin/internal/digest"
	lang "bantin/internal/language"
	"bantin/internal/site"
	"bantin/internal/templatecompiler"
	"bantin/templates"
)

// Templates are the templates of a site with the words of one language. They
// do not change, and may serve any number of builds.
type Templates struct {
	set      func() templateSet
	messages messages
	dates    *dateWords
	figures  lang.Figures
	language string
	digest   digest.Digest
}

// required are the templates that a Renderer calls by name; partials are
// called by these.
var required = []string{
	"layout.html", "assets.html", "header.html", "footer.html", "card.html",
	"home.html", "article.html", "page.html",
	"section.html", "month.html", "tag.html", "organization.html", "author.html",
	"year.html", "terms.html", "events.html", "agreements.html", "feeds.html", "search.html",
	"404.html", "redirect.html",
	"figure.html", "event.html", "corrections.html", "agreement.html", "gallery.html", "attachments.html", // of articles in feeds
}

// Parse parses the files of templates/, by name: "article.html", "vi.yaml". It
// finds what can be found without a page: wrong syntax, values that cannot be
// escaped safely, calls of missing templates and unknown texts. The set is nil
// if any of the problems is an error. Files of other kinds are left alone.
//
// The default templates are known to be faultless; they are parsed when the
// first page is made, which a build without news never does.
func Parse(files map[string][]byte, language string) (*Templates, diag.List) {
	digest := digestFiles(files, language)
	if kept, ok := parsed.Load(language); ok && kept.(*Templates).digest == digest {
		return kept.(*Templates), nil
	}
	messages, problems := parseMessages(files, language)
	t := &Templates{messages: messages, dates: newDateWords(messages), figures: messages.figures(), language: language, digest: digest}
	if areDefault(files) {
		t.set = sync.OnceValue(func() templateSet {
			set, problems := t.parse(files, nil)
			if len(problems) > 0 {
				panic("the default templates are faulty: " + problems[0].Message("en"))
			}
			return set
		})
	} else {
		var set templateSet
		set, problems = t.parse(files, problems)
		t.set = func() templateSet { return set }
	}
	if problems.HasErrors() {
		return nil, problems.Sort()
	}
	if len(problems) == 0 {
		parsed.Store(language, t)
	}
	return t, problems.Sort()
}

// parsed are the last templates without a problem, by language: a program that
// builds several times parses them once.
var parsed sync.Map

// areDefault tells whether files have the default templates and no others.
func areDefault(files map[string][]byte) bool {
	names, err := fs.Glob(templates.FS, "*.html")
	if err != nil || len(names) != len(templateNames(files)) {
		return false
	}
	return !slices.ContainsFunc(names, func(name string) bool {
		src, err := templates.FS.ReadFile(name)
		return err != nil || !bytes.Equal(src, files[name])
	})
}

// Prepare parses the default templates, if that was not done: whoever knows that a page
// is to be made may have it done beside other work.
func (t *Templates) Prepare() { t.set() }

// bind returns the templates ready to run with the functions of one build.
func (t *Templates) bind(card func(site.CardRef) (template.HTML, error), chrome *site.Chrome) *templatecompiler.Set {
	f := t.functions(card, chrome)
	return templatecompiler.New(templatecompiler.Source{
		Escaped: func() *template.Template { return t.set().escaped },
		Interpreted: func() *template.Template {
			return template.Must(t.set().plain.Clone())
		},
		Funcs:    f.funcs,
		Constant: []string{"site"},
		Append:   f.appends,
	})
}

// Digest returns the digest of all templates and of the words.
func (t *Templates) Digest() digest.Digest { return t.digest }

// Text returns a text of the interface with its arguments in place of {0},
// {1} …; the key itself if there is no such text.
func (t *Templates) Text(key string, args ...string) string {
	text, err := t.messages.filled(key, args...)
	if err != nil {
		return key
	}
	return text
}

func templateNames(files map[string][]byte) []string {
	names := slices.Sorted(maps.Keys(files))
	return slices.DeleteFunc(names, func(name string) bool { return path.Ext(name) != ".html" })
}

func digestFiles(files map[string][]byte, language string) digest.Digest {
	var h digest.Hasher
	names := append(templateNames(files), language+".yaml")
	if !templates.HasWords(language) {
		for _, other := range lang.Fallbacks(language) {
			names = append(names, other+".yaml")
		}
	}
	for _, name := range names {
		h.Str(name)
		h.Digest(digest.Of(files[name]))
	}
	return h.Sum()
}
