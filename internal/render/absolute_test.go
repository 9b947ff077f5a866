package render

import (
	"bytes"
	"testing"
)

func TestEveryURLOfATextIsMadeAbsolute(t *testing.T) {
	const page = "https://example.vn/tin/tin-tuc/ky-ket/"
	tests := map[string]struct{ html, want string }{
		"from the root":        {`<a href="/tin/x/">`, `<a href="https://example.vn/tin/x/">`},
		"a fragment":           {`<a href="#fn:1">`, `<a href="https://example.vn/tin/tin-tuc/ky-ket/#fn:1">`},
		"without a scheme":     {`<a href="//dia-chi.vn/x">`, `<a href="https://dia-chi.vn/x">`},
		"beside the page":      {`<a href="ct.pdf">`, `<a href="https://example.vn/tin/tin-tuc/ky-ket/ct.pdf">`},
		"above the page":       {`<a href="../khac/?a=1">`, `<a href="https://example.vn/tin/tin-tuc/khac/?a=1">`},
		"with a reference":     {`<a href="/x?a=1&amp;b=2">`, `<a href="https://example.vn/x?a=1&amp;b=2">`},
		"a picture":            {`<img src="/tin/a.jpg?v=1" alt="/tin/">`, `<img src="https://example.vn/tin/a.jpg?v=1" alt="/tin/">`},
		"sizes of a picture":   {`<img srcset="/a-1.jpg 480w, /a-2.jpg 960w">`, `<img srcset="https://example.vn/a-1.jpg 480w, https://example.vn/a-2.jpg 960w">`},
		"one size":             {`<img srcset="/a.jpg">`, `<img srcset="https://example.vn/a.jpg">`},
		"a quotation":          {`<blockquote cite="/x">`, `<blockquote cite="https://example.vn/x">`},
		"absolute":             {`<a href="http://other.vn/">`, `<a href="http://other.vn/">`},
		"e-mail":               {`<a href="mailto:ubnd@example.vn">`, `<a href="mailto:ubnd@example.vn">`},
		"no URL":               {`<a href="">`, `<a href="">`},
		"another attribute":    {`<p title="/x" data-href="/y">`, `<p title="/x" data-href="/y">`},
		"text":                 {`<p>href=&quot;/x&quot;</p>`, `<p>href=&quot;/x&quot;</p>`},
		"not a URL":            {`<a href="%zz">`, `<a href="%zz">`},
		"cut within":           {`<a href="/x`, `<a href="/x`},
		"on a line of its own": {"<img\nsrc=\"/a.jpg\">", "<img\nsrc=\"https://example.vn/a.jpg\">"},
		"several": {
			`<a href="/1">1</a><a href="http://2/">2</a><a href="/3">3</a>`,
			`<a href="https://example.vn/1">1</a><a href="http://2/">2</a><a href="https://example.vn/3">3</a>`,
		},
	}
	for name, test := range tests {
		var got bytes.Buffer
		absoluteLinks(&got, test.html, page)
		if got.String() != test.want {
			t.Errorf("%s: %s, want %s", name, &got, test.want)
		}
	}
}

func TestFeedsHavePicturesWithoutTheirSources(t *testing.T) {
	const source = `<source type="image/webp" srcset="/a.webp 480w" sizes="(min-width: 46rem) 44rem, 100vw">`
	for html, want := range map[string]string{
		`<p>a</p>`: `<p>a</p>`,
		`<figure><picture>` + source + `<img src="/a.jpg"></picture><figcaption>A</figcaption></figure>`:  `<figure><img src="/a.jpg"><figcaption>A</figcaption></figure>`,
		`<picture>` + source + `<img src="/a.jpg"></picture> b <picture>` + source + `<img></picture><i>`: `<img src="/a.jpg"> b <img><i>`,
		`<p>&lt;picture&gt;</p>`: `<p>&lt;picture&gt;</p>`,
	} {
		if got := withoutSources(html); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestATextIsWithoutWhatXMLForbids(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"spaces":     {"a\tb\nc\rd", "a\tb\nc\rd"},
		"controls":   {"a\x00b\x1fc\x7fd", "abc\x7fd"},
		"no letters": {"a\uFFFEb\uFFFFc", "abc"},
		"no UTF-8":   {"Đ\xff\xc4", "Đ"},
		"astral":     {"🎉 Hòa", "🎉 Hòa"},
	}
	for name, test := range tests {
		if got := validXML(test.text); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}
