package mending

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"bantin/internal/article"
	"bantin/internal/diag"
)

func TestADateThatIsNearlyOneIsMendedOnRequest(t *testing.T) {
	src := "---\ntitle: Bài\ndate: 1/2/2026\nagreement:\n  parties: [A, B]\n  signed: 31/02/2027   # ngày ký\n---\n"
	_, problems := article.Parse("tin/a.md", []byte(src), time.UTC)
	if len(problems) != 1 {
		t.Fatalf("got %v", problems)
	}
	now, ok := One("tin/a.md", []byte(src), problems[0], "vi")
	if want := strings.Replace(src, "31/02/2027", "28/02/2027", 1); !ok || string(now) != want {
		t.Errorf("%v: got\n%s\nof %v", ok, now, problems)
	}
	if now, count := FrontMatter("tin/a.md", []byte(src), "vi"); count != 0 || string(now) != src {
		t.Error("it was mended unasked: which day was meant?")
	}
}

func TestALineOfTheFrontMatterIsMendedAsAWhole(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"tabs", "event:\n\tstart: 8h 1/4/2026\n\tlocation: Nhà văn hóa   # thôn Đông\n", "event:\n  start: 8h 1/4/2026\n  location: Nhà văn hóa   # thôn Đông\n"},
		{"dashes", "tags:\r\n– nông thôn\r\n-làm đường\r\n", "tags:\r\n- nông thôn\r\n- làm đường\r\n"},
		{"quotes behind a colon", "lead:\"Bà con\"\n", "lead: \"Bà con\"\n"},
		{"another colon", "lead = Bà con\n", "lead: Bà con\n"},
	} {
		const head = "---\ntitle: Bài\ndate: 1/2/2026\n"
		now, _ := FrontMatter("tin/a.md", []byte(head+c.src+"---\nx\n"), "vi")
		if want := head + c.want + "---\nx\n"; string(now) != want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, now, want)
		}
	}
}

// TestWhatQuotesAreMissingAroundIsMendedInEveryListAndBlock types names that YAML would
// read otherwise, alone and beside others: mended, they are what was typed.
func TestWhatQuotesAreMissingAroundIsMendedInEveryListAndBlock(t *testing.T) {
	names := []string{"@a", "&a", "*b", "!a", "`a", "a [b] c", "a {b}", "a?b", `"a" b`, "a"}
	flow := func(list []string) string { return "[" + strings.Join(list, ", ") + "]" }
	forms := map[string]func(list []string) string{
		"brackets":         func(list []string) string { return "tags: " + flow(list) },
		"a comment behind": func(list []string) string { return "tags: " + flow(list) + " # ghi chú" },
		"lines":            func(list []string) string { return "tags:\n  - " + strings.Join(list, "\n  - ") },
		"braces": func(list []string) string {
			return "agreement: {number: " + list[0] + ", parties: " + flow(list) + ", signed: 1/2/2020, to: 2021}"
		},
	}
	for form, write := range forms {
		for _, a := range names {
			for _, b := range names {
				if a == b {
					continue
				}
				typed := []string{a, "giữa", b}
				now, _ := FrontMatter("tin/a.md", []byte("---\ntitle: Bài\ndate: 1/2/2020\n"+write(typed)+"\n---\nx\n"), "vi")
				got, problems := article.Parse("tin/a.md", now, time.UTC)
				if len(problems) > 0 {
					t.Errorf("%s of %q: it is mended to\n%s\nin which %v", form, typed, now, problems)
					continue
				}
				list := got.Tags
				if got.Agreement != nil {
					list = got.Agreement.Parties
				}
				var names []string
				for _, text := range list {
					names = append(names, text.Value)
				}
				if !slices.Equal(names, typed) {
					t.Errorf("%s of %q: it is mended to\n%s", form, typed, now)
				}
			}
		}
	}
}

func TestALinkWhoseAddressStandsOnTheNextLineIsLeftAlone(t *testing.T) {
	for before, col := range map[string]int{"": 1, "Xem (cả) ": 10} {
		src := before + "[Kế hoạch]\n(a.pdf) và (b)\n"
		p := diag.Problem{Pos: diag.Pos{File: "content/a.md", Line: 1, Col: col}, ID: "link-apart", Args: []string{"[Kế hoạch](a.pdf)"}}
		if now, count := Text([]byte(src), "content/a.md", diag.List{p}, "vi"); count != 0 || string(now) != src {
			t.Errorf("%q became %q", src, now)
		}
	}
}

