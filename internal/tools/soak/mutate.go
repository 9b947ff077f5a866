package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"bantin/internal/digest"
)

// mutator damages one copy of the site. All that it does follows from its
// numbers.
type mutator struct {
	*rand.Rand
	site, outside string
	done          []string // what was damaged, in words
}

// newMutator returns the mutator of a round.
func newMutator(seed uint64, round int, site, outside string) *mutator {
	return &mutator{Rand: rand.New(rand.NewPCG(seed, uint64(round))), site: site, outside: outside}
}

// mutate does one to four damages, most often one: after a mistake of an editor
// nothing else is reached.
func (m *mutator) mutate() {
	kinds := []struct {
		name string
		do   func() (what string, err error)
	}{
		{"front matter", m.frontMatter}, {"front matter", m.frontMatter}, {"text", m.text}, {"text", m.text}, {"settings", m.settings},
		{"bytes", m.bytes}, {"file", m.file}, {"file", m.file}, {"picture", m.picture}, {"state", m.state}, {"state", m.state},
		{"output", m.output}, {"link", m.link}, {"pipe", m.pipe}, {"gone", m.gone}, {"template", m.template},
	}
	for range 1 + m.IntN(4)*m.IntN(2) {
		kind := kinds[m.IntN(len(kinds))]
		what, err := kind.do()
		if err != nil { // as where a link is in the way of what was to be written
			what += ": " + err.Error()
		}
		m.done = append(m.done, kind.name+": "+what)
	}
}

// commands returns what is run on the damaged site.
func (m *mutator) commands() [][]string {
	build := []string{"build", "-s", m.site, "--now", now}
	all := [][]string{
		build, append(slices.Clone(build), "--drafts", "--future"), append(slices.Clone(build), "--clean"),
		{"check", "-s", m.site, "--now", now}, {"check", "-s", m.site, "--now", now, "--format", "json"},
		append(slices.Clone(build), "--json", "--lang", "en"),
	}
	list := [][]string{build}
	for range m.IntN(3) {
		list = append(list, all[m.IntN(len(all))])
	}
	return list
}

// pick returns the path below the site of a file that a test wants, "" if there
// is none.
func (m *mutator) pick(want func(path string) bool) string {
	var paths []string
	_ = filepath.WalkDir(m.site, func(name string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(m.site, name)
		if rel = filepath.ToSlash(rel); err == nil && d.Type().IsRegular() && want(rel) {
			paths = append(paths, rel)
		}
		return nil
	})
	if len(paths) == 0 {
		return ""
	}
	return paths[m.IntN(len(paths))]
}

func isArticle(name string) bool {
	return strings.HasPrefix(name, "content/") && path.Ext(name) == ".md"
}
func isSource(name string) bool {
	return strings.HasPrefix(name, "content/") || strings.HasPrefix(name, "static/") || name == "site.yaml"
}
func isState(name string) bool { return strings.HasPrefix(name, ".bantin/") }

func (m *mutator) full(rel string) string { return filepath.Join(m.site, filepath.FromSlash(rel)) }

// change replaces what a file holds.
func (m *mutator) change(rel string, by func([]byte) []byte) error {
	if rel == "" {
		return fs.ErrNotExist
	}
	data, err := m.read(rel)
	if err != nil {
		return err
	}
	return os.WriteFile(m.full(rel), by(data), 0o666)
}

// read returns what a file holds, unless it is one without end.
func (m *mutator) read(rel string) ([]byte, error) {
	info, err := os.Lstat(m.full(rel))
	if err == nil && (!info.Mode().IsRegular() || info.Size() > 64<<20) {
		err = fs.ErrInvalid
	}
	if err != nil {
		return nil, err
	}
	return os.ReadFile(m.full(rel))
}

func (m *mutator) write(rel string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(m.full(rel)), 0o777); err != nil {
		return err
	}
	return os.WriteFile(m.full(rel), data, 0o666)
}

