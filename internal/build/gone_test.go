package build

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"io"
	"regexp"
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

// searchText returns what a part of the search index holds in its codes: cards,
// and words, each on a line.
func searchText(path, data string) string {
	var text strings.Builder
	in := bytes.NewReader([]byte(data))
	number := func() int {
		n, err := binary.ReadUvarint(in)
		if err != nil {
			panic(err)
		}
		return int(n)
	}
	last := ""
	name := func() {
		head, err := in.ReadByte()
		if err != nil {
			panic(err)
		}
		rest := int(head & 15)
		if rest == 15 {
			rest += number()
		}
		last = last[:head>>4] + string(data[len(data)-in.Len():][:rest])
		in.Seek(int64(rest), io.SeekCurrent)
		text.WriteString("\n" + last)
	}
	switch {
	case cardsFile.MatchString(path):
		for in.Len() > 0 {
			cards, err := io.ReadAll(flate.NewReader(in))
			if err != nil {
				panic(err)
			}
			text.Write(cards)
		}
	case directoryFile.MatchString(path):
		in.Seek(1, io.SeekStart)
		number()
		for range number() {
			name()
		}
	case wordsFile.MatchString(path):
		in.Seek(1, io.SeekStart)
		articles := number()
		in.Seek(int64(articles*5+7)/8, io.SeekCurrent)
		for range number() {
			in.Seek(6, io.SeekCurrent)
			for range (number() + 15) / 16 {
				number()
			}
		}
		number()
		for range number() {
			name()
			in.Seek(int64(number()), io.SeekCurrent)
		}
	}
	return text.String()
}

var (
	cardsFile     = regexp.MustCompile(`/parts/cards-\w+\.bin$`)
	directoryFile = regexp.MustCompile(`/parts/words-\d-\w+\.bin$`)
	wordsFile     = regexp.MustCompile(`/parts/.*-w\d+\.bin$`)
)

// searched returns the parts of the search index that have a text.
func (files tree) searched(text string) (paths []string) {
	for _, path := range files.with(text) {
		if strings.HasPrefix(path, searchParts) {
			paths = append(paths, path)
		}
	}
	return paths
}

// A site need not have static/ of its own.
func TestASiteOfContentAloneHasEveryFileThatItsPagesLoadAndDescribesEachPage(t *testing.T) {
	files := minimal(nil)
	for path := range files {
		if strings.HasPrefix(path, "static/") {
			t.Fatalf("the site has %s", path)
		}
	}
	s := newSite(t, files)
	s.build()
	loaded := regexp.MustCompile(`(?:src|data-reader|data-more|rel="stylesheet" href)="([^"]*)"`)
	count := 0
	for page, text := range s.tree() {
		if strings.HasSuffix(page, ".html") && !strings.Contains(text, `http-equiv="refresh"`) && !strings.Contains(text, `<meta name="description" content="`) {
			t.Errorf("%s has no description", page)
		}
		for _, m := range loaded.FindAllStringSubmatch(text, -1) {
			count++
			path, _, _ := strings.Cut(strings.TrimPrefix(m[1], "/"), "?")
			if _, ok := s.tree()[path]; !ok {
				t.Errorf("%s loads %q, which is not there", page, m[1])
			}
		}
	}
	for _, name := range []string{"style.css", "bantin.js", "search.js", "search-index.js", "search-more.js"} {
		if _, ok := s.tree()[name]; !ok {
			t.Errorf("no page loads %s", name)
		}
	}
	if count < 10 {
		t.Errorf("only %d files are loaded", count)
	}
}

func TestTheSearchHoldsWhatIsShownAndNothingElse(t *testing.T) {
	mark := func(line string) map[string]string {
		return minimal(map[string]string{
			"content/tin-tuc/cu.md":    "---\ntitle: Bài cũ\ndate: 1/3/2025\n---\n\nNăm trước.\n",
			"content/tin-tuc/dem.md":   "---\ntitle: Bài đếm\ndate: 3/2/2026\n" + line + "---\n\nChữ zyxw ở đây.\n",
			"content/rieng/_index.md":  "---\ntitle: Riêng\n---\n",
			"content/rieng/muc/bai.md": "---\ntitle: Bài riêng\ndate: 4/1/2026\n---\n\nChữ qponm ở đây.\n",
		})
	}
	for line, shown := range map[string]bool{
		"": true, "search: false\n": false, "draft: true\n": false, "expires: 10/2/2026\n": false, "date: 5/5/2030\n": false,
	} {
		files := mark(line)
		if strings.HasPrefix(line, "date") {
			files["content/tin-tuc/dem.md"] = strings.Replace(files["content/tin-tuc/dem.md"], "date: 3/2/2026\n", "", 1)
		}
		s := newSite(t, files)
		s.build()
		if found := s.tree().searched("zyxw"); (len(found) > 0) != shown {
			t.Errorf("%q: it is in %v", line, found)
		}
		if len(s.tree().searched("qponm")) == 0 {
			t.Errorf("%q: another article is in no part", line)
		}
	}

	s := newSite(t, mark(""))
	s.build()
	for path, text := range map[string]string{
		"opensearch.xml": `<ShortName>Bản tin xã</ShortName>`,
		"index.html":     `"urlTemplate":"https://xa.example/tim-kiem/?q={query}"`,
		"404.html":       `<link rel="search" type="application/opensearchdescription+xml" title="Bản tin xã" href="/opensearch.xml">`,
	} {
		if !strings.Contains(s.tree()[path], text) {
			t.Errorf("%s lacks %s", path, text)
		}
	}
	if text := s.tree()["opensearch.xml"]; !strings.Contains(text, `template="https://xa.example/tim-kiem/?q={searchTerms}"`) {
		t.Error(text)
	}
	s.write("content/rieng/_index.md", "---\ntitle: Riêng\nsearch: false\n---\n")
	s.build()
	if found := s.tree().searched("qponm"); len(found) > 0 {
		t.Errorf("a section that is kept out is in %v", found)
	}
	s.write("site.yaml", s.files["site.yaml"]+"search: {block: month}\n")
	s.build()
	if found := s.tree().with("2025-03-"); len(found) == 0 {
		t.Error("no block is a month")
	}
	s.write("site.yaml", strings.Replace(s.files["site.yaml"], "block: month", "off: true", 1))
	s.build()
	for _, path := range []string{"tim-kiem/", "opensearch.xml", "search-index.js"} {
		if found := s.tree().with(path); len(found) > 0 {
			t.Errorf("without search, %s is in %v", path, found)
		}
	}
}

// with returns the files whose path or bytes have a text, in any case.
func (files tree) with(text string) (paths []string) {
	for path, data := range files {
		if strings.Contains(strings.ToLower(path+"\n"+data+searchText(path, data)), text) {
			paths = append(paths, path)
		}
	}
	return paths
}
