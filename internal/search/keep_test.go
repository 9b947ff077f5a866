package search

import (
	"reflect"
	"testing"
)

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
		if len(want[i].tokens)+len(got[i].tokens) == 0 {
			continue
		}
		if got[i].title != want[i].title || !reflect.DeepEqual(got[i].tokens, want[i].tokens) || !reflect.DeepEqual(got[i].long, want[i].long) {
			t.Errorf("article %d: %v, want %v", i, got[i], want[i])
		}
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
