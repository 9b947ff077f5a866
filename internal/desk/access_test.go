package desk

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"bantin/internal/browsertest"
	"bantin/internal/build"
	"bantin/internal/edits"
	"bantin/internal/testsize"
)

// odd is an article with something in each part of the form, and with problems.
const odd = "---\ntitle: Bài có đủ mọi thứ\ndate: 1/2/2026\nlead: Lời dẫn\nauthor: [Lê Mai, Trần Ba]\ntags: [a, b]\nimage: {file: a.png, alt: \"\"}\ngallery:\n  - {file: a.png, alt: x}\nattachments: [to-trinh.pdf]\ncorrections: [{date: 2/2/2026, text: x}]\nevent:\n  start: 31/11/2026\n  status: hoãn\nagreement:\n  parties: [A, B]\n  signed: 1/2/2026\nla: lạ\nextra: {a: 1}\n---\n\n## Đề mục\n\n•  Chữ [liên kết](x.md) và *nghiêng*.\n"

// TestTheDeskIsForEverybody looks at each part of the desk with axe, at the width of
// a phone and of a screen, light and dark; nothing runs over the side.
func TestTheDeskIsForEverybody(t *testing.T) {
	axe, err := os.ReadFile("../browsertest/node_modules/axe-core/axe.min.js")
	testsize.Need(t, err)
	files := map[string]string{"content/tin-tuc/a/index.md": odd, "content/tin-tuc/a/a.png": string(picturePNG()), "content/tin-tuc/a/thua.png": string(picturePNG()), "content/tin-tuc/b.md": sample}
	inEach(t, files, func(b *inBrowser) { b.isForEverybody(strings.TrimSuffix(strings.TrimSpace(string(axe)), ";")) })
}

func (b *inBrowser) isForEverybody(axe string) {
	_, isFirefox := b.driver.(*browsertest.Firefox)
	b.desk.opt.Plan = func(context.Context, map[string][]byte) (*build.Report, error) {
		return &build.Report{Written: []string{"tin-tuc/a/index.html", "rss.xml"}, Deleted: []string{"x.html"}}, nil
	}
	if _, err := b.desk.journal.Do("Lưu: b", func(c *edits.Change) error { return c.Remove("content/tin-tuc/b.md") }); err != nil {
		b.Fatal(err)
	}
	look := func(what string) {
		b.Helper()
		for _, width := range []int{1280, 360} {
			b.must(b.driver.Resize(width, 800))
			if over := b.eval(`Math.max(0, document.scrollingElement.scrollWidth - innerWidth)`); over != "0" {
				b.Errorf("%s at %d px: %s px run over the side", what, width, over)
			}
			for _, dark := range []bool{false, true} {
				if os.Getenv("BANTIN_SHOTS") == "" && dark != (width > 360) { // each is seen once
					continue
				}
				b.must(b.driver.Dark(dark))
				b.eval(`typeof axe === "object" ? 0 : (` + axe + `)`)
				found := b.eval(`axe.run(document, { iframes: false, rules: { "target-size": { enabled: ` + fmt.Sprint(what != "menu") + ` } }, // an open menu lies over what is below it
					 resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })
					.then((r) => r.violations.map((v) => v.id + ": " + v.help + v.nodes.slice(0, 3).map((n) => "\n  " + n.html.slice(0, 200) + "\n  " + n.failureSummary).join("")).join("\n"))`)
				if found != "" {
					b.Errorf("%s at %d px, dark %v: %s", what, width, dark, found)
				}
				if folder := os.Getenv("BANTIN_SHOTS"); folder != "" && !isFirefox { // to look at by eye
					shot, err := b.driver.Screenshot()
					b.must(err)
					b.must(os.WriteFile(filepath.Join(folder, fmt.Sprintf("%s-%d-%v.png", what, width, dark)), shot, 0o666))
				}
			}
		}
	}
	b.must(b.driver.Navigate(b.address))
	b.until(`document.querySelectorAll(".articles li").length >= 2 && !!document.querySelector("details.notice")`)
	b.eval(`document.querySelector("details.notice").open = true`)
	look("list")
	b.eval(`[...document.querySelectorAll("button")].find((x) => x.innerText === "Bài mới").click()`)
	b.until(`!!document.querySelector("dialog[open]")`)
	look("new")
	b.must(b.driver.Navigate(b.address + "#/viec"))
	b.must(b.driver.Navigate("about:blank"))
	b.must(b.driver.Navigate(b.address + "#/viec"))
	b.until(`document.querySelectorAll(".articles li").length === 1`)
	look("history")
	b.must(b.driver.Navigate("about:blank"))
	b.must(b.driver.Navigate(b.address + "#/sua/tin-tuc/a/index.md"))
	b.until(`!!document.querySelector(".field-problems button") && document.querySelectorAll(".filelist li").length === 2`)
	b.eval(`document.querySelectorAll("details").forEach((d) => { if (!d.matches(".menu")) d.open = true; })`)
	look("article")
	b.eval(`document.querySelector(".tabs button").click()`) // on a phone, the form stands behind it
	look("form")
	b.eval(`document.querySelector(".menu").open = true`)
	look("menu")
	b.eval(`document.querySelector(".menu").open = false`)
	b.eval(`document.querySelector(".t-table").click()`)
	b.until(`!!document.querySelector("dialog[open]")`)
	look("table")
	b.must(b.driver.Press(browsertest.Escape))
	b.until(`!document.querySelector("dialog")`)
}

