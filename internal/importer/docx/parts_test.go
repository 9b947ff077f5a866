package docx

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"bantin/internal/importer/importertest"
)

const relationsOf = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`

func relation(id, kind, target, mode string) string {
	return `<Relationship Id="` + id + `" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/` + kind + `" Target="` + target + `" TargetMode="` + mode + `"/>`
}

func TestANoteHasAllItsWordsAndItsOwnLinks(t *testing.T) {
	note := func(kind string) string {
		return `<w:` + kind + `s ` + spaces + `><w:` + kind + ` w:id="2">` + p("Một") + `<w:p><w:hyperlink r:id="rId2"><w:r><w:t>hai</w:t></w:r></w:hyperlink></w:p>` +
			`<w:tbl><w:tr>` + cell("", p("ba")) + cell("", p("bốn")) + `</w:tr></w:tbl><w:sdt><w:sdtContent>` + p("năm") + `</w:sdtContent></w:sdt></w:` + kind + `></w:` + kind + `s>`
	}
	for _, kind := range []string{"footnote", "endnote"} {
		got := markdown(t, `<w:p><w:r><w:t>Chữ</w:t></w:r><w:r><w:`+kind+`Reference w:id="2"/></w:r><w:hyperlink r:id="rId2"><w:r><w:t>ngoài</w:t></w:r></w:hyperlink></w:p>`, map[string]string{
			"word/" + kind + "s.xml": note(kind), "word/_rels/" + kind + "s.xml.rels": relationsOf + relation("rId2", "hyperlink", "https://chu.example/", "External") + `</Relationships>`,
		})
		if want := "Chữ[^1][ngoài](https://ngoai.example/)\n\n[^1]: Một [hai](https://chu.example/) ba bốn năm\n"; got != want {
			t.Errorf("%s:\n%s\nwant\n%s", kind, got, want)
		}
	}
}

// Word on the web calls the parts document2.xml, styles2.xml; others have folders of their own.
func TestPartsAreThoseThatRelationshipsName(t *testing.T) {
	for _, at := range []string{"word/document2.xml", "tai-lieu/chinh.xml", "document.xml"} {
		dir, base := "", at
		if i := strings.LastIndexByte(at, '/'); i >= 0 {
			dir, base = at[:i+1], at[i+1:]
		}
		src := pack("", map[string]string{
			"_rels/.rels":                   relationsOf + relation("rId1", "officeDocument", "/"+at, "") + `</Relationships>`,
			"word/document.xml":             `<w:document ` + spaces + `><w:body>` + p("Không phải bài") + `</w:body></w:document>`,
			at:                              `<w:document ` + spaces + `><w:body>` + styled("Dau", "Tiêu đề") + p("Chữ") + `<w:p><w:r><w:drawing><a:blip r:embed="rId7"/></w:drawing></w:r></w:p></w:body></w:document>`,
			dir + "_rels/" + base + ".rels": relationsOf + relation("rId1", "styles", "kieu2.xml", "Internal") + relation("rId7", "image", "media/image1.png", "") + `</Relationships>`,
			dir + "kieu2.xml":               `<w:styles ` + spaces + `><w:style w:styleId="Dau"><w:name w:val="Title"/></w:style></w:styles>`,
			dir + "media/image1.png":        importertest.PNG,
		})
		s := importertest.New(t)
		r := importAll(t, s, importertest.Folder(t, map[string]string{"a.docx": string(src)}))
		if r.Files != 1 {
			t.Fatalf("%s: %+v", at, r.Rows)
		}
		s.Contains(t, r.Rows[0].Path, "title: Tiêu đề\n", "\nChữ\n", "](image1.png)")
	}
}

