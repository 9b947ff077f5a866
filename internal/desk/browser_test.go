package desk

import (
	"context"
	"log"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"bantin/internal/browsertest"
	"bantin/internal/build"
	"bantin/internal/preview"
	"bantin/internal/testsize"
	"bantin/static"
	"bantin/templates"
)

// inEach runs a test in each browser.
func inEach(t *testing.T, files map[string]string, test func(*inBrowser)) {
	t.Helper()
	for _, program := range browsertest.Programs() {
		t.Run(program, func(t *testing.T) {
			t.Parallel()
			test(openInBrowser(t, program, files))
		})
	}
}

// inBrowser is a desk beside a running preview, in a browser.
type inBrowser struct {
	*at
	driver  browsertest.Driver
	address string
}

func openInBrowser(t *testing.T, program string, files map[string]string) *inBrowser {
	t.Helper()
	testsize.SkipShort(t, "a browser takes long to start")
	testsize.Program(t, program)
	b := &inBrowser{at: newDesk(t, files)}
	show, err := preview.Listen("127.0.0.1:0", 1)
	if err != nil {
		t.Fatal(err)
	}
	own, err := preview.Listen("127.0.0.1:0", 1)
	if err != nil {
		t.Fatal(err)
	}
	b.desk.opt.Preview = "http://" + show.Addr().String()
	wake, typed := make(chan struct{}, 1), make(chan struct{}, 1)
	b.desk.opt.Wake, b.desk.opt.WakeUnsaved = func() { preview.WakeUp(wake) }, func() { preview.WakeUp(typed) }
	b.address = "http://" + own.Addr().String() + "/"
	output := filepath.Join(b.dir, ".bantin", "serve", "site")
	ctx, stop := context.WithTimeout(context.Background(), 3*time.Minute)
	builder := build.New(build.Options{
		Dir: b.dir, Output: output, Cache: filepath.Join(b.dir, ".bantin", "serve"), Templates: templates.FS, Static: static.FS, Now: b.desk.opt.Now,
		Origin: b.desk.opt.Preview, Drafts: true, Future: true, Volatile: true, Unversioned: true, SaveLater: true, Unsaved: b.desk.Unsaved,
	})
	done, built := make(chan error, 2), make(chan struct{})
	shown := sync.OnceFunc(func() { close(built) })
	go func() {
		done <- preview.Serve(ctx, show, preview.Options{
			Builder: builder, Dir: b.dir, Output: output, Now: wake, Typed: typed, Quiet: b.desk.IsEditing, Lines: b.desk.Lines(),
			Shown: func(report *build.Report, err error) { b.desk.Shown(report, err); shown() },
			Desk:  b.address, DeskPage: func(path string) (string, bool) { return b.desk.Page(b.address, path) },
		})
	}()
	go func() { done <- b.desk.Serve(ctx, own) }()
	// A browser takes the processor from a build that has less right to it.
	select {
	case <-built:
	case <-ctx.Done():
		t.Fatal("the site is not built")
	}
	driver, giveBack := browser(t, program)
	b.driver = driver
	t.Cleanup(func() {
		giveBack()
		stop()
		for range 2 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
	})
	return b
}

// idle are the browsers that tests are done with, by program: one takes longer to
// start than most tests to run.
var idle = struct {
	sync.Mutex
	browsers map[string][]browsertest.Driver
	home     string // their profiles are below it
}{browsers: map[string][]browsertest.Driver{}}

func TestMain(m *testing.M) {
	var err error
	if idle.home, err = os.MkdirTemp("", "desk-"); err != nil {
		log.Fatal(err)
	}
	code := m.Run()
	for _, browsers := range idle.browsers {
		for _, driver := range browsers {
			driver.Close()
		}
	}
	os.RemoveAll(idle.home)
	os.Exit(code)
}

