package build

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"bantin/templates"
)

// edits are what can happen to a site. Each says what it did, "" if there was
// nothing to do it to.
var edits = []func(*newsroom) string{
	changeBody, changeBody, changeTitle, changeDate, changeNames, changeNames, changeState, changeState,
	changeAlias, changeSlug, linkArticles, moveArticle, renameArticle, makeBundle, deleteArticle,
	addArticle, addArticle, changeSection, changeSettings, changeSettings, changeTemplate, changeTemplate,
	changeWords, changeStatic, replaceFile, moveTime, moveTime, moveTime, touchFile, changeUnseen,
	addStrange, startPreview, loseCache, bringBackCache, bringBackCache, damageOutput, damageOutput, loseManifest, revert, revert,
}

func changeBody(room *newsroom) string {
	file := room.pickArticle()
	room.write(file, room.files[file]+fmt.Sprintf("\n## Mục %d\n\nĐoạn thêm của UBND ở bước %d.\n", room.step%3, room.step))
	return "body of " + file
}

func changeTitle(room *newsroom) string {
	file := room.pickArticle()
	return room.set(file, "title", fmt.Sprintf("Tên mới %d", room.step))
}

func changeDate(room *newsroom) string {
	return room.set(room.pickArticle(), "date", room.anyDay(2019, 2027))
}

func changeNames(room *newsroom) string {
	key := room.pick("tags", "author", "organization")
	return room.set(room.pickArticle(), key, room.pick("nông thôn mới", "Nông  thôn mới", "họp dân", "điện",
		"Vũ Cương", "Trần Văn Đông", "Trần Văn Đòng", "Uỷ ban MTTQ xã Khê Hoà", "Tên mới", fmt.Sprintf("Tên %d", room.step), ""))
}

// changeState hides or shows an article, or pins it.
func changeState(room *newsroom) string {
	file := room.pickArticle()
	switch key := room.pick("draft", "expires", "pinned", "updated", "corrections"); key {
	case "draft":
		if strings.Contains(room.files[file], "\ndraft: true\n") {
			return room.set(file, key, "")
		}
		return room.set(file, key, "true")
	case "corrections":
		return room.set(file, key, fmt.Sprintf("[{date: %s, text: Sửa lần %d}]", room.anyDay(2026, 2027), room.step))
	default:
		return room.set(file, key, room.pick(room.anyDay(2026, 2027), "9:30 "+room.anyDay(2026, 2026), ""))
	}
}

func changeAlias(room *newsroom) string {
	return room.set(room.pickArticle(), "aliases", room.pick("",
		fmt.Sprintf("[/tin/cu/%d/]", room.step), fmt.Sprintf(`["/xem.aspx?id=%d"]`, room.step), "[/tin/trung.html]"))
}

func changeSlug(room *newsroom) string {
	return room.set(room.pickArticle(), "slug", room.pick("", "dia-chi-moi", fmt.Sprintf("dia-chi-%d", room.step)))
}

func linkArticles(room *newsroom) string {
	from, to := room.pickArticle(), room.pickArticle()
	target := strings.TrimPrefix(to, "content")
	room.write(from, room.files[from]+fmt.Sprintf("\nXem [bài kia](<%s#muc-1>).\n", target))
	return "link from " + from + " to " + to
}

func moveArticle(room *newsroom) string {
	file := room.pickSingle()
	return room.move(file, room.pick("content/thong-bao/", "content/thong-bao/lich/", "content/moi/", "content/phoi-hop/", "content/su-kien/", "content/thoa-thuan/")+path.Base(file))
}

func renameArticle(room *newsroom) string {
	file := room.pickSingle()
	return room.move(file, path.Dir(file)+fmt.Sprintf("/doi-ten-%d.md", room.step))
}

func makeBundle(room *newsroom) string {
	file := room.pickSingle()
	return room.move(file, strings.TrimSuffix(file, ".md")+"/index.md")
}

func deleteArticle(room *newsroom) string {
	file := room.pickArticle()
	room.remove(file)
	return "delete " + file
}

func addArticle(room *newsroom) string {
	file := room.pick("content/thong-bao/", "content/phoi-hop/", "content/moi/sau/") + fmt.Sprintf("them-%d.md", room.step)
	more := room.pick("", "",
		"event: {start: 8:00 "+room.anyDay(2026, 2026)+", organizer: Hội Nông dân xã Khê Hòa}\n",
		"agreement: {parties: [UBND xã Khê Hòa, Bên B], to: "+room.anyDay(2026, 2027)+", amends: 16/SĐ-UBND}\n")
	room.write(file, fmt.Sprintf("---\ntitle: Bài thêm %d\ndate: %s\ntags: [điện, họp dân]\n%s---\n\n**Bài** mới, theo UBND.\n",
		room.step, room.anyDay(2025, 2026), more))
	return "add " + file
}