// values are what editors, other programs and attackers put behind a key.
var values = []string{
	"", "''", `""`, "null", "true", "no", "0", "-1", "1e999", "31/02/2026", "99:99 1/1/2026", "1/1/0001", "31/12/9999", "2026", "3/2020", "[]", "[[]]", "{}", "{a: {b: {c: d}}}",
	"[a, b, a]", "*a", "&a x", "!!str x", "<<: *a", "|\n  a\n  b", ">-\n  a", `"\u0000\b\x1b"`, `"\ud800"`, "'", "\"", "@x", "%x", "`x`", "a: b: c", "- a", "? a", "../../outside/thu.txt", "/etc/passwd",
	"/../x", "/%2e%2e/x", "//x", "/a//b/", "/%5Cx/", "/x?7", "/x?https://e/", "/index.php?/tin/7", "javascript:alert(1)", "https://a.example/", "mailto:a@b", "a@b.c?subject=x", "\u202ex", "\ufeffx", "e\u0301", "Ủy ban",
	"Uỷ ban", "thư", "thú", "<script>alert(1)</script>", "{{.}}", "https://[::1", "con", "a*b", "a.", ".", "..", "~$x", "anh-1.png", "chuong-trinh.pdf", "{file: anh-1.png, alt: x}", "{file: ../anh.png}", "[/, /rss.xml, /style.css]",
	"=1+1", "\t x", "\u2028", "/tin/", "UTC", "Asia/Ho_Chi_Minh", "en", "vi", "xx",
}

// keys are those of articles and of site.yaml, and some that are none.
var keys = []string{
	"title", "date", "updated", "expires", "draft", "lead", "author", "organization", "tags", "slug", "id", "aliases", "image", "gallery", "attachments", "corrections", "pinned", "event", "agreement", "search", "extra",
	"lastmod", "publishDate", "categories", "description", "weight", "permalink", "titel", "base_url", "language", "timezone", "menu", "page_size", "feed", "paths", "glossary", "theme", "share", "feedback", "counter",
	"images", "markdown", "related", "sitemap", "gone", "languages", "mergers", "notify", "hosting", "deploy", "checks", "organizations", "authors", "successor",
}

// blocks are values of several lines.
var blocks = []string{
	"event:\n  start: 14:00 11/3/2026\n  end: 1/1/2020\n", "event: {start: 1/1/2026, all_day: true, end: 16:00 1/1/2026}\n", "agreement:\n  parties: [a]\n", "agreement: {parties: [A, B], from: 2027, to: 2020}\n",
	"corrections:\n  - {date: 1/1/2030, text: x}\n", "gallery:\n  - anh-1.png\n  - {file: anh-2.png, alt: ''}\n", "extra:\n  a: [1, {b: c}]\n", "tags:\n- a\n-  b\n - c\n", "attachments:\n  - {file: kế hoạch.pdf, title: x}\n  - ../../site.yaml\n",
	"paths: {tag: the, page: the}\n", "organizations:\n  A: {slug: a, aliases: [/x/]}\n  B: {successor: A}\n", "mergers:\n  A: {into: B, from: 2020}\n  B: {into: A, from: 2020}\n", "glossary: {a: a, UBND: ''}\n", "menu: [{title: x, url: 'javascript:1'}]\n",
}

// frontMatter damages a line of an article's block.
func (m *mutator) frontMatter() (string, error) { return m.yaml(m.pick(isArticle)) }

func (m *mutator) settings() (string, error) { return m.yaml("site.yaml") }

func (m *mutator) yaml(rel string) (string, error) {
	what := ""
	err := m.change(rel, func(data []byte) []byte {
		lines := strings.SplitAfter(string(data), "\n")
		end := len(lines)
		if i := slices.Index(lines[min(1, len(lines)):], "---\n"); lines[0] == "---\n" && i >= 0 {
			end = i + 1
		}
		at := m.IntN(max(end, 1))
		value := values[m.IntN(len(values))]
		switch m.IntN(9) {
		case 0:
			what, lines = "a line goes", slices.Delete(lines, at, min(at+1, len(lines)))
		case 1:
			what, lines = "a line twice", slices.Insert(lines, at, lines[at])
		case 2:
			key, _, _ := strings.Cut(lines[at], ":")
			what, lines[at] = "a value", key+": "+value+"\n"
		case 3:
			what, lines = "a key", slices.Insert(lines, end-1, keys[m.IntN(len(keys))]+": "+value+"\n")
		case 4:
			what, lines = "a block", slices.Insert(lines, end-1, blocks[m.IntN(len(blocks))])
		case 5:
			what, lines[at] = "another indentation", strings.Repeat(" ", m.IntN(9))+lines[at]
		case 6:
			what, lines = "a long list", slices.Insert(lines, end-1, keys[m.IntN(len(keys))]+": ["+strings.Repeat("số "+fmt.Sprint(m.IntN(9))+", ", m.size(20_000))+"]\n")
		case 7:
			what, lines = "a deep list", slices.Insert(lines, end-1, "extra: "+strings.Repeat("[", m.size(20_000))+"\n")
		case 8:
			what, lines[at] = "a long line", strings.TrimSuffix(lines[at], "\n")+strings.Repeat("chữ ", m.size(200_000))+"\n"
		}
		return []byte(strings.Join(lines, ""))
	})
	return rel + ": " + what, err
}

