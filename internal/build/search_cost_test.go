package build

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"bantin/internal/corpus"
	"bantin/internal/testsize"
)

// shownAtOnce is how many results the search page shows at once.
const shownAtOnce = 10

// The figures of docs/benchmarks.md that do not depend on the machine.
func TestTheSearchIndexIsSmallAndAnswersInFewBytes(t *testing.T) {
	testsize.SkipLong(t, "an archive of the size that the limits are for takes long to build")
	const n = 10_000
	c := corpus.New(1, corpus.PaceFor(n))
	s := newCorpusSite(t, c, n)
	s.build()

	markdown, index, cards, files := 0, 0, 0, 0
	s.must(filepath.WalkDir(filepath.Join(s.dir, "content"), func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			info, err := d.Info()
			if err != nil {
				return err
			}
			markdown += int(info.Size())
		}
		return err
	}))
	tree := s.tree()
	for path, data := range tree {
		if strings.HasPrefix(path, searchParts) {
			files++
			if cardsFile.MatchString(path) {
				cards += len(data)
			} else {
				index += len(data)
			}
		}
	}
	share := func(bytes int) float64 { return 100 * float64(bytes) / float64(markdown) }
	t.Logf("the index has %.1f %% of the Markdown, its cards %.1f %%, %d files", share(index), share(cards), files)
	if share(index) > 25 || share(cards) > 10 || files > 300 {
		t.Errorf("the index has %.1f %% of the Markdown, its cards %.1f %%, %d files; want 25, 10, 300", share(index), share(cards), files)
	}

	scripts := 0 // as a server sends them
	for _, name := range []string{"search.js", "search-index.js"} {
		if n := len(tree[name]); n == 0 {
			t.Errorf("%s is missing", name)
		}
		var packed bytes.Buffer
		w := gzip.NewWriter(&packed)
		w.Write([]byte(tree[name]))
		w.Close()
		scripts += packed.Len()
	}
	if n := len(tree["search.js"]) + len(tree["search-index.js"]); n > 14_000 || len(tree["search-more.js"]) > 10_000 {
		t.Errorf("the scripts have %d and %d bytes, want 14,000 and 10,000", n, len(tree["search-more.js"]))
	}

	type question struct {
		query *string // nil: rare words
		limit int
	}
	var questions []question
	ask := func(query string, limit int) { questions = append(questions, question{&query, limit}) }
	for _, q := range []string{"ký kết", "nông thôn", "hội nghị", "ky phoi", "ủng hộ", "nghị xã"} {
		ask(q, 90_000)
	}
	questions = append(questions, question{nil, 40_000})
	for _, q := range []string{`"giám sát, phản biện xã hội"`, `"vì người nghèo"`, `"xã hội nghị"`, "15/CTPH-UBND-MTTQ", "0912 345 678"} {
		ask(q, 200_000)
	}
	r := rand.New(rand.NewPCG(7, 8))
	for range 30 {
		words := strings.Fields(strings.NewReplacer("#", " ", "*", " ", `"`, " ").Replace(string(c.Article(r.IntN(n)).Data)))
		at := r.IntN(len(words) - 6)
		ask(`"`+strings.Join(words[at:at+2+r.IntN(4)], " ")+`"`, 200_000)
	}
	var asked []*string
	for _, q := range questions {
		asked = append(asked, q.query)
	}
	for i, sent := range s.fetched(asked) {
		q := questions[i]
		name := "words that are rare"
		if q.query != nil {
			name = *q.query
		}
		t.Logf("%s: %d kB", name, (sent+scripts)/1000)
		if sent += scripts; sent > q.limit {
			t.Errorf("%s: %d bytes are sent, want at most %d", name, sent, q.limit)
		}
	}
}

// fetched returns how many bytes of the search index of a site are fetched for
// the first results of each query; see testdata/fetched.mjs.
func (s *testSite) fetched(queries []*string) (bytes []int) {
	s.Helper()
	program := testsize.Program(s, "node")
	module := filepath.Join(s.TempDir(), "search-index.mjs") // by whose name Node takes it for a module
	s.must(os.WriteFile(module, []byte(s.tree()["search-index.js"]), 0o666))
	in, err := json.Marshal(queries)
	s.must(err)
	cmd := exec.Command(program, filepath.Join("testdata", "fetched.mjs"), module, filepath.Join(s.dir, "public", filepath.FromSlash(searchParts)), fmt.Sprint(shownAtOnce))
	cmd.Stdin, cmd.Stderr = strings.NewReader(string(in)), os.Stderr
	out, err := cmd.Output()
	s.must(err)
	s.must(json.Unmarshal(out, &bytes))
	return bytes
}
