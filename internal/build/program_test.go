package build

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"bantin/internal/digest"
	"bantin/internal/testsize"
)

// The cache is of the very program that wrote it, whether the linker noted an id
// or not.
func TestAProgramIsKnownByItsBytes(t *testing.T) {
	testsize.SkipLong(t, "four programs are linked")
	dir := t.TempDir()
	digestOf := func(word string, flags ...string) (digest.Digest, []byte) {
		t.Helper()
		source, program := filepath.Join(dir, "main.go"), filepath.Join(dir, "program")
		if err := os.WriteFile(source, []byte("package main\n\nfunc main() { println(\""+word+"\") }\n"), 0o666); err != nil {
			t.Fatal(err)
		}
		command := exec.Command("go", append(append([]string{"build", "-o", program}, flags...), source)...)
		command.Dir = dir
		if out, err := command.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		file, err := os.ReadFile(program)
		if err != nil {
			t.Fatal(err)
		}
		d, err := digestExecutable(bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		return d, file
	}
	const none = "-ldflags=-buildid="
	one, file := digestOf("one")
	if one == digest.Of(file) {
		t.Error("all of the program is read, though the go command noted an id in it")
	}
	unnamed, file := digestOf("one", none)
	if unnamed != digest.Of(file) {
		t.Error("a program without an id is not known by all of its bytes")
	}
	other, _ := digestOf("two")
	named, file := digestOf("two", "-ldflags=-buildid=release/1")
	if named != digest.Of(file) {
		t.Error("an id that somebody chose is taken for one of the bytes")
	}
	seen := map[digest.Digest]bool{one: true, unnamed: true, other: true, named: true}
	if len(seen) != 4 {
		t.Error("two programs have one digest")
	}
}

func TestAnIDIsFoundWhereTheGoCommandNotesIt(t *testing.T) {
	part := strings.Repeat("a", 20)
	id := strings.Join([]string{part, part, part, part}, "/")
	note := func(size byte, text string) string {
		return "\x04\x00\x00\x00" + string([]byte{size, 0, 0, 0}) + "\x04\x00\x00\x00Go\x00\x00" + text
	}
	for head, want := range map[string]string{
		"":                           "",
		"\x7fELF" + note(83, id):     id,
		note(83, id[:40]):            "", // cut off
		"\x04\x00\x00\x00Go\x00\x00": "",
		"MZ\xff Go build ID: \"" + id + "\"\n \xff": id,
	} {
		if got := buildID([]byte(head)); got != want {
			t.Errorf("%q: %q, want %q", head, got, want)
		}
	}
	for id, want := range map[string]bool{id: true, "": false, "redacted": false, id + "/" + part: false, part + "/" + part + "/" + part + "/": false} {
		if namesContents(id) != want {
			t.Errorf("%q: %t", id, !want)
		}
	}
}
