package site

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// linked is a site at /tin/ with the targets of the links below. The links
// stand in content/tin-tuc/bai.md.
var linked = files{
	"site.yaml":                      "title: Bản tin\nbase_url: https://anhoa.example/tin/\n",
	"content/gioi-thieu.md":          front("title: Giới thiệu"),
	"content/tin-tuc/_index.md":      front("title: Tin tức"),
	"content/tin-tuc/khac.md":        post("Khác", "1/3/2020", "tags: [đất đai]") + "## Kết quả\n",
	"content/tin-tuc/le-ky/index.md": post("Lễ ký", "1/3/2020", "slug: le-ky-ket"),
	"content/tin-tuc/ke hoach.pdf":   "kế hoạch",
	"content/tin-tuc/anh.jpg":        "ảnh",
	"content/tin-tuc/sơ-đồ#1.png":    "sơ đồ",
	"content/thong-bao/_index.md":    front("title: Thông báo"),
	"content/thong-bao/nhap.md":      post("Nháp", "1/3/2020", "draft: true"),
	"content/thong-bao/sau.md":       post("Sau", "1/3/2030"),
	"content/thong-bao/khac.md":      post("Khác", "1/3/2020", "expires: 2020"),
	"static/so-do.png":               "sơ đồ",
	"static/mau/don xin.docx":        "đơn",
}

// linking returns the site whose article ends with a text.
func linking(text string) files {
	return linked.and(files{"content/tin-tuc/bai.md": post("Bài", "2/3/2020") + text + "\n"})
}

// indexOf returns the index of the article at a path below content/.
func (b *folder) indexOf(path string) int {
	i, _ := b.articleOf(path)
	return int(i)
}

// textOf returns the HTML of an article's text.
func (b *folder) textOf(path string) string { return strings.TrimSpace(b.html[b.indexOf(path)]) }

func TestALinkLeadsToWhatItsEditorMeant(t *testing.T) {
	for dest, want := range map[string]string{
		// Articles by their file.
		"khac.md":                "/tin/tin-tuc/khac/",
		"le-ky/index.md":         "/tin/tin-tuc/le-ky-ket/",
		"../gioi-thieu.md":       "/tin/gioi-thieu/",
		"/gioi-thieu.md":         "/tin/gioi-thieu/",
		"/tin-tuc/khac.md":       "/tin/tin-tuc/khac/",
		"tin-tuc/khac.md":        "/tin/tin-tuc/khac/",
		"../tin-tuc/./khac.md":   "/tin/tin-tuc/khac/",
		"khac.md#ket-qua":        "/tin/tin-tuc/khac/#ket-qua",
		"khac.md?x=1#ket-qua":    "/tin/tin-tuc/khac/?x=1#ket-qua",
		"bai.md":                 "/tin/tin-tuc/bai/",
		"_index.md":              "/tin/tin-tuc/",
		"../thong-bao/_index.md": "/tin/thong-bao/",
		// Files.
		"ke%20hoach.pdf":        "/tin/tin-tuc/bai/ke-hoach.pdf",
		"<ke hoach.pdf>":        "/tin/tin-tuc/bai/ke-hoach.pdf",
		"ke%20hoach.pdf#page=2": "/tin/tin-tuc/bai/ke-hoach.pdf#page=2",
		"/so-do.png":            "/tin/so-do.png",
		"/mau/don%20xin.docx":   "/tin/mau/don%20xin.docx",
		// Pages by their URL, with the base path or without it.
		"/":                      "/tin/",
		"/tin/":                  "/tin/",
		"/tin-tuc/":              "/tin/tin-tuc/",
		"/tin/tin-tuc/":          "/tin/tin-tuc/",
		"/tin-tuc/?x=1":          "/tin/tin-tuc/?x=1",
		"/tin-tuc/khac/#ket-qua": "/tin/tin-tuc/khac/#ket-qua",
		"/the/dat-dai/":          "/tin/the/dat-dai/",
		"/2020/03/":              "/tin/2020/03/",
		"/rss.xml":               "/tin/rss.xml",
		"../khac/":               "/tin/tin-tuc/khac/",
		"#":                      "#",
		// The site's own, by their whole addresses.
		"https://anhoa.example/tin/tin-tuc/khac/":        "/tin/tin-tuc/khac/",
		"http://ANHOA.example/tin/tin-tuc/khac/#ket-qua": "/tin/tin-tuc/khac/#ket-qua",
		"//anhoa.example/tin/rss.xml":                    "/tin/rss.xml",
		"https://anhoa.example/tin":                      "/tin/",
		"https://anhoa.example/khac/":                    "https://anhoa.example/khac/",
		"https://anhoa.example.vn/tin/":                  "https://anhoa.example.vn/tin/",
		"https://anhoa.example/tintuc/":                  "https://anhoa.example/tintuc/",
		"ftp://anhoa.example/tin/":                       "ftp://anhoa.example/tin/",
		// An anchor as its heading's words stand.
		"khac.md#Kết-quả":                   "/tin/tin-tuc/khac/#ket-qua",
		"<khac.md#Kết quả>":                 "/tin/tin-tuc/khac/#ket-qua",
		"khac.md#K%E1%BA%BFt%20qu%E1%BA%A3": "/tin/tin-tuc/khac/#ket-qua",
		// Elsewhere.
		"https://tinh.example/a.md": "https://tinh.example/a.md",
		"//tinh.example/":           "//tinh.example/",
		"mailto:a@anhoa.example":    "mailto:a@anhoa.example",
	} {
		b := assemble(t, linking("[đọc]("+dest+")"), options{})
		if got := b.textOf("tin-tuc/bai.md"); got != `<p><a href="`+want+`">đọc</a></p>` {
			t.Errorf("%s leads to %s, want %s", dest, got, want)
		}
		if len(b.problems) > 0 {
			t.Errorf("%s:\n%s", dest, printed(t, b.problems))
		}
	}
}

