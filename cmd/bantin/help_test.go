package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bantin/internal/language"
	"bantin/internal/messages"
)

// localizedRoot returns the program's commands, with all that cobra adds, in a
// language.
func localizedRoot(lang string) *cobra.Command {
	root := newRootCommand(&env{})
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd("x")
	(&env{lang: lang}).localize(root, nil)
	return root
}

func TestEveryCommandAndOptionIsToldInEachLanguage(t *testing.T) {
	for _, lang := range messages.Codes() {
		root := localizedRoot(lang)
		texts, words := messages.In(lang).Commands, messages.In(lang).Frame
		told, common := map[string]bool{}, map[string]bool{}
		eachCommand(root, func(c *cobra.Command, path string) {
			told[path] = true
			h := texts[path]
			text := helpOf(c, lang)
			if h.Short == "" || h.Long == "" || c.Short != h.Short || !strings.HasPrefix(text, h.Long) {
				t.Errorf("%s: bantin %s is not told", lang, path)
			}
			examples := strings.Split(h.Examples, "\n")
			if len(examples) < 2 {
				t.Errorf("%s: bantin %s has %d examples", lang, path, len(examples))
			}
			for _, example := range examples {
				if !strings.HasPrefix(example, "  bantin ") && !strings.HasPrefix(example, "  source <(bantin ") {
					t.Errorf("%s: bantin %s: the example %q does not begin with the program", lang, path, example)
				}
			}
			if !strings.HasSuffix(text, "\n"+words.ExitCodes+"\n") {
				t.Errorf("%s: the help of bantin %s does not end in the exit codes", lang, path)
			}
			for _, code := range []int{exitFine, exitContent, exitUsage, exitSystem, exitInterrupted} {
				if !strings.Contains(text, " "+strconv.Itoa(code)+" ") {
					t.Errorf("%s: bantin %s does not tell of the exit code %d", lang, path, code)
				}
			}
			own := map[string]bool{}
			eachFlag(c, func(f *pflag.Flag) {
				own[f.Name] = true
				switch {
				case f.Usage == "":
					t.Errorf("%s: bantin %s --%s is not told", lang, path, f.Name)
				case h.Flags[f.Name] == "":
					common[f.Name] = true
				}
			})
			for name := range h.Flags {
				if !own[name] {
					t.Errorf("%s: bantin %s has no option --%s", lang, path, name)
				}
			}
		})
		if len(told) != len(texts) || len(common) != len(words.Common) {
			t.Errorf("%s: %d commands of %d, %d common options of %d", lang, len(told), len(texts), len(common), len(words.Common))
		}
	}
}

// A number of things that is negative would be taken for some other one.
func TestNoOptionTakesANegativeNumber(t *testing.T) {
	eachCommand(localizedRoot("en"), func(c *cobra.Command, path string) {
		eachFlag(c, func(f *pflag.Flag) {
			if strings.HasPrefix(f.Value.Type(), "int") || strings.HasPrefix(f.Value.Type(), "float") {
				t.Errorf("bantin %s --%s takes any %s", path, f.Name, f.Value.Type())
			}
		})
	})
}

func TestNoHelpIsInTheOtherLanguage(t *testing.T) {
	accented := regexp.MustCompile(`[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]`)
	english := regexp.MustCompile(`(?i)\b(the|usage|flags|options|default|commands|examples|help for)\b[^=]`)
	for _, lang := range messages.Codes() {
		root := localizedRoot(lang)
		eachCommand(root, func(c *cobra.Command, path string) {
			text := strings.ReplaceAll(helpOf(c, lang), c.Example, "")
			if lang == language.English && accented.MatchString(text) {
				t.Errorf("bantin %s: Vietnamese in English: %s", path, accented.FindString(text))
			}
			if lang == language.Vietnamese && english.MatchString(text) {
				t.Errorf("bantin %s: English in Vietnamese: %q", path, english.FindString(text))
			}
			if lang == language.Vietnamese && !accented.MatchString(c.Short) {
				t.Errorf("bantin %s: %q is no Vietnamese", path, c.Short)
			}
		})
	}
}

func TestTheProgramHasTheWordsThatItSays(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var program strings.Builder
	for _, name := range files {
		if !strings.HasSuffix(name, "_test.go") {
			src, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			program.Write(src)
		}
	}
	said := regexp.MustCompile(`\b(?:say\([\w.]+, |wrongUsage\(|failed\(|withHint\()"([\w-]+)"[,)]`).FindAllStringSubmatch(program.String(), -1)
	if len(said) < 60 {
		t.Fatalf("found %d words", len(said))
	}
	for _, lang := range messages.Codes() {
		for _, m := range said {
			if say(lang, m[1]) == "" {
				t.Errorf("%s: the program has no words for %s", lang, m[1])
			}
		}
	}
}