// browser returns a browser that a test has for itself until it calls giveBack, for three
// minutes at most. Another test goes on with it, unless this one failed.
func browser(t *testing.T, program string) (driver browsertest.Driver, giveBack func()) {
	t.Helper()
	idle.Lock()
	if browsers := idle.browsers[program]; len(browsers) > 0 {
		driver = browsers[len(browsers)-1]
		idle.browsers[program] = browsers[:len(browsers)-1]
	}
	idle.Unlock()
	if driver == nil {
		home, err := os.MkdirTemp(idle.home, program)
		if err != nil {
			t.Fatal(err)
		}
		if driver, err = browsertest.Start(context.Background(), program, home); err != nil {
			t.Fatal(err)
		}
	}
	late := time.AfterFunc(3*time.Minute, func() { driver.Close() })
	return driver, func() {
		if !late.Stop() || t.Failed() || driver.Renew() != nil {
			driver.Close()
			return
		}
		idle.Lock()
		defer idle.Unlock()
		idle.browsers[program] = append(idle.browsers[program], driver)
	}
}

func (b *inBrowser) must(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

func (b *inBrowser) eval(expression string) string {
	b.Helper()
	return browsertest.Eval(b.T, b.driver, expression)
}

func (b *inBrowser) until(expression string) {
	b.Helper()
	browsertest.Until(b.T, b.driver, expression)
}

func (b *inBrowser) insert(text string) {
	b.Helper()
	b.must(b.driver.Press(text))
}

// byBackspace types a syllable as UniKey does: letters, then Backspaces and the
// letters that are meant.
func (b *inBrowser) byBackspace() {
	b.Helper()
	for _, step := range []struct {
		back int
		text string
	}{{0, "D"}, {1, "Đ"}, {0, "u"}, {0, "o"}, {0, "n"}, {0, "g"}, {4, "ương"}, {4, "ường"}} {
		b.insert(strings.Repeat(browsertest.Backspace, step.back) + step.text)
	}
}

// byComposition types it as Windows' Telex and phones do.
func (b *inBrowser) byComposition() {
	b.Helper()
	// The page follows between the keys.
	b.must(b.driver.Compose([]string{"D", "Đ", "Đu", "Đuo", "Đuon", "Đương", "Đường"}, 60*time.Millisecond))
}

func TestVietnameseIsTypedAsItIsMeant(t *testing.T) {
	inEach(t, map[string]string{"content/tin-tuc/a.md": "---\ntitle: Bài\ndate: 1/2/2026\n---\n"}, typeVietnamese)
}

func typeVietnamese(b *inBrowser) {
	b.must(b.driver.Navigate(b.address + "#/sua/tin-tuc/a.md"))
	b.until(`!!document.querySelector("[data-key=lead]") && !!document.querySelector(".editor").shadowRoot.querySelector(".cm-content")`)
	b.eval(`document.querySelector(".editor").shadowRoot.querySelector(".cm-content").focus()`)
	for _, way := range []func(){b.byBackspace, b.byComposition} {
		for _, opening := range []string{"- ", "> ", "[", "| a "} {
			b.insert(opening)
			way()
			b.insert(" quê ")
			way()
			b.insert(browsertest.Enter + browsertest.Enter)
		}
	}
	b.insert("Hết.")
	want := strings.Repeat("- Đường quê Đường\n> Đường quê Đường\n[Đường quê Đường\n\n| a Đường quê Đường\n\n", 2) + "Hết."
	b.until(`document.querySelector(".status").textContent.startsWith("Chưa lưu; đã giữ")`)
	if got := string(b.desk.Unsaved()["content/tin-tuc/a.md"]); !strings.HasSuffix(got, "---\n"+want) {
		b.Errorf("the text is\n%s\nwant\n%s", got, want)
	}
	for _, key := range []string{"title", "lead", "organization", "date"} {
		field := `document.querySelector('[data-key="` + key + `"]').querySelector("input, textarea")`
		b.eval(field + `.focus(), ` + field + `.select()`)
		b.byBackspace()
		b.insert(" và ")
		b.byComposition()
		if got := b.eval(field + `.value`); got != "Đường và Đường" {
			b.Errorf("%s is %q", key, got)
		}
	}
	b.until(`document.querySelector("iframe") !== null`)
}

// TestAScriptInAnyFieldIsShownAsItIsWritten opens an article that has one in every
// value, in the list, the form, its problems, the text and the files.
func TestAScriptInAnyFieldIsShownAsItIsWritten(t *testing.T) {
	script := `<img src=x onerror="document.title=1"><script>document.title=1</script>`
	v := "'" + script + "'"
	front := "---\ntitle: " + v + "\ndate: " + v + "\nlead: " + v + "\nauthor: [" + v + "]\norganization: " + v + "\ntags: [" + v + "]\nid: " + v + "\nslug: " + v + "\naliases: [" + v + "]\nimage: {file: " + v + ", alt: " + v + "}\n" +
		"gallery: [{file: a.png, alt: " + v + ", caption: " + v + ", credit: " + v + "}]\nattachments: [{file: " + v + ", title: " + v + "}]\ncorrections: [{date: " + v + ", text: " + v + "}]\n" +
		"event: {start: " + v + ", location: " + v + ", address: " + v + ", organizer: " + v + ", url: " + v + ", status: " + v + "}\nagreement: {parties: [" + v + "], title: " + v + ", number: " + v + ", signed: " + v + ", document: " + v + ", status: " + v + "}\n" +
		v + ": " + v + "\nextra: {a: " + v + "}\n---\n\n" + script + "\n"
	b := openInBrowser(t, "chromium", map[string]string{"content/tin-tuc/x/index.md": front, "content/tin-tuc/x/a.png": string(picturePNG()), "content/tin-tuc/x/<img src=x onerror=1>.png": string(picturePNG()), "content/tin-tuc/a.md": sample})
	for _, at := range []string{"", "#/sua/tin-tuc/x/index.md", "#/sua/tin-tuc/a.md"} {
		b.must(b.driver.Navigate("about:blank"))
		b.must(b.driver.Navigate(b.address + at))
		b.until(`document.body.innerText.length > 200 && (!!document.querySelector(".articles li") || !!document.querySelector("[data-key=title]"))`)
		b.eval(`document.querySelectorAll("details").forEach((d) => { d.open = true; })`)
		b.until(`document.querySelectorAll("details:not([open])").length === 0`)
		if got := b.eval(`document.querySelectorAll("img[src=x], body script").length + " " + (document.title === "1")`); got != "0 false" {
			t.Errorf("%q: a script came alive: %s", at, got)
		}
	}
	b.eval(`document.querySelector(".t-link").click()`)
	b.until(`!!document.querySelector("#link-to")`)
	b.insert("img")
	if got := b.eval(`document.querySelectorAll("img[src=x]").length`); got != "0" {
		t.Error("a script came alive in the search for links")
	}
}

func TestTheTruePageFollowsWhatIsTyped(t *testing.T) {
	b := openInBrowser(t, "chromium", map[string]string{"content/tin-tuc/a.md": "---\ntitle: Bài\ndate: 1/2/2026\n---\n\nCũ.\n", "content/tin-tuc/x.md": "---\ntitle: \"<img src=x onerror=document.title=1><script>document.title=1</script>\"\ndate: 1/2/2026\n---\n"})
	b.must(b.driver.Navigate(b.address))
	b.until(`document.querySelectorAll(".articles li").length >= 2`)
	if got := b.eval(`document.querySelectorAll(".articles img, .articles script").length + document.title`); !strings.HasPrefix(got, "0Bàn biên tập") {
		t.Errorf("a script in a title: %s", got)
	}
	b.must(b.driver.Navigate(b.address + "#/sua/tin-tuc/a.md"))
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