// size returns a number up to most, small ones more often.
func (m *mutator) size(most int) int {
	return 1 + int(float64(most)*m.Float64()*m.Float64()*m.Float64())
}

// fragments are pieces of Markdown that mean something, alone or again and
// again.
var fragments = []string{
	"> ", "- ", "* ", "1. ", "  ", "    ", "\t", "\n", "\n\n", "# ", "###### ", "===\n", "---\n", "***", "**", "*", "_", "~~", "==", "`", "```\n", "~~~\n", "[", "]", "](", ")", "![", "![a](anh-1.png)", "[a](", "[a]: /x\n", "[a][a]", "[^1]", "[^1]: x\n",
	"<", ">", "<!--", "-->", "<!-- a -->b ", "<div>", "</div>", "<b", "<script>", "<br>", "<a href='javascript:1'>", "&", "&amp;", "&#0;", "&#x110000;", "|", "| a | b |\n|---|---|\n", "| x ", "\\|", "\\", ":", "\n: x\n", "# a {.c #d e=f}\n", "{.c .d}", "> [!NOTE]\n",
	"- [ ] ", "https://a.example/?a=b", "www.a.example", "a@b.example", "HTTP://", "![](x.mp4)", "[x](hop-dan.md)", "[x](../../outside/thu.txt)", "![x](../../../outside/thu.txt)", "[x](/%2e%2e/%2e%2e/x)", "{{.}}", "{{< x >}}", "\u0300", "\u202e", "\u200b", "\x00", "\xff", "\r", "đ", "😀", "UBND",
}

// text puts pieces of Markdown into an article.
func (m *mutator) text() (string, error) {
	rel, what := m.pick(isArticle), ""
	err := m.change(rel, func(data []byte) []byte {
		var b strings.Builder
		for range 1 + m.IntN(4) {
			piece := fragments[m.IntN(len(fragments))]
			for range m.IntN(3) {
				piece += fragments[m.IntN(len(fragments))]
			}
			n := 1
			if m.IntN(2) == 0 {
				n = m.size(60_000)
			}
			what += fmt.Sprintf("%q×%d ", piece, n)
			b.WriteString(strings.Repeat(piece, n))
			b.WriteString([]string{"", "\n", "\n\n"}[m.IntN(3)])
		}
		at := len(data)
		if m.IntN(2) == 0 {
			at = m.IntN(len(data) + 1)
		}
		return slices.Insert(data, at, []byte(b.String())...)
	})
	return rel + ": " + what, err
}

// bytes damages the bytes of a source.
func (m *mutator) bytes() (string, error) {
	rel := m.pick(isSource)
	return rel, m.change(rel, m.damage)
}

// damage returns data with something about its bytes changed.
func (m *mutator) damage(data []byte) []byte {
	at := m.IntN(len(data) + 1)
	switch m.IntN(9) {
	case 0:
		return data[:at]
	case 1:
		return append(data, data[:at]...)
	case 2:
		return append([]byte("\xef\xbb\xbf"), data...)
	case 3:
		return bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n"))
	case 4:
		return slices.Insert(data, at, make([]byte, m.size(1<<20))...)
	case 5:
		var wide []byte
		for _, c := range data {
			wide = append(wide, c, 0)
		}
		return append([]byte("\xff\xfe"), wide...)
	case 6:
		return nil
	}
	for range 1 + m.IntN(20) {
		if len(data) > 0 {
			data[m.IntN(len(data))] = byte(m.Uint32())
		}
	}
	return data
}

