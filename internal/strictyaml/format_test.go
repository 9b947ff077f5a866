package strictyaml

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"bantin/internal/diag"
)

// sameTree compares trees without their places.
var sameTree = cmp.Options{cmpopts.IgnoreTypes(diag.Pos{}), cmpopts.EquateEmpty()}

func TestFormatWritesLinesThatEditorsWouldType(t *testing.T) {
	n := (&Node{}).
		Set("title", Text("Họp dân: bàn việc làm đường")).
		Set("date", Text("19:02 11/03/2020")).
		Set("lead", Quoted("Bà con thôn Đông")).
		Set("author", Texts("Vũ Cương", "Trần A, B")).
		Set("draft", &Node{}).
		Set("image", (&Node{Flow: true}).Set("file", Text("anh-1.jpg")).Set("alt", Text("Hai bên: ký"))).
		Set("event", (&Node{}).Set("start", Text("14:00 11/03/2020")).Set("location", Text("#1 Trần Phú"))).
		Set("attachments", &Node{Kind: List, Items: []*Node{
			(&Node{}).Set("file", Text("a.pdf")).Set("title", Text("A")), Text("b.pdf"), (&Node{}).Set("extra", Texts()),
		}}).
		Set("extra", &Node{Kind: Map})
	want := `title: "Họp dân: bàn việc làm đường"
date: 19:02 11/03/2020
lead: "Bà con thôn Đông"
author: [Vũ Cương, "Trần A, B"]
draft:
image: {file: anh-1.jpg, alt: "Hai bên: ký"}
event:
  start: 14:00 11/03/2020
  location: "#1 Trần Phú"
attachments:
  - file: a.pdf
    title: A
  - b.pdf
  - extra: []
extra: {}
`
	if diff := cmp.Diff(want, string(Format(n))); diff != "" {
		t.Error(diff)
	}
}

func TestTextsReadBackAsTheyAreWritten(t *testing.T) {
	for _, text := range []string{
		"", " ", "null", "~", "true", "012", "0912345678", "no", "15/KH", "a: b", "a:", ":a", "a #b", "#a", "a\nb", "\n", "a\tb", "- a", "-", "-a", "? a", "?",
		"*a", "&a", "!a", "@a", "`a", "%a", "|", ">-", "[a", "{a", "a]", "a}", "a, b", ",", `"a"`, `'a'`, `D:\bao-cao\x`, "“a”", "a “b” c", "---", "...", "<<", "=",
		" a", "a ", "a\u00a0", "\u200ba", "\ufeffa", "a\ufeffb", "Thứ hai: họp", "a?", "https://example.vn/?a=b#c", "{{ a }}", "%a%", "a'b", "Đ\u0323a", "🙂", "\U0010fffd",
	} {
		for name, n := range map[string]*Node{
			"behind a key":   (&Node{}).Set("k", Text(text)),
			"quoted":         (&Node{}).Set("k", Quoted(text)),
			"in brackets":    (&Node{}).Set("k", Texts(text, text+"x")),
			"in braces":      (&Node{}).Set("k", (&Node{Flow: true}).Set("a", Text(text)).Set("b", Text(text))),
			"behind a dash":  (&Node{}).Set("k", &Node{Kind: List, Items: []*Node{Text(text), Text("b")}}),
			"deep in a list": (&Node{}).Set("k", &Node{Kind: List, Items: []*Node{(&Node{}).Set("a", Text(text)).Set("b", Text(text))}}),
			"as a key":       (&Node{}).Set("k"+text+"k", Text("a")).Set("l", Text("b")),
		} {
			holdsRoundTrip(t, name, n)
		}
	}
}

// holdsRoundTrip holds that n, formatted, is read back without a problem.
func holdsRoundTrip(t *testing.T, name string, n *Node) {
	t.Helper()
	src := Format(n)
	got, problems := Parse(src, "site.yaml", 1)
	if problems != nil || got == nil {
		t.Errorf("%s: %v of\n%s", name, problems, src)
		return
	}
	want := Plain(n)
	if diff := cmp.Diff(want, Plain(got), sameTree); diff != "" {
		t.Errorf("%s: %s of\n%s", name, diff, src)
	}
	if again := Format(got); string(again) != string(src) {
		t.Errorf("%s: formatted again\n%sbecomes\n%s", name, src, again)
	}
}

// Plain returns n with texts as Parse gives them and without quotes.
func Plain(n *Node) *Node {
	if n == nil {
		return &Node{}
	}
	c := &Node{Kind: n.Kind, Text: printable(n.Text)}
	for _, e := range n.Entries {
		c.Entries = append(c.Entries, Entry{Key: printable(e.Key), Value: Plain(e.Value)})
	}
	for _, item := range n.Items {
		c.Items = append(c.Items, Plain(item))
	}
	return c
}

func TestWhatNoTextMayHoldIsLeftOut(t *testing.T) {
	if got := string(Format((&Node{}).Set("a", Text("x\x00y\x08\u0085\u2028z\xff")))); got != "a: xyz\n" {
		t.Errorf("%q", got)
	}
}

func FuzzFormatReadsBack(f *testing.F) {
	f.Add([]byte("title\x00Đức Thọ: Ký\x00tags\x01a\x01b, c\x00event\x02start\x02#1"))
	f.Add([]byte("a\x00- b\x00c\x03d\x01e\x02f\x00\x04g"))
	f.Fuzz(func(t *testing.T, src []byte) {
		b := treeBuilder{parts: strings.Split(string(src), "\x00")}
		n := b.tree(0)
		if len(n.Entries) == 0 {
			t.Skip()
		}
		holdsRoundTrip(t, "fuzz", n)
	})
}

// treeBuilder makes a tree of a fuzzer's texts.
type treeBuilder struct {
	parts []string
	next  int
}

func (b *treeBuilder) take() string {
	if b.next >= len(b.parts) {
		return ""
	}
	b.next++
	return b.parts[b.next-1]
}

// tree makes a map; the last byte of each key says what its value is.
func (b *treeBuilder) tree(depth int) *Node {
	n := &Node{Kind: Map, Flow: depth > 0 && b.next%3 == 0}
	for b.next < len(b.parts) && len(n.Entries) < 5 {
		key := printable(b.take())
		if strings.TrimSpace(key) == "" || len(key) > 500 || n.Get(key) != nil {
			continue
		}
		n.Set(key, b.value(key, depth))
	}
	return n
}

func (b *treeBuilder) value(key string, depth int) *Node {
	_, size := utf8.DecodeLastRuneInString(key)
	switch c := key[len(key)-size]; {
	case c%7 == 1 && depth < 4:
		if n := b.tree(depth + 1); len(n.Entries) > 0 {
			return n
		}
	case c%7 == 2 && depth < 4:
		list := &Node{Kind: List, Flow: c%2 == 0}
		for range c % 4 {
			list.Items = append(list.Items, b.value(key, depth+1+int(c)%2))
		}
		return list
	case c%7 == 3:
		return &Node{}
	case c%7 == 4:
		return Quoted(b.take())
	}
	return Text(b.take())
}
