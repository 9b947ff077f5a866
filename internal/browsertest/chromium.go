// Package browsertest shows the demo site to Debian's Chromium, for the tests
// of the pages and for their pictures. It owns how a browser is started and
// how a built site is served on this machine; it knows the site by its output
// alone. The tests prove what a citizen meets: keyboard, screen reader, small
// screens, print, no JavaScript, a strict policy, a counter that misbehaves.
//
// package.json names what some tests need beside Chromium and Java; npm ci in
// this folder installs it.
package browsertest

import (
	"context"
	"fmt"
	"os/exec"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// Launch starts a browser, which ends with the context that it returns or
// when stop is called.
func Launch(ctx context.Context) (browser context.Context, stop context.CancelFunc, err error) {
	return launch(ctx, "chromium")
}

// windowless returns the program of Debian's Chromium that has no windows, where that is
// installed: it shows pages by the same engine for a third of the processor, but only one
// at a time as somebody sees it.
func windowless() string {
	const name = "chromium-headless-shell"
	if _, err := exec.LookPath(name); err != nil {
		return "chromium"
	}
	return name
}

func launch(ctx context.Context, program string) (browser context.Context, stop context.CancelFunc, err error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program),
		chromedp.NoSandbox, // in a container, root has no sandbox
		chromedp.Flag("lang", "vi"),
	)
	allocator, stopAllocator := chromedp.NewExecAllocator(ctx, options...)
	browser, stopBrowser := chromedp.NewContext(allocator)
	stop = func() {
		stopBrowser()
		stopAllocator()
	}
	if err := chromedp.Do(browser); err != nil {
		stop()
		return nil, nil, fmt.Errorf("start Chromium: %w", err)
	}
	return browser, stop, nil
}

// Screen makes the browser one of a width in CSS pixels, light or dark.
func Screen(width int64, dark bool) chromedp.Action[chromedp.Void] {
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	return chromedp.Steps(
		chromedp.EmulateViewport(width, 800),
		Media("", "prefers-color-scheme", scheme),
	)
}

// Open shows a page with all its pictures, those that wait for a reader to
// scroll as well.
func Open(url string) chromedp.Action[chromedp.Void] {
	return chromedp.Steps(chromedp.Navigate(url), chromedp.Evaluate[chromedp.Void](`Promise.all([...document.images].map((image) => {
		image.loading = "eager";
		return image.decode();
	})).then(() => {})`, chromedp.EvalAwaitPromise))
}

// Media makes the browser show pages for a medium, "" for the screen, as one
// for which a media feature has a value.
func Media(medium, feature, value string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Media:    medium,
			Features: []*emulation.MediaFeature{{Name: feature, Value: value}},
		})
		return err
	})
}
