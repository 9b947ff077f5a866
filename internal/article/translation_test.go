package article

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestEachKeyHasItsFateInATranslation(t *testing.T) {
	known := map[string]bool{}
	for _, key := range slices.Concat(newsKeys.Keys(), sectionKeys.Keys()) {
		known[key.Name] = true
		if fates[key.Name] == 0 {
			t.Errorf("%s: what does a translation take of it?", key.Name)
		}
	}
	for name := range fates {
		if !known[name] {
			t.Errorf("%s is no key", name)
		}
	}
}

// parseBoth reads an article and its translation into English.
func parseBoth(t *testing.T, original, translation string) (o, own, both *Article) {
	t.Helper()
	read := func(path, front string) *Article {
		a, problems := Parse(path, []byte("---\n"+front+"---\nText.\n"), hanoi, "en")
		if len(problems) > 0 {
			t.Fatalf("%s: %v", path, problems)
		}
		return a
	}
	o, own = read("tin/a.md", original), read("tin/a.en.md", translation)
	return o, own, own.Translate(o)
}

// valuesOf returns the values of a list.
func valuesOf(list []Text) []string {
	var all []string
	for _, t := range list {
		all = append(all, t.Value)
	}
	return all
}

const originalFront = `id: a-1
title: Ký kết
date: 8:00 1/3/2024
updated: 5/3/2024
expires: 1/6/2025
pinned: 1/5/2024
search: false
lead: Lời dẫn.
author: [Vũ Cương]
organization: UBND xã
tags: [ký kết, phối hợp]
image: {file: a.jpg, alt: Lễ ký, caption: Toàn cảnh, credit: Vũ Cương}
gallery: [{file: b.jpg, alt: Hội trường}, {file: c.jpg, alt: Đại biểu}]
attachments: [{file: ke-hoach.pdf, title: Kế hoạch}, phu-luc.pdf]
event: {start: 1/3/2024, organizer: UBND xã, location: Xã}
agreement: {number: 15/CT, parties: [UBND xã, Hội Nông dân], signed: 1/3/2024, document: ke-hoach.pdf, amends: 14/CT}
extra: {phone: '0912345678'}
`

func TestATranslationTakesFromItsOriginalWhatItDoesNotSay(t *testing.T) {
	o, own, both := parseBoth(t, originalFront, "title: A signing\n")
	if both.Title.Value != "A signing" || both.Lead != "Text." || both.Path != "tin/a.en.md" {
		t.Errorf("what is its own: %q, %q, %s", both.Title.Value, both.Lead, both.Path)
	}
	if both.ID.Value != "a-1" || both.Date != o.Date || !both.NoSearch || both.Optional().PinnedUntil != o.Optional().PinnedUntil || both.Optional().Expires != o.Optional().Expires {
		t.Errorf("what is shared: %q %v %v", both.ID.Value, both.Date, both.Optional())
	}
	if got := valuesOf(append(slices.Concat(both.Authors, both.Tags, both.Agreement.Parties), both.Organization, both.Event.Organizer)); !slices.Equal(got, []string{"Vũ Cương", "ký kết", "phối hợp", "UBND xã", "Hội Nông dân", "UBND xã", "UBND xã"}) {
		t.Errorf("the names are %q", got)
	}
	for _, text := range slices.Concat(both.Authors, both.Tags, both.Agreement.Parties, []Text{
		both.ID, both.Organization, both.Event.Organizer, both.Agreement.Number, both.Agreement.Document, both.Agreement.Amends, both.Image.File,
		both.Optional().Gallery[0].File, both.Optional().Gallery[1].File, both.Optional().Attachments[0].File, both.Optional().Attachments[1].File,
	}) {
		if !text.IsInherited() || text.Line != 0 {
			t.Errorf("%q would be told at line %d of the wrong file", text.Value, text.Line)
		}
	}
	if i := both.Image; i.File.Value != "a.jpg" || i.Alt != "Lễ ký" || i.Caption != "Toàn cảnh" || !i.AltForeign || !i.CaptionForeign {
		t.Errorf("the picture is %+v", i)
	}
	if list := both.Optional().Attachments; len(list) != 2 || list[0].Title != "Kế hoạch" || !list[0].Foreign || list[1].Foreign {
		t.Errorf("the documents are %+v", list)
	}
	if both.Optional().Extra["phone"] != "0912345678" {
		t.Errorf("extra is %v", both.Optional().Extra)
	}
	if both.Optional().Updated != o.Optional().Updated || !both.OwnUpdated().IsZero() {
		t.Errorf("it was changed on %v, by itself on %v", both.Optional().Updated, both.OwnUpdated())
	}
	if missing := both.MissingKey(); missing != "" || own.MissingKey() != "date" || own.IsDated() || !o.IsDated() {
		t.Errorf("together they lack %q", missing)
	}
	if o.Authors[0].Line == 0 || o.Event.Organizer.Line == 0 || o.Optional().Gallery[0].File.Line == 0 || len(own.Authors) > 0 {
		t.Error("the two were changed")
	}
}

// Of each key that a translation shares with its original, it has what the original says.
func TestEachSharedKeyOfAnOriginalReachesItsTranslation(t *testing.T) {
	lines := strings.SplitAfter(strings.Replace(originalFront, "id:", "draft: true\nid:", 1), "\n")
	for _, key := range newsKeys.Keys() {
		if fates[key.Name] == ownKey || key.Required {
			continue
		}
		isOfKey := func(line string) bool { return strings.HasPrefix(line, key.Name+": ") }
		if !slices.ContainsFunc(lines, isOfKey) {
			t.Errorf("originalFront gives no %s", key.Name)
			continue
		}
		without := strings.Join(slices.DeleteFunc(slices.Clone(lines), isOfKey), "")
		_, _, with := parseBoth(t, strings.Join(lines, ""), "title: A signing\n")
		if _, _, both := parseBoth(t, without, "title: A signing\n"); reflect.DeepEqual(with, both) {
			t.Errorf("%s of the original does not reach its translation", key.Name)
		}
	}
}

