package article

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/strictyaml"
)

// soundFront is front matter with a line of each form, and nothing wrong with it.
const soundFront = `title: "Đông Hòa: họp dân"
date: 11/3/2026
aliases: [/cu/a/, /cu/b/]
image: {file: /a.jpg, alt: Bà con}
gallery:
  - {file: /a.jpg, alt: Một}
  - file: /b.jpg
    alt: Hai
event:
  start: 14:00 20/3/2026
  location: Hội trường
agreement:
  number: 15/CTPH
  parties: [UBND xã A, UBND xã B]
  commitments: 30
slug: hop-dan`

// TestAnOldAddressIsReadBackHoweverOddItIs: what looks like several stands in quotes.
func TestAnOldAddressIsReadBackHoweverOddItIs(t *testing.T) {
	for _, alias := range []string{"/a;/b", "/a |/b", "/tin tuc /b", "/a;", "/a,", "/a;jsessionid=1", "/a/ /b/", "/a（b）"} {
		src := "---\ntitle: a\ndate: 11/3/2026\naliases: " + strictyaml.FlowList(alias) + "\n---\n"
		a, problems := Parse("tin/a.md", []byte(src), time.UTC)
		if len(problems) > 0 || len(a.Optional().Aliases) != 1 || a.Optional().Aliases[0].Value != alias {
			t.Errorf("%s: %v, %v", src, a.Optional().Aliases, problems)
		}
	}
}

