package strictyaml

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/diag"
)

// parse reads src, which must have no mistakes.
func parse(t *testing.T, src string) *Node {
	t.Helper()
	root, problems := Parse([]byte(src), "site.yaml", 1)
	if problems != nil {
		t.Fatalf("%q: %v", src, shown(problems))
	}
	return root
}

func TestEveryScalarIsTheTextThatWasTyped(t *testing.T) {
	for _, typed := range []string{
		"0912345678", "012", "no", "yes", "15/KH", "1e3", "0x1F", "2020-01-02", "19:02 11/03/2020", "true", "1_000", ".5", "=", "a#b", "Null",
	} {
		n := parse(t, "k: "+typed+"\n").Get("k")
		if n.Kind != Scalar || n.Text != typed || n.Quoted {
			t.Errorf("%s is read as %+v", typed, n)
		}
	}
}

func TestQuotedAndBlockTextsAreNeverNull(t *testing.T) {
	for src, want := range map[string]string{
		`k: ""`: "", `k: 'null'`: "null", `k: "~"`: "~", "k: |\n  a\n   b: c\n": "a\n b: c\n", "k: >-\n  a\n  b\n": "a b",
	} {
		n := parse(t, src).Get("k")
		if n.Kind != Scalar || n.Text != want || !n.Quoted {
			t.Errorf("%q is read as %+v, want %q", src, n, want)
		}
	}
}

func TestAnEmptyValueIsNullAtItsKey(t *testing.T) {
	for _, src := range []string{"a: b\nk:\n", "a: b\nk: null\n", "a: b\nk: ~\n", "a: b\nk: # sau\n"} {
		want := &Node{Kind: Null, Pos: diag.Pos{File: "site.yaml", Line: 2, Col: 1}}
		if diff := cmp.Diff(want, parse(t, src).Get("k")); diff != "" {
			t.Errorf("%q (-want +got):\n%s", src, diff)
		}
	}
}

func TestABlockWithoutKeysIsAnEmptyMap(t *testing.T) {
	for _, src := range []string{"", "\n\n", "# ghi chú\n", "---\n"} {
		if root := parse(t, src); root.Kind != Map || len(root.Entries) != 0 {
			t.Errorf("%q is read as %+v", src, root)
		}
	}
}

func TestPlacesCountLinesOfTheFileAndCodePoints(t *testing.T) {
	root, problems := Parse([]byte("# Tệp\r\nảnh: {đề: Đức, tên: [a, Thọ]}\r\n"), "content/a.md", 2)
	if problems != nil {
		t.Fatal(shown(problems))
	}
	at := func(col int) diag.Pos { return diag.Pos{File: "content/a.md", Line: 3, Col: col} }
	want := &Node{Kind: Map, Pos: at(1), Entries: []Entry{{Key: "ảnh", Pos: at(1), Value: &Node{Kind: Map, Flow: true, Pos: at(6), Entries: []Entry{
		{Key: "đề", Pos: at(7), Value: &Node{Kind: Scalar, Text: "Đức", Pos: at(11)}},
		{Key: "tên", Pos: at(16), Value: &Node{Kind: List, Flow: true, Pos: at(21), Items: []*Node{
			{Kind: Scalar, Text: "a", Pos: at(22)}, {Kind: Scalar, Text: "Thọ", Pos: at(25)},
		}}},
	}}}}}
	if diff := cmp.Diff(want, root); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTextsAndKeysAreNFC(t *testing.T) {
	root := parse(t, "tie\u0302u: Thọ\n")
	if want := "tiêu"; root.Entries[0].Key != want || root.Entries[0].Value.Text != "Th\u1ecd" {
		t.Errorf("got %+q: %+q", root.Entries[0].Key, root.Entries[0].Value.Text)
	}
}

func TestAByteOrderMarkIsNoPartOfTheFirstKey(t *testing.T) {
	if n := parse(t, "\ufefftitle: x\n").Get("title"); n == nil || n.Pos.Col != 8 {
		t.Errorf("title is %+v", n)
	}
}

func TestNestingEndsAtTwentyLevels(t *testing.T) {
	nested := func(depth int) string {
		return "k: " + strings.Repeat("[", depth-1) + "x" + strings.Repeat("]", depth-1) + "\n"
	}
	parse(t, nested(20))
	_, problems := Parse([]byte(nested(21)), "site.yaml", 1)
	want := []string{"1:24 yaml-deep: các khối lồng nhau quá 20 tầng", "bỏ bớt tầng"}
	if diff := cmp.Diff(want, shown(problems)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestABombOfAliasesIsRefusedWithoutBeingExpanded(t *testing.T) {
	bomb := "a: &a [x, x]\n"
	for c := 'b'; c <= 'z'; c++ {
		bomb += fmt.Sprintf("%c: &%c [*%c, *%c, *%c]\n", c, c, c-1, c-1, c-1)
	}
	started := time.Now()
	_, problems := Parse([]byte(bomb), "site.yaml", 1)
	if !problems.HasErrors() || problems[0].Code() != "yaml-anchor" {
		t.Errorf("got %v", shown(problems))
	}
	if spent := time.Since(started); spent > 5*time.Second { // microseconds; expanded, it would be years
		t.Errorf("took %v", spent)
	}
}

func BenchmarkParse(b *testing.B) {
	src := []byte(`id: 20200311-ky-ket-2020
title: "Đức Thọ: Ký kết chương trình phối hợp năm 2020"
date: 19:02 11/03/2020
lead: UBND huyện, Ủy ban MTTQ và các đoàn thể ký kết chương trình phối hợp năm 2020.
author: [Vũ Cương]
organization: Ủy ban MTTQ huyện Đức Thọ
tags: [phối hợp công tác, nông thôn mới]
image: {file: anh-1.jpg, alt: Đại diện hai bên ký kết, caption: Lễ ký kết, credit: Vũ Cương}
slug: ky-ket
pinned: true
`)
	b.ReportAllocs()
	for b.Loop() {
		Parse(src, "content/tin-tuc/ky-ket.md", 2)
	}
}
