//go:build unix && !darwin

package source

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"bantin/internal/diag"
)

// The two spellings of one name: precomposed, and letters with combining marks.
const (
	nfcName = "Lễ hội.md"
	nfdName = "Le\u0302\u0303 ho\u0323\u0302i.md"
)

func TestWhatOnlySomeSystemsCanKeepIsRefused(t *testing.T) {
	dir := site(t,
		"site.yaml",
		"content/tin-tuc/a.md",
		"content/Tin-Tuc/b.md",
		"content/hai/"+nfcName,
		"content/hai/"+nfdName,
		"content/quy\\che số 5.pdf",
		"content/dòng\nmới.md",
		"content/b\xe1o c\xe1o.doc",
		"static/\xff",
	)
	_, problems := scan(t, Roots{Dir: dir})
	wantEqual(t, "problems", vietnameseTexts(problems), []string{
		"content/b\uFFFDo c\uFFFDo.doc [file-name] tên này không phải là chữ UTF-8, có lẽ được chép từ máy dùng bảng mã cũ / đổi tên, chẳng hạn thành b-o-c-o.doc",
		"content/dòng\nmới.md [file-name] tên này có ký tự mà không phải máy nào cũng nhận: dấu \\ hoặc ký tự điều khiển / đổi tên, chẳng hạn thành dong-moi.md",
		"content/hai/" + nfcName + " [same-name] có hai tệp hoặc thư mục mang đúng tên này, chỉ khác cách mã hóa dấu (NFC và NFD) / đổi tên hoặc xóa một trong hai",
		"content/quy\\che số 5.pdf [file-name] tên này có ký tự mà không phải máy nào cũng nhận: dấu \\ hoặc ký tự điều khiển / đổi tên, chẳng hạn thành quy-che-so-5.pdf",
		"content/tin-tuc [same-name] tên này chỉ khác content/Tin-Tuc ở chữ hoa và chữ thường, mà Windows và macOS coi hai tên là một / đổi tên hoặc xóa một trong hai",
		"static/\uFFFD [file-name] tên này không phải là chữ UTF-8, có lẽ được chép từ máy dùng bảng mã cũ / đổi tên, chẳng hạn thành tep",
	})
}

func TestNamesThatWindowsRefusesAreTold(t *testing.T) {
	for name, want := range map[string]string{
		"con": "tep-con", "Con.md": "tep-Con.md", "nul.tar.gz": "tep-nul.tar.gz", "COM1.pdf": "tep-COM1.pdf", "lpt¹": "tep-lpt¹", "aux .md": "tep-aux .md",
		"a*b.md": "a-b.md", "a:b.pdf": "a-b.pdf", `a"b`: "a-b", "a<b>.md": "a-b.md", "ai?.md": "ai.md", "a|b": "a-b",
		"a.": "a", "a. ": "a", "a.pdf ": "a.pdf", "...a...": "",
		"console.md": "", "com.md": "", "com10.md": "", "a con.md": "", "Lễ & hội (1), 100%.md": "",
	} {
		tree, problems := scan(t, Roots{Dir: site(t, "site.yaml", "content/a.md", "static/"+name)})
		got := ""
		for _, p := range problems {
			if p.Code() != "windows-name" || p.Severity != diag.Warning || p.Pos.File != "static/"+name {
				t.Errorf("%s: %v", name, p)
			}
			got = p.Args[0]
		}
		if got != want || strings.HasPrefix(name, ".") != (len(tree.Under("static/")) == 0) {
			t.Errorf("%s: told to be renamed to %q, want %q", name, got, want)
		}
	}
	_, problems := scan(t, Roots{Dir: site(t, "site.yaml", "content/aux/a.md", "content/b*/c.md")})
	wantEqual(t, "problems", vietnameseTexts(problems), []string{
		"content/aux [windows-name] Windows giữ tên aux cho thiết bị, nên người dùng Windows không mở được tệp này / đổi tên, chẳng hạn thành tep-aux",
		"content/b* [windows-name] Windows không nhận tên có dấu *, nên người dùng Windows không chép được tệp này / đổi tên, chẳng hạn thành b",
	})
}

func TestFilesThatDifferInCaseOnlyAreNamedBoth(t *testing.T) {
	_, problems := scan(t, Roots{Dir: site(t, "site.yaml", "content/a.md", "content/A.md", "content/đề án.pdf", "content/ĐỀ ÁN.pdf", "static/s/x.pdf", "static/ſ/x.pdf")})
	wantEqual(t, "problems", vietnameseTexts(problems), []string{
		"content/a.md [same-name] tên này chỉ khác content/A.md ở chữ hoa và chữ thường, mà Windows và macOS coi hai tên là một / đổi tên hoặc xóa một trong hai",
		"content/đề án.pdf [same-name] tên này chỉ khác content/ĐỀ ÁN.pdf ở chữ hoa và chữ thường, mà Windows và macOS coi hai tên là một / đổi tên hoặc xóa một trong hai",
		"static/ſ [same-name] tên này chỉ khác static/s ở chữ hoa và chữ thường, mà Windows và macOS coi hai tên là một / đổi tên hoặc xóa một trong hai",
	})
}

