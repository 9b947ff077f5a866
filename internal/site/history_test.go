package site

import (
	"iter"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// compare returns what an editor is told of a site whose folder was before when
// it was built last, and is after now.
func compare(t *testing.T, before, after files, o options) string {
	t.Helper()
	was, is := load(t, before, options{}), load(t, after, o)
	stands := map[string]bool{}
	for _, p := range is.Pages() {
		stands[p.Path] = true
	}
	assets, _ := is.Assets(is.facts)
	for _, a := range assets {
		stands[a.Path] = true
	}
	var left []Removed
	for _, p := range was.Pages() {
		if !stands[p.Path] {
			left = append(left, Removed{p.Path, p.Kind == KindArticle || p.Kind == KindStandalone})
		}
	}
	had, _ := was.Assets(was.facts)
	for _, a := range had {
		if !stands[a.Path] {
			left = append(left, Removed{a.Path, false})
		}
	}
	past := Past{Authority: was.cfg.ID, Records: records(was)}
	found, _ := is.Compare(past, left, assets)
	told := printed(t, found)
	past.Records, past.Unchanged = changedRecords(was, is)
	found, _ = is.Compare(past, left, assets)
	if diff := cmp.Diff(told, printed(t, found)); diff != "" {
		t.Errorf("with what is unchanged apart (-want +got):\n%s", diff)
	}
	return told
}

// records yields the records of a site.
func records(s *folder) iter.Seq[Record] {
	return func(yield func(Record) bool) {
		for i := range s.entries {
			if p, published := s.Record(i); published && !yield(p) {
				return
			}
		}
	}
}

// changedRecords returns the records of a site that another one has not, and which articles
// of that have one of them.
func changedRecords(was, is *folder) (iter.Seq[Record], []bool) {
	old := slices.Collect(records(was))
	unchanged := make([]bool, len(is.entries))
	for i := range is.entries {
		if p, published := is.Record(i); published {
			if k := slices.Index(old, p); k >= 0 {
				unchanged[i] = true
				old = slices.Delete(old, k, k+1)
			}
		}
	}
	return slices.Values(old), unchanged
}

// news is a section with one article.
func news(name string, lines ...string) files {
	return files{
		"content/tin-tuc/_index.md":       front("title: Tin tức"),
		"content/tin-tuc/" + name + ".md": post("Ký kết", "8:00 1/3/2024", lines...),
	}
}

func TestAnEditorIsToldOfWhatReadersWouldNotUnderstand(t *testing.T) {
	const meeting = "event: {start: 14:00 11/3/2024, location: Hội trường}"
	const deleted = `
content/tin-tuc/a.md: cảnh báo[url-vanished]: tệp này đã bị xóa nên địa chỉ /tin-tuc/a/ từng công khai nay không còn
    gợi ý: giữ tệp lại và đặt expires, hoặc thêm aliases: [/tin-tuc/a/] vào bài thay thế, hoặc gone: [/tin-tuc/a/] vào site.yaml
`
	for name, c := range map[string]struct {
		before, after files
		now           string
		want          string
	}{
		"nothing changed":           {news("a"), news("a"), "", ""},
		"another text of one id":    {news("a", "id: x"), news("a", "id: x", "tags: [mới]"), "", ""},
		"an article more":           {news("a"), news("a").and(files{"content/tin-tuc/b.md": post("B", "2/3/2024")}), "", ""},
		"an explicit id that moves": {news("a", "id: x"), news("b", "id: x", "aliases: [/tin-tuc/a/]"), "", ""},
		"a folder of its own":       {news("a"), files{"content/tin-tuc/_index.md": front("title: Tin tức"), "content/tin-tuc/a/index.md": post("Ký kết", "8:00 1/3/2024")}, "", ""},
		"a date before the name": {news("a"), news("2024-03-01-a"), "", `
content/tin-tuc/2024-03-01-a.md:2:8: cảnh báo[id-changed]: tệp này trước đây là content/tin-tuc/a.md; đổi chỗ thì id của bài đổi theo, người theo dõi kênh tin sẽ thấy lại như một bài mới
    gợi ý: id: tin-tuc/a
`},
		"a derived id that moves": {news("a"), news("b", "aliases: [/tin-tuc/a/]"), "", `
content/tin-tuc/b.md:2:8: cảnh báo[id-changed]: tệp này trước đây là content/tin-tuc/a.md; đổi chỗ thì id của bài đổi theo, người theo dõi kênh tin sẽ thấy lại như một bài mới
    gợi ý: id: tin-tuc/a
`},
		"an id that changes": {news("a", "id: x"), news("a", "id: y"), "", `
content/tin-tuc/a.md:4:5: cảnh báo[id-changed]: id của bài đổi từ “x” thành “y” nên người theo dõi kênh tin sẽ thấy lại như một bài mới
    gợi ý: id: x
`},
		"an id that is taken out": {news("a", "id: số-1"), news("a"), "", `
content/tin-tuc/a.md:2:8: cảnh báo[id-changed]: id của bài đổi từ “số-1” thành “tin-tuc/a” nên người theo dõi kênh tin sẽ thấy lại như một bài mới
    gợi ý: id: số-1
`},
		"a slug that changes": {news("a", "id: x"), news("a", "id: x", "slug: moi"), "", `
content/tin-tuc/a.md:5:7: cảnh báo[url-vanished]: địa chỉ /tin-tuc/a/ từng công khai nay không còn mà chưa có aliases dẫn về đây
    gợi ý: aliases: [/tin-tuc/a/]
`},
		"a slug with its alias":  {news("a", "id: x"), news("a", "id: x", "slug: moi", "aliases: [/tin-tuc/a]"), "", ""},
		"a file that is deleted": {news("a", "tags: [một]", "author: Vũ An"), files{"content/tin-tuc/_index.md": front("title: Tin tức")}, "", deleted},
		"another article of its title": {
			files{"content/tin-tuc/_index.md": front("title: Tin tức"), "content/tin-tuc/a.md": post("Ký kết", "8:00 1/3/2024")},
			files{"content/tin-tuc/_index.md": front("title: Tin tức"), "content/tin-tuc/b.md": post("Ký kết", "9:00 1/3/2024")}, "", deleted,
		},
		"one of that day of its title": {
			files{"content/tin-tuc/_index.md": front("title: Tin tức"), "content/tin-tuc/a.md": post("Ký kết", "0:00 1/3/2024")},
			files{"content/tin-tuc/_index.md": front("title: Tin tức"), "content/tin-tuc/b.md": post("Ký kết", "1/3/2024")}, "", deleted,
		},
		"another title at its moment": {news("a"), files{"content/tin-tuc/_index.md": front("title: Tin tức"), "content/tin-tuc/b.md": post("Khác", "8:00 1/3/2024")}, "", deleted},
		"one of two of the same title that is deleted": {news("a").and(news("b")), news("a"), "", `
content/tin-tuc/b.md: cảnh báo[url-vanished]: tệp này đã bị xóa nên địa chỉ /tin-tuc/b/ từng công khai nay không còn
    gợi ý: giữ tệp lại và đặt expires, hoặc thêm aliases: [/tin-tuc/b/] vào bài thay thế, hoặc gone: [/tin-tuc/b/] vào site.yaml
`},
		"an article that expired":           {news("a", "tags: [một]", "expires: 1/7/2024"), news("a", "tags: [một]", "expires: 1/7/2024"), "12:00 2/7/2024", ""},
		"an article that is made to expire": {news("a"), news("a", "expires: 31/5/2024"), "", ""},
		"a clock that was put back":         {news("a"), news("a"), "12:00 1/2/2024", ""},
		"an article that is a draft again": {news("a", "tags: [một]"), news("a", "tags: [một]", "draft: true"), "", `
content/tin-tuc/a.md:2:8: cảnh báo[url-vanished]: bài đã đăng này không còn được đăng nên địa chỉ /tin-tuc/a/ từng công khai nay không còn
    gợi ý: bài hết hiệu lực thì đặt expires; bài đã thay thì thêm aliases: [/tin-tuc/a/] vào bài mới
`},
		"a section that moves": {
			files{"content/cu/_index.md": front("title: Tin"), "content/cu/a.md": post("A", "1/3/2024", "id: a")},
			files{"content/moi/_index.md": front("title: Tin"), "content/moi/a.md": post("A", "1/3/2024", "id: a")}, "", `
content/moi/_index.md:2:8: cảnh báo[url-vanished]: địa chỉ /cu/ từng công khai nay không còn mà chưa có aliases dẫn về đây
    gợi ý: aliases: [/cu/]
`},
		"a section that moves with its alias": {
			files{"content/cu/_index.md": front("title: Tin"), "content/cu/a.md": post("A", "1/3/2024", "id: a")},
			files{"content/moi/_index.md": front("title: Tin", "aliases: [/cu/]"), "content/moi/a.md": post("A", "1/3/2024", "id: a")}, "", "",
		},
		"a domain without an id": {
			news("a"), news("a").and(files{"site.yaml": "title: Bản tin\nbase_url: https://anbinh.example/\n"}), "", `
site.yaml: cảnh báo[id-changed]: mã gốc của mọi id đổi từ “anhoa.example,2025” thành “anbinh.example,2025” nên người theo dõi kênh tin sẽ thấy lại mọi bài như bài mới
    gợi ý: id: anhoa.example,2025
`},
		"a domain with its id": {
			news("a"), news("a").and(files{"site.yaml": "title: Bản tin\nbase_url: https://anbinh.example/\nid: anhoa.example,2025\n"}), "", "",
		},
		"a tag that is renamed": {news("a", "tags: [một]"), news("a", "tags: [hai]"), "", `
site.yaml: cảnh báo[url-vanished]: địa chỉ /the/mot/ từng công khai nay không còn
    gợi ý: thêm aliases: [/the/mot/] vào bài, chuyên mục hoặc tên thay thế nó, hoặc gone: [/the/mot/] vào site.yaml
`},
		"an event that moves in silence": {
			news("a", meeting), news("a", strings.Replace(meeting, "14:00", "15:00", 1)), "9:05 5/3/2024", `
content/tin-tuc/a.md:2:8: cảnh báo[event-unannounced]: thời gian, địa điểm hoặc trạng thái của sự kiện đã đổi mà updated chưa mới hơn, nên lịch của người theo dõi có thể vẫn giữ bản cũ
    gợi ý: updated: 09:05 05/03/2024
`},
		"an event that is cancelled aloud": {
			news("a", meeting), news("a", strings.Replace(meeting, "}", ", status: cancelled}", 1), "updated: 9:00 2/3/2024"), "", "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := compare(t, c.before, c.after, options{now: c.now})
			if diff := cmp.Diff(strings.TrimPrefix(c.want, "\n"), got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestADocumentThatIsGoneIsTold(t *testing.T) {
	with := func(name string, documents []string, lines ...string) files {
		site := news(name, append(lines, "id: x", "attachments: ["+strings.Join(documents, ", ")+"]")...)
		for _, document := range documents {
			if rest, ok := strings.CutPrefix(document, "/"); ok {
				site["static/"+rest] = "%PDF"
			} else {
				site["content/tin-tuc/"+document] = "%PDF"
			}
		}
		return site
	}
	const one = `
content/tin-tuc/a.md:2:8: cảnh báo[url-vanished]: địa chỉ /tin-tuc/a/q.pdf từng công khai nay không còn mà chưa có aliases dẫn về đây
    gợi ý: aliases: [/tin-tuc/a/q.pdf]
`
	was := with("a", []string{"q.pdf", "b.xlsx"})
	for name, c := range map[string]struct {
		before, after files
		now           string
		want          string
	}{
		"nothing changed":                 {was, was, "", ""},
		"one that is not offered":         {was, with("a", []string{"b.xlsx"}), "", one},
		"one of another name":             {was, with("a", []string{"b.xlsx", "moi.pdf"}), "", one},
		"one that an alias leads on from": {was, with("a", []string{"b.xlsx"}, "aliases: [/tin-tuc/a/q.pdf]"), "", ""},
		"one beside other aliases": {was, with("a", []string{"b.xlsx"}, "aliases: [/cu/]"), "", `
content/tin-tuc/a.md:4:11: cảnh báo[url-vanished]: địa chỉ /tin-tuc/a/q.pdf từng công khai nay không còn mà chưa có aliases dẫn về đây
    gợi ý: aliases: [/tin-tuc/a/q.pdf, /cu/]
`},
		"one that is listed as gone": {was, with("a", []string{"b.xlsx"}).and(files{"site.yaml": settings + "gone: [/tin-tuc/a/q.pdf]\n"}), "", ""},
		"those of an article that moved": {was, with("c", []string{"q.pdf", "b.xlsx"}), "", `
content/tin-tuc/c.md:2:8: cảnh báo[url-vanished]: địa chỉ /tin-tuc/a/ từng công khai nay không còn mà chưa có aliases dẫn về đây
    gợi ý: aliases: [/tin-tuc/a/, /tin-tuc/a/b.xlsx, /tin-tuc/a/q.pdf]
`},
		"those of an article that moved with its alias": {was, with("c", []string{"q.pdf"}, "aliases: [/tin-tuc/a/, /tin-tuc/a/b.xlsx]"), "", `
content/tin-tuc/c.md:4:11: cảnh báo[url-vanished]: địa chỉ /tin-tuc/a/q.pdf từng công khai nay không còn mà chưa có aliases dẫn về đây
    gợi ý: aliases: [/tin-tuc/a/q.pdf, /tin-tuc/a/, /tin-tuc/a/b.xlsx]
`},
		"those of an article that is deleted": {was, files{"content/tin-tuc/_index.md": front("title: Tin tức")}, "", `
content/tin-tuc/a.md: cảnh báo[url-vanished]: tệp này đã bị xóa nên địa chỉ /tin-tuc/a/ từng công khai nay không còn
    gợi ý: giữ tệp lại và đặt expires, hoặc thêm aliases: [/tin-tuc/a/] vào bài thay thế, hoặc gone: [/tin-tuc/a/] vào site.yaml
`},
		"those of an article that is listed as gone": {was, files{"content/tin-tuc/_index.md": front("title: Tin tức"), "site.yaml": settings + "gone: [/tin-tuc/a/]\n"}, "", ""},
		"those of an article that expired":           {with("a", []string{"q.pdf"}, "expires: 1/7/2024"), with("a", []string{"q.pdf"}, "expires: 1/7/2024"), "12:00 2/7/2024", ""},
		"those of an article that is a draft again": {was, with("a", []string{"q.pdf", "b.xlsx"}, "draft: true"), "", `
content/tin-tuc/a.md:2:8: cảnh báo[url-vanished]: bài đã đăng này không còn được đăng nên địa chỉ /tin-tuc/a/ từng công khai nay không còn
    gợi ý: bài hết hiệu lực thì đặt expires; bài đã thay thì thêm aliases: [/tin-tuc/a/] vào bài mới
`},
		"one of static": {with("a", []string{"/mau/don.docx"}), news("a", "id: x"), "", `
site.yaml: cảnh báo[url-vanished]: địa chỉ /mau/don.docx từng công khai nay không còn
    gợi ý: thêm aliases: [/mau/don.docx] vào bài, chuyên mục hoặc tên thay thế nó, hoặc gone: [/mau/don.docx] vào site.yaml
`},
		"one at the root": {with("a", []string{"/don.docx"}), news("a", "id: x"), "", `
site.yaml: cảnh báo[url-vanished]: địa chỉ /don.docx từng công khai nay không còn
    gợi ý: thêm aliases: [/don.docx] vào bài, chuyên mục hoặc tên thay thế nó, hoặc gone: [/don.docx] vào site.yaml
`},
		"one of static that is where it was": {with("a", []string{"/mau/don.docx"}), news("b", "id: x", "aliases: [/tin-tuc/a/]").and(files{"static/mau/don.docx": "%PDF"}), "", ""},
		"a picture":                          {news("a").and(files{"static/anh.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>", "static/ghi.txt": "a", "static/k.json": "{}"}), news("a"), "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := compare(t, c.before, c.after, options{now: c.now})
			if diff := cmp.Diff(strings.TrimPrefix(c.want, "\n"), got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhateverTheAddressOfTheSiteWhatLeadsOnFromAPageIsSeen(t *testing.T) {
	for _, root := range []string{"/", "/tin/", "/xã-an/", "/x%C3%A3%20an/", "/a%25b/"} {
		site := func(more string) files {
			return files{"site.yaml": "title: Bản tin\nbase_url: https://anhoa.example" + root + "\nid: anhoa.example,2025\n" + more, "content/tin-tuc/_index.md": front("title: Tin tức")}
		}
		in := func(dir, alias string) files {
			if alias != "" {
				alias = "aliases: [" + strconv.Quote(root+alias) + "]"
			}
			return files{"content/" + dir + "/_index.md": front("title: Tin", alias), "content/" + dir + "/a.md": post("A", "1/3/2024", "id: a", "tags: [một]")}
		}
		for name, after := range map[string]files{
			"section": site("").and(in("moi", "cu/")),
			"gone":    site("gone: [" + strconv.Quote(root+"cu/") + ", " + strconv.Quote(root+"cu/a/") + ", " + strconv.Quote(root+"the/mot/") + "]\n"),
		} {
			if told := compare(t, site("").and(in("cu", "")), after, options{}); told != "" {
				t.Errorf("%s, %s:\n%s", root, name, told)
			}
		}
		one := func(tag, more string) files {
			return site(more).and(files{"content/tin-tuc/a.md": post("A", "1/3/2024", "tags: ["+tag+"]")})
		}
		if told := compare(t, one("một", ""), one("hai", "tags:\n  hai: {aliases: ["+strconv.Quote(root+"the/mot/")+"]}\n"), options{}); told != "" {
			t.Errorf("%s, a name:\n%s", root, told)
		}
	}
}

func TestWhatIsOnlyShownInAPreviewIsNotRemembered(t *testing.T) {
	b := assemble(t, files{
		"content/gioi-thieu.md":     front("title: Giới thiệu"),
		"content/tin-tuc/_index.md": front("title: Tin tức"),
		"content/tin-tuc/a.md":      post("A", "1/3/2024"),
		"content/tin-tuc/b.md":      post("B", "1/3/2024", "draft: true"),
		"content/tin-tuc/c.md":      post("C", "1/3/2030"),
	}, options{drafts: true, future: true})
	var got []string
	for p := range records(b) {
		got = append(got, p.Path+" "+p.ID)
	}
	want := []string{"gioi-thieu.md ", "tin-tuc/_index.md ", "tin-tuc/a.md tin-tuc/a"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWithoutAMemoryThePagesOfTheLastBuildAreMissedAllTheSame(t *testing.T) {
	b := assemble(t, news("b"), options{})
	found, _ := b.Compare(Past{}, []Removed{
		{"tin-tuc/a/index.html", true}, {"tin-tuc/trang/1/index.html", false}, {"2023/04/index.html", false}, {"tin-tuc/a/rss.xml", false},
	}, nil)
	got := printed(t, found)
	want := `site.yaml: cảnh báo[url-vanished]: địa chỉ /tin-tuc/a/ từng công khai nay không còn
    gợi ý: thêm aliases: [/tin-tuc/a/] vào bài, chuyên mục hoặc tên thay thế nó, hoặc gone: [/tin-tuc/a/] vào site.yaml
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTheOrderOfWhatIsLeftDoesNotMatter(t *testing.T) {
	b := assemble(t, news("b"), options{})
	left := []Removed{{"cu/index.html", false}, {"cu/x/index.html", true}, {"cu/a/index.html", true}}
	told := func() string {
		found, _ := b.Compare(Past{}, left, nil)
		return printed(t, found)
	}
	first := told()
	slices.Reverse(left)
	if second := told(); second != first || strings.Count(first, "cảnh báo[") != 1 {
		t.Errorf("%s\nand then\n%s", first, second)
	}
}
