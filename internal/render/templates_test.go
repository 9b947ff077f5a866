package render

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"bantin/internal/diag"
	"bantin/internal/site"
	"bantin/internal/testsize"
	"bantin/templates"
)

// parseProblems parses the default templates with some replaced, and returns
// the problems as they would be told in Vietnamese.
func parseProblems(t *testing.T, replaced map[string]string) []string {
	t.Helper()
	files := defaultFiles(t)
	for name, text := range replaced {
		if files[name] = []byte(text); text == "" {
			delete(files, name)
		}
	}
	set, problems := Parse(files, "vi")
	if problems.HasErrors() != (set == nil) {
		t.Error("a set comes with errors, or none without")
	}
	told := make([]string, len(problems))
	for i, p := range problems {
		told[i] = tell(p)
	}
	return told
}

func tell(p diag.Problem) string {
	place := p.Pos.File
	if p.Pos.Line > 0 {
		place += ":" + string(rune('0'+p.Pos.Line))
	}
	return place + ": " + p.Code() + ": " + p.Message("vi")
}

func TestAMistakeInATemplateIsFoundBeforeAnyPageIsMade(t *testing.T) {
	for name, tc := range map[string]struct {
		file, text, want string
	}{
		"an action left open": {
			"tag.html", "<h1>\n{{if .Title}}</h1>",
			"templates/tag.html:2: template: mẫu viết sai cú pháp: unexpected EOF",
		},
		"a mistake in a template that only the site has": {
			"ours.html", "<p>{{end}}",
			"templates/ours.html:1: template: mẫu viết sai cú pháp: unexpected {{end}}",
		},
		"an unknown function": {
			"tag.html", "<h1>{{.Title | shout}}</h1>",
			`templates/tag.html:1: template: mẫu viết sai cú pháp: function "shout" not defined`,
		},
		"a template that is not there": {
			"tag.html", "\n\n{{template \"crad.html\" .}}",
			`templates/tag.html:3: template: mẫu này không chạy được: no such template "crad.html"`,
		},
		"a value that cannot be escaped": {
			"tag.html", "<p>\n<a href=\"{{if .Title}}/x{{else}}?q={{end}}{{.Title}}\">",
			`templates/tag.html:2: template: mẫu này không chạy được: {{.Title}} appears in an ambiguous context within a URL`,
		},
		"an unknown text": {
			"tag.html", "<h1>\n{{with .Title}}{{t (print .)}}{{else}}{{t \"no-such\" 1}}{{end}}</h1>",
			"templates/tag.html:2: template: mẫu dùng câu chữ no-such, mà vi.yaml không có",
		},
		"a missing file": {
			"tag.html", "",
			"templates/tag.html: template: thiếu mẫu tag.html",
		},
		"a text that is a list": {
			"vi.yaml", "home:\n  - Trang\n  - Chủ\n",
			"templates/vi.yaml:2: template: home phải là một dòng chữ",
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := parseProblems(t, map[string]string{tc.file: tc.text})
			if len(got) != 1 || got[0] != tc.want {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), tc.want)
			}
		})
	}
}

func TestTheDefaultTemplatesAreFaultless(t *testing.T) {
	for _, language := range []string{"vi", "en"} {
		files := defaultFiles(t)
		set, problems := Parse(files, language)
		if len(problems) > 0 {
			t.Fatalf("%s: %v", language, problems)
		}
		if _, problems := set.parse(files, nil); len(problems) > 0 { // which Parse leaves for later
			t.Errorf("%s: %v", language, problems)
		}
	}
}

