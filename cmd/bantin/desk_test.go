package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bantin/internal/preview"
)

func TestAnAddressOfADeskThatIsLeftOutIsWrong(t *testing.T) {
	dir := smallSite(t)
	for _, option := range []string{"--no-desk", "--published"} {
		code, _, stderr := command(t, "serve", "-s", dir, "--addr", "127.0.0.1:0", "--desk-addr", "127.0.0.1:0", option)
		if code != exitUsage || !strings.Contains(stderr, "--desk-addr cần bàn biên tập, mà "+option) {
			t.Errorf("%s: exit code %d: %s", option, code, stderr)
		}
	}
}

// smallSite is a site with an article and a draft.
func smallSite(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"site.yaml": "title: Bản tin xã\nbase_url: https://xa.example/tin/\nid: xa.example,2026\n", "content/tin-tuc/_index.md": "---\ntitle: Tin tức\n---\n",
		"content/tin-tuc/bai.md": "---\ntitle: Bài\ndate: 1/2/2026\n---\n", "content/tin-tuc/nhap.md": "---\ntitle: Nháp\ndate: 1/2/2026\ndraft: true\n---\n",
	} {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestCommandsTakeAnInterruptedChangeBackBeforeTheyLook(t *testing.T) {
	for _, args := range [][]string{
		{"mv", "content/tin-tuc/bai.md", "content/tin-tuc/moi.md"}, {"publish", "content/tin-tuc/bai.md"}, {"check", "--fix", "--yes"},
	} {
		dir := smallSite(t)
		if args[0] == "publish" {
			args[1] = "content/tin-tuc/nhap.md"
		}
		moved := strings.TrimPrefix(args[1], "content/tin-tuc/")
		if args[0] == "check" {
			moved = "bai.md"
		}
		// mv was killed when it had moved the file, and before the rest.
		change := filepath.Join(dir, ".bantin", "edits", "1700000000000")
		if err := os.MkdirAll(change, 0o700); err != nil {
			t.Fatal(err)
		}
		log := `{"do":"rename","path":"content/tin-tuc/` + moved + `","to":"content/khac.md"}` + "\n"
		if err := os.WriteFile(filepath.Join(change, "log"), []byte(log), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(filepath.Join(dir, "content/tin-tuc", moved), filepath.Join(dir, "content/khac.md")); err != nil {
			t.Fatal(err)
		}
		code, _, stderr := command(t, append(args, "-s", dir)...)
		if code != exitFine || !strings.Contains(stderr, "một lần sửa bị ngắt giữa chừng đã được hoàn lại") {
			t.Errorf("%v: exit code %d: %s", args, code, stderr)
		}
		if _, err := os.Stat(filepath.Join(dir, "content/khac.md")); err == nil {
			t.Errorf("%v: the site is still half moved", args)
		}
	}
}

// The preview sets the language of its environment while the desk answers.
func TestTheDeskSpeaksTheLanguageOfTheSiteAsItIsNow(t *testing.T) {
	dir := smallSite(t)
	l, err := preview.Listen("127.0.0.1:0", 1)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var b bytes.Buffer
	e := &env{stdout: &b, stderr: &b, getenv: func(string) string { return "" }, lang: "vi"}
	d, err := e.newDesk(serveOptions{siteOptions: siteOptions{dir: dir}, addr: "127.0.0.1:0"}, l)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- d.serve(ctx) }()
	defer func() { stop(); <-ended }()
	e.lang = "xx" // what belongs to the preview's language is not the desk's
	build := e.deskBuild(serveOptions{siteOptions: siteOptions{dir: dir}})
	for lang, want := range map[string]string{"vi": "đã ghi", "en": "wrote"} {
		text := "title: Bản tin xã\nbase_url: https://xa.example/tin/\nid: xa.example,2026\nlanguage: " + lang + "\n"
		if err := os.WriteFile(filepath.Join(dir, "site.yaml"), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		b.Reset()
		if err := build(ctx, &b); err != nil || !strings.Contains(b.String(), want) {
			t.Errorf("%s: %v: %s", lang, err, b.String())
		}
	}
}
