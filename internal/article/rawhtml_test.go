package article

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestHTMLIsLeftOutWithOneWarningForEachMistake(t *testing.T) {
	const markdown = "\n  > viết bằng Markdown, hoặc đặt markdown: {html: sanitize} trong site.yaml\n"
	tests := []struct{ name, text, html, problems string }{
		{"a pair of tags", "Chữ <font>gạch</font> chân", "<p>Chữ gạch chân</p>\n",
			"1:5 [html-dropped] thẻ HTML <font> bị bỏ, chỉ giữ lại chữ" + markdown},
		{"bold", "Đức <b>Thọ</b>", "<p>Đức Thọ</p>\n",
			"1:5 [html-dropped] thẻ HTML <b> bị bỏ, chỉ giữ lại chữ\n  > viết **chữ đậm**\n"},
		{"italic, over two lines", "a\n<EM class=x\n id=y>b</EM>", "<p>a\nb</p>\n",
			"2:1 [html-dropped] thẻ HTML <em> bị bỏ, chỉ giữ lại chữ\n  > viết *chữ nghiêng*\n"},
		{"a link", `<a href="x">b</a>`, "<p>b</p>\n",
			"1:1 [html-dropped] thẻ HTML <a> bị bỏ, chỉ giữ lại chữ\n  > viết [chữ của liên kết](địa chỉ)\n"},
		{"a picture", `a <img src="x">`, "<p>a </p>\n",
			"1:3 [html-dropped] thẻ HTML <img> bị bỏ nên ảnh không hiện\n  > viết ![mô tả ảnh](tên-tệp.jpg)\n"},
		{"an end tag alone", "a </i>", "<p>a </p>\n", "1:3 [html-dropped] thẻ HTML </i> bị bỏ, chỉ giữ lại chữ\n  > viết *chữ nghiêng*\n"},
		{"a block with its words", "A\n\n  <div class=\"x\">\n  chữ\n  </div>\n\nB", "<p>A</p>\n<p>B</p>\n",
			"3:3 [html-dropped] đoạn HTML bắt đầu bằng <div> bị bỏ, cả chữ bên trong" + markdown},
		{"a block whose end comes later", "<div>\n\nA\n\n</div>", "<p>A</p>\n",
			"1:1 [html-dropped] thẻ HTML <div> bị bỏ, chỉ giữ lại chữ" + markdown},
		{"words right below an end tag", "<div>\n\nA\n\n</div>\nB", "<p>A</p>\n",
			"1:1 [html-dropped] thẻ HTML <div> bị bỏ, chỉ giữ lại chữ" + markdown +
				"5:1 [html-dropped] đoạn HTML bắt đầu bằng </div> bị bỏ, cả chữ bên trong" + markdown},
		{"a script", "<script>\nalert(1)\n</script>\n\nA", "<p>A</p>\n",
			"1:1 [html-dropped] đoạn HTML bắt đầu bằng <script> bị bỏ, cả chữ bên trong" + markdown},
		{"words behind a comment", "<!-- ghi chú --> chữ\n\nA", "<p>A</p>\n",
			"1:18 [html-dropped] chữ đứng cùng dòng với ghi chú <!-- --> bị bỏ\n  > viết chữ đó sau một dòng trống\n"},
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
		})
	}
}

func TestSanitizingLetsHarmlessHTMLThrough(t *testing.T) {
	const hint = " không được phép nên bị bỏ\n  > chỉ dùng HTML đơn giản như <u>, <sub>, <table>, hoặc đặt một liên kết thay cho phần nhúng\n"
	tests := []struct{ name, text, html, problems string }{
		{"inline", "H<sub>2</sub>O <u>và</u> **đậm**", "<p>H<sub>2</sub>O <u>và</u> <strong>đậm</strong></p>\n", ""},
		{"a block", "<table><tr><td colspan=\"2\" style=\"x\" onclick=\"y\">a</td></tr><tr><td>b</td><td>c</td></tr></table>",
			`<table><tbody><tr><td colspan="2">a</td></tr><tr><td>b</td><td>c</td></tr></tbody></table>` + "\n", ""},
		{"what was left open ends with the text", "<div>\n\nA <b>b", "<div>\n<p>A <b>b</b></p><b>\n</b></div>", ""},
		{"what was not opened is not closed", "A\n\n</div></main>", "<p>A</p>\n\n",
			"3:1 [html-dropped] một phần của đoạn HTML bắt đầu bằng </div>" + hint},
		{"an embedded page", "A\n\n<iframe src=\"https://a.vn\"></iframe>", "<p>A</p>\n",
			"3:1 [html-dropped] một phần của đoạn HTML bắt đầu bằng <iframe>" + hint},
		{"a link that runs code", `<a href="javascript:x">b</a>`, "<p>b</p>\n",
			"1:1 [active-url] địa chỉ javascript:x chạy mã hoặc nhúng dữ liệu vào trang nên không được dùng\n  > dùng địa chỉ bắt đầu bằng https://, hoặc tên một tệp đặt cạnh bài viết\n"},
	}
	c := NewConverter(ConverterOptions{Sanitize: true})
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			body := c.Convert(new(bytes.Buffer), &Article{BodyLine: 1}, []byte(tt.text), asTyped)
			if diff := cmp.Diff(tt.problems, problems(body.Problems)); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.html, string(body.HTML)); diff != "" {
				t.Errorf("HTML (-want +got):\n%s", diff)
			}
		})
	}
}

func TestHTMLNestedTooDeepIsAMistakeAndNotPublishedAsText(t *testing.T) {
	c := NewConverter(ConverterOptions{Sanitize: true})
	const want = "[markdown-too-deep] thẻ HTML lồng nhau quá 100 lớp\n  > đóng các thẻ đã mở, hoặc bỏ bớt thẻ bọc ngoài\n"
	for _, tt := range []struct{ place, text string }{
		{"3:1 ", "A\n\n" + strings.Repeat("<div>", 511) + "a"},
		{"1:403 ", "a" + strings.Repeat(" <b>", 511)},
		{"201:1 ", strings.Repeat("<section>\n\n", 511)},
	} {
		body := c.Convert(new(bytes.Buffer), &Article{BodyLine: 1}, []byte(tt.text), asTyped)
		if got := problems(body.Problems); got != tt.place+want || len(body.HTML) > 0 || !body.Problems.HasErrors() {
			t.Errorf("got %s and %d bytes, want %s", got, len(body.HTML), tt.place+want)
		}
	}
	if body := c.Convert(new(bytes.Buffer), &Article{BodyLine: 1}, []byte(strings.Repeat("<div>a</div>\n\n", 511)), asTyped); len(body.Problems) > 0 {
		t.Errorf("elements beside each other: %s", problems(body.Problems))
	}
}
