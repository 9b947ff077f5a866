package article

import (
	"bytes"
	"cmp"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"bantin/internal/testsize"
)

func TestAddressesFollowWhatMovedAndNothingElseChanges(t *testing.T) {
	moved := func(address string) string {
		switch address {
		case "cu.md":
			return "mới (1).md"
		case "anh bìa.jpg", "anh.jpg":
			return "../" + address
		case "/tin/cu/":
			return "/tin/moi/"
		}
		return ""
	}
	for src, want := range map[string]string{
		"[a](cu.md) [b](<cu.md>) [c](cu.md#muc \"Tên\") ![d](anh%20b%C3%ACa.jpg) cu.md": "[a](mới%20%281%29.md) [b](<mới (1).md>) [c](mới%20%281%29.md#muc \"Tên\") ![d](../anh%20bìa.jpg) cu.md",
		"[a][r]\n\n[r]: cu.md 'x'\n[s]: <anh bìa.jpg>\n":                                "[a][r]\n\n[r]: mới%20%281%29.md 'x'\n[s]: <../anh bìa.jpg>\n",
		"<a href=\"cu.md\">x</a> <img src='anh.jpg'>":                                   "<a href=\"mới%20%281%29.md\">x</a> <img src='../anh.jpg'>",
		"`[a](cu.md)` ``x ` [a](cu.md)`` ` [a](cu.md)":                                  "`[a](cu.md)` ``x ` [a](cu.md)`` ` [a](mới%20%281%29.md)",
		"```\n[a](cu.md)\n~~~\n```\n[a](cu.md)\n~~~~\n[a](cu.md)\n":                     "```\n[a](cu.md)\n~~~\n```\n[a](mới%20%281%29.md)\n~~~~\n[a](cu.md)\n",
		"[a](/tin/cu/?q=1#x) [a](/tin/cu) [a](x.md) [a]() [a](":                         "[a](/tin/moi/?q=1#x) [a](/tin/cu) [a](x.md) [a]() [a](",
		"Dòng một\r\n[a](cu.md)\r\n":                                                    "Dòng một\r\n[a](mới%20%281%29.md)\r\n",
	} {
		front := "---\ntitle: A # ghi chú\nimage: {file: anh.jpg, alt: B}\nattachments: [anh.jpg, x.pdf]\nagreement:\n  amends: cu.md # ấy\n  parties: [a, b]\ntags: [anh.jpg]\n---\n"
		wantFront := strings.NewReplacer("{file: anh.jpg", "{file: ../anh.jpg", "[anh.jpg, x", "[../anh.jpg, x", "amends: cu.md", "amends: mới (1).md").Replace(front)
		got, problems := Relink("tin/a.md", []byte(front+src), moved)
		if string(got) != wantFront+want || problems != nil {
			t.Errorf("%q:\n%s%v\nwant\n%s", src, got, problems, wantFront+want)
		}
	}
	if got, problems := Relink("tin/a.md", []byte("---\ntitle: A: B\n---\n"), moved); got != nil || !problems.HasErrors() {
		t.Errorf("%q, %v", got, problems)
	}
}

