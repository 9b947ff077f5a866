package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/css"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/heapprofiler"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"bantin/internal/digest"
)

// The search is measured apart: what the index adds to a build, how large it
// is, what one article more changes in it, and what a browser fetches to
// answer. Pagefind (its program from npm) does the same over the same pages.

// questions are asked of both: words that are common, phrases, and one that is
// rare, the number of an agreement.
var questions = []string{
	"ký kết phối hợp", "ky ket phoi hop", "nông thôn mới", "nong thon moi", "hội nghị", "hoi nghi tong ket",
	"cây xanh", "an ninh trật tự", "Lam Trà", `"giám sát, phản biện xã hội"`, `"vì người nghèo"`, "7420",
}

// requestTime is how long a request takes at least, and slowDown how many times
// slower than here the browser computes: a phone on a mobile network.
const (
	requestTime = 40 * time.Millisecond
	slowDown    = 4
)

// firstResults is how many results the search page shows at once.
const firstResults = 10

// searchCost is what one of the two costs.
type searchCost struct {
	index, add   usage
	bytes, files int
	changed      int // files, by one article more
	answers      []answer
	pages        []pageAnswer // of Bantin's search page
	speed        [2]float64   // of the browser that was asked for them, before and after
}

// answer is what it takes to answer one question with the first results.
type answer struct {
	Found, Cards    int // articles, and what was read to show the first
	bytes, requests int64
	time            time.Duration
}

// pageAnswer is what the search page takes to answer one question, from the
// moment at which the browser begins to open it.
type pageAnswer struct {
	First, All     float64 // milliseconds until one result is there, until the first page of them is
	index, scripts int64   // bytes
	memory         float64 // bytes of JavaScript's objects and buffers, before garbage is collected
}

// searchBenchmark measures the search of b's site, and Pagefind over the same
// pages if its program is given.
func (b *bench) searchBenchmark(ctx context.Context, w io.Writer, pagefind string, runs int) error {
	s := &b.bantin
	settings, err := os.ReadFile(s.path("site.yaml"))
	if err != nil {
		return err
	}
	without := append(slices.Clone(settings), "\nsearch: {off: true}\n"...)
	pages := filepath.Join(filepath.Dir(s.site), "pages") // without a search, for Pagefind
	var off, on, addOff, addOn, found, foundAdd []usage
	var ours, theirs searchCost
	for range runs {
		for _, run := range []struct {
			settings   []byte
			clean, add *[]usage
		}{{without, &off, &addOff}, {settings, &on, &addOn}} {
			if err := os.WriteFile(s.path("site.yaml"), run.settings, 0o666); err != nil {
				return err
			}
			for _, dir := range []string{s.output(), s.path(".bantin")} {
				if err := setAside(dir); err != nil {
					return err
				}
			}
			u, _, err := s.build(ctx)
			if err != nil {
				return err
			}
			*run.clean = append(*run.clean, u)
			if run.clean == &off && pagefind != "" {
				if err := setAside(pages); err != nil {
					return err
				}
				if err := os.CopyFS(pages, os.DirFS(s.output())); err != nil {
					return err
				}
			}
			before, err := snapshotOf(s.output())
			if err != nil {
				return err
			}
			if run.clean == &on {
				if ours.bytes, ours.files, err = sizeOf(s.parts()); err != nil {
					return err
				}
			}
			if err := s.addArticle(); err != nil {
				return err
			}
			if u, _, err = s.build(ctx); err != nil {
				return err
			}
			*run.add = append(*run.add, u)
			after, err := snapshotOf(s.output())
			if err != nil {
				return err
			}
			ours.changed = before.below(s.parts()).changesTo(after.below(s.parts()))
			if run.clean == &off && pagefind != "" {
				indexed, added, err := b.runPagefind(ctx, pagefind, pages, &theirs)
				if err != nil {
					return err
				}
				found, foundAdd = append(found, indexed), append(foundAdd, added)
			}
			if err := s.deleteArticle(); err != nil {
				return err
			}
		}
	}
	ours.index, ours.add = least(on).without(least(off)), least(addOn).without(least(addOff))
	theirs.index, theirs.add = least(found), least(foundAdd)
	if ours.answers, err = ask(ctx, s.output(), bantinAsks); err != nil {
		return err
	}
	if ours.pages, ours.speed, err = askPage(ctx, s.output()); err != nil {
		return err
	}
	if pagefind != "" {
		if theirs.answers, err = ask(ctx, pages, pagefindAsks); err != nil {
			return err
		}
	}
	source, _, err := sizeOf(s.content())
	if err != nil {
		return err
	}
	return writeSearch(w, b.heading("least", runs), source, least(off), &ours, &theirs, pagefind != "")
}

