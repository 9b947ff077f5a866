package hugo

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bantin/internal/config"
	"bantin/internal/importer"
	"bantin/internal/importer/importertest"
)

func importAll(t *testing.T, s *importertest.Site, m *importer.Map, dir string) *importer.Report {
	t.Helper()
	o := importer.Options{Format: "hugo", Map: m, Site: s.Settings, IsPage: IsPage}
	site, err := Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	defer site.Close()
	o.Hosts, o.Files = site.Hosts(), site.Files()
	return s.Import(t, o, func(x *importer.Importer) error { return site.Read(context.Background(), x, o) })
}

func site() map[string]string {
	return map[string]string{
		"config.toml":                                  "baseURL = \"https://cu.example/\"\ntitle = \"Cũ\"\n[permalinks]\n  news = \"/:year/:month/:day/:slug/\"\n",
		"data/authors/tnguyen.yml":                     "name: Nguyễn Thị Tâm\n",
		"static/images/duong.png":                      importertest.PNG,
		"content/news/_index.md":                       "---\ntitle: Tin tức xã\n---\n",
		"content/news/2015/01/2015-01-20-lam-duong.md": "---\ntitle: \"Làm đường &amp; khơi kênh\"\nslug: lam-duong\ndate: 2015-01-20 09:30:00 -0500\ndeck: Hai thôn cùng làm\nsummary: Hai thôn cùng làm.\nauthors:\n  - tnguyen\n  - Trần Lạc\ntopics:\n  - nong-thon\nexpirydate: 2099-01-01\naliases:\n  - /cu/lam-duong/\nfeatured_image:\n  uid: duong\n---\n\nBài [trước]({{< ref \"2014-12-01-hop.md\" >}}) và [nữa]({{< relref \"2014-12-01-hop\" >}}), [tệp](/tep/ke-hoach.pdf).\n\n{{< figure src=\"/images/duong.png\" alt=\"Đường mới\" caption=\"Đường thôn Đông\" >}}\n\n{{< youtube abcdefghijk >}}\n\n{{< asset-static file=\"/tep/ke-hoach.pdf\" label=\"Kế hoạch\" >}}\n\n{{< hop-mat >}}\n\n<table><tr><th>Hộ</th><th>Công</th></tr><tr><td>80</td><td>200</td></tr></table>\n\nChữ <strong>đậm</strong> và <a href=\"https://ngoai.example/\">liên kết</a>.\n\n`{{< giu >}}`\n",
		"static/tep/ke-hoach.pdf":                      "%PDF-1.4\n%%EOF\n",
		"content/news/2014/2014-12-01-hop.md":          "+++\ntitle = 'Họp dân'\ndate = 2014-12-01T08:00:00+07:00\ndraft = false\nauthors = ['tnguyen']\n+++\n\nBà con họp.\n",
		"content/events/le-hoi/index.md":               "{\n  \"title\": \"Lễ hội: đình làng\",\n  \"date\": \"2016-02-10T07:00:00+07:00\",\n  \"end_date\": \"2016-02-10 11:00:00 +0700\"\n}\n\n![Đình](dinh.png)\n\n![Mất](mat.png)\n",
		"content/events/le-hoi/dinh.png":               importertest.PNG,
		"content/about.md":                             "---\ntitle: Giới thiệu: xã ta\nurl: /ve-chung-toi/\nweight: 3\nchiNhanh: [a, {b: c}]\n---\nXã có mười hai thôn.\n",
		"content/hong.md":                              "---\ntitle: 'hỏng\n",
		"content/authors/tnguyen/_index.md":            "---\ndisplay_name: Nguyễn Thị Tâm\n---\n",
	}
}

