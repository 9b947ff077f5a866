package desk

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"bantin/internal/article"
	"bantin/internal/build"
	"bantin/internal/publish"
	"bantin/static"
	"bantin/templates"
)

// threeLanguages is a site.yaml.
const threeLanguages = twoLanguages + "  km: {title: ព័ត៌មានឃុំ}\n"

// TestAnArticleIsTranslated makes the English text of whatever has a Vietnamese one.
func TestAnArticleIsTranslated(t *testing.T) {
	section := "---\ntitle: Tin tức\n---\n"
	d := newDesk(t, map[string]string{
		"site.yaml": threeLanguages, "content/tin-tuc/_index.md": section, "content/tin-tuc/a.md": sample, "content/tin-tuc/b/index.md": sample,
		"content/gioi-thieu.md": "---\ntitle: Giới thiệu\n---\n", "content/tin-tuc/only.en.md": sample, "content/tin-tuc/1.2.md": sample,
	})
	translate := func(at, code, title string, status int) map[string]any {
		t.Helper()
		return d.post("/api/translate", map[string]any{"path": at, "language": code, "title": title}, status)
	}
	languages := func(at string) (list []translation) {
		t.Helper()
		for _, l := range d.get("/api/article?path="+at, 200)["languages"].([]any) {
			l := l.(map[string]any)
			list = append(list, translation{l["code"].(string), l["path"].(string), l["exists"].(bool)})
		}
		return list
	}
	equal := func(got []translation, want ...translation) {
		t.Helper()
		if len(got) != len(want) {
			t.Fatalf("the languages are %v, want %v", got, want)
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("the languages are %v, want %v", got, want)
			}
		}
	}
	for _, at := range []string{"tin-tuc/a.md", "tin-tuc/b/index.md", "gioi-thieu.md", "tin-tuc/_index.md", "tin-tuc/1.2.md"} {
		stem := strings.TrimSuffix(at, ".md")
		equal(languages(at), translation{"en", stem + ".en.md", false}, translation{"km", stem + ".km.md", false})
		made := translate(at, "en", "  Its \"title\":\t100 % ", 200)["path"].(string)
		if made != stem+".en.md" {
			t.Errorf("of %s is made %s", at, made)
		}
		want := "---\ntitle: \"Its \\\"title\\\": 100 %\"\ndraft: true\n---\n\n"
		if path.Base(at) == "_index.md" {
			want = strings.Replace(want, "draft: true\n", "", 1)
		}
		if got := d.read("content/" + made); got != want {
			t.Errorf("%s is %q, want %q", made, got, want)
		}
		if _, problems := article.Parse(made, []byte(want), d.desk.settings().Location, "en", "km"); len(problems) > 0 {
			t.Errorf("%s: %v", made, problems)
		}
		equal(languages(at), translation{"en", made, true}, translation{"km", stem + ".km.md", false})
		equal(languages(made), translation{"", at, true}, translation{"km", stem + ".km.md", false})
		if again := translate(at, "en", "Another", 200)["path"]; again != made || d.read("content/"+made) != want {
			t.Errorf("what there is already became %s: %s", again, d.read("content/"+made))
		}
		translate(made, "km", "អត្ថបទ", 200) // of a translation is made another of its original
		equal(languages(made), translation{"", at, true}, translation{"km", stem + ".km.md", true})
	}
	equal(languages("tin-tuc/only.en.md"))
	for _, refused := range []struct{ path, code, title, why string }{
		{"tin-tuc/a.md", "fr", "Titre", "no-language"},
		{"tin-tuc/a.md", "", "Bài", "no-language"},
		{"tin-tuc/a.md", "../x", "X", "no-language"},
		{"tin-tuc/only.en.md", "km", "X", "no-language"},
		{"tin-tuc/none.md", "en", "X", "no-language"},
		{"tin-tuc/a.md", "km", " \t", "no-title"},
		{"../site.md", "en", "X", "outside"},
	} {
		if got := translate(refused.path, refused.code, refused.title, http.StatusUnprocessableEntity); got["code"] != refused.why {
			t.Errorf("%v is refused as %v", refused, got)
		}
	}
	alone := newDesk(t, map[string]string{"content/tin-tuc/a.md": sample})
	if got := alone.get("/api/article?path=tin-tuc/a.md", http.StatusOK)["languages"].([]any); len(got) > 0 {
		t.Errorf("a site in one language offers %v", got)
	}
}