// names are those of files that somebody may put into a site's folder.
var names = []string{
	"static/tin-tuc/index.html", "static/index.html", "static/rss.xml", "static/sitemap-2026-02.xml", "static/style.css", "static/don-vi/x/lich.ics", "static/_redirects", "static/.htaccess", "static/.well-known/x", "static/.bantin-manifest",
	"static/.bantin-stage/x", "static/.bantin-lock", "static/con", "static/a*b", "static/a.", "static/a\nb", "static/\x01", "static/" + longName + ".txt", "static/s/x", "static/ſ/x", "static/S/X", "static/e\u0301.txt", "static/é.txt", "content/con.md", "content/2026/x.md",
	"content/tin-tuc/2026/x.md", "content/x.md", "content/a/b/c/d/e/f/g/x.md", "content/" + longName + ".md", "content/phoi-hop/_index.md", "content/su-kien/_index.md", "content/the/_index.md", "content/x.en.md", "content/~$x.md", "content/.x.md", "content/Thumbs.db",
	"content/phoi-hop/x.MD", "content/phoi-hop/x.pdf", "content/phoi-hop/x.exe", "content/phoi-hop/x.html", "content/phoi-hop/x.mp4", "templates/page.html", "templates/vi.yaml", "templates/x.html", "public/x.txt", "public/tin-tuc/x.txt", ".bantin/x", ".bantin/sources-1.tmp", ".bantin/pictures/x",
	"content/index.md", "content/phoi-hop/index.md", "content/_index.md", "x/y.md", "site.yml",
}

var longName = strings.Repeat("ệ", 84)

// file adds a file.
func (m *mutator) file() (string, error) {
	rel := names[m.IntN(len(names))]
	data := []byte("---\ntitle: Bài thêm\ndate: 2/2/2026\naliases: [" + values[m.IntN(len(values))] + "]\n---\n\nMột câu.\n")
	switch m.IntN(4) {
	case 0:
		data = []byte("một tệp")
	case 1:
		if other := m.pick(func(string) bool { return true }); other != "" {
			data, _ = m.read(other)
		}
	}
	return rel, m.write(rel, data)
}

// picture damages a picture, or adds one of a damaged or unusual kind.
func (m *mutator) picture() (string, error) {
	rel := m.pick(func(name string) bool {
		return isSource(name) && slices.Contains([]string{".png", ".jpg", ".gif", ".svg"}, path.Ext(name))
	})
	what := "damaged"
	err := m.change(rel, func(data []byte) []byte {
		switch m.IntN(4) {
		case 0:
			if len(data) > 24 && path.Ext(rel) == ".png" { // its width and height
				what = "of another size"
				for i := 16; i < 24; i++ {
					few, more := m.Uint32(), m.Uint32()
					data[i] = byte(few & more) // small numbers more often than large ones
				}
			}
			return data
		case 1:
			what = "another SVG"
			return []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">` + strings.Repeat([]string{"<g>", "<script/>", "<style>@import 'x'</style>", "<!-- -->", "<![CDATA[x]]>", "<a href='javascript:1'/>", "<rect onload='x'/>", "&a;"}[m.IntN(8)], m.size(50_000)) + "</svg>")
		}
		return m.damage(data)
	})
	return rel + ": " + what, err
}

// state damages a file of the cache.
func (m *mutator) state() (string, error) {
	rel := m.pick(isState)
	if m.IntN(6) == 0 {
		other := m.pick(isState)
		data, err := m.read(other)
		if err != nil {
			return rel, err
		}
		return rel + " as " + other, m.change(rel, func([]byte) []byte { return data })
	}
	return rel, m.change(rel, m.damage)
}

// own are the files that Bantin keeps in the output or beside it.
var own = []string{
	"public/.bantin-manifest", "public/.bantin-journal", "public/.bantin-lock", "public/.bantin-stage", "public/.bantin-stage/index.html", ".public.bantin-stage", ".bantin", ".bantin/sources", ".bantin/pictures", ".bantin/serve", ".bantin/x", "public", "public/index.html", "public/phoi-hop",
}

// output damages the output: a page, or a file that Bantin keeps there.
func (m *mutator) output() (string, error) {
	switch m.IntN(3) {
	case 0:
		rel := m.pick(func(name string) bool { return strings.HasPrefix(name, "public/") })
		return rel, m.change(rel, m.damage)
	case 1:
		return "public/.bantin-manifest", m.change("public/.bantin-manifest", m.damage)
	}
	rel := own[m.IntN(5)]
	return rel + " is forged", m.write(rel, m.forged(rel))
}

