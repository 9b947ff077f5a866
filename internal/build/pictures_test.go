package build

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"bantin/internal/testsize"
)

// photoOf returns a photo in JPEG of a size, with EXIF that tells a place and,
// for an orientation of 6, that it lies on its side.
func photoOf(width, height, orientation int) string {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			img.SetRGBA(x, y, color.RGBA{uint8(x / 6), uint8(y / 6), uint8(40 + x%7), 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		panic(err)
	}
	exif := "Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00" +
		string([]byte{byte(orientation), 0, 0, 0, 0, 0, 0}) + "GPS 18.34 N"
	return "\xff\xd8\xff\xe1" + string([]byte{0, byte(len(exif) + 2)}) + exif + b.String()[2:]
}

// album returns the files of a site with two articles that share a photo, one in
// static/ and a document.
func album() map[string]string { return maps.Clone(albumFiles()) }

var albumFiles = sync.OnceValue(func() map[string]string {
	photo := photoOf(1300, 900, 1)
	return minimal(map[string]string{
		"content/tin-tuc/le-ky/index.md": "---\ntitle: Lễ ký\ndate: 3/2/2026\nimage: {file: ảnh 1.jpg, alt: Lễ ký}\n" +
			"gallery: [{file: doc.jpg, alt: Sân đình, caption: Hội làng}, {file: /nen.jpg, alt: Đồng lúa, caption: Hội làng}]\n" +
			"attachments: [kế hoạch số 15.pdf]\n---\n\n![Toàn cảnh](ảnh%201.jpg \"Toàn cảnh lễ ký\")\n",
		"content/tin-tuc/le-ky/ảnh 1.jpg":          photo,
		"content/tin-tuc/le-ky/doc.jpg":            photoOf(700, 500, 6),
		"content/tin-tuc/le-ky/kế hoạch số 15.pdf": "%PDF-1.4\n1 0 obj <</Type /Pages /Count 3>> endobj\n%%EOF\n",
		"content/tin-tuc/hoi/index.md":             "---\ntitle: Hội\ndate: 4/2/2026\n---\n\n![Hội](hoi.jpg)\n",
		"content/tin-tuc/hoi/hoi.jpg":              photo,
		"static/nen.jpg":                           photoOf(520, 400, 1),
	})
})

var (
	albumOnce sync.Once
	albumTree tree
)

// albumBuilt returns the tree of a clean build of album, which no test changes.
func albumBuilt(tb testing.TB) tree {
	tb.Helper()
	albumOnce.Do(func() { albumTree = newSite(tb, album()).clean() })
	if albumTree == nil {
		tb.Fatal("the album was not built")
	}
	return albumTree
}

// stored returns the files of the store of pictures with the moments at which
// they were written.
func (s *testSite) stored() map[string]string {
	files := map[string]string{}
	for path := range treeOf(s, filepath.Join(s.opt.Cache, "pictures")) {
		info, err := os.Stat(filepath.Join(s.opt.Cache, "pictures", path))
		s.must(err)
		files[path] = info.ModTime().String()
	}
	return files
}

func TestPicturesArePublishedInTheirWidthsBesideTheArticle(t *testing.T) {
	var got []string
	for path := range albumBuilt(t) {
		if strings.HasSuffix(path, ".jpg") {
			got = append(got, path)
		}
	}
	slices.Sort(got)
	want := []string{
		"nen-480.jpg", "nen-520.jpg", "nen.jpg",
		"tin-tuc/hoi/hoi-1300.jpg", "tin-tuc/hoi/hoi-480.jpg", "tin-tuc/hoi/hoi-960.jpg", "tin-tuc/hoi/hoi.jpg",
		"tin-tuc/le-ky/anh-1-1200x630.jpg", "tin-tuc/le-ky/anh-1-1300.jpg", "tin-tuc/le-ky/anh-1-480.jpg",
		"tin-tuc/le-ky/anh-1-960.jpg", "tin-tuc/le-ky/anh-1.jpg",
		"tin-tuc/le-ky/doc-480.jpg", "tin-tuc/le-ky/doc-500.jpg", "tin-tuc/le-ky/doc.jpg",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestNoPublishedPictureTellsWhereItWasTaken(t *testing.T) {
	for path, data := range albumBuilt(t) {
		if strings.HasSuffix(path, ".jpg") && (strings.Contains(data, "GPS") || strings.Contains(data, "Exif")) {
			t.Errorf("%s tells", path)
		}
	}
}

func TestAPhotoIsShownUprightWithASizeForEveryScreen(t *testing.T) {
	page := albumBuilt(t)["tin-tuc/le-ky/index.html"]
	for _, want := range []string{
		`fetchpriority="high"`, ` 480w, `, `anh-1-960.jpg?v=`, ` 1300w"`, `width="960" height="665"`,
		`width="500" height="700"`, // on its side in the file
		`property="og:image:width" content="1200"`, `property="og:image:height" content="630"`,
		`<figcaption>Toàn cảnh lễ ký</figcaption>`, `loading="lazy"`, `download="kế hoạch số 15.pdf"`, `3 trang`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	config, err := jpeg.DecodeConfig(strings.NewReader(albumBuilt(t)["tin-tuc/le-ky/doc.jpg"]))
	if err != nil || config.Width != 500 || config.Height != 700 {
		t.Errorf("the original is %d × %d, %v", config.Width, config.Height, err)
	}
	if strings.Count(page, "<figcaption>Hội làng</figcaption>") != 2 {
		t.Error("two photos do not share a caption")
	}
}

func TestADocumentIsPublishedByteForByte(t *testing.T) {
	if got, want := albumBuilt(t)["tin-tuc/le-ky/ke-hoach-so-15.pdf"], album()["content/tin-tuc/le-ky/kế hoạch số 15.pdf"]; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAPhotoIsMadeOnceHoweverOftenItIsUsedMovedOrBuilt(t *testing.T) {
	s := newSite(t, album())
	s.build()
	before := s.stored()
	drawings := newSite(t, minimal(nil)) // the defaults of static/
	drawings.build()
	if len(before) != 3+len(drawings.stored()) {
		t.Errorf("the store has %v", slices.Sorted(maps.Keys(before)))
	}
	s.build()
	s.rename("content/tin-tuc/hoi/hoi.jpg", "content/tin-tuc/hoi/khac.jpg")
	s.replace("content/tin-tuc/hoi/index.md", "hoi.jpg", "khac.jpg")
	s.build()
	s.must(os.Remove(filepath.Join(s.opt.Cache, sourcesFile)))
	s.build()
	if after := s.stored(); !maps.Equal(before, after) {
		t.Errorf("the store was %v, is %v", before, after)
	}
}

func TestWhatWasMadeOfAPhotoIsForgottenWithIt(t *testing.T) {
	s := newSite(t, album())
	s.build()
	before := len(s.stored())
	s.remove("content/tin-tuc/le-ky/doc.jpg")
	s.replace("content/tin-tuc/le-ky/index.md", "{file: doc.jpg, alt: Sân đình, caption: Hội làng}, ", "")
	s.build()
	if after := len(s.stored()); after != before-1 {
		t.Errorf("the store had %d files, has %d", before, after)
	}
	for path := range s.tree() {
		if strings.Contains(path, "/doc") {
			t.Errorf("%s is still published", path)
		}
	}
}

func TestADamagedStoreOfPicturesGivesTheSameTree(t *testing.T) {
	s := newSite(t, album())
	s.build()
	want := s.tree()
	damages := map[string]func([]byte) []byte{
		"empty": func([]byte) []byte { return nil },
		"cut":   func(data []byte) []byte { return data[:len(data)/2] },
		"head":  func(data []byte) []byte { data[30]++; return data },
		"tail":  func(data []byte) []byte { data[len(data)-1]++; return data },
	}
	for name, damage := range damages {
		if testsize.IsShort() && name != "tail" {
			continue
		}
		for path := range s.stored() {
			path = filepath.Join(s.opt.Cache, "pictures", path)
			data, err := os.ReadFile(path)
			s.must(err)
			s.must(os.WriteFile(path, damage(data), 0o666))
		}
		s.must(os.RemoveAll(s.opt.Output))
		s.build()
		if diff := want.diff(s.tree()); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

func TestOtherWidthsReachEveryPicture(t *testing.T) {
	testsize.SkipShort(t, "pictures are made as in the other tests")
	s := newSite(t, album())
	s.build()
	s.write("site.yaml", s.files["site.yaml"]+"images: {widths: [320], quality: 70}\n")
	s.build()
	if diff := s.clean().diff(s.tree()); diff != "" {
		t.Error(diff)
	}
	if page := s.tree()["tin-tuc/hoi/index.html"]; !strings.Contains(page, "hoi-320.jpg") || strings.Contains(page, "hoi-480.jpg") {
		t.Error("the page still shows the old widths")
	}
}

func TestPicturesAreOfferedAsWebPUnlessTheSiteDeclines(t *testing.T) {
	testsize.SkipShort(t, "pictures are made as in the other tests")
	s := newSite(t, album())
	s.build()
	with := s.tree()
	var names []string
	for path, data := range with {
		if strings.HasSuffix(path, ".webp") {
			names = append(names, path)
			jpeg := with[strings.Replace(strings.TrimSuffix(path, ".webp"), ".jpg-", "-", 1)+".jpg"]
			if !strings.HasPrefix(data, "RIFF") || strings.Contains(data, "EXIF") || len(data) >= len(jpeg) {
				t.Errorf("%s has %d bytes, the JPEG %d", path, len(data), len(jpeg))
			}
		}
	}
	slices.Sort(names)
	if want := []string{
		"nen.jpg-480.webp", "nen.jpg-520.webp",
		"tin-tuc/hoi/hoi.jpg-1300.webp", "tin-tuc/hoi/hoi.jpg-480.webp", "tin-tuc/hoi/hoi.jpg-960.webp",
		"tin-tuc/le-ky/anh-1.jpg-1300.webp", "tin-tuc/le-ky/anh-1.jpg-480.webp", "tin-tuc/le-ky/anh-1.jpg-960.webp",
		"tin-tuc/le-ky/doc.jpg-480.webp", "tin-tuc/le-ky/doc.jpg-500.webp",
	}; !slices.Equal(names, want) {
		t.Errorf("got  %q\nwant %q", names, want)
	}
	page := with["tin-tuc/le-ky/index.html"]
	if strings.Count(page, "<picture><source ") != 4 || strings.Count(page, "</picture>") != 4 { // cover, text, gallery
		t.Errorf("the page offers %d of its four pictures", strings.Count(page, "<picture><source "))
	}
	if !strings.Contains(with["index.html"], `<picture><source type="image/webp" srcset="/tin-tuc/le-ky/anh-1.jpg-480.webp?v=`) {
		t.Error("a card does not offer its picture")
	}
	for path, data := range with {
		if !strings.HasSuffix(path, ".html") && (strings.Contains(data, "<picture") || strings.Contains(data, ".webp")) && path != ".bantin-manifest" {
			t.Errorf("%s tells of WebP", path)
		}
	}

	s.write("site.yaml", s.files["site.yaml"]+"images: {webp: false}\n")
	s.build()
	if diff := s.clean().diff(s.tree()); diff != "" {
		t.Error(diff)
	}
	for path, data := range s.tree() {
		if strings.HasSuffix(path, ".webp") || strings.HasSuffix(path, ".html") && strings.Contains(data, "<picture") {
			t.Errorf("%s is left", path)
		}
	}
	s.write("site.yaml", strings.Replace(s.files["site.yaml"], "webp: false", "webp: true", 1))
	s.build()
	if diff := with.diff(s.tree()); diff != "" {
		t.Error(diff)
	}
}

func TestVerifyMakesPicturesAnewAndWritesNothing(t *testing.T) {
	s := newSite(t, album())
	s.build()
	before := s.stored()
	s.build(func(o *Options) { o.Verify = true })
	if after := s.stored(); !maps.Equal(before, after) {
		t.Errorf("the store was %v, is %v", before, after)
	}
}

func TestAFileThatCannotBePublishedIsToldWhereItIsNamed(t *testing.T) {
	const article = "content/tin-tuc/le-ky/index.md"
	photo := photoOf(700, 500, 1)
	s := newSite(t, album())
	for _, c := range []struct{ file, data, want string }{
		{"content/tin-tuc/le-ky/ảnh 1.jpg", photo[:len(photo)/2],
			article + ":4:15: lỗi[picture-broken]: ảnh “ảnh 1.jpg” bị hỏng hoặc thiếu phần cuối nên không mở được\n"},
		{"content/tin-tuc/le-ky/ảnh 1.jpg", "",
			article + ":4:15: lỗi[not-a-picture]: tệp “ảnh 1.jpg” không phải là ảnh\n"},
		{"content/tin-tuc/le-ky/doc.jpg", pngOf(t, 30, 20),
			article + ":5:18: lỗi[picture-mislabelled]: tệp “doc.jpg” thật ra là ảnh PNG\n"},
		{"content/tin-tuc/le-ky/doc.jpg", "<!DOCTYPE html><html></html>",
			article + ":5:18: lỗi[not-a-picture]: tệp “doc.jpg” không phải là ảnh\n"},
		{"content/tin-tuc/hoi/hoi.jpg", "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00",
			"content/tin-tuc/hoi/index.md:6:8: lỗi[picture-format/heic]: ảnh “hoi.jpg” thuộc loại HEIC, nhiều trình duyệt không mở được\n"},
		{"static/nen.jpg", photo[:len(photo)/2],
			"static/nen.jpg: lỗi[picture-broken]: ảnh “nen.jpg” bị hỏng hoặc thiếu phần cuối nên không mở được\n"},
		{"content/tin-tuc/le-ky/kế hoạch số 15.pdf", "MZ\x90\x00",
			article + ":6:15: lỗi[document-type/program]: tệp “kế hoạch số 15.pdf” thật ra là một chương trình, người tải mở ra sẽ chạy nó\n"},
	} {
		sound := s.files[c.file]
		s.write(c.file, c.data)
		var got strings.Builder
		for _, p := range s.refuse() {
			at := p.Pos.File
			if p.Pos.Line > 0 {
				at += fmt.Sprintf(":%d:%d", p.Pos.Line, p.Pos.Col)
			}
			// A picture named twice is told twice, since both places must be mended.
			if line := at + ": lỗi[" + p.ID + "]: " + p.Message("vi") + "\n"; got.Len() == 0 {
				got.WriteString(line)
			}
		}
		if got.String() != c.want {
			t.Errorf("got %swant %s", got.String(), c.want)
		}
		s.write(c.file, sound)
	}
}