func TestATranslationSaysItsOwn(t *testing.T) {
	_, _, both := parseBoth(t, originalFront, `title: A signing
updated: 6/3/2024
expires: 1/1/2025
author: [An Other]
organization: The Commune
tags: [signing]
image: {alt: The ceremony}
gallery: [{alt: The hall}, {file: d.jpg, alt: Delegates}, {file: e.jpg, alt: Guests}]
attachments: [{title: The plan}, {file: annex.pdf, title: Annex}, more.pdf]
extra: {phone: none}
`)
	o := both.Optional()
	if got := valuesOf(append(slices.Concat(both.Authors, both.Tags), both.Organization)); !slices.Equal(got, []string{"An Other", "signing", "The Commune"}) {
		t.Errorf("the names are %q", got)
	}
	if i := both.Image; i.File.Value != "a.jpg" || i.Alt != "The ceremony" || i.Caption != "Toàn cảnh" || i.Credit != "Vũ Cương" || i.AltForeign || !i.CaptionForeign {
		t.Errorf("the picture is %+v", i)
	}
	var pictures, documents []string
	for _, i := range o.Gallery {
		pictures = append(pictures, i.File.Value+" "+i.Alt)
	}
	for _, d := range o.Attachments {
		documents = append(documents, d.File.Value+" "+d.Title)
	}
	if !slices.Equal(pictures, []string{"b.jpg The hall", "d.jpg Delegates", "e.jpg Guests"}) || !slices.Equal(documents, []string{"ke-hoach.pdf The plan", "annex.pdf Annex", "more.pdf "}) {
		t.Errorf("the files are %q and %q", pictures, documents)
	}
	if o.Updated.String() != "06/03/2024" || both.OwnUpdated() != o.Updated || o.Expires.String() != "01/01/2025" || o.Extra["phone"] != "none" {
		t.Errorf("it was changed on %v and expires on %v", o.Updated, o.Expires)
	}
	// what is to be gone is gone at the earlier time, and a draft of either is one
	for _, tt := range []struct {
		original, translation, expires string
		draft                          bool
	}{
		{"expires: 1/1/2025\n", "expires: 1/6/2025\n", "01/01/2025", false},
		{"", "expires: 1/6/2025\n", "01/06/2025", false},
		{"draft: true\n", "", "", true},
		{"", "draft: true\n", "", true},
	} {
		_, _, both := parseBoth(t, "title: A\ndate: 1/3/2024\n"+tt.original, "title: A\n"+tt.translation)
		if both.Optional().Expires.String() != tt.expires && tt.expires != "" || both.Draft != tt.draft {
			t.Errorf("%q and %q: it expires on %v, a draft: %t", tt.original, tt.translation, both.Optional().Expires, both.Draft)
		}
	}
}

// A file of its own, a translation that nothing stands behind, has to have all.
func TestATranslationWithoutAnOriginalLacksWhatItLacks(t *testing.T) {
	for front, want := range map[string]string{
		"title: A\n": "date",
		"title: A\ndate: 1/3/2024\nimage: {alt: A}\n":              "file",
		"title: A\ndate: 1/3/2024\ngallery: [{alt: A}]\n":          "file",
		"title: A\ndate: 1/3/2024\nattachments: [{title: A}]\n":    "file",
		"title: A\ndate: 1/3/2024\nimage: {file: a.jpg, alt: A}\n": "",
	} {
		a, problems := Parse("tin/a.en.md", []byte("---\n"+front+"---\n"), hanoi, "en")
		if got := a.MissingKey(); got != want || len(problems) > 0 {
			t.Errorf("%q lacks %q, not %q; told is %v", front, got, want, problems)
		}
	}
	_, _, both := parseBoth(t, "title: A\ndate: 1/3/2024\n", "title: A\ngallery: [{file: a.jpg, alt: A}]\nattachments: [a.pdf]\n")
	if o := both.Optional(); both.Image != nil || len(o.Gallery) != 1 || len(o.Attachments) != 1 || o.Gallery[0].File.Line == 0 {
		t.Errorf("files of its own are %+v", o)
	}
}

func TestTheLanguageOfAFileIsTheLastPartOfItsName(t *testing.T) {
	for path, want := range map[string]string{
		"tin/a.en.md": "en", "tin/a.b.en.md": "en", "tin/a.md": "", "tin/a.fr.md": "", "tin/.en.md": "", "tin/a.en.txt": "", "tin/index.zh-Hant.md": "zh-Hant", "tin/a.EN.md": "",
	} {
		if got := LanguageOf(path, []string{"en", "zh-Hant"}); got != want {
			t.Errorf("%s is of %q, not %q", path, got, want)
		}
		if want == "" {
			continue
		}
		a, _ := Parse(path, []byte("---\ntitle: A\ndate: 1/3/2024\n---\n"), hanoi, "en", "zh-Hant")
		if stem := strings.TrimSuffix(path, "."+want+".md") + ".md"; a.Stem() != stem {
			t.Errorf("%s translates %s, not %s", path, a.Stem(), stem)
		}
	}
}
