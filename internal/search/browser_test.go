package search

import (
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"bantin/internal/testsize"
)

// Some of the questions that Node is asked, in a real browser.
func TestChromiumFindsWhatGoFinds(t *testing.T) {
	testsize.SkipShort(t, "a browser takes long to start")
	testsize.Program(t, "chromium")
	all := samples(t, 1200)
	dir, blocks := writeIndex(t, all)
	mux := http.NewServeMux()
	mux.Handle("/parts/", http.StripPrefix("/parts/", http.FileServer(http.Dir(dir))))
	mux.Handle("/", http.FileServer(http.Dir("../../static")))
	server := httptest.NewServer(mux)
	defer server.Close()

	allocator, stop := chromedp.NewExecAllocator(t.Context(), append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox)...)
	defer stop()
	tab, stop := chromedp.NewContext(allocator)
	defer stop()
	if err := chromedp.Do(tab, chromedp.Navigate(server.URL+"/search-index.js")); err != nil {
		t.Fatal(err)
	}
	questions := queries(rand.New(rand.NewPCG(5, 6)), all, 40)
	asked, err := json.Marshal(questions)
	if err != nil {
		t.Fatal(err)
	}
	answers, err := chromedp.Run(tab, chromedp.Evaluate[[][]hit](strings.Replace(`(async () => {
		await import("/search-index.js");
		const { Index, parse } = searchReader;
		const index = new Index("/parts/"), answers = [];
		for (const question of QUESTIONS) {
			const found = [];
			for await (const { block, hits } of index.search(parse(question))) {
				for (const [i, { doc, score }] of hits.entries()) {
					found.push({ Block: block.name, Doc: doc, Score: score, URL: i < 3 ? (await index.cards(block, [doc]).next()).value.u : "" });
				}
			}
			answers.push(found);
		}
		return answers;
	})()`, "QUESTIONS", string(asked), 1), chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	if len(answers) != len(questions) {
		t.Fatalf("%d answers to %d questions", len(answers), len(questions))
	}
	total := 0
	for i, got := range answers {
		total += compare(t, questions[i], got, blocks, len(all))
	}
	if total < 300 {
		t.Errorf("only %d articles were found", total)
	}
}
