package site

import (
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
)

func TestEachKindOfNameHasItsWordsItsPagesAndIsFound(t *testing.T) {
	given := [termKinds]string{tagTerm: "tags: [Khê Hòa]", organizationTerm: "organization: Khê Hòa", authorTerm: "author: Khê Hòa"}
	met := map[string]bool{"": true, "/": true}
	for kind := range termKinds {
		b := assemble(t, files{
			"site.yaml":            settings + mapName(kind) + ": {Khê Hòa: {slug: thon}}\n",
			"content/tin-tuc/a.md": post("Bài", "1/3/2020", given[kind]),
		}, options{})
		list := b.terms[kind].sorted
		if len(list) != 1 || !list[0].inSettings || list[0].slug != "thon" {
			t.Errorf("%q gives no name of kind %d that site.yaml knows as one of %q", given[kind], kind, mapName(kind))
			continue
		}
		url := list[0].url
		v := view[*List](t, b, b.file(url))
		for _, word := range []string{mapName(kind), v.Kind, path.Dir(path.Clean(url))} {
			if met[word] {
				t.Errorf("names of kind %d have %q, which is nothing or another one's", kind, word)
			}
			met[word] = true
		}
		if page, err := json.Marshal(view[Article](t, b, "tin-tuc/a/index.html")); err != nil || !strings.Contains(string(page), url) {
			t.Errorf("an article does not lead to %s: %v", url, err)
		}
		if !slices.Contains(b.SearchFields(0), "Khê Hòa") {
			t.Errorf("the search finds no article by a name of %s", mapName(kind))
		}
	}
}

func TestSpellingsOfOneNameShareAPage(t *testing.T) {
	for _, spellings := range [][2]string{
		{"Hòa giải", "hòa GIẢI"},
		{"Hòa giải", "Hòa  giải"},
		{"Hòa giải", norm.NFD.String("Hòa giải")},
		{"Hòa giải", "Hoà giải"},
		{"Ủy ban nhân dân xã", "Uỷ ban nhân dân xã"},
		{"Quý tộc", "Qúy tộc"},
	} {
		b := assemble(t, files{
			"content/tin-tuc/a.md": post("Trước", "1/3/2020", "tags: ["+spellings[0]+"]"),
			"content/tin-tuc/b.md": post("Sau", "2/3/2020", "tags: ["+spellings[1]+"]"),
		}, options{})
		terms := view[Terms](t, b, "the/index.html").Terms
		if len(terms) != 1 || terms[0].Title != spellings[0] {
			t.Errorf("%q and %q are the tags %v", spellings[0], spellings[1], terms)
			continue
		}
		if got := b.titles(view[*List](t, b, b.file(terms[0].URL)).Cards); !slices.Equal(got, []string{"Sau", "Trước"}) {
			t.Errorf("%q and %q: the page lists %v", spellings[0], spellings[1], got)
		}
	}
}

func TestAnArticleStandsOnceUnderANameItSpellsTwice(t *testing.T) {
	b := assemble(t, files{
		"content/tin-tuc/a.md": post("Bài", "1/3/2020", "organization: UBND xã",
			"event: {start: 2/3/2020, organizer: ubnd xã}", "agreement: {parties: [UBND Xã, Hội Nông dân]}"),
	}, options{})
	v := view[*List](t, b, "don-vi/ubnd-xa/index.html")
	if len(v.Cards) != 1 || len(v.Organization.Agreements) != 1 {
		t.Errorf("the organization has %d articles and %d agreements", len(v.Cards), len(v.Organization.Agreements))
	}
	if titles := view[Terms](t, b, "don-vi/index.html").Terms; len(titles) != 2 || titles[1].Title != "UBND xã" {
		t.Errorf("organizations are %v", titles)
	}
}

