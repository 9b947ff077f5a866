package render

import (
	"bytes"
	"testing"

	"bantin/internal/site"
)

func benchmark(b *testing.B, r *Renderer, view any) {
	var buf bytes.Buffer
	b.ReportAllocs()
	for b.Loop() {
		buf.Reset()
		if err := r.Render(&buf, view); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkArticle renders an article as most are: no event, no agreement,
// related cards already rendered.
func BenchmarkArticle(b *testing.B) {
	v := testArticle()
	v.Event, v.Agreement, v.Gallery, v.Attachments, v.Corrections = nil, nil, nil, nil, nil
	benchmark(b, renderer(b, "vi"), &v)
}

func BenchmarkCard(b *testing.B) {
	r := renderer(b, "vi")
	b.ReportAllocs()
	for b.Loop() {
		r.cards[1].Store(nil)
		if _, err := r.card(site.CardRef{Index: 1}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkList renders a full page of a list whose cards are rendered.
func BenchmarkList(b *testing.B) {
	v := testList("tag")
	v.Cards = nil
	for range 20 {
		v.Cards = append(v.Cards, site.CardRef{Index: 1})
	}
	benchmark(b, renderer(b, "vi"), &v)
}

// BenchmarkParse parses the templates of a site with one of its own, as each of
// its builds does.
func BenchmarkParse(b *testing.B) {
	files := defaultFiles(b)
	files["mark.html"] = []byte("<b>{{.}}</b>")
	b.ReportAllocs()
	for b.Loop() {
		if _, problems := Parse(files, "vi"); len(problems) > 0 {
			b.Fatal(problems)
		}
	}
}
