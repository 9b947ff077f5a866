package importer_test

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bantin/internal/config"
	"bantin/internal/importer"
	"bantin/internal/importer/importertest"
)

// photo is a picture of 40 × 30 pixels.
func photo(t *testing.T) []byte {
	t.Helper()
	data, err := os.ReadFile("wordpress/testdata/uploads/2019/05/anh.png")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

const dot = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"

func codesOf(row importer.Row) string {
	var codes []string
	for _, n := range row.Notes {
		codes = append(codes, n.Code)
	}
	return strings.Join(codes, " ")
}

func TestPicturesWithinATextBecomeFiles(t *testing.T) {
	data := base64.StdEncoding.EncodeToString(photo(t))
	folded := data[:60] + "\n  " + data[60:]
	script := base64.StdEncoding.EncodeToString([]byte("<html><script>alert(1)</script>"))
	html := `<p>Ảnh một.</p><p><img alt="Một" src="data:image/jpeg;base64,` + folded + `"></p><p><img alt="Hai" src="DATA:image/png;base64,` + data + `"></p>` +
		`<p><img src="` + dot + `"></p><p><img alt="Ba" src="data:image/png;base64,` + script + `"></p><p><img alt="Bốn" src="data:image/svg+xml,%3Csvg onload='alert(1)'/%3E"></p>`
	markdown := "Ảnh hai.\n\n![Năm](data:image/png;base64," + data + ")\n\n![Sáu](data:text/html;base64," + script + ")\n"
	s := importertest.New(t)
	r := s.Import(t, importer.Options{Format: "thu"}, func(m *importer.Importer) error {
		doc, err := importer.ParseHTML(html)
		if err != nil {
			return err
		}
		body, _ := importer.Clean(doc)
		if err := m.Add(&importer.Item{ID: "1", Source: "1", Title: "Bài một", Page: true, Body: body}); err != nil {
			return err
		}
		return m.Add(&importer.Item{ID: "2", Source: "2", Title: "Bài hai", Page: true, Text: []byte(markdown)})
	})
	if r.Files != 2 {
		t.Errorf("%d files were written", r.Files)
	}
	for path, parts := range map[string][]string{
		"content/bai-mot/index.md": {"![Một](anh.png)\n", "![Hai](anh.png)\n"},
		"content/bai-hai/index.md": {"![Năm](anh.png)\n"},
	} {
		src := s.Read(t, path)
		for _, part := range parts {
			if !strings.Contains(src, part) {
				t.Errorf("%s lacks %q:\n%s", path, part, src)
			}
		}
		if strings.Contains(src, "base64") || strings.Contains(src, "svg") || strings.Contains(src, "alert") {
			t.Errorf("%s:\n%s", path, src)
		}
		if s.Read(t, filepath.Join(filepath.Dir(path), "anh.png")) != string(photo(t)) {
			t.Error("the picture beside " + path + " has other bytes")
		}
	}
	for i, row := range r.Rows {
		if !strings.Contains(codesOf(row), "lost-picture") {
			t.Errorf("it is not told that a picture of item %d is lost: %s", i+1, codesOf(row))
		}
	}
	s.Build(t)
}

func TestPicturesWithinWhatIsPastedAreLeftOutAndTold(t *testing.T) {
	src := `<p>Chữ</p><img alt="Cây" src="data:image/png;base64,` + base64.StdEncoding.EncodeToString(photo(t)) + `"><img src="file:///C:/anh.png">`
	p, err := importer.Paste(src)
	if err != nil || strings.Contains(string(p.Markdown), "![") || len(p.Pictures) != 2 || strings.Contains(p.Pictures[0], "base64") {
		t.Errorf("%v %q %v", err, p.Markdown, p.Pictures)
	}
}

func TestRowsOfTheTableThatNoItemAnswersToAreTold(t *testing.T) {
	table := &importer.Map{Patterns: []string{"/tintuc/{id}.aspx"}, Table: []map[string]string{{"source": "bài một", "id": "7"}, {"source": "Bài gõ sai", "id": "8"}}}
	s := importertest.New(t)
	add := func(m *importer.Importer) error {
		return m.Add(&importer.Item{ID: "1", Source: "1", Title: "Bài một", Page: true, Text: []byte("Chữ.\n")})
	}
	r := s.Import(t, importer.Options{Format: "thu", Map: table}, add)
	if r.Count(importer.Unmatched) != 1 || r.Rows[1].Source != "Bài gõ sai" {
		t.Errorf("%+v", r.Rows)
	}
	late := &importer.Map{Patterns: []string{"/tintuc/{id}.aspx", "/tin/{id}.html"}, Table: table.Table[:1]}
	r = s.Import(t, importer.Options{Format: "thu", Map: late}, add)
	if r.Count(importer.Unmatched) != 0 || len(r.Rows[0].Notes) != 1 || r.Rows[0].Notes[0].Code != "alias-late" || r.Rows[0].Notes[0].Args[0] != "/tin/7.html" {
		t.Errorf("%+v", r.Rows)
	}
}

func TestSectionsOfTheEventsAndTheRegisterKeepTheirNames(t *testing.T) {
	s := importertest.New(t)
	s.Settings.Languages = []config.Language{{Code: "zh"}}
	date := s.Date(t, "18/11/2018")
	r := s.Import(t, importer.Options{Format: "thu"}, func(m *importer.Importer) error {
		for i, it := range []importer.Item{
			{Title: "Ngày hội", SectionFolder: "su-kien", URLs: []string{"/su-kien/hoi-lang/"}},
			{Title: "2018", SectionFolder: "su-kien"},
			{Title: "Ký kết", SectionFolder: "thoa-thuan/2018"},
			{Title: "Thẻ", SectionFolder: "the"},
			{Title: "Tin", SectionFolder: "zh"}, // where the pages of a language are
		} {
			it.ID, it.Source, it.Date, it.Text = string(rune('1'+i)), "x", date, []byte("Chữ của bài "+it.Title+".\n")
			if err := m.Add(&it); err != nil {
				return err
			}
		}
		return nil
	})
	var paths []string
	for _, row := range r.Rows {
		paths = append(paths, row.Path)
	}
	want := "content/su-kien/2018-11-18-ngay-hoi.md content/su-kien/2018-11-18-bai-2018.md content/thoa-thuan/2018/2018-11-18-ky-ket.md content/muc-the/2018-11-18-the.md content/muc-zh/2018-11-18-tin.md"
	if got := strings.Join(paths, " "); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	s.Build(t)
	s.Keeps(t, []importertest.OldPage{{URL: "/su-kien/hoi-lang/"}})
}