// changeSection describes a section, changes what it says, or takes it away.
func changeSection(room *newsroom) string {
	file := room.pick("content/thong-bao/_index.md", "content/thong-bao/lich/_index.md", "content/moi/_index.md")
	if _, stands := room.files[file]; stands && room.rng.IntN(3) == 0 {
		room.remove(file)
		return "delete " + file
	}
	room.write(file, fmt.Sprintf("---\ntitle: Chuyên mục %d\nweight: %d\nslug: %s\n---\n\nLời đầu.\n",
		room.step, room.rng.IntN(4), room.pick("thong-bao", "chuyen-muc", "muc-moi")))
	return "describe " + file
}

func changeSettings(room *newsroom) string {
	setting := room.pick("title: Bản tin số %d", "page_size: %d", "related: %d", "description: Mô tả %d", "feed: {items: %d}",
		"paths: {page: trang%d, tag: nhan%[1]d}", "glossary: {UBND: Ủy ban số %d}", "timezone: Asia/Tokyo", "timezone: Asia/Ho_Chi_Minh",
		"base_url: https://khehoa.example/", "base_url: https://khehoa.example/tin/", "language: en", "language: vi",
		"markdown: {html: sanitize}", "tags: {điện: {slug: dien-%d}}", "share: {email: false}", "page_size: sai %d")
	if strings.Contains(setting, "%") {
		setting = fmt.Sprintf(setting, 2+room.rng.IntN(6))
	}
	key, value, _ := strings.Cut(setting, ": ")
	room.write("site.yaml", withLine(room.files["site.yaml"], 0, key, value))
	return "site.yaml " + setting
}

// changeTemplate replaces a default template by one that says a bit more, or
// brings the default back.
func changeTemplate(room *newsroom) string {
	name := room.pick("card.html", "article.html", "layout.html", "footer.html", "section.html", "redirect.html", "home.html", "corrections.html")
	return room.override("templates/"+name, defaultTemplate(room, name)+fmt.Sprintf("<p>%d</p>\n", room.step))
}

func changeWords(room *newsroom) string {
	return room.override("templates/vi.yaml", fmt.Sprintf("events: Sự kiện %d\nfootnotes: Ghi chú %[1]d\n", room.step))
}

func changeStatic(room *newsroom) string {
	return room.override(room.pick("static/style.css", "static/robots.txt", "static/emblem.svg", "static/moi/tep.txt"),
		fmt.Sprintf("/* %d */\n", room.step))
}

// override writes a file, or takes away the one that an earlier edit wrote.
func (room *newsroom) override(file, text string) string {
	if _, stands := room.files[file]; stands && room.rng.IntN(2) == 0 {
		room.remove(file)
		return "delete " + file
	}
	room.write(file, text)
	return "write " + file
}

func defaultTemplate(room *newsroom, name string) string {
	text, err := fs.ReadFile(templates.FS, name)
	room.must(err)
	return string(text)
}

// replaceFile replaces a picture or a document, or takes it away.
func replaceFile(room *newsroom) string {
	file := room.pickFile(func(file string) bool {
		return strings.HasPrefix(file, "content/") && path.Ext(file) != ".md" || strings.HasPrefix(file, "static/van-ban/")
	})
	switch {
	case file == "":
		return ""
	case room.rng.IntN(5) == 0:
		room.remove(file)
		return "delete " + file
	case path.Ext(file) == ".png":
		room.write(file, pngOf(room, 20+room.step, 30))
	default:
		room.write(file, fmt.Sprintf("tệp thay ở bước %d\n", room.step))
	}
	return "replace " + file
}

// addStrange adds a file that is a mistake by its name, and changes another one.
func addStrange(room *newsroom) string {
	room.write("content/thong-bao/la.markdown", "Lạ.\n")
	return "add what is no article, and " + changeBody(room)
}

// moveTime goes to the next moment at which something may change, to just
// before it, or anywhere.
func moveTime(room *newsroom) string {
	next := room.cron.report.NextChange
	switch choice := room.rng.IntN(4); {
	case choice == 0 || next.IsZero():
		room.now = time.Date(2025, time.December, 1+room.rng.IntN(700), room.rng.IntN(24), 0, 0, 0, time.UTC)
	case choice == 1:
		room.now = next.Add(-time.Nanosecond)
	default:
		room.now = next
	}
	return "now is " + room.now.String()
}

func touchFile(room *newsroom) string {
	file := room.pickFile(func(string) bool { return true })
	at := time.Now()
	room.must(os.Chtimes(filepath.Join(room.dir, file), at, at))
	return "touch " + file
}

// changeUnseen changes a file so that neither its size nor its time tells.
func changeUnseen(room *newsroom) string {
	file := room.pickArticle()
	name := filepath.Join(room.dir, file)
	info, err := os.Stat(name)
	room.must(err)
	text := []byte(room.files[file])
	last := bytes.LastIndexAny(text, "abcdeghiklmnopqrstuvxy")
	text[last] = 'a' + (text[last]-'a'+1)%26
	room.write(file, string(text))
	room.must(os.Chtimes(name, info.ModTime(), info.ModTime()))
	return "change a letter of " + file
}

