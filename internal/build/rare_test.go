package build

import (
	"slices"
	"strings"
	"testing"

	"bantin/internal/diag"
)

func TestALanguageThatGoesTellsWhichFilesChange(t *testing.T) {
	files := bilingual(t)
	without := strings.Replace(strings.Replace(files["site.yaml"], english, "", 1), "{en: Commune People's Committee}", "{slug: xa}", 1)
	for name := range files {
		if strings.Contains(name, ".en.md") && !strings.Contains(name, "only") {
			delete(files, name)
		}
	}
	s := newSite(t, files)
	s.build()
	s.write("site.yaml", without)
	told := func(report *Report) bool {
		return slices.ContainsFunc(report.Problems, func(p diag.Problem) bool {
			return p.ID == "translation-name/not-now" && p.Pos.File == "content/tin-tuc/only.en.md"
		})
	}
	if !told(s.build()) {
		t.Error("the file that is no English article any more is not told of")
	}
	if told(s.build()) {
		t.Error("it is told of again")
	}
}

func TestTheHintOfADeadAnchorIsTheWholeLink(t *testing.T) {
	s := newSite(t, minimal(map[string]string{
		"content/tin-tuc/xa.md": "---\ntitle: Xa\ndate: 1/2/2026\n---\nXem [kết quả](bai-dau.md#Ket-Qua \"K\").\n",
	}))
	s.write("content/tin-tuc/bai-dau.md", s.files["content/tin-tuc/bai-dau.md"]+"\n## Kết quả\n\nTốt.\n")
	problems := s.build().Problems
	if len(problems) != 1 || problems[0].Hint("vi") != "[kết quả](bai-dau.md#ket-qua \"K\")" {
		t.Errorf("%+v", problems)
	}
}
