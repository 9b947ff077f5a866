package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bantin/internal/testsize"
)

const root = "../../.."

func TestTheLicencesAreThoseOfTheModules(t *testing.T) {
	want, err := gather(root)
	testsize.Need(t, err) // the modules of all systems
	got, err := os.ReadFile(filepath.Join(root, made))
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is not what the modules say: go run ./internal/tools/licenses", made)
	}
	for _, part := range []string{"\ngithub.com/yuin/goldmark v", "\nGo's standard library\n", "\nBe Vietnam Pro (", "\ngithub.com/inconshreveable/mousetrap v"} {
		if !strings.Contains(want, part) {
			t.Errorf("the licences lack %q", part)
		}
	}
}

func TestAModuleWithoutALicenceIsRefused(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "license.go"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if files, err := licenceFiles(dir); err == nil {
		t.Errorf("found %q", files)
	}
}
