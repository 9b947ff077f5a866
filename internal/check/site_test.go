package check

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/article"
	"bantin/internal/config"
	"bantin/internal/diag"
	"bantin/internal/site"
)

// namesIn returns what is found in the names of a site whose articles, oldest
// first, have the given lines of front matter.
func namesIn(t *testing.T, settings string, fronts ...string) []string {
	t.Helper()
	c, problems := config.Parse([]byte("title: Xã Khê Hòa\nbase_url: https://khehoa.example/\n"+settings), config.File)
	if problems.HasErrors() {
		t.Fatal(problems)
	}
	var articles []*article.Article
	for i, front := range fronts {
		src := fmt.Sprintf("---\ntitle: Họp dân\ndate: %d/3/2020\n%s\n---\n", i+1, front)
		a, problems := article.Parse(fmt.Sprintf("tin-tuc/%d.md", i), []byte(src), hanoi)
		if problems.HasErrors() {
			t.Fatal(problems)
		}
		articles = append(articles, a)
	}
	slices.Reverse(articles) // their order is not that of their dates
	var list []string
	for _, p := range Names(c, articles) {
		list = append(list, fmt.Sprintf("%s:%d:%d %s %q", p.Pos.File, p.Pos.Line, p.Pos.Col, p.Code(), p.Args[:2]))
	}
	return list
}

func TestNamesOneLetterApartAreTold(t *testing.T) {
	for _, c := range []struct {
		name, settings string
		fronts         []string
		want           []string
	}{
		{"a letter changed", "", []string{"author: Hoàng Văn Nam", "author: Hoàng Văn Nan"},
			[]string{`content/tin-tuc/1.md:4:9 near-name ["Hoàng Văn Nan" "Hoàng Văn Nam"]`}},
		{"a letter too many", "", []string{"tags: [nông thôn mới]", "tags: [nônng thôn mới]"},
			[]string{`content/tin-tuc/1.md:4:8 near-name ["nônng thôn mới" "nông thôn mới"]`}},
		{"a letter missing", "", []string{"tags: [nông thôn mới]", "tags: [nôg thôn mới]"},
			[]string{`content/tin-tuc/1.md:4:8 near-name ["nôg thôn mới" "nông thôn mới"]`}},
		{"the rarer one is the slip", "", []string{"tags: [nôg thôn mới]", "tags: [nông thôn mới]", "tags: [nông thôn mới]"},
			[]string{`content/tin-tuc/0.md:4:8 near-name ["nôg thôn mới" "nông thôn mới"]`}},
		{"the one of site.yaml is right", "tags:\n  nông thôn mới: {}\n", []string{"tags: [nôg thôn mới]", "tags: [nôg thôn mới]"},
			[]string{`content/tin-tuc/0.md:4:8 near-name ["nôg thôn mới" "nông thôn mới"]`}},
		{"parties and organizers are organizations", "", []string{
			"organization: Hội Nông dân xã", "event: {start: 1/4/2020, organizer: Hội Nông dâm xã}",
		}, []string{`content/tin-tuc/1.md:4:37 near-name ["Hội Nông dâm xã" "Hội Nông dân xã"]`}},
		{"both in site.yaml are meant", "authors:\n  Hoàng Văn Nam: {}\n  Hoàng Văn Nan: {}\n", []string{"author: Hoàng Văn Nam", "author: Hoàng Văn Nan"}, nil},
		{"one slug is a collision already", "", []string{"author: Nguyễn Văn Hùng", "author: Nguyễn Văn Hưng"}, nil},
		{"numbers are different on purpose", "", []string{"tags: [khóa học 11]", "tags: [khóa học 12]", "tags: [đại hội khóa XI]", "tags: [đại hội khóa XII]"}, nil},
		{"so are single letters", "", []string{"tags: [tổ dân phố A]", "tags: [tổ dân phố B]"}, nil},
		{"short names", "", []string{"tags: [thơ]", "tags: [thi]"}, nil},
		{"two letters", "", []string{"author: Hoàng Văn Nam", "author: Hoàng Văn Lan"}, nil},
		{"different kinds", "", []string{"author: Hoàng Văn Nam", "tags: [Hoàng Văn Nan]"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, namesIn(t, c.settings, c.fronts...)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestToneMarksOfOneNameStandInOnePlace(t *testing.T) {
	got := namesIn(t, "", "author: Lê Thị Hòa", "author: Lê Thị Hoà", "author: Lê Thị Hoà", "author: lê thị hòa", "tags: [hoà giải]")
	want := []string{`content/tin-tuc/1.md:4:9 tone-mark-style ["Lê Thị Hoà" "Lê Thị Hòa"]`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestLargeAndUnusedFilesAreTold(t *testing.T) {
	files := []site.File{
		{Path: "content/a/6000.jpg", Width: 6000, Height: 4000, Size: 10 << 20},
		{Path: "content/a/6001.jpg", Width: 4000, Height: 6001},
		{Path: "content/a/heavy.jpg", Width: 4000, Height: 3000, Size: 12 << 20},
		{Path: "content/a/heavy.pdf", Size: 50 << 20},
	}
	unused := []site.File{{Path: "content/a/x.txt"}, {Path: "content/b/y.txt"}}
	told := diag.List{diag.New(diag.Pos{File: "content/b/index.md"}, "missing-file/near", "z.txt", "y.txt")}
	var got []string
	for _, p := range Files(files, unused, told) {
		got = append(got, p.Pos.File+" "+p.Message("vi"))
	}
	want := []string{
		"content/a/6001.jpg ảnh quá lớn: 4000×6001",
		"content/a/heavy.jpg ảnh quá lớn: 12 MB",
		"content/a/x.txt không bài nào dùng đến tệp này, nên nó không được đăng",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestTheAuthorityOfFeedsIsAskedForOnce(t *testing.T) {
	for settings, want := range map[string]int{
		"base_url: https://khehoa.example/\n":                          1,
		"base_url: https://khehoa.example/\nid: khehoa.example,2026\n": 0,
		"": 0, // that base_url is missing is told already
	} {
		c, _ := config.Parse([]byte("title: Xã Khê Hòa\n"+settings), config.File)
		if got := Settings(c); len(got) != want {
			t.Errorf("%q: %v", settings, got)
		}
	}
}
