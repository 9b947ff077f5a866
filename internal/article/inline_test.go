package article

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTagsThatCarryMeaningAreLetThrough(t *testing.T) {
	const markdown = "\n  > viết bằng Markdown, hoặc đặt markdown: {html: sanitize} trong site.yaml\n"
	unpaired := func(place, tag, name string) string {
		return place + " [html-dropped] thẻ HTML " + tag + " không có thẻ đóng hoặc mở đi cùng trong đoạn nên bị bỏ\n  > viết <" + name + ">chữ</" + name + "> trong cùng một đoạn, hoặc xóa thẻ\n"
	}
	tests := []struct{ name, text, html, plain, problems string }{
		{"a break", "12<br>345<BR/>6<br />7", "<p>12<br>345<br>6<br>7</p>\n", "12 345 6 7", ""},
		{"a break that begins a line", "<br>\nMột", "<p><br>\nMột</p>\n", "Một", ""},
		{"a break in a table", "| a |\n|---|\n| 0912<br>0913 |", "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Bảng 1\">\n<table>\n<thead>\n<tr>\n<th scope=\"col\">a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>0912<br>0913</td>\n</tr>\n</tbody>\n</table>\n</div>\n", "", ""},
		{"a power", "10<sup>6</sup> và CO<sub>2</sub>", "<p>10<sup>6</sup> và CO<sub>2</sub></p>\n", "10⁶ và CO2", ""},
		{"a correction", "<del>50</del>40 <ins>hộ</ins> <s>a</s>", "<p><del>50</del>40 <ins>hộ</ins> <s>a</s></p>\n", "40 hộ", ""},
		{"marks and keys", "<mark>a</mark> <kbd>Ctrl</kbd> <small>b</small> <U>c</U>", "<p><mark>a</mark> <kbd>Ctrl</kbd> <small>b</small> <u>c</u></p>\n", "a Ctrl b c", ""},
		{"an abbreviation keeps its title alone", `<abbr class=x title="Hội &quot;A&quot;" onclick=y>HĐ</abbr>`, "<p><abbr title=\"Hội &quot;A&quot;\">HĐ</abbr></p>\n", "HĐ", ""},
		{"attributes are left out", `<u style="color:red">a</u>`, "<p><u>a</u></p>\n", "a", ""},
		{"around Markdown", "<u>**a** [b](c.md)</u>", "<p><u><strong>a</strong> <a href=\"c.md\">b</a></u></p>\n", "a b", ""},
		{"within Markdown", "**10<sup>6</sup>**", "<p><strong>10<sup>6</sup></strong></p>\n", "10⁶", ""},
		{"in a heading", "## Số<br>liệu", "<h2 id=\"so-lieu\">Số<br>liệu</h2>\n", "", ""},
		{"never closed", "a <sup>b", "<p>a b</p>\n", "a b", unpaired("1:3", "<sup>", "sup")},
		{"never opened", "a b</sup>", "<p>a b</p>\n", "a b", unpaired("1:4", "</sup>", "sup")},
		{"closed in another paragraph", "<u>a\n\nb</u>", "<p>a</p>\n<p>b</p>\n", "a", unpaired("1:1", "<u>", "u") + unpaired("3:2", "</u>", "u")},
		{"crossing each other", "<sup>a<sub>b</sup>c</sub>", "<p><sup>ab</sup>c</p>\n", "abc", unpaired("1:7", "<sub>", "sub") + unpaired("1:20", "</sub>", "sub")},
		{"crossing Markdown", "<u>a **b</u> c**", "<p>a <strong>b c</strong></p>\n", "a b c", unpaired("1:1", "<u>", "u") + unpaired("1:9", "</u>", "u")},
		{"an end tag of a break", "a</br>b", "<p>ab</p>\n", "a b", "1:2 [html-dropped] thẻ HTML </br> không phải là dấu xuống dòng nên bị bỏ\n  > viết <br>\n"},
		{"another tag parts words", "Đức<span>Thọ</span> họp", "<p>Đức Thọ họp</p>\n", "Đức Thọ họp", "1:4 [html-dropped] thẻ HTML <span> bị bỏ, chỉ giữ lại chữ" + markdown},
		{"both tags part words", "a<q></q>b", "<p>a b</p>\n", "a b", "1:2 [html-dropped] thẻ HTML <q> bị bỏ, chỉ giữ lại chữ" + markdown},
		{"no space before a comma", "a <q>b</q>, c", "<p>a b, c</p>\n", "a b, c", "1:3 [html-dropped] thẻ HTML <q> bị bỏ, chỉ giữ lại chữ" + markdown},
		{"a comment parts nothing", "a<!-- x -->b", "<p>ab</p>\n", "ab", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			body := convert(tt.text)
			if diff := cmp.Diff(tt.problems, problems(body.Problems)); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.html, string(body.HTML)); diff != "" {
				t.Errorf("HTML (-want +got):\n%s", diff)
			}
			if got := Lead([]byte(tt.text)); got != tt.plain {
				t.Errorf("plain text %q, want %q", got, tt.plain)
			}
		})
	}
}