// TestTheKeyboardAloneIsEnough goes through the desk with Tab: everything that takes
// a click is reached, nothing holds the focus, a dialog gives it back.
func TestTheKeyboardAloneIsEnough(t *testing.T) {
	b := openInBrowser(t, "chromium", map[string]string{"content/tin-tuc/a/index.md": odd, "content/tin-tuc/a/a.png": string(picturePNG()), "content/tin-tuc/b.md": sample})
	through := func(what string, tabs int) {
		t.Helper()
		b.eval(`(() => {
			window.reached = new Set();
			document.addEventListener("focusin", (e) => window.reached.add(e.target));
		})()`)
		b.must(b.driver.Press(strings.Repeat(browsertest.Tab, tabs)))
		left := b.eval(`[...document.querySelectorAll("a[href], button, input, select, textarea, summary, iframe, .editor")]
			.filter((e) => e.checkVisibility() && e.getClientRects().length && !e.disabled && e.tabIndex >= -(e.matches(".editor") ? 1 : 0) && !(e.type === "radio" && !e.checked) && !window.reached.has(e))
			.map((e) => e.outerHTML.slice(0, 120)).join("\n")`)
		if left != "" {
			t.Errorf("%s: never reached by Tab:\n%s", what, left)
		}
	}
	b.must(b.driver.Navigate(b.address))
	b.until(`document.querySelectorAll(".articles li").length >= 2`)
	through("list", 30)
	b.eval(`[...document.querySelectorAll("button")].find((x) => x.innerText === "Bài mới").focus()`)
	b.must(b.driver.Press(browsertest.Enter))
	b.until(`document.activeElement.id === "n-title"`)
	b.must(b.driver.Press(browsertest.Escape))
	b.until(`!document.querySelector("dialog") && document.activeElement.innerText === "Bài mới"`)
	b.must(b.driver.Navigate("about:blank"))
	b.must(b.driver.Navigate(b.address + "#/sua/tin-tuc/a/index.md"))
	b.until(`!!document.querySelector(".field-problems button")`)
	b.eval(`document.querySelectorAll("details").forEach((d) => { if (!d.matches(".menu")) d.open = true; })`)
	through("article", 160)
	// A syllable at the keyboard, saved by it.
	b.eval(`document.querySelector(".editor").shadowRoot.querySelector(".cm-content").focus()`)
	b.must(b.driver.Press("Gõ bằng bàn phím. "))
	b.must(b.driver.Press(browsertest.Control + "s"))
	b.until(`document.querySelector(".status").textContent === "Đã lưu"`)
	if text := b.read("content/tin-tuc/a/index.md"); !strings.Contains(text, "Gõ bằng bàn phím.") {
		t.Errorf("saved is %s", text)
	}
	// The way back and on again: the heading of what comes takes the focus.
	for _, place := range []string{"#/", "#/sua/tin-tuc/b.md", "#/viec"} {
		b.eval("location.hash = " + strconv.Quote(place))
		b.until(`document.activeElement.matches("h1") && document.activeElement.closest(".edit") !== null === ` + strconv.FormatBool(strings.Contains(place, "sua")))
	}
}

