package article

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWordsInAngleBracketsStay(t *testing.T) {
	tests := []struct{ name, text, html, told string }{
		{"a placeholder", "Tôi là <ten> ở (<so nha>).", "<p>Tôi là &lt;ten&gt; ở (&lt;so nha&gt;).</p>\n",
			"1:8 angle-brackets > \\<ten>\n1:17 angle-brackets > (\\<so nha>).\n"},
		{"a tag mistyped, with its end", "<stong>An</stong>", "<p>&lt;stong&gt;An&lt;/stong&gt;</p>\n", "1:1 angle-brackets > \\<stong>An</stong>\n"},
		{"alone on a line", "<ten>\nsau\n\nhết", "<p>&lt;ten&gt;\nsau</p>\n<p>hết</p>\n", "1:1 angle-brackets > \\<ten>\n"},
		{"with Vietnamese letters", "<tên> <số nhà>", "<p>&lt;tên&gt; &lt;số nhà&gt;</p>\n", ""},
		{"escaped", `\<ten> và a < b > c`, "<p>&lt;ten&gt; và a &lt; b &gt; c</p>\n", ""},
		{"in code", "`<ten>`", "<p><code>&lt;ten&gt;</code></p>\n", ""},
		{"a remark", "a\n\n<!Nhớ họp\n\nb <!Nhớ> c", "<p>a</p>\n<p>&lt;!Nhớ họp</p>\n<p>b &lt;!Nhớ&gt; c</p>\n", ""},
		{"a tag of a program", `a <my-x b="c">d</my-x>`, "<p>a d</p>\n",
			"1:3 html-dropped > viết bằng Markdown, hoặc đặt markdown: {html: sanitize} trong site.yaml\n"},
		{"addresses", "<a@b.vn> <https://a.vn>", "<p><a href=\"mailto:a@b.vn\">a@b.vn</a> <a href=\"https://a.vn\">https://a.vn</a></p>\n", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.told, told(tt.text)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			for _, c := range []*Converter{NewConverter(ConverterOptions{}), NewConverter(ConverterOptions{Sanitize: true})} {
				if got := string(c.Convert(new(bytes.Buffer), &Article{BodyLine: 1}, []byte(tt.text), asTyped).HTML); got != tt.html {
					t.Errorf("got %s", got)
				}
			}
		})
	}
	if got, want := Lead([]byte("Kính gửi <ten>, mời họp")), "Kính gửi <ten>, mời họp"; got != want {
		t.Errorf("the standfirst is %q", got)
	}
}

func TestTagsOfWordGoAndTheirWordsStay(t *testing.T) {
	const hint = " html-dropped/word > xóa các thẻ ấy; lần sau dán bằng Ctrl+Shift+V để chỉ lấy chữ\n"
	tests := []struct{ name, text, html, place string }{
		{"paragraphs", "Chữ<o:p></o:p>", "<p>Chữ</p>\n", "1:4"},
		{"places", `ở <st1:place w:st="on"><st1:City>Huế</st1:City></st1:place> và <st1:City>Vinh</st1:City>`, "<p>ở Huế và Vinh</p>\n", "1:3"},
		{"over lines", "ở <st1:place\n w:st=\"on\">Huế</st1:place>", "<p>ở Huế</p>\n", "1:3"},
		{"between words", "Hà<o:p></o:p>Nội", "<p>Hà Nội</p>\n", "1:3"},
		{"conditions", "<![if !supportLists]>· <![endif]>một", "<p>· một</p>\n", "1:1"},
		{"a declaration, which hid the rest", "a\n\n<?xml:namespace prefix = \"o\" />\n\nb", "<p>a</p>\n<p>b</p>\n", "3:1"},
		{"in a list", "- <w:sdt>a</w:sdt>\n- <m:r>b</m:r>", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n", "1:3"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := told(tt.text); got != tt.place+hint {
				t.Errorf("told %s", got)
			}
			for _, c := range []*Converter{NewConverter(ConverterOptions{}), NewConverter(ConverterOptions{Sanitize: true})} {
				if got := string(c.Convert(new(bytes.Buffer), &Article{BodyLine: 1}, []byte(tt.text), asTyped).HTML); got != tt.html {
					t.Errorf("got %q", got)
				}
			}
		})
	}
	if got := told("<tel:0912345678> <urn:isbn:3> 8:30 <o: p>"); got != "" {
		t.Errorf("told %s", got)
	}
}

