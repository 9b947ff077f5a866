package search

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unique"

	"bantin/internal/corpus"
	"bantin/internal/testsize"
	"bantin/internal/vietnamese"

	"golang.org/x/text/unicode/norm"
)

// sample is an article of the tests.
type sample struct {
	title, text string
	fields      [][]unique.Handle[string] // the folded words of both, for the scan
}

func (s sample) words() *Words {
	w := &Words{}
	w.Grow(len(s.title) + len(s.text))
	w.Add(s.title)
	w.EndTitle()
	w.Add(s.text)
	return w
}

func samples(t testing.TB, n int) []sample {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "site")
	if err := corpus.New(1, corpus.PaceFor(n)).Write(context.Background(), dir, n); err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob(filepath.Join(dir, "content", "*", "2*.md"))
	if err != nil || len(names) != n {
		t.Fatalf("%d articles, %v", len(names), err)
	}
	var all []sample
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		_, rest, _ := strings.Cut(string(src), "title: ")
		title, rest, _ := strings.Cut(rest, "\n")
		_, text, _ := strings.Cut(rest, "---\n")
		all = append(all, sample{title, text, [][]unique.Handle[string]{foldedWords(title), foldedWords(text)}})
	}
	return all
}

// scan tells whether a full scan of an article finds a query.
func (s sample) scan(q query) bool {
	has := func(words []queryWord) bool {
		wanted := make([]unique.Handle[string], len(words))
		for k, w := range words {
			wanted[k] = unique.Make(w.word)
		}
		for _, f := range s.fields {
			for i := 0; i+len(wanted) <= len(f); i++ {
				if slices.Equal(f[i:i+len(wanted)], wanted) {
					return true
				}
			}
		}
		return false
	}
	for _, p := range q.all {
		if !has(p) {
			return false
		}
	}
	for _, p := range q.none {
		if has(p) {
			return false
		}
	}
	return len(q.all) > 0
}

// foldedWords splits a text by means of its own.
func foldedWords(s string) []unique.Handle[string] {
	var words []unique.Handle[string]
	for word := range strings.FieldsFuncSeq(vietnamese.Fold(s), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	}) {
		if strings.Trim(word, "0123456789") == "" {
			word = cmp.Or(strings.TrimLeft(word, "0"), "0")
		}
		words = append(words, unique.Make(word))
	}
	return words
}

// queries makes queries of all kinds from the texts.
func queries(r *rand.Rand, all []sample, n int) []string {
	var list []string
	for len(list) < n {
		s := all[r.IntN(len(all))]
		words := strings.Fields(strings.NewReplacer("#", " ", "*", " ", `"`, " ").Replace(s.text))
		if len(words) < 10 {
			continue
		}
		k := 1 + r.IntN(4)
		at := r.IntN(len(words) - k)
		var q string
		switch r.IntN(7) {
		case 0:
			q = words[at]
		case 1:
			q = strings.Join(words[at:at+k], " ")
		case 2:
			q = `"` + strings.Join(words[at:at+k], " ") + `"`
		case 3:
			q = words[at] + " -" + words[r.IntN(len(words))]
		case 4:
			q = vietnamese.Fold(strings.Join(words[at:at+k], " "))
		case 5:
			q = norm.NFD.String(strings.Join(words[at:at+k], " "))
		case 6:
			q = words[at] + " " + all[r.IntN(len(all))].title
		}
		list = append(list, q)
	}
	return list
}

func TestResultsAreThoseOfAFullScan(t *testing.T) {
	testsize.SkipShort(t, "one goroutine does it all")
	n, count := testsize.Rounds(1000, 10_000), testsize.Rounds(100, 300)
	all := samples(t, n)
	var blocks []*readBlock
	var firsts []int
	for start := 0; start < n; {
		size := min([]int{1, 7, 55, 300, 1200}[len(blocks)%5], n-start)
		var docs []*Words
		for _, s := range all[start : start+size] {
			docs = append(docs, s.words())
		}
		blocks = append(blocks, &readBlock{Block: MakeBlock(docs, nil)})
		firsts = append(firsts, start)
		start += size
	}
	hits := 0
	for _, text := range queries(rand.New(rand.NewPCG(1, 2)), all, count) {
		q := parseQuery(text)
		var got []int
		for b, block := range blocks {
			for _, r := range block.search(q) {
				got = append(got, firsts[b]+int(r.doc))
			}
		}
		slices.Sort(got)
		var want []int
		for i, s := range all {
			if s.scan(q) {
				want = append(want, i)
			}
		}
		hits += len(want)
		if !slices.Equal(got, want) {
			t.Errorf("%q finds %s, a full scan %s", text, some(got), some(want))
		}
	}
	if hits < count {
		t.Errorf("%d queries found %d articles: too few to prove anything", count, hits)
	}
}

func some(list []int) string {
	if len(list) > 10 {
		return fmt.Sprintf("%d: %v …", len(list), list[:10])
	}
	return fmt.Sprintf("%d: %v", len(list), list)
}

func TestExactAccentsAndHeadlinesComeFirst(t *testing.T) {
	docs := []sample{
		{"Thư viện xã mở cửa", "Mọi người đến đọc sách.", nil},
		{"Vườn thú", "Không có gì.", nil},
		{"Tin", "Một lá thư gửi về thú y.", nil},
		{"Tin", "Con thú và thứ tự.", nil},
	}
	var words []*Words
	for _, s := range docs {
		words = append(words, s.words())
	}
	b := &readBlock{Block: MakeBlock(words, nil)}
	for _, c := range []struct{ query, want string }{
		{"thư", "[0/5 1/3 2/2 3/0]"},
		{"thú", "[1/5 0/3 3/2 2/2]"},
		{"thu", "[1/3 0/3 3/0 2/0]"},
		{`"thu y"`, "[2/0]"},
		{"thu -vien", "[1/3 3/0 2/0]"},
		{"khong-co", "[1/0]"},
		{"-thu", "[]"},
		{"", "[]"},
	} {
		if got := fmt.Sprint(b.search(parseQuery(c.query))); got != c.want {
			t.Errorf("%q gives %s, not %s", c.query, got, c.want)
		}
	}
}
