package browsertest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"bantin/internal/config"
)

func TestTheHeadingsOfTheHomePageStandOnOneLine(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	do(t, tab, Screen(1280, false), Open(s.origin+"/"))
	if rows := eval[int](t, tab, `new Set([...document.querySelectorAll(".beside .card")].map((e) => e.getBoundingClientRect().top)).size`); rows != 1 {
		t.Errorf("the stories beside the lead stand in %d rows", rows)
	}
	if apart := eval[float64](t, tab, `document.getElementById("_newest").getBoundingClientRect().top - document.getElementById("_next-events").getBoundingClientRect().top`); apart != 0 {
		t.Errorf("the news begin %.0f pixels below the events", apart)
	}
}

func TestRelatedStoriesStandBelowTheTextOnAPhoneAndBesideItOnADesk(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	for width, beside := range map[int64]bool{360: false, 1280: true} {
		do(t, tab, Screen(width, false), Open(s.origin+"/tin-tuc/nong-thon-moi/mo-hinh-lua-ruoi/"))
		if got := eval[bool](t, tab, `document.querySelector(".related").getBoundingClientRect().left > document.querySelector(".prose").getBoundingClientRect().right`); got != beside {
			t.Errorf("%d pixels wide: beside the text is %v", width, got)
		}
		if !eval[bool](t, tab, `document.querySelector(".related img").checkVisibility()`) {
			t.Errorf("%d pixels wide: no picture", width)
		}
	}
}

func TestTheTextOfACardGoesOnBelowItsPictureOnAPhone(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	do(t, tab, Screen(360, false), Open(s.origin+"/tin-tuc/"))
	if narrow := eval[[]string](t, tab, `[...document.querySelectorAll(".list .card:has(img) .card-lead")].filter((lead) => lead.getBoundingClientRect().width < 320).map((lead) => lead.textContent)`); len(narrow) > 0 {
		t.Errorf("these stand in a narrow column: %q", narrow)
	}
	do(t, tab, chromedp.Navigate(s.origin+"/"))
	if pictures := eval[int](t, tab, `[...document.querySelectorAll(".leads img")].filter((image) => image.checkVisibility()).length`); pictures != 1 {
		t.Errorf("%d pictures stand at the top of the home page, want one", pictures)
	}
}

func TestHeadlinesThatLeadOnLookAlike(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	for _, path := range []string{"/", "/tin-tuc/", "/2026/", "/thoa-thuan/", "/su-kien/"} {
		do(t, tab, Screen(1280, false), chromedp.Navigate(s.origin+path))
		links := eval[[]string](t, tab, `[...document.querySelectorAll("main :is(h2, h3, .months li, .register th) a")].map((a) => getComputedStyle(a)).map((style) =>
			style.color === getComputedStyle(document.body).color && style.textDecorationLine === "none" ? "" : style.color + " " + style.textDecorationLine)`)
		if len(links) < 3 {
			t.Errorf("%s has %d headlines", path, len(links))
		}
		for _, style := range links {
			if style != "" {
				t.Errorf("%s: a headline is %s", path, style)
			}
		}
	}
}

func TestAPostponedEventSaysSoBelowItsHeadline(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	do(t, tab, Screen(1280, false), chromedp.Navigate(s.origin+"/thong-bao/hoan-giai-bong-chuyen/"))
	if banner := eval[string](t, tab, `document.querySelector("h1 + .banner:has(s)")?.textContent ?? ""`); !strings.Contains(banner, "Tạm hoãn") || !strings.Contains(banner, "28/11/2026") {
		t.Errorf("the banner says %q", banner)
	}
	if eval[bool](t, tab, `!!document.querySelector(".box .button")`) {
		t.Error("what is postponed can be added to a calendar")
	}
	do(t, tab, chromedp.Navigate(s.origin+"/su-kien/"))
	if !eval[bool](t, tab, `document.querySelector(".leaf a.off").textContent === "28" && getComputedStyle(document.querySelector(".leaf a.off")).backgroundColor === "rgba(0, 0, 0, 0)"`) {
		t.Error("the day of what is postponed is not hollow")
	}
}

