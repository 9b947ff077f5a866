package article

import (
	"bytes"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

// report is a text of the usual length, about 3.5 KB, with the usual marks.
var report = bytes.Repeat([]byte(`Ngày 11/3, **Ủy ban MTTQ huyện** cùng UBND huyện Đức Thọ ký kết chương trình phối hợp
công tác năm 2020, theo [kế hoạch 15](ke-hoach.pdf) của Ban Thường trực.

## Nội dung phối hợp

- Tập trung các nguồn lực để phát triển kinh tế và xây dựng huyện đạt chuẩn nông thôn mới;
- tăng cường công tác quản lý nhà nước trên các lĩnh vực *đất đai*, tài nguyên, môi trường;
- củng cố nền quốc phòng toàn dân, bảo đảm an ninh trật tự, giải quyết tốt đơn thư của công dân.

![Đại diện hai bên ký kết](anh-1.jpg "Lễ ký kết")

Phát biểu chỉ đạo tại hội nghị, Bí thư Huyện ủy, Chủ tịch UBND huyện Võ Công Hàm ghi nhận và đánh giá
cao công tác phối hợp hoạt động giữa Thường trực Ủy ban MTTQ, các đoàn thể với các phòng, ban trong thời gian qua.

`), 3)

func BenchmarkConvert(b *testing.B) {
	c := NewConverter(ConverterOptions{
		Glossary: []Abbreviation{{"UBND", "Ủy ban nhân dân"}, {"MTTQ", "Mặt trận Tổ quốc"}},
		Labels:   vietnameseLabels,
	})
	a := &Article{Path: "tin-tuc/a.md", BodyLine: 1}
	resolve := func(Link) Target { return Target{URL: "/tin-tuc/a/b", Width: 800, Height: 600} }
	b.SetBytes(int64(len(report)))
	b.ReportAllocs()
	for b.Loop() {
		if body := c.Convert(new(bytes.Buffer), a, report, resolve); len(body.Problems) > 0 {
			b.Fatal(body.Problems)
		}
	}
}

// BenchmarkPlainGoldmark is what BenchmarkConvert is measured against.
func BenchmarkPlainGoldmark(b *testing.B) {
	md := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList))
	b.SetBytes(int64(len(report)))
	b.ReportAllocs()
	for b.Loop() {
		var out bytes.Buffer
		if err := md.Convert(report, &out); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLead(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if Lead(report) == "" {
			b.Fatal("no lead")
		}
	}
}
