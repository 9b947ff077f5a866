package preview

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"bantin/internal/browsertest"
	"bantin/internal/testsize"
)

// browser is a page in Chromium, without a window.
type browser struct {
	testing.TB
	ctx context.Context
}

// openBrowser starts Chromium until the test ends.
func openBrowser(t testing.TB) *browser {
	t.Helper()
	testsize.Program(t, "chromium")
	limit, cancel := context.WithTimeout(context.Background(), 3*deadline)
	t.Cleanup(cancel)
	ctx, stop, err := browsertest.Launch(limit)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	return &browser{t, ctx}
}

// open shows a page.
func (b *browser) open(url string) {
	b.Helper()
	if err := chromedp.Do(b.ctx, chromedp.Navigate(url)); err != nil {
		b.Fatal(err)
	}
}

// do evaluates an expression of JavaScript.
func (b *browser) do(expression string) {
	b.Helper()
	if err := chromedp.Do(b.ctx, chromedp.Evaluate[chromedp.Void](expression)); err != nil {
		b.Fatalf("%s: %v", expression, err)
	}
}

// waitFor waits until an expression of JavaScript is true. It waits anew when
// the page is loaded again, which chromedp takes for an error.
func (b *browser) waitFor(expression string) {
	b.Helper()
	safe := "(() => { try { return " + expression + " } catch { return false } })()"
	for end := time.Now().Add(deadline); ; {
		err := chromedp.Do(b.ctx, chromedp.Poll[chromedp.Void](safe, chromedp.WithPollingTimeout(deadline)))
		if err == nil {
			return
		}
		if time.Now().After(end) || b.ctx.Err() != nil {
			b.Fatalf("%s: %v", expression, err)
		}
	}
}

// overlayText is the text of the overlay that is open, in JavaScript.
const overlayText = `document.querySelector("bantin-preview").shadowRoot.querySelector("details[open]").innerText`

// text returns an expression that tells whether the page holds a text.
func text(s string) string { return fmt.Sprintf("document.body.innerText.includes(%q)", s) }

// mark leaves a trace in the page that goes when it is loaded again.
func (b *browser) mark() { b.do("window.marked = true") }

func TestAnOpenPageFollowsItsSources(t *testing.T) {
	const name = "content/tin-tuc/bai-dau.md"
	long := strings.Repeat("Một đoạn văn.\n\n", 200)
	files := smallSite()
	files[name] = article("Bài đầu", long+"Lúc đầu.")
	files["static/style.css"] = "body { color: rgb(1, 2, 3) }\n"
	d := openDesk(t, files)
	b := openBrowser(t)
	b.open(d.address + "/tin-tuc/bai-dau/")
	b.waitFor(text("Lúc đầu."))

	t.Log("the text changes: the page is loaded again, where it was")
	b.mark()
	b.do("scrollTo(0, 1234)")
	d.write(name, article("Bài đầu", long+"Đã sửa."))
	b.waitFor(text("Đã sửa.") + " && !window.marked && scrollY === 1234")

	t.Log("a style sheet changes: the page is not loaded again")
	b.mark()
	d.write("static/style.css", "body { color: rgb(4, 5, 6) }\n")
	b.waitFor(`getComputedStyle(document.body).color === "rgb(4, 5, 6)" && document.querySelectorAll("link[rel=stylesheet]").length === 1`)
	b.waitFor("window.marked && scrollY === 1234")

	t.Log("a mistake: it is listed over the page, which can still be read")
	d.write(name, "---\ntitle: Đức Thọ: <img src=x onerror=\"document.title='hỏng'\">\ndate: 1/2/2026\n---\n")
	b.waitFor(overlayText + `.includes("content/tin-tuc/bai-dau.md:2:8")`)
	b.waitFor(overlayText + `.includes("2 | title: Đức Thọ: <img src=x")`)
	b.waitFor("window.marked && scrollY === 1234 && " + text("Đã sửa."))
	b.waitFor(`getComputedStyle(document.querySelector("bantin-preview")).position === "fixed"`)
	b.waitFor(`document.title !== "hỏng" && !document.querySelector("bantin-preview").shadowRoot.querySelector("img")`)

	t.Log("it is mended as it was: the list goes, the page stays")
	d.write(name, article("Bài đầu", long+"Đã sửa."))
	b.waitFor(`!document.querySelector("bantin-preview") && window.marked`)

	t.Log("it is mended otherwise: the page follows")
	d.write(name, "---\ntitle: Đức Thọ: Hỏng\ndate: 1/2/2026\n---\n")
	b.waitFor(overlayText + `.includes("bai-dau.md:2:8")`)
	d.write(name, article("Bài đầu", long+"Sửa xong."))
	b.waitFor(`!document.querySelector("bantin-preview") && ` + text("Sửa xong."))
}

func TestAnOpenPageAppearsWhenTheSiteIsFirstBuilt(t *testing.T) {
	files := smallSite()
	settings := files["site.yaml"]
	files["site.yaml"] = brokenSettings
	d := openDesk(t, files)
	b := openBrowser(t)
	b.open(d.address + "/tin-tuc/bai-dau/")
	b.waitFor(overlayText + `.includes("site.yaml:1:8")`)
	d.write("site.yaml", settings)
	b.waitFor(`!document.querySelector("bantin-preview") && ` + text("Bài đầu tiên."))
}

// A hint is copied by the mouse and by the keyboard, under the policy of a site
// that allows nothing but its own files.
func TestAHintIsCopiedFromTheOverlay(t *testing.T) {
	files := smallSite()
	d := openDesk(t, files)
	b := openBrowser(t)
	b.open(d.address + "/tin-tuc/bai-dau/")
	b.waitFor(text("Bài đầu tiên."))
	// What would be copied is kept, for a browser without a window has no clipboard.
	b.do(`Object.defineProperty(navigator, "clipboard", { value: { writeText: async (s) => { window.copied = s } } })`)
	d.write("content/tin-tuc/bai-dau.md", "---\ntitle: Đức Thọ: Ký kết\ndate: 1/2/2026\n---\n")
	const button = `document.querySelector("bantin-preview").shadowRoot.querySelector("button.copy")`
	b.waitFor(button + `.textContent === "Chép"`)
	b.do(button + ".focus()")
	b.waitFor(`document.querySelector("bantin-preview").shadowRoot.activeElement.matches("button.copy:focus-visible, button.copy")`)
	if err := chromedp.Do(b.ctx, chromedp.KeyEvent("\r")); err != nil {
		t.Fatal(err)
	}
	b.waitFor(`window.copied === 'title: "Đức Thọ: Ký kết"'`)
	b.waitFor(button + `.textContent === "Đã chép"`)
	b.waitFor(button + `.textContent === "Chép"`)
	b.do("window.copied = null")
	b.do(button + ".click()")
	b.waitFor(`window.copied === 'title: "Đức Thọ: Ký kết"'`)
}
