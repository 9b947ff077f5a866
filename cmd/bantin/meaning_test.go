package main

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/net/html"

	"bantin/internal/article"
	"bantin/internal/vietnamese"
)

// meant are the words that the mending of a case takes away and brings, each with
// the reason why that is what the editor meant. Of all other cases no word goes
// and none comes.
var meant = map[string]struct{ gone, come, reason string }{
	"alias-with-an-encoded-backslash":      {"5cx", "x", "%5c is a backslash, which stands for a slash"},
	"alias-with-a-host":                    {"cu example https", "", "an alias is a path of this host"},
	"alias-as-an-address":                  {"example https khehoa", "", "an alias is a path of this host"},
	"no-front-matter":                      {"", "11 2020 3 date title tiêu đề", "an example"},
	"site-merger-without-a-date":           {"", "1 2025 7 from", "an example"},
	"date-missing":                         {"", "11 19 2 2020 3 date", "an example"},
	"date-with-a-short-year":               {"20", "2020", "the year in full"},
	"event-from-hour-to-hour":              {"11h 8h", "0 0 11 11 2026 30 8 end", "11h is 11:00, and the day holds for both"},
	"event-over-two-months":                {"đến", "2026 end", "the year holds for both"},
	"event-over-days-in-one-key":           {"", "end", "the second day"},
	"term-in-to":                           {"", "from", "the first year"},
	"agreement-over-years-in-one-key":      {"", "to", "the second year"},
	"event-without-start":                  {"", "0 11 14 2020 3 start", "an example"},
	"event-status-in-vietnamese":           {"hoãn", "postponed", "the same in English"},
	"all-day-misspelt":                     {"ture", "true", "a slip"},
	"draft-in-vietnamese":                  {"có", "true", "the same in English"},
	"site-language-unknown":                {"vn", "vi", "the language of the country that was named"},
	"slug-of-signs":                        {"", "20200311", "the day, since the signs say nothing"},
	"draft-misspelt":                       {"fasle", "false", "a slip"},
	"pinned-misspelt":                      {"flase", "false", "a slip"},
	"telephone-in-a-link":                  {"12 200 555", "", "it is what the link dials"},
	"parties-joined-by-a-word":             {"và", "", "a list has no và"},
	"parties-joined-in-brackets":           {"và", "", "a list has no và"},
	"image-without-alt":                    {"", "alt file lơì tả ảnh", "words to be replaced"},
	"picture-without-alt":                  {"", "lơì tả ảnh", "words to be replaced"},
	"title-missing":                        {"", "dân họp thôn title đông", "an example"},
	"title-blank":                          {"", "dân họp thôn đông", "an example"},
	"title-misspelt":                       {"tilte", "title", "a slip"},
	"lead-by-its-vietnamese-name":          {"dẫn lơì", "lead", "the same in English"},
	"key-in-vietnamese":                    {"tiêu đề", "title", "the same in English"},
	"correction-without-text":              {"", "sưả text thôn tên đã", "an example"},
	"slug-too-long":                        {strings.Repeat("dan ", 20) + strings.TrimSpace(strings.Repeat("hop ", 21)), "", "cut"},
	"number-without-a-space":               {"1", "", "the list shows its number itself"},
	"picture-with-a-size":                  {"200x100", "", "sizes are the site's own matter"},
	"site-key-misspelt":                    {"sise", "size", "a slip"},
	"site-counter-elsewhere-without-https": {"http", "https", "what browsers ask for"},
	"site-address-without-https":           {"", "https", "what browsers would add"},
	"site-time-zone-unknown":               {"hanoi", "chi ho minh", "the zone of Hà Nội"},
	"site-colour-in-words":                 {"xanh", "1f6f54", "a green"},
	"site-without-an-id":                   {"", "2025 example id khehoa", "what counts without it"},
	"site-menu-without-a-title":            {"", "cổng thông tin title", "an example"},
	"site-menu-of-a-page-without-a-title":  {"", "họp lịch title", "an example"},
	"site-slug-with-capitals":              {"mơí nông thôn", "moi nong thon", "folded"},
	"site-e-mail-of-a-link":                {"kiến mailto subject ý", "", "the address alone"},
	"permalink-of-one-address":             {"", "slug", "what tells articles apart"},
	"site-hub-with-a-password":             {"bi mat web", "", "who subscribes must not read it"},
	"agreement-terminated-in-other-words":  {"chấm dứt", "terminated", "the same in English"},
	"footnote-without-colon":               {"1", "\ufe0e", "the note shows its number, and the arrow that leads back, itself"},
	"character-by-its-number":              {"x07", "", "no character that a page can hold"},
}

// meantInEnglish are the words that come where the hint is in English and holds
// an example.
var meantInEnglish = map[string]string{
	"no-front-matter":                     "11 2020 3 date headline title",
	"image-without-alt":                   "alt file it shows what",
	"picture-without-alt":                 "it shows what",
	"site-menu-without-a-title":           "portal title",
	"site-menu-of-a-page-without-a-title": "calendar title",
}

