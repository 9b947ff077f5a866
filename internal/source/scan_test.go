package source

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"bantin/internal/diag"
)

// site makes a site's folder with these files; the text of each is its name.
func site(t testing.TB, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range names {
		write(t, dir, name, name)
	}
	return dir
}

func write(t testing.TB, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func scan(t testing.TB, roots Roots) (*Tree, diag.List) {
	t.Helper()
	tree, problems, err := Scan(context.Background(), roots)
	if err != nil {
		t.Fatal(err)
	}
	return tree, problems
}

func paths(files []File) []string {
	var list []string
	for _, f := range files {
		list = append(list, f.Path)
	}
	return list
}

// vietnameseTexts returns each problem as one line: file [code] message / hint.
func vietnameseTexts(problems diag.List) []string {
	var lines []string
	for _, p := range problems {
		lines = append(lines, p.Pos.File+" ["+p.Code()+"] "+p.Message("vi")+" / "+p.Hint("vi"))
	}
	return lines
}

func wantEqual(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\ngot\n\t%s\nwant\n\t%s", what, strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

func TestAScanListsTheFilesOfTheFourRootsInOrderOfTheirPaths(t *testing.T) {
	dir := site(t,
		"site.yaml",
		"content/gioi-thieu.md",
		"content/tin-tuc/_index.md",
		"content/tin-tuc/le-ky/index.md",
		"content/tin-tuc/le-ky/Ảnh 1.jpg",
		"content/tin-tuc/le-ky.md",
		"content/tin-tuc/le-ky-2.md",
		"static/style.css",
		"templates/partials/card.html",
		"public/index.html",
		"README.md",
		"build.sh",
	)
	tree, problems := scan(t, Roots{Dir: dir})
	wantEqual(t, "files", paths(tree.Files), []string{
		"content/gioi-thieu.md",
		"content/tin-tuc/_index.md",
		"content/tin-tuc/le-ky-2.md",
		"content/tin-tuc/le-ky.md",
		"content/tin-tuc/le-ky/index.md",
		"content/tin-tuc/le-ky/Ảnh 1.jpg",
		"site.yaml",
		"static/style.css",
		"templates/partials/card.html",
	})
	wantEqual(t, "problems", vietnameseTexts(problems), nil)
}

func TestBackupsLocksAndHiddenFilesAreIgnoredEverywhere(t *testing.T) {
	dir := site(t,
		"site.yaml",
		"content/a.md",
		"content/.a.md.swp",
		"content/.git/config",
		"content/~$a.docx",
		"content/a.md~",
		"content/a.TMP",
		"content/cu~/b.md",
		"content/tin-tuc/Thumbs.db",
		"static/Desktop.ini",
		"static/.git/.htaccess",
		"templates/article.html.tmp",
	)
	tree, problems := scan(t, Roots{Dir: dir})
	wantEqual(t, "files", paths(tree.Files), []string{"content/a.md", "site.yaml"})
	wantEqual(t, "problems", vietnameseTexts(problems), nil)
}

func TestOfDottedFilesOnlyThoseThatServersLookForArePublished(t *testing.T) {
	dir := site(t,
		"site.yaml",
		"content/a.md",
		"content/.well-known/security.txt",
		"content/.htaccess",
		"content/tin/.bai.md",
		"content/tin/bieu.tmp",
		"content/.DS_Store",
		"content/.gitkeep",
		"static/.well-known/security.txt",
		"static/.well-known/acme-challenge/tên",
		"static/.well-known/.env",
		"static/.nojekyll",
		"static/.htaccess",
		"static/.htpasswd",
		"static/.user.ini",
		"static/tai-lieu/.htaccess",
		"static/tai-lieu/.nojekyll",
		"static/.WELL-KNOWN-2/a",
	)
	tree, problems := scan(t, Roots{Dir: dir})
	wantEqual(t, "problems", vietnameseTexts(problems), nil)
	wantEqual(t, "files", paths(tree.Files), []string{
		"content/a.md", "site.yaml", "static/.htaccess", "static/.nojekyll",
		"static/.well-known/acme-challenge/tên", "static/.well-known/security.txt",
	})
	wantEqual(t, "left out", tree.LeftOut, []string{
		"content/.htaccess", "content/.well-known/", "content/tin/.bai.md", "content/tin/bieu.tmp",
		"static/.WELL-KNOWN-2/", "static/.htpasswd", "static/.user.ini", "static/.well-known/.env",
		"static/tai-lieu/.htaccess", "static/tai-lieu/.nojekyll",
	})
}

func TestAnArticleThatWouldBeOverlookedForItsNameIsToldWithANameThatIsFree(t *testing.T) {
	for name, want := range map[string]string{
		"bai.md.txt": ".md.txt bai.md", "bai.MD.TXT": ".MD.TXT bai.md", "bai.md.txt.txt": "", "bai.markdown.txt": ".markdown.txt bai.md",
		"index.md.txt": ".md.txt index.md", "bai.mdx": ".mdx bai.md", "bai.Md": ".Md bai.md", "bai.mkd": ".mkd bai.md",
		"Index.md": "Index.md index.md", "INDEX.MD": ".MD index.md", "_Index.md": "_Index.md _index.md", "Index.en.md": "Index.en.md index.en.md",
		"bai.md.": ".md. bai.md", "bai.md ": ".md  bai.md", "Indexes.md": "", "bai.txt": "", "bai.md.pdf": "", "bai.md.bak": "", "mdx": "",
	} {
		tree, problems, err := Scan(t.Context(), Roots{Dir: site(t, "site.yaml", "content/tin/"+name)})
		if err != nil {
			t.Fatal(err)
		}
		var got string
		for _, p := range problems {
			if p.Code() == "article-extension" {
				got = strings.Join(p.Args, " ")
			}
		}
		if got != want || (len(tree.Under("content/")) == 0) != (want != "") {
			t.Errorf("%s: told %q, want %q; listed %v", name, got, want, paths(tree.Files))
		}
	}

	dir := site(t, "site.yaml", "content/bai.md", "content/bai-2.md", "content/bai.md.txt", "content/bai.txt", "static/bai.mdx")
	tree, problems := scan(t, Roots{Dir: dir})
	wantEqual(t, "problems", vietnameseTexts(problems), []string{
		"content/bai.md.txt [article-extension] tệp có đuôi .md.txt nên không được đọc như một bài viết / đổi tên thành bai-3.md",
	})
	for src, want := range map[string]bool{
		"---\ntitle: A\n---\n": true, "\ufeff---\r\nid: 1\r\n\"title\": A\r\n": true,
		"": false, "title: A": false, "---\n---\ntitle: A": false, "---\ntitles: A": false, "--- \n# ghi\ntitle:A": true,
	} {
		p, ok := tree.CheckText("content/bai.txt", []byte(src))
		if ok == want || !ok && !slices.Equal(p.Args, []string{".txt", "bai-3.md"}) {
			t.Errorf("%q: %v, %q", src, ok, p.Args)
		}
	}
	const block = "---\ntitle: A\n---\nMột.\n"
	for name, want := range map[string]string{
		"moi.yaml": ".yaml moi.md", "moi.yml": ".yml moi.md", "moi.rst": ".rst moi.md", "moi.adoc": ".adoc moi.md", "moi.ADOC": ".ADOC moi.md", "moi.org": ".org moi.md",
		"moi.md.html": ".html moi.md", "moi.md.docx": ".docx moi.md", "moi.markdown.htm": ".htm moi.md", "moi": " moi.md", "moi.2026": ".2026 moi.md", "moi.textile": ".textile moi.md",
		"bai.md.html": ".html bai-3.md", "moi.md.bak": "", "moi.orig": "",
	} {
		p, ok := tree.CheckText("content/"+name, []byte(block))
		if got := strings.Join(p.Args, " "); got != want || ok != (want == "") || !ok && p.ID != "article-extension/block" {
			t.Errorf("%s: told %q (%s), want %q", name, got, p.ID, want)
		}
	}
	for name, want := range map[string]string{
		"moi.md.html": "article-extension/document/import", "moi.md.docx": "article-extension/document/import", "moi.md.rtf": "article-extension/document",
		"moi.docx": "", "moi.html": "", "moi.md.pdf": "", "du-lieu.yaml": "",
	} {
		if p, ok := tree.CheckText("content/"+name, []byte("PK\x03\x04")); p.ID != want || ok != (want == "") {
			t.Errorf("%s: told %s, want %s", name, p.ID, want)
		}
	}
	for _, data := range []string{"---\ntitle: A\nmau: [1, 2]\n", "---\ntitle: A\n---\n"} {
		if p, ok := tree.CheckText("content/du-lieu.yaml", []byte(data)); !ok {
			t.Errorf("%q: a file of data is told: %s", data, p.ID)
		}
	}
	if _, ok := tree.CheckText("static/bai.txt", []byte("---\ntitle: A\n---\n")); !ok {
		t.Error("a file of static/ is taken for an article")
	}
}

func TestAFolderOfMoreFilesThanOneBatchIsListedWhole(t *testing.T) {
	names := []string{"site.yaml"}
	for i := range 2*batch + 1 {
		names = append(names, "content/tin-tuc/"+string(rune('a'+i%26))+strings.Repeat("x", i/26)+".md")
	}
	tree, _ := scan(t, Roots{Dir: site(t, names...)})
	slices.Sort(names)
	wantEqual(t, "files", paths(tree.Files), names)
	for _, f := range tree.Files {
		if f.Stamp.Size != int64(len(f.Path)) {
			t.Errorf("%s: size %d, want %d", f.Path, f.Stamp.Size, len(f.Path))
		}
	}
}

func TestAFileOfTheSiteHidesTheDefaultOfTheSamePath(t *testing.T) {
	dir := site(t, "site.yaml", "content/a.md", "static/style.css", "static/embed.go", "templates/own.html", "templates/embed.go")
	roots := Roots{
		Dir:       dir,
		Templates: fstest.MapFS{"article.html": {Data: []byte("mặc định")}, "partials/card.html": {}, "embed.go": {}},
		Static:    fstest.MapFS{"style.css": {Data: []byte("mặc định")}, "search.js": {}, "embed.go": {}, "ma/embed.go": {}},
	}
	tree, problems := scan(t, roots)
	var list []string
	for _, f := range tree.Files {
		from := "site "
		if f.Embedded {
			from = "default "
		}
		list = append(list, from+f.Path)
	}
	wantEqual(t, "files", list, []string{
		"site content/a.md",
		"site site.yaml",
		"default static/ma/embed.go",
		"default static/search.js",
		"site static/style.css",
		"default templates/article.html",
		"site templates/own.html",
		"default templates/partials/card.html",
	})
	wantEqual(t, "problems", vietnameseTexts(problems), nil)

	for path, want := range map[string]string{"static/style.css": "static/style.css", "templates/article.html": "mặc định"} {
		f, _ := tree.Lookup(path)
		if got, err := tree.Read(f); string(got) != want || err != nil {
			t.Errorf("read %s: %q, %v; want %q", path, got, err, want)
		}
	}
}

func TestEveryFaultOfAFolderIsToldWithItsCure(t *testing.T) {
	tests := []struct {
		name  string
		files []string
		want  []string
	}{
		{"a folder that is no site", []string{"anh.jpg"}, []string{
			"site.yaml [no-site] thư mục này chưa có tệp site.yaml nên chưa phải là một trang tin / tạo trang mới bằng bantin init ten-thu-muc, hoặc chỉ đúng thư mục của trang bằng -s",
		}},
		{"no content", []string{"site.yaml"}, []string{
			`content [no-content] trang chưa có thư mục content chứa các bài viết / tạo tệp content/tin-tuc/_index.md với dòng title: Tin tức, rồi bài đầu tiên: bantin new tin-tuc "Tên bài"`,
		}},
		{"files and folders in each other's place", []string{"site.yaml/a", "content", "static"}, []string{
			"content [not-a-folder] content phải là thư mục nhưng ở đây lại là tệp / đổi tên hoặc chuyển tệp này đi, rồi tạo thư mục content",
			"site.yaml [not-a-file] site.yaml phải là tệp nhưng ở đây lại là thư mục / đổi tên hoặc chuyển thư mục này đi, rồi tạo tệp site.yaml",
			"static [not-a-folder] static phải là thư mục nhưng ở đây lại là tệp / đổi tên hoặc chuyển tệp này đi, rồi tạo thư mục static",
		}},
		{"an extension that would be overlooked", []string{"site.yaml", "content/tin-tuc/Bài 1.MD", "content/b.markdown", "static/c.MD"}, []string{
			"content/b.markdown [article-extension] tệp có đuôi .markdown nên không được đọc như một bài viết / đổi tên thành b.md",
			"content/tin-tuc/Bài 1.MD [article-extension] tệp có đuôi .MD nên không được đọc như một bài viết / đổi tên thành Bài 1.md",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, problems := scan(t, Roots{Dir: site(t, tt.files...)})
			wantEqual(t, "problems", vietnameseTexts(problems), tt.want)
		})
	}
}

func TestAnArticleOverTheLimitIsRefusedAndAPictureIsNot(t *testing.T) {
	dir := site(t, "site.yaml", "content/vua.md", "content/qua.md", "content/anh.jpg")
	for name, size := range map[string]int64{"vua.md": MaxArticleSize, "qua.md": MaxArticleSize + 1, "anh.jpg": 2 * MaxArticleSize} {
		if err := os.Truncate(filepath.Join(dir, "content", name), size); err != nil {
			t.Fatal(err)
		}
	}
	tree, problems := scan(t, Roots{Dir: dir})
	wantEqual(t, "files", paths(tree.Files), []string{"content/anh.jpg", "content/vua.md", "site.yaml"})
	wantEqual(t, "problems", vietnameseTexts(problems), []string{
		"content/qua.md [article-size] bài viết nặng 6 MiB, quá mức 5 MiB / chuyển ảnh nhúng trong bài (data:…) thành tệp riêng, hoặc chia thành nhiều bài",
	})
}

func TestSettingsAndTemplatesOverTheirLimitAreRefusedUnread(t *testing.T) {
	for name, over := range map[string]string{
		"site.yaml":           "site.yaml [yaml-large] tệp lớn hơn 1 MiB / chuyển bớt nội dung sang nơi khác",
		"templates/card.html": "templates/card.html [article-size] mẫu nặng 2 MiB, quá mức 1 MiB / chuyển hình và dữ liệu trong mẫu thành tệp trong static/",
		"templates/vi.yaml":   "templates/vi.yaml [article-size] mẫu nặng 2 MiB, quá mức 1 MiB / chuyển hình và dữ liệu trong mẫu thành tệp trong static/",
		"static/style.css":    "", // which is copied, not read
	} {
		for size, want := range map[int64]string{maxSettingsSize: "", maxSettingsSize + 1: over} {
			dir := site(t, "site.yaml", "content/a.md", name)
			if err := os.Truncate(filepath.Join(dir, filepath.FromSlash(name)), size); err != nil {
				t.Fatal(err)
			}
			tree, problems := scan(t, Roots{Dir: dir})
			wanted := []string{}
			if want != "" {
				wanted = append(wanted, want)
			}
			wantEqual(t, "problems of "+name, vietnameseTexts(problems), wanted)
			if _, listed := tree.Lookup(name); listed != (want == "") {
				t.Errorf("%s of %d bytes is listed: %t", name, size, listed)
			}
		}
	}
}

func TestADefaultIsNotHiddenByANameInAnotherCase(t *testing.T) {
	dir := site(t, "site.yaml", "content/a.md", "static/Style.css")
	_, problems := scan(t, Roots{Dir: dir, Static: fstest.MapFS{"style.css": {}}})
	wantEqual(t, "problems", vietnameseTexts(problems), []string{
		"static/Style.css [same-name] tên này chỉ khác tệp mặc định static/style.css ở chữ hoa và chữ thường / đổi tên thành static/style.css để thay tệp mặc định, hoặc đặt một tên khác hẳn",
	})
}

func TestAMissingSiteIsAnErrorOfTheSystem(t *testing.T) {
	_, _, err := Scan(context.Background(), Roots{Dir: filepath.Join(t.TempDir(), "khong-co")})
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error %v, want one that wraps fs.ErrNotExist", err)
	}
}

func TestACancelledScanStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := Scan(ctx, Roots{Dir: site(t, "site.yaml", "content/a.md")}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
}

func TestLookupAndUnderFindFilesByPath(t *testing.T) {
	tree, _ := scan(t, Roots{Dir: site(t, "site.yaml", "content/a.md", "content/b/c.md", "content/b/d.md", "content/b-2.md")})
	tests := []struct {
		prefix string
		want   []string
	}{
		{"content/b/", []string{"content/b/c.md", "content/b/d.md"}},
		{"content/", []string{"content/a.md", "content/b-2.md", "content/b/c.md", "content/b/d.md"}},
		{"static/", nil},
		{"", paths(tree.Files)},
	}
	for _, tt := range tests {
		wantEqual(t, "under "+tt.prefix, paths(tree.Under(tt.prefix)), tt.want)
	}
	for path, want := range map[string]bool{"content/b/c.md": true, "content/b/": false, "content/b/e.md": false, "z": false} {
		if f, ok := tree.Lookup(path); ok != want || (ok && f.Path != path) {
			t.Errorf("Lookup(%q) = %q, %v; want %v", path, f.Path, ok, want)
		}
	}
}

func BenchmarkScan(b *testing.B) {
	names := []string{"site.yaml"}
	for section := range 8 {
		for i := range 500 {
			names = append(names, filepath.Join("content", "muc-"+string(rune('1'+section)), "bai-"+strings.Repeat("a", i/26)+string(rune('a'+i%26))+".md"))
		}
	}
	roots := Roots{Dir: site(b, names...)}
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := Scan(context.Background(), roots); err != nil {
			b.Fatal(err)
		}
	}
}
