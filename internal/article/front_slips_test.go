package article

import (
	"strings"
	"testing"
	"time"

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