func TestTheSpellingShownIsThatOfSiteYAMLElseOfTheOldestArticle(t *testing.T) {
	f := files{
		"content/tin-tuc/a.md": post("Mới", "2/3/2020", "author: vũ cương"),
		"content/tin-tuc/b.md": post("Cũ", "1/3/2020", "author: Vũ Cương"),
	}
	byline := func() string {
		return view[Article](t, assemble(t, f, options{}), "tin-tuc/a/index.html").Authors[0].Title
	}
	if got := byline(); got != "Vũ Cương" {
		t.Errorf("the oldest article writes Vũ Cương, shown is %q", got)
	}
	f["site.yaml"] = settings + "authors:\n  VŨ CƯƠNG: {slug: cuong}\n"
	if got := byline(); got != "VŨ CƯƠNG" {
		t.Errorf("site.yaml writes VŨ CƯƠNG, shown is %q", got)
	}
	if !assemble(t, f, options{}).has("tac-gia/cuong/index.html") {
		t.Error("the slug of site.yaml does not count")
	}
}

func TestAHiddenArticleDoesNotShowHowItSpellsAName(t *testing.T) {
	for _, hidden := range []string{"expires: 2020", "draft: true"} {
		b := assemble(t, files{
			"content/tin-tuc/a.md": post("Ẩn", "1/3/2019", "tags: [HÒA GIẢI, MẬT]", hidden),
			"content/tin-tuc/b.md": post("Hiện", "1/3/2020", "tags: [hòa giải]"),
		}, options{})
		if diff := cmp.Diff([]Term{{Title: "hòa giải", URL: "/the/hoa-giai/", Count: 1}}, view[Terms](t, b, "the/index.html").Terms); diff != "" {
			t.Errorf("%s: tags (-want +got):\n%s", hidden, diff)
		}
	}
}

