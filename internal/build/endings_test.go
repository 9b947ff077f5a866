package build

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPicturesWithRareEndingsAreShown(t *testing.T) {
	m := image.NewGray(image.Rect(0, 0, 40, 30))
	var photo, drawing bytes.Buffer
	if err := jpeg.Encode(&photo, m, nil); err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(&drawing, m); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{"anh.jfif": photo.String(), "anh.jpe": photo.String(), "anh.apng": drawing.String()} {
		s := newSite(t, minimal(map[string]string{
			"content/tin-tuc/bai/index.md": "---\ntitle: Bài có ảnh\ndate: 3/2/2026\nimage: {file: " + name + ", alt: Đại biểu dự họp}\n---\n\nBài.\n",
			"content/tin-tuc/bai/" + name:  data,
		}))
		report, err := New(s.opt).Build(context.Background())
		if err != nil || len(report.Problems) > 0 {
			t.Errorf("%s: %v, %v", name, report.Problems, err)
			continue
		}
		page, err := os.ReadFile(filepath.Join(s.opt.Output, "tin-tuc/bai/index.html"))
		if err != nil || !strings.Contains(string(page), "/tin-tuc/bai/"+name+"?v=") {
			t.Errorf("%s is not shown: %v", name, err)
		}
	}
}

func TestAFilmSaysWhatToConvertItTo(t *testing.T) {
	for _, key := range []string{"attachments: [IMG_0123.MOV]", "image: {file: IMG_0123.MOV, alt: Đại biểu dự họp}"} {
		s := newSite(t, minimal(map[string]string{
			"content/tin-tuc/bai/index.md":     "---\ntitle: Bài có phim\ndate: 3/2/2026\n" + key + "\n---\n\nBài.\n",
			"content/tin-tuc/bai/IMG_0123.MOV": "\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00",
		}))
		report, _ := New(s.opt).Build(context.Background())
		if len(report.Problems) != 1 || report.Problems[0].Code() != "document-type" || !strings.Contains(report.Problems[0].Hint("vi"), "IMG_0123.mp4") {
			t.Errorf("%s: %v", key, report.Problems)
		}
	}
}