func TestACommentThatNobodyClosesIsAnError(t *testing.T) {
	for text, want := range map[string]string{
		"a\n\n<!-- hỏi lại\n\nb":            "3:1 html-dropped/unclosed > thêm --> ở cuối ghi chú\n",
		"> <!-- hỏi\n\nb":                   "1:3 html-dropped/unclosed > thêm --> ở cuối ghi chú\n",
		"a <!-- hỏi lại\n\nb":               "1:3 html-dropped/unclosed-words > thêm --> ở cuối ghi chú, hoặc viết \\<!-- nếu đó là chữ\n",
		"<!-- a --> <!-- b":                 "1:12 html-dropped/unclosed > thêm --> ở cuối ghi chú\n",
		"<!-- a\n\nb -->\n\nc <!-- d --> e": "",
		"`<!--` và \\<!-- a":                "",
	} {
		if got := told(text); got != want {
			t.Errorf("%q: told %s", text, got)
		}
		if found := convert(text).Problems; found.HasErrors() != (want != "") {
			t.Errorf("%q: errors: %v", text, found)
		}
	}
}

func TestSanitizingJoinsNoWords(t *testing.T) {
	c := NewConverter(ConverterOptions{Sanitize: true})
	for text, want := range map[string]string{
		"Đức<center>Thọ</center>Huế":                         "<p>Đức Thọ Huế</p>\n",
		"<div>Đức<foo a=\"b\">Thọ</foo>Huế<u>a</u>b</div>":   "<div>Đức Thọ Huế<u>a</u>b</div>\n",
		"<div>a<input><input>b, <button>c</button>, d</div>": "<div>a b, c, d</div>\n",
		"<div>Hà<o:p></o:p> Nội</div>":                       "<div>Hà Nội</div>\n",
		"H<sub>2</sub>O<wbr>a":                               "<p>H<sub>2</sub>O<wbr/>a</p>\n",
	} {
		if got := string(c.Convert(new(bytes.Buffer), &Article{BodyLine: 1}, []byte(text), asTyped).HTML); got != want {
			t.Errorf("%q: got %q", text, got)
		}
	}
}

func TestNotesWithLongNumbersHaveRoom(t *testing.T) {
	for n, want := range map[int]bool{99: false, 100: true} {
		var text strings.Builder
		for i := range n {
			fmt.Fprintf(&text, "a[^%d]\n\n[^%d]: b\n\n", i, i)
		}
		if got := bytes.Contains(convert(text.String()).HTML, []byte(`<ol class="long">`)); got != want {
			t.Errorf("%d notes have room for long numbers: %v", n, got)
		}
	}
}

func TestAListShowsTheNumbersThatWereTyped(t *testing.T) {
	for text, want := range map[string]string{
		"1. a\n3. b\n4. c":           `<ol><li>a</li><li value="3">b</li><li>c</li></ol>`,
		"3. a\n2. b\n1. c":           `<ol start="3"><li>a</li><li value="2">b</li><li value="1">c</li></ol>`,
		"1. a\n1. b\n1. c":           `<ol><li>a</li><li>b</li><li>c</li></ol>`,
		"0) a\n0) b":                 `<ol start="0"><li>a</li><li>b</li></ol>`,
		"1. a\n2. b\n\n3. c":         `<ol><li><p>a</p></li><li><p>b</p></li><li><p>c</p></li></ol>`,
		"> 1. a\n> 5. b":             `<blockquote><ol><li>a</li><li value="5">b</li></ol></blockquote>`,
		"1. a\n   1. b\n   3. c":     `<ol><li>a<ol><li>b</li><li value="3">c</li></ol></li></ol>`,
		"113. a\n115. b":             `<ol start="113" class="long"><li>a</li><li value="115">b</li></ol>`,
		"1945. a":                    `<p>1945. a</p>`,
		"- 1945. a\n- 1954. b":       `<ul><li>1945. a</li><li>1954. b</li></ul>`,
		"999. a\n1000. b":            `<ol start="999" class="long"><li>a</li><li>b</li></ol>`,
		"98. a\n99. b":               `<ol start="98"><li>a</li><li>b</li></ol>`,
		"99. a\n100. b":              `<ol start="99" class="long"><li>a</li><li>b</li></ol>`,
		"1. a\n100. b\n2. c":         `<ol class="long"><li>a</li><li value="100">b</li><li value="2">c</li></ol>`,
		"1. a\n\n   b\n2. c\n\n4. d": `<ol><li><p>a</p><p>b</p></li><li><p>c</p></li><li value="4"><p>d</p></li></ol>`,
	} {
		got := bytes.ReplaceAll(convert(text).HTML, []byte("\n"), nil)
		if string(got) != want {
			t.Errorf("%q: got %s", text, got)
		}
	}
}
