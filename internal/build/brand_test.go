package build

import (
	"context"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// brandOf builds a site and returns its report's codes, the files that its home
// page and manifest name, and the size of the picture for sharing.
func brandOf(t *testing.T, s *testSite) (codes, home, manifest, share string) {
	t.Helper()
	report, err := New(s.opt).Build(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range report.Problems {
		codes += p.Code() + " "
	}
	read := func(name string) string {
		data, err := os.ReadFile(filepath.Join(s.opt.Output, name))
		if err != nil {
			return ""
		}
		return string(data)
	}
	return codes, read("index.html"), read("site.webmanifest"), read("share.png")
}

const brandSettings = "title: Bản tin xã\nbase_url: https://xa.example/\nid: xa.example,2026\norganization: {emblem: /huy-hieu.svg}\n"

const plainEmblem = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><circle cx="10" cy="10" r="9" fill="#a00"/></svg>`

func TestASiteHasAPictureAndIconsOfItsOwn(t *testing.T) {
	s := newSite(t, minimal(map[string]string{"site.yaml": brandSettings, "static/huy-hieu.svg": plainEmblem}))
	codes, home, manifest, share := brandOf(t, s)
	if codes != "" || !strings.Contains(home, `<meta property="og:image" content="https://xa.example/share.png?v=`) ||
		!strings.Contains(home, `<link rel="apple-touch-icon" href="/apple-touch-icon.png?v=`) ||
		!strings.Contains(manifest, `/icon-192.png?v=`) || !strings.Contains(manifest, `"sizes":"512x512"`) {
		t.Errorf("%s\n%s\n%s", codes, home, manifest)
	}
	if m, err := png.DecodeConfig(strings.NewReader(share)); err != nil || m.Width != 1200 || m.Height != 630 {
		t.Errorf("%+v, %v", m, err)
	}
	icon, err := os.ReadFile(filepath.Join(s.opt.Output, "favicon.ico"))
	if err != nil || !strings.HasPrefix(string(icon), "\x00\x00\x01\x00") {
		t.Errorf("%q, %v", icon, err)
	}
	if _, again, _, same := brandOf(t, s); same != share || again != home {
		t.Error("a second build changed them")
	}
	if err := os.RemoveAll(s.opt.Cache); err != nil {
		t.Fatal(err)
	}
	if _, again, _, same := brandOf(t, s); same != share || again != home {
		t.Error("a build without the cache changed them")
	}
	s.write("static/huy-hieu.svg", strings.Replace(plainEmblem, "#a00", "#0a0", 1))
	if _, again, _, other := brandOf(t, s); other == share || again == home {
		t.Error("another emblem changed nothing")
	}
}

func TestASiteWithoutAnEmblemIsSharedByItsName(t *testing.T) {
	codes, home, manifest, share := brandOf(t, newSite(t, minimal(nil)))
	if codes != "" || share == "" || !strings.Contains(home, "/share.png?v=") || strings.Contains(home, "apple-touch-icon") || strings.Contains(manifest, "icon-") {
		t.Errorf("%s\n%s\n%s", codes, home, manifest)
	}
}

func TestASiteWithoutAnEmblemAnswersForItsFavicon(t *testing.T) {
	s := newSite(t, minimal(nil))
	for range 2 { // the second finds it in the store
		brandOf(t, s)
		if icon, err := os.ReadFile(filepath.Join(s.opt.Output, "favicon.ico")); err != nil || !strings.HasPrefix(string(icon), "\x00\x00\x01\x00") {
			t.Errorf("%q, %v", icon, err)
		}
	}
}

func TestAFileOfTheSitesOwnHidesWhatWouldBeMade(t *testing.T) {
	own := plainEmblem
	s := newSite(t, minimal(map[string]string{
		"site.yaml": brandSettings + "theme: {image: /chung.svg}\n", "static/huy-hieu.svg": own, "static/chung.svg": own, "static/favicon.ico": "ico",
	}))
	_, home, _, share := brandOf(t, s)
	if share != "" || !strings.Contains(home, `og:image" content="https://xa.example/chung.svg?v=`) {
		t.Errorf("%d bytes of share.png\n%s", len(share), home)
	}
}

func TestAnEmblemThatCannotBeDrawnIsTold(t *testing.T) {
	s := newSite(t, minimal(map[string]string{
		"site.yaml":           brandSettings,
		"static/huy-hieu.svg": strings.Replace(plainEmblem, "<circle", `<filter id="a"><feFlood/></filter><circle`, 1),
	}))
	for range 2 { // the second finds it in the store
		if codes, home, _, share := brandOf(t, s); codes != "emblem-not-drawn " || share == "" || strings.Contains(home, "apple-touch-icon") {
			t.Errorf("%s\n%s", codes, home)
		}
	}
}

// What a check only plans is there for links and hidden by files of the site's own,
// as what a build makes is.
func TestACheckTellsOfTheSitesOwnPicturesWhatABuildDoes(t *testing.T) {
	for name, emblem := range map[string]string{"an emblem": plainEmblem, "one that cannot be drawn": strings.Replace(plainEmblem, "<circle", "<text>A</text><circle", 1)} {
		s := newSite(t, minimal(map[string]string{
			"site.yaml": brandSettings, "static/huy-hieu.svg": emblem,
			"content/tin-tuc/bai.md": "---\ntitle: Bài\ndate: 1/2/2026\n---\n[a](/share.png) [b](/favicon.ico) [c](/icon-512.png)\n",
		}))
		problems := func(check bool) string {
			report, err := s.builder(func(o *Options) { o.Check = check }).Build(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			return fmt.Sprint(report.Problems)
		}
		checked := problems(true)
		if built := problems(false); checked != built || strings.Contains(built, "icon-512") != (emblem != plainEmblem) {
			t.Errorf("%s: a check tells\n%s\na build\n%s", name, checked, built)
		}
	}
}

// What the store has lost of them is made again by whoever needs it: several may at once.
func TestPicturesOfTheSiteAreMadeAgainWhereTheStoreIsDamaged(t *testing.T) {
	files := map[string]string{"site.yaml": brandSettings, "static/huy-hieu.svg": plainEmblem}
	for n := range 4 * stride { // so that not one worker copies all of them
		files[fmt.Sprintf("static/m-%d.txt", n)] = "m"
	}
	s := newSite(t, minimal(files))
	s.opt.Jobs = 8
	_, home, _, share := brandOf(t, s)
	kept, err := filepath.Glob(filepath.Join(s.opt.Cache, "pictures", "*", "*"))
	if err != nil || len(kept) == 0 {
		t.Fatal(kept, err)
	}
	for _, name := range kept {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		data[len(data)/2] ^= 1 // of the picture for sharing, the first and largest
		data[len(data)-1] ^= 1 // of the last icon
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.RemoveAll(s.opt.Output); err != nil {
		t.Fatal(err)
	}
	if codes, again, _, same := brandOf(t, s); codes != "" || same != share || again != home {
		t.Errorf("%q; the picture is the same: %t, the page: %t", codes, same == share, again == home)
	}
}
