package build

import (
	"strings"
	"testing"
	"time"
)

// secret stands in everything that is said by, or of, the article that goes.
const secret = "kinmat"

// withSecret returns the files of a site with an article that says the secret
// wherever an article can say anything, and another that links to it.
func withSecret() map[string]string {
	return minimal(map[string]string{
		"content/tin-tuc/bai-lien-ket.md": "---\ntitle: Bài liên kết\ndate: 3/2/2026\ntags: [chung]\n---\n\nXem [bài kia](x/kinmat/index.md).\n",
		"content/tin-tuc/x/kinmat/index.md": `---
id: kinmat-id
title: Bài kinmat
date: 4/2/2026
lead: Tóm tắt kinmat
author: Kinmat Tác Giả
organization: Đơn vị kinmat
tags: [chung, thẻ kinmat]
slug: dia-chi-kinmat
aliases: [/kinmat-cu/, "/xem.aspx?kinmat=1"]
image: {file: anh-kinmat.gif, alt: Ảnh kinmat, caption: Chú kinmat, credit: Kinmat}
attachments: [{file: tep-kinmat.pdf, title: Tệp kinmat}]
corrections: [{date: 5/2/2026, text: Sửa kinmat}]
pinned: true
event: {start: 1/3/2026, location: Nhà kinmat, organizer: Tổ chức kinmat}
agreement: {number: 1/KINMAT, parties: [Bên A kinmat, Bên B kinmat], document: ky-kinmat.pdf}
extra: {k: kinmat}
---

Nội dung kinmat với [tệp](le-kinmat.txt).
`,
		"content/tin-tuc/x/kinmat/anh-kinmat.gif": "GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;",
		"content/tin-tuc/x/kinmat/tep-kinmat.pdf": "%PDF-1.4 kinmat một",
		"content/tin-tuc/x/kinmat/ky-kinmat.pdf":  "%PDF-1.4 kinmat hai",
		"content/tin-tuc/x/kinmat/le-kinmat.txt":  "kinmat ba",
	})
}

func TestWhatIsGoneIsInNoFileOfTheOutput(t *testing.T) {
	const file = "content/tin-tuc/x/kinmat/index.md"
	for _, c := range []struct {
		name string
		hide func(*testSite)
	}{
		{"expired", func(s *testSite) { s.replace(file, "date: 4/2/2026\n", "date: 4/2/2026\nexpires: 28/2/2026\n") }},
		{"expired by time", func(s *testSite) {
			s.replace(file, "date: 4/2/2026\n", "date: 4/2/2026\nexpires: 2/3/2026\n")
			s.build()
			s.setNow(noon.Add(48 * time.Hour))
		}},
		{"scheduled", func(s *testSite) { s.setNow(time.Date(2026, time.February, 3, 12, 0, 0, 0, time.UTC)) }},
		{"draft", func(s *testSite) { s.replace(file, "date: 4/2/2026\n", "date: 4/2/2026\ndraft: true\n") }},
		{"deleted", func(s *testSite) {
			for path := range withSecret() {
				if strings.Contains(path, secret) {
					s.remove(path)
				}
			}
			s.replace("content/tin-tuc/bai-lien-ket.md", "[bài kia](x/kinmat/index.md)", "bài kia")
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t, withSecret())
			s.build()
			if found := s.tree().with(secret); len(found) < 30 {
				t.Fatalf("before it goes, it is only in %v", found)
			}
			c.hide(s)
			s.build()
			if found := s.tree().with(secret); len(found) > 0 {
				t.Errorf("it is still in %v", found)
			}
		})
	}
}

func TestARenamedAttachmentIsGoneUnderItsOldName(t *testing.T) {
	s := newSite(t, withSecret())
	s.build()
	const file = "content/tin-tuc/x/kinmat/index.md"
	s.write("content/tin-tuc/x/kinmat/moi.pdf", "khác")
	s.remove("content/tin-tuc/x/kinmat/tep-kinmat.pdf")
	s.replace(file, "tep-kinmat.pdf", "moi.pdf")
	s.build()
	for _, gone := range []string{"tep-kinmat.pdf", "%PDF-1.4 kinmat một"} {
		if found := s.tree().with(gone); len(found) > 0 {
			t.Errorf("%q is still in %v", gone, found)
		}
	}
}

func TestAFileThatNoArticleNamesIsNotPublished(t *testing.T) {
	s := newSite(t, minimal(map[string]string{
		"content/tin-tuc/le/index.md":     "---\ntitle: Lễ\ndate: 1/2/2026\n---\n",
		"content/tin-tuc/le/ghi-chep.txt": "ghi chép riêng",
		"content/tin-tuc/riêng.txt":       "ghi chép riêng",
	}))
	s.build()
	if found := s.tree().with("ghi chép riêng"); len(found) > 0 {
		t.Errorf("it is in %v", found)
	}
}

// with returns the files whose path or bytes have a text, in any case.
func (files tree) with(text string) (paths []string) {
	for path, data := range files {
		if strings.Contains(strings.ToLower(path+"\n"+data), text) {
			paths = append(paths, path)
		}
	}
	return paths
}
