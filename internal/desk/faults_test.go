package desk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bantin/internal/edits"
)

const twoLanguages = "title: Bản tin xã\nbase_url: https://xa.example/\nid: xa.example,2026\nlanguages:\n  en: {title: Commune news}\n"

// bilingual is a site with articles in two languages.
func bilingual() map[string]string {
	return map[string]string{
		"site.yaml": twoLanguages, "content/tin-tuc/_index.md": "---\ntitle: Tin tức\n---\n", "content/tin-tuc/_index.en.md": "---\ntitle: News\n---\n",
		"content/tin-tuc/bai.md": "---\ntitle: Bài\ndate: 1/2/2026\n---\n[khác](khac.md)\n", "content/tin-tuc/bai.en.md": "---\ntitle: Text\n---\n[other](khac.md)\n",
		"content/tin-tuc/khac.md": "---\ntitle: Khác\ndate: 1/2/2026\n---\n[bài](bai.md) [text](bai.en.md)\n",
	}
}

func (d *at) upload(path, name string, data []byte) map[string]any {
	d.Helper()
	return d.answer(d.ask("POST", "/api/upload?path="+path+"&name="+name, bytes.NewReader(data), nil), 200)
}

func (d *at) exists(name string) bool {
	_, err := os.Lstat(filepath.Join(d.dir, filepath.FromSlash(name)))
	return err == nil
}

func TestAnArticleGetsItsFolderInAllItsLanguages(t *testing.T) {
	for _, opened := range []string{"bai.md", "bai.en.md"} {
		d := newDesk(t, bilingual())
		got := d.upload("tin-tuc/"+opened, "anh.png", picturePNG())
		if want := "tin-tuc/bai/index" + strings.TrimPrefix(opened, "bai"); got["path"] != want {
			t.Errorf("%s is at %v, want %s", opened, got["path"], want)
		}
		if d.exists("content/tin-tuc/bai.md") || d.exists("content/tin-tuc/bai.en.md") || !d.exists("content/tin-tuc/bai/anh.png") {
			t.Error("a text stays behind")
		}
		if text := d.read("content/tin-tuc/bai/index.en.md"); !strings.Contains(text, "[other](../khac.md)") {
			t.Errorf("got %s", text)
		}
		if text := d.read("content/tin-tuc/khac.md"); !strings.Contains(text, "[bài](bai/index.md) [text](bai/index.en.md)") {
			t.Errorf("got %s", text)
		}
		// A second one goes into the folder that is there now, from either text.
		if got := d.upload("tin-tuc/bai/index.en.md", "hai.png", append(picturePNG(), 0)); got["path"] != "tin-tuc/bai/index.en.md" || !d.exists("content/tin-tuc/bai/hai.png") {
			t.Errorf("got %v", got["path"])
		}
	}
}

func TestATextInAnotherLanguageAloneGetsAFolder(t *testing.T) {
	d := newDesk(t, bilingual())
	d.write("content/tin-tuc/only.en.md", "---\ntitle: Only\ndate: 1/2/2026\n---\n")
	if got := d.upload("tin-tuc/only.en.md", "a.png", picturePNG()); got["path"] != "tin-tuc/only/index.en.md" || !d.exists("content/tin-tuc/only/a.png") {
		t.Errorf("got %v", got["path"])
	}
}

func TestTheTextOfASectionIsOneInEveryLanguage(t *testing.T) {
	d := newDesk(t, bilingual())
	for _, name := range []string{"_index.md", "_index.en.md"} {
		a := d.get("/api/article?path=tin-tuc/"+name, 200)
		if a["kind"] != "section" || len(a["problems"].([]any)) > 0 {
			t.Errorf("%s is %v with %v", name, a["kind"], a["problems"])
		}
		d.post("/api/delete", map[string]any{"path": "tin-tuc/" + name, "digest": a["digest"]}, http.StatusUnprocessableEntity)
	}
	if a := d.get("/api/article?path=tin-tuc/bai.en.md", 200); a["kind"] != "news" || len(a["problems"].([]any)) > 0 {
		t.Errorf("a translation needs no date: %v", a["problems"])
	}
}

