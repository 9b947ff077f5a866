package build

import (
	"bytes"
	"os"
	"testing"

	"bantin/internal/site"
)

// corrected returns a site whose two articles tell of corrections, with that
// template for them.
func corrected(template string, settings string) map[string]string {
	article := func(title string) string {
		return "---\ntitle: " + title + "\ndate: 1/2/2026\ntags: [chung]\ncorrections: [{date: 2/2/2026, text: Sửa}]\n---\n\nMột câu.\n"
	}
	return minimal(map[string]string{
		"site.yaml":                  "title: Khê Hòa\nbase_url: https://khehoa.example/\nid: khehoa.example,2026\n" + settings,
		"content/tin-tuc/a.md":       article("A"),
		"content/tin-tuc/b.md":       article("B"),
		"templates/corrections.html": template,
	})
}

func TestATemplateThatFailsInFeedsAloneIsTold(t *testing.T) {
	const leads = "feed: {full_text: false}\n"
	for _, settings := range []string{"", leads} {
		files := corrected(`{{index . 5}}`, settings)
		files["templates/article.html"] = `{{.Body.HTML}}`
		problems := newSite(t, files).refuse()
		if len(problems) != 1 || problems[0].Pos.File != "templates/corrections.html" {
			t.Errorf("with %q, the problems are\n%s", settings, printed(t, problems))
		}
	}
}

func TestAFeedMadeAgainIsTheOneMadeWithItsArticles(t *testing.T) {
	for _, settings := range []string{"", "feed: {full_text: false}\n"} {
		s := newSite(t, corrected(`<p>{{len .}}</p>`, settings))
		s.build()
		s.replace("content/tin-tuc/a.md", "title: A", "title: Khác")
		report := s.build()
		if diff := s.clean().diff(s.tree()); diff != "" || len(report.Written) == 0 {
			t.Errorf("with %q, %d files written:\n%s", settings, len(report.Written), diff)
		}
	}
}

func TestASpoolGivesBackWhatWasPut(t *testing.T) {
	s := newSpool()
	items := map[spooled]string{
		{1, site.RSS}: "<item>một</item>", {1, site.JSON}: "{}", {7, site.RSS}: "", {8, site.Atom}: string(bytes.Repeat([]byte("đ"), 10_000)),
	}
	for of, item := range items {
		s.put(of, []byte(item))
	}
	for of, item := range items {
		buf := bytes.NewBufferString("trước ")
		if kept := s.appendTo(buf, of); !kept || buf.String() != "trước "+item {
			t.Errorf("%v: kept %t, %.40q", of, kept, buf)
		}
	}
	var buf bytes.Buffer
	if kept := s.appendTo(&buf, spooled{1, site.Atom}); kept || buf.Len() > 0 {
		t.Errorf("what was not put: kept %t, %q", kept, &buf)
	}
	s.close()
	if _, err := os.Stat(s.file.Name()); !os.IsNotExist(err) {
		t.Errorf("the file stays: %v", err)
	}
}

func TestASpoolWithoutRoomKeepsNothingAndGivesWhatItHas(t *testing.T) {
	s := newSpool()
	s.put(spooled{1, site.RSS}, []byte("một"))
	reading, err := os.Open(os.DevNull) // a file that cannot be written, as one on a full disk
	if err != nil {
		t.Fatal(err)
	}
	whole := s.file
	s.file = reading
	s.put(spooled{2, site.RSS}, []byte("hai"))
	s.file = whole
	s.put(spooled{3, site.RSS}, []byte("ba"))
	var buf bytes.Buffer
	if !s.appendTo(&buf, spooled{1, site.RSS}) || s.appendTo(&buf, spooled{2, site.RSS}) || buf.String() != "một" {
		t.Errorf("it gives %q", &buf)
	}
	s.close()
	reading.Close()
}
