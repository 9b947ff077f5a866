package article

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestHeadingsBeginBelowThePagesTitle(t *testing.T) {
	tests := []struct{ name, text, html string }{
		{"levels stay as typed", "## Một\n### Hai", `<h2 id="mot">Một</h2>` + "\n" + `<h3 id="hai">Hai</h3>` + "\n"},
		{"a text that uses h1 moves down as a whole", "# Một\n## Hai\n###### Sáu", `<h2 id="mot">Một</h2>` + "\n" + `<h3 id="hai">Hai</h3>` + "\n" + `<h4 id="sau">Sáu</h4>` + "\n"},
		{"underlined headings too", "Một\n===\nHai\n---", `<h2 id="mot">Một</h2>` + "\n" + `<h3 id="hai">Hai</h3>` + "\n"},
		{"ids are folded from the words alone", "## **Đức Thọ** [ký](a.md) `x`", `<h2 id="duc-tho-ky-x"><strong>Đức Thọ</strong> <a href="a.md">ký</a> <code>x</code></h2>` + "\n"},
		{"equal headings are numbered", "## A\n## A\n## A 2\n## A", `<h2 id="a">A</h2>` + "\n" + `<h2 id="a-2">A</h2>` + "\n" + `<h2 id="a-2-2">A 2</h2>` + "\n" + `<h2 id="a-3">A</h2>` + "\n"},
		{"an explicit id wins, though it comes later", "## Kết quả\n## B {#ket-qua .to lang=en}", `<h2 id="ket-qua-2">Kết quả</h2>` + "\n" + `<h2 id="ket-qua" class="to" lang="en">B</h2>` + "\n"},
		{"a heading without letters has no id", "## …", "<h2>…</h2>\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			body := convert(tt.text)
			if diff := cmp.Diff(tt.html, string(body.HTML)); diff != "" {
				t.Errorf("HTML (-want +got):\n%s", diff)
			}
			if len(body.Problems) > 0 {
				t.Errorf("unexpected problems:\n%s", problems(body.Problems))
			}
		})
	}
}

func TestAnchorsAreTheIDsOfThePage(t *testing.T) {
	body := convert("## Một\n## Một\n## C {#rieng}\n\nx[^1]\n\n[^1]: y")
	if diff := cmp.Diff([]string{"fn:1", "mot", "mot-2", "rieng"}, body.Anchors); diff != "" {
		t.Errorf("Anchors (-want +got):\n%s", diff)
	}
}

func TestAttributesThatActOrStyleAreLeftOut(t *testing.T) {
	body := convert("Mở đầu.\n\n## Một {#mot style=\"color:red\" onclick=\"x()\" tabindex=1}\n## Hai {#mot}")
	const hint = "\n  > chỉ dùng {#ma .lop} sau tiêu đề, thí dụ ## Kết quả {#ket-qua}\n"
	want := "3:14 [attribute-dropped] thuộc tính style của tiêu đề bị bỏ" + hint +
		"3:32 [attribute-dropped] thuộc tính onclick của tiêu đề bị bỏ" + hint +
		"3:46 [attribute-dropped] thuộc tính tabindex của tiêu đề bị bỏ" + hint +
		"4:10 [duplicate-anchor] mã {#mot} đã được dùng cho một tiêu đề ở trên\n  > đặt cho tiêu đề này một mã khác, hoặc bỏ {#mot}\n"
	if diff := cmp.Diff(want, problems(body.Problems)); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	if got, want := string(body.HTML), "<p>Mở đầu.</p>\n<h2 id=\"mot\">Một</h2>\n<h2 id=\"hai\">Hai</h2>\n"; got != want {
		t.Errorf("HTML = %q, want %q", got, want)
	}
}
