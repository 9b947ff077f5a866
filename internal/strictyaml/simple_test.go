package strictyaml

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// simpleBlocks are blocks at the edge of what simple may read.
var simpleBlocks = []string{
	"title: Ký kết chương trình phối hợp\ndate: 19:02 11/03/2020\n",
	"title: \"Đức Thọ: Ký kết\"\nauthor: [Vũ Cương,  Bích Hường ]\n",
	"tags: [phối hợp, nông thôn mới]\n\nlead: Một, hai; “ba” - bốn.\n",
	"agreement:\n  number: 15/CTPH\n  parties: [UBND huyện, Ủy ban MTTQ]\n\n  from: 2020\ntags: [a]\n",
	"tags:\n- hội nghị\n- đất đai\nauthor:\n  - Vũ Cương\n  - \"Bích Hường\"\ntitle: Họp dân\n",
	"gallery:\n  - file: a.jpg\n    alt: Đại diện\n  -   {file: b.jpg, alt: Hội trường}\nevent:\n    start: 14:00 11/3/2020\n",
	"tags: [a, \"b, c\" , \"d: e\"]\nimage: {file: a.jpg, alt: \"Đại diện, hai bên\"}\n",
	"image: {file: anh-1.jpg,  alt: Đại diện hai bên }\nextra:\n  a:\n    b:\n    - c:\n      - d\n      e: f\n",
	"title:   Nhiều dấu cách   \n",
	"a: null\nb: ~\nc:\n",
	"a: b: c\n", "a: b:\n", "a: b #c\n", "a: #c\n", "a: 'b'\n", "a: \"b\\n\"\n", "a: \"b\"c\"\n",
	"a: [b, ]\n", "a: []\n", "a: [b c]\n", "a: [b: c]\n", "a: [?b]\n", "a: [\"b\"]\n", "a: [b\n", "a: [b] c\n",
	"a: b\n  c\n", "a: b\n- c\n", "a: b\na: c\n", "a: “b”\n", "a: |\n  b\n", "a: >-\n", "- a\n", "a: b\n...\n", "a: b\n---\nc: d\n",
	"a: e\u0301\n", "a: [e\u0301, b]\n", "a: b\r\nc: d\r\n", "a: \"\"\n", "a: \"\n", "a: [\n", "a: ]\n", "yes: no\n", "a: b\n\n\nc: d",
	"a:\n  b: c\n d: e\n", "a:\n b: c\n  d: e\n", "a:\nb: c\n", "a:\n", "a:\n  b:\nc: d\n", "a:\n  b\n", "a:\n  b: c\n  - d\n", "a:\n- b\n c: d\n", "a:\n- b\n  c\n",
	"a:\n  - b\n- c\n", "a:\n  - b\n - c\n", "a:\n- b: c\n  b: d\n", "a:\n- b:\n- c\n", "a:\n-\n  b: c\n", "a:\n- - b\n", "a: b\n  c: d\n", "a:\n   \n  b: c\n", "a: \n  b: c\n",
	"a: {b: c}\n", "a: {b: c, b: d}\n", "a: {b}\n", "a: {b: }\n", "a: {b: c,}\n", "a: {}\n", "a: {b:c}\n", "a: {b: c: d}\n", "a: {b: [c]}\n", "a:\n- {b: c\n", "  a: b\n", "  a: b\nc: d\n",
	"a:\n  b:\n    c:\n      d: e\nf: g\n", "a:\n- b\n\n\n- c", "a:\n- null\n- ~\n", "a:\n- b: null\n",
	strings.Repeat("a", 1100) + ": b\n", "a: " + strings.Repeat("b", 1100) + "\n", "a:\n- " + strings.Repeat("b", 1100) + "\n", "a: [" + strings.Repeat("b", 1100) + ", c]\n",
	"a: \u00a0b\n", "a: b\u00a0\n", "\u00a0a: b\n", "a: b\u2028c\n", "a: b\n#c: d\n", " a: b\n", "a : b\n", "a: [b,c]\n", "a: b, c\n", "a: 1.5e3\n", "a: b ?\n",
}

func FuzzSimpleReadsWhatTheLibraryReads(f *testing.F) {
	for _, block := range simpleBlocks {
		f.Add(block)
	}
	f.Fuzz(checkSimple)
}

func TestSimpleReadsWhatTheLibraryReadsOfAnyLines(t *testing.T) {
	starts := []string{"", "", "", "  ", "  ", "    ", " ", "- ", "  - ", "    - ", "-   ", "- - ", "-"}
	keys := []string{"a: ", "b: ", "c: ", "d: ", "e: ", "a:", "b:", "c:", "a :", "", "", "{a: ", "null: "}
	values := []string{"", "", "", "a", "đ b", "1", "[a, b]", "[a , đ,b ]", "[\"a, b\", c]", "[ \"a\" ,\"\"]", "[\"a]", "[\"a\"b, c]", "[\"a, b]", "{a: \"b, c\", d: \"e: f\"}", "{a: b\"c}", "\"", "\"a\"b\"", "[\"a\\\\n\"]", "{a: b, c: đ}", "{ a:  b , b: 2 }", "\"a: b\"", "\"\"", "'a'", " a ", "a: b", "a:", "null", "~", "- a", "a #b", "|"}
	random := rand.New(rand.NewPCG(1, 2))
	pick := func(of []string) string { return of[random.IntN(len(of))] }
	for range 20000 {
		var text strings.Builder
		for range 1 + random.IntN(6) {
			text.WriteString(pick(starts) + pick(keys) + pick(values) + pick([]string{"\n", "\n", "\n\n"}))
		}
		checkSimple(t, text.String())
	}
}

// checkSimple holds that simple reads text, if it reads it, as the library does.
func checkSimple(t *testing.T, text string) {
	quick := newBlock([]byte(text), "a.md", 2)
	if quick.forbidCharacters(); quick.problems != nil {
		return
	}
	got, ok := quick.simple()
	if !ok {
		return
	}
	want, problems := newBlock([]byte(text), "a.md", 2).parse()
	if len(problems) > 0 {
		t.Fatalf("%q: simple reads what has problems: %v", text, problems)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("%q (-library +simple):\n%s", text, diff)
	}
}

func TestAUsualBlockIsReadWithoutTheLibrary(t *testing.T) {
	for _, text := range simpleBlocks[:8] {
		if _, ok := newBlock([]byte(text), "a.md", 2).simple(); !ok {
			t.Errorf("%q is left to the library", text)
		}
	}
}
