package render

import (
	"io/fs"
	"testing"
	"time"

	"bantin/internal/digest"
	"bantin/internal/site"
	"bantin/internal/vietnamese"
	"bantin/templates"
)

// The views of this file are those of a small, plausible site.

var zone = time.FixedZone("+07", 7*60*60)

// date reads a date as editors write it.
func date(s string) vietnamese.Date {
	if s == "" {
		return vietnamese.Date{}
	}
	d, err := vietnamese.ParseDate(s, zone)
	if err != nil {
		panic(err)
	}
	return d
}

func defaultFiles(t testing.TB) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	names, err := fs.Glob(templates.FS, "*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if files[name], err = templates.FS.ReadFile(name); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// parseWith parses the default templates with some of them replaced.
func parseWith(t testing.TB, language string, replaced map[string]string) *Templates {
	t.Helper()
	files := defaultFiles(t)
	for name, text := range replaced {
		files[name] = []byte(text)
	}
	set, problems := Parse(files, language)
	if len(problems) > 0 {
		t.Fatalf("Parse: %v", problems)
	}
	return set
}

func renderer(t testing.TB, language string) *Renderer {
	t.Helper()
	return New(parseWith(t, language, nil), chrome(language), testCard, len(testCards))
}

func chrome(language string) site.Chrome {
	return site.Chrome{
		Title:       "Bản tin xã An Hòa",
		Description: "Tin của UBND và Ủy ban MTTQ xã An Hòa",
		Language:    language,
		Origin:      "https://anhoa.example",
		Root:        "/",
		TimeZone:    "Asia/Ho_Chi_Minh",
		Body: site.Organization{
			Name: "Ủy ban nhân dân xã An Hòa", Address: "Số 1 đường Trung tâm, xã An Hòa", Phone: "0239 3831 234",
			Email: "ubnd@anhoa.example", URL: "https://anhoa.example/", Logo: "/emblem.svg", Emblem: "/emblem.svg",
		},
		Menu: []site.MenuItem{
			{Title: "Tin tức – Sự kiện", URL: "/tin-tuc/", Section: "tin-tuc"},
			{Title: "Mặt trận", URL: "/mat-tran/", Section: "mat-tran"},
			{Title: "Thông báo", URL: "/thong-bao/", Section: "thong-bao"},
			{Title: "Nông thôn mới", URL: "/nong-thon-moi/", Section: "nong-thon-moi"},
			{Title: "Nhìn ra các địa phương", URL: "/dia-phuong/", Section: "dia-phuong"},
		},
		Pages: []site.Link{{Title: "Giới thiệu", URL: "/gioi-thieu/"}, {Title: "Liên hệ", URL: "/lien-he/"}},
		Feeds: []site.FeedLink{
			{Title: "Bản tin xã An Hòa", Type: "application/rss+xml", URL: "/rss.xml"},
			{Title: "Bản tin xã An Hòa", Type: "application/atom+xml", URL: "/atom.xml"},
			{Title: "Bản tin xã An Hòa", Type: "application/feed+json", URL: "/feed.json"},
		},
		Stylesheets: []string{"/style.css?v=0123456789"},
		Icon:        "/favicon.svg",
		Accent:      "#9c1c1f",
		Cover:       true,
		Email:       true,
		Feedback:    site.Feedback{Email: "bandoc@anhoa.example"},
		URLs: site.FixedURLs{
			Tags: "/the/", Organizations: "/don-vi/", Events: "/su-kien/", Agreements: "/thoa-thuan/", Feeds: "/rss/",
		},
		HasEvents:   true,
		HasRegister: true,
	}
}

// testCards are the articles of the site, newest first.
var testCards = []site.Card{
	{
		URL: "/tin-tuc/ky-ket-2020/", Title: "Ký kết chương trình phối hợp hoạt động giữa UBND xã với Ủy ban MTTQ và các đoàn thể năm 2020",
		Lead: "UBND, Ủy ban MTTQ và các đoàn thể ký kết chương trình phối hợp triển khai nhiệm vụ công tác năm 2020.",
		Date: date("19:02 11/03/2020"), Section: site.Link{Title: "Tin tức – Sự kiện", URL: "/tin-tuc/"}, Image: &testImage, Event: &testEvent,
	},
	{
		URL: "/nong-thon-moi/lang-mau/", Title: "Thôn Đông Thượng về đích khu dân cư kiểu mẫu",
		Lead: "Sau hai năm, 100% đường trục thôn đã được bê tông hóa; mỗi hộ trồng thêm ít nhất mười mét hàng rào xanh.",
		Date: date("08:15 09/03/2020"), Section: site.Link{Title: "Nông thôn mới", URL: "/nong-thon-moi/"}, Image: &testImage,
	},
	{
		URL: "/thong-bao/lich-tiep-dan/", Title: "Lịch tiếp công dân tháng 3 của Chủ tịch UBND xã",
		Date: date("06/03/2020"), Section: site.Link{Title: "Thông báo", URL: "/thong-bao/"},
	},
	{
		URL: "/mat-tran/vi-nguoi-ngheo/", Title: "Quỹ “Vì người nghèo” trao mười hai ngôi nhà mới trước Tết",
		Lead: "Mười hai hộ nghèo ở sáu thôn được hỗ trợ mỗi nhà 60 triệu đồng.",
		Date: date("15:40 02/03/2020"), Section: site.Link{Title: "Mặt trận", URL: "/mat-tran/"}, Image: &testImage,
	},
	{
		URL: "/tin-tuc/nhap/", Title: "Dự thảo quy ước thôn lấy ý kiến nhân dân",
		Date: date("01/03/2020"), Section: site.Link{Title: "Tin tức – Sự kiện", URL: "/tin-tuc/"}, Mark: site.MarkDraft,
	},
}

func testCard(i int) site.Card { return testCards[i] }

func refs(indexes ...int) []site.CardRef {
	list := make([]site.CardRef, len(indexes))
	for k, i := range indexes {
		list[k] = site.CardRef{Index: i, Digest: digest.Value(testCards[i])}
	}
	return list
}

var (
	testImage = site.Image{
		URL: "/tin-tuc/ky-ket-2020/anh-1-960.jpg", Width: 960, Height: 640,
		Srcset:  "/tin-tuc/ky-ket-2020/anh-1-960.jpg 960w, /tin-tuc/ky-ket-2020/anh-1.jpg 1600w",
		Full:    site.Rendition{URL: "/tin-tuc/ky-ket-2020/anh-1.jpg", Width: 1600, Height: 1067},
		Share:   site.Rendition{URL: "/tin-tuc/ky-ket-2020/anh-1-1200x630.jpg", Width: 1200, Height: 630},
		Alt:     "Đại diện hai bên ký kết",
		Caption: "Lễ ký kết tại hội trường UBND xã", Credit: "Vũ Cương", Type: "image/jpeg", Size: 118_000,
	}
	testEvent = site.Event{
		Title: "Hội nghị ký kết chương trình phối hợp", URL: "/tin-tuc/ky-ket-2020/",
		Start: date("14:00 11/03/2020"), End: date("16:30 11/03/2020"),
		Location: "Hội trường UBND xã", Address: "Số 1 đường Trung tâm",
		Organizer: &site.Link{Title: "UBND xã An Hòa", URL: "/don-vi/ubnd-xa-an-hoa/"},
		Status:    "scheduled", Calendar: "/tin-tuc/ky-ket-2020/lich.ics", State: "upcoming",
	}
	testFile = site.Attachment{
		Title: "Chương trình phối hợp số 15", URL: "/tin-tuc/ky-ket-2020/chuong-trinh.pdf", Name: "chuong-trinh.pdf",
		Type: "application/pdf", Size: 1_258_291, SHA256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
	}
	testAgreement = site.Agreement{
		ID: "20200311-ky-ket", Title: "Chương trình phối hợp công tác năm 2020", URL: "/tin-tuc/ky-ket-2020/",
		Number:  "15/CTPH-UBND-MTTQ",
		Parties: []site.Party{{Body: site.Link{Title: "UBND xã An Hòa", URL: "/don-vi/ubnd-xa-an-hoa/"}}, {Body: site.Link{Title: "Ủy ban MTTQ xã An Hòa", URL: "/don-vi/uy-ban-mttq-xa-an-hoa/"}}},
		Signed:  date("11/03/2020"), From: date("2018"), To: date("2021"), Status: "in-force", Expiring: true,
		Commitments: 1204, Items: []string{"Giám sát và phản biện xã hội", "Xây dựng nông thôn mới"},
		Document: &testFile, Amends: &site.Link{Title: "Chương trình phối hợp năm 2017", URL: "/tin-tuc/ky-ket-2017/"},
		AmendedBy: []site.Link{{Title: "Phụ lục năm 2021", URL: "/tin-tuc/phu-luc-2021/"}},
	}
)

func testHead(title, path string) site.Head {
	return site.Head{Title: title, Description: "Mô tả của " + title, Path: path, URL: "https://anhoa.example" + path}
}

func testArticle() site.Article {
	head := testHead(testCards[0].Title, "/tin-tuc/ky-ket-2020/")
	head.Section = "tin-tuc"
	head.Image = &testImage
	head.Breadcrumb = []site.Link{{Title: "Tin tức – Sự kiện", URL: "/tin-tuc/"}}
	return site.Article{
		Head: head, ID: "tag:anhoa.example,2026:20200311-ky-ket", Title: testCards[0].Title, Lead: testCards[0].Lead,
		Date: date("19:02 11/03/2020"), Updated: date("12/03/2020"), Modified: date("07:30 13/03/2020"),
		Section: site.Link{Title: "Tin tức – Sự kiện", URL: "/tin-tuc/"},
		Authors: []site.Link{{Title: "Vũ Cương", URL: "/tac-gia/vu-cuong/"}},
		Byline:  &site.Link{Title: "Ủy ban MTTQ xã An Hòa", URL: "/don-vi/uy-ban-mttq-xa-an-hoa/"},
		Body:    site.Body{HTML: testBody},
		Tags:    []site.Link{{Title: "phối hợp công tác", URL: "/the/phoi-hop-cong-tac/"}, {Title: "nông thôn mới", URL: "/the/nong-thon-moi/"}},
		Cover:   &testImage, Gallery: []site.Image{testImage, testImage}, Attachments: []site.Attachment{testFile},
		Corrections: []site.Correction{{Date: date("07:30 13/03/2020"), Text: "Bản trước ghi sai số nội dung cam kết."}},
		Event:       &testEvent, Agreement: &testAgreement,
		Newer:   &site.Link{Title: "Ra quân làm đường hoa", URL: "/tin-tuc/duong-hoa/"},
		Older:   &site.Link{Title: "Tập huấn chuyển đổi số cộng đồng", URL: "/tin-tuc/tap-huan/"},
		Related: refs(1, 2, 3),
	}
}

func testPage() site.Article {
	return site.Article{Head: testHead("Giới thiệu", "/gioi-thieu/"), Title: "Giới thiệu", Body: site.Body{HTML: testBody}}
}

func testList(kind string) site.List {
	head := testHead("Tin tức – Sự kiện", "/tin-tuc/")
	head.Older = "/tin-tuc/trang/3/"
	head.Feeds = []site.FeedLink{{Title: "Tin tức – Sự kiện", Type: "application/rss+xml", URL: "/tin-tuc/rss.xml"}}
	return site.List{
		Kind: kind, Head: head, Title: "Tin tức – Sự kiện", Description: "Tin hoạt động của xã",
		Cards: refs(0, 1, 2, 3, 4), Pager: site.Pager{Older: "/tin-tuc/trang/3/"},
	}
}

func testSection() site.List {
	v := testList("section")
	v.Body = &site.Body{HTML: "<p>Tin hoạt động của UBND xã và các đoàn thể.</p>"}
	v.Sections = []site.Link{{Title: "Tin các thôn", URL: "/tin-tuc/cac-thon/"}}
	return v
}

func testOrganization() site.List {
	v := testList("organization")
	v.Organization = &site.OrganizationPage{
		Agreements: []site.Agreement{testAgreement},
		Events:     []site.Event{testEvent},
		Now:        []site.Link{{Title: "UBND xã An Bình", URL: "/don-vi/ubnd-xa-an-binh/"}},
		Ended:      date("01/07/2025"),
		Former:     []site.Link{{Title: "UBND xã An Thượng", URL: "/don-vi/ubnd-xa-an-thuong/"}},
		Calendar:   "/don-vi/ubnd-xa-an-hoa/lich.ics",
	}
	return v
}

func testEvents() []site.Event {
	cancelled, online, past, allDay := testEvent, testEvent, testEvent, testEvent
	cancelled.Title, cancelled.Status = "Giải bóng chuyền thanh niên", "cancelled"
	online.Title, online.Status, online.Location, online.Address = "Tập huấn chữ ký số", "online", "", ""
	past.Title, past.State = "Ngày hội Đại đoàn kết", "past"
	allDay.Title, allDay.AllDay, allDay.Start, allDay.End = "Lễ kỳ phúc", true, date("20/03/2020"), date("22/03/2020")
	return []site.Event{testEvent, cancelled, online, past, allDay}
}

func testRegister() []site.Agreement {
	ended, coming, terminated, open := testAgreement, testAgreement, testAgreement, testAgreement
	ended.Status, ended.Expiring = "ended", false
	coming.Status, coming.Expiring = "not-yet", false
	terminated.Status, terminated.Expiring = "terminated", false
	open.To, open.Expiring, open.Number = date(""), false, ""
	return []site.Agreement{testAgreement, open, coming, ended, terminated}
}

// testViews are one view for each template of a page, by the template's name.
func testViews() map[string]any {
	home := testHead("", "/")
	years := []site.Link{{Title: "2020", URL: "/su-kien/2020/"}, {Title: "2019", URL: "/su-kien/2019/"}}
	return map[string]any{
		"home.html": site.Home{
			Head: home, Lead: refs(0), Newest: refs(1, 2, 3, 4), Events: testEvents()[:3],
			Sections: []site.HomeSection{
				{Section: site.Link{Title: "Tin tức – Sự kiện", URL: "/tin-tuc/"}, Cards: refs(0, 1, 4)},
				{Section: site.Link{Title: "Mặt trận", URL: "/mat-tran/"}, Cards: refs(3)},
			},
		},
		"article.html":      testArticle(),
		"page.html":         testPage(),
		"section.html":      testSection(),
		"month.html":        testList("month"),
		"tag.html":          testList("tag"),
		"author.html":       testList("author"),
		"organization.html": testOrganization(),
		"year.html": site.Year{
			Head: testHead("Tin năm 2020", "/2020/"), Year: 2020,
			Months: []site.Month{{Year: 2020, Month: 3, URL: "/2020/03/"}, {Year: 2020, Month: 1, URL: "/2020/01/"}},
			Older:  &site.Link{Title: "Tin năm 2019", URL: "/2019/"},
		},
		"terms.html": site.Terms{
			Head: testHead("Đơn vị", "/don-vi/"), Title: "Đơn vị", Kind: "organizations",
			Terms: []site.Term{{Title: "UBND xã An Hòa", URL: "/don-vi/ubnd-xa-an-hoa/", Description: "Cơ quan hành chính"}},
		},
		"events.html": site.Events{
			Head: testHead("Lịch sự kiện", "/su-kien/"), Months: []site.EventMonth{{Year: 2020, Month: 3, Events: testEvents()}},
			Years: years, Calendar: "/su-kien/lich.ics", CSV: "/su-kien/data.csv", JSON: "/su-kien/data.json",
		},
		"agreements.html": site.Register{
			Head: testHead("Sổ đăng ký thỏa thuận", "/thoa-thuan/"), Expiring: testRegister()[:1], Agreements: testRegister(),
			Years: years, CSV: "/thoa-thuan/data.csv", JSON: "/thoa-thuan/data.json",
		},
		"feeds.html": site.FeedsPage{
			Head: testHead("Kênh tin RSS", "/rss/"), Title: "Kênh tin RSS", OPML: "/feeds.opml",
			Groups:    []site.FeedGroup{{Title: "Bản tin xã An Hòa", URL: "/", Feeds: chrome("vi").Feeds}},
			Calendars: []site.Link{{Title: "Lịch sự kiện", URL: "/su-kien/lich.ics"}},
		},
		"search.html": site.SearchPage{
			Head: testHead("Tìm kiếm", "/tim-kiem/"), Script: "/search.js?v=0123456789",
			Others: []site.Link{{Title: "Thông báo", URL: "/thong-bao/"}},
		},
		"404.html": site.NotFound{
			Head:     site.Head{Title: "Không tìm thấy trang", Path: "/404.html", URL: "https://anhoa.example/404.html", NoIndex: true},
			Sections: []site.Link{{Title: "Thông báo", URL: "/thong-bao/"}},
		},
		"redirect.html": site.Redirect{
			URL: "/tin-tuc/ky-ket-2020/", Canonical: "https://anhoa.example/tin-tuc/ky-ket-2020/", Language: "vi",
		},
	}
}

const testBody = `<p>Các nội dung phối hợp gồm: tập trung các nguồn lực để phát triển kinh tế và xây dựng xã đạt chuẩn <a href="/the/nong-thon-moi/">nông thôn mới</a> trước ngày 19/5/2020; tăng cường quản lý đất đai, tài nguyên, môi trường, ngân sách, xây dựng cơ bản.</p>
<h2 id="noi-dung">Nội dung ký kết</h2>
<p>Ba phòng chuyên môn đã ký <strong>30 đầu việc</strong> với <abbr title="Ủy ban Mặt trận Tổ quốc">Ủy ban MTTQ</abbr> và các đoàn thể.<sup id="fnref:1"><a href="#fn:1" class="footnote-ref" role="doc-noteref">1</a></sup></p>
<ul>
<li>Giám sát và phản biện xã hội;</li>
<li>Thực hiện quy chế dân chủ ở cơ sở.</li>
</ul>
<figure><img src="/tin-tuc/ky-ket-2020/anh-1.jpg" alt="Lễ ký kết" width="1600" height="1067" loading="lazy" decoding="async"><figcaption>Lãnh đạo huyện chứng kiến lễ ký kết</figcaption></figure>
<blockquote>
<p>Việc gì có lợi cho dân thì phải hết sức làm.</p>
</blockquote>
<div class="table" tabindex="0" role="region" aria-label="Bảng"><table>
<thead><tr><th scope="col">Đơn vị</th><th scope="col" class="al-right">Số việc</th></tr></thead>
<tbody><tr><td>Phòng Văn hóa – Xã hội</td><td class="al-right">12</td></tr><tr><td>Phòng Địa chính – Nông nghiệp</td><td class="al-right">18</td></tr></tbody>
</table></div>
<dl><dt>UBND</dt><dd>Ủy ban nhân dân</dd></dl>
<div class="footnotes" role="doc-endnotes"><hr><ol><li id="fn:1"><p>Theo biên bản ngày 11/3/2020. <a href="#fnref:1" class="footnote-backref" role="doc-backlink">↩︎</a></p></li></ol></div>`
