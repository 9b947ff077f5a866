package importer

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestAFileIsFoundHoweverItsLettersAreComposed(t *testing.T) {
	for _, disk := range []norm.Form{norm.NFC, norm.NFD} {
		dir := t.TempDir()
		if err := os.Mkdir(filepath.Join(dir, disk.String("tin tức")), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, disk.String("tin tức/ảnh.png")), []byte("x"), 0o666); err != nil {
			t.Fatal(err)
		}
		in, err := FindInputs([]string{dir}, func(string) bool { return true })
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		for _, ref := range []string{"ảnh.png", norm.NFD.String("ảnh.png"), "%E1%BA%A3nh.png", "/tin%20t%E1%BB%A9c/a%CC%89nh.png"} {
			origin, ok := in.Find(&Item{Dir: "tin tức"}, ref)
			if !ok || in.ID(origin) != in.List[0].ID {
				t.Errorf("%q: %q, %v; the file is %q", ref, origin, ok, in.List[0].ID)
				continue
			}
			f, _, err := in.Open(origin)
			if err != nil {
				t.Error(err)
				continue
			}
			if data, _ := io.ReadAll(f); string(data) != "x" {
				t.Errorf("%q is %q", ref, data)
			}
			f.Close()
		}
	}
}
