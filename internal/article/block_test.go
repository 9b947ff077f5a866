package article

import (
	"strings"
	"testing"
)

const (
	header = "---\ntitle: Họp dân\ndate: 11/3/2020\n---\n"
	body   = "Bà con đến dự đông đủ.\n"
)

func TestAFileThatIsNoTextIsRefusedAtItsPlace(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"an empty file", "\n \n",
			`content/tin-tuc/a.md: lỗi[front-matter]: bài không mở đầu bằng phần khai báo giữa hai dòng ---
    gợi ý: mở đầu tệp bằng:
           ---
           title: "Tiêu đề"
           date: 11/03/2020
           ---
`},
		{"UTF-16", "\xff\xfe-\x00-\x00-\x00",
			`content/tin-tuc/a.md: lỗi[encoding]: tệp được lưu theo mã UTF-16 nên không đọc được
    gợi ý: mở bằng Notepad, chọn Lưu thành (Save as), mã hóa (Encoding) UTF-8
`},
		{"UTF-16, big end first", "\xfe\xff\x00-\x00-\x00-",
			`content/tin-tuc/a.md: lỗi[encoding]: tệp được lưu theo mã UTF-16 nên không đọc được
    gợi ý: mở bằng Notepad, chọn Lưu thành (Save as), mã hóa (Encoding) UTF-8
`},
		{"NUL", header + "Bà\x00con\n",
			`content/tin-tuc/a.md:5:3: lỗi[encoding]: có ký tự NUL: tệp bị hỏng, hoặc không phải tệp văn bản
   5 | Bà␀con
     |   ^
    gợi ý: lưu lại tệp theo mã UTF-8, hoặc lấy lại từ bản sao lưu
`},
		{"an old code page", bom + "---\r\ntitle: Họp d\xa9n\r\n---\r\n",
			`content/tin-tuc/a.md:2:13: lỗi[encoding]: có ký tự không theo mã UTF-8 (có lẽ là bảng mã cũ như TCVN3, VNI)
   2 | title: Họp d�n
     |             ^
    gợi ý: chuyển bài sang Unicode rồi lưu theo mã UTF-8
`},
		{"more than 5 MB", header + strings.Repeat("a", maxFile),
			`content/tin-tuc/a.md: lỗi[article-large]: bài dài quá 5 MB
    gợi ý: tách bài, hoặc đưa phần dài vào tệp đính kèm (attachments)
`},
		{"front matter of more than 64 KB", "---\ntitle: Họp dân\nlead: >\n" + strings.Repeat("  a b c d\n", maxBlock/10) + "---\n",
			`content/tin-tuc/a.md:1:1: lỗi[front-matter]: phần khai báo dài quá 64 KB
   1 | ---
     | ^
    gợi ý: kiểm tra xem dòng --- đóng phần khai báo có bị thiếu không; chữ của bài nằm sau dòng ấy
`},
		{"front matter of far more than 64 KB", "---\ntitle: Họp dân\nlead: >\n" + strings.Repeat("  a b c d\n", maxBlock),
			`content/tin-tuc/a.md:1:1: lỗi[front-matter]: phần khai báo dài quá 64 KB
   1 | ---
     | ^
    gợi ý: kiểm tra xem dòng --- đóng phần khai báo có bị thiếu không; chữ của bài nằm sau dòng ấy
`},
		{"an opening fence alone", "\n---",
			`content/tin-tuc/a.md:2:1: lỗi[front-matter]: phần khai báo mở bằng --- mà không có dòng --- đóng lại
   2 | ---
     | ^
    gợi ý: thêm một dòng --- ngay sau dòng khai báo cuối cùng
`},
	} {
		_, problems := Parse("tin-tuc/a.md", []byte(c.src), hanoi)
		if got := printed(t, c.src, problems); got != c.want {
			t.Errorf("%s:\n%s\nwant:\n%s", c.name, got, c.want)
		}
	}
}

func TestTheTextBeginsBehindTheClosingFence(t *testing.T) {
	for _, c := range []struct {
		name, src string
		line      int
	}{
		{"as usual", header + body, 5},
		{"with a BOM", bom + header + body, 5},
		{"with CRLF", strings.ReplaceAll(header, "\n", "\r\n") + body, 5},
		{"with BOM and CRLF", bom + strings.ReplaceAll(header, "\n", "\r\n") + body, 5},
		{"with blank lines before", "\n \n" + header + body, 7},
		{"with spaces behind the fences", "--- \ntitle: Họp dân\ndate: 11/3/2020\n---\t\n" + body, 5},
		{"with a comment", "---\n# ghi chú\ntitle: Họp dân\ndate: 11/3/2020\n\n---\n" + body, 7},
	} {
		a, problems := Parse("tin-tuc/a.md", []byte(c.src), hanoi)
		if problems != nil {
			t.Errorf("%s: %s", c.name, printed(t, c.src, problems))
			continue
		}
		if got := c.src[a.BodyStart:]; got != body || int(a.BodyLine) != c.line {
			t.Errorf("%s: text %q at line %d, want %q at line %d", c.name, got, a.BodyLine, body, c.line)
		}
		if a.Title.Value != "Họp dân" || a.Date.String() != "11/03/2020" {
			t.Errorf("%s: title %q, date %s", c.name, a.Title.Value, a.Date)
		}
	}
}

func TestAnArticleMayHaveNoText(t *testing.T) {
	for _, src := range []string{header, strings.TrimSuffix(header, "\n"), bom + header} {
		a, problems := Parse("tin-tuc/a.md", []byte(src), hanoi)
		if problems != nil || int(a.BodyStart) != len(src) || a.Lead != "" {
			t.Errorf("%q: text at %d of %d, lead %q\n%s", src, a.BodyStart, len(src), a.Lead, printed(t, src, problems))
		}
	}
}

func TestFrontMatterOfJust64KBIsRead(t *testing.T) {
	const rest = "title: Họp dân\ndate: 11/3/2020\n# "
	src := "---\n" + rest + strings.Repeat("a", maxBlock-len(rest)-1) + "\n---\n" + body
	a, problems := Parse("tin-tuc/a.md", []byte(src), hanoi)
	if problems != nil || src[a.BodyStart:] != body {
		t.Errorf("text at %d of %d\n%s", a.BodyStart, len(src), printed(t, src, problems))
	}
}
