package render_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/site"
)

func testAgreements(t testing.TB) []site.Agreement {
	return []site.Agreement{
		{
			ID:     "20200311-ky-ket",
			Title:  `Chương trình "phối hợp", năm 2020`,
			URL:    "https://ductho.example/tin-tuc/ky-ket/",
			Number: "15/CTPH-UBND-MTTQ",
			Parties: []site.Party{
				{Body: site.Link{Title: "UBND huyện Đức Thọ", URL: "https://ductho.example/don-vi/ubnd/"}},
				{Body: site.Link{Title: "Ủy ban MTTQ huyện Đức Thọ", URL: "https://ductho.example/don-vi/mttq/"}, Now: []site.Link{{Title: "Ủy ban MTTQ xã", URL: "https://ductho.example/don-vi/mttq-xa/"}}},
			},
			Signed:      day(t, "11/3/2020"),
			From:        day(t, "2020"),
			To:          day(t, "12/2021"),
			Status:      "in-force",
			Commitments: 2,
			Items:       []string{"Giữ gìn an ninh", "Xây dựng nông thôn mới"},
			Document:    &site.Attachment{URL: "https://ductho.example/ct.pdf", Type: "application/pdf", Size: 1234, SHA256: "ab12"},
			Amends:      &site.Link{Title: "Chương trình cũ", URL: "https://ductho.example/tin-tuc/cu/"},
			AmendedBy:   []site.Link{{Title: "Phụ lục", URL: "https://ductho.example/tin-tuc/phu-luc/"}},
		},
		{
			ID:      "ngan",
			Title:   "=HYPERLINK(\"http://x\")",
			URL:     "https://ductho.example/tin-tuc/ngan/",
			Parties: []site.Party{{Body: site.Link{Title: "@A", URL: "https://ductho.example/don-vi/a/"}}, {Body: site.Link{Title: "B", URL: "https://ductho.example/don-vi/b/"}}},
			From:    day(t, "2018"),
			Status:  "ended",
		},
	}
}

