package jekyll

import (
	"context"
	"strings"
	"testing"

	"bantin/internal/importer"
	"bantin/internal/importer/importertest"
)

func importAll(t *testing.T, s *importertest.Site, m *importer.Map, dir string) *importer.Report {
	t.Helper()
	o := importer.Options{Format: "jekyll", Map: m, Site: s.Settings, IsPage: IsPage}
	site, err := Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	defer site.Close()
	o.Hosts, o.Files = site.Hosts(), site.Files()
	return s.Import(t, o, func(x *importer.Importer) error { return site.Read(context.Background(), x, o) })
}

func TestAFolderOfJekyllIsASite(t *testing.T) {
	files := map[string]string{
		"_config.yml":                        "url: https://cu.example\nbaseurl: /xa\ntimezone: Asia/Ho_Chi_Minh\npermalink: date\n",
		"_data/authors.yml":                  "tnguyen:\n  name: Nguyễn Thị Tâm\nlac: Trần Lạc\n",
		"_layouts/post.html":                 "---\n---\n<html>{{ content }}</html>",
		"index.html":                         "---\nlayout: home\n---\n",
		"anh/duong.png":                      importertest.PNG,
		"_posts/2015-01-20-lam-duong.md":     "---\nlayout: post\ntitle: Làm đường\nauthor: tnguyen\ncategories: tin-tuc\ntags: [đường, làng]\nexcerpt: Lời dẫn &amp; thêm.\nredirect_from: /cu/lam-duong\nso: 12\n---\n\nXem [bài họp]({{ site.baseurl }}{% post_url 2014-12-01-hop %}).\n\n![Đường]({{ \"/anh/duong.png\" | relative_url }})\n{: .center}\n\n{% highlight ruby %}\nputs 1\n{% endhighlight %}\n\n{% include figure.html src=\"/anh/duong.png\" alt=\"Đường làng\" caption=\"Đường\" %}\n\n{% la %}\n",
		"thong-bao/_posts/2014-12-01-hop.md": "---\ntitle: Họp dân\ndate: 2014-12-01 08:00:00 +0700\nauthor: lac\n---\nBà con họp.\n",
		"_drafts/dang-viet.md":               "---\ntitle: Đang viết\n---\nChưa xong.\n",
		"_su_kien/hoi-lang.md":               "---\ntitle: Hội làng\ndate: 2016-02-10\nend: 2016-02-12\n---\nVui.\n",
		"gioi-thieu.md":                      "---\ntitle: Giới thiệu\npermalink: /ve-xa/\n---\nXã ta.\n",
		"doc.html":                           "---\ntitle: Trang HTML\n---\n<p>Chữ <b>đậm</b></p><script>x</script>\n",
		"trong.md":                           "---\ntitle: Trang trống\npermalink: '  '\n---\nChữ.\n",
		"khong.md":                           "không có khai báo\n",
	}
	s := importertest.New(t)
	m := &importer.Map{Fields: map[string]string{"end": "event.end"}}
	dir := importertest.Folder(t, files)
	r := importAll(t, s, m, dir)
	if r.Count(importer.Written) != 7 {
		t.Fatalf("%+v", r.Rows)
	}
	s.Contains(t, "content/tin-tuc/2015-01-20-lam-duong/index.md",
		"title: Làm đường\ndate: 20/01/2015\nlead: Lời dẫn & thêm.\nauthor: Nguyễn Thị Tâm\ntags: [đường, làng]\n", "extra:\n  so: 12\n", "aliases: [/xa/cu/lam-duong, /xa/tin-tuc/2015/01/20/lam-duong.html]\n",
		"Xem [bài họp](../../thong-bao/2014-12-01-hop.md).\n", "![Đường](duong.png)\n", "```ruby\nputs 1\n```\n", "![Đường làng](duong.png \"Đường\")\n", "{% la %}\n")
	s.Contains(t, "content/thong-bao/2014-12-01-hop.md", "date: 08:00 01/12/2014\nauthor: Trần Lạc\n", "aliases: [/xa/thong-bao/2014/12/01/hop.html]\n")
	s.Contains(t, "content/tin-tuc/dang-viet.md", "draft: true\n")
	s.Contains(t, "content/gioi-thieu.md", "title: Giới thiệu\n", "aliases: [/xa/ve-xa/]\n")
	s.Contains(t, "content/doc.md", "Chữ **đậm**\n")
	s.Build(t)
	if again := importAll(t, s, m, dir); again.Count(importer.Unchanged) != 7 {
		t.Errorf("%+v", again.Rows)
	}
}

