package render

import (
	"strings"
	"testing"

	"bantin/internal/site"
)

func TestADateIsShownAsReadersKnowIt(t *testing.T) {
	for in, want := range map[string]string{
		"19:02 11/3/2020":     `<time datetime="2020-03-11T19:02:00+07:00">19:02 11/03/2020</time>`,
		"2020-03-11 19:02:05": `<time datetime="2020-03-11T19:02:05+07:00">19:02 11/03/2020</time>`,
		"11/3/2020":           `<time datetime="2020-03-11">11/03/2020</time>`,
		"3/2020":              `<time datetime="2020-03">03/2020</time>`,
		"":                    "",
	} {
		d := date(in)
		if got := string(datesIn(t, "vi").appendTime(nil, &d)); got != want {
			t.Errorf("%q is shown as %s, want %s", in, got, want)
		}
	}
}

func TestASpanSaysWhatBothEndsShareOnce(t *testing.T) {
	for _, tc := range []struct{ from, to, want string }{
		{"2018", "2021", `<time datetime="2018">2018</time>–<time datetime="2021">2021</time>`},
		{"2020", "2020", `<time datetime="2020">2020</time>`},
		{"2020", "", `<time datetime="2020">2020</time>`},
		{"20/3/2020", "22/3/2020", `<time datetime="2020-03-20">20/03/2020</time> – <time datetime="2020-03-22">22/03/2020</time>`},
		{"14:00 11/3/2020", "16:30 11/3/2020", `<time datetime="2020-03-11T14:00:00+07:00">14:00</time>–<time datetime="2020-03-11T16:30:00+07:00">16:30 11/03/2020</time>`},
		{"22:00 11/3/2020", "0:00 12/3/2020", `<time datetime="2020-03-11T22:00:00+07:00">22:00 11/03/2020</time> – <time datetime="2020-03-12T00:00:00+07:00">00:00 12/03/2020</time>`},
	} {
		from, to := date(tc.from), date(tc.to)
		if got := string(datesIn(t, "vi").appendSpan(nil, &from, &to)); got != tc.want {
			t.Errorf("%s to %s is shown as\n%s, want\n%s", tc.from, tc.to, got, tc.want)
		}
	}
}

func TestAMonthIsNamedInItsLanguage(t *testing.T) {
	for language, want := range map[string]string{"vi": "Tháng 3 năm 2020", "en": "March 2020"} {
		if got, err := parseWith(t, language, nil).messages.month(2020, 3); got != want || err != nil {
			t.Errorf("%s: %q, %v, want %q", language, got, err, want)
		}
	}
}

func TestACreditSaysWhatThePictureIs(t *testing.T) {
	m := parseWith(t, "vi", nil).messages
	for credit, want := range map[string]string{
		"Vũ Cương":           "Ảnh: Vũ Cương",
		"Tranh minh họa":     "Tranh minh họa",
		"ảnh: Vũ Cương":      "ảnh: Vũ Cương",
		"Đồ họa của Sở TTTT": "Đồ họa của Sở TTTT",
		"Ảnhh":               "Ảnh: Ảnhh",
	} {
		if got, err := m.credit(credit); got != want || err != nil {
			t.Errorf("%q is shown as %q, %v, want %q", credit, got, err, want)
		}
	}
}

