package check

import (
	"strings"
	"testing"

	"bantin/internal/article"
)

func BenchmarkArticle(b *testing.B) {
	src := []byte("---\ntitle: Họp dân thôn Đông\ndate: 11/3/2020\nauthor: Lê Thị Mai\norganization: UBND xã Khê Hòa\n---\n" +
		strings.Repeat("Tối 14/3, bà con **thôn Đông** họp ở nhà văn hóa, bàn việc làm [đường](https://example.com/duong) liên thôn.\n\n", 20))
	a, problems := article.Parse("tin-tuc/hop-dan.md", src, hanoi)
	if problems != nil {
		b.Fatal(problems)
	}
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		if found := Article(converter, a, src, "", nil, now); found.Problems != nil || len(found.External) != 20 {
			b.Fatal(found)
		}
	}
}
