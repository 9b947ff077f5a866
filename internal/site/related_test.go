package site

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRelatedArticlesAreThoseFoundByCounting(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	f := files{"content/tin-tuc/_index.md": front("title: Tin tức"), "content/van-hoa/_index.md": front("title: Văn hóa")}
	for k := range 120 {
		var tags []string
		for tag := range 7 {
			if random.IntN(4) == 0 {
				tags = append(tags, fmt.Sprintf("chủ đề %d", tag))
			}
		}
		path := fmt.Sprintf("content/%s/bai-%d.md", []string{"tin-tuc", "van-hoa"}[random.IntN(2)], k)
		f[path] = post("Bài", fmt.Sprintf("%d/%d/2023", 1+random.IntN(28), 1+random.IntN(12)), "tags: ["+strings.Join(tags, ", ")+"]")
	}
	b := assemble(t, f, options{})
	for place, i := range b.published {
		want := b.relatedByCounting(place)
		if diff := cmp.Diff(want, slices.Clone(part(b.related, b.entries[i].related))); diff != "" {
			t.Errorf("of article %d (-want +got):\n%s", place, diff)
		}
	}
}

// relatedByCounting finds the articles related to the one at a place in time
// by looking at all before it.
func (b *folder) relatedByCounting(place int) []index {
	e := &b.entries[b.published[place]]
	shared := map[int]int{}
	for _, tag := range e.Tags {
		found := 0
		for k := place - 1; k >= 0 && found < relatedWindow; k-- {
			for _, other := range b.entries[b.published[k]].Tags {
				if other.Value == tag.Value {
					shared[k]++
					found++
				}
			}
		}
	}
	list := []index{}
	for tags := len(e.Tags); tags > 0; tags-- {
		for k := place - 1; k >= 0; k-- {
			if shared[k] == tags {
				list = append(list, b.published[k])
			}
		}
	}
	neighbour := true
	for k := place - 1; k >= 0; k-- {
		if other := &b.entries[b.published[k]]; other.section == e.section {
			if !neighbour && !slices.Contains(list, b.published[k]) {
				list = append(list, b.published[k])
			}
			neighbour = false
		}
	}
	return list[:min(len(list), b.cfg.Related)]
}
