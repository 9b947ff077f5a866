package config

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/diag"
	"bantin/internal/messages"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
)

// required is what every site.yaml must have.
const required = "title: A\nbase_url: https://example.vn/\n"

func shown(problems diag.List) []string {
	var texts []string
	for _, p := range problems {
		texts = append(texts, fmt.Sprintf("%d:%d %s: %s", p.Pos.Line, p.Pos.Col, p.Code(), p.Message("vi")), p.Hint("vi"))
	}
	return texts
}

// parse reads src below the required keys, which must have no mistakes.
func parse(t *testing.T, src string) *Config {
	t.Helper()
	c, problems := Parse([]byte(required+src), File)
	if problems != nil {
		t.Fatalf("%q: %q", src, shown(problems))
	}
	return c
}

// A browser takes // for the start of a host, and folders named . and .. away, even
// where their dots are encoded: no link of such a site would lead where it should.
func TestABaseURLIsWhatBrowsersMakeOfIt(t *testing.T) {
	parts := []string{"", "/", "a", ".", "..", "%2e", ".%2E", "%2F", "%2fb", "%C3%A3", "..."}
	accepted := 0
	for _, first := range parts {
		for _, second := range parts {
			for _, third := range parts {
				raw := "https://example.vn/" + first + "/" + second + third
				_, root, fault := splitBaseURL(raw)
				if fault != "" {
					if mended := mendBaseURL(raw); !strings.HasPrefix(mended, "https://example.vn/") || mended == raw {
						t.Errorf("%s: the hint is %s", raw, mended)
					} else if _, _, fault := splitBaseURL(mended); fault != "" {
						t.Errorf("%s: the hint %s is refused", raw, mended)
					}
					continue
				}
				accepted++
				folders := strings.Split(strings.ReplaceAll(strings.ToLower(strings.Trim(root, "/")), "%2e", "."), "/")
				if strings.Contains(root, "//") || slices.Contains(folders, ".") || slices.Contains(folders, "..") {
					t.Errorf("%s is the root %s", raw, root)
				}
			}
		}
	}
	if accepted < 50 {
		t.Errorf("of all addresses %d are accepted", accepted)
	}
}

func TestEveryRuleIsToldAtItsPlace(t *testing.T) {
	for _, m := range mistakes {
		src := m.src
		for line := range strings.Lines(required) {
			key, _, _ := strings.Cut(line, " ")
			if m.src != "" && !strings.HasPrefix(m.src, key) && !strings.Contains(m.src, "\n"+key) {
				src += line
			}
		}
		_, problems := Parse([]byte(src), File)
		if diff := cmp.Diff(m.want, shown(problems)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", m.src, diff)
		}
	}
}

