package main

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"bantin/internal/language"
	"bantin/internal/messages"
)

// shells gives the file of each shell's completions, where packages for Linux
// put those of the first three.
var shells = []struct{ name, file string }{
	{"bash", "completions/bantin.bash"},
	{"zsh", "completions/_bantin"},
	{"fish", "completions/bantin.fish"},
	{"powershell", "completions/bantin.ps1"},
}

// guides returns what is written for people, with the pictures in it.
func guides(repository fs.FS) ([]file, error) {
	var files []file
	for _, pattern := range []string{"LICENSE", "README.md", "CHANGELOG.md", "SECURITY.md", "docs/*.md", "docs/images/*.png"} {
		names, err := fs.Glob(repository, pattern)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			data, err := fs.ReadFile(repository, name)
			if err != nil {
				return nil, err
			}
			files = append(files, file{name, data, 0o644})
		}
	}
	return files, nil
}

var seeAlso = regexp.MustCompile(`(?m)^\.BR (bantin[\\a-z-]+) \(1\)`)

// documentation returns the manual pages, in English and the other languages of
// messages, and the completions: what ask, the program itself, prints of them.
func documentation(ask func(args ...string) (string, error)) ([]file, error) {
	var files []file
	languages := slices.DeleteFunc(messages.Codes(), func(code string) bool { return code == language.English })
	for _, code := range append([]string{language.English}, languages...) {
		folder := "man/man1/"
		if code != language.English {
			folder = "man/" + code + "/man1/"
		}
		var page func(name string) error
		page = func(name string) error {
			words := strings.Split(name, "-")[1:]
			text, err := ask(append([]string{"man", "--lang", code}, words...)...)
			if err != nil {
				return err
			}
			files = append(files, file{folder + name + ".1", []byte(text), 0o644})
			for _, found := range seeAlso.FindAllStringSubmatch(text, -1) {
				if below := strings.ReplaceAll(found[1], `\`, ""); strings.HasPrefix(below, name+"-") {
					if err := page(below); err != nil {
						return err
					}
				}
			}
			return nil
		}
		if err := page("bantin"); err != nil {
			return nil, err
		}
	}
	for _, shell := range shells {
		text, err := ask("completion", shell.name)
		if err != nil {
			return nil, err
		}
		files = append(files, file{shell.file, []byte(text), 0o644})
	}
	return files, nil
}
