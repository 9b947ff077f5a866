package search

import (
	"bytes"
	"reflect"
	"slices"
	"testing"
)

// expand gives words that were kept their tokens.
func (w *Words) expand() {
	for _, n := range w.numbers {
		var s spelling
		if n > 0 {
			s = (*w.kept)[n-1]
		}
		if s.isLong() {
			s.word |= uint64(len(w.long))
			w.long = append(w.long, s.long)
		}
		w.tokens = append(w.tokens, s.token)
	}
	w.kept, w.numbers = nil, nil
}

func TestWordsAreKeptAsTheyAre(t *testing.T) {
	var want []*Words
	for _, s := range samples(t, 200) {
		want = append(want, s.words())
	}
	strange := &Words{}
	strange.Add("")
	strange.EndTitle()
	strange.Add("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch Nguyễn nguyen NGUYỆN 0912345678901 nghiêng")
	want = append(want, strange, &Words{})
	got, err := DecodeWords(EncodeWords(want))
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != len(want) {
		t.Fatalf("%d articles, want %d", len(got), len(want))
	}
	for i := range want {
		got[i].expand()
		if len(want[i].tokens)+len(got[i].tokens) == 0 {
			continue
		}
		if got[i].title != want[i].title || !reflect.DeepEqual(got[i].tokens, want[i].tokens) || !reflect.DeepEqual(got[i].long, want[i].long) {
			t.Errorf("article %d: %v, want %v", i, got[i], want[i])
		}
	}
}

// A block is mostly made of words that were kept, with some of other articles between
// them.
func TestABlockIsTheSameOfWordsThatWereKept(t *testing.T) {
	var want []*Words
	for _, s := range samples(t, 200) {
		want = append(want, s.words())
	}
	want[7].Add("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch")
	want[9].Add("llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch llanfair")
	half := [2][]*Words{}
	for k, part := range [][]*Words{want[:120], want[60:]} { // of two caches
		decoded, err := DecodeWords(EncodeWords(part))
		if err != nil {
			t.Fatal(err)
		}
		half[k] = decoded
	}
	got := slices.Concat(half[0][:100], half[1][40:])
	for _, k := range []int{0, 8, 9, 150, 199} {
		got[k] = want[k]
	}
	for _, w := range []*Words{want[20], want[21], got[20], got[21]} { // more may be added to either
		w.Add("Llanfair và một trường nữa")
	}
	block, encoded := MakeBlock(want, nil), EncodeWords(want)
	if !reflect.DeepEqual(MakeBlock(got, nil), block) {
		t.Error("the block is another one")
	}
	if !bytes.Equal(EncodeWords(got), encoded) {
		t.Error("the words are kept otherwise")
	}
}

func FuzzDecodeWords(f *testing.F) {
	w := &Words{}
	w.Add("Ký kết phối hợp")
	f.Add(EncodeWords([]*Words{w}))
	f.Add([]byte{255, 255, 255, 255, 15})
	f.Add([]byte{0, 1, 9, 1, 3})
	f.Fuzz(func(t *testing.T, encoded []byte) {
		articles, err := DecodeWords(encoded)
		if err == nil {
			MakeBlock(articles, nil)
		}
	})
}