func TestAFieldOfSearchSuggestsBelowItself(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	for _, width := range []int64{360, 1280} {
		do(t, tab, Screen(width, false), chromedp.Navigate(s.origin+"/gioi-thieu/"))
		eval[any](t, tab, `(() => {
			const list = Object.assign(document.createElement("ul"), { className: "search-suggestions" });
			list.innerHTML = "<li>phối hợp</li>";
			document.querySelector(".site-search").open = true;
			document.querySelector(".site-search form").append(list);
		})()`)
		if apart := eval[float64](t, tab, `(() => {
			const at = (selector) => document.querySelector(selector).getBoundingClientRect();
			const list = at(".search-suggestions"), form = at(".site-search form");
			return Math.max(Math.abs(list.top - form.bottom), Math.abs(list.left - form.left), Math.abs(list.right - form.right));
		})()`); apart > 2 {
			t.Errorf("%d pixels wide: what is suggested stands %.0f pixels away from the field", width, apart)
		}
	}
}

func TestAFeedIsAPageInABrowser(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	do(t, tab, watchPolicy)
	for _, feed := range []string{"/rss.xml", "/atom.xml", "/tin-tuc/rss.xml"} {
		do(t, tab, Screen(320, false), chromedp.Navigate(s.origin+feed), chromedp.WaitReady(chromedp.CSS(".list .card h3 a")))
		if titles := eval[int](t, tab, `document.querySelectorAll(".card h3 a[href^='https://khehoa.example/']").length`); titles < 5 {
			t.Errorf("%s: %d titles lead to articles", feed, titles)
		}
		dates := eval[[]string](t, tab, `[...document.querySelectorAll(".card-meta")].map((e) => e.textContent)`)
		for _, date := range dates {
			if !vietnameseDate.MatchString(date) {
				t.Errorf("%s: the date %q", feed, date)
			}
		}
		if width := eval[int](t, tab, `document.documentElement.scrollWidth`); width > 320 {
			t.Errorf("%s is %d pixels wide", feed, width)
		}
		if !eval[bool](t, tab, `document.querySelector(".notice").textContent.includes("kênh tin") && !!document.querySelector(".site-footer")`) {
			t.Errorf("%s does not say what it is", feed)
		}
		if refused := eval[[]string](t, tab, `refused`); len(refused) > 0 {
			t.Errorf("%s: the policy refused %q", feed, refused)
		}
	}
	do(t, tab, scripts(false), chromedp.Navigate(s.origin+"/rss.xml"))
	if !eval[bool](t, tab, `document.querySelector("item > title").checkVisibility() && !document.querySelector("item > guid").checkVisibility()`) {
		t.Error("without scripts, no style sheet shows the feed")
	}
}

var vietnameseDate = regexp.MustCompile(`^(\d\d:\d\d )?\d\d/\d\d/\d{4}$`)

func TestTheTypefacesAreThoseOfTheirPackages(t *testing.T) {
	for _, font := range config.Fonts() {
		for _, file := range font.Files {
			ours, err := os.ReadFile("../../static/" + file.Name)
			if err != nil {
				t.Fatal(err)
			}
			theirs, err := os.ReadFile(fromNPM(t, "@fontsource/"+font.Name+"/files/"+filepath.Base(file.Name)))
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(ours, theirs) {
				t.Errorf("%s is not that of the package", file.Name)
			}
			var ranges map[string]string
			text, err := os.ReadFile(fromNPM(t, "@fontsource/"+font.Name+"/unicode.json"))
			if err == nil {
				err = json.Unmarshal(text, &ranges)
			}
			if err != nil {
				t.Fatal(err)
			}
			if subset := strings.Split(strings.TrimPrefix(filepath.Base(file.Name), font.Name+"-"), "-")[0]; ranges[subset] != file.Range {
				t.Errorf("%s has the letters %s, the package says %s", file.Name, file.Range, ranges[subset])
			}
		}
	}
}

