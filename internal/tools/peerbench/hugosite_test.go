package main

import (
	"path/filepath"
	"testing"

	"bantin/internal/corpus"
)

func TestAnArticleGetsFrontMatterThatHugoReads(t *testing.T) {
	source := `---
id: 20150221-ky-ket-7
title: "Đức Thọ: Ký kết \"15/KH\""
date: 9:05 1/3/2015
updated: 2/3/2015
author: [Ngô Thị Xuân, Vũ Cương]
organization: "Ủy ban MTTQ, huyện"
tags: [hương ước, "nông thôn, mới"]
agreement:
  parties: [A, B]
---

Hai bên **ký kết**.
`
	want := `---
title: "Đức Thọ: Ký kết \"15/KH\""
date: 2015-03-01T09:05:00+07:00
lastmod: 2015-03-02T00:00:00+07:00
slug: ky-ket-7
description: "Hai bên ký kết."
authors: ["Ngô Thị Xuân", "Vũ Cương"]
organization: "Ủy ban MTTQ, huyện"
tags: ["hương ước", "nông thôn, mới"]
months: ["2015-03"]
---

Hai bên **ký kết**.
`
	got, err := hugoArticle(corpus.File{Path: "content/tin-tuc/2015-03-01-ky-ket-7.md", Data: []byte(source)})
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestAnArticleThatBantinRefusesIsNotForHugoEither(t *testing.T) {
	if _, err := hugoArticle(corpus.File{Path: "content/a/b.md", Data: []byte("---\ntitle: T\n---\n")}); err == nil {
		t.Error("an article without a date was taken")
	}
}

func TestTheHugoSiteHasEverySectionAndArticleOfTheCorpus(t *testing.T) {
	for _, mix := range []corpus.Mix{corpus.Light, corpus.Heavy} {
		t.Run(mix.String(), func(t *testing.T) { theHugoSiteIsWhole(t, mix) })
	}
}

func theHugoSiteIsWhole(t *testing.T, mix corpus.Mix) {
	const n = 50
	dir := t.TempDir()
	c := mix.New(seed, corpus.PaceFor(n))
	if err := writeHugoSite(dir, c, n); err != nil {
		t.Fatal(err)
	}
	site := tree(t, dir)
	want := []string{"hugo.toml", "layouts/baseof.html", "layouts/_partials/card.html", "layouts/_markup/render-link.html"}
	for _, f := range c.Settings()[1:] {
		want = append(want, f.Path)
	}
	for i := range n {
		want = append(want, c.Article(i).Path)
	}
	for _, name := range want {
		if _, ok := site[filepath.Join(dir, filepath.FromSlash(name))]; !ok {
			t.Errorf("%s is missing", name)
		}
	}
	pages, err := markdownFiles(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(pages) != n+8 {
		t.Errorf("%d pages, want %d articles and 8 sections", len(pages), n)
	}
}
