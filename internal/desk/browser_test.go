package desk

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"bantin/internal/browsertest"
	"bantin/internal/build"
	"bantin/internal/preview"
	"bantin/static"
	"bantin/templates"
)

// inBrowser is a desk beside a running preview, in Chromium.
type inBrowser struct {
	*at
	tab     context.Context
	address string
}

func openInBrowser(t *testing.T, files map[string]string) *inBrowser {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes long to start")
	}
	if _, err := exec.LookPath("chromium"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	b := &inBrowser{at: newDesk(t, files)}
	show, err := preview.Listen("127.0.0.1:0", 1)
	if err != nil {
		t.Fatal(err)
	}
	own, err := preview.Listen("127.0.0.1:0", 1)
	if err != nil {
		t.Fatal(err)
	}
	wake := make(chan struct{}, 1)
	b.desk.opt.Preview = "http://" + show.Addr().String()
	b.desk.opt.Wake = func() {
		select {
		case wake <- struct{}{}:
		default:
		}
	}
	b.address = "http://" + own.Addr().String() + "/"
	output := filepath.Join(b.dir, ".bantin", "serve", "site")
	ctx, stop := context.WithTimeout(context.Background(), 3*time.Minute)
	builder := build.New(build.Options{
		Dir: b.dir, Output: output, Cache: filepath.Join(b.dir, ".bantin", "serve"), Templates: templates.FS, Static: static.FS, Now: b.desk.opt.Now,
		Origin: b.desk.opt.Preview, Drafts: true, Future: true, Volatile: true, Unversioned: true, SaveLater: true, Unsaved: b.desk.Unsaved,
	})
	done := make(chan error, 2)
	go func() {
		done <- preview.Serve(ctx, show, preview.Options{
			Builder: builder, Dir: b.dir, Output: output, Now: wake, Shown: b.desk.Shown, Quiet: b.desk.IsEditing, Lines: b.desk.Lines(),
			Desk: b.address, DeskPage: func(path string) (string, bool) { return b.desk.Page(b.address, path) },
		})
	}()
	go func() { done <- b.desk.Serve(ctx, own) }()
	browser, stopBrowser, err := browsertest.Launch(ctx)
	if err != nil {
		t.Fatal(err)
	}
	b.tab = browser
	t.Cleanup(func() {
		stopBrowser()
		stop()
		for range 2 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
	})
	return b
}

func (b *inBrowser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.tab, steps...); err != nil {
		b.Fatal(err)
	}
}

func (b *inBrowser) eval(expression string) string {
	b.Helper()
	v, err := chromedp.Run(b.tab, chromedp.Evaluate[string]("String("+expression+")"))
	if err != nil {
		b.Fatalf("%s: %v", expression, err)
	}
	return v
}

// until waits until an expression of JavaScript is true.
func (b *inBrowser) until(expression string) {
	b.Helper()
	for end := time.Now().Add(40 * time.Second); ; {
		if b.eval(expression) == "true" {
			return
		}
		if time.Now().After(end) {
			b.Fatalf("never: %s\n%s", expression, b.eval("document.body.innerText"))
		}
		select {
		case <-b.tab.Done():
			b.Fatal(b.tab.Err())
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func (b *inBrowser) insert(text string) {
	b.Helper()
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, input.InsertText, input.InsertTextParams{Text: text})
		return err
	}))
}

// enter presses Enter as a keyboard does: one event, whose character is not
// typed if the page takes the key.
func (b *inBrowser) enter() {
	b.Helper()
	for _, kind := range []input.DispatchKeyEventType{"keyDown", "keyUp"} {
		key := input.DispatchKeyEventParams{Type: kind, Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: 13}
		if kind == "keyDown" {
			key.Text = "\r"
		}
		b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			_, err := cdp.Call(ctx, t, input.DispatchKeyEvent, key)
			return err
		}))
	}
}

// byBackspace types a syllable as UniKey does: letters, then Backspaces and the
// letters that are meant.
func (b *inBrowser) byBackspace() {
	b.Helper()
	for _, step := range []struct {
		back int
		text string
	}{{0, "D"}, {1, "Đ"}, {0, "u"}, {0, "o"}, {0, "n"}, {0, "g"}, {4, "ương"}, {4, "ường"}} {
		b.do(chromedp.KeyEvent(strings.Repeat("\b", step.back)))
		b.insert(step.text)
	}
}

