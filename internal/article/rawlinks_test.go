package article

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLinksInHTMLAreResolvedAsThoseOfMarkdown(t *testing.T) {
	c := NewConverter(ConverterOptions{Sanitize: true})
	resolve := func(l Link) Target {
		switch l.Dest {
		case "a.md":
			return Target{URL: "/tin/a/"}
		case "b.jpg":
			return Target{URL: "/tin/b.jpg?v=1", Width: 800, Height: 600, Srcset: "/tin/b-400.jpg 400w, /tin/b.jpg 800w"}
		case "c.jpg":
			return Target{URL: "/tin/c.jpg"}
		case "/gioi-thieu/":
			return Target{URL: "/xa/gioi-thieu/"}
		}
		return Target{}
	}
	const lazy = ` loading="lazy" decoding="async"`
	sizes := ` sizes="` + pictureSizes + `"`
	tests := []struct {
		text, html string
		links      []Link
		problems   string
	}{
		{`Xem <a href="a.md">bài</a>`, `<p>Xem <a href="/tin/a/">bài</a></p>`, []Link{{Hyperlink, "a.md", 1, 5}}, ""},
		{`<a href="/gioi-thieu/">a</a>`, `<p><a href="/xa/gioi-thieu/">a</a></p>`, []Link{{Hyperlink, "/gioi-thieu/", 1, 1}}, ""},
		{`<a href="https://a.vn/">a</a>`, `<p><a href="https://a.vn/">a</a></p>`, []Link{{Hyperlink, "https://a.vn/", 1, 1}}, ""},
		{"<div>\n<img src=\"b.jpg\" alt=\"x\">\n</div>", "<div>\n<img src=\"/tin/b.jpg?v=1\" alt=\"x\" srcset=\"/tin/b-400.jpg 400w, /tin/b.jpg 800w\"" + sizes + ` width="800" height="600"` + lazy + "/>\n</div>",
			[]Link{{Picture, "b.jpg", 2, 1}}, ""},
		{`a <img src="c.jpg" srcset="c.jpg 1x, d.jpg 2x" alt="x" width="3">`, `<p>a <img src="/tin/c.jpg" srcset="/tin/c.jpg 1x" alt="x" width="3"` + lazy + `/></p>`,
			[]Link{{Picture, "c.jpg", 1, 3}, {Picture, "c.jpg", 1, 3}, {Picture, "d.jpg", 1, 3}}, ""},
		{`a <a href="e.md">b</a>`, "<p>a b</p>", []Link{{Hyperlink, "e.md", 1, 3}}, ""},
		{`a <img src="c.jpg">`, `<p>a <img src="/tin/c.jpg" alt=""` + lazy + `/></p>`, []Link{{Picture, "c.jpg", 1, 3}},
			"1:3 [missing-alt] thẻ <img> không có alt nên người khiếm thị không biết trong ảnh có gì\n  > thêm alt=\"lời tả ảnh\" vào thẻ\n"},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			body := c.Convert(new(bytes.Buffer), &Article{BodyLine: 1}, []byte(tt.text), resolve)
			if diff := cmp.Diff(tt.html, string(bytes.TrimSpace(body.HTML))); diff != "" {
				t.Errorf("HTML (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.links, allLinks(body)); diff != "" {
				t.Errorf("links (-want +got):\n%s", diff)
			}
			if got := problems(body.Problems); got != tt.problems {
				t.Errorf("problems:\n%s", got)
			}
		})
	}
}