// Links are what the converter takes for links: after a move each one leads where its
// target went, and what only looks like one says what it said.
func TestEveryLinkOfATextFollowsAndWordsStay(t *testing.T) {
	files := map[string]string{
		"cu.md": "moi/mới (1).md", "a_b.md": "moi/50% <x> #1?.md", "c&d.md": "moi/A&amp;B's \"y\".md", "e).jpg": "moi/e|f.jpg", "100%.png": "moi/100%20.png", "[1].jpg": "moi/[1].jpg",
	}
	forms := []string{
		"[a](cu.md)", "[a](\n  cu.md)", "[a](<cu.md>)", "![a](<cu.md> 'x')", "[a]( cu.md#m (x))", "[a](cu.md?x=1&y=2#%23)",
		`[a](a\_b.md)`, `[a](<a\_b.md>)`, "[a](a&#95;b.md#x)", "[a](a&lowbar;b.md?x)", `[a](a\_b.md\#x)`, "[a](a%5Fb.md&num;x)",
		"[a](c&d.md)", "[a](c&amp;d.md#x)", "[a](<c&#38;d.md>)", `[a](c\&d.md)`, `![a](e\).jpg)`, "![a](<e).jpg>)", "![a](100%25.png)", "![a](<100%25.png>)",
		"[a]\n\n[a]: cu.md", "[a]\n\n[a]: <c&d.md> 'x'", "[a]\n\n[a]:\n  cu.md\n  (x)", "[a\\]b]\n\n[a\\]b]: cu.md", "![x][a]\n\n[b]: x.md\n[a]: cu.md\n\n[b]",
		"x[^1]\n\n[^1]: [a](cu.md) cu.md", "[![a](100%25.png)](cu.md)", "![a]([1].jpg)", "![a]\n\n[a]: [1].jpg", "# [a](cu.md) {#x}", "|a|b|\n|-|-|\n|[a](cu.md)|`x`|", "- [ ] [a](cu.md)",
		`<a href="cu.md">x</a>`, `<A HREF='c&amp;d.md#x'>x</A>`, "<a href=cu.md>x</a>", "<img alt=a\nsrc = \"100%25.png\">", `<img src="100%25.png" srcset="e).jpg 2x, x.jpg 3x" alt=a>`, "<p>\n<a title=x href='cu.md'>x</a></p>",
		"\\`[a](cu.md) \\`", "``` `x` ```[a](cu.md)", "` [a](cu.md)\n- x `", "cu.md", "`[a](cu.md)` [a](cu.md)",
		"```\n[a](cu.md)\n```", "~~~ x\n[a](cu.md)\n\n`[a](cu.md)`\n~~~\n[a](cu.md)", "x\n\n    [a](cu.md)\n\nx [a](cu.md)", "\\[a](cu.md)", "[a\\](cu.md)", "x\n[a]: cu.md", "src=cu.md href=\"cu.md\"",
		"[^1] [a](x.md 'href=cu.md')\n\n[^1]: cu.md", "`<a href=\"cu.md\">`", "- x\n\n      [a](cu.md)\n\n  [a](cu.md)",
	}
	blocks := map[string][2]string{
		"alone": {"", ""}, "quotation": {"> ", "> "}, "item": {"- ", "  "}, "number": {"12. ", "    "}, "item of a quotation": {"> - ", ">   "},
		"quotation in an item": {"- > ", "  > "}, "after an item": {"- x\n  ```\n  [z](cu.md)\n\ny\n\n", ""}, "alert": {"> [!NOTE]\n> ", "> "},
	}
	converter := NewConverter(ConverterOptions{Sanitize: true})
	read := func(text string) (links []string, html string) {
		body := converter.Convert(&bytes.Buffer{}, &Article{Path: "tin/a.md", BodyLine: 4}, []byte(text), func(l Link) Target {
			u, err := url.Parse(l.Dest)
			if err != nil {
				t.Fatalf("%q: %v", text, err)
			}
			links = append(links, u.Path)
			return Target{URL: "x"}
		})
		return links, string(body.HTML)
	}
	const front = "---\ntitle: A\n---\n"
	for name, marks := range blocks {
		for _, form := range forms {
			text := marks[0] + strings.ReplaceAll(form, "\n", "\n"+marks[1]) + "\n"
			for _, text := range []string{text, strings.ReplaceAll(text, "\n", "\r\n")} {
				links, html := read(text)
				for i, link := range links {
					links[i] = cmp.Or(files[link], link)
				}
				got, problems := Relink("tin/a.md", []byte(front+text), func(address string) string { return files[address] })
				relinked := strings.TrimPrefix(string(got), front)
				is, shown := read(relinked)
				if problems != nil || !slices.Equal(is, links) || shown != html {
					t.Errorf("%s: %q becomes %q, which leads to %q, want %q\n%s%s", name, text, relinked, is, links, html, shown)
				}
			}
		}
	}
}

func TestRelinkingTakesTimeOfTheBytes(t *testing.T) {
	testsize.SkipShort(t, "one goroutine is timed")
	for _, signs := range [][2]string{{"<div ", "href="}, {"<div href=\"", "\" href=\""}, {"[a]: x", "]:x"}, {"[a]: [x", "]:[x"}, {"[a](x", "](x"}, {"", "[^1]:"}, {"", "[a](b) `"}} {
		text := []byte("---\ntitle: A\n---\n" + signs[0] + strings.Repeat(signs[1], 64<<10/len(signs[1])))
		const most = 2 * time.Second
		if took := leastTime(most, func() { Relink("a.md", text, func(string) string { return "" }) }); took > most {
			t.Errorf("%q takes %v", signs, took)
		}
	}
}
