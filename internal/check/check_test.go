package check

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/article"
)

var (
	hanoi = time.FixedZone("+07", 7*3600)
	now   = time.Date(2026, 3, 15, 8, 0, 0, 0, hanoi)

	converter = article.NewConverter(article.ConverterOptions{Base: "https://khehoa.example/"})
)

// lookAt returns what is found in an article: place, code and hint of each.
func lookAt(t *testing.T, path, src string) []string {
	t.Helper()
	a, problems := article.Parse(path, []byte(src), hanoi)
	if problems.HasErrors() {
		t.Fatalf("the article has errors: %v", problems)
	}
	var list []string
	for _, p := range Article(converter, a, []byte(src), "https://khehoa.example/", nil, now).Problems {
		list = append(list, fmt.Sprintf("%d:%d %s: %s", p.Pos.Line, p.Pos.Col, p.Code(), p.Hint("vi")))
	}
	return list
}

// text returns what is found in a text, which begins at line 5.
func text(t *testing.T, body string) []string {
	t.Helper()
	return lookAt(t, "tin-tuc/hop-dan.md", "---\ntitle: Họp dân thôn Đông\ndate: 11/3/2020\n---\n"+body+"\n")
}

func TestWhatIsRightIsNotReported(t *testing.T) {
	for _, body := range []string{
		"Xem trang khehoa.example.vn, thư bandoc@khehoa.example hoặc tệp Ke-hoach.Pdf.",
		"TP.HCM, TS.Nguyễn Văn An, Q.1, v.v. và ThS.Lê Thị Mai.",
		"Số 15/CTPH-UBND-MTTQ, 1.204 hộ, 3,5 ha; lúc 14:30, tỉ lệ 3:2.",
		"Ai đến? Mọi người! Được: tất cả.",
		"Hết dòng này  \nlà dòng sau.",
		"Mã `a  b,c` và\n\n```\nx  y,z.Abc\n```",
		"Xem https://example.com/a,b.Cde?x=1;y=2 và [bản đồ](https://example.com/A.B,c).",
		"Nước Lào nói “sabaidee”; cà phê © 2020, 25 °C, 30 m², «quà» Tết.",
		"Chữ Lào: ສະບາຍດີ; tiếng Pháp: à la carte, naïve, garçon; tiếng Đức: Größe.",
		"Ô Châu, ơ hay, ă ê ô: chữ Việt.",
		"## Một\n\n### Hai\n\n#### Ba\n\n### Bốn",
		"## Hai\n\n### Ba",
		"![Bà con dự họp](anh-1.jpg)",
		"| Thôn | Số hộ |\n|---|---:|\n| Đông |  120 |",
		"Nghiên cứu R&amp;D; cà phê &amp; trà.",
		"Thứ Tư, ngày 11/3/2020; thứ 4, 11/03/2020; CHỦ NHẬT 15.3.2026; thứ ba tới.",
		"Xếp thứ ba ngày 11/3/2020, hạng thứ 2 (11/3/2020); phiên họp thứ ba, ngày 11/3/2020; kỳ họp thứ 5 ngày 11/3/2020.",
		"Lần thứ hai ngày 11 tháng 3 năm 2020; tuần thứ ba - 11/3/2020; con thứ năm, 11/3/2020.",
		"👨\u200D👩\u200D👧 họp.",
		"![Bản đồ xã](/ban-do.png), ![sông](https://khehoa.example/song-lon.png) và [ảnh](https://example.com/a.jpg)",
	} {
		if got := text(t, body); got != nil {
			t.Errorf("%q: %q", body, got)
		}
	}
}

