package docx

import (
	"strings"
	"testing"
)

func TestHeadsOfLettersSayWhatTheyAre(t *testing.T) {
	const motto, below = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
	lines := func(all ...string) (s string) {
		for _, line := range all {
			s += centred(line)
		}
		return s
	}
	table := func(left, right string) string {
		return `<w:tbl><w:tr>` + cell("", left) + cell("", right) + `</w:tr></w:tbl>`
	}
	right := lines(motto, below, "Khê Hòa, ngày 11 tháng 3 năm 2020")
	text := p("Ủy ban nhân dân xã giao các thôn thực hiện trong quý hai.")
	report := centred("BÁO CÁO") + centred("Về việc làm đường")
	const title = "Báo cáo về việc làm đường"
	for name, test := range map[string]struct{ body, title, organization, no, date, told, kept string }{
		"a body above another one": {table(lines("UBND HUYỆN HÒA LẠC", "ỦY BAN NHÂN DÂN XÃ KHÊ HÒA", "Số: 45/BC-UBND"), right) + report, title, "Ủy ban nhân dân xã Khê Hòa", "45/BC-UBND", "11/03/2020", "UBND HUYỆN HÒA LẠC", ""},
		"a name on two lines":      {table(lines("ỦY BAN NHÂN DÂN", "XÃ KHÊ HÒA", "Số: /BC-UBND"), right) + report, title, "Ủy ban nhân dân xã Khê Hòa", "/BC-UBND", "11/03/2020", "", ""},
		"broken lines":             {table(`<w:p><w:r><w:t>ỦY BAN NHÂN DÂN</w:t><w:br/><w:t>XÃ KHÊ HÒA</w:t><w:br/><w:t>Số: 45/BC-UBND</w:t></w:r></w:p>`, right) + report, title, "Ủy ban nhân dân xã Khê Hòa", "45/BC-UBND", "11/03/2020", "", ""},
		"a subject below the number": {table(lines("ỦY BAN NHÂN DÂN", "XÃ KHÊ HÒA", "Số: 128/UBND-VX", "V/v tổ chức", "Tết Trung thu"), right) + centred("Kính gửi: Các thôn"), "Về việc tổ chức Tết Trung thu",
			"Ủy ban nhân dân xã Khê Hòa", "128/UBND-VX", "11/03/2020", "", "Kính gửi: Các thôn"},
		"who decides":     {table(lines("ỦY BAN NHÂN DÂN", "XÃ KHÊ HÒA", "Số: 7/QĐ-UBND"), right) + lines("QUYẾT ĐỊNH", "Về việc làm đường", "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ"), "Quyết định về việc làm đường", "Ủy ban nhân dân xã Khê Hòa", "7/QĐ-UBND", "11/03/2020", "", "CHỦ TỊCH ỦY BAN"},
		"the party":       {table(lines("ĐẢNG BỘ HUYỆN HÒA LẠC", "ĐẢNG ỦY XÃ KHÊ HÒA", "*", "Số 12-BC/ĐU"), lines("ĐẢNG CỘNG SẢN VIỆT NAM", "Khê Hòa, ngày 11 tháng 3 năm 2020")) + report, title, "Đảng ủy xã Khê Hòa", "12-BC/ĐU", "11/03/2020", "ĐẢNG BỘ HUYỆN", ""},
		"a stamp":         {table(lines("ỦY BAN NHÂN DÂN", "XÃ KHÊ HÒA", "Số: 45/BC-UBND", "HỎA TỐC"), right) + report, title, "Ủy ban nhân dân xã Khê Hòa", "45/BC-UBND", "11/03/2020", "HỎA TỐC", ""},
		"minutes":         {lines(motto, below, "-----------") + report, title, "", "", "", motto, ""},
		"lines with tabs": {p("UBND XÃ KHÊ HÒA   "+motto) + p("Số: 45/BC-UBND   "+below) + p("Khê Hòa, ngày 11 tháng 3 năm 2020") + report, title, "UBND xã Khê Hòa", "45/BC-UBND", "11/03/2020", "", ""},
		"an event of the party": {centred("LỊCH KỶ NIỆM") + `<w:tbl><w:tr>` + cell("", p("Ngày")) + cell("", p("Việc")) + `</w:tr><w:tr>` + cell("", p("3/2")) + cell("", p("Mít tinh kỷ niệm Đảng Cộng sản Việt Nam")) + `</w:tr></w:tbl>`,
			"LỊCH KỶ NIỆM", "", "", "", "", "| 3/2 | Mít tinh kỷ niệm Đảng Cộng sản Việt Nam |"},
	} {
		got, told, it := read(t, test.body+text+text, nil)
		no := ""
		if it.Extra != nil {
			no = it.Extra.Get("so-van-ban").Text
		}
		if it.Title != test.title || it.Organization != test.organization || no != test.no || it.Date.String() != test.date {
			t.Errorf("%s: %q of %q, %q, %s", name, it.Title, it.Organization, no, it.Date)
		}
		if !strings.Contains(told, test.told) || !strings.Contains(got, test.kept) || !strings.Contains(got, "giao các thôn") {
			t.Errorf("%s: told is\n%s\nof\n%s", name, told, got)
		}
		for _, line := range []string{motto, below} {
			if strings.Contains(got, line) {
				t.Errorf("%s: %s stays", name, line)
			}
		}
	}
}

func TestWhereToHandInIsNoListOfRecipients(t *testing.T) {
	head := `<w:tbl><w:tr>` + cell("", p("UBND XÃ KHÊ HÒA")+p("Số: 45/TB-UBND")) + cell("", p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")+p("Khê Hòa, ngày 11 tháng 3 năm 2020")) + `</w:tr></w:tbl>` + centred("THÔNG BÁO")
	procedure := `<w:tbl><w:tr>` + cell("", p("Thủ tục")) + cell("", p("Đăng ký")) + `</w:tr><w:tr>` + cell("", p("Nơi nhận hồ sơ")) + cell("", p("Bộ phận một cửa")) + `</w:tr></w:tbl>`
	end := p("Nơi nhận:") + p("- Như trên;") + p("- Lưu: VT.") + p("CHỦ TỊCH") + p("Trần Văn Lạc")
	got, _, _ := read(t, head+p("Chữ của thông báo.")+p("Nơi nhận kết quả: trụ sở xã.")+p("- buổi sáng;")+procedure, nil)
	for _, want := range []string{"Nơi nhận kết quả: trụ sở xã.", "buổi sáng", "| Thủ tục | Đăng ký |\n|---|---|\n| Nơi nhận hồ sơ | Bộ phận một cửa |"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is lost:\n%s", want, got)
		}
	}
	got, _, _ = read(t, head+p("Chữ của thông báo.")+procedure+end, nil)
	if strings.Contains(got, "Lưu: VT") || !strings.Contains(got, "| Nơi nhận hồ sơ | Bộ phận một cửa |") || !strings.HasSuffix(got, "\n\nCHỦ TỊCH\n\nTrần Văn Lạc\n") {
		t.Error(got)
	}
}
