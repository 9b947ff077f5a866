package importer_test

import (
	"strings"
	"testing"

	"bantin/internal/article"
	"bantin/internal/importer"
	"bantin/internal/importer/importertest"
	"bantin/internal/strictyaml"
)

// sample returns a value that a source may give to a key, "" for a key whose values are
// no texts.
func sample(key strictyaml.Key) string {
	switch key.Type {
	case strictyaml.TypeText, strictyaml.TypeTexts, strictyaml.TypeList:
		return "Khê Hòa"
	case strictyaml.TypeDate:
		return "05/03/2021"
	}
	return ""
}

func TestAFieldThatAKeyTakesStandsInTheFile(t *testing.T) {
	taken := 0
	for _, key := range article.Keys() {
		value := sample(key)
		if value == "" {
			continue
		}
		t.Run(key.Name, func(t *testing.T) {
			s := importertest.New(t)
			it := &importer.Item{ID: "1", Source: "1", Title: "Họp dân", Date: s.Date(t, "01/03/2020"), Text: []byte("Thôn Đông họp.\n")}
			importer.SetField(it, key.Name, value, s.Settings.Location)
			if it.Has("bad-field") {
				return // no import fills it, and says so
			}
			taken++
			r := s.Import(t, importer.Options{Format: "thu"}, func(m *importer.Importer) error { return m.Add(it) })
			if key.Name == "slug" {
				value = "khe-hoa"
			}
			if path := r.Rows[0].Path; !strings.Contains(path+"\n"+s.Read(t, path), value) {
				t.Errorf("%s has it nowhere:\n%s", path, s.Read(t, path))
			}
		})
	}
	if taken < 5 {
		t.Errorf("only %d keys take a field", taken)
	}
}
