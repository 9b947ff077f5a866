package strictyaml

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/diag"
)

// shown is each problem in two strings: place, code and message; and hint.
func shown(problems diag.List) []string {
	texts := []string{}
	for _, p := range problems {
		texts = append(texts, fmt.Sprintf("%d:%d %s: %s", p.Pos.Line, p.Pos.Col, p.Code(), p.Message("vi")), p.Hint("vi"))
	}
	return texts
}

var mistakes = []struct {
	src  string
	want []string
}{
	{"title: Đức Thọ: Ký kết chương trình\nlead: UBND: \"abc\" \\ x\n", []string{
		"2:8 yaml-colon: tiêu đề có dấu hai chấm nên phải đặt trong ngoặc kép",
		`title: "Đức Thọ: Ký kết chương trình"`,
		"3:7 yaml-colon: lời dẫn có dấu hai chấm nên phải đặt trong ngoặc kép",
		`lead: "UBND: \"abc\" \\ x"`,
	}},
	{"date: 1\ntitle:Đức Thọ\n", []string{
		"3:7 yaml-space: tiêu đề thiếu dấu cách sau dấu hai chấm",
		"title: Đức Thọ",
	}},
	{"title:Đức Thọ: x\n", []string{}},
	{"title Đức\ndate: 1", []string{
		`2:1 yaml-line: dòng này không có dạng "khóa: giá trị"`,
		"nếu là phần tiếp của dòng trên thì thụt vào hai dấu cách; nếu là khóa mới thì viết khóa, dấu hai chấm, dấu cách, rồi giá trị",
	}},
	{"tags:\n– nông thôn\n• làm đường\n-thể thao\n  * văn hóa\n", []string{
		"3:1 yaml-line: mục của danh sách phải mở đầu bằng dấu gạch nối và một dấu cách",
		"- nông thôn",
		"4:1 yaml-line: mục của danh sách phải mở đầu bằng dấu gạch nối và một dấu cách",
		"- làm đường",
		"5:1 yaml-line: mục của danh sách phải mở đầu bằng dấu gạch nối và một dấu cách",
		"- thể thao",
	}},
	{"title = Đức Thọ\nlead： 'abc' x\n", []string{
		"2:1 yaml-line: sau khóa phải là dấu hai chấm thường và một dấu cách",
		"title: Đức Thọ",
		"3:1 yaml-line: sau khóa phải là dấu hai chấm thường và một dấu cách",
		`lead: "'abc' x"`,
	}},
	{"title: \"Đức Thọ\nlead: \"abc\"\n", []string{
		"2:8 yaml-quote: tiêu đề mở ngoặc kép hoặc nháy đơn mà không đóng lại",
		`title: "Đức Thọ"`,
	}},
	{"title: \"Đức Thọ\nlead: abc\n", []string{
		"2:8 yaml-quote: tiêu đề mở ngoặc kép hoặc nháy đơn mà không đóng lại",
		`title: "Đức Thọ"`,
	}},
	{"title: 'Đức Thọ\nlead: 'x'\n", []string{
		"2:8 yaml-quote: tiêu đề mở ngoặc kép hoặc nháy đơn mà không đóng lại",
		`title: "Đức Thọ"`,
	}},
	{"title: \"Đức Thọ\" ký kết\n", []string{
		"2:8 yaml-after-quote: tiêu đề còn chữ nằm sau dấu đóng ngoặc kép",
		`title: "\"Đức Thọ\" ký kết"`,
	}},
	{"title: \"Lễ \"Kỷ niệm\" năm\"\n", []string{
		"2:8 yaml-after-quote: tiêu đề còn chữ nằm sau dấu đóng ngoặc kép",
		`title: "Lễ \"Kỷ niệm\" năm"`,
	}},
	{"title: \"Thọ\": Ký\n", []string{
		"2:8 yaml-after-quote: tiêu đề còn chữ nằm sau dấu đóng ngoặc kép",
		`title: "\"Thọ\": Ký"`,
	}},
	{"title: Thông báo:\n", []string{
		"2:8 yaml-colon: tiêu đề có dấu hai chấm nên phải đặt trong ngoặc kép",
		`title: "Thông báo:"`,
	}},
	{"title: @x\n", []string{
		"2:8 yaml-start: tiêu đề bắt đầu bằng ký tự @ nên phải đặt trong ngoặc kép",
		`title: "@x"`,
	}},
	{"title: `x\n", []string{
		"2:8 yaml-start: tiêu đề bắt đầu bằng ký tự ` nên phải đặt trong ngoặc kép",
		"title: \"`x\"",
	}},
	{"title: %x\n", []string{
		"2:8 yaml-start: tiêu đề bắt đầu bằng ký tự % nên phải đặt trong ngoặc kép",
		`title: "%x"`,
	}},
	{"title: *x*\n", []string{
		"2:8 yaml-start: tiêu đề bắt đầu bằng ký tự * nên phải đặt trong ngoặc kép",
		`title: "*x*"`,
	}},
	{"title: &x abc\n", []string{
		"2:8 yaml-start: tiêu đề bắt đầu bằng ký tự & nên phải đặt trong ngoặc kép",
		`title: "&x abc"`,
	}},
	{"title: !x abc\n", []string{
		"2:8 yaml-start: tiêu đề bắt đầu bằng ký tự ! nên phải đặt trong ngoặc kép",
		`title: "!x abc"`,
	}},
	{"title: - x\n", []string{
		"2:8 yaml-start: tiêu đề bắt đầu bằng ký tự - nên phải đặt trong ngoặc kép",
		`title: "- x"`,
	}},
	{"title: > x\n", []string{
		"2:8 yaml-start: tiêu đề bắt đầu bằng ký tự > nên phải đặt trong ngoặc kép",
		`title: "> x"`,
	}},
	{"title: | x\n", []string{
		"2:8 yaml-start: tiêu đề bắt đầu bằng ký tự | nên phải đặt trong ngoặc kép",
		`title: "| x"`,
	}},
	{"title: ? x\n", []string{
		"2:8 yaml-start: tiêu đề bắt đầu bằng ký tự ? nên phải đặt trong ngoặc kép",
		`title: "? x"`,
	}},
	{"title: [Thông báo] Về việc\n", []string{
		"2:8 yaml-start: tiêu đề bắt đầu bằng ký tự [ nên phải đặt trong ngoặc kép",
		`title: "[Thông báo] Về việc"`,
	}},
	{"title: {a} b\n", []string{
		"2:8 yaml-start: tiêu đề bắt đầu bằng ký tự { nên phải đặt trong ngoặc kép",
		`title: "{a} b"`,
	}},
	{"title: ]\n", []string{
		"2:8 yaml-start: tiêu đề bắt đầu bằng ký tự ] nên phải đặt trong ngoặc kép",
		`title: "]"`,
	}},
	{"title: [Thông báo\nlead: x\n", []string{
		"2:8 yaml-bracket: tiêu đề mở ngoặc [ mà không có ] đóng lại",
		"title: [Thông báo]",
	}},
	{"tags: [a, b: c: d]\n", []string{
		"2:14 yaml-colon: b có dấu hai chấm nên phải đặt trong ngoặc kép",
		`b: "c: d"`,
	}},
	{"image: {file: a.jpg, alt: Đức Thọ: ký, credit: x}\n", []string{
		"2:27 yaml-colon: lời tả ảnh (alt) có dấu hai chấm nên phải đặt trong ngoặc kép",
		`alt: "Đức Thọ: ký"`,
	}},
	{"image: {file: a.jpg, alt: Đại diện, hai bên, credit: x}\n", []string{
		"2:27 yaml-comma: lời tả ảnh (alt) có dấu phẩy nên phải đặt trong ngoặc kép",
		`alt: "Đại diện, hai bên"`,
	}},
	{`image: {file: a.jpg alt: Bữa cơm}` + "\n", []string{
		"2:8 yaml-comma: trong image thiếu dấu phẩy trước alt",
		`image: {file: a.jpg, alt: Bữa cơm}`,
	}},
	{`image: {file: "a.jpg" alt: "Bữa cơm"}` + "\n", []string{
		"2:8 yaml-comma: trong image thiếu dấu phẩy trước alt",
		`image: {file: "a.jpg", alt: "Bữa cơm"}`,
	}},
	{`image: {file: a.jpg; alt: Bữa cơm}` + "\n", []string{
		"2:8 yaml-comma: trong image thiếu dấu phẩy trước alt",
		`image: {file: a.jpg, alt: Bữa cơm}`,
	}},
	{"gallery:\n- {file: a.jpg, alt: hai caption: ba}\n", []string{
		"3:3 yaml-comma: trong gallery thiếu dấu phẩy trước caption",
		`- {file: a.jpg, alt: hai, caption: ba}`,
	}},
	{`image: {file: a.jpg, alt "Bữa cơm"}` + "\n", []string{
		"2:8 yaml-colon: trong image thiếu dấu hai chấm sau alt",
		`image: {file: a.jpg, alt: "Bữa cơm"}`,
	}},
	{"gallery:\n- {file：a.jpg, alt: x}\n", []string{
		"3:3 yaml-colon: trong gallery thiếu dấu hai chấm sau file",
		`- {file: a.jpg, alt: x}`,
	}},
	{"event:\n  start: x\n location: y\n  end: z\n", []string{
		"4:2 yaml-indent: dòng này thụt vào không khớp với các dòng trên",
		"  location: y",
	}},
	{"gallery:\n- file: a\n  alt: b\n• file: c\n  alt: d\n", []string{
		"5:1 yaml-line: mục của danh sách phải mở đầu bằng dấu gạch nối và một dấu cách",
		"- file: c",
	}},
	{"image: file: a.jpg, alt: Bữa cơm\n", []string{
		"2:8 yaml-colon: các khóa của image viết trên một dòng nên phải đặt trong ngoặc { }",
		`image: {file: a.jpg, alt: Bữa cơm}`,
	}},
	{"tags:\n- a\n-b\n- \"c\n", []string{
		"4:1 yaml-line: mục của danh sách phải mở đầu bằng dấu gạch nối và một dấu cách",
		"- b",
		"5:3 yaml-quote: thẻ mở ngoặc kép hoặc nháy đơn mà không đóng lại",
		`- "c"`,
	}},
	{"tags: [c[d], e]\n", []string{
		"2:8 yaml-bracket: thẻ có dấu ngoặc [ ] hoặc { } nên phải đặt trong ngoặc kép",
		`"c[d]"`,
	}},
	{"title: x\n  date: y\n", []string{
		"3:3 yaml-indent: dòng này thụt vào không khớp với các dòng trên",
		"date: y",
	}},
	{" title: x\ndate: y\n", []string{
		"2:2 yaml-indent: dòng này thụt vào không khớp với các dòng trên",
		"title: x",
	}},
	{"title: x\n date: y\nlead: z\n", []string{
		"3:2 yaml-indent: dòng này thụt vào không khớp với các dòng trên",
		"date: y",
	}},
	{"event:\n    start: x\n  end: y\n", []string{
		"4:3 yaml-indent: dòng này thụt vào không khớp với các dòng trên",
		"    end: y",
	}},
	{"event:\n    \tstart: x\nlead: a\n    \tslug: b\n", []string{
		"3:5 yaml-tab: dòng này thụt vào bằng phím Tab; YAML chỉ nhận dấu cách",
		"      start: x",
		"5:5 yaml-tab: dòng này thụt vào bằng phím Tab; YAML chỉ nhận dấu cách",
		"slug: b",
	}},
	{"\ttitle: x\n", []string{
		"2:1 yaml-tab: dòng này thụt vào bằng phím Tab; YAML chỉ nhận dấu cách",
		"  title: x",
	}},
	{"event:\n\tstart: x\n", []string{
		"3:1 yaml-tab: dòng này thụt vào bằng phím Tab; YAML chỉ nhận dấu cách",
		"  start: x",
	}},
	{"title: “Đức Thọ”\n", []string{
		"2:8 curly-quotes: tiêu đề nằm trong ngoặc cong (“ ” hoặc ‘ ’), loại ngoặc này sẽ hiện ra cùng với chữ",
		"title: \"Đức Thọ\"\nnếu muốn giữ ngoặc cong: title: \"“Đức Thọ”\"",
	}},
	{"title: “Đức: Thọ”\n", []string{
		"2:8 yaml-colon: tiêu đề có dấu hai chấm nên phải đặt trong ngoặc kép",
		`title: "Đức: Thọ"`,
	}},
	{"title: Thông báo #15 abc\n", []string{
		`2:8 yaml-hash: tiêu đề bị cắt ở dấu #: phần "#15 abc" bị coi là ghi chú nên bị bỏ đi`,
		`title: "Thông báo #15 abc"`,
	}},
	{"title: #15/TB\n", []string{
		"2:8 yaml-start: tiêu đề bắt đầu bằng ký tự # nên phải đặt trong ngoặc kép",
		`title: "#15/TB"`,
	}},
	{"tags:\n  - #nongthonmoi\n  - x # y\n", []string{
		"3:5 yaml-start: thẻ bắt đầu bằng ký tự # nên phải đặt trong ngoặc kép",
		`- "#nongthonmoi"`,
	}},
	{"lead: abc\n  def #15\n", []string{
		`2:7 yaml-hash: lời dẫn bị cắt ở dấu #: phần "#15" bị coi là ghi chú nên bị bỏ đi`,
		`lead: "abc def #15"`,
	}},
	{"title: x # y\n", []string{}},
	{"a: &x {b: c}\nd: *x\n", []string{
		"2:4 yaml-anchor: không dùng được neo YAML (&x)",
		"xóa &x",
		"3:4 yaml-alias: không dùng được bí danh YAML (*x)",
		`viết lại giá trị ở đây; nếu là chữ thì đặt trong ngoặc kép: "*x"`,
	}},
	{"a: !!map {b: c}\n", []string{
		"2:4 yaml-tag: không dùng được thẻ kiểu YAML (!!map)",
		"xóa !!map",
	}},
	{"a: *x\n", []string{
		"2:4 yaml-start: a bắt đầu bằng ký tự * nên phải đặt trong ngoặc kép",
		`a: "*x"`,
	}},
	{"<<: {a: b}\n", []string{
		"2:1 yaml-merge: không dùng được khóa gộp YAML (<<)",
		"viết lại các khóa ở đây",
	}},
	{"a: 1\na: 2\n", []string{
		"3:1 duplicate-key: khóa a đã có ở dòng 2",
		"giữ một trong hai dòng",
	}},
	{"a: 1\n---\nb: 2\n", []string{
		"3:1 yaml-documents: dòng --- chia tệp làm hai phần; chỉ phần trên được đọc",
		"xóa dòng này",
	}},
	{"---\na: 1\n---\n", []string{
		"4:1 yaml-documents: dòng --- chia tệp làm hai phần; chỉ phần trên được đọc",
		"xóa dòng này",
	}},
	{"title: a\n...\nBà con đến dự.\n", []string{
		"3:1 yaml-documents: dòng ... chia tệp làm hai phần; chỉ phần trên được đọc",
		"xóa dòng này",
	}},
	{"aliases: [/xem.aspx?id=7, /b/]\n", []string{
		"2:11 yaml-question: aliases có dấu ? trong ngoặc vuông nên phải đặt trong ngoặc kép",
		`"/xem.aspx?id=7"`,
	}},
	{"tags: [&a, b, !c d]\n", []string{
		"2:8 yaml-start: thẻ bắt đầu bằng ký tự & nên phải đặt trong ngoặc kép",
		`"&a"`,
		"2:15 yaml-start: thẻ bắt đầu bằng ký tự ! nên phải đặt trong ngoặc kép",
		`"!c d"`,
	}},
	{"agreement: {number: !a b, from: &c}\n", []string{
		"2:21 yaml-start: số hiệu bắt đầu bằng ký tự ! nên phải đặt trong ngoặc kép",
		`number: "!a b"`,
		"2:33 yaml-start: from bắt đầu bằng ký tự & nên phải đặt trong ngoặc kép",
		`from: "&c"`,
	}},
	{"[a, b]: c\n", []string{
		"2:1 yaml-key: tên khóa phải là chữ",
		"viết khóa, dấu hai chấm, dấu cách, rồi giá trị: title: Tin mới",
	}},
	{": x\n", []string{
		"2:1 yaml-key: thiếu tên khóa trước dấu hai chấm",
		"viết tên khóa trước dấu hai chấm: title: Tin mới",
	}},
	{"a: 1\n...\nb: 2\n", []string{
		"3:1 yaml-documents: dòng ... chia tệp làm hai phần; chỉ phần trên được đọc",
		"xóa dòng này",
	}},
	{"{a: b}\nc: d\n", []string{
		`2:1 yaml-line: dòng này không có dạng "khóa: giá trị"`,
		"nếu là phần tiếp của dòng trên thì thụt vào hai dấu cách; nếu là khóa mới thì viết khóa, dấu hai chấm, dấu cách, rồi giá trị",
	}},
	{"title: \"C:\\Users\\quan\"\n", []string{
		`2:8 yaml-escape: tiêu đề có dấu \ trong ngoặc kép, phải viết thành \\`,
		`title: "C:\\Users\\quan"`,
	}},
	{"- a\n- b\n", []string{
		`2:1 yaml-line: dòng này không có dạng "khóa: giá trị"`,
		"nếu là phần tiếp của dòng trên thì thụt vào hai dấu cách; nếu là khóa mới thì viết khóa, dấu hai chấm, dấu cách, rồi giá trị",
	}},
	{"chào\n", []string{
		`2:1 yaml-line: dòng này không có dạng "khóa: giá trị"`,
		"nếu là phần tiếp của dòng trên thì thụt vào hai dấu cách; nếu là khóa mới thì viết khóa, dấu hai chấm, dấu cách, rồi giá trị",
	}},
	{"lead: abc\n  Đức Thọ: abc\n", []string{
		"2:7 yaml-colon: lời dẫn có dấu hai chấm nên phải đặt trong ngoặc kép",
		`lead: "abc Đức Thọ: abc"`,
	}},
	{"a: \"x\\ud800\"\n", []string{
		"2:4 yaml-syntax: không đọc được a theo YAML",
		"đặt giá trị trong ngoặc kép, và xem lại dấu ngoặc và dấu cách đầu dòng",
	}},
	{"a\u2028b: c\n", []string{
		"2:2 yaml-character: có ký tự điều khiển không nhìn thấy được (U+2028)",
		"xóa ký tự này, hoặc gõ lại dòng",
	}},
	{"a: b\x01\n", []string{
		"2:5 yaml-character: có ký tự điều khiển không nhìn thấy được (U+0001)",
		"xóa ký tự này, hoặc gõ lại dòng",
	}},
	{"a: \xff\n", []string{
		"2:4 encoding: có ký tự không theo mã UTF-8 (có lẽ là bảng mã cũ như TCVN3, VNI)",
		"chuyển bài sang Unicode rồi lưu theo mã UTF-8",
	}},
	{"a: [x, @y]\n", []string{
		"2:8 yaml-start: a bắt đầu bằng ký tự @ nên phải đặt trong ngoặc kép",
		`"@y"`,
	}},
	{"a:\n  - b: c: d\n  - e\n", []string{
		"3:8 yaml-colon: b có dấu hai chấm nên phải đặt trong ngoặc kép",
		`b: "c: d"`,
	}},
	{"a: [\"x\" y]\n", []string{
		"2:5 yaml-after-quote: a còn chữ nằm sau dấu đóng ngoặc kép",
		`"\"x\" y"`,
	}},
	{"a: [\"x]\n", []string{
		"2:5 yaml-quote: a mở ngoặc kép hoặc nháy đơn mà không đóng lại",
		`"x"`,
	}},
	{"lead: |\n  a: b: c\n  @x\ntitle: a: b\n", []string{
		"5:8 yaml-colon: tiêu đề có dấu hai chấm nên phải đặt trong ngoặc kép",
		`title: "a: b"`,
	}},
	{"theme: {accent: #1f6f54}\n", []string{
		"2:17 yaml-start: accent bắt đầu bằng ký tự # nên phải đặt trong ngoặc kép",
		`accent: "#1f6f54"`,
	}},
	{"image: {alt: Thông báo #15/TB, credit: x}\n", []string{
		"2:14 yaml-hash: lời tả ảnh (alt) có dấu # nên phải đặt trong ngoặc kép",
		`alt: "Thông báo #15/TB"`,
	}},
	{"a: [\"b, c\" d]\n", []string{
		"2:5 yaml-after-quote: a còn chữ nằm sau dấu đóng ngoặc kép",
		`"\"b, c\" d"`,
	}},
	{"a: {b: [c, d}\n", []string{
		"2:8 yaml-bracket: b mở ngoặc [ mà không có ] đóng lại",
		"a: {b: [c, d]}",
	}},
	{"*a: b\n", []string{
		"2:5 yaml-syntax: không đọc được *a theo YAML",
		"đặt giá trị trong ngoặc kép, và xem lại dấu ngoặc và dấu cách đầu dòng",
	}},
}