// below returns the files below a folder.
func (s snapshot) below(dir string) snapshot {
	kept := maps.Clone(s)
	maps.DeleteFunc(kept, func(path string, _ digest.Digest) bool { return !strings.HasPrefix(path, dir) })
	return kept
}

// parts is the folder of the search index.
func (b *bantin) parts() string { return filepath.Join(b.output(), "tim-kiem", "parts") }

// runPagefind indexes the pages, and then again with an article more.
func (b *bench) runPagefind(ctx context.Context, program, pages string, cost *searchCost) (index, add usage, err error) {
	bundle := filepath.Join(pages, "pagefind")
	run := func() (usage, error) {
		u, _, err := b.launcher.run(ctx, program, "--site", pages, "--root-selector", "article.story")
		return u, err
	}
	if index, err = run(); err != nil {
		return
	}
	if cost.bytes, cost.files, err = sizeOf(bundle); err != nil {
		return
	}
	before, err := snapshotOf(bundle)
	if err != nil {
		return
	}
	if err = setAside(pages); err != nil { // the output has an article more by now
		return
	}
	if err = os.CopyFS(pages, os.DirFS(b.bantin.output())); err != nil {
		return
	}
	if add, err = run(); err != nil {
		return
	}
	after, err := snapshotOf(bundle)
	cost.changed = before.changesTo(after)
	return
}

// least returns the usage of the run with the least time of all cores: what
// others do on the machine only adds to it.
func least(all []usage) usage {
	if len(all) == 0 {
		return usage{}
	}
	u := slices.MinFunc(all, func(a, b usage) int { return cmp.Compare(a.cpu(), b.cpu()) })
	u.Wall = slices.MinFunc(all, func(a, b usage) int { return cmp.Compare(a.Wall, b.Wall) }).Wall
	return u
}

// without returns what u costs more than v.
func (u usage) without(v usage) usage {
	return usage{u.Wall - v.Wall, u.User - v.User, u.Sys - v.Sys, u.Peak - v.Peak}
}

// The scripts that answer QUESTION as the page of each does, from nothing on,
// and return how many articles are found and how many cards were read.
const (
	bantinAsks = `(async () => {
		await import("/search-index.js");
		const { Index, parse } = searchReader;
		const index = new Index("/tim-kiem/parts/");
		let cards = 0, found = 0;
		for await (const { block, hits, older } of index.search(parse(QUESTION), ALL ? undefined : () => FIRST)) {
			if (older) break;
			found += hits.length;
			for await (const card of index.cards(block, hits.slice(0, FIRST - cards).map(({ doc }) => doc))) cards++;
			if (cards >= FIRST && !ALL) break;
		}
		return { Found: found, Cards: cards };
	})()`
	pagefindAsks = `(async () => {
		const pagefind = await import("/pagefind/pagefind.js");
		const { results } = await pagefind.search(QUESTION);
		const cards = await Promise.all(results.slice(0, FIRST).map((r) => r.data()));
		return { Found: results.length, Cards: cards.length };
	})()`
)

// server serves a folder to one browser as a slow line does, and counts.
type server struct {
	*httptest.Server
	requests, index, scripts, other atomic.Int64 // and bytes
}

func serve(folder string) *server {
	s := &server{}
	files := http.FileServerFS(os.DirFS(folder))
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(requestTime)
		if r.URL.Path == "/empty" {
			w.Header().Set("Content-Type", "text/html")
			return
		}
		s.requests.Add(1)
		sent := &s.other
		switch {
		case strings.HasPrefix(r.URL.Path, "/tim-kiem/parts/"):
			sent = &s.index
		case strings.HasPrefix(r.URL.Path, "/search"):
			sent = &s.scripts
		}
		w.Header().Set("Cache-Control", "no-store")
		files.ServeHTTP(&counted{w, sent}, r)
	}))
	return s
}

func (s *server) bytes() int64 { return s.index.Load() + s.scripts.Load() + s.other.Load() }

func (s *server) reset() {
	for _, n := range []*atomic.Int64{&s.requests, &s.index, &s.scripts, &s.other} {
		n.Store(0)
	}
}

// openTab opens a tab of a browser that tells nothing of what it does, since to tell
// takes the page's time.
func openTab(ctx context.Context) (tab context.Context, closeAll func(), err error) {
	allocator, stop := chromedp.NewExecAllocator(ctx, append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox)...)
	tab, stopTab := chromedp.NewContext(allocator)
	closeAll = func() { stopTab(); stop() }
	silent := chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		for _, off := range []cdp.Command[cdp.Empty, cdp.Empty]{css.Disable, dom.Disable, network.Disable, log.Disable} {
			if _, err := cdp.Call(ctx, t, off, cdp.Empty{}); err != nil {
				return err
			}
		}
		return nil
	})
	if err := chromedp.Do(tab, silent); err != nil {
		closeAll()
		return nil, nil, fmt.Errorf("start a browser: %w", err)
	}
	return tab, closeAll, nil
}

