package article

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"bantin/internal/diag"
	"bantin/internal/vietnamese"
)

func FuzzParse(f *testing.F) {
	archive, err := txtar.ParseFile(filepath.Join("testdata", "faults.txtar"))
	if err != nil {
		f.Fatal(err)
	}
	for i := 0; i < len(archive.Files); i += 2 {
		_, path, _ := strings.Cut(archive.Files[i].Name, "/")
		f.Add(path, archive.Files[i].Data)
	}
	f.Add("tin-tuc/ky-ket.md", []byte(full))
	f.Add("tin-tuc/ky-ket.md", []byte(bom+strings.ReplaceAll(full, "\n", "\r\n")))
	f.Fuzz(func(t *testing.T, path string, src []byte) {
		a, problems := Parse(path, src, hanoi)
		lines := strings.Split(strings.TrimPrefix(string(src), bom), "\n")
		for _, p := range problems {
			if !inside(p.Pos, lines) || p.Pos.File != "content/"+path {
				t.Errorf("%s is not in the file: %s", p.ID, printed(t, string(src), diag.List{p}))
			}
			if text := p.Message("vi") + p.Hint("vi"); strings.Contains(text, "{0}") && !strings.Contains(string(src), "{0}") {
				t.Errorf("%s: an argument is missing: %s", p.ID, text)
			}
		}
		if problems.HasErrors() {
			return
		}
		if a.Title.Value == "" {
			t.Error("no title")
		}
		if a.Kind == News && a.Date.IsZero() {
			t.Error("no date")
		}
		if s := a.Slug.Value; s != vietnamese.Slug(s) || s == "" && nameOf(path) != "" {
			t.Errorf("slug %q", s)
		}
		if a.BodyStart <= 0 || int(a.BodyStart) > len(src) || int(a.BodyLine) > len(lines)+1 {
			t.Errorf("text at offset %d, line %d", a.BodyStart, a.BodyLine)
		}
		for _, alias := range a.Optional().Aliases {
			if fault, _ := mendAlias(alias.Value); fault != "" {
				t.Errorf("alias %q: %s", alias.Value, fault)
			}
		}
	})
}

// inside tells whether pos is a place of a file of these lines, or just behind
// the end of one; or the whole file.
func inside(pos diag.Pos, lines []string) bool {
	if pos.Line == 0 {
		return pos.Col == 0
	}
	return pos.Line <= len(lines) && 1 <= pos.Col && pos.Col <= utf8.RuneCountInString(lines[pos.Line-1])+1
}

func FuzzAUsualBlockIsWhatTheLibraryFinds(f *testing.F) {
	for _, src := range []string{
		header + body, "---\n---\n", "---\n---", "---\r\na: b\r\n---\r\nc", "--- \t\na: b\n---\u00a0\nc", "---\na: b\n ---\n---\n", "---yaml\na: b\n---\n",
		"---\na: b\n----\n---\n", "---\na: b\n", "---", "\n---\na: b\n---\n", "+++\na = 1\n+++\n", "---\na: |\n ---x\n---\n---\n",
		"---\n" + strings.Repeat("a", maxBlock-1) + "\n---\n", "---\n" + strings.Repeat("a", maxBlock) + "\n---\n",
	} {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		fence, line := firstLine(src)
		head := throughClosing(src, fence)
		got, ok := usualBlock(head)
		if !ok {
			return
		}
		want, p := anyBlock(diag.Pos{File: "a.md", Line: line, Col: 1}, head, string(fence))
		if p != nil {
			t.Fatalf("%q: the library refuses it: %s", src, p.ID)
		}
		if !bytes.Equal(got.yaml, want.yaml) || got.line != want.line || got.bodyStart != want.bodyStart {
			t.Fatalf("%q: found %+v, the library finds %+v", src, got, want)
		}
	})
}

func TestAUsualBlockIsReadWithoutTheLibrary(t *testing.T) {
	for _, src := range []string{header + body, "---\r\na: b\r\n---\r\nc"} {
		if _, ok := usualBlock(throughClosing([]byte(src), []byte("---"))); !ok {
			t.Errorf("%q is left to the library", src)
		}
	}
}