func TestSlipsOfTheTextAreToldAtTheirPlace(t *testing.T) {
	for _, c := range []struct {
		body string
		want []string
	}{
		{"Trong xã.Trong thôn,ngoài ngõ;khắp nơi.", []string{
			"5:9 space-after: viết: xã. Trong", "5:20 space-after: viết: thôn, ngoài",
			"5:30 space-after: viết: ngõ; khắp"}},
		{"Bà  con **dự   họp** đông.", []string{"5:3 double-space: viết: Bà con", "5:13 double-space: viết: dự họp"}},
		{"Ho\u0300a  giải.", []string{"5:5 double-space: viết: Hòa giải."}},
		{"\uf0a7 Một\n\nHai \uf0a7 ba", []string{"5:1 word-bullet: - Một", "7:5 word-bullet: Hai ba"}},
		{"Đảng ủy và ðoàn thể.", []string{"5:12 eth-for-d: đoàn"}},
		{"Ðảng ủy và Ɖoàn xã.", []string{"5:1 eth-for-d: Đảng", "5:12 eth-for-d: Đoàn"}},
		{"Chương tr\u00adình phối h\u00adợp.", []string{"5:10 soft-hyphen: gõ lại: trình"}},
		{"# Một\n\n### Ba\n\n###### Sáu", []string{"5:1 top-heading: thêm một dấu # vào mỗi tiêu đề mục", "7:1 skipped-heading: ## Ba", "9:1 skipped-heading: #### Sáu"}},
		{"# Một", []string{"5:1 top-heading: ## Một"}},
		{"Họp thứ Ba, ngày 11/3/2020 và chủ nhật 11/3/2020.", []string{
			"5:5 wrong-weekday: xem lại thứ và ngày, rồi sửa cái sai", "5:31 wrong-weekday: xem lại thứ và ngày, rồi sửa cái sai"}},
		{"Họp thứ 3 (11/3/2020); sáng thứ Ba - 11/3/2020.", []string{
			"5:5 wrong-weekday: xem lại thứ và ngày, rồi sửa cái sai", "5:29 wrong-weekday: xem lại thứ và ngày, rồi sửa cái sai"}},
		{"8h00 thứ hai, ngày 11 tháng 3 năm 2020.", []string{"5:6 wrong-weekday: xem lại thứ và ngày, rồi sửa cái sai"}},
		{"Bà\u200B con\u202A\u202C thôn.", []string{"5:3 invisible-character: gõ lại: Bà", "5:8 invisible-character: gõ lại: con"}},
		{"Xem ![Bản đồ](https://example.com/a%20b.png?x=1).", []string{"5:5 picture-elsewhere: tải ảnh về, đặt cạnh bài, rồi viết: ![Bản đồ](<a b.png>)"}},
		{"### Ba", []string{"5:1 skipped-heading: ## Ba"}},
		{"Bà con ![](<ảnh 1.jpg>) và ![IMG_2041.JPG](IMG_2041.JPG).", []string{
			"5:8 missing-alt: ![lời tả ảnh](<ảnh 1.jpg>)", "5:28 alt-file-name: tả điều thấy trong ảnh, như: Bà con dự họp ở nhà văn hóa thôn"}},
	} {
		if diff := cmp.Diff(c.want, text(t, c.body)); diff != "" {
			t.Errorf("%q (-want +got)\n%s", c.body, diff)
		}
	}
}

func TestABrokenEncodingIsToldOnceAndPutRight(t *testing.T) {
	for _, c := range []struct{ body, want string }{
		{"Céng hoµ x· héi chñ nghÜa ViÖt Nam, §éc lËp.", "5:6 old-encoding: có phải là: Cộng hoà xã hội chủ nghĩa Việt Nam, Độc lập."},
		{"Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp.", "5:1 old-encoding: có phải là: Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập."},
		{"Cá»™ng hòa xÃ£ há»™i", "5:1 old-encoding: có phải là: C"},
	} {
		got := strings.Join(text(t, c.body), "\n")
		if !strings.HasPrefix(got, c.want) || strings.Contains(got, "\n") {
			t.Errorf("%q: got %q, want %q", c.body, got, c.want)
		}
	}
}