func TestANameHasAPageOnlyIfSomethingIsPublishedUnderIt(t *testing.T) {
	b := assemble(t, files{
		"site.yaml": settings + `tags: {nông thôn mới: {}}
authors: {Vũ Cương: {}}
organizations: {Đảng ủy xã: {description: Cơ quan lãnh đạo}}
`,
		"content/tin-tuc/a.md": post("Hẹn giờ", "1/3/2030", "tags: [mai sau]", "author: Vũ An", "organization: Hội Nông dân"),
	}, options{})
	var pages []string
	for _, file := range b.plan() {
		for _, word := range []string{"the/", "tac-gia/", "don-vi/"} {
			if strings.HasPrefix(file, word) && strings.HasSuffix(file, ".html") {
				pages = append(pages, file)
			}
		}
	}
	// An organization of site.yaml has one: it may have been renamed or have an heir.
	if diff := cmp.Diff([]string{"don-vi/dang-uy-xa/index.html", "don-vi/index.html", "the/index.html"}, pages); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNamesStandInVietnameseOrderAndPeopleByGivenName(t *testing.T) {
	b := assemble(t, files{
		"content/tin-tuc/a.md": post("Bài", "1/3/2020",
			"tags: [đất đai, dân vận, ăn Tết, an ninh, ấm no]",
			"organization: Ủy ban MTTQ xã", "author: [Nguyễn Văn Bình, Trần Thị An, Lê Văn Ánh]",
			"agreement: {parties: [Ban Chỉ huy Quân sự, Đảng ủy xã]}"),
	}, options{})
	for file, want := range map[string][]string{
		"the/index.html":    {"an ninh", "ăn Tết", "ấm no", "dân vận", "đất đai"},
		"don-vi/index.html": {"Ban Chỉ huy Quân sự", "Đảng ủy xã", "Ủy ban MTTQ xã"},
	} {
		var got []string
		for _, term := range view[Terms](t, b, file).Terms {
			got = append(got, term.Title)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
	}
	var people []string
	for _, author := range b.terms[authorTerm].sorted {
		people = append(people, author.title)
	}
	if diff := cmp.Diff([]string{"Trần Thị An", "Lê Văn Ánh", "Nguyễn Văn Bình"}, people); diff != "" {
		t.Errorf("authors (-want +got):\n%s", diff)
	}
}

func TestPartiesAndOrganizersAreOrganizations(t *testing.T) {
	b := assemble(t, files{
		"content/tin-tuc/a.md": post("Ký kết", "1/3/2020", "agreement: {parties: [UBND xã, Hội Nông dân xã]}"),
		"content/tin-tuc/b.md": post("Hội chợ", "2/3/2020", "event: {start: 5/6/2024, organizer: Hội Nông dân xã}"),
		"content/tin-tuc/c.md": post("Thông cáo", "3/3/2020", "organization: Hội Nông dân xã"),
	}, options{})
	v := view[*List](t, b, "don-vi/hoi-nong-dan-xa/index.html")
	if got := b.titles(v.Cards); !slices.Equal(got, []string{"Thông cáo"}) {
		t.Errorf("it published %v", got)
	}
	if o := v.Organization; len(o.Agreements) != 1 || o.Agreements[0].Title != "Ký kết" || len(o.Events) != 1 || o.Events[0].Title != "Hội chợ" {
		t.Errorf("it has the agreements %v and the events %v", o.Agreements, o.Events)
	}
	for _, file := range []string{"rss.xml", "atom.xml", "feed.json", "lich.ics"} {
		if !b.has("don-vi/hoi-nong-dan-xa/" + file) {
			t.Errorf("it has no %s", file)
		}
	}
}

func TestAnEndedBodyAndItsHeirLeadToEachOther(t *testing.T) {
	b := assemble(t, files{
		"site.yaml": settings + `organizations:
  UBND huyện Đức Thọ: {successor: UBND xã Đức Thọ, aliases: /ubnd-huyen/}
  UBND xã Đức Thọ: {}
  UBND thị trấn: {successor: UBND phường}
  UBND phường: {}
`}, options{})
	if got := view[*List](t, b, "don-vi/ubnd-huyen-duc-tho/index.html").Organization.Now; !slices.Equal(got, []Link{{Title: "UBND xã Đức Thọ", URL: "/don-vi/ubnd-xa-duc-tho/"}}) {
		t.Errorf("the heir is %v", got)
	}
	got := view[*List](t, b, "don-vi/ubnd-xa-duc-tho/index.html").Organization.Former
	if diff := cmp.Diff([]Link{{Title: "UBND huyện Đức Thọ", URL: "/don-vi/ubnd-huyen-duc-tho/"}}, got); diff != "" {
		t.Errorf("its predecessors (-want +got):\n%s", diff)
	}
}

// threeNames are three people whose names fold to one slug.
var threeNames = files{
	"content/tin-tuc/_index.md": front("title: Tin tức"),
	"content/tin-tuc/a.md":      post("A", "1/3/2020", "author: Nguyễn Văn Hưng"),
	"content/tin-tuc/b.md":      post("B", "2/3/2020", "author: Nguyễn Văn Hùng"),
	"content/tin-tuc/c.md":      post("C", "3/3/2020", "author: Nguyễn Văn Hứng"),
}

func slugsOf(b *folder, kind termKind) map[string]string {
	slugs := map[string]string{}
	for _, term := range b.terms[kind].list {
		slugs[term.title] = term.slug
	}
	return slugs
}

func TestTheNameUsedFirstKeepsThePlainSlug(t *testing.T) {
	b := assemble(t, threeNames, options{})
	want := map[string]string{
		"Nguyễn Văn Hưng": "nguyen-van-hung",
		"Nguyễn Văn Hùng": "nguyen-van-hungf",
		"Nguyễn Văn Hứng": "nguyen-van-huwngs",
	}
	if diff := cmp.Diff(want, slugsOf(b, authorTerm)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNamesThatTelexCannotTellApartHaveSlugsOfTheirOwnToo(t *testing.T) {
	b := assemble(t, files{
		"content/tin-tuc/a.md": post("A", "1/3/2020", "author: [Vũ Cương, Vũ+Cương, Vũ.Cương, Vũ×Cương]"),
	}, options{})
	want := map[string]string{
		"Vũ Cương": "vu-cuong", "Vũ+Cương": "vux-cuwowng", "Vũ.Cương": "vux-cuwowngx", "Vũ×Cương": "vux-cuwowngxx",
	}
	if diff := cmp.Diff(want, slugsOf(b, authorTerm)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSlugsOfPeopleStayWhenArticlesAreAdded(t *testing.T) {
	f := threeNames.and(nil)
	before := slugsOf(assemble(t, f, options{}), authorTerm)
	for k, name := range []string{"Nguyễn Văn Hừng", "Nguyễn Vân Hưng", "Nguyen Van Hungf", "Nguyễn Văn Hùng"} {
		f[fmt.Sprintf("content/tin-tuc/moi-%d.md", k)] = post("Mới", fmt.Sprintf("%d/4/2020", k+1), "author: "+name)
		after := slugsOf(assemble(t, f, options{}), authorTerm)
		seen := map[string]string{}
		for title, slug := range after {
			if old, known := before[title]; known && old != slug {
				t.Errorf("with %q, %q moves from %s to %s", name, title, old, slug)
			}
			if other, twice := seen[slug]; twice {
				t.Errorf("with %q, %q and %q share %s", name, title, other, slug)
			}
			seen[slug] = title
		}
	}
}

func TestASlugOfSiteYAMLCuresACollision(t *testing.T) {
	const kept = "Nguyễn Văn Hùng: {slug: hung-2}"
	b := assemble(t, threeNames.and(files{"site.yaml": settings + "authors:\n  " + kept + "\n  Nguyễn Văn Hứng: {slug: nguyen-van-hung}\n"}), options{})
	want := map[string]string{
		"Nguyễn Văn Hưng": "nguyen-van-huwng", // the plain slug is given away
		"Nguyễn Văn Hùng": "hung-2",
		"Nguyễn Văn Hứng": "nguyen-van-hung",
	}
	if diff := cmp.Diff(want, slugsOf(b, authorTerm)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTwoTagsOfOneSlugAreMendedBySpellingOrBySlug(t *testing.T) {
	f := files{
		"content/tin-tuc/_index.md": front("title: Tin tức"),
		"content/tin-tuc/a.md":      post("A", "1/3/2020", "tags: [thư]"),
		"content/tin-tuc/b.md":      post("B", "2/3/2020", "tags: [thú]"),
	}
	if !load(t, f, options{}).problems.HasErrors() {
		t.Fatal("thư and thú have one slug, and no error")
	}
	assemble(t, f.and(files{"content/tin-tuc/b.md": post("B", "2/3/2020", "tags: [thư]")}), options{})
	b := assemble(t, f.and(files{"site.yaml": settings + "tags: {thú: {slug: thu-vat}}\n"}), options{})
	if diff := cmp.Diff(map[string]string{"thư": "thu", "thú": "thu-vat"}, slugsOf(b, tagTerm)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAnHeirHasAPage(t *testing.T) {
	b := assemble(t, files{
		"site.yaml":            settings + "organizations: {UBND huyện: {successor: UBND xã}}\n",
		"content/tin-tuc/a.md": post("A", "1/3/2030", "organization: ubnd XÃ"),
	}, options{})
	if heir := view[*List](t, b, "don-vi/ubnd-huyen/index.html").Organization.Now; len(heir) != 1 || !b.has(b.file(heir[0].URL)) {
		t.Errorf("the heir is %v, who has no page", heir)
	}
}

func TestANameThatDoesNotFoldDoesNotStopThePress(t *testing.T) {
	assemble(t, files{"content/tin-tuc/a.md": post("A", "1/3/2020", "author: 日本", "organization: Москва")}, options{})
}
