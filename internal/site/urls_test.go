package site

import (
	"math/rand/v2"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var hrefs = regexp.MustCompile(`(?:href|src)="([^"]*)"`)

// urls returns every URL of the site's own in all views and texts, by the
// output file or the text in which it stands.
func (b *folder) urls() map[string][]string {
	own := func(s string) bool {
		return strings.HasPrefix(s, "/") || strings.HasPrefix(s, b.cfg.Origin+"/")
	}
	all := b.strings()
	delete(all, "_redirects") // old URLs lead away from where nothing stands
	for i, html := range b.html {
		if !b.publishesFiles(index(i)) {
			continue
		}
		for _, match := range hrefs.FindAllStringSubmatch(html, -1) {
			all[b.entries[i].File()] = append(all[b.entries[i].File()], match[1])
		}
	}
	for file := range all {
		all[file] = slices.DeleteFunc(all[file], func(s string) bool { return !own(s) })
	}
	return all
}

func TestEveryURLStandsBelowThePathOfBaseURL(t *testing.T) {
	for file, urls := range assemble(t, rich(), options{drafts: true, future: true}).urls() {
		for _, u := range urls {
			below := strings.TrimPrefix(u, "https://anhoa.example")
			if u != "https://anhoa.example/" && !strings.HasPrefix(below, "/tin/") { // the body's own site is not ours
				t.Errorf("%s leads to %s", file, u)
			}
		}
	}
}

func TestEveryURLLeadsToAPlannedFile(t *testing.T) {
	for _, o := range []options{{}, {drafts: true, future: true}, {now: "1/1/2021"}, {now: "1/1/2019"}} {
		b := assemble(t, rich(), o)
		served := b.assets()
		for _, file := range b.plan() {
			served[file] = "a page"
		}
		served[b.SearchFolder()+"index.html"] = "the folder of the index, below which scripts read"
		for file, urls := range b.urls() {
			for _, u := range urls {
				if u == "https://anhoa.example/" {
					continue
				}
				parsed, err := url.Parse(u)
				if err != nil {
					t.Errorf("%+v: %s leads to %s: %v", o, file, u, err)
				} else if served[b.file(parsed.Path)] == "" {
					t.Errorf("%+v: %s leads to %s, where nothing stands", o, file, u)
				}
			}
		}
	}
}

func TestTheRichSiteHasNoMistakes(t *testing.T) {
	if got := mistakes(t, rich(), options{drafts: true, future: true}); got != "" {
		t.Error(got)
	}
}

func TestNoTwoFilesHaveOnePath(t *testing.T) {
	b := assemble(t, rich(), options{drafts: true, future: true})
	files := b.plan()
	for file := range b.assets() {
		files = append(files, file)
	}
	slices.Sort(files)
	for k := 1; k < len(files); k++ {
		if files[k-1] == files[k] {
			t.Errorf("%s is planned twice", files[k])
		}
	}
}

func TestNothingOfTheOutputStandsInAFolderOfTheBasePath(t *testing.T) {
	b := assemble(t, rich(), options{})
	for _, file := range []string{"index.html", "tin-tuc/index.html", "tin-tuc/le-ky/index.html", "rss.xml"} {
		if !b.has(file) {
			t.Errorf("%s is not planned", file)
		}
	}
	if home := view[Home](t, b, "index.html").Head; home.Path != "/tin/" || home.URL != "https://anhoa.example/tin/" {
		t.Errorf("the home page stands at %s, %s", home.Path, home.URL)
	}
}

func TestFilesArePublishedBesideTheirArticleUnderPlainNames(t *testing.T) {
	b := assemble(t, rich(), options{})
	want := map[string]string{
		"lien-he/ban-do.pdf":               "content/lien-he/ban-do.pdf",
		"tin-tuc/so-tay.pdf":               "content/tin-tuc/so-tay.pdf",
		"tin-tuc/le-ky/so-tay.pdf":         "content/tin-tuc/so-tay.pdf",
		"tin-tuc/le-ky/anh-1.jpg":          "content/tin-tuc/le-ky/anh 1.jpg",
		"tin-tuc/le-ky/anh-2.png":          "content/tin-tuc/le-ky/anh-2.png",
		"tin-tuc/le-ky/ke-hoach-so-15.pdf": "content/tin-tuc/le-ky/kế hoạch số 15.pdf",
		"anh/hoi-truong.png":               "static/anh/hoi-truong.png",
		"bantin.js":                        "static/bantin.js",
		"emblem.svg":                       "static/emblem.svg",
		"favicon.svg":                      "static/favicon.svg",
		"so do.svg":                        "static/so do.svg",
		"style.css":                        "static/style.css",
	}
	if diff := cmp.Diff(want, b.assets()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAPublishedNameIsPlainASCII(t *testing.T) {
	for name, want := range map[string]string{
		"kế hoạch số 15.pdf": "ke-hoach-so-15.pdf",
		"Ke_Hoach-15.PDF":    "Ke_Hoach-15.PDF",
		"Kế hoạch.PDF":       "ke-hoach.pdf",
		"bao.cao.2020.pdf":   "bao.cao.2020.pdf",
		"báo.cáo.2020.pdf":   "bao-cao-2020.pdf",
		"a+b.pdf":            "a-b.pdf",
		"日本.pdf":             "tep.pdf",
		"Đề án":              "de-an",
		"…":                  "tep",
	} {
		if got := publishedName(name); got != want {
			t.Errorf("%q is published as %q, want %q", name, got, want)
		}
	}
}

func TestAnArticlesFilesAreShownWithSizeTypeAndDigest(t *testing.T) {
	v := view[Article](t, assemble(t, rich(), options{}), "tin-tuc/le-ky/index.html")
	want := []Attachment{
		{Title: "kế hoạch số 15.pdf", URL: "/tin/tin-tuc/le-ky/ke-hoach-so-15.pdf", Name: "kế hoạch số 15.pdf", Type: "application/pdf",
			Size: 12, SHA256: "e159f2cd4d4c4019eedc1caca931e33beb6043741fa2e356710fc5451656354a"},
		{Title: "Sổ tay", URL: "/tin/tin-tuc/le-ky/so-tay.pdf", Name: "so-tay.pdf", Type: "application/pdf",
			Size: 8, SHA256: "eca01190c46eb02be8775c67896ae4e17ebb931518ecce00fbbde9fd5a44a214"},
	}
	if diff := cmp.Diff(want, v.Attachments); diff != "" {
		t.Errorf("attachments (-want +got):\n%s", diff)
	}
	f := file("anh 1.jpg", "ảnh 1")
	whole := Rendition{"/tin/tin-tuc/le-ky/anh-1.jpg?v=" + f.Digest.Short(), 640, 480}
	if diff := cmp.Diff(&Image{
		URL: whole.URL, Width: 640, Height: 480, Full: whole, Share: whole,
		Alt: "Hai bên ký kết", Caption: "Lễ ký", Credit: "Vũ Cương", Type: "image/jpeg", Size: 7,
	}, v.Cover); diff != "" {
		t.Errorf("cover (-want +got):\n%s", diff)
	}
}

func TestTheURLOfAnAssetChangesWithItsBytes(t *testing.T) {
	f := rich()
	before := assemble(t, f, options{}).Chrome()
	f["static/style.css"] = "kiểu mới"
	after := assemble(t, f, options{}).Chrome()
	if before.Stylesheets[0] == after.Stylesheets[0] || !strings.HasPrefix(after.Stylesheets[0], "/tin/theme.css?v=") {
		t.Errorf("the style stands at %s, then at %s", before.Stylesheets[0], after.Stylesheets[0])
	}
	if before.Icon != after.Icon {
		t.Errorf("the icon stands at %s, then at %s", before.Icon, after.Icon)
	}
}

func TestAPageLoadsOneStyleSheet(t *testing.T) {
	const style = "static/style.css"
	for name, tc := range map[string]struct {
		files files
		want  []string // without their digests
	}{
		"without a colour":                  {files{style: "kiểu"}, []string{"/style.css"}},
		"with a colour":                     {files{style: "kiểu", "site.yaml": settings + "theme: {accent: \"#9c1c1f\"}\n"}, []string{"/theme.css"}},
		"but for a theme of the site's own": {files{style: "kiểu", "static/theme.css": "màu"}, []string{"/style.css", "/theme.css"}},
	} {
		var got []string
		for _, url := range assemble(t, tc.files, options{}).Chrome().Stylesheets {
			path, _, _ := strings.Cut(url, "?v=")
			got = append(got, path)
		}
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestTheThemeIsTheStyleWithTheSitesColour(t *testing.T) {
	b := assemble(t, files{"static/style.css": "kiểu", "site.yaml": settings + "theme: {accent: \"#9c1c1f\"}\n"}, options{})
	v := view[TextFile](t, b, "theme.css")
	if v.Begin == nil || v.Begin.Path != "static/style.css" || v.Begin.Digest != file("style.css", "kiểu").Digest {
		t.Errorf("it begins with %v", v.Begin)
	}
	if diff := cmp.Diff([]string{":root { --accent: #9c1c1f; }"}, v.Lines); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTheCountersScriptIsThereWhereThereIsACounter(t *testing.T) {
	for setting, want := range map[string]string{"": "", "counter: /dem/\n": "static/counter.js"} {
		b := assemble(t, files{"static/counter.js": "đếm", "site.yaml": settings + setting}, options{})
		if got := b.assets()["counter.js"]; got != want {
			t.Errorf("with %q in site.yaml counter.js is made of %q", setting, got)
		}
		if got := b.Chrome().Counter.Script; (got != "") != (want != "") {
			t.Errorf("with %q in site.yaml pages load %q", setting, got)
		}
	}
}

func TestAFileOfStaticHidesTheSmallFileOfItsName(t *testing.T) {
	f := files{"static/robots.txt": "User-agent: *\nDisallow: /\n"}
	b := assemble(t, f, options{})
	if b.has("robots.txt") || b.assets()["robots.txt"] != "static/robots.txt" {
		t.Error("robots.txt of static/ is not published")
	}
	if got := view[TextFile](t, assemble(t, files{}, options{}), "robots.txt").Lines; got[3] != "Sitemap: https://anhoa.example/sitemap.xml" {
		t.Errorf("robots.txt is %q", got)
	}
}

func TestEnglishSitesHaveEnglishURLs(t *testing.T) {
	b := assemble(t, diary("news", 11, "tags: [roads]", "author: An", "organization: Commune", "event: {start: 1/1/2025}",
		"agreement: {parties: [Commune, Union]}").and(files{"site.yaml": settings + "language: en\npage_size: 5\n"}), options{})
	for _, file := range []string{
		"news/page/1/index.html", "tag/roads/index.html", "organization/union/index.html", "author/an/index.html",
		"events/2025/index.html", "agreements/2020/index.html", "events/calendar.ics", "news/bai-001/calendar.ics",
	} {
		if !b.has(file) {
			t.Errorf("%s is not planned", file)
		}
	}
}

func TestAPathInAnArticleIsJoinedLikeAnyOther(t *testing.T) {
	parts := []string{"a", "bài", ".", "..", "", ".a", "a.", "..a", "b/c.md", "/"}
	random := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		var names []string
		for range 1 + random.IntN(5) {
			names = append(names, parts[random.IntN(len(parts))])
		}
		dir, name := []string{"", "a", "a/b", strings.Repeat("a/", 200) + "a"}[random.IntN(4)], strings.Join(names, "/")
		want := path.Join(dir, name)
		inside := want != ".." && !strings.HasPrefix(want, "../")
		if got, ok := join(dir, name); got != want && inside || ok != inside {
			t.Fatalf("join(%q, %q) = %q, %v, want %q, %v", dir, name, got, ok, want, inside)
		}
	}
}
