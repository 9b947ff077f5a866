package site

import (
	"fmt"
	"strings"
	"testing"

	"bantin/internal/article"
	"bantin/internal/strictyaml"
)

// many returns n texts made of a pattern and their numbers, with commas.
func many(n int, pattern string) string {
	list := make([]string, n)
	for k := range list {
		list[k] = fmt.Sprintf(pattern, k)
	}
	return strings.Join(list, ", ")
}

func TestAListThatASmallFileMakesLongIsToldAtTheFirstThatIsTooMany(t *testing.T) {
	f := described.and(files{"content/tin-tuc/x.pdf": "x", "content/tin-tuc/x.jpg": "x"})
	cases := map[string]struct {
		most       int
		line       string
		item, want string
	}{
		"tags":        {maxTags, "tags: [%s]", "thẻ%d", "too-many-tags"},
		"author":      {maxNames, "author: [%s]", "An%d", "too-many-values"},
		"parties":     {maxNames, "agreement: {parties: [%s]}", "Hội%d", "too-many-values"},
		"attachments": {maxFiles, "attachments: [%s]", "{file: x.pdf, title: '%d'}", "too-many-values"},
		"gallery":     {maxFiles, "gallery: [%s]", "{file: x.jpg, alt: 'Ảnh %d'}", "too-many-values"},
		"corrections": {maxValues, "corrections: [%s]", "{date: 2/3/2020, text: 'Sửa %d'}", "too-many-values"},
		"aliases":     {maxValues, "aliases: [%s]", "/cu/%d/", "too-many-values"},
	}
	for _, key := range article.Keys() {
		if _, ok := cases[key.Name]; !ok && (key.Type == strictyaml.TypeList || key.Type == strictyaml.TypeTexts) {
			t.Errorf("how many values may %s have?", key.Name)
		}
	}
	for key, c := range cases {
		line := func(n int) string { return fmt.Sprintf(c.line, many(n, c.item)) }
		assemble(t, f.and(files{"content/tin-tuc/a.md": post("A", "1/3/2020", line(c.most))}), options{})
		got := mistakes(t, f.and(files{"content/tin-tuc/a.md": post("A", "1/3/2020", line(c.most+1))}), options{})
		place := "content/tin-tuc/a.md: "
		if key != "corrections" {
			col := len([]rune(line(c.most + 1)[:strings.Index(line(c.most+1), fmt.Sprintf(c.item, c.most))])) + 1
			col += len([]rune(c.item[:max(0, strings.Index(c.item, "x."))]))
			place = fmt.Sprintf("content/tin-tuc/a.md:4:%d: ", col)
		}
		if !strings.HasPrefix(got, place+"lỗi["+c.want+"]: ") || strings.Count(got, "lỗi[") != 1 {
			t.Errorf("%s: want %s, got\n%.600s", key, place, got)
		}
	}
}

func TestAMenuOfTooManySectionsIsTold(t *testing.T) {
	f := files{}
	for k := range 101 {
		f[fmt.Sprintf("content/muc-%d/_index.md", k)] = front("title: Mục")
	}
	if got := mistakes(t, f, options{}); !strings.HasPrefix(got, "site.yaml: lỗi[too-many-values]: ") || strings.Count(got, "lỗi[") != 1 {
		t.Error(got)
	}
	assemble(t, f.and(files{"site.yaml": settings + "menu: [muc-1, muc-2]\n"}), options{})
}

func TestTheFooterOfEveryPageIsBounded(t *testing.T) {
	for _, n := range []int{maxPageLinks, maxPageLinks + 1} {
		f := files{}
		for k := range n {
			f[fmt.Sprintf("content/trang-%03d.md", k)] = front(fmt.Sprintf("title: Trang %03d", k)) + "Nội dung.\n"
		}
		b := assemble(t, f, options{})
		if got := len(b.Chrome().Pages); got != maxPageLinks {
			t.Errorf("%d pages: the footer leads to %d", n, got)
		}
		want := ""
		if n > maxPageLinks {
			want = "site.yaml: cảnh báo[too-many-pages]: có 101 trang riêng ở đầu content/, chân trang chỉ dẫn tới 100 trang đầu\n" +
				"    gợi ý: chuyển bớt vào một chuyên mục, hoặc dẫn tới các trang còn lại từ một trang khác\n"
		}
		if got := printed(t, b.problems); got != want {
			t.Errorf("%d pages:\n%s", n, got)
		}
	}
}
