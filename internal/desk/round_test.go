package desk

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"

	"bantin/internal/corpus"
	"bantin/internal/strictyaml"
	"bantin/internal/testsize"
)

// oddArticle makes up an article as many hands would write it: with every key, in any
// order and any way of quoting, with comments, other line ends, a mark at its beginning.
func oddArticle(r *rand.Rand, body string) string {
	pick := func(options ...string) string { return options[r.IntN(len(options))] }
	quote := func(s string) string {
		switch r.IntN(3) {
		case 0:
			return `"` + strings.ReplaceAll(strings.ReplaceAll(s, `\`, `\\`), `"`, `\"`) + `"`
		case 1:
			return "'" + strings.ReplaceAll(s, "'", "''") + "'"
		}
		if strings.ContainsAny(s, `:#"'&*[]{}`) {
			return `"` + strings.ReplaceAll(s, `"`, `\"`) + `"`
		}
		return s
	}
	comment := func() string { return pick("", "", "", " # ghi chú", "   #của bạn Mai: chờ duyệt") }
	space := func() string { return pick(" ", " ", "  ", "   ") }
	line := func(key, value string) string { return key + ":" + space() + value + comment() + "\n" }
	title := pick("Họp dân thôn Đông", "Đức Thọ: ký kết", `Nói "có" với rừng`, "Quý I/2026", "100 % hộ dân", "- đầu dòng", "năm 2026 # 3")
	blocks := []string{
		line("title", quote(title)),
		line("date", pick("1/2/2026", "08:00 01/02/2026", "2026-02-01", `"2026-02-01T08:00"`, "'1-2-2026'")),
	}
	maybe := func(text string) {
		if r.IntN(2) == 0 {
			blocks = append(blocks, text)
		}
	}
	maybe(line("id", "x"+fmt.Sprint(r.IntN(1<<30))))
	maybe(line("lead", quote("Bà con góp công làm đường.")))
	maybe("description: >-\n  Gấp\n  dòng" + "\n")
	maybe(line("author", pick("Lê Mai", "[Lê Mai, 'Trần Ba']", `["A, B"]`)))
	maybe("tags:\n" + pick("", "  # giữa\n") + "  - " + quote("nông thôn mới") + "\n  - b" + comment() + "\n")
	maybe(line("organization", quote("UBND xã Khê Hòa")))
	maybe(line("draft", pick("true", "false")))
	maybe(line("pinned", pick("true", "1/3/2026")))
	maybe(line("updated", "2/2/2026"))
	maybe(line("expires", "31/12/2030"))
	maybe(line("slug", "s-"+fmt.Sprint(r.IntN(1<<30))))
	maybe(line("aliases", "[ /cu/,/cu/2.html ]"))
	maybe(line("search", "false"))
	maybe(line("image", pick("a.jpg", "{file: a.jpg, alt: 'x y' }")))
	maybe("gallery:\n  - file: a.jpg\n    alt: x" + comment() + "\n  - { file: b.jpg , alt: \"y: z\" }\n")
	maybe("attachments: [ 'to trinh.pdf', {file: b.pdf, title: \"B\"} ]\n")
	maybe("corrections:\n- date: 2/2/2026\n  text: |\n    hai\n    dòng\n")
	maybe("event:\n   start: 8:00 1/2/2026\n   location: " + quote("Nhà văn hóa") + comment() + "\n   status: postponed\n")
	maybe("agreement:\n  parties: [A, B]\n  signed: 1/2/2026\n  commitments:\n    - một\n    - hai\n")
	maybe("extra: {mau: {a: 1, b: [x, 'y']}}\n")
	maybe("la_lam: giữ nguyên" + comment() + "\n")
	rest := blocks[2:]
	r.Shuffle(len(rest), func(i, k int) { rest[i], rest[k] = rest[k], rest[i] })
	front := "---" + pick("", "", " ") + "\n" + pick("", "# đầu tệp\n", "\n") + strings.Join(blocks, pick("", "", "\n")) + "---\n"
	text := front + pick("", "\n", "\n\n") + body + pick("", "\n", "\n\n")
	if r.IntN(4) == 0 {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	return pick("", "", "", "\ufeff") + text
}

func TestAThousandArticlesOpenedAndSavedKeepTheirBytes(t *testing.T) {
	d := newDesk(t, nil)
	r := rand.New(rand.NewPCG(19, 1))
	source := corpus.New(1, corpus.PaceFor(1000))
	unread := 0
	for i := range testsize.Size(60, testsize.Rounds(200, 1000)) {
		name := fmt.Sprintf("tin-tuc/%04d.md", i)
		made := string(source.Article(i).Data)
		if i%2 == 0 {
			_, body, _ := strings.Cut(made[4:], "\n---\n")
			made = oddArticle(r, body)
		}
		d.write("content/"+name, made)
		w := d.ask("GET", "/api/article?path="+url.QueryEscape(name), nil, nil)
		var a struct {
			Digest string
			Opened struct {
				Values map[string]any
				Text   string
			}
		}
		if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		e := &edited{Path: name, Digest: a.Digest, Text: a.Opened.Text, Raw: a.Opened.Values == nil}
		if e.Raw {
			unread++
		}
		now, was, err := d.desk.composed(e)
		if err != nil || string(now) != made || string(was) != made {
			t.Fatalf("%s: %v: it became\n%s\nof\n%s", name, err, now, made)
		}
		if e.Raw {
			continue
		}
		e.Changes = []change{{Path: []string{"title"}, Value: value{strictyaml.Text(fmt.Sprintf("Tiêu đề mới: số %d", i))}}}
		if now, _, err = d.desk.composed(e); err != nil {
			t.Fatalf("%s: %v of\n%s", name, err, made)
		}
		if old, new := strings.SplitAfter(made, "\n"), strings.SplitAfter(string(now), "\n"); !oneLine(old, new) {
			t.Fatalf("%s: more than a line changed: it became\n%s\nof\n%s", name, now, made)
		}
		e.Changes = nil
		e.Text = strings.Replace(e.Text, ".", " thêm.", 1)
		if now, _, err = d.desk.composed(e); err != nil || !oneLine(strings.SplitAfter(made, "\n"), strings.SplitAfter(string(now), "\n")) {
			t.Fatalf("%s: %v: more than a line changed: it became\n%s\nof\n%s", name, err, now, made)
		}
	}
	if unread > 50 {
		t.Errorf("%d articles can't be read", unread)
	}
}

// oneLine tells whether two lists of lines differ in one.
func oneLine(old, new []string) bool {
	n := 0
	for i := range min(len(old), len(new)) {
		if old[i] != new[i] {
			n++
		}
	}
	return len(old) == len(new) && n == 1
}