// TestASlipOfATextIsMendedWithTheRestOfItsLine asks the text itself for the problem, and
// puts it right as check --fix does.
func TestASlipOfATextIsMendedWithTheRestOfItsLine(t *testing.T) {
	for typed, want := range map[string]string{
		">50 hộ đồng ý": `\>50 hộ đồng ý`, "- > 50 hộ, >= 3 thôn": `- \> 50 hộ, >= 3 thôn`, ">>> Xem thêm": `\>>> Xem thêm`,
		"Ở đình: ! [Bà con](a.jpg) họp": "Ở đình: ![Bà con](a.jpg) họp", "！[Bà con](a.jpg)": "![Bà con](a.jpg)",
		"[Thư](mailto: a@b.vn) ạ": "[Thư](mailto:a@b.vn) ạ", "![a](b.jpg Chú thích) ạ": `![a](b.jpg "Chú thích") ạ`, "Xem [a](b. pdf).": "Xem [a](b.pdf).",
		"# # Tiêu đề": "## Tiêu đề", "- []Họp dân": "- [ ] Họp dân", "[a](<b.pdf) ạ": "[a](b.pdf) ạ",
	} {
		asTyped := func(l article.Link) article.Target { return article.Target{URL: l.Dest} }
		body := article.NewConverter(article.ConverterOptions{}).Convert(new(bytes.Buffer), &article.Article{Path: "a.md", BodyLine: 1}, []byte(typed+"\n"), asTyped)
		now, count := Text([]byte(typed+"\n"), "content/a.md", body.Problems, "vi")
		if string(now) != want+"\n" || count != 1 {
			t.Errorf("%q is mended to %q, %d times: %v", typed, now, count, body.Problems)
		}
	}
}

// TestAListThatWasTypedOtherwiseIsNotMendedIntoOneName types two names in forms that
// people give lists. Mended, they are two names, or the problem stays.
func TestAListThatWasTypedOtherwiseIsNotMendedIntoOneName(t *testing.T) {
	forms := []string{
		`A, B`, `A; B`, `A | B`, `A，B`, `(A, B)`, `A, B]`, `[A, B`, `{A, B}`, `"A", "B"`, `'A', 'B'`, `- A - B`, `#A #B`, `• A • B`, `1. A 2. B`,
		"\n    - A\n    - B", "\n    -A\n    -B", "\n    • A\n    • B", "\n    1. A\n    2. B", "\n    A\n    B", "\n    + A\n    + B", "\n    * A\n    * B", "\n    A,\n    B",
	}
	keys := []struct{ block, key, a, b string }{
		{"", "tags", "nông thôn mới", "dân vận"},
		{"", "author", "Lê Thị Mai", "Vũ Cương"},
		{"", "aliases", "/cu/a/", "/cu/b/"},
		{"agreement:\n  ", "parties", "UBND xã Lạc Khê", "Hội Nông dân xã"},
	}
	for _, k := range keys {
		for _, form := range forms {
			if k.key == "author" && form == "\n    A\n    B" {
				continue // the name of a body may be long, and YAML joins the lines of a text
			}
			value := strings.NewReplacer("A", k.a, "B", k.b).Replace(form)
			src := "---\ntitle: a\ndate: 11/3/2026\n" + k.block + k.key + ": " + value + "\n---\nChữ.\n"
			now, _ := FrontMatter("tin/a.md", []byte(src), "vi")
			a, problems := article.Parse("tin/a.md", now, time.UTC)
			if len(problems) > 0 {
				continue // the editor is asked
			}
			var got []string
			for _, texts := range [][]article.Text{a.Tags, a.Authors, a.Optional().Aliases} {
				for _, text := range texts {
					got = append(got, text.Value)
				}
			}
			if a.Agreement != nil {
				for _, text := range a.Agreement.Parties {
					got = append(got, text.Value)
				}
			}
			if !slices.Equal(got, []string{k.a, k.b}) {
				t.Errorf("%s: %q is mended to\n%s\nwhich gives %q", k.key, value, now, got)
			}
		}
	}
}