// TestTheFocusStaysWhereSomebodyWorks removes and moves what lists have, mends what is
// told, and has files taken; the keyboard goes on at the same place.
func TestTheFocusStaysWhereSomebodyWorks(t *testing.T) {
	front := "---\ntitle: Bài\ndate: 1/2/2026\ntags: [a, b]\ncorrections:\n  - {date: 1/2/2026, text: x}\n  - {date: 2/2/2026, text: y}\n  - {date: 3/2/2026, text: z}\nevent: {start: 2026-02-30T08:00}\n---\n\nChữ.\n"
	inEach(t, map[string]string{"content/tin-tuc/a.md": front}, func(b *inBrowser) {
		b.opens("tin-tuc/a.md")
		b.eval(`document.querySelectorAll(".formpane details").forEach((d) => { d.open = true; })`)
		unnamed := b.eval(`[...document.querySelectorAll(".formpane [aria-label]")].map((x) => x.getAttribute("aria-label")).filter((name) => /\w\.\w/.test(name)).join()`)
		if unnamed != "" {
			b.Errorf("named for a voice by their keys: %s", unnamed)
		}
		press := func(key, label string, n int) string {
			b.Helper()
			return b.eval(`(() => {
				const all = () => [...document.querySelectorAll('[data-key="` + key + `"] button')];
				const button = all().filter((x) => (x.getAttribute("aria-label") ?? x.innerText).startsWith("` + label + `"))[` + string(rune('0'+n)) + `];
				button.focus();
				button.click();
				const at = document.activeElement;
				const block = at.closest("li");
				return (block ? [...block.parentElement.children].indexOf(block) + " " : "") + (at.getAttribute("aria-label") ?? at.innerText);
			})()`)
		}
		for _, tt := range []struct {
			key, label string
			n          int
			want       string
		}{
			{"tags", "Bỏ", 1, "Thẻ 1"}, {"tags", "Bỏ", 0, "Thêm"},
			{"corrections", "Xuống", 0, "1 Xuống"}, {"corrections", "Xuống", 1, "2 Lên"}, {"corrections", "Lên", 2, "1 Lên"}, {"corrections", "Lên", 1, "0 Xuống"},
			{"corrections", "Bỏ", 1, "1 Bỏ"}, {"corrections", "Bỏ", 1, "0 Bỏ"}, {"corrections", "Bỏ", 0, "Thêm"},
		} {
			if got := press(tt.key, tt.label, tt.n); got != tt.want {
				b.Errorf("%s %d of %s leads to %q, want %q", tt.label, tt.n, tt.key, got, tt.want)
			}
		}
		// A group that was opened by hand stays open when the form is drawn again.
		b.eval(`document.querySelector("[data-group=agreement]").open = true`)
		b.write("content/tin-tuc/a.md", strings.Replace(front, "Bài", "Khác", 1))
		b.click("Lưu")
		b.click("Gộp theo lựa chọn")
		b.until(`document.querySelector("[data-key=title] input").value === "Khác"`)
		if got := b.eval(`document.querySelector("[data-group=agreement]").open + " " + document.activeElement.className`); got != "true editor" {
			b.Errorf("open, and the focus: %s", got)
		}
	})
}