func TestTheFrontMatterIsLookedAtToo(t *testing.T) {
	for _, c := range []struct {
		front string
		want  []string
	}{
		{"title: \"Họp dân,bàn việc\"   # ghi chú,dài\ndate: 11/3/2020", []string{"2:16 space-after: viết: dân, bàn"}},
		{"title: Họp dân\ndate: 11/3/2020\nlead: 'Bà  con họp'", []string{"4:10 double-space: viết: 'Bà con"}},
		{"title: Họp dân\ndate: 11/3/2020\norganization:   UBND xã", nil},
		{"title: Họp dân\ndate: 11/3/2020\nauthor: Lê Ðức", []string{"4:12 eth-for-d: Đức"}},
		{"title: Bản quyền &copy 2020, R&D, A &amp B\ndate: 11/3/2020", nil},
		{"title: Bản quyền &copy 2020; R&amp;D\ndate: 11/3/2020", []string{"2:31 html-entity: title: Bản quyền © 2020; R&D"}},
		{"title: Q&A; R&xyz; x &lt; y\nlead: Lãi &lt5%\ndate: 11/3/2020", []string{"2:22 html-entity: title: Q&A; R&xyz; x < y"}},
		{"title: Nghiên cứu R&amp;D\ndate: 11/3/2020", []string{"2:20 html-entity: title: Nghiên cứu R&D"}},
		{"title: Lễ &quot;hội&quot; A & B\ndate: 11/3/2020", []string{`2:11 html-entity: title: Lễ "hội" A & B`}},
		{"title: \"Họp: R&amp;D\"\ndate: 11/3/2020", []string{`2:15 html-entity: title: "Họp: R&D"`}},
		{`title: "Họp: \"R&amp;D\""` + "\ndate: 11/3/2020", []string{`2:17 html-entity: title: "Họp: \"R&D\""`}},
		{`title: 'Họp: ''R&amp;D'''` + "\ndate: 11/3/2020", []string{`2:17 html-entity: title: "Họp: 'R&D'"`}},
		{`title: "Thư mục: X\\R&amp;D"` + "\ndate: 11/3/2020", []string{`2:22 html-entity: title: "Thư mục: X\\R&D"`}},
		{"title: HỌP DÂN THÔN ĐÔNG\ndate: 11/3/2020", []string{"2:8 title-in-capitals: chỉ viết hoa chữ đầu câu và tên riêng"}},
		{"title: UBND - HĐND - MTTQ\ndate: 11/3/2020", nil},
		{"title: Họp dân\ndate: 11/3/2020\nupdated: 8:01 15/3/2026", []string{"4:10 future-update: sửa lại ngày, hoặc bỏ dòng ấy"}},
		{"title: Họp dân\ndate: 11/3/2020\nupdated: 8:00 15/3/2026", nil},
		{"title: Họp dân\ndate: 1/4/2026\nupdated: 2/4/2026", nil},
		{"title: Họp dân\ndate: 11/3/2020\norganization: U\u200BBND xã", []string{"4:16 invisible-character: gõ lại: UBND"}},
		{"title: " + strings.Repeat("a", 120) + "\ndate: 11/3/2020\nlead: " + strings.Repeat("ế", 300), nil},
		{"title: " + strings.Repeat("ế", 121) + "\ndate: 11/3/2020", []string{"2:8 long-title: rút gọn tiêu đề; chuyển phần chi tiết vào lời dẫn (lead)"}},
		{"title: Họp dân\ndate: 11/3/2020\nsummary: " + strings.Repeat("a", 301), []string{"4:10 long-lead: giữ lại một, hai câu; phần còn lại đưa vào bài"}},
	} {
		if diff := cmp.Diff(c.want, lookAt(t, "tin-tuc/hop-dan.md", "---\n"+c.front+"\n---\nChữ.\n")); diff != "" {
			t.Errorf("%q (-want +got)\n%s", c.front, diff)
		}
	}
}