// slow lets a tab compute so many times slower than the browser can.
func slow(times float64) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: times})
		return err
	})
}

// speedOf returns the benchmark index of a tab's browser.
func speedOf(tab context.Context) (index float64, err error) {
	if err := chromedp.Do(tab, slow(1)); err != nil {
		return 0, err
	}
	if index, err = chromedp.Run(tab, chromedp.Evaluate[float64](benchmarkIndex)); err != nil {
		return 0, err
	}
	return index, chromedp.Do(tab, slow(slowDown))
}

// ask serves a folder and lets a browser answer the questions by a script.
func ask(ctx context.Context, folder, script string) ([]answer, error) {
	s := serve(folder)
	defer s.Close()
	tab, stop, err := openTab(ctx)
	if err != nil {
		return nil, err
	}
	defer stop()
	if err := chromedp.Do(tab, slow(slowDown)); err != nil {
		return nil, err
	}
	var answers []answer
	for _, question := range questions {
		run := func(all string) (answer, error) {
			if err := chromedp.Do(tab, chromedp.Navigate(s.URL+"/empty")); err != nil {
				return answer{}, err
			}
			s.reset()
			filled := strings.NewReplacer("QUESTION", fmt.Sprintf("%q", question), "FIRST", fmt.Sprint(firstResults), "ALL", all).Replace(script)
			began := time.Now()
			a, err := chromedp.Run(tab, chromedp.Evaluate[answer](filled, chromedp.EvalAwaitPromise))
			a.time, a.bytes, a.requests = time.Since(began), s.bytes(), s.requests.Load()
			return a, err
		}
		first, err := run("false")
		if err != nil {
			return nil, fmt.Errorf("%s: %w", question, err)
		}
		all, err := run("true")
		if err != nil {
			return nil, fmt.Errorf("%s: %w", question, err)
		}
		first.Found = all.Found
		answers = append(answers, first)
	}
	return answers, nil
}

// watchPage notes when the search page has its first result and when it is done. It
// watches nothing while the page is read, which would take the page's time.
const watchPage = `window.pageDone = new Promise((done) => addEventListener("DOMContentLoaded", () => {
	const list = document.querySelector(".search-list"), status = document.querySelector(".search-status");
	if (!list) return;
	let first;
	const look = () => {
		if (list.firstChild) first ??= performance.now();
		if (!status.textContent || status.textContent.includes("…")) return;
		watch.disconnect();
		done({ First: first || performance.now(), All: performance.now() });
	};
	const watch = new MutationObserver(look);
	watch.observe(list, { childList: true });
	watch.observe(status, { childList: true });
	look();
}));`

// benchmarkIndex is how many rounds of two pieces of work the browser does in a
// second: Lighthouse's BenchmarkIndex, by which it tells machines apart (its
// core/lib/page-functions.js, computeBenchmarkIndex).
const benchmarkIndex = `(() => {
	const rounds = (work) => {
		const began = Date.now();
		let n = 0;
		while (Date.now() - began < 500) work(n++);
		return n / 10 / ((Date.now() - began) / 1000);
	};
	const texts = rounds(() => {
		let s = "";
		for (let i = 0; i < 10000; i++) s += "a";
		if (s.length === 1) throw Error(); // so that it is not left out
	});
	const lists = [0, 1].map(() => Array.from({ length: 100000 }, (_, i) => i));
	const copies = rounds((n) => {
		const from = lists[n % 2], to = lists[1 - n % 2];
		for (let i = 0; i < from.length; i++) to[i] = from[i];
	});
	return Math.round((texts + copies) / 2);
})()`