func TestALinkLeadsToItsPageWhateverTheAddressOfTheSite(t *testing.T) {
	for typed, root := range map[string]string{"/": "/", "/tin/": "/tin/", "/xã/": "/x%C3%A3/", "/a%25b/": "/a%25b/", "/%C4%91%20i/": "/%C4%91%20i/"} {
		for _, dest := range []string{"khac.md", "/tin-tuc/khac/", typed + "tin-tuc/khac/", root + "tin-tuc/khac/", "../khac/", "/tin-tuc/khac/?x=1", "/so-do.png"} {
			b := assemble(t, linking("[đọc]("+dest+")").and(files{"site.yaml": "title: Bản tin\nbase_url: https://anhoa.example" + typed + "\nid: anhoa.example,2025\n"}), options{})
			below := "tin-tuc/khac/"
			if _, query, ok := strings.Cut(dest, "?"); ok {
				below += "?" + query
			}
			if dest == "/so-do.png" {
				below = "so-do.png"
			}
			if got := b.textOf("tin-tuc/bai.md"); !strings.HasPrefix(got, `<p><a href="`+root+below) || len(b.problems) > 0 {
				t.Errorf("%s: %s leads to %s:\n%s", root, dest, got, printed(t, b.problems))
			}
		}
	}
}

func TestAPictureIsShownWithItsSizeAndDigest(t *testing.T) {
	for dest, want := range map[string]string{
		"anh.jpg":    "/tin/tin-tuc/bai/anh.jpg?v=" + file("", "ảnh").Digest.Short(),
		"/so-do.png": "/tin/so-do.png?v=" + file("", "sơ đồ").Digest.Short(),
	} {
		got := assemble(t, linking("Xem ![ảnh]("+dest+") này."), options{}).textOf("tin-tuc/bai.md")
		if !strings.Contains(got, ` src="`+want+`"`) || !strings.Contains(got, ` width="640"`) || !strings.Contains(got, ` height="480"`) {
			t.Errorf("%s becomes %s, want it at %s", dest, got, want)
		}
	}
}