func TestADateIsSuspectedWhenOnlyItsSwapMakesSense(t *testing.T) {
	const swapped = "swapped-date: Bantin đọc ngày trước tháng sau; nếu ý là %s thì sửa thành %[1]s"
	for _, c := range []struct{ name, path, front, want string }{
		{"a file named after the other day", "tin-tuc/2020-03-11-hop.md", "date: 3/11/2020", "3:7 " + fmt.Sprintf(swapped, "11/03/2020")},
		{"a folder named so", "tin-tuc/2020-03-11-hop/index.md", "date: 3/11/2020", "3:7 " + fmt.Sprintf(swapped, "11/03/2020")},
		{"an id that says so", "tin-tuc/hop.md", "date: 3/11/2020\nid: 20200311-hop", "3:7 " + fmt.Sprintf(swapped, "11/03/2020")},
		{"a file named after the day", "tin-tuc/2020-11-03-hop.md", "date: 3/11/2020", ""},
		{"far ahead, and lately when swapped", "tin-tuc/hop.md", "date: 8:00 3/12/2026", "3:7 " + fmt.Sprintf(swapped, "08:00 12/03/2026")},
		{"soon", "tin-tuc/hop.md", "date: 4/3/2026", ""},
		{"far ahead either way", "tin-tuc/hop.md", "date: 6/5/2026", ""},
		{"day and month alike", "tin-tuc/hop.md", "date: 12/12/2026", ""},
		{"no such month when swapped", "tin-tuc/hop.md", "date: 13/12/2026", ""},
		{"signed after it was told of", "tin-tuc/hop.md", "date: 12/3/2020\nagreement: {parties: [A, B], signed: 3/4/2020}", "4:38 " + fmt.Sprintf(swapped, "04/03/2020")},
		{"signed before, when swapped", "tin-tuc/hop.md", "date: 12/3/2020\nagreement:\n  parties: [Xã A, Xã B]\n  signed: 11/3/2020", ""},
		{"signed later, before when swapped", "tin-tuc/hop.md", "date: 12/3/2020\nagreement:\n  parties: [Xã A, Xã B]\n  signed: 3/11/2020", "6:11 " + fmt.Sprintf(swapped, "11/03/2020")},
		{"a year and a day ahead", "tin-tuc/hop.md", "date: 8:01 15/3/2027", "3:7 far-date: xem lại năm trong ngày đăng"},
		{"a year ahead", "tin-tuc/hop.md", "date: 8:00 15/3/2027", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := strings.Join(lookAt(t, c.path, "---\ntitle: Họp dân\n"+c.front+"\n---\nChữ.\n"), "\n")
			if got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestLinksOutOfTheSiteAreListed(t *testing.T) {
	src := "---\ntitle: Họp dân\ndate: 11/3/2020\n---\n[Bản đồ](https://example.com/a) và [bài](b.md).\n\nhttps://example.com/b [c](//example.com/c) <mailto:a@example.com> a@example.com\n\n" +
		"<a href=\"https://example.com/d\">d</a> [e][1] ![f](https://example.com/f.jpg) [g](https://khehoa.example/tin-tuc/g/) `https://example.com/h`\n\n[1]: https://example.com/e\n"
	a, _ := article.Parse("tin-tuc/hop-dan.md", []byte(src), hanoi)
	want := []Link{
		{"content/tin-tuc/hop-dan.md", 5, 10, "https://example.com/a"},
		{"content/tin-tuc/hop-dan.md", 7, 1, "https://example.com/b"},
		{"content/tin-tuc/hop-dan.md", 7, 27, "//example.com/c"},
		{"content/tin-tuc/hop-dan.md", 9, 1, "https://example.com/d"},
		{"content/tin-tuc/hop-dan.md", 9, 39, "https://example.com/e"},
	}
	// Raw HTML that a site does not let through is no link.
	converter := article.NewConverter(article.ConverterOptions{Base: "https://khehoa.example/", Sanitize: true})
	if diff := cmp.Diff(want, Article(converter, a, []byte(src), "https://khehoa.example/", nil, now).External); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestADocumentWithoutATitleIsToldOfTheOriginalAlone(t *testing.T) {
	parse := func(path, src string) *article.Article {
		a, problems := article.Parse(path, []byte(src), hanoi, "en")
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		return a
	}
	const front = "---\ntitle: Họp dân thôn Đông\ndate: 11/3/2020\nattachments: [mau.pdf]\n---\nMột.\n"
	original := parse("tin-tuc/hop-dan.md", front)
	for src, want := range map[string]int{"---\ntitle: Meeting\n---\nOne.\n": 0, "---\ntitle: Meeting\nattachments: [form.pdf]\n---\nOne.\n": 1} {
		translated := parse("tin-tuc/hop-dan.en.md", src).Translate(original)
		got := 0
		for _, p := range Article(converter, translated, []byte(src), "https://khehoa.example/", nil, now).Problems {
			if p.Code() == "untitled-document" {
				got++
			}
		}
		if got != want {
			t.Errorf("of %q it is told %d times, want %d", src, got, want)
		}
	}
}