// other builds the demo site with other settings and contents, and serves it.
func (s *shared) other(t *testing.T, settings string, contents map[string]string) (origin string) {
	t.Helper()
	source := t.TempDir()
	for _, folder := range []string{"content", "static"} {
		if err := os.CopyFS(filepath.Join(source, folder), os.DirFS(filepath.Join("../..", folder))); err != nil {
			t.Fatal(err)
		}
	}
	config, err := os.ReadFile("../../site.yaml")
	if err != nil {
		t.Fatal(err)
	}
	contents["site.yaml"] = string(config)
	for name, text := range contents {
		name = filepath.Join(source, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	output, err := variant(t.Context(), source, settings)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(Handler(output))
	t.Cleanup(server.Close)
	return server.URL
}

const (
	longTitle = "Nghị quyết về việc phân bổ kinh phí hỗ trợ sửa chữa, nâng cấp các tuyến đường trục thôn, kênh mương nội đồng và hệ thống chiếu sáng công cộng trên địa bàn mười bốn thôn của xã trong giai đoạn 2026–2030"
	longWord  = "NghiênghuôngnguyễnthoángthuyềnxoongquyềnkhuỷuthuỷtinhnghĩatrangNghiênghuôngnguyễn"
	longURL   = "https://congbao.khehoa.example/van-ban/tai-lieu-rat-dai-khong-ngat/0123456789abcdef0123456789abcdef0123456789abcdef"
	longBody  = "Ban Chỉ đạo phong trào toàn dân đoàn kết xây dựng đời sống văn hóa và nông thôn mới xã Khê Hòa"
)

// A site with a long menu, long names and ten sections.
func TestLongNamesAndManySectionsStayInTheirPlaces(t *testing.T) {
	s := demo(t)
	contents := map[string]string{}
	for n := 1; n <= 4; n++ {
		dir := fmt.Sprintf("content/chuyen-muc-%d/", n)
		contents[dir+"_index.md"] = fmt.Sprintf("---\ntitle: Chuyên mục thứ %d của trang\n---\n", n)
		for k := 1; k <= 4; k++ {
			contents[fmt.Sprintf("%sbai-%d.md", dir, k)] = fmt.Sprintf("---\ntitle: Bài thứ %d của chuyên mục thứ %d nói về việc làng việc xã\ndate: %d/%d/2025\n---\n\nĐoạn đầu của bài.\n", k, n, k, n)
		}
	}
	contents["content/tin-tuc/dai.md"] = fmt.Sprintf(`---
title: %[1]q
date: 1/10/2026
organization: %[2]q
author: [%[2]s, Công Tằng Tôn Nữ Thị Hoàng Bạch Mai Khanh]
tags: [%[3]s]
event: {start: 30/12/2026, location: %[2]q, url: %[4]q}
agreement: {parties: [%[2]q, %[3]s], number: 123/CTPH-UBND-MTTQ-HND-HLHPN-HCCB-ĐTN-CĐ/2026}
---

%[3]s, %[4]s: đoạn đầu của bài, sau một tiêu đề dài 200 chữ.

    một dòng để nguyên như đã gõ, dài hơn bề ngang của mọi màn hình: %[1]s
`, longTitle, longBody, longWord, longURL)
	contents["content/chuyen-muc-4/_index.md"] = "---\ntitle: " + longWord + "\n---\n"
	contents["content/tin-tuc/chu-dai.md"] = "---\ntitle: " + longWord + "\ndate: 2/11/2025\n---\n\nĐoạn đầu.\n"
	menu := "menu:\n"
	for n := 1; n <= 14; n++ {
		menu += fmt.Sprintf("  - {title: Mục thứ %d của trình đơn, url: /tin-tuc/}\n", n)
	}
	origin := s.other(t, menu, contents)
	tab := s.tab(t)
	for _, width := range []int64{320, 360, 768, 1280} {
		for _, path := range []string{"/", "/tin-tuc/dai/", "/don-vi/", "/the/", "/2025/11/", "/thoa-thuan/", "/su-kien/"} {
			do(t, tab, Screen(width, false), Open(origin+path))
			if got := eval[int64](t, tab, `document.scrollingElement.scrollWidth`); got > width {
				t.Errorf("%s, %d pixels wide: it is %d: %s", path, width, got, widest(t, tab))
			}
		}
	}
	for _, path := range []string{"/", "/tin-tuc/dai/", "/thoa-thuan/", "/su-kien/", "/su-kien/2026/", "/don-vi/mttq-xa-khe-hoa/", "/phoi-hop/ctph-2025-2026/"} {
		do(t, tab, Screen(320, false), Open(origin+path))
		if got := eval[int64](t, tab, `document.documentElement.style.fontSize = "200%", document.scrollingElement.scrollWidth`); got > 320 {
			t.Errorf("%s, 320 pixels wide, with text twice as large: it is %d: %s", path, got, widest(t, tab))
		}
	}
	do(t, tab, Screen(360, false), Open(origin+"/tin-tuc/dai/"))
	if pre := eval[[]int64](t, tab, `(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth])(document.querySelector("pre"))`); pre[0] > pre[1] {
		t.Errorf("a line of code is %d pixels long where %d are to be seen, and the keyboard cannot move it", pre[0], pre[1])
	}
	if apart := eval[float64](t, tab, `(() => {
		const name = document.querySelector(".byline .author a"), comma = document.createRange();
		comma.selectNode(name.parentElement.nextSibling);
		return comma.getBoundingClientRect().top - [...name.getClientRects()].at(-1).bottom;
	})()`); apart > 0 {
		t.Errorf("the comma behind a long name stands %.0f pixels below it", apart)
	}
	do(t, tab, Screen(360, false), Open(origin+"/"))
	eval[any](t, tab, `[...document.querySelectorAll(".block h2 a")].at(-1).textContent = "Chuyên mục"`) // ten sections as they are
	if height := eval[float64](t, tab, `document.documentElement.scrollHeight`); height > 5*740 {
		t.Errorf("with ten sections the home page is %.0f pixels high, want %d at most", height, 5*740)
	}
	eval[any](t, tab, fmt.Sprintf(`document.querySelector(".brand-title").textContent = %q`, longBody))
	if covered := eval[bool](t, tab, `document.querySelector(".site-search svg").getBoundingClientRect().right > document.querySelector(".menu").getBoundingClientRect().left`); covered {
		t.Error("the search lies over the menu")
	}
	if height := eval[float64](t, tab, `document.querySelector(".site-header").getBoundingClientRect().height`); height > 56 {
		t.Errorf("the header is %.0f pixels high, want 56 at most", height)
	}
}

func TestTheCellsOfTheRegisterHoldWhatTheySay(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	for _, width := range []int64{960, 1152, 1280} {
		do(t, tab, Screen(width, false), chromedp.Navigate(s.origin+"/thoa-thuan/"))
		if cut := eval[[]string](t, tab, `[...document.querySelectorAll(".register :is(td, th)")].filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent.trim())`); len(cut) > 0 {
			t.Errorf("%d pixels wide: %q reach beyond their cells", width, cut)
		}
	}
}

func TestTheMarkOfAnItemStandsAtItsFirstLine(t *testing.T) {
	s := demo(t)
	origin := s.other(t, "", map[string]string{"content/tin-tuc/anh.md": fmt.Sprintf(`---
title: Ảnh trong danh sách
date: 1/10/2026
attachments: [{file: /van-ban/ctph-2019-2021.pdf, title: %q}]
---

1. ![Huy hiệu](/emblem.svg "Chú thích trong danh sách")
2. Mục thứ hai
`, longTitle)})
	tab := s.tab(t)
	do(t, tab, Screen(360, false), Open(origin+"/tin-tuc/anh/"))
	// What is aligned with an item's first line stands where its mark does.
	const mark = `[".prose li", ".attachments li"].map((of) => {
		const item = document.querySelector(of), list = item.parentElement;
		list.style.cssText = "display: flex; align-items: baseline";
		list.insertAdjacentHTML("beforeend", "<span>1.</span>");
		return list.lastChild.getBoundingClientRect().top - item.getBoundingClientRect().top;
	})`
	for i, below := range eval[[]float64](t, tab, mark) {
		if below > 12 {
			t.Errorf("the mark of %s stands %.0f pixels below its top", []string{"a picture", "a document"}[i], below)
		}
	}
}

// What stands in a text may be wider than the column, smaller than a line or higher
// than a number has room for.
func TestListsTablesIconsAndTheFirstStoryHaveTheRoomThatTheyNeed(t *testing.T) {
	s := demo(t)
	origin := s.other(t, "", map[string]string{"content/tin-tuc/cho.md": fmt.Sprintf(`---
title: Chỗ cho mọi thứ
date: 1/10/2026
---

Xem ![mới](/nut.svg) này và ![mới](/nut.svg) nữa.

99. Hộ thứ chín mươi chín
100. Hộ thứ một trăm
101. Hộ thứ một trăm linh một

1. Một

998. Chín trăm chín mươi tám
999. Chín trăm chín mươi chín
1000. Một nghìn

| Ảnh | Lời |
|---|---|
| ![Huy hiệu](/emblem.svg) | %s |
| ![mới](/nut.svg) | Lời |
`, longWord), "static/nut.svg": `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"><path d="M0 0h16v16H0z"/></svg>`,
		"content/tin-tuc/ghim.md": "---\ntitle: Tin đứng đầu có ảnh và giờ\ndate: 08:00 20/11/2026\npinned: true\nimage: {file: /emblem.svg, alt: Huy hiệu}\n---\n\nLời.\n"})
	tab := s.tab(t)
	do(t, tab, Screen(640, false), Open(origin+"/"))
	if !eval[bool](t, tab, `document.querySelector(".top .card-picture + .card-text time").textContent.includes("08:00")`) {
		t.Fatal("the first story has no picture with a time beside it")
	}
	doesNotScrollSidewaysWithLargeText(t, visit{tab, Kind{}, origin})
	for _, width := range []int64{320, 1280} {
		do(t, tab, Screen(width, false), Open(origin+"/tin-tuc/cho/"))
		// A number may stand in the margin of the page, and not beyond the screen.
		const room = `[...document.querySelectorAll(".prose ol")].map((list) => {
			const text = document.createElement("span");
			text.textContent = (list.lastElementChild.value || list.start + list.children.length - 1) + ". ";
			text.style.cssText = "position: absolute; white-space: pre";
			list.parentElement.append(text);
			const { width } = text.getBoundingClientRect(), { left } = list.lastElementChild.getBoundingClientRect();
			text.remove();
			return left - width;
		})`
		for i, left := range eval[[]float64](t, tab, room) {
			if left < 0 {
				t.Errorf("%d pixels wide: the numbers of list %d begin %.0f pixels beyond the screen", width, i+1, -left)
			}
		}
		if lines := eval[float64](t, tab, `(() => {
			const p = document.querySelector(".prose p:has(img)");
			return p.getBoundingClientRect().height / parseFloat(getComputedStyle(p).lineHeight);
		})()`); lines > 2.2 {
			t.Errorf("%d pixels wide: a line with two icons is %.1f lines high", width, lines)
		}
		if seen := eval[float64](t, tab, `document.querySelector("td img").getBoundingClientRect().width`); seen < 64 {
			t.Errorf("%d pixels wide: a picture beside a long word is %.0f pixels wide", width, seen)
		}
	}
}
