package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"bantin/internal/article"
	"bantin/internal/config"
	"bantin/internal/messages"
	"bantin/internal/testsize"
)

// inEachGuide tests each of the editors' guides.
func inEachGuide(t *testing.T, test func(t *testing.T, lang, guide string)) {
	t.Helper()
	for _, lang := range messages.Codes() {
		data, err := os.ReadFile("../../docs/editors." + lang + ".md")
		if err != nil {
			t.Fatal(err)
		}
		t.Run(lang, func(t *testing.T) { test(t, lang, string(data)) })
	}
}

// blocks returns the fenced blocks of a language in a text of Markdown.
func blocks(text, language string) []string {
	var list []string
	for _, m := range regexp.MustCompile("(?ms)^```"+language+"\n(.*?)^```$").FindAllStringSubmatch(text, -1) {
		list = append(list, m[1])
	}
	return list
}

func TestEveryCommandOfTheGuideRuns(t *testing.T) {
	testsize.SkipShort(t, "one command after the other")
	inEachGuide(t, testCommands)
}

func testCommands(t *testing.T, _, guide string) {
	lines := strings.Split(strings.Join(blocks(guide, "sh"), ""), "\n")
	if len(lines) < 10 {
		t.Fatalf("the guide has %d commands", len(lines))
	}
	t.Chdir(t.TempDir())
	quoted := regexp.MustCompile(`"([^"]*)"|(\S+)`)
	for _, line := range lines {
		line, file, redirected := strings.Cut(line, " > ")
		var words []string
		for _, m := range quoted.FindAllStringSubmatch(line, -1) {
			words = append(words, m[1]+m[2])
		}
		switch {
		case len(words) == 0:
		case words[0] == "cd":
			if err := os.Chdir(words[1]); err != nil {
				t.Fatal(err)
			}
		case words[0] != "bantin":
			t.Errorf("%q is no command of ours", line)
		case words[1] == "serve": // has tests of its own
		default:
			code, stdout, stderr := command(t, words[1:]...)
			if code != exitFine || stderr != "" {
				t.Errorf("%s: exit code %d\n%s", line, code, stderr)
			}
			if _, err := os.Stat(filepath.FromSlash(file)); redirected && err != nil {
				t.Errorf("%s: such a file is not there in a new site: %v", line, err)
			}
			if stdout == "" {
				t.Errorf("%s prints nothing", line)
			}
			if words[1] == "new" {
				writeNewArticles(t)
			}
		}
	}
}

// writeNewArticles does what the guide says to do with a new article.
func writeNewArticles(t *testing.T) {
	t.Helper()
	sample := strings.NewReplacer("Viết bài ở đây.", "Bà con thống nhất.", "Bên thứ nhất", "UBND xã Khê Hòa", "Bên thứ hai", "Ủy ban MTTQ xã Khê Hòa", "Nơi diễn ra", "Nhà văn hóa",
		"Write the article here.", "All agreed.", "First party", "Brookfield Parish Council", "Second party", "Brookfield School", "Where it takes place", "Village hall")
	err := filepath.WalkDir("content", func(name string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".md" {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		return os.WriteFile(name, []byte(sample.Replace(string(text))), 0o666)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestWhatTheGuideShowsHasNoMistake(t *testing.T) { inEachGuide(t, testSamples) }

func testSamples(t *testing.T, lang, guide string) {
	articles := blocks(guide, "markdown")
	if len(articles) < 3 {
		t.Fatalf("the guide shows %d articles", len(articles))
	}
	for _, src := range articles {
		if _, problems := article.Parse("tin-tuc/bai.md", []byte(src), time.UTC); problems != nil {
			t.Errorf("%s%v", src, problems)
		}
	}
	for _, settings := range blocks(guide, "yaml") {
		src := "title: Trang tin\nbase_url: https://khehoa.example/\nlanguage: " + lang + "\n" + settings
		if _, problems := config.Parse([]byte(src), config.File); problems != nil {
			t.Errorf("%s%v", settings, problems)
		}
	}
}

func TestTheGuideExplainsEveryKey(t *testing.T) { inEachGuide(t, testKeys) }

func testKeys(t *testing.T, _, guide string) {
	for _, k := range article.Keys() {
		if k.Name != "extra" && !strings.Contains(guide, "`"+k.Name+"`") {
			t.Errorf("the guide does not tell of %s", k.Name)
		}
	}
}