func TestWhatWordComputesKeepsItsWordsAndLinks(t *testing.T) {
	mark := func(kind string) string { return `<w:r><w:fldChar w:fldCharType="` + kind + `"/></w:r>` }
	field := func(instruction, shown string) string {
		half := len(instruction) / 2 // programs cut it anywhere
		return mark("begin") + `<w:r><w:instrText>` + instruction[:half] + `</w:instrText></w:r><w:r><w:instrText>` + instruction[half:] + `</w:instrText></w:r>` + mark("separate") + shown + mark("end")
	}
	run := func(text string) string { return `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r>` }
	for body, want := range map[string]string{
		run("Xem ") + field(` HYPERLINK "https://a.example/?a=1" \t "_blank" `, run("bảng ")+run("giá")) + run(" ấy."):                                            "Xem [bảng giá](https://a.example/?a=1) ấy.\n",
		run("Xem ") + `<w:fldSimple w:instr="HYPERLINK &quot;https://a.example/&quot;">` + run("đây") + `</w:fldSimple>` + run("."):                               "Xem [đây](https://a.example/).\n",
		run("Xem ") + field(`HYPERLINK "https://a.example/"`, run("trang ")+field(`PAGE`, run("7"))) + run("."):                                                   "Xem [trang 7](https://a.example/).\n",
		run("Xem ") + field(`HYPERLINK \l "muc"`, run("mục")) + run(", ") + field(`REF _Ref1 \h`, run("Bảng 1")) + run("."):                                       "Xem mục, Bảng 1.\n",
		mark("end") + run("Lẻ ") + mark("separate") + field(`HYPERLINK "https://a.example/"`, run("đây")) + `</w:p><w:p>` + run("Chữ cuối."):                      "Lẻ [đây](https://a.example/)\n\nChữ cuối.\n",
		mark("begin") + `<w:r><w:instrText>HYPERLINK "https://a.example/"</w:instrText></w:r>` + mark("separate") + run("Dở.") + `</w:p><w:p>` + run("Chữ cuối."): "[Dở.](https://a.example/)\n\nChữ cuối.\n",
	} {
		if got := markdown(t, `<w:p>`+body+`</w:p>`, nil); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", body, got, want)
		}
	}
}

func TestSignsBreaksAndAlternativesStay(t *testing.T) {
	sym := func(font, code string) string {
		return `<w:r><w:sym w:font="` + font + `" w:char="` + code + `"/></w:r>`
	}
	run := func(text string) string { return `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r>` }
	for body, want := range map[string]string{
		run("Nóng 39") + sym("Symbol", "F0B0") + run("C, ") + sym("Symbol", "F0B3") + run(" 5, 2") + sym("Symbol", "B4") + run("3 ") + sym("Symbol", "F061"): "Nóng 39°C, ≥ 5, 2×3 α\n",
		run("Có ") + sym("Wingdings", "F0FE") + run(" không ") + sym("Wingdings", "F0A8") + run(" gì ") + sym("Webdings", "F041"):                            "Có ☑ không ☐ gì •\n",
		run("Trang một") + `<w:r><w:br w:type="page"/></w:r>` + run("trang hai") + `<w:r><w:br w:type="column"/></w:r>` + run("cột hai"):                     "Trang một\\\ntrang hai\\\ncột hai\n",
		`<mc:AlternateContent><mc:Choice>` + run("Trong đoạn") + `</mc:Choice><mc:Fallback>` + run("cũ") + `</mc:Fallback></mc:AlternateContent>`:            "Trong đoạn\n",
		`<w:r><mc:AlternateContent><mc:Choice/><mc:Fallback><w:t>Chỉ có cũ</w:t></mc:Fallback></mc:AlternateContent></w:r>`:                                  "Chỉ có cũ\n",
	} {
		if got := markdown(t, `<w:p>`+body+`</w:p>`, nil); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", body, got, want)
		}
	}
}

