// Screenshots takes a picture of each kind of page of the project's own site,
// on a phone, on a desk, by night and in print, so that one look shows what a
// change of style does. Run it from the repository's root:
//
//	go run ./internal/tools/screenshots -o DIR
//
// With -readme it takes the two pictures of README.md into docs/images.
package main

import (
	"context"
	"flag"
	"fmt"
	"net/http/httptest"
	"os"
	"os/signal"
	"path/filepath"

	"github.com/chromedp/chromedp"

	"bantin/internal/browsertest"
)

func main() {
	folder := flag.String("o", "screenshots", "folder to write to")
	readme := flag.Bool("readme", false, "take the pictures of README.md")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	take := all
	if *readme {
		take, *folder = forReadme, filepath.Join("docs", "images")
	}
	if err := run(ctx, *folder, take); err != nil {
		fmt.Fprintln(os.Stderr, "screenshots:", err)
		os.Exit(1)
	}
}

// run builds the site in the current folder, serves it and takes pictures of it.
func run(ctx context.Context, folder string, take func(context.Context, string, string) error) error {
	work, err := os.MkdirTemp("", "screenshots-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	output, err := browsertest.Build(ctx, ".", work, "")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return err
	}
	server := httptest.NewServer(browsertest.Handler(output))
	defer server.Close()
	browser, stop, err := browsertest.Launch(ctx)
	if err != nil {
		return err
	}
	defer stop()
	return take(browser, server.URL, folder)
}

// all takes each kind of page in each way.
func all(browser context.Context, origin, folder string) error {
	for _, kind := range browsertest.Kinds() {
		for _, look := range []struct {
			name  string
			width int64
			dark  bool
		}{{"360", 360, false}, {"1280", 1280, false}, {"360-dark", 360, true}, {"1280-dark", 1280, true}} {
			err := chromedp.Do(browser, browsertest.Screen(look.width, look.dark), browsertest.Open(origin+kind.Path))
			if err == nil {
				err = write(browser, filepath.Join(folder, kind.Name+"-"+look.name+".png"), chromedp.FullScreenshot(100))
			}
			if err != nil {
				return fmt.Errorf("picture of %s: %w", kind.Path, err)
			}
		}
		if err := write(browser, filepath.Join(folder, kind.Name+".pdf"), chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4))); err != nil {
			return fmt.Errorf("print %s: %w", kind.Path, err)
		}
	}
	return nil
}

// forReadme takes the top of the home page and of an article, at a size that
// loads quickly.
func forReadme(browser context.Context, origin, folder string) error {
	for name, path := range map[string]string{"home": "/", "article": "/tin-tuc/nong-thon-moi/mo-hinh-lua-ruoi/"} {
		err := chromedp.Do(browser, chromedp.EmulateViewport(1200, 900, chromedp.EmulateScale(0.6)), browsertest.Open(origin+path))
		if err == nil {
			err = write(browser, filepath.Join(folder, name+".png"), chromedp.CaptureScreenshot())
		}
		if err != nil {
			return fmt.Errorf("picture of %s: %w", path, err)
		}
	}
	return nil
}

// write writes the file that the browser makes of the page it shows.
func write(browser context.Context, name string, shoot chromedp.Action[[]byte]) error {
	data, err := chromedp.Run(browser, shoot)
	if err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o666)
}