func TestALinkToWhatIsNotPublishedIsPlainText(t *testing.T) {
	for _, dest := range []string{"../thong-bao/nhap.md", "../thong-bao/sau.md", "../thong-bao/khac.md", "/thong-bao/sau/"} {
		b := assemble(t, linking("[đọc]("+dest+")"), options{})
		if got := b.textOf("tin-tuc/bai.md"); got != "<p>đọc</p>" {
			t.Errorf("%s becomes %s", dest, got)
		}
		want := "content/tin-tuc/bai.md:5:7: cảnh báo[unpublished-target]: liên kết “" + dest + "” dẫn tới bài hiện không được đăng nên chỉ hiện thành chữ thường\n" +
			"    gợi ý: chờ bài kia được đăng, hoặc bỏ liên kết\n"
		if diff := cmp.Diff(want, printed(t, b.problems)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", dest, diff)
		}
	}
}

func TestALinkToAScheduledArticleLivesWhenThatIsPublished(t *testing.T) {
	b := assemble(t, linking("[đọc](../thong-bao/sau.md)"), options{now: "1/3/2030"})
	if got := b.textOf("tin-tuc/bai.md"); got != `<p><a href="/tin/thong-bao/sau/">đọc</a></p>` || len(b.problems) > 0 {
		t.Errorf("it becomes %s\n%s", got, printed(t, b.problems))
	}
	i := b.indexOf("tin-tuc/bai.md")
	before := assemble(t, linking("[đọc](../thong-bao/sau.md)"), options{})
	if before.digests.Bodies[i] == b.digests.Bodies[i] {
		t.Error("the key of its text stays the same")
	}
}