// checkMeaning reports where the file mended says something else than src did: in
// keys or lines that the problem is not about; or if words are gone or have come
// where it stands, but for those that the table meant tells of.
func checkMeaning(t *testing.T, name string, src, mended string, p told) {
	t.Helper()
	was, is := splitArticle(src), splitArticle(mended)
	if p.Line <= was.end && was.text != is.text {
		t.Errorf("%s: the text changes from %q to %q", name, was.text, is.text)
	}
	for key, value := range was.keys {
		if now, ok := is.keys[key]; ok && now.text != value.text && !value.holds(p.Line) {
			t.Errorf("%s: the key %s, of which nothing is told, changes from %q to %q", name, key, value.text, now.text)
		}
	}
	var gone, come []string
	if !strings.HasSuffix(p.File, ".md") || !strings.HasPrefix(strings.TrimPrefix(src, "\ufeff"), "---") {
		gone, come = wordsApart(wordsOf(src), wordsOf(mended))
	} else if p.Line <= was.end {
		gone, come = wordsApart(frontWords(was), frontWords(is))
	} else {
		shownBefore, shownNow := shownWords(t, src), shownWords(t, mended)
		typed := wordsOf(lineOf(src, p.Line))
		gone, come = wordsApart(shownBefore, shownNow)
		come = slices.DeleteFunc(come, func(word string) bool { return slices.Contains(typed, word) }) // had vanished
	}
	if _, address, isLink := strings.Cut(p.Hint, "]("); isLink { // which stood in the text as words
		address, _, _ = strings.Cut(address, ` "`)
		gone = slices.DeleteFunc(gone, func(word string) bool { return slices.Contains(wordsOf(address), word) })
	}
	want := meant[name]
	if g, c := strings.Join(gone, " "), strings.Join(come, " "); g != want.gone || c != want.come && (c != meantInEnglish[name] || c == "") {
		t.Errorf("%s: by %q the words %q are gone and %q have come, want %q and %q", name, p.Hint, g, c, want.gone, want.come)
	}
}

// split is an article's file: its keys with their lines as they stand, the
// number of the line that ends them, and the text behind.
type split struct {
	keys map[string]value
	end  int
	text string
}

type value struct {
	text        string
	first, last int
}

func (v value) holds(line int) bool { return v.first <= line && line <= v.last }

func splitArticle(src string) split {
	s := split{keys: map[string]value{}}
	key := ""
	lines := strings.Split(strings.ReplaceAll(src, "\r\n", "\n"), "\n")
	for n, line := range lines {
		n++
		line = strings.TrimPrefix(line, "\ufeff")
		switch {
		case strings.TrimSpace(line) == "---" && n > 1:
			s.end, s.text = n, strings.Join(lines[n:], "\n")
			return s
		case line == "" || strings.ContainsAny(line[:1], " \t-#}]"):
			v := s.keys[key]
			v.text, v.last = v.text+"\n"+line, n
			s.keys[key] = v
		default:
			name, text, _ := strings.Cut(line, ":")
			key = strings.TrimSpace(name)
			s.keys[key] = value{text, n, n}
		}
	}
	return s
}

// frontWords returns the words of all values, and those of the keys.
func frontWords(s split) []string {
	var words []string
	for key, v := range s.keys {
		words = append(words, wordsOf(key+" "+v.text)...)
	}
	return words
}

// wordsOf returns the words of a text as people read them, whatever their marks.
func wordsOf(text string) []string {
	text = strings.ReplaceAll(html.UnescapeString(vietnamese.NFC(text)), "\u00ad", "")
	text = strings.Map(func(r rune) rune {
		switch {
		case vietnamese.IsInvisible(r):
			return -1
		case r == 'Ð' || r == 'Ɖ':
			return 'Đ'
		}
		return r
	}, text)
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
	for i, word := range words {
		words[i] = vietnamese.NameKey(word)
		if number := strings.TrimLeft(word, "0"); strings.Trim(word, "0123456789") == "" {
			words[i] = cmp.Or(number, "0") // 03 is 3
		}
	}
	return words
}

// shownWords returns the words that readers find in an article's text.
func shownWords(t *testing.T, src string) []string {
	t.Helper()
	a, _ := article.Parse("tin-tuc/a.md", []byte(src), time.UTC)
	if a == nil {
		return nil
	}
	var out bytes.Buffer
	c := article.NewConverter(article.ConverterOptions{Language: "vi"})
	c.Convert(&out, a, []byte(src)[a.BodyStart:], func(article.Link) article.Target { return article.Target{URL: "/x"} })
	var words []string
	for z := html.NewTokenizer(&out); ; {
		switch z.Next() {
		case html.ErrorToken:
			return words
		case html.TextToken:
			words = append(words, wordsOf(string(z.Text()))...)
		case html.StartTagToken, html.SelfClosingTagToken:
			for {
				name, text, more := z.TagAttr()
				if n := string(name); n == "alt" || n == "title" {
					words = append(words, wordsOf(string(text))...)
				}
				if !more {
					break
				}
			}
		}
	}
}

// wordsApart returns what one list of words has more than the other, sorted.
func wordsApart(was, is []string) (gone, come []string) {
	count := map[string]int{}
	for _, word := range was {
		count[word]++
	}
	for _, word := range is {
		count[word]--
	}
	for word, n := range count {
		for ; n > 0; n-- {
			gone = append(gone, word)
		}
		for ; n < 0; n++ {
			come = append(come, word)
		}
	}
	slices.Sort(gone)
	slices.Sort(come)
	return gone, come
}

func lineOf(src string, n int) string {
	lines := strings.Split(src, "\n")
	if n < 1 || n > len(lines) {
		return ""
	}
	return lines[n-1]
}