func loseCache(room *newsroom) string {
	for _, o := range room.outlets() {
		room.must(os.RemoveAll(o.opt.Cache))
	}
	return "delete the cache"
}

// bringBackCache puts an old state in place, as a backup or a build server
// does, and often the sources of that time as well.
func bringBackCache(room *newsroom) string {
	back := 1 + room.rng.IntN(min(4, len(room.caches)))
	for path, data := range room.caches[len(room.caches)-back] {
		room.must(os.WriteFile(filepath.Join(room.cron.opt.Cache, path), []byte(data), 0o666))
	}
	did := fmt.Sprintf("bring back the cache of %d builds ago", back)
	if room.rng.IntN(3) > 0 {
		did += ", " + revert(room)
	}
	return did
}

// startPreview lets a new process go on with the preview.
func startPreview(room *newsroom) string {
	room.preview.builder = nil
	return "start the preview again"
}

// damageOutput deletes, cuts or alters a file of the output.
func damageOutput(room *newsroom) string {
	how := room.pick("delete", "truncate", "alter")
	published := slices.Sorted(maps.Keys(treeOf(room, room.cron.opt.Output)))
	file := room.pick(slices.DeleteFunc(published, func(file string) bool { return file == ".bantin-manifest" })...)
	for _, o := range room.outlets() {
		name := filepath.Join(o.opt.Output, file)
		switch how {
		case "delete":
			room.must(os.Remove(name))
		case "truncate":
			room.must(os.Truncate(name, 0))
		case "alter":
			info, err := os.Stat(name)
			room.must(err)
			room.must(os.WriteFile(name, bytes.Repeat([]byte("x"), int(info.Size())), 0o666))
			later := info.ModTime().Add(time.Second)
			room.must(os.Chtimes(name, later, later))
		}
	}
	return how + " " + file + " in the output, and " + startPreview(room)
}

// loseManifest takes away what tells which files are ours. Those that are
// there byte for byte are taken over.
func loseManifest(room *newsroom) string {
	for _, o := range room.outlets() {
		room.must(os.Remove(filepath.Join(o.opt.Output, ".bantin-manifest")))
	}
	return "delete the manifest"
}

// revert makes the sources what they were a few edits ago.
func revert(room *newsroom) string {
	if len(room.history) == 0 {
		return ""
	}
	back := 1 + room.rng.IntN(min(4, len(room.history)))
	room.goBack(room.history[len(room.history)-back])
	return fmt.Sprintf("revert to before the last %d edits", back)
}

func (room *newsroom) pick(of ...string) string { return of[room.rng.IntN(len(of))] }

// pickFile returns a file of the site's folder for which ok holds, "" if there
// is none.
func (room *newsroom) pickFile(ok func(file string) bool) string {
	files := slices.DeleteFunc(slices.Sorted(maps.Keys(room.files)), func(file string) bool { return !ok(file) })
	if len(files) == 0 {
		return ""
	}
	return room.pick(files...)
}

// pickArticle returns the file of an article or a page.
func (room *newsroom) pickArticle() string {
	return room.pickFile(func(file string) bool { return path.Ext(file) == ".md" && path.Base(file) != "_index.md" })
}

// pickSingle returns the file of an article that has no folder of its own.
func (room *newsroom) pickSingle() string {
	return room.pickFile(func(file string) bool {
		return path.Ext(file) == ".md" && strings.Count(file, "/") > 1 && path.Base(file) != "_index.md" && path.Base(file) != "index.md"
	})
}

func (room *newsroom) anyDay(from, to int) string {
	return fmt.Sprintf("%d/%d/%d", 1+room.rng.IntN(28), 1+room.rng.IntN(12), from+room.rng.IntN(to-from+1))
}

// set gives a key of an article a value, "" to take it away.
func (room *newsroom) set(file, key, value string) string {
	room.write(file, withLine(room.files[file], len("---\n"), key, value))
	return fmt.Sprintf("%s: %q in %s", key, value, file)
}

// move moves a file, in one rename.
func (room *newsroom) move(from, to string) string {
	if _, taken := room.files[to]; taken {
		return ""
	}
	room.write(to, "")
	room.must(os.Rename(filepath.Join(room.dir, from), filepath.Join(room.dir, to)))
	room.files[to] = room.files[from]
	room.write(from, "") // for remove
	room.remove(from)
	return "move " + from + " to " + to
}

// withLine returns a block of keys whose line of that key, with what is
// indented below it, says value; "" takes it away. The block starts at start.
func withLine(text string, start int, key, value string) string {
	var b strings.Builder
	b.WriteString(text[:start])
	if value != "" {
		b.WriteString(key + ": " + value + "\n")
	}
	dropping, inBlock := false, true
	for line := range strings.Lines(text[start:]) {
		inBlock = inBlock && !strings.HasPrefix(line, "---")
		dropping = inBlock && (strings.HasPrefix(line, key+":") || dropping && strings.HasPrefix(line, " "))
		if !dropping {
			b.WriteString(line)
		}
	}
	return b.String()
}
