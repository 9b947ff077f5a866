package picture

import (
	"testing"

	"bantin/internal/digest"
)

func BenchmarkMake12Megapixels(b *testing.B) {
	src := withSegment(jpegOf(b, scene(4000, 3000)), markerAPP0+1, exifOf(1))
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		h, err := ReadHeader(src)
		if err != nil {
			b.Fatal(err)
		}
		if _, _, err := Make(src, h, digest.Digest{}, testOptions); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecode12Megapixels(b *testing.B) {
	src := jpegOf(b, scene(4000, 3000))
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		if _, err := decode(src); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMakeBrand(b *testing.B) {
	brand := Brand{"Trang tin xã Khê Hòa", "#1f6f54", emblemFile(b)}
	for b.Loop() {
		if _, _, err := brand.Make(digest.Digest{}); err != nil {
			b.Fatal(err)
		}
	}
}
