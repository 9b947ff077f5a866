package search

import (
	"fmt"
	"testing"
)

// The parts of what the index costs a build.
func BenchmarkIndex(b *testing.B) {
	all := samples(b, 1000)
	bytes := 0
	var docs []*Words
	var cards []Card
	for i, s := range all {
		bytes += len(s.title) + len(s.text)
		docs = append(docs, s.words())
		cards = append(cards, Card{URL: fmt.Sprintf("/tin/%d/", i), Title: s.title, Lead: s.text[:min(len(s.text), 250)], Date: "2026-03-11", Section: "Tin"})
	}
	b.Run("words", func(b *testing.B) {
		b.SetBytes(int64(bytes))
		b.ReportAllocs()
		for b.Loop() {
			for _, s := range all {
				s.words()
			}
		}
	})
	b.Run("block", func(b *testing.B) {
		b.SetBytes(int64(bytes))
		b.ReportAllocs()
		for b.Loop() {
			for i := 0; i < len(docs); i += 200 {
				MakeBlock(docs[i:i+200], nil)
			}
		}
	})
	b.Run("cards", func(b *testing.B) {
		b.SetBytes(int64(bytes))
		b.ReportAllocs()
		for b.Loop() {
			for i := 0; i < len(docs); i += 200 {
				CardFiles(cards[i : i+200])
			}
		}
	})
	kept := EncodeWords(docs)
	b.Run("keep", func(b *testing.B) {
		b.SetBytes(int64(bytes))
		b.ReportAllocs()
		for b.Loop() {
			EncodeWords(docs)
		}
	})
	b.Run("known", func(b *testing.B) {
		b.SetBytes(int64(bytes))
		b.ReportAllocs()
		for b.Loop() {
			if _, err := DecodeWords(kept); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("again", func(b *testing.B) {
		b.SetBytes(int64(bytes))
		b.ReportAllocs()
		again, err := DecodeWords(kept)
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			MakeBlock(again, nil)
			EncodeWords(again)
		}
	})
}
