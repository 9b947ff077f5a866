package site

import (
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEveryTextThatIsPublishedStandsOnOnePage(t *testing.T) {
	b := assemble(t, rich(), options{})
	pages := map[string]int{}
	for _, p := range b.Pages() {
		if i := p.Index(); i >= 0 {
			pages[b.entries[i].Path]++
		}
	}
	want := map[string]int{}
	for i := range b.entries {
		if b.publishesFiles(index(i)) {
			want[b.entries[i].Path] = 1
		}
	}
	if diff := cmp.Diff(want, pages); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestASiteIsCountedByWhatIsPublished(t *testing.T) {
	want := map[string]int{
		"articles": 3, "standalone": 1, "sections": 2, "tags": 1, "organizations": 3, "authors": 1, "events": 1, "agreements": 1,
	}
	got := assemble(t, statuses.and(files{
		"content/gioi-thieu.md":  front("title: Giới thiệu"),
		"content/thong-bao/a.md": post("A", "1/3/2020", "tags: [đất đai]", "author: An", "event: {start: 1/7/2024, organizer: UBND xã}"),
		"content/thong-bao/b.md": post("B", "1/3/2020", "agreement: {parties: [Hội Nông dân, Hội Phụ nữ]}"),
		"content/thong-bao/c.md": post("C", "1/3/2030", "tags: [mai sau]", "author: Ba", "event: {start: 1/7/2031}"),
	}), options{}).Counts()
	if !maps.Equal(want, got) {
		t.Errorf("(-want +got):\n%s", cmp.Diff(want, got))
	}
}

func TestAFileIsUnusedIfNoArticleNamesItNotEvenADraft(t *testing.T) {
	b := assemble(t, files{
		"content/tin-tuc/a.md":      post("A", "1/3/2020", "attachments: [a.pdf]") + "[b](b.pdf) ![c](c.jpg)\n",
		"content/tin-tuc/nhap.md":   post("Nháp", "1/3/2020", "draft: true", "image: {file: d.jpg, alt: D}"),
		"content/tin-tuc/_index.md": front("title: Tin tức") + "[e](e.pdf)\n",
		"content/tin-tuc/a.pdf":     "a", "content/tin-tuc/b.pdf": "b", "content/tin-tuc/c.jpg": "c",
		"content/tin-tuc/d.jpg": "d", "content/tin-tuc/e.pdf": "e", "content/tin-tuc/f.pdf": "f",
		"static/g.svg": "g",
	}, options{})
	var unused []string
	for _, f := range b.Unused(b.facts) {
		unused = append(unused, f.Path)
	}
	if diff := cmp.Diff([]string{"content/tin-tuc/f.pdf"}, unused); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
