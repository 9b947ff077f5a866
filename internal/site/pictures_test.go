package site

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/config"
	"bantin/internal/diag"
	"bantin/internal/digest"
)

// photoFile is a photo as package build tells of it.
func photoFile(path string, width int, variants ...int) File {
	f := File{Path: path, Width: width, Height: width / 2, Size: 9000, Digest: digest.OfString(path)}
	for _, w := range variants {
		f.Variants = append(f.Variants, Variant{w, w / 2, ".jpg", int64(w), digest.OfString(path)})
	}
	return f
}

func TestBrowsersChooseAmongTheSizesOfAPicture(t *testing.T) {
	s := newSite(Input{Config: &config.Config{Images: config.Images{Widths: []int{480, 960, 1600}}, Location: time.UTC}})
	for _, c := range []struct {
		name   string
		file   File
		usual  string
		srcset string
	}{
		{"a large photo", photoFile("a.jpg", 4000, 480, 960, 1600), "/b/a-960.jpg", "/b/a-480.jpg 480w, /b/a-960.jpg 960w, /b/a-1600.jpg 1600w"},
		{"one whose original is light", photoFile("a.jpg", 1200, 480, 960), "/b/a-960.jpg", "/b/a-480.jpg 480w, /b/a-960.jpg 960w, /b/a.jpg 1200w"},
		{"one whose original is heavy", photoFile("a.jpg", 1200, 480, 1200), "/b/a-1200.jpg", "/b/a-480.jpg 480w, /b/a-1200.jpg 1200w"},
		{"a small one", photoFile("a.jpg", 300), "/b/a.jpg", ""},
		{"a wide one that is kept", photoFile("a.gif", 4000), "/b/a.gif", ""},
		{"a photo in PNG", photoFile("a.png", 4000, 480, 960), "/b/a.png-960.jpg", "/b/a.png-480.jpg 480w, /b/a.png-960.jpg 960w"},
		{"an ending in capitals", photoFile("a.JPG", 4000, 960), "/b/a.JPG-960.jpg", ""},
	} {
		offers := s.offers(c.file, "/b/"+c.file.Path)
		plain := func(s string) string { return strings.ReplaceAll(s, "?v="+c.file.Digest.Short(), "") }
		if got := plain(usual(offers).URL); got != c.usual {
			t.Errorf("%s: the usual one is %s, want %s", c.name, got, c.usual)
		}
		if got := plain(string(srcset(offers))); got != c.srcset {
			t.Errorf("%s: got %q, want %q", c.name, got, c.srcset)
		}
	}
}

func TestBrowsersThatReadWebPChooseAmongItsSizes(t *testing.T) {
	for _, c := range []struct{ path, want string }{
		{"a.jpg", "/b/a.jpg-480.webp 480w, /b/a.jpg-960.webp 960w"},
		{"a.png", "/b/a.png-480.webp 480w, /b/a.png-960.webp 960w"},
		{"a.webp", "/b/a-480.webp 480w, /b/a-960.webp 960w"},
	} {
		f := photoFile(c.path, 4000, 480)
		for _, w := range []int{480, 960} {
			f.WebP = append(f.WebP, Variant{w, w / 2, ".webp", int64(w), f.Digest})
		}
		if got := strings.ReplaceAll(string(f.webp("/b/"+c.path)), "?v="+f.Digest.Short(), ""); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
	if got := photoFile("a.jpg", 4000, 480).webp("/b/a.jpg"); got != "" {
		t.Errorf("a photo without WebP has %q", got)
	}
}

func TestAFaultIsToldByTheNameThatTheEditorTyped(t *testing.T) {
	pos := diag.Pos{File: "content/a.md", Line: 3, Col: 8}
	broken := &Fault{ID: "picture-broken", Picture: true}
	program := &Fault{ID: "document-type", Args: []string{".exe"}}
	for _, c := range []struct {
		name      string
		file      File
		asPicture bool
		want      diag.List
	}{
		{"a broken picture", File{Path: "content/a.jpg", Fault: broken}, true, diag.List{diag.New(pos, "picture-broken", "ảnh.jpg")}},
		{"a broken picture, to be downloaded", File{Path: "content/a.jpg", Fault: broken}, false, diag.List{diag.New(pos, "picture-broken", "ảnh.jpg")}},
		{"one of static/, told there", File{Path: "static/a.jpg", Fault: broken}, true, nil},
		{"a program", File{Path: "content/a.exe", Fault: program}, false, diag.List{diag.New(pos, "document-type", "ảnh.jpg", ".exe")}},
		{"a program as a picture", File{Path: "content/a.exe", Fault: program}, true, diag.List{diag.New(pos, "not-a-picture", "ảnh.jpg")}},
		{"a document as a picture", File{Path: "content/a.pdf"}, true, diag.List{diag.New(pos, "not-a-picture", "ảnh.jpg")}},
		{"a good picture", File{Path: "content/a.jpg"}, true, nil},
	} {
		got := c.file.fault(pos, "thư mục/ảnh.jpg")
		if c.asPicture {
			got = c.file.pictureFault(pos, "thư mục/ảnh.jpg")
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}