func TestAFailingTemplateIsLocated(t *testing.T) {
	for name, tc := range map[string]struct {
		file, text string
		want       string
	}{
		"in a page's own template": {
			"tag.html", "<h1>\n  {{.Titel}}</h1>",
			"templates/tag.html:2: template: mẫu dùng trường Titel, mà site.List không có trường đó",
		},
		"in a partial": {
			"pager.html", "\n\n{{.Next}}",
			"templates/pager.html:3: template: mẫu dùng trường Next, mà site.Pager không có trường đó",
		},
		"in the template of a card": {
			"card.html", "<h3>{{.Name}}</h3>",
			"templates/card.html:1: template: mẫu dùng trường Name, mà site.Card không có trường đó",
		},
		"in a part that is rendered once": {
			"footer.html", "<p>{{.Motto}}</p>",
			"templates/footer.html:1: template: mẫu dùng trường Motto, mà site.Chrome không có trường đó",
		},
		"in a function": {
			"tag.html", "<h1>\n{{t .Title}}</h1>",
			`templates/tag.html:2: template: mẫu này không chạy được: error calling t: no text "Tin tức – Sự kiện"`,
		},
		"in a loop without end": {
			"pager.html", "\n{{range 1000000000000}}\n{{end}}",
			"templates/pager.html:2: template: mẫu này lặp, tự gọi mình hoặc dài ra mãi không dừng",
		},
		"in a template that writes its view": {
			"tag.html", "<h1>\n{{html .}}</h1>",
			"templates/tag.html:2: template: mẫu in ra cả một site.List, không phải một chữ hay số",
		},
		"in a text of the interface filled with a view": {
			"tag.html", "<h1>\n{{t \"archive-month\" . .Pager}}</h1>",
			"templates/tag.html:2: template: mẫu in ra cả một site.List, không phải một chữ hay số",
		},
		"in a template that calls itself": {
			"pager.html", "\n{{template \"pager.html\" .}}{{template \"pager.html\" .}}",
			"templates/pager.html:2: template: mẫu này lặp, tự gọi mình hoặc dài ra mãi không dừng",
		},
	} {
		t.Run(name, func(t *testing.T) {
			if name == "in a loop without end" {
				testsize.SkipLong(t, "millions of steps are counted, thousands in package templatecompiler")
			}
			r := New(parseWith(t, "vi", map[string]string{tc.file: tc.text}), chrome("vi"), testCard, len(testCards))
			_, err := rendered(r, testList("tag"))
			failed, ok := errors.AsType[*TemplateError](err)
			if !ok {
				t.Fatalf("the error is %v, want a TemplateError", err)
			}
			if got := tell(failed.Problem()); got != tc.want {
				t.Errorf("got\n%s\nwant\n%s", got, tc.want)
			}
		})
	}
}

func TestASiteReplacesOneWordAndKeepsTheOthers(t *testing.T) {
	set := parseWith(t, "vi", map[string]string{"vi.yaml": "related: Tin liên quan\n"})
	if got := set.Text("related"); got != "Tin liên quan" {
		t.Errorf("related is %q", got)
	}
	if got := set.Text("archive-month", "3", "2020"); got != "Tin tháng 3 năm 2020" {
		t.Errorf("archive-month is %q", got)
	}
}