func TestAnArticleIsDeletedInAllItsLanguages(t *testing.T) {
	d := newDesk(t, bilingual())
	digest := func(name string) string { return edits.Digest([]byte(d.read("content/tin-tuc/" + name))) }
	d.post("/api/delete", map[string]any{"path": "tin-tuc/bai.en.md", "digest": digest("bai.en.md")}, 200)
	if d.exists("content/tin-tuc/bai.en.md") || !d.exists("content/tin-tuc/bai.md") {
		t.Error("a translation goes alone")
	}
	d.write("content/tin-tuc/bai.en.md", "---\ntitle: Text\n---\n")
	d.post("/api/delete", map[string]any{"path": "tin-tuc/bai.md", "digest": digest("bai.md")}, 200)
	if d.exists("content/tin-tuc/bai.en.md") || d.exists("content/tin-tuc/bai.md") {
		t.Error("a text stays behind")
	}
}

func TestAFileOfAnotherLanguageIsUsed(t *testing.T) {
	d := newDesk(t, bilingual())
	d.upload("tin-tuc/bai.md", "a.png", picturePNG())
	d.write("content/tin-tuc/bai/index.en.md", "---\ntitle: Text\nimage: {file: a.png, alt: x}\n---\n")
	for _, f := range d.get("/api/article?path=tin-tuc/bai/index.md", 200)["files"].([]any) {
		if f.(map[string]any)["used"] != true {
			t.Errorf("offered for removal: %v", f)
		}
	}
	d.write("content/tin-tuc/bai/index.en.md", "---\ntitle: Text\n---\n")
	d.write("content/tin-tuc/khac.md", "---\ntitle: Khác\ndate: 1/2/2026\n---\n![a](bai/a.png)\n")
	if answer := d.post("/api/remove-file", map[string]any{"Path": "tin-tuc/bai/index.md", "Name": "a.png"}, http.StatusUnprocessableEntity); answer["code"] != "used" || !d.exists("content/tin-tuc/bai/a.png") {
		t.Errorf("got %v", answer)
	}
}

func TestARenamedArticleStaysInTheFolderOfItsYear(t *testing.T) {
	files := bilingual()
	files["content/tin-tuc/2026/03/cu.md"] = "---\ntitle: Cũ\ndate: 1/3/2026\n---\n"
	files["content/tin-tuc/2026/le/index.md"] = "---\ntitle: Lễ\ndate: 1/3/2026\n---\n"
	files["content/su-kien-xa/_index.md"] = "---\ntitle: Sự kiện\n---\n"
	d := newDesk(t, files)
	d.shown()
	moves := []string{}
	d.desk.opt.Move = func(_ context.Context, from, to string) error {
		moves = append(moves, from+" "+to)
		return nil
	}
	for _, tt := range []struct{ path, section, want, moved string }{
		{"tin-tuc/2026/03/cu.md", "tin-tuc", "tin-tuc/2026/03/moi.md", "tin-tuc/2026/03/cu.md tin-tuc/2026/03/moi.md"},
		{"tin-tuc/2026/le/index.md", "tin-tuc", "tin-tuc/2026/moi/index.md", "tin-tuc/2026/le tin-tuc/2026/moi"},
		{"tin-tuc/2026/03/cu.md", "su-kien-xa", "su-kien-xa/moi.md", "tin-tuc/2026/03/cu.md su-kien-xa/moi.md"},
		{"tin-tuc/bai.en.md", "tin-tuc", "tin-tuc/moi.en.md", "tin-tuc/bai.md tin-tuc/moi.md"},
	} {
		if a := d.get("/api/article?path="+tt.path, 200); a["section"] != "tin-tuc" {
			t.Errorf("%s is in %v", tt.path, a["section"])
		}
		got := d.post("/api/rename", map[string]any{"Path": tt.path, "Section": tt.section, "Name": "moi"}, 200)
		if got["path"] != tt.want || moves[len(moves)-1] != tt.moved {
			t.Errorf("%s: got %v by %s", tt.path, got["path"], moves[len(moves)-1])
		}
	}
}

