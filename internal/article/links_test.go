package article

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLinksAreFoundWhereTheirAddressStands(t *testing.T) {
	tests := []struct {
		name, text string
		want       []Link
	}{
		{"another article, with a fragment", "Xem [tin](../tin/a.md#ket-qua).", []Link{{Hyperlink, "../tin/a.md#ket-qua", 1, 11}}},
		{"a name with a space, both ways", "[a](<kế hoạch.pdf>)\n[b](k%E1%BA%BF%20ho%E1%BA%A1ch.pdf)",
			[]Link{{Hyperlink, "kế hoạch.pdf", 1, 6}, {Hyperlink, "kế hoạch.pdf", 2, 5}}},
		{"characters of URLs stay encoded", "[a](50%25%20%23%3f%.pdf)", []Link{{Hyperlink, "50%25 %23%3F%25.pdf", 1, 5}}},
		{"escapes of Markdown are undone", `[a](a\_b&amp;c.md)`, []Link{{Hyperlink, "a_b&c.md", 1, 5}}},
		{"a fragment of its own", "[a](#muc)", []Link{{Hyperlink, "#muc", 1, 5}}},
		{"a path of the site", "[a](/gioi-thieu/)", []Link{{Hyperlink, "/gioi-thieu/", 1, 5}}},
		{"a picture in a link", "[![a](a.jpg)](b.pdf)", []Link{{Picture, "a.jpg", 1, 7}, {Hyperlink, "b.pdf", 1, 15}}},
		{"a reference stands for its definition", "Xem [a][1] và [b].\n\n[1]: a.md\n[b]: b.md",
			[]Link{{Hyperlink, "a.md", 1, 5}, {Hyperlink, "b.md", 1, 15}}},
		{"addresses elsewhere", "[a](https://a.vn/%20) <https://b.vn> https://c.vn/Đức_Thọ, //d.vn và [e](//e.vn) [f](mailto:f@f.vn)",
			[]Link{{Hyperlink, "https://a.vn/%20", 1, 5}, {Hyperlink, "https://b.vn", 1, 24}, {Hyperlink, "https://c.vn/Đức_Thọ", 1, 38},
				{Hyperlink, "//e.vn", 1, 74}, {Hyperlink, "mailto:f@f.vn", 1, 86}}},
		{"columns are those of a decomposed file", "đa\u0300o e\u0302\u0301 [a](b\u0300.md)\nhòa [c](c.md)",
			[]Link{{Hyperlink, "b\u0300.md", 1, 14}, {Hyperlink, "c.md", 2, 9}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, allLinks(convert(tt.text))); diff != "" {
				t.Errorf("Links (-want +got):\n%s", diff)
			}
		})
	}
}

// allLinks returns the links of a text, those out of the site last.
func allLinks(b Body) []Link { return slices.Concat(b.Links, b.External) }

func TestOnlyInternalLinksAreResolved(t *testing.T) {
	var asked []string
	c := NewConverter(ConverterOptions{})
	body := c.Convert(new(bytes.Buffer), &Article{BodyLine: 1}, []byte("[*a*](a.md) [b](b.md) ![c](c.jpg) ![d](d.jpg) [e](https://e.vn/?x=1&y=2) [f]()\n\n![g](g.jpg)"),
		func(l Link) Target {
			asked = append(asked, l.Dest)
			switch l.Dest {
			case "b.md", "d.jpg", "g.jpg":
				return Target{}
			case "c.jpg":
				return Target{URL: "/tin/c.jpg", Width: 800, Height: 600}
			}
			return Target{URL: "/tin/" + l.Dest}
		})
	want := `<p><a href="/tin/a.md"><em>a</em></a> b <img src="/tin/c.jpg" alt="c" width="800" height="600" loading="lazy" decoding="async"> d ` +
		`<a href="https://e.vn/?x=1&amp;y=2">e</a> f</p>` + "\n<p>g</p>\n"
	if diff := cmp.Diff(want, string(body.HTML)); diff != "" {
		t.Errorf("HTML (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"a.md", "b.md", "c.jpg", "d.jpg", "g.jpg"}, asked); diff != "" {
		t.Errorf("asked for (-want +got):\n%s", diff)
	}
}

func TestALongAddressIsToldInShort(t *testing.T) {
	body := convert("![a](data:image/png;base64," + strings.Repeat("Ab", 200_000) + ")")
	if len(body.Problems) != 1 || len(body.Problems[0].Message("vi")) > 300 {
		t.Errorf("%d problems, the first with %d bytes", len(body.Problems), len(body.Problems[0].Message("vi")))
	}
}

func TestAddressesThatRunCodeAreErrors(t *testing.T) {
	const active = "chạy mã hoặc nhúng dữ liệu vào trang nên không được dùng\n  > dùng địa chỉ bắt đầu bằng https://, hoặc tên một tệp đặt cạnh bài viết\n"
	const local = "trỏ tới một tệp trên máy tính của người viết, bạn đọc không mở được\n  > chép tệp vào cạnh bài viết rồi chỉ viết tên tệp, thí dụ [Kế hoạch](<kế hoạch 15.pdf>)\n"
	tests := []struct{ text, html, problems string }{
		{"Bấm [đây](javascript:alert(1))", "<p>Bấm đây</p>\n", "1:11 [active-url] địa chỉ javascript:alert(1) " + active},
		{"[a](JaVaScRiPt:x)", "<p>a</p>\n", "1:5 [active-url] địa chỉ JaVaScRiPt:x " + active},
		{"[a](java&#115;cript:x)", "<p>a</p>\n", "1:5 [active-url] địa chỉ javascript:x " + active},
		{"[a](<java&Tab;script:x>)", "<p>a</p>\n", "1:6 [active-url] địa chỉ java\tscript:x " + active},
		{"[a](&#1;javascript:x)", "<p>a</p>\n", "1:5 [active-url] địa chỉ \x01javascript:x " + active},
		{"[a](vbscript:x)", "<p>a</p>\n", "1:5 [active-url] địa chỉ vbscript:x " + active},
		{"![a](data:image/png;base64,AA)", "<p>a</p>\n", "1:6 [active-url] địa chỉ data:image/png;base64,AA " + active},
		{"<javascript:x>", "<p>javascript:x</p>\n", "1:2 [active-url] địa chỉ javascript:x " + active},
		{"[a][b]\n\n[b]: javascript:x", "<p>a</p>\n", "1:1 [active-url] địa chỉ javascript:x " + active},
		{"[a](file:///C:/a.pdf)", "<p>a</p>\n", "1:5 [active-url] địa chỉ file:///C:/a.pdf " + local},
		{`![a](D:\anh\1.jpg)`, "<p>a</p>\n", `1:6 [active-url] địa chỉ D:\anh\1.jpg ` + local},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			body := convert(tt.text)
			if diff := cmp.Diff(tt.problems, problems(body.Problems)); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			if got := string(body.HTML); got != tt.html {
				t.Errorf("HTML = %q, want %q", got, tt.html)
			}
			if !body.Problems.HasErrors() {
				t.Error("an active address is not an error")
			}
		})
	}
}
