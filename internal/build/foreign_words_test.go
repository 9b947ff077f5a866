package build

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"bantin/templates"
)

// sayingLanguage returns the files of a site in which all words end with a sign
// and the language that they are in: what editors write, and those of pages.
func sayingLanguage(tb testing.TB) map[string]string {
	files := minimal(map[string]string{
		"site.yaml": "title: Tin§vi\nbase_url: https://xa.example/tin/\nid: xa.example,2026\nlanguages: {en: {title: News§en}, ar: {}}\n" +
			"organization: {name: Xã§vi, address: Thôn§vi, responsible: Bà§vi}\nreuse: {text: Ghi nguồn§vi}\nglossary: {HN: Hà Nội§vi}\ntags: {Đường§vi: {en: Roads§en, ar: Roads§ar}}\n",
		"content/tin-tuc/_index.md":           "---\ntitle: Tin tức§vi\n---\nTin§vi.\n",
		"content/tin-tuc/_index.en.md":        "---\ntitle: Reports§en\n---\n",
		"content/tin-tuc/bai-dau.md":          "---\ntitle: Đầu§vi\ndate: 1/2/2026\nagreement: {title: Ước§vi, parties: [A, B], commitments: [Một§vi, Hai§vi]}\n---\nĐầu§vi, HN.\n",
		"content/tin-tuc/bai-dau.ar.md":       "---\ntitle: First§ar\n---\nFirst§ar.\n",
		"content/tin-tuc/bai-giua.md":         "---\ntitle: Giữa§vi\ndate: 2/2/2026\ntags: [Điện§vi, Đường§vi]\nauthor: Bà An§vi\norganization: Xã Khê§vi\n---\nGiữa§vi.\n",
		"content/tin-tuc/bai-giua.ar.md":      "---\ntitle: Middle§ar\n---\nMiddle§ar.\n",
		"content/tin-tuc/bai-cuoi.md":         "---\ntitle: Cuối§vi\ndate: 3/2/2026\n---\nCuối§vi.\n",
		"content/tin-tuc/chi-tieng-anh.ar.md": "---\ntitle: Translated§ar\n---\nTranslated§ar.\n",
		"content/tin-tuc/chi-tieng-anh.en.md": "---\ntitle: Alone§en\ndate: 4/2/2026\ntags: [Power§en, Roads§en]\nauthor: Ann§en\norganization: Office§en\nevent: {start: 1/3/2027, location: Hall§en, organizer: Office§en}\nagreement: {parties: [A, B]}\n---\nAlone§en, [see](bai-giua.md).\n",
	})
	for _, code := range []string{"vi", "en", "ar"} {
		words, err := templates.FS.ReadFile(map[string]string{"vi": "vi", "en": "en", "ar": "en"}[code] + ".yaml")
		if err != nil {
			tb.Fatal(err)
		}
		files["templates/"+code+".yaml"] = capitalized.ReplaceAllString(string(words), "$0§"+code)
	}
	// Pictures and a document, with whatever words a translation may give them.
	for k, given := range []string{"", "alt: A sign§en", "caption: A hall§en", "alt: A sign§en, caption: A hall§en"} {
		dir := fmt.Sprintf("content/tin-tuc/anh-%d/", k)
		for _, name := range []string{"a.png", "b.png"} {
			files[dir+name] = dottedPNG(tb, 40, 30, 2*k+len(name))
		}
		files[dir+"c.txt"] = "c"
		files[dir+"index.md"] = fmt.Sprintf("---\ntitle: Ảnh§vi\ndate: %d/1/2026\nimage: {file: a.png, alt: Lễ§vi, caption: Cả xã§vi, credit: An}\n"+
			"gallery: [{file: b.png, alt: Hội§vi, caption: Cả làng§vi, credit: An}]\nattachments: [{file: c.txt, title: Kế hoạch§vi}]\n"+
			"event: {start: 1/3/2027, location: Đình§vi}\n---\n![Lễ§vi](a.png \"Cả xã§vi\")\n", k+1)
		files[dir+"index.en.md"] = fmt.Sprintf("---\ntitle: Pictures§en\nimage: {%s}\ngallery: [{%s}]\n---\nText§en.\n", given, given)
		files[dir+"index.ar.md"] = fmt.Sprintf("---\ntitle: Pictures§ar\nimage: {%s}\n---\nText§ar.\n", strings.ReplaceAll(given, "§en", "§ar"))
	}
	return files
}

// capitalized is a line of a file of words that holds words of a page.
var capitalized = regexp.MustCompile(`(?m)^[a-z0-9-]+: \p{Lu}.*$`)

// saysLanguage is the sign behind a word.
var saysLanguage = regexp.MustCompile(`[^§]*§(\w\w)`)

// wordsElsewhere returns what a page holds of another language than its element says.
// What stands in its head can say none.
func wordsElsewhere(page string) []string {
	var wrong []string
	look := func(text, lang string) {
		for _, m := range saysLanguage.FindAllStringSubmatch(text, -1) {
			if m[1] != lang {
				wrong = append(wrong, fmt.Sprintf("in %q: %s", lang, m[0]))
			}
		}
	}
	var walk func(n *html.Node, lang string)
	walk = func(n *html.Node, lang string) {
		for _, a := range n.Attr {
			if a.Key == "lang" {
				lang = a.Val
			}
		}
		switch {
		case n.Data == "head" || n.Data == "script":
			return
		case n.Type == html.TextNode:
			look(n.Data, lang)
		}
		for _, a := range n.Attr {
			if slices.Contains([]string{"alt", "title", "aria-label", "placeholder"}, a.Key) {
				look(a.Val, lang)
			}
		}
		for c := range n.ChildNodes() {
			walk(c, lang)
		}
	}
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return []string{err.Error()}
	}
	walk(root, "")
	return wrong
}

func TestWordsOfAnotherLanguageSayWhichTheyAreIn(t *testing.T) {
	s := newSite(t, sayingLanguage(t))
	s.build()
	pages := s.pages()
	if !strings.Contains(pages["en/tin-tuc/anh-1/index.html"], "A sign§en") {
		t.Fatal("a translation lacks the words that it gives a picture")
	}
	if !strings.Contains(pages["ar/tin-tuc/chi-tieng-anh/index.html"], "Roads§ar") {
		t.Error("a name that an English original gives is not that of its Arabic translation")
	}
	for file, page := range pages {
		for _, wrong := range wordsElsewhere(page) {
			t.Errorf("%s: %s", file, wrong)
		}
	}
}
