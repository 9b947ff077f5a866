package article

import (
	"strings"
	"testing"
)

func TestACaptionIsSeenWhereverAPictureStandsAlone(t *testing.T) {
	const one, two = `<figure><img src="a.png" alt="a" loading="lazy" decoding="async"><figcaption>Một</figcaption></figure>` + "\n",
		`<figure><img src="b.png" alt="b" loading="lazy" decoding="async"><figcaption>Hai</figcaption></figure>` + "\n"
	for text, want := range map[string]string{
		`![a](a.png "Một")`:                                   one,
		"![a](a.png \"Một\")\n![b](b.png \"Hai\")":            one + two,
		`![a](a.png "Một") ![b](b.png "Hai")`:                 one + two,
		"Chữ  \n![a](a.png \"Một\")\nvà\nchữ":                 "<p>Chữ</p>\n" + one + "<p>và\nchữ</p>\n",
		"- ![a](a.png \"Một\")\n- chữ\n  ![b](b.png \"Hai\")": "<ul>\n<li>\n" + one + "</li>\n<li>chữ\n" + two + "</li>\n</ul>\n",
		"> chữ\n> ![a](a.png \"Một\")":                        "<blockquote>\n<p>chữ</p>\n" + one + "</blockquote>\n",
		"![a](a.png) ![b](b.png)":                             `<p><img src="a.png" alt="a" loading="lazy" decoding="async"> <img src="b.png" alt="b" loading="lazy" decoding="async"></p>` + "\n",
		`chữ ![a](a.png "Một")`:                               `<p>chữ <img src="a.png" alt="a" title="Một" loading="lazy" decoding="async"></p>` + "\n",
		`**![a](a.png "Một")**`:                               `<p><strong><img src="a.png" alt="a" title="Một" loading="lazy" decoding="async"></strong></p>` + "\n",
	} {
		body := convert(text)
		if got := string(body.HTML); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
	cell := string(convert("| x |\n|---|\n| ![a](a.png \"Một\") |").HTML)
	if want := "<td>" + one + "</td>"; !strings.Contains(cell, want) {
		t.Errorf("got %s", cell)
	}
}