func TestAFolderOfHugoIsASite(t *testing.T) {
	s := importertest.New(t)
	m := &importer.Map{Fields: map[string]string{"end_date": "event.end"}}
	dir := importertest.Folder(t, site())
	r := importAll(t, s, m, dir)
	if r.Count(importer.Written) != 4 || r.Count(importer.Failed) != 1 {
		t.Fatalf("%+v", r.Rows)
	}
	s.Contains(t, "content/news/2015-01-20-lam-duong/index.md",
		"title: Làm đường & khơi kênh\ndate: 21:30 20/01/2015\nexpires: 01/01/2099\nlead: Hai thôn cùng làm\nauthor: [Nguyễn Thị Tâm, Trần Lạc]\n", "  topics: [nong-thon]\n  featured_image:\n    uid: duong\n",
		"aliases: [/cu/lam-duong/, /2015/01/20/lam-duong/]\n",
		"Bài [trước](../2014-12-01-hop.md) và [nữa](../2014-12-01-hop.md), [tệp](ke-hoach.pdf).\n", "![Đường mới](duong.png \"Đường thôn Đông\")\n", "<https://www.youtube.com/watch?v=abcdefghijk>\n",
		"[Kế hoạch](ke-hoach.pdf)\n", "{{< hop-mat >}}\n", "| Hộ | Công |\n", "Chữ **đậm** và [liên kết](https://ngoai.example/).\n", "`{{< giu >}}`\n")
	s.Contains(t, "content/news/2014-12-01-hop.md", "title: Họp dân\ndate: 08:00 01/12/2014\nauthor: Nguyễn Thị Tâm\n", "aliases: [/2014/12/01/họp-dân/]\n")
	s.Contains(t, "content/events/2016-02-10-le-hoi/index.md", "event:\n  start: 07:00 10/02/2016\n  end: 11:00 10/02/2016\n", "![Đình](dinh.png)\n", "*Mất*\n")
	s.Contains(t, "content/about.md", "title: \"Giới thiệu: xã ta\"\n", "extra:\n  chiNhanh:\n", "aliases: [/ve-chung-toi/]\n")
	s.Contains(t, "content/news/_index.md", "title: Tin tức xã\n")
	s.Build(t)
	for _, row := range r.Rows {
		if row.Result == importer.Written && strings.HasSuffix(row.Path, "lam-duong/index.md") && len(row.Notes) == 0 {
			t.Error("it is not told that a shortcode is left")
		}
	}
	const want = "Họp dân Bà con họp."
	if same := importertest.Sameness(want, s.Prose(t, "content/news/2014-12-01-hop.md")); same < 0.98 {
		t.Errorf("%.3f of the words are the same", same)
	}
	if again := importAll(t, s, m, dir); again.Count(importer.Unchanged) != 4 {
		t.Errorf("%+v", again.Rows)
	}
}

// testdata/trang is a site made by hugo new site (0.111) and built by hugo;
// testdata/old.tsv lists what it built, address and words of <main>.
func TestWhatHugoBuiltStaysReadableAtItsAddress(t *testing.T) {
	s := importertest.New(t)
	r := importAll(t, s, &importer.Map{Fields: map[string]string{"start_date": "event.start", "end_date": "event.end", "location": "event.location"}}, "testdata/trang")
	if r.Count(importer.Written) != 7 || r.Count(importer.Failed) != 0 {
		t.Fatalf("%+v", r.Rows)
	}
	for _, row := range r.Rows {
		for _, n := range row.Notes {
			if row.Result == importer.Written && n.Weight() == importer.Loss {
				t.Errorf("%s: %s", row.Source, n.Text("en"))
			}
		}
	}
	s.Contains(t, "content/tin-tuc/2019-04-10-khoi-kenh-chin/index.md", "author: Trần Thị Hòa\n", "[bài họp](../2019-03-28-hop-dan.md)", "[kế hoạch](ke-hoach-12.pdf)")
	s.Contains(t, "content/su-kien/2018-11-10-ngay-hoi.md", "event:\n  start: 08:00 18/11/2018\n  end: 11:00 18/11/2018\n  location: Nhà văn hóa thôn Đông\n")
	s.Build(t)
	s.Keeps(t, importertest.OldPages(t, "testdata/old.tsv"))
}