// readCSV reads a file for spreadsheets back.
func readCSV(t testing.TB, doc []byte) [][]string {
	t.Helper()
	body, found := bytes.CutPrefix(doc, []byte("\xEF\xBB\xBF"))
	if !found {
		t.Errorf("no BOM before %.20q", doc)
	}
	rows, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestTheRegisterAsCSVHasItsTwelveColumns(t *testing.T) {
	want := [][]string{
		{"id", "number", "title", "parties", "signed", "from", "to", "status", "commitments", "document", "amends", "url"},
		{
			"20200311-ky-ket", "15/CTPH-UBND-MTTQ", `Chương trình "phối hợp", năm 2020`,
			"UBND huyện Đức Thọ; Ủy ban MTTQ huyện Đức Thọ", "2020-03-11", "2020", "2021-12", "in-force",
			"2", "https://ductho.example/ct.pdf", "https://ductho.example/tin-tuc/cu/", "https://ductho.example/tin-tuc/ky-ket/",
		},
		{
			"ngan", "", `'=HYPERLINK("http://x")`, "'@A; B", "", "2018", "", "ended",
			"", "", "", "https://ductho.example/tin-tuc/ngan/",
		},
	}
	got := readCSV(t, bytesOf(t, site.RegisterData{CSV: true, Agreements: testAgreements(t)}))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTheRegisterAsJSONHasEveryKeyOfItsSchema(t *testing.T) {
	want := []any{
		object{
			"id": "20200311-ky-ket", "number": "15/CTPH-UBND-MTTQ", "title": `Chương trình "phối hợp", năm 2020`,
			"parties": []any{
				object{"name": "UBND huyện Đức Thọ", "url": "https://ductho.example/don-vi/ubnd/", "now": []any{}},
				object{"name": "Ủy ban MTTQ huyện Đức Thọ", "url": "https://ductho.example/don-vi/mttq/",
					"now": []any{object{"name": "Ủy ban MTTQ xã", "url": "https://ductho.example/don-vi/mttq-xa/"}}},
			},
			"signed": "2020-03-11", "from": "2020", "to": "2021-12", "status": "in-force",
			"commitments": object{"count": 2.0, "items": []any{"Giữ gìn an ninh", "Xây dựng nông thôn mới"}},
			"document":    object{"url": "https://ductho.example/ct.pdf", "type": "application/pdf", "size": 1234.0, "sha256": "ab12"},
			"amends":      object{"title": "Chương trình cũ", "url": "https://ductho.example/tin-tuc/cu/"},
			"amended_by":  []any{object{"title": "Phụ lục", "url": "https://ductho.example/tin-tuc/phu-luc/"}},
			"url":         "https://ductho.example/tin-tuc/ky-ket/",
		},
		object{
			"id": "ngan", "number": "", "title": `=HYPERLINK("http://x")`,
			"parties": []any{
				object{"name": "@A", "url": "https://ductho.example/don-vi/a/", "now": []any{}},
				object{"name": "B", "url": "https://ductho.example/don-vi/b/", "now": []any{}},
			},
			"signed": "", "from": "2018", "to": "", "status": "ended",
			"commitments": object{"count": 0.0, "items": []any{}},
			"document":    nil, "amends": nil, "amended_by": []any{},
			"url": "https://ductho.example/tin-tuc/ngan/",
		},
	}
	got := decodeJSON(t, bytesOf(t, site.RegisterData{Agreements: testAgreements(t)}))
	if diff := cmp.Diff(any(want), got); diff != "" {
		t.Error(diff)
	}
}

func testEvents(t testing.TB) []site.Event {
	return []site.Event{
		{
			ID: "20200311-ky-ket", Title: "Ký kết", URL: "https://ductho.example/tin-tuc/ky-ket/",
			Start: day(t, "14:00 11/3/2020"), End: day(t, "16:30 11/3/2020"),
			Location: "Hội trường", Address: "Số 1, Đức Thọ",
			Organizer: &site.Link{Title: "UBND huyện", URL: "https://ductho.example/don-vi/ubnd/"},
			Link:      "https://hop.example/", Status: "online",
			Calendar: "https://ductho.example/tin-tuc/ky-ket/lich.ics",
		},
		{ID: "hoi", Title: "-Hội", URL: "https://ductho.example/hoi/", Start: day(t, "12/3/2020"), AllDay: true, Status: "cancelled", Calendar: "https://ductho.example/hoi/lich.ics"},
	}
}

func TestEventsAsCSVHaveTheirColumns(t *testing.T) {
	want := [][]string{
		{"id", "title", "start", "end", "all_day", "location", "address", "organizer", "status", "link", "url"},
		{
			"20200311-ky-ket", "Ký kết", "2020-03-11T14:00:00+07:00", "2020-03-11T16:30:00+07:00", "false", "Hội trường", "Số 1, Đức Thọ",
			"UBND huyện", "online", "https://hop.example/", "https://ductho.example/tin-tuc/ky-ket/",
		},
		{"hoi", "'-Hội", "2020-03-12", "", "true", "", "", "", "cancelled", "", "https://ductho.example/hoi/"},
	}
	got := readCSV(t, bytesOf(t, site.EventData{CSV: true, Events: testEvents(t)}))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestEventsAsJSONHaveEveryKeyOfTheirSchema(t *testing.T) {
	want := []any{
		object{
			"id": "20200311-ky-ket", "title": "Ký kết", "start": "2020-03-11T14:00:00+07:00", "end": "2020-03-11T16:30:00+07:00", "all_day": false,
			"location": "Hội trường", "address": "Số 1, Đức Thọ",
			"organizer": object{"name": "UBND huyện", "url": "https://ductho.example/don-vi/ubnd/"},
			"status":    "online", "link": "https://hop.example/", "url": "https://ductho.example/tin-tuc/ky-ket/",
			"calendar": "https://ductho.example/tin-tuc/ky-ket/lich.ics",
		},
		object{
			"id": "hoi", "title": "-Hội", "start": "2020-03-12", "end": "", "all_day": true,
			"location": "", "address": "", "organizer": nil,
			"status": "cancelled", "link": "", "url": "https://ductho.example/hoi/",
			"calendar": "https://ductho.example/hoi/lich.ics",
		},
	}
	got := decodeJSON(t, bytesOf(t, site.EventData{Events: testEvents(t)}))
	if diff := cmp.Diff(any(want), got); diff != "" {
		t.Error(diff)
	}
}

func TestTheDocumentationNamesEveryKeyAndColumn(t *testing.T) {
	doc, err := os.ReadFile("../../docs/data.md")
	if err != nil {
		t.Fatal(err)
	}
	_, schemas, _ := strings.Cut(string(doc), "### Agreement")
	agreement, event, _ := strings.Cut(schemas, "### Event")
	for _, c := range []struct {
		schema    string
		json, csv any
	}{
		{agreement, site.RegisterData{Agreements: testAgreements(t)}, site.RegisterData{CSV: true}},
		{event, site.EventData{Events: testEvents(t)}, site.EventData{CSV: true}},
	} {
		for key := range decodeJSON(t, bytesOf(t, c.json)).([]any)[0].(object) {
			if !strings.Contains(c.schema, "`"+key+"`") {
				t.Errorf("docs/data.md does not tell of %s", key)
			}
		}
		if columns := strings.Join(readCSV(t, bytesOf(t, c.csv))[0], ","); !strings.Contains(string(doc), "`"+columns+"`") {
			t.Errorf("docs/data.md does not tell of the columns %s", columns)
		}
	}
}

func TestACellThatLooksLikeAFormulaIsDefused(t *testing.T) {
	for title, want := range map[string]string{
		"=1+1": "'=1+1", "+84 239": "'+84 239", "-1": "'-1", "@x": "'@x", "\tx": "'\tx",
		"1=1": "1=1", "’=1": "’=1", "15/KH": "15/KH", " =1": "' =1", "": "",
	} {
		v := site.RegisterData{CSV: true, Agreements: []site.Agreement{{Title: title}}}
		if got := readCSV(t, bytesOf(t, v))[1][2]; got != want {
			t.Errorf("%q becomes %q, want %q", title, got, want)
		}
	}
}

func TestLinesOfCSVEndAsTheRFCSays(t *testing.T) {
	doc := string(bytesOf(t, site.RegisterData{CSV: true, Agreements: testAgreements(t)}))
	if lf, crlf := strings.Count(doc, "\n"), strings.Count(doc, "\r\n"); lf != 3 || crlf != 3 {
		t.Errorf("%d line feeds, %d of them after a carriage return, want 3", lf, crlf)
	}
}

func TestNoDataIsAnEmptyList(t *testing.T) {
	for _, view := range []any{site.RegisterData{}, site.EventData{}} {
		if got := string(bytesOf(t, view)); got != "[]\n" {
			t.Errorf("%T: %q", view, got)
		}
	}
}

func TestEveryLineOfATextEndsInALineFeed(t *testing.T) {
	for want, lines := range map[string][]string{
		"":         nil,
		"a\n":      {"a"},
		"a\n\nb\n": {"a", "", "b"},
	} {
		if got := string(bytesOf(t, site.TextFile{Lines: lines})); got != want {
			t.Errorf("%q gives %q, want %q", lines, got, want)
		}
	}
}

func TestATextBeginsWithTheFileThatItIsMadeOf(t *testing.T) {
	v := site.TextFile{Begin: &site.Inset{Text: "p { }\n"}, Lines: []string{"a"}}
	if got := string(bytesOf(t, v)); got != "p { }\na\n" {
		t.Errorf("got %q", got)
	}
}

func TestAnUnknownViewIsAnError(t *testing.T) {
	if b, err := rendered(newRenderer(t), struct{}{}); err == nil {
		t.Errorf("it gives %q", b)
	}
}
