package article

import (
	"strings"
	"testing"
	"time"
)

func TestADayWithoutItsKeyIsToldOnceWithTheLineToWrite(t *testing.T) {
	for _, typed := range []string{
		"\n  - 16/3/2026: Sửa số", "\n  - {16/3/2026: Sửa số}", "\n  - 16/3/2026 Sửa số", "\n  - 16/3/2026, Sửa số", "\n  - 16/3/2026 – Sửa số", " 16/3/2026 Sửa số", ` "16/3/2026: Sửa số"`,
	} {
		src := "---\ntitle: Họp\ndate: 1/3/2026\ncorrections:" + typed + "\n---\n\nMột.\n"
		_, problems := Parse("tin-tuc/hop.md", []byte(src), time.UTC)
		if len(problems) != 1 || !strings.Contains(problems[0].Hint("vi"), "{date: 16/3/2026, text: Sửa số}") {
			t.Errorf("%q: the problems are %v", typed, problems)
			continue
		}
		mended := "---\ntitle: Họp\ndate: 1/3/2026\ncorrections: [{date: 16/3/2026, text: Sửa số}]\n---\n\nMột.\n"
		if a, left := Parse("tin-tuc/hop.md", []byte(mended), time.UTC); len(left) > 0 || a.Optional().Corrections[0].Text != "Sửa số" {
			t.Errorf("the line to write is read as %+v, with %v", a.Optional().Corrections, left)
		}
	}
}

func TestATextWithoutADayIsAskedForOne(t *testing.T) {
	src := "---\ntitle: Họp\ndate: 1/3/2026\ncorrections:\n  - Sửa số\n---\n\nMột.\n"
	_, problems := Parse("tin-tuc/hop.md", []byte(src), time.UTC)
	if len(problems) != 1 || !strings.Contains(problems[0].Hint("en"), "{date: 12/03/2020, text: Sửa số}") {
		t.Errorf("the problems are %v", problems)
	}
}