// TestASlipInSoundFrontMatterIsToldOnceAndItsHintMendsIt makes one slip after another.
// Each is told of once, in its line; a hint that is a line, pasted, leaves nothing to
// tell.
func TestASlipInSoundFrontMatterIsToldOnceAndItsHintMendsIt(t *testing.T) {
	parse := func(front string) string {
		_, problems := Parse("tin/a.md", []byte("---\n"+front+"\n---\nChữ.\n"), time.UTC)
		var b strings.Builder
		for _, p := range problems {
			b.WriteString(p.ID + "\n")
		}
		return b.String()
	}
	if told := parse(soundFront); told != "" {
		t.Fatalf("the sound front matter has problems: %s", told)
	}
	const title, event, agreement = `title: "Đông Hòa: họp dân"`, "event:\n  start: 14:00 20/3/2026\n  location: Hội trường\n", "agreement:\n  number: 15/CTPH\n  parties: [UBND xã A, UBND xã B]\n  commitments: 30\n"
	for _, s := range []struct{ id, right, typed string }{
		{"yaml-space/colon", title, `title："Đông Hòa: họp dân"`},
		{"yaml-space/colon", title, `title： "Đông Hòa: họp dân"`},
		{"yaml-space/colon", title, `title = "Đông Hòa: họp dân"`},
		{"yaml-space/colon", title, `title; "Đông Hòa: họp dân"`},
		{"yaml-space/colon", title, `title - "Đông Hòa: họp dân"`},
		{"yaml-space/colon", title, `title "Đông Hòa: họp dân"`},
		{"yaml-space/colon", title, `title=Đông Hòa: họp dân`},
		{"yaml-space", title, `title:"Đông Hòa: họp dân"`},
		{"bad-alias/several", "[/cu/a/, /cu/b/]", "[/cu/a/; /cu/b/]"},
		{"bad-alias/several", "[/cu/a/, /cu/b/]", "[/cu/a/ /cu/b/]"},
		{"bad-alias/several", "[/cu/a/, /cu/b/]", "[/cu/a/ | /cu/b/]"},
		{"bad-alias/several", "[/cu/a/, /cu/b/]", "[/cu/a/ / /cu/b/]"},
		{"bad-alias/several", "[/cu/a/, /cu/b/]", "[/cu/a/，/cu/b/]"},
		{"bad-url/end", "[/cu/a/, /cu/b/]", "\n  - /cu/a/,\n  - /cu/b/"},
		{"unknown-key/near", "{file: /a.jpg, alt: Bà con}", "{file: /a.jpg, mô tả: Bà con}"},
		{"unknown-key/near", "    alt: Hai", "    mô tả: Hai"},
		{"unknown-key/near", "    alt: Hai", "    description: Hai"},
		{"unknown-key/near", "{file: /a.jpg, alt: Một}", "{src: /a.jpg, alt: Một}"},
		{"yaml-line/item", "  - file: /b.jpg", "  1. file: /b.jpg"},
		{"yaml-line/item", "  - file: /b.jpg", "  2) file: /b.jpg"},
		{"key-of-agreement/head", "agreement:", "  agreement:"},
		{"key-of-agreement/within", "agreement:\n  n", "# agreement:\n  n"},
		{"key-of-event/head", event + agreement, agreement + "  " + event},
		{"key-of-event/within", event + agreement, agreement + strings.TrimPrefix(event, "event:\n")},
		{"key-of-event/several", event, strings.ReplaceAll(event, "  ", "")},
		{"key-of-agreement/several", agreement, strings.ReplaceAll(agreement, "  ", "")},
	} {
		if strings.Count(soundFront, s.right) != 1 {
			t.Fatalf("%q stands %d times in the sound front matter", s.right, strings.Count(soundFront, s.right))
		}
		src := "---\n" + strings.Replace(soundFront, s.right, s.typed, 1) + "\n---\nChữ.\n"
		_, found := Parse("tin/a.md", []byte(src), time.UTC)
		if len(found) != 1 || !strings.HasPrefix(found[0].ID, s.id) {
			t.Errorf("%q: want one %s, got:\n%s", s.typed, s.id, problems(found))
			continue
		}
		p := found[0]
		first := 1 + strings.Count(src[:strings.Index(src, s.typed)], "\n")
		if p.Pos.Line < first || p.Pos.Line > first+strings.Count(s.typed, "\n") {
			t.Errorf("%q is told of in line %d, but begins in line %d", s.typed, p.Pos.Line, first)
		}
		hint := p.Hint("vi")
		switch lines := strings.Split(soundFront, "\n"); {
		case strings.HasPrefix(p.ID, "yaml-") && !strings.Contains("\n"+strings.Join(lines, "\n")+"\n", "\n"+hint+"\n") && s.typed != "title=Đông Hòa: họp dân":
			t.Errorf("%q: the hint %q is no line of the sound front matter", s.typed, hint)
		case p.ID == "bad-alias/several" && hint != "viết: /cu/a/, /cu/b/",
			p.ID == "unknown-key/near" && !strings.Contains(s.right, hint):
			t.Errorf("%q: the hint is %q", s.typed, hint)
		}
	}
}