func TestOldAddressesLeadToTheArticles(t *testing.T) {
	s := importertest.New(t)
	importAll(t, s, nil, importertest.Folder(t, site()))
	s.Build(t)
	rules, err := importer.ReadRedirects(strings.NewReader(s.Read(t, "public/_redirects")))
	if err != nil {
		t.Fatal(err)
	}
	exists := func(p string) bool {
		_, err := os.Stat(filepath.Join(s.Dir, "public", filepath.FromSlash(p), "index.html"))
		return err == nil
	}
	for _, old := range []string{"https://cu.example/2015/01/20/lam-duong/", "/cu/lam-duong", "/2014/12/01/h%E1%BB%8Dp-d%C3%A2n/", "/ve-chung-toi/", "/events/le-hoi/"} {
		if a := rules.Follow(old, exists); a.Path == "" {
			t.Errorf("%s leads nowhere", old)
		}
	}
	if a := rules.Follow("/khong-co/", exists); a.Path != "" {
		t.Errorf("%+v", a)
	}
}

// What Hugo 0.169 makes of these dates without and with a timeZone in its settings:
// the day of the address is the one that is written.
func TestTheDayOfAnAddressIsTheWrittenOne(t *testing.T) {
	for _, zone := range []string{"", "timeZone = 'Asia/Ho_Chi_Minh'\n"} {
		files := map[string]string{"hugo.toml": zone + "[permalinks.page]\ntin = '/:year/:month/:day/:contentbasename/'\n"}
		dates := []string{"2019-01-01", `"2019-01-01"`, "2019-01-01T03:00:00+07:00", "2019-01-01T20:00:00Z", "2019-01-01 23:00:00", "2019-01-01T20:00:00-05:00", "2019-01-01T03:00:00"}
		for i, date := range dates {
			files[fmt.Sprintf("content/tin/bai-%d.md", i)] = fmt.Sprintf("---\ntitle: Bài %d\ndate: %s\n---\nChữ của bài số %d.\n", i, date, i)
		}
		s := importertest.New(t)
		r := importAll(t, s, nil, importertest.Folder(t, files))
		for i, row := range r.Rows {
			if src := s.Read(t, row.Path); !strings.Contains(src, fmt.Sprintf("aliases: [/2019/01/01/bai-%d/]\n", i)) {
				t.Errorf("%s %s:\n%s", zone, dates[i], src)
			}
		}
	}
}

// inTwoLanguages is a site whose translations stand beside their originals, or, with
// folders, in folders of their own.
func inTwoLanguages(folders bool) map[string]string {
	config, vi, en := "defaultContentLanguage = 'vi'\n[languages.vi]\nweight = 1\n[languages.en]\nweight = 2\n", "content/%s.md", "content/%s.en.md"
	if folders {
		config, vi, en = "defaultContentLanguage = 'vi'\n[languages.vi]\ncontentDir = 'content/vi'\n[languages.en]\ncontentDir = 'content/en'\n", "content/vi/%s.md", "content/en/%s.md"
	}
	page := func(title, text string) string {
		return "---\ntitle: " + title + "\ndate: 2019-05-20\n---\n" + text + "\n"
	}
	files := map[string]string{"hugo.toml": config + "[permalinks.page]\ntin = '/:year/:contentbasename/'\n", "static/anh.png": importertest.PNG, "static/map.png": importertest.PNG}
	for name, text := range map[string][2]string{
		"tin/_index":   {"---\ntitle: Tin của xã\n---\nMọi việc trong xã.\n", "---\ntitle: Village news\n---\nAll that happens.\n"},
		"tin/hop-dan":  {page("Họp dân", "Bà con họp. ![Họp](/anh.png)"), page("A meeting", "Villagers met. ![Meeting](/anh.png) ![Map](/map.png) See [the fair]({{< relref \"le-hoi\" >}}).")},
		"tin/le-hoi":   {page("Lễ hội", "Hội mở ba ngày."), page("The fair", "Three days.")},
		"tin/chi-viet": {page("Chỉ tiếng Việt", "Chữ."), ""},
		"tin/chi-anh":  {"", page("English only", "Words.")},
		"gioi-thieu":   {page("Giới thiệu", "Xã có bảy thôn."), page("About us", "Seven hamlets.")},
	} {
		for i, pattern := range []string{vi, en} {
			if text[i] != "" {
				files[fmt.Sprintf(pattern, name)] = text[i]
			}
		}
	}
	return files
}

