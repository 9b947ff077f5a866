package build

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bantin/internal/diag"
	"bantin/internal/testsize"
)

// bilingual returns the files of a site in Vietnamese and English.
func bilingual(tb testing.TB) map[string]string {
	return minimal(map[string]string{
		"site.yaml": "title: Bản tin xã\nbase_url: https://xa.example/tin/\nid: xa.example,2026\n" + english +
			"organizations: {UBND xã: {en: Commune People's Committee}}\n",
		"content/lien-he.md":             "---\ntitle: Liên hệ\n---\nLiên hệ.\n",
		"content/lien-he.en.md":          "---\ntitle: Contact\n---\nContact, and [news](tin-tuc/bai-dau.md), and [a notice](tin-tuc/ky.md).\n",
		"content/tin-tuc/_index.en.md":   "---\ntitle: News\n---\n",
		"content/tin-tuc/bai-dau.en.md":  "---\ntitle: First\naliases: [/tin/old/]\n---\nFirst, and [the second](bai-giua.md).\n",
		"content/tin-tuc/le/index.md":    "---\nid: le\ntitle: Lễ\ndate: 3/2/2026\norganization: UBND xã\ntags: [lễ]\nimage: {file: a.png, alt: Lễ}\nevent: {start: 1/3/2026, location: Xã}\n---\nLễ.\n",
		"content/tin-tuc/le/index.en.md": "---\ntitle: Feast\nimage: {alt: The feast}\n---\nFeast.\n",
		"content/tin-tuc/le/a.png":       pngOf(tb, 64, 36),
		"content/tin-tuc/only.en.md":     "---\ntitle: Only here\ndate: 4/2/2026\n---\nOnly in English.\n",
		"content/tin-tuc/ky.md":          "---\ntitle: Ký kết\ndate: 5/2/2026\nagreement: {parties: [UBND xã, Hội], signed: 5/2/2026}\n---\nKý.\n",
	})
}

const english = "languages: {en: {title: Commune news}}\n"

func TestEachFileIsPublishedOnceForAllLanguages(t *testing.T) {
	s := newSite(t, bilingual(t))
	s.build()
	var pictures []string
	for file := range s.tree() {
		if path.Base(file) == "a.png" {
			pictures = append(pictures, file)
		}
	}
	if want := []string{"tin-tuc/le/a.png"}; !slices.Equal(pictures, want) {
		t.Errorf("the picture stands at %v, not at %v", pictures, want)
	}
}

func TestATranslationHasWhatItSharesWithItsOriginal(t *testing.T) {
	s := newSite(t, bilingual(t))
	s.build()
	page := s.made("en/tin-tuc/le/index.html")
	for _, want := range []string{
		`<html lang="en">`, `<h1>Feast</h1>`, `alt="The feast"`, `/tin/tin-tuc/le/a.png?v=`, `datetime="2026-02-03"`,
		`<dd lang="vi">Xã</dd>`, `/tin/en/organization/commune-people-s-committee/`, `href="/tin/tin-tuc/le/" lang="vi"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the English page lacks %s", want)
		}
	}
	for file, want := range map[string]string{
		"en/atom.xml":              "<id>tag:xa.example,2026:le;en</id>",
		"atom.xml":                 "<id>tag:xa.example,2026:le</id>",
		"en/events/calendar.ics":   `UID:tag:xa.example\,2026:le\;en`,
		"en/agreements/index.html": `<a href="/tin/tin-tuc/ky/" lang="vi" hreflang="vi">Ký kết</a>`,
		"_redirects":               "/tin/old/ /tin/en/tin-tuc/bai-dau/ 301",
		"robots.txt":               "Sitemap: https://xa.example/tin/en/sitemap.xml",
		"en/lien-he/index.html":    `<a href="/tin/en/tin-tuc/bai-dau/">news</a>, and <a href="/tin/tin-tuc/ky/" hreflang="vi">a notice</a>`,
	} {
		if !strings.Contains(s.made(file), want) {
			t.Errorf("%s lacks %s", file, want)
		}
	}
}

func TestWhatIsGoneIsGoneInAllLanguages(t *testing.T) {
	for _, tt := range []struct{ name, line string }{
		{"a draft", "draft: true\n"}, {"what expired", "expires: 3/2/2026 12:00\n"}, {"what is scheduled", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			files := bilingual(t)
			le := files["content/tin-tuc/le/index.md"]
			if tt.line != "" {
				le = strings.Replace(le, "date:", tt.line+"date:", 1)
			} else {
				le = strings.Replace(le, "3/2/2026", "3/2/2126", 1)
			}
			files["content/tin-tuc/le/index.md"] = le
			s := newSite(t, files)
			s.build()
			for file, data := range s.tree() {
				if strings.Contains(file, "/le/") || strings.Contains(data, "Feast") {
					t.Errorf("%s is there, or tells of it", file)
				}
			}
		})
	}
}

func TestASiteInOneLanguageIsAsIfThereWereNoOthers(t *testing.T) {
	s := newSite(t, minimal(map[string]string{"content/tin-tuc/bao-cao.en.md": "---\ntitle: Báo cáo\ndate: 3/2/2026\n---\nSố hai.\n"}))
	s.build()
	if s.made("tin-tuc/bao-cao-en/index.html") == "" {
		t.Error("a dot in a name means a language where there is none")
	}
	for file, data := range s.tree() {
		if strings.Contains(data, "hreflang") && file != "style.css" { // which all sites share
			t.Errorf("%s tells of languages", file)
		}
	}
}

var alternateLink = regexp.MustCompile(`<link rel="alternate" hreflang="([^"]+)" href="https://xa\.example/tin/([^"]*)">`)