// byComposition types it as Windows' Telex and phones do.
func (b *inBrowser) byComposition() {
	b.Helper()
	for _, text := range []string{"D", "Đ", "Đu", "Đuo", "Đuon", "Đương", "Đường"} {
		b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			n := int64(len([]rune(text)))
			_, err := cdp.Call(ctx, t, input.ImeSetComposition, input.ImeSetCompositionParams{Text: text, SelectionStart: n, SelectionEnd: n})
			return err
		}))
		time.Sleep(60 * time.Millisecond) // between keys; the page follows meanwhile
	}
	b.insert("Đường")
}

func TestVietnameseIsTypedAsItIsMeant(t *testing.T) {
	b := openInBrowser(t, map[string]string{"content/tin-tuc/a.md": "---\ntitle: Bài\ndate: 1/2/2026\n---\n"})
	b.do(chromedp.Navigate(b.address + "#/sua/tin-tuc/a.md"))
	b.until(`!!document.querySelector("[data-key=lead]") && !!document.querySelector(".editor").shadowRoot.querySelector(".cm-content")`)
	b.eval(`document.querySelector(".editor").shadowRoot.querySelector(".cm-content").focus()`)
	for _, way := range []func(){b.byBackspace, b.byComposition} {
		for _, opening := range []string{"- ", "> ", "[", "| a "} {
			b.insert(opening)
			way()
			b.insert(" quê ")
			way()
			b.enter()
			b.enter()
		}
	}
	b.insert("Hết.")
	want := strings.Repeat("- Đường quê Đường\n> Đường quê Đường\n[Đường quê Đường\n\n| a Đường quê Đường\n\n", 2) + "Hết."
	b.until(`document.querySelector(".status").textContent.startsWith("Chưa lưu; đã giữ")`)
	if got := string(b.desk.Unsaved()["content/tin-tuc/a.md"]); !strings.HasSuffix(got, "---\n"+want) {
		t.Errorf("the text is\n%s\nwant\n%s", got, want)
	}
	for _, key := range []string{"title", "lead", "organization", "date"} {
		field := `document.querySelector('[data-key="` + key + `"]').querySelector("input, textarea")`
		b.eval(field + `.focus(), ` + field + `.select()`)
		b.byBackspace()
		b.insert(" và ")
		b.byComposition()
		if got := b.eval(field + `.value`); got != "Đường và Đường" {
			t.Errorf("%s is %q", key, got)
		}
	}
	b.until(`document.querySelector("iframe") !== null`)
}

func TestTheTruePageFollowsWhatIsTyped(t *testing.T) {
	b := openInBrowser(t, map[string]string{"content/tin-tuc/a.md": "---\ntitle: Bài\ndate: 1/2/2026\n---\n\nCũ.\n", "content/tin-tuc/x.md": "---\ntitle: \"<img src=x onerror=document.title=1><script>document.title=1</script>\"\ndate: 1/2/2026\n---\n"})
	b.do(chromedp.Navigate(b.address))
	b.until(`document.querySelectorAll(".articles li").length >= 2`)
	if got := b.eval(`document.querySelectorAll(".articles img, .articles script").length + document.title`); !strings.HasPrefix(got, "0Bàn biên tập") {
		t.Errorf("a script in a title: %s", got)
	}
	b.do(chromedp.Navigate(b.address + "#/sua/tin-tuc/a.md"))
	b.until(`!!document.querySelector("[data-key=lead]")`)
	b.eval(`document.querySelector(".editor").shadowRoot.querySelector(".cm-content").focus()`)
	b.insert("Đang viết. ")
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		page, _ := os.ReadFile(filepath.Join(b.dir, ".bantin/serve/site/tin-tuc/a/index.html"))
		if strings.Contains(string(page), "Đang viết.") {
			break
		}
		if time.Now().After(end) {
			t.Fatal("the page does not follow")
		}
	}
	if strings.Contains(b.read("content/tin-tuc/a.md"), "Đang viết.") {
		t.Error("it was saved")
	}
}
