package article

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// soundText has a piece of Markdown in each paragraph, and nothing wrong with it.
const soundText = `Sáng nay **UBND xã** họp bàn việc làm *đường liên thôn* và xem [kế hoạch](https://a.vn/ke-hoach) đã ký.

## Kết quả bước đầu

- Thôn Đông góp công
- Thôn Đoài hiến đất
- Thôn Trung lo nước

1. Đo đạc tuyến đường
2. Họp dân từng thôn
3. Khởi công trong tháng

Ảnh chụp ở đình: ![Bà con](hop.jpg "Nhà văn hóa") hôm trước.

| Thôn | Số hộ |
|---|---|
| Đông | 120 |

Bà con đồng ý.[^1]

[^1]: Theo biên bản họp.`

// TestASlipInSoundMarkdownIsToldOnceAndItsHintMendsIt makes one slip after another in a
// sound text. Each is told of once, at its line; a hint that is a piece of the text, put
// in the place of what was typed, gives the page that was meant.
func TestASlipInSoundMarkdownIsToldOnceAndItsHintMendsIt(t *testing.T) {
	sound := convert(soundText)
	if len(sound.Problems) > 0 {
		t.Fatalf("the sound text has problems:\n%s", problems(sound.Problems))
	}
	const link, picture = "[kế hoạch](https://a.vn/ke-hoach)", `![Bà con](hop.jpg "Nhà văn hóa")`
	slips := []struct{ id, right, typed string }{
		{"literal-asterisks/uneven", "**UBND xã**", "**UBND xã*"},
		{"literal-asterisks/uneven", "**UBND xã**", "*UBND xã**"},
		{"literal-asterisks/uneven", "**UBND xã**", "***UBND xã**"},
		{"literal-asterisks/uneven", "**UBND xã**", "**UBND xã***"},
		{"literal-asterisks/uneven", "*đường liên thôn*", "*đường liên thôn**"},
		{"link-unclosed", link, "[kế hoạch](https://a.vn/ke-hoach]"},
		{"link-unclosed", link, "[kế hoạch](https://a.vn/ke-hoach}"},
		{"link-unclosed/brackets", link, "[kế hoạch(https://a.vn/ke-hoach)"},
		{"link-unclosed/brackets", link, "[kế hoạch)(https://a.vn/ke-hoach)"},
		{"link-unclosed/brackets", link, "[kế hoạch]https://a.vn/ke-hoach)"},
		{"link-unclosed/brackets", link, "[kế hoạch]{https://a.vn/ke-hoach}"},
		{"link-unclosed/brackets", link, "[kế hoạch]<https://a.vn/ke-hoach>"},
		{"link-unclosed/brackets", link, "[kế hoạch]（https://a.vn/ke-hoach）"},
		{"link-unclosed/brackets", link, "[kế hoạch]:(https://a.vn/ke-hoach)"},
		{"link-unclosed/words", link, "kế hoạch](https://a.vn/ke-hoach)"},
		{"link-address/signs", link, `[kế hoạch]("https://a.vn/ke-hoach")`},
		{"link-address/signs", link, "[kế hoạch](“https://a.vn/ke-hoach”)"},
		{"link-address/signs", link, "[kế hoạch](\u00a0https://a.vn/ke-hoach)"},
		{"link-address/signs", link, "[kế hoạch]((https://a.vn/ke-hoach))"},
		{"link-quotes/inner", picture, `![Bà con](hop.jpg "Nhà "văn hóa" xã")`},
		{"link-quotes/marks", picture, `![Bà con](hop.jpg "Nhà văn hóa)`},
		{"link-quotes/marks", picture, `![Bà con](hop.jpg Nhà văn hóa")`},
		{"link-quotes/marks", picture, `![Bà con](hop.jpg"Nhà văn hóa")`},
		{"link-quotes/marks", picture, `![Bà con](hop.jpg “Nhà văn hóa")`},
		{"link-space", link, "[kế hoạch](https: //a.vn/ke-hoach)"},
		{"link-space", link, "[kế hoạch](https:// a.vn/ke-hoach)"},
		{"heading-space/other", "## K", "##\u00a0K"},
		{"heading-space/other", "## K", "#\u00a0K"},
		{"heading-space/other", "## K", "##: K"},
		{"heading-space/other", "## K", "##. K"},
		{"heading-space/other", "## K", "##- K"},
		{"heading-space", "## Kết quả bước đầu", "##“Kết quả” bước đầu"},
		{"list-marker/other", "- Thôn Đoài", "-\u00a0Thôn Đoài"},
		{"list-marker/other", "- Thôn Đông", "-\u00a0Thôn Đông"},
		{"list-marker/other", "- Thôn Đoài", "– Thôn Đoài"},
		{"list-marker/other", "- Thôn Đoài", "— Thôn Đoài"},
		{"list-marker/other", "- Thôn Đoài", "-- Thôn Đoài"},
		{"list-marker/other", "- Thôn Trung", "= Thôn Trung"},
		{"list-marker/other", "2. Họp", "2.\u00a0Họp"},
		{"list-marker/other", "1. Đo", "1.\u00a0Đo"},
		{"list-marker/other", "2. Họp", "2- Họp"},
		{"list-marker/other", "2. Họp", "2/ Họp"},
		{"list-marker/other", "3. Khởi", "3: Khởi"},
		{"list-marker/other", "3. Khởi", "3, Khởi"},
		{"list-marker/other", "2. Họp", "(2) Họp"},
		{"list-marker/space", "1. Đo", "1.Đo"},
		{"table-cells/header", "| Thôn | Số hộ |", "| Thôn Số hộ |"},
		{"table-cells/header", "|---|---|", "|---|---|---|"},
		{"table-delimiter/dashes", "|---|---|", "|—|—|"},
		{"table-delimiter/dashes", "|---|---|", "| – | – |"},
		{"link-unclosed/brackets", link, "(kế hoạch)(https://a.vn/ke-hoach)"},
		{"link-unclosed/brackets", link, "ơkế hoạchư(https://a.vn/ke-hoach)"},
		{"link-unclosed/brackets", link, "[kế hoạch].(https://a.vn/ke-hoach)"},
		{"link-unclosed/brackets", link, "[kế hoạch]/(https://a.vn/ke-hoach)"},
		{"link-unclosed/brackets", link, "[kế hoạch]-(https://a.vn/ke-hoach)"},
		{"link-unclosed/brackets", link, "[kế hoạch]=(https://a.vn/ke-hoach)"},
		{"link-unclosed/brackets", link, "[kế hoạch] [https://a.vn/ke-hoach]"},
		{"link-address/scheme", link, "[kế hoạch](http://https://a.vn/ke-hoach)"},
		{"link-address/scheme", link, "[kế hoạch](https://https//a.vn/ke-hoach)"},
		{"heading-space/parted", "## K", "# # K"},
		{"footnote-colon", "[^1]: Theo", "[^1]： Theo"},
		{"footnote-colon", "[^1]: Theo", "[^1]. Theo"},
		{"footnote-colon", "[^1]: Theo", "[^1]) Theo"},
		{"footnote-missing/empty", "[^1]: Theo", "[^1]:\n\nTheo"},
		{"other-syntax/comment", "Bà con đồng ý.", "Bà con đồng ý. <!- hỏi lại -->"},
		{"other-syntax/comment", "Bà con đồng ý.", "Bà con đồng ý. <!— hỏi lại —>"},
		{"fence-unclosed", "Bà con đồng ý.[^1]\n\n[^1]: Theo biên bản họp.", "```\nBà con đồng ý."},
		{"fence-unclosed", "Bà con đồng ý.[^1]\n\n[^1]: Theo biên bản họp.", "~~~~\nBà con đồng ý.\n\nHết."},
		{"html-dropped/unclosed-tag", "Bà con đồng ý.[^1]\n\n[^1]: Theo biên bản họp.", "<pre>Bà con đồng ý.\n\nHết."},
		{"html-dropped/unclosed-tag", "Bà con đồng ý.[^1]\n\n[^1]: Theo biên bản họp.", "<script>\n\nBà con đồng ý.\n\nHết."},
	}
	place := regexp.MustCompile(`^ *(?:[-+*#]|\d+[.)]|\[\^1\])`)
	for _, s := range slips {
		if strings.Count(soundText, s.right) != 1 {
			t.Fatalf("%q stands %d times in the sound text", s.right, strings.Count(soundText, s.right))
		}
		text := strings.Replace(soundText, s.right, s.typed, 1)
		found := convert(text).Problems
		if len(found) != 1 || found[0].ID != s.id {
			t.Errorf("%q: want one %s, got:\n%s", s.typed, s.id, problems(found))
			continue
		}
		p := found[0]
		line := 1 + strings.Count(soundText[:strings.Index(soundText, s.right)], "\n")
		if off := p.Pos.Line - line; off != 0 && (s.id != "table-cells/header" || off != -1) {
			t.Errorf("%q is told of in line %d, want %d", s.typed, p.Pos.Line, line)
		}
		hint := p.Hint("vi")
		lines := strings.Split(text, "\n")
		switch typed := []rune(lines[p.Pos.Line-1]); {
		case place.MatchString(hint):
			lines[p.Pos.Line-1] = string(typed[:p.Pos.Col-1]) + hint
		case strings.HasPrefix(strings.TrimPrefix(hint, "!"), "["):
			lines = strings.Split(strings.Replace(text, s.typed, hint, 1), "\n")
		default:
			continue // advice
		}
		mended := convert(strings.Join(lines, "\n"))
		if len(mended.Problems) > 0 {
			t.Errorf("%q, mended as %q, has problems:\n%s", s.typed, hint, problems(mended.Problems))
		}
		if got := string(mended.HTML); got != string(sound.HTML) && !strings.Contains(s.typed, `"Nhà "`) && !strings.Contains(s.typed, "“Kết") && !strings.HasPrefix(s.typed, "#\u00a0") {
			t.Errorf("%q, mended as %q, gives\n%s", s.typed, hint, got)
		}
	}
}

