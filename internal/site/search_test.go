package site

import "testing"

func TestTheSearchPageLeadsToPagesThatItDoesNotFind(t *testing.T) {
	b := assemble(t, files{
		"content/lien-he.md":     "---\ntitle: Liên hệ\n---\n",
		"content/nhap.md":        "---\ntitle: Nháp\ndraft: true\n---\n",
		"content/tin-tuc/mot.md": post("Một", "1/2/2020", ""),
	}, options{})
	led := map[string]string{}
	for _, l := range view[SearchPage](t, b, "tim-kiem/index.html").Others {
		led[l.URL] = l.Title
	}
	if led["/lien-he/"] != "Liên hệ" || led["/nhap/"] != "" || led["/tin-tuc/"] == "" || led["/the/"] == "" {
		t.Errorf("it leads to %v", led)
	}
}