// TestASlipInAListOrWithAFileIsToldOnceAndItsHintMendsIt pastes hint after hint in the
// place of their lines: what is read then is what was meant.
func TestASlipInAListOrWithAFileIsToldOnceAndItsHintMendsIt(t *testing.T) {
	for _, s := range []struct {
		id, typed, meant string
		lines            int // that are wrong, 1 where it says nothing
	}{
		{id: "yaml-start/link", typed: "image: ![Bà con](a.jpg)", meant: "image: {file: a.jpg, alt: Bà con}"},
		{id: "yaml-start/link", typed: "image: [Bà con](a.jpg)", meant: "image: {file: a.jpg, alt: Bà con}"},
		{id: "yaml-start/link", typed: `image: ![Bà con](a.jpg "Ở đình")`, meant: "image: {file: a.jpg, alt: Bà con, caption: Ở đình}"},
		{id: "yaml-start/link", typed: "gallery:\n  - ![Một, hai](a.jpg)\n  - {file: b.jpg, alt: Ba}", meant: `gallery: [{file: a.jpg, alt: "Một, hai"}, {file: b.jpg, alt: Ba}]`},
		{id: "yaml-start/link", typed: "attachments:\n  - [Kế hoạch](a.pdf)", meant: "attachments: [{file: a.pdf, title: Kế hoạch}]"},
		{id: "yaml-start/link", typed: "image:\n  file: ![x](a.jpg)\n  alt: Bà con", meant: "image: {file: a.jpg, alt: Bà con}"},
		{id: "yaml-colon/map", typed: "image: a.jpg, alt: Bà con", meant: "image: {file: a.jpg, alt: Bà con}"},
		{id: "yaml-colon/map", typed: "image: a.jpg; alt: Bà con, caption: Ở đình", meant: "image: {file: a.jpg, alt: Bà con, caption: Ở đình}"},
		{id: "yaml-colon/map", typed: "image: Ơfile: a.jpg, alt: Bà conƯ", meant: "image: {file: a.jpg, alt: Bà con}"},
		{id: "yaml-colon/map", typed: "image: (file: a.jpg, alt: Bà con)", meant: "image: {file: a.jpg, alt: Bà con}"},
		{id: "image-alt/words", typed: "image: a.jpg, Bà con", meant: "image: {file: a.jpg, alt: Bà con}"},
		{id: "image-alt/words", typed: "image: a.jpg (Bà con)", meant: "image: {file: a.jpg, alt: Bà con}"},
		{id: "image-alt/words", typed: `image: a.jpg "Bà con"`, meant: "image: {file: a.jpg, alt: Bà con}"},
		{id: "image-alt/words", typed: "image: a.jpg - Bà con", meant: "image: {file: a.jpg, alt: Bà con}"},
		{id: "image-alt/words", typed: `image: <img src="a.jpg" alt="Bà con">`, meant: "image: {file: a.jpg, alt: Bà con}"},
		{id: "image-alt/words", typed: "image: [a.jpg, Bà con]", meant: "image: {file: a.jpg, alt: Bà con}"},
		{id: "image-alt/words", typed: "image: {a.jpg, Bà con}", meant: "image: {file: a.jpg, alt: Bà con}"},
		{id: "image-alt/words", typed: "gallery:\n  - a.jpg, Một\n  - {file: b.jpg, alt: Hai}", meant: "gallery: [{file: a.jpg, alt: Một}, {file: b.jpg, alt: Hai}]"},
		{id: "unknown-key/file", typed: "attachments:\n  - a.pdf: Kế hoạch", meant: "attachments: [{file: a.pdf, title: Kế hoạch}]"},
		{id: "yaml-comma/twice", typed: "tags: [một,, hai, ]", meant: "tags: [một, hai]"},
		{id: "yaml-comma/twice", typed: "tags: [, một, , hai]", meant: "tags: [một, hai]"},
		{id: "yaml-indent", typed: "lead: |\nMột câu.\nHai câu.\nslug: x", meant: "lead: |\n  Một câu.\n  Hai câu.\nslug: x", lines: 2},
		{id: "agreement-parties/near", typed: "agreement:\n  parties: UBND xã A - UBND xã B", meant: "agreement: {parties: [UBND xã A, UBND xã B]}"},
		{id: "wrong-type/list-line", typed: "tags: ơbầu cử, văn hóaư", meant: "tags: [bầu cử, văn hóa]"},
		{id: "wrong-type/list-line", typed: "tags: ơn nghĩa, thông tư", meant: "tags: [ơn nghĩa, thông tư]"},
		{id: "yaml-line/item", typed: "tags:\n  - một\n  hai\n  - ba", meant: "tags: [một, hai, ba]"},
		{id: "yaml-line/item", typed: "tags:\n- một\nhai\n- ba\nslug: x", meant: "tags: [một, hai, ba]\nslug: x"},
		{id: "yaml-line/item", typed: "tags:\n  - một\n  hai", meant: "tags: [một, hai]"},
		{id: "yaml-line/item", typed: "author:\nAn\nBình\nslug: x", meant: "author: [An, Bình]\nslug: x", lines: 2},
		{id: "yaml-line/item", typed: "gallery:\n  - {file: a.jpg, alt: Một}\n  {file: b.jpg, alt: Hai}\n  - {file: c.jpg, alt: Ba}", meant: "gallery: [{file: a.jpg, alt: Một}, {file: b.jpg, alt: Hai}, {file: c.jpg, alt: Ba}]"},
		{id: "yaml-line/item", typed: "gallery:\n  - file: a.jpg\n    alt: Một\n  file: b.jpg\n    alt: Hai\n  - file: c.jpg\n    alt: Ba", meant: "gallery: [{file: a.jpg, alt: Một}, {file: b.jpg, alt: Hai}, {file: c.jpg, alt: Ba}]"},
		{id: "yaml-line/item", typed: "gallery:\n  - file: a.jpg\n    alt: Một\n    file: b.jpg\n    alt: Hai\n  - file: c.jpg\n    alt: Ba", meant: "gallery: [{file: a.jpg, alt: Một}, {file: b.jpg, alt: Hai}, {file: c.jpg, alt: Ba}]"},
		{id: "yaml-line/head", typed: "tags:\n  - một\n# gallery:\n  - {file: a.jpg, alt: Một}\n  - file: b.jpg\n    alt: Hai", meant: "tags: [một]\ngallery: [{file: a.jpg, alt: Một}, {file: b.jpg, alt: Hai}]"},
		{id: "yaml-line/head", typed: "tags:\n  - một\n#attachments:\n  - a.pdf\n  - b.pdf", meant: "tags: [một]\nattachments: [a.pdf, b.pdf]"},
		{id: "yaml-line/head", typed: "tags: [một, hai]\n# attachments:\n- a.pdf", meant: "tags: [một, hai]\nattachments: [a.pdf]"},
		{id: "yaml-line/dash", typed: "tags: [một]\n- slug: x\norganization: UBND", meant: "tags: [một]\nslug: x\norganization: UBND"},
		{id: "yaml-line/dash", typed: "lead: |\n  Một\n- slug: x", meant: "lead: |\n  Một\nslug: x"},
		{id: "yaml-indent", typed: "lead:\nMột câu.\nslug: x", meant: "lead: Một câu.\nslug: x"},
		{id: "several-names", typed: "author:\n  Nguyễn An\n  Trần Bình"},
		{id: "yaml-quote", typed: "lead: \"Một câu\ndate: 11/3/2026\nauthor: An\""},
	} {
		front := "title: a\ndate: 11/3/2026\n" + s.typed
		if s.id == "yaml-quote" { // which takes the date in
			front = "title: a\n" + s.typed
		}
		lines := strings.Split("---\n"+front+"\n---\nChữ.\n", "\n")
		for left := max(1, s.lines); left >= 0; left-- {
			_, found := Parse("tin/a.md", []byte(strings.Join(lines, "\n")), time.UTC)
			if len(found) != left || left > 0 && !strings.HasPrefix(found[0].ID, s.id) {
				t.Errorf("%q: want %s %d times, got:\n%s", lines, s.id, left, problems(found))
				break
			}
			if left == 0 || s.meant == "" {
				break
			}
			p := found[0]
			old, hint := lines[p.Pos.Line-1], p.Hint("vi")
			if !strings.HasPrefix(p.ID, "yaml-line") && p.ID != "yaml-indent" {
				hint = old[:len(old)-len(strings.TrimLeft(old, " "))] + hint
			}
			lines[p.Pos.Line-1] = hint
		}
		if s.meant == "" {
			continue
		}
		got, _ := strictyaml.Parse([]byte(strings.Join(lines[1:len(lines)-3], "\n")), "", 1)
		want, wrong := strictyaml.Parse([]byte("title: a\ndate: 11/3/2026\n"+s.meant), "", 1)
		if got == nil || want == nil {
			t.Fatalf("%q, %q: %v", lines, s.meant, wrong)
		}
		if diff := cmp.Diff(want.Any(), got.Any()); diff != "" {
			t.Errorf("%q: the hints make something else (-want +got):\n%s", s.typed, diff)
		}
	}
}

