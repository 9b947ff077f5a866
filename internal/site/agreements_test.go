package site

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// pact returns an article of 5/3/2020 with an agreement of two parties.
func pact(title string, more ...string) string {
	return pactOf("5/3/2020", title, more...)
}

func pactOf(date, title string, more ...string) string {
	return post(title, date, "agreement: {"+strings.Join(append([]string{"parties: [UBND xã, Hội Nông dân xã]"}, more...), ", ")+"}")
}

// agreementIn returns the agreement of the article content/ky-ket/{name}.md.
func agreementIn(t *testing.T, b *folder, name string) Agreement {
	t.Helper()
	return *view[Article](t, b, "ky-ket/"+name+"/index.html").Agreement
}

func TestTheStatusOfAnAgreementFollowsFromItsTerm(t *testing.T) {
	for _, c := range []struct {
		term, now, status string
	}{
		{"from: 2018, to: 2021", "23:59:59 31/12/2021", InForce},
		{"from: 2018, to: 2021", "0:00 1/1/2022", Ended},
		{"from: 5/2020, to: 6/2020", "23:59:59 30/4/2020", NotYet},
		{"from: 5/2020, to: 6/2020", "0:00 1/5/2020", InForce},
		{"from: 5/2020, to: 6/2020", "23:59:59 30/6/2020", InForce},
		{"from: 5/2020, to: 6/2020", "0:00 1/7/2020", Ended},
		{"from: 10/5/2020, to: 10/5/2020", "23:59:59 10/5/2020", InForce},
		{"from: 10/5/2020, to: 10/5/2020", "0:00 11/5/2020", Ended},
		{"to: 17:00 10/5/2020", "16:59:59 10/5/2020", InForce},
		{"to: 17:00 10/5/2020", "17:00 10/5/2020", Ended},
		{"signed: 20/6/2020", "23:59:59 19/6/2020", NotYet},
		{"signed: 20/6/2020", "0:00 20/6/2020", InForce},
		{"to: 2020", "0:00 5/3/2020", InForce},   // from the article's date
		{"from: 2018", "0:00 1/1/2124", InForce}, // open
		{"from: 2018, to: 2030, status: terminated", "1/6/2020", Terminated},
		{"from: 2018, to: 2019, status: terminated", "1/6/2020", Terminated},
	} {
		b := assemble(t, files{"content/ky-ket/a.md": pact("A", c.term)}, options{now: c.now, future: true})
		if got := agreementIn(t, b, "a").Status; got != c.status {
			t.Errorf("{%s} at %s is %s, want %s", c.term, c.now, got, c.status)
		}
	}
}

func TestATermIsThatOfTheSitesZone(t *testing.T) {
	f := files{"content/ky-ket/a.md": pact("A", "to: 2021"), "site.yaml": settings + "timezone: Asia/Tokyo\n"}
	// In Tokyo the year ends two hours before it ends in Vietnam.
	for now, want := range map[string]string{"21:59:59 31/12/2021": InForce, "22:00 31/12/2021": Ended} {
		if got := agreementIn(t, assemble(t, f, options{now: now}), "a").Status; got != want {
			t.Errorf("at %s in Vietnam: %s, want %s", now, got, want)
		}
	}
}

func TestAnAgreementWithoutFromHoldsSinceItWasSignedElsePublished(t *testing.T) {
	b := assemble(t, files{
		"content/ky-ket/a.md": pact("A", "signed: 1/3/2020", "from: 4/2020"),
		"content/ky-ket/b.md": pact("B", "signed: 1/3/2020"),
		"content/ky-ket/c.md": pact("C"),
	}, options{})
	for name, want := range map[string]string{"a": "04/2020", "b": "01/03/2020", "c": "05/03/2020"} {
		if got := agreementIn(t, b, name).From.String(); got != want {
			t.Errorf("%s holds from %s, want %s", name, got, want)
		}
	}
}

func TestAnAgreementInForceThatEndsWithinNinetyDaysIsExpiring(t *testing.T) {
	for _, c := range []struct {
		term, now string
		want      bool
	}{
		{"to: 31/12/2021", "23:59:59 2/10/2021", false},
		{"to: 31/12/2021", "0:00 3/10/2021", true},
		{"to: 31/12/2021", "23:59:59 31/12/2021", true},
		{"to: 31/12/2021", "0:00 1/1/2022", false},
		{"to: 31/12/2021, status: terminated", "1/12/2021", false},
		{"from: 15/12/2021, to: 31/12/2021", "1/12/2021", false},
		{"from: 2018", "1/12/2021", false},
	} {
		b := assemble(t, files{"content/ky-ket/a.md": pact("A", c.term)}, options{now: c.now})
		if got := agreementIn(t, b, "a").Expiring; got != c.want {
			t.Errorf("{%s} at %s: expiring is %t", c.term, c.now, got)
		}
	}
}

