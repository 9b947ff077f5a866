package article

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"bantin/internal/diag"
)

// Forms that editors seldom type, and what pages and editors are told of them.
func TestRareFormsOfTextAreReadAndTold(t *testing.T) {
	const longLine = "Ngày mai các thôn họp ở nhà văn hóa để bàn việc làm đường liên thôn và việc khác"
	for text, want := range map[string]struct{ html, told string }{
		"> [!LẠ]\n> a":                         {"<blockquote>\n<p>[!LẠ]\na</p>\n</blockquote>", "1:3 other-syntax/callout > viết > [!NOTE], > [!TIP], > [!IMPORTANT], > [!WARNING] hoặc > [!CAUTION] trên một dòng riêng, rồi > trước mỗi dòng của hộp"},
		"# a {id=\"a b\"}":                     {`<h2 id="a">a</h2>`, "1:6 attribute-dropped > chỉ dùng {#ma .lop} sau tiêu đề, thí dụ ## Kết quả {#ket-qua}"},
		"a == b == c":                          {"<p>a == b == c</p>", ""},
		"a<span></span><https://xa.example/>":  {`<p>a <a href="https://xa.example/">https://xa.example/</a></p>`, "1:2 html-dropped > viết bằng Markdown, hoặc đặt markdown: {html: sanitize} trong site.yaml"},
		"[a](htp:/xa.example/)":                {"<p>a</p>", "1:5 link-address/scheme > [a](http://xa.example/)"},
		"[a](b&amp;c.md)":                      {`<p><a href="b&amp;c.md">a</a></p>`, ""},
		"☐ một\n☐ hai":                         {"<p>☐ một\n☐ hai</p>", "1:1 list-marker > - [ ] một\n2:1 list-marker > - [ ] hai"},
		"☑ một\n☑ hai":                         {"<p>☑ một\n☑ hai</p>", "1:1 list-marker > - [x] một\n2:1 list-marker > - [x] hai"},
		"✔ một\n✔ hai":                         {"<p>✔ một\n✔ hai</p>", "1:1 list-marker > - ✔ một\n2:1 list-marker > - ✔ hai"},
		"▶ một\n▶ hai":                         {"<p>▶ một\n▶ hai</p>", "1:1 list-marker > - một\n2:1 list-marker > - hai"},
		"7 giờ họp\n8 giờ nghỉ":                {"<p>7 giờ họp\n8 giờ nghỉ</p>", "1:1 joined-lines/items > viết - hoặc 1. 2. 3. sau một dòng trống, hoặc viết dấu \\ ở cuối mỗi dòng"},
		longLine + "\nHai là việc\nBa là việc": {"<p>" + longLine + "\nHai là việc\nBa là việc</p>", ""},
		"#\n\na":         {"<h2></h2>\n<p>a</p>", ""},
		"## ![a](b.mp4)": {`<h2 id="a"><video controls preload="none" src="b.mp4" aria-label="a"><a href="b.mp4">a</a></video> (MP4)</h2>`, ""},
		"> <o:p\n> x":    {"<blockquote>\n<p>&lt;o:p\nx</p>\n</blockquote>", ""},
		"<o:p\n\n>":      {"<p>&lt;o:p</p>\n<blockquote>\n</blockquote>", ""},
	} {
		if got := strings.TrimSpace(string(convert(text).HTML)); got != want.html {
			t.Errorf("%q becomes %s, want %s", text, got, want.html)
		}
		if got := strings.TrimSpace(told(text)); got != want.told {
			t.Errorf("%q is told of as %s, want %s", text, got, want.told)
		}
	}
	own := NewConverter(ConverterOptions{Base: "https://xa.example/"}).Convert(new(bytes.Buffer), &Article{Path: "a.md", BodyLine: 1}, []byte("[a](https://xa.example?x) [b](http://XA.example#y)"), asTyped)
	if got := string(own.HTML); got != "<p><a href=\"/?x\">a</a> <a href=\"/#y\">b</a></p>\n" {
		t.Errorf("the site's own address becomes %s", got)
	}
	if outline := NewConverter(ConverterOptions{}).Analyze(&Article{Path: "a.md", BodyLine: 1}, []byte("x\n\n#\n")); len(outline.Headings) != 1 || outline.Headings[0].At.Line != 3 {
		t.Errorf("a heading without words is %+v", outline.Headings)
	}
	body := NewConverter(ConverterOptions{}).Convert(new(bytes.Buffer), &Article{Path: "a.md", BodyLine: 1}, []byte("![phim](b.mp4)"), func(Link) Target { return Target{} })
	if got := string(body.HTML); got != "<p>phim</p>\n" {
		t.Errorf("a film that is not there becomes %s", got)
	}
}