func TestAnArgumentStandsWhereItIsAskedForAsItIs(t *testing.T) {
	set := parseWith(t, "vi", map[string]string{"vi.yaml": "mine: 'Từ {0} đến {1}, {0}; {9} {x} {'\n"})
	if got, want := set.Text("mine", "{1}", "tháng ba"), "Từ {1} đến tháng ba, {1}; {9} {x} {"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTheManualsExampleReplacesOnePartial(t *testing.T) {
	manual, err := os.ReadFile("../../docs/templates.md")
	if err != nil {
		t.Fatal(err)
	}
	example := manualSections(string(manual))["An example"]
	set := parseWith(t, "vi", map[string]string{"byline.html": fenced(example, "html"), "vi.yaml": fenced(example, "yaml")})
	root := parseHTML(t, render(t, New(set, chrome("vi"), testCard, len(testCards)), testArticle()))
	if got := text(all(root, "p", "class=byline")[0]); got != "Ủy ban MTTQ xã An Hòa · bài của Vũ Cương" {
		t.Errorf("the byline is %q", got)
	}
	if got := text(all(root, "h2", "id=_related")[0]); got != "Các tin khác" {
		t.Errorf("another word became %q", got)
	}
}

// fenced returns the first code block of a language in a Markdown text.
func fenced(text, language string) string {
	_, block, _ := strings.Cut(text, "```"+language+"\n")
	block, _, _ = strings.Cut(block, "```")
	return block
}

func TestATextIsEscapedWhereItStands(t *testing.T) {
	set := parseWith(t, "vi", map[string]string{
		"vi.yaml":  "mine: 'Tin \"mới\" & <cũ>'\n",
		"tag.html": `<p title="{{t "mine"}}">{{if .Title}}{{t "mine"}}{{else}}{{t "mine"}}{{end}}</p>`,
	})
	const want = `<p title="Tin &#34;mới&#34; &amp; &lt;cũ&gt;">Tin &#34;mới&#34; &amp; &lt;cũ&gt;</p>`
	got, err := New(set, chrome("vi"), testCard, 0).html("tag.html", testList("tag"))
	if err != nil || string(got) != want {
		t.Errorf("got %s, %v, want %s", got, err, want)
	}
}

func TestTheDigestChangesWithAnyTemplateAndWord(t *testing.T) {
	plain := parseWith(t, "vi", nil)
	if again := parseWith(t, "vi", map[string]string{"notes.txt": "x", "en.yaml": "home: Start"}); again.Digest() != plain.Digest() {
		t.Error("a file that no Vietnamese page uses changed the digest")
	}
	for name, text := range map[string]string{"tag.html": "<h1>{{.Title}}</h1>", "vi.yaml": "home: Trang nhất"} {
		if parseWith(t, "vi", map[string]string{name: text}).Digest() == plain.Digest() {
			t.Errorf("%s did not change the digest", name)
		}
	}
}

func TestTemplatesAreParsedAgainOnlyWhenTheyHaveChanged(t *testing.T) {
	for _, changed := range []map[string]string{nil, {"tag.html": "<h1>{{.Title}}</h1>"}, {"vi.yaml": "home: Trang nhất"}} {
		first := parseWith(t, "vi", changed)
		english := parseWith(t, "en", nil)
		if parseWith(t, "vi", changed) != first || parseWith(t, "en", nil) != english {
			t.Errorf("%v: the same files are parsed twice", changed)
		}
	}
	files := defaultFiles(t)
	files["fr.yaml"] = []byte("home: Accueil\n")
	for range 2 {
		if _, problems := Parse(files, "fr"); len(problems) != 1 || problems.HasErrors() {
			t.Errorf("words that are missing are told once: %v", problems)
		}
	}
}

func TestTheKeyChangesWithTheChrome(t *testing.T) {
	set, other := parseWith(t, "vi", nil), chrome("vi")
	other.Pages = append(other.Pages, site.Link{Title: "Tiếp dân", URL: "/tiep-dan/"})
	one, two := New(set, chrome("vi"), testCard, 0), New(set, other, testCard, 0)
	if one.Key() == two.Key() {
		t.Error("two chromes have one key")
	}
	if one.Key() != New(set, chrome("vi"), testCard, 0).Key() {
		t.Error("one chrome has two keys")
	}
}

// askedFor returns the keys of the texts that Go code asks for by name.
func askedFor(t *testing.T) map[string]bool {
	t.Helper()
	keys := map[string]bool{"authors": true, "tags": true, "organizations": true} // site.mapName
	call := regexp.MustCompile(`\b(?:Text|text|word)\("([a-z0-9-]+)"[,)]`)
	for _, pattern := range []string{"../site/*.go", "../build/*.go", "*.go"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("no Go code matches %s: %v", pattern, err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			src, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range call.FindAllStringSubmatch(string(src), -1) {
				keys[m[1]] = true
			}
		}
	}
	return keys
}

func TestAllLanguagesHaveEveryTextThatGoCodeAsksFor(t *testing.T) {
	asked := askedFor(t)
	if !asked["page-number"] || !asked["footnote-back"] || !asked["month-of-year"] {
		t.Errorf("calls are not found: %v", asked)
	}
	for _, language := range embeddedLanguages(t) {
		messages := parseWith(t, language, nil).messages
		for key := range asked {
			if _, ok := messages[key]; !ok {
				t.Errorf("%s.yaml lacks %s", language, key)
			}
		}
	}
}

// embeddedLanguages are the codes of the languages whose words come with the program.
func embeddedLanguages(t *testing.T) []string {
	t.Helper()
	names, err := fs.Glob(templates.FS, "*.yaml")
	if err != nil || len(names) < 2 {
		t.Fatal(names, err)
	}
	for i := range names {
		names[i] = strings.TrimSuffix(names[i], ".yaml")
	}
	return names
}

func TestAllLanguagesHaveTheSameTexts(t *testing.T) {
	vi := parseWith(t, "vi", nil).messages
	placeholder := regexp.MustCompile(`\{\d\}`)
	for _, language := range embeddedLanguages(t) {
		messages := parseWith(t, language, nil).messages
		for key, text := range vi {
			other, ok := messages[key]
			if !ok {
				t.Errorf("%s.yaml lacks %s", language, key)
			}
			if a, b := len(placeholder.FindAllString(text, -1)), len(placeholder.FindAllString(other, -1)); a != b {
				t.Errorf("%s has %d arguments in vi.yaml and %d in %s.yaml", key, a, b, language)
			}
		}
		for key := range messages {
			key, _, _ = strings.Cut(key, ".") // which languages have which forms is theirs
			if _, ok := vi[key]; !ok {
				t.Errorf("vi.yaml lacks %s", key)
			}
		}
	}
}

// words parses words of a language that the program has none in.
func words(t *testing.T, language, own string) (*Templates, []string) {
	t.Helper()
	files := defaultFiles(t)
	files[language+".yaml"] = []byte(own)
	set, problems := Parse(files, language)
	if set == nil {
		t.Fatal(problems)
	}
	var told []string
	for _, p := range problems {
		told = append(told, tell(p))
	}
	return set, told
}

func TestATextHasTheFormOfItsNumber(t *testing.T) {
	for language, tc := range map[string]struct{ own, want string }{
		"vi": {"", "0 cam kết|1 cam kết|2 cam kết|5 cam kết|22 cam kết|1.204 cam kết"},
		"en": {"", "0 commitments|1 commitment|2 commitments|5 commitments|22 commitments|1,204 commitments"},
		"pl": {"number-group: \" \"\ncommitments-count: {one: \"{0} zobowiązanie\", few: \"{0} zobowiązania\", many: \"{0} zobowiązań\", other: \"{0} zobowiązania\"}\n",
			"0 zobowiązań|1 zobowiązanie|2 zobowiązania|5 zobowiązań|22 zobowiązania|1 204 zobowiązania"},
		"ar": {"commitments-count: {zero: لا التزامات, one: التزام واحد, two: التزامان, few: \"{0} التزامات\", many: \"{0} التزامًا\", other: \"{0} التزام\"}\n",
			"لا التزامات|التزام واحد|التزامان|5 التزامات|22 التزامًا|1,204 التزامات"},
		// One form of its own is not mixed with English ones.
		"km": {"commitments-count: \"{0} ការប្តេជ្ញា\"\n", "0 ការប្តេជ្ញា|1 ការប្តេជ្ញា|2 ការប្តេជ្ញា|5 ការប្តេជ្ញា|22 ការប្តេជ្ញា|1,204 ការប្តេជ្ញា"},
		"cs": {"commitments-count: \"Závazky: {0}\"\n", "Závazky: 0|Závazky: 1|Závazky: 2|Závazky: 5|Závazky: 22|Závazky: 1,204"},
		// What is not translated has the forms of English.
		"fr": {"home: Accueil\n", "0 commitment|1 commitment|2 commitments|5 commitments|22 commitments|1,204 commitments"},
	} {
		set, _ := words(t, language, tc.own)
		var got []string
		for _, n := range []int{0, 1, 2, 5, 22, 1204} {
			text, err := set.plural("commitments-count", n)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, text)
		}
		if got := strings.Join(got, "|"); got != tc.want {
			t.Errorf("%s: got %s, want %s", language, got, tc.want)
		}
	}
}