func TestAPublishedArticleStaysSoIfItsDeployFails(t *testing.T) {
	d := newDesk(t, map[string]string{"content/tin-tuc/a.md": "---\ntitle: Bài\ndate: 1/2/2026\ndraft: true\n---\n",
		"site.yaml": "title: Bản tin xã\nbase_url: https://xa.example/\nid: xa.example,2026\ndeploy: {may-chu: file:///khong/co}\n", "content/tin-tuc/_index.md": "---\ntitle: Tin tức\n---\n"})
	built := ""
	d.desk.opt.Build = func(context.Context, io.Writer) error { built = d.read("content/tin-tuc/a.md"); return nil }
	d.desk.opt.Deploy = func(context.Context, string, io.Writer) error { return errors.New("máy chủ không trả lời") }
	release := func(target string) string {
		digest := edits.Digest([]byte(d.read("content/tin-tuc/a.md")))
		w := d.ask("POST", "/api/publish", strings.NewReader(fmt.Sprintf(`{"path":"tin-tuc/a.md","digest":%q,"do":"publish","date":"","text":"","target":%q}`, digest, target)), nil)
		return w.Body.String()
	}
	answer := release("may-chu")
	if !strings.Contains(answer, `"left":"máy chủ không trả lời"`) {
		t.Errorf("got %s", answer)
	}
	if text := d.read("content/tin-tuc/a.md"); text != built || strings.Contains(text, "draft") {
		t.Errorf("what was built is %q, the file %q", built, text)
	}
	// One whose site can't be built is as it was.
	d.write("content/tin-tuc/a.md", "---\ntitle: Bài\ndate: 1/2/2026\ndraft: true\n---\n")
	d.desk.opt.Build = func(context.Context, io.Writer) error { return errors.New("hỏng") }
	if answer := release(""); !strings.Contains(answer, `"told":"hỏng"`) || !strings.Contains(d.read("content/tin-tuc/a.md"), "draft: true") {
		t.Errorf("got %s", answer)
	}
}

func TestALateLeaveClosesNoOtherArticle(t *testing.T) {
	d := newDesk(t, map[string]string{"content/tin-tuc/a.md": sample, "content/tin-tuc/b.md": sample})
	edit := func(name, text string) {
		a := d.get("/api/article?path=tin-tuc/"+name, 200)
		d.post("/api/edit", map[string]any{"path": "tin-tuc/" + name, "window": "w", "digest": a["digest"], "changes": []any{}, "text": text, "raw": false}, 200)
	}
	leave := func(name string) { d.post("/api/leave", map[string]any{"Window": "w", "Path": "tin-tuc/" + name}, 200) }
	d.get("/api/article?path=tin-tuc/a.md&window=w", 200)
	edit("a.md", "A")
	d.get("/api/article?path=tin-tuc/b.md&window=w", 200)
	edit("b.md", "B")
	leave("a.md") // which was sent before
	if shown := d.desk.Unsaved(); len(shown) != 1 || shown["content/tin-tuc/b.md"] == nil {
		t.Errorf("shown are %d", len(shown))
	}
	if d.desk.windows["w"] != "tin-tuc/b.md" {
		t.Errorf("the window edits %q", d.desk.windows["w"])
	}
	edit("a.md", "A later") // which was sent before, too
	if shown := d.desk.Unsaved(); shown["content/tin-tuc/a.md"] != nil {
		t.Error("an article that nobody edits is shown as it was edited")
	}
	leave("b.md")
	if shown := d.desk.Unsaved(); len(shown) != 0 {
		t.Errorf("shown are %d", len(shown))
	}
}

func TestTheMendedFileIsTheOneThatIsOpen(t *testing.T) {
	src := "---\ntitle: Đức Thọ: ký kết\ndate: 1/2/2026\n---\nCũ.\n"
	d := newDesk(t, map[string]string{"content/tin-tuc/a.md": src})
	a := d.get("/api/article?path=tin-tuc/a.md", 200)
	if a["opened"].(map[string]any)["values"] != nil {
		t.Fatal("it can be read")
	}
	// A line was put before the one with the mistake, and the text is another one.
	text := "---\nauthor: Lê Mai\ntitle: Đức Thọ: ký kết\ndate: 1/2/2026\n---\nMới.\n"
	q := map[string]any{"path": "tin-tuc/a.md", "window": "", "digest": a["digest"], "changes": []any{}, "text": text, "raw": true}
	p := d.post("/api/edit", q, 200)["problems"].([]any)[0].(map[string]any)
	q["line"], q["col"], q["id"] = p["line"], p["col"], p["id"]
	want := strings.Replace(text, "title: Đức Thọ: ký kết", `title: "Đức Thọ: ký kết"`, 1)
	if got := d.post("/api/mend", q, 200)["file"]; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	q["text"] = strings.Replace(text, "author", "# x\nauthor", 1)
	if answer := d.post("/api/mend", q, http.StatusUnprocessableEntity); answer["code"] != "not-mended" {
		t.Errorf("a problem of another text: %v", answer)
	}
}