// TestASlipThatNobodyReadsOverIsToldOnceAndItsHintMendsIt puts each hint in the place of
// what is wrong: the page is that of what was meant, then.
func TestASlipThatNobodyReadsOverIsToldOnceAndItsHintMendsIt(t *testing.T) {
	for _, s := range []struct{ id, text, wrong, meant string }{
		{"angle-brackets/quotation", ">50 hộ đồng ý.", ">50", `\>50 hộ đồng ý.`},
		{"angle-brackets/quotation", ">= 50 hộ đồng ý.", ">=", `\>= 50 hộ đồng ý.`},
		{"angle-brackets/quotation", ">80% đồng ý,\ncòn lại chưa.", ">80%", "\\>80% đồng ý,\ncòn lại chưa."},
		{"angle-brackets/quotation", ">37,5 độ là sốt", ">37,5", `\>37,5 độ là sốt`},
		{"angle-brackets/quotation", ">>> Xem thêm: bầu cử", ">>> Xem", `\>>> Xem thêm: bầu cử`},
		{"angle-brackets/quotation", ">> Xem thêm", ">> Xem", `\>> Xem thêm`},
		{"angle-brackets/quotation", "- >50 hộ góp công", ">50", `- \>50 hộ góp công`},
		{"angle-brackets/quotation", "1. > 50 hộ góp công", "> 50", `1. \> 50 hộ góp công`},
		{"literal-asterisks/unlike", "Theo _báo Nhân dân* hôm nay", "_báo Nhân dân*", "Theo *báo Nhân dân* hôm nay"},
		{"literal-asterisks/unlike", "Theo *báo Nhân dân_ hôm nay", "*báo Nhân dân_", "Theo *báo Nhân dân* hôm nay"},
		{"literal-asterisks/unlike", "Theo __UBND xã**", "__UBND xã**", "Theo **UBND xã**"},
		{"literal-asterisks/unlike", "Theo **UBND xã__, hôm nay", "**UBND xã__,", "Theo **UBND xã**, hôm nay"},
		{"link-apart/picture", "Ở đình: ! [Bà con](hop.jpg) hôm trước", "! [Bà con](hop.jpg)", "Ở đình: ![Bà con](hop.jpg) hôm trước"},
		{"link-apart/picture", "！[Bà con](hop.jpg \"Đình\")", "！[Bà con](hop.jpg \"Đình\")", "![Bà con](hop.jpg \"Đình\")"},
		{"link-unclosed/brackets", "Xem ơbản đồư(a.pdf).", "ơbản đồư(a.pdf)", "Xem [bản đồ](a.pdf)."},
		{"link-unclosed/brackets", "ƠBản đồƯ(a.pdf)", "ƠBản đồƯ(a.pdf)", "[Bản đồ](a.pdf)"},
		{"link-unclosed/brackets", "!ơBà conư(hop.jpg)", "!ơBà conư(hop.jpg)", "![Bà con](hop.jpg)"},
		{"link-unclosed/brackets", "!(Bà con)(hop.jpg)", "!(Bà con)(hop.jpg)", "![Bà con](hop.jpg)"},
		{"link-unclosed/brackets", "![Bà con].(hop.jpg)", "![Bà con].(hop.jpg)", "![Bà con](hop.jpg)"},
		{"link-unclosed", "![Bà con](hop.jpg）", "![Bà con](hop.jpg）", "![Bà con](hop.jpg)"},
		{"link-space", "[Thư](mailto: ubnd@a.vn)", "[Thư](mailto: ubnd@a.vn)", "[Thư](mailto:ubnd@a.vn)"},
		{"link-space", "[Gọi](tel: 0912 345 678)", "[Gọi](tel: 0912 345 678)", "[Gọi](tel:0912345678)"},
		{"link-space", "[Bản đồ](ban-do. pdf)", "[Bản đồ](ban-do. pdf)", "[Bản đồ](ban-do.pdf)"},
		{"link-space", "![Bà con](hop .jpg)", "![Bà con](hop .jpg)", "![Bà con](hop.jpg)"},
		{"link-quotes/bare", "![Bà con](hop.jpg Ở đình)", "![Bà con](hop.jpg Ở đình)", `![Bà con](hop.jpg "Ở đình")`},
		{"link-quotes/bare", "![Bà con](hop.jpg, Ở đình)", "![Bà con](hop.jpg, Ở đình)", `![Bà con](hop.jpg "Ở đình")`},
		{"link-quotes/bare", "![Bà con](hop.jpg | Ở đình)", "![Bà con](hop.jpg | Ở đình)", `![Bà con](hop.jpg "Ở đình")`},
		{"link-quotes/bare", "![Bà con](hop.jpg – Ở đình)", "![Bà con](hop.jpg – Ở đình)", `![Bà con](hop.jpg "Ở đình")`},
		{"link-quotes/bare", "![Bà con](hop.jpg 'Ở đình)", "![Bà con](hop.jpg 'Ở đình)", `![Bà con](hop.jpg "Ở đình")`},
		{"link-quotes/bare", `![Bà con](hop.jpg title="Ở đình")`, `![Bà con](hop.jpg title="Ở đình")`, `![Bà con](hop.jpg "Ở đình")`},
		{"list-marker/box", "- []Thôn Đoài", "[]Thôn Đoài", "- [ ] Thôn Đoài"},
		{"list-marker/box", "1. Đo\n2. [] Họp dân", "[] Họp dân", "1. Đo\n2. [ ] Họp dân"},
		{"list-marker/space", "-[x] Đã họp", "-[x] Đã họp", "- [x] Đã họp"},
		{"literal-asterisks/underscore", "Theo _báo Nhân dân hôm nay", "", ""},
		{"html-dropped/break", "Một</br>hai", "", ""},
		{"table-cells/broken", "| Thôn | Họ tên |\n|---|---|\n| Đông | Nguyễn\nVăn An |\n| Đoài | Bình |", "", ""},
		{"link-address/signs", "[Bản đồ](<ban-do.pdf)", "[Bản đồ](<ban-do.pdf)", "[Bản đồ](ban-do.pdf)"},
		{"active-url/file", "![Bà con](content://media/external/images/media/12)", "", ""},
		{"active-url/file", "![Bà con](cid:image001.png@01DA)", "", ""},
		{"active-url/file", "[Kế hoạch](mhtml:a.mht)", "", ""},
	} {
		found := convert(s.text).Problems
		if len(found) != 1 || found[0].ID != s.id {
			t.Errorf("%q: want one %s, got:\n%s", s.text, s.id, problems(found))
			continue
		}
		if s.meant == "" {
			continue // advice
		}
		if strings.Count(s.text, s.wrong) != 1 {
			t.Fatalf("%q stands %d times in %q", s.wrong, strings.Count(s.text, s.wrong), s.text)
		}
		for _, lang := range []string{"vi", "en"} {
			mended := convert(strings.Replace(s.text, s.wrong, found[0].Hint(lang), 1))
			if want := convert(s.meant); len(mended.Problems) > 0 || string(mended.HTML) != string(want.HTML) {
				t.Errorf("%q, with the hint %q, gives\n%s%s", s.text, found[0].Hint(lang), mended.HTML, problems(mended.Problems))
			}
		}
	}
	for _, text := range []string{"☐ Thôn Đông\n☑ Thôn Đoài", "–Thôn Đông\n–Thôn Đoài", "v\tThôn Đông\nv\tThôn Đoài", "ü Thôn Đông\nü Thôn Đoài"} {
		found := convert(text).Problems
		unticked := strings.NewReplacer("[ ] ", "", "[x] ", "")
		if len(found) != 2 || found[0].ID != "list-marker" || unticked.Replace(found[0].Hint("vi")) != "- Thôn Đông" || unticked.Replace(found[1].Hint("vi")) != "- Thôn Đoài" {
			t.Errorf("%q: got\n%s", text, problems(found))
		}
	}
}