// forged returns a manifest or a journal that is whole, and says what no build
// says.
func (m *mutator) forged(rel string) []byte {
	manifest, _ := m.read("public/.bantin-manifest")
	lines := strings.SplitAfter(string(manifest), "\n")
	paths := []string{"index.html", "x.txt", "../../outside/thu.txt", "../site.yaml", "/etc/passwd", "tin-tuc/", ".bantin-manifest", ".bantin-stage/1", "a\x00b", "..", ""}
	if path.Base(rel) == ".bantin-journal" {
		lines = []string{"bantin-journal 1\n", "from " + digest.Of(manifest).String() + "\n", "to " + digest.Of(nil).String() + "\n"}
		for range m.IntN(6) {
			lines = append(lines, []string{"put 1 ", "put 0 ", "put 4294967295 ", "del ", "x "}[m.IntN(5)]+paths[m.IntN(len(paths))]+"\n")
		}
	} else if len(lines) > 2 {
		lines = lines[:len(lines)-2] // without its end
		for range 1 + m.IntN(4) {
			switch at := m.IntN(len(lines)); m.IntN(3) {
			case 0:
				lines = slices.Delete(lines, at, at+1)
			case 1:
				lines = slices.Insert(lines, at, digest.Of(nil).String()+" 0 1 "+paths[m.IntN(len(paths))]+"\n")
			case 2:
				lines[at] = strings.Replace(lines[at], "0", "1", 1)
			}
			if len(lines) == 0 {
				break
			}
		}
	}
	text := strings.Join(lines, "")
	return []byte(text + "end " + digest.OfString(text).String() + "\n")
}

// link puts a link somewhere.
func (m *mutator) link() (string, error) {
	rel := own[m.IntN(len(own))]
	if m.IntN(3) == 0 {
		rel = names[m.IntN(len(names))]
	}
	targets := []string{m.outside, filepath.Join(m.outside, "thu.txt"), filepath.Join(m.outside, "nowhere"), m.site, "..", ".", path.Base(rel), filepath.Join(m.outside, "content")}
	target := targets[m.IntN(len(targets))]
	return rel + " leads to " + path.Base(target), m.replace(rel, func(name string) error { return os.Symlink(target, name) })
}

// pipe puts something there that is no file: a pipe, a folder, a file that
// seems to have no end.
func (m *mutator) pipe() (string, error) {
	rel := own[m.IntN(len(own))]
	other := names[m.IntN(len(names))]
	switch m.IntN(4) {
	case 0:
		return other + " is a pipe", m.replace(other, makeFIFO)
	case 1:
		return rel + " is a pipe", m.replace(rel, makeFIFO)
	case 2:
		return rel + " is a folder", m.replace(rel, func(name string) error { return os.MkdirAll(filepath.Join(name, "x"), 0o777) })
	}
	return rel + " is endless", m.replace(rel, func(name string) error {
		if err := os.WriteFile(name, nil, 0o666); err != nil {
			return err
		}
		return os.Truncate(name, 6<<30)
	})
}

// replace puts something else at a path.
func (m *mutator) replace(rel string, make func(name string) error) error {
	name := m.full(rel)
	if err := os.RemoveAll(name); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	return make(name)
}

// gone removes a file, wherever it is.
func (m *mutator) gone() (string, error) {
	rel := m.pick(func(string) bool { return true })
	return rel, os.Remove(m.full(rel))
}

// template replaces a template of the site.
func (m *mutator) template() (string, error) {
	text := []string{
		"{{", "{{.X}}", "{{template \"byline.html\" .}}", "{{range 1000000000}}x{{end}}", "{{define \"a\"}}{{template \"a\" .}}{{end}}{{template \"a\" .}}", "{{printf \"%999999999d\" 1}}", "<p {{.}}>", "{{index . 7}}", "", "{{html .Title}}", "{{html .}}", "{{.}}",
	}[m.IntN(12)]
	rel := []string{"templates/byline.html", "templates/footer.html", "templates/article.html", "templates/card.html", "templates/vi.yaml"}[m.IntN(5)]
	return rel + ": " + text, m.write(rel, []byte(text))
}

// pictures returns pictures of each format for the site of the soak.
func pictures() map[string][]byte {
	picture := func(width, height int) image.Image {
		img := image.NewPaletted(image.Rect(0, 0, width, height), color.Palette{color.White, color.Black})
		for i := range img.Pix {
			img.Pix[i] = uint8(i / 7 % 2)
		}
		return img
	}
	var one, two, three, four bytes.Buffer
	_, _ = png.Encode(&one, picture(40, 30)), png.Encode(&two, picture(900, 60))
	_, _ = jpeg.Encode(&three, picture(64, 48), nil), gif.Encode(&four, picture(32, 32), nil)
	return map[string][]byte{
		"content/phoi-hop/le-ky/anh-1.png": one.Bytes(), "content/phoi-hop/le-ky/anh-2.png": two.Bytes(),
		"static/anh.jpg": three.Bytes(), "static/anh.gif": four.Bytes(),
	}
}
