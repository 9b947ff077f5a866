package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"bantin/internal/config"
	"bantin/internal/deploy"
	"bantin/internal/hosting"
	"bantin/internal/language"
)

// hostingPage returns docs/hosting.md, read before a test changes its folder.
func hostingPage(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "docs", "hosting.md"))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// codeOf joins the code blocks of a language in a page.
func codeOf(page, lang string) string {
	var all strings.Builder
	for _, found := range regexp.MustCompile("(?ms)^```"+lang+"\n(.*?)^```$").FindAllStringSubmatch(page, -1) {
		all.WriteString(found[1])
	}
	return all.String()
}

func TestTheSettingsOfTheHostingPageAreUnderstood(t *testing.T) {
	text := "title: Xã\nbase_url: https://xa.example/\nid: xa.example,2026\n" + codeOf(hostingPage(t), "yaml")
	c, problems := config.Parse([]byte(text), config.File)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if !c.Hosting.Nginx || !c.Hosting.Precompress || !c.Hosting.HSTS || len(c.Gone) != 1 || len(c.Deploy) != 3 {
		t.Errorf("hosting %+v, gone %v, deploy %v", c.Hosting, c.Gone, c.Deploy)
	}
	for _, target := range c.Deploy {
		if _, err := deploy.ParseTarget(target.URL); err != nil {
			t.Errorf("%s: %v", target.URL, err)
		}
	}
}

func TestTheCommandsOfTheHostingPageWork(t *testing.T) {
	commands := codeOf(hostingPage(t), "sh")
	dir := t.TempDir()
	www := filepath.Join(dir, "www")
	for name, text := range map[string]string{
		"site.yaml":                 "title: Xã\nbase_url: https://xa.example/\nid: xa.example,2026\ndeploy:\n  chinh: file://" + filepath.ToSlash(www) + "\n  kho: file://" + filepath.ToSlash(www) + "\n",
		"content/tin-tuc/_index.md": "---\ntitle: Tin\n---\n",
		"content/tin-tuc/bai.md":    "---\ntitle: Bài\ndate: 1/2/2026\n---\n\nBài.\n",
	} {
		at := filepath.Join(dir, "site", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(filepath.Join(dir, "site"))
	for line := range strings.Lines(commands) {
		command, _, _ := strings.Cut(strings.TrimSpace(line), "#")
		args := strings.Fields(command)
		if len(args) < 2 || args[0] != "bantin" {
			t.Fatalf("%q is no command of ours", line)
		}
		var errs bytes.Buffer
		if code := run(t.Context(), &env{stdin: strings.NewReader(""), stdout: io.Discard, stderr: &errs, getenv: os.Getenv}, args[1:]); code != exitFine {
			t.Errorf("%s: %d\n%s", command, code, errs.String())
		}
	}
	if _, err := os.Stat(filepath.Join(www, "tin-tuc", "bai", "index.html")); err != nil {
		t.Error(err)
	}
}

func TestTheHostingPageTellsTheLimitsThatCheckKnows(t *testing.T) {
	page := hostingPage(t)
	for _, want := range []string{
		"`_redirects` " + language.Number("en", hosting.MaxStaticRules) + " rules and " + strconv.Itoa(hosting.MaxDynamicRules) + " with `*`",
		language.Number("en", hosting.MaxFiles) + " files", "`web.config` " + strconv.Itoa(hosting.MaxWebConfig/1000) + " KB",
		"from " + language.Number("en", hosting.MaxHtaccessRules) + " on",
		"Content-Security-Policy: default-src 'self'",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("docs/hosting.md does not say %q", want)
		}
	}
	for _, h := range new(hosting.Site).Security() {
		if !strings.Contains(page, h.Name) {
			t.Errorf("docs/hosting.md does not name %s", h.Name)
		}
	}
}
