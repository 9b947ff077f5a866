package search

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestABlockInTheMemoryOfAnotherIsAsAnyOther(t *testing.T) {
	words := func(n int, text string) []*Words {
		var docs []*Words
		for i := range n {
			w := &Words{}
			w.Grow(len(text))
			w.Add(fmt.Sprintf("bài %d", i))
			w.EndTitle()
			w.Add(text)
			docs = append(docs, w)
		}
		return docs
	}
	make := func(docs []*Words) Block {
		defer func() {
			for _, w := range docs {
				w.Release()
				w.Release() // as where two articles have the same words
			}
		}()
		return MakeBlock(docs, nil)
	}
	want := make(words(3, "Ký kết chương trình phối hợp"))
	make(words(90, "Đại hội đại biểu mặt trận tổ quốc lần thứ nhất, nhiệm kỳ 2024–2029, cùng hơn chín mươi chín đại biểu"))
	if diff := cmp.Diff(want, make(words(3, "Ký kết chương trình phối hợp"))); diff != "" {
		t.Error(diff)
	}
}
