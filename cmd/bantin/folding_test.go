package main

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"bantin/internal/foldfs"
	"bantin/internal/testsize"
)

// listed returns the names in a folder of the site, with accents as they are typed.
func (p *served) listed(folder string) string {
	p.Helper()
	entries, err := os.ReadDir(filepath.Join(p.dir, filepath.FromSlash(folder)))
	if err != nil {
		p.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, norm.NFC.String(e.Name()))
	}
	return strings.Join(names, " ")
}

// become waits until a page of the site says something, and no longer something
// else.
func (p *served) become(path, says, not string) {
	p.Helper()
	var body string
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if _, body = p.get(path); strings.Contains(body, says) && !strings.Contains(body, not) {
			return
		}
	}
	p.Fatalf("%s says\n%s\nand not %q without %q", path, body, says, not)
}

// What is typed names what the disk has by another spelling, and a name can be
// given another one.
func TestNamesAreSpelledOtherwiseOnDisksWhereSpellingsAreOne(t *testing.T) {
	testsize.SkipShort(t, "one command after the other")
	for _, system := range testsize.Some(foldfs.Systems, 3) {
		t.Run(system.Name, func(t *testing.T) {
			t.Parallel()
			p := &served{T: t, dir: foldfs.Mount(t, system)}
			p.write("site.yaml", "title: Bản tin xã\nbase_url: https://xa.example/tin/\nid: xa.example,2026\nlanguages: {en: {title: News}}\nmenu: [{title: Tin, url: /tin-tuc/}]\n")
			p.write("content/tin-tuc/_index.md", "---\ntitle: Tin tức\n---\n")
			p.write("content/tin-tuc/_index.en.md", "---\ntitle: News\n---\n")
			p.write("content/tin-tuc/lễ-hội.md", "---\nid: le-hoi\ntitle: Lễ hội\ndate: 1/2/2026\n---\nXem [họp](hop/index.md).\n")
			p.write("content/tin-tuc/lễ-hội.en.md", "---\ntitle: Festival\n---\nText.\n")
			p.write("content/tin-tuc/hop/index.md", "---\nid: hop\ntitle: Họp\ndate: 1/2/2026\nattachments: [{file: a.txt, title: Văn bản}]\n---\nXem [lễ](../lễ-hội.md).\n")
			p.write("content/tin-tuc/hop/a.txt", "văn bản")
			p.write("content/tin-tuc/nhap.md", "---\nid: nhap\ntitle: Nháp\ndate: 1/2/2026\ndraft: true\n---\nChữ.\n")
			bantin := func(want string, args ...string) {
				t.Helper()
				c := exec.Command("bantin", args...)
				c.Dir = p.dir
				out, err := c.CombinedOutput()
				if (err == nil) == strings.Contains(want, "gợi ý") || !strings.Contains(string(out), want) {
					t.Fatalf("bantin %q: %v\n%swant: %s", args, err, out, want)
				}
			}
			bantin("", "build")
			bantin("content/tin-tuc/lễ-hội.en.md", "mv", "content/TIN-TUC/LỄ-hội.md", "content/Tin-Tuc/Lễ-Hội.md")
			bantin("thành content/tin-tuc/Hop;", "mv", "content/tin-tuc/hop", "content/tin-tuc/Hop")
			bantin("đã có content/tin-tuc/nhap.md\n    gợi ý", "mv", "content/tin-tuc/Lễ-Hội.md", "content/tin-tuc/Nhap.md")
			bantin("thành content/Tin-Tuc;", "mv", "content/tin-tuc/_index.md", "content/Tin-Tuc")
			bantin("nhap", "publish", "content/tin-tuc/NHAP.md")
			if got, want := p.listed("content")+" "+p.listed("content/Tin-Tuc"), "Tin-Tuc Hop Lễ-Hội.en.md Lễ-Hội.md _index.en.md _index.md nhap.md"; got != want {
				t.Errorf("the files are %s, want %s", got, want)
			}
			bantin("", "check", "--strict")
			bantin("", "build")
			for file, link := range map[string]string{"hop": "/tin/tin-tuc/le-hoi/", "le-hoi": "/tin/tin-tuc/hop/"} {
				if page, _ := os.ReadFile(filepath.Join(p.dir, "public/tin-tuc", file, "index.html")); !strings.Contains(string(page), `<a href="`+link) {
					t.Errorf("%s does not link to %s", file, link)
				}
			}
		})
	}
}

func TestServeFollowsAFolderOnADiskWhereTwoSpellingsAreOne(t *testing.T) {
	for _, system := range testsize.Some([]foldfs.System{foldfs.HFS, foldfs.ExFAT}, 2) {
		t.Run(system.Name, func(t *testing.T) {
			t.Parallel()
			p := startServeIn(t, foldfs.Mount(t, system))
			defer p.stop()
			rename := func(old, new string) {
				t.Helper()
				if err := os.Rename(filepath.Join(p.dir, old), filepath.Join(p.dir, new)); err != nil {
					t.Fatal(err)
				}
			}
			p.write("static/van-ban.txt", "một")
			p.write("content/tin-tuc/BAI.md", "---\ntitle: Bài sửa\ndate: 1/2/2026\nattachments: [/van-ban.txt]\n---\n")
			p.become("tin-tuc/bai/", "van-ban.txt", "Bài đầu")
			rename("static/van-ban.txt", "static/x.txt")
			rename("static/x.txt", "static/Van-Ban.txt")
			p.write("content/tin-tuc/BAI.md", "---\ntitle: Bài sửa\ndate: 1/2/2026\nattachments: [/Van-Ban.txt]\n---\n")
			p.become("tin-tuc/bai/", "Van-Ban.txt", "van-ban.txt")
			if code, text := p.get("Van-Ban.txt"); code != http.StatusOK || text != "một" {
				t.Errorf("the file is answered with %d, %q", code, text)
			}
			rename("content/tin-tuc", "content/x")
			rename("content/x", "content/Tin-Tuc")
			p.write("content/tin-tuc/Họp.md", "---\ntitle: Họp dân\ndate: 2/2/2026\n---\n")
			p.become("tin-tuc/", "Họp dân", "Bài đầu")
			rename("content/tin-tuc/hỌP.md", "content/tin-tuc/hop-dan.md")
			p.become("tin-tuc/hop-dan/", "Họp dân", "Không tìm thấy trang")
			p.become("tin-tuc/bai/", "Bài sửa", "Bài đầu")
		})
	}
}