func TestMarksMeanWhatVietnameseWritersMean(t *testing.T) {
	tests := []struct{ name, text, html string }{
		{"about and to", "10~20 kg, 3~4 ngày, ~5 giờ~", "<p>10~20 kg, 3~4 ngày, ~5 giờ~</p>\n"},
		{"two tildes strike out", "~~cũ~~ mới", "<p><del>cũ</del> mới</p>\n"},
		{"three do not", "~~~a~~~ b", "<pre><code class=\"language-a~~~\"></code></pre>\n"},
		{"times", "5*3*2 = 30, 2*3 và 4*5", "<p>5*3*2 = 30, 2*3 và 4*5</p>\n"},
		{"powers", "2**3**4", "<p>2**3**4</p>\n"},
		{"emphasis beside digits", "*5* và 5 *lần* 3**a**", "<p><em>5</em> và 5 <em>lần</em> 3<strong>a</strong></p>\n"},
		{"a mark", "==quan *trọng*== và a = b == c", "<p><mark>quan <em>trọng</em></mark> và a = b == c</p>\n"},
		{"no mark", "a===b===c ==d", "<p>a===b===c ==d</p>\n"},
		{"a code is left alone", "`==a== ~b~`", "<p><code>==a== ~b~</code></p>\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.html, string(convert(tt.text).HTML)); diff != "" {
				t.Errorf("HTML (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAlertsAreBoxesInTheSitesWords(t *testing.T) {
	box := func(kind, title, words string) string {
		return `<div class="alert alert-` + kind + `" role="note">` + "\n" + `<p class="alert-title">` + title + "</p>\n" + words + "</div>\n"
	}
	tests := []struct{ name, text, html string }{
		{"a note", "> [!NOTE]\n> Họp lúc 8 giờ.", box("note", "Ghi chú", "<p>Họp lúc 8 giờ.</p>\n")},
		{"in small letters", "> [!tip]\n> a\n> b\n>\n> - c", box("tip", "Mẹo", "<p>a\nb</p>\n<ul>\n<li>c</li>\n</ul>\n")},
		{"with a blank line", "> [!IMPORTANT]\n>\n> a", box("important", "Quan trọng", "<p>a</p>\n")},
		{"a warning", "> [!WARNING]\n> **a**", box("warning", "Cảnh báo", "<p><strong>a</strong></p>\n")},
		{"an empty one", "> [!CAUTION]", box("caution", "Thận trọng", "")},
		{"a quotation", "> [a] b", "<blockquote>\n<p>[a] b</p>\n</blockquote>\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			body := convert(tt.text)
			if diff := cmp.Diff(tt.html, string(body.HTML)); diff != "" || len(body.Problems) > 0 {
				t.Errorf("HTML (-want +got):\n%s%s", diff, problems(body.Problems))
			}
		})
	}
}
