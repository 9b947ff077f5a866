package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

var (
	shellBlock = regexp.MustCompile("(?ms)^[ ]*```(?:sh|powershell)\n(.*?)^[ ]*```$")
	inlineCode = regexp.MustCompile("`([^`\n]+)`")
	shellWord  = regexp.MustCompile(`"([^"]*)"|'([^']*)'|(\S+)`)
)

// commandsIn returns the commands of ours that a text of Markdown tells to run,
// each as its words, begun with the program's name or with go.
func commandsIn(text string) (commands [][]string) {
	var lines []string
	for _, m := range shellBlock.FindAllStringSubmatch(text, -1) {
		lines = append(lines, strings.Split(m[1], "\n")...)
	}
	for _, m := range inlineCode.FindAllStringSubmatch(shellBlock.ReplaceAllString(text, ""), -1) {
		lines = append(lines, m[1])
	}
	for _, line := range lines {
		for part := range strings.SplitSeq(strings.ReplaceAll(line, "&&", ";"), ";") {
			part, _, _ = strings.Cut(part, " #")
			part, _, _ = strings.Cut(part, " | ")
			part, _, _ = strings.Cut(part, " > ")
			part, _, _ = strings.Cut(part, " >> ")
			var words []string
			for _, m := range shellWord.FindAllStringSubmatch(part, -1) {
				words = append(words, m[1]+m[2]+m[3])
			}
			for len(words) > 0 && (words[0] == "sudo" || words[0] == "$" || strings.Contains(words[0], "=") && !strings.HasPrefix(words[0], "-")) {
				words = words[1:]
			}
			if len(words) > 1 && (words[0] == "go" || words[0] == "bantin" || words[0] == "./bantin") {
				commands = append(commands, words)
			}
		}
	}
	return commands
}

// TestEveryCommandOfTheDocsIsOne looks at each command of every document, beside
// the tests that run those of the guides: the command, its options and the folders
// that it names must be there.
func TestEveryCommandOfTheDocsIsOne(t *testing.T) {
	documents, err := fs.Glob(os.DirFS("../.."), "docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	looked := 0
	for _, document := range append(documents, "README.md", "CONTRIBUTING.md", "SECURITY.md") {
		text, err := os.ReadFile(filepath.Join("../..", document))
		if err != nil {
			t.Fatal(err)
		}
		for _, words := range commandsIn(string(text)) {
			looked++
			if fault := faultOfCommand(words); fault != "" {
				t.Errorf("%s: %s: %s", document, strings.Join(words, " "), fault)
			}
		}
	}
	if looked < 100 {
		t.Errorf("only %d commands were found", looked)
	}
}

// faultOfCommand tells what is wrong with a command, "" for nothing.
func faultOfCommand(words []string) string {
	switch {
	case words[0] != "go":
		return faultOfOurs(words[1:])
	case words[1] == "run":
		for i, word := range words[2:] {
			if !strings.HasPrefix(word, "./") {
				continue
			}
			if word == "./cmd/bantin" {
				return faultOfOurs(words[i+3:])
			}
			return faultOfTool(word, words[i+3:])
		}
	case words[1] == "test", words[1] == "build", words[1] == "vet":
		for _, word := range words[2:] {
			folder := strings.TrimSuffix(strings.TrimSuffix(word, "..."), "/")
			if strings.HasPrefix(folder, "./") {
				if _, err := os.Stat(filepath.Join("../..", folder)); err != nil {
					return err.Error()
				}
				if at := slices.Index(words, "-run"); at > 0 && at+1 < len(words) && !hasTest(folder, words[at+1]) {
					return "no test there is called so"
				}
			}
		}
	}
	return ""
}

// hasTest tells whether a folder has a test, a fuzz target or a benchmark that -run
// finds. "^$" finds none on purpose.
func hasTest(folder, pattern string) bool {
	find, err := regexp.Compile(pattern)
	if err != nil || pattern == "^$" {
		return err == nil
	}
	files, _ := filepath.Glob(filepath.Join("../..", folder, "*_test.go"))
	for _, file := range files {
		code, _ := os.ReadFile(file)
		for _, m := range regexp.MustCompile(`(?m)^func ((?:Test|Fuzz|Benchmark)\w+)\(`).FindAllStringSubmatch(string(code), -1) {
			if find.MatchString(m[1]) {
				return true
			}
		}
	}
	return false
}

func faultOfOurs(words []string) string {
	root := localizedRoot("en")
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	c, rest, err := root.Find(words)
	if err != nil {
		return err.Error()
	}
	if c == root && len(rest) > 0 && !strings.HasPrefix(rest[0], "-") {
		return "there is no such command"
	}
	c.InitDefaultHelpFlag()
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	flags.AddFlagSet(c.Flags())
	flags.AddFlagSet(c.InheritedFlags())
	flags.AddFlagSet(c.PersistentFlags())
	for _, word := range rest {
		name, _, _ := strings.Cut(word, "=")
		switch {
		case strings.HasPrefix(name, "--"):
			if flags.Lookup(name[2:]) == nil {
				return "there is no option " + name
			}
		case len(name) == 2 && name[0] == '-' && flags.ShorthandLookup(name[1:]) == nil:
			return "there is no option " + name
		}
	}
	return ""
}

// faultOfTool looks for the options of a tool in its source.
func faultOfTool(folder string, words []string) string {
	files, _ := filepath.Glob(filepath.Join("../..", folder, "*.go"))
	if len(files) == 0 {
		return folder + " is not there"
	}
	var code strings.Builder
	for _, file := range files {
		data, _ := os.ReadFile(file)
		code.Write(data)
	}
	for _, word := range words {
		name, _, _ := strings.Cut(strings.TrimLeft(word, "-"), "=")
		if strings.HasPrefix(word, "-") && !strings.Contains(code.String(), `"`+name+`"`) {
			return "there is no option " + word
		}
	}
	return ""
}

func TestAWrongCommandOfADocumentIsFound(t *testing.T) {
	const text = "`bantin builds`, `bantin build --clear`, `bantin check -q`, `go run ./internal/tools/no`, `bantin build --clean`\n\n```sh\ngo run ./internal/tools/soak -fur 1m\ngo test ./internal/site -run NoSuchTest\ncd x && bantin deploy chinh --dry\nsudo bantin version | cat\ngo run ./cmd/bantin serve --opened\n```\n"
	var wrong []string
	for _, words := range commandsIn(text) {
		if faultOfCommand(words) != "" {
			wrong = append(wrong, strings.Join(words, " "))
		}
	}
	want := "go run ./internal/tools/soak -fur 1m|go test ./internal/site -run NoSuchTest|bantin deploy chinh --dry|go run ./cmd/bantin serve --opened|bantin builds|bantin build --clear|bantin check -q|go run ./internal/tools/no"
	if got := strings.Join(wrong, "|"); got != want {
		t.Errorf("wrong are %s\nnot       %s", got, want)
	}
}
