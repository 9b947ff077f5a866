package site

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What an editor may do about a collision.
const (
	slugHint   = "    gợi ý: đặt slug khác cho bài này, hoặc đổi tên tệp\n"
	renameHint = "    gợi ý: đổi tên tệp đính kèm này\n"
	staticHint = "    gợi ý: đổi tên hoặc bỏ tệp này trong static/\n"
	aliasHint  = "    gợi ý: bỏ địa chỉ cũ này khỏi aliases\n"
	chooseHint = "    gợi ý: chọn tên, slug hoặc địa chỉ khác\n"
)

func TestTwoSourcesOfOneURLAreNamed(t *testing.T) {
	base := files{"content/tin-tuc/_index.md": front("title: Tin tức")}
	for name, c := range map[string]struct {
		files files
		want  string
	}{
		"two articles": {files{
			"content/tin-tuc/a.md": post("A", "1/3/2020"),
			"content/tin-tuc/b.md": post("B", "2/3/2020", "slug: a"),
		}, "content/tin-tuc/b.md:4:7: lỗi[url-collision]: địa chỉ /tin-tuc/a/ đã thuộc về content/tin-tuc/a.md\n" + slugHint},
		"the newer article tells": {files{
			"content/tin-tuc/a.md": post("A", "2/3/2020", "slug: c"),
			"content/tin-tuc/b.md": post("B", "1/3/2020", "slug: c"),
		}, "content/tin-tuc/a.md:4:7: lỗi[url-collision]: địa chỉ /tin-tuc/c/ đã thuộc về content/tin-tuc/b.md\n" + slugHint},
		"an article and a bundle": {files{
			"content/tin-tuc/a.md":       post("A", "1/3/2020", "id: a"),
			"content/tin-tuc/a/index.md": post("B", "2/3/2020"),
		}, "content/tin-tuc/a/index.md: lỗi[url-collision]: địa chỉ /tin-tuc/a/ đã thuộc về content/tin-tuc/a.md\n" + slugHint},
		"an article and a section": {files{
			"content/tin-tuc/xa.md":        post("A", "1/3/2020"),
			"content/tin-tuc/xa/_index.md": front("title: Xã"),
		}, "content/tin-tuc/xa.md: lỗi[url-collision]: địa chỉ /tin-tuc/xa/ đã thuộc về content/tin-tuc/xa/_index.md\n" + slugHint},
		"a page and a section": {files{
			"content/tin-tuc.md": front("title: Trang"),
		}, "content/tin-tuc.md: lỗi[url-collision]: địa chỉ /tin-tuc/ đã thuộc về content/tin-tuc/_index.md\n" + slugHint},
		"a page and the tags": {files{
			"content/the.md": front("title: Thẻ"),
		}, "content/the.md: lỗi[url-collision]: địa chỉ /the/ dành cho trang mà Bantin tự dựng\n" + chooseHint},
		"a section and the tags": {files{
			"content/the/_index.md": front("title: Thẻ"),
		}, "content/the/_index.md: lỗi[url-collision]: địa chỉ /the/ dành cho trang mà Bantin tự dựng\n" + chooseHint},
		"a page and a year": {files{
			"content/2020.md":      front("title: Năm 2020"),
			"content/tin-tuc/a.md": post("A", "1/3/2020"),
		}, "content/2020.md: lỗi[url-collision]: địa chỉ /2020/ dành cho trang mà Bantin tự dựng\n" + chooseHint},
		"two attachments": {files{
			"content/tin-tuc/a.md":        post("A", "1/3/2020", "attachments: [bao-cao.pdf, chung/báo cáo.pdf]"),
			"content/tin-tuc/bao-cao.pdf": "một", "content/tin-tuc/chung/báo cáo.pdf": "hai",
		}, "content/tin-tuc/a.md:4:28: lỗi[url-collision]: địa chỉ /tin-tuc/a/bao-cao.pdf đã thuộc về content/tin-tuc/bao-cao.pdf\n" + renameHint},
		"two files that a text links to": {files{
			"content/tin-tuc/a.md":        post("A", "1/3/2020") + "[một](bao-cao.pdf) [hai](<chung/báo cáo.pdf>)\n",
			"content/tin-tuc/bao-cao.pdf": "một", "content/tin-tuc/chung/báo cáo.pdf": "hai",
		}, "content/tin-tuc/a.md:5:27: lỗi[url-collision]: địa chỉ /tin-tuc/a/bao-cao.pdf đã thuộc về content/tin-tuc/bao-cao.pdf\n" + renameHint},
		"two files but for case": {files{
			"content/tin-tuc/a.md":  post("A", "1/3/2020", "attachments: [A.pdf, a.pdf]"),
			"content/tin-tuc/A.pdf": "một", "content/tin-tuc/a.pdf": "hai",
		}, "content/tin-tuc/a.md:4:22: lỗi[url-collision]: địa chỉ /tin-tuc/a/a.pdf đã thuộc về content/tin-tuc/A.pdf\n" + renameHint},
		"an attachment and the calendar of the event": {files{
			"content/tin-tuc/a.md":     post("A", "1/3/2020", "event: {start: 1/3/2020}", "attachments: [lich.ics]"),
			"content/tin-tuc/lich.ics": "x",
		}, "content/tin-tuc/a.md:5:15: lỗi[url-collision]: địa chỉ /tin-tuc/a/lich.ics đã thuộc về content/tin-tuc/a.md\n" + renameHint},
		"a static file and a section's feed": {files{
			"static/tin-tuc/rss.xml": "x",
		}, "static/tin-tuc/rss.xml: lỗi[url-collision]: địa chỉ /tin-tuc/rss.xml đã thuộc về content/tin-tuc/_index.md\n" + staticHint},
		"a static file and a year of events": {files{
			"static/su-kien/2020/index.html": "x",
			"content/tin-tuc/a.md":           post("A", "1/3/2020", "event: {start: 1/3/2020}"),
		}, "static/su-kien/2020/index.html: lỗi[url-collision]: địa chỉ /su-kien/2020/ dành cho trang mà Bantin tự dựng\n" + chooseHint},
		"an alias and a file below it": {files{
			"content/tin-tuc/a.md": post("A", "1/3/2020", "aliases: [/cu.html, /cu.html/b.html]"),
		}, "content/tin-tuc/a.md:4:21: lỗi[url-collision]: địa chỉ /cu.html/b.html đã thuộc về content/tin-tuc/a.md\n" + aliasHint},
		"an attachment and the article": {files{
			"content/tin-tuc/a.md": post("A", "1/3/2020", "attachments: [index.html]"), "content/tin-tuc/index.html": "x",
		}, "content/tin-tuc/a.md:4:15: lỗi[url-collision]: địa chỉ /tin-tuc/a/index.html đã thuộc về content/tin-tuc/a.md\n" + renameHint},
		"two kinds of pages": {files{
			"site.yaml": settings + "paths: {tag: rss}\n",
		}, "site.yaml: lỗi[url-collision]: hai trang mà Bantin tự dựng có cùng địa chỉ /rss/\n" +
			"    gợi ý: sửa paths để mỗi loại trang có một tên riêng\n"},
		"a static file and the calendar of an event": {files{
			"static/tin-tuc/a/Lich.ics": "x",
			"content/tin-tuc/a.md":      post("A", "1/3/2020", "event: {start: 1/3/2020}"),
		}, "static/tin-tuc/a/Lich.ics: lỗi[url-collision]: địa chỉ /tin-tuc/a/Lich.ics đã thuộc về content/tin-tuc/a.md\n" + staticHint},
		"a static file and the folder of a section": {files{
			"static/tin-tuc": "x",
		}, "static/tin-tuc: lỗi[url-collision]: địa chỉ /tin-tuc đã thuộc về content/tin-tuc/_index.md\n" + staticHint},
		"the older pages of a section and an article": {files{
			"content/tin-tuc/trang.md": post("A", "1/3/2020"),
		}, "content/tin-tuc/trang.md: lỗi[url-collision]: địa chỉ /tin-tuc/trang/ đã thuộc về content/tin-tuc/_index.md\n" + slugHint},
		"a static file and a page": {files{
			"static/gioi-thieu/index.html": "x", "content/gioi-thieu.md": front("title: Giới thiệu"),
		}, "static/gioi-thieu/index.html: lỗi[url-collision]: địa chỉ /gioi-thieu/ đã thuộc về content/gioi-thieu.md\n" + staticHint},
		"a static file and a feed": {files{
			"static/rss.xml": "x",
		}, "static/rss.xml: lỗi[url-collision]: địa chỉ /rss.xml dành cho trang mà Bantin tự dựng\n" + chooseHint},
		"an alias and a page": {files{
			"content/gioi-thieu.md": front("title: Giới thiệu"),
			"content/tin-tuc/a.md":  post("A", "1/3/2020", "aliases: [/gioi-thieu/]"),
		}, "content/tin-tuc/a.md:4:11: lỗi[url-collision]: địa chỉ /gioi-thieu/ đã thuộc về content/gioi-thieu.md\n" + aliasHint},
		"an alias and a static file": {files{
			"static/cu.html":       "x",
			"content/tin-tuc/a.md": post("A", "1/3/2020", "aliases: [/cu.html]"),
		}, "content/tin-tuc/a.md:4:11: lỗi[url-collision]: địa chỉ /cu.html đã thuộc về static/cu.html\n" + aliasHint},
	} {
		if diff := cmp.Diff(c.want, mistakes(t, base.and(c.files), options{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestOneFileMayBeNamedTwice(t *testing.T) {
	b := assemble(t, files{
		"content/tin-tuc/a.md":        post("A", "1/3/2020", "attachments: [bao-cao.pdf, ../tin-tuc/bao-cao.pdf]") + "[một](bao-cao.pdf)\n",
		"content/tin-tuc/bao-cao.pdf": "một",
	}, options{})
	if diff := cmp.Diff(map[string]string{"tin-tuc/a/bao-cao.pdf": "content/tin-tuc/bao-cao.pdf"}, b.assets()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNoTwoArticlesHaveOneID(t *testing.T) {
	got := mistakes(t, files{
		"content/tin-tuc/_index.md":        front("title: Tin tức"),
		"content/tin-tuc/cu.md":            post("Cũ", "1/3/2020", "id: 2020-ky-ket"),
		"content/tin-tuc/moi.md":           post("Mới", "2/3/2020", "id: 2020-ky-ket"),
		"content/tin-tuc/2020-03-04-ky.md": post("Không có id", "4/3/2020", "slug: ky-1"),
		"content/tin-tuc/ky.md":            post("Trùng đường dẫn", "5/3/2020", "slug: ky-2"),
	}, options{})
	want := `content/tin-tuc/moi.md:4:5: lỗi[duplicate-id]: id “2020-ky-ket” đã được dùng ở content/tin-tuc/cu.md
    gợi ý: đặt cho bài này một id khác; không đổi id của bài đã đăng
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNamesThatCannotStandAreTold(t *testing.T) {
	base := files{"content/tin-tuc/_index.md": front("title: Tin tức")}
	for name, c := range map[string]struct {
		files files
		want  string
	}{
		"two people of one slug": {files{
			"content/tin-tuc/a.md": post("A", "1/3/2020", "author: Nguyễn Văn Hưng"),
			"content/tin-tuc/b.md": post("B", "2/3/2020", "author: [Vũ An, Nguyễn Văn Hùng]"),
		}, `content/tin-tuc/b.md:4:17: cảnh báo[name-collision]: hai tên khác nhau “Nguyễn Văn Hùng” và “Nguyễn Văn Hưng” có cùng địa chỉ “nguyen-van-hung”; “Nguyễn Văn Hùng” tạm dùng “nguyen-van-hungf”
    gợi ý: đặt slug cho một trong hai tên ở mục authors trong site.yaml
`},
		"two bodies of one slug": {files{
			"content/tin-tuc/a.md": post("A", "1/3/2020", "organization: Hội Người mù"),
			"content/tin-tuc/b.md": post("B", "2/3/2020", "organization: Hội Người mũ"),
		}, `content/tin-tuc/b.md:4:15: cảnh báo[name-collision]: hai tên khác nhau “Hội Người mũ” và “Hội Người mù” có cùng địa chỉ “hoi-nguoi-mu”; “Hội Người mũ” tạm dùng “hoi-nguoi-mux”
    gợi ý: đặt slug cho một trong hai tên ở mục organizations trong site.yaml
`},
		"two tags of one slug": {files{
			"content/tin-tuc/a.md": post("A", "1/3/2020", "tags: [thư]"),
			"content/tin-tuc/b.md": post("B", "2/3/2020", "tags: [đất đai, thú]"),
		}, `content/tin-tuc/b.md:4:17: lỗi[tag-collision]: hai thẻ khác nhau “thú” và “thư” có cùng địa chỉ “thu” (thẻ kia ở content/tin-tuc/a.md)
    gợi ý: nếu là một thẻ, viết giống nhau; nếu là hai thẻ, đặt slug cho một thẻ ở mục tags trong site.yaml
`},
		"a tag that does not fold": {files{
			"content/tin-tuc/a.md": post("A", "1/3/2020", "tags: [日本]"),
		}, `content/tin-tuc/a.md:4:8: lỗi[name-without-slug]: tên “日本” không có chữ cái hay chữ số nào để làm địa chỉ
    gợi ý: viết tên khác, hoặc đặt slug cho tên này ở mục tags trong site.yaml
`},
		"an heir that is not known": {files{
			"site.yaml": settings + "organizations:\n  UBND huyện: {successor: UBND xã}\n",
		}, `site.yaml:4:27: lỗi[unknown-successor]: không có đơn vị “UBND xã” để kế thừa “UBND huyện”
    gợi ý: khai báo đơn vị ấy trong organizations, hoặc sửa lại tên cho đúng
`},
		"a body that is its own heir": {files{
			"site.yaml": settings + "organizations:\n  UBND huyện: {successor: ubnd huyện}\n",
		}, `site.yaml:4:27: lỗi[unknown-successor]: không có đơn vị “ubnd huyện” để kế thừa “UBND huyện”
    gợi ý: khai báo đơn vị ấy trong organizations, hoặc sửa lại tên cho đúng
`},
	} {
		if diff := cmp.Diff(c.want, mistakes(t, base.and(c.files), options{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestFilesOfAScheduledTextCollideToday(t *testing.T) {
	f := described.and(files{
		"content/tin-tuc/a.md":        post("A", "1/3/2030") + "[một](bao-cao.pdf) [hai](<chung/báo cáo.pdf>)\n",
		"content/tin-tuc/bao-cao.pdf": "một", "content/tin-tuc/chung/báo cáo.pdf": "hai",
	})
	if diff := cmp.Diff(mistakes(t, f, options{now: "1/1/2031"}), mistakes(t, f, options{})); diff != "" {
		t.Errorf("(-later +today):\n%s", diff)
	}
}

func TestTwoSectionsOfOneURLAreOneMistake(t *testing.T) {
	got := mistakes(t, files{
		"content/mot/_index.md": front("title: Một", "slug: chung"),
		"content/hai/_index.md": front("title: Hai", "slug: chung"),
	}, options{})
	want := `content/mot/_index.md:3:7: lỗi[url-collision]: địa chỉ /chung/ đã thuộc về content/hai/_index.md
    gợi ý: đặt slug khác trong _index.md của chuyên mục này, hoặc đổi tên thư mục
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTwoFilesOfOneNameAreOneMistake(t *testing.T) {
	got := mistakes(t, described.and(files{
		"content/tin-tuc/2020-03-01-x.md": post("A", "1/3/2020"),
		"content/tin-tuc/x.md":            post("B", "2/3/2020"),
	}), options{})
	if strings.Count(got, "lỗi[") != 1 {
		t.Error(got)
	}
}

func TestFilesThatDifferInTheirLeadingDateGetALineToPaste(t *testing.T) {
	f := described.and(files{
		"content/tin-tuc/2026-03-01-giao-ban.md":       post("Giao ban", "1/3/2026"),
		"content/tin-tuc/2026-03-08-giao-ban.md":       post("Giao ban", "8/3/2026"),
		"content/tin-tuc/2026-03-15-giao-ban/index.md": post("Giao ban", "15/3/2026"),
	})
	got := mistakes(t, f, options{now: "1/6/2026"})
	for file, line := range map[string]string{
		"content/tin-tuc/2026-03-08-giao-ban.md": "slug: giao-ban-2026-03-08", "content/tin-tuc/2026-03-15-giao-ban/index.md": "slug: giao-ban-2026-03-15",
	} {
		if !strings.Contains(got, "    gợi ý: "+line+"\n") || !strings.Contains(got, file+": lỗi[url-collision]: ") {
			t.Errorf("%s is not told with %q:\n%s", file, line, got)
		}
		f[file] = strings.Replace(f[file], "date:", line+"\ndate:", 1)
	}
	if got := mistakes(t, f, options{now: "1/6/2026"}); strings.Contains(got, "url-collision") {
		t.Errorf("with the lines:\n%s", got)
	}
}
