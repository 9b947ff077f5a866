package strictyaml

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// simpleBlocks are blocks at the edge of what simple may read.
var simpleBlocks = []string{
	"title: Ký kết chương trình phối hợp\ndate: 19:02 11/03/2020\n",
	"title: \"Đức Thọ: Ký kết\"\nauthor: [Vũ Cương,  Bích Hường ]\n",
	"tags: [phối hợp, nông thôn mới]\n\nlead: Một, hai; “ba” - bốn.\n",
	"title:   Nhiều dấu cách   \n",
	"a: null\nb: ~\nc:\n",
	"a: b: c\n", "a: b:\n", "a: b #c\n", "a: #c\n", "a: 'b'\n", "a: \"b\\n\"\n", "a: \"b\"c\"\n",
	"a: [b, ]\n", "a: []\n", "a: [b c]\n", "a: [b: c]\n", "a: [?b]\n", "a: [\"b\"]\n", "a: [b\n", "a: [b] c\n",
	"a: b\n  c\n", "a: b\n- c\n", "a: b\na: c\n", "a: “b”\n", "a: |\n  b\n", "a: >-\n", "- a\n", "a: b\n...\n", "a: b\n---\nc: d\n",
	"a: e\u0301\n", "a: [e\u0301, b]\n", "a: b\r\nc: d\r\n", "a: \"\"\n", "a: \"\n", "a: [\n", "a: ]\n", "yes: no\n", "a: b\n\n\nc: d",
	"a: \u00a0b\n", "a: b\u00a0\n", "\u00a0a: b\n", "a: b\u2028c\n", "a: b\n#c: d\n", " a: b\n", "a : b\n", "a: [b,c]\n", "a: b, c\n", "a: 1.5e3\n", "a: b ?\n",
}

func FuzzSimpleReadsWhatTheLibraryReads(f *testing.F) {
	for _, block := range simpleBlocks {
		f.Add(block)
	}
	f.Fuzz(func(t *testing.T, text string) {
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
	})
}

func TestAUsualBlockIsReadWithoutTheLibrary(t *testing.T) {
	for _, text := range simpleBlocks[:3] {
		if _, ok := newBlock([]byte(text), "a.md", 2).simple(); !ok {
			t.Errorf("%q is left to the library", text)
		}
	}
}