func TestTheRegisterShowsWhatIsInForceOrNotYetTheNewestFirst(t *testing.T) {
	b := assemble(t, files{
		"content/ky-ket/open.md":       pact("Vô thời hạn", "signed: 1/2/2019"),
		"content/ky-ket/ended.md":      pact("Hết hạn", "signed: 1/3/2019", "to: 2020"),
		"content/ky-ket/soon.md":       pact("Sắp hết hạn", "signed: 1/4/2019", "to: 7/2024"),
		"content/ky-ket/sooner.md":     pact("Sắp hết hạn trước", "signed: 1/4/2020", "to: 6/2024"),
		"content/ky-ket/terminated.md": pact("Chấm dứt", "signed: 1/5/2021", "status: terminated"),
		"content/ky-ket/later.md":      pact("Chưa có hiệu lực", "signed: 1/5/2024", "from: 2025"),
	}, options{})
	now := view[Register](t, b, "thoa-thuan/index.html")
	if diff := cmp.Diff([]string{"Chưa có hiệu lực", "Sắp hết hạn trước", "Sắp hết hạn", "Vô thời hạn"}, agreementTitles(now.Agreements)); diff != "" {
		t.Errorf("now (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Sắp hết hạn trước", "Sắp hết hạn"}, agreementTitles(now.Expiring)); diff != "" {
		t.Errorf("expiring (-want +got):\n%s", diff)
	}
	want := []Link{{Title: "2024", URL: "/thoa-thuan/2024/"}, {Title: "2021", URL: "/thoa-thuan/2021/"}, {Title: "2020", URL: "/thoa-thuan/2020/"}, {Title: "2019", URL: "/thoa-thuan/2019/"}}
	if diff := cmp.Diff(want, now.Years); diff != "" {
		t.Errorf("years (-want +got):\n%s", diff)
	}
	year := view[Register](t, b, "thoa-thuan/2019/index.html")
	if diff := cmp.Diff([]string{"Sắp hết hạn", "Hết hạn", "Vô thời hạn"}, agreementTitles(year.Agreements)); diff != "" {
		t.Errorf("signed in 2019 (-want +got):\n%s", diff)
	}
	if year.Expiring != nil || year.Years != nil || year.CSV != "/thoa-thuan/2019/data.csv" {
		t.Errorf("the year has %+v", year)
	}
	if all := view[RegisterData](t, b, "thoa-thuan/data.json").Agreements; len(all) != 6 {
		t.Errorf("the root's data file holds %d agreements", len(all))
	}
	if of2019 := view[RegisterData](t, b, "thoa-thuan/2019/data.csv"); !of2019.CSV || len(of2019.Agreements) != 3 {
		t.Errorf("the year's data file is %+v", of2019)
	}
}

func agreementTitles(list []Agreement) []string {
	var titles []string
	for _, g := range list {
		titles = append(titles, g.Title)
	}
	return titles
}

func TestAnAgreementStandsInTheYearItWasSignedElseItHoldsFromElseItWasPublished(t *testing.T) {
	b := assemble(t, files{
		"content/ky-ket/a.md": pact("A", "signed: 2017", "from: 2018"),
		"content/ky-ket/b.md": pact("B", "from: 2018"),
		"content/ky-ket/c.md": pact("C"),
	}, options{})
	for year, want := range map[int]string{2017: "A", 2018: "B", 2020: "C"} {
		if got := agreementTitles(view[Register](t, b, fmt.Sprintf("thoa-thuan/%d/index.html", year)).Agreements); !slices.Equal(got, []string{want}) {
			t.Errorf("%d has %v, want %s", year, got, want)
		}
	}
}

func TestTheRegistersDataDoesNotChangeWhenATermIsAboutToEnd(t *testing.T) {
	f := files{"content/ky-ket/a.md": pact("A", "number: 01/CT", "to: 31/12/2021")}
	data := func(now string) RegisterData {
		return view[RegisterData](t, assemble(t, f, options{now: now}), "thoa-thuan/data.json")
	}
	if diff := cmp.Diff(data("1/1/2021"), data("1/12/2021")); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
	if got := data("1/1/2022").Agreements[0].Status; got != Ended {
		t.Errorf("after its end it is %s", got)
	}
}

