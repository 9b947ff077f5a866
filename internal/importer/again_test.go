package importer_test

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bantin/internal/importer"
	"bantin/internal/importer/importertest"
)

func TestAnArticleThatSaysSomethingElseIsNotTakenForAnItem(t *testing.T) {
	s := importertest.New(t)
	own := "---\ntitle: Giới thiệu\n---\n\nTrang mẫu của một xã.\n"
	if err := os.MkdirAll(filepath.Join(s.Dir, "content"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(s.Dir, "content", "gioi-thieu.md"), []byte(own), 0o666); err != nil {
		t.Fatal(err)
	}
	r := s.Import(t, importer.Options{Format: "thu"}, func(m *importer.Importer) error {
		return m.Add(&importer.Item{ID: "1", Source: "1", Title: "Giới thiệu", Page: true, Text: []byte("Khê Hòa có bảy thôn, nghề chính là làm chiếu.\n")})
	})
	if r.Rows[0].Result != importer.Written || !strings.Contains(s.Read(t, r.Rows[0].Path), "bảy thôn") || s.Read(t, "content/gioi-thieu.md") != own {
		t.Errorf("%+v", r.Rows)
	}
}

// photos gives one picture under every name, and looks at what stands in the site
// while it is read.
type photos struct {
	data []byte
	look func()
}

func (p *photos) Find(_ *importer.Item, ref string) (string, bool) { return ref, true }

func (p *photos) Open(string) (io.ReadCloser, int64, error) {
	return struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(p.data[:40]), looking(p.look), bytes.NewReader(p.data[40:])), io.NopCloser(nil)}, int64(len(p.data)), nil
}

type looking func()

func (l looking) Read([]byte) (int, error) {
	l()
	return 0, io.EOF
}

func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			var src []byte
			src, err = os.ReadFile(p)
			files[filepath.ToSlash(strings.TrimPrefix(p, dir))] = string(src)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestAnInterruptedImportIsCompletedAndDoublesNothing(t *testing.T) {
	s := importertest.New(t)
	date := s.Date(t, "05/03/2020")
	files := &photos{photo(t), func() {}}
	run := func() *importer.Report {
		return s.Import(t, importer.Options{Format: "thu", Files: files}, func(m *importer.Importer) error {
			for i, text := range []string{"Nội dung thứ nhất.\n", "Một việc khác hẳn.\n", "Lễ hội [cũ](/x/y/z/t/?p=1), [nữa](/x/tin/2/).\n\n![Ảnh](a.png)\n\n![Ảnh](b.png)\n"} {
				if err := m.Add(&importer.Item{ID: string(rune('1' + i)), Source: "x", Title: "Thông báo", Date: date, Text: []byte(text)}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	last := run().Rows[2].Path
	whole := tree(t, s.Dir)
	for _, lost := range [][]string{
		{importer.LedgerFile},
		{importer.LedgerFile, last},
		{importer.LedgerFile, last, filepath.Dir(last) + "/b.png"},
		{importer.LedgerFile, last, filepath.Dir(last) + "/b.png", "content/tin-tuc/2020-03-05-thong-bao-2.md"},
	} {
		for _, name := range lost {
			if err := os.Remove(filepath.Join(s.Dir, filepath.FromSlash(name))); err != nil {
				t.Fatal(err)
			}
		}
		run()
		now := tree(t, s.Dir)
		for name, text := range whole {
			if now[name] != text && name != "/"+importer.LedgerFile {
				t.Errorf("without %v %s was %q and is %q", lost, name, text, now[name])
			}
		}
		if len(now) != len(whole) {
			t.Errorf("without %v there are %d files, not %d", lost, len(now), len(whole))
		}
	}
}

func TestAFileStandsInItsPlaceWhenAllOfItIsThere(t *testing.T) {
	s := importertest.New(t)
	files := &photos{data: photo(t)}
	files.look = func() {
		for name := range tree(t, s.Dir) {
			if strings.HasSuffix(name, "a.png") {
				t.Errorf("%s is there before it is whole", name)
			}
		}
	}
	s.Import(t, importer.Options{Format: "thu", Files: files}, func(m *importer.Importer) error {
		return m.Add(&importer.Item{ID: "1", Source: "1", Title: "Lễ hội", Page: true, Text: []byte("![Ảnh](a.png)\n")})
	})
	if s.Read(t, "content/le-hoi/a.png") != string(files.data) {
		t.Error("the picture is another")
	}
}

func TestOneBadItemCostsNoWholeList(t *testing.T) {
	s := importertest.New(t)
	r := s.Import(t, importer.Options{Format: "thu", Files: &photos{photo(t), func() {}}}, func(m *importer.Importer) error {
		gallery := []importer.Picture{{Ref: "a.png", Alt: "Đình làng"}, {Ref: "b.png", Alt: "Chú thích ảnh"}, {Ref: "c.png", Alt: "Bến sông"}}
		return m.Add(&importer.Item{ID: "1", Source: "1", Title: "Lễ hội", Page: true, Gallery: gallery, Text: []byte("Chữ.\n")})
	})
	src := s.Read(t, "content/le-hoi/index.md")
	if !strings.Contains(src, "Đình làng") || !strings.Contains(src, "Bến sông") || strings.Contains(src, "file: b.png") || codesOf(r.Rows[0]) != "left-key" {
		t.Errorf("%s\n%s", codesOf(r.Rows[0]), src)
	}
}

func TestAnImportThatStopsTellsWhatItHasWritten(t *testing.T) {
	const n = 4
	for stop := range n + 1 { // the article in whose way a file comes; none
		s := importertest.New(t)
		m, err := importer.New(importer.Options{Dir: s.Dir, Site: s.Settings, Lang: "vi", Now: importertest.Now, Format: "thu"})
		if err != nil {
			t.Fatal(err)
		}
		defer m.Close()
		for i := range n {
			id := string(rune('a' + i))
			if err := m.Add(&importer.Item{ID: id, Source: id, Title: "Trang " + id, Page: true, Text: []byte("Chữ của trang " + id + ".\n")}); err != nil {
				t.Fatal(err)
			}
		}
		if stop < n {
			other := filepath.Join(s.Dir, "content", "trang-"+string(rune('a'+stop))+".md")
			if err := os.MkdirAll(filepath.Dir(other), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(other, []byte("của người khác"), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		r, err := m.Finish(t.Context())
		if (err == nil) != (stop == n) {
			t.Fatal(err)
		}
		for i, row := range r.Rows {
			want := importer.Written
			if i >= stop {
				want = importer.NotWritten
			}
			if row.Result != want {
				t.Errorf("stopped before %d: %d is %s, want %s", stop, i, row.Result, want)
			}
		}
	}
}