// checkAlternates holds that pages that name one another do so mutually, and
// that nothing they name is missing.
func checkAlternates(t *testing.T, pages map[string]string) {
	t.Helper()
	sets := map[string]string{}
	for file, html := range pages {
		links := alternateLink.FindAllStringSubmatch(html, -1)
		if len(links) == 0 {
			continue
		}
		own := false
		var set []string
		for _, l := range links {
			set = append(set, l[1]+" "+l[2])
			target := l[2] + "index.html"
			own = own || target == file
			if _, ok := pages[target]; !ok {
				t.Errorf("%s names /%s, which is not there", file, l[2])
			}
		}
		if !own || links[0][1] != "x-default" {
			t.Errorf("%s does not name itself, or no default first: %q", file, set)
		}
		sets[file] = strings.Join(set, "\n")
	}
	for file, set := range sets {
		for _, l := range alternateLink.FindAllStringSubmatch(pages[file], -1) {
			if sets[l[2]+"index.html"] != set {
				t.Errorf("%s and /%s do not name the same pages", file, l[2])
			}
		}
	}
	if len(pages) > 0 && len(sets) < 4 {
		t.Errorf("only %d pages stand in several languages", len(sets))
	}
}

// made returns what an output file holds.
func (s *testSite) made(file string) string { return s.tree()[file] }

// pages returns the HTML pages of the output.
func (s *testSite) pages() map[string]string {
	pages := map[string]string{}
	for file, html := range s.tree() {
		if path.Ext(file) == ".html" {
			pages[file] = html
		}
	}
	return pages
}

// toggleEnglish takes the second language out of a site with all that is in it, or
// puts it back.
func (s *testSite) toggleEnglish(all map[string]string) {
	comes := !strings.Contains(s.files["site.yaml"], english)
	for name, text := range all {
		switch {
		case !strings.HasSuffix(name, ".en.md"):
		case comes:
			s.write(name, text)
		case s.files[name] != "":
			s.remove(name)
		}
	}
	text := all["site.yaml"]
	if !comes {
		text = text[:strings.Index(text, english)]
	}
	s.write("site.yaml", text)
}