func TestEachMistakeOfFormIsOneProblemInAnEditorsWords(t *testing.T) {
	for _, m := range mistakes {
		_, problems := Parse([]byte(m.src), "content/tin.md", 2)
		if diff := cmp.Diff(m.want, shown(problems)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", m.src, diff)
		}
	}
}

func TestACorrectedLineIsReadAsTheTextThatWasMeant(t *testing.T) {
	for _, text := range []string{
		`Đức Thọ: Ký kết`, `UBND: "văn bản" C:\tin`, `@x`, `*x*`, `- x`, `[Thông báo] Về việc`, `Tin #15`, `“Đức: Thọ” x`,
	} {
		_, problems := Parse([]byte("title: "+text+"\n"), "content/tin.md", 2)
		if len(problems) != 1 {
			t.Errorf("%q has %d problems, want 1", text, len(problems))
			continue
		}
		root, problems := Parse([]byte(problems[0].Hint("vi")), "content/tin.md", 2)
		if problems != nil || root.Get("title").Text != text {
			t.Errorf("the hint for %q is read as %+v, %v", text, root, problems)
		}
	}
}

func TestEscapesThatMangleATextAreTold(t *testing.T) {
	for src, want := range map[string][]string{
		`title: "Tài liệu D:\bao-cao\van-ban\0"`: {"yaml-character/escape/title", `title: "Tài liệu D:\\bao-cao\\van-ban\\0"`},
		`title: "a\ab"`:                            {"yaml-character/escape/title", `title: "a\\ab"`},
		`title: "\e[31m \"đỏ\" \\"`:                {"yaml-character/escape/title", `title: "\\e[31m \"đỏ\" \\"`},
		`title: "a\x07b"`:                          {"yaml-character/escape/title", `title: "ab"`},
		`title: "a\u0085b"`:                        {"yaml-character/escape/title", `title: "ab"`},
		`title: "a\Nb\L"`:                          {"yaml-character/escape/title", `title: "a\\Nb\\L"`},
		`k: ["x\vy"]`:                              {"yaml-character/escape", `"x\\vy"`},
		`k: {a: "x\vy"}`:                           {"yaml-character/escape", `a: "x\\vy"`},
		`k: ["D:\tin\nam"]`:                        {"yaml-escape", `"D:\\tin\\nam"`},
		`k: "C:\nam-2020\tin.pdf"`:                 {"bad-path/drive", "chép tệp vào cạnh bài, rồi viết: k: tin.pdf"},
		`k: "\\may-chu\tin"`:                       {"yaml-escape", `k: "\\\\may-chu\\tin"`},
		`k: "a\nb\tc \"d\" \\ D:\\bao-cao \u00e1"`: nil,
		`"a\0b": x`:                                {"yaml-key"},
		"k: \"a\n  b\\0\"":                         {"yaml-character/escape", `k: "a b"`},
	} {
		root, problems := Parse([]byte(src+"\n"), "site.yaml", 1)
		var got []string
		for _, p := range problems {
			got = append(got, p.ID)
			if strings.HasPrefix(p.ID, "yaml-character") || strings.HasPrefix(p.ID, "yaml-escape") || p.ID == "bad-path/drive" {
				got = append(got, p.Hint("vi"))
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, not %q", src, got, want)
		}
		if root != nil && strings.ContainsFunc(root.Get("title").text()+root.Get("k").text(), func(r rune) bool { return isForbidden(r) && r != '\n' }) {
			t.Errorf("%s: the control character is in the tree", src)
		}
	}
}

func (n *Node) text() string {
	if n == nil {
		return ""
	}
	s := n.Text
	for _, item := range n.Items {
		s += item.text()
	}
	for _, e := range n.Entries {
		s += e.Value.text()
	}
	return s
}

// slips are what a hand does to a line that holds a key.
var slips = map[string]func(indent, key, behind string) string{
	"no colon":              func(indent, key, behind string) string { return indent + key + behind },
	"a colon of full width": func(indent, key, behind string) string { return indent + key + "：" + strings.TrimSpace(behind) },
	"an equals sign":        func(indent, key, behind string) string { return strings.TrimRight(indent+key+" ="+behind, " ") },
	"a space more":          func(indent, key, behind string) string { return " " + indent + key + ":" + behind },
	"two spaces more":       func(indent, key, behind string) string { return "  " + indent + key + ":" + behind },
	"a space fewer":         func(indent, key, behind string) string { return strings.TrimPrefix(indent, " ") + key + ":" + behind },
	"no indent":             func(_, key, behind string) string { return key + ":" + behind },
	"a tab":                 func(_, key, behind string) string { return "\t" + key + ":" + behind },
	"spaces that do not break": func(indent, key, behind string) string {
		return strings.ReplaceAll(indent, " ", "\u00a0") + key + ":" + behind
	},
}

func TestASlipInALineIsToldOnceAndItsHintCanBePasted(t *testing.T) {
	lines := strings.Split("title: a\nimage:\n  file: b\n  alt: c\n  caption: d\nslug: e\nevent:\n  start: f\n  end: g\n  location: h\nlead: i", "\n")
	told := 0
	for i, line := range lines {
		indent := line[:indentation(line)]
		key, behind, _ := strings.Cut(line[len(indent):], ":")
		for name, slip := range slips {
			src := slices.Clone(lines)
			src[i] = slip(indent, key, behind)
			text := strings.Join(src, "\n") + "\n"
			_, problems := Parse([]byte(text), "", 1)
			if len(problems) == 0 {
				continue // what YAML reads
			}
			told++
			if len(problems) != 1 {
				t.Errorf("%s, %q is told %d times: %q", name, src[i], len(problems), shown(problems))
				continue
			}
			p := problems[0]
			if strings.HasPrefix(p.Hint("vi"), "nếu ") { // no line to paste
				continue
			}
			src[p.Pos.Line-1] = p.Hint("vi")
			if p.Code() == "yaml-space" || p.Code() == "yaml-colon" {
				src[p.Pos.Line-1] = indent + p.Hint("vi")
			}
			if _, left := Parse([]byte(strings.Join(src, "\n")+"\n"), "", 1); len(left) > 0 {
				t.Errorf("%s, %q: with the hint %q for line %d stay %q", name, text, p.Hint("vi"), p.Pos.Line, shown(left))
			}
		}
	}
	if told < 50 {
		t.Errorf("%d slips were told: this shows little", told)
	}
}

// pasted is lines with the only problem's hint in the place of its line, read again. It is
// false, and the test has failed, if there is not one problem, in line i.
func pasted(t *testing.T, lines []string, i int) (*Node, bool) {
	t.Helper()
	_, problems := Parse([]byte(strings.Join(lines, "\n")+"\n"), "", 1)
	if len(problems) != 1 || problems[0].Pos.Line != i+1 {
		t.Errorf("%q: want one problem in line %d: %q", lines, i+1, shown(problems))
		return nil, false
	}
	for _, lang := range []string{"vi", "en"} {
		mended := slices.Clone(lines)
		mended[i] = problems[0].Hint(lang)
		if code := problems[0].Code(); code != "yaml-line" && code != "yaml-indent" {
			mended[i] = lines[i][:indentation(lines[i])] + mended[i]
		}
		root, left := Parse([]byte(strings.Join(mended, "\n")+"\n"), "", 1)
		if len(left) > 0 {
			t.Errorf("%q: with the hint %q stay %q", lines, mended[i], shown(left))
			return nil, false
		}
		if lang == "en" {
			return root, true
		}
	}
	return nil, false
}

func TestTheLostHeadOfABlockIsToldOnce(t *testing.T) {
	lines := strings.Split("title: a\norganization:\n  name: b\n  phone: c\ntags:\n  nông thôn mới:\n    slug: d\n    description: e\n  văn hóa:\n    slug: f\nlead: g", "\n")
	want, problems := Parse([]byte(strings.Join(lines, "\n")), "", 1)
	if problems != nil {
		t.Fatal(problems)
	}
	for i, line := range lines {
		head, isHead := strings.CutSuffix(line, ":")
		if !isHead {
			continue
		}
		indent, text := head[:indentation(head)], strings.TrimLeft(head, " ")
		slips := []string{head, head + "：", head + " =", head + ";", head + ":;", head + ":,"}
		if isWord(text) {
			slips = append(slips, indent+"# "+text+":", indent+"#"+text+":")
		}
		for _, slip := range slips {
			src := slices.Clone(lines)
			src[i] = slip
			if root, _ := Parse([]byte(strings.Join(src, "\n")), "", 1); root != nil && strings.Contains(slip, "#") {
				continue // what stands below a comment became part of the block above
			}
			if root, ok := pasted(t, src, i); ok {
				if diff := cmp.Diff(want.Any(), root.Any()); diff != "" {
					t.Errorf("%q: the hint makes something else (-want +got):\n%s", slip, diff)
				}
			}
		}
	}
	_, problems = Parse([]byte("organization: UBND xã\n  name: b\n  phone: c\n  email: d\nlead: e\n"), "", 1)
	if len(problems) != 1 || problems[0].ID != "yaml-indent/below" || problems[0].Pos.Line != 1 {
		t.Errorf("a block below a value is told as %q", shown(problems))
	}
}

func TestASlipInBracketsIsToldOnceAndItsHintMeansTheSame(t *testing.T) {
	for _, typed := range []string{"[a, b]", "[/cu/]", "{file: a, alt: b c}", "{into: UBND xã, from: 2025}"} {
		for _, place := range []string{"k: ", "- "} {
			start, indent := "k:\n", "  "
			if place == "k: " {
				start, indent = "", ""
			}
			want, problems := Parse([]byte(start+indent+place+typed+"\n"), "", 1)
			if problems != nil {
				t.Fatal(problems)
			}
			inner := typed[1 : len(typed)-1]
			slips := []string{typed + ",", typed + ";", typed + "]", typed + "}", typed + `"`, typed + ".", typed[:len(typed)-1]}
			if typed[0] == '[' {
				slips = append(slips, "{"+inner+"]", "["+inner+"}")
			} else {
				slips = append(slips, "["+inner+"}", "{"+inner+"]",
					"{"+strings.ReplaceAll(inner, ": ", " ")+"}", "{"+strings.ReplaceAll(inner, ": ", "=")+"}", "{"+strings.ReplaceAll(inner, ": ", "：")+"}",
					"{"+strings.Replace(inner, ": ", " ", 1)+"}")
			}
			for _, slip := range slips {
				lines := strings.Split(start+indent+place+slip, "\n")
				if root, ok := pasted(t, lines, len(lines)-1); ok {
					if diff := cmp.Diff(want.Any(), root.Any()); diff != "" {
						t.Errorf("%q: the hint makes something else (-want +got):\n%s", slip, diff)
					}
				}
			}
		}
	}
}
