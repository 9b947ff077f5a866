package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"

	"bantin/internal/language"
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
		{at(syscall.ENOSPC), "đĩa đã đầy, không ghi được /a/b", "the disk is full: /a/b could not be written"},
		{at(syscall.ENOENT), "không có /a/b", "there is no /a/b"},
		{at(syscall.ENOTDIR), "một phần của đường dẫn /a/b là tệp, không phải thư mục", "a part of the path /a/b is a file, not a folder"},
		{at(source.ErrChanged), "/a/b thay đổi trong lúc đang đọc", "/a/b changed while it was read"},
		{at(source.ErrTooLarge), "/a/b lớn quá mức", "/a/b is too large"},
		{at(syscall.EIO), "không đọc hoặc ghi được /a/b: input/output error", "could not read or write /a/b: input/output error"},
		{fmt.Errorf("commit: %w", &os.LinkError{Op: "rename", Old: "/c", New: "/d", Err: syscall.EXDEV}),
			"không đọc hoặc ghi được /d: " + syscall.EXDEV.Error(), "could not read or write /d: " + syscall.EXDEV.Error()},
		{fmt.Errorf("fsync: %w", syscall.EIO), "không làm xong được: input/output error", "could not finish: input/output error"},
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
