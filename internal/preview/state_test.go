package preview

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"reflect"
	"strings"
	"testing"
	"time"

	"bantin/internal/build"
)

const brokenSettings = "title: Bản tin: xã\nbase_url: https://xa.example/\nid: xa.example,2026\n"

func TestAPageThatDidNotChangeIsLeftAlone(t *testing.T) {
	d := openDesk(t, smallSite())
	changed, same := d.open("/tin-tuc/bai-dau/"), d.open("/gioi-thieu/")
	d.expect(changed, "overlay")
	d.expect(same, "overlay")
	d.write("content/tin-tuc/bai-dau.md", article("Bài đầu", "Đã sửa."))
	d.expect(changed, "reload")
	d.next()
	d.write("content/gioi-thieu.md", "---\ntitle: Giới thiệu\n---\n")
	d.expect(same, "reload") // and no event before it
}

func TestAfterAFailureOfTheSystemTheSiteIsBuiltAgainSoon(t *testing.T) {
	s := newServer(Options{Dir: t.TempDir()})
	for _, failure := range []error{nil, fs.ErrPermission, nil} {
		again, err := s.showAndRetry(&build.Report{}, failure)
		if err != nil {
			t.Error(err)
		}
		if isSoon := !again.IsZero() && time.Until(again) <= retryDelay; isSoon != (failure != nil) {
			t.Errorf("after %v the site is built again at %v", failure, again)
		}
	}
}

func TestAChangeOfAStyleSheetChangesStylesOnly(t *testing.T) {
	files := smallSite()
	files["static/style.css"] = "body { color: red }\n"
	d := openDesk(t, files)
	page := d.open("/tin-tuc/bai-dau/")
	d.expect(page, "overlay")
	for _, colour := range []string{"green", "blue"} {
		d.write("static/style.css", "body { color: "+colour+" }\n")
		version := d.expect(page, "styles")
		if !strings.Contains(d.get("/tin-tuc/bai-dau/"), `data-version="`+version+`"`) {
			t.Errorf("%s is not the version of the page", version)
		}
	}
}

