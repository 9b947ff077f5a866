package preview

import (
	"os"
	"strings"
	"testing"
)

func TestThePageOfWhatIsTypedIsShownBeforeItsBuildIsDone(t *testing.T) {
	const name, page = "content/tin-tuc/bai-dau.md", "/tin-tuc/bai-dau/"
	d := openDesk(t, smallSite())
	open, other := d.open(page), d.open("/tin-tuc/bai-giua/")
	d.expect(open, "overlay")
	d.expect(other, "overlay")
	d.held = make(chan struct{})
	d.typeIn(name, article("Bài đầu", "Đang gõ."))
	d.expect(open, "reload")
	if shown := d.get(page); !strings.Contains(shown, "Đang gõ.") {
		t.Error("the page does not show what is typed")
	}
	built := d.path(".bantin/serve/site" + page + "index.html")
	if data, err := os.ReadFile(built); err != nil || strings.Contains(string(data), "Đang gõ.") {
		t.Errorf("the build is done: %v", err)
	}
	version := d.open(page)
	d.expect(version, "overlay")
	close(d.held)
	d.next()
	if data, err := os.ReadFile(built); err != nil || !strings.Contains(string(data), "Đang gõ.") {
		t.Errorf("what is typed was not built: %v", err)
	}
	d.held = nil
	d.typeIn(name, article("Bài đầu", "Gõ tiếp."))
	d.expect(version, "reload") // and not when the build was done, since it made the same page
	d.next()

	// A page that is typed with a mistake is shown, and nothing else of it.
	before := d.get("/")
	open = d.open(page)
	d.expect(open, "overlay")
	d.typeIn(name, article("Bài đầu hỏng", "[Hỏng](khong-co.md)"))
	d.expect(open, "reload")
	d.next()
	if shown := d.get(page); !strings.Contains(shown, "Hỏng") {
		t.Error("the page with a mistake is gone when its build has failed")
	}
	if d.get("/") != before {
		t.Error("the mistake came to the home page")
	}
	d.typeIn(name, article("Bài đầu", "Lành."))
	d.next()
	if shown := d.get(page); !strings.Contains(shown, "Lành.") {
		t.Error("the page of the failed build stays")
	}
}
