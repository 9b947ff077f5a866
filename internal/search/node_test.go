package search

import (
	"bufio"
	"bytes"
	"compress/flate"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"bantin/internal/testsize"
	"bantin/internal/vietnamese"

	"golang.org/x/text/unicode/norm"
)

// node runs the browser's reader in Node over a folder of an index.
func node(t *testing.T, folder string, lines []any, options ...string) [][]byte {
	t.Helper()
	program := testsize.Program(t, "node")
	// Node takes a file for a module by its name.
	modules := []string{filepath.Join("testdata", "find.mjs")}
	for _, name := range []string{"search-index", "search-more"} {
		src, err := os.ReadFile(filepath.Join("..", "..", "static", name+".js"))
		if err != nil {
			t.Fatal(err)
		}
		module := filepath.Join(t.TempDir(), name+".mjs")
		if err := os.WriteFile(module, src, 0o666); err != nil {
			t.Fatal(err)
		}
		modules = append(modules, module)
	}
	var in bytes.Buffer
	e := json.NewEncoder(&in)
	for _, l := range lines {
		if err := e.Encode(l); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute) // a reader may run on for ever
	defer cancel()
	cmd := exec.CommandContext(ctx, program, append(append(modules, folder), options...)...)
	cmd.Stdin = &in
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var answers [][]byte
	s := bufio.NewScanner(bytes.NewReader(out))
	s.Buffer(nil, 64<<20)
	for s.Scan() {
		answers = append(answers, slices.Clone(s.Bytes()))
	}
	if len(answers) != len(lines) {
		t.Fatalf("%d answers to %d questions", len(answers), len(lines))
	}
	return answers
}