func TestASiteNeedsOnlyATitleAndAnAddress(t *testing.T) {
	c := parse(t, "")
	got := *c
	got.Location = nil
	want := Config{
		Title: "A", Origin: "https://example.vn", Root: "/", ID: "example.vn,2025", Language: "vi",
		PageSize: 20, Feed: Feed{Items: 20, FullText: true}, Related: 4,
		Paths: Paths{
			Page: "trang", Tag: "the", Organization: "don-vi", Author: "tac-gia",
			Event: "su-kien", Agreement: "thoa-thuan", Search: "tim-kiem", Calendar: "lich",
		},
		Theme: Theme{Cover: true}, Share: Share{Email: true},
		Images: Images{Widths: []int{480, 960, 1600}, Quality: 82, WebP: true}, Desk: Desk{Commit: true},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if c.Location.String() != "Asia/Ho_Chi_Minh" {
		t.Errorf("the zone is %v", c.Location)
	}
}

func TestEverySettingIsRead(t *testing.T) {
	c := parse(t, `id: khehoa.example,2026-03
description: Tin xã
language: en
timezone: UTC
organization: {name: UBND xã, logo: /a.svg, emblem: b.svg, address: Thôn 1, phone: 0200 555, email: a@b.vn, url: "https://a.vn/"}
menu: [tin-tuc, /van-ban/quyet-dinh/, {title: Cổng, url: "https://a.vn/"}, /]
tags:
  nông  thôn mới: {slug: ntm, description: Làng, aliases: [/cu/, "/tin.aspx?c=3"]}
  văn hóa:
organizations:
  UBND: {successor: UBND xã}
authors: {Vũ Cương: {}}
page_size: 50
feed: {items: 5, full_text: false}
paths: {tag: chu-de}
related: 0
glossary: {UBND: Ủy ban nhân dân, HĐND: Hội đồng nhân dân}
theme: {accent: "#C8102E", cover: false}
share: {email: false}
feedback: {email: c@d.vn, url: /y-kien/}
counter: /dem/
images: {widths: [320], quality: 70, webp: false}
markdown: {html: sanitize}
sitemap: {news: true}
gone: [/bai-cu/, "/tin.aspx"]
checks: {yaml-hash: error, curly-quotes: off}
extra: {a: [b, {c: 012}]}
mergers:
  UBND  huyện: {into: UBND, from: 1/7/2025}
  Sở: {into: [A, a, B], from: 2024}
desk: {commit: false}
`)
	at := func(line, col int) diag.Pos { return diag.Pos{File: File, Line: line, Col: col} }
	got := *c
	got.Location = nil
	want := Config{
		Title: "A", Origin: "https://example.vn", Root: "/", ID: "khehoa.example,2026-03", IDGiven: true,
		Description: "Tin xã", Language: "en",
		Organization: Organization{
			Name: "UBND xã", Address: "Thôn 1", Phone: "0200 555", Email: "a@b.vn", URL: "https://a.vn/",
			Logo: Text{"/a.svg", at(7, 37)}, Emblem: Text{"b.svg", at(7, 53)},
		},
		Menu: []MenuItem{
			{URL: "/tin-tuc/", Pos: at(8, 8)}, {URL: "/van-ban/quyet-dinh/", Pos: at(8, 17)},
			{Title: "Cổng", URL: "https://a.vn/", Pos: at(8, 39)}, {URL: "/", Pos: at(8, 76)},
		},
		Tags: []Taxon{
			{Name: "nông thôn mới", Pos: at(10, 3), Slug: "ntm", Description: "Làng", Aliases: []Text{{"/cu/", at(10, 60)}, {"/tin.aspx?c=3", at(10, 66)}}},
			{Name: "văn hóa", Pos: at(11, 3)},
		},
		Organizations: []Taxon{{Name: "UBND", Pos: at(13, 3), Successor: Text{"UBND xã", at(13, 21)}}},
		Authors:       []Taxon{{Name: "Vũ Cương", Pos: at(14, 11)}},
		Mergers: []Merger{
			{Name: "UBND huyện", Pos: at(31, 3), Into: []Text{{"UBND", at(31, 23)}}, From: vietnamese.Date{Time: time.Date(2025, 7, 1, 0, 0, 0, 0, time.UTC), Precision: vietnamese.Day}},
			{Name: "Sở", Pos: at(32, 3), Into: []Text{{"A", at(32, 15)}, {"B", at(32, 21)}}, From: vietnamese.Date{Time: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), Precision: vietnamese.Year}},
		},
		PageSize: 50, Feed: Feed{Items: 5},
		Paths: Paths{
			Page: "page", Tag: "chu-de", Organization: "organization", Author: "author",
			Event: "events", Agreement: "agreements", Search: "search", Calendar: "calendar",
		},
		Glossary: []Abbreviation{{"UBND", "Ủy ban nhân dân"}, {"HĐND", "Hội đồng nhân dân"}},
		Theme:    Theme{Accent: "#c8102e"}, Feedback: Feedback{Email: "c@d.vn", URL: "/y-kien/"}, Counter: "/dem/",
		Images: Images{Widths: []int{320}, Quality: 70}, Markdown: Markdown{HTML: Sanitize}, Sitemap: Sitemap{News: true},
		Gone:   []Text{{"/bai-cu/", at(27, 8)}, {"/tin.aspx", at(27, 18)}},
		Checks: map[string]diag.Severity{"yaml-hash": diag.Error, "curly-quotes": diag.Off},
		Extra:  map[string]any{"a": []any{"b", map[string]any{"c": "012"}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if c.Location.String() != "UTC" {
		t.Errorf("the zone is %v", c.Location)
	}
}

func TestTheAddressIsSplitIntoOriginAndRoot(t *testing.T) {
	for raw, want := range map[string][2]string{
		"https://example.vn":               {"https://example.vn", "/"},
		"HTTPS://Example.VN/tin":           {"https://example.vn", "/tin/"},
		"http://localhost:1313/":           {"http://localhost:1313", "/"},
		"http://[::1]:1313/a/":             {"http://[::1]:1313", "/a/"},
		"https://báo.vn/tin%20t%E1%BB%A9c": {"https://xn--bo-mia.vn", "/tin%20t%E1%BB%A9c/"},
	} {
		c, err := parse(t, "").WithBaseURL(raw)
		if err != nil || c.Origin != want[0] || c.Root != want[1] {
			t.Errorf("%s is split into %q, %q (%v)", raw, c.Origin, c.Root, err)
		}
	}
}

func TestAnotherAddressKeepsTheIDAndTheConfigItCameFrom(t *testing.T) {
	c := parse(t, "")
	moved, err := c.WithBaseURL("http://127.0.0.1:1313/thu/")
	if err != nil {
		t.Fatal(err)
	}
	if moved.ID != "example.vn,2025" || moved.Root != "/thu/" || c.Root != "/" {
		t.Errorf("moved %+v, was %+v", moved, c)
	}
}

func TestAWrongAddressIsAProblemInBothLanguages(t *testing.T) {
	_, err := parse(t, "").WithBaseURL("example.vn/tin")
	var wrong *ProblemError
	if !errors.As(err, &wrong) {
		t.Fatalf("the error is %v", err)
	}
	if got, want := err.Error(), `"example.vn/tin" is not the address of a web site`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := wrong.Problem.Hint("vi"), "base_url: https://example.vn/tin/"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestSettingsAreThereWhateverIsWrong(t *testing.T) {
	for _, src := range []string{"", "title: a: b\n", strings.Repeat("#", MaxSize+1)} {
		c, problems := Parse([]byte(src), File)
		if !problems.HasErrors() || c == nil || c.Language != "vi" || c.Paths.Tag != "the" || c.Location == nil {
			t.Errorf("got %+v, %q", c, shown(problems))
		}
	}
}

func TestASettingsFileEndsAtOneMebibyte(t *testing.T) {
	_, problems := Parse([]byte(strings.Repeat("#", MaxSize+1)), File)
	want := []string{"0:0 yaml-large: tệp lớn hơn 1 MiB", "chuyển bớt nội dung sang nơi khác"}
	if diff := cmp.Diff(want, shown(problems)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestEveryKeyIsDescribedInEachLanguage(t *testing.T) {
	var look func(keys []key)
	look = func(keys []key) {
		for _, k := range keys {
			for _, lang := range messages.Codes() {
				if k.About(lang) == "" {
					t.Errorf("%s: %s is not described", lang, k.Help)
				}
			}
			look(k.Keys)
		}
	}
	look(Keys())
}

func TestAValueThatYAMLReadsOtherwiseIsToldOnce(t *testing.T) {
	right := map[string]string{"title": "Trang tin", "base_url": "https://example.vn/", "language": "vi", "feedback": "{email: a@example.vn}"}
	for _, k := range append(siteKeys.Keys(), strictyaml.Key{Name: "title", Example: "Trang tin"}) {
		value := k.Example
		if value == "" || strings.ContainsAny(value[:1], `"[{`) {
			continue
		}
		right[k.Name] = value
	}
	for key, value := range right {
		if value[0] == '{' {
			continue
		}
		for _, typed := range []string{"“" + value + "”", "&" + value, "!" + value, "#" + value, "*" + value} {
			src := ""
			for other, v := range right {
				if other == key {
					v = typed
				}
				src += other + ": " + v + "\n"
			}
			_, problems := Parse([]byte(src), File)
			if len(problems) != 1 {
				t.Errorf("%s: %s is told %d times: %v", key, typed, len(problems), problems)
				continue
			}
			if strings.HasPrefix(typed, "“") && key != "title" {
				hint, _, _ := strings.Cut(problems[0].Hint("vi"), "\n")
				if _, left := Parse([]byte(strings.Replace(src, key+": "+typed, hint, 1)), File); len(left) > 0 {
					t.Errorf("%s: with the hint %q stay %v", key, hint, left)
				}
			}
		}
	}
}

func TestASignThatGotIntoAnAddressIsTold(t *testing.T) {
	for _, line := range []string{
		"organization: {}\nfeedback:\n  url: https://example.vn/gop-y/",
		"feedback:\n  url: /gop-y/",
		"reuse:\n  url: https://example.vn/nguon",
		"organization:\n  url: https://example.vn/a",
		"deploy:\n  chinh: sftp://a@example.vn/srv/tin",
		"notify:\n  hubs: https://hub.example/",
		"gone: /tin-tuc/cu/",
		"tags:\n  a:\n    aliases: /tin-tuc/cu/",
	} {
		want, problems := Parse([]byte(required+line+"\n"), File)
		if problems != nil {
			t.Fatal(line, problems)
		}
		for _, sign := range []string{",", ";", `"`, "]", "}", `",`} {
			src := required + line + sign + "\n"
			_, problems := Parse([]byte(src), File)
			if len(problems) != 1 {
				t.Errorf("%q is told %d times: %v", line+sign, len(problems), problems)
				continue
			}
			at := strings.LastIndex(src[:len(src)-1], "\n") + 1
			indent := src[at : len(src)-len(strings.TrimLeft(src[at:], " "))]
			got, problems := Parse([]byte(src[:at]+indent+problems[0].Hint("en")+"\n"), File)
			if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })); diff != "" || problems != nil {
				t.Errorf("%q: with the hint: %v %s", line+sign, problems, diff)
			}
		}
	}
	for _, path := range []string{"/tin,", "/tin/;", `/tin/"`, "/tin]", "/tin/ tiếp theo", "/tin/ (mới)", "/tin}"} {
		_, problems := Parse([]byte("title: A\nbase_url: https://example.vn"+path+"\n"), File)
		if len(problems) != 1 || problems[0].Hint("vi") != "base_url: https://example.vn/tin/" {
			t.Errorf("%s: %q", path, shown(problems))
		}
	}
	for _, typed := range []string{"a(at)b.vn", "https://a_b(.vn/", "example.vn,/", "https://x.vn:port/"} {
		if _, _, fault := splitBaseURL(mendBaseURL(typed)); fault != "" {
			t.Errorf("the hint for %s is %s: %s", typed, mendBaseURL(typed), fault)
		}
	}
	_, problems := Parse([]byte(required+"gone: /a/, /b/\n"), File)
	if len(problems) != 1 || problems[0].Hint("vi") != "gone: [/a/, /b/]" {
		t.Errorf("two paths as one text: %q", shown(problems))
	}
}

// What the table of keys says of the values of a key is held to.
func TestNoKeyTakesAValueThatItsTypeDoesNotHave(t *testing.T) {
	strict := []strictyaml.Type{strictyaml.TypeInt, strictyaml.TypeBool, strictyaml.TypeDate, strictyaml.TypeURL}
	tried := 0
	var try func(keys []strictyaml.Key, before, behind string)
	try = func(keys []strictyaml.Key, before, behind string) {
		for _, k := range keys {
			line := before + k.Name + ": "
			switch {
			case len(k.OneOf) > 0 || slices.Contains(strict, k.Type):
				tried++
				_, problems := Parse([]byte(line+"khong phai"+behind+"\n"), File)
				if !slices.ContainsFunc(problems, func(p diag.Problem) bool { return p.Pos.Col == len(line)+1 }) {
					t.Errorf("%skhong phai%s: %v", line, behind, problems)
				}
			case k.Type == strictyaml.TypeBlock:
				try(k.Keys, line+"{", "}"+behind)
			case k.Type == strictyaml.TypeNames && k.Name == "languages":
				try(k.Keys, line+"{en: {", "}}"+behind)
			case k.Type == strictyaml.TypeNames:
				try(k.Keys, line+"{A: {", "}}"+behind)
			case k.Type == strictyaml.TypeList:
				try(k.Keys, line+"[{", "}]"+behind)
			}
		}
	}
	try(Keys(), "", "")
	if tried < 30 {
		t.Errorf("%d keys were tried", tried)
	}
}
