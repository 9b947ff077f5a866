package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"bantin/internal/article"
	"bantin/internal/config"
	"bantin/internal/diag"
	"bantin/internal/strictyaml"
)

// schema returns the compiled JSON Schema of a kind of file.
func schema(t *testing.T, kind string) *jsonschema.Schema {
	t.Helper()
	data, err := schemaOf(kind, "vi")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(kind, doc); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile(kind)
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

// asEditorsRead returns a YAML text as an editor's schema checker sees it:
// with numbers and booleans, but dates as texts.
func asEditorsRead(t *testing.T, text string) any {
	t.Helper()
	var value any
	if err := yaml.Unmarshal([]byte(text), &value); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	data, err := json.Marshal(datesAsText(value))
	if err != nil {
		t.Fatal(err)
	}
	value, err = jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func datesAsText(value any) any {
	switch v := value.(type) {
	case time.Time:
		return v.Format(time.DateOnly)
	case []any:
		for i := range v {
			v[i] = datesAsText(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = datesAsText(v[k])
		}
	}
	return value
}

// problemsOf returns what our own reader says of the text of a kind of file.
func problemsOf(kind, text string) diag.List {
	if kind == "site" {
		_, problems := config.Parse([]byte(text), config.File)
		return problems
	}
	_, problems := article.Parse("tin-tuc/hop-dan.md", []byte("---\n"+text+"---\n"), time.UTC)
	return problems
}

// inKeys are the codes of mistakes that a schema can know: wrong keys, keys
// that are missing, and values of the wrong kind.
var inKeys = map[string]bool{
	"unknown-key": true, "missing-key": true, "wrong-type": true, "bad-choice": true,
	"key-of-event": true, "key-of-agreement": true, "key-of-section": true, "image-alt": true,
}

const (
	wholeArticle = `id: 20200311-ky-ket-2020
title: "Đức Thọ: Ký kết chương trình phối hợp năm 2020"
date: 19:02 11/03/2020
updated: 2020-03-12
expires: 2030
draft: false
lead: UBND huyện và các đoàn thể ký kết.
author: [Vũ Cương, Lê Thị Mai]
organization: Ủy ban MTTQ huyện Đức Thọ
tags: [phối hợp công tác, 2020]
slug: 2020
aliases: [/cu/7.html]
image: {file: anh-1.jpg, alt: Đại diện hai bên ký kết, caption: Lễ ký kết, credit: Vũ Cương}
gallery:
  - {file: anh-2.jpg, alt: Bà con dự lễ}
attachments: [ke-hoach.pdf, {file: bang.xlsx, title: Bảng kê}]
corrections:
  - {date: 12/3/2020, text: Đã sửa tên thôn}
pinned: 30/4/2020
agreement:
  number: 15
  parties: [UBND huyện Đức Thọ, Ủy ban MTTQ huyện Đức Thọ]
  signed: 11/3/2020
  from: 2020
  to: 2020
  commitments: 30
  document: chuong-trinh.pdf
  amends: ctph-2019.md
  status: terminated
event:
  start: 14:00 11/3/2020
  end: 16:30 11/3/2020
  all_day: false
  location: Hội trường UBND huyện
  url: https://example.vn/
  status: online
extra: {màu: [xanh, 3]}
`
	wholeSite = `title: Trang tin xã Khê Hòa
base_url: https://khehoa.example/
id: khehoa.example,2026
language: vi
organization: {name: UBND xã, logo: /emblem.svg, url: https://khehoa.example/}
menu: [tin-tuc, {title: Cổng thông tin, url: https://xa.example/}]
tags:
  nông thôn mới: {slug: ntm, aliases: [/cu/]}
  hòa giải:
organizations:
  UBND xã Lạc Khê: {successor: UBND xã Khê Hòa}
  UBND xã Khê Hòa: {}
mergers:
  UBND huyện: {into: [UBND xã Khê Hòa, UBND xã Lạc Sơn], from: 1/7/2025}
page_size: 20
feed: {items: 20, full_text: true}
paths: {tag: chu-de}
glossary: {UBND: Ủy ban nhân dân}
images: {widths: [480, 960], quality: 82}
markdown: {html: sanitize}
gone: [/bai-cu/]
checks: {long-title: off}
`
)

func TestTheSchemaTakesWhatTheReaderTakes(t *testing.T) {
	for kind, text := range map[string]string{"article": wholeArticle, "site": wholeSite} {
		if problems := problemsOf(kind, text); problems != nil {
			t.Errorf("the reader refuses the %s: %v", kind, problems)
		}
		if err := schema(t, kind).Validate(asEditorsRead(t, text)); err != nil {
			t.Errorf("the schema refuses the %s: %v", kind, err)
		}
	}
}

func TestTheSchemaKnowsEveryKeyWithItsExample(t *testing.T) {
	for kind, keys := range map[string][]strictyaml.Key{"article": article.Keys(), "site": config.Keys()} {
		s := schema(t, kind)
		base := "title: A\ndate: 11/3/2020\n"
		if kind == "site" {
			base = "title: A\nbase_url: https://example.vn/\n"
		}
		for _, k := range keys {
			if k.Example == "" || strings.Contains(base, k.Name+":") {
				continue
			}
			text := base + k.Name + ": " + k.Example + "\n"
			if problems := problemsOf(kind, text); problems != nil {
				t.Errorf("the reader refuses the example of %s: %v", k.Name, problems)
			}
			if err := s.Validate(asEditorsRead(t, text)); err != nil {
				t.Errorf("the schema refuses the example of %s: %v", k.Name, err)
			}
		}
	}
}

func TestTheSchemaRefusesTheMistakesInKeys(t *testing.T) {
	archive, err := txtar.ParseFile("../../internal/article/testdata/faults.txtar")
	if err != nil {
		t.Fatal(err)
	}
	s, refused := schema(t, "article"), 0
	for _, f := range archive.Files {
		text, _, found := strings.Cut(strings.TrimPrefix(string(f.Data), "---\n"), "\n---\n")
		if !strings.HasSuffix(f.Name, "/tin-tuc/hop-dan.md") || !found || !strings.HasPrefix(string(f.Data), "---\n") {
			continue
		}
		problems := problemsOf("article", text+"\n")
		var value any
		if yaml.Unmarshal([]byte(text), &value) != nil || len(problems) != 1 {
			continue // no editor's checker can read it either
		}
		err := s.Validate(asEditorsRead(t, text))
		switch p := problems[0]; {
		case inKeys[p.Code()] && err == nil:
			t.Errorf("the schema takes %s, of which the reader says %s: %s\n%s", f.Name, p.Code(), p.Message("en"), text)
		case inKeys[p.Code()]:
			refused++
		}
	}
	if refused < 10 {
		t.Errorf("%d mistakes were refused only", refused)
	}
}

func TestEveryDescriptionIsInBothLanguages(t *testing.T) {
	for _, kind := range schemas {
		for _, lang := range []string{"vi", "en"} {
			data, err := schemaOf(kind, lang)
			if err != nil {
				t.Fatal(err)
			}
			var root struct {
				Properties map[string]struct{ Description string }
			}
			if err := json.Unmarshal(data, &root); err != nil {
				t.Fatal(err)
			}
			for name, p := range root.Properties {
				if p.Description == "" {
					t.Error(fmt.Sprintf("%s in %s", name, lang), "has no description")
				}
			}
		}
	}
}
