package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"bantin/internal/article"
	"bantin/internal/config"
	"bantin/internal/diag"
	"bantin/internal/digest"
	"bantin/internal/vietnamese"
)

// The sites of these tests are folders in memory, read as package build reads
// them: settings, articles, and the links of every text.

// files is a site's folder: the text of each file by its path.
type files map[string]string

// described is a site with one section and nothing in it.
var described = files{"content/tin-tuc/_index.md": front("title: Tin tức")}

// options say for whom and when a site is assembled.
type options struct {
	now            string // as an editor writes it; "" is noon, if that
	drafts, future bool
}

// noon is the moment of the tests that do not care.
const noon = "12:00 01/06/2024"

// settings are the two that every site.yaml must have.
const settings = "title: Bản tin xã An Hòa\nbase_url: https://anhoa.example/\n"

var hanoi = time.FixedZone("+07", 7*60*60)

// moment reads a date as editors write it.
func moment(t testing.TB, s string) time.Time {
	t.Helper()
	d, err := vietnamese.ParseDate(s, hanoi)
	if err != nil {
		t.Fatal(err)
	}
	return d.Start()
}

// front returns a file's front matter.
func front(lines ...string) string { return "---\n" + strings.Join(lines, "\n") + "\n---\n" }

// post returns the front matter of an article. Its text is what comes behind.
func post(title, date string, more ...string) string {
	return front(append([]string{"title: " + title, "date: " + date}, more...)...)
}

// and returns the folder with more files in it.
func (f files) and(more files) files {
	all := maps.Clone(f)
	maps.Copy(all, more)
	return all
}

// folder is a site with what came to light on the way to it.
type folder struct {
	views
	problems diag.List
	facts    []*article.Facts
	html     []string // of each text
	digests  Digests
}

// load assembles a site and checks its links.
func load(t testing.TB, f files, o options) *folder {
	t.Helper()
	src, given := f["site.yaml"]
	if !given {
		src = settings
	}
	cfg, problems := config.Parse([]byte(src), config.File)
	in := Input{Config: cfg, Text: plainText, Drafts: o.drafts, Future: o.future}
	if o.now == "" {
		o.now = noon
	}
	in.Now = moment(t, o.now)
	for _, name := range slices.Sorted(maps.Keys(f)) {
		below, isContent := strings.CutPrefix(name, "content/")
		switch {
		case isContent && path.Ext(name) == ".md":
			a, found := article.Parse(below, []byte(f[name]), cfg.Location)
			in.Articles = append(in.Articles, a)
			problems = append(problems, found...)
		case name != "site.yaml":
			in.Files = append(in.Files, file(name, f[name]))
		}
	}
	if len(problems) > 0 {
		t.Fatalf("the test's own files:\n%s", printed(t, problems))
	}
	s, problems := Assemble(in)
	b := &folder{views: views{s}, problems: problems}
	b.convert(f)
	b.problems = s.DowngradeDrafts(b.problems).Sort()
	return b
}

// plainText says a text's key with its arguments.
func plainText(key string, args ...string) string {
	return strings.Join(append([]string{key}, args...), " ")
}

// file is a file of the site's folder; every picture is of one size.
func file(name, data string) File {
	f := File{Path: name, Size: int64(len(data)), Digest: digest.OfString(data)}
	if strings.HasPrefix(mediaType(name), "image/") {
		f.Width, f.Height = 640, 480
		return f
	}
	sum := sha256.Sum256([]byte(data))
	f.SHA256 = hex.EncodeToString(sum[:])
	return f
}

// convert makes the HTML of all texts, and the digests, and checks the links and
// the files that they lead to.
func (b *folder) convert(f files) {
	b.convertTexts(f)
	_, found := b.Assets(b.facts)
	b.problems = append(b.problems, found...)
}

