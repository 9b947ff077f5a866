package article

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/vietnamese"
)

// full is the example of the contract, with every other key added.
const full = `---
id: 20200311-ky-ket-2020
title: "Đức Thọ: Ký kết chương trình phối hợp năm 2020"
date: 19:02 11/03/2020
updated: 12/3/2020
expires: 2030
draft: false
pinned: 30/4/2020
lead: >
  UBND huyện, Ủy ban MTTQ
  và các đoàn thể ký kết.
author: [Vũ Cương]
organization: Ủy ban MTTQ  huyện Đức Thọ
tags: [phối hợp công tác, nông thôn mới]
slug: Ký kết năm 2020
aliases: ["/tin.aspx?id=7", /tin cũ/ky-ket.html]
image: {file: anh-1.jpg, alt: Đại diện hai bên ký kết, caption: Lễ ký kết, credit: Vũ Cương}
gallery:
  - {file: /anh/hoi-truong.jpg, alt: Toàn cảnh hội trường}
attachments:
  - chuong-trinh.pdf
  - {file: ../chung/phu-luc.pdf, title: Phụ lục}
corrections:
  - {date: 12/3/2020, text: Đã sửa tên xã.}
event:
  start: 14:00 11/3/2020
  end: 16:30 11/3/2020
  location: Hội trường UBND huyện
  address: Thị trấn Đức Thọ
  organizer: UBND huyện Đức Thọ
  url: https://example.vn/dang-ky
  status: online
agreement:
  title: Chương trình phối hợp
  number: 15/CTPH-UBND-MTTQ
  parties: [UBND huyện Đức Thọ, Ủy ban MTTQ huyện Đức Thọ]
  signed: 11/3/2020
  from: 2020
  to: 12/2020
  commitments: [Thăm hộ nghèo, Làm đường hoa]
  document: chuong-trinh.pdf
  amends: 012/CTPH
  status: terminated
extra:
  phone: 0912345678
  weather: {rain: no}
---
Sáng 11/3.
`

func on(year, month, day, hour, minute int, p vietnamese.Precision) vietnamese.Date {
	return vietnamese.Date{Time: time.Date(year, time.Month(month), day, hour, minute, 0, 0, hanoi), Precision: p}
}

