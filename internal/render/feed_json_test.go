package render_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/site"
	"bantin/internal/vietnamese"
)

func decodeJSON(t testing.TB, doc []byte) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(doc, &v); err != nil {
		t.Fatalf("%v in %s", err, doc)
	}
	return v
}

type object = map[string]any

func TestAJSONFeedHasTheKeysOfItsFormat(t *testing.T) {
	v := testFeed(t)
	v.Format = site.JSON
	want := object{
		"version":       "https://jsonfeed.org/version/1.1",
		"title":         "Trang tin huyện Đức Thọ",
		"home_page_url": "https://ductho.example/tin/",
		"feed_url":      "https://ductho.example/tin/feed",
		"description":   "Tin của UBND & Ủy ban MTTQ",
		"icon":          "https://ductho.example/tin/emblem.png",
		"language":      "vi",
		"authors":       []any{object{"name": "UBND huyện Đức Thọ"}},
		"items": []any{
			object{
				"id":             "tag:ductho.example,2026:20200311-ky-ket",
				"url":            "https://ductho.example/tin/tin-tuc/ky-ket/",
				"title":          "Ký kết <chương trình> phối hợp & ra quân 🎉",
				"content_html":   fullText,
				"summary":        `UBND huyện & "các đoàn thể" ký kết <b>.`,
				"image":          "https://ductho.example/tin/tin-tuc/ky-ket/anh-1.jpg?v=1",
				"date_published": "2020-03-11T19:02:00+07:00",
				"date_modified":  "2020-03-13T08:05:00+07:00",
				"authors": []any{
					object{"name": "Vũ Cương"}, object{"name": "Lê Hòa"}, object{"name": "Ủy ban MTTQ huyện Đức Thọ"},
				},
				"tags": []any{"Tin tức", "phối hợp công tác", "nông thôn mới"},
				"attachments": []any{
					object{
						"url":       "https://ductho.example/tin/tin-tuc/ky-ket/anh-1.jpg?v=1",
						"mime_type": "image/jpeg", "title": "Đại diện hai bên", "size_in_bytes": 48213.0,
					},
					object{
						"url":       "https://ductho.example/tin/tin-tuc/ky-ket/ct.pdf",
						"mime_type": "application/pdf", "title": "Chương trình", "size_in_bytes": 5e9,
					},
					object{
						"url":       "https://ductho.example/tin/tin-tuc/ky-ket/dl.csv",
						"mime_type": "text/csv", "title": "Dữ liệu", "size_in_bytes": 12.0,
					},
				},
			},
			object{
				"id":             "tag:ductho.example,2026:20200310-ngan",
				"url":            "https://ductho.example/tin/tin-tuc/ngan/",
				"title":          "Tin ngắn",
				"content_html":   "<p>Một câu.</p>\n",
				"summary":        "Một câu.",
				"date_published": "2020-03-10T00:00:00+07:00",
				"date_modified":  "2020-03-10T00:00:00+07:00",
				"tags":           []any{"Tin tức"},
			},
		},
	}
	if diff := cmp.Diff(any(want), decodeJSON(t, bytesOf(t, v))); diff != "" {
		t.Error(diff)
	}
}

func TestAnEmptyJSONFeedHasAnEmptyListOfItems(t *testing.T) {
	v := testFeed(t)
	v.Format, v.Items, v.Updated = site.JSON, nil, vietnamese.Date{}
	items, ok := decodeJSON(t, bytesOf(t, v)).(object)["items"].([]any)
	if !ok || len(items) != 0 {
		t.Errorf("items %v", items)
	}
}

func TestAnItemWithoutTextStillHasContent(t *testing.T) {
	v := testFeed(t)
	v.Format = site.JSON
	v.Items = v.Items[1:]
	v.Items[0].Lead, v.Items[0].HTML = "", ""
	item := decodeJSON(t, bytesOf(t, v)).(object)["items"].([]any)[0].(object)
	if got, want := item["content_html"], "<p>Tin ngắn</p>\n"; got != want {
		t.Errorf("content %q, want %q", got, want)
	}
}