func TestAChangedPictureLoadsPagesAgain(t *testing.T) {
	files := smallSite()
	files["static/hoa.svg"] = `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>`
	d := openDesk(t, files)
	page := d.open("/tin-tuc/bai-dau/")
	d.expect(page, "overlay")
	d.write("static/hoa.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"/>`)
	d.expect(page, "reload")
}

func TestAPageThatIsOldWhenItConnectsIsLoadedAgain(t *testing.T) {
	d := openDesk(t, smallSite())
	_, version, _ := strings.Cut(d.get("/"), `data-version="`)
	version, _, _ = strings.Cut(version, `"`)
	text, styles, _ := strings.Cut(version, ".")
	d.expect(d.listen("/", "0."+styles), "reload")
	d.expect(d.listen("/", ""), "reload")
	d.expect(d.listen("/", text+".0"), "styles")
	d.expect(d.listen("/", text+"."+styles), "overlay")
}

func TestAMistakeIsListedOverTheLastGoodPageUntilItIsMended(t *testing.T) {
	d := openDesk(t, smallSite())
	page := d.open("/tin-tuc/bai-dau/")
	if none := d.overlay(page); none.Title != "" {
		t.Errorf("%+v", none)
	}
	good := d.get("/tin-tuc/bai-dau/")
	d.write("content/tin-tuc/bai-dau.md", "---\ntitle: Đức Thọ: Ký kết\ndate: 1/2/2026\n---\n")
	want := overlay{
		Lang: "vi", Failed: true,
		Title: "Chưa dựng được: 1 lỗi, 0 cảnh báo",
		Note:  "Trang phía sau là bản dựng được gần nhất. Sửa xong, bảng này tự tắt.",
		Label: "gợi ý", Copy: "Chép", Copied: "Đã chép",
		Problems: []fault{{
			Error:   true,
			Place:   "content/tin-tuc/bai-dau.md:2:8",
			Message: "lỗi[yaml-colon]: tiêu đề có dấu hai chấm nên phải đặt trong ngoặc kép",
			Excerpt: "   2 | title: Đức Thọ: Ký kết\n     |        ^\n",
			Hint:    `title: "Đức Thọ: Ký kết"`,
		}},
	}
	if got := d.overlay(page); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	if d.get("/tin-tuc/bai-dau/") != good {
		t.Error("the page is not the last good one")
	}
	if later := d.overlay(d.open("/")); !reflect.DeepEqual(later, want) {
		t.Errorf("a page that is opened later gets %+v", later)
	}
	d.write("content/tin-tuc/bai-dau.md", article("Bài đầu", "Bài đầu tiên."))
	if none := d.overlay(page); none.Title != "" {
		t.Errorf("%+v", none)
	}
}

func (d *desk) overlay(events <-chan event) (o overlay) {
	d.Helper()
	d.must(json.Unmarshal([]byte(d.expect(events, "overlay")), &o))
	return o
}

func TestWarningsAreListedAfterErrorsAndOnlySoMany(t *testing.T) {
	files := smallSite()
	for i := range maxFaults {
		name, text := numbered(i, "<font>gạch</font>")
		files[name] = text
	}
	d := openDesk(t, files)
	page := d.open("/")
	if o := d.overlay(page); o.Failed || o.Title != fmt.Sprintf("%d cảnh báo", maxFaults) || len(o.Problems) != maxFaults || o.More != "" {
		t.Errorf("%q %q, %d problems", o.Title, o.More, len(o.Problems))
	}
	d.write("content/tin-tuc/zz.md", "---\ntitle: Sai ngày\ndate: 31/2/2026\n---\n")
	o := d.overlay(page)
	if !o.Failed || o.Title != fmt.Sprintf("Chưa dựng được: 1 lỗi, %d cảnh báo", maxFaults) || len(o.Problems) != maxFaults || o.More != "… và 1 mục nữa" {
		t.Errorf("%q %q, %d problems", o.Title, o.More, len(o.Problems))
	}
	if first := o.Problems[0]; !first.Error || first.Place != "content/tin-tuc/zz.md:3:7" {
		t.Errorf("%+v comes first", first)
	}
}

func TestASiteThatNeverBuiltShowsWhyAndThenItself(t *testing.T) {
	files := smallSite()
	settings := files["site.yaml"]
	files["site.yaml"] = brokenSettings
	d := openDesk(t, files)
	answer, body := d.ask("GET", "/tin-tuc/", nil)
	if answer.StatusCode != 503 || !strings.Contains(body, "Chưa có gì để xem") {
		t.Errorf("%s\n%s", answer.Status, body)
	}
	page := d.open("/tin-tuc/")
	if o := d.overlay(page); !o.Failed || len(o.Problems) != 1 || o.Problems[0].Place != "site.yaml:1:8" || o.Note != "Trang sẽ tự hiện ra ngay khi dựng xong." {
		t.Errorf("%+v", o)
	}
	d.write("site.yaml", settings)
	d.expect(page, "reload")
	if answer, _ := d.ask("GET", "/tin-tuc/", nil); answer.StatusCode != 200 {
		t.Error(answer.Status)
	}
}

func TestASaveThatChangesNothingIsNoNews(t *testing.T) {
	files := smallSite()
	d := openDesk(t, files)
	d.rebuilt(func() { d.write("content/tin-tuc/bai-dau.md", files["content/tin-tuc/bai-dau.md"]) })
	d.write("content/tin-tuc/bai-dau.md", article("Bài đầu", "Đã sửa."))
	if r := d.next(); len(r.Written) == 0 {
		t.Error("a build that changed nothing was told")
	}
}

func TestDraftsAreShownMarked(t *testing.T) {
	files := smallSite()
	files["content/tin-tuc/nhap.md"] = "---\ntitle: Còn viết\ndate: 1/2/2026\ndraft: true\n---\n"
	files["content/tin-tuc/hen.md"] = "---\ntitle: Hẹn giờ\ndate: 1/4/2026\n---\n"
	d := openDesk(t, files)
	for path, mark := range map[string]string{"/tin-tuc/nhap/": "Bản nháp", "/tin-tuc/hen/": "Hẹn giờ đăng"} {
		if !strings.Contains(d.get(path), `<strong class="mark">`+mark+"</strong>") {
			t.Errorf("%s is not marked", path)
		}
	}
}