func TestEveryKeyIsRead(t *testing.T) {
	got, problems := Parse("tin-tuc/2020-03-11-ky-ket/index.md", []byte(full), hanoi)
	if problems != nil {
		t.Fatal(printed(t, full, problems))
	}
	want := &Article{
		Path:         "tin-tuc/2020-03-11-ky-ket/index.md",
		Kind:         News,
		BodyStart:    int32(strings.Index(full, "Sáng")),
		BodyLine:     48,
		Title:        Text{"Đức Thọ: Ký kết chương trình phối hợp năm 2020", 3, 8},
		Date:         on(2020, 3, 11, 19, 2, vietnamese.Minute),
		Lead:         "UBND huyện, Ủy ban MTTQ và các đoàn thể ký kết.",
		Authors:      []Text{{"Vũ Cương", 12, 10}},
		Organization: Text{"Ủy ban MTTQ huyện Đức Thọ", 13, 15},
		Tags:         []Text{{"phối hợp công tác", 14, 8}, {"nông thôn mới", 14, 27}},
		Slug:         Text{"ky-ket-nam-2020", 15, 7},
		ID:           Text{"20200311-ky-ket-2020", 2, 5},
		Image:        &Image{File: Text{"anh-1.jpg", 17, 15}, Alt: "Đại diện hai bên ký kết", Caption: "Lễ ký kết", Credit: "Vũ Cương"},
		Pinned:       true,
		Event: &Event{
			Start:     on(2020, 3, 11, 14, 0, vietnamese.Minute),
			End:       on(2020, 3, 11, 16, 30, vietnamese.Minute),
			Location:  "Hội trường UBND huyện",
			Address:   "Thị trấn Đức Thọ",
			Organizer: Text{"UBND huyện Đức Thọ", 30, 14},
			URL:       "https://example.vn/dang-ky",
			Status:    Online,
		},
		Agreement: &Agreement{
			Title:       "Chương trình phối hợp",
			Number:      Text{"15/CTPH-UBND-MTTQ", 35, 11},
			Parties:     []Text{{"UBND huyện Đức Thọ", 36, 13}, {"Ủy ban MTTQ huyện Đức Thọ", 36, 33}},
			Signed:      on(2020, 3, 11, 0, 0, vietnamese.Day),
			From:        on(2020, 1, 1, 0, 0, vietnamese.Year),
			To:          on(2020, 12, 1, 0, 0, vietnamese.Month),
			Commitments: 2,
			Items:       []string{"Thăm hộ nghèo", "Làm đường hoa"},
			Document:    Text{"chuong-trinh.pdf", 41, 13},
			Amends:      Text{"012/CTPH", 42, 11},
			Terminated:  true,
		},
		optional: &Optional{
			Updated:     on(2020, 3, 12, 0, 0, vietnamese.Day),
			Expires:     on(2030, 1, 1, 0, 0, vietnamese.Year),
			PinnedUntil: on(2020, 4, 30, 0, 0, vietnamese.Day),
			Aliases:     []Text{{"/tin.aspx?id=7", 16, 11}, {"/tin cũ/ky-ket.html", 16, 29}},
			Gallery:     []Image{{File: Text{"/anh/hoi-truong.jpg", 19, 12}, Alt: "Toàn cảnh hội trường"}},
			Attachments: []Attachment{
				{File: Text{"chuong-trinh.pdf", 21, 5}},
				{File: Text{"../chung/phu-luc.pdf", 22, 12}, Title: "Phụ lục"},
			},
			Corrections: []Correction{{on(2020, 3, 12, 0, 0, vietnamese.Day), "Đã sửa tên xã."}},
			Extra:       map[string]any{"phone": "0912345678", "weather": map[string]any{"rain": "no"}},
		},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(Article{})); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// parsed returns the article at path with the lines of front matter.
func parsed(t *testing.T, path string, lines ...string) *Article {
	t.Helper()
	src := "---\n" + strings.Join(lines, "\n") + "\n---\n" + body
	a, problems := Parse(path, []byte(src), hanoi)
	if problems != nil {
		t.Fatal(printed(t, src, problems))
	}
	return a
}

func TestWhatIsNotGivenHasItsDefault(t *testing.T) {
	a := parsed(t, "tin-tuc/2020-03-11-Họp dân/index.md", "title: Họp dân", "date: 11/3/2020",
		"event:", "agreement:", "tags:", "lead:", "author: ''", "id: \"\"", "organization: ' '", "image: ''", "updated: ''", "pinned: \"\"")
	if a.Slug != (Text{Value: "hop-dan"}) || a.ID != (Text{Value: "tin-tuc/2020-03-11-Họp dân"}) {
		t.Errorf("slug %v, id %v", a.Slug, a.ID)
	}
	if a.Lead != "Bà con đến dự đông đủ." {
		t.Errorf("lead %q", a.Lead)
	}
	if a.Event != nil || a.Agreement != nil || a.Tags != nil {
		t.Errorf("event %v, agreement %v, tags %v", a.Event, a.Agreement, a.Tags)
	}
}

func TestAPageNeedsOnlyATitle(t *testing.T) {
	for _, path := range []string{"gioi-thieu.md", "gioi-thieu/index.md"} {
		a := parsed(t, path, "title: Giới thiệu")
		if a.Kind != Standalone || a.Slug.Value != "gioi-thieu" || a.ID.Value != "gioi-thieu" || !a.Date.IsZero() {
			t.Errorf("%s: kind %d, slug %v, id %v, date %s", path, a.Kind, a.Slug, a.ID, a.Date)
		}
	}
}

func TestASectionHasADescriptionAndAWeight(t *testing.T) {
	a := parsed(t, "tin-tuc/_index.md", "title: Tin tức", "description: Tin của xã", "weight: 2", "aliases: [/tin/]")
	if a.Kind != Section || a.Lead != "Tin của xã" || a.Weight != 2 || a.Slug.Value != "tin-tuc" || len(a.Optional().Aliases) != 1 {
		t.Errorf("%+v", a)
	}
	if a := parsed(t, "tin-tuc/_index.md", "title: Tin tức"); a.Lead != "" {
		t.Errorf("lead %q of a section without a description", a.Lead)
	}
}

func TestKeysOfOtherGeneratorsAreUnderstood(t *testing.T) {
	a := parsed(t, "tin-tuc/a.md", "title: Họp dân", "publishDate: 2020-03-11T19:02:00Z",
		"lastmod: 2020-03-13", "expiryDate: 2021-01-01", "summary: Tóm tắt", "authors: Vũ Cương", "categories: [hòa giải]")
	if a.Date != on(2020, 3, 12, 2, 2, vietnamese.Second) || a.Optional().Updated != on(2020, 3, 13, 0, 0, vietnamese.Day) ||
		a.Optional().Expires != on(2021, 1, 1, 0, 0, vietnamese.Day) || a.Lead != "Tóm tắt" ||
		a.Authors[0].Value != "Vũ Cương" || a.Tags[0].Value != "hòa giải" {
		t.Errorf("%+v", a)
	}
}

func TestDatesAreComparedAtTheCoarserPrecision(t *testing.T) {
	const title = "title: Họp dân"
	for _, lines := range [][]string{
		{title, "date: 19:02 11/3/2020", "updated: 11/3/2020"},
		{title, "date: 19:02 11/3/2020", "expires: 11/3/2020"},
		{title, "date: 19:02 11/3/2020", "expires: 2020"},
		{title, "date: 11/3/2020", "event: {start: 14:00 11/3/2020, end: 11/3/2020}"},
		{title, "date: 11/3/2020", "agreement: {parties: [A, B], from: 11/3/2020, to: 2020}"},
		{title, "date: 11/3/2020", "agreement: {parties: [A, B], signed: 11/3/2020, to: 3/2020}"},
		{title, "date: 11/3/2020", "agreement: {parties: [A, B], from: 2018, to: 2019}"},
	} {
		parsed(t, "tin-tuc/a.md", lines...)
	}
}

func TestAnEventOnABareDayLastsAllDay(t *testing.T) {
	for event, want := range map[string]bool{
		"{start: 11/3/2020}":                             true,
		"{start: 11/3/2020, end: 12/3/2020}":             true,
		"{start: 14:00 11/3/2020, all_day: true}":        true,
		"{start: 14:00 11/3/2020}":                       false,
		"{start: 14:00 11/3/2020, end: 16:30 11/3/2020}": false,
	} {
		a := parsed(t, "tin-tuc/a.md", "title: Họp dân", "date: 11/3/2020", "event: "+event)
		if a.Event.IsAllDay() != want || a.Event.Status != Scheduled {
			t.Errorf("event: %s: all day %t, want %t; status %s", event, a.Event.IsAllDay(), want, a.Event.Status)
		}
	}
}

func TestAPinLastsUntilItsDayOrForEver(t *testing.T) {
	for pinned, want := range map[string]struct {
		pinned bool
		until  vietnamese.Date
	}{
		"true":      {pinned: true},
		"false":     {pinned: false},
		"30/4/2020": {true, on(2020, 4, 30, 0, 0, vietnamese.Day)},
	} {
		a := parsed(t, "tin-tuc/a.md", "title: Họp dân", "date: 11/3/2020", "pinned: "+pinned)
		if a.Pinned != want.pinned || a.Optional().PinnedUntil != want.until {
			t.Errorf("pinned: %s: %t until %s", pinned, a.Pinned, a.Optional().PinnedUntil)
		}
	}
}

func TestARepeatedNameIsKeptOnce(t *testing.T) {
	src := "---\ntitle: Họp dân\ndate: 11/3/2020\ntags: [hòa giải, Hoà  Giải, thư, thú]\n---\n"
	a, problems := Parse("tin-tuc/a.md", []byte(src), hanoi)
	want := []Text{{"hòa giải", 4, 8}, {"thư", 4, 29}, {"thú", 4, 34}}
	if diff := cmp.Diff(want, a.Tags); diff != "" || problems.HasErrors() || len(problems) != 1 {
		t.Errorf("%d problems (-want +got)\n%s", len(problems), diff)
	}
}

func TestAllMistakesOfAFileAreToldInOneRun(t *testing.T) {
	src := `---
date: 31/2/2026
draft: có
tgas: [a]
image: anh.jpg
event:
  end: 11/3/2020
---
`
	const want = `content/tin-tuc/a.md:2:1: lỗi[missing-key]
content/tin-tuc/a.md:2:7: lỗi[bad-date]
content/tin-tuc/a.md:3:8: lỗi[wrong-type]
content/tin-tuc/a.md:4:1: lỗi[unknown-key]
content/tin-tuc/a.md:5:8: lỗi[image-alt]
content/tin-tuc/a.md:7:3: lỗi[missing-key]
`
	_, problems := Parse("tin-tuc/a.md", []byte(src), hanoi)
	var got strings.Builder
	for line := range strings.Lines(printed(t, src, problems)) {
		if place, _, ok := strings.Cut(line, "]: "); ok && strings.HasPrefix(place, "content/") {
			got.WriteString(place + "]\n")
		}
	}
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func BenchmarkParse(b *testing.B) {
	src := []byte(full[:strings.Index(full, "updated:")] +
		"lead: UBND huyện, Ủy ban MTTQ và các đoàn thể ký kết chương trình phối hợp.\n" +
		full[strings.Index(full, "author:"):strings.Index(full, "slug:")] +
		full[strings.Index(full, "image:"):strings.Index(full, "gallery:")] +
		"draft: false\nslug: ky-ket-2020\n---\n" + strings.Repeat(body, 100))
	if _, problems := Parse("tin-tuc/ky-ket.md", src, hanoi); problems != nil {
		b.Fatal(problems)
	}
	b.ReportAllocs()
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		Parse("tin-tuc/ky-ket.md", src, hanoi)
	}
}