func TestTranslationsStandBesideTheirOriginals(t *testing.T) {
	for _, folders := range []bool{false, true} {
		dir := importertest.Folder(t, inTwoLanguages(folders))
		s := importertest.New(t)
		r := importAll(t, s, nil, dir)
		if r.Count(importer.Written) != 5 || r.Count(importer.LeftOut) != 5 {
			t.Fatalf("without the language: %+v", r.Rows)
		}
		for _, row := range r.Rows {
			if row.Result == importer.LeftOut && (len(row.Notes) != 1 || row.Notes[0].Code != "other-language" || row.Notes[0].Args[0] != "en") {
				t.Errorf("%+v", row)
			}
		}
		s.Settings = withEnglish(t, s.Dir)
		for _, again := range []bool{false, true} {
			r = importAll(t, s, nil, dir)
			if want := map[bool]int{false: 5, true: 0}[again]; r.Count(importer.Written) != want || r.Count(importer.LeftOut) != 0 || r.Count(importer.Unchanged) != 10-want {
				t.Fatalf("with the language: %+v", r.Rows)
			}
		}
		s.Contains(t, "content/tin/_index.md", "title: Tin của xã\n---\n\nMọi việc trong xã.\n")
		s.Contains(t, "content/tin/_index.en.md", "title: Village news\n---\n\nAll that happens.\n")
		s.Contains(t, "content/tin/2019-05-20-hop-dan/index.en.md", "---\ntitle: A meeting\naliases: [/en/2019/hop-dan/]\n---\n", "![Meeting](anh.png) ![Map](map.png) See [the fair](../2019-05-20-le-hoi/index")
		s.Contains(t, "content/tin/2019-05-20-chi-anh.en.md", "title: English only\ndate: 20/05/2019\n")
		s.Contains(t, "content/gioi-thieu/index.en.md", "---\ntitle: About us\n---\n")
		if _, err := os.Stat(s.Dir + "/content/tin/2019-05-20-hop-dan/anh-2.png"); err == nil {
			t.Error("a picture of the original is there twice")
		}
		s.Build(t)
		s.Keeps(t, []importertest.OldPage{
			{URL: "/2019/hop-dan/", Text: "Họp dân Bà con họp."}, {URL: "/en/2019/hop-dan/", Text: "A meeting Villagers met. See the fair."}, {URL: "/en/2019/chi-anh/", Text: "English only Words."},
			{URL: "/en/gioi-thieu/", Text: "About us Seven hamlets."}, {URL: "/gioi-thieu/"}, {URL: "/en/tin/"},
		})
	}
}

// What Hugo 0.169 makes of addresses that are given.
func TestGivenAddressesAreThoseOfTheirLanguage(t *testing.T) {
	s := importertest.New(t)
	s.Settings = withEnglish(t, s.Dir)
	page := func(keys string) string { return "---\ntitle: Page\ndate: 2019-05-20\n" + keys + "---\nWords.\n" }
	r := importAll(t, s, nil, importertest.Folder(t, map[string]string{
		"hugo.toml":           "defaultContentLanguage = 'vi'\n[languages.vi]\nweight = 1\n[languages.en]\nweight = 2\n",
		"content/tin/a.en.md": page("aliases: [/cu/a/, old]\n"),
		"content/tin/b.en.md": page("url: /dia-chi/\n"),
		"content/tin/c.en.md": page("url: dia-chi-2/\n"),
		"content/tin/d.md":    page("url: dia-chi-3/\naliases: [/cu/d/]\n"),
	}))
	for i, want := range []string{"[/dia-chi-3/, /cu/d/]", "[/en/cu/a/, /en/tin/old/]", "[/dia-chi/]", "[/en/dia-chi-2/]"} {
		s.Contains(t, r.Rows[i].Path, "aliases: "+want+"\n")
	}
}

// withEnglish gives a site English beside its own language.
func withEnglish(t *testing.T, dir string) *config.Config {
	t.Helper()
	name := filepath.Join(dir, "site.yaml")
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	src = append(src, "languages:\n  en: {title: The village}\n"...)
	if err := os.WriteFile(name, src, 0o666); err != nil {
		t.Fatal(err)
	}
	settings, _ := config.Parse(src, "site.yaml")
	return settings
}