func TestANameInNFDIsListedInNFCAndReadAsItIsSpelled(t *testing.T) {
	dir := site(t, "site.yaml")
	write(t, dir, "content/"+nfdName, "bài")
	write(t, dir, "content/le\u0302\u0303/"+nfdName, "bài trong thư mục")
	write(t, dir, "content/le\u0302\u0303/ten-thuong.md", "bài có tên thường")
	tree, problems := scan(t, Roots{Dir: dir})
	wantEqual(t, "problems", vietnameseTexts(problems), nil)
	wantEqual(t, "files", paths(tree.Files), []string{"content/Lễ hội.md", "content/lễ/Lễ hội.md", "content/lễ/ten-thuong.md", "site.yaml"})
	for path, want := range map[string]string{
		"content/Lễ hội.md":        "bài",
		"content/lễ/Lễ hội.md":     "bài trong thư mục",
		"content/lễ/ten-thuong.md": "bài có tên thường",
	} {
		f, _ := tree.Lookup(path)
		if got, err := tree.Read(f); string(got) != want || err != nil {
			t.Errorf("read %s: %q, %v; want %q", path, got, err, want)
		}
	}
}

func TestAFolderAndAFileThatDifferInTheFormOfTheirAccentsAreNotBothListed(t *testing.T) {
	for _, names := range [][]string{{"é", "e\u0301/a.md"}, {"e\u0301", "é/a.md"}} {
		dir := site(t, "site.yaml", "content/"+names[0], "content/"+names[1], "content/é-b.md")
		tree, problems := scan(t, Roots{Dir: dir})
		wantEqual(t, "problems", vietnameseTexts(problems), []string{
			"content/é [same-name] có hai tệp hoặc thư mục mang đúng tên này, chỉ khác cách mã hóa dấu (NFC và NFD) / đổi tên hoặc xóa một trong hai",
		})
		wantEqual(t, "files", paths(tree.Files), []string{"content/é", "content/é-b.md", "site.yaml"})
	}
}

func TestLinksAndSpecialFilesAreRefusedAndNotFollowed(t *testing.T) {
	dir := site(t, "site.yaml", "content/a.md", "khac/b.md")
	link := func(target, name string) {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	link("a.md", "content/b.md")
	link("../khac", "content/khac")
	link("khac", "templates")
	link("khong-co", "content/treo-lo-lung.md")
	link("khong-co", "content/.#a.md")
	if err := syscall.Mkfifo(filepath.Join(dir, "content/ong.md"), 0o666); err != nil {
		t.Fatal(err)
	}
	const symlink = " [symlink] đây là liên kết tượng trưng, mà trang chỉ nhận tệp và thư mục thật / thay liên kết bằng bản sao của tệp hoặc thư mục mà nó trỏ tới"
	tree, problems := scan(t, Roots{Dir: dir})
	wantEqual(t, "problems", vietnameseTexts(problems), []string{
		"content/b.md" + symlink,
		"content/khac" + symlink,
		"content/ong.md [special-file] đây là thiết bị, ống dẫn hoặc socket, không phải tệp thường / chuyển nó ra khỏi thư mục của trang",
		"content/treo-lo-lung.md" + symlink,
		"templates" + symlink,
	})
	wantEqual(t, "files", paths(tree.Files), []string{"content/a.md", "site.yaml"})
}

func TestAFolderThatMayNotBeReadIsAnErrorWithItsPath(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may read everything")
	}
	dir := site(t, "site.yaml", "content/kin/a.md")
	kin := filepath.Join(dir, "content/kin")
	if err := os.Chmod(kin, 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(kin, 0o777) })
	_, _, err := Scan(context.Background(), Roots{Dir: dir})
	var at *fs.PathError
	if !errors.As(err, &at) || at.Path != "content/kin" || !errors.Is(err, fs.ErrPermission) {
		t.Errorf("error %v, want a refused permission at content/kin", err)
	}
}

func TestAStampHasTheNumberOfTheFile(t *testing.T) {
	dir := site(t, "site.yaml", "content/a.md")
	tree, _ := scan(t, Roots{Dir: dir})
	f, _ := tree.Lookup("content/a.md")
	var st syscall.Stat_t
	if err := syscall.Lstat(filepath.Join(dir, "content", "a.md"), &st); err != nil {
		t.Fatal(err)
	}
	if f.Stamp.Inode != uint64(st.Ino) || f.Stamp.Ctime == 0 {
		t.Errorf("stamp %+v, want inode %d", f.Stamp, st.Ino)
	}
}
