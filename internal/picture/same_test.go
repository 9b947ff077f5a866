package picture

import (
	"fmt"
	"testing"

	"bantin/internal/digest"
)

// TestTheSamePictureGivesTheSameBytes fails when other bytes are made of a
// picture: then version must change with what is written here, lest pictures
// that were kept stay as they were. Another version of Go may encode otherwise,
// which Codecs knows.
func TestTheSamePictureGivesTheSameBytes(t *testing.T) {
	photo := withSegment(jpegOf(t, scene(700, 500)), markerAPP0+1, exifOf(6))
	for _, c := range []struct {
		name string
		src  []byte
		want string
	}{
		{"a photo on its side", photo, goldenPhoto},
		{"a drawing", pngOf(t, textPage(700, 500)), goldenDrawing},
	} {
		for range 2 {
			_, _, files := mustMake(t, c.src)
			var h digest.Hasher
			for _, data := range files {
				h.Digest(digest.Of(data))
			}
			if got := fmt.Sprint("version ", version, ": ", h.Sum()); got != c.want {
				t.Errorf("%s: got %q, want %q", c.name, got, c.want)
			}
		}
	}
}

const (
	goldenPhoto   = "version 4: 89ea755c0056a9b1557400b5113afd24"
	goldenDrawing = "version 4: 2e098c3b57538998dd41675dcec7656d"
)
