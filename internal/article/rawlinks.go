package article

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// resolveHTML returns raw, HTML that an editor typed at src[off:end], with the
// addresses of its links and pictures resolved as those of Markdown are, and
// whether all lead somewhere.
func (x *transform) resolveHTML(raw []byte, off, end int) (out []byte, whole bool) {
	if !bytes.Contains(raw, []byte("=")) {
		return raw, true
	}
	whole = true
	z := html.NewTokenizer(bytes.NewReader(raw))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return append(out, z.Raw()...), whole
		}
		typed := slices.Clone(z.Raw())
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			out = append(out, typed...)
			continue
		}
		t := z.Token()
		if t.Data != "a" && t.Data != "img" {
			out = append(out, typed...)
			continue
		}
		if i := bytes.Index(x.src[off:end], typed); i >= 0 {
			off += i
		}
		if t.Data == "a" {
			_, ok := x.resolveTag(&t, "href", Hyperlink, off)
			whole = whole && ok
		} else {
			whole = x.resolveImg(&t, off) && whole
		}
		out = append(out, t.String()...)
	}
}

// resolveTag resolves the address in an attribute of a tag at off. One that
// leads nowhere is taken out.
func (x *transform) resolveTag(t *html.Token, key string, kind LinkKind, off int) (to Target, ok bool) {
	i := slices.IndexFunc(t.Attr, func(a html.Attribute) bool { return a.Key == key })
	if i < 0 {
		return Target{}, true
	}
	dest := strings.TrimSpace(t.Attr[i].Val)
	if dest == "" {
		t.Attr = slices.Delete(t.Attr, i, i+1)
		return Target{}, false
	}
	to, ok = x.target(kind, off, dest)
	switch {
	case !ok:
		t.Attr = slices.Delete(t.Attr, i, i+1)
	case to.URL != "":
		t.Attr[i].Val = to.URL
		if hasLanguage := slices.ContainsFunc(t.Attr, func(a html.Attribute) bool { return a.Key == "hreflang" }); to.Language != "" && !hasLanguage {
			t.Attr = append(t.Attr, html.Attribute{Key: "hreflang", Val: to.Language})
		}
	}
	return to, ok
}

// resolveImg resolves the addresses of an <img>, and gives it what a picture of
// Markdown has.
func (x *transform) resolveImg(t *html.Token, off int) bool {
	to, ok := x.resolveTag(t, "src", Picture, off)
	set := func(key, value string) {
		if !slices.ContainsFunc(t.Attr, func(a html.Attribute) bool { return a.Key == key }) {
			t.Attr = append(t.Attr, html.Attribute{Key: key, Val: value})
		}
	}
	if attr := slices.IndexFunc(t.Attr, func(a html.Attribute) bool { return a.Key == "alt" }); attr < 0 {
		if ok {
			x.report(off, "missing-alt/html")
		}
	}
	set("alt", "")
	if i := slices.IndexFunc(t.Attr, func(a html.Attribute) bool { return a.Key == "srcset" }); i >= 0 {
		t.Attr[i].Val = x.resolveSrcset(t.Attr[i].Val, off)
		set("sizes", pictureSizes)
	} else if to.Srcset != "" {
		set("srcset", to.Srcset)
		set("sizes", pictureSizes)
	}
	if to.Width > 0 && to.Height > 0 && !slices.ContainsFunc(t.Attr, func(a html.Attribute) bool { return a.Key == "width" || a.Key == "height" }) {
		set("width", strconv.Itoa(to.Width))
		set("height", strconv.Itoa(to.Height))
	}
	if to.isIcon() {
		set("class", "icon")
	}
	set("loading", "lazy")
	set("decoding", "async")
	return ok
}

// resolveSrcset resolves the addresses in a list of pictures (HTML, 4.8.4.2.1).
// Those that lead nowhere are taken out.
func (x *transform) resolveSrcset(list string, off int) string {
	var kept []string
	for candidate := range strings.SplitSeq(list, ",") {
		f := strings.Fields(candidate)
		if len(f) == 0 {
			continue
		}
		to, ok := x.target(Picture, off, f[0])
		if !ok {
			continue
		}
		if to.URL != "" {
			f[0] = to.URL
		}
		kept = append(kept, strings.Join(f, " "))
	}
	return strings.Join(kept, ", ")
}
