package build

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/text/unicode/norm"

	"bantin/internal/foldfs"
	"bantin/internal/source"
	"bantin/internal/testsize"
	"bantin/static"
	"bantin/templates"
)

// composed is a tree whose names are spelled as they were planned, on systems
// that take them apart.
func composed(files tree) tree {
	list := tree{}
	for path, text := range files {
		list[norm.NFC.String(path)] = text
	}
	return list
}

// respell renames a file or a folder of the site to another spelling of its
// name. Not every system does that at once.
func (s *testSite) respell(old, new string) {
	s.Helper()
	at := func(name string) string { return filepath.Join(s.dir, filepath.FromSlash(name)) }
	s.must(os.Rename(at(old), at(old)+"-tam"))
	s.must(os.Rename(at(old)+"-tam", at(new)))
	if text, isFile := s.files[old]; isFile {
		delete(s.files, old)
		s.files[new] = text
	}
}

// A site on a disk of Windows, of macOS or on a memory stick: whatever is spelled
// otherwise, no file is lost, and what stands is what a clean build makes where
// spelling counts.
func TestASiteLivesOnADiskWhereTwoSpellingsAreOne(t *testing.T) {
	decomposed := norm.NFD.String("kế-hoạch.txt")
	for _, system := range testsize.Some([]foldfs.System{foldfs.HFS, foldfs.ExFAT}, 2) { // the output is tried on all in package publish
		t.Run(system.Name, func(t *testing.T) {
			s := &testSite{TB: t, dir: foldfs.Mount(t, system), files: map[string]string{}}
			s.opt = Options{Dir: s.dir, Output: filepath.Join(s.dir, "public"), Cache: filepath.Join(s.dir, ".bantin"), Templates: templates.FS, Static: static.FS}
			s.setNow(noon)
			for path, text := range minimal(map[string]string{
				"content/tin-tuc/le-ky/index.md":     "---\ntitle: Lễ ký\ndate: 3/2/2026\naliases: [/Cu/Le-Ky.html, /Đơn/]\nattachments: [Van-Ban.txt, kế-hoạch.txt]\n---\nXem [tài liệu](/Docs/A.txt).\n",
				"content/tin-tuc/le-ky/Van-Ban.txt":  "văn bản",
				"content/tin-tuc/le-ky/kế-hoạch.txt": "kế hoạch",
				"static/Docs/A.txt":                  "A",
				"static/Docs/B.txt":                  "B",
			}) {
				s.write(path, text)
			}
			check := func(what string) {
				t.Helper()
				s.build()
				if diff := s.clean().diff(composed(s.tree())); diff != "" {
					t.Errorf("%s: the output is not that of a clean build:\n%s", what, diff)
				}
				if _, err := s.builder(func(o *Options) { o.Verify = true }).Build(context.Background()); err != nil {
					t.Errorf("%s: %v", what, err)
				}
			}
			check("at first")

			s.respell("content/tin-tuc/bai-dau.md", "content/tin-tuc/Bai-Dau.md")
			check("an article")

			s.respell("content/tin-tuc/le-ky/Van-Ban.txt", "content/tin-tuc/le-ky/van-ban.txt")
			s.replace("content/tin-tuc/le-ky/index.md", "Van-Ban", "van-ban")
			check("an attachment")

			s.respell("static/Docs", "static/docs")
			s.replace("content/tin-tuc/le-ky/index.md", "/Docs/", "/docs/")
			check("a folder of files")

			s.replace("content/tin-tuc/le-ky/index.md", "/Cu/Le-Ky.html", "/cu/le-ky.HTML")
			check("an old address")
			s.replace("content/tin-tuc/le-ky/index.md", "/Đơn/", "/đơn/")
			check("an old address with accents")

			s.respell("content/tin-tuc/le-ky/kế-hoạch.txt", "content/tin-tuc/le-ky/"+decomposed)
			check("accents that stand apart")

			s.remove("content/tin-tuc/bai-giua.md")
			s.write("static/tep", "không có đuôi")
			check("a file without an ending")
			s.remove("static/tep")
			s.write("static/Tep/sau/a.txt", "sâu")
			check("a folder in its place")

			random := rand.New(rand.NewPCG(1, 2))
			spellings := []string{"tài-liệu.txt", "Tài-Liệu.txt", "TÀI-LIỆU.TXT", norm.NFD.String("tài-Liệu.txt")}
			s.write("static/x/"+spellings[0], "0")
			is := 0
			for range 3 {
				next := random.IntN(len(spellings))
				s.respell("static/x/"+spellings[is], "static/x/"+spellings[next])
				is = next
				if random.IntN(2) == 0 {
					s.write("static/x/"+spellings[is], spellings[is])
				}
				check("as " + spellings[is])
			}
			if n := len(s.build().Written); n > 0 {
				t.Errorf("a build without a change writes %d files", n)
			}

			for _, output := range []string{"CONTENT", "Static/x", ".BANTIN/x", "Templates"} {
				_, err := s.builder(func(o *Options) { o.Output = filepath.Join(s.dir, output) }).Build(context.Background())
				if _, ok := errors.AsType[*source.OutputError](err); !ok {
					t.Errorf("into %s: %v", output, err)
				}
			}
		})
	}
}
