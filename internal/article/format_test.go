package article

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/strictyaml"
)

func TestAFormattedFileIsReadBack(t *testing.T) {
	front := (&strictyaml.Node{}).
		Set("title", strictyaml.Text("Họp dân: bàn việc")).
		Set("date", strictyaml.Text("19:02 11/03/2020")).
		Set("tags", strictyaml.Texts("a", "b, c")).
		Set("event", (&strictyaml.Node{}).Set("start", strictyaml.Text("8:00 12/3/2020")))
	const text = "\n---\nChữ.\n"
	src := Format(front, []byte(text))
	a, problems := Parse("tin-tuc/hop.md", src, hanoi)
	if problems != nil {
		t.Fatal(printed(t, string(src), problems))
	}
	if a.Title.Value != "Họp dân: bàn việc" || a.Date.String() != "19:02 11/03/2020" || len(a.Tags) != 2 || a.Tags[1].Value != "b, c" ||
		a.Event.Start.String() != "08:00 12/03/2020" || string(src[a.BodyStart:]) != text {
		t.Errorf("%s is read as %+v", src, a)
	}
}

func TestCommentsOfAFormattedFileAreNoKeys(t *testing.T) {
	front := (&strictyaml.Node{}).Set("title", strictyaml.Text("Họp dân")).Set("date", strictyaml.Text("11/03/2020"))
	src := Format(front, []byte("\nChữ.\n"), "thiếu ảnh: \x01a\u2028b\ufeff", "date: 1/1/2021\n---\n\n  - x\r")
	want := "---\n# thiếu ảnh: ab\n# date: 1/1/2021\n# ---\n#\n#   - x\ntitle: Họp dân\ndate: 11/03/2020\n---\n\nChữ.\n"
	if diff := cmp.Diff(want, string(src)); diff != "" {
		t.Error(diff)
	}
	if a, problems := Parse("tin-tuc/hop.md", src, hanoi); problems != nil || a.Date.String() != "11/03/2020" {
		t.Error(printed(t, string(src), problems))
	}
}

func TestEditLeavesTheRestOfTheFileAlone(t *testing.T) {
	for _, variant := range []func(string) string{
		func(s string) string { return s },
		func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
		func(s string) string { return bom + s },
		func(s string) string { return "\n\n" + s },
		func(s string) string { return strings.TrimSuffix(s, "\ndraft: true  \n---\n") + "\ndraft: true  \n---" },
	} {
		src := variant("--- \n-\n---\n")
		if _, problems := Edit("tin-tuc/a.md", []byte(src)); !problems.HasErrors() {
			t.Errorf("%q is edited", src)
		}
		src = variant("---\n# nháp\ntitle: 'A' # a\nimage: {file: a.jpg, alt: b}\ndate: 1/1/2020\n\ndraft: true # xong thì xóa\n---\n\ndraft: true  \n---\n")
		want := variant("---\n# nháp\ntitle: 'A' # a\nimage: {file: a.jpg, alt: b}\ndate: 08:00 15/03/2026\n\naliases: [/cu/]\n---\n\ndraft: true  \n---\n")
		got, problems := Edit("tin-tuc/a.md", []byte(src),
			strictyaml.Change{Path: []string{"aliases"}, Value: strictyaml.Texts("/cu/")},
			strictyaml.Change{Path: []string{"date"}, Value: strictyaml.Text("08:00 15/03/2026")},
			strictyaml.Change{Path: []string{"draft"}})
		if problems != nil {
			t.Fatal(printed(t, src, problems))
		}
		if diff := cmp.Diff(want, string(got)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	}
}

func TestAnEmptyBlockAndAFileWithoutTextAreEdited(t *testing.T) {
	for src, want := range map[string]string{
		"---\n---":                      "---\ndraft: true\n---",
		"---\n\n---\n":                  "---\n\ndraft: true\n---\n",
		"---\ntitle: A\n---":            "---\ntitle: A\ndraft: true\n---",
		"---\r\ntitle: A\r\n---\r\n---": "---\r\ntitle: A\r\ndraft: true\r\n---\r\n---",
	} {
		got, problems := Edit("tin-tuc/a.md", []byte(src), strictyaml.Change{Path: []string{"draft"}, Value: strictyaml.Text("true")})
		if string(got) != want || problems != nil {
			t.Errorf("%q becomes %q, not %q (%v)", src, got, want, problems)
		}
	}
}

func TestAFileInAnotherFormatIsNotEdited(t *testing.T) {
	for _, src := range []string{"", "Chữ.\n", "+++\ntitle = 'A'\n+++\n", "---\ntitle: A\n", "---\ntitle: A: B\n---\n", "---\ntitle: \xff\n---\n"} {
		if got, problems := Edit("tin-tuc/a.md", []byte(src)); got != nil || len(problems) != 1 {
			t.Errorf("%q becomes %q (%v)", src, got, problems)
		}
	}
}

func TestTheTextOfASectionHasItsKeysInAnyLanguage(t *testing.T) {
	for path, isSection := range map[string]bool{
		"tin-tuc/_index.en.md": true, "tin-tuc/_index.zh-Hant.md": true, "_index.km.md": true,
		"tin-tuc/_index.so2.md": false, "tin-tuc/bai.en.md": false, "tin-tuc/_index.EN.md": false,
	} {
		if got := slices.ContainsFunc(KeysOf(path), func(k strictyaml.Key) bool { return k.Name == "permalink" }); got != isSection {
			t.Errorf("%s has the keys of a section: %t", path, got)
		}
	}
	src := []byte("---\ntitle: News\n---\n")
	if _, problems := Edit("tin-tuc/_index.en.md", src, strictyaml.Change{Path: []string{"weight"}, Value: strictyaml.Text("2")}); problems != nil {
		t.Error(problems)
	}
}
