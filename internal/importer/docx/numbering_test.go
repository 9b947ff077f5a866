package docx

import (
	"strings"
	"testing"

	"bantin/internal/importer"
)

// markdown returns the text of a document with a title.
func markdown(t *testing.T, body string, more map[string]string) string {
	t.Helper()
	text, _, _ := read(t, report+body, more)
	return text
}

// read returns the text of a document, and what is told of it.
func read(t *testing.T, body string, more map[string]string) (text, told string, it *importer.Item) {
	t.Helper()
	it, err := Parse(pack(body, more), importer.Input{Name: "a.docx", ID: "a.docx"}, hanoi)
	if err != nil {
		t.Fatal(err)
	}
	src, err := importer.Markdown(it.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range it.Notes {
		told += n.Text("en") + "\n"
	}
	return string(src), told, it
}

func level(ilvl, format, text, more string) string {
	return `<w:lvl w:ilvl="` + ilvl + `"><w:start w:val="1"/>` + more + `<w:numFmt w:val="` + format + `"/><w:lvlText w:val="` + text + `"/></w:lvl>`
}

func item(numID, ilvl, text string) string {
	return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + ilvl + `"/><w:numId w:val="` + numID + `"/></w:numPr></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
}

func TestMarksOfListsAreThoseOfWord(t *testing.T) {
	numbering := `<w:numbering ` + spaces + `>` +
		`<w:abstractNum w:abstractNumId="1">` + level("0", "decimal", "Điều %1.", "") + level("1", "decimal", "%2.", "") + level("2", "lowerLetter", "%3)", "") + `</w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="2">` + level("0", "upperRoman", "%1.", "") + level("1", "decimal", "%1.%2.", "") + level("2", "decimal", "%1.%3", `<w:isLgl/>`) + `</w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="3">` + level("0", "decimal", "%1.", "") + level("1", "bullet", "-", "") + level("2", "decimal", "%3)", "") + `</w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="4">` + level("0", "bullet", " ", "") + `</w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="5">` + level("0", "decimal", "%1.", `<w:pStyle w:val="Khoan"/>`) + level("1", "lowerLetter", "%2)", `<w:pStyle w:val="Diem"/>`) + `</w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="6">` + level("0", "upperRoman", "Phần %1.", "") + `</w:abstractNum>` +
		`<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num>` +
		`<w:num w:numId="4"><w:abstractNumId w:val="4"/></w:num><w:num w:numId="5"><w:abstractNumId w:val="5"/></w:num><w:num w:numId="6"><w:abstractNumId w:val="6"/></w:num>` +
		`<w:num w:numId="7"><w:abstractNumId w:val="3"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num></w:numbering>`
	styles := `<w:styles ` + spaces + `><w:style w:type="paragraph" w:styleId="Ti"><w:name w:val="Title"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="LB"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr></w:pPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Rieng"><w:name w:val="Riêng"/><w:basedOn w:val="LB"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Khoan"><w:name w:val="Khoản"/><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Diem"><w:name w:val="Điểm"/><w:basedOn w:val="Khoan"/><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Phan"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="6"/></w:numPr></w:pPr></w:style></w:styles>`
	table := `<w:tbl><w:tr>` + cell("", p("x")) + cell("", p("y")) + `</w:tr><w:tr>` + cell("", p("z")) + cell("", p("t")) + `</w:tr></w:tbl>`
	const grid = "| x | y |\n|---|---|\n| z | t |\n\n"
	for name, test := range map[string]struct{ body, want string }{
		"articles of a decision": {item("1", "0", "Phạm vi") + item("1", "1", "Hộ") + item("1", "2", "nghèo") + item("1", "2", "cận nghèo") + item("1", "1", "Mức") + item("1", "0", "Hiệu lực") + item("1", "1", "Từ nay"),
			"Điều 1. Phạm vi\n\n1. Hộ\n\n   a) nghèo\n\n   b) cận nghèo\n2. Mức\n\nĐiều 2. Hiệu lực\n\n1. Từ nay\n"},
		"numbers of several levels":       {item("2", "0", "Một") + item("2", "1", "Hai") + item("2", "1", "Ba") + item("2", "0", "Bốn") + item("2", "1", "Năm") + item("2", "2", "Sáu"), "I. Một\n\nI.1. Hai\n\nI.2. Ba\n\nII. Bốn\n\nII.1. Năm\n\n2.1 Sáu\n"},
		"on behind a table and a text":    {item("3", "0", "Một") + item("3", "0", "Hai") + table + item("3", "0", "Ba") + p("Xen") + item("3", "0", "Bốn"), "1. Một\n2. Hai\n\n" + grid + "3. Ba\n\nXen\n\n4. Bốn\n"},
		"on behind a list of another one": {item("3", "0", "Một") + item("2", "0", "Hai") + item("3", "0", "Ba"), "1. Một\n\nI. Hai\n\n2. Ba\n"},
		"another start":                   {p("Từ bảy") + item("7", "0", "Một") + item("7", "0", "Hai"), "Từ bảy\n\n7. Một\n8. Hai\n"},
		"two lists beside each other":     {item("3", "0", "Một") + item("3", "0", "Hai") + item("7", "0", "Ba"), "1. Một\n2. Hai\n\n7\\. Ba\n"},
		"an item without words counts":    {item("3", "0", "Một") + item("3", "0", "") + item("3", "0", "Ba"), "1. Một\n\n3\\. Ba\n"},
		"levels within":                   {item("3", "0", "Một") + item("3", "1", "gạch") + item("3", "2", "sâu") + item("3", "0", "Hai"), "1. Một\n\n   - gạch\n\n     1. sâu\n2. Hai\n"},
		"goes on without a mark":          {item("3", "0", "Một") + item("4", "0", "tiếp") + item("3", "0", "Hai"), "1. Một\n\n   tiếp\n2. Hai\n"},
		"by style":                        {styled("LB", "gạch") + styled("Rieng", "riêng") + p("Xen") + styled("Khoan", "khoản") + styled("Diem", "điểm") + styled("Khoan", "khoản"), "- gạch\n- riêng\n\nXen\n\n1. khoản\n\n   a) điểm\n2. khoản\n"},
		"headings":                        {styled("Phan", "Chung") + p("Chữ") + styled("Phan", "Riêng"), "## Phần I. Chung\n\nChữ\n\n## Phần II. Riêng\n"},
		"none":                            {`<w:p><w:pPr><w:pStyle w:val="LB"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr><w:r><w:t>Không</w:t></w:r></w:p>`, "Không\n"},
		"around a control":                {item("3", "0", "Một") + `<w:sdt><w:sdtContent>` + p("Khối") + `</w:sdtContent></w:sdt>` + item("3", "0", "Hai"), "1. Một\n\nKhối\n\n2. Hai\n"},
	} {
		got := markdown(t, p("Chữ đầu của bài.")+test.body, map[string]string{"word/numbering.xml": numbering, "word/styles.xml": styles})
		if want := "Chữ đầu của bài.\n\n" + test.want; got != want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, want)
		}
	}
}

func TestNumeralsAreThoseOfWord(t *testing.T) {
	for format, want := range map[string]string{
		"decimal": "1 2 4 9 14 26 27 52 53 99", "lowerLetter": "a b d i n z aa zz aaa uuuu", "upperLetter": "A B D I N Z AA ZZ AAA UUUU",
		"upperRoman": "I II IV IX XIV XXVI XXVII LII LIII XCIX", "lowerRoman": "i ii iv ix xiv xxvi xxvii lii liii xcix", "ordinal": "1 2 4 9 14 26 27 52 53 99",
	} {
		var got []string
		for _, n := range []int{1, 2, 4, 9, 14, 26, 27, 52, 53, 99} {
			got = append(got, importer.Numeral(format, n))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %s, want %s", format, got, want)
		}
	}
	if got := importer.Numeral("lowerLetter", 2_000_000_000); got != "2000000000" {
		t.Errorf("%d letters", len(got))
	}
}

func TestAMarkIsNotLongerThanLinesAre(t *testing.T) {
	const paragraphs = 300
	long := strings.Repeat("Điều ", 40_000)
	numbering := `<w:numbering ` + spaces + `><w:abstractNum w:abstractNumId="1">` + level("0", "decimal", long+"%1.", "") + level("1", "bullet", long, "") + `</w:abstractNum>` +
		`<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>`
	body := strings.Repeat(item("1", "0", "x")+item("1", "1", "y"), paragraphs)
	got := markdown(t, body, map[string]string{"word/numbering.xml": numbering})
	if want := "001. x\n\n     - y\n002. x\n"; !strings.Contains(got, want) || len(got) > 100*paragraphs {
		t.Errorf("%d bytes that begin with %.200q", len(got), got)
	}
}