// writeIndex writes an index of several blocks into a folder.
func writeIndex(t *testing.T, all []sample) (string, []*readBlock) {
	t.Helper()
	dir := t.TempDir()
	var blocks []*readBlock
	var spans []Span
	var vocabularies [][]string
	var pairs [][]byte
	write := func(files ...File) {
		for _, f := range files {
			if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	for start, i := 0, 0; start < len(all); i++ {
		size := min([]int{3, 240, 55, 300, 1200}[i%5], len(all)-start)
		var docs []*Words
		var cards []Card
		for k, s := range all[start : start+size] {
			docs = append(docs, s.words())
			cards = append(cards, Card{URL: fmt.Sprintf("/bai/%d/", start+k), Title: s.title})
		}
		pages := CardFiles(cards)
		b := MakeBlock(docs, pages)
		span, files := b.Files(fmt.Sprintf("block-%03d", i))
		write(files...)
		for _, p := range pages {
			write(p.File())
		}
		spans = append(spans, span)
		vocabularies = append(vocabularies, b.Vocabulary)
		pairs = append(pairs, b.Pairs)
		blocks = append(blocks, &readBlock{Block: b})
		start += size
	}
	names, files := DirectoryFiles(vocabularies[:len(vocabularies)-1])
	write(files...)
	table, file := MakePairTable(pairs[:len(pairs)-1])
	write(file)
	slices.Reverse(spans)
	write(NewRoot(spans, names, table, "").File())
	return dir, blocks
}

// hit is an article that the browser's reader finds.
type hit struct {
	Block string
	Doc   uint32
	Score int
	URL   string // of some
}

// compare tells where the browser's reader finds others than Go does, and
// returns how many Go finds.
func compare(t *testing.T, question string, got []hit, blocks []*readBlock, articles int) int {
	t.Helper()
	var found []string
	for _, g := range got {
		found = append(found, fmt.Sprint(g.Block, g.Doc, g.Score))
	}
	var want []string
	first := articles
	for b := len(blocks) - 1; b >= 0; b-- {
		first -= blocks[b].Articles
		for _, r := range blocks[b].search(parseQuery(question)) {
			want = append(want, fmt.Sprint(fmt.Sprintf("block-%03d", b), r.doc, r.score))
			if n := len(want) - 1; n < len(got) && got[n].URL != "" && got[n].URL != fmt.Sprintf("/bai/%d/", first+int(r.doc)) {
				t.Fatalf("%q: article %d of block %d has the card of %s", question, r.doc, b, got[n].URL)
			}
		}
	}
	if !slices.Equal(found, want) {
		t.Errorf("%q: the browser finds %d articles %.100v, Go %d %.100v", question, len(found), found, len(want), want)
	}
	return len(want)
}

func TestTheBrowserFindsWhatGoFinds(t *testing.T) {
	testsize.SkipShort(t, "Node searches")
	testsize.Program(t, "node")
	all := samples(t, 3000)
	dir, blocks := writeIndex(t, all)
	questions := queries(rand.New(rand.NewPCG(3, 4)), all, 120)
	questions = append(questions, `"ký kết" -"phối hợp"`, `15/CTPH-UBND-MTTQ`, "11/3/2020", "   ", `"`, "-", "- a", `a"b c"d`, "khongcotunay", "hộ nghèo, hộ cận nghèo")
	var lines []any
	for _, q := range questions {
		lines = append(lines, map[string]any{"query": q})
	}
	lines = append(lines, map[string]any{"query": nil})
	// A server may know of no parts of files, and send the whole; the search page
	// begins ahead, and may find that a file is gone.
	for _, options := range [][]string{nil, {"whole"}, {"ahead"}, {"gone"}} {
		total := 0
		answers := node(t, dir, lines, options...)
		if pauses := string(answers[len(questions)]); (pauses == "0") == slices.Equal(options, []string{"whole"}) {
			t.Errorf("with %v it asks %s times whether to look further", options, pauses)
		}
		for i, answer := range answers[:len(questions)] {
			var got []hit
			if err := json.Unmarshal(answer, &got); err != nil {
				t.Fatal(err)
			}
			total += compare(t, questions[i], got, blocks, len(all))
		}
		if total < 1000 {
			t.Errorf("only %d articles were found", total)
		}
	}
}

// A line that is cut leaves the beginning of a file, which some browsers take for all
// of it. What was lost may change the order of results, never which they are.
func TestAFileThatEndsEarlyIsAnErrorOrMissesNothing(t *testing.T) {
	testsize.SkipShort(t, "Node searches")
	testsize.Program(t, "node")
	dir, _ := writeIndex(t, samples(t, 700))
	var lines []any
	names := []string{`^nothing$`, `-w\d+\.bin$`, `-p\d+\.bin$`, `^words-`, `^pairs-`, `^cards-`, `^root`}
	questions := []string{"phối hợp", `"phối hợp"`, "khongcotunay", "xã -phối"}
	for _, question := range questions {
		for _, cut := range names {
			lines = append(lines, map[string]any{"query": question, "names": cut})
		}
	}
	errors := map[string]int{}
	var whole []string
	for i, answer := range node(t, dir, lines) {
		var found [10]string
		if err := json.Unmarshal(answer, &found); err != nil {
			t.Fatal(err)
		}
		question, cut := questions[i/len(names)], names[i%len(names)]
		for tenths, urls := range found {
			got := strings.Fields(urls)
			slices.Sort(got)
			switch {
			case cut == names[0]:
				whole = got
			case urls == "error":
				errors[cut]++
			case !slices.Equal(got, whole):
				t.Errorf("%s finds %d articles, not %d, of files like %s cut at %d0 %%", question, len(got), len(whole), cut, tenths)
			}
		}
	}
	for _, cut := range names[1:] {
		if errors[cut] == 0 {
			t.Errorf("files like %s may end anywhere", cut)
		}
	}
}

// The blocks here are called otherwise than by their months: what a name begins with is
// a year.
func TestOfAYearItsBlocksAloneAreRead(t *testing.T) {
	testsize.SkipShort(t, "Node searches")
	testsize.Program(t, "node")
	all := samples(t, 4000) // in 13 blocks
	dir, _ := writeIndex(t, all)
	questions := append(queries(rand.New(rand.NewPCG(5, 6)), all, 20), "phối hợp", `"ký kết"`)
	years := []string{"block-00", "block-000", "block-009", "block-01", "block-02"}
	var lines []any
	for _, q := range questions {
		lines = append(lines, map[string]any{"query": q})
		for _, y := range years {
			lines = append(lines, map[string]any{"query": q, "year": y}, map[string]any{"begin": q, "year": y})
		}
	}
	found := 0
	for _, option := range []string{"ahead", "whole"} {
		answers := node(t, dir, lines, option)
		read := func(v any) {
			t.Helper()
			if err := json.Unmarshal(answers[0], v); err != nil {
				t.Fatal(err)
			}
			answers = answers[1:]
		}
		for _, q := range questions {
			var every []hit
			read(&every)
			for _, y := range years {
				var got []hit
				var files []string
				read(&got)
				read(&files)
				found += len(got)
				if want := slices.DeleteFunc(slices.Clone(every), func(h hit) bool { return !strings.HasPrefix(h.Block, y) }); !slices.Equal(got, want) {
					t.Errorf("%q of %s: %d articles, not %d", q, y, len(got), len(want))
				}
				if i := slices.IndexFunc(files, func(f string) bool { return strings.HasPrefix(f, "block-") && !strings.HasPrefix(f, y) }); i >= 0 {
					t.Errorf("%q of %s: %s is read", q, y, files[i])
				}
			}
		}
	}
	if found < 100 {
		t.Errorf("only %d articles were found", found)
	}
}

func TestAnOldBrowserFindsWhatOthersFind(t *testing.T) {
	testsize.SkipShort(t, "Node searches")
	testsize.Program(t, "node")
	all := samples(t, 700)
	dir, _ := writeIndex(t, all)
	var lines []any
	for _, q := range queries(rand.New(rand.NewPCG(7, 8)), all, 30) {
		lines = append(lines, map[string]any{"query": q})
	}
	want := node(t, dir, lines)
	for i, got := range node(t, dir, lines, "old") {
		if !bytes.Equal(got, want[i]) {
			t.Errorf("%v: got %s, want %s", lines[i], got, want[i])
		}
	}
}

// An old browser unpacks cards by a script: what any level of compression makes, and
// what is damaged is an error or something else, without end never.
func TestTheScriptUnpacksWhatIsPacked(t *testing.T) {
	testsize.SkipShort(t, "Node unpacks")
	testsize.Program(t, "node")
	rng := rand.New(rand.NewPCG(5, 6))
	var lines []any
	var want []string
	all := samples(t, 200)
	for n := range testsize.Rounds(30, 100) {
		texts := make([]string, rng.IntN(1+n))
		for i := range texts {
			texts[i] = all[rng.IntN(1+n%len(all))].title + strconv.Itoa(rng.IntN(1+n*n))
		}
		plain, err := json.Marshal(texts)
		if err != nil {
			t.Fatal(err)
		}
		for level := flate.HuffmanOnly; level <= flate.BestCompression; level++ {
			var b bytes.Buffer
			w, err := flate.NewWriter(&b, level)
			if err != nil {
				t.Fatal(err)
			}
			w.Write(plain)
			w.Close()
			packed := b.Bytes()
			lines, want = append(lines, map[string]any{"packed": packed}), append(want, string(plain))
			damaged := slices.Clone(packed[:1+rng.IntN(len(packed))])
			damaged[rng.IntN(len(damaged))] ^= byte(1 + rng.IntN(255))
			lines, want = append(lines, map[string]any{"packed": damaged}), append(want, "")
		}
	}
	errors := 0
	for i, got := range node(t, t.TempDir(), lines) {
		if want[i] == "" {
			errors += strings.Count(string(got), `"error"`)
		} else if string(got) != want[i] {
			t.Errorf("got %s, want %s", got, want[i])
		}
	}
	if errors < len(lines)/3 {
		t.Errorf("of %d that are damaged %d are refused", len(lines)/2, errors)
	}
}

func TestAResultWaitsForNoCardsButItsOwn(t *testing.T) {
	dir, _ := writeIndex(t, samples(t, 3+100)) // blocks of 3 and of 100 articles, whose cards are one file
	var got []int
	if err := json.Unmarshal(node(t, dir, []any{map[string]int{"block": 0}})[0], &got); err != nil {
		t.Fatal(err)
	}
	if got[0] != 100 || got[1] > 2 || got[2] != 7 { // the second may be begun
		t.Errorf("articles, parts of cards that were unpacked for the first of them, for the last: %v, want 100, 1 or 2, 7", got)
	}
}

func TestBlocksBehindASmallNewestOneAreReadWithIt(t *testing.T) {
	testsize.SkipShort(t, "Node searches")
	testsize.Program(t, "node")
	words := regexp.MustCompile(`^block-(\d+)-.*-w`)
	for _, c := range []struct {
		articles int // in blocks of 3, 240, 55 and up to 300
		query    string
		want     []int // the blocks whose words are read
	}{
		{3 + 240 + 1, "và", []int{2, 1}},
		{3 + 240 + 55, "và", []int{2}},
		{3 + 240 + 55, "và các", []int{2, 1}},
		{3 + 240 + 55 + 200, "và các", []int{3}},
		{3 + 240 + 55 + 200, `"và các"`, []int{3, 2, 1}},
	} {
		dir, _ := writeIndex(t, samples(t, c.articles))
		var read []string
		if err := json.Unmarshal(node(t, dir, []any{map[string]string{"begin": c.query}})[0], &read); err != nil {
			t.Fatal(err)
		}
		var got []int
		for _, name := range read {
			if m := words.FindStringSubmatch(name); m != nil {
				n, _ := strconv.Atoi(m[1])
				got = append(got, n)
			}
		}
		if got = slices.Compact(got); !slices.Equal(got, c.want) {
			t.Errorf("of %d articles, %s reads blocks %v, want %v", c.articles, c.query, got, c.want)
		}
	}
}

// A round trip takes a phone's line as long as all that the page does for a result.
func TestAFirstResultTakesFewRoundTrips(t *testing.T) {
	all := samples(t, 3+240+55) // blocks of so many; the middle one has two files of words
	const phrase = "sen hồng tháng tám nở"
	for i := range all {
		all[i].text += " nở tám sen. Hồng tháng " + []string{"sáu.", "bảy."}[i%2]
	}
	all[3+7].text += " " + phrase
	dir, _ := writeIndex(t, all)
	kind := regexp.MustCompile(`^block-(\d+)-.*-([wp])|^[a-z]+`)
	for _, c := range []struct {
		query string
		want  []map[string]int // of each round trip, how many files of a block or of a kind are asked for
	}{
		{"sen hồng", []map[string]int{{"w2": 1, "w1": 1, "words": 2}, {"cards": 1}}},
		{`"hồng tháng bảy"`, []map[string]int{{"w2": 1, "w1": 1, "w0": 1}, {"p2": 3, "p1": 3, "p0": 3, "cards": 3}}},
		{`"` + phrase + `"`, []map[string]int{{"w2": 1, "w1": 2, "w0": 1}, {"p2": 2, "p1": 2, "p0": 2}, {"p1": 3, "cards": 1}}},
	} {
		var asked [][]string
		if err := json.Unmarshal(node(t, dir, []any{map[string]string{"first": c.query}})[0], &asked); err != nil {
			t.Fatal(err)
		}
		var got []map[string]int
		for _, names := range asked {
			counts := map[string]int{}
			for _, name := range names {
				m := kind.FindStringSubmatch(name)
				if m[2] != "" {
					n, _ := strconv.Atoi(m[1])
					m[0] = m[2] + strconv.Itoa(n)
				}
				counts[m[0]]++
			}
			got = append(got, counts)
		}
		if !slices.EqualFunc(got, c.want, maps.Equal) {
			t.Errorf("%s asks for %v, want %v", c.query, got, c.want)
		}
	}
}

func TestTheBrowserFoldsAsGoDoes(t *testing.T) {
	var texts []string
	for _, span := range [][2]rune{{1, 0x0530}, {0x1E00, 0x1F00}, {0x2000, 0x2070}} { // as old as any browser's tables
		for r := span[0]; r < span[1]; r++ {
			texts = append(texts, "a"+string(r)+"b "+string(r))
		}
	}
	for r := rune(0x1EA0); r <= 0x1EF9; r++ {
		texts = append(texts, "ngh"+string(r)+"ng")
	}
	texts = append(texts, "hòa hoà HÒA Hoà quý qúy Ủy Uỷ uỷ đường ĐƯỜNG Ðường ðường Ɖường", "15/CTPH-UBND-MTTQ 0912 345 678 2.592", " 01/03/2026 1/3/2026 0 00 000120 0x1 x01", "ﬁ ½ ² № … ß Æ")
	texts = append(texts, foreignTexts...)
	var lines []any
	for _, s := range texts {
		lines = append(lines, map[string]string{"fold": s}, map[string]string{"fold": norm.NFD.String(s)})
	}
	for i, answer := range node(t, t.TempDir(), lines) {
		var got []struct {
			Word    string // in UTF-8, each byte as a character
			Accents vietnamese.Accents
		}
		if err := json.Unmarshal(answer, &got); err != nil {
			t.Fatal(err)
		}
		text := texts[i/2]
		var want []string
		foreign := isForeign(text)
		vietnamese.EachWord(vietnamese.NFC(text), func(w []byte, a vietnamese.Accents) {
			if foreign {
				a = 0
			}
			want = append(want, fmt.Sprint(string(w), " ", a))
		})
		var found []string
		for _, g := range got {
			if foreign {
				g.Accents = 0
			}
			var word []byte
			for _, r := range g.Word {
				word = append(word, byte(r))
			}
			found = append(found, fmt.Sprint(string(word), " ", g.Accents))
		}
		if !slices.Equal(found, want) {
			t.Errorf("%q (U+%04X): the browser folds to %q, Go to %q", text, []rune(text)[1], found, want)
		}
	}
}

// isForeign tells whether a text has letters that Vietnamese does not have:
// their marks are no accents to Go, and may be to the browser.
func isForeign(text string) bool {
	for _, r := range text {
		if r >= 0x80 && !strings.ContainsRune("àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵÐðƉ", unicode.ToLower(r)) {
			return true
		}
	}
	return false
}

// foreignTexts are texts in other scripts than the Latin one, both with spaces
// between words and without.
var foreignTexts = []string{
	" ការប្រជុំឃុំ", " ការ\u200bប្រជុំ\u200bឃុំ ឆ្នាំ២០២៦", " ประชุมหมู่บ้าน น้ำ", " ກອງປະຊຸມ ນ້ຳ ໒໐໒໖", " မြန်မာစာ",
	" 村民会议，2026年召开。", " 水", " 臺灣 﨑 々 〇", " カタカナ ｶﾞ が ひらがな", " ꪼꪕ ꪎꪳ", " 𠀀𠀁𠀂",
	" COVID19ระบาด2026ปี", " Ubndประชุม Ủy", " اجتماع القرية مُحَمَّد محـــمد أإآ ٢٠٢٦", " שָׁלוֹם", " Собрание Ёлка й ЁЛКА", " ΑΘΗΝΑ Ἀθῆναι",
	" समिति बैठक कि की २०२६", " ꨌꩌ ꨀꨍꨉ", " 한국어 마을", " Հայերեն ქართული", " ə ƙ ʼ Mónǧ", " ፩ አማርኛ", " ៗ។ ฯ ๆ",
}

func TestWhatWasTypedIsMarkedWhereNoSpacesPartWords(t *testing.T) {
	type question struct {
		Query string `json:"query"`
		Text  string `json:"text"`
	}
	cases := []struct {
		question
		want []string
	}{
		{question{"ประชุม", "การประชุมหมู่บ้าน"}, []string{"ประชุม"}},
		{question{"ប្រជុំ", "ការប្រជុំឃុំ"}, []string{"ប្រជុំ"}},
		{question{"ប្រជ", "ការប្រជុំឃុំ"}, []string{"ប្រជុំ"}}, // no letter is cut from its signs
		{question{"ការប្រជុំ", "ការ\u200bប្រជុំ"}, []string{"ការ\u200bប្រជុំ"}},
		{question{"会议", "村民会议，会议"}, []string{"会议", "会议"}},
		{question{"议会", "村民会议"}, nil}, // the same letters in another order
		{question{"น้ำ", "แม่น้ำโขง"}, []string{"น้ำ"}},
		{question{"水", "山 水 山水"}, []string{"水"}},
		{question{"القرية", "اجتماع القرية"}, []string{"القرية"}},
		{question{"hop", "Họp dân"}, []string{"Họp"}},
		{question{"covid ระบาด", "COVID19ระบาด covid"}, []string{"ระบาด", "covid"}},
	}
	var lines []any
	for _, c := range cases {
		lines = append(lines, c.question)
	}
	for i, answer := range node(t, t.TempDir(), lines) {
		var got []string
		if err := json.Unmarshal(answer, &got); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got, cases[i].want) {
			t.Errorf("%q in %q: marked is %q, want %q", cases[i].Query, cases[i].Text, got, cases[i].want)
		}
	}
}

// A name shares at most 15 letters with the one before it in a list.
func TestLongWordsThatBeginAlikeAreFound(t *testing.T) {
	all := samples(t, 3+100)
	long := []string{"congnghethongti", "congnghethongtin", "congnghethongtinmoi", "congnghethongtinmot", "congnghethongtinmotba", "congnghethongtinmu"}
	all[1].text += " " + strings.Join(long, " ")
	dir, blocks := writeIndex(t, all)
	var lines []any
	for _, word := range long {
		lines = append(lines, map[string]any{"query": word})
	}
	for i, answer := range node(t, dir, lines) {
		var got []hit
		if err := json.Unmarshal(answer, &got); err != nil {
			t.Fatal(err)
		}
		if n := compare(t, long[i], got, blocks, len(all)); n != 1 {
			t.Errorf("%s is found in %d articles, want 1", long[i], n)
		}
	}
}

// The number of a word's accents may be any of 32 bits, if the word is long enough.
func TestAWordWithTheGreatestAccentsIsFound(t *testing.T) {
	testsize.Program(t, "node")
	const sixth = 0x2AAAAAAA // of the numbers that there are, rounded down
	for _, shape := range []uint32{sixth, sixth + 1<<31, 1<<31 + 1, 0xFFFFFFFF, 0} {
		for tone, vowel := range []string{"a", "à", "ả", "ã", "á", "ạ"} {
			word := ""
			for bit := range 32 {
				word += []string{"d", "đ"}[shape>>bit&1]
			}
			word += vowel
			vietnamese.EachWord(word, func(_ []byte, accents vietnamese.Accents) {
				if want := vietnamese.Accents(6*shape + uint32(tone)); accents != want {
					t.Fatalf("%s has the accents %d, want %d", word, accents, want)
				}
			})
			all := samples(t, 20)
			all[1].text += " " + word
			dir, blocks := writeIndex(t, all)
			var got []hit
			if err := json.Unmarshal(node(t, dir, []any{map[string]any{"query": word}})[0], &got); err != nil {
				t.Fatal(err)
			}
			if n := compare(t, word, got, blocks, len(all)); n != 1 {
				t.Errorf("%s is found in %d articles, want 1", word, n)
			}
		}
	}
}

func TestWhatHasNoSpacesIsFoundInAnyPlace(t *testing.T) {
	testsize.Program(t, "node")
	all := samples(t, 400)
	all[7].text += " ការប្រជុំឃុំឆ្នាំ២០២៦ "
	all[130].title = "村民会议今天召开"
	all[350].text += " การประชุมหมู่บ้าน، اجتماع القرية، Собрание "
	dir, blocks := writeIndex(t, all)
	questions := []string{"ប្រជុំ", "ឃុំ", "2026 ប្រជុំ", "会议", "议会", "今天 会议", "ประชุม", "القرية", "собрание", "СОБРАНИЕ -ประชุม"}
	wanted := []int{1, 1, 1, 1, 0, 1, 1, 1, 1, 0}
	var lines []any
	for _, q := range questions {
		lines = append(lines, map[string]any{"query": q})
	}
	for i, answer := range node(t, dir, lines) {
		var got []hit
		if err := json.Unmarshal(answer, &got); err != nil {
			t.Fatal(err)
		}
		if n := compare(t, questions[i], got, blocks, len(all)); n != wanted[i] {
			t.Errorf("%q: found %d articles, want %d", questions[i], n, wanted[i])
		}
	}
}

func TestADateIsFoundHoweverItIsWritten(t *testing.T) {
	testsize.Program(t, "node")
	all := samples(t, 400)
	all[9].text += " Ký ngày 01/03/1961, số 007/CTPH. "
	all[140].title = "Kế hoạch 7/CTPH ngày 1/3/1961"
	all[350].text += " Ngày 1.3.1961. "
	dir, blocks := writeIndex(t, all)
	wanted := map[string]int{"1/3/1961": 3, "01/03/1961": 3, "01-3-1961": 3, "10/3/1961": 0, "1/30/1961": 0, "7/CTPH": 2, "07/CTPH": 2, "70/CTPH": 0, "07/CTPH -01/03/1961": 0}
	questions := slices.Sorted(maps.Keys(wanted))
	var lines []any
	for _, q := range questions {
		lines = append(lines, map[string]any{"query": q})
	}
	for i, answer := range node(t, dir, lines) {
		var got []hit
		if err := json.Unmarshal(answer, &got); err != nil {
			t.Fatal(err)
		}
		if n := compare(t, questions[i], got, blocks, len(all)); n != wanted[questions[i]] {
			t.Errorf("%q: found %d articles, want %d", questions[i], n, wanted[questions[i]])
		}
	}
}

func TestAnExcerptIsCutBetweenWordsOrLetters(t *testing.T) {
	const khmer = "ខ្ញុំស្រឡាញ់ភូមិរបស់យើង" // "I love our village", without a space
	long := strings.Repeat("Bà con thôn Đông họp bàn việc nước sạch. ", 30)
	pictures := strings.Repeat("👩‍👩‍👧", 60)
	type question struct {
		Query   string `json:"query"`
		Article string `json:"article"`
		Lead    string `json:"lead"`
	}
	questions := []any{
		question{"kẹo dừa", long + "Có kẹo dừa. " + long, ""},
		question{"kẹo dừa", "Có kẹo dừa ở đây.", ""},
		question{"ទឹកស្អាត", strings.Repeat(khmer, 30) + "ទឹកស្អាត" + strings.Repeat(khmer, 30), ""},
		question{"kẹo dừa", pictures + " kẹo dừa " + pictures, ""},
		question{"kẹo dừa", "Không có gì.", ""},
	}
	inWords := map[int]string{0: "kẹo dừa", 2: "ទឹកស្អាត", 3: "kẹo dừa"}
	for i := 1; i < 9; i++ { // so that a cut at a fixed distance would be within a word
		inWords[len(questions)] = "kẹo dừa"
		questions = append(questions, question{"kẹo dừa", long + "Có " + strings.Repeat("x", i) + " kẹo dừa. " + strings.Repeat("y", i) + " " + long, ""})
	}
	said := len(questions) // by a lead that is the text's beginning
	questions = append(questions,
		question{"kẹo dừa", " Có kẹo dừa ở đây. " + long, "Có kẹo dừa …"},
		question{"kẹo dừa", " Có kẹo dừa ở đây. " + long, "Kẹo dừa có ở đây"},
		question{"đông họp", "Có kẹo dừa. " + long, "Có kẹo dừa."})
	var got []string
	for _, answer := range node(t, t.TempDir(), questions) {
		var text string
		if err := json.Unmarshal(answer, &text); err != nil {
			t.Fatal(err)
		}
		got = append(got, text)
	}
	if got[1] != "Có kẹo dừa ở đây." || got[4] != "" {
		t.Errorf("of short texts: %q, %q", got[1], got[4])
	}
	if got[said] != "" || got[said+1] == "" || got[said+2] == "" {
		t.Errorf("below leads stand %q", got[said:])
	}
	for i, found := range inWords {
		text, _ := strings.CutPrefix(got[i], "… ")
		text, cut := strings.CutSuffix(text, " …")
		article := questions[i].(question).Article
		before, after, whole := strings.Cut(article, text)
		if !cut || !whole || !strings.Contains(text, found) || len(text) > len(article)/2 {
			t.Errorf("%q shows %q", questions[i].(question).Query, got[i])
			continue
		}
		switch i {
		default:
			if !strings.HasSuffix(before, " ") || !strings.HasSuffix(text, " ") {
				t.Errorf("cut within a word: %q", text)
			}
		case 2, 3:
			for _, rest := range []string{text, after} {
				if r, _ := utf8.DecodeRuneInString(rest); unicode.Is(unicode.M, r) || r == '\u200d' || r == utf8.RuneError || strings.HasSuffix(strings.TrimSuffix(article, rest), "\u17d2") {
					t.Errorf("cut within a letter: %q", rest)
				}
			}
			if strings.HasSuffix(before, "\u200d") || strings.HasSuffix(text, "\u200d") {
				t.Errorf("cut within a picture: %q", text)
			}
		}
	}
}