func TestWordsOfShortcodesAndHTMLStay(t *testing.T) {
	s := importertest.New(t)
	r := importAll(t, s, nil, importertest.Folder(t, map[string]string{
		"content/tin/bai/index.md": "---\ntitle: Bài\ndate: 2019-01-01\n---\n{{< figure src=\"a.png\" alt=\"Cầu\" title=\"Cầu mới\" caption=\"Thôn Đông\" attr=\"Thu Hà\" >}}\n\n{{< highlight sh >}}chạy lệnh{{< /highlight >}}\n\n" +
			"{{< figure src=\"mat.png\" alt=\"Đình\" caption=\"Đình làng\" >}}\n\n<div class=\"khung\">\n\n- Mục `một`\n- Mục hai\n\n</div>\n\n<p>Gõ `lệnh hai` rồi chờ</p>\n",
		"content/tin/bai/a.png": importertest.PNG,
		"content/ve-xa.md":      "---\ntitle: Về xã\ncategories: [Đất đai, Người]\n---\nChữ.\n",
	}))
	s.Contains(t, "content/tin/2019-01-01-bai/index.md", "![Cầu](a.png \"Cầu mới – Thôn Đông – Thu Hà\")\n", "```sh\nchạy lệnh\n```\n", "*Đình làng*\n", "\n\n- Mục `một`\n- Mục hai\n\n", "Gõ `lệnh hai` rồi chờ\n")
	s.Contains(t, "content/ve-xa.md", "tags: [Đất đai, Người]\n")
	if len(r.Rows) != 2 {
		t.Errorf("%+v", r.Rows)
	}
}

func TestValuesOfAnotherFormAreKept(t *testing.T) {
	s := importertest.New(t)
	importAll(t, s, nil, importertest.Folder(t, map[string]string{
		"content/tin/a.md": "---\ntitle: Bài\ndate: 2019-01-01\nauthor: {name: Thu Hà, role: Phóng viên}\ndescription: [Một ý, Hai ý]\ntags: {xa: Đường, thon: Cầu}\n---\nChữ.\n",
		"content/tin/b.md": "---\ntitle: Bài hai\ndate: 2019-01-02\nauthors: [{name: Thu Hà}, Lan]\ntags: [Đường]\n---\nChữ.\n",
	}))
	s.Contains(t, "content/tin/2019-01-01-a.md", "author: Thu Hà\n", "extra:\n", "role: Phóng viên", "description: [Một ý, Hai ý]\n", "xa: Đường", "thon: Cầu")
	if src := s.Read(t, "content/tin/2019-01-02-b.md"); strings.Contains(src, "extra") {
		t.Error(src)
	}
	s.Build(t)
}

func TestEveryShortcodeThatStaysIsTold(t *testing.T) {
	s := importertest.New(t)
	r := importAll(t, s, nil, importertest.Folder(t, map[string]string{
		"content/tin/bai.md":      "---\ntitle: Bài\ndate: 2019-01-01\n---\n{{< mot >}}a{{< /mot >}} {{< hai >}} {{< mot >}}\n\n{{< details summary=\"Mở ra\" >}}\nPhần ẩn\n{{< /details >}}\n",
		"content/tin/bo/index.md": "---\ntitle: Bó\ndate: 2019-01-02\n---\n![Ảnh](a.png)\n", "content/tin/bo/a.png": importertest.PNG, "content/tin/bo/b.png": importertest.PNG,
		"content/tin/bai.org": "#+TITLE: Khác\n",
	}))
	if len(r.Rows) != 4 || len(r.Rows[0].Notes) != 2 || r.Rows[2].Notes[0].Code != "not-taken" || !strings.HasSuffix(r.Rows[3].Source, "bo/b.png") {
		t.Errorf("%+v", r.Rows)
	}
	s.Contains(t, r.Rows[0].Path, "**Mở ra**\nPhần ẩn\n")
}

func FuzzMarkdown(f *testing.F) {
	for _, text := range site() {
		f.Add(text)
	}
	f.Add("{{< figure src=\"javascript:alert(1)\" >}} <script>x</script> [a](<b c>) [d]: e")
	f.Fuzz(func(t *testing.T, text string) {
		s := &Source{files: map[string]bool{}, byName: map[string]string{}}
		it := &importer.Item{Dir: "news"}
		s.markdown(it, text, importer.Options{})
	})
}
