package build

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// hostile is what nobody may have a browser, a feed reader, a calendar or a
// spreadsheet run; harmless has the same words, and so the same slugs.
const (
	hostile  = `"'></script></title></style>--><script>alert(1)</script><img src=x onerror=alert(1)>{{.}}]]>`
	harmless = `script title style script alert 1 script img src x onerror alert 1`
)

// fields is a site in which every text that an editor can type stands for
// itself: P and T are put in its place in front matter and in text.
func fields(payload string) map[string]string {
	quoted := `"` + strings.ReplaceAll(payload, `"`, `\"`) + `"`
	site := map[string]string{
		"site.yaml": `title: P
description: P
base_url: https://xa.example/
id: xa.example,2026
organization: {name: P, address: P, email: a@xa.example}
menu: [{title: P, url: /tin-tuc/}, {title: P, url: https://b.example/}]
tags: {P: {slug: the, description: P}}
organizations: {P: {slug: don-vi-mot, description: P}}
authors: {P: {slug: tac-gia, description: P}}
glossary: {UBND: P}
share: {email: true, zalo: true, facebook: true}
feedback: {email: a@xa.example}
hosting: {nginx: true, caddy: true, apache: true, iis: true, headers: true}
extra: {a: P}
`,
		"content/tin-tuc/_index.md": "---\ntitle: P\ndescription: P\n---\n\nT\n",
		"content/gioi-thieu.md":     "---\ntitle: P\n---\n\nT\n",
		"content/tin-tuc/bai/index.md": `---
title: P
slug: bai
date: 1/2/2026
lead: P
author: [P]
organization: P
tags: [P]
image: {file: anh.svg, alt: P, caption: P, credit: P}
gallery: [{file: anh.svg, alt: P, caption: P}]
attachments: [{file: a.txt, title: P}]
corrections: [{date: 2/2/2026, text: P}]
event: {start: 14:00 3/2/2026, end: 15:00 3/2/2026, location: P, address: P, organizer: P}
agreement: {number: P, title: P, parties: [P, Bên hai], signed: 1/2/2026, commitments: [P]}
extra: {a: P}
---

T

# T

> T

| T | T |
|---|---|
| T | ` + "`T`" + ` |

- T[^1]

[^1]: T

[T](https://b.example/ 'T') ==T== **T** UBND

![T](anh.svg "T")

` + "```\nT\n```\n",
		"content/tin-tuc/bai/anh.svg": `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"></svg>`,
		"content/tin-tuc/bai/a.txt":   "văn bản",
	}
	for name, text := range site {
		text = strings.NewReplacer(": P\n", ": "+quoted+"\n", ": P,", ": "+quoted+",", ": P}", ": "+quoted+"}", "[P]", "["+quoted+"]", "[P,", "["+quoted+",", "{P:", "{"+quoted+":").Replace(text)
		inText := strings.NewReplacer("{{", `\{{`, "|", `\|`, "[", `\[`, "]", `\]`, "'", "&#39;").Replace(payload)
		site[name] = strings.NewReplacer("\nT\n", "\n"+inText+"\n", " T ", " "+inText+" ", " T\n", " "+inText+"\n", "[T]", "["+inText+"]", "'T'", "'"+inText+"'", `"T"`, `'`+inText+`'`, "**T**", "**"+inText+"**", "==T==", "=="+inText+"==", "T[^1]", inText+"[^1]", "`T`", "`"+payload+"`").Replace(text)
	}
	return site
}