// testdata/trang is a site built by Jekyll 4.3; testdata/old.tsv lists what it
// built, address and words of <main>.
func TestWhatJekyllBuiltStaysReadableAtItsAddress(t *testing.T) {
	s := importertest.New(t)
	r := importAll(t, s, &importer.Map{Fields: map[string]string{"end": "event.end"}}, "testdata/trang")
	if r.Count(importer.Written) != 8 || r.Count(importer.Failed) != 0 {
		t.Fatalf("%+v", r.Rows)
	}
	for _, row := range r.Rows {
		for _, n := range row.Notes {
			if row.Result == importer.Written && n.Weight() == importer.Loss {
				t.Errorf("%s: %s", row.Source, n.Text("en"))
			}
		}
	}
	s.Build(t)
	s.Keeps(t, importertest.OldPages(t, "testdata/old.tsv"))
}

func FuzzLiquid(f *testing.F) {
	f.Add("a {% post_url 2014-12-01-hop %} {{ site.url }} {% highlight x %}\n{% endhighlight %} <div><b>{: .x}")
	f.Fuzz(func(t *testing.T, text string) {
		s := &Source{posts: map[string]string{"hop": "a.md"}}
		s.liquid(&importer.Item{}, text, importer.Options{})
	})
}

func TestCodeOnTheLineOfItsTagsStays(t *testing.T) {
	s := importertest.New(t)
	importAll(t, s, nil, importertest.Folder(t, map[string]string{
		"_config.yml":              "title: Cũ\n",
		"_posts/2015-01-20-bai.md": "---\ntitle: Bài\n---\n{% highlight sh linenos %}chạy lệnh{% endhighlight %}\n\n<div>\n\n`mã` ở đây\n\n</div>\n",
	}))
	s.Contains(t, "content/tin-tuc/2015-01-20-bai.md", "```sh\nchạy lệnh\n```\n", "`mã` ở đây\n")
}

func TestAPageWithAFolderOfItsOwnIsAPage(t *testing.T) {
	s := importertest.New(t)
	r := importAll(t, s, nil, importertest.Folder(t, map[string]string{
		"_config.yml":                  "timezone: America/New_York\npermalink: /:year/:month/:day/:title/\n",
		"index.md":                     "---\ntitle: Trang chủ\n---\nChào.\n",
		"gioi-thieu/index.md":          "---\ntitle: Giới thiệu\n---\nXã có bảy thôn.\n",
		"tin/index.html":               "---\ntitle: Tin\n---\n{% for p in site.posts %}{{ p.title }}{% endfor %}\n",
		"_posts/2019-01-01-hop-dan.md": "---\ntitle: Họp dân\n---\n{% la %}Chữ{% endla %} {% khac %}\n",
	}))
	if r.Count(importer.Written) != 2 || r.Count(importer.LeftOut) != 2 {
		t.Errorf("%+v", r.Rows)
	}
	for _, row := range r.Rows {
		if strings.Contains(row.Path, "hop-dan") && len(row.Notes) != 2 {
			t.Errorf("%+v", row.Notes)
		}
	}
	s.Build(t)
	s.Keeps(t, []importertest.OldPage{{URL: "/gioi-thieu/", Text: "Giới thiệu Xã có bảy thôn."}, {URL: "/2019/01/01/hop-dan/"}})
}
