package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"bantin/internal/hosting"
	"bantin/internal/language"
	"bantin/internal/messages"
	"bantin/internal/source"
)

func TestNoErrorOfTheSystemIsToldInItsOwnWordsAlone(t *testing.T) {
	at := func(err error) error {
		return fmt.Errorf("scan the site's folder: %w", &fs.PathError{Op: "open", Path: "/a/b", Err: err})
	}
	for _, tt := range []struct {
		err    error
		vi, en string
	}{
		{at(syscall.EACCES), "không có quyền đọc hoặc ghi /a/b", "there is no permission to read or write /a/b"},
		{at(syscall.EPERM), "không có quyền đọc hoặc ghi /a/b", "there is no permission to read or write /a/b"},
		{at(syscall.EROFS), "/a/b nằm trên ổ đĩa chỉ cho đọc", "/a/b lies on a disk that can only be read"},
		{at(syscall.EDQUOT), "đĩa đã đầy, không ghi được /a/b", "the disk is full: /a/b could not be written"},
		{at(syscall.ENOSPC), "đĩa đã đầy, không ghi được /a/b", "the disk is full: /a/b could not be written"},
		{at(syscall.ENOENT), "không có /a/b", "there is no /a/b"},
		{at(syscall.ENOTDIR), "một phần của đường dẫn /a/b là tệp, không phải thư mục", "a part of the path /a/b is a file, not a folder"},
		{at(source.ErrChanged), "/a/b thay đổi trong lúc đang đọc", "/a/b changed while it was read"},
		{at(source.ErrNotRegular), "/a/b không phải tệp thường, hoặc nằm sau một liên kết", "/a/b is no regular file, or lies behind a link"},
		{at(source.ErrTooLarge), "/a/b lớn quá mức", "/a/b is too large"},
		{at(syscall.EIO), "không đọc hoặc ghi được /a/b: ổ đĩa hay thiết bị báo lỗi đọc ghi", "could not read or write /a/b: the disk or the device reports an error"},
		{at(syscall.ENAMETOOLONG), "không đọc hoặc ghi được /a/b: tên hoặc đường dẫn quá dài", "could not read or write /a/b: the name or the path is too long"},
		{at(syscall.ECHILD), "không đọc hoặc ghi được /a/b: no child processes", "could not read or write /a/b: no child processes"},
		{fmt.Errorf("open output x: %w", &fs.PathError{Op: "mkdir", Path: "/proc/.x.bantin-stage", Err: syscall.ENOENT}), "không tạo được thư mục /proc/x", "the folder /proc/x could not be made"},
		{fmt.Errorf("write a: %w", &fs.PathError{Op: "write", Path: "/srv/x/.bantin-stage/00001", Err: syscall.ENOSPC}), "đĩa đã đầy, không ghi được /srv/x", "the disk is full: /srv/x could not be written"},
		{fmt.Errorf("read content/a.md: %w", source.ErrChanged), "content/a.md thay đổi trong lúc đang đọc", "content/a.md changed while it was read"},
		{fmt.Errorf("commit: %w", &os.LinkError{Op: "rename", Old: "/c", New: "/d", Err: syscall.EXDEV}),
			"không đọc hoặc ghi được /d: hai nơi nằm trên hai ổ đĩa khác nhau", "could not read or write /d: the two places lie on different disks"},
		{fmt.Errorf("fsync: %w", syscall.EIO), "không làm xong được: ổ đĩa hay thiết bị báo lỗi đọc ghi", "could not finish: the disk or the device reports an error"},
		{errors.New("x"), "không làm xong được: x", "could not finish: x"},
	} {
		for lang, want := range map[string]string{language.Vietnamese: tt.vi, language.English: tt.en} {
			var stderr bytes.Buffer
			e := &env{stderr: &stderr, lang: lang}
			if code := e.explain(context.Background(), tt.err); code != exitSystem {
				t.Errorf("%v: exit code %d", tt.err, code)
			}
			lines := strings.Split(stderr.String(), "\n")
			if lines[0] != "bantin: "+want || len(lines) != 3 || !strings.HasPrefix(lines[1], "    "+say(lang, "hint")+": ") || len(lines[1]) < 20 {
				t.Errorf("%v:\n%s\nwant %s", tt.err, stderr.String(), want)
			}
		}
	}
}

