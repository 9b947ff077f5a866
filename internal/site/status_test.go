package site

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/diag"
	"bantin/internal/vietnamese"
)

func TestAnArticleIsPublishedFromItsDateUntilItExpires(t *testing.T) {
	f := files{"content/tin-tuc/a.md": post("Bài", "8:00 12/3/2024", "expires: 3/2024")}
	for _, c := range []struct {
		now  string
		want bool
	}{
		{"7:59 12/3/2024", false},
		{"8:00 12/3/2024", true},
		{"23:59:59 31/3/2024", true},
		{"0:00 1/4/2024", false},
	} {
		if got := assemble(t, f, options{now: c.now}).has("tin-tuc/a/index.html"); got != c.want {
			t.Errorf("at %s: published is %t", c.now, got)
		}
	}
}

// statuses is a site with one article of each status.
var statuses = files{
	"content/tin-tuc/_index.md": front("title: Tin tức"),
	"content/tin-tuc/dang.md":   post("Đăng", "1/3/2024"),
	"content/tin-tuc/nhap.md":   post("Nháp", "2/3/2024", "draft: true"),
	"content/tin-tuc/hen.md":    post("Hẹn", "8:00 3/3/2030"),
	"content/tin-tuc/het.md":    post("Hết", "4/3/2024", "expires: 5/3/2024"),
	"content/tin-tuc/bo.md":     post("Bỏ", "4/3/2024", "expires: 5/3/2024", "draft: true"),
	"content/trang-nhap.md":     front("title: Trang nháp", "draft: true"),
}