// TestAnArticleIsTranslatedInTheBrowser makes an English text by the menu, writes it, and
// goes back to the original.
func TestAnArticleIsTranslatedInTheBrowser(t *testing.T) {
	inEach(t, map[string]string{"site.yaml": twoLanguages, "content/tin-tuc/_index.md": "---\ntitle: Tin tức\n---\n", "content/tin-tuc/a.md": sample}, func(b *inBrowser) {
		b.opens("tin-tuc/a.md")
		b.eval(`document.querySelector(".menu").open = true`)
		b.click("Dịch: Tiếng Anh…")
		b.until(`document.activeElement.matches("dialog [name=title]")`)
		b.insert("In English")
		b.click("Tạo bản dịch")
		b.until(`location.hash.endsWith("a.en.md") && document.querySelector("[data-key=title] input")?.value === "In English" && !!` + content)
		if got := b.eval(`["date", "event", "id", "lead", "image"].filter((key) => document.querySelector("[data-key=" + key + "]")).join()`); got != "lead,image" {
			b.Errorf("the form of a translation has %s", got)
		}
		b.eval(content + `.focus()`)
		b.insert("Its text.")
		b.click("Lưu")
		b.until(`document.querySelector(".status").textContent === "Đã lưu"`)
		if got, want := b.read("content/tin-tuc/a.en.md"), "---\ntitle: \"In English\"\ndraft: true\n---\n\nIts text.\n"; got != want {
			b.Errorf("the file is %q, want %q", got, want)
		}
		b.until(`document.querySelector("iframe").src.includes("/en/")`)
		b.eval(`[...document.querySelectorAll(".menu a")].find((a) => a.textContent === "Mở bài gốc").click()`)
		b.until(`location.hash.endsWith("/a.md") && !!document.querySelector("[data-key=date]")`)
		b.eval(`[...document.querySelectorAll(".menu a")].find((a) => a.textContent === "Mở bản dịch: Tiếng Anh").click()`)
		b.until(`location.hash.endsWith("a.en.md") && !!document.querySelector("[data-key=title]")`)
		b.eval(`location.hash = ""`)
		b.until(`[...document.querySelectorAll(".articles a[lang=en]")].some((a) => a.textContent === "In English" && a.parentElement.textContent.includes("Tiếng Anh"))`)
	})
}

// TestTheListKnowsLanguages holds of which language a row is, and that sections are called
// as in the site's first one, whatever the codes of the others.
func TestTheListKnowsLanguages(t *testing.T) {
	text := func(title string) string { return "---\ntitle: " + title + "\n---\n" }
	d := newDesk(t, map[string]string{
		"site.yaml":                 "title: Commune news\nlanguage: en\nbase_url: https://xa.example/\nid: xa.example,2026\nlanguages:\n  km: {title: ព័ត៌មានឃុំ}\n  vi: {title: Bản tin xã}\n",
		"content/news/_index.md":    text("News"),
		"content/news/_index.km.md": text("ព័ត៌មាន"),
		"content/news/_index.vi.md": text("Tin tức"),
		"content/news/a.md":         "---\ntitle: A\ndate: 1/2/2026\nlead: A.\n---\n",
		"content/news/a.vi.md":      "---\ntitle: Bài\nlead: Bài.\n---\n",
		"content/only/_index.vi.md": text("Chỉ tiếng Việt"),
		"content/only/b.vi.md":      "---\ntitle: Bài\ndate: 1/2/2026\nlead: Bài.\n---\n",
		"content/bare/c.md":         "---\ntitle: C\ndate: 1/2/2026\nlead: C.\n---\n",
	})
	d.shown()
	sections := map[string]string{}
	for _, s := range d.get("/api/site", 200)["sections"].([]any) {
		s := s.(map[string]any)
		sections[s["folder"].(string)] = s["title"].(string)
	}
	if want := map[string]string{"news": "News", "only": "Chỉ tiếng Việt", "bare": "bare"}; !maps.Equal(sections, want) {
		t.Errorf("the sections are %v, want %v", sections, want)
	}
	languages := map[string]string{}
	for _, a := range d.get("/api/articles?kind=news", 200)["articles"].([]any) {
		a := a.(map[string]any)
		languages[a["path"].(string)] = a["language"].(string)
	}
	if want := map[string]string{"news/a.md": "", "news/a.vi.md": "vi", "only/b.vi.md": "vi", "bare/c.md": ""}; !maps.Equal(languages, want) {
		t.Errorf("the languages are %v, want %v", languages, want)
	}
}

// TestATranslationWaitsForItsOriginal publishes a translation before its original, and after.
func TestATranslationWaitsForItsOriginal(t *testing.T) {
	d := newDesk(t, map[string]string{
		"site.yaml": twoLanguages, "content/tin-tuc/_index.md": "---\ntitle: Tin tức\n---\n",
		"content/tin-tuc/a.md": "---\ntitle: Bài\ndate: 1/2/2026\ndraft: true\n---\n\nChữ.\n", "content/tin-tuc/a.en.md": "---\ntitle: A\ndraft: true\n---\n\nA.\n",
	})
	d.desk.opt.Plan = func(ctx context.Context, unsaved map[string][]byte) (*build.Report, error) {
		report, err := build.New(build.Options{
			Dir: d.dir, Output: filepath.Join(d.dir, "public"), Cache: t.TempDir(), Templates: templates.FS, Static: static.FS, Now: d.desk.opt.Now,
			Verify: true, Unsaved: func() map[string][]byte { return unsaved },
		}).Build(ctx)
		if _, ok := errors.AsType[*publish.DifferenceError](err); ok {
			err = nil
		}
		return report, err
	}
	waits := func(at string) bool {
		t.Helper()
		a := d.get("/api/article?path="+at, 200)
		plan := d.post("/api/plan", map[string]any{"path": at, "digest": a["digest"], "do": "publish", "date": "", "text": "", "target": "", "commit": false}, 200)
		if line := plan["line"].(string); at != "tin-tuc/a.md" && strings.Contains(line, "date") {
			t.Errorf("a translation is dated: %s", line)
		}
		return plan["waits"].(bool)
	}
	if !waits("tin-tuc/a.en.md") {
		t.Error("it is not told that the original is a draft")
	}
	if waits("tin-tuc/a.md") {
		t.Error("the original is to wait for itself")
	}
	d.write("content/tin-tuc/a.md", "---\ntitle: Bài\ndate: 1/2/2026\n---\n\nChữ.\n")
	if waits("tin-tuc/a.en.md") {
		t.Error("it waits for an original that is published")
	}
}