func TestAFilmIsShownWithItsSize(t *testing.T) {
	c := NewConverter(ConverterOptions{Language: "vi"})
	resolve := func(l Link) Target {
		if l.Kind != Hyperlink {
			t.Errorf("%s is no hyperlink", l.Dest)
		}
		return Target{URL: "/tin/" + l.Dest, Size: 12_900_000}
	}
	for text, want := range map[string]string{
		`![Lễ hội](le-hoi.mp4 "Lễ & hội")`: `<figure><video controls preload="none" src="/tin/le-hoi.mp4" aria-label="Lễ hội"><a href="/tin/le-hoi.mp4">Lễ hội</a></video>` +
			"<figcaption>Lễ &amp; hội (MP4, 12 MB)</figcaption></figure>\n",
		`![](a.WEBM)`:              `<figure><video controls preload="none" src="/tin/a.WEBM"><a href="/tin/a.WEBM"></a></video><figcaption>(WEBM, 12 MB)</figcaption></figure>` + "\n",
		`Xem ![Lễ hội](a.mp4) này`: `<p>Xem <video controls preload="none" src="/tin/a.mp4" aria-label="Lễ hội"><a href="/tin/a.mp4">Lễ hội</a></video> (MP4, 12 MB) này</p>` + "\n",
		`[Lễ hội](a.mp4)`: `<figure><video controls preload="none" src="/tin/a.mp4" aria-label="Lễ hội"><a href="/tin/a.mp4">Lễ hội</a></video>` +
			"<figcaption>(MP4, 12 MB)</figcaption></figure>\n",
		`Xem [Lễ hội](a.mp4).`:          `<p>Xem <a href="/tin/a.mp4">Lễ hội</a>.</p>` + "\n",
		`[Lễ hội](https://a.vn/b.mp4)`:  `<p><a href="https://a.vn/b.mp4">Lễ hội</a></p>` + "\n",
		`![Lễ hội](https://a.vn/b.mp4)`: `<p><a href="https://a.vn/b.mp4">Lễ hội</a></p>` + "\n",
	} {
		body := c.Convert(new(bytes.Buffer), &Article{BodyLine: 1}, []byte(text), resolve)
		if got := string(body.HTML); got != want || len(body.Problems) > 0 {
			t.Errorf("%s:\n got %s\nwant %s%s", text, got, want, problems(body.Problems))
		}
	}
}

func TestAnAddressAsPeopleSayItIsMended(t *testing.T) {
	for text, want := range map[string]string{
		"[xã](www.a.vn/Đức)":        "[xã](https://www.a.vn/Đức)",
		`[xã](WWW.a.vn "T")`:        `[xã](https://WWW.a.vn "T")`,
		"[thư](a@b.vn)":             "[thư](mailto:a@b.vn)",
		`![a](.\anh.jpg)`:           "![a](anh.jpg)",
		`[a](..\van-ban\kh 1.pdf)`:  "",
		`[a](<..\van-ban\kh.pdf>)`:  "[a](<../van-ban/kh.pdf>)",
		`![*a* b](anh\le\1.jpg)`:    "![*a* b](anh/le/1.jpg)",
		"[a](b.md) [thư](x.y@b.vn)": "[thư](mailto:x.y@b.vn)",
	} {
		body := convert(text)
		if want == "" {
			continue
		}
		if len(body.Problems) != 1 || body.Problems[0].Hint("vi") != want || body.Problems[0].Code() != "link-address" {
			t.Errorf("%s: %s, want the hint %s", text, problems(body.Problems), want)
			continue
		}
		if again := convert(want); len(again.Problems) > 0 {
			t.Errorf("%s: %s", want, problems(again.Problems))
		}
	}
	for _, text := range []string{"[a](b@c/d.md)", `[a](b\_c.md)`, "[a](https://www.a.vn)", "[a](mailto:b@c.vn)", "a@b.vn www.a.vn"} {
		if got := problems(convert(text).Problems); got != "" {
			t.Errorf("%s: %s", text, got)
		}
	}
}

func TestAnAddressWithoutASchemeHoldsVietnameseLetters(t *testing.T) {
	const want = "<p>Xem <a href=\"http://www.a.vn/wiki/%C4%90%E1%BB%A9c_Th%E1%BB%8D\">www.a.vn/wiki/Đức_Thọ</a>.</p>\n"
	if got := string(convert("Xem www.a.vn/wiki/Đức_Thọ.").HTML); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