// TestASoundListIsNone: what looks like such a slip and is none.
func TestASoundListIsNone(t *testing.T) {
	for _, front := range []string{
		"tags:\n  # note:\n  - a\n  # - b\n  - c\n# lead: x\naliases: [/a/]", "tags:\n# gallery:\n- a", "tags:\n  - a\n# gallery:\n#  - {file: a.jpg, alt: b}\nslug: x",
		"lead: |\n  # tags:\n  - x", "tags: [a]\n# gallery:\nslug: x", "author:\n  Ban Tuyên giáo\n  Huyện ủy", "lead: Một câu\n  dài hai dòng", "lead: Xem [a](b.pdf) và ![c](d.jpg)",
		"tags:\n  - ơn Đảng\n  - thông tư", "organization: Ơn nghĩa tình thư",
	} {
		if _, found := Parse("tin/a.md", []byte("---\ntitle: a\ndate: 11/3/2026\n"+front+"\n---\nChữ.\n"), time.UTC); len(found) > 0 {
			t.Errorf("%q: got\n%s", front, problems(found))
		}
	}
}

// TestSlipsKnowEveryListAndEveryFile: strictyaml finds what was meant with a line before
// any table is asked, and so has names of keys of its own. An item that is no text is
// told as that: what is said of the whole value would lose the other items.
func TestSlipsKnowEveryListAndEveryFile(t *testing.T) {
	hint := func(front, id string) string {
		_, found := Parse("tin/a.md", []byte("---\ntitle: a\ndate: 11/3/2026\n"+front+"\n---\nChữ.\n"), time.UTC)
		for _, p := range found {
			if strings.HasPrefix(p.ID, id) {
				return p.Hint("vi")
			}
		}
		t.Errorf("%q: want %s, got:\n%s", front, id, problems(found))
		return ""
	}
	lists, files := 0, 0
	for above, keys := range map[string][]strictyaml.Key{"": newsKeys.Keys(), "agreement:\n": agreementKeys.Keys(), "event:\n": eventKeys.Keys()} {
		indent := strings.Repeat(" ", 2*len(strings.Split(above, "\n"))-2)
		for _, k := range keys {
			if k.Type == strictyaml.TypeList || k.Type == strictyaml.TypeTexts || k.Name == "commitments" {
				lists++
				for _, name := range append(k.Also, k.Name) {
					hint(above+indent+name+":\n"+indent+"Một câu", "yaml-line/item")
					if len(k.Keys) == 0 { // a text with a colon in it
						hint(above+indent+name+":\n"+indent+"  - Một: câu\n"+indent+"  - Hai", "wrong-type/item")
						hint(above+indent+name+": [Một: câu, Hai]", "wrong-type/item")
					}
				}
			}
			words := slices.IndexFunc(k.Keys, func(k strictyaml.Key) bool { return k.Name == "alt" || k.Name == "title" })
			if len(k.Keys) == 0 || k.Keys[0].Name != "file" || words < 0 {
				continue
			}
			files++
			typed := k.Name + ": ![Một](a.jpg)"
			if k.Type == strictyaml.TypeList {
				typed = k.Name + ":\n  - ![Một](a.jpg)"
			}
			if got, want := hint(typed, "yaml-start/link"), "{file: a.jpg, "+k.Keys[words].Name+": Một}"; !strings.Contains(got, want) {
				t.Errorf("%s: the hint is %s, want %s", typed, got, want)
			}
		}
	}
	if lists < 6 || files != 3 {
		t.Errorf("%d lists, %d keys of files with words", lists, files)
	}
}
