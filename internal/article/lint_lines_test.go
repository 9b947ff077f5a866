package article

import (
	"regexp"
	"strings"
	"testing"

	"bantin/internal/diag"

	"github.com/google/go-cmp/cmp"
)

// told prints the place, the id and the hint of each problem.
func told(text string) string {
	var b strings.Builder
	for _, p := range convert(text).Problems {
		place := regexp.MustCompile(`\d+:\d+`).FindString(problems(diag.List{p}))
		b.WriteString(place + " " + p.ID + " > " + p.Hint("vi") + "\n")
	}
	return b.String()
}

func TestWhatMarkdownDropsOrTurnsIntoSomethingElseIsTold(t *testing.T) {
	const (
		unused = " link-definition/unused > viết [chữ của liên kết][1] ở chỗ cần liên kết, hoặc xóa dòng này\n"
		joined = " joined-lines > thêm một dòng trống giữa hai dòng, hoặc viết dấu \\ ở cuối dòng trên\n"
		bar    = " heading-bar > thêm một dòng trống trước dòng này\n"
		glued  = " table-glued > thêm một dòng trống trước dòng này\n"
		items  = " joined-lines/items > viết - hoặc 1. 2. 3. sau một dòng trống, hoặc viết dấu \\ ở cuối mỗi dòng\n"
		cells  = " table-cells > thêm cột vào dòng đầu bảng và dòng |---|, hoặc viết \\| nếu dấu | là chữ\n"
	)
	long := strings.Repeat("Bà con thôn Đông góp công làm đường. ", 5)
	tests := []struct{ name, text, want string }{
		{"a source that looks like a definition", "[Nguồn]: TTXVN", "1:1 link-definition > \\[Nguồn]: TTXVN\n"},
		{"a time in a list", "- [Sáng]: họp\n- [Chiều]: 14h30", "1:3 link-definition > \\[Sáng]: họp\n2:3 link-definition > \\[Chiều]: 14h30\n"},
		{"with a title", "[Lưu ý]: nghỉ (lễ)", "1:1 link-definition > \\[Lưu ý]: nghỉ (lễ)\n"},
		{"an hour, a day", "[Giờ]: 7:30\n\n[Ngày]: 11/3/2026", "1:1 link-definition > \\[Giờ]: 7:30\n3:1 link-definition > \\[Ngày]: 11/3/2026\n"},
		{"a definition that nobody uses", "a\n\n[1]: https://a.vn", "3:1" + unused},
		{"a second one of the same name", "[1]\n\n[1]: a.md\n[1]: b.md", "4:1" + unused},
		{"a word that is used as a link", "[Nguồn]\n\n[Nguồn]: TTXVN", "3:1 link-definition > \\[Nguồn]: TTXVN\n"},
		{"cells beyond the header", "| a | b |\n|---|---|\n| c | d | e |", "3:11" + cells},
		{"a bare pipe", "| a | b |\n|---|---|\n| c | 5 | 6 kg |\n| d | 7 \\| 8 |", "3:11" + cells},
		{"a table without its line", "| a | b |\n| c | d |", "1:1 table-delimiter/missing > thêm ngay dưới dòng này một dòng: |---|---|\n"},
		{"a line of too few columns", "| a | b | c |\n|---|---|\n| d | e | f |", "2:1 table-delimiter > |---|---|---|\n"},
		{"a paragraph right below a table", "| a | b |\n|---|---|\n| c | d |\nSau đó họp.", "4:1" + glued},
		{"a table of tabs", "Thôn\tGiờ\nĐông\t8:00", "1:1 table-tabs > viết bằng dấu |, như:\n| Thôn | Giờ |\n|---|---|\n"},
		{"a long paragraph above ---", long + "\n---", "2:1" + bar},
		{"a sentence above ---", "Bà con đồng ý.\n---\nSau đó", "2:1" + bar},
		{"lines above ---", "Bà con đồng ý\nlàm đường\n---", "3:1" + bar},
		{"a sentence above === in a quotation", "> Họp xong.\n> ===", "2:3" + bar},
		{"bullets of Word", "Mở đầu:\n•\tMột\n•\tHai", "2:1 list-marker > - Một\n3:1 list-marker > - Hai\n"},
		{"dashes", "–\tMột\n–\tHai", "1:1 list-marker > - Một\n2:1 list-marker > - Hai\n"},
		{"dots", "· Một\n· Hai", "1:1 list-marker > - Một\n2:1 list-marker > - Hai\n"},
		{"circles", "o\tMột\no\tHai", "1:1 list-marker > - Một\n2:1 list-marker > - Hai\n"},
		{"arrows without a space", "➢Một", "1:1 list-marker > - Một\n"},
		{"a hyphen without a space", "-Góp ý\n-Làm đường", "1:1 list-marker/space > - Góp ý\n2:1 list-marker/space > - Làm đường\n"},
		{"a number without a space", "1.Họp\n2)Bàn", "1:1 list-marker/space > 1. Họp\n2:1 list-marker/space > 2) Bàn\n"},
		{"letters", "a) họp\nb) bàn", "1:1 joined-lines/items > viết - hoặc 1. 2. 3. sau một dòng trống, hoặc viết dấu \\ ở cuối mỗi dòng\n"},
		{"two spaces below a number", "1. Họp\n  - Đông\n  - Tây\n2. Bàn", "2:3 list-indent >    - Đông\n3:3 list-indent >    - Tây\n"},
		{"a paragraph a line", long + "\n" + long + "\nHọp xong.", "1:1" + joined},
		{"a block of a signature", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH XÃ\nNguyễn Văn A", "1:1" + joined},
		{"the head of a letter", "ỦY BAN NHÂN DÂN XÃ\nKhê Hòa", "1:1" + joined},
		{"a number that comes twice", "1. a\n2. b\n2. c\n3. d", "3:1 list-number > đánh lại số từ ý này trở đi, hoặc viết 1. trước mọi ý để Bantin tự đánh số\n"},
		{"a sentence right below a list", "- một\n- hai\nSau đó họp.", "3:1 joined-lines/glued > thêm một dòng trống trước dòng này\n"},
		{"a sentence right below a quotation", "> hay lắm\nSau đó họp.", "2:1 joined-lines/glued > thêm một dòng trống trước dòng này\n"},
		{"a part right below a numbered list", "1. Ông An\n2. Bà Bình\nII. Nội dung", "3:1 joined-lines/glued > thêm một dòng trống trước dòng này\n"},
		{"boxes without marks", "[ ] Có\n[x] Không", "1:1 list-marker > - [ ] Có\n2:1 list-marker > - [x] Không\n"},
		{"days", "Thứ Hai (16/3): họp\nThứ Ba (17/3): bàn", "1:1" + joined},
		{"years", "1945. Cách mạng.\n1954. Điện Biên.", "1:1" + items},
		{"a star never closed", "Bà con *đồng ý.", "1:8 literal-asterisks/one > viết *chữ nghiêng* trong cùng một đoạn, \\* nếu muốn hiện dấu *, hoặc thêm dấu cách sau * nếu là một ý của danh sách\n"},
		{"no address", "[Kế hoạch]() ![a]()", "1:1 link-empty > viết địa chỉ vào giữa hai dấu ngoặc, như [Kế hoạch](ke-hoach.pdf), hoặc bỏ []()\n" +
			"1:14 link-empty/image > viết tên tệp vào giữa hai dấu ngoặc, như ![Lễ ký](le-ky.jpg)\n"},
		{"the sample text", "Viết bài ở đây.", "1:1 placeholder > thay chữ mẫu này bằng nội dung thật, hoặc xóa đi\n"},
		{"the English sample text", "a\n\nWrite the article here.", "3:1 placeholder > thay chữ mẫu này bằng nội dung thật, hoặc xóa đi\n"},
		{"a wiki's link, once", "[[a]] và [[b]]", "1:1 other-syntax/wiki-link > viết [chữ của liên kết](tên-bài.md)\n"},
		{"a wiki's picture", "![[anh 1.jpg]]", "1:2 other-syntax/wiki-picture > viết ![lời tả ảnh](<anh 1.jpg>)\n"},
		{"a private comment", "Họp %% hỏi lại anh An %% xong", "1:5 other-syntax/comment > xóa đi, hoặc viết <!-- ghi chú -->\n"},
		{"a comment over lines", "%%\nhỏi lại\n%%", "1:1 other-syntax/comment > xóa đi, hoặc viết <!-- ghi chú -->\n"},
		{"a shortcode of Hugo", "{{< youtube abc >}}", "1:1 other-syntax/shortcode > xóa mã này, hoặc thay bằng Markdown\n"},
		{"a tag of Jekyll", "{% include a.html %}", "1:1 other-syntax/shortcode > xóa mã này, hoặc thay bằng Markdown\n"},
		{"a shortcode of WordPress", "[caption id=\"a\" width=\"3\"]x[/caption]", "1:1 other-syntax/shortcode > xóa mã này, hoặc thay bằng Markdown\n"},
		{"attributes", "![a](b.jpg){width=50%}", "1:12 other-syntax/attributes > xóa {width=50%}\n"},
		{"a class", "a\n{: .x}", "2:1 other-syntax/attributes > xóa {: .x}\n"},
		{"a formula", "là $x^2 + y$ và $$a$$", "1:4 other-syntax/math > viết bằng chữ, với <sup>2</sup> và <sub>2</sub>, hoặc chèn ảnh của công thức\n"},
		{"contents", "[TOC]", "1:1 other-syntax/contents > xóa dòng này\n"},
		{"an emoji", "Tốt :thumbsup: lắm", "1:5 other-syntax/emoji > dán thẳng biểu tượng vào bài, hoặc xóa :thumbsup:\n"},
		{"items with letters and dots", "a. họp\nb. bàn", "1:1" + items},
		{"items in Roman numbers", "Gồm:\nIV. họp\nV. bàn", "2:1" + items},
		{"articles of a decree", "Điều 1. Họp.\nĐiều 2. Bàn.", "1:1" + items},
		{"steps", "Bước 1: nộp đơn\nBước 2: nhận giấy", "1:1" + items},
		{"a numbered list that can't begin here", "Còn:\n2. họp\n3. bàn", "2:1" + items},
		{"ticks", "✓ Họp\n✓ Bàn", "1:1 list-marker > - ✓ Họp\n2:1 list-marker > - ✓ Bàn\n"},
		{"stars without spaces", "*Họp\n*Bàn", "1:1 list-marker/space > * Họp\n2:1 list-marker/space > * Bàn\n"},
		{"hyphens before small letters", "-họp\n-bàn", "1:1 list-marker/space > - họp\n2:1 list-marker/space > - bàn\n"},
		{"numbers below a number, too little", "1. a\n  1. b\n  2. c", "2:3 list-indent >    1. b\n3:3 list-indent >    2. c\n"},
		{"labels", "Giờ: 8h\nNơi: đình", "1:1" + joined},
		{"verse", "Chiều nay trời đẹp\nGió thổi mây bay\nChỉ còn ta đây", "1:1" + joined},
		{"two short sentences", "Họp xong.\nBà con về.", "1:1" + joined},
		{"a table without outer pipes", "a | b\nc | d", "1:1 table-delimiter/missing > thêm ngay dưới dòng này một dòng: |---|---|\n"},
		{"rows apart, once", "| a | b |\n\n| c | d |", "1:1 table-delimiter/apart > viết các dòng của bảng liền nhau, không có dòng trống ở giữa, và dòng |---| ngay dưới dòng đầu\n"},
		{"a sentence with a pipe below a table", "| a | b |\n|---|---|\n| c | d |\nSau đó | họp.", "4:1" + glued},
		{"a lone hyphen makes a heading", "Họp\n-", "2:1" + bar},
		{"front matter once more", "---\ntitle: a\n---", "3:1" + bar},
		{"words never struck out", "Giá ~~50 đồng", "1:5 literal-asterisks/pair > viết ~~chữ~~ trong cùng một đoạn, hoặc xóa dấu ~~\n"},
		{"a power", "10 m^2^", "1:5 other-syntax/power > viết: <sup>2</sup>\n"},
		{"a formula holds its powers", "là $x^2^ + y$", "1:4 other-syntax/math > viết bằng chữ, với <sup>2</sup> và <sub>2</sub>, hoặc chèn ảnh của công thức\n"},
		{"a reference that nothing defines", "xem [a][b]", "1:5 other-syntax/reference > thêm ở cuối bài một dòng [b]: địa-chỉ\n"},
		{"the sample text among words", "Xem: Viết bài ở đây. Hết.", "1:6 placeholder > thay chữ mẫu này bằng nội dung thật, hoặc xóa đi\n"},
		{"another program's box", "> [!info] Lưu ý\n> a", "1:3 other-syntax/callout > viết > [!NOTE], > [!TIP], > [!IMPORTANT], > [!WARNING] hoặc > [!CAUTION] trên một dòng riêng, rồi > trước mỗi dòng của hộp\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, told(tt.text)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhatWasDefinedInVainIsShown(t *testing.T) {
	for text, want := range map[string]string{
		"[Nguồn]: TTXVN":              "<p>[Nguồn]: TTXVN</p>\n",
		"- [Sáng]: họp\n- b":          "<ul>\n<li>[Sáng]: họp</li>\n<li>b</li>\n</ul>\n",
		"[1]: https://a.vn 'b & c'":   "<p>[1]: https://a.vn 'b &amp; c'</p>\n",
		"[a]\n\n[a]: họp":             "<p>[a]</p>\n<p>[a]: họp</p>\n",
		"[a][b]\n\n[b]: c.md\n\nHết.": "<p><a href=\"c.md\">a</a></p>\n<p>Hết.</p>\n",
		"> [a]: <b c>\n> 'd'":         "<blockquote>\n<p>[a]: &lt;b c&gt;\n'd'</p>\n</blockquote>\n",
	} {
		if got := string(convert(text).HTML); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// TestSoundLinesAreNoMistake: false alarms are faults, too.
func TestSoundLinesAreNoMistake(t *testing.T) {
	wrapped := "Sáng 11/3, bà con thôn Đông họp ở nhà văn hóa, bàn việc làm đường liên thôn.\n" +
		"Trưởng thôn Nguyễn Văn An chủ trì. Sau hai giờ bàn bạc, bà con đồng ý góp công\nlàm đường, mỗi nhà hai ngày.\n"
	for _, text := range []string{
		wrapped, strings.ReplaceAll(wrapped, "Sáng", "> Sáng"), "Một dòng.  \nHai dòng.  \nBa dòng.", "Một dòng.\\\nHai dòng.",
		"- một\n- hai", "1. một\n2. hai\n   - ba", "* một\n  * hai", "10. một\n    - hai", "– Chào bác!", "— Bác khỏe không?",
		"-5 độ C", "1.000.000 đồng", "1.5 lần", "11.3.2026 họp", "o tròn", "a) một mình", "tuần 2 (a) và b)", "+84 912 345 678",
		"# Kết quả\n\n---\n\nHết.", "Kết quả\n---\n\nHết.", "## Hỏi: vì sao?\n\na", "Năm 2026. Hết.", "2026. Năm bản lề.", "3. ba\n2. hai\n1. một", "1. một\n3. ba", "1. a\n1. b\n1. c", "0. a\n0. b", "113. Công an\n115. Cấp cứu", "20. Hai mươi",
		"| a | b |\n|---|---|\n| c |\n| d | e |", "a | b\n--|--\nc | d", "|a|\n|-|\nb", "Giá: 5|6", "| một mình", "cột 1\tcột 2",
		"Số liệu* đến tháng 6.\n\n*Ghi chú: sơ bộ", "(*) Ghi chú *Một", "a * b", "5 * 3", "*nghiêng* và **đậm**", `\*không`, "* ", "nhân 2*",
		"giá 100$ và 200$", "US$5-US$10", "$100 = 2.500.000 đồng, $200 = 5.000.000 đồng", "8:30:15", "tỷ lệ 3:2", "Nơi nhận: a", "https://a.vn:80/x", "50%% và", "{a}", "{ghi chú}",
		"`[[a]]` `{{<x>}}` `$x^2$`", "```\n[[a]] %% b %%\n:smile:\n```", `\[[a]]`, "[a][b]\n\n[b]: c.md", "[a]\n\n[a]: <#b>", "[15/KH]: xem [a](b.md)",
		"[đây](a.md){", "# a {#b .c}", "[1]\n\n[1]: https://a.vn \"b\"", "Thôn Đông\nXã Khê Hòa", "UBND xã\nHọp",
		"a == b, c ~ d ~ e", "10~20~30 con", "C++ và Java++ mới", "Tốt quá!!! các bác", "x_1_ và a^b", "[1][2]", "[//]: # (hỏi lại)", "[comment]: <> (hỏi lại)",
		`\[a\] và \[b\] = c`, "(a) [b]", "Hà Nội (2026) [1]", "Kết quả bước đầu\n---\n\nHết.", "a: b\n: c", "N.V.A\nB.C", "họp ngày\n11. Sau đó", "→ Kết luận", "+ một\n+ hai",
		"Khổ một dòng dài hơn mức thường thấy ở thơ lục bát của ta\nKhổ hai", "https://a.vn/x^y^z", "||", "a|b", "1. một\n\n   hai\n2. ba", "- a\n - b",
	} {
		if got := told(text); got != "" {
			t.Errorf("%q: unexpected problems:\n%s", text, got)
		}
	}
}

func TestOfManyProblemsAllErrorsThatStopABuildAreTold(t *testing.T) {
	found := convert(strings.Repeat("Chữ **đậm.\n\n", 300) + "[x](javascript:a)").Problems
	last := found[len(found)-1]
	if len(found) != maxProblems+2 || last.ID != "more-problems" || last.Args[0] != "200" || !found.HasErrors() {
		t.Errorf("%d problems, the last is %s %v", len(found), last.ID, last.Args)
	}
	if found := convert(strings.Repeat("[x](javascript:a)\n\n", 1000)).Problems; len(found) != 2*maxProblems+1 || !found.HasErrors() {
		t.Errorf("%d problems", len(found))
	}
}