func TestRareFormsOfFrontMatterAreReadAndTold(t *testing.T) {
	for text, want := range map[string]string{
		`aliases: ["", /a]`:  "4:11 empty",
		"updated: 3/13/2026": "4:10 bad-date/month/near",
		"slug: ''":           "",
		"event:\n  start: 8:00 1/2/2026\n  status: ''":                               "",
		"event:\n  start: 8:00 1/2/2026\n  end: 25:90":                               "6:8 bad-date",
		"agreement:\n  parties: []\n  signed: 1/2/2026":                              "5:12 agreement-parties",
		"agreement:\n  parties:\n  signed: 1/2/2026":                                 "5:3 missing-key/blank/parties",
		"agreement:\n  parties: \" và B\"\n  signed: 1/2/2026":                       "5:12 agreement-parties/one",
		"agreement:\n  parties: [A, B]\n  signed: 2026\n  commitments: [30]":         "7:16 bad-commitments/number",
		"agreement:\n  parties: [A, B]\n  signed: 2026\n  commitments:\n    - 30":    "8:7 bad-commitments",
		"agreement:\n  parties: [A, B]\n  signed: 2026\n  commitments: [Thăm 30 hộ]": "",
		"agreement:\n  parties: [A, B]\n  signed: 2026\n  commitments: “30”":         "7:16 curly-quotes/fault",
		"event:\n  start: 8:00 1/2/2026\n  status: “online”":                         "6:11 curly-quotes/fault",
		"event:\n  start: “8:00 1/2/2026”":                                           "5:10 curly-quotes/value/start",
		"event:\n  start: 8:00 1/2/2026\n  url: https://a.example/,":                 "6:8 bad-url/end",
		"image:\n  file:\n  alt:":                                                    "",
		`attachments: [""]`:                                                          "4:15 empty",
		"author: A và":                                                               "",
		"author: Red Cross and Youth Union":                                          "4:9 several-names",
	} {
		_, problems := Parse("tin/a.md", []byte("---\ntitle: A\ndate: 1/2/2026\n"+text+"\n---\nx\n"), hanoi)
		var got []string
		for _, p := range problems {
			got = append(got, fmt.Sprintf("%d:%d %s", p.Pos.Line, p.Pos.Col, p.ID))
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%q is told of as %v, want %s", text, got, want)
		}
	}
	for name, c := range map[string]struct {
		path, text, id, arg string
	}{
		"a translation's picture without words": {"tin/a.en.md", "---\ntitle: A\nimage: {file: a.png}\n---\nx\n", "missing-key", "alt"},
		"a key of JSON that stands twice":       {"tin/a.md", "{\"title\": \"a\", \"title\": \"b\"}\nx", "front-matter/other-format", "JSON"},
		"an hour of TOML":                       {"tin/a.md", "+++\ntitle = 'a'\nt = 08:00:00\n+++\nx", "front-matter/other-format", "t: 08:00:00\n"},
	} {
		_, problems := Parse(c.path, []byte(c.text), hanoi, "en")
		if len(problems) != 1 || problems[0].ID != c.id || !strings.Contains(strings.Join(problems[0].Args, "\n"), c.arg) {
			t.Errorf("%s is told of as %v", name, problems)
		}
	}
	if _, _, _, problems := Open("a.md", []byte("\xff")); len(problems) != 1 || problems[0].ID != "encoding/utf-8" {
		t.Errorf("bytes that are no text: %v", problems)
	}
	if at := (&Article{Path: "tin/a.md"}).ValueAt([]byte("---\ntitle: A\n---\n"), "date"); at != (diag.Pos{File: "content/tin/a.md"}) {
		t.Errorf("a key that is not there is at %v", at)
	}
}

func TestANameOfSignsAloneIsToldOnce(t *testing.T) {
	signs := strings.Split(";|，|/|&|+|-|–|•|.|(|)|ơ|ư", "|")
	signs = append(signs, "|", ",", " ", " và ")
	for _, key := range []string{"organization: ", "author: ", "event:\n  start: 1/2/2026\n  organizer: "} {
		for _, one := range signs {
			for _, two := range signs {
				for _, three := range append(signs, "") {
					text := key + strings.TrimSpace(one+two+three)
					_, problems := Parse("tin/a.md", []byte("---\ntitle: A\ndate: 1/2/2026\n"+text+"\n---\nx\n"), hanoi)
					if len(problems) > 1 || len(problems) == 1 && problems[0].ID == "article-fault" {
						t.Errorf("%q is told of as %v", text, problems)
					}
				}
			}
		}
	}
}

func TestOldAddressesAreMended(t *testing.T) {
	for alias, want := range map[string][2]string{
		"/a\x01b": {"bad-alias/control", "/ab"},
		`/a\\b`:   {"bad-alias/backslash", "/a/b"},
		`a\b`:     {"bad-alias/backslash", "/a/b"}, // and it gets its slash
		`\\xa\b`:  {"bad-alias/backslash", "/b"},   // an address with its host
		"/a%01b":  {"bad-alias/control", "/ab"},
		"/a%5C/b": {"bad-alias/backslash", "/a/b"},

		"/a%3Fid=7//b":     {"bad-alias/empty", "/a%3Fid=7/b"},
		"/a%23b//c?x=%3F1": {"bad-alias/empty", "/a%23b/c?x=%3F1"},
		"/100%25/./a":      {"bad-alias/dots", "/100%25/a"},
		"/a%252F//b/":      {"bad-alias/empty", "/a%252F/b/"},
		"/a%3F%5Cb":        {"bad-alias/backslash", "/a%3F/b"},
	} {
		if id, mended := MendAlias(alias); id != want[0] || mended != want[1] {
			t.Errorf("%q: %s, %q, want %q", alias, id, mended, want)
		}
	}
}

func TestWhatIsNotReadIsNotRelinked(t *testing.T) {
	moved := strings.ToUpper
	for text, want := range map[string]string{
		"\xff":                                   "",
		"x":                                      "",
		"---\ntitle: [\n---\n":                   "",
		"---\ntitle: A\n---\n[a](b(c).md) [d](e": "---\ntitle: A\n---\n[a](B%28C%29.MD) [d](e",
		"---\ntitle: A\n---\n[a]: b%zz.md":       "---\ntitle: A\n---\n[a]: B%25ZZ.MD",
	} {
		got, problems := Relink("a.md", []byte(text), moved)
		if string(got) != want || problems.HasErrors() != (want == "") {
			t.Errorf("%q becomes %q, %v, want %q", text, got, problems, want)
		}
	}
}