// An output in a place where no folder can be made is told in the site's words:
// no name of a system call, of a stage, or of the system's own sentences.
func TestAnImpossibleOutputIsToldInTheSitesLanguage(t *testing.T) {
	dir := t.TempDir()
	faultBase(t).write(t, dir)
	if err := os.WriteFile(filepath.Join(dir, "tep"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	outputs := []string{filepath.Join(dir, "tep", "x"), filepath.Join(dir, strings.Repeat("a", 300))}
	if _, err := os.Stat("/proc/self"); err == nil {
		outputs = append(outputs, "/proc/x", "/proc/self/x/y")
	}
	closed := filepath.Join(dir, "closed")
	if err := os.Mkdir(closed, 0o555); err != nil {
		t.Fatal(err)
	}
	if os.WriteFile(filepath.Join(closed, "a"), nil, 0o666) != nil { // root may
		outputs = append(outputs, filepath.Join(closed, "x"))
	}
	raw := regexp.MustCompile(`(?i)mkdir|openat|stage|open output|no such file|not a directory|too long|permitted|denied`)
	for _, output := range outputs {
		code, stdout, stderr := command(t, "build", "-s", dir, "-o", output, "--lang", "vi")
		if text := strings.ReplaceAll(stderr, output, "OUT"); code != exitSystem || stdout != "" || raw.MatchString(text) || !strings.Contains(text, "gợi ý: ") {
			t.Errorf("-o %s: exit code %d\n%s%s", output, code, stdout, stderr)
		}
	}
}

func TestAFileThatAHostRefusesForItsSizeIsTold(t *testing.T) {
	for _, over := range []int64{0, 1} {
		dir := t.TempDir()
		faultBase(t).write(t, dir)
		name := filepath.Join(dir, "static", "so-lieu.csv")
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, nil, 0o666); err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(name, hosting.MaxFileSize+over); err != nil {
			t.Fatal(err)
		}
		found := problems(t, dir, "vi")
		if told := len(found) == 1 && found[0].Code == "hosting-limit" && found[0].File == "static/so-lieu.csv"; told != (over > 0) {
			t.Errorf("%d bytes more than hosts take: %+v", over, found)
		}
	}
}

// Hints stand below what any command was refused: one that names an option names the
// command that has it, but for what all commands of a site have.
func TestAHintNamesOptionsOfTheCommandsThatHaveThem(t *testing.T) {
	of := map[string]string{"output-hint": "build", "edits-busy-hint": "check"} // where bantin does not stand before it
	options := regexp.MustCompile(`(?:bantin ([a-z]+)[^,;:()\n]*?)?(?:^|[ “(])(-[a-z]|--[a-z][a-z-]+)\b`)
	root := newRootCommand(&env{})
	for _, lang := range messages.Codes() {
		for key, text := range messages.In(lang).Terminal {
			if !strings.HasSuffix(key, "-hint") {
				continue
			}
			for _, m := range options.FindAllStringSubmatch(text, -1) {
				name, option := cmp.Or(m[1], of[key]), strings.TrimLeft(m[2], "-")
				if option == "s" || option == "help" || strings.Contains(text, "goaccess ") {
					continue
				}
				c, _, err := root.Find([]string{name})
				if name == "" || err != nil || c.Flags().Lookup(option) == nil && (len(option) > 1 || c.Flags().ShorthandLookup(option) == nil) {
					t.Errorf("%s %s names %s of bantin %s: %s", lang, key, m[2], name, text)
				}
			}
		}
	}
}
