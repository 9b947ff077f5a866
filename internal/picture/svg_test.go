package picture

import (
	"fmt"
	"testing"
)

func TestAnSVGThatOnlyDrawsIsLeftByteForByte(t *testing.T) {
	for _, src := range []string{
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d='M0 0h9' style="fill:url(#a);stroke:red"/></svg>`,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"><defs><linearGradient id=\"a\"/></defs>\n" +
			"<style><![CDATA[ .a { fill: url('#a') } ]]></style><text>Xã Khê Hòa &amp; &lt;b&gt;</text><use href=\"#a\"/></svg>\n",
		`<svg><a href="https://khehoa.example/"><title>Trang chủ</title><circle r="2"/></a></svg>`,
	} {
		got, active, err := Strip([]byte(src), SVG)
		if err != nil || string(got) != src || active != nil {
			t.Errorf("got %s %v %v\nwant %s", got, active, err, src)
		}
	}
}

func TestWhatRunsOrLoadsIsTakenOutOfAnSVG(t *testing.T) {
	for _, c := range []struct{ src, want, active string }{
		{`<svg><script>alert(1)</script><path/></svg>`, `<svg><path/></svg>`, "[{<script> 1 6}]"},
		{"<svg>\n<text>Hội</text><script/></svg>", "<svg>\n<text>Hội</text></svg>", "[{<script> 2 17}]"},
		{"<svg>\n <g onload=\"alert(1)\" id=\"a\"><path/></g></svg>", "<svg>\n <g id=\"a\"><path/></g></svg>", "[{onload 2 2}]"},
		{`<svg><a href="javascript:alert(1)"><path/></a></svg>`, `<svg><a><path/></a></svg>`, "[{href 1 6}]"},
		{`<svg><a xlink:href="java&#x0a;script:alert(1)"/></svg>`, `<svg><a/></svg>`, "[{href 1 6}]"},
		{`<svg><foreignObject><iframe src="x"/></foreignObject></svg>`, `<svg></svg>`, "[{<foreignObject> 1 6}]"},
		{`<svg><image href="https://theo-doi.example/a.png"/></svg>`, `<svg><image/></svg>`, "[{href 1 6}]"},
		{`<svg><image href="data:image/svg+xml;base64,PHN2Zz48L3N2Zz4="/></svg>`, `<svg><image/></svg>`, "[{href 1 6}]"},
		{`<svg><use href="khac.svg#a"/></svg>`, `<svg><use/></svg>`, "[{href 1 6}]"},
		{`<svg><set attributeName="href" to="javascript:alert(1)"/></svg>`, `<svg></svg>`, "[{<set> 1 6}]"},
		{`<svg><style>@import url(//x)</style></svg>`, `<svg><style></style></svg>`, "[{style 1 13}]"},
		{`<svg><path style="fill:url(http://x)"/></svg>`, `<svg><path/></svg>`, "[{style 1 6}]"},
		{`<?xml-stylesheet href="x.css"?><svg/>`, `<svg/>`, "[{<?xml-stylesheet?> 1 1}]"},
		{`<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://x"><svg/>`, `<svg/>`, "[]"},
		{`<svg xmlns:i="http://inkscape"><i:view/><g i:label="Lớp 1" id="b"/></svg>`, `<svg><g id="b"/></svg>`, "[]"},
	} {
		got, active, err := Strip([]byte(c.src), SVG)
		if err != nil || string(got) != c.want || fmt.Sprint(active) != c.active {
			t.Errorf("%s\ngot  %s %v %v\nwant %s %s", c.src, got, active, err, c.want, c.active)
		}
	}
}

func TestAnSVGThatIsNotWholeIsRefused(t *testing.T) {
	for _, src := range []string{"<svg><path></svg", "<svg", `<svg>&entity;</svg>`, "<svg><g></svg>", "<svg></g></svg>", "<svg/><svg/>"} {
		if got, _, err := Strip([]byte(src), SVG); err == nil {
			t.Errorf("%s became %s", src, got)
		}
	}
}
