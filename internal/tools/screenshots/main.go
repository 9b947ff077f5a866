// Screenshots takes a picture of each kind of page of the project's own site,
// on a phone, a tablet and a desk, by night, with larger text and in print, so
// that one look shows what a change of style does. Run it from the
// repository's root:
//
//	go run ./internal/tools/screenshots -o DIR
//
// Of another site, built in a folder already, it takes the pages whose paths
// are given:
//
//	go run ./internal/tools/screenshots -o DIR -built PUBLIC / /tin-tuc/
//
// With -readme it takes the pictures of README.md into docs/images; those of the
// editors' guide are taken by a test of cmd/bantin.
package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"net/http/httptest"
	"os"
	"os/signal"
	"path/filepath"
	"strings"

	"github.com/chromedp/chromedp"

	"bantin/internal/browsertest"
)

func main() {
	folder := flag.String("o", "screenshots", "folder to write to")
	built := flag.String("built", "", "a built site, in place of the project's own")
	readme := flag.Bool("readme", false, "take the pictures of README.md")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	take, kinds := all, browsertest.Kinds()
	if *readme {
		take, *folder = forReadme, filepath.Join("docs", "images")
	}
	if flag.NArg() > 0 {
		kinds = nil
		for _, path := range flag.Args() {
			kinds = append(kinds, browsertest.Kind{Name: name(path), Path: path})
		}
	}
	if err := run(ctx, *built, *folder, kinds, take); err != nil {
		fmt.Fprintln(os.Stderr, "screenshots:", err)
		os.Exit(1)
	}
}

// name returns the name of a page's pictures.
func name(path string) string {
	return cmp.Or(strings.ReplaceAll(strings.Trim(path, "/"), "/", "-"), "home")
}

type take func(browser context.Context, origin, folder string, kinds []browsertest.Kind) error

// run serves a built site, or builds the one in the current folder, and takes
// pictures of it.
func run(ctx context.Context, built, folder string, kinds []browsertest.Kind, take take) error {
	if built == "" {
		work, err := os.MkdirTemp("", "screenshots-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(work)
		if built, err = browsertest.Build(ctx, ".", work, ""); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return err
	}
	server := httptest.NewServer(browsertest.Handler(built))
	defer server.Close()
	browser, stop, err := browsertest.Launch(ctx)
	if err != nil {
		return err
	}
	defer stop()
	return take(browser, server.URL, folder, kinds)
}

// all takes each kind of page in each way.
func all(browser context.Context, origin, folder string, kinds []browsertest.Kind) error {
	for _, kind := range kinds {
		for _, look := range []struct {
			name  string
			width int64
			dark  bool
			text  string
		}{
			{"360", 360, false, ""}, {"768", 768, false, ""}, {"1280", 1280, false, ""},
			{"360-dark", 360, true, ""}, {"1280-dark", 1280, true, ""}, {"360-large", 360, false, "130"},
		} {
			size := fmt.Sprintf(`document.documentElement.setAttribute("data-text", %q)`, look.text)
			err := chromedp.Do(browser, browsertest.Screen(look.width, look.dark), browsertest.Open(origin+kind.Path), chromedp.Evaluate[chromedp.Void](size))
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

// forReadme takes the top of the home page, of an article and of the results of
// a search, at a size that loads quickly.
func forReadme(browser context.Context, origin, folder string, _ []browsertest.Kind) error {
	for name, path := range map[string]string{"home": "/", "article": "/tin-tuc/nong-thon-moi/mo-hinh-lua-ruoi/", "search": "/tim-kiem/?q=phoi+hop+cong+tac"} {
		err := chromedp.Do(browser, chromedp.EmulateViewport(1200, 900, chromedp.EmulateScale(0.6)), browsertest.Open(origin+path))
		if err == nil && name == "search" {
			err = chromedp.Do(browser, chromedp.WaitVisible(chromedp.CSS(".search-filters")))
		}
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