// TestWhatLooksLikeASlipIsNone: false alarms are faults, too.
func TestWhatLooksLikeASlipIsNone(t *testing.T) {
	for _, text := range []string{
		"[Xem tệp (ke-hoach.pdf)]", `\[kế hoạch](https://a.vn)`, `kế hoạch\](https://a.vn)`, "(theo [1]) xem", "[15/KH]{a}", "[a] <https://a.vn>",
		"```\nls -l", "```\nchữ\n```", "> ```\n> chữ\n> ```", "- ```\n  chữ\n  ```", "~~~\nchữ\n~~~",
		"##", "#1 trong tỉnh", "####### Chữ", "- Thôn Đông\n  và Thôn Đoài", "1. Một\n   (3) người", "1. Một\n5- Năm", "- Góp\n– và hiến đất",
		"| a | b |\n|---|---|\n| c |", "|  | b |\n|---|---|\n| c | d |", "a <! b", "2 <!- 3",
		"> 50 năm trước, nơi đây là bãi bồi.", ">2026 là năm bầu cử.", ">15/3: họp dân", ">7h30 họp dân", ">Bác nói: “Vâng”.", ">50 năm trước\n>đã có đình", "> > Trích\n>\n> Lời bàn", ">1. Một\n>2. Hai",
		"- > Lời của bác Hòa", "-5 độ C", "Thư mục _site chứa *nháp*", "_redirects và _index.md", "@_phuong và _x_", "Tên biến ten_bien*", "(*) Số liệu_a", "snake_case* và __init__.py",
		"Chúc mừng! [Ảnh](hop.jpg)", "Xem ! [kế hoạch](a.pdf)", "Ơn Đảng, theo thông tư(a.pdf)", "Thông tư(a.pdf) và ơn(b)", "Kế hoạch (số 1)(2)", `\(kế hoạch)(a.pdf)`, "f(x)(a.pdf)", "[1], [2]", "[1].(2)", "[15/KH]-(a)",
		"![a](<hop jpg.jpg>)", "- [ ] Họp", "- [][a] x", "# #NongThonMoi", "## # ", "| a | b |\n|---|---|\n| – | — |", "| a | b |\n|---|---|\n| c | d\n| e | f", "a | b\n---|---\nc | d\ne |", "| a | b |\n|---|---|\n| c | d |\ne | f |", "[Gọi](sms:0912345678)", "[Nhóm](zalo://abc)", "–Vâng", "–một\n–hai", "v 1\nv 2",
		"Số liệu* là **tạm tính**.\n\n(*) ***Ghi chú** ở dưới", `![a](b.jpg "Nhà \"văn hóa\" xã")`, "a[^1]\n\n[^1]:\n    b", "**Số liệu***\n\n(*) Sơ bộ",
	} {
		if got := told(text); got != "" {
			t.Errorf("%q: unexpected problems:\n%s", text, got)
		}
	}
}

// TestTheMarkOfAnItemIsToldWhole: the letter behind it may have several bytes.
func TestTheMarkOfAnItemIsToldWhole(t *testing.T) {
	for _, text := range []string{"a) Đông\nb) Đoài", "Điều 1. Ủy ban.\nĐiều 2. Đảng ủy.", "I. Ông An\nII. Ông Bình", "1.1. Đo\n1.2. Đạc"} {
		found := convert(text).Problems
		if len(found) != 1 || found[0].ID != "joined-lines/items" {
			t.Errorf("%q: got\n%s", text, problems(found))
			continue
		}
		if said := found[0].Args[0]; !utf8.ValidString(said) || !strings.HasPrefix(text, said+" ") {
			t.Errorf("%q: its mark is told as %q", text, said)
		}
	}
}