func TestAScriptIsGivenTheFormsOfATextWithANumber(t *testing.T) {
	en, vi := parseWith(t, "en", nil), parseWith(t, "vi", nil)
	if got, want := string(en.appendForms(nil, new("found"), new("search-found"))), ` data-found-one="{0} article found."`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := string(vi.appendForms(nil, new("found"), new("search-found"))); got != "" {
		t.Errorf("Vietnamese, which has one form, gives %s", got)
	}
}

func TestAVariantOfALanguageLacksNoWords(t *testing.T) {
	for language, tc := range map[string]struct{ own, name, locale, problem string }{
		"en-GB":   {"", "English", "en_GB", ""},
		"en-US":   {"home: Front page\n", "English", "en_US", ""},
		"vi-VN":   {"", "Tiếng Việt", "vi_VN", ""},
		"fr-CA":   {"", "fr-CA", "fr_CA", "words-missing"},
		"zh-Hant": {"language-name: 繁體中文\n", "繁體中文", "zh_TW", "words-missing"},
	} {
		set, told := words(t, language, tc.own)
		if got := strings.Join(told, "\n"); strings.Contains(got, "words-missing") != (tc.problem != "") || len(told) > 1 {
			t.Errorf("%s: told %q", language, got)
		}
		if name, locale := set.Text("language-name"), set.Text("locale"); name != tc.name || locale != tc.locale {
			t.Errorf("%s is named %q, %s; want %q, %s", language, name, locale, tc.name, tc.locale)
		}
	}
}