func TestDraftsAndScheduledArticlesAreLetInByOptionsAndMarked(t *testing.T) {
	for _, c := range []struct {
		options options
		want    map[string]Mark
	}{
		{options{}, map[string]Mark{"Đăng": ""}},
		{options{drafts: true}, map[string]Mark{"Đăng": "", "Nháp": MarkDraft, "Trang nháp": MarkDraft}},
		{options{future: true}, map[string]Mark{"Đăng": "", "Hẹn": MarkScheduled}},
		{options{drafts: true, future: true}, map[string]Mark{"Đăng": "", "Nháp": MarkDraft, "Trang nháp": MarkDraft, "Hẹn": MarkScheduled}},
	} {
		b := assemble(t, statuses, c.options)
		got := map[string]Mark{}
		for _, p := range b.Pages() {
			if p.Kind == KindArticle || p.Kind == KindStandalone {
				v := b.View(p, b.digests).(*Article)
				got[v.Title] = v.Mark
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", c.options, diff)
		}
		for _, ref := range view[*List](t, b, "tin-tuc/index.html").Cards {
			if card := b.Card(ref.Index); card.Mark != c.want[card.Title] {
				t.Errorf("%+v: the card of %q is marked %q", c.options, card.Title, card.Mark)
			}
		}
	}
}

func TestWhatIsNotPublishedIsTold(t *testing.T) {
	told := func(o options) (list []string) {
		for _, u := range assemble(t, statuses, o).Unpublished() {
			list = append(list, u.File+" "+u.Reason+" "+u.Date+" "+u.When.String())
		}
		return list
	}
	want := []string{
		"content/tin-tuc/bo.md draft  ",
		"content/tin-tuc/hen.md scheduled 2030-03-03T08:00:00+07:00 08:00 03/03/2030",
		"content/tin-tuc/het.md expired 2024-03-05 05/03/2024",
		"content/tin-tuc/nhap.md draft  ",
		"content/trang-nhap.md draft  ",
	}
	if diff := cmp.Diff(want, told(options{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	want = []string{"content/tin-tuc/bo.md expired 2024-03-05 05/03/2024", want[2]}
	if diff := cmp.Diff(want, told(options{drafts: true, future: true})); diff != "" {
		t.Errorf("with drafts and scheduled articles (-want +got):\n%s", diff)
	}
}

func TestErrorsInADraftAreWarningsUntilItIsBuilt(t *testing.T) {
	f := files{
		"content/tin-tuc/_index.md": front("title: Tin tức"),
		"content/tin-tuc/a.md":      post("Nháp", "1/3/2024", "draft: true", "attachments: [bao-cao.pdf]") + "[xem](khong-co.md)\n",
	}
	for _, c := range []struct {
		drafts bool
		want   diag.Severity
	}{{false, diag.Warning}, {true, diag.Error}} {
		problems := load(t, f, options{drafts: c.drafts}).problems
		if len(problems) != 2 || problems[0].Severity != c.want || problems[1].Severity != c.want {
			t.Errorf("drafts %t:\n%s", c.drafts, printed(t, problems))
		}
	}
}

// withMistakes is a site with an error of each kind among articles that are
// published at different times.
func withMistakes() files {
	return files{
		"content/tin-tuc/_index.md":    front("title: Tin tức"),
		"content/tin-tuc/cu.md":        post("Cũ", "1/3/2020", "expires: 2020", "id: mot", "tags: [thư]", "aliases: [/cu/]"),
		"content/tin-tuc/nay.md":       post("Nay", "1/3/2022", "id: mot", "tags: [thú]", "aliases: [/cu/]"),
		"content/tin-tuc/sau.md":       post("Sau", "1/3/2024", "slug: nay", "attachments: [khong-co.pdf]"),
		"content/tin-tuc/sau-nua.md":   post("Sau nữa", "1/3/2026", "agreement: {parties: [A, B], amends: khong-co.md}") + "[xem](khong-co.md)\n",
		"content/tin-tuc/tac-gia-1.md": post("Một", "1/4/2020", "author: Hưng", "expires: 5/2020"),
		"content/tin-tuc/tac-gia-2.md": post("Hai", "1/4/2022", "author: Hùng"),
		"content/trang.md":             front("title: Trang", "date: 1/1/2025", "slug: tin-tuc"),
	}
}

func TestWhetherASiteIsValidDoesNotDependOnNow(t *testing.T) {
	want := mistakes(t, withMistakes(), options{now: "1/1/2019"})
	if errors := strings.Count(want, "lỗi["); errors < 8 {
		t.Fatalf("the site was to have eight errors:\n%s", want)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		now := time.Date(2019, 1, 1, random.IntN(10*365*24), 0, 0, 0, hanoi)
		said := vietnamese.Date{Time: now, Precision: vietnamese.Minute}.String()
		if diff := cmp.Diff(want, mistakes(t, withMistakes(), options{now: said})); diff != "" {
			t.Fatalf("at %s (-want +got):\n%s", said, diff)
		}
	}
}

func TestModifiedIsTheLatestOfDateUpdateAndTheCorrectionsShown(t *testing.T) {
	f := files{"content/tin-tuc/a.md": post("Bài", "8:00 1/3/2024", "updated: 5/3/2024",
		"corrections: [{date: 3/3/2024, text: Đã sửa tên xã}, {date: 7/3/2024, text: Đã sửa số hộ}]")}
	for _, c := range []struct{ now, modified, corrections string }{
		{"2/3/2024", "05/03/2024", "[]"},
		{"3/3/2024", "05/03/2024", "[Đã sửa tên xã]"},
		{"23:59 6/3/2024", "05/03/2024", "[Đã sửa tên xã]"},
		{"7/3/2024", "07/03/2024", "[Đã sửa tên xã Đã sửa số hộ]"},
	} {
		b := assemble(t, f, options{now: c.now})
		v := view[Article](t, b, "tin-tuc/a/index.html")
		var texts []string
		for _, correction := range v.Corrections {
			texts = append(texts, correction.Text)
		}
		if v.Modified.String() != c.modified || fmt.Sprint(texts) != c.corrections {
			t.Errorf("at %s: modified %s, corrections %v", c.now, v.Modified, texts)
		}
		if item := b.items(view[Feed](t, b, "rss.xml"))[0]; item.Modified != v.Modified || len(item.Corrections) != len(v.Corrections) {
			t.Errorf("at %s: the feed says modified %s, corrections %v", c.now, item.Modified, item.Corrections)
		}
	}
}

func TestWhatIsHiddenIsInNoView(t *testing.T) {
	const secret = "Tuyệt mật"
	hidden := func(title, date string, more ...string) string {
		return post(title+" "+secret, date, append(more,
			"tags: [chung, Thẻ "+secret+"]", "author: Tác giả "+secret, "organization: Đơn vị "+secret,
			"aliases: [/tuyet-mat/]", "pinned: true", "image: {file: tuyet-mat.jpg, alt: "+secret+"}",
			"event: {start: 1/7/2024, organizer: Nơi "+secret+"}",
			"agreement: {parties: [Bên "+secret+", UBND xã], amends: 01/CT}")...) + secret + "\n"
	}
	base := files{
		"content/tin-tuc/_index.md": front("title: Tin tức"),
		"content/tin-tuc/dang.md":   post("Đăng", "1/3/2024", "tags: [chung]", "agreement: {parties: [UBND xã, Hội Nông dân], number: 01/CT}"),
		"content/an/tuyet-mat.jpg":  "ảnh",
	}
	for _, file := range []string{
		hidden("Hẹn", "1/3/2030"),
		hidden("Nháp", "1/3/2024", "draft: true"),
		hidden("Hết", "1/3/2020", "expires: 2021"),
	} {
		b := assemble(t, base.and(files{"content/an/tuyet-mat.md": file}), options{})
		for path, text := range b.strings() {
			if i := slices.IndexFunc(text, func(s string) bool {
				return strings.Contains(s, secret) || strings.Contains(s, "tuyet-mat")
			}); i >= 0 {
				t.Errorf("%s says %q", path, text[i])
			}
		}
		if assets := b.assets(); len(assets) > 0 {
			t.Errorf("published with it: %v", assets)
		}
	}
}

func TestAnExpiredDraftStaysADraft(t *testing.T) {
	f := described.and(files{
		"content/tin-tuc/a.md": post("A", "1/3/2021", "slug: x", "author: Hùng", "aliases: [/cu/]"),
		"content/tin-tuc/b.md": post("B", "1/3/2020", "slug: x", "author: Hưng", "aliases: [/cu/]", "draft: true", "expires: 1/5/2024"),
	})
	for _, now := range []string{"1/1/2024", "1/6/2024"} {
		b := assemble(t, f, options{now: now})
		if !b.has("tac-gia/hung/index.html") {
			t.Errorf("at %s planned are %v", now, b.plan())
		}
	}
}

func TestWhatADraftWouldBreakIsAWarning(t *testing.T) {
	got := mistakes(t, described.and(files{
		"content/tin-tuc/a.md": post("A", "2/3/2020", "id: x", "tags: [thư]", "aliases: [/cu/]"),
		"content/tin-tuc/b.md": post("B", "1/3/2020", "id: x", "tags: [thú]", "slug: a", "draft: true"),
		"content/tin-tuc/c.md": post("C", "1/2/2020", "aliases: [/cu/]", "draft: true"),
	}), options{})
	for _, code := range []string{"duplicate-id", "url-collision", "tag-collision", "alias-twice"} {
		if !strings.Contains(got, "cảnh báo["+code+"]") {
			t.Errorf("no warning of %s:\n%s", code, got)
		}
	}
	if strings.Contains(got, "lỗi[") || strings.Contains(got, "content/tin-tuc/a.md:") {
		t.Errorf("the published article is blamed:\n%s", got)
	}
}

func TestADraftTakesNothingFromAnArticle(t *testing.T) {
	b := assemble(t, described.and(files{
		"content/xa.md":          front("title: Trang"),
		"content/xa/nhap.md":     post("Nháp", "1/1/2019", "draft: true", "author: Hưng"),
		"content/tin-tuc/a.md":   post("A", "1/3/2020", "author: Hùng"),
		"content/日本/nhap.md":     post("Nháp", "1/1/2019", "draft: true"),
		"content/tin-tuc/bai.md": post("Nháp", "1/1/2019", "draft: true", "slug: a"),
	}), options{})
	for _, file := range []string{"xa/index.html", "tac-gia/hung/index.html", "tin-tuc/a/index.html"} {
		if !b.has(file) {
			t.Errorf("%s is not planned", file)
		}
	}
	var told []string
	for _, p := range b.problems {
		if p.ID != "section-untitled" {
			told = append(told, p.Pos.File+" "+p.Code())
		}
	}
	want := []string{
		"content/tin-tuc/bai.md url-collision",
		"content/xa/nhap.md url-collision",
		"content/xa/nhap.md name-collision",
		"content/日本/nhap.md section-without-slug",
	}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