// convertTexts is convert but for the files, which all languages share.
func (b *folder) convertTexts(f files) {
	converter := article.NewConverter(article.ConverterOptions{Base: b.cfg.Origin + b.cfg.Root})
	n := len(b.in.Articles)
	b.facts, b.html = make([]*article.Facts, n), make([]string, n)
	b.digests = Digests{Cards: make([]digest.Digest, n), Agreements: make([]digest.Digest, n), Bodies: make([]digest.Digest, n), Items: make([]digest.Digest, n), Terms: b.TermDigests()}
	for i, a := range b.in.Articles {
		body := converter.Convert(new(bytes.Buffer), a, []byte(f[a.File()][a.BodyStart:]), b.Resolver(i))
		b.facts[i], b.html[i] = &body.Facts, string(body.HTML)
		b.problems = append(b.problems, body.Problems...)
		b.digests.Bodies[i], _ = b.BodyDigest(i, digest.OfString(f[a.File()]), digest.Digest{}, body.Links)
		if b.HasCard(i) {
			b.digests.Cards[i] = digest.Value(b.Card(i))
			b.digests.Agreements[i] = digest.Value(b.Agreement(i))
			b.digests.Items[i] = b.ItemDigest(i, b.digests)
		}
	}
	for i := range b.facts {
		b.problems = append(b.problems, b.CheckLinks(i, b.facts)...)
	}
}

// assemble makes a site that has no errors.
func assemble(t testing.TB, f files, o options) *folder {
	t.Helper()
	b := load(t, f, o)
	if b.problems.HasErrors() {
		t.Fatalf("errors in the site:\n%s", printed(t, b.problems))
	}
	return b
}

// mistakes returns what an editor is told of a site.
func mistakes(t testing.TB, f files, o options) string {
	t.Helper()
	return printed(t, load(t, f, o).problems)
}

// printed returns problems as the terminal shows them, without excerpts.
func printed(t testing.TB, problems diag.List) string {
	t.Helper()
	var b strings.Builder
	if err := (diag.Printer{Lang: "vi"}).Text(&b, problems); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// view makes the view of the page that is planned at an output file.
func view[V any](t testing.TB, b *folder, file string) V {
	t.Helper()
	for _, p := range b.Pages() {
		if p.Path == file {
			v := b.View(p, b.digests)
			if article, ok := v.(*Article); ok {
				v = *article
			}
			if _, ok := v.(V); !ok {
				t.Fatalf("the view of %s is a %T", file, v)
			}
			return v.(V)
		}
	}
	t.Fatalf("%s is not planned; these are:\n%s", file, strings.Join(b.plan(), "\n"))
	panic("unreachable")
}

// plan returns the output files of all pages, sorted.
func (b *folder) plan() []string {
	var list []string
	for _, p := range b.Pages() {
		list = append(list, p.Path)
	}
	slices.Sort(list)
	return list
}

// has tells whether a page is planned at an output file.
func (b *folder) has(file string) bool { return slices.Contains(b.plan(), file) }

// assets returns the output files that are copies, each with its source.
func (b *folder) assets() map[string]string {
	list, _ := b.Assets(b.facts)
	sources := map[string]string{}
	for _, a := range list {
		sources[a.Path] = a.File.Path
	}
	return sources
}

// titles returns the titles of the articles that cards stand for.
func (b *folder) titles(cards []CardRef) []string {
	var list []string
	for _, c := range cards {
		list = append(list, b.Card(c.Index).Title)
	}
	return list
}

// linkTitles returns the titles of links.
func linkTitles(links []Link) []string {
	var list []string
	for _, l := range links {
		list = append(list, l.Title)
	}
	return list
}

// diary returns n articles in a section, one a day from 1/1/2020 on, titled
// by their number.
func diary(section string, n int, more ...string) files {
	f := files{}
	day := time.Date(2020, 1, 1, 0, 0, 0, 0, hanoi)
	for k := range n {
		name := fmt.Sprintf("content/%s/bai-%03d.md", section, k+1)
		f[name] = post(fmt.Sprintf("Bài %03d", k+1), day.AddDate(0, 0, k).Format("2/1/2006"), more...)
	}
	return f
}