func TestAnAmendmentAndWhatItAmendsLeadToEachOther(t *testing.T) {
	for _, amends := range []string{"01/CT-UBND", "01/ct-ubnd", "a.md", "../ky-ket/a.md", "/ky-ket/a.md", "ky-ket/a.md"} {
		b := assemble(t, files{
			"content/ky-ket/_index.md": front("title: Ký kết"),
			"content/ky-ket/a.md":      pact("Bản gốc", "number: 01/CT-UBND"),
			"content/ky-ket/b.md":      pactOf("6/3/2020", "Bản sửa đổi", "number: 02/CT-UBND", "amends: "+amends),
		}, options{})
		if len(b.problems) > 0 {
			t.Errorf("amends %s:\n%s", amends, printed(t, b.problems))
		}
		if got := agreementIn(t, b, "b").Amends; got == nil || *got != (Link{Title: "Bản gốc", URL: "/ky-ket/a/"}) {
			t.Errorf("amends %s: it amends %v", amends, got)
		}
		if diff := cmp.Diff([]Link{{Title: "Bản sửa đổi", URL: "/ky-ket/b/"}}, agreementIn(t, b, "a").AmendedBy); diff != "" {
			t.Errorf("amends %s: amended by (-want +got):\n%s", amends, diff)
		}
	}
}

func TestAnAmendmentThatIsNotPublishedIsNotTold(t *testing.T) {
	f := files{
		"content/ky-ket/a.md": pact("Bản gốc", "number: 01/CT"),
		"content/ky-ket/b.md": pactOf("1/1/2030", "Bản sửa đổi", "amends: 01/CT"),
	}
	if got := agreementIn(t, assemble(t, f, options{}), "a").AmendedBy; got != nil {
		t.Errorf("amended by %v, which is scheduled", got)
	}
	f["content/ky-ket/a.md"] = post("Bản gốc", "5/3/2020", "expires: 2021", "agreement: {parties: [A, B], number: 01/CT}")
	if got := agreementIn(t, assemble(t, f, options{now: "1/1/2031"}), "b").Amends; got != nil {
		t.Errorf("it amends %v, which has expired", got)
	}
}

func TestAnAmendedAgreementMustBeFound(t *testing.T) {
	base := files{
		"content/ky-ket/_index.md": front("title: Ký kết"),
		"content/ky-ket/a.md":      pact("Một", "number: 01/CT"),
		"content/ky-ket/b.md":      pact("Hai", "number: 01/CT"),
		"content/ky-ket/c.md":      post("Không phải thỏa thuận", "5/3/2020"),
	}
	for amends, want := range map[string]string{
		"09/CT": `content/ky-ket/d.md:4:58: cảnh báo[unknown-amended]: không có thỏa thuận nào số “09/CT” trên trang này
    gợi ý: kiểm tra số hiệu; nếu thỏa thuận gốc không đăng ở đây thì có thể bỏ qua
`,
		"02/CT": `content/ky-ket/d.md:4:58: cảnh báo[unknown-amended]: không có thỏa thuận nào số “02/CT” trên trang này
    gợi ý: kiểm tra số hiệu; nếu thỏa thuận gốc không đăng ở đây thì có thể bỏ qua
`,
		"01/CT": `content/ky-ket/d.md:4:58: cảnh báo[ambiguous-amended]: nhiều thỏa thuận cùng có số “01/CT”
    gợi ý: thay số bằng đường dẫn tệp .md của thỏa thuận gốc
`,
		"x.md": `content/ky-ket/d.md:4:58: lỗi[missing-amended]: không có bài “x.md” để thỏa thuận này sửa đổi
    gợi ý: viết đúng đường dẫn tệp .md của thỏa thuận gốc, hoặc số hiệu của nó
`,
		"c.md": `content/ky-ket/d.md:4:58: lỗi[amended-not-agreement]: bài “c.md” không phải là một thỏa thuận khác nên không thể được sửa đổi
    gợi ý: chỉ đến bài có khối agreement của thỏa thuận gốc
`,
		"d.md": `content/ky-ket/d.md:4:58: lỗi[amended-not-agreement]: bài “d.md” không phải là một thỏa thuận khác nên không thể được sửa đổi
    gợi ý: chỉ đến bài có khối agreement của thỏa thuận gốc
`,
	} {
		got := mistakes(t, base.and(files{"content/ky-ket/d.md": pact("Sửa đổi", "amends: "+amends, "number: 02/CT")}), options{})
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("amends %s (-want +got):\n%s", amends, diff)
		}
	}
}

func TestAnAmendmentIsNamedByTheTitleOfTheAgreement(t *testing.T) {
	b := assemble(t, files{
		"content/ky-ket/_index.md": front("title: Ký kết"),
		"content/ky-ket/a.md":      pact("Tin về bản gốc", "number: 01/CT", "title: Chương trình phối hợp"),
		"content/ky-ket/b.md":      pactOf("6/3/2020", "Tin về phụ lục", "amends: 01/CT", "title: Phụ lục 1"),
	}, options{})
	if got := agreementIn(t, b, "b").Amends; got == nil || got.Title != "Chương trình phối hợp" {
		t.Errorf("it amends %v", got)
	}
	if got := agreementIn(t, b, "a").AmendedBy; len(got) != 1 || got[0].Title != "Phụ lục 1" {
		t.Errorf("it is amended by %v", got)
	}
}