// TestNoTextOfAnEditorIsMoreThanText builds the same site with hostile and with
// harmless words in every field: the outputs may differ in their words alone.
func TestNoTextOfAnEditorIsMoreThanText(t *testing.T) {
	build := func(payload string) tree {
		s := newSite(t, fields(payload))
		s.build()
		return s.tree()
	}
	got, want := build(hostile), build(harmless)
	const parts = "tim-kiem/parts/" // named by what is in them
	for name := range want {
		if _, ok := got[name]; !ok && !strings.HasPrefix(name, parts) {
			t.Errorf("%s is missing", name)
		}
	}
	shown := 0
	for name, data := range got {
		other, ok := want[name]
		if !ok {
			if !strings.HasPrefix(name, parts) {
				t.Errorf("%s is there alone", name)
			}
			continue
		}
		a, errA := shape(name, data)
		b, errB := shape(name, other)
		if errA != nil || errB != nil {
			t.Errorf("%s is not read: %v, %v", name, errA, errB)
			continue
		}
		if i := firstDifference(a, b); i >= 0 {
			t.Errorf("%s: part %d is %q with hostile words, and %q without", name, i, at(a, i), at(b, i))
		}
		if strings.Contains(data, "alert(1)") {
			shown++
		}
	}
	if shown < 15 {
		t.Errorf("only %d files hold the hostile words: the test looks at the wrong ones", shown)
	}
}

func firstDifference(a, b []string) int {
	for i := range max(len(a), len(b)) {
		if at(a, i) != at(b, i) {
			return i
		}
	}
	return -1
}

func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return "nothing"
}

// shape returns what a file is made of beside its words.
func shape(name, data string) ([]string, error) {
	switch path.Ext(name) {
	case ".html":
		return shapeOfHTML(data)
	case ".xml", ".opml", ".config", ".svg":
		return shapeOfXML(data)
	case ".json", ".webmanifest":
		return shapeOfJSON(data)
	case ".csv":
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(data, "\ufeff"))).ReadAll()
		var parts []string
		for _, row := range rows {
			parts = append(parts, fmt.Sprint(len(row)))
			for _, cell := range row {
				if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
					return nil, fmt.Errorf("a spreadsheet computes %q", cell)
				}
			}
		}
		return parts, err
	case ".ics":
		var parts []string
		for line := range strings.SplitSeq(strings.ReplaceAll(data, "\r\n ", ""), "\r\n") {
			property, _, _ := strings.Cut(line, ":")
			property, _, _ = strings.Cut(property, ";")
			parts = append(parts, property)
		}
		return parts, nil
	}
	return nil, nil
}

func shapeOfHTML(data string) (parts []string, err error) {
	doc, err := html.Parse(strings.NewReader(data))
	if err != nil {
		return nil, err
	}
	for n := range doc.Descendants() {
		if n.Type == html.CommentNode {
			parts = append(parts, "comment")
		}
		if n.Type != html.ElementNode {
			continue
		}
		part := n.Data
		for _, a := range n.Attr {
			part += " " + a.Key
			address := strings.ToLower(strings.TrimSpace(a.Val))
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || strings.HasPrefix(address, "javascript:") || strings.HasPrefix(address, "data:") {
				return nil, fmt.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
			}
		}
		parts = append(parts, part)
		if n.Data == "script" && n.FirstChild != nil {
			inner, err := shapeOfJSON(n.FirstChild.Data) // JSON-LD: nothing else stands in a page
			if err != nil {
				return nil, err
			}
			parts = append(parts, inner...)
		}
	}
	return parts, nil
}

func shapeOfXML(data string) (parts []string, err error) {
	for d := xml.NewDecoder(strings.NewReader(data)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return parts, nil
		}
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			part := "<" + token.Name.Local
			for _, a := range token.Attr {
				part += " " + a.Name.Local
			}
			parts = append(parts, part)
		case xml.EndElement:
			parts = append(parts, "</"+token.Name.Local)
		case xml.CharData: // HTML in a feed
			if text := string(token); strings.Contains(text, "<p>") {
				inner, err := shapeOfHTML(text)
				if err != nil {
					return nil, err
				}
				parts = append(parts, inner...)
			}
		}
	}
}

func shapeOfJSON(data string) ([]string, error) {
	var value any
	if err := json.Unmarshal([]byte(data), &value); err != nil {
		return nil, err
	}
	var parts []string
	var walk func(at string, value any)
	walk = func(at string, value any) {
		switch value := value.(type) {
		case map[string]any:
			for key, item := range value {
				walk(at+"."+key, item)
			}
		case []any:
			for i, item := range value {
				walk(fmt.Sprint(at, i), item)
			}
		default:
			parts = append(parts, fmt.Sprintf("%s %T", at, value))
		}
	}
	walk("", value)
	slices.Sort(parts)
	return parts, nil
}