// TestASiteInTwoLanguagesIsTheSameIncrementally edits a site in two languages at
// random: an incremental build, by a new process or by one that goes on, gives the
// tree of a clean one, whatever comes and goes: translations, originals, the language
// itself.
func TestASiteInTwoLanguagesIsTheSameIncrementally(t *testing.T) {
	seeds, steps := testsize.Rounds(1, 2), testsize.Rounds(10, 25)
	for seed := range uint64(seeds) {
		t.Run(fmt.Sprintf("seed=%d", seed), func(t *testing.T) {
			rng := rand.New(rand.NewPCG(seed, 7))
			s := newSite(t, bilingual(t))
			all := maps.Clone(s.files)
			names := slices.Sorted(maps.Keys(all))
			b, refused := s.builder(), 0
			for step := range steps {
				name := names[rng.IntN(len(names))]
				what := rng.IntN(6)
				switch {
				case name == "site.yaml":
					s.toggleEnglish(all)
				case s.files[name] == "":
					s.write(name, all[name])
				case what == 1 && path.Ext(name) == ".md":
					s.write(name, strings.Replace(s.files[name], "title: ", "title: Lại ", 1))
				case what == 2 && strings.HasSuffix(name, ".md") && !strings.Contains(name, "_index"):
					s.write(name, strings.Replace(s.files[name], "\ntitle: ", "\ndraft: true\ntitle: ", 1))
				case what == 3 && !strings.Contains(s.files[name], "updated") && strings.Contains(s.files[name], "date:"):
					s.write(name, strings.Replace(s.files[name], "\ntitle: ", "\nupdated: 6/2/2026\ntitle: ", 1))
				case what == 4 && strings.Contains(s.files[name], "\ndate:") && !strings.Contains(s.files[name], "\ntags:"):
					s.write(name, strings.Replace(s.files[name], "\ntitle: ", "\ntags: [nước sạch]\ntitle: ", 1)) // which a translation has too
				case what == 5 && path.Ext(name) == ".md":
					s.write(name, s.files[name]+"\nThêm.\n")
				default:
					s.remove(name)
				}
				if rng.IntN(3) == 0 {
					b = s.builder()
				}
				report, err := b.Build(context.Background())
				s.must(err)
				if testing.Verbose() && report.Problems.HasErrors() {
					t.Log(printed(t, report.Problems))
				}
				if report.Problems.HasErrors() {
					refused++
					s.write(name, all[name])
					continue
				}
				got, want := s.tree(), s.clean()
				if diff := want.diff(got); diff != "" {
					t.Fatalf("step %d, after %s: %s", step, name, diff)
				}
				if strings.Contains(s.files["site.yaml"], english) {
					checkAlternates(t, s.pages())
				}
			}
			if refused > steps*2/3 {
				t.Errorf("%d of %d builds were refused", refused, steps)
			}
		})
	}
}

func TestATranslationChangesItsOwnPagesAndItsSiblings(t *testing.T) {
	files := bilingual(t)
	s := newSite(t, files)
	s.build()
	s.write("content/tin-tuc/bai-giua.en.md", "---\ntitle: Second\n---\nSecond.\n")
	report := s.build()
	for _, file := range report.Written {
		ownLanguage := strings.HasPrefix(file, "en/")
		sibling := file == "tin-tuc/bai-giua/index.html" || strings.HasPrefix(file, "sitemap-2026-02")
		if !ownLanguage && !sibling && file != ".bantin-manifest" {
			t.Errorf("%s changes with a translation", file)
		}
	}
	if !slices.Contains(report.Written, "tin-tuc/bai-giua/index.html") {
		t.Error("the original does not lead to its translation")
	}
}

func TestATranslationIsFoundByWhatItsOriginalSaysNow(t *testing.T) {
	s := newSite(t, bilingual(t))
	s.build()
	s.replace("content/tin-tuc/le/index.md", "tags: [lễ]", "tags: [nước sạch]")
	s.build()
	if diff := s.clean().diff(s.tree()); diff != "" {
		t.Error(diff)
	}
}

func TestATranslatedAmendmentAmendsTheTranslatedAgreement(t *testing.T) {
	files := bilingual(t)
	files["content/tin-tuc/ky.en.md"] = "---\ntitle: Signing\n---\nSigned.\n"
	files["content/tin-tuc/phu-luc.md"] = "---\ntitle: Phụ lục\ndate: 6/2/2026\nagreement: {parties: [UBND xã, Hội], signed: 6/2/2026, amends: ky.md}\n---\nPhụ lục.\n"
	files["content/tin-tuc/phu-luc.en.md"] = "---\ntitle: Annex\n---\nAnnex.\n"
	s := newSite(t, files)
	if report := s.build(); report.Problems.HasErrors() {
		t.Fatal(printed(t, report.Problems))
	}
	if page := s.made("en/tin-tuc/phu-luc/index.html"); !strings.Contains(page, `/en/tin-tuc/ky/`) {
		t.Error("the annex does not lead to what it amends")
	}
	s.remove("content/tin-tuc/ky.en.md") // it is told of the original, once
	if report := s.build(); report.Problems.HasErrors() {
		t.Error(printed(t, report.Problems))
	}
}