// askPage opens the search page of the site in folder with each question,
// pageRuns times, and returns the run in which the first result came soonest, and
// the browser's benchmark index before and after.
func askPage(ctx context.Context, folder string) (answers []pageAnswer, speed [2]float64, err error) {
	s := serve(folder)
	defer s.Close()
	tab, stop, err := openTab(ctx)
	if err != nil {
		return nil, speed, err
	}
	defer stop()
	if speed[0], err = speedOf(tab); err != nil {
		return nil, speed, err
	}
	watch := chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: watchPage})
		return err
	})
	if err := chromedp.Do(tab, watch); err != nil {
		return nil, speed, err
	}
	ask := func(question string) (a pageAnswer, err error) {
		collect := chromedp.Func(func(ctx context.Context, t *chromedp.Target) error { // what questions before left
			_, err := cdp.Call(ctx, t, heapprofiler.CollectGarbage, cdp.Empty{})
			return err
		})
		if err = chromedp.Do(tab, chromedp.Navigate(s.URL+"/empty"), collect); err != nil {
			return
		}
		s.reset()
		if err = chromedp.Do(tab, chromedp.Navigate(s.URL+"/tim-kiem/?q="+url.QueryEscape(question))); err != nil {
			return
		}
		if a, err = chromedp.Run(tab, chromedp.Evaluate[pageAnswer]("pageDone", chromedp.EvalAwaitPromise)); err != nil {
			return
		}
		a.index, a.scripts = s.index.Load(), s.scripts.Load()
		err = chromedp.Do(tab, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			heap, err := cdp.Call(ctx, t, runtime.GetHeapUsage, cdp.Empty{})
			a.memory = heap.UsedSize + heap.BackingStorageSize
			return err
		}))
		return
	}
	for _, question := range questions {
		var best pageAnswer
		for n := range pageRuns {
			a, err := ask(question)
			if err != nil {
				return nil, speed, fmt.Errorf("%s: %w", question, err)
			}
			if n == 0 || a.First < best.First {
				best = a
			}
		}
		answers = append(answers, best)
	}
	speed[1], err = speedOf(tab)
	return answers, speed, err
}

// pageRuns is how often the search page is asked each question.
const pageRuns = 3

// counted counts the bytes of the bodies that go through it.
type counted struct {
	http.ResponseWriter
	sent *atomic.Int64
}

func (c *counted) Write(b []byte) (int, error) {
	c.sent.Add(int64(len(b)))
	return c.ResponseWriter.Write(b)
}

// writeSearch prints the two tables as Markdown.
func writeSearch(w io.Writer, heading string, source int, build usage, ours, theirs *searchCost, both bool) error {
	var b strings.Builder
	row := func(name string, mine, other string) {
		if !both {
			other = "–"
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", name, mine, other)
	}
	seconds := func(d time.Duration) string { return fmt.Sprintf("%.2f s", d.Seconds()) }
	share := func(n int) string {
		return fmt.Sprintf("%.2f MB (%.1f %%)", float64(n)/1e6, 100*float64(n)/float64(source))
	}
	fmt.Fprintf(&b, "%s\n\nA clean build without a search: %s of CPU.\n\n| | Bantin | Pagefind |\n|---|---:|---:|\n", heading, seconds(build.cpu()))
	row("CPU for the index", fmt.Sprintf("%s (+%.0f %%)", seconds(ours.index.cpu()), 100*ours.index.cpu().Seconds()/build.cpu().Seconds()), seconds(theirs.index.cpu()))
	row("one article more, CPU", seconds(ours.add.cpu()), seconds(theirs.add.cpu()))
	row("one article more, clock", seconds(ours.add.Wall), seconds(theirs.add.Wall))
	row("memory", fmt.Sprintf("+%d MB", ours.index.Peak>>20), fmt.Sprintf("%d MB", theirs.index.Peak>>20))
	row("index, share of the Markdown", share(ours.bytes), share(theirs.bytes))
	row("files", fmt.Sprint(ours.files), fmt.Sprint(theirs.files))
	row("files changed by one article more", fmt.Sprint(ours.changed), fmt.Sprint(theirs.changed))
	fmt.Fprintf(&b, "\n| query | Bantin: found, requests, KB, time | Pagefind: found, requests, KB, time |\n|---|---:|---:|\n")
	told := func(all []answer, i int) string {
		if i >= len(all) {
			return "–"
		}
		a := all[i]
		return fmt.Sprintf("%d, %d, %.0f, %d ms", a.Found, a.requests, float64(a.bytes)/1e3, a.time.Milliseconds())
	}
	for i, question := range questions {
		row("`"+question+"`", told(ours.answers, i), told(theirs.answers, i))
	}
	fmt.Fprintf(&b, "\nBenchmarkIndex of the browser, not slowed down, before and after: %.0f and %.0f.\n", ours.speed[0], ours.speed[1])
	fmt.Fprintf(&b, "\n| query | first result | first %d | KB of the index | KB of scripts | memory, MB |\n|---|---:|---:|---:|---:|---:|\n", firstResults)
	for i, a := range ours.pages {
		fmt.Fprintf(&b, "| `%s` | %.0f ms | %.0f ms | %.0f | %.0f | %.1f |\n", questions[i], a.First, a.All, float64(a.index)/1e3, float64(a.scripts)/1e3, a.memory/1e6)
	}
	_, err := io.WriteString(w, b.String())
	return err
}
