package site

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/diag"
)

// merged is a site of bodies that passed into others at several times.
var merged = files{
	"site.yaml": settings + `organizations:
  Xã A: {}
  Xã B: {}
  Xã C: {}
  Xã D: {}
  Xã E: {}
mergers:
  Xã A: {into: Xã B, from: 1/1/2020}
  Xã B: {into: xã  c, from: 1/7/2023}
  Huyện: {into: [Xã C, Xã D], from: 7/2023}
  Xã D: {into: Xã E, from: 1/7/2030}
`,
	"content/tin-tuc/a.md": post("Ký kết", "1/3/2019", "organization: Xã A", "agreement: {parties: [Xã A, Huyện], signed: 1/3/2019}"),
	"content/tin-tuc/b.md": post("Tin", "1/3/2021", "organization: Xã B"),
}

func titlesOf(links []Link) string {
	var titles []string
	for _, l := range links {
		titles = append(titles, l.Title)
	}
	return strings.Join(titles, ", ")
}

func TestEachBodySaysWhatItIsNow(t *testing.T) {
	for _, c := range []struct{ now, file, ended, through, is, was string }{
		{"01/06/2024", "xa-a", "01/01/2020", "Xã B", "Xã C", ""},
		{"01/06/2024", "xa-b", "01/07/2023", "", "Xã C", "Xã A"},
		{"01/06/2024", "xa-c", "", "", "", "Huyện, Xã A, Xã B"},
		{"01/06/2024", "xa-d", "", "", "", "Huyện"}, // its own end is still to come
		{"01/06/2024", "huyen", "07/2023", "", "Xã C, Xã D", ""},
		{"01/06/2024", "xa-e", "", "", "", ""},
		{"30/06/2023", "xa-a", "01/01/2020", "", "Xã B", ""},
		{"30/06/2023", "huyen", "", "", "", ""},
		{"31/12/2019", "xa-a", "", "", "", ""},
		{"01/07/2030", "huyen", "07/2023", "Xã D", "Xã C, Xã E", ""},
		{"01/07/2030", "xa-e", "", "", "", "Huyện, Xã D"},
		{"01/07/2030", "xa-d", "01/07/2030", "", "Xã E", "Huyện"},
	} {
		b := assemble(t, merged, options{now: c.now})
		o := view[*List](t, b, "don-vi/"+c.file+"/index.html").Organization
		ended := ""
		if !o.Ended.IsZero() {
			ended = o.Ended.String()
		}
		got := []string{ended, titlesOf(o.Through), titlesOf(o.Now), titlesOf(o.Former)}
		if want := []string{c.ended, c.through, c.is, c.was}; !slices.Equal(got, want) {
			t.Errorf("%s on %s: %q, want %q", c.file, c.now, got, want)
		}
	}
}

func TestTheRegisterSaysWhatPartiesAreNowAndArticlesDoNot(t *testing.T) {
	b := assemble(t, merged, options{now: "01/06/2024"})
	want := []Party{
		{Link{Title: "Xã A", URL: "/don-vi/xa-a/"}, []Link{{Title: "Xã C", URL: "/don-vi/xa-c/"}}},
		{Link{Title: "Huyện", URL: "/don-vi/huyen/"}, []Link{{Title: "Xã C", URL: "/don-vi/xa-c/"}, {Title: "Xã D", URL: "/don-vi/xa-d/"}}},
	}
	for file, got := range map[string][]Agreement{
		"thoa-thuan/2019/index.html": view[Register](t, b, "thoa-thuan/2019/index.html").Agreements,
		"don-vi/xa-a/index.html":     view[*List](t, b, "don-vi/xa-a/index.html").Organization.Agreements,
	} {
		if diff := cmp.Diff(want, got[0].Parties); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
	}
	before := assemble(t, merged.and(files{"site.yaml": settings}), options{now: "01/06/2024"})
	for _, file := range []string{"tin-tuc/a/index.html", "tin-tuc/b/index.html"} {
		if diff := cmp.Diff(view[Article](t, before, file), view[Article](t, b, file)); diff != "" {
			t.Errorf("the page of an article tells of a merger (-before +after):\n%s", diff)
		}
	}
}

func TestTheListOfOrganizationsPutsEndedOnesApart(t *testing.T) {
	b := assemble(t, merged, options{now: "01/06/2024"})
	got := map[string]string{}
	for _, term := range view[Terms](t, b, "don-vi/index.html").Terms {
		if term.Ended {
			got[term.Title] = titlesOf(term.Now)
		}
	}
	want := map[string]string{"Xã A": "Xã C", "Xã B": "Xã C", "Huyện": "Xã C, Xã D"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTheSiteChangesWhenAMergerBegins(t *testing.T) {
	f := merged.and(files{"site.yaml": settings + "mergers: {Xã A: {into: Xã B, from: 1/7/2023}}\n"})
	b := assemble(t, f, options{now: "01/06/2023"})
	if got := b.NextChange().Format(time.RFC3339); got != "2023-07-01T00:00:00+07:00" {
		t.Errorf("it changes at %s", got)
	}
}

func last(p diag.Problem) string { return p.Args[len(p.Args)-1] }

func TestMergersThatCannotBeAreTold(t *testing.T) {
	for _, c := range []struct{ settings, want string }{
		{"mergers: {Xã A: {into: Xã Bê, from: 2020}}\n", "unknown-body/near Xã B"},
		{"mergers: {Xã Ă: {into: Xã B, from: 2020}}\n", "unknown-body/near Xã A"},
		{"mergers: {Ban Quản lý dự án: {into: Xã B, from: 2020}}\n", "unknown-body Ban Quản lý dự án"},
		{"mergers: {Huyện: {into: 'Xã A, Xã B', from: 2020}}\n", "unknown-body/several [Xã A, Xã B]"},
		{"mergers: {Xã A: {into: xã a, from: 2020}}\n", "merger-circle Xã A → Xã A"},
		{"mergers:\n  Xã A: {into: [Huyện, Xã B], from: 2020}\n  Xã B: {into: Xã A, from: 2021}\n", "merger-circle Xã A → Xã B → Xã A"},
		{"organizations: {Xã A: {successor: Xã B}}\nmergers: {Xã A: {into: Xã B, from: 2020}}\n", "merger-twice Xã A"},
		{"organizations:\n  Xã A: {successor: Xã B}\n  Xã B: {successor: Xã A}\n", "merger-circle Xã A → Xã B → Xã A"},
		{"mergers:\n  Xã A: {into: Xã B, from: 1/7/2025}\n  Xã B: {into: Huyện, from: 1/7/2020}\n", "merger-late 01/07/2025"},
		{"mergers:\n  Xã A: {into: Xã B, from: 1/7/2025}\n  Xã B: {into: Huyện, from: 2025}\n", ""},
	} {
		b := load(t, merged.and(files{"site.yaml": settings + c.settings}), options{})
		var got []string
		for _, p := range b.problems {
			if strings.Contains(p.ID, "merger") || strings.Contains(p.ID, "body") {
				if p.Pos.File != "site.yaml" || p.Pos.Line == 0 {
					t.Errorf("%s stands at %v", p.ID, p.Pos)
				}
				got = append(got, p.ID+" "+last(p))
			}
		}
		if text := strings.Join(got, "; "); text != c.want {
			t.Errorf("%s: %q, want %q", c.settings, text, c.want)
		}
	}
}