func TestACorrectionOfTheOriginalMarksItsTranslation(t *testing.T) {
	s := newSite(t, bilingual(t))
	s.build()
	const page, notice = "en/tin-tuc/le/index.html", `<p class="outdated">`
	if strings.Contains(s.made(page), notice) {
		t.Error("a translation is marked as older without reason")
	}
	s.replace("content/tin-tuc/le/index.md", "date: 3/2/2026", "date: 3/2/2026\nupdated: 4/2/2026")
	s.build()
	if !strings.Contains(s.made(page), notice) {
		t.Error("a translation of what was updated is not marked")
	}
	s.replace("content/tin-tuc/le/index.en.md", "title:", "updated: 4/2/2026\ntitle:")
	s.build()
	if strings.Contains(s.made(page), notice) {
		t.Error("a translation that was brought up to date is marked")
	}
}

func TestALanguageThatComesTellsWhichFilesChange(t *testing.T) {
	files := bilingual(t)
	with := files["site.yaml"]
	files["site.yaml"] = strings.Replace(strings.Replace(with, english, "", 1), "{en: Commune People's Committee}", "{slug: xa}", 1)
	for name := range files {
		if strings.Contains(name, ".en.md") && !strings.Contains(name, "only") {
			delete(files, name)
		}
	}
	s := newSite(t, files)
	s.build()
	s.write("site.yaml", with)
	told := func(report *Report) bool {
		return slices.ContainsFunc(report.Problems, func(p diag.Problem) bool {
			return p.ID == "translation-name/now" && p.Pos.File == "content/tin-tuc/only.en.md"
		})
	}
	if !told(s.build()) {
		t.Error("the file that becomes an English article is not told of")
	}
	if told(s.build()) {
		t.Error("it is told of again")
	}
}

func TestWhatBecomesOfFilesIsToldUntilASiteIsBuilt(t *testing.T) {
	for name, change := range map[string]func(string) string{
		"the only one is taken away":  func(with string) string { return strings.Replace(with, english, "", 1) },
		"another one is in its place": func(with string) string { return strings.Replace(with, "{en: {title", "{ar: {title", 1) },
	} {
		for _, goesOn := range []bool{false, true} {
			s := newSite(t, bilingual(t))
			s.build()
			s.write("site.yaml", strings.ReplaceAll(change(s.files["site.yaml"]), "{en: Commune People's Committee}", "{slug: xa}"))
			b := s.builder()
			for k := range 3 {
				if !goesOn {
					b = s.builder()
				}
				report, err := b.Build(context.Background())
				s.must(err)
				if !report.Problems.HasErrors() {
					t.Fatal("nothing keeps the site from being built")
				}
				if !slices.ContainsFunc(report.Problems, func(p diag.Problem) bool {
					return p.ID == "translation-name/not-now" && p.Pos.File == "content/lien-he.en.md"
				}) {
					t.Errorf("%s, process goes on %v: build %d does not tell what becomes of lien-he.en.md", name, goesOn, k+1)
				}
			}
		}
	}
}

// trilingual returns the files of a site in Vietnamese, English and Arabic.
func trilingual(tb testing.TB) map[string]string {
	files := bilingual(tb)
	files["site.yaml"] = strings.Replace(files["site.yaml"], english, "languages: {en: {title: Commune news}, ar: {title: أخبار القرية}}\n", 1)
	files["site.yaml"] = strings.Replace(files["site.yaml"], "{en: Commune", "{ar: لجنة القرية, en: Commune", 1)
	files["content/tin-tuc/_index.ar.md"] = "---\ntitle: أخبار\n---\n"
	files["content/tin-tuc/bai-dau.ar.md"] = "---\ntitle: الخبر الأول\nslug: first\n---\nالخبر.\n"
	files["content/tin-tuc/le/index.ar.md"] = "---\ntitle: العيد\nslug: feast\n---\nالعيد.\n"
	return files
}

var sitemapAlternate = regexp.MustCompile(`<xhtml:link rel="alternate" hreflang="([^"]+)" href="https://xa\.example/tin/([^"]*)"/>`)