func TestALinkThatLeadsNowhereIsTold(t *testing.T) {
	for text, want := range map[string]string{
		"[a](khong-co.md)": `lỗi[missing-article]: không có bài “khong-co.md” để liên kết tới
    gợi ý: viết đường dẫn tệp .md tính từ bài này, hoặc từ content/ với dấu / ở đầu
`,
		"[a](sau.md)": `lỗi[missing-article]: không có bài “sau.md” để liên kết tới
    gợi ý: có phải là “/thong-bao/sau.md”?
`,
		// Two articles have that name.
		"[a](../khac.md)": `lỗi[missing-article]: không có bài “../khac.md” để liên kết tới
    gợi ý: viết đường dẫn tệp .md tính từ bài này, hoặc từ content/ với dấu / ở đầu
`,
		"[a](khong-co.pdf)": `lỗi[missing-file]: không có tệp “khong-co.pdf”
    gợi ý: chép tệp vào content/tin-tuc/khong-co.pdf, hoặc sửa lại tên cho đúng
`,
		"![a](Ảnh.jpeg)": `lỗi[missing-file]: không có tệp “Ảnh.jpeg”
    gợi ý: có phải là “anh.jpg”?
`,
		"![a](/sơ-đồ.png)": `lỗi[missing-file]: không có tệp “/sơ-đồ.png”
    gợi ý: có phải là “/so-do.png”?
`,
		"[a](../../../mat.pdf)": `lỗi[file-outside]: đường dẫn “../../../mat.pdf” ra ngoài thư mục content
    gợi ý: chép tệp vào cạnh bài viết hoặc vào static/
`,
		"[a](/khong-co/)": `cảnh báo[dead-url]: không có trang nào ở địa chỉ “/khong-co/” trên trang này
    gợi ý: sửa lại địa chỉ, hoặc liên kết tới tệp .md của bài
`,
		"[a](sơ-đồ#1.png)": `cảnh báo[dead-url]: dấu # trong liên kết “sơ-đồ#1.png” bắt đầu tên một mục, không phải một phần của tên tệp
    gợi ý: viết sơ-đồ%231.png
`,
		"[a](#khong-co)": `cảnh báo[dead-anchor]: không có mục “#khong-co” trong tin-tuc/bai.md
    gợi ý: chép đúng tên mục, viết thường không dấu và nối bằng dấu -
`,
		"[a](khac.md#ket-luan)": `cảnh báo[dead-anchor]: không có mục “#ket-luan” trong tin-tuc/khac.md
    gợi ý: chép đúng tên mục, viết thường không dấu và nối bằng dấu -
`,
		"[a](khac.md#Ket-Qua)": `cảnh báo[dead-anchor]: không có mục “#Ket-Qua” trong tin-tuc/khac.md
    gợi ý: viết #ket-qua
`,
		"[a](khac.md#Kết-luận)": `cảnh báo[dead-anchor]: không có mục “#ket-luan” trong tin-tuc/khac.md
    gợi ý: chép đúng tên mục, viết thường không dấu và nối bằng dấu -
`,
		"[a](https://anhoa.example/tin/khong-co/)": `cảnh báo[dead-url]: không có trang nào ở địa chỉ “/khong-co/” trên trang này
    gợi ý: sửa lại địa chỉ, hoặc liên kết tới tệp .md của bài
`,
		"[a](https://anhoa.example/tin/thong-bao/sau/)": `cảnh báo[unpublished-target]: liên kết “/thong-bao/sau/” dẫn tới bài hiện không được đăng nên chỉ hiện thành chữ thường
    gợi ý: chờ bài kia được đăng, hoặc bỏ liên kết
`,
		"[a](ke-hoah.pdf)": `lỗi[missing-file]: không có tệp “ke-hoah.pdf”
    gợi ý: có phải là “ke hoach.pdf”?
`,
		"![a](anhh.jpg)": `lỗi[missing-file]: không có tệp “anhh.jpg”
    gợi ý: có phải là “anh.jpg”?
`,
		"![a](anh2.jpg)": `lỗi[missing-file]: không có tệp “anh2.jpg”
    gợi ý: chép tệp vào content/tin-tuc/anh2.jpg, hoặc sửa lại tên cho đúng
`,
		"[a](/tin-tuc/khac/#ket-luan)": `cảnh báo[dead-anchor]: không có mục “#ket-luan” trong tin-tuc/khac.md
    gợi ý: chép đúng tên mục, viết thường không dấu và nối bằng dấu -
`,
	} {
		got := mistakes(t, linking(text), options{})
		col := "5"
		if text[0] == '!' {
			col = "6"
		}
		if diff := cmp.Diff("content/tin-tuc/bai.md:5:"+col+": "+want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}

func TestAFileThatFrontMatterNamesMustExist(t *testing.T) {
	for line, want := range map[string]string{
		"attachments: [khong-co.pdf]": `content/tin-tuc/bai.md:4:15: lỗi[missing-file]: không có tệp “khong-co.pdf”
    gợi ý: chép tệp vào content/tin-tuc/khong-co.pdf, hoặc sửa lại tên cho đúng
`,
		"attachments: [{file: Kế hoạch.pdf, title: Kế hoạch}]": `content/tin-tuc/bai.md:4:22: lỗi[missing-file]: không có tệp “Kế hoạch.pdf”
    gợi ý: có phải là “ke hoach.pdf”?
`,
		"image: {file: ../tin-tuc/ảnh.jpg, alt: Ảnh}": `content/tin-tuc/bai.md:4:15: lỗi[missing-file]: không có tệp “../tin-tuc/ảnh.jpg”
    gợi ý: có phải là “../tin-tuc/anh.jpg”?
`,
		"attachments: [Ke-hoach.pdf]": `content/tin-tuc/bai.md:4:15: lỗi[missing-file]: không có tệp “Ke-hoach.pdf”
    gợi ý: có phải là “ke hoach.pdf”?
`,
		"image: {file: Anh.jpg, alt: Ảnh}": `content/tin-tuc/bai.md:4:15: lỗi[missing-file]: không có tệp “Anh.jpg”
    gợi ý: có phải là “anh.jpg”?
`,
		"gallery: [{file: /anh.jpg, alt: Ảnh}]": `content/tin-tuc/bai.md:4:18: lỗi[missing-file]: không có tệp “/anh.jpg”
    gợi ý: chép tệp vào static/anh.jpg, hoặc sửa lại tên cho đúng
`,
		"agreement: {parties: [A, B], document: van-ban.pdf}": `content/tin-tuc/bai.md:4:40: lỗi[missing-file]: không có tệp “van-ban.pdf”
    gợi ý: chép tệp vào content/tin-tuc/van-ban.pdf, hoặc sửa lại tên cho đúng
`,
	} {
		got := mistakes(t, linked.and(files{"content/tin-tuc/bai.md": post("Bài", "2/3/2020", line)}), options{})
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", line, diff)
		}
	}
}

func TestTheTextOfASectionLinksAsAnArticleDoes(t *testing.T) {
	b := assemble(t, linked.and(files{
		"content/thong-bao/_index.md": front("title: Thông báo") + "[đọc](../tin-tuc/khac.md) [tệp](../tin-tuc/ke%20hoach.pdf)\n",
	}), options{})
	want := `<p><a href="/tin/tin-tuc/khac/">đọc</a> <a href="/tin/thong-bao/ke-hoach.pdf">tệp</a></p>`
	if got := b.textOf("thong-bao/_index.md"); got != want {
		t.Errorf("the text is %s, want %s", got, want)
	}
	if b.assets()["thong-bao/ke-hoach.pdf"] != "content/tin-tuc/ke hoach.pdf" {
		t.Errorf("published are %v", b.assets())
	}
}

func TestALinkToAnyPlannedPageIsAlive(t *testing.T) {
	f := diary("tin-tuc", 40, "tags: [a]", "author: A", "event: {start: 1/1/2020, organizer: A}", "agreement: {parties: [A, B]}")
	b := assemble(t, f, options{})
	var links strings.Builder
	for _, file := range b.plan() {
		links.WriteString("[x](/" + strings.TrimSuffix(file, "index.html") + ")\n")
	}
	got := assemble(t, f.and(files{"content/tin-tuc/z.md": post("Z", "1/1/2020") + links.String()}), options{})
	for _, p := range got.problems {
		if p.ID == "dead-url" {
			t.Error(p.Message("vi"))
		}
	}
}

// Whatever old address a page may have, a link to it arrives, and one to what is none
// of them does not.
func TestALinkToAnOldAddressIsAlive(t *testing.T) {
	f := described.and(files{
		"site.yaml":                     "title: Bản tin xã An Hòa\nbase_url: https://anhoa.example/tin/\nlanguages:\n  en: {title: News}\ntags: {Nước: {aliases: [/tin/chu-de/nuoc/]}}\n",
		"content/tin-tuc/_index.md":     front("title: Tin tức", "aliases: [/tin/tin-cu/, /tin/bản%20tin]"),
		"content/tin-tuc/_index.en.md":  front("title: News", "aliases: [/tin/en/old/]"),
		"content/tin-tuc/sau/_index.md": front("title: Sâu"),
		"content/tin-tuc/sau/c.md":      post("C", "1/3/2020"),
		"content/tin-tuc/a.md":          post("A", "1/3/2020", "tags: [Nước]", `aliases: ["/tin/tin.aspx?id=7&p=1", /tin/xem.aspx, /tin/bai/a.html]`),
		"content/tin-tuc/a.en.md":       front("title: A", "aliases: [/tin/one]"),
		"content/tin-tuc/nhap.md":       post("N", "1/3/2020", "draft: true", "aliases: [/tin/nhap.aspx]"),
	})
	for dest, alive := range map[string]bool{
		"/tin-cu/": true, "/tin-cu": true, "/tin-cu/a/": true, "/tin-cu/a": false, "/tin-cu/sau/": true, "/tin-cu/sau/c/": true, "/tin-cu/rss.xml": true, "/tin-cu/sau/atom.xml": true,
		"/b%E1%BA%A3n%20tin/a/": true, "/bản%20tin/sau/c/": true, "/en/old/a/": true, "/en/old/": true, "/chu-de/nuoc/": true, "/chu-de/nuoc/rss.xml": true,
		"/tin.aspx?id=7&p=1": true, "/tin.aspx?p=1&id=7": true, "/tin.aspx?p=1&id=7#m": true, "/xem.aspx": true, "/xem.aspx?x=1": true, "/bai/a.html": true, "/one": true, "/one/": true,
		"https://anhoa.example/tin/tin-cu/a/": true, "/tin-cu/khong-co/": false, "/tin-cuoi/a/": false, "/tin-cu/nhap/": false, "/nhap.aspx": false, "/tin.aspx": false, "/tin.aspx?id=8": false,
		"/en/tin-cu/a/": false, "/en/old/sau/c/": false, "/chu-de/": false,
	} {
		_, problems := loadAll(t, f.and(files{"content/tin-tuc/b.md": post("B", "1/3/2020") + "[x](" + dest + ")\n"}), noon)
		var told []string
		for _, p := range problems {
			if p.ID != "section-untitled" {
				told = append(told, p.ID)
			}
		}
		if len(told) == 0 != alive {
			t.Errorf("%s: %v", dest, told)
		}
	}
}

func TestALinkToAFileOfAnotherArticleIsAlive(t *testing.T) {
	f := described.and(files{
		"content/tin-tuc/a.md":        post("A", "1/3/2020", "attachments: [bao-cao.pdf]") + "[x](kế%20hoạch.pdf)\n",
		"content/tin-tuc/bao-cao.pdf": "báo cáo", "content/tin-tuc/kế hoạch.pdf": "kế hoạch",
	})
	for dest, want := range map[string]int{
		"/tin-tuc/a/bao-cao.pdf": 0, "/tin-tuc/a/ke-hoach.pdf": 0, "/tin-tuc/a/khac.pdf": 1,
	} {
		b := assemble(t, f.and(files{"content/tin-tuc/b.md": post("B", "1/3/2020") + "[x](" + dest + ")\n"}), options{})
		if len(b.problems) != want {
			t.Errorf("%s:\n%s", dest, printed(t, b.problems))
		}
	}
}

func TestALinkToANameThatHasNoPageIsTold(t *testing.T) {
	got := mistakes(t, described.and(files{
		"content/tin-tuc/a.md": post("A", "1/3/2020") + "[x](/the/mai/)\n",
		"content/tin-tuc/b.md": post("B", "1/3/2030", "tags: [mai]"),
	}), options{})
	if !strings.HasPrefix(got, "content/tin-tuc/a.md:5:5: cảnh báo[dead-url]") {
		t.Errorf("told is %q", got)
	}
}

func TestALinkInOtherCaseIsDead(t *testing.T) {
	got := mistakes(t, described.and(files{"content/tin-tuc/a.md": post("A", "1/3/2020") + "[x](/Tin-Tuc/)\n"}), options{})
	if !strings.HasPrefix(got, "content/tin-tuc/a.md:5:5: cảnh báo[dead-url]") {
		t.Errorf("told is %q", got)
	}
}

func TestAFolderIsARelativeURL(t *testing.T) {
	for dest, want := range map[string]string{"..": "/tin-tuc/", ".": "/tin-tuc/a/", "./": "/tin-tuc/a/"} {
		b := load(t, described.and(files{"content/tin-tuc/a.md": post("A", "1/3/2020") + "[x](" + dest + ")\n"}), options{})
		if got := b.textOf("tin-tuc/a.md"); got != `<p><a href="`+want+`">x</a></p>` {
			t.Errorf("%s becomes %s", dest, got)
		}
	}
}

func TestAFileIsFoundByAnEndingInOtherCase(t *testing.T) {
	got := mistakes(t, described.and(files{
		"content/tin-tuc/a.md":    post("A", "1/3/2020", "image: {file: anh.JPG, alt: Ảnh}"),
		"content/tin-tuc/anh.jpg": "ảnh",
	}), options{})
	if !strings.Contains(got, "có phải là “anh.jpg”?") {
		t.Error(got)
	}
}