func TestWhatStandsElsewhereIsTold(t *testing.T) {
	more := map[string]string{
		"word/header1.xml": `<w:hdr ` + spaces + `>` + p("Tài liệu hội nghị") + p("Trang 3/7") + `</w:hdr>`,
		"word/_rels/document.xml.rels": relationsOf + relation("rId1", "header", "header1.xml", "") + relation("rId2", "footer", "footer1.xml", "") +
			relation("rId4", "image", "https://ngoai.example/anh.png", "External") + `</Relationships>`,
		"word/footer1.xml": `<w:ftr ` + spaces + `>` + p("- 5 -") + `</w:ftr>`,
	}
	s := importertest.New(t)
	r := importAll(t, s, importertest.Folder(t, map[string]string{"a.docx": string(pack(report+p("Chữ")+`<w:p><w:r><w:drawing><a:blip r:link="rId4"/></w:drawing></w:r></w:p>`, more))}))
	told := ""
	for _, n := range r.Rows[0].Notes {
		told += n.Text("en") + "\n"
	}
	for _, want := range []string{"above and below each page was left out: Tài liệu hội nghị\n", "the picture https://ngoai.example/anh.png is not there\n"} {
		if !strings.Contains(told, want) {
			t.Errorf("%s is not told:\n%s", want, told)
		}
	}
}

func TestOldFontsOfStylesAreRead(t *testing.T) {
	font := func(name string) string { return `<w:rFonts w:ascii="` + name + `" w:hAnsi="` + name + `"/>` }
	styles := func(defaults, normal, own string) map[string]string {
		return map[string]string{"word/styles.xml": `<w:styles ` + spaces + `><w:docDefaults><w:rPrDefault><w:rPr>` + defaults + `</w:rPr></w:rPrDefault></w:docDefaults>` +
			`<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/><w:rPr>` + normal + `</w:rPr></w:style><w:style w:styleId="Ti"><w:name w:val="Title"/></w:style>` +
			`<w:style w:type="paragraph" w:styleId="H"><w:name w:val="Hoa"/><w:basedOn w:val="N"/><w:rPr>` + own + `</w:rPr></w:style><w:style w:type="character" w:styleId="K"><w:name w:val="Ký tự"/><w:rPr>` + own + `</w:rPr></w:style></w:styles>`}
	}
	run := `<w:p><w:r><w:rPr><w:rStyle w:val="K"/></w:rPr><w:t>x· khª hßa</w:t></w:r></w:p>`
	for name, test := range map[string]struct {
		more       map[string]string
		body, want string
	}{
		"of all text":            {styles(font(".VnTimeH"), "", ""), p("x· khª hßa"), "XÃ KHÊ HÒA\n"},
		"of plain paragraphs":    {styles(font("Arial"), font(".VnTimeH"), ""), p("x· khª hßa"), "XÃ KHÊ HÒA\n"},
		"of a style":             {styles("", font(".VnTime"), font(".VnTimeH")), styled("H", "x· khª hßa"), "XÃ KHÊ HÒA\n"},
		"of what it is based on": {styles("", font(".VnTimeH"), ""), styled("H", "x· khª hßa"), "XÃ KHÊ HÒA\n"},
		"of words":               {styles("", font(".VnTime"), font(".VnTimeH")), run, "XÃ KHÊ HÒA\n"},
		"of VNI":                 {styles("", font("VNI-Times"), ""), p("xaõ Kheâ Hoøa"), "xã Khê Hòa\n"},
	} {
		if got := markdown(t, test.body, test.more); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestOtherDocumentsAreToldWhatToDo(t *testing.T) {
	var odt bytes.Buffer
	z := zip.NewWriter(&odt)
	z.Create("content.xml")
	z.Close()
	files := map[string]string{"a.doc": "\xd0\xcf\x11\xe0", "b.rtf": `{\rtf1 Chữ}`, "c.docx": odt.String(), "d.docx": "%PDF-1.4", "e.docx": "<html>Chữ</html>", "f.docx": ""}
	s := importertest.New(t)
	for _, row := range importAll(t, s, importertest.Folder(t, files)).Rows {
		if told := row.Notes[0].Text("en"); !strings.Contains(told, "save it as .docx and import that") {
			t.Errorf("%s: %s", row.Source, told)
		}
	}
}