func TestPagesAndSitemapsNameTheSameLanguages(t *testing.T) {
	s := newSite(t, trilingual(t))
	s.build()
	pages := s.pages()
	checkAlternates(t, pages)
	said, three := 0, 0
	for file, text := range s.tree() {
		if !strings.Contains(file, "sitemap") {
			continue
		}
		for entry := range strings.SplitSeq(text, "<url>") {
			_, rest, ok := strings.Cut(entry, "<loc>https://xa.example/tin/")
			place, _, _ := strings.Cut(rest, "<")
			if !ok || !strings.HasSuffix(place, "/") && place != "" {
				continue
			}
			inPage, inSitemap := alternateLink.FindAllStringSubmatch(pages[place+"index.html"], -1), sitemapAlternate.FindAllStringSubmatch(entry, -1)
			var a, b []string
			for _, l := range inPage {
				a = append(a, l[1]+" "+l[2])
			}
			for _, l := range inSitemap {
				b = append(b, l[1]+" "+l[2])
			}
			slices.Sort(a)
			slices.Sort(b)
			if !slices.Equal(a, b) {
				t.Errorf("%s says %q of /%s, the page %q", file, b, place, a)
			}
			if said++; len(b) == 4 {
				three++
			}
		}
	}
	if said < 12 || three < 3 {
		t.Errorf("the sitemaps name %d pages, %d of them in three languages", said, three)
	}
}

func TestASiteMayBeInAnyLanguage(t *testing.T) {
	for code, opening := range map[string]string{
		"ar": `<html lang="ar" dir="rtl">`, "km": `<html lang="km">`, "zh-Hant": `<html lang="zh-Hant">`, "tyz": `<html lang="tyz">`, "en-GB": `<html lang="en-GB">`,
	} {
		files := minimal(map[string]string{
			"site.yaml": "title: T\nbase_url: https://xa.example/\nid: xa.example,2026\nlanguage: " + code + "\n",
			// A part in another direction than the page's says so.
			"content/tin-tuc/ky.md": "---\ntitle: Ký\ndate: 5/2/2026\nagreement: {parties: [A, B], signed: 5/2/2026}\n---\n",
		})
		s := newSite(t, files)
		report := s.build()
		var told []string
		for _, p := range report.Problems {
			told = append(told, p.Code())
		}
		if want := code != "en-GB"; slices.Equal(told, []string{"words-missing"}) != want || len(told) > 1 {
			t.Errorf("%s: told %q", code, told)
		}
		for _, file := range []string{"index.html", "404.html", "tin-tuc/bai-dau/index.html", "search/index.html", "agreements/index.html"} {
			if !strings.Contains(s.made(file), opening) {
				t.Errorf("%s: %s does not begin with %s", code, file, opening)
			}
		}
		if feed := s.made("rss.xml"); !strings.Contains(feed, "<language>"+code+"</language>") {
			t.Errorf("%s: the feed has another language", code)
		}
	}
}

func TestAPartInAnotherDirectionSaysSo(t *testing.T) {
	files := trilingual(t)
	// An article in Arabic alone, with a body whose name has no translation.
	files["site.yaml"] = strings.Replace(files["site.yaml"], "organizations: {", "organizations: {Hội: {description: Hội}, ", 1)
	files["content/tin-tuc/ahd.ar.md"] = "---\ntitle: اتفاق\nslug: ahd\ndate: 6/2/2026\norganization: Hội\nagreement: {parties: [UBND xã, Hội], signed: 6/2/2026}\n---\n"
	s := newSite(t, files)
	s.build()
	if page := s.made("thoa-thuan/index.html"); !strings.Contains(page, ` lang="ar" dir="rtl" hreflang="ar">اتفاق`) {
		t.Error("the Vietnamese register does not say that an Arabic title is written from right to left")
	}
	page := s.made("ar/tin-tuc/ahd/index.html")
	if !strings.Contains(page, ` lang="vi" dir="ltr">`) {
		t.Error("the Arabic page does not say that a Vietnamese name is written from left to right")
	}
	if page := s.made("ar/index.html"); !strings.Contains(page, `<a href="/tin/" lang="vi" dir="ltr" hreflang="vi">`) {
		t.Error("the switch of languages does not say how Vietnamese is written")
	}
}

// TestALanguageThatIsLostIsToldOnce: without names in site.yaml, its files alone tell of it.
func TestALanguageThatIsLostIsToldOnce(t *testing.T) {
	files := bilingual(t)
	files["site.yaml"] = strings.Replace(strings.Replace(files["site.yaml"], english, "", 1), "{en: Commune People's Committee}", "{slug: xa}", 1)
	translations := 0
	for name := range files {
		if strings.HasSuffix(name, ".en.md") {
			translations++
		}
	}
	told := newSite(t, files).refuse()
	if translations < 3 || len(told) != 1 || told[0].ID != "missing-key/language" || told[0].Pos.File != "site.yaml" {
		t.Errorf("of %d translations it tells %v", translations, told)
	}
}
