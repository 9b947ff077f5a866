package foldfs

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// TestTwoSpellingsOfANameAreOneFile holds that each system is what its name says.
func TestTwoSpellingsOfANameAreOneFile(t *testing.T) {
	for _, system := range Systems {
		t.Run(system.Name, func(t *testing.T) {
			dir := Mount(t, system)
			at := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
			write := func(name, text string) {
				t.Helper()
				if err := os.WriteFile(at(name), []byte(text), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			read := func(name string) string {
				data, _ := os.ReadFile(at(name))
				return string(data)
			}
			entries := func(want ...string) {
				t.Helper()
				list, err := os.ReadDir(dir)
				if err != nil {
					t.Fatal(err)
				}
				var got []string
				for _, e := range list {
					got = append(got, norm.NFC.String(e.Name()))
				}
				if len(got) != len(want) || got[0] != want[0] {
					t.Errorf("the folder has %q, want %q", got, want)
				}
			}
			write("Bài.md", "một")
			if got := read("bÀI.MD"); got != "một" {
				t.Errorf("in capitals: %q", got)
			}
			if got := read(norm.NFD.String("bài.md")); (got == "một") != system.Composes {
				t.Errorf("with its accents apart: %q", got)
			}
			write("BÀI.md", "hai")
			entries("Bài.md")
			write("moi.md", "ba")
			if err := os.Rename(at("moi.md"), at("bài.md")); err != nil {
				t.Fatal(err)
			}
			if system.Keeps {
				entries("Bài.md")
			} else {
				entries("bài.md")
			}
			if err := os.Rename(at("bài.md"), at("BÀI.md")); err != nil {
				t.Fatal(err)
			}
			entries("BÀI.md")
			if got := read("Bài.md"); got != "ba" {
				t.Errorf("after a change of case: %q", got)
			}
			one, err1 := os.Lstat(at("BÀI.md"))
			other, err2 := os.Lstat(at("bài.md"))
			if err1 != nil || err2 != nil || os.SameFile(one, other) == system.Numbers {
				t.Errorf("the numbers of both: %v %v", err1, err2)
			}
			if err := os.Mkdir(at("Anh"), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.Mkdir(at("anh"), 0o777); !os.IsExist(err) {
				t.Errorf("a folder of the same name: %v", err)
			}
			write("ANH/a.txt", "tư")
			// os.Rename renames no folder to where it sees another
			if err := os.Rename(at("Anh"), at("anh")); (err != nil) != system.Numbers {
				t.Fatal(err)
			}
			if got := read("anh/A.txt"); got != "tư" {
				t.Errorf("in a folder whose case changed: %q", got)
			}
			if err := os.Remove(at("bài.MD")); err != nil {
				t.Fatal(err)
			}
			if system.Numbers {
				entries("Anh")
			} else {
				entries("anh")
			}
		})
	}
}