func TestAFormKnowsTheArticle(t *testing.T) {
	for form, want := range map[string]string{
		"https://a.example/y-kien":      "https://a.example/y-kien?title=H%E1%BB%8Dp%20%26%20b%C3%A0n&url=https%3A%2F%2Fb.example%2Fx%2F",
		"https://a.example/?bieu-mau=2": "https://a.example/?bieu-mau=2&title=H%E1%BB%8Dp%20%26%20b%C3%A0n&url=https%3A%2F%2Fb.example%2Fx%2F",
	} {
		if got := formURL(form, "Họp & bàn", "https://b.example/x/"); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestALinkLeadsToAPageOrNowhere(t *testing.T) {
	for link, want := range map[site.Link]string{
		{Title: "Họp & bàn", URL: "/hop/"}:            `<a href="/hop/">Họp &amp; bàn</a>`,
		{Title: "Báo", URL: "https://a.example/?a&b"}: `<a href="https://a.example/?a&amp;b">Báo</a>`,
		{Title: "Vũ Cương"}:                           "Vũ Cương",
		{Title: "<b>", URL: "javascript:alert(1)"}:    "&lt;b&gt;",

		{Title: "Tea", URL: "/en/tea/", Language: "en", Target: "en"}: `<a href="/en/tea/" lang="en" hreflang="en">Tea</a>`,
		{Title: "شاي", URL: "/ar/tea/", Language: "ar"}:               `<a href="/ar/tea/" lang="ar" dir="rtl">شاي</a>`,
		{Title: "شاي", Language: "ar"}:                                `<span lang="ar" dir="rtl">شاي</span>`,
	} {
		if got := string((&Templates{language: "vi"}).appendLink(nil, &link)); got != want {
			t.Errorf("%v is written as %s, want %s", link, got, want)
		}
	}
}

func TestAPicturesSourceHasWhatIsKnownOfIt(t *testing.T) {
	for want, image := range map[string]site.Image{
		`src="/a.jpg"`: {URL: "/a.jpg"},
		`src="/a.jpg?a&amp;b" width="3" height="2"`:                                    {URL: "/a.jpg?a&b", Width: 3, Height: 2},
		`src="/a.jpg" srcset="/a.jpg 3w, /b.jpg 6w" sizes="50vw" width="3" height="2"`: {URL: "/a.jpg", Srcset: "/a.jpg 3w, /b.jpg 6w", Width: 3, Height: 2},
		"": {URL: "data:image/svg+xml,x"},
	} {
		if got := string(appendSource(nil, &image, new("50vw"))); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestAPictureAsWebPIsASourceOfItsOwn(t *testing.T) {
	for want, image := range map[string]site.Image{
		"": {URL: "/a.jpg"},
		`<source type="image/webp" srcset="/a.jpg-3.webp?v=1 3w, /a&amp;b.webp 6w" sizes="50vw">`: {URL: "/a.jpg", WebP: "/a.jpg-3.webp?v=1 3w, /a&b.webp 6w"},
	} {
		if got := string(appendWebP(nil, &image, new("50vw"))); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestAMessageLinkIsEscapedForItsAttribute(t *testing.T) {
	for _, tc := range []struct{ address, subject, body, want string }{
		{"", "Họp & \"bàn\"", "https://a.example/?a=b+c", `href="mailto:?subject=H%E1%BB%8Dp%20%26%20%22b%C3%A0n%22&amp;body=https%3A%2F%2Fa.example%2F%3Fa%3Db%2Bc"`},
		{`a&"b@a.example`, "", "", `href="mailto:a&amp;%22b@a.example?subject=&amp;body="`},
	} {
		if got := string(appendMailto(nil, &tc.address, &tc.subject, &tc.body)); got != tc.want {
			t.Errorf("got %s, want %s", got, tc.want)
		}
	}
}

func TestLinksOfOtherSchemesAreBuiltFromPlainParts(t *testing.T) {
	for got, want := range map[string]string{
		string(telURL("+84 (239) 3831-234")):                         "tel:+842393831234",
		string(telURL("0200 555 0126; 0200 555 0127 (ngoài giờ)")):   "tel:02005550126",
		string(webcalURL("https://anhoa.example:8443", "/lich.ics")): "webcal://anhoa.example:8443/lich.ics",
		fileFormat("Kế hoạch.2020.docx"):                             "DOCX",
		fileFormat("README"):                                         "",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestEachPhoneNumberOfABodyIsALink(t *testing.T) {
	for text, want := range map[string]string{
		"0200 555 0126":     `<a href="tel:02005550126">0200 555 0126</a>`,
		"+1 (202) 555-0126": `<a href="tel:+12025550126">+1 (202) 555-0126</a>`,
		"0200 555 0126 – 0200.555.0127 (ngoài giờ)": `<a href="tel:02005550126">0200 555 0126</a> – <a href="tel:02005550127">0200.555.0127</a> (ngoài giờ)`,
		"Trực & báo cháy: 0200 555 0126, máy lẻ 12": `Trực &amp; báo cháy: <a href="tel:02005550126">0200 555 0126</a>, máy lẻ 12`,
	} {
		if got := string(appendPhones(nil, &text)); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestATaskListHasSignsInFeeds(t *testing.T) {
	const list = `<ul><li><input type="checkbox" checked disabled> Xong</li><li><input type="checkbox" disabled> Chưa</li></ul>`
	if got, want := withoutInputs(list), `<ul><li>☑ Xong</li><li>☐ Chưa</li></ul>`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := withoutInputs("<p>☐</p>"); got != "<p>☐</p>" {
		t.Errorf("got %s", got)
	}
}

func TestALeadIsCutBetweenWords(t *testing.T) {
	word := "khuyến "
	for in, want := range map[string]string{
		"Ngắn.":                                  "Ngắn.",
		strings.Repeat("ệ", 190):                 strings.Repeat("ệ", 190),
		strings.Repeat(word, 27) + "học":         strings.TrimSpace(strings.Repeat(word, 27)) + "\u00a0…",
		strings.Repeat(word, 26) + "học, khuyến": strings.Repeat(word, 26) + "học\u00a0…",
		strings.Repeat("ệ", 300):                 strings.Repeat("ệ", 300),
	} {
		if got := shorten(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}
