package browsertest

import (
	"context"
	"errors"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bantin/internal/build"
	"bantin/static"
	"bantin/templates"
)

func TestAPageOfTheSecondLanguage(t *testing.T) {
	s := demo(t)
	fromNPM(t, axePackage)
	tab := s.tab(t)
	do(t, tab, Screen(360, false))
	for _, kind := range Translated() {
		v := visit{tab, kind, s.origin + kind.Path}
		do(t, tab, Open(v.url))
		t.Run(kind.Name, func(t *testing.T) {
			if got := eval[string](t, tab, `document.documentElement.lang`); got != "en" {
				t.Errorf("the page is in %q", got)
			}
			hasNoFinding(t, v)
			doesNotScrollSideways(t, v)
			for _, text := range eval[[]string](t, tab, vietnameseUnmarked) {
				t.Errorf("no lang=\"vi\" marks %q", text)
			}
		})
	}
}

// vietnameseUnmarked gives the texts of a page with letters that Vietnamese alone has,
// which are not said to be in it. Numbers of documents, in <bdi>, have no language.
const vietnameseUnmarked = `(() => {
	const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (walk.nextNode()) {
		const { data, parentElement } = walk.currentNode;
		if (/[ăđơưạ-ỹ]/i.test(data) && !parentElement.closest("script, style, bdi") && parentElement.closest("[lang]").lang !== "vi") found.push(data.trim());
	}
	for (const { alt, parentElement } of document.images) {
		if (/[ăđơưạ-ỹ]/i.test(alt) && parentElement.closest("[lang]").lang !== "vi") found.push(alt);
	}
	return found;
})()`

// arabic is a small site in Arabic, which is written from right to left, whose words of
// pages are a few of its own and else the English ones.
func arabic(t *testing.T) map[string]string {
	t.Helper()
	words, err := templates.FS.ReadFile("en.yaml")
	if err != nil {
		t.Fatal(err)
	}
	own := strings.NewReplacer(
		"\nlanguage-name: English\n", "\nlanguage-name: العربية\n", "\nlocale: en_GB\n", "\nlocale: ar_EG\n",
		"\nhome: Home\n", "\nhome: الرئيسية\n", "\nsearch: Search\n", "\nsearch: بحث\n", "\nmenu: Sections\n", "\nmenu: القائمة\n", "\nmonth-3: March\n", "\nmonth-3: مارس\n")
	return map[string]string{
		"site.yaml": "title: أخبار القرية\nbase_url: https://qarya.example/\nid: qarya.example,2026\nlanguage: ar\ndescription: أخبار البلدية\n" +
			"organization: {name: بلدية القرية, address: ساحة السوق 1, phone: 02 555 0100, email: info@qarya.example}\nmenu: [news]\n" +
			"tags: {ماء: {slug: water}}\norganizations: {بلدية القرية: {slug: council}, الجمعية: {slug: union}}\nauthors: {مريم حسن: {slug: maryam}}\n",
		"templates/ar.yaml":      own.Replace(string(words)),
		"content/news/_index.md": "---\ntitle: أخبار\ndescription: كل أخبار القرية\n---\n",
		"content/news/water.md": "---\ntitle: اجتماع حول الماء\nslug: water\ndate: 9:00 11/3/2026\nauthor: مريم حسن\norganization: بلدية القرية\ntags: [ماء]\n---\n\n" +
			"اجتمع أهل القرية في **الدار** مع [البلدية](https://qarya.example/news/), الرقم 02 555 0100 و 1,250 m.\n\n## الجدول\n\n| الحي | البيوت |\n|---|---:|\n| الشرقي | 12 |\n| الغربي | 1,250 |\n\n> قال المدير: الماء حق.\n\n1. أولا\n2. ثانيا\n",
		"content/news/feast.md":  "---\ntitle: مهرجان القرية\nslug: feast\ndate: 8:00 15/3/2026\nevent: {start: 9:00 9/12/2026, location: الساحة}\n---\n\nأهلا بكم.\n",
		"content/news/accord.md": "---\ntitle: اتفاق مع الجمعية\nslug: accord\ndate: 8:00 16/3/2026\nagreement: {parties: [بلدية القرية, الجمعية], signed: 16/3/2026, number: 7/2026}\n---\n\nتم الاتفاق.\n",
		"content/contact.md":     "---\ntitle: اتصل بنا\nslug: contact\n---\n\nساحة السوق 1.\n",
	}
}

func TestPagesInArabicRunFromRightToLeft(t *testing.T) {
	s := demo(t)
	fromNPM(t, axePackage)
	dir := t.TempDir()
	for name, text := range arabic(t) {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o777), os.WriteFile(name, []byte(text), 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	output := filepath.Join(dir, "public")
	report, err := build.New(build.Options{
		Dir: dir, Output: output, Cache: filepath.Join(dir, "cache"), Templates: templates.FS, Static: static.FS,
		Now: func(zone *time.Location) (time.Time, error) { return time.Date(2026, 11, 21, 12, 0, 0, 0, zone), nil },
	}).Build(t.Context())
	if err != nil || report.Problems.HasErrors() {
		t.Fatal(err, report.Problems)
	}
	server := httptest.NewServer(withAxe(Handler(output)))
	defer server.Close()
	tab := s.tab(t)
	do(t, tab, Screen(360, false))
	for _, kind := range []Kind{
		{"home", "/"}, {"section", "/news/"}, {"article", "/news/water/"}, {"event", "/news/feast/"}, {"agreement", "/news/accord/"},
		{"page", "/contact/"}, {"events", "/events/"}, {"register", "/agreements/"}, {"search", "/search/?q=" + url.QueryEscape("الماء")},
	} {
		v := visit{tab, kind, server.URL + kind.Path}
		do(t, tab, Open(v.url))
		t.Run(kind.Name, func(t *testing.T) {
			if got := eval[string](t, tab, `document.documentElement.lang + " " + document.documentElement.dir`); got != "ar rtl" {
				t.Errorf("the page is %q", got)
			}
			if kind.Name == "search" {
				tellsTimesAsPagesDo(t, tab)
				if at := eval[string](t, tab, `document.querySelector(".search-list time").textContent`); at != "11 مارس 2026, 9:00 am" {
					t.Errorf("the time of a result is %q", at)
				}
			}
			hasNoFinding(t, v)
			doesNotScrollSideways(t, v)
		})
	}
}

func TestAResultTellsItsTimeAsPagesDo(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	for _, path := range []string{"/tim-kiem/?q=khê+hòa", "/en/search/?q=khe+hoa"} {
		do(t, tab, Open(s.origin+path))
		tellsTimesAsPagesDo(t, tab)
	}
}

// tellsTimesAsPagesDo holds the times of the results that the tab shows to those that
// stand on their articles.
func tellsTimesAsPagesDo(t *testing.T, tab context.Context) {
	t.Helper()
	eval[string](t, tab, settled)
	times := eval[[][2]string](t, tab, `Promise.all([...document.querySelectorAll(".search-list li")].map(async (result) => {
		const { textContent, dateTime } = result.querySelector("time");
		const page = new DOMParser().parseFromString(await (await fetch(result.url)).text(), "text/html");
		return [textContent, [...page.querySelectorAll("article header time, .byline time")].find((t) => t.dateTime === dateTime)?.textContent || "none of " + dateTime];
	}))`)
	if len(times) == 0 {
		t.Error("nothing is found")
	}
	for _, at := range times {
		if at[0] != at[1] {
			t.Errorf("a result is of %q, its article of %q", at[0], at[1])
		}
	}
}