func TestAChineseWordFallsBackToTheOtherScriptThenToEnglish(t *testing.T) {
	files := defaultFiles(t)
	files["zh.yaml"] = []byte("home: 首页\nmenu: 栏目\n")
	files["zh-Hant.yaml"] = []byte("home: 首頁\n")
	set, _ := Parse(files, "zh-Hant")
	if got := set.Text("home") + " " + set.Text("menu") + " " + set.Text("search"); got != "首頁 栏目 Search" {
		t.Errorf("got %s", got)
	}
}

func TestAWrongFormOfATextIsToldAtItsPlace(t *testing.T) {
	for own, want := range map[string]string{
		"commitments-count: {one: a}\n":             "templates/en.yaml:1: template: commitments-count có nhiều dạng theo số thì phải có dạng other",
		"commitments-count: {ones: a, other: b}\n":  "templates/en.yaml:1: template: không có dạng “ones” theo số",
		"commitments-count: {one: [a], other: b}\n": "templates/en.yaml:1: template: one phải là một dòng chữ",
		"commitments-count: [a]\n":                  "templates/en.yaml:1: template: commitments-count phải là một dòng chữ",
	} {
		files := defaultFiles(t)
		files["en.yaml"] = []byte(own)
		_, problems := Parse(files, "en")
		if len(problems) != 1 || tell(problems[0]) != want {
			t.Errorf("%s: got %v, want %s", own, problems, want)
		}
	}
}

func TestAPartInAnotherLanguageHasItsDirection(t *testing.T) {
	for page, parts := range map[string]map[string]string{
		"vi": {"": "", "en": ` lang="en"`, "ar": ` lang="ar" dir="rtl"`, "az-Arab": ` lang="az-Arab" dir="rtl"`},
		"ar": {"he": ` lang="he"`, "vi": ` lang="vi" dir="ltr"`},
	} {
		set := &Templates{language: page}
		for code, want := range parts {
			if got := string(set.appendLanguage(nil, &code)); got != want {
				t.Errorf("on a page in %s, a part in %s has%s, want%s", page, code, got, want)
			}
		}
	}
}
