package article

import (
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"bantin/internal/diag"
)

var update = flag.Bool("update", false, "write what Parse says into testdata/faults.txtar")

var hanoi = time.FixedZone("+07", 7*3600)

// printed returns what an editor reads about the problems of src.
func printed(t *testing.T, src string, problems diag.List) string {
	t.Helper()
	lines := strings.Split(src, "\n")
	printer := diag.Printer{Lang: "vi", Line: func(_ string, line int) (string, bool) {
		if line < 1 || line > len(lines) {
			return "", false
		}
		return strings.TrimSuffix(lines[line-1], "\r"), true
	}}
	var out strings.Builder
	if err := printer.Text(&out, problems); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestEachMistakeIsToldOnceAndInFull(t *testing.T) {
	const file = "testdata/faults.txtar"
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(archive.Files); i += 2 {
		source, want := archive.Files[i], &archive.Files[i+1]
		name, path, _ := strings.Cut(source.Name, "/")
		t.Run(name, func(t *testing.T) {
			if want.Name != name+"/want.txt" {
				t.Fatalf("%s is followed by %s", source.Name, want.Name)
			}
			_, problems := Parse(path, source.Data, hanoi)
			got := printed(t, string(source.Data), problems)
			if *update {
				want.Data = []byte(got)
			}
			if diff := cmp.Diff(string(want.Data), got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if len(problems) != 1 {
				t.Errorf("%d problems, want 1", len(problems))
			}
		})
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(archive), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}
