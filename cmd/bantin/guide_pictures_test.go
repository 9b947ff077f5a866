package main

import (
	"bufio"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"bantin/internal/testsize"
)

// TestThePicturesOfTheGuideCanBeTaken goes the way of the guide in a browser: a
// new site, its preview, a mistake. With -update it writes docs/images/.
func TestThePicturesOfTheGuideCanBeTaken(t *testing.T) {
	testsize.SkipShort(t, "a browser takes long to start")
	program := testsize.Program(t, "chromium")
	dir := filepath.Join(t.TempDir(), "xa-khe-hoa")
	if code, _, stderr := command(t, "init", dir); code != exitFine {
		t.Fatal(stderr)
	}
	address := serveSite(t, dir)
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	ctx, stop = chromedp.NewExecAllocator(ctx, append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.UserDataDir(t.TempDir()))...)
	defer stop()
	ctx, stop = chromedp.NewContext(ctx)
	defer stop()

	picture := func(name string) {
		t.Helper()
		shot := take(t, ctx, chromedp.CaptureScreenshot())
		if len(shot) < 1000 {
			t.Errorf("the picture %s has %d bytes", name, len(shot))
		}
		if *update {
			if err := os.WriteFile(filepath.Join("../../docs/images", name), shot, 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	take(t, ctx, chromedp.EmulateViewport(1000, 700))
	take(t, ctx, chromedp.Navigate(address))
	take(t, ctx, waitFor(`document.body.innerText.includes("Khê Hòa: Trang tin mới chào bạn đọc") && [...document.images].every((i) => i.complete)`))
	take(t, ctx, chromedp.Evaluate[chromedp.Void](`Promise.all([...document.images].map((image) => {
		image.loading = "eager";
		return image.decode();
	})).then(() => {})`, chromedp.EvalAwaitPromise))
	picture("trang-chu.png")

	name := filepath.Join(dir, "content", "tin-tuc", "ky-ket.md")
	mistake := "---\ntitle: Đức Thọ: Ký kết chương trình\ndate: 11/3/2020\n---\nHai bên đã ký.\n"
	if err := os.WriteFile(name, []byte(mistake), 0o666); err != nil {
		t.Fatal(err)
	}
	take(t, ctx, waitFor(`document.querySelector("bantin-preview").shadowRoot.querySelector("details[open]").innerText.includes("content/tin-tuc/ky-ket.md:2:8")`))
	picture("loi.png")
}

// take does one step in the browser.
func take[T any](t *testing.T, ctx context.Context, step chromedp.Action[T]) T {
	t.Helper()
	result, err := chromedp.Run(ctx, step)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// waitFor waits until an expression of JavaScript is true.
func waitFor(expression string) chromedp.Action[chromedp.Void] {
	return chromedp.Poll[chromedp.Void]("(() => { try { return "+expression+" } catch { return false } })()",
		chromedp.WithPollingTimeout(20*time.Second))
}

// serveSite serves the site in dir until the test ends, and returns its address.
func serveSite(t *testing.T, dir string) (address string) {
	t.Helper()
	read, write := io.Pipe()
	e := &env{stdout: write, stderr: write, getenv: func(string) string { return "" }}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		run(ctx, e, []string{"serve", "-s", dir, "--addr", "127.0.0.1:0"})
		write.Close()
	}()
	t.Cleanup(func() { cancel(); <-ended })
	lines := bufio.NewScanner(read)
	for lines.Scan() {
		if _, rest, ok := strings.Cut(lines.Text(), "trang xem trước: "); ok {
			address, _, _ = strings.Cut(rest, "  ")
			go io.Copy(io.Discard, read)
			return address
		}
	}
	t.Fatal("serve ended")
	return ""
}
