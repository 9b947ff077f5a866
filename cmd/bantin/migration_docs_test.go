package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"bantin/internal/testsize"
)

// migrationGuide is docs/migration.md: its commands in their order, and its
// samples of YAML.
func migrationGuide(t *testing.T) (commands []string, samples []string) {
	t.Helper()
	guide, err := os.ReadFile("../../docs/migration.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, block := range regexp.MustCompile("(?s)\n```(\\w*)\n(.*?)\n```\n").FindAllStringSubmatch(string(guide), -1) {
		if block[1] == "yaml" {
			samples = append(samples, block[2]+"\n")
		}
	}
	for _, m := range regexp.MustCompile("(?m)(?:^|`)(bantin (?:import|init|check|build)[^`\n]*)").FindAllStringSubmatch(string(guide), -1) {
		if !strings.Contains(m[1], "FORMAT") && !strings.Contains(m[1], "MAP`") {
			commands = append(commands, m[1])
		}
	}
	return commands, samples
}

// TestTheGuideToMovingRuns runs every command of docs/migration.md over sources
// of the names that it gives them, with the files that it shows.
func TestTheGuideToMovingRuns(t *testing.T) {
	testsize.SkipShort(t, "one command after the other")
	commands, samples := migrationGuide(t)
	if len(commands) < 14 || len(samples) != 3 {
		t.Fatalf("the guide has %d commands and %d samples", len(commands), len(samples))
	}
	repository, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	base := t.TempDir()
	t.Chdir(base)
	if code, out, errs := command(t, strings.Fields(commands[0])[1:]...); code != 0 || !strings.HasPrefix(commands[0], "bantin init ") {
		t.Fatalf("%s: %d %s%s", commands[0], code, out, errs)
	}
	site := filepath.Join(base, strings.Fields(commands[0])[2])
	t.Chdir(site)
	put := func(name, fixture string) {
		t.Helper()
		from := filepath.Join(repository, "internal/importer", filepath.FromSlash(fixture))
		info, err := os.Stat(from)
		if err != nil {
			t.Fatal(err)
		}
		if info.IsDir() {
			err = os.CopyFS(name, os.DirFS(from))
		} else if data, readErr := os.ReadFile(from); readErr == nil {
			os.MkdirAll(filepath.Dir(name), 0o777)
			err = os.WriteFile(name, data, 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	put("xuat.xml", "wordpress/testdata/xuat.001.xml")
	put("uploads", "wordpress/testdata/uploads")
	put("trang-hugo", "hugo/testdata/trang")
	put("trang-jekyll", "jekyll/testdata/trang")
	put("trang-cu", "savedpage/testdata/trang-cu")
	put("van-ban/bao-cao.docx", "docx/testdata/bao-cao.docx")
	put("bai-cu", "plaintext/testdata")
	put("xa-lac-khe", "savedpage/testdata/trang-cu")
	put("khe-hoa.xml", "wordpress/testdata/xuat.001.xml")
	put("khe-hoa-uploads", "wordpress/testdata/uploads")
	writeText(t, "nguon-tin/a.rss", `<?xml version="1.0"?><rss version="2.0"><channel><title>Xã</title><link>https://lacson.example/</link><description>x</description><item><title>Dạy nghề</title><link>https://lacson.example/tin/a.html</link><pubDate>Wed, 11 Mar 2020 19:02:00 +0700</pubDate><description>Ba tháng.</description></item></channel></rss>`)
	writeText(t, "cu.txt", "https://xacu.example/2019/05/ra-quan/\nhttps://lackhe.example/gioi-thieu/\n")
	writeText(t, "cu.csv", "source,id,slug\n")
	writeText(t, "lac-khe.yaml", samples[0])
	writeText(t, "khe-hoa.yaml", samples[0])
	writeText(t, "chon.yaml", samples[1])
	late := []string{}
	run := func(line string) {
		t.Helper()
		code, out, errs := command(t, strings.Fields(line)[1:]...)
		if code != 0 {
			t.Errorf("%s: exit code %d\n%s%s", line, code, out, errs)
		}
	}
	for _, line := range commands[1:] {
		if !strings.HasPrefix(line, "bantin import") || strings.Contains(line, "--check-redirects") {
			late = append(late, line) // when everything is there
			continue
		}
		run(line)
	}
	run("bantin import html trang-cu --profile chon.yaml")
	settings, err := os.ReadFile("site.yaml")
	if err != nil {
		t.Fatal(err)
	}
	writeText(t, "site.yaml", string(settings)+"\n"+samples[2]+"organizations: {UBND xã Lạc Khê: {}, UBND xã Khê Hòa: {}, UBND huyện Hòa Lạc: {}, UBND xã Lạc Sơn: {}}\n")
	for _, line := range late {
		run(line)
	}
}
